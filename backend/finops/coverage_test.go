package finops_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/finops"
)

// begun makes charges of days that are in the month of their bill.
func begun(t *testing.T, days ...string) (list []finops.Begun) {
	t.Helper()
	for _, text := range days {
		d, err := finops.ParseDay(text)
		require.NoError(t, err)
		list = append(list, finops.Begun{Day: d, Bill: d.Month(), Lines: 1})
	}
	return list
}

func coverageOf(t *testing.T, days ...string) finops.Coverage {
	t.Helper()
	return finops.CoverageOf(begun(t, days...))
}

func TestCoverage_DaysAndCompleteMonths(t *testing.T) {
	march, err := finops.ParseMonth("2026-03")
	require.NoError(t, err)
	h := coverageOf(t, "2026-03-02", "2026-03-05")
	assert.Equal(t, []finops.Day{march.First() + 2, march.First() + 3}, h.Missing)
	assert.True(t, h.Has(h.First))
	assert.False(t, h.Has(h.First+1))
	assert.Len(t, h.Lacks(march.First(), march.Last()), 29, "days before the first and after the last, too")
	assert.False(t, h.Complete(march))

	var all []string
	for d := march.First(); d <= march.Last(); d++ {
		all = append(all, d.String())
	}
	h = coverageOf(t, all...)
	assert.True(t, h.Complete(march))
	assert.False(t, h.Complete(march+1))
	assert.Empty(t, coverageOf(t).Missing)
}

func TestCoverage_MonthlyChargesHoldTheirMonths(t *testing.T) {
	h := coverageOf(t, "2026-01-01", "2026-03-01")
	january := h.First.Month()
	assert.Equal(t, "2026-03-31", h.Last.String())
	assert.True(t, h.Complete(january))
	assert.False(t, h.Complete(january+1), "a month without a charge")
	assert.True(t, h.Complete(january+2))
	assert.False(t, func() bool { h := coverageOf(t, "2026-01-01"); return h.Complete(january) }(), "one day alone may be the first of a daily export")
}

func TestCoverage_OfWhatSpansDays(t *testing.T) {
	fees := begun(t, "2026-01-01", "2026-02-01", "2026-03-01", "2026-04-01")
	for i := range fees {
		fees[i].Long = true
	}
	daily := begun(t, "2026-03-02", "2026-03-03", "2026-03-05")
	h := finops.CoverageOf(append(fees, daily...))
	assert.Equal(t, []any{daily[0].Day, daily[2].Day, []finops.Day{daily[1].Day + 1}, false}, []any{h.First, h.Last, h.Missing, h.Monthly}, "a fee for a month covers no day")

	fees[0].Lines = 1000
	h = finops.CoverageOf(append(fees, daily...))
	assert.True(t, h.Monthly, "nearly all charges are monthly")
	assert.Equal(t, []finops.Day{fees[0].Day, fees[3].Bill.Last()}, []finops.Day{h.First, h.Last})
	assert.Empty(t, h.Missing)
}

func TestCoverage_ChargesOutsideTheirBillOpenNoGap(t *testing.T) {
	days := begun(t, "2025-06-10", "2026-03-02", "2026-03-03", "2026-03-04", "2026-06-01")
	days[0].Bill, days[4].Bill = days[1].Bill, days[1].Bill // a correction, and a fee of later
	h := finops.CoverageOf(days)
	assert.Equal(t, finops.Coverage{First: days[1].Day, Last: days[3].Day}, h)

	only := finops.CoverageOf(days[:1])
	assert.True(t, only.Monthly, "a bill of corrections alone is of its month")
	assert.True(t, only.Complete(days[0].Bill))
}

func TestCoverage_LateUntilItHasEnded(t *testing.T) {
	h := coverageOf(t, "2026-03-02", "2026-03-05")
	for behind, want := range map[finops.Day]string{0: "0 false", 2: "2 false", 45: "45 false", 46: "0 true"} {
		late, ended := h.Late(h.Last + behind)
		assert.Equal(t, want, fmt.Sprint(late, " ", ended))
	}
	monthly := coverageOf(t, "2026-02-01", "2026-03-01")
	for behind, want := range map[finops.Day]string{20: "0 false", 30: "0 false", 31: "1 false", 30 + 46: "0 true"} {
		late, ended := monthly.Late(monthly.Last + behind)
		assert.Equal(t, want, fmt.Sprint(late, " ", ended), "a bill for a month comes after it")
	}
}

func TestNewestDay_MonthlyChargesMakeNoOthersLate(t *testing.T) {
	daily := coverageOf(t, "2026-03-05", "2026-03-20")
	monthly := func(text string) finops.Coverage {
		m, err := finops.ParseMonth(text)
		require.NoError(t, err)
		return finops.Coverage{First: m.First(), Last: m.Last(), Monthly: true}
	}
	for want, list := range map[string][]finops.Coverage{
		"2026-03-20": {monthly("2026-03"), daily}, "2026-04-30": {daily, monthly("2026-04"), monthly("2026-02")}, "2026-02-28": {monthly("2026-01"), monthly("2026-02")},
	} {
		assert.Equal(t, want, finops.NewestDay(list).String())
	}
}
