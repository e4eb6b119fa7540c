package cli

import (
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"cloud-intelligence/backend/finops"
)

func sum(t testing.TB, text string) *finops.Sum {
	t.Helper()
	a, err := finops.ParseAmount([]byte(text))
	require.NoError(t, err)
	var s finops.Sum
	s.Add(a)
	return &s
}

func TestReadable(t *testing.T) {
	for _, c := range []struct{ text, currency, want string }{
		{"0", "USD", "0.00"}, {"1", "USD", "1.00"}, {"1234567.891", "USD", "1,234,567.89"}, {"-1234.5", "EUR", "-1,234.50"}, {"999.995", "USD", "1,000.00"},
		{"0.005", "USD", "0.01"}, {"0.0049", "USD", "<0.01"}, {"-0.0049", "USD", ">-0.01"}, {"-0.005", "USD", "-0.01"},
		{"1234.5", "JPY", "1,235"}, {"0.4", "JPY", "<1"}, {"1.23456", "KWD", "1.235"}, {"100", "", "100.00"}, {"100", "CREDITS", "100.00"},
		{"123456789012345678901234567890", "IDR", "123,456,789,012,345,678,901,234,567,890.00"},
	} {
		assert.Equal(t, c.want, readable(sum(t, c.text), c.currency), "%s %s", c.text, c.currency)
	}
	assert.Equal(t, "unknown", readable(nil, "USD"))
}

func TestRoundText_IsDecimalRounding(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringMatching(`-?(0|[1-9][0-9]{0,20})(\.[0-9]{1,20})?`).Draw(t, "number")
		digits := rapid.IntRange(0, 3).Draw(t, "digits")
		want := decimal.RequireFromString(text).Round(int32(digits))
		if got := roundText(text, digits); got != want.StringFixed(int32(digits)) {
			t.Fatalf("%s to %d digits is %s, want %s", text, digits, got, want.StringFixed(int32(digits)))
		}
	})
}

func TestGrouped(t *testing.T) {
	for text, want := range map[string]string{
		"1": "1", "999": "999", "1000": "1,000", "-100000": "-100,000", "1234567.0001": "1,234,567.0001", "1e5": "1e5", "": "", "n/a": "n/a", "-": "-", "1.2.3": "1.2.3",
	} {
		assert.Equal(t, want, finops.Grouped(text), text)
	}
	assert.Equal(t, "1 line", things(1, "line"))
	assert.Equal(t, "0 lines", things(0, "line"))
	assert.Equal(t, "12,345 lines", things(int64(12345), "line"))
}
