package engine

import (
	"context"
	"slices"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/finops/filter"
	"cloud-intelligence/backend/store"
)

// place is where the values lie that decide a part of a filter.
type place struct {
	group  store.Group
	line   string // a column that only the rows have, by text
	ruled  *ruled // the virtual dimension of that name; nil = a column
	amount *node  // a condition on a measure, which each line decides for itself
	mixed  bool   // more than one of these
}

// node is a part of a filter, resolved against the ledger.
type node struct {
	kind      finops.FilterKind
	parts     []*node
	dimension dimension // of a condition
	condition finops.Condition
	place     place
	coarse    bool // the daily rollup has all columns
	atom      int  // in a row filter: the number of a part that one place decides
}

// resolveFilter finds the columns of a normal filter.
func (l *ledger) resolveFilter(f finops.Filter, resolve func(column string) (dimension, error)) (*node, error) {
	n := &node{kind: f.Kind, coarse: true, place: place{mixed: true}, atom: -1}
	if f.Kind == finops.FilterCondition {
		return n, l.resolveCondition(n, *f.Condition, resolve)
	}
	for i, part := range f.Parts {
		p, err := l.resolveFilter(part, resolve)
		if err != nil {
			return nil, err
		}
		n.parts, n.coarse = append(n.parts, p), n.coarse && p.coarse
		if i == 0 && p.place.amount == nil {
			n.place = p.place
		} else if n.place != p.place {
			n.place = place{mixed: true}
		}
	}
	return n, nil
}

func (l *ledger) resolveCondition(n *node, c finops.Condition, resolve func(column string) (dimension, error)) error {
	d, err := resolve(c.Column)
	if err != nil {
		return err
	}
	c.Column = d.column
	n.dimension, n.condition, n.coarse = d, c, d.coarse
	if n.place = l.placeOf(d); d.line && d.ruled == nil && comparesAmounts(c) {
		n.place = place{amount: n}
	}
	return nil
}

// placeOf says where the values of a dimension lie.
func (l *ledger) placeOf(d dimension) place {
	if l.perRow(d) {
		return place{line: d.column, ruled: d.ruled}
	}
	return place{group: d.group}
}

// perRow reports whether no key of a table leads to a dimension: each row has its own.
func (l *ledger) perRow(d dimension) bool { return d.line || l.perLine(d) }

// perLine reports whether a column of extra has values that are kept with the lines.
func (l *ledger) perLine(d dimension) bool {
	return d.group == store.Extra && d.index >= 0 && l.ownColumns[d.column]
}

// conditions lists the conditions of a filter.
func (n *node) conditions(list []*node) []*node {
	if n.kind == finops.FilterCondition {
		return append(list, n)
	}
	for _, p := range n.parts {
		list = p.conditions(list)
	}
	return list
}

// conjuncts are the parts of a filter that must all hold.
func (n *node) conjuncts() []*node {
	if n.kind == finops.FilterAll {
		return n.parts
	}
	return []*node{n}
}

// holds reports for every distinct value of a dimension whether a condition holds. What is
// asked of a built-in dimension may be spelled in any way, and an account may be asked for by
// its name, unless an account has that as its id.
func (l *ledger) holds(d dimension, values []*string, c finops.Condition) ([]bool, error) {
	negative := c.Op == finops.OpNotIn
	if negative || c.Op == "" {
		c.Op = finops.OpIn
	}
	byName := c
	if d.derived != nil && c.Op == finops.OpIn {
		c.Values, byName.Values = d.derived.spelled(values, c.Values)
	}
	m, err := filter.NewMatcher(c)
	if err != nil {
		return nil, err
	}
	named, err := filter.NewMatcher(byName)
	if err != nil {
		return nil, err
	}
	names := l.namesOf(d.derived)
	ok := make([]bool, len(values))
	for i, v := range values {
		found := m.Match(v)
		if v != nil && !found && names != nil {
			if name, known := names[*v]; known {
				found = named.Match(&name)
			}
		}
		ok[i] = found != negative
	}
	return ok, nil
}

// vector answers a part of a filter that one place decides, for every id of the place.
func (b *planBuilder) vector(ctx context.Context, n *node) ([]bool, error) {
	if n.kind == finops.FilterCondition {
		return b.conditionVector(ctx, n)
	}
	var all []bool
	for _, part := range n.parts {
		ok, err := b.vector(ctx, part)
		if err != nil {
			return nil, err
		}
		if all == nil {
			all = ok
			continue
		}
		combine(n.kind, all, ok)
	}
	if n.kind == finops.FilterNot {
		for i := range all {
			all[i] = !all[i]
		}
	}
	return all, nil
}

// combine joins what two parts of an all or any say.
func combine(kind finops.FilterKind, all, more []bool) {
	for i, ok := range more {
		if kind == finops.FilterAny {
			all[i] = all[i] || ok
		} else {
			all[i] = all[i] && ok
		}
	}
}

func (b *planBuilder) conditionVector(ctx context.Context, n *node) ([]bool, error) {
	var c *coding
	if n.place.line != "" {
		key, err := b.lineKey(ctx, n.place)
		if err != nil {
			return nil, err
		}
		c = &key.coding
	} else {
		var err error
		if c, err = b.l.coding(ctx, n.dimension, b.facet(n.place.group)); err != nil {
			return nil, err
		}
	}
	byValue, err := b.l.holds(n.dimension, c.values, n.condition)
	if err != nil {
		return nil, err
	}
	ok := make([]bool, len(c.code))
	for id, value := range c.code {
		ok[id] = byValue[value]
	}
	return ok, nil
}

// atoms finds the largest parts of a filter that one place decides, by place.
func (n *node) atoms(places []place, parts [][]*node) ([]place, [][]*node) {
	if n.place.mixed {
		for _, p := range n.parts {
			places, parts = p.atoms(places, parts)
		}
		return places, parts
	}
	i := slices.Index(places, n.place)
	if i < 0 {
		i = len(places)
		places, parts = append(places, n.place), append(parts, nil)
	}
	parts[i] = append(parts[i], n)
	return places, parts
}

// decide answers a filter from what its atoms say.
func (n *node) decide(says func(atom int) bool) bool {
	switch {
	case n.atom >= 0:
		return says(n.atom)
	case n.kind == finops.FilterNot:
		return !n.parts[0].decide(says)
	case n.kind == finops.FilterAny:
		return slices.ContainsFunc(n.parts, func(p *node) bool { return p.decide(says) })
	}
	return !slices.ContainsFunc(n.parts, func(p *node) bool { return !p.decide(says) })
}
