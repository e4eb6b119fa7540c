package finops_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/finops"
)

func TestGrain_Step(t *testing.T) {
	for _, c := range []struct {
		grain  finops.Grain
		day    string
		fiscal time.Month
		want   string // name, first, last
	}{
		{finops.GrainDay, "2026-02-03", time.January, "2026-02-03 2026-02-03 2026-02-03"},
		{finops.GrainHour, "2026-02-03", time.January, "2026-02-03 2026-02-03 2026-02-03"},
		{finops.GrainWeek, "2026-02-01", time.January, "2026-W05 2026-01-26 2026-02-01"},
		{finops.GrainWeek, "2027-01-03", time.January, "2026-W53 2026-12-28 2027-01-03"},
		{finops.GrainWeek, "2025-12-29", time.January, "2026-W01 2025-12-29 2026-01-04"},
		{finops.GrainMonth, "2024-02-29", time.January, "2024-02 2024-02-01 2024-02-29"},
		{finops.GrainQuarter, "2026-12-31", time.January, "2026-Q4 2026-10-01 2026-12-31"},
		{finops.GrainYear, "2026-06-15", time.April, "2026 2026-01-01 2026-12-31"},
		{finops.GrainFiscalYear, "2026-06-15", time.January, "FY2026 2026-01-01 2026-12-31"},
		{finops.GrainFiscalYear, "2026-03-31", time.April, "FY2026 2025-04-01 2026-03-31"},
		{finops.GrainFiscalYear, "2026-04-01", time.April, "FY2027 2026-04-01 2027-03-31"},
		{finops.GrainFiscalYear, "2025-10-01", time.October, "FY2026 2025-10-01 2026-09-30"},
		{finops.GrainFiscalYear, "2025-12-31", time.December, "FY2026 2025-12-01 2026-11-30"},
		{finops.GrainFiscalQuarter, "2026-03-31", time.April, "FY2026-Q4 2026-01-01 2026-03-31"},
		{finops.GrainFiscalQuarter, "2026-01-15", time.November, "FY2026-Q1 2025-11-01 2026-01-31"},
	} {
		day, err := finops.ParseDay(c.day)
		require.NoError(t, err)
		s := c.grain.Step(day, c.fiscal)
		assert.Equal(t, c.want, strings.Join([]string{s.Name, s.First.String(), s.Last.String()}, " "), "%s of %s", c.grain, c.day)
	}
}

// TestGrain_StepsDivideTheDays checks every day of some years: each is in one step, which all
// its days name, and names sort by time.
func TestGrain_StepsDivideTheDays(t *testing.T) {
	first, last := finops.NewDay(2019, time.December, 20), finops.NewDay(2024, time.March, 10)
	for _, grain := range finops.Grains {
		for _, fiscal := range []time.Month{time.January, time.April, time.October, time.December} {
			steps := grain.Steps(first, last, fiscal)
			require.Equal(t, grain.Step(first, fiscal), steps[0])
			at := 0
			for d := first; d <= last; d++ {
				if d > steps[at].Last {
					at++
					require.Equal(t, d, steps[at].First)
					require.Greater(t, steps[at].Name, steps[at-1].Name)
				}
				require.Equal(t, steps[at], grain.Step(d, fiscal), "%s in steps of %s", d, grain)
			}
			require.Len(t, steps, at+1)
		}
	}
	assert.Equal(t, []finops.Step{{First: first, Last: last}}, finops.GrainNone.Steps(first, last, time.January))
}

func TestParseGrain(t *testing.T) {
	for _, text := range []string{"", "hour", "Day", "WEEK", "fiscal-year"} {
		g, err := finops.ParseGrain(text)
		require.NoError(t, err)
		assert.EqualValues(t, strings.ToLower(text), g)
	}
	_, err := finops.ParseGrain("decade")
	assert.Equal(t, finops.CodeInvalid, finops.CodeOf(err))
}
