package migration

import (
	"math/big"
	"slices"

	"cloud-intelligence/backend/finops"
)

// group are lines that grow alike and move in the same month; sums of USD a month.
type group struct {
	growth    finops.Amount
	moveMonth int
	source    *big.Rat
	terms     []*big.Rat // at the destination, by term
	internet  *big.Rat   // what of it is internet egress, with its support
}

// groupLines adds up the counted lines of a candidate.
func (a *assessment) groupLines(c *candidate) []group {
	type key struct {
		growth string
		month  int
	}
	at := map[key]int{}
	var list []group
	more := add(whole(1), a.support())
	for i, counted := range a.counted {
		if !counted {
			continue
		}
		w := &a.profile.Workloads[i]
		month := min(a.plan.moveMonth[i], a.profile.Requirements.Horizon)
		k := key{w.Growth.Trim().String(), month}
		n, ok := at[k]
		if !ok {
			n, at[k] = len(list), len(list)
			g := group{growth: w.Growth, moveMonth: month, source: new(big.Rat), internet: new(big.Rat)}
			for range Terms {
				g.terms = append(g.terms, new(big.Rat))
			}
			list = append(list, g)
		}
		g := &list[n]
		if a.sourceCost != nil {
			g.source.Add(g.source, rat(a.sourceCost[i]))
		}
		if l := &c.lines[i]; l.terms != nil {
			for t := range Terms {
				g.terms[t].Add(g.terms[t], rat(l.terms[t].Total))
			}
			g.internet.Add(g.internet, mul(l.internet, more))
		}
	}
	return list
}

// flow is the money of a candidate over the months; all in units of 10^−40 USD.
type flow struct {
	current, source, target, oneOff []*big.Int
	discount                        []*big.Int // factors
}

// inUnits is a fraction in units of 10^−40.
func inUnits(r *big.Rat) *big.Int {
	v := new(big.Int).Mul(r.Num(), unit)
	return v.Div(v, r.Denom())
}

// usd is a number of units as a fraction.
func usd(v *big.Int) *big.Rat { return new(big.Rat).SetFrac(v, unit) }

// times is a number of units multiplied by a fraction.
func times(v *big.Int, r *big.Rat) *big.Int {
	product := new(big.Int).Mul(v, r.Num())
	return product.Div(product, r.Denom())
}

// discounted is the sum of what each month has, times its factor.
func (f *flow) discounted(amount func(m int) *big.Int) *big.Rat {
	sum := new(big.Int)
	for m, factor := range f.discount {
		sum.Add(sum, new(big.Int).Mul(amount(m), factor))
	}
	return usd(sum.Div(sum, unit))
}

// rampMonths is how long after the last move machines stay on demand, and the part that is committed then.
const rampMonths = 3

var committedPart = fraction(8, 10)

// course is what grows over the months, before any assumption; each in units by month.
type course struct {
	current, source []*big.Int   // all lines, and those that have not moved
	terms           [][]*big.Int // what moved, by term
	internet        []*big.Int   // what of it is internet egress
}

// courseOf adds up the groups of a candidate by month.
func (a *assessment) courseOf(groups []group) course {
	horizon := a.profile.Requirements.Horizon
	c := course{current: zeros(horizon), source: zeros(horizon), internet: zeros(horizon)}
	for range Terms {
		c.terms = append(c.terms, zeros(horizon))
	}
	product := new(big.Int)
	grow := func(list []*big.Int, m int, v, factor *big.Int) { list[m].Add(list[m], product.Mul(v, factor)) }
	for n := range groups {
		g := &groups[n]
		source, internet := inUnits(g.source), inUnits(g.internet)
		terms := make([]*big.Int, len(Terms))
		for t := range Terms {
			terms[t] = inUnits(g.terms[t])
		}
		for m, factor := range a.factorsOf(growthOf(g.growth)) {
			grow(c.current, m, source, factor)
			if m <= g.moveMonth {
				grow(c.source, m, source, factor)
				continue
			}
			grow(c.internet, m, internet, factor)
			for t := range Terms {
				grow(c.terms[t], m, terms[t], factor)
			}
		}
	}
	for _, list := range append([][]*big.Int{c.current, c.source, c.internet}, c.terms...) {
		for _, v := range list {
			v.Div(v, unit)
		}
	}
	return c
}

// cashFlow is the money of a candidate with some assumptions.
func (a *assessment) cashFlow(c *candidate, v variant) *flow {
	horizon := a.profile.Requirements.Horizon
	f := &flow{target: zeros(horizon), oneOff: zeros(horizon), discount: a.discounts(v.wacc)}
	more := sub(v.egress, whole(1))
	each := inUnits(quo(rat(a.oneOff(c, v).Total), whole(a.plan.last+1)))
	for m := range horizon {
		f.current = append(f.current, times(c.course.current[m], v.today))
		f.source = append(f.source, times(c.course.source[m], v.today))
		target := new(big.Int).Set(c.course.terms[0][m])
		if m > a.plan.last+rampMonths {
			target = times(target, sub(whole(1), committedPart))
			target.Add(target, times(c.course.terms[v.term][m], committedPart))
		}
		target.Add(target, times(c.course.internet[m], more))
		f.target[m] = times(target, v.run)
		if m <= a.plan.last {
			f.oneOff[m].Set(each)
		}
	}
	return f
}

// discounts are the factors that bring the months to today.
func (a *assessment) discounts(wacc *big.Rat) (list []*big.Int) {
	square := new(big.Int).Mul(unit, unit)
	for _, factor := range a.factorsOf(add(whole(1), wacc)) {
		list = append(list, new(big.Int).Div(square, factor))
	}
	return list
}

// factorsOf are the factors of the months of the horizon for what grows so much in a year.
func (a *assessment) factorsOf(yearly *big.Rat) []*big.Int {
	return remembered(a.factors, yearly.String(), func() []*big.Int { return monthly(yearly, a.profile.Requirements.Horizon) })
}

func zeros(n int) []*big.Int {
	list := make([]*big.Int, n)
	for i := range list {
		list[i] = new(big.Int)
	}
	return list
}

// saving is what is saved in a month, one-off cost taken off.
func (f *flow) saving(m int) *big.Int {
	v := new(big.Int).Sub(f.current[m], f.source[m])
	return v.Sub(v, f.target[m]).Sub(v, f.oneOff[m])
}

// presentValue is the discounted sum of the savings.
func (f *flow) presentValue() *big.Rat { return f.discounted(f.saving) }

// horizonCost is the discounted cost of the destination and of the move.
func (f *flow) horizonCost() *big.Rat {
	return f.discounted(func(m int) *big.Int { return new(big.Int).Add(f.target[m], f.oneOff[m]) })
}

// payback is the month in which the cumulated saving reaches 0, linear inside the month; nil if it never does.
func (f *flow) payback() *Tenth {
	before := new(big.Int)
	for m := range f.current {
		saving := f.saving(m)
		after := new(big.Int).Add(before, saving)
		if after.Sign() >= 0 {
			within := new(big.Rat)
			if before.Sign() < 0 {
				within = quo(usd(new(big.Int).Neg(before)), usd(saving))
			}
			return new(tenth(add(whole(m), within)))
		}
		before = after
	}
	return nil
}

// roi is the sum of run savings less one-off cost, by one-off cost; nil where that is 0.
func (f *flow) roi() *finops.Amount {
	all, once := new(big.Int), new(big.Int)
	for m := range f.current {
		all.Add(all, f.saving(m))
		once.Add(once, f.oneOff[m])
	}
	if once.Sign() == 0 {
		return nil
	}
	return new(rounded(quo(usd(all), usd(once))))
}

// months is the cash flow as it is shown. Without the cost of today there is none to compare with.
func (f *flow) months(known bool) []Month {
	list := []Month{}
	sum := new(big.Int)
	for m := range f.current {
		sum.Add(sum, f.saving(m))
		one := Month{Month: m, Target: rounded(usd(f.target[m])), OneOff: rounded(usd(f.oneOff[m]))}
		if known {
			one.Current, one.Source = new(rounded(usd(f.current[m]))), new(rounded(usd(f.source[m])))
			one.Saving, one.Cumulative = new(rounded(usd(f.saving(m)))), new(rounded(usd(sum)))
		}
		list = append(list, one)
	}
	return list
}

// tornado says how far the net present value moves with each assumption, the most first.
func (a *assessment) tornado(c *candidate) []Bar {
	bars := []Bar{}
	value := func(v variant) *big.Rat { return a.cashFlow(c, v).presentValue() }
	bar := func(assumption, lowText, highText string, change func(v *variant, high bool)) {
		lowest, highest := a.likely(), a.likely()
		change(&lowest, false)
		change(&highest, true)
		bars = append(bars, Bar{assumption, lowText, highText, rounded(value(lowest)), rounded(value(highest))})
	}
	ten := func(high bool) *big.Rat {
		if high {
			return fraction(11, 10)
		}
		return fraction(9, 10)
	}
	bar("Labour", "low hours", "high hours", func(v *variant, high bool) {
		if v.hours = lowHours; high {
			v.hours = highHours
		}
	})
	bar("Internet egress", "−20 %", "+20 %", func(v *variant, high bool) {
		if v.egress = fraction(8, 10); high {
			v.egress = fraction(12, 10)
		}
	})
	bar("Cost at the destination", "−10 %", "+10 %", func(v *variant, high bool) { v.run = ten(high) })
	bar("Cost today", "−10 %", "+10 %", func(v *variant, high bool) { v.today = ten(high) })
	bar("Contingency", "10 %", "30 %", func(v *variant, high bool) {
		if v.contingency = fraction(10, 100); high {
			v.contingency = fraction(30, 100)
		}
	})
	bar("Cost of capital", "−2 points", "+2 points", func(v *variant, high bool) {
		if high {
			v.wacc = add(v.wacc, fraction(2, 100))
		} else {
			v.wacc = maxOf(sub(v.wacc, fraction(2, 100)), new(big.Rat))
		}
	})
	sortBars(bars)
	return bars
}

func sortBars(bars []Bar) {
	width := func(b Bar) *big.Rat { return new(big.Rat).Abs(sub(rat(b.NPVLow), rat(b.NPVHigh))) }
	slices.SortStableFunc(bars, func(x, y Bar) int { return width(y).Cmp(width(x)) })
}
