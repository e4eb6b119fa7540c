package savings

import (
	"cmp"
	"maps"
	"math/big"
	"slices"
	"strings"

	"cloud-intelligence/backend/analysis/commitment"
	"cloud-intelligence/backend/finops"
)

// pools numbers the families of machines that one commitment can cover, in a region.
type pools struct {
	numbers  map[string]uint32
	families []string // by number
}

// poolUsage is what the machines of a pool cost at on-demand prices.
type poolUsage struct {
	byHour        map[int64]*finops.Sum // by the hour in which a charge begins, in Unix seconds
	whole, hourly finops.Sum            // cost, and of this that of charges of one hour at most
	meters        map[string]bool
}

func newPools() *pools { return &pools{numbers: map[string]uint32{}, families: []string{""}} }

// family is the number of the family of the machines that lines of a class are about; 0 = they are about none.
func (p *pools) family(provider string, k *class) uint32 {
	m := commitment.Meter{Provider: provider, Service: k.service, Name: k.meter, Subcategory: k.subcategory, Description: k.meter}
	text := m.Family()
	if text == "" {
		return 0
	}
	n, seen := p.numbers[text]
	if !seen {
		n = uint32(len(p.families))
		p.numbers[text], p.families = n, append(p.families, text)
	}
	return n
}

// addPool adds a line of a pool.
func (e *examination) addPool(key cellKey, l *line) {
	u := e.pooled[key]
	if u == nil {
		u = &poolUsage{byHour: map[int64]*finops.Sum{}, meters: map[string]bool{}}
		e.pooled[key] = u
	}
	u.meters[l.class.meter] = true
	start, end := l.batch.Starts[l.at], l.batch.Ends[l.at]
	if !l.priced || start == NoTime {
		return
	}
	u.whole.Add(l.cost)
	if end != NoTime && end-start <= anHour {
		u.hourly.Add(l.cost)
	}
	at := start - start%anHour
	if u.byHour[at] == nil {
		u.byHour[at] = &finops.Sum{}
	}
	u.byHour[at].Add(l.cost)
}

// join adds what another part of the lines came to.
func (u *poolUsage) join(o *poolUsage) {
	for at, sum := range o.byHour {
		if u.byHour[at] == nil {
			u.byHour[at] = &finops.Sum{}
		}
		u.byHour[at].AddSum(*sum)
	}
	u.whole.AddSum(o.whole)
	u.hourly.AddSum(o.hourly)
	maps.Copy(u.meters, o.meters)
}

// slots is the usage of the counted days from one on, hour by hour where at least 95 % of its cost has hourly detail, else day by day.
func (u *poolUsage) slots(cal *calendar, from finops.Day, rate int) *commitment.Usage {
	c := &commitment.Usage{SlotHours: 24, Rates: []int{rate}}
	if detailed := u.hourly.Rat(); detailed.Mul(detailed, big.NewRat(100, 95)).Cmp(u.whole.Rat()) >= 0 {
		c.SlotHours = 1
	}
	step := int64(c.SlotHours) * anHour
	sums := make([]finops.Sum, cal.counted(from, cal.asOf)*24/c.SlotHours) // of all slots at once, as there can be many pools
	for at := from; at <= cal.asOf; at++ {
		if !cal.counts(at) {
			continue
		}
		for start := at.Time().Unix(); start < (at + 1).Time().Unix(); start += step {
			n := len(c.Slots)
			c.Slots = append(c.Slots, commitment.Slot{Start: start, OnDemand: sums[n : n+1 : n+1]})
		}
	}
	for at, sum := range u.byHour {
		place, ok := slices.BinarySearchFunc(c.Slots, at-at%step, func(s commitment.Slot, start int64) int { return cmp.Compare(s.Start, start) })
		if ok {
			c.Slots[place].OnDemand[0].AddSum(*sum)
		}
	}
	return c
}

// steady reports whether at least so many percent of the slots have usage.
func steady(c *commitment.Usage, percent *big.Rat) bool {
	used := int64(0)
	for _, s := range c.Slots {
		if s.OnDemand[0].Sign() > 0 {
			used++
		}
	}
	return len(c.Slots) > 0 && percentOf(percent, big.NewRat(int64(len(c.Slots)), 1)).Cmp(big.NewRat(used, 1)) <= 0
}

// poolID is the pool of a group as the simulator calls it; "" = the lines name no region.
func (e *examination) poolID(key cellKey) string {
	region := e.text(atRegion, key.a)
	if region == "" {
		return ""
	}
	return commitment.PoolsOf(e.sets[key.set].Provider, region, e.classes.pools.families[key.b])[0]
}

// poolMeters are the meters of a group as a filter.
func (e *examination) poolMeters(key cellKey) finops.Filter {
	var values []*string
	for meter := range e.pooled[key].meters {
		values = append(values, &meter)
	}
	slices.SortFunc(values, func(a, b *string) int { return strings.Compare(*a, *b) })
	return finops.If(finops.Condition{Column: "Meter", Op: finops.OpIn, Values: values})
}

// committed prices steady usage with the commitment of one year without upfront payment that saves most, as the simulator does.
func committed(a *ask) quote {
	pool, err := commitment.ParsePool(a.poolID(a.key))
	usage, c, cal := a.pooled[a.key], a.cells[a.key], a.sets[a.key.set]
	if err != nil || usage == nil || c.cost.rat().Sign() <= 0 {
		return quote{verdict: verdictNone}
	}
	start := cal.start(a.rules[a.key.rule].Lookback)
	from := max(c.first, start)
	rate, d, known := commitment.Terms{Years: 1, Payment: commitment.PayNone}.Rate(a.book, pool, pool.Family)
	switch least := a.ratings[a.key.rule].limits["usedAtLeast"]; {
	case least == nil || !steady(usage.slots(cal, start, rate), least):
		return quote{verdict: verdictNone}
	case !known:
		return quote{}
	}
	best := commitment.Best(usage.slots(cal, from, rate), 1, commitment.PayNone).Optimum
	if best.MonthlySaving.Sign() <= 0 {
		return quote{verdict: verdictNone}
	}
	saved := new(big.Rat).Mul(best.MonthlySaving, big.NewRat(int64(cal.counted(from, cal.asOf)), 1))
	saved.Quo(saved, monthDays)
	left := new(big.Rat).Sub(one, saved.Quo(saved, c.cost.rat()))
	return quote{verdictPriced, left.Mul(left, a.sum.cost.rat()), []Price{
		{Of: "the commitment, which is best at " + finops.RoundHalfEven(best.HourlyCommitment, committedDecimals) + " " + a.currency + " an hour", Value: exact(big.NewRat(int64(rate), 1000)), Unit: "of the on-demand price", Date: d.Day(), Source: d.Source},
	}}
}

// committedDecimals are the decimals with which commitments are sold and said.
const committedDecimals = 4
