package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"cloud-intelligence/backend/analysis/budget"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/finops/wire"
	"cloud-intelligence/backend/service"
	"cloud-intelligence/backend/source"
)

func (r *runner) budgetsCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "budgets",
		Short: "Keep budgets, and see how they stand: actual, pace, forecast and day of breach",
		Long: `A budget is what a scope may spend in periods: months, quarters, years, fiscal years or any days. check says how each stands and ends
with exit code 5 while a threshold is reached. docs/budgets.md describes how it is calculated.`,
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(r.budgetsListCommand(), r.budgetsShowCommand(), r.budgetsSetCommand(), r.budgetsImportCommand(), r.budgetsDeleteCommand(), r.budgetsCheckCommand())
	return cmd
}

// scopeOf names what a budget is for.
func scopeOf(b *service.Budget) any {
	if b.Scope != "" {
		return b.Scope
	}
	return orNull(b.Where)
}

func scopeText(b *service.Budget) string {
	switch {
	case b.Scope != "":
		return b.Scope
	case b.Where != "":
		return b.Where
	}
	return "all charges"
}

// budgetJSON is a budget with what scripts know its scope and its calendar by.
type budgetJSON struct {
	service.BudgetInfo
	Scope      any      `json:"scope"` // a name or a filter; null = all charges
	Thresholds []object `json:"thresholds"`
	FiscalYear object   `json:"fiscalYear"`
}

func budgetFields(b *service.Budget) budgetJSON {
	return budgetJSON{b.Info(), scopeOf(b), wire.Each(b.Thresholds, thresholdJSON), object{{"firstMonth", max(b.Calendar.FirstMonth, 1)}, {"weeks", b.Calendar.Weeks}}}
}

func thresholdJSON(t budget.Threshold) object {
	return object{{"kind", t.Kind}, {"percent", plainNumber(t.Percent.String())}}
}

// plainNumber is a decimal number in JSON that is no string.
type plainNumber string

// MarshalJSON writes the digits.
func (n plainNumber) MarshalJSON() ([]byte, error) { return []byte(n), nil }

func (r *runner) budgetsListCommand() *cobra.Command {
	var out tableFlags
	var providers bool
	cmd := &cobra.Command{
		Use: "list", Short: "List the budgets of the workspace, or with --provider those that the providers keep", Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return r.withWorkspace(cmd.Context(), func(w *service.Workspace) error {
				if providers {
					return r.listProviderBudgets(cmd.Context(), w, out)
				}
				return r.listBudgets(cmd.Context(), w, out)
			})
		},
	}
	out.register(cmd)
	cmd.Flags().BoolVar(&providers, "provider", false, "list the budgets that the providers keep, as connections read them last")
	return cmd
}

func (r *runner) listBudgets(ctx context.Context, w *service.Workspace, out tableFlags) error {
	if out.file() {
		return r.writeList(ctx, w, out, service.ListBudgets)
	}
	saved, err := w.Budgets.List(ctx)
	if err != nil {
		return err
	}
	if out.format == "json" {
		list := []budgetJSON{}
		for i := range saved {
			list = append(list, budgetFields(&saved[i]))
		}
		return writeJSON(r.out, object{{"budgets", list}})
	}
	if len(saved) == 0 {
		return r.print("The workspace has no budgets.\n")
	}
	return budgetsTable(saved).write(r.out)
}

// listProviderBudgets lists the budgets that the providers keep.
func (r *runner) listProviderBudgets(ctx context.Context, w *service.Workspace, out tableFlags) error {
	if out.file() {
		return r.writeList(ctx, w, out, service.ListProviderBudgets)
	}
	list, err := w.Budgets.OfProviders(ctx)
	if err != nil {
		return err
	}
	if out.format == "json" {
		return writeJSON(r.out, object{{"providerBudgets", list}})
	}
	if len(list) == 0 {
		return r.print("No budgets of providers were read. Switch them on for a connection: `%s connections edit NAME --set %s=on`, and sync it.\n", program, source.OptBudgets)
	}
	var t table
	for _, name := range []string{"Name", "Provider", "Account", "Counts", "Every", "Amount", "Spent", "Forecast", "Currency", "Read"} {
		t.column(name, name == "Amount" || name == "Spent" || name == "Forecast")
	}
	for _, b := range list {
		amount := b.Amount
		if amount == "" {
			amount = b.Basis
		}
		every := b.Every
		if every == "" {
			every = "once"
		}
		t.rows = append(t.rows, []string{b.Name, b.Provider, b.Account, b.Of, every, amount, b.Spent, b.Forecast, b.Currency, b.ReadAt})
	}
	return t.write(r.out)
}

func budgetsTable(list []service.Budget) *table {
	t := table{}
	for i, name := range []string{"Name", "Version", "Scope", "Metric", "Currency", "Periods", "Total", "Changed", "By", "Reason", "Problem"} {
		t.column(name, i == 1 || i == 6)
	}
	for i := range list {
		b := &list[i]
		total := finops.Sum{}
		for _, a := range b.Amounts {
			total.Add(a.Amount)
		}
		periods := b.Amounts[0].Period
		if len(b.Amounts) > 1 {
			periods += " to " + b.Amounts[len(b.Amounts)-1].Period
		}
		t.rows = append(t.rows, []string{
			b.Name, fmt.Sprint(b.Version), scopeText(b), string(b.Metric), b.Currency, periods, readable(&total, b.Currency), minute(b.ChangedAt), b.ChangedBy, b.Reason, b.Problem,
		})
	}
	return &t
}

func (r *runner) budgetsShowCommand() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use: "show NAME", Short: "Print a budget with its amounts and all versions that it had", Args: oneName("the budget by its name"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return r.withWorkspace(cmd.Context(), func(w *service.Workspace) error {
				b, err := w.Budgets.ByName(cmd.Context(), args[0])
				if err != nil {
					return err
				}
				versions, err := w.Budgets.Versions(cmd.Context(), args[0])
				if err != nil {
					return err
				}
				return r.showBudget(&b, versions, asJSON)
			})
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print the budget as JSON")
	return cmd
}

func (r *runner) showBudget(b *service.Budget, versions []service.Budget, asJSON bool) error {
	if asJSON {
		list := []budgetJSON{}
		for i := range versions {
			list = append(list, budgetFields(&versions[i]))
		}
		return writeJSON(r.out, struct {
			budgetJSON
			Versions []budgetJSON `json:"versions"`
		}{budgetFields(b), list})
	}
	var thresholds []string
	for _, t := range b.Thresholds {
		thresholds = append(thresholds, t.String())
	}
	if err := r.print("%s of %s in %s\nThresholds: %s\n\n", b.Metric, visible(scopeText(b)), b.Currency, strings.Join(thresholds, ", ")); err != nil {
		return err
	}
	amounts := table{}
	amounts.column("Period", false)
	amounts.column("Amount", true)
	for _, a := range b.Amounts {
		var sum finops.Sum
		sum.Add(a.Amount)
		amounts.rows = append(amounts.rows, []string{a.Period, readable(&sum, b.Currency)})
	}
	if err := amounts.write(r.out); err != nil {
		return err
	}
	if err := r.print("\n"); err != nil {
		return err
	}
	return budgetsTable(versions).write(r.out)
}

func (r *runner) budgetsDeleteCommand() *cobra.Command {
	return r.deletion("delete", "Remove a budget; its alerts stay", "the budget", func(w *service.Workspace) deleteFunc { return w.Budgets.Delete })
}

func (r *runner) budgetsImportCommand() *cobra.Command {
	var replace, asJSON bool
	var reason string
	cmd := &cobra.Command{
		Use: "import FILE", Short: "Read budgets from a CSV file or an Excel workbook, all of them or none", Args: oneName("one file"),
		Long: `Import reads a CSV file, or the first sheet of an Excel workbook, with the columns name, scope, metric, currency, period and amount. Rows of one name are one budget; scope is the name
of a scope, a filter, or empty for all charges; period is 2026-10, 2026-Q4, 2026 or FROM/TO. One row that is wrong imports nothing (exit code 2,
and all such rows are listed); a name that is taken needs --replace (exit code 3).`,
		RunE: func(cmd *cobra.Command, args []string) error {
			return r.withWorkspace(cmd.Context(), func(w *service.Workspace) error {
				return r.importBudgets(cmd.Context(), w, args[0], replace, reason, asJSON)
			})
		},
	}
	cmd.Flags().BoolVar(&replace, "replace", false, "replace budgets of the same names")
	cmd.Flags().StringVar(&reason, "reason", "", "why, kept with the versions: `TEXT`")
	cmd.Flags().BoolVar(&asJSON, "json", false, "print how many were imported, and which rows are wrong, as JSON")
	return cmd
}

func (r *runner) importBudgets(ctx context.Context, w *service.Workspace, path string, replace bool, reason string, asJSON bool) error {
	file, err := os.Open(path)
	if err != nil {
		return finops.WrapError(finops.CodeNotFound, err, "The file %s cannot be opened.", path)
	}
	defer func() { _ = file.Close() }() // only read
	n, err := w.Budgets.Import(ctx, file, replace, reason)
	problems := []object{}
	if rows, ok := errors.AsType[*service.RowsError](err); ok {
		for _, row := range rows.Rows {
			r.note("%s, line %d: %s", path, row.Line, sentence(row.Problem))
			problems = append(problems, object{{"line", row.Line}, {"problem", row.Problem}})
		}
	}
	if asJSON && (err == nil || len(problems) > 0) {
		err = errors.Join(err, writeJSON(r.out, object{{"imported", n}, {"problems", problems}}))
	}
	if err != nil || asJSON {
		return err
	}
	return r.print("Imported %s.\n", things(n, "budget"))
}
