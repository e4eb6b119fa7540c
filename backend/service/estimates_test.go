package service

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/finops"
)

// estimating is a workspace of 20 November with the charges of accounts, 10 a day from the first to the last of so many days before that.
func estimating(t *testing.T, accounts map[string][2]finops.Day) *Workspace {
	t.Helper()
	opts := testOptions
	opts.Now = func() time.Time { return time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC) }
	w, err := Create(t.Context(), filepath.Join(t.TempDir(), "client.cloudintel"), "Client", opts)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, w.Close()) })
	bills := newTable()
	for account, ago := range accounts {
		for day := estimateToday - ago[0]; day <= estimateToday-ago[1]; day++ {
			month := day.Month()
			bills.line("BillingAccountId", account, "BillingPeriodStart", month.First().String(), "BillingPeriodEnd", (month + 1).First().String(),
				"ChargePeriodStart", day.String(), "ChargePeriodEnd", (day + 1).String(), "EffectiveCost", "10", "BilledCost", "10")
		}
	}
	load(t, w, bills.file(t, "bills.csv"))
	return w
}

var estimateToday = finops.NewDay(2026, 11, 20)

// TestForecasts_Estimate estimates the days that one account of two lacks, in no total, until they arrive.
func TestForecasts_Estimate(t *testing.T) {
	accounts := map[string][2]finops.Day{"late": {120, 5}, "fresh": {120, 1}, "ended": {120, 60}}
	w := estimating(t, accounts)
	before := totalsOf(t, w)
	q := ForecastQuestion{Metric: finops.EffectiveCost}
	e, err := w.Forecasts.Estimate(t.Context(), q)
	require.NoError(t, err)
	require.Len(t, e.Sets, 1, "what ended long ago lacks nothing")
	set := e.Sets[0]
	assert.Equal(t, []any{"late", estimateToday - 4, estimateToday - 1}, []any{set.Account, set.From, set.To})
	require.Len(t, e.Days, 4)
	var sum finops.Sum
	for _, d := range e.Days {
		amount, low, high := d.Amount.Amount(), d.Low80.Amount(), d.High80.Amount()
		assert.Zero(t, amount.Cmp(amountOf(t, "10")), "steady costs go on: %s", amount)
		assert.LessOrEqual(t, low.Cmp(amount), 0)
		assert.GreaterOrEqual(t, high.Cmp(amount), 0)
		sum.AddSum(d.Amount)
	}
	assert.Equal(t, sum.String(), set.Amount.String())
	assert.Equal(t, "USD", e.Currency)
	assert.Equal(t, before, totalsOf(t, w), "no total holds an estimate")

	other := "fresh"
	q.Where = is(finops.DimBillingAccount, &other)
	e, err = w.Forecasts.Estimate(t.Context(), q)
	require.NoError(t, err)
	assert.Empty(t, e.Days, "nothing is missing of the other account")

	accounts["late"] = [2]finops.Day{120, 2}
	e, err = estimating(t, accounts).Forecasts.Estimate(t.Context(), ForecastQuestion{Metric: finops.EffectiveCost})
	require.NoError(t, err)
	require.Len(t, e.Days, 1, "what has arrived needs no estimate")
	assert.Equal(t, estimateToday-1, e.Days[0].Day)

	_, err = w.Forecasts.Estimate(t.Context(), ForecastQuestion{Metric: "ConsumedQuantity"})
	assert.Equal(t, finops.CodeInvalid, finops.CodeOf(err))
}

// TestForecasts_EstimateRefused says why there is none.
func TestForecasts_EstimateRefused(t *testing.T) {
	w := estimating(t, map[string][2]finops.Day{"new": {20, 5}})
	e, err := w.Forecasts.Estimate(t.Context(), ForecastQuestion{Metric: finops.EffectiveCost})
	require.NoError(t, err)
	require.Len(t, e.Sets, 1)
	assert.Contains(t, e.Sets[0].Refused, "a forecast needs 60")
	assert.Empty(t, e.Days)
	assert.Empty(t, e.Info().Sets[0].Error)
}
