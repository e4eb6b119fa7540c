package ingest

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"cloud-intelligence/backend/finops"
)

func TestShortenedID(t *testing.T) {
	for _, id := range []string{"1.11122E+11", "8,36E+11", "1E+12", "8.36e+11"} {
		assert.True(t, shortenedID([]byte(id)), id)
	}
	for _, id := range []string{"", "1", "111122223333", "1e11", "12E+11", "1.E+11", "1.5E+", "1.5E+11x", "E+11", "-1E+11", "1.5E-11"} {
		assert.False(t, shortenedID([]byte(id)), id)
	}
}

func FuzzSpellers(f *testing.F) {
	f.Add("$1,234.50")
	f.Add(" usd ")
	f.Add("1.11122E+11")
	f.Fuzz(func(t *testing.T, text string) {
		_ = shortenedID([]byte(text))
		code := SpellCurrency([]byte(text))
		if !strings.EqualFold(code, strings.TrimSpace(text)) || SpellCurrency([]byte(code)) != code {
			t.Fatalf("the currency %q became %q", text, code)
		}
		number := spellNumber([]byte(text))
		before, err := finops.ParseAmount([]byte(text))
		after, errAfter := finops.ParseAmount([]byte(number))
		if (err == nil) != (errAfter == nil) || (err == nil && before.Cmp(after) != 0) || (err == nil && !bareNumber([]byte(number))) {
			t.Fatalf("the number %q became %q", text, number)
		}
	})
}
