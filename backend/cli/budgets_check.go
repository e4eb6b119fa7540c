package cli

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/finops/wire"
	"cloud-intelligence/backend/service"
	"cloud-intelligence/backend/store"
)

func (r *runner) budgetsCheckCommand() *cobra.Command {
	var asOf string
	var out tableFlags
	cmd := &cobra.Command{
		Use: "check [NAME…]", Short: "Say how budgets stand; exit code 5 while a threshold is reached",
		Long: `Check says how each budget stands in the periods that have begun, and keeps the alerts that follow: at most one for each version, period
and threshold. It sends nothing; alerts deliver does. The exit code is 5 while a threshold of a period that is running is reached.`,
		RunE: func(cmd *cobra.Command, args []string) error {
			day, err := parseDay("--as-of", asOf)
			if err != nil {
				return err
			}
			return r.withWorkspace(cmd.Context(), func(w *service.Workspace) error { return r.checkBudgets(cmd.Context(), w, day, args, out) })
		},
	}
	cmd.Flags().StringVar(&asOf, "as-of", "", "the last complete `DAY`; later days are hidden")
	out.register(cmd)
	return cmd
}

func (r *runner) checkBudgets(ctx context.Context, w *service.Workspace, asOf *finops.Day, names []string, out tableFlags) error {
	report, err := w.Budgets.Check(ctx, asOf, names...)
	if err != nil {
		return err
	}
	for _, problem := range report.Problems {
		r.note("%s", problem)
	}
	if out.format != "table" {
		list := []standingJSON{}
		for i := range report.Standings {
			list = append(list, budgetStandingJSON(&report.Standings[i]))
		}
		err = r.writeRows(ctx, w, out, "Budgets", object{{"budgets", list}})
	} else {
		err = r.printStandings(report)
	}
	if err != nil {
		return err
	}
	if report.Reached() {
		return &exitError{exitReached, "A threshold is reached."}
	}
	return nil
}

// standingJSON is how a budget stands, with what scripts alone are given of it.
type standingJSON struct {
	Name     string `json:"name"`
	Version  int64  `json:"version"`
	Scope    any    `json:"scope"`
	Metric   string `json:"metric"`
	Currency string `json:"currency"`
	service.StandingInfo
	Reached []object `json:"reached"`
	Alerts  []object `json:"alerts"`
}

func budgetStandingJSON(s *service.BudgetStanding) standingJSON {
	return standingJSON{
		s.Name, s.Version, scopeOf(&s.Budget), string(s.Metric), s.Currency, s.Info(),
		wire.Each(s.Reached, func(t service.ReachedThreshold) object {
			return object{{"threshold", thresholdJSON(t.Threshold)}, {"crossedAt", t.CrossedAt}}
		}),
		wire.Each(s.Alerts, func(a store.Alert) object {
			return object{{"threshold", alertThreshold(&a)}, {"crossedAt", a.CrossedAt}, {"sentTo", a.SentTo}}
		}),
	}
}

func alertThreshold(a *store.Alert) object {
	return object{{"kind", a.Kind}, {"percent", plainNumber(a.Percent)}}
}

func (r *runner) printStandings(report *service.BudgetReport) error {
	if len(report.Standings) == 0 {
		return r.print("The workspace has no budgets.\n")
	}
	t := table{}
	for i, name := range []string{"Budget", "Period", "As of", "Currency", "Amount", "Actual", "Pace", "Forecast", "Breach", "State", "Reached"} {
		t.column(name, i >= 4 && i <= 7)
	}
	seen := map[string]bool{}
	for i := range report.Standings {
		s := &report.Standings[i]
		for _, note := range s.Notes {
			if !seen[s.Name+note] {
				seen[s.Name+note] = true
				r.note("%s: %s", s.Name, note)
			}
		}
		if c := s.Children; c != nil && c.Difference.Sign() != 0 {
			r.note("%s, %s: its parts are %s together, a difference of %s.", s.Name, s.Period.Name, readable(&c.Sum, s.Currency), readable(&c.Difference, s.Currency))
		}
		breach := ""
		if s.BreachDay != nil {
			breach = s.BreachDay.String()
		}
		var reached []string
		for _, x := range s.Reached {
			reached = append(reached, x.String())
		}
		row := []string{s.Name, s.Period.Name, s.AsOf.String(), s.Currency}
		for _, sum := range []*finops.Sum{&s.Amount, &s.Actual, s.Pace, s.Forecast} {
			if sum == nil {
				row = append(row, "")
				continue
			}
			row = append(row, readable(sum, s.Currency))
		}
		t.rows = append(t.rows, append(row, breach, string(s.State), strings.Join(reached, ", ")))
	}
	return t.write(r.out)
}
