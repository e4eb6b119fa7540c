package cli

import (
	"bytes"
	"encoding/csv"
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

func TestHarmless(t *testing.T) {
	for cell, want := range map[string]string{
		"": "", "a": "a", "1": "1", "-1.5": "-1.5", "+1": "+1", "-.5": "-.5", "-1e-7": "-1e-7", "+1E5": "+1E5",
		"=1": "'=1", "-1+2": "'-1+2", "+49 30": "'+49 30", "@x": "'@x", "\tx": "'\tx", "\rx": "'\rx", "\nx": "'\nx", "-": "'-", "--1": "'--1", "a=1": "a=1", "'=1": "'=1",
	} {
		assert.Equal(t, want, harmless(cell), "%q", cell)
	}
}

func TestCSVWriter_CellsComeBack(t *testing.T) {
	var out bytes.Buffer
	w, err := newCSV(&out, []string{"=head", "b"})
	require.NoError(t, err)
	text := "two\nlines, \"quoted\""
	require.NoError(t, w.row([]*string{&text, nil}))
	require.NoError(t, w.end())
	rows, err := csv.NewReader(&out).ReadAll()
	require.NoError(t, err)
	assert.Equal(t, [][]string{{"'=head", "b"}, {text, ""}}, rows)
}
