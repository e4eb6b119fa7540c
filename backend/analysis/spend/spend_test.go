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
		{"previous", "2026-02-01", "2026-03-10", "2025-12-25 2026-01-31"},
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

func TestCompare_OnlyDaysThatBothHave(t *testing.T) {
	now, before := window(t, "2026-03-01", "2026-03-10"), window(t, "2026-02-01", "2026-02-10")
	coverage := []spend.Coverage{
		{Provider: "whole", First: day(t, "2026-01-01"), Last: day(t, "2026-03-31")},
		{Provider: "late", First: day(t, "2026-01-01"), Last: day(t, "2026-03-08")},
		{Provider: "hole", First: day(t, "2026-01-01"), Last: day(t, "2026-03-31"), Missing: []finops.Day{day(t, "2026-02-04")}},
		{Provider: "new", First: day(t, "2026-03-02"), Last: day(t, "2026-03-31")},
	}
	stretches, missing := spend.Compare(now, before, coverage)
	var got []string
	for _, s := range stretches {
		got = append(got, fmt.Sprint(s.Providers, " ", text(s.Now), " against ", text(s.Before)))
	}
	assert.Equal(t, []string{
		"[whole] 2026-03-01 2026-03-10 against 2026-02-01 2026-02-10",
		"[late] 2026-03-01 2026-03-08 against 2026-02-01 2026-02-08",
		"[hole] 2026-03-01 2026-03-03 against 2026-02-01 2026-02-03",
		"[hole] 2026-03-05 2026-03-10 against 2026-02-05 2026-02-10",
	}, got)
	assert.Equal(t, []string{"late 2 0", "hole 0 1", "new 1 10"}, func() (list []string) {
		for _, m := range missing {
			list = append(list, fmt.Sprint(m.Provider, " ", len(m.Now), " ", len(m.Before)))
		}
		return list
	}())

	month, shorter := window(t, "2026-03-01", "2026-03-31"), window(t, "2026-02-01", "2026-02-28")
	stretches, missing = spend.Compare(month, shorter, coverage[:1])
	assert.Empty(t, missing)
	assert.Equal(t, []spend.Stretch{{Providers: []string{"whole"}, Now: month, Before: shorter}}, stretches, "whole months are compared as they are")
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

func TestBuild_RowsRestAndShares(t *testing.T) {
	q := spend.Query{Currency: "USD", Top: 2}
	now := answer(t, map[string]string{"a": "6", "b": "3", "credit": "-1", "free": "0", "unknown": "?"})
	s := spend.Build(q, now)
	assert.EqualValues(t, 7, s.Version)
	assert.Equal(t, 5, s.Groups)
	assert.Equal(t, []string{"a 6 (0.600000) ? - ? = ?", "b 3 (0.300000) ? - ? = ?"}, lines(s.Rows))
	assert.Equal(t, "- -1 (-0.100000) ? - ? = ?", line(s.Rest))
	assert.Equal(t, "- 8 (0.800000) ? - ? = ?", line(&s.Total))

	s = spend.Build(q, answer(t, map[string]string{"usage": "500", "credit": "-499.99"}))
	assert.Equal(t, "0.500005", s.Rows[0].Share, "where the net is nearly nothing, too")
	s = spend.Build(q, answer(t, map[string]string{"free": "0"}))
	assert.Empty(t, s.Rows[0].Share)
	assert.NotEmpty(t, s.NoShare)
	s = spend.Build(q, answer(t, nil))
	assert.Equal(t, "- 0 () ? - ? = ?", line(&s.Total))
}

func TestAddComparison_ChangesAndMovers(t *testing.T) {
	q := spend.Query{Currency: "USD", Top: 2}
	now := answer(t, map[string]string{"a": "6", "b": "3", "c": "1", "unknown": "?"})
	before := answer(t, map[string]string{"a": "5", "b": "9", "gone": "4", "unknown": "1"})
	s := spend.Build(q, now)
	s.AddComparison(q, spend.Window{}, []spend.Stretch{{}}, nil, []spend.Compared{{Now: now, Before: before}})
	assert.Equal(t, []string{"a 6 (0.600000) 6 - 5 = 1", "b 3 (0.300000) 3 - 9 = -6"}, lines(s.Rows))
	assert.Equal(t, "- 1 (0.100000) 1 - 5 = -3", line(s.Rest), "what is unknown has no change")
	assert.Equal(t, "- 10 (1.000000) 10 - 19 = -8", line(&s.Total))
	assert.True(t, s.Comparison.Whole())
	movers := s.Comparison.Movers
	require.Len(t, movers, 2)
	assert.Equal(t, "b", *movers[0].Key)
	assert.Equal(t, "gone", *movers[1].Key)
	assert.True(t, movers[1].Gone)
	assert.Equal(t, "2", sum(s.Comparison.Still.Change))

	q.Top = 0
	s = spend.Build(q, now)
	s.AddComparison(q, spend.Window{}, []spend.Stretch{{}}, nil, []spend.Compared{{Now: now, Before: before}})
	assert.Equal(t, "gone 0 (0.000000) 0 - 4 = -4", line(&s.Rows[4]))
	assert.Nil(t, s.Rest)

	s = spend.Build(q, now)
	s.AddComparison(q, spend.Window{}, nil, []spend.Missing{{Provider: "AWS"}}, nil)
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
		q := spend.Query{Currency: "USD", Top: rapid.IntRange(0, 9).Draw(t, "top")}
		s := spend.Build(q, now)
		s.AddComparison(q, spend.Window{}, []spend.Stretch{{}}, nil, []spend.Compared{{Now: now, Before: before}})

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
	q := spend.Query{Currency: "USD", Now: w, Top: 1}
	s := spend.Build(q, answer(t, map[string]string{"a": "6", "b": "3"}))
	coverage := []spend.Coverage{
		{Provider: "AWS", First: w.From, Last: w.To, Missing: []finops.Day{w.From + 2}},
		{Provider: "Azure", First: w.From, Last: w.From + 1},
	}
	at := func(rows ...finops.Row) *finops.Answer { return &finops.Answer{Rows: rows} }
	one := func(when string, amount int64, keys ...*string) finops.Row {
		sum := finops.Sum{}
		sum.AddCoef(amount, 0)
		return finops.Row{Keys: keys, Time: when, Currency: "USD", Amounts: []*finops.Sum{&sum}}
	}
	key := "a"
	s.AddSeries(q, w, finops.GrainDay.Steps(w.From, w.To, time.January), finops.GrainDay,
		at(one("2026-03-01", 7), one("2026-03-04", 2)), at(one("2026-03-01", 4, &key), one("2026-03-04", 2, &key)), coverage)
	var got []string
	for _, p := range s.Series.Points {
		got = append(got, fmt.Sprint(p.Name, " ", sum(p.Rows[0]), " + ", sum(p.Rest), " = ", sum(p.Total), ", missing ", p.MissingDays))
	}
	assert.Equal(t, []string{
		"2026-03-01 4 + 3 = 7, missing 0", "2026-03-02 0 + 0 = 0, missing 0", "2026-03-03 ? + ? = ?, missing 2", "2026-03-04 2 + 0 = 2, missing 1",
	}, got)
}
