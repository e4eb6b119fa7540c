package savings

import (
	"context"
	"math/big"
)

// promise is one commitment, with what it covers and what it could cover instead.
type promise struct {
	kinds           map[[2]string]bool // service and category of the lines that it covers
	effective, list spread
	byDay           bool      // a line is longer than an hour
	demand          slotCosts // on-demand cost of eligible usage
}

// promiseKey names a commitment of a data set in one currency.
type promiseKey struct {
	set        int
	currency   uint32
	commitment uint32
}

// taker is what a finding has of one commitment.
type taker struct {
	claim   *claim
	promise *promise
	covered slotCosts
	demand  slotCosts // on-demand cost of the finding's own lines, of the slots in which something is covered
}

type takerKey struct {
	claim   int
	promise promiseKey
}

// absorption works out which part of what findings save stays on the bill, since a commitment pays for
// it whether it is used or not: what covers a line, less what other usage would take of it.
type absorption struct {
	*examination
	promises map[promiseKey]*promise
	takers   map[takerKey]*taker
}

func (e *examination) newAbsorption() *absorption {
	return &absorption{examination: e, promises: map[promiseKey]*promise{}, takers: map[takerKey]*taker{}}
}

// settle reads the lines again that commitments could cover, once all that they do cover are learned.
func (a *absorption) settle(ctx context.Context) error {
	for _, t := range a.takers {
		if t.promise.byDay {
			t.covered.foldDays()
		}
	}
	if err := a.each(ctx, a.recent, a.spend); err != nil {
		return err
	}
	for _, t := range a.takers {
		t.settle()
	}
	return nil
}

// inWindow is the part of a line in the lookback that commitments are looked at over.
func (a *absorption) inWindow(b *Batch, i, set int) part {
	cal := a.sets[set]
	return cal.partOf(b.Days[i], b.Starts[i], b.Ends[i], cal.start(costDays))
}

// learn finds what each commitment covers, at which price, and what of it findings have.
func (a *absorption) learn(b *Batch, i, set int, k *class) {
	p := a.inWindow(b, i, set)
	if !k.used || !k.base || p.days == 0 {
		return
	}
	key := promiseKey{set, b.Columns[atCurrency][i], b.Columns[atCommitment][i]}
	c := a.promises[key]
	if c == nil {
		c = &promise{kinds: map[[2]string]bool{}, demand: newSlotCosts(a.sets[set])}
		a.promises[key] = c
	}
	c.kinds[[2]string{k.service, k.category}] = true
	c.byDay = c.byDay || !hourly(b, i)
	cost, priced := a.promotions.cost(b, i)
	if !priced {
		return
	}
	if list, listed := b.Amount(atList, i); listed {
		c.effective.add(cost, p)
		c.list.add(list, p)
	}
	for _, at := range a.claimsOn(b, i, set, k) {
		if a.takers[takerKey{at, key}] == nil {
			a.takers[takerKey{at, key}] = &taker{a.findings[at], c, newSlotCosts(a.sets[set]), newSlotCosts(a.sets[set])}
		}
		a.takers[takerKey{at, key}].covered.add(slotOf(b, i), cost, p)
	}
}

func hourly(b *Batch, i int) bool {
	return b.Starts[i] != NoTime && b.Ends[i] != NoTime && b.Ends[i]-b.Starts[i] <= 3600
}

// spend adds the cost of lines that a commitment could cover to its slots.
func (a *absorption) spend(b *Batch, i, set int, k *class) {
	p := a.inWindow(b, i, set)
	if !k.base || !k.standard || k.used || p.days == 0 {
		return
	}
	cost, priced := a.promotions.cost(b, i)
	if !priced {
		return
	}
	claims := a.claimsOn(b, i, set, k)
	for key, c := range a.promises {
		if key.set != set || key.currency != b.Columns[atCurrency][i] || !c.kinds[[2]string{k.service, k.category}] {
			continue
		}
		slot := slotOf(b, i)
		if c.byDay {
			slot = dayOf(slot)
		}
		c.demand.add(slot, cost, p)
		for _, at := range claims {
			if t := a.takers[takerKey{at, key}]; t != nil && t.covered.has(slot) {
				t.demand.add(slot, cost, p)
			}
		}
	}
}

// settle adds what nobody else takes of the covered cost of each slot.
func (t *taker) settle() {
	list := t.promise.list.rat()
	rate := new(big.Rat) // what usage at the price on demand costs when it is covered
	if list.Sign() > 0 {
		rate.Quo(t.promise.effective.rat(), list)
	}
	total := new(big.Rat)
	for slot, stays := range t.covered.all() {
		other := t.promise.demand.at(slot)
		other.Sub(other, t.demand.at(slot))
		stays.Mul(stays, t.claim.fraction)
		if stays.Sub(stays, other.Mul(other, rate)); stays.Sign() > 0 {
			total.Add(total, stays)
		}
	}
	if t.claim.absorbed == nil {
		t.claim.absorbed = new(big.Rat)
	}
	t.claim.absorbed.Add(t.claim.absorbed, total)
}
