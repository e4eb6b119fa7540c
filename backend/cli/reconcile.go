package cli

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"cloud-intelligence/backend/analysis/reconcile"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/report"
	"cloud-intelligence/backend/service"
)

// invoiceFlags name an invoice; what is not given is found in the ledger.
type invoiceFlags struct{ provider, account, month, invoice, currency string }

func (f *invoiceFlags) add(cmd *cobra.Command) {
	cmd.Flags().StringVar(&f.invoice, "invoice", "", "the `ID` of the invoice, as the bill names it")
	cmd.Flags().StringVar(&f.account, "account", "", "the billing account `ID`")
	cmd.Flags().StringVar(&f.month, "month", "", "the billing month, `YYYY-MM`")
	cmd.Flags().StringVar(&f.provider, "provider", "", "the `NAME` of the provider")
	cmd.Flags().StringVar(&f.currency, "currency", "", "the `CODE` of the currency")
}

func (f *invoiceFlags) row() (row reconcile.Row, err error) {
	row.Key = reconcile.Key{Provider: f.provider, Account: f.account, Invoice: f.invoice, Currency: strings.ToUpper(f.currency)}
	if f.month != "" {
		row.Month, err = finops.ParseMonth(f.month)
		row.MonthGiven = true
	}
	return row, err
}

// fits reports whether an invoice is one of those that the flags name.
func (f *invoiceFlags) fits(k reconcile.Key) bool {
	same := func(given, have string) bool { return given == "" || strings.EqualFold(given, have) }
	return sameProvider(f.provider, k.Provider) && sameAccount(f.account, k.Account) && same(f.month, k.Month.String()) && (f.invoice == "" || f.invoice == k.Invoice) && same(f.currency, k.Currency)
}

// one reports whether the flags ask for single invoices instead of the list.
func (f *invoiceFlags) one() bool { return f.invoice != "" || (f.account != "" && f.month != "") }

type reconcileFlags struct {
	invoiceFlags
	tableFlags
	asCSV bool
}

// form makes one of the flags that say in which form the result is wanted.
func (f *reconcileFlags) form(cmd *cobra.Command) error {
	if f.json && f.asCSV {
		return finops.Errorf(finops.CodeInvalid, "Choose one of --json and --csv.")
	}
	if f.asCSV {
		if err := f.short(cmd, "csv"); err != nil {
			return err
		}
	}
	return f.check(cmd)
}

func (r *runner) reconcileCommand() *cobra.Command {
	var f reconcileFlags
	cmd := &cobra.Command{
		Use:   "reconcile",
		Short: "Compare the ledger with the invoices, down to 0.00 or a named difference",
		Long: `Reconcile compares the billed cost of the ledger with the invoice amounts. Without flags it lists every invoice;
with --invoice, or --account and --month, it shows the steps from the ledger to the invoice. An invoice with an
unexplained difference is not a failure: the exit code is 0.`,
		Example: "  " + program + " reconcile\n  " + program + " reconcile set --invoice EUINDE26-1 --total 1234.50 --tax 197.10\n  " + program + " reconcile --invoice EUINDE26-1",
		Args:    noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if _, err := f.row(); err != nil {
				return err
			}
			return r.withWorkspace(cmd.Context(), func(w *service.Workspace) error { return r.reconcile(cmd.Context(), w, &f) })
		},
	}
	f.add(cmd)
	f.register(cmd)
	cmd.PreRunE = func(cmd *cobra.Command, _ []string) error { return f.form(cmd) }
	cmd.Flags().BoolVar(&f.asCSV, "csv", false, "print the result as CSV, unrounded")
	cmd.AddCommand(r.figureSetCommand(), r.figureImportCommand(), r.figureTemplateCommand(), r.figureDeleteCommand())
	return cmd
}

func (r *runner) reconcile(ctx context.Context, w *service.Workspace, f *reconcileFlags) error {
	all, err := w.Reconciliation.Bridges(ctx)
	if err != nil {
		return err
	}
	var chosen []*reconcile.Bridge
	for _, br := range all {
		if f.fits(br.Key) {
			chosen = append(chosen, br)
		}
	}
	if len(chosen) == 0 && f.one() {
		return finops.Errorf(finops.CodeNotFound, "There is no such invoice; `%s reconcile` lists them.", program)
	}
	switch {
	case f.format == "json":
		return r.reconcileJSON(chosen, f.one())
	case f.file():
		tableOf := w.Tables.Invoices
		if f.one() {
			tableOf = w.Tables.Bridges
		}
		t, err := tableOf(ctx, chosen)
		if err != nil {
			return err
		}
		return r.writeTable(f.tableFlags, w.Path(), t)
	case f.one():
		return r.printBridges(chosen)
	}
	return r.printReconciliation(chosen)
}

func (r *runner) figureSetCommand() *cobra.Command {
	var f invoiceFlags
	var total, tax, credits, marketplace, other, note string
	var version int64
	cmd := &cobra.Command{
		Use: "set", Short: "Save the amounts of an invoice in place of those stored before", Args: noArguments,
		Long: `Set saves the amounts of one invoice. Provider, account, month and currency may be left out where only one bill of
the ledger fits. Amounts have a decimal point; credits are negative. --other is what the invoice charges and the
cost data does not have, such as support. With --version nothing is saved if the stored amount is of
another version, as ` + "`reconcile --format json`" + ` shows it; both amounts are then printed.`,
		RunE: func(cmd *cobra.Command, _ []string) error {
			row, err := f.row()
			if err != nil {
				return err
			}
			if strings.TrimSpace(total) == "" {
				return finops.Errorf(finops.CodeInvalid, "Give the amount to pay with --total.")
			}
			if row.Total, err = reconcile.ReadAmount(total, reconcile.DecimalPoint); err != nil {
				return err
			}
			row.Note, row.Version = note, version
			for _, part := range []struct {
				text string
				to   **finops.Amount
			}{{tax, &row.Parts.Tax}, {credits, &row.Parts.Credits}, {marketplace, &row.Parts.Marketplace}, {other, &row.Parts.Other}} {
				if part.text == "" {
					continue
				}
				a, err := reconcile.ReadAmount(part.text, reconcile.DecimalPoint)
				if err != nil {
					return err
				}
				*part.to = &a
			}
			return r.withWorkspace(cmd.Context(), func(w *service.Workspace) error { return r.setFigure(cmd.Context(), w, row) })
		},
	}
	f.add(cmd)
	cmd.Flags().StringVar(&total, "total", "", "the `AMOUNT` to pay")
	cmd.Flags().StringVar(&tax, "tax", "", "the tax of it, an `AMOUNT`")
	cmd.Flags().StringVar(&credits, "credits", "", "the credits of it, a negative `AMOUNT`")
	cmd.Flags().StringVar(&marketplace, "marketplace", "", "the marketplace charges of it, an `AMOUNT`")
	cmd.Flags().StringVar(&other, "other", "", "what of it the cost data does not have, an `AMOUNT`")
	cmd.Flags().StringVar(&note, "note", "", "a `TEXT` to store with it")
	cmd.Flags().Int64Var(&version, "version", 0, "save only if the stored amount is of this version `N`")
	return cmd
}

func (r *runner) setFigure(ctx context.Context, w *service.Workspace, row reconcile.Row) error {
	saved, err := w.Reconciliation.SaveFigure(ctx, row)
	if err != nil {
		return err
	}
	if saved.Before != nil {
		r.note("Replaced %s %s of the same invoice.", saved.Before.Total, orNone(saved.Currency))
	}
	br, err := w.Reconciliation.Bridge(ctx, saved.Key)
	if err != nil {
		return err
	}
	return r.printBridges([]*reconcile.Bridge{br})
}

type figureImportFlags struct {
	decimal                  string
	preview, skipBad, asJSON bool
}

func (r *runner) figureImportCommand() *cobra.Command {
	var f figureImportFlags
	cmd := &cobra.Command{
		Use: "import FILE.csv", Short: "Save the invoice amounts of a CSV file, all of them or none", Args: oneName("one file of invoice amounts"),
		Long: `Import reads a CSV file with the columns ` + strings.Join(reconcile.Columns, ", ") + `.
"reconcile template" prints one to fill in. Amounts that are stored of the same invoice are replaced. With --decimal auto
amounts that can be read in two ways, such as 1,234, are refused unless other amounts of the file settle it.
--preview shows what every line does and saves nothing.`,
		RunE: func(cmd *cobra.Command, args []string) error {
			d, err := reconcile.ParseDecimal(f.decimal)
			if err != nil {
				return err
			}
			return r.withWorkspace(cmd.Context(), func(w *service.Workspace) error { return r.importFigures(cmd.Context(), w, args[0], d, &f) })
		},
	}
	cmd.Flags().StringVar(&f.decimal, "decimal", "auto", "how amounts are written: `auto|point|comma`")
	cmd.Flags().BoolVar(&f.preview, "preview", false, "show what every line does, and save nothing")
	cmd.Flags().BoolVar(&f.skipBad, "skip-bad", false, "save the lines that can be saved and leave out the others")
	cmd.Flags().BoolVar(&f.asJSON, "json", false, "print the result as JSON")
	return cmd
}

func (r *runner) importFigures(ctx context.Context, w *service.Workspace, path string, decimal reconcile.Decimal, f *figureImportFlags) error {
	file, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return finops.WrapError(finops.CodeNotFound, err, "There is no file %s.", path)
	}
	if err != nil {
		return finops.WrapError(finops.CodeDenied, err, "%s cannot be opened.", filepath.Base(path))
	}
	defer func() { _ = file.Close() }() // only read
	read, err := w.Reconciliation.ReadFigures(ctx, file, decimal)
	if err != nil {
		return err
	}
	if f.skipBad && !f.preview {
		for _, row := range read.Rows {
			if row.Err != nil {
				r.note("Line %d left out: %s", row.Line, finops.MessageOf(row.Err))
			}
		}
		read.Rows = slices.DeleteFunc(read.Rows, func(row service.FigureRow) bool { return row.Err != nil })
	}
	if !f.preview {
		if err := w.Reconciliation.ImportFigures(ctx, read); err != nil {
			return err
		}
	}
	if f.asJSON {
		return r.importedJSON(read)
	}
	if f.preview {
		return r.printFigures(read)
	}
	for _, row := range read.Rows {
		if row.Before != nil && !row.Same(row.Before) {
			if err := r.print("Line %d replaced %s %s of %s: now %s.\n", row.Line, row.Before.Total, orNone(row.Currency), visible(invoiceName(row.Key)), row.Total); err != nil {
				return err
			}
		}
	}
	if read.Blank > 0 {
		r.note("%s without amounts left out.", things(read.Blank, "line"))
	}
	n := countFigures(read.Rows)
	return r.print("%s saved: %d new, %d replaced, %d unchanged. Amounts read with a decimal %s.\n", things(len(read.Rows), "invoice amount"), n.added, n.replaced, n.same, read.Decimal)
}

type figureCounts struct{ added, replaced, same, refused int }

func countFigures(rows []service.FigureRow) (n figureCounts) {
	for _, row := range rows {
		switch row.State() {
		case service.FigureNew:
			n.added++
		case service.FigureUnchanged:
			n.same++
		case service.FigureRefused:
			n.refused++
		default:
			n.replaced++
		}
	}
	return n
}

func (r *runner) figureTemplateCommand() *cobra.Command {
	return &cobra.Command{
		Use: "template", Short: "Print a CSV file to fill in, with the invoices whose amount is missing", Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return r.withWorkspace(cmd.Context(), func(w *service.Workspace) error {
				rows, err := w.Reconciliation.FigureTemplate(cmd.Context())
				if err != nil {
					return err
				}
				_, err = report.Plain("Invoice amounts", rows).WriteCSV(r.out, report.CSVOptions{})
				return err
			})
		},
	}
}

func (r *runner) figureDeleteCommand() *cobra.Command {
	var f invoiceFlags
	cmd := &cobra.Command{
		Use: "delete", Short: "Delete the amounts of an invoice; the ledger stays as it is", Args: noArguments,
	}
	f.add(cmd)
	seen := versionFlag(cmd)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		if f == (invoiceFlags{}) {
			return finops.Errorf(finops.CodeInvalid, "Name the invoice with --invoice, or --account and --month.")
		}
		if _, err := f.row(); err != nil {
			return err
		}
		return r.withWorkspace(cmd.Context(), func(w *service.Workspace) error { return r.deleteFigure(cmd.Context(), w, &f, seen()) })
	}
	return cmd
}

func (r *runner) deleteFigure(ctx context.Context, w *service.Workspace, f *invoiceFlags, seen int64) error {
	figures, err := w.Reconciliation.Figures(ctx)
	if err != nil {
		return err
	}
	var chosen []reconcile.Figure
	for i := range figures {
		if f.fits(figures[i].Key) {
			chosen = append(chosen, figures[i])
		}
	}
	if len(chosen) == 0 {
		return finops.Errorf(finops.CodeNotFound, "No amount of such an invoice is stored; `%s reconcile` lists the invoices.", program)
	}
	if len(chosen) > 1 {
		return finops.Errorf(finops.CodeInvalid, "%s match. Name one with --invoice, --account, --month, --provider and --currency.", things(len(chosen), "invoice"))
	}
	if err := w.Reconciliation.DeleteFigure(ctx, chosen[0].ID, seen); err != nil {
		return err
	}
	return r.print("The amount of %s (%s %s) was deleted.\n", visible(invoiceName(chosen[0].Key)), chosen[0].Total, orNone(chosen[0].Currency))
}
