package engine

import (
	"context"
	"math/bits"
	"slices"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/store"
)

// partition takes rows apart by which of some filters hold. Each key says by its id which of a few patterns a row has there: the filters
// that may hold as far as the key knows. Those hold that all keys of a row let through.
type partition struct {
	filters [][]*node // by filter: the parts that must all hold
	fine    bool      // the daily rollup lacks a column
	// bits are the filters of each pattern, by place: a key, or the rows themselves. A place that decides nothing has none.
	bits [partPlaces][]filterBits
}

// partPlaces are the keys, and rowPlace, where what no single key decides is found for each row.
const (
	partPlaces = store.GroupCount + 1
	rowPlace   = store.GroupCount
)

// filterBits is a set of filters.
type filterBits []uint64

// patterns are the patterns of a row, by place.
type patterns [partPlaces]uint32

func (v *view) partition(of []finops.Filter) (*partition, error) {
	if len(of) == 0 {
		return nil, nil
	}
	p := &partition{}
	for _, f := range of {
		if err := f.Check(); err != nil {
			return nil, err
		}
		n, err := v.resolveFilter(f.Normal(), v.resolve)
		if err != nil {
			return nil, err
		}
		p.filters, p.fine = append(p.filters, n.conjuncts()), p.fine || !n.coarse
	}
	return p, nil
}

func (p *partition) coarse() bool { return p == nil || !p.fine }

// add keeps the patterns of a place: said[i] says of the filters listed in which whether they may hold there. some says of each pattern whether any filter may.
func (p *partition) add(place int, which []int, said [][]bool) (some []bool) {
	for _, is := range said {
		set := make(filterBits, (len(p.filters)+63)/64)
		for i := range p.filters {
			set[i/64] |= 1 << (i % 64)
		}
		for at, i := range which {
			if !is[at] {
				set[i/64] &^= 1 << (i % 64)
			}
		}
		p.bits[place] = append(p.bits[place], set)
		some = append(some, slices.ContainsFunc(set, func(word uint64) bool { return word != 0 }))
	}
	return some
}

// meets lists the filters that let a row with these patterns through.
func (p *partition) meets(at patterns) (list []int) {
	for word := range (len(p.filters) + 63) / 64 {
		set := ^uint64(0)
		if tail := len(p.filters) - 64*word; tail < 64 {
			set = 1<<tail - 1
		}
		for place, of := range p.bits {
			if of != nil {
				set &= of[at[place]][word]
			}
		}
		for ; set != 0; set &= set - 1 {
			list = append(list, 64*word+bits.TrailingZeros64(set))
		}
	}
	return list
}

// addParts adds the patterns of a key to what numbers the rows.
func (b *planBuilder) addParts(ctx context.Context, g store.Group, k *keyBuilder) error {
	p := b.plan.parts
	if p == nil {
		return nil
	}
	var number []uint32
	var which []int
	said := [][]bool{{}}
	for i, parts := range p.filters {
		var all []bool
		for _, n := range parts {
			if n.place != (place{group: g}) {
				continue
			}
			ok, err := b.vector(ctx, n)
			if err != nil {
				return err
			}
			if all == nil {
				all = ok
			} else {
				combine(finops.FilterAll, all, ok)
			}
		}
		if all == nil {
			continue
		}
		if number == nil {
			number = make([]uint32, len(all))
		}
		said, which = refine(number, said, all), append(which, i)
	}
	if number != nil {
		k.addMask(number, p.add(int(g), which, said))
		k.addDim(partSlot-int(g), &coding{number, make([]*string, len(said))})
	}
	return nil
}

// addPartRows adds the patterns of what no single key decides.
func (b *planBuilder) addPartRows(ctx context.Context) error {
	p := b.plan.parts
	if p == nil {
		return nil
	}
	var number []uint32
	var which []int
	said := [][]bool{{}}
	for i, parts := range p.filters {
		rest := &node{kind: finops.FilterAll, place: place{mixed: true}, atom: -1}
		for _, n := range parts {
			if n.place != (place{group: n.place.group}) {
				rest.parts = append(rest.parts, n)
			}
		}
		if len(rest.parts) == 0 {
			continue
		}
		f, err := b.rowFilter(ctx, rest)
		if err != nil {
			return err
		}
		ok := f.rows(b.plan.from, b.plan.to, b.plan.n)
		if number == nil {
			number = make([]uint32, b.plan.n)
		}
		said, which = refine(number, said, ok), append(which, i)
	}
	if number == nil {
		return nil
	}
	c := &coding{make([]uint32, len(said)), make([]*string, len(said))}
	for i := range c.code {
		c.code[i] = uint32(i)
	}
	k := &keyBuilder{}
	k.addMask(nil, p.add(rowPlace, which, said))
	k.addDim(partSlot-rowPlace, c)
	key := k.finish()
	key.ids = number
	b.plan.keys = append(b.plan.keys, key)
	return nil
}

// rows says of each of n rows whether it matches; those outside of from and to do not.
func (f *rowFilter) rows(from, to, n int) []bool {
	ok := make([]bool, n)
	var marks [chunk]uint64
	for at := from; at < to; at += chunk {
		some := marks[:min(chunk, to-at)]
		f.answer(some, at)
		for i, mark := range some {
			ok[at+i] = mark == 0
		}
	}
	return ok
}

// eachOf is each, with the rows taken apart by which of some filters hold. Rows that meet none of them are left out. set numbers what a row meets
// from 0 on; sets[set] are the filters.
func (v *view) eachOf(ctx context.Context, q finops.Question, of []finops.Filter, fn func(r finops.Row, set int, meets []int)) error {
	if len(of) == 0 {
		return nil
	}
	p, err := v.prepare(ctx, q, of...)
	if err != nil {
		return err
	}
	numbers := map[patterns]int{}
	var sets [][]int
	return p.each(ctx, q, func(r finops.Row, g *found) {
		set, ok := numbers[g.patterns]
		if !ok {
			set = len(sets)
			numbers[g.patterns], sets = set, append(sets, p.parts.meets(g.patterns))
		}
		if len(sets[set]) > 0 {
			fn(r, set, sets[set])
		}
	})
}
