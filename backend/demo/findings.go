package demo

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"math/big"
	"slices"

	"cloud-intelligence/backend/finops"
)

// Finding is something that the client could stop paying for, or look at, as it is planted: what an analysis of the bills should find, and
// no more. Money is of a month, exact decimals rounded half to even at 10 places; "" where a review has none.
type Finding struct {
	Rule, Provider, BillingAccount string
	SubAccount                     string // "" = several
	Resource                       string // id, "" = none or several
	Currency                       string
	State                          string // open, belowFloor or review
	Candidate                      bool   // the bill alone cannot prove it
	Gross, Absorbed, Overlap, Net  string
}

// The states of a Finding.
const (
	stateOpen       = "open"
	stateBelowFloor = "belowFloor"
	stateReview     = "review"
)

// claim is a Finding and the charges that it is about.
type claim struct {
	Finding
	step     step
	grain    int // a resource before an account
	items    []*item
	lookback int
	days     int
	share    *big.Rat // of the cost
	paid     bool     // only what no commitment covers
	instead  string
	gross    *big.Rat
	overlap  *big.Rat
	absorbed *big.Rat
}

// Findings returns what is planted in a demo client. It makes the client, so that its money is that of the lines; ctx ends it.
func Findings(ctx context.Context, o Options) ([]Finding, error) {
	s, err := o.settings()
	if err != nil {
		return nil, err
	}
	cl := newClient(s, layout{})
	var all []Finding
	for _, w := range cl.writers {
		w.book = newBook(w)
		for m := range cl.calendar.months {
			if w.covers(m) {
				if _, err := w.writeMonth(ctx, m, io.Discard); err != nil {
					return nil, fmt.Errorf("make the demo client: %w", err)
				}
			}
		}
		for _, k := range w.book.settle(w.claims(), w.commitments) {
			all = append(all, k.Finding)
		}
	}
	return all, nil
}

// claims lists what is planted in the resources and commitments of a provider.
func (w *monthWriter) claims() []*claim {
	var list []*claim
	together := map[string]int{} // of waste that is said once: the place of its first part
	type part struct {
		waste waste
		owned owned
	}
	var parts []part
	add := func(wa waste, o owned) {
		key := fmt.Sprint(wa.rule, " ", o.res.account)
		if at, more := together[key]; wa.whole && more {
			parts[at].owned.items = append(parts[at].owned.items, o.items...)
			return
		}
		if wa.whole {
			together[key] = len(parts)
		}
		parts = append(parts, part{wa, o})
	}
	for first := 0; first < len(w.items); {
		res := w.items[first].res
		skus := res.skus()
		var items []*item
		for i := range skus {
			it := &w.items[first+i]
			items = append(items, it)
			for _, wa := range skus[i].waste {
				add(wa, owned{w.book, res, []*item{it}})
			}
		}
		for _, wa := range res.template.waste {
			of := owned{w.book, res, slices.Clone(items)}
			if wa.skus != nil {
				of.items = nil
				for _, i := range wa.skus {
					of.items = append(of.items, items[i])
				}
			}
			add(wa, of)
		}
		first += len(skus)
	}
	for _, p := range parts {
		list = append(list, w.claimOf(p.waste, p.owned)...)
	}
	list = append(list, w.poolClaims()...)
	for _, cm := range w.commitments {
		if cm.provider() == w.provider {
			list = append(list, w.commitmentClaims(cm)...)
		}
	}
	return list
}

// claimOf states waste of a resource; none where the resource is gone or too young.
func (w *monthWriter) claimOf(wa waste, o owned) []*claim {
	if (!wa.events && !o.alive()) || (wa.when != nil && !wa.when(&o)) {
		return nil
	}
	lookback := wa.days
	if lookback == 0 {
		lookback = 30
	}
	k := newClaim(o.res.account, wa.rule, wa.step)
	byHour := o.items[0].hourly && o.book.calendar.hourlyFrom <= max(o.end()-lookback+1, o.first())
	k.Resource, k.Candidate, k.instead = o.res.id, wa.candidate || (wa.hours && !byHour), wa.instead
	k.items, k.lookback, k.days = o.items, lookback, o.days(lookback)
	if wa.events {
		k.days = min(lookback, o.end()+1)
	}
	cost := o.cost(lookback)
	if wa.whole {
		k.Resource, k.grain = "", 1
	}
	switch {
	case wa.review:
		k.State = stateReview
		return []*claim{k}
	case wa.part != "":
		k.share, _ = new(big.Rat).SetString(wa.part)
	case wa.price != "":
		then := parseAmount(wa.price)
		k.share = big.NewRat(1, 1)
		k.share.Sub(k.share, new(big.Rat).Quo(ratOf(then.units, then.scale), ratOf(o.items[0].list, o.items[0].priceScale)))
	case wa.saved != nil:
		k.share = wa.saved(&o)
		k.share.Quo(k.share, cost)
	}
	if k.share.Sign() <= 0 {
		return nil
	}
	k.gross = aMonth(new(big.Rat).Mul(cost, k.share), k.days)
	return []*claim{k}
}

// newClaim is a claim on all of the cost of something of a sub account.
func newClaim(of int, rule string, at step) *claim {
	a := accounts[of]
	b := billings[a.billing]
	return &claim{
		Finding: Finding{
			Rule: rule, Provider: finops.CanonicalProvider(providers[b.provider].name), BillingAccount: b.id, SubAccount: a.id, Currency: b.currency, State: stateOpen,
		},
		step: at, share: big.NewRat(1, 1), lookback: 30,
	}
}

// settle works out the money of claims that are on the same charges: each takes its part of what those before it have left.
func (b *book) settle(list []*claim, commitments []*commitment) []*claim {
	slices.SortStableFunc(list, func(x, y *claim) int {
		candidate := func(k *claim) int {
			if k.Candidate {
				return 1
			}
			return 0
		}
		return cmp.Or(cmp.Compare(candidate(x), candidate(y)), cmp.Compare(x.step, y.step), cmp.Compare(x.grain, y.grain), cmp.Compare(x.Rule, y.Rule))
	})
	on := map[*item][]*claim{}
	for _, k := range list {
		k.absorbed = new(big.Rat)
		if k.overlap == nil {
			k.overlap = new(big.Rat)
		}
		if k.State == stateReview {
			continue
		}
		if k.gross.Cmp(big.NewRat(1, 1)) < 0 {
			k.State = stateBelowFloor
		}
		for _, it := range k.items {
			on[it] = append(on[it], k)
		}
	}
	for it, claims := range on {
		for day := b.from; day <= b.last; day++ {
			of := b.spent[it.number][day-b.from]
			b.divide(claims, day, false, ratOf(of.cost-of.covered, it.scale))
			b.divide(claims, day, true, ratOf(of.covered, it.scale))
		}
	}
	for _, k := range list {
		if k.State != stateReview {
			b.absorb(k, commitments)
		}
		k.state()
	}
	return list
}

// divide divides the cost of a day, of what a commitment covers or of the rest, among the claims on it.
func (b *book) divide(claims []*claim, day int, covered bool, cost *big.Rat) {
	if cost.Sign() == 0 {
		return
	}
	one := big.NewRat(1, 1)
	left, replaced := big.NewRat(1, 1), map[string]*big.Rat{}
	for _, k := range claims {
		if day <= b.last-k.lookback || (k.paid && covered) {
			continue
		}
		more := k.share // than what another product in its place saves already
		if before := replaced[k.instead]; k.instead != "" && before != nil {
			more = new(big.Rat)
			if k.share.Cmp(before) > 0 {
				more.Quo(new(big.Rat).Sub(k.share, before), new(big.Rat).Sub(one, before))
			}
		}
		takes := new(big.Rat).Mul(left, more)
		lost := new(big.Rat).Sub(k.share, takes)
		k.overlap.Add(k.overlap, lost.Mul(lost, cost))
		if k.State != stateOpen {
			continue
		}
		left.Sub(left, takes)
		if k.instead != "" && (replaced[k.instead] == nil || k.share.Cmp(replaced[k.instead]) > 0) {
			replaced[k.instead] = k.share
		}
	}
}

// state writes the money of a claim.
func (k *claim) state() {
	if k.State == stateReview {
		return
	}
	parse := func(number string) *big.Rat {
		r, _ := new(big.Rat).SetString(number)
		return r
	}
	rounded := func(money, most *big.Rat) *big.Rat {
		if r := parse(text(aMonth(money, k.days))); r.Cmp(most) < 0 {
			return r
		}
		return most
	}
	gross := parse(text(k.gross))
	overlap := rounded(k.overlap, gross)
	left := new(big.Rat).Sub(gross, overlap)
	absorbed := rounded(k.absorbed, left)
	k.Gross, k.Overlap, k.Absorbed, k.Net = text(gross), text(overlap), text(absorbed), text(left.Sub(left, absorbed))
}

// text writes money with 10 decimals at most.
func text(r *big.Rat) string { return finops.RoundHalfEven(r, 10) }
