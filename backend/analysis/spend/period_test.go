package spend_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/analysis/spend"
	"cloud-intelligence/backend/finops"
)

func TestPreset_Period(t *testing.T) {
	data := window(t, "2025-11-03", "2026-11-20")
	for preset, want := range map[string]string{
		"mtd": "2026-11-01 2026-11-20", "last-month": "2026-10-01 2026-10-31", "qtd": "2026-10-01 2026-11-20", "last-quarter": "2026-07-01 2026-09-30",
		"ytd": "2026-01-01 2026-11-20", "last-year": "2025-01-01 2025-12-31", "3m": "2026-09-01 2026-11-20", "3m-full": "2026-08-01 2026-10-31",
		"6m": "2026-06-01 2026-11-20", "12m": "2025-12-01 2026-11-20", "12m-full": "2025-11-01 2026-10-31", "All": "2025-11-03 2026-11-20",
	} {
		p, err := spend.ParsePreset(preset)
		require.NoError(t, err)
		assert.Equal(t, want, text(p.Period(data, time.January)), preset)
		assert.NotEmpty(t, p.Label())
	}
	assert.Len(t, spend.Presets, 12)
	_, err := spend.ParsePreset("yesterday")
	assert.Equal(t, finops.CodeInvalid, finops.CodeOf(err))

	ended := window(t, "2026-01-01", "2026-09-30")
	assert.Equal(t, "2026-09-01 2026-09-30", text(spend.PresetFullMonth.Period(ended, time.January)), "a month that has ended is full")
	assert.Equal(t, "2026-07-01 2026-09-30", text(spend.PresetFullQuarter.Period(ended, time.January)))
	assert.Equal(t, "2026-04-01 2026-09-30", text(spend.PresetYear.Period(ended, time.April)), "years are fiscal years")
	assert.Equal(t, "2025-04-01 2026-03-31", text(spend.PresetFullYear.Period(ended, time.April)))
}

func TestDescribe_SoFarAndComplete(t *testing.T) {
	complete := func(m finops.Month) bool { return m.String() != "2026-09" }
	newest := day(t, "2026-11-20")
	for _, c := range []struct {
		from, to        string
		soFar, complete bool
	}{
		{"2026-11-01", "2026-11-20", true, false}, {"2026-10-01", "2026-11-20", false, false}, {"2026-10-01", "2026-10-31", false, true}, {"2026-09-01", "2026-10-31", false, false}, {"2026-10-02", "2026-10-31", false, false},
	} {
		p := spend.Describe(window(t, c.from, c.to), newest, newest+3, complete)
		assert.Equal(t, [2]bool{c.soFar, c.complete}, [2]bool{p.SoFar, p.Complete}, c.from)
	}
	p := spend.Describe(window(t, "2026-11-01", "2026-11-20"), newest, newest+finops.EndedAfter, complete)
	assert.False(t, p.SoFar, "no more is expected")
}

func TestUsualGrain(t *testing.T) {
	assert.Equal(t, finops.GrainDay, spend.UsualGrain(window(t, "2026-09-01", "2026-12-01")))
	assert.Equal(t, finops.GrainMonth, spend.UsualGrain(window(t, "2026-09-01", "2026-12-02")))
}

func TestContext_IsAroundThePeriodWithinTheData(t *testing.T) {
	data := window(t, "2025-11-01", "2026-11-20")
	for _, c := range []struct{ grain, from, to, want string }{
		{"day", "2026-11-01", "2026-11-20", "2026-08-23 2026-11-20"},
		{"day", "2025-11-10", "2025-12-01", "2025-11-01 2026-01-15"},
		{"day", "2026-09-01", "2026-09-01", "2026-08-23 2026-11-20"},
		{"month", "2026-10-10", "2026-10-12", "2025-11-01 2026-11-20"},
		{"month", "2026-11-01", "2026-11-05", "2025-11-01 2026-11-20"},
		{"day", "2025-10-20", "2026-12-01", "2025-10-20 2026-12-01"},
	} {
		assert.Equal(t, c.want, text(spend.Context(window(t, c.from, c.to), data, finops.Grain(c.grain))), c.from)
	}
}
