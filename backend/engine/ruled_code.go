package engine

import (
	"context"

	"cloud-intelligence/backend/store"
)

// combinations numbers the combinations of several numbers that rows have.
type combinations struct {
	of    []uint32   // per row
	parts [][]uint32 // per combination: its numbers
}

func newCombinations(rows int) *combinations {
	return &combinations{of: make([]uint32, rows), parts: [][]uint32{{}}}
}

// add distinguishes the combinations by one more number. A row has number[ids[row]], or
// ids[row] where there is no number.
func (c *combinations) add(ids, number []uint32) {
	size := uint64(len(number))
	for _, id := range ids {
		if number == nil && uint64(id) >= size {
			size = uint64(id) + 1
		}
	}
	find := finder(uint64(len(c.parts)), size)
	var parts [][]uint32
	last, lastNew := noGroup, uint32(0)
	for row, old := range c.of {
		n := ids[row]
		if number != nil {
			n = number[n]
		}
		if key := uint64(old)*size + uint64(n); key != last { // neighbours often are alike
			last = key
			if lastNew = find(key, uint32(len(parts))); int(lastNew) == len(parts) {
				of := c.parts[old]
				parts = append(parts, append(of[:len(of):len(of)], n))
			}
		}
		c.of[row] = lastNew
	}
	c.parts = parts
}

// finder returns a function that finds the number of a key, or gives it the next one: in a
// flat array where the keys are few enough.
func finder(olds, size uint64) func(key uint64, next uint32) uint32 {
	const denseMost = 1 << 20
	if olds*size <= denseMost {
		numbers := make([]uint32, olds*size) // number + 1
		return func(key uint64, next uint32) uint32 {
			if numbers[key] == 0 {
				numbers[key] = next + 1
			}
			return numbers[key] - 1
		}
	}
	numbers := map[uint64]uint32{}
	return func(key uint64, next uint32) uint32 {
		n, seen := numbers[key]
		if !seen {
			n, numbers[key] = next, next
		}
		return n
	}
}

// ruling answers the rules of a dimension for one table: the rollup or the lines.
type ruling struct {
	l       *ledger
	r       *ruled
	coarse  bool
	codings [][]*coding     // by source and column
	groups  []*combinations // by source: of the ids of a table; nil for what each row has
	says    map[*node][]bool
}

// coding answers for the ids of the table that has all columns.
func (r *ruled) coding(ctx context.Context, l *ledger, facet bool) (*coding, error) {
	return r.codings.get(ctx, facet, func(ctx context.Context) (*coding, error) { return r.makeCoding(ctx, l, facet) })
}

func (r *ruled) makeCoding(ctx context.Context, l *ledger, facet bool) (*coding, error) {
	a, err := r.ruling(ctx, l, facet)
	if err != nil {
		return nil, err
	}
	combined := newCombinations(l.bills.n) // where the rules use no column: every bill is alike
	if len(r.sources) > 0 {
		combined = a.groups[0]
	}
	values := a.values(len(combined.parts), func(n int) []uint32 { return []uint32{uint32(n)} })
	c := &coding{code: make([]uint32, len(combined.of)), values: values.values}
	for id, n := range combined.of {
		c.code[id] = values.code[n]
	}
	return c, nil
}

// rowKey answers for each row of a table.
func (r *ruled) rowKey(ctx context.Context, l *ledger, coarse bool) (*lineKey, error) {
	load := func(ctx context.Context) (*lineKey, error) { return r.makeRowKey(ctx, l, coarse) }
	if coarse {
		return r.cells.get(ctx, struct{}{}, load)
	}
	return l.ruledRows.get(ctx, r, load)
}

func (r *ruled) makeRowKey(ctx context.Context, l *ledger, coarse bool) (*lineKey, error) {
	a, err := r.ruling(ctx, l, coarse)
	if err != nil {
		return nil, err
	}
	rows := l.cube.n
	if !coarse {
		rows = l.lines
	}
	combined := newCombinations(rows)
	for i := range r.sources {
		if err := a.combine(ctx, combined, i); err != nil {
			return nil, err
		}
	}
	values := a.values(len(combined.parts), func(n int) []uint32 { return combined.parts[n] })
	k := &lineKey{ids: combined.of, coding: coding{values: values.values}}
	for row, n := range k.ids {
		k.ids[row] = values.code[n]
	}
	for i := range k.coding.values {
		k.coding.code = append(k.coding.code, uint32(i))
	}
	return k, nil
}

// ruledRowsMost bounds the numbers that are kept for the lines, each as long as the ledger.
func (l *ledger) ruledRowsMost() int {
	const (
		least = 2
		most  = 1 << 24
	)
	return max(least, most/max(l.lines, 1))
}

// ruling reads the columns that the rules use, and combines those of each table.
func (r *ruled) ruling(ctx context.Context, l *ledger, coarse bool) (*ruling, error) {
	a := &ruling{l: l, r: r, coarse: coarse, says: map[*node][]bool{}}
	for _, s := range r.sources {
		codings, combined, err := a.source(ctx, s)
		if err != nil {
			return nil, err
		}
		a.codings, a.groups = append(a.codings, codings), append(a.groups, combined)
	}
	for _, rule := range r.rules {
		for _, leaf := range rule.leaves {
			if leaf.source.place.amount != nil {
				continue
			}
			says, err := l.holds(leaf.node.dimension, a.codings[leaf.source.at][leaf.column].values, leaf.node.condition)
			if err != nil {
				return nil, err
			}
			a.says[leaf.node] = says
		}
	}
	return a, nil
}

func (a *ruling) source(ctx context.Context, s *ruledSource) ([]*coding, *combinations, error) {
	switch {
	case s.place.amount != nil:
		return nil, nil, nil
	case s.place.line != "":
		key, err := a.l.lineDimension(ctx, s.place.line)
		if err != nil {
			return nil, nil, err
		}
		return []*coding{&key.coding}, nil, nil
	}
	var codings []*coding
	var combined *combinations
	for _, d := range s.columns {
		c, err := a.l.coding(ctx, d, a.coarse && s.place.group != store.Bill)
		if err != nil {
			return nil, nil, err
		}
		if combined == nil {
			combined = newCombinations(len(c.code))
		}
		combined.add(c.code, nil)
		codings = append(codings, c)
	}
	return codings, combined, nil
}

// combine distinguishes the rows by what they have in one source.
func (a *ruling) combine(ctx context.Context, combined *combinations, source int) error {
	switch p := a.r.sources[source].place; {
	case p.amount != nil:
		test, err := a.l.amountTest(ctx, p.amount)
		if err != nil {
			return err
		}
		met := make([]uint32, len(combined.of))
		test.add(met, 0, 1)
		combined.add(met, nil)
	case p.line != "":
		key, err := a.l.lineDimension(ctx, p.line)
		if err != nil {
			return err
		}
		combined.add(key.ids, nil)
	default:
		ids, err := a.l.tableIDs(ctx, p.group, a.coarse)
		if err != nil {
			return err
		}
		combined.add(ids, a.groups[source].of)
	}
	return nil
}

// values finds the value of each of n combinations; numbers are those it has by source.
func (a *ruling) values(n int, numbers func(n int) []uint32) *coding {
	c := &coder{numbers: map[string]uint32{}}
	for i := range n {
		of := numbers(i)
		code := func(leaf ruledLeaf) uint32 {
			number := of[leaf.source.at]
			if g := a.groups[leaf.source.at]; g != nil {
				return g.parts[number][leaf.column]
			}
			return number
		}
		value := a.r.valueOf(
			func(leaf ruledLeaf) bool {
				if leaf.source.place.amount != nil {
					return code(leaf) == 1
				}
				return a.says[leaf.node][code(leaf)]
			},
			func(leaf ruledLeaf) *string { return a.codings[leaf.source.at][leaf.column].values[code(leaf)] })
		if value == nil {
			c.add("", false)
		} else {
			c.add(*value, true)
		}
	}
	return &c.coding
}
