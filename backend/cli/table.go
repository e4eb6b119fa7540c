package cli

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode"

	"github.com/mattn/go-runewidth"
)

// cellMax is the widest a cell of a table gets, in columns of the terminal.
const cellMax = 60

// noValue is shown where a charge has no value in a column.
const noValue = "(no value)"

// noProvider is shown where a charge names no provider, as in the window.
const noProvider = "No provider named"

// table is a result for reading: aligned columns, totals below a line.
type table struct {
	header []string
	right  []bool // numbers stand to the right
	rows   [][]string
	totals [][]string
}

func (t *table) column(name string, right bool) {
	t.header = append(t.header, name)
	t.right = append(t.right, right)
}

func (t *table) write(w io.Writer) error {
	widths := make([]int, len(t.header))
	all := append(append([][]string{t.header}, t.rows...), t.totals...)
	for _, row := range all {
		for i, cell := range row {
			row[i] = shorten(visible(cell))
			widths[i] = max(widths[i], runewidth.StringWidth(row[i]))
		}
	}
	rule := make([]string, len(widths))
	for i, n := range widths {
		rule[i] = strings.Repeat("-", n)
	}
	lines := append([][]string{t.header, rule}, t.rows...)
	if len(t.totals) > 0 {
		lines = append(append(lines, rule), t.totals...)
	}
	for _, row := range lines {
		if _, err := io.WriteString(w, t.line(row, widths)); err != nil {
			return fmt.Errorf("write the table: %w", err)
		}
	}
	return nil
}

func (t *table) line(row []string, widths []int) string {
	var b strings.Builder
	for i, cell := range row {
		if i > 0 {
			b.WriteString("  ")
		}
		pad := strings.Repeat(" ", widths[i]-runewidth.StringWidth(cell))
		if t.right[i] {
			b.WriteString(pad + cell)
		} else {
			b.WriteString(cell + pad)
		}
	}
	return strings.TrimRight(b.String(), " ") + "\n"
}

// shorten cuts a text that is too wide for a table; CSV and JSON have all of it.
func shorten(text string) string { return runewidth.Truncate(text, cellMax, "…") }

// visible spells out what would move the cursor, change colours or turn the direction of
// writing: a bill is written by others, and a terminal obeys what it is sent.
func visible(text string) string {
	clean := func(r rune) bool {
		return r == unicode.ReplacementChar || unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp, unicode.Co)
	}
	if !strings.ContainsFunc(text, clean) {
		return text
	}
	var b strings.Builder
	for _, r := range text {
		if clean(r) && r != unicode.ReplacementChar {
			quoted := strconv.QuoteRuneToASCII(r)
			b.WriteString(quoted[1 : len(quoted)-1])
			continue
		}
		b.WriteRune(r) // a byte that is no UTF-8 becomes the replacement character
	}
	return b.String()
}
