package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"strings"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/service"
)

// What budgets, forecasts and anomalies are measured on, however many lines the other measurements have: an account, service and region
// are a leaf, of which there are 5,000.
const (
	planAccounts, planServices, planRegions = 50, 20, 5
	planDays                                = 400
	planBudgets                             = 500
	planRuns                                = 3
)

// planFirst is the first day of its charges, planAsOf the day that the budgets are calculated for.
var (
	planFirst = finops.NewDay(2025, 3, 27)
	planAsOf  = planFirst + planDays - 10
)

// planPhase measures what follows an import: reading the rollup, all budgets with their forecasts, and all anomalies.
func (b *bench) planPhase(ctx context.Context) error {
	path := b.file(".plan.cloudintel")
	if _, err := os.Stat(path); err != nil {
		if err := b.makePlan(ctx, path); err != nil {
			return errors.Join(err, removeWorkspace(path))
		}
	}
	for range planRuns {
		var w *service.Workspace
		opened, err := timed("open", 1, func() (rows int, err error) {
			w, err = service.Open(ctx, path, b.options())
			return 0, err
		})
		if err != nil {
			return err
		}
		budgets, err := timed("budgets", 1, func() (int, error) {
			r, err := w.Budgets.Standings(ctx, &planAsOf)
			if err != nil {
				return 0, err
			}
			return len(r.Standings), nil
		})
		if err != nil {
			return err
		}
		anomalies, err := timed("anomalies", 1, func() (int, error) {
			r, err := w.Anomalies.Find(ctx, service.AnomalyQuestion{AsOf: &planAsOf})
			if err != nil {
				return 0, err
			}
			return len(r.Anomalies), nil
		})
		if err != nil {
			return err
		}
		if err := errors.Join(say(opened, budgets, anomalies), w.Close()); err != nil {
			return err
		}
	}
	return nil
}

// makePlan makes a workspace with the charges and the budgets.
func (b *bench) makePlan(ctx context.Context, path string) error {
	bill := b.file(".plan.csv")
	if err := b.once(bill, writePlanBill); err != nil {
		return err
	}
	w, err := service.Create(ctx, path, "Benchmark", b.options())
	if err != nil {
		return err
	}
	plan, err := w.Imports.Plan(ctx, []string{bill})
	if err != nil {
		return err
	}
	if _, err := w.Imports.Run(ctx, plan, service.ImportOptions{}); err != nil {
		return err
	}
	if _, err := w.Budgets.Import(ctx, strings.NewReader(planBudgetsCSV()), false, ""); err != nil {
		return err
	}
	return errors.Join(w.Close(), os.Remove(bill))
}

// writePlanBill writes a charge a day of each leaf, and a monthly fee of each account.
func writePlanBill(out io.Writer) error {
	w := bufio.NewWriter(out)
	fmt.Fprintln(w, "ProviderName,BillingAccountId,BillingCurrency,BillingPeriodStart,BillingPeriodEnd,ChargePeriodStart,ChargePeriodEnd,ChargeCategory,ChargeFrequency,ServiceName,SkuId,SubAccountId,RegionId,ResourceId,Tags,BilledCost,EffectiveCost,ListCost,ContractedCost")
	r := rand.New(rand.NewPCG(1, 2))
	line := func(day finops.Day, account, service, region int, frequency, sku string, value float64) {
		m := day.Month()
		fmt.Fprintf(w, "AWS,payer,USD,%s,%s,%s,%s,Usage,%s,service-%d,%s,account-%d,region-%d,r-%d-%d-%d,\"{\"\"team\"\":\"\"team-%d\"\"}\",%.4f,%.4f,%.4f,%.4f\n",
			m.First(), (m + 1).First(), day, day+1, frequency, service, sku, account, region, account, service, region, account%25, value, value, value, value)
	}
	for d := range planDays {
		day := planFirst + finops.Day(d)
		for leaf := range planAccounts * planServices * planRegions {
			account, service, region := leaf/planRegions/planServices, leaf/planRegions%planServices, leaf%planRegions
			level := float64(10 + (account*7+service*13+region*29)%90)
			if d%7 >= 5 {
				level *= 0.6
			}
			line(day, account, service, region, "Usage-Based", fmt.Sprintf("sku-%d", service), level*(1+0.05*r.NormFloat64()))
		}
		for account := range planAccounts {
			if day == day.Month().First() {
				line(day, account, 0, 0, "Recurring", "fee", 500)
			}
		}
	}
	return w.Flush()
}

// planBudgetsCSV are budgets of accounts, services, regions and tags, and of two of them at once.
func planBudgetsCSV() string {
	var text strings.Builder
	text.WriteString("name,scope,metric,currency,period,amount\n")
	for i := range planBudgets {
		where := fmt.Sprintf("SubAccountId = account-%d", i%planAccounts)
		switch i / planAccounts {
		case 1, 2, 3, 4:
			where += fmt.Sprintf(" AND ServiceName = service-%d", i%planServices)
		case 5, 6, 7:
			where = fmt.Sprintf("ServiceName = service-%d AND RegionId = region-%d", i%planServices, i%planRegions)
		case 8:
			where = fmt.Sprintf("Tags/team = team-%d", i%25)
		case 9:
			where = fmt.Sprintf("Tags/team = team-%d AND ServiceName = service-%d", i%25, i%planServices)
		}
		fmt.Fprintf(&text, "budget-%d,%s,EffectiveCost,USD,2026-04,20000\n", i, where)
	}
	return text.String()
}

func printPlan(ours map[string]measure) {
	printRow("2 million cells, open, s", ours["open"].Times.p50(), 0, "%.2f")
	printRow("500 budgets with forecasts, s", ours["budgets"].Times.p50(), 0, "%.2f")
	printRow("anomalies of 5,000 leaves, s", ours["anomalies"].Times.p50(), 0, "%.2f")
}
