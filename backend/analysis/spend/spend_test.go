package spend_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"cloud-intelligence/backend/analysis/spend"
	"cloud-intelligence/backend/finops"
)

func day(t testing.TB, text string) finops.Day {
	t.Helper()
	d, err := finops.ParseDay(text)
	require.NoError(t, err)
	return d
}

func window(t testing.TB, from, to string) spend.Window {
	t.Helper()
	return spend.Window{From: day(t, from), To: day(t, to)}
}

func text(w spend.Window) string { return w.From.String() + " " + w.To.String() }

func TestBase_Window(t *testing.T) {
	for _, c := range []struct{ base, from, to, want string }{
		{"previous", "2026-03-01", "2026-03-31", "2026-02-01 2026-02-28"},
		{"previous", "2026-03-01", "2026-03-20", "2026-02-01 2026-02-20"},
		{"previous", "2026-03-01", "2026-03-30", "2026-02-01 2026-02-28"},
		{"previous", "2026-01-01", "2026-03-31", "2025-10-01 2025-12-31"},
		{"previous", "2026-03-10", "2026-03-12", "2026-03-07 2026-03-09"},
		{"previous", "2026-02-01", "2026-03-10", "2025-12-01 2026-01-10"},
		{"previous-month", "2026-03-10", "2026-03-12", "2026-02-01 2026-02-28"},
		{"Last-Year", "2024-02-01", "2024-02-29", "2023-02-01 2023-02-28"},
		{"last-year", "2025-02-01", "2025-02-28", "2024-02-01 2024-02-29"},
		{"last-year", "2024-02-29", "2024-03-05", "2023-02-28 2023-03-05"},
	} {
		base, err := spend.ParseBase(c.base)
		require.NoError(t, err)
		got, ok := base.Window(window(t, c.from, c.to))
		assert.True(t, ok)
		assert.Equal(t, c.want, text(got), "%s of %s to %s", c.base, c.from, c.to)
	}
	for _, name := range []string{"", "none", "custom"} {
		base, err := spend.ParseBase(name)
		require.NoError(t, err)
		_, ok := base.Window(window(t, "2026-01-01", "2026-01-02"))
		assert.False(t, ok)
	}
	_, err := spend.ParseBase("yesterday")
	assert.Equal(t, finops.CodeInvalid, finops.CodeOf(err))
}

func covers(t testing.TB, provider, first, last string, missing ...string) spend.Coverage {
	t.Helper()
	h := spend.Coverage{Provider: provider, Coverage: finops.Coverage{First: day(t, first), Last: day(t, last)}}
	for _, d := range missing {
		h.Missing = append(h.Missing, day(t, d))
	}
	return h
}

func compared(stretches []spend.Stretch) (list []string) {
	for _, s := range stretches {
		line := fmt.Sprint(s.Providers, " ", text(s.Now), " against ", text(s.Before))
		if s.Apart {
			line += " apart"
		}
		list = append(list, line)
	}
	return list
}

func TestCompare_OnlyDaysThatBothHave(t *testing.T) {
	now, before := window(t, "2026-03-01", "2026-03-10"), window(t, "2026-02-01", "2026-02-10")
	all := []spend.Coverage{
		covers(t, "whole", "2026-01-01", "2026-03-31"), covers(t, "late", "2026-01-01", "2026-03-08"),
		covers(t, "hole", "2026-01-01", "2026-03-31", "2026-02-04"), covers(t, "new", "2026-03-02", "2026-03-31"),
	}
	c := spend.Compare(now, before, all)
	assert.Equal(t, []string{
		"[whole] 2026-03-01 2026-03-10 against 2026-02-01 2026-02-10",
		"[late] 2026-03-01 2026-03-08 against 2026-02-01 2026-02-08 apart",
		"[hole] 2026-03-01 2026-03-03 against 2026-02-01 2026-02-03",
		"[hole] 2026-03-05 2026-03-10 against 2026-02-05 2026-02-10",
	}, compared(c.Stretches))
	assert.Equal(t, []string{"[late] 2026-03-01 2026-03-10 against 2026-02-01 2026-02-10 apart"}, compared(c.Later), "the month of late is still coming in")
	assert.Equal(t, []string{"late 2 0", "hole 0 1", "new 1 10"}, func() (list []string) {
		for _, m := range c.Missing {
			list = append(list, fmt.Sprint(m.Provider, " ", len(m.Now), " ", len(m.Before)))
		}
		return list
	}())
	assert.Equal(t, 10, c.Days)
	assert.Empty(t, c.Unused, "each day is compared for one of them")
	assert.Empty(t, c.Reason)

	month, shorter := window(t, "2026-03-01", "2026-03-31"), window(t, "2026-02-01", "2026-02-28")
	c = spend.Compare(month, shorter, all[:1])
	assert.True(t, c.Whole())
	assert.Empty(t, c.Unused)
	assert.Equal(t, []string{"[whole] 2026-03-01 2026-03-31 against 2026-02-01 2026-02-28"}, compared(c.Stretches), "whole months are compared as they are")
}

func TestCompare_MonthByMonth(t *testing.T) {
	aws := covers(t, "AWS", "2026-02-01", "2026-05-20", "2026-02-03")
	c := spend.Compare(window(t, "2026-04-01", "2026-05-20"), window(t, "2026-02-01", "2026-03-20"), []spend.Coverage{aws})
	assert.Equal(t, []string{
		"[AWS] 2026-04-01 2026-04-02 against 2026-02-01 2026-02-02", "[AWS] 2026-04-04 2026-04-28 against 2026-02-04 2026-02-28",
		"[AWS] 2026-05-01 2026-05-20 against 2026-03-01 2026-03-20 apart",
	}, compared(c.Stretches), "the first of May is compared with the first of March")
	assert.Equal(t, []string{"[AWS] 2026-05-01 2026-05-20 against 2026-03-01 2026-03-20 apart"}, compared(c.Later))

	c = spend.Compare(window(t, "2026-05-01", "2026-05-20"), window(t, "2026-04-01", "2026-04-30"), []spend.Coverage{aws})
	assert.Equal(t, []string{"[AWS] 2026-05-01 2026-05-20 against 2026-04-01 2026-04-20 apart"}, compared(c.Stretches), "part of a month is not compared with a whole one")
	assert.False(t, c.Whole())
	assert.Equal(t, 20, c.Days)
	assert.Equal(t, []spend.Window{window(t, "2026-04-21", "2026-04-30")}, c.Unused, "the rest of the whole month is named")
}

func TestCompare_SaysWhyNothingIs(t *testing.T) {
	now, before := window(t, "2026-03-01", "2026-03-10"), window(t, "2026-02-01", "2026-02-10")
	c := spend.Compare(now, before, []spend.Coverage{covers(t, "new", "2026-03-01", "2026-03-31")})
	assert.Equal(t, spend.ReasonNothingBefore, c.Reason)
	c = spend.Compare(now, before, []spend.Coverage{covers(t, "new", "2026-03-01", "2026-03-31"), covers(t, "old", "2026-01-01", "2026-02-28")})
	assert.Equal(t, spend.ReasonNoCommonDays, c.Reason)
	for _, r := range []spend.Reason{c.Reason, spend.ReasonNothingBefore, spend.ReasonNoCost} {
		assert.NotEmpty(t, r.Text())
	}
	assert.Empty(t, spend.Reason("").Text())
}

// answer makes one of the ledger from amounts by key; "?" is unknown.
func answer(t require.TestingT, amounts map[string]string) *finops.Answer {
	a := &finops.Answer{Version: 7}
	var total *finops.Sum
	for key, amount := range amounts {
		r := finops.Row{Keys: []*string{&key}, Currency: "USD", Lines: 1, Amounts: []*finops.Sum{nil}}
		if amount != "?" {
			parsed, err := finops.ParseAmount([]byte(amount))
			require.NoError(t, err)
			sum := finops.Sum{}
			sum.Add(parsed)
			r.Amounts[0] = &sum
			if total == nil {
				total = &finops.Sum{}
			}
			total.AddSum(sum)
		}
		a.Rows = append(a.Rows, r)
	}
	if len(amounts) > 0 {
		a.Totals = []finops.Row{{Currency: "USD", Lines: int64(len(amounts)), Amounts: []*finops.Sum{total}}}
	}
	a.Rows = append(a.Rows, finops.Row{Keys: []*string{nil}, Currency: "EUR", Lines: 1, Amounts: []*finops.Sum{{}}})
	return a
}

func sum(s *finops.Sum) string {
	if s == nil {
		return "?"
	}
	return s.String()
}

func line(r *spend.Row) string {
	if r == nil {
		return "none"
	}
	key := "-"
	if r.Key != nil {
		key = *r.Key
	}
	return fmt.Sprintf("%s %s (%s) %s - %s = %s", key, sum(r.Amount), r.Share, sum(r.Compared), sum(r.Before), sum(r.Change))
}

func lines(rows []spend.Row) (list []string) {
	for i := range rows {
		list = append(list, line(&rows[i]))
	}
	return list
}

// build makes a Spend of the answers for the period, and for the days that are compared.
func build(q spend.Query, now, compared, before *finops.Answer) *spend.Spend {
	b := spend.NewBuilder(q)
	each := func(a *finops.Answer, add func(finops.Row)) {
		if a != nil {
			for _, r := range a.Rows {
				add(r)
			}
		}
	}
	each(now, b.AddPeriod)
	each(compared, b.AddCompared)
	each(before, b.AddBefore)
	var c *spend.Comparison
	if before != nil {
		c = &spend.Comparison{Stretches: []spend.Stretch{{}}}
	}
	return b.Spend(7, c)
}

func TestBuild_RowsRestAndShares(t *testing.T) {
	q := spend.Query{Currency: "USD", Top: 2}
	now := answer(t, map[string]string{"a": "6", "b": "3", "credit": "-1", "free": "0", "unknown": "?"})
	s := build(q, now, nil, nil)
	assert.EqualValues(t, 7, s.Version)
	assert.Equal(t, 5, s.Groups)
	assert.Equal(t, []string{"a 6 (0.600000) ? - ? = ?", "b 3 (0.300000) ? - ? = ?"}, lines(s.Rows))
	assert.Equal(t, "- -1 (-0.100000) ? - ? = ?", line(s.Rest))
	assert.Equal(t, "- 8 (0.800000) ? - ? = ?", line(&s.Total))

	s = build(q, answer(t, map[string]string{"usage": "500", "credit": "-499.99"}), nil, nil)
	assert.Equal(t, "0.500005", s.Rows[0].Share, "where the net is nearly nothing, too")
	s = build(q, answer(t, map[string]string{"free": "0"}), nil, nil)
	assert.Empty(t, s.Rows[0].Share)
	assert.Equal(t, spend.ReasonNoCost, s.NoShare)
	s = build(q, answer(t, map[string]string{"a": "0.003", "b": "-0.0019"}), nil, nil)
	assert.Equal(t, []string{"", ""}, []string{s.Rows[0].Share, s.Total.Share}, "where all of it rounds to zero")
	assert.Equal(t, spend.ReasonNoCost, s.NoShare)
	s = build(q, answer(t, nil), nil, nil)
	assert.Equal(t, "- 0 () ? - ? = ?", line(&s.Total))
}

func TestAddComparison_ChangesAndMovers(t *testing.T) {
	q := spend.Query{Currency: "USD", Top: 2}
	now := answer(t, map[string]string{"a": "6", "b": "3", "c": "1", "unknown": "?"})
	before := answer(t, map[string]string{"a": "5", "b": "9", "gone": "4", "unknown": "1"})
	s := build(q, now, now, before)
	assert.Equal(t, []string{"a 6 (0.600000) 6 - 5 = 1", "b 3 (0.300000) 3 - 9 = -6"}, lines(s.Rows))
	assert.Equal(t, "- 1 (0.100000) 1 - 5 = -3", line(s.Rest), "what is unknown has no change")
	assert.Equal(t, "- 10 (1.000000) 10 - 19 = -8", line(&s.Total))
	movers := s.Comparison.Movers
	require.Len(t, movers, 2)
	assert.Equal(t, "b", *movers[0].Key)
	assert.Equal(t, "gone", *movers[1].Key)
	assert.True(t, movers[1].Gone)
	assert.Equal(t, "2", sum(s.Comparison.Still.Change))

	q.Top = 0
	s = build(q, now, now, before)
	assert.Equal(t, "gone 0 (0.000000) 0 - 4 = -4", line(&s.Rows[4]))
	assert.Nil(t, s.Rest)

	b := spend.NewBuilder(q)
	b.AddPeriod(now.Rows[0])
	s = b.Spend(7, &spend.Comparison{Reason: spend.ReasonNoCommonDays})
	assert.Nil(t, s.Total.Change, "nothing can be compared")
	assert.Empty(t, s.Comparison.Movers)
}

// TestSpend_Ties takes random answers apart: rows and rest are the total, the changes of rows
// and rest that of the total, and so are all movers.
func TestSpend_Ties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		amounts := rapid.MapOf(rapid.StringMatching("[a-h]"), rapid.Custom(func(t *rapid.T) string {
			return fmt.Sprintf("%d.%02d", rapid.IntRange(-50, 50).Draw(t, "whole"), rapid.IntRange(0, 99).Draw(t, "cents"))
		}))
		now, before := answer(t, amounts.Draw(t, "now")), answer(t, amounts.Draw(t, "before"))
		if rapid.Bool().Draw(t, "numbered") {
			for _, a := range []*finops.Answer{now, before} {
				for i := range a.Rows {
					if key := a.Rows[i].Keys[0]; key != nil {
						a.Rows[i].Value = uint32((*key)[0]) // the same in both answers
					}
				}
			}
		}
		order := spend.Order{Sort: rapid.SampledFrom(spend.Sorts).Draw(t, "sort"), Up: rapid.Bool().Draw(t, "up")}
		q := spend.Query{Currency: "USD", Top: rapid.IntRange(0, 9).Draw(t, "top"), Order: order}
		s := build(q, now, now, before)

		rows := s.Rows
		if s.Rest != nil {
			rows = append(rows, *s.Rest)
		}
		var amount, change, moved finops.Sum
		for _, r := range rows {
			amount.AddSum(*r.Amount)
			change.AddSum(*r.Change)
		}
		for _, r := range s.Comparison.Movers {
			moved.AddSum(*r.Change)
		}
		if s.Comparison.Still != nil {
			moved.AddSum(*s.Comparison.Still.Change)
		}
		require.Zero(t, amount.Cmp(*s.Total.Amount))
		require.Zero(t, change.Cmp(*s.Total.Change))
		require.Zero(t, moved.Cmp(*s.Total.Change))
	})
}

func TestAddSeries_TellsMissingFromZero(t *testing.T) {
	w := window(t, "2026-03-01", "2026-03-04")
	q := spend.Query{Currency: "USD", Now: spend.Period{Window: w}, Top: 1}
	s := build(q, answer(t, map[string]string{"a": "6", "b": "3"}), nil, nil)
	providers := []spend.Coverage{
		covers(t, "AWS", "2026-03-01", "2026-03-04", "2026-03-03"), covers(t, "Azure", "2026-03-01", "2026-03-02"),
	}
	at := func(rows ...finops.Row) *finops.Answer { return &finops.Answer{Rows: rows} }
	one := func(when string, amount int64, keys ...*string) finops.Row {
		sum := finops.Sum{}
		sum.AddCoef(amount, 0)
		return finops.Row{Keys: keys, Time: when, Currency: "USD", Amounts: []*finops.Sum{&sum}}
	}
	key := "a"
	s.AddSeries(q, w, w.To, finops.GrainDay.Steps(w.From, w.To, time.January), finops.GrainDay,
		at(one("2026-03-01", 7), one("2026-03-04", 2)), at(one("2026-03-01", 4, &key), one("2026-03-04", 2, &key)), providers, nil)
	var got []string
	for _, p := range s.Series.Points {
		got = append(got, fmt.Sprint(p.Name, " ", sum(p.Rows[0]), " + ", sum(p.Rest), " = ", sum(p.Total), ", missing ", p.MissingDays, " ", p.Lacking))
	}
	assert.Equal(t, []string{
		"2026-03-01 4 + 3 = 7, missing 0 []", "2026-03-02 0 + 0 = 0, missing 0 []", "2026-03-03 ? + ? = ?, missing 2 [AWS Azure]", "2026-03-04 2 + 0 = 2, missing 1 [Azure]",
	}, got)
	assert.Equal(t, []string{"0.666667"}, s.Series.Shares, "6 of the 9 that the points have, whatever the period has")
	assert.Equal(t, "0.333333", s.Series.RestShare)
}

func TestAddSeries_NamesWhatOnlyDaysAroundThePeriodHave(t *testing.T) {
	w := window(t, "2026-03-01", "2026-03-02")
	q := spend.Query{Currency: "USD", Now: spend.Period{Window: window(t, "2026-03-02", "2026-03-02")}, Top: 3}
	s := build(q, answer(t, map[string]string{"a": "6"}), nil, nil)
	before := answer(t, map[string]string{"b": "4"}).Rows[0]
	before.Time = "2026-03-01"
	now := answer(t, map[string]string{"a": "6"}).Rows[0]
	now.Time = "2026-03-02"
	byRow := &finops.Answer{Rows: []finops.Row{before, now}}
	providers := []spend.Coverage{covers(t, "AWS", "2026-03-01", "2026-03-02")}
	s.AddSeries(q, w, w.To, finops.GrainDay.Steps(w.From, w.To, time.January), finops.GrainDay, byRow, byRow, providers, []*string{before.Keys[0]})
	require.Len(t, s.Series.Further, 1)
	assert.Equal(t, "b", *s.Series.Further[0].Key)
	var got []string
	for _, p := range s.Series.Points {
		got = append(got, fmt.Sprint(sum(p.Rows[0]), " ", sum(p.Rows[1]), " ", sum(p.Total), " ", p.Rest == nil))
	}
	assert.Equal(t, []string{"0 4 4 true", "6 0 6 true"}, got)
	assert.Equal(t, []string{"0.600000", "0.400000"}, s.Series.Shares)
	assert.Empty(t, s.Series.RestShare)
}

func TestSpend_KeepsApartWhatIsBookedLater(t *testing.T) {
	q := spend.Query{Currency: "USD", Top: 1}
	b := spend.NewBuilder(q)
	for _, r := range answer(t, map[string]string{"a": "6"}).Rows {
		b.AddPeriod(r)
		b.AddCompared(r)
		b.AddBefore(r)
	}
	for _, r := range answer(t, map[string]string{"tax": "100", "support": "20"}).Rows {
		b.Apart().AddBefore(r)
	}
	s := b.Spend(7, &spend.Comparison{Stretches: []spend.Stretch{{Apart: true}}})
	assert.Equal(t, "0", sum(s.Total.Change))
	assert.Empty(t, s.Comparison.Movers)
	assert.Equal(t, []string{"tax ? () 0 - 100 = -100"}, lines(s.Comparison.Apart)[:1])
	assert.Equal(t, "120", sum(s.Comparison.ApartTotal.Before))
	assert.False(t, s.Comparison.Whole())
}

func TestRow_RelativeIsOneThatSaysSomething(t *testing.T) {
	for _, c := range []struct{ compared, before, want string }{
		{"6", "4", "0.500000"}, {"0", "4", "-1.000000"}, {"404", "4", "100.000000"}, {"404.01", "4", ""}, {"-1", "4", ""}, {"1", "0", ""}, {"1", "-4", ""},
	} {
		a := answer(t, map[string]string{"x": c.compared})
		s := build(spend.Query{Currency: "USD"}, a, a, answer(t, map[string]string{"x": c.before}))
		assert.Equal(t, c.want, s.Rows[0].Relative(), "from %s to %s", c.before, c.compared)
	}
	assert.Empty(t, (&spend.Row{}).Relative())
}

// TestShare_IsNeverZeroOfSomething: what is a part is shown as one, however small.
func TestShare_IsNeverZeroOfSomething(t *testing.T) {
	cents := func(n int64) *finops.Sum {
		var s finops.Sum
		s.AddCoef(n, 2)
		return &s
	}
	assert.Equal(t, "0.333333", spend.Share(cents(1), cents(3)))
	assert.Equal(t, "0.0000003", spend.Share(cents(8), cents(23_789_196)))
	assert.Equal(t, "0.000000", spend.Share(cents(0), cents(3)))
	assert.Empty(t, spend.Share(cents(1), cents(0)))
}
