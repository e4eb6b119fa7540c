package cli

import (
	"bytes"
	"strings"
	"testing"
	"unicode"

	"github.com/mattn/go-runewidth"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestTable_Aligned(t *testing.T) {
	var tb table
	tb.column("Name", false)
	tb.column("Cost", true)
	tb.rows = [][]string{{"株式会社", "1.00"}, {"a\x1b[31mb", "-1,234.50"}}
	tb.totals = [][]string{{"Total", "2.00"}}
	var out bytes.Buffer
	require.NoError(t, tb.write(&out))
	assert.Equal(t, "Name             Cost\n----------  ---------\n株式会社         1.00\na\\x1b[31mb  -1,234.50\n----------  ---------\nTotal            2.00\n", out.String())
}

func TestVisible_HoldsNothingThatATerminalObeys(t *testing.T) {
	assert.Equal(t, `a\x1b]0;x\ab`, visible("a\x1b]0;x\ab"))
	assert.Equal(t, `\u202egnp.exe`, visible("\u202egnp.exe"))
	assert.Equal(t, "a\ufffdb", visible("a\xffb"))
	assert.Equal(t, "Größe 株 1,5 €", visible("Größe 株 1,5 €"))
	rapid.Check(t, func(t *rapid.T) {
		text := visible(rapid.String().Draw(t, "text"))
		if strings.ContainsFunc(text, func(r rune) bool { return unicode.IsControl(r) || unicode.Is(unicode.Cf, r) }) {
			t.Fatalf("%q", text)
		}
		if n := runewidth.StringWidth(shorten(text)); n > cellMax {
			t.Fatalf("%q is %d wide", text, n)
		}
	})
}

func TestPercent_IsNeverNothingForSomething(t *testing.T) {
	for share, want := range map[string]string{"": "-", "0.000000": "0.0 %", "0.000077": "<0.1 %", "-0.000400": ">-0.1 %", "0.365000": "36.5 %", "-1.250000": "-125.0 %"} {
		assert.Equal(t, want, percent(share))
	}
}

func TestKeyIn_AProviderWithoutAName(t *testing.T) {
	assert.Equal(t, "No provider named", keyIn("Provider", nil))
	assert.Equal(t, "(no value)", keyIn("RegionId", nil))
}
