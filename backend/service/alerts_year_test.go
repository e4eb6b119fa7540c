package service

import (
	"fmt"
	"math/rand/v2"
	"os"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/analysis/budget"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/ingest"
)

// importGap is how many days lie between two imports of the year: one with CI_HISTORIES, else so many that the test stays short.
func importGap() finops.Day {
	if os.Getenv("CI_HISTORIES") != "" {
		return 1
	}
	return 10
}

// TestAlerts_AYearOfImports imports the bill of the month again and again in a year, a bill of an earlier month anew now and then, and sends what is raised
// each time, also where the program ended between an import and its evaluation.
func TestAlerts_AYearOfImports(t *testing.T) {
	long(t)
	r := rand.New(rand.NewPCG(2026, 4))
	w := budgetWorkspace(t)
	now := time.Date(2026, 1, 1, 6, 0, 0, 0, time.UTC)
	w.now = func() time.Time { return now }
	h := listen(t)
	addHook(t, w, h)
	var months []string
	for m := 1; m <= 12; m++ {
		months = append(months, fmt.Sprintf("2026-%02d", m), "1000")
	}
	thresholds := budget.DefaultThresholds()
	for _, text := range []string{"pace=120", "absolute=900", "breach=5"} {
		threshold, err := budget.ParseThreshold(text)
		require.NoError(t, err)
		thresholds = append(thresholds, threshold)
	}
	saveBudget(t, w, "Year", budget.Budget{Amounts: amounts(t, months...), Thresholds: thresholds})
	costs := map[finops.Day]int{}
	bring := func(m finops.Month, last finops.Day) {
		c := newTable("ChargeFrequency", "SkuId")
		for d := m.First(); d <= min(last, m.Last()); d++ {
			c.line("ChargePeriodStart", d.String(), "ChargePeriodEnd", (d + 1).String(), "BillingPeriodStart", m.First().String(), "BillingPeriodEnd", (m + 1).First().String(),
				"ChargeFrequency", "Usage-Based", "SkuId", "a", "EffectiveCost", fmt.Sprint(costs[d]), "BilledCost", "1")
		}
		plan, err := w.Imports.Plan(t.Context(), []string{c.file(t, "bill.csv")})
		require.NoError(t, err)
		run := w.Imports.Run
		if r.IntN(10) == 0 { // the program ends before the evaluation
			run = w.Imports.run
		}
		_, err = run(t.Context(), plan, ImportOptions{Overlap: ingest.OverlapReplace})
		require.NoError(t, err)
	}
	first := finops.NewDay(2026, 1, 1)
	for day := first; day <= finops.NewDay(2026, 12, 31); day++ {
		now = day.Time().Add(30 * time.Hour)
		costs[day] = 15 + r.IntN(35)
		if (day-first)%importGap() != 0 && day != day.Month().Last() {
			continue
		}
		bring(day.Month(), day)
		if r.IntN(4) == 0 { // an earlier day is billed anew, cheaper or dearer
			restated := first + finops.Day(r.IntN(int(day-first)+1))
			costs[restated] = r.IntN(120)
			bring(restated.Month(), day)
		}
		deliver(t, w)
	}
	require.NoError(t, w.evaluate(t.Context()))
	deliver(t, w)
	alerts, err := w.Alerts.List(t.Context())
	require.NoError(t, err)
	seen := map[string]bool{}
	for _, a := range alerts {
		id := a.Period + " " + a.Kind + " " + a.Percent
		require.False(t, seen[id], "%s was raised twice", id)
		seen[id] = true
		require.Equal(t, []string{"Hook"}, a.SentTo, id)
	}
	require.Len(t, h.got, len(alerts))
	for id, n := range h.got {
		require.Equal(t, 1, n, id)
	}
	report, err := w.Budgets.Standings(t.Context(), nil)
	require.NoError(t, err)
	for _, s := range report.Standings {
		for _, reached := range s.Reached {
			require.True(t, seen[s.Period.Name+" "+string(reached.Kind)+" "+reached.Percent.String()], "%s %s is reached and nobody was told", s.Period.Name, reached)
		}
	}
	require.Greater(t, len(alerts), 30, "the year has something to tell")
}
