package forecast

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/housetest"
)

var start = finops.NewDay(2025, 1, 1)

// costs makes usage of so many days, and whatever else is given.
func costs(days int, cost func(t int) string, others ...Charge) []Charge {
	for t := range days {
		others = append(others, Charge{Day: start + finops.Day(t), Category: "Usage", Frequency: "Usage-Based", Amount: sumOf(cost(t))})
	}
	return others
}

// bill is a charge on a day of 2025.
func bill(month, day int, category, frequency, amount string) Charge {
	return Charge{Day: (finops.NewMonth(2025, 1) + finops.Month(month-1)).First() + finops.Day(day-1), Category: category, Frequency: frequency, Key: category + frequency, Amount: sumOf(amount)}
}

func build(charges []Charge, asOf finops.Day, until finops.Month) *Result {
	in := Split(charges, MonthlyKeys(charges, asOf), start, asOf)
	in.Until, in.Currency = until, "USD"
	return Build(in)
}

func TestForecast_ConstantStaysConstant(t *testing.T) {
	for _, days := range []int{60, 90, 200, 400, 800} {
		asOf := start + finops.Day(days-1)
		r := build(costs(days, func(int) string { return "12.34" }), asOf, asOf.Month()+24)
		require.Empty(t, r.Refused)
		for _, d := range r.Days {
			require.Equal(t, "12.34", d.Forecast.String(), "%d days: %s", days, d.Day)
			require.Equal(t, "12.34", d.Low95.String(), d.Day)
			require.Equal(t, "12.34", d.High95.String(), d.Day)
		}
		require.InDelta(t, 0, r.Backtest.WAPE, 1e-12)
	}
}

// TestForecast_RareCostsHaveHonestBands forecasts costs of a few days in a year: bands as wide as they are off, or a refusal.
func TestForecast_RareCostsHaveHonestBands(t *testing.T) {
	rare := func(days ...int) *Result {
		asOf := start + 499
		return build(costs(500, func(t int) string {
			if slices.Contains(days, t) {
				return "1000"
			}
			return "0"
		}), asOf, asOf.Month()+2)
	}
	r := rare(20, 45, 120, 150, 180, 205, 240, 260, 300, 330, 350, 352, 430)
	require.Empty(t, r.Refused)
	next := r.Months[1]
	require.Positive(t, float(next.High80)-float(next.Low80), "nothing came for months, but what came before may come again")
	require.GreaterOrEqual(t, float(next.High95), 1000*0.9)
	require.Equal(t, "Only 3 of the 365 days up to 15 May 2026 have a cost, which is too rare for a forecast.", rare(20, 200, 300, 310).Refused)
}

func TestForecast_ScaleMakesNoDifference(t *testing.T) {
	for _, s := range generate(judging, 1) {
		small, large := s.inputOf(len(s.y)-1), s.inputOf(len(s.y)-1)
		for i := range large.varying {
			a := large.varying[i].Amount()
			coef, ok := a.Rescale(4)
			require.True(t, ok)
			large.varying[i] = finops.Sum{}
			large.varying[i].AddCoef(coef, 1) // × 1000
		}
		a, b := Build(small), Build(large)
		require.Equal(t, len(a.Months), len(b.Months))
		for i := range a.Months {
			require.InEpsilon(t, 1000*float(a.Months[i].Forecast)+1e-9, float(b.Months[i].Forecast)+1e-9, 1e-4, s.shape)
			require.InDelta(t, 1000*float(a.Months[i].High80), float(b.Months[i].High80), 1e-4*float(b.Months[i].High80)+1, s.shape)
		}
		require.InDelta(t, a.Backtest.WAPE, b.Backtest.WAPE, 1e-6)
	}
}

func TestForecast_TiesAndIsOrdered(t *testing.T) {
	for _, s := range generate(judging, 2) {
		r := rand.New(rand.NewPCG(judging, uint64(len(s.y))))
		asOf := len(s.y) - 1 - r.IntN(60)
		in := s.inputOf(asOf)
		in.Until += finops.Month(r.IntN(10))
		in.Effects = []Effect{{End: true, Days: map[finops.Day]finops.Sum{in.AsOf + 9: sumOf("12.5")}}, {Days: map[finops.Day]finops.Sum{in.AsOf + 3: sumOf("-0.01")}}}
		result := Build(in)
		again := Build(in)
		require.Equal(t, result, again, "the same input gives the same forecast")
		months := map[finops.Month]*Span{}
		for i := range result.Days {
			d := &result.Days[i]
			requireTied(t, &d.Span)
			if months[d.Day.Month()] == nil {
				months[d.Day.Month()] = &Span{}
			}
			months[d.Day.Month()].add(&d.Span)
		}
		require.Len(t, months, len(result.Months))
		for i := range result.Months {
			m := &result.Months[i]
			requireTied(t, &m.Span)
			require.Equal(t, months[m.Month].Forecast.String(), m.Forecast.String())
			require.Equal(t, i == 0 && s.cal(asOf) > 0, m.Actual != nil)
		}
	}
}

// cal is how many days are left in the month of a day.
func (s *series) cal(t int) int {
	d := s.first + finops.Day(t)
	return int(d.Month().Last() - d)
}

func requireTied(t *testing.T, s *Span) {
	t.Helper()
	sum := finops.Sum{}
	if s.Actual != nil {
		sum.AddSum(*s.Actual)
	}
	for _, part := range []finops.Sum{s.Fixed, s.Varying, s.Ends, s.Planned} {
		sum.AddSum(part)
	}
	require.Equal(t, sum.String(), s.Forecast.String())
	order := []finops.Sum{s.Low95, s.Low80, s.Forecast, s.High80, s.High95}
	for i := 1; i < len(order); i++ {
		require.LessOrEqual(t, order[i-1].Cmp(order[i]), 0, "%d of %v", i, order)
	}
}

func TestForecast_LaterDaysAreHidden(t *testing.T) {
	asOf := start + 299
	one := build(costs(300, course), asOf, asOf.Month()+3)
	two := build(costs(380, course, bill(12, 1, "Purchase", "Recurring", "999")), asOf, asOf.Month()+3)
	require.Equal(t, one, two)
}

func course(t int) string { return fmt.Sprint(100 + t%7*5 + t/10) }

func TestForecast_Refused(t *testing.T) {
	r := build(costs(59, course), start+58, (start+58).Month()+3)
	require.Equal(t, "The history has 59 complete days up to 28 Feb 2025, and a forecast needs 60.", r.Refused)
	require.Empty(t, r.Months)
	r = build(costs(90, course), start+89, start.Month())
	require.Contains(t, r.Refused, "nothing to forecast")
	r = build(costs(60, func(t int) string { return fmt.Sprint(100 + t*t%17) }), start+59, (start+59).Month()+3)
	require.Empty(t, r.Refused)
	for _, m := range r.Months {
		require.Positive(t, m.High80.Cmp(m.Forecast), "the shortest history has bands, too")
	}
}

// fixed lists what fees are forecast, day by day.
func fixed(r *Result) string {
	var days []string
	for _, d := range r.Days {
		if d.Fixed.Sign() != 0 {
			days = append(days, d.Day.String()[5:]+" "+d.Fixed.String())
		}
	}
	return strings.Join(days, ", ")
}

func TestForecast_Fees(t *testing.T) {
	monthly := func(day, from, to int, amount string) (list []Charge) {
		for m := from; m <= to; m++ {
			list = append(list, bill(m, min(day, int((start.Month()+finops.Month(m)).First()-(start.Month()+finops.Month(m-1)).First())), "Purchase", "Recurring", amount))
		}
		return list
	}
	usage := func(category, frequency string) []Charge {
		list := monthly(9, 1, 7, "30")
		for i := range list {
			list[i].Category, list[i].Frequency = category, frequency
		}
		return list
	}
	daily := make([]Charge, 0, 212)
	for d := range 212 {
		daily = append(daily, Charge{Day: start + finops.Day(d), Frequency: "Recurring", Key: "daily", Amount: sumOf(fmt.Sprint(1 + d/200))})
	}
	asOf := finops.NewDay(2025, 7, 31)
	for _, c := range []struct {
		name  string
		fees  []Charge
		asOf  finops.Day
		fixed string
	}{
		{"on the first day, at the last amount", append(monthly(1, 1, 6, "10"), monthly(1, 7, 7, "12")...), asOf, "08-01 12, 09-01 12"},
		{"on the last day of months of any length", monthly(31, 1, 7, "10"), asOf, "08-31 10, 09-30 10"},
		{"on a numbered day that the month is too short for", monthly(30, 3, 7, "10"), finops.NewDay(2025, 8, 3), "08-30 10, 09-30 10"},
		{"each quarter", []Charge{bill(1, 5, "Purchase", "Recurring", "10"), bill(4, 5, "Purchase", "Recurring", "11"), bill(7, 5, "Purchase", "Recurring", "12")}, finops.NewDay(2025, 7, 31), ""},
		{"twice a month", append(monthly(3, 1, 7, "10"), monthly(20, 1, 6, "20")...), finops.NewDay(2025, 7, 10), "07-20 20, 08-03 10, 08-20 20, 09-03 10, 09-20 20"},
		{"each day, at the last amount", daily, asOf, ""},
		{"due in the running month and not billed yet", monthly(1, 1, 6, "10"), finops.NewDay(2025, 7, 17), "07-18 10, 08-01 10, 09-01 10"},
		{"ended", monthly(1, 1, 5, "10"), asOf, ""},
		{"one-time purchases and credits never repeat", append(usage("Purchase", "One-Time"), usage("Credit", "Recurring")...), asOf, ""},
		{"usage of a SKU on the same day of each month", usage("Usage", "Usage-Based"), asOf, "08-09 30, 09-09 30"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := build(costs(int(c.asOf-start)+1, func(int) string { return "100" }, c.fees...), c.asOf, finops.NewMonth(2025, 9))
			switch c.name {
			case "each day, at the last amount":
				require.Equal(t, "62", r.Months[0].Fixed.String())
			case "each quarter":
				r = build(costs(int(c.asOf-start)+1, func(int) string { return "100" }, c.fees...), c.asOf, finops.NewMonth(2026, 2))
				require.Equal(t, "10-05 12, 01-05 12", fixed(r))
			default:
				require.Equal(t, c.fixed, fixed(r))
			}
			for _, d := range r.Days {
				require.Contains(t, []string{"0", "100"}, d.Varying.String(), d.Day)
			}
		})
	}
}

func TestForecast_LateDaysAreFilledUp(t *testing.T) {
	late := func(t int) string {
		if t >= 298 {
			return fmt.Sprint(60 - 30*(t-298))
		}
		return fmt.Sprint(100 + t%7)
	}
	r := build(costs(300, late), start+299, (start+299).Month()+3)
	require.Equal(t, "2659", r.Months[0].Actual.String(), "what arrived stays what it is")
	for _, m := range r.Months {
		require.InDelta(t, 103*float64(m.Month.Last()-m.Month.First()+1), float(m.Forecast), 30)
	}
	for _, d := range r.Days {
		filled := d.Day == start+298 || d.Day == start+299
		require.Equal(t, filled || d.Day > start+299, !d.Varying.IsZero(), d.Day)
		if filled {
			require.InDelta(t, 103, float(d.Forecast), 5)
		}
		if d.Actual != nil {
			require.LessOrEqual(t, d.Actual.Cmp(d.Low95), 0, "no band reaches below what arrived")
		}
	}
}

func TestForecast_DaysWithoutDataAreNoDrop(t *testing.T) {
	charges := costs(300, func(t int) string {
		if t >= 280 && t < 290 {
			return "0"
		}
		return "100"
	})
	in := Split(charges, nil, start, start+299)
	in.Until, in.Currency, in.Missing = (start+299).Month()+2, "USD", map[finops.Day]bool{}
	for d := start + 280; d < start+290; d++ {
		in.Missing[d] = true
	}
	for _, m := range Build(in).Months[1:] {
		require.Equal(t, fmt.Sprint(100*int(m.Month.Last()-m.Month.First()+1)), m.Forecast.String())
	}
}

// TestGolden holds months of each shape, so that a change of the rules is seen.
func TestGolden(t *testing.T) {
	var b strings.Builder
	for _, s := range generate(tuning, 1) {
		r := Build(s.inputOf(len(s.y) - 11))
		fmt.Fprintf(&b, "%s, as of %s: %s\n  WAPE %.4f, bias %.4f, %d folds, by day %.4f\n", s.shape, r.AsOf, r.Model(), r.Backtest.WAPE, r.Backtest.Bias, r.Backtest.Folds, r.Backtest.DailyWAPE)
		for _, m := range r.Months {
			actual := "-"
			if m.Actual != nil {
				actual = m.Actual.String()
			}
			fmt.Fprintf(&b, "  %s actual %s, forecast %.0f, 80 %% %.0f to %.0f, 95 %% %.0f to %.0f\n", m.Month, actual, float(m.Forecast), float(m.Low80), float(m.High80), float(m.Low95), float(m.High95))
		}
	}
	housetest.Golden(t, "shapes.txt", []byte(b.String()))
}

func TestDampedHoltWinters_FollowsAStraightLine(t *testing.T) {
	y := make([]float64, 400)
	for i := range y {
		y[i] = 100 + float64(i)/10
	}
	out := make([]float64, 7)
	require.True(t, dampedHoltWinters(newPast(y), out))
	require.InDelta(t, 140.5, out[6], 2)
	require.False(t, dampedHoltWinters(&past{y: y[:27]}, out))
}

// A spike of some days that is over says little of the months to come, and a level that stays does.
func TestForecast_ASpikeIsNoLevel(t *testing.T) {
	lastMonth := func(high func(t int) bool) float64 {
		r := build(costs(365, func(t int) string {
			if high(t) {
				return fmt.Sprint(220 + t%7)
			}
			return fmt.Sprint(100 + t%7)
		}), start+364, (start+364).Month()+24)
		return float(r.Months[len(r.Months)-1].Forecast)
	}
	for length := 1; length <= 6; length++ {
		require.InDelta(t, 103*31, lastMonth(func(t int) bool { return t >= 355 && t < 355+length }), 31*float64(length)+31, "%d days", length)
	}
	require.Greater(t, lastMonth(func(t int) bool { return t >= 325 }), 200*31.0, "a level")
}

// Credits are never repeated; what they may still come to is below nothing.
func TestForecast_BandsOfCreditsAreBelowNothing(t *testing.T) {
	var charges []Charge
	for i := range 365 {
		if i%30 == 3 {
			charges = append(charges, Charge{Day: start + finops.Day(i), Category: "Credit", Frequency: "One-Time", Amount: sumOf(fmt.Sprint(-500 - i))})
		}
	}
	r := build(charges, start+364, (start+364).Month()+2)
	require.Empty(t, r.Refused)
	for _, m := range r.Months[1:] {
		require.Equal(t, "0", m.High95.String())
		require.Negative(t, m.Low80.Sign())
	}
}

// A level that has changed at once is followed from the seventh day on; before that it may be a spike.
func TestForecast_ANewLevelIsFollowedAfterAWeek(t *testing.T) {
	next := func(days int) float64 {
		r := build(costs(300, func(t int) string {
			level := 100 + t%7*3
			if t >= 300-days {
				level *= 2
			}
			return fmt.Sprint(level + t*t%5)
		}), start+299, (start+299).Month()+3)
		return float(r.Months[1].Forecast) / 30 // November
	}
	for _, days := range []int{7, 10, 14, 20, 40} {
		require.InEpsilon(t, 220, next(days), 0.03, "%d days", days)
	}
	require.Less(t, next(3), 160.0)
}
