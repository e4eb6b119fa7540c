package savings

import (
	"maps"
	"math/bits"

	"cloud-intelligence/backend/finops"
)

// divide makes parts of the examination, of which it is the first itself. Each counts the lines of other resources, and what it counts is
// its own; classes, numbers of values and the book of commitments are shared.
func (e *examination) divide(n int) []*examination {
	parts := make([]*examination, n)
	parts[0] = e
	for i := 1; i < n; i++ {
		part := *e
		part.classes, part.setOf, part.lastAt, part.promotions = e.classes.lookup(), map[[2]uint32]int{}, -2, newPromotions(e.table, e.classes.binder.at)
		part.spots, part.ratings = newSpots(len(e.table.Values[atResource]), n), make([]rating, len(e.ratings))
		for r := range e.ratings {
			part.ratings[r] = e.ratings[r].own()
		}
		if e.share != nil {
			part.share = e.share.of(&part)
		}
		part.begin()
		parts[i] = &part
	}
	for _, part := range parts {
		part.known = newKnown(e.classes.classes, n)
	}
	return parts
}

// begin makes room for what is counted.
func (e *examination) begin() {
	e.cells, e.past = map[cellKey]*cell{}, map[cellKey]*rate{}
	e.costs, e.bills = map[costKey]*spread{}, map[costKey]*spread{}
	e.rates, e.ratesOf = map[rateKey]*rate{}, map[rateAt][2]*rate{}
	e.related, e.beginnings = map[relatedKey]struct{}{}, map[relatedKey][]string{}
	e.pooled = map[cellKey]*poolUsage{}
}

// join adds what a part has counted, which forgets it.
func (e *examination) join(o *examination) {
	into(e.cells, o.cells, e.joinCells)
	into(e.past, o.past, (*rate).join)
	into(e.costs, o.costs, (*spread).addSpread)
	into(e.bills, o.bills, (*spread).addSpread)
	into(e.rates, o.rates, (*rate).join)
	into(e.pooled, o.pooled, (*poolUsage).join)
	maps.Copy(e.related, o.related)
	for key, texts := range o.beginnings {
		e.beginnings[key] = append(e.beginnings[key], texts...)
	}
	o.begin()
}

// into puts what a part has in a map into that of all.
func into[K comparable, V any](all, part map[K]*V, join func(*V, *V)) {
	for key, v := range part {
		if have := all[key]; have != nil {
			join(have, v)
		} else {
			all[key] = v
		}
	}
}

// own is the rating for a part of the lines.
func (a rating) own() rating {
	a.perHour, a.byMonth = map[[2]uint32]int64{}, map[uint32]bool{}
	return a
}

// joinCells adds to a group another one, or what another part of its lines came to.
func (e *examination) joinCells(c, o *cell) {
	if o.lines > 0 {
		c.joinEvidence(o)
	}
	if o.last > c.last || (o.last == c.last && e.text(atResource, o.resource) > e.text(atResource, c.resource)) {
		c.last, c.resource, c.related, c.ends = o.last, o.resource, o.related, o.ends
	}
	c.first, c.to = min(c.first, o.first), max(c.to, o.to)
	c.days |= o.days
	c.lastUse = max(c.lastUse, o.lastUse)
	c.matched, c.unpriced, c.unmeasured = c.matched || o.matched, c.unpriced || o.unpriced, c.unmeasured || o.unmeasured
	c.daily, c.looseUse = c.daily || o.daily, c.looseUse || o.looseUse
	c.cost.addSpread(&o.cost)
	c.covered.addSpread(&o.covered)
	c.hours.addSpread(&o.hours)
	c.use.AddSum(o.use)
	if c.legs == nil {
		c.legs = o.legs
	} else {
		into(c.legs, o.legs, (*legSum).join)
	}
	if o.rarely != never {
		c.joinRarely(o.rarely)
	}
}

// joinEvidence adds how many lines there are, and where.
func (c *cell) joinEvidence(o *cell) {
	if c.lines == 0 {
		c.region, c.account, c.service = o.region, o.account, o.service
	}
	c.manyRegions = c.manyRegions || o.manyRegions || c.region != o.region
	c.manyAccounts = c.manyAccounts || o.manyAccounts || c.account != o.account
	c.service = min(c.service, o.service)
	c.lines += o.lines
	c.evidence = [2]finops.Day{min(c.evidence[0], o.evidence[0]), max(c.evidence[1], o.evidence[1])}
}

// joinRarely adds what few rules ask of a group. An hour in which lines of both begin is one.
func (c *cell) joinRarely(o *rarely) {
	own := c.asked()
	for _, sums := range [][2]*spread{{&own.base, &o.base}, {&own.level, &o.level}, {&own.growth, &o.growth}, {&own.size, &o.size}} {
		sums[0].addSpread(sums[1])
	}
	for i, hours := range o.slots {
		if i == len(own.slots) {
			own.slots = append(own.slots, 0)
		}
		c.hours.add(finops.NewAmount(-int64(bits.OnesCount64(own.slots[i]&hours)), 0), part{1, 1, 0, 0})
		own.slots[i] |= hours
	}
	own.byDay.join(&o.byDay)
	own.accounts, own.resources = joined(own.accounts, o.accounts), joined(own.resources, o.resources)
	own.from, own.till = min(own.from, o.from), max(own.till, o.till)
}

// joined are the numbers of both, up to resourcesMost.
func joined(all, some map[uint32]struct{}) map[uint32]struct{} {
	if all == nil {
		return some
	}
	for n := range some {
		if len(all) < resourcesMost {
			all[n] = struct{}{}
		}
	}
	return all
}
