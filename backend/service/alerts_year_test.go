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
	"cloud-intelligence/backend/platform/notify"
)

// importGap is how many days lie between two imports of the year: one with CI_HISTORIES, else so many that the test stays short.
func importGap() finops.Day {
	if os.Getenv("CI_HISTORIES") != "" {
		return 1
	}
	return 5
}

// yearOfBills is a workspace whose bills, one of each week, are imported again and again in a year.
type yearOfBills struct {
	t     *testing.T
	w     *Workspace
	r     *rand.Rand
	costs map[finops.Day]int
}

// weekOf is the Monday of a day.
func weekOf(d finops.Day) finops.Day { return d - finops.Day((int(d.Time().Weekday())+6)%7) }

// bring imports the bill of a day's week up to a day, also so that the program ends before the evaluation.
func (y *yearOfBills) bring(day, last finops.Day) {
	t := y.t
	week := weekOf(day)
	c := newTable("ChargeFrequency", "SkuId", "CommitmentDiscountId", "CommitmentDiscountStatus", "x_CommitmentDiscountEnd")
	for d := week; d <= min(last, week+6); d++ {
		plan, end := "sp-1", "2026-06-20T00:00:00Z"
		if d >= finops.NewDay(2026, 6, 20) {
			plan, end = "sp-2", "2027-01-10T00:00:00Z"
		}
		c.line("ChargePeriodStart", d.String(), "ChargePeriodEnd", (d + 1).String(), "BillingPeriodStart", week.String(), "BillingPeriodEnd", (week + 7).String(),
			"ChargeFrequency", "Usage-Based", "SkuId", "a", "EffectiveCost", fmt.Sprint(y.costs[d]), "BilledCost", "1", "CommitmentDiscountId", plan, "CommitmentDiscountStatus", "Used", "x_CommitmentDiscountEnd", end)
	}
	plan, err := y.w.Imports.Plan(t.Context(), []string{c.file(t, "bill.csv")})
	require.NoError(t, err)
	run := y.w.Imports.Run
	if y.r.IntN(10) == 0 {
		run = y.w.Imports.run
	}
	_, err = run(t.Context(), plan, ImportOptions{Overlap: ingest.OverlapReplace})
	require.NoError(t, err)
}

// TestAlerts_AYearOfImports imports the bill of the week again and again in a year, an earlier bill anew now and then, and none for some days, and sends what
// is raised each time, also where the program ended between an import and its evaluation, at once by one channel and once a day by the other.
func TestAlerts_AYearOfImports(t *testing.T) {
	long(t)
	w := budgetWorkspace(t)
	y := &yearOfBills{t, w, rand.New(rand.NewPCG(2026, 4)), map[finops.Day]int{}}
	now := time.Date(2026, 1, 1, 6, 0, 0, 0, time.UTC)
	w.now = func() time.Time { return now }
	h, daily := listen(t), listen(t)
	addHook(t, w, h)
	require.NoError(t, w.Alerts.AddChannel(t.Context(), "Daily", notify.Settings{Kind: notify.JSON, URL: daily.url, Hours: notify.Hours{Digest: "08:00", QuietFrom: "20:00", QuietTo: "07:00"}}, "a key of some length"))
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
	saveRule(t, w, AlertRule{Name: "Odd", Kind: RuleAnomaly, Amount: amountOf(t, "100"), Currency: "USD"})
	saveRule(t, w, AlertRule{Name: "Late", Kind: RuleLate, Days: int(importGap()) + 3})
	saveRule(t, w, AlertRule{Name: "Ends", Kind: RuleExpiring, Days: 30})
	first, away, restated := finops.NewDay(2026, 1, 1), 0, 0
	brought := first - 1
	for day := first; day <= finops.NewDay(2026, 12, 31); day++ {
		now = day.Time().Add(30*time.Hour + time.Duration(y.r.IntN(1200))*time.Minute)
		y.costs[day] = 25 + y.r.IntN(15)
		if y.r.IntN(25) == 0 {
			y.costs[day] = 300
		}
		if away--; away < -40 && y.r.IntN(10) == 0 {
			away = int(importGap()) + 7
		}
		if away <= 0 && ((day-first)%importGap() == 0 || day == day.Month().Last()) {
			for of := weekOf(brought + 1); of <= day; of += 7 {
				y.bring(of, day)
			}
			brought = day
			if y.r.IntN(4) == 0 { // an earlier day is billed anew, cheaper or dearer
				of := first + finops.Day(y.r.IntN(int(day-first)+1))
				y.costs[of] = y.r.IntN(120)
				y.bring(of, day)
				restated++
			}
		}
		if away <= 0 || away%2 == 0 {
			deliver(t, w)
		}
	}
	require.NoError(t, w.evaluate(t.Context()))
	deliver(t, w)
	now = now.AddDate(0, 0, 2).Truncate(24 * time.Hour).Add(9 * time.Hour)
	deliver(t, w)
	alerts, err := w.Alerts.List(t.Context())
	require.NoError(t, err)
	seen, kinds := map[string]bool{}, map[string]int{}
	for _, a := range alerts {
		id := a.Rule + " " + a.Period + " " + a.Kind + " " + a.Percent
		require.False(t, seen[id], "%s was raised twice", id)
		seen[id] = true
		kinds[a.Kind]++
		require.Equal(t, []string{"Daily", "Hook"}, a.SentTo, id)
	}
	require.Len(t, h.got, len(alerts))
	require.Less(t, len(daily.got), len(alerts), "a digest has several")
	for id, n := range h.got {
		require.Equal(t, 1, n, id)
	}
	for id, n := range daily.got {
		require.Equal(t, 1, n, id)
	}
	report, err := w.Budgets.Standings(t.Context(), nil)
	require.NoError(t, err)
	for _, s := range report.Standings {
		for _, reached := range s.Reached {
			require.True(t, seen[" "+s.Period.Name+" "+string(reached.Kind)+" "+reached.Percent.String()], "%s %s is reached without an alert", s.Period.Name, reached)
		}
	}
	require.Equal(t, 2, kinds["expiring"], "each commitment once")
	for _, kind := range []string{"actual", "forecast", "anomaly", "late"} {
		require.GreaterOrEqual(t, kinds[kind], 2, "the year has something to tell: %v", kinds)
	}
	t.Logf("%v, %d bills restated", kinds, restated)
}
