package finops_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/finops"
)

func coverageOf(t *testing.T, days ...string) finops.Coverage {
	t.Helper()
	on := map[finops.Day]bool{}
	for _, text := range days {
		d, err := finops.ParseDay(text)
		require.NoError(t, err)
		on[d] = true
	}
	return finops.CoverageOf(on)
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

func TestCoverage_LateUntilItHasEnded(t *testing.T) {
	h := coverageOf(t, "2026-03-02", "2026-03-05")
	for behind, want := range map[finops.Day]string{0: "0 false", 2: "2 false", 45: "45 false", 46: "0 true"} {
		late, ended := h.Late(h.Last + behind)
		assert.Equal(t, want, fmt.Sprint(late, " ", ended))
	}
}
