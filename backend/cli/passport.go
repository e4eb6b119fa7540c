package cli

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"cloud-intelligence/backend/analysis/passport"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/service"
)

type passportFlags struct {
	tableFlags
	dataset string
	rows    string
}

func (r *runner) passportCommand() *cobra.Command {
	var f passportFlags
	cmd := &cobra.Command{
		Use:   "passport",
		Short: "Show how far the data can be relied on, and for which analyses",
		Long: `Passport reads every charge line that counts and reports, for each data set and for the whole workspace, which days
and months have data, what share of the cost names its resource, tags, prices and SKU, which lines are duplicates or
could not be read, and what each gap means for later analyses. docs/data-quality.md explains every measure.`,
		Example: "  " + program + " --workspace acme.cloudintel passport\n  " + program + " --workspace acme.cloudintel passport --json --dataset AWS",
		Args:    noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if cmd.Flags().Changed("rows") && !f.file() {
				return finops.Errorf(finops.CodeInvalid, "--rows goes with --format csv or --format xlsx; the other formats have all of it.")
			}
			return r.withWorkspace(cmd.Context(), func(w *service.Workspace) error {
				if f.file() {
					return r.passportTable(cmd.Context(), w, &f)
				}
				return r.passport(cmd.Context(), w, &f)
			})
		},
	}
	f.register(cmd)
	cmd.Flags().StringVar(&f.rows, "rows", string(service.QualityShares), "the table of csv and xlsx, one of `"+service.QualityNames("|")+"`")
	cmd.Flags().StringVar(&f.dataset, "dataset", "", "only data sets with this `TEXT` in their name: provider/account/export")
	return cmd
}

func (r *runner) passportTable(ctx context.Context, w *service.Workspace, f *passportFlags) error {
	t, err := w.Tables.Quality(ctx, service.QualityPart(f.rows), f.dataset)
	if err != nil {
		return err
	}
	return r.writeTable(f.tableFlags, w.Path(), t)
}

func (r *runner) passport(ctx context.Context, w *service.Workspace, f *passportFlags) error {
	info, err := w.Info(ctx)
	if err != nil {
		return err
	}
	p, err := w.Quality.Passport(ctx)
	if err != nil {
		return err
	}
	if f.format == "json" {
		d, err := p.Document(info.Name, f.dataset)
		if err != nil {
			return err
		}
		return d.WriteJSON(r.out)
	}
	sets, err := p.Choose(f.dataset)
	if err != nil {
		return err
	}
	if f.dataset == "" {
		if err := r.wholeText(info.Name, p); err != nil {
			return err
		}
	}
	for i := range sets {
		if err := r.setText(&sets[i]); err != nil {
			return err
		}
	}
	return nil
}

func (r *runner) wholeText(name string, p *passport.Passport) error {
	if err := r.print("%s: data quality on %s\n", visible(name), p.Today); err != nil {
		return err
	}
	if p.Whole.Lines == 0 && p.Whole.RejectLines == 0 {
		return r.print("\nThe workspace has no charges yet. `%s import` reads bills.\n", program)
	}
	if err := r.print("%s in %s\n\n", things(p.Whole.Lines, "line"), things(len(p.Sets), "data set")); err != nil {
		return err
	}
	return r.judgement(&p.Whole)
}

func (r *runner) setText(s *passport.Set) error {
	name := s.ID
	if s.AccountName != "" {
		name += " (" + s.AccountName + ")"
	}
	if err := r.print("\n\n%s\n", visible(name)); err != nil {
		return err
	}
	c := s.Coverage
	if err := r.print("%s, %s to %s, %s, imported %s ago\n", things(s.Lines, "line"), c.FirstDay, c.Through(), s.Grain.Word, things(s.ImportAgeDays, "day")); err != nil {
		return err
	}
	if err := r.currenciesText(s); err != nil {
		return err
	}
	if err := r.sharesText(s); err != nil {
		return err
	}
	if err := r.unmappedText(s); err != nil {
		return err
	}
	if err := r.print("\n"); err != nil {
		return err
	}
	return r.judgement(s)
}

func (r *runner) currenciesText(s *passport.Set) error {
	var t table
	for i, name := range []string{"Currency", "lines", "billed", "effective"} {
		t.column(name, i > 0)
	}
	for _, c := range s.Currencies {
		t.rows = append(t.rows, []string{orNone(c.Code), count(c.Lines), readable(c.Billed, c.Code), readable(c.Effect, c.Code)})
	}
	if err := r.print("\n"); err != nil {
		return err
	}
	return t.write(r.out)
}

func (r *runner) sharesText(s *passport.Set) error {
	var t table
	for i, name := range []string{"Known", "of the lines", "of usage lines", "of the cost", "of usage cost"} {
		t.column(name, i > 0)
	}
	for i := range s.Shares {
		x := &s.Shares[i]
		t.rows = append(t.rows, []string{
			x.Column, percentOfLines(x.Lines, x.OfLines), percentOfLines(x.UsageLines, x.OfUsageLines), percentOfCost(x.Cost, x.OfCost), percentOfCost(x.UsageCost, x.OfUsageCost),
		})
	}
	if err := r.print("\n"); err != nil {
		return err
	}
	return t.write(r.out)
}

func percentOfLines(part, whole int64) string {
	n, ok := passport.RatioOfCounts(part, whole)
	return percentText(n, ok)
}

func percentOfCost(part, whole finops.Sum) string {
	n, ok := passport.Ratio(part, whole)
	return percentText(n, ok)
}

func percentText(n int, ok bool) string {
	if !ok {
		return "-"
	}
	return passport.Percent(n)
}

func (r *runner) unmappedText(s *passport.Set) error {
	if len(s.Unmapped) == 0 {
		return nil
	}
	var t table
	for i, name := range []string{"Unmapped service", "category", "SKU", "lines", "cost", "missing"} {
		t.column(name, i == 3 || i == 4)
	}
	for _, u := range s.Unmapped {
		t.rows = append(t.rows, []string{keyText(u.ServiceName), keyText(u.ServiceCategory), keyText(u.SKUID), count(u.Lines), readable(&u.Cost, u.Currency) + " " + orNone(u.Currency), strings.Join(u.Reasons, ", ")})
	}
	if err := r.print("\n"); err != nil {
		return err
	}
	return t.write(r.out)
}

// judgement prints the verdict, readiness and findings. Sentences get lines of their own: they are too
// long for the cells of a table.
func (r *runner) judgement(s *passport.Set) error {
	if err := r.print("%s\n\n", visible(s.Verdict)); err != nil {
		return err
	}
	for _, x := range s.Readiness {
		level, name := strings.ReplaceAll(string(x.Level), "_", " "), x.Analysis
		if !x.Available {
			name += " (not in this version)"
			if x.Level == passport.Ready {
				level = "sufficient"
			}
		}
		if err := r.print("%-12s  %s: %s\n", level, name, visible(reasonsText(s, x.Reasons))); err != nil {
			return err
		}
	}
	if err := r.print("\n"); err != nil {
		return err
	}
	for _, f := range s.Findings {
		text := f.Sentence
		if slices.Contains([]passport.Severity{passport.Problem, passport.Gap}, f.Severity) {
			text = strings.TrimSpace(text + " " + f.Meaning + " " + f.Action)
		}
		if err := r.print("%-7s  %s\n", f.Severity, visible(text)); err != nil {
			return err
		}
	}
	return nil
}

// reasonsMost is how many data sets a line about all of them names; each is shown with its own reasons below.
const reasonsMost = 3

// reasonsText are the reasons of one data set, or the first data sets of all with theirs.
func reasonsText(s *passport.Set, reasons []string) string {
	more := len(reasons) - reasonsMost
	if s.ID != "" || more <= 0 {
		return strings.Join(reasons, " ")
	}
	return fmt.Sprintf("%s And %s below.", strings.Join(reasons[:reasonsMost], " "), things(more, "more data set"))
}
