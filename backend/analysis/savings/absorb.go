package savings

import (
	"context"
	"math/big"

	"cloud-intelligence/backend/finops"
)

// promise is one commitment, with what it covers and what it could cover instead.
type promise struct {
	kinds           map[[2]string]bool // service and category of the lines that it covers
	effective, list spread
	byDay           bool              // a line is longer than an hour
	demand          map[int64]*spread // on-demand cost of eligible usage, by slot
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
	covered map[int64]*spread // by slot
	demand  map[int64]*spread // on-demand cost of the finding's own lines
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

func (e *examination) absorb(ctx context.Context) error {
	a := &absorption{examination: e, promises: map[promiseKey]*promise{}, takers: map[takerKey]*taker{}}
	if err := e.each(ctx, e.recent, a.learn); err != nil {
		return err
	}
	if err := e.each(ctx, e.recent, a.spend); err != nil {
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

// learn finds what each commitment covers, at which price.
func (a *absorption) learn(b *Batch, i, set int, k *class) {
	p := a.inWindow(b, i, set)
	if !k.used || !k.base || p.days == 0 {
		return
	}
	key := promiseKey{set, b.Columns[atCurrency][i], b.Columns[atCommitment][i]}
	c := a.promises[key]
	if c == nil {
		c = &promise{kinds: map[[2]string]bool{}, demand: map[int64]*spread{}}
		a.promises[key] = c
	}
	c.kinds[[2]string{k.service, k.category}] = true
	c.byDay = c.byDay || !hourly(b, i)
	cost, priced := a.promotions.cost(b, i)
	list, listed := b.Amount(atList, i)
	if priced && listed {
		c.effective.add(cost, p)
		c.list.add(list, p)
	}
}

func hourly(b *Batch, i int) bool {
	return b.Starts[i] != NoTime && b.Ends[i] != NoTime && b.Ends[i]-b.Starts[i] <= 3600
}

// slot is the hour or the day in which covered and other usage meet.
func (c *promise) slot(b *Batch, i int) int64 {
	if c.byDay {
		return int64(b.Days[i])
	}
	return b.Starts[i] / 3600
}

// spend adds the cost of the lines to the slots of the commitments.
func (a *absorption) spend(b *Batch, i, set int, k *class) {
	p := a.inWindow(b, i, set)
	cost, priced := a.promotions.cost(b, i)
	if !k.base || p.days == 0 || !priced || (!k.used && !k.standard) {
		return
	}
	claims := a.claimsOn(b, i, set, k)
	for key, c := range a.promises {
		if key.set != set || key.currency != b.Columns[atCurrency][i] {
			continue
		}
		covers := k.used && key.commitment == b.Columns[atCommitment][i]
		eligible := !k.used && c.kinds[[2]string{k.service, k.category}]
		if !covers && !eligible {
			continue
		}
		if eligible {
			addTo(c.demand, c.slot(b, i), cost, p)
		}
		for _, at := range claims {
			t := a.taker(at, key, c)
			if covers {
				addTo(t.covered, c.slot(b, i), cost, p)
			} else {
				addTo(t.demand, c.slot(b, i), cost, p)
			}
		}
	}
}

func (a *absorption) taker(claim int, key promiseKey, c *promise) *taker {
	k := takerKey{claim, key}
	if a.takers[k] == nil {
		a.takers[k] = &taker{claim: a.findings[claim], promise: c, covered: map[int64]*spread{}, demand: map[int64]*spread{}}
	}
	return a.takers[k]
}

func addTo(slots map[int64]*spread, slot int64, cost finops.Amount, p part) {
	if slots[slot] == nil {
		slots[slot] = &spread{}
	}
	slots[slot].add(cost, p)
}

// settle adds what nobody else takes of the covered cost of each slot.
func (t *taker) settle() {
	list := t.promise.list.rat()
	rate := new(big.Rat) // what usage at the price on demand costs when it is covered
	if list.Sign() > 0 {
		rate.Quo(t.promise.effective.rat(), list)
	}
	total := new(big.Rat)
	for slot, covered := range t.covered {
		other := new(big.Rat)
		if d := t.promise.demand[slot]; d != nil {
			other.Set(d.rat())
		}
		if own := t.demand[slot]; own != nil {
			other.Sub(other, own.rat())
		}
		stays := covered.rat()
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
