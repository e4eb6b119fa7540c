package savings

import (
	"context"
	"maps"
	"math/big"

	"cloud-intelligence/backend/finops"
)

// promise is one commitment, with what it covers and what it could cover instead.
type promise struct {
	kinds           map[[2]string]bool // service and category of the lines that it covers
	last            *class             // of the last one
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
	could    map[couldKey][]promiseKey
	// What a part of the lines would take of each commitment; see spend.
	demands map[promiseKey]*slotCosts
	spent   map[takerKey]*slotCosts
}

// couldKey decides which commitments could cover a line.
type couldKey struct {
	set      int
	currency uint32
	class    *class
}

func newAbsorption(e *examination) *absorption {
	return &absorption{examination: e, promises: map[promiseKey]*promise{}, takers: map[takerKey]*taker{}}
}

// absorb reads the lines again that commitments could cover, once all that they do cover are learned.
func (e *examination) absorb(ctx context.Context) error {
	a := e.absorbs
	for _, part := range e.peers[1:] {
		a.join(part.absorbs)
	}
	for _, t := range a.takers {
		if t.promise.byDay {
			t.covered.foldDays()
		}
	}
	for _, part := range e.peers {
		p := part.absorbs
		p.promises, p.takers = a.promises, a.takers
		p.could, p.demands, p.spent = map[couldKey][]promiseKey{}, map[promiseKey]*slotCosts{}, map[takerKey]*slotCosts{}
	}
	err := e.eachOf(ctx, e.peers, e.recent, func(part *examination, b *Batch, i, set int, k *class) { part.absorbs.spend(b, i, set, k) })
	if err != nil {
		return err
	}
	for _, part := range e.peers {
		for key, costs := range part.absorbs.demands {
			a.promises[key].demand.join(costs)
		}
		for key, costs := range part.absorbs.spent {
			a.takers[key].demand.join(costs)
		}
	}
	for _, t := range a.takers {
		t.settle()
	}
	return nil
}

// join adds what was learned of other lines.
func (a *absorption) join(o *absorption) {
	into(a.promises, o.promises, (*promise).join)
	into(a.takers, o.takers, func(t, o *taker) { t.covered.join(&o.covered) })
	for key, t := range a.takers {
		t.promise = a.promises[key.promise]
	}
}

func (p *promise) join(o *promise) {
	maps.Copy(p.kinds, o.kinds)
	p.effective.addSpread(&o.effective)
	p.list.addSpread(&o.list)
	p.byDay = p.byDay || o.byDay
}

// inWindow is the part of a line in the lookback that commitments are looked at over.
func (a *absorption) inWindow(b *Batch, i, set int) part {
	cal := a.sets[set]
	return cal.partOf(b.Days[i], b.Starts[i], b.Ends[i], cal.start(costDays))
}

// learn finds what each commitment covers, at which price, and what of it findings have.
func (a *absorption) learn(b *Batch, i, set int, k *class) {
	if !k.used || !k.base {
		return
	}
	p := a.inWindow(b, i, set)
	if p.days == 0 {
		return
	}
	key := promiseKey{set, b.Columns[atCurrency][i], b.Columns[atCommitment][i]}
	c := a.promises[key]
	if c == nil {
		c = &promise{kinds: map[[2]string]bool{}, demand: newSlotCosts(a.sets[set])}
		a.promises[key] = c
	}
	if c.last != k {
		c.kinds[[2]string{k.service, k.category}], c.last = true, k
	}
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
	if !k.base || !k.standard || k.used {
		return
	}
	could := a.couldCover(couldKey{set, b.Columns[atCurrency][i], k})
	if len(could) == 0 {
		return
	}
	p := a.inWindow(b, i, set)
	if p.days == 0 {
		return
	}
	cost, priced := a.promotions.cost(b, i)
	if !priced {
		return
	}
	claims := a.claimsOn(b, i, set, k)
	for _, key := range could {
		slot := slotOf(b, i)
		if a.promises[key].byDay {
			slot = dayOf(slot)
		}
		slots(a.demands, key, a.sets[set]).add(slot, cost, p)
		for _, at := range claims {
			if t := a.takers[takerKey{at, key}]; t != nil && t.covered.has(slot) {
				slots(a.spent, takerKey{at, key}, a.sets[set]).add(slot, cost, p)
			}
		}
	}
}

// slots are the costs of one of several, which may not have any yet.
func slots[K comparable](of map[K]*slotCosts, key K, cal *calendar) *slotCosts {
	s := of[key]
	if s == nil {
		made := newSlotCosts(cal)
		s = &made
		of[key] = s
	}
	return s
}

// couldCover are the commitments that cover something of the service and category of a line.
func (a *absorption) couldCover(key couldKey) []promiseKey {
	could, seen := a.could[key]
	if !seen {
		for of, p := range a.promises {
			if of.set == key.set && of.currency == key.currency && p.kinds[[2]string{key.class.service, key.class.category}] {
				could = append(could, of)
			}
		}
		a.could[key] = could
	}
	return could
}

// settle adds what nobody else takes of the covered cost of each slot.
func (t *taker) settle() {
	list := t.promise.list.rat()
	rate := new(big.Rat) // what usage at the price on demand costs when it is covered
	if list.Sign() > 0 {
		rate.Quo(t.promise.effective.rat(), list)
	}
	total := newExcess(t.claim.fraction, rate)
	for slot := range t.covered.all() {
		total.add(t.covered.at(slot), t.promise.demand.at(slot), t.demand.at(slot))
	}
	if t.claim.absorbed == nil {
		t.claim.absorbed = new(big.Rat)
	}
	t.claim.absorbed.Add(t.claim.absorbed, total.rat())
}

// excess adds what of each slot stays: a fraction of what is covered less what all others would take of it, at a rate, where that is more than
// nothing. There can be a thousand slots of each of many findings, so that it counts in integers, of one denominator, wherever it can.
type excess struct {
	fraction, rate *big.Rat
	covers, takes  *big.Int // both as numerators of one denominator
	of             *big.Int // the denominator, of units
	units          *big.Int
	rest           *big.Rat // of slots whose costs are no whole units
}

func newExcess(fraction, rate *big.Rat) *excess {
	x := &excess{
		fraction: fraction, rate: rate, units: new(big.Int), rest: new(big.Rat),
		covers: new(big.Int).Mul(fraction.Num(), rate.Denom()), takes: new(big.Int).Mul(rate.Num(), fraction.Denom()),
	}
	x.of = new(big.Int).Mul(fraction.Denom(), rate.Denom())
	x.of.Mul(x.of, finops.UnitsPerOne())
	return x
}

// add adds a slot: what is covered, what all could take of the commitment, and what the finding itself has of that.
func (x *excess) add(covered, all, own spread) {
	c, whole := covered.units()
	a, wholeAll := all.units()
	o, wholeOwn := own.units()
	if whole && wholeAll && wholeOwn {
		c.Mul(c, x.covers)
		if c.Sub(c, a.Mul(a.Sub(a, o), x.takes)); c.Sign() > 0 {
			x.units.Add(x.units, c)
		}
		return
	}
	stays, others := covered.rat(), all.rat()
	others.Sub(others, own.rat())
	stays.Mul(stays, x.fraction)
	if stays.Sub(stays, others.Mul(others, x.rate)); stays.Sign() > 0 {
		x.rest.Add(x.rest, stays)
	}
}

func (x *excess) rat() *big.Rat {
	sum := new(big.Rat).SetFrac(x.units, x.of)
	return sum.Add(sum, x.rest)
}
