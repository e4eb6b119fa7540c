package savings

import (
	"math"

	"cloud-intelligence/backend/finops"
)

// line is one line of a batch while it is counted.
type line struct {
	batch  *Batch
	at     int
	class  *class
	cost   finops.Amount
	priced bool // cost is known
	part   part // in the lookback of the rule
}

// cell is what the lines of a group add up to.
type cell struct {
	first    finops.Day    // of all lines that match, also before the lookback
	to       finops.Day    // last day of the lines whose hours count, in the lookback
	evidence [2]finops.Day // first and last day of the evidence
	last     finops.Day    // of the newest line, whose texts are printed
	lines    int           // of the evidence
	days     uint64        // a bit for each counted day back from the last one
	matched  bool
	cost     spread
	covered  spread // of cost, what a commitment covers
	unpriced bool   // a line of the evidence has no effective cost

	hours      spread
	unmeasured bool // a line whose quantity is asked for has none
	daily      bool // a line that counts hours is longer than an hour
	use        finops.Sum
	looseUse   bool // a line of use names no resource
	base       spread
	growth     spread // Σ cost of a day × its number in the lookback

	resource, account, region uint32
	manyRegions, manyAccounts bool
	service                   string
}

func newCell() *cell {
	return &cell{first: math.MaxInt32, to: math.MinInt32, evidence: [2]finops.Day{math.MaxInt32, math.MinInt32}, last: math.MinInt32}
}

// seen remembers a line from before the lookback.
func (c *cell) seen(day finops.Day) { c.first = min(c.first, day) }

func (c *cell) add(e *examination, l line, r role, cal *calendar) {
	b, i := l.batch, l.at
	if r.has(roleMatch) || r.has(roleHours) {
		c.seen(b.Days[i])
	}
	if l.part.days == 0 {
		return
	}
	if r.has(roleHours) {
		c.addHours(l, cal)
	}
	if r.has(roleUse) {
		c.addUse(l)
	}
	if r.has(roleBase) && l.priced {
		c.base.add(l.cost, l.part)
	}
	if r.has(roleMatch) {
		c.matched = true
		if e.feeUsed >= 0 {
			c.addFeeUsed(e, l)
		}
	}
	if r.has(roleMatch) || r.has(roleUse) {
		c.addEvidence(e, l)
		if e.ratings[r.rule].limits[growthAtLeast] != nil && l.priced {
			c.addGrowth(l, cal, e.rules[r.rule].Lookback)
		}
	}
}

// addGrowth adds the cost of each day times the number of the day.
func (c *cell) addGrowth(l line, cal *calendar, lookback int) {
	for day := l.part.from; day <= l.part.to; day++ {
		if cal.counted(day, day) == 1 {
			c.growth.add(l.cost, part{days: int64(day - cal.start(lookback)), of: l.part.of})
		}
	}
}

// addHours counts a quantity of hours, and the days of its line.
func (c *cell) addHours(l line, cal *calendar) {
	if q, known := l.batch.Amount(atQuantity, l.at); known {
		c.hours.add(q, l.part)
	} else {
		c.unmeasured = true
	}
	if l.batch.Ends[l.at] != NoTime && l.batch.Starts[l.at] != NoTime && l.batch.Ends[l.at]-l.batch.Starts[l.at] > 3600 {
		c.daily = true
	}
	c.to = max(c.to, l.part.to)
	for day := l.part.from; day <= l.part.to; day++ {
		if back := cal.asOf - day; back < lookbackMost && cal.counted(day, day) == 1 {
			c.days |= 1 << back
		}
	}
}

// addUse adds a quantity of use without its sign: a correction takes no use back. What costs something is
// used, whatever its quantity.
func (c *cell) addUse(l line) { c.use.Add(l.used()) }

func (l line) used() finops.Amount {
	q, known := l.batch.Amount(atQuantity, l.at)
	if !known && l.priced {
		q = l.cost
	}
	if q.Sign() < 0 {
		q = q.Neg()
	}
	return q
}

func (c *cell) addFeeUsed(e *examination, l line) {
	text := e.text(e.feeUsed, l.batch.Columns[e.feeUsed][l.at])
	if used, err := finops.ParseAmount([]byte(text)); err == nil {
		c.base.add(used, l.part)
	}
}

func (c *cell) addEvidence(e *examination, l line) {
	b, i := l.batch, l.at
	if l.priced {
		c.cost.add(l.cost, l.part)
		if l.class.used {
			c.covered.add(l.cost, l.part)
		}
	} else {
		c.unpriced = true
	}
	region, account := b.Columns[atRegion][i], b.Columns[atAccount][i]
	if c.lines > 0 {
		c.manyRegions = c.manyRegions || c.region != region
		c.manyAccounts = c.manyAccounts || c.account != account
	}
	if c.lines == 0 || l.class.service < c.service {
		c.service = l.class.service
	}
	c.lines++
	c.region, c.account = region, account
	c.evidence = [2]finops.Day{min(c.evidence[0], l.part.from), max(c.evidence[1], l.part.to)}
	resource := b.Columns[atResource][i]
	if b.Days[i] > c.last || (b.Days[i] == c.last && e.text(atResource, resource) > e.text(atResource, c.resource)) {
		c.last, c.resource = b.Days[i], resource
	}
}
