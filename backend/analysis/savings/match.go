package savings

import (
	"fmt"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/finops/filter"
)

// field is a column of a rule, virtual or not, of one table. It numbers the values that occur.
type field struct {
	columns []int             // of the table, those that it has
	first   func(string) bool // values that go before others of other columns; nil = none do
	numbers map[string]int
}

// value is the value that a combination of column values has.
func (f *field) value(t *Table, of []uint32) *string {
	var found *string
	for _, c := range f.columns {
		v := t.Values[c][of[c]]
		if v != nil && f.first != nil && f.first(*v) {
			return v
		}
		if found == nil {
			found = v
		}
	}
	return found
}

// number numbers values from 0, which is no value.
func (f *field) number(v *string) int {
	if v == nil {
		return 0
	}
	n, seen := f.numbers[*v]
	if !seen {
		n = len(f.numbers) + 1
		f.numbers[*v] = n
	}
	return n
}

// condition is one leaf of a filter; what it says of a value is found once.
type condition struct {
	field   int
	matcher *filter.Matcher
	says    []int8 // by number of the value: 0 = not asked yet, 1 = no, 2 = yes
}

func (c *condition) holds(number int, value *string) bool {
	for len(c.says) <= number {
		c.says = append(c.says, 0)
	}
	if c.says[number] == 0 {
		c.says[number] = 1
		if c.matcher.Match(value) {
			c.says[number] = 2
		}
	}
	return c.says[number] == 2
}

// predicate is a filter of a rule, bound to a table.
type predicate struct {
	kind  finops.FilterKind
	parts []*predicate
	leaf  *condition
}

func (p *predicate) holds(numbers []int, texts []*string) bool {
	switch p.kind {
	case finops.FilterCondition:
		return p.leaf.holds(numbers[p.leaf.field], texts[p.leaf.field])
	case finops.FilterNot:
		return !p.parts[0].holds(numbers, texts)
	case finops.FilterAny:
		for _, part := range p.parts {
			if part.holds(numbers, texts) {
				return true
			}
		}
		return false
	case finops.FilterAll:
	}
	for _, part := range p.parts {
		if !part.holds(numbers, texts) {
			return false
		}
	}
	return true
}

// binder binds filters to a table; equal conditions are one.
type binder struct {
	table      *Table
	at         map[string]int // column → place in the table
	fields     []*field
	names      map[string]int // field by name
	conditions map[string]*condition
}

func newBinder(t *Table) *binder {
	b := &binder{table: t, at: map[string]int{}, names: map[string]int{}, conditions: map[string]*condition{}}
	for i, name := range t.Names {
		b.at[name] = i
	}
	return b
}

func (b *binder) field(name string) int {
	if n, ok := b.names[name]; ok {
		return n
	}
	f := &field{numbers: map[string]int{}}
	if name == environment {
		f.first = isProduction
	}
	for _, column := range realColumns(name) {
		if at, ok := b.at[column]; ok {
			f.columns = append(f.columns, at)
		}
	}
	b.names[name] = len(b.fields)
	b.fields = append(b.fields, f)
	return len(b.fields) - 1
}

func (b *binder) bind(f finops.Filter) (*predicate, error) {
	p := &predicate{kind: f.Kind}
	if f.Condition != nil {
		key := filter.Print(f)
		leaf := b.conditions[key]
		if leaf == nil {
			m, err := filter.NewMatcher(*f.Condition)
			if err != nil {
				return nil, fmt.Errorf("bind condition: %w", err)
			}
			leaf = &condition{field: b.field(f.Condition.Column), matcher: m}
			b.conditions[key] = leaf
		}
		p.leaf = leaf
		return p, nil
	}
	for _, part := range f.Parts {
		bound, err := b.bind(part)
		if err != nil {
			return nil, err
		}
		p.parts = append(p.parts, bound)
	}
	return p, nil
}

// evaluate fills numbers and texts with the values that a combination has in each field.
func (b *binder) evaluate(of []uint32, numbers []int, texts []*string) {
	for i, f := range b.fields {
		texts[i] = f.value(b.table, of)
		numbers[i] = f.number(texts[i])
	}
}

// Expand spells a filter of a rule in the columns that a ledger has, so that it can be asked of it.
func Expand(f finops.Filter, has func(column string) bool) finops.Filter {
	if f.Condition == nil {
		parts := make([]finops.Filter, len(f.Parts))
		for i, p := range f.Parts {
			parts[i] = Expand(p, has)
		}
		return finops.Filter{Kind: f.Kind, Parts: parts}
	}
	c := *f.Condition
	var columns []string
	for _, name := range realColumns(c.Column) {
		if has(name) {
			columns = append(columns, name)
		}
	}
	if len(columns) == 1 {
		c.Column = columns[0]
		return finops.If(c)
	}
	m, err := filter.NewMatcher(c)
	none := err == nil && m.Match(nil) // it holds without a value, so that a column must have one to count
	some := finops.Any()
	var before []finops.Filter // the columns before this one have no value
	for _, name := range columns {
		c.Column = name
		empty := finops.If(finops.Condition{Column: name, Op: finops.OpIn, Values: []*string{nil}})
		parts := before[:len(before):len(before)]
		if none {
			parts = append(parts, finops.Not(empty))
		}
		some.Parts = append(some.Parts, finops.All(append(parts, finops.If(c))...))
		before = append(before[:len(before):len(before)], empty)
	}
	if none {
		some.Parts = append(some.Parts, finops.All(before...))
	}
	return some
}
