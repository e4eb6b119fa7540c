package forecast

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"cloud-intelligence/backend/finops"
)

// HistoryLeast is how many complete days a forecast needs, MonthsMost how many months it may reach ahead.
const (
	HistoryLeast = 60
	MonthsMost   = 24
)

// rareDays is how many days back it is looked for a cost: where less than one in HistoryLeast has one, nothing can be forecast.
const rareDays = 365

// Input is the cost of a scope in one currency, by day. Split makes it.
type Input struct {
	First, AsOf finops.Day // the first day with a charge, the last one that is complete
	Until       finops.Month
	Currency    string
	// Missing days have no data although they are complete; nil = none.
	Missing map[finops.Day]bool
	// Effects are what changes on days to come and is known by other means than the charges.
	Effects []Effect

	varying, once []finops.Sum
	fees          []fee
}

// Span is what a day or a month comes to.
type Span struct {
	// Actual is what arrived; nil = nothing can have arrived yet.
	Actual *finops.Sum
	// Forecast is the whole of it including what arrived. It is Actual, Fixed, Varying, Ends and Planned together.
	Forecast finops.Sum
	// Fixed is the part of the fees that still come, Varying that of the models, also of days that have not arrived whole,
	// Ends what the known ends of commitments change, Planned what planned changes do.
	Fixed, Varying, Ends, Planned finops.Sum
	Low80, High80, Low95, High95  finops.Sum
}

// Day is one day of a forecast.
type Day struct {
	Day finops.Day
	Span
}

// Month is one month of a forecast.
type Month struct {
	Month finops.Month
	Span
}

// Past is what a month came to that was over on the as-of day.
type Past struct {
	Month  finops.Month
	Actual finops.Sum
	Whole  bool // the history has all its days
}

// Backtest says what the method was off in the past: over the monthly totals of up to three months after
// each month end, forecast with nothing but the days before it.
type Backtest struct {
	Folds int // month ends that were forecast from
	// WAPE is Σ|actual − forecast| ÷ Σ|actual|, Bias Σ(forecast − actual) ÷ Σ|actual|, DailyWAPE
	// the WAPE over single days. They mean nothing where Known is false.
	WAPE, Bias, DailyWAPE float64
	Known                 bool
	Tests                 []Test // of the month ends, the oldest first
}

// Test is a forecast of whole months from one month end of the past, made with nothing but the days before it.
type Test struct {
	AsOf finops.Day
	// Months is how many months after it are compared. Actual is what they came to, Forecast what was
	// forecast, both rounded to two digits more than the currency has.
	Months           int
	Actual, Forecast finops.Sum
	WAPE             float64 // over the months

	came, expected float64
}

// Share is how much a model counts.
type Share struct {
	Model  string
	Weight float64 // all add up to 1
}

// Result is a forecast.
type Result struct {
	AsOf     finops.Day
	Models   []Share // those that count most first
	Backtest Backtest
	Past     []Past  // the months before, the oldest first
	Months   []Month // from the one that is running, or the next, on
	Days     []Day   // of the months
	Refused  string  // why there is no forecast; "" = there is
}

// Model names the models that count, in words.
func (r *Result) Model() string {
	var names []string
	for i, s := range r.Models {
		if i == 3 {
			names = append(names, "others")
			break
		}
		names = append(names, fmt.Sprintf("%s %.0f %%", s.Model, 100*s.Weight))
	}
	if len(r.Models) == 1 {
		return r.Models[0].Model
	}
	return strings.Join(names, ", ")
}

func completeDays(n int) string {
	if n == 1 {
		return "1 complete day"
	}
	return fmt.Sprintf("%d complete days", n)
}

// Build makes the forecast.
func Build(in Input) *Result {
	r := &Result{AsOf: in.AsOf}
	if days := int(in.AsOf-in.First) + 1; days < HistoryLeast {
		r.Refused = fmt.Sprintf("The history has %s up to %s, and a forecast needs %d.", completeDays(max(days, 0)), in.AsOf.Words(), HistoryLeast)
		return r
	}
	if days, of := in.costDays(); days*HistoryLeast < of {
		r.Refused = fmt.Sprintf("Only %d of the %d days up to %s have a cost, which is too rare for a forecast.", days, of, in.AsOf.Words())
		return r
	}
	last := in.Until.Last()
	if last <= in.AsOf {
		r.Refused = fmt.Sprintf("%s is complete on %s, so there is nothing to forecast.", in.Until.Words(), in.AsOf.Words())
		return r
	}
	b := builder{in: in, cal: newCalendar(in.First, last), at: int(in.AsOf - in.First), signed: in.signed()}
	b.digits = finops.MinorDigits(in.Currency) + 2
	for _, sum := range in.arrived() {
		b.below, b.above = b.below || sum.Sign() < 0, b.above || sum.Sign() > 0
	}
	b.fixed = make([]finops.Sum, len(b.cal.day))
	for i := range in.fees {
		f := &in.fees[i]
		f.repeat(b.cal, b.at, len(b.cal.day)-1, func(t, bill int) { b.fixed[t].AddSum(f.bills[bill].amount) })
	}
	b.stat = statistical(b.cal, in.values(), in.others(b.cal), len(b.cal.day)-1-b.at)
	r.Backtest = b.stat.backtest()
	for i := range r.Backtest.Tests {
		t := &r.Backtest.Tests[i]
		t.Actual, t.Forecast = b.round(t.came), b.round(t.expected)
	}
	r.Models = b.stat.shares()
	b.fill(r)
	return r
}

// costDays counts the days with a cost among those of the last year.
func (in *Input) costDays() (days, of int) {
	arrived := in.arrived()
	arrived = arrived[max(0, len(arrived)-rareDays):]
	for _, sum := range arrived {
		if !sum.IsZero() {
			days++
		}
	}
	return days, len(arrived)
}

// gapWeeks is how many weeks back a day without data looks for one that has some.
const gapWeeks = 4

// values is the varying part as numbers; a day without data is as the same weekday the last time
// that it had some. Of longer gaps nothing is known.
func (in *Input) values() []float64 {
	y := make([]float64, len(in.varying))
	for t, sum := range in.varying {
		y[t] = float(sum)
		day := in.First + finops.Day(t)
		if !in.Missing[day] {
			continue
		}
		for w := 1; w <= gapWeeks && t >= 7*w; w++ {
			if !in.Missing[day-finops.Day(7*w)] {
				y[t] = y[t-7*w]
				break
			}
		}
	}
	return y
}

// others are the parts that are not forecast by models.
func (in *Input) others(cal *calendar) rest {
	came := make([]float64, len(in.once))
	for t, sum := range in.once {
		came[t] = float(sum)
	}
	for _, f := range in.fees {
		for _, b := range f.bills {
			came[b.t] += b.value
		}
	}
	return rest{came, func(at, ahead int) []float64 {
		out := make([]float64, ahead)
		for i := range in.fees {
			f := &in.fees[i]
			f.repeat(cal, at, at+ahead, func(t, bill int) { out[t-at-1] += f.bills[bill].value })
		}
		return out
	}}
}

// signed reports whether some day cost less than nothing, so that the cost to come may.
func (in *Input) signed() bool {
	return slices.ContainsFunc(in.varying, func(s finops.Sum) bool { return s.Sign() < 0 }) ||
		slices.ContainsFunc(in.fees, func(f fee) bool {
			return slices.ContainsFunc(f.bills, func(d dated) bool { return d.amount.Sign() < 0 })
		})
}

// arrived is what arrived on a day of the past.
func (in *Input) arrived() []finops.Sum {
	all := slices.Clone(in.varying)
	for t := range all {
		all[t].AddSum(in.once[t])
	}
	for _, f := range in.fees {
		for _, b := range f.bills {
			all[b.t].AddSum(b.amount)
		}
	}
	return all
}

// builder turns the parts into days and months.
type builder struct {
	in     Input
	cal    *calendar
	at     int // the as-of day
	digits int // that amounts of the models are rounded to
	signed bool
	below  bool // some day came to less than nothing
	above  bool // some day came to more
	fixed  []finops.Sum
	stat   *outcome
}

func (b *builder) fill(r *Result) {
	arrived := b.in.arrived()
	start := (b.in.AsOf + 1).Month()
	for t, sum := range arrived {
		m := (b.in.First + finops.Day(t)).Month()
		if m >= start {
			break
		}
		if n := len(r.Past); n == 0 || r.Past[n-1].Month != m {
			r.Past = append(r.Past, Past{Month: m, Whole: m.First() >= b.in.First})
		}
		r.Past[len(r.Past)-1].Actual.AddSum(sum)
	}
	from := int(start.First() - b.in.First)
	for t := from; t < len(b.cal.day); t++ {
		r.Days = append(r.Days, b.day(t, arrived))
	}
	for m := start; m <= b.in.Until; m++ {
		month := Month{Month: m}
		for i := range r.Days {
			if d := &r.Days[i]; d.Day.Month() == m {
				month.add(&d.Span)
			}
		}
		came := finops.Sum{}
		if month.Actual != nil {
			came = *month.Actual
		}
		w80, w95 := b.stat.width(max(int(m.First()-b.in.AsOf)-1, 0), int(m.Last()-b.in.AsOf))
		b.band(&month.Span, w80, w95, came)
		r.Months = append(r.Months, month)
	}
}

// day is a day of the months that are forecast, from what each day of the past came to.
func (b *builder) day(t int, arrived []finops.Sum) Day {
	d := Day{Day: b.in.First + finops.Day(t)}
	came := finops.Sum{}
	if t <= b.at {
		if t >= 0 {
			came = arrived[t]
		}
		d.Actual = &came
		if at := t - b.at + len(b.stat.late) - 1; at >= 0 {
			d.Varying = b.round(max(0, b.stat.late[at]-float(b.in.varying[t])))
		}
	} else {
		value := b.stat.daily[t-b.at-1]
		if !b.signed {
			value = max(value, 0)
		}
		d.Varying, d.Fixed = b.round(value), b.fixed[t]
		for i := range b.in.Effects {
			e := &b.in.Effects[i]
			if e.End {
				d.Ends.AddSum(e.Days[d.Day])
			} else {
				d.Planned.AddSum(e.Days[d.Day])
			}
		}
	}
	for _, part := range []finops.Sum{came, d.Varying, d.Fixed, d.Ends, d.Planned} {
		d.Forecast.AddSum(part)
	}
	if t <= b.at && d.Varying.IsZero() {
		d.Low80, d.High80, d.Low95, d.High95 = came, came, came, came
	} else {
		b.band(&d.Span, b.stat.day80, b.stat.day95, came)
	}
	return d
}

// add adds a day to a month.
func (s *Span) add(d *Span) {
	if d.Actual != nil {
		if s.Actual == nil {
			s.Actual = &finops.Sum{}
		}
		s.Actual.AddSum(*d.Actual)
	}
	s.Forecast.AddSum(d.Forecast)
	s.Fixed.AddSum(d.Fixed)
	s.Varying.AddSum(d.Varying)
	s.Ends.AddSum(d.Ends)
	s.Planned.AddSum(d.Planned)
}

// band enters the bands of so wide around the forecast. What never came to less than nothing does not reach below what arrived, what never came to more not
// above it.
func (b *builder) band(s *Span, w80, w95 float64, arrived finops.Sum) {
	wide := func(w float64) (low, high finops.Sum) {
		low, high = s.Forecast, s.Forecast
		width := b.round(w)
		low.SubSum(width)
		high.AddSum(width)
		if !b.below && low.Cmp(arrived) < 0 {
			low = least(arrived, s.Forecast)
		}
		if !b.above && arrived.Cmp(high) < 0 {
			high = most(arrived, s.Forecast)
		}
		return low, high
	}
	s.Low80, s.High80 = wide(w80)
	s.Low95, s.High95 = wide(w95)
}

func least(a, b finops.Sum) finops.Sum {
	if b.Cmp(a) < 0 {
		return b
	}
	return a
}

func most(a, b finops.Sum) finops.Sum {
	if a.Cmp(b) < 0 {
		return b
	}
	return a
}

// round makes an amount of a number.
func (b *builder) round(v float64) finops.Sum {
	var sum finops.Sum
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return sum
	}
	if a, err := finops.ParseAmount(strconv.AppendFloat(nil, v, 'f', b.digits, 64)); err == nil {
		sum.Add(a)
	}
	return sum
}

// float is the nearest number to a sum.
func float(s finops.Sum) float64 {
	v, _ := strconv.ParseFloat(s.String(), 64) // out of range is ±Inf, which no cost is
	return v
}

// FeesTo returns the fees that are expected after the last day of an input up to another one, by day.
func (in *Input) FeesTo(last finops.Day) map[finops.Day]finops.Sum {
	fees := map[finops.Day]finops.Sum{}
	if last <= in.AsOf {
		return fees
	}
	cal, at := newCalendar(in.First, last), int(in.AsOf-in.First)
	for i := range in.fees {
		f := &in.fees[i]
		f.repeat(cal, at, len(cal.day)-1, func(t, bill int) {
			sum := fees[in.First+finops.Day(t)]
			sum.AddSum(f.bills[bill].amount)
			fees[in.First+finops.Day(t)] = sum
		})
	}
	return fees
}

// Usage is what each day from First on came to without fees and what never comes again.
func (in *Input) Usage() []finops.Sum { return slices.Clone(in.varying) }
