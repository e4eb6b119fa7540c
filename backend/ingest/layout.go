package ingest

import (
	"slices"
	"strings"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/source"
	"cloud-intelligence/backend/store"
)

// layout says where the columns of one file go.
type layout struct {
	groups   [store.GroupCount][]target // file columns of each group
	measures []int                      // per measure: file column, -1 if the file has none
	own      []target                   // columns kept with the line, by their index in extra
	billing  int                        // file column of BillingPeriodStart, -1
	totals   []providerTotal            // the provider's own measures
	part     int                        // file column that names the part of the bill, -1
	identity [store.GroupCount]identifier
	service  int // file column of ServiceName, -1
	account  int // file column of SubAccountId, -1
}

// area returns the service of a SKU or the sub-account of a resource.
func (l *layout) area(g store.Group, hash func(field int) uint64) uint64 {
	field := l.service
	if g == store.Resource {
		field = l.account
	}
	if field < 0 {
		return 0
	}
	return hash(field)
}

// providerTotal is a column whose sum is kept with the control totals.
type providerTotal struct {
	field  int
	metric finops.Metric
}

// target sends a file column to a column of a group.
type target struct {
	field  int // column of the file
	column int // column of the group
	name   string
	label  []byte  // ,"name": as it is written into the own columns of a line
	spell  speller // nil where a text is itself
}

// newLayout assigns the columns. custom are the columns of extra that FOCUS does not
// have, in the order of the ledger.
func newLayout(columns []source.Column, custom []store.CustomColumn) *layout {
	l := &layout{measures: make([]int, len(store.Measures)), billing: -1, part: -1}
	for m := range l.measures {
		l.measures[m] = -1
	}
	position := map[string]int{}
	for g := range store.GroupCount {
		for i, name := range store.GroupColumns(store.Group(g)) {
			position[name] = i
		}
	}
	extra := len(store.GroupColumns(store.Extra))
	for i, c := range custom {
		position[c.Name+"\x00custom"] = extra + i
	}
	for field, c := range columns {
		if c.Part {
			l.part = field
			continue
		}
		if c.Total != "" {
			l.totals = append(l.totals, providerTotal{field, finops.Metric(c.Total)})
		}
		if m := store.MeasureIndex(c.Name); c.Focus && m >= 0 {
			l.measures[m] = field
			continue
		}
		g, key := store.Extra, c.Name+"\x00custom"
		if c.Focus {
			g, _ = store.GroupOf(c.Name)
			key = c.Name
		}
		if c.Name == "BillingPeriodStart" && c.Focus {
			l.billing = field
		}
		l.groups[g] = append(l.groups[g], target{field: field, column: position[key], name: c.Name, spell: spellingOfColumn(c)})
	}
	for g := range store.GroupCount {
		l.identity[g] = identifierOf(store.Group(g), func(name string) int { return l.fieldOf(store.Group(g), name) })
	}
	l.service, l.account = l.fieldOf(store.SKU, "ServiceName"), l.fieldOf(store.Resource, "SubAccountId")
	return l
}

// sameGroup reports whether the columns of a group lie in the same places of two files.
func (l *layout) sameGroup(o *layout, g store.Group) bool {
	return slices.EqualFunc(l.groups[g], o.groups[g], func(a, b target) bool {
		return a.field == b.field && a.column == b.column && a.name == b.name
	})
}

// fieldOf returns the file column of a FOCUS column, -1 where the file has none.
func (l *layout) fieldOf(g store.Group, name string) int {
	for _, t := range l.groups[g] {
		if t.name == name {
			return t.field
		}
	}
	return -1
}

// customNames lists the columns of a file that FOCUS does not have.
func customNames(columns []source.Column) []string {
	var names []string
	for _, c := range columns {
		if !c.Focus && !c.Part {
			names = append(names, c.Name)
		}
	}
	return names
}

func lower(s string) string {
	b := []byte(s)
	for i, c := range b {
		if c >= 'A' && c <= 'Z' {
			b[i] = c + ('a' - 'A')
		}
	}
	return string(b)
}

// sampleRows is how many records say enough about the columns of a file.
const sampleRows = 500

func rowsOf(batches []*source.Batch) (n int) {
	for _, b := range batches {
		n += b.Rows
	}
	return n
}

// moveOwn takes the columns of extra whose values hardly repeat in a sample out of the
// group: a dictionary of values that occur once costs more than the values.
func (l *layout) moveOwn(sample []*source.Batch) {
	if rowsOf(sample) < sampleRows {
		return
	}
	var kept []target
	for _, t := range l.groups[store.Extra] {
		if strings.ContainsRune(t.name, 0) { // SQLite takes JSON keys for equal that agree up to a NUL
			kept = append(kept, t)
			continue
		}
		distinct := map[string]struct{}{}
		filled, rows := 0, 0
		for _, b := range sample {
			for r := range b.Rows {
				if rows++; rows > 8*sampleRows {
					break
				}
				if v := b.Field(r, t.field); len(v) > 0 {
					distinct[string(v)] = struct{}{}
					filled++
				}
			}
		}
		if len(distinct)*4 > filled && len(distinct)*8 > min(rows, 8*sampleRows) {
			t.label = append(store.AppendJSONString([]byte{','}, t.name), ':')
			l.own = append(l.own, t)
		} else {
			kept = append(kept, t)
		}
	}
	l.groups[store.Extra] = kept
}
