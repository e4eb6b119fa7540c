package cli

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"cloud-intelligence/backend/analysis/budget"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/finops/filter"
	"cloud-intelligence/backend/service"
)

type budgetFlags struct {
	filterFlags
	metric, currency, parent, reason string
	rename                           string
	amounts, thresholds              []string
	period, total, spread, lastYear  string
	firstMonth                       int
	weeks, rollOver, json            bool
	version                          int64
}

func (r *runner) budgetsSetCommand() *cobra.Command {
	var f budgetFlags
	cmd := &cobra.Command{
		Use: "set NAME", Short: "Keep a budget; what the flags do not say stays as it is", Args: oneName("the budget one name"),
		Long: `Set keeps a budget. Of a budget that there is, only what the flags say changes, and the amounts of other periods stay. Amounts are given by period
(--amount 2026-10=1500), spread from a total (--period 2026 --total 12000 --spread even), or made from last year (--period 2026 --last-year +5).
--rename gives it another name; its versions, alerts and parts stay. With --version it is changed only if it still is of that version (list shows it; 0 = there is none), else the exit code is 3.`,
		Example: "  " + program + " --workspace acme.cloudintel budgets set Shop --scope Shop --currency USD --amount 2026-10=1500 --amount 2026-11=1600\n" +
			"  " + program + " --workspace acme.cloudintel budgets set All --currency EUR --period 2026 --total 240000 --spread last-year --reason 'board, May'",
		RunE: func(cmd *cobra.Command, args []string) error {
			return r.withWorkspace(cmd.Context(), func(w *service.Workspace) error { return r.setBudget(cmd, w, args[0], f) })
		},
	}
	f.registerScope(cmd)
	f.registerWhere(cmd)
	flags := cmd.Flags()
	flags.StringVar(&f.metric, "metric", string(finops.EffectiveCost), "the cost `METRIC`")
	flags.StringVar(&f.currency, "currency", "", "the billing `CURRENCY`")
	flags.StringArrayVar(&f.amounts, "amount", nil, "what may be spent in a period: `PERIOD=AMOUNT`; repeat the flag")
	flags.StringVar(&f.period, "period", "", "the year or quarter whose months --total or --last-year fill: `PERIOD`")
	flags.StringVar(&f.total, "total", "", "the `AMOUNT` that is spread over the months of --period")
	flags.StringVar(&f.spread, "spread", "even", "`HOW` it is spread: even, days or last-year")
	flags.StringVar(&f.lastYear, "last-year", "", "fill the months of --period with what they cost a year before and `PERCENT` more")
	flags.StringArrayVar(&f.thresholds, "threshold", nil, "when an alert is raised: `KIND=PERCENT` of actual, forecast or pace,\nabsolute=AMOUNT or breach=DAYS; repeat the flag;\nactual=50, actual=80, actual=100 and forecast=100 where it is not given")
	flags.IntVar(&f.firstMonth, "fiscal-start", 0, "the `MONTH` in which fiscal years start, 1 to 12")
	flags.BoolVar(&f.weeks, "weeks", false, "fiscal years of 4, 4 and 5 weeks")
	flags.BoolVar(&f.rollOver, "roll-over", false, "add what a closed period left to the next one of the fiscal year")
	flags.StringVar(&f.parent, "parent", "", "the budget of this `NAME` that this one is a part of")
	flags.StringVar(&f.rename, "rename", "", "give the budget another `NAME`")
	flags.StringVar(&f.reason, "reason", "", "why, kept with the version: `TEXT`")
	flags.Int64Var(&f.version, "version", 0, "change only version `N`")
	flags.BoolVar(&f.json, "json", false, "print the budget as JSON")
	return cmd
}

func (r *runner) setBudget(cmd *cobra.Command, w *service.Workspace, name string, f budgetFlags) error {
	ctx := cmd.Context()
	changed := cmd.Flags().Changed
	seen := int64(0)
	b := budget.Budget{Metric: finops.EffectiveCost, Thresholds: budget.DefaultThresholds()}
	have, err := w.Budgets.ByName(ctx, name)
	switch {
	case err == nil:
		b, seen = have.Budget, have.Version
	case finops.CodeOf(err) != finops.CodeNotFound:
		return err
	}
	if changed("version") {
		seen = f.version
	}
	if err := f.apply(changed, &b); err != nil {
		return err
	}
	if err := f.fill(ctx, w, changed, &b); err != nil {
		return err
	}
	was := ""
	if changed("rename") {
		was, name = name, f.rename
	}
	version, err := w.Budgets.Rename(ctx, was, name, b, f.reason, seen)
	if err != nil {
		return f.locate(err)
	}
	if f.json {
		if have, err = w.Budgets.ByName(ctx, name); err != nil {
			return err
		}
		return writeJSON(r.out, budgetFields(&have))
	}
	return r.print("Saved the budget %s, version %d.\n", visible(strings.TrimSpace(name)), version)
}

// apply changes what the flags say, but for amounts.
func (f *budgetFlags) apply(changed func(string) bool, b *budget.Budget) error {
	chosen, err := f.parse()
	if err != nil {
		return err
	}
	if f.scope != "" && len(f.where) > 0 {
		return finops.Errorf(finops.CodeInvalid, "A budget has a scope or a filter: give --scope or --where.")
	}
	if f.scope != "" {
		b.Scope, b.Where = f.scope, ""
	}
	if len(f.where) > 0 {
		b.Scope, b.Where = "", filter.Print(chosen.where)
	}
	if changed("metric") {
		if b.Metric, err = parseCost(f.metric); err != nil {
			return err
		}
	}
	if f.currency != "" {
		b.Currency = strings.ToUpper(f.currency)
	}
	if changed("fiscal-start") {
		if f.firstMonth < 1 || f.firstMonth > 12 {
			return finops.Errorf(finops.CodeInvalid, "--fiscal-start is a month from 1 to 12.")
		}
		b.Calendar.FirstMonth = f.firstMonth
	}
	if changed("weeks") {
		b.Calendar.Weeks = f.weeks
	}
	if changed("roll-over") {
		b.RollOver = f.rollOver
	}
	if changed("parent") {
		b.Parent = f.parent
	}
	if len(f.thresholds) > 0 {
		b.Thresholds = nil
	}
	for _, text := range f.thresholds {
		t, err := budget.ParseThreshold(text)
		if err != nil {
			return err
		}
		b.Thresholds = append(b.Thresholds, t)
	}
	return nil
}

// fill enters the amounts.
func (f *budgetFlags) fill(ctx context.Context, w *service.Workspace, changed func(string) bool, b *budget.Budget) error {
	var list []budget.Amount
	for _, text := range f.amounts {
		period, amount, ok := strings.Cut(text, "=")
		a, err := finops.ParseAmount([]byte(strings.TrimSpace(amount)))
		if !ok || err != nil {
			return finops.Errorf(finops.CodeInvalid, "--amount %q is not PERIOD=AMOUNT, such as 2026-10=1500.", text)
		}
		list = append(list, budget.Amount{Period: strings.TrimSpace(period), Amount: a})
	}
	if (f.total != "" || changed("last-year")) == (f.period == "") {
		return finops.Errorf(finops.CodeInvalid, "--period needs --total or --last-year, and these need --period.")
	}
	switch {
	case f.total != "":
		total, err := finops.ParseAmount([]byte(f.total))
		if err != nil {
			return finops.Errorf(finops.CodeInvalid, "--total %q is not an amount.", f.total)
		}
		months, err := w.Budgets.Spread(ctx, *b, f.period, service.EachMonth, total, service.SpreadBy(f.spread))
		if err != nil {
			return err
		}
		list = append(list, months...)
	case changed("last-year"):
		percent, err := finops.ParseAmount([]byte(strings.TrimPrefix(f.lastYear, "+")))
		if err != nil {
			return finops.Errorf(finops.CodeInvalid, "--last-year %q is not a percentage such as +5 or -10.", f.lastYear)
		}
		months, err := w.Budgets.FromLastYear(ctx, *b, f.period, service.EachMonth, percent)
		if err != nil {
			return err
		}
		list = append(list, months...)
	}
	return b.Set(list)
}
