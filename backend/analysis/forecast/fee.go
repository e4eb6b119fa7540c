package forecast

import (
	"cmp"
	"slices"

	"cloud-intelligence/backend/finops"
)

// Charge is what one kind of charge came to on one day.
type Charge struct {
	Day                 finops.Day
	Category, Frequency string // ChargeCategory and ChargeFrequency of FOCUS; "" = not given
	Key                 string // of what is billed, such as service and SKU; "" = not known
	Amount              finops.Sum
}

// Kind says by which part charges are forecast.
type Kind uint8

// The kinds of charges.
const (
	Varying Kind = iota // by the models
	Fee                 // is repeated
	Once                // never comes again
)

// KindOf returns the kind of charges of a ChargeCategory and a ChargeFrequency.
func KindOf(category, frequency string) Kind {
	switch {
	case category == "Credit", category == "Adjustment", frequency == "One-Time":
		return Once
	case frequency == "Recurring":
		return Fee
	}
	return Varying
}

// FeeDays is how many days back MonthlyKeys looks.
const FeeDays = 124

// MonthlyKeys finds keys of varying charges that are fees all the same: they are billed once a
// month, on the same first, last or numbered day in three of the four months up to a day.
func MonthlyKeys(charges []Charge, asOf finops.Day) map[string]bool {
	days := map[string][]finops.Day{}
	for _, c := range charges {
		if c.Key != "" && KindOf(c.Category, c.Frequency) == Varying && c.Day > asOf-FeeDays && c.Day <= asOf && !c.Amount.IsZero() {
			days[c.Key] = append(days[c.Key], c.Day)
		}
	}
	found := map[string]bool{}
	for key, list := range days {
		slices.Sort(list)
		list = slices.Compact(list)
		months := map[finops.Month]int{}
		places := map[place]int{}
		for _, d := range list {
			m := d.Month()
			months[m]++
			places[place(d-m.First()+1)]++
			if d == m.Last() {
				places[0]++
			}
		}
		if len(list) > len(months) { // more than once in some month
			continue
		}
		for _, n := range places {
			found[key] = found[key] || n >= placeHits
		}
		if !found[key] {
			delete(found, key)
		}
	}
	return found
}

// dated is an amount on a day of the series.
type dated struct {
	t      int
	amount finops.Sum
	value  float64
}

// fee is what is billed under one key, by day.
type fee struct {
	key   string
	bills []dated
}

// Split takes charges apart: what each day from first to asOf has of varying charges, and the
// others. monthly are the keys that MonthlyKeys found.
func Split(charges []Charge, monthly map[string]bool, first, asOf finops.Day) Input {
	in := Input{First: first, AsOf: asOf, varying: make([]finops.Sum, asOf-first+1), once: make([]finops.Sum, asOf-first+1)}
	byKey := map[string]map[int]finops.Sum{}
	for _, c := range charges {
		if c.Day < first || c.Day > asOf {
			continue
		}
		t, kind := int(c.Day-first), KindOf(c.Category, c.Frequency)
		if kind == Varying && monthly[c.Key] {
			kind = Fee
		}
		switch kind {
		case Varying:
			in.varying[t].AddSum(c.Amount)
		case Once:
			in.once[t].AddSum(c.Amount)
		case Fee:
			if byKey[c.Key] == nil {
				byKey[c.Key] = map[int]finops.Sum{}
			}
			sum := byKey[c.Key][t]
			sum.AddSum(c.Amount)
			byKey[c.Key][t] = sum
		}
	}
	for key, days := range byKey {
		f := fee{key: key}
		for t, sum := range days {
			if !sum.IsZero() {
				f.bills = append(f.bills, dated{t, sum, float(sum)})
			}
		}
		slices.SortFunc(f.bills, func(a, b dated) int { return cmp.Compare(a.t, b.t) })
		if len(f.bills) > 0 {
			in.fees = append(in.fees, f)
		}
	}
	slices.SortFunc(in.fees, func(a, b fee) int { return cmp.Compare(a.key, b.key) })
	return in
}

// The rules of a fee: one that is billed on so many of 30 days is billed daily; a daily one has
// ended after so many days without it, another one so many days after the month in which it was due:
// tax and support are dated in a month and billed when it is over.
const (
	dailyLeast = 15
	dailyEnded = 4
	feeEnded   = 10
)

// repeat calls add for the days after at, up to day last, on which the fee is expected at the
// amount of bill b; it looks at the bills until day at only.
func (f *fee) repeat(cal *calendar, at, last int, add func(t, b int)) {
	n, _ := slices.BinarySearchFunc(f.bills, at+1, func(d dated, t int) int { return cmp.Compare(d.t, t) })
	if n == 0 {
		return
	}
	bills := f.bills[:n]
	newest := bills[n-1].t
	lately := 0
	for i := n - 1; i >= 0 && bills[i].t > newest-windowDays; i-- {
		lately++
	}
	if lately >= dailyLeast {
		for t := at + 1; t <= last && newest > at-dailyEnded; t++ {
			add(t, n-1)
		}
		return
	}
	from, every := f.lastRound(cal, n)
	for b := from; b < n; b++ {
		for k := finops.Month(1); ; k++ {
			t := f.due(cal, bills[b].t, k*every)
			if t > last || k == 1 && t+int(cal.left[t]) < at-feeEnded {
				break
			}
			switch {
			case t > at:
				add(t, b)
			case t+int(cal.left[t]) > at && at < last: // of the running month, and not billed yet
				add(at+1, b)
			}
		}
	}
}

// lastRound returns the first of the n bills that make up the last round of the fee, and how
// many months a round is.
func (f *fee) lastRound(cal *calendar, n int) (from int, every finops.Month) {
	month := func(i int) finops.Month { return (cal.first + finops.Day(f.bills[i].t)).Month() }
	newest := month(n - 1)
	from = n - 1
	for from > 0 && month(from-1) == newest {
		from--
	}
	if from == 0 {
		return from, 1
	}
	before := from - 1
	every = min(newest-month(before), 12)
	for before > 0 && month(before-1) == month(from-1) {
		before--
	}
	if from-before == 1 {
		return from, every
	}
	// Several bills a month, of which some of the newest month may still come.
	for i := before; i < from; i++ {
		if f.due(cal, f.bills[i].t, every) > f.bills[n-1].t {
			return i, every
		}
	}
	return from, every
}

// due is the day that lies so many months after day t: the last one where every bill was on the last
// day of its month, otherwise the one of the same number.
func (f *fee) due(cal *calendar, t int, months finops.Month) int {
	d := cal.first + finops.Day(t)
	m := d.Month()
	target := m + months
	day := min(target.First()+d-m.First(), target.Last())
	if !slices.ContainsFunc(f.bills, func(b dated) bool { return cal.left[b.t] != 0 }) {
		day = target.Last()
	}
	return int(day - cal.first)
}
