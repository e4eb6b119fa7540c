package service

import (
	"bufio"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/analysis/budget"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/source"
	"cloud-intelligence/backend/source/focusfile"
	"cloud-intelligence/backend/store"
)

// What the benchmark of budgets, forecasts and anomalies is about.
const (
	planAccounts, planServices, planRegions = 50, 20, 5 // 5,000 leaves
	planDays                                = 400
	planBudgets                             = 500
)

// planFirst is the first day of its charges.
var planFirst = finops.NewDay(2025, 3, 27)

// writePlanBill writes a charge a day of each leaf, and a monthly fee of each account.
func writePlanBill(b *testing.B, path string) {
	b.Helper()
	f, err := os.Create(path)
	require.NoError(b, err)
	w := bufio.NewWriter(f)
	fmt.Fprintln(w, "ProviderName,BillingAccountId,BillingCurrency,BillingPeriodStart,BillingPeriodEnd,ChargePeriodStart,ChargePeriodEnd,ChargeCategory,ChargeFrequency,ServiceName,SkuId,SubAccountId,RegionId,ResourceId,Tags,BilledCost,EffectiveCost,ListCost,ContractedCost")
	r := rand.New(rand.NewPCG(1, 2))
	line := func(day finops.Day, account, service, region int, frequency, sku string, value float64) {
		m := day.Month()
		fmt.Fprintf(w, "AWS,payer,USD,%s,%s,%s,%s,Usage,%s,service-%d,%s,account-%d,region-%d,r-%d-%d-%d,\"{\"\"team\"\":\"\"team-%d\"\"}\",%.4f,%.4f,%.4f,%.4f\n",
			m.First(), (m + 1).First(), day, day+1, frequency, service, sku, account, region, account, service, region, account%25, value, value, value, value)
	}
	for d := range planDays {
		day := planFirst + finops.Day(d)
		for a := range planAccounts {
			for s := range planServices {
				for g := range planRegions {
					level := float64(10 + (a*7+s*13+g*29)%90)
					if d%7 >= 5 {
						level *= 0.6
					}
					line(day, a, s, g, "Usage-Based", fmt.Sprintf("sku-%d", s), level*(1+0.05*r.NormFloat64()))
				}
			}
			if day == day.Month().First() {
				line(day, a, 0, 0, "Recurring", "fee", 500)
			}
		}
	}
	require.NoError(b, w.Flush())
	require.NoError(b, f.Close())
}

// planWorkspace makes a closed workspace of 5,000 leaves of 400 days with 500 budgets.
func planWorkspace(b *testing.B, path string) {
	b.Helper()
	bill := filepath.Join(b.TempDir(), "bill.csv")
	writePlanBill(b, bill)
	w, err := Create(b.Context(), path, "Benchmark", Options{Sources: source.Registry{focusfile.Source{}}})
	require.NoError(b, err)
	plan, err := w.Imports.Plan(b.Context(), []string{bill})
	require.NoError(b, err)
	_, err = w.Imports.Run(b.Context(), plan, ImportOptions{})
	require.NoError(b, err)
	for i := range planBudgets {
		where := fmt.Sprintf("SubAccountId = account-%d", i%planAccounts)
		switch i / planAccounts {
		case 0:
		case 1, 2, 3, 4:
			where += fmt.Sprintf(" AND ServiceName = service-%d", i%planServices)
		case 5, 6, 7:
			where = fmt.Sprintf("ServiceName = service-%d AND RegionId = region-%d", i%planServices, i%planRegions)
		case 8:
			where = fmt.Sprintf("Tags/team = team-%d", i%25)
		case 9:
			where = fmt.Sprintf("Tags/team = team-%d AND ServiceName = service-%d", i%25, i%planServices)
		}
		content := budget.Budget{Where: where, Metric: finops.EffectiveCost, Currency: "USD", Amounts: []budget.Amount{{Period: "2026-04", Amount: finops.NewAmount(20_000, 0)}}, Thresholds: budget.DefaultThresholds()}
		text, err := content.JSON()
		require.NoError(b, err)
		_, err = w.db.SaveBudgets(b.Context(), []store.BudgetChange{{Name: fmt.Sprintf("budget-%d", i), Content: text, Seen: AnyVersion}}, "bench", time.Now())
		require.NoError(b, err)
	}
	require.NoError(b, w.Close())
}

// BenchmarkPlan calculates all budgets with their forecasts, and finds all anomalies, as after an import, when the rollup has been read.
func BenchmarkPlan(b *testing.B) {
	path := filepath.Join(b.TempDir(), "plan.cloudintel")
	planWorkspace(b, path)
	w, err := Open(b.Context(), path, Options{})
	require.NoError(b, err)
	asOf := planFirst + planDays - 10
	for _, part := range []struct {
		name string
		run  func()
	}{
		{"budgets", func() {
			r, err := w.Budgets.Standings(b.Context(), &asOf)
			require.NoError(b, err)
			require.Len(b, r.Standings, planBudgets)
			require.NotNil(b, r.Standings[0].Forecast)
		}},
		{"anomalies", func() {
			_, err := w.Anomalies.Find(b.Context(), AnomalyQuestion{AsOf: &asOf})
			require.NoError(b, err)
		}},
	} {
		b.Run(part.name, func(b *testing.B) {
			for b.Loop() {
				b.StopTimer()
				w.engine.Reload()
				_, err := w.Ledger.State(b.Context())
				require.NoError(b, err)
				b.StartTimer()
				part.run()
			}
		})
	}
	require.NoError(b, w.Close())
}
