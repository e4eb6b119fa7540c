package cli

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"cloud-intelligence/backend/analysis/migration"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/finops/wire"
	"cloud-intelligence/backend/pricebook"
	"cloud-intelligence/backend/service"
)

// today is the day on which the command runs, or the one of --as-of.
func (r *runner) today(asOf string) (finops.Day, error) {
	day, err := parseDay("--as-of", asOf)
	if err != nil || day == nil {
		return finops.DayOfUnix(r.deps.Now().Unix()), err
	}
	return *day, nil
}

type newFlags struct {
	file, workloads, asOf string
	fromLedger            bool
	version               int64
}

func (r *runner) migrateNewCommand() *cobra.Command {
	var f newFlags
	cmd := &cobra.Command{
		Use: "new NAME", Short: "Keep a profile in the workspace as an assessment", Args: oneName("the assessment one name"),
		Long: `New keeps a profile under a name; it may still have wrong fields, which show lists. An assessment of that name is an error, unless
--version says which version is replaced.

--workloads reads the lines of a CSV file or of the first sheet of an Excel workbook: a table with the names of the workload fields, an RVTools export (vInfo), or
the import file of Azure Migrate. They take the place of those in --file.

--from-ledger makes the profile of the last complete month of the bills: machines and database servers of one type, system and region
become a line; those that come and go are a line for each pool, with the average that ran at once. It lists each line with its confidence, and what became no line with its money. --file gives the rest of the profile.`,
		Example: "  " + program + " --workspace acme.cloudintel migrate new Move --file profile.json --workloads RVTools_tabvInfo.csv\n" +
			"  " + program + " --workspace acme.cloudintel migrate new Today --from-ledger",
		RunE: func(cmd *cobra.Command, args []string) error {
			return r.newAssessment(cmd.Context(), strings.TrimSpace(args[0]), f)
		},
	}
	cmd.Flags().StringVar(&f.file, "file", "", "the profile `FILE`; - for standard input")
	cmd.Flags().StringVar(&f.workloads, "workloads", "", "a CSV or Excel `FILE` with machines")
	cmd.Flags().BoolVar(&f.fromLedger, "from-ledger", false, "make the profile of the bills")
	cmd.Flags().StringVar(&f.asOf, "as-of", "", "with --from-ledger: the last `DAY` that counts")
	cmd.Flags().Int64Var(&f.version, "version", 0, "the `VERSION` that is replaced; 0 = there is none")
	return cmd
}

func (r *runner) newAssessment(ctx context.Context, name string, f newFlags) (err error) {
	var profile []byte
	switch {
	case f.fromLedger && f.workloads != "":
		return finops.Errorf(finops.CodeInvalid, "Choose one of --from-ledger and --workloads.")
	case f.fromLedger && f.file != "":
		if profile, err = readProfile(f.file); err != nil {
			return err
		}
	case !f.fromLedger:
		if profile, err = r.newProfile(ctx, name, f.file, f.workloads); err != nil {
			return err
		}
	}
	asOf, err := parseDay("--as-of", f.asOf)
	if err != nil {
		return err
	}
	return r.withWorkspace(ctx, func(w *service.Workspace) error {
		var draft *migration.Draft
		if f.fromLedger {
			if profile, draft, err = w.Migrations.FromLedger(ctx, name, profile, asOf); err != nil {
				return err
			}
			if err := r.printDraft(draft); err != nil {
				return err
			}
		}
		now, err := w.Migrations.Save(ctx, name, profile, draft, f.version)
		if err != nil {
			return err
		}
		return r.print("Saved the assessment %s, version %d.\n", visible(name), now)
	})
}

// printDraft lists what a profile was made of.
func (r *runner) printDraft(d *migration.Draft) error {
	of := []string{d.Month.String()}
	if slices.ContainsFunc(d.Months, func(m migration.ProviderMonth) bool { return m.Month != d.Month }) {
		of = monthsOf(d.Months)
	}
	if err := r.print("Charges of %s\n", strings.Join(of, ", ")); err != nil {
		return err
	}
	if len(d.LeftOut) > 0 {
		if err := r.print("Left out: %s\n", strings.Join(leftOut(d.LeftOut), "; ")); err != nil {
			return err
		}
	}
	if err := r.print("\n"); err != nil {
		return err
	}
	var lines table
	for i, name := range []string{"Workload", "Resources", "Cost", "Confidence", "How they were counted"} {
		lines.column(name, i > 0)
	}
	for _, l := range d.Lines {
		lines.rows = append(lines.rows, []string{l.Name, strconv.Itoa(l.Resources), money(l.Costs), string(l.Confidence), l.Note})
	}
	if err := lines.write(r.out); err != nil {
		return err
	}
	if err := r.print("\nNot mapped\n"); err != nil {
		return err
	}
	var rest table
	for i, name := range []string{"Service", "Cost", "Reason"} {
		rest.column(name, i == 1)
	}
	for _, u := range d.Unmapped {
		rest.rows = append(rest.rows, []string{u.Service, money([]migration.CurrencyTotal{{Currency: u.Currency, Cost: u.Monthly}}), u.Reason})
	}
	if err := rest.write(r.out); err != nil {
		return err
	}
	return r.print("\n")
}

// monthsOf names providers with a month each.
func monthsOf(list []migration.ProviderMonth) (names []string) {
	for _, m := range list {
		names = append(names, fmt.Sprintf("%s %s", cmp.Or(m.Provider, "no provider named"), m.Month))
	}
	return names
}

// leftOut says of each provider why its bills are not used.
func leftOut(list []migration.ProviderMonth) (reasons []string) {
	for _, m := range list {
		reason := fmt.Sprintf("whose last complete month is %s", m.Month)
		if m.Month == 0 {
			reason = "which has no complete month"
		}
		reasons = append(reasons, cmp.Or(m.Provider, "no provider named")+", "+reason)
	}
	return reasons
}

func money(costs []migration.CurrencyTotal) string {
	var parts []string
	for _, c := range costs {
		var s finops.Sum
		s.Add(c.Cost)
		parts = append(parts, readable(&s, c.Currency)+" "+orNone(c.Currency))
	}
	return strings.Join(parts, ", ")
}

// newProfile puts a profile together of a file and a table of machines.
func (r *runner) newProfile(ctx context.Context, name, file, workloads string) (profile []byte, err error) {
	if file == "" && workloads == "" {
		return nil, finops.Errorf(finops.CodeInvalid, "Say what the assessment is of: give --file FILE, --workloads FILE or both.")
	}
	if file != "" {
		if profile, err = readProfile(file); err != nil {
			return nil, err
		}
	}
	if workloads == "" {
		return profile, nil
	}
	inventory, err := service.ReadWorkloads(ctx, workloads)
	if err != nil {
		return nil, err
	}
	if len(inventory.Wrong) > 0 {
		for _, e := range inventory.Wrong {
			r.note("%s", sentence(e.Message))
		}
		return nil, &exitError{exitWrong, "The table has " + things(len(inventory.Wrong), "wrong cell") + "; nothing was saved."}
	}
	r.note("Read %s.", things(len(inventory.Lines), "line"))
	if len(inventory.Off) > 0 {
		r.note("Left out because switched off: %s.", strings.Join(inventory.Off, ", "))
	}
	if len(inventory.Unused) > 0 {
		r.note("Not used: %s.", strings.Join(inventory.Unused, ", "))
	}
	return service.WithWorkloads(profile, name, inventory.Lines)
}

func (r *runner) migrateListCommand() *cobra.Command {
	var out tableFlags
	cmd := &cobra.Command{
		Use: "list", Short: "List the assessments of the workspace", Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return r.withWorkspace(cmd.Context(), func(w *service.Workspace) error { return r.listAssessments(cmd.Context(), w, out) })
		},
	}
	out.register(cmd)
	return cmd
}

func (r *runner) listAssessments(ctx context.Context, w *service.Workspace, out tableFlags) error {
	if out.file() {
		return r.writeList(ctx, w, out, service.ListAssessments)
	}
	saved, err := w.Migrations.List(ctx)
	if err != nil {
		return err
	}
	if out.format == "json" {
		all := []object{}
		for _, a := range saved {
			all = append(all, assessmentFields(a))
		}
		return writeJSON(r.out, object{{"assessments", all}})
	}
	if len(saved) == 0 {
		return r.print("The workspace has no assessments.\n")
	}
	t := table{}
	for i, name := range []string{"Name", "Version", "Changed", "By"} {
		t.column(name, i == 1)
	}
	for _, a := range saved {
		t.rows = append(t.rows, []string{a.Name, strconv.FormatInt(a.Version, 10), minute(a.ChangedAt), a.ChangedBy})
	}
	return t.write(r.out)
}

func assessmentFields(a service.Assessment) object {
	return object{{"name", a.Name}, {"version", a.Version}, {"changedAt", a.ChangedAt.UTC().Format(time.RFC3339)}, {"changedBy", a.ChangedBy}}
}

func (r *runner) migrateShowCommand() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use: "show NAME", Short: "Print an assessment and what it came to the last time", Args: oneName("the assessment by its name"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return r.withWorkspace(cmd.Context(), func(w *service.Workspace) error { return r.showAssessment(cmd.Context(), w, args[0], asJSON) })
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print the profile, what is wrong in it, and the result as JSON")
	return cmd
}

// madeResult is a result with when it was made.
type madeResult struct {
	service.MadeInfo
	Assessment *migration.Result `json:"assessment"`
}

func (r *runner) showAssessment(ctx context.Context, w *service.Workspace, name string, asJSON bool) error {
	a, err := w.Migrations.ByName(ctx, name)
	if err != nil {
		return err
	}
	wrong, err := w.Migrations.Check(ctx, a, finops.DayOfUnix(r.deps.Now().Unix()))
	if err != nil {
		return err
	}
	all, err := w.Migrations.Results(ctx, a.Name)
	if err != nil {
		return err
	}
	var made *service.MadeAssessment
	if len(all) > 0 {
		made = &all[0]
	}
	if asJSON {
		fields := append(assessmentFields(a), field{"profile", a.Profile}, field{"origin", a.Origin}, field{"errors", wire.List(wrong)}, field{"result", nil})
		if made != nil {
			fields[len(fields)-1] = field{"result", madeResult{made.Info(), &made.Result}}
		}
		return writeJSON(r.out, append(fields, field{"results", wire.Each(all, func(one service.MadeAssessment) service.MadeInfo { return one.Info() })}))
	}
	for _, e := range wrong {
		r.note("%s", sentence(e.Message))
	}
	if made == nil {
		return r.print("%s, version %d, was not made yet: migrate assess --name %s\n", visible(a.Name), a.Version, strconv.Quote(a.Name))
	}
	if err := r.print("%s, version %d, made %s by %s with %s as today\n\n", visible(a.Name), made.Version, minute(made.MadeAt), visible(made.MadeBy), made.AsOf); err != nil {
		return err
	}
	if err := r.printAssessment(&made.Result); err != nil || len(all) == 1 {
		return err
	}
	if err := r.print("\nResults\n"); err != nil {
		return err
	}
	var t table
	for i, name := range []string{"Number", "Made", "By", "Price tables"} {
		t.column(name, i == 0)
	}
	for _, one := range all {
		t.rows = append(t.rows, []string{strconv.FormatInt(one.ID, 10), minute(one.MadeAt), one.MadeBy, one.Result.PriceBook.Version})
	}
	return t.write(r.out)
}

func (r *runner) migrateCompareCommand() *cobra.Command {
	var out tableFlags
	var before, after int64
	cmd := &cobra.Command{
		Use: "compare NAME", Short: "Show how one result of an assessment differs from another", Args: oneName("the assessment by its name"),
		Long: "Compare lists the lines whose target or cost differs between the newest result and the one before, or between any two: show says their numbers.",
		RunE: func(cmd *cobra.Command, args []string) error {
			return r.withWorkspace(cmd.Context(), func(w *service.Workspace) error {
				c, err := w.Migrations.Compare(cmd.Context(), args[0], before, after)
				if err != nil {
					return err
				}
				return r.printChanges(cmd.Context(), w, c, out)
			})
		},
	}
	out.register(cmd)
	cmd.Flags().Int64Var(&before, "before", 0, "the `NUMBER` of the first result; 0 = the one before the other")
	cmd.Flags().Int64Var(&after, "after", 0, "the `NUMBER` of the second result; 0 = the newest")
	return cmd
}

func (r *runner) printChanges(ctx context.Context, w *service.Workspace, c *service.AssessmentChanges, out tableFlags) error {
	if out.file() || out.format == "json" {
		return r.writeRows(ctx, w, out, "Changes of an assessment", object{{"before", c.Before.Info()}, {"after", c.After.Info()}, {"lines", c.Lines}})
	}
	if err := r.print("Version %d with price tables %s, compared with version %d with %s\n\n", c.After.Version, c.After.Result.PriceBook.Version, c.Before.Version, c.Before.Result.PriceBook.Version); err != nil {
		return err
	}
	if len(c.Lines) == 0 {
		return r.print("No line differs.\n")
	}
	var t table
	for i, name := range []string{"Provider", "Workload", "Target before", "Target", "Monthly before", "Monthly"} {
		t.column(name, i > 3)
	}
	target := func(name *string) string {
		if name == nil {
			return "–"
		}
		return *name
	}
	for _, l := range c.Lines {
		t.rows = append(t.rows, []string{pricebook.ProviderName(l.Provider), l.Name, target(l.TargetBefore), target(l.TargetAfter), usd(l.MonthlyBefore), usd(l.MonthlyAfter)})
	}
	return t.write(r.out)
}

func (r *runner) migrateDeleteCommand() *cobra.Command {
	return r.deletion("delete", "Remove an assessment with its results", "the assessment", func(w *service.Workspace) deleteFunc { return w.Migrations.Delete })
}

func (r *runner) migrateExportCommand() *cobra.Command {
	var format, out, part string
	cmd := &cobra.Command{
		Use: "export NAME", Short: "Write what an assessment came to, or its plan, to a file", Args: oneName("the assessment by its name"),
		Long: `Export writes the result that show prints. csv and xlsx have one of its tables: a row for each workload on each provider, each provider
with cost by component, term and one-off part, each month of the cash flow, what each score is made
of, how far each assumption moves the net present value, each task of the plan, how often each provider is first with other weights, the scores
under other assumptions, the workloads in no total, or the oldest figure used of each price table. project is XML that Microsoft Project opens,
calendar an iCalendar file (.ics) with the phases of the plan.`,
		Example: "  " + program + " --workspace acme.cloudintel migrate export Move --format project --out plan.xml",
		RunE: func(cmd *cobra.Command, args []string) error {
			if format != "csv" && format != "xlsx" && format != "project" && format != "calendar" {
				return finops.Errorf(finops.CodeInvalid, "--format is %q; it can be csv, xlsx, project or calendar.", format)
			}
			if out == "" && format != "csv" {
				return finops.Errorf(finops.CodeInvalid, "Name the file to write with --out FILE.")
			}
			return r.withWorkspace(cmd.Context(), func(w *service.Workspace) error {
				return r.exportAssessment(cmd.Context(), w, args[0], service.MigrationPart(part), format, out)
			})
		},
	}
	cmd.Flags().StringVar(&part, "table", string(service.MigrationLines), "`"+service.MigrationNames("|")+"`, of csv and xlsx")
	cmd.Flags().StringVar(&format, "format", "csv", "`csv|xlsx|project|calendar`")
	cmd.Flags().StringVar(&out, "out", "", "the `FILE` to write, replaced when it exists; csv goes to stdout otherwise")
	return cmd
}

func (r *runner) exportAssessment(ctx context.Context, w *service.Workspace, name string, part service.MigrationPart, format, out string) error {
	a, err := w.Migrations.ByName(ctx, name)
	if err != nil {
		return err
	}
	made, err := w.Migrations.Newest(ctx, a.Name)
	if err != nil {
		return err
	}
	if made == nil {
		return finops.Errorf(finops.CodeInvalid, "The assessment %s was not made yet. Make it with `migrate assess --name`.", a.Name)
	}
	if format == "csv" || format == "xlsx" {
		t, err := service.MigrationTable(part, a.Name, &made.Result, a.Tasks, made.MadeAt)
		if err != nil {
			return err
		}
		info, err := w.Info(ctx)
		if err != nil {
			return err
		}
		t.Workspace = info.Name
		return r.writeTable(tableFlags{format: format, out: out}, w.Path(), t)
	}
	if err := checkTarget(out, w.Path()); err != nil {
		return err
	}
	plan := service.MigrationSchedule(a.Name, &made.Result, a.Tasks, made.MadeAt)
	err = writeWhole(out, func(file io.Writer) error {
		if format == "project" {
			return plan.WriteProject(file)
		}
		return plan.WriteCalendar(file)
	})
	if err != nil {
		return err
	}
	r.note("Wrote %s to %s.", things(len(plan.Tasks), "phase"), out)
	return nil
}

// assessSaved makes an assessment of the workspace.
func (r *runner) assessSaved(ctx context.Context, f assessFlags, today finops.Day) (result *migration.Result, err error) {
	err = r.withWorkspace(ctx, func(w *service.Workspace) error {
		result, err = w.Migrations.Make(ctx, f.name, today, f.prices, nil)
		return err
	})
	return result, err
}
