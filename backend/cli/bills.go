package cli

import (
	"context"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/ingest"
	"cloud-intelligence/backend/service"
)

// billFlags name one bill.
type billFlags struct{ provider, account, month string }

func (f *billFlags) register(cmd *cobra.Command) {
	cmd.Flags().StringVar(&f.month, "month", "", "the billing `MONTH`, YYYY-MM")
	cmd.Flags().StringVar(&f.provider, "provider", "", "the `PROVIDER`, where several have a bill of the month")
	cmd.Flags().StringVar(&f.account, "account", "", "the billing `ACCOUNT`, where several have a bill of the month")
}

// find returns the bill that the flags name; it must be the only one.
func (f *billFlags) find(bills []service.BillInfo) (*service.BillInfo, error) {
	if f.month == "" {
		return nil, finops.Errorf(finops.CodeInvalid, "Say which bill is meant: give --month, and --provider and --account where the month has several bills.")
	}
	month, err := finops.ParseMonth(f.month)
	if err != nil {
		return nil, err
	}
	var found []*service.BillInfo
	for i := range bills {
		b := &bills[i]
		if b.Month == month && sameProvider(f.provider, b.Provider) && sameAccount(f.account, b.Account) {
			found = append(found, b)
		}
	}
	switch len(found) {
	case 0:
		return nil, finops.Errorf(finops.CodeNotFound, "There is no such bill; `%s bills` lists them.", program)
	case 1:
		return found[0], nil
	}
	return nil, finops.Errorf(finops.CodeInvalid, "%s bills of %s match; name one with --provider and --account.", count(len(found)), month)
}

// sameProvider and sameAccount compare what a flag names with a bill; "" names all.
func sameProvider(given, have string) bool {
	return given == "" || strings.EqualFold(finops.CanonicalProvider(given), finops.CanonicalProvider(have))
}

func sameAccount(given, have string) bool {
	return given == "" || strings.EqualFold(finops.CanonicalAccount(given), finops.CanonicalAccount(have))
}

func (r *runner) billsCommand() *cobra.Command {
	var out tableFlags
	var history bool
	cmd := &cobra.Command{
		Use: "bills", Short: "List the bills, and which export is used for each", Args: noArguments,
		Long: `Bills lists the bills of each provider, billing account and month, and which files are used for them.
A bill may come from two exports, or in two views of one; one of them counts and the other does not,
so that every cost counts once. With --history it lists every version that was imported, with its totals;
csv, json and xlsx always do.`,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return r.withWorkspace(cmd.Context(), func(w *service.Workspace) error { return r.listBills(cmd.Context(), w, out, history) })
		},
	}
	out.register(cmd)
	cmd.Flags().BoolVar(&history, "history", false, "also list versions that were replaced or undone")
	cmd.AddCommand(r.billChangesCommand(), r.billUseCommand())
	return cmd
}

func (r *runner) listBills(ctx context.Context, w *service.Workspace, out tableFlags, history bool) error {
	if out.file() {
		t, err := w.Tables.Bills(ctx, service.BillFilter{})
		if err != nil {
			return err
		}
		return r.writeTable(out, w.Path(), t)
	}
	bills, err := w.Bills.List(ctx)
	if err != nil {
		return err
	}
	if out.format == "json" {
		return writeJSON(r.out, object{{"bills", bills}})
	}
	var t table
	for _, name := range []string{"Month", "Provider", "Account", "State", "Export", "Lines", "Charges through", "Billed", "Import", "Files"} {
		t.column(name, name == "Lines" || name == "Billed" || name == "Import")
	}
	for i := range bills {
		b := &bills[i]
		for _, v := range b.Versions {
			if !history && v.State != service.VersionCounted && v.State != service.VersionExcluded {
				continue
			}
			t.rows = append(t.rows, []string{
				b.Month.String(), b.Provider, b.Account, v.StateTitle, exportText(v.Export, v.Part), count(v.Lines), v.LastDay,
				billedText(v.Totals), strconv.FormatInt(v.ImportID, 10), shortFiles(v.Files),
			})
		}
	}
	return t.write(r.out)
}

func exportText(export, part string) string {
	if part == "" {
		return export
	}
	return export + " (" + part + ")"
}

func billedText(totals []ingest.Total) string {
	var parts []string
	for _, t := range totals {
		if t.Metric == finops.BilledCost {
			parts = append(parts, t.Currency+" "+readable(&t.Amount, t.Currency))
		}
	}
	return strings.Join(parts, ", ")
}

func shortFiles(files []string) string {
	if len(files) == 1 {
		return filepath.Base(files[0])
	}
	return things(len(files), "file")
}

func (r *runner) billUseCommand() *cobra.Command {
	var f billFlags
	cmd := &cobra.Command{
		Use: "choose EXPORT", Short: "Choose which export is used for a bill that comes from several",
		Long: `Choose says which export of a bill is used, as ` + "`bills`" + ` names it: focus, aws-cur … The others are excluded from
totals. With "all" every export counts, which adds their costs: right only where they are different parts of the bill.
With "account" the charges under the account of this bill count, where the same ones count under another account; "none"
forgets what was chosen.`,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) != 1 {
				return finops.Errorf(finops.CodeInvalid, "Name one export; `%s bills` lists them. See `%s --help`.", program, cmd.CommandPath())
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			return r.withWorkspace(cmd.Context(), func(w *service.Workspace) error {
				bills, err := w.Bills.List(cmd.Context())
				if err != nil {
					return err
				}
				b, err := f.find(bills)
				if err != nil {
					return err
				}
				export, said := args[0], visible(args[0])+" is used"
				switch args[0] {
				case "all":
					export, said = service.AllExports, "all exports count"
				case "account":
					export, said = service.ThisAccount, "the charges under this account count"
				case "none":
					export, said = "", "nothing is chosen any more"
				}
				if err := w.Bills.UseExport(cmd.Context(), b.Bill, export); err != nil {
					return err
				}
				return r.print("%s: %s.\n", visible(billText(b.Bill)), said)
			})
		},
	}
	f.register(cmd)
	return cmd
}
