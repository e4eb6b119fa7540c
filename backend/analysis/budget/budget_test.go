package budget

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"cloud-intelligence/backend/finops"
)

func sum(t testing.TB, text string) finops.Sum {
	t.Helper()
	var s finops.Sum
	require.NoError(t, s.UnmarshalText([]byte(text)))
	return s
}

func TestCalendar_Parse(t *testing.T) {
	plain, april, weeks := Calendar{}, Calendar{FirstMonth: 4}, Calendar{FirstMonth: 2, Weeks: true}
	for _, c := range []struct {
		calendar          Calendar
		text, first, last string
	}{
		{plain, "2026-10", "2026-10-01", "2026-10-31"},
		{plain, "2026-Q4", "2026-10-01", "2026-12-31"},
		{plain, "2026", "2026-01-01", "2026-12-31"},
		{plain, "2026-10-05/2026-11-04", "2026-10-05", "2026-11-04"},
		{plain, "FY2026", "2026-01-01", "2026-12-31"},
		{april, "FY2026", "2025-04-01", "2026-03-31"},
		{april, "FY2026-Q4", "2026-01-01", "2026-03-31"},
		{april, "FY2026-P01", "2025-04-01", "2025-04-30"},
		{weeks, "FY2026", "2025-02-03", "2026-02-01"},
		{weeks, "FY2026-P01", "2025-02-03", "2025-03-02"},
		{weeks, "FY2026-P03", "2025-03-31", "2025-05-04"},
		{weeks, "FY2026-Q1", "2025-02-03", "2025-05-04"},
		{weeks, "FY2026-P12", "2025-12-29", "2026-02-01"},
	} {
		p, err := c.calendar.Parse(c.text)
		require.NoError(t, err, c.text)
		require.Equal(t, c.first, p.First.String(), c.text)
		require.Equal(t, c.last, p.Last.String(), c.text)
	}
	for _, wrong := range []string{"", "2026-13", "2026-Q5", "26", "FY2026-P13", "FY2026-Q0", "2026-02-30/2026-03-01", "2026-03-02/2026-03-01", "=2026"} {
		_, err := plain.Parse(wrong)
		require.Equal(t, finops.CodeInvalid, finops.CodeOf(err), wrong)
	}
}

func TestCalendar_WeeksFillTheYears(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := Calendar{FirstMonth: rapid.IntRange(1, 12).Draw(t, "month"), Weeks: rapid.Bool().Draw(t, "weeks")}
		year := rapid.IntRange(2000, 2060).Draw(t, "year")
		next, _ := c.month(year, 1)
		for n := 1; n <= 12; n++ {
			first, last := c.month(year, n)
			require.Equal(t, next, first)
			require.Equal(t, year, c.FiscalYear(first))
			require.Equal(t, year, c.FiscalYear(last))
			if c.Weeks {
				require.Equal(t, time.Monday, first.Time().Weekday())
			}
			next = last + 1
		}
		first, _ := c.month(year+1, 1)
		require.Equal(t, first, next)
	})
}

func TestSpread_AddsUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		amount := finops.NewAmount(rapid.Int64Range(0, 1e12).Draw(t, "amount"), rapid.IntRange(0, 4).Draw(t, "scale"))
		weights := make([]finops.Sum, rapid.IntRange(1, 13).Draw(t, "parts"))
		for i := range weights {
			weights[i].Add(finops.NewAmount(rapid.Int64Range(0, 500).Draw(t, "weight"), 0))
		}
		total := finops.Sum{}
		for _, part := range Spread(amount, weights, "USD") {
			require.GreaterOrEqual(t, part.Sign(), 0)
			total.Add(part)
		}
		require.Zero(t, total.Amount().Cmp(amount))
	})
	parts := Spread(finops.NewAmount(100, 0), make([]finops.Sum, 3), "USD")
	require.Equal(t, "33.34", parts[0].String())
	require.Equal(t, "33.33", parts[2].String())
}

func TestBasis_Pace(t *testing.T) {
	october, err := Calendar{}.Parse("2026-10")
	require.NoError(t, err)
	var days []Day
	for i := range 60 {
		d := Day{Day: october.First - 60 + finops.Day(i), Cost: sum(t, "10")}
		if w := d.Day.Time().Weekday(); w == time.Saturday || w == time.Sunday {
			d.Cost = sum(t, "0")
		}
		if i == 59 {
			d.Cost, d.Odd = sum(t, "9999"), true
		}
		days = append(days, d)
	}
	fees := []Fee{{october.First, sum(t, "100")}, {october.Last, sum(t, "20")}}
	b := NewBasis(days, fees, finops.Sum{})
	// October 2026 has 22 weekdays; 1 and 2 October are two of them, 3 and 4 a weekend.
	for _, c := range []struct {
		asOf finops.Day
		want string
	}{
		{october.First - 1, "0"}, {october.First, "110"}, {october.First + 1, "120"}, {october.First + 3, "120"}, {october.First + 4, "130"},
		{october.Last, "340"}, {october.Last + 9, "340"},
	} {
		got := b.Pace(sum(t, "340"), october, c.asOf, "USD")
		require.Equal(t, c.want, got.String(), c.asOf)
	}
	even := NewBasis(days[:27], nil, finops.Sum{})
	got := even.Pace(sum(t, "310"), october, october.First+9, "USD")
	require.Equal(t, "100", got.String(), "every day counts the same")
}

func TestReached(t *testing.T) {
	p := Period{First: 100, Last: 130}
	costs := []finops.Sum{sum(t, "30"), sum(t, "20"), sum(t, "-10"), sum(t, "60")}
	day, ok := CrossedAt(p, costs, sum(t, "100"), finops.NewAmount(50, 0))
	require.True(t, ok)
	require.Equal(t, finops.Day(101), day, "50 of 100 is reached")
	day, ok = CrossedAt(p, costs, sum(t, "100"), finops.NewAmount(100, 0))
	require.True(t, ok)
	require.Equal(t, finops.Day(103), day)
	_, ok = CrossedAt(p, costs, sum(t, "100"), finops.NewAmount(1001, 1))
	require.False(t, ok)
	require.False(t, Reached(sum(t, "0"), sum(t, "0"), finops.NewAmount(100, 0)))
	require.True(t, Reached(sum(t, "0.01"), sum(t, "0"), finops.NewAmount(100, 0)))
}

func TestBudget_Check(t *testing.T) {
	b := Budget{Metric: finops.EffectiveCost, Currency: "USD", Amounts: []Amount{{"2026-11", finops.NewAmount(1, 0)}, {"2026-10", finops.NewAmount(2, 0)}}}
	require.NoError(t, b.Check())
	require.Equal(t, "2026-10", b.Amounts[0].Period)
	b.Amounts = append(b.Amounts, Amount{"2026-Q4", finops.NewAmount(1, 0)})
	require.ErrorContains(t, b.Check(), "overlap")
	b.Amounts = []Amount{{"2026-10", finops.NewAmount(-1, 0)}}
	require.ErrorContains(t, b.Check(), "negative")
	b.Amounts, b.Currency = nil, "usd"
	require.ErrorContains(t, b.Check(), "currency")
	text, err := Budget{Currency: "EUR", Thresholds: DefaultThresholds()}.JSON()
	require.NoError(t, err)
	back, err := Parse(text)
	require.NoError(t, err)
	require.Equal(t, "forecast=100", back.Thresholds[3].String())
	_, err = ParseThreshold("actual=")
	require.Error(t, err)
	_, err = ParseThreshold("mood=80")
	require.Error(t, err)
}
