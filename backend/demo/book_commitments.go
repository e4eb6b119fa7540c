package demo

import (
	"math/big"
	"time"
)

// commitmentClaims states what is unused of a commitment, what of that other usage could have taken, and that it ends soon.
func (w *monthWriter) commitmentClaims(cm *commitment) []*claim {
	b := w.book
	from := max(b.last-costDays+1, cm.start, b.from)
	if from > b.last {
		return nil
	}
	used, unused, p := new(big.Rat), new(big.Rat), b.plans[cm]
	for day := from; day <= b.last; day++ {
		used.Add(used, p.used[day-b.from])
		unused.Add(unused, p.unused[day-b.from])
	}
	var list []*claim
	claimed := func(rule string) *claim {
		k := newClaim(cm.plan.account, rule, commit)
		k.Resource, k.days = cm.plan.id, b.last-from+1
		list = append(list, k)
		return k
	}
	all := new(big.Rat).Add(used, unused)
	if share := new(big.Rat).Mul(all, big.NewRat(95, 100)); used.Cmp(share) < 0 {
		claimed(unusedRule(cm)).gross = aMonth(unused, b.last-from+1)
	}
	if lost := w.lost(cm, from); lost != nil && cm.provider() == azure && used.Cmp(new(big.Rat).Mul(all, big.NewRat(9, 10))) < 0 {
		k := claimed("Z-RI-02")
		k.gross, k.overlap, k.Candidate = aMonth(lost, b.last-from+1), lost, true // all that is unused is taken already, and days do not say that both fell together
	}
	if end, err := time.Parse(time.RFC3339, cm.end); err == nil && end.Sub(b.calendar.date(b.last)) <= 90*24*time.Hour && cm.provider() == aws {
		k := claimed("X-02")
		k.State = stateReview
		for account, last := range p.accounts {
			if last >= from && account != cm.plan.account {
				k.SubAccount = "" // several
			}
		}
	}
	return list
}

// unusedRule is the check that finds an unused commitment: each provider has its own.
func unusedRule(cm *commitment) string {
	switch {
	case cm.provider() == aws:
		return "X-01"
	case cm.provider() == gcp:
		return "G-CUD-01"
	case cm.plan.byUse:
		return "Z-RI-01"
	}
	return "Z-SP-01"
}

// lost is what a commitment for one SKU left unused of what machines of its family in its region cost on demand on the same days, at its own
// rate; nil where these cost less than 25 a month.
func (w *monthWriter) lost(cm *commitment, from int) *big.Rat {
	b, family := w.book, ""
	for i := range w.items {
		if it := &w.items[i]; it.cover > 0 && w.commitments[it.cover-1] == cm {
			family = it.res.skus()[it.sku].family
		}
	}
	if !cm.plan.byUse || family == "" {
		return nil
	}
	lost, paid, rate := new(big.Rat), new(big.Rat), b.rate(cm)
	for day := from; day <= b.last; day++ {
		cost := new(big.Rat)
		for i := range w.items {
			it := &w.items[i]
			if it.res.skus()[it.sku].family != family || it.res.region.id != cm.plan.region || accounts[it.account].billing != accounts[cm.plan.account].billing {
				continue
			}
			s := b.spent[it.number][day-b.from]
			cost.Add(cost, ratOf(s.cost-s.covered, it.scale))
		}
		paid.Add(paid, cost)
		if cost.Mul(cost, rate); cost.Cmp(b.plans[cm].unused[day-b.from]) > 0 {
			cost = b.plans[cm].unused[day-b.from]
		}
		lost.Add(lost, cost)
	}
	if aMonth(paid, b.last-from+1).Cmp(big.NewRat(25, 1)) < 0 {
		return nil
	}
	return lost
}
