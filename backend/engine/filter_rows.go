package engine

import (
	"context"
	"slices"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/store"
)

// truthMost is the largest table of answers of a row filter.
const truthMost = 1 << 14

// rowFilter answers a filter that no single key decides. Each key says by its id which of
// a few patterns a row has there: what the conditions on the key's columns say, in one
// number. The patterns of all keys together are a place in a table of answers.
type rowFilter struct {
	sources []rowSource
	truth   []uint64 // 0 for rows that match, noGroup for others

	// Where the table would be too large, the parts are answered apart.
	kind  finops.FilterKind
	parts []*rowFilter
}

// rowSource adds the pattern of one key, or of one amount, to the place in the table.
type rowSource struct {
	ids    []uint32 // per row
	number []uint32 // per id
	amount *amountTest
	step   uint32 // what an amount adds that meets its condition
}

// addRowFilter adds what the keys have not decided of the filter.
func (b *planBuilder) addRowFilter(ctx context.Context) (err error) {
	rest := &node{kind: finops.FilterAll, place: place{mixed: true}, atom: -1}
	for _, n := range b.where {
		if n.place != (place{group: n.place.group}) {
			rest.parts = append(rest.parts, n)
		}
	}
	if len(rest.parts) > 0 {
		b.plan.filter, err = b.rowFilter(ctx, rest)
	}
	return err
}

func (b *planBuilder) rowFilter(ctx context.Context, n *node) (*rowFilter, error) {
	places, parts := n.atoms(nil, nil)
	f := &rowFilter{kind: n.kind}
	patterns := make([][][]bool, len(places)) // by place: what its atoms say, for each pattern
	size := 1
	var order []*node
	for i, where := range places {
		s, said, err := b.rowSource(ctx, where, parts[i])
		if err != nil {
			return nil, err
		}
		if said == nil || size*len(said) > truthMost {
			return b.rowFilterParts(ctx, n)
		}
		s.step = uint32(size)
		for id := range s.number {
			s.number[id] *= s.step
		}
		size *= len(said)
		f.sources, patterns[i], order = append(f.sources, s), said, append(order, parts[i]...)
	}
	for i, atom := range order {
		atom.atom = i
	}
	f.truth = make([]uint64, size)
	atoms := make([]bool, 0, len(order))
	for at := range f.truth {
		rest := at
		atoms = atoms[:0]
		for _, said := range patterns {
			atoms = append(atoms, said[rest%len(said)]...)
			rest /= len(said)
		}
		if !n.decide(func(atom int) bool { return atoms[atom] }) {
			f.truth[at] = noGroup
		}
	}
	for _, atom := range order {
		atom.atom = -1
	}
	return f, nil
}

// rowFilterParts answers the parts of a filter apart. A filter of one place never comes here.
func (b *planBuilder) rowFilterParts(ctx context.Context, n *node) (*rowFilter, error) {
	f := &rowFilter{kind: n.kind}
	for _, part := range n.parts {
		p, err := b.rowFilter(ctx, part)
		if err != nil {
			return nil, err
		}
		f.parts = append(f.parts, p)
	}
	return f, nil
}

// rowSource numbers the patterns of one place; said[number][i] is what atom i says there.
// It is nil when the patterns are too many.
func (b *planBuilder) rowSource(ctx context.Context, where place, atoms []*node) (s rowSource, said [][]bool, err error) {
	if where.amount != nil {
		s.amount, err = b.l.amountTest(ctx, where.amount)
		return s, [][]bool{{false}, {true}}, err
	}
	if where.line != "" {
		key, err := b.lineKey(ctx, where)
		if err != nil {
			return s, nil, err
		}
		s.ids = key.ids
	} else if s.ids, err = b.ids(ctx, where.group); err != nil {
		return s, nil, err
	}
	said = [][]bool{{}}
	for _, atom := range atoms {
		ok, err := b.vector(ctx, atom)
		if err != nil {
			return s, nil, err
		}
		if s.number == nil {
			s.number = make([]uint32, len(ok))
		}
		if said = refine(s.number, said, ok); len(said) > truthMost {
			return s, nil, nil
		}
	}
	return s, said, nil
}

// refine distinguishes patterns by what one more atom says. Only patterns that occur are kept.
func refine(number []uint32, said [][]bool, ok []bool) [][]bool {
	const none = ^uint32(0)
	next := slices.Repeat([]uint32{none}, 2*len(said))
	var finer [][]bool
	for id, is := range ok {
		at := 2 * number[id]
		if is {
			at++
		}
		if next[at] == none {
			next[at] = uint32(len(finer))
			finer = append(finer, append(slices.Clone(said[number[id]]), is))
		}
		number[id] = next[at]
	}
	return finer
}

// drop marks the rows that do not match, of those from at on.
func (f *rowFilter) drop(numbers []uint64, at int) {
	var marks [chunk]uint64
	f.answer(marks[:len(numbers)], at)
	for i, mark := range marks[:len(numbers)] {
		numbers[i] |= mark
	}
}

// answer says for each row from at on whether it matches: 0, or noGroup.
func (f *rowFilter) answer(marks []uint64, at int) {
	if f.parts != nil {
		f.answerParts(marks, at)
		return
	}
	var index [chunk]uint32
	places := index[:len(marks)]
	for _, s := range f.sources {
		if s.amount != nil {
			s.amount.add(places, at, s.step)
			continue
		}
		number := s.number
		for i, id := range s.ids[at : at+len(places)] {
			places[i] += number[id]
		}
	}
	for i, p := range places {
		marks[i] = f.truth[p]
	}
}

func (f *rowFilter) answerParts(marks []uint64, at int) {
	f.parts[0].answer(marks, at)
	var some [chunk]uint64
	more := some[:len(marks)]
	for _, p := range f.parts[1:] {
		p.answer(more, at)
		for i, mark := range more {
			if f.kind == finops.FilterAny {
				marks[i] &= mark
			} else {
				marks[i] |= mark
			}
		}
	}
	if f.kind == finops.FilterNot {
		for i, mark := range marks {
			marks[i] = ^mark
		}
	}
}

// ids are the ids of a group for all rows of the plan's table.
func (b *planBuilder) ids(ctx context.Context, g store.Group) ([]uint32, error) {
	return b.l.tableIDs(ctx, g, b.coarse)
}

// tableIDs are the ids of a group for all rows of the rollup or, unless coarse, of the lines.
func (l *ledger) tableIDs(ctx context.Context, g store.Group, coarse bool) ([]uint32, error) {
	if coarse {
		return l.cube.keys[g], nil
	}
	return l.factKeys(ctx, g)
}
