package focusout

import (
	"strconv"
	"strings"

	"cloud-intelligence/backend/finops"
)

// Column of a file.
type Column struct {
	Name string
	Kind finops.Kind
}

// cell is a column of the file: where its values come from, and what they may be.
type cell struct {
	Column
	values  map[string]string // the allowed values by their folded spelling, nil where any text is
	notNull bool
	from    int // place in the line that is read, -1 = the workspace has no such column
	spare   int // where to look when that is null, or -1

	// What the last line had: neighbours often share a value.
	last, lastOut *string
	lastBad       bool
	// What a value became that is laborious to read, by its place in memory: the ledger hands
	// out one text for many lines.
	known map[*string]spelled

	unreadable, unknown int64
}

// spelled is what became of a value; bad if it cannot be read.
type spelled struct {
	out *string
	bad bool
}

// knownMost bounds cell.known where every line has a text of its own.
const knownMost = 1 << 16

// stands names columns that hold the same under a later name of the specification.
var stands = map[string]string{"ProviderName": "ServiceProviderName"}

// layout puts the columns of the version first, ordered by name as the specification is,
// then all other columns of the workspace as custom columns.
func layout(version Version, have []string) (cells []cell, read []string) {
	place := make(map[string]int, len(have))
	for i, name := range have {
		place[name] = i
	}
	find := func(name string) int {
		if i, ok := place[name]; ok && name != "" {
			return i
		}
		return -1
	}
	taken := map[string]bool{}
	for _, c := range finops.Columns() {
		if !version.Has(c) {
			continue
		}
		cells = append(cells, cell{Column: Column{c.Name, c.Kind}, values: folded(c.Values), notNull: c.NotNull, from: find(c.Name), spare: find(stands[c.Name])})
		taken[strings.ToLower(c.Name)] = true
	}
	for i, name := range have {
		if c, ok := finops.ColumnByName(name); ok && c.Name == name && version.Has(c) {
			continue
		}
		cells = append(cells, cell{Column: Column{customName(name, taken), finops.KindText}, from: i, spare: -1})
	}
	return cells, have
}

// folded maps the spellings of allowed values, without case, blanks and dashes, to the
// specification's.
func folded(values []string) map[string]string {
	if values == nil {
		return nil
	}
	m := make(map[string]string, len(values))
	for _, v := range values {
		m[fold(v)] = v
	}
	return m
}

func fold(text string) string {
	return strings.Map(func(r rune) rune {
		if r == ' ' || r == '-' || r == '_' {
			return -1
		}
		return r
	}, strings.ToLower(text))
}

// customName makes the name of a custom column: x_, then letters, digits and underscores.
// Names are kept apart without regard to case, as many databases compare them.
func customName(name string, taken map[string]bool) string {
	var b strings.Builder
	b.WriteString("x_")
	gap := false
	for _, r := range strings.TrimPrefix(name, "x_") {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9', r == '_':
			if gap && b.Len() > len("x_") {
				b.WriteByte('_')
			}
			b.WriteRune(r)
			gap = false
		default:
			gap = true
		}
	}
	made := b.String()
	if made == "x_" {
		made = "x_Column"
	}
	unique := made
	for n := 2; taken[strings.ToLower(unique)]; n++ {
		unique = made + "_" + strconv.Itoa(n)
	}
	taken[strings.ToLower(unique)] = true
	return unique
}
