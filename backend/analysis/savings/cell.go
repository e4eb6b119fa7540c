package savings

import (
	"math"
	"math/big"
	"regexp"
	"time"

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

	amounts [2]lineAmount // quantity and list cost, once they are asked for
}

// lineAmount is a measure of a line.
type lineAmount struct {
	amount      finops.Amount
	known, read bool
}

// quantity is the ConsumedQuantity of the line, which several rules ask for.
func (l *line) quantity() (q finops.Amount, known bool) { return l.amount(0, atQuantity) }

// list is its ListCost.
func (l *line) list() (cost finops.Amount, known bool) { return l.amount(1, atList) }

func (l *line) amount(n, measure int) (finops.Amount, bool) {
	a := &l.amounts[n]
	if !a.read {
		a.amount, a.known = l.batch.Amount(measure, l.at)
		a.read = true
	}
	return a.amount, a.known
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
	lastUse    finops.Day // also before the lookback; 0 = none
	looseUse   bool       // a line of use names no resource
	legs       map[legKey]*legSum
	related    uint32 // number of the value in the related column, of the newest line
	ends       uint32 // the same in the column with the end of a commitment
	*rarely

	resource, account, region uint32
	manyRegions, manyAccounts bool
	service                   string
}

// rarely is what few rules ask of a group.
type rarely struct {
	base       spread
	level      spread              // Σ cost of a day, as if all months were equally long
	growth     spread              // the same × the number of the day in the lookback
	size       spread              // Σ quantity × days of its month
	slots      []uint64            // a bit for each hour of the lookback in which a line begins
	byDay      daySums             // quantity of the hours by day of the lookback
	accounts   map[uint32]struct{} // of the evidence, up to resourcesMost
	resources  map[uint32]struct{} // of the evidence, up to resourcesMost
	from, till int64               // when its first line begins and its last one ends, of all lines that match
}

// never is what groups know of it that nobody asks, and is only read.
var never = &rarely{from: math.MaxInt64, till: math.MinInt64}

// asked is where a group keeps it.
func (c *cell) asked() *rarely {
	if c.rarely == never {
		made := *never
		c.rarely = &made
	}
	return c.rarely
}

func newCell() *cell {
	return &cell{
		rarely: never,
		first:  math.MaxInt32, to: math.MinInt32, evidence: [2]finops.Day{math.MaxInt32, math.MinInt32}, last: math.MinInt32,
	}
}

// seen remembers a line from before the lookback.
func (c *cell) seen(day finops.Day) { c.first = min(c.first, day) }

// add adds a line to the group; g is the group as its place knows it.
func (c *cell) add(e *examination, l *line, r role, cal *calendar, g *spotGroup) {
	b, i := l.batch, l.at
	if r.has(roleMatch) || r.has(roleHours) {
		c.seen(b.Days[i])
	}
	a := &e.ratings[r.rule]
	if a.lives && r.has(roleMatch) && b.Starts[i] != NoTime && b.Ends[i] != NoTime {
		own := c.asked()
		own.from, own.till = min(own.from, b.Starts[i]), max(own.till, b.Ends[i])
	}
	if r.has(roleUse) && l.used().Sign() != 0 {
		c.lastUse = max(c.lastUse, min(lastDay(b.Days[i], b.Starts[i], b.Ends[i]), cal.asOf))
	}
	if l.part.days == 0 {
		return
	}
	if r.has(roleHours) {
		c.addHours(e, l, cal, a)
	}
	if len(a.rule.Legs) > 0 {
		c.addLegs(e, l, r, g)
	}
	if r.has(roleUse) && a.rule.Related == "" {
		c.addUse(l)
	}
	if r.has(roleBase) && l.priced {
		c.asked().base.add(l.cost, l.part)
	}
	if r.has(roleMatch) {
		c.matched = true
		if e.feeUsed >= 0 {
			c.addFeeUsed(e, l)
		}
	}
	if r.has(roleMatch) || (r.has(roleUse) && a.rule.Related == "") {
		c.addEvidence(e, l, a)
		if a.counts.grows && l.priced {
			c.addGrowth(l, cal, a.rule.Lookback, e.levelled(a, l))
		}
	}
}

// lastDay is the last day of a charge, the one it begins on where it is not spread.
func lastDay(day finops.Day, start, end int64) finops.Day {
	if start == NoTime || end == NoTime || end-start <= longest {
		return day
	}
	return finops.DayOfUnix(end - 1)
}

// addGrowth adds the cost of each day, and the same times the number of the day. What is priced by the month, of which a day has the
// smaller a part the longer the month is, is levelled.
func (c *cell) addGrowth(l *line, cal *calendar, lookback int, levelled bool) {
	for day := l.part.from; day <= l.part.to; day++ {
		if !cal.counts(day) {
			continue
		}
		p := part{days: 1, of: l.part.of}
		if levelled {
			p = part{days: daysOfMonth(day), of: l.part.of * levelMonth}
		}
		c.asked().level.add(l.cost, p)
		p.days *= int64(day - cal.start(lookback))
		c.asked().growth.add(l.cost, p)
	}
}

// levelMonth is how long a month is taken to be, where days of different months are compared.
const levelMonth = 30

// monthUnit matches units such as GB-Month, GB-Mo and 1/Month.
var monthUnit = regexp.MustCompile(`(?i)(^|[^a-z])mo(nths?)?$`)

// levelled reports whether the quantity of a line is a part of a month.
func (e *examination) levelled(a *rating, l *line) bool {
	number := e.valueOf(a.unit, l.batch, l.at)
	is, seen := a.byMonth[number]
	if !seen {
		is = monthUnit.MatchString(e.valueText(a.unit, number))
		a.byMonth[number] = is
	}
	return is
}

// addHours counts a quantity of hours, and the days of its line.
func (c *cell) addHours(e *examination, l *line, cal *calendar, a *rating) {
	if a.rule.HourSlots {
		c.addSlot(e, l, cal, a)
	} else if q, known := l.quantity(); known {
		c.hours.add(q, l.part)
		if a.counts.sizes {
			c.addSize(q, l)
		}
		if a.counts.days {
			c.addDay(q, l, cal, a.rule.Lookback)
		}
	} else {
		c.unmeasured = true
	}
	if l.batch.Ends[l.at] != NoTime && l.batch.Starts[l.at] != NoTime && l.batch.Ends[l.at]-l.batch.Starts[l.at] > 3600 {
		c.daily = true
	}
	c.to = max(c.to, l.part.to)
	for day := l.part.from; day <= l.part.to; day++ {
		if back := cal.asOf - day; back < lookbackMost && cal.counts(day) {
			c.days |= 1 << back
		}
	}
}

// addUse adds a quantity of use without its sign: a correction takes no use back. What costs something is
// used, whatever its quantity.
func (c *cell) addUse(l *line) { c.use.Add(l.used()) }

func (l *line) used() finops.Amount {
	q, known := l.quantity()
	if !known && l.priced {
		q = l.cost
	}
	if q.Sign() < 0 {
		q = q.Neg()
	}
	return q
}

func (c *cell) addFeeUsed(e *examination, l *line) {
	text := e.text(e.feeUsed, l.batch.Value(e.feeUsed, l.at))
	if used, err := finops.ParseAmount([]byte(text)); err == nil {
		c.asked().base.add(used, l.part)
	}
}

func (c *cell) addEvidence(e *examination, l *line, a *rating) {
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
	if a.counts.accounts && len(c.accounts) < resourcesMost {
		if c.accounts == nil {
			c.asked().accounts = map[uint32]struct{}{}
		}
		c.accounts[account] = struct{}{}
	}
	if a.counts.resources && len(c.resources) < resourcesMost {
		if c.resources == nil {
			c.asked().resources = map[uint32]struct{}{}
		}
		c.resources[resource] = struct{}{}
	}
	if b.Days[i] > c.last || (b.Days[i] == c.last && e.text(atResource, resource) > e.text(atResource, c.resource)) {
		c.last, c.resource = b.Days[i], resource
		if a.related >= 0 {
			c.related = e.valueOf(a.related, b, i)
		}
		if a.ends >= 0 {
			c.ends = e.valueOf(a.ends, b, i)
		}
	}
}

// resourcesMost is how many resources of a group are counted one by one.
const resourcesMost = 1000

// addSize adds a quantity times the days of its month: what GB-months or the like come to that are used all month.
func (c *cell) addSize(q finops.Amount, l *line) {
	if times, ok := q.Mul(finops.NewAmount(daysOfMonth(l.batch.Days[l.at]), 0)); ok {
		c.asked().size.add(times, l.part)
	}
}

// daysOfMonth is the length of the month of a day.
func daysOfMonth(day finops.Day) int64 {
	t := day.Time()
	return int64(time.Date(t.Year(), t.Month()+1, 0, 0, 0, 0, 0, time.UTC).Day())
}

// addDay adds a quantity to that of its day.
func (c *cell) addDay(q finops.Amount, l *line, cal *calendar, lookback int) {
	if c.byDay.words == nil {
		c.asked().byDay.words = make([]int64, lookback)
	}
	if day := int(l.batch.Days[l.at] - cal.start(lookback)); day >= 0 && day < lookback {
		c.byDay.add(day, q)
	}
}

// spikes reports whether the quantity of the last day is so many standard deviations above the mean of the counted days.
func (c *cell) spikes(cal *calendar, lookback int, limit *big.Rat) bool {
	n, sum, squares := int64(0), new(big.Rat), new(big.Rat)
	for i := range c.byDay.words {
		day := cal.start(lookback) + finops.Day(i)
		if !cal.counts(day) {
			continue
		}
		x := c.byDay.rat(i)
		n++
		sum.Add(sum, x)
		squares.Add(squares, x.Mul(x, x))
	}
	if n == 0 {
		return false
	}
	mean := sum.Quo(sum, big.NewRat(n, 1))
	variance := squares.Quo(squares, big.NewRat(n, 1))
	variance.Sub(variance, new(big.Rat).Mul(mean, mean))
	above := c.byDay.rat(len(c.byDay.words) - 1)
	if above.Sub(above, mean); above.Sign() <= 0 {
		return false
	}
	above.Mul(above, above)
	return above.Cmp(variance.Mul(variance, new(big.Rat).Mul(limit, limit))) > 0
}

// addSlot counts the hour in which a line begins, once. Of a line of whole days the number of cores says how many hours there were.
func (c *cell) addSlot(e *examination, l *line, cal *calendar, a *rating) {
	if !hourly(l.batch, l.at) {
		per := e.coresOf(a, l.batch, l.at)
		q, known := l.quantity()
		if per == 0 || !known {
			c.unmeasured = true
			return
		}
		c.hours.add(q, part{days: l.part.days, of: l.part.of * per})
		return
	}
	hour := int(l.batch.Starts[l.at]/3600 - cal.start(a.rule.Lookback).Time().Unix()/3600)
	if hour < 0 {
		return
	}
	for len(c.slots) <= hour>>6 {
		c.asked().slots = append(c.slots, 0)
	}
	if c.slots[hour>>6]>>(hour&63)&1 == 0 {
		c.slots[hour>>6] |= 1 << (hour & 63)
		c.hours.add(finops.NewAmount(1, 0), part{1, 1, 0, 0})
	}
}
