package service

import (
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/finops"
)

// dailyBills makes charges of an account for so many days from 2026-01-01 on.
func dailyBills(c *table, days int, cost func(t int) string, overrides ...string) *table {
	for t := range days {
		day := finops.NewDay(2026, 1, 1) + finops.Day(t)
		m := day.Month()
		c.line(append([]string{
			"BillingPeriodStart", m.First().String(), "BillingPeriodEnd", (m + 1).First().String(), "ChargePeriodStart", day.String(),
			"ChargePeriodEnd", (day + 1).String(), "BilledCost", cost(t), "EffectiveCost", cost(t),
		}, overrides...)...)
	}
	return c
}

func TestForecasts(t *testing.T) {
	w := newWorkspace(t)
	usage := newTable("ChargeFrequency", "SkuId")
	dailyBills(usage, 151, func(int) string { return "10.5" }, "ChargeFrequency", "Usage-Based", "SkuId", "a") // to May 31
	for m := 1; m <= 5; m++ {
		month := finops.NewMonth(2026, 1) + finops.Month(m-1)
		for sku, frequency := range map[string]string{"support": "Recurring", "licence": "", "once": "One-Time"} {
			if sku == "once" && m != 5 {
				continue
			}
			usage.line("BillingPeriodStart", month.First().String(), "BillingPeriodEnd", (month + 1).First().String(), "ChargePeriodStart", month.First().String(),
				"ChargePeriodEnd", (month.First() + 1).String(), "ChargeFrequency", frequency, "SkuId", sku, "BilledCost", "100.125", "EffectiveCost", "100.125")
		}
	}
	load(t, w, usage.file(t, "usage.csv"))
	ask := func(q ForecastQuestion) *Forecast {
		t.Helper()
		q.Metric = finops.EffectiveCost
		f, err := w.Forecasts.Forecast(t.Context(), q)
		require.NoError(t, err)
		return f
	}

	f := ask(ForecastQuestion{})
	require.Empty(t, f.Refused)
	require.Equal(t, "2026-05-30", f.AsOf.String(), "the newest day is not complete")
	require.Equal(t, "USD", f.Currency)
	require.Len(t, f.Months, 4)
	require.Equal(t, "615.375", f.Months[0].Actual.String(), "30 days, two fees and what was bought once")
	require.Equal(t, "625.875", f.Months[0].Forecast.String())
	require.Equal(t, "515.25", f.Months[1].Forecast.String(), "30 days and two fees")
	require.Equal(t, "200.25", f.Months[1].Fixed.String())
	require.Len(t, f.Days, 31+30+31+31)

	// A day in the past hides what came later, and a later import does not change what it says.
	day := finops.NewDay(2026, 4, 10)
	past := ask(ForecastQuestion{AsOf: &day})
	require.Equal(t, "2026-04", past.Months[0].Month.String())
	require.Equal(t, "515.25", past.Months[0].Forecast.String())
	more := newTable("ChargeFrequency", "SkuId").line("ServiceName", "New", "ChargePeriodStart", "2026-05-20", "ChargePeriodEnd", "2026-05-21", "BillingAccountId", "2", "SkuId", "n", "EffectiveCost", "7777")
	load(t, w, more.file(t, "more.csv"))
	require.Equal(t, past, ask(ForecastQuestion{AsOf: &day}))

	// An account that ended long before is named.
	old := dailyBills(newTable("ChargeFrequency", "SkuId"), 90, func(int) string { return "1" }, "BillingAccountId", "3")
	load(t, w, old.file(t, "old.csv"))
	require.Equal(t, []string{"AWS 2 has no data after 20 May 2026; AWS 3 has no data after 31 Mar 2026. Nothing is added for what may be missing."}, ask(ForecastQuestion{}).Notes)
}

func TestForecasts_Refused(t *testing.T) {
	w := newWorkspace(t)
	question := ForecastQuestion{Metric: finops.EffectiveCost}
	f, err := w.Forecasts.Forecast(t.Context(), question)
	require.NoError(t, err)
	require.Contains(t, f.Refused, "There are no charges with a cost up to")

	load(t, w, dailyBills(newTable(), 40, func(t int) string { return fmt.Sprint(t) }).without("ChargeCategory", "ServiceName").file(t, "short.csv"))
	f, err = w.Forecasts.Forecast(t.Context(), question)
	require.NoError(t, err)
	require.Equal(t, "The history has 39 complete days up to 8 Feb 2026, and a forecast needs 60.", f.Refused)

	euros := dailyBills(newTable(), 38, func(int) string { return "1" }, "BillingCurrency", "EUR", "BillingAccountId", "9")
	load(t, w, euros.file(t, "eur.csv"))
	_, err = w.Forecasts.Forecast(t.Context(), question)
	require.Equal(t, finops.CodeInvalid, finops.CodeOf(err))
	require.ErrorContains(t, err, "EUR, USD")

	question.Currency, question.Until = "EUR", new(finops.NewMonth(2028, 4))
	_, err = w.Forecasts.Forecast(t.Context(), question)
	require.ErrorContains(t, err, "24 months")
	_, err = w.Forecasts.Forecast(t.Context(), ForecastQuestion{Metric: "ConsumedQuantity"})
	require.Equal(t, finops.CodeInvalid, finops.CodeOf(err))
}

func TestForecasts_RareChargesAreNoMissingData(t *testing.T) {
	w := newWorkspace(t)
	rare := newTable()
	for i := range 40 {
		day := finops.NewDay(2026, 1, 1) + finops.Day(5*i)
		m := day.Month()
		rare.line("BillingPeriodStart", m.First().String(), "BillingPeriodEnd", (m + 1).First().String(), "ChargePeriodStart", day.String(), "ChargePeriodEnd", (day + 1).String(), "EffectiveCost", "50")
	}
	load(t, w, rare.file(t, "rare.csv"))
	day := finops.NewDay(2026, 7, 19)
	f, err := w.Forecasts.Forecast(t.Context(), ForecastQuestion{Metric: finops.EffectiveCost, AsOf: &day})
	require.NoError(t, err)
	require.Equal(t, []string{"There is no data after 15 Jul 2026; the days up to 19 Jul 2026 count as days without cost."}, f.Notes)
	for _, m := range f.Months[1:] {
		amount := m.Forecast.Amount()
		require.Positive(t, amount.Cmp(amountOf(t, "240")), amount)
		require.Negative(t, amount.Cmp(amountOf(t, "360")), amount)
	}
}

func TestForecasts_WhatLiesBeforeALongGapIsNoHistory(t *testing.T) {
	w := newWorkspace(t)
	c := newTable("ChargeFrequency")
	dailyBills(c, 310, func(t int) string {
		if t < 100 {
			return "50"
		}
		return "10"
	})
	c.rows = slices.Delete(c.rows, 100, 210)
	load(t, w, c.file(t, "usage.csv"))
	f, err := w.Forecasts.Forecast(t.Context(), ForecastQuestion{Metric: finops.EffectiveCost})
	require.NoError(t, err)
	require.Empty(t, f.Refused)
	require.Equal(t, []string{"There is no data from 11 Apr 2026 to 29 Jul 2026. Only the days after that are used."}, f.Notes)
	require.Equal(t, "310", f.Months[1].Forecast.String())
	day := finops.NewDay(2026, 8, 20)
	f, err = w.Forecasts.Forecast(t.Context(), ForecastQuestion{Metric: finops.EffectiveCost, AsOf: &day})
	require.NoError(t, err)
	require.Equal(t, "The history has 22 complete days up to 20 Aug 2026, and a forecast needs 60.", f.Refused)
}

// TestForecast_MonthlyChargesCoverTheirMonths: what a forecast says of the last day is what the state of the ledger says, also of
// charges without daily detail.
func TestForecast_MonthlyChargesCoverTheirMonths(t *testing.T) {
	w := newWorkspace(t)
	monthly := func(account string, months ...string) *table {
		bill := newTable()
		for _, text := range months {
			m, err := finops.ParseMonth(text)
			require.NoError(t, err)
			first, next := m.First().String(), (m + 1).First().String()
			bill.line("ProviderName", "Datadog", "BillingAccountId", account, "BillingPeriodStart", first, "BillingPeriodEnd", next, "ChargePeriodStart", first, "ChargePeriodEnd", next)
		}
		return bill
	}
	daily := dailyBills(newTable(), 140, func(int) string { return "1" }, "BillingAccountId", "1") // to 20 May
	load(t, w, daily.file(t, "daily.csv"), monthly("2", "2026-04", "2026-05").file(t, "may.csv"), monthly("3", "2026-01", "2026-02").file(t, "february.csv"))
	state, err := w.Ledger.State(t.Context())
	require.NoError(t, err)
	require.Equal(t, "2026-05-20", state.NewestDay.String(), "the bill of a month that is not over makes no daily charges late")
	f, err := w.Forecasts.Forecast(t.Context(), ForecastQuestion{Metric: finops.EffectiveCost})
	require.NoError(t, err)
	require.Equal(t, "2026-05-19", f.AsOf.String())
	require.Equal(t, []string{"Datadog 3 has no data after 28 Feb 2026. Nothing is added for what may be missing."}, f.Notes)
	for _, a := range state.Accounts {
		if a.Account == "3" {
			require.Equal(t, "28 Feb 2026", a.Last.Words())
		}
	}
}
