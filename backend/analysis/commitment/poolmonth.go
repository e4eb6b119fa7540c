package commitment

import (
	"cmp"
	"maps"
	"math/big"
	"slices"

	"cloud-intelligence/backend/finops"
)

// PoolMonth is how well a pool of machines was covered in a month. Quotients that cannot be known are nil.
type PoolMonth struct {
	Pool     Pool
	Month    finops.Month
	Currency string
	// Coverage is the list cost of covered machines ÷ that of all; EffectiveSavingsRate is (list − effective) ÷ list of all, without the unused
	// part of commitments, which belongs to no pool; BreakEven is what covered machines cost ÷ their list cost: the utilisation
	// below which the commitments of the pool cost more than they save.
	Coverage, EffectiveSavingsRate, BreakEven *big.Rat
	Effective                                 finops.Sum // of all machines of the pool
}

type poolKey struct {
	id       string
	month    finops.Month
	currency string
}

type poolTotals struct {
	covered, standard   pair
	effective, negative finops.Sum
	pool                Pool
}

// PoolMonths adds up the usage of machines by pool and month.
type PoolMonths struct{ of map[poolKey]*poolTotals }

// Totals finds where the usage of machines of a place is added up. A machine without a region has no pool.
func (p *PoolMonths) totals(id string, month finops.Month, currency string) *poolTotals {
	k := poolKey{id, month, currency}
	t := p.of[k]
	if t == nil {
		pool, err := ParsePool(id)
		if err != nil {
			return nil
		}
		t = &poolTotals{pool: pool}
		if p.of == nil {
			p.of = map[poolKey]*poolTotals{}
		}
		p.of[k] = t
	}
	return t
}

// PoolCell adds up the machines of one place and month, covered or not.
type PoolCell struct{ totals [2]*poolTotals }

// Cell is where lines of a place and month are added.
func (p *PoolMonths) Cell(provider string, place Place, month finops.Month, currency string) *PoolCell {
	c := &PoolCell{}
	for i, id := range PoolsOf(provider, place.Region, place.Family) {
		c.totals[i] = p.totals(id, month, currency)
	}
	return c
}

// Add adds a line; covered says whether a commitment covers it.
func (c *PoolCell) Add(covered bool, l Line) {
	for _, t := range c.totals {
		if t == nil {
			continue
		}
		t.effective.Add(l.Effective)
		side := &t.standard
		if covered {
			side = &t.covered
		}
		switch {
		case l.Effective.Sign() < 0:
			t.negative.Add(l.Effective)
		case l.ListKnown:
			side.list.Add(l.List)
			side.effective.Add(l.Effective)
		}
	}
}

// Months finishes the sums, by pool, currency and month.
func (p *PoolMonths) Months() []PoolMonth {
	var all []PoolMonth
	keys := slices.SortedFunc(maps.Keys(p.of), func(a, b poolKey) int {
		return cmp.Or(cmp.Compare(a.id, b.id), cmp.Compare(a.currency, b.currency), cmp.Compare(a.month, b.month))
	})
	for _, k := range keys {
		t := p.of[k]
		covered, standard := t.covered.list.Rat(), t.standard.list.Rat()
		list := new(big.Rat).Add(covered, standard)
		effective := new(big.Rat).Add(t.covered.effective.Rat(), t.standard.effective.Rat())
		effective.Add(effective, t.negative.Rat())
		all = append(all, PoolMonth{
			Pool: t.pool, Month: k.month, Currency: k.currency, Effective: t.effective,
			Coverage: quotient(covered, list), EffectiveSavingsRate: quotient(new(big.Rat).Sub(list, effective), list), BreakEven: quotient(t.covered.effective.Rat(), covered),
		})
	}
	return all
}
