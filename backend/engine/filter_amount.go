package engine

import (
	"context"
	"math"
	"slices"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/segment"
	"cloud-intelligence/backend/store"
)

// amountTest reports whether the amounts of a column meet a condition, by comparing their
// coefficients: the bounds are brought to the column's scale once, exactly.
type amountTest struct {
	column   *column
	op       finops.Op
	bounds   []finops.Amount
	ranges   []coefRange
	none     bool // a line without an amount meets it, before opposite
	opposite bool
}

// coefRange is a range of coefficients, both ends included.
type coefRange struct{ first, last int64 }

// comparesAmounts reports whether a condition on a measure is about its number, and not
// about its text.
func comparesAmounts(c finops.Condition) bool {
	if c.Op.Compares() {
		return true
	}
	notNumber := func(v *string) bool {
		if v == nil {
			return false
		}
		_, err := finops.ParseAmount([]byte(*v))
		return err != nil
	}
	return (c.Op == finops.OpIn || c.Op == finops.OpNotIn) && !slices.ContainsFunc(c.Values, notNumber)
}

func (l *ledger) amountTest(ctx context.Context, n *node) (*amountTest, error) {
	c := n.condition
	t := &amountTest{op: c.Op, none: slices.Contains(c.Values, nil), opposite: c.Op == finops.OpNotIn}
	var err error
	if t.column, err = l.factAmounts(ctx, store.MeasureIndex(c.Column)); err != nil {
		return nil, err
	}
	for _, v := range c.Values {
		if v == nil {
			continue
		}
		a, err := finops.ParseAmount([]byte(*v))
		if err != nil {
			return nil, err
		}
		t.bounds = append(t.bounds, a)
		if r := t.rangeOf(a); r.first <= r.last {
			t.ranges = append(t.ranges, r)
		}
	}
	return t, nil
}

// rangeOf finds the coefficients that stand in the wanted relation to an amount; where
// there are none, the range ends before it begins.
func (t *amountTest) rangeOf(bound finops.Amount) coefRange {
	all := coefRange{segment.Wide + 1, math.MaxInt64} // below are the markers of package segment
	least, some := t.first(all, func(a finops.Amount) bool { return a.Cmp(bound) >= 0 })
	above, more := t.first(all, func(a finops.Amount) bool { return a.Cmp(bound) > 0 })
	before := func(coef int64, found bool) coefRange {
		if found {
			return coefRange{all.first, coef - 1}
		}
		return all
	}
	from := func(coef int64, found bool) coefRange {
		if found {
			return coefRange{coef, all.last}
		}
		return coefRange{1, 0}
	}
	switch t.op {
	case finops.OpLess:
		return before(least, some)
	case finops.OpAtMost:
		return before(above, more)
	case finops.OpGreater:
		return from(above, more)
	case finops.OpAtLeast:
		return from(least, some)
	}
	if !some {
		return coefRange{1, 0}
	}
	return coefRange{least, before(above, more).last}
}

// first finds the smallest coefficient whose amount has reached something; what is larger
// has reached it too.
func (t *amountTest) first(in coefRange, reached func(finops.Amount) bool) (coef int64, found bool) {
	for in.first < in.last {
		middle := in.first&in.last + (in.first^in.last)>>1 // half their sum, which may not fit
		if reached(finops.NewAmount(middle, t.column.scale)) {
			in.last = middle
		} else {
			in.first = middle + 1
		}
	}
	return in.first, reached(finops.NewAmount(in.first, t.column.scale))
}

// add adds step to the places of the rows from at on that meet the condition.
func (t *amountTest) add(places []uint32, at int, step uint32) {
	values := t.column.values[at : at+len(places)]
	if len(t.ranges) == 1 && !t.opposite && !t.none && t.column.wides == nil { // nearly every condition
		r := t.ranges[0]
		width := uint64(r.last) - uint64(r.first)
		for i, v := range values {
			var more uint32 // so that the compiler needs no jump
			if uint64(v)-uint64(r.first) <= width {
				more = step
			}
			places[i] += more
		}
		return
	}
	for i, v := range values {
		if t.meets(v, at+i) != t.opposite {
			places[i] += step
		}
	}
}

func (t *amountTest) meets(coef int64, row int) bool {
	switch coef {
	case segment.None:
		return t.none
	case segment.Wide:
		return slices.ContainsFunc(t.bounds, func(b finops.Amount) bool { return t.op.Holds(t.column.wides[row].Cmp(b)) })
	}
	for _, r := range t.ranges {
		if coef >= r.first && coef <= r.last {
			return true
		}
	}
	return false
}
