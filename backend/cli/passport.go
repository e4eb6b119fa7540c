package cli

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"cloud-intelligence/backend/analysis/passport"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/report"
	"cloud-intelligence/backend/service"
)

func (r *runner) passportCommand() *cobra.Command {
	var out tableFlags
	var dataset string
	cmd := &cobra.Command{
		Use:   "passport",
		Short: "Show how far the data can be relied on, and for which analyses",
		Long: `Passport reads every charge line that counts and reports, for each data set and for the whole workspace, which days
and months have data, what share of the cost names its resource, tags, prices and SKU, which lines are duplicates or
could not be read, and what each gap means for later analyses. docs/data-quality.md explains every measure.`,
		Example: "  " + program + " --workspace acme.cloudintel passport\n  " + program + " --workspace acme.cloudintel passport --json --dataset AWS",
		Args:    noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := out.check(cmd); err != nil {
				return err
			}
			return r.withWorkspace(cmd.Context(), func(w *service.Workspace) error { return r.passport(cmd.Context(), w, dataset, out) })
		},
	}
	out.register(cmd)
	cmd.Flags().StringVar(&dataset, "dataset", "", "only data sets with this `TEXT` in their name: provider/account/export")
	return cmd
}

func (r *runner) passport(ctx context.Context, w *service.Workspace, dataset string, out tableFlags) error {
	info, err := w.Info(ctx)
	if err != nil {
		return err
	}
	p, err := w.Quality.Passport(ctx)
	if err != nil {
		return err
	}
	sets, err := chosenSets(p, dataset)
	if err != nil {
		return err
	}
	if out.file() {
		return r.writeTable(out, w.Path(), sharesTable(info.Name, r.deps.Now(), sets))
	}
	if out.format == "json" {
		o := object{{"workspace", info.Name}, {"today", p.Today}}
		if dataset == "" {
			o = append(o, field{"whole", passportJSON(&p.Whole)})
		}
		list := []object{}
		for i := range sets {
			list = append(list, passportJSON(&sets[i]))
		}
		return writeJSON(r.out, append(o, field{"dataSets", list}))
	}
	if dataset == "" {
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

// sharesTable has a row for each data set and measure: what share of lines and cost is known.
func sharesTable(workspace string, now time.Time, sets []passport.Set) *report.Table {
	t := &report.Table{Title: "Data quality", Question: "What share of lines and cost has each column", Workspace: workspace, AsOf: now, Currency: -1}
	t.Columns = []report.Column{
		{Name: "dataset"}, {Name: "column"}, {Name: "lines", Kind: report.Count}, {Name: "ofLines", Kind: report.Count}, {Name: "shareOfLines", Kind: report.Share},
		{Name: "shareOfUsageLines", Kind: report.Share}, {Name: "shareOfCost", Kind: report.Share}, {Name: "shareOfUsageCost", Kind: report.Share},
	}
	share := func(ratio int, ok bool) *string {
		if !ok {
			return nil
		}
		return new(passport.Decimal(ratio))
	}
	var rows [][]*string
	for i := range sets {
		for j := range sets[i].Shares {
			x := &sets[i].Shares[j]
			rows = append(rows, append(report.Cells(sets[i].ID, x.Column, strconv.FormatInt(x.Lines, 10), strconv.FormatInt(x.OfLines, 10)),
				share(passport.RatioOfCounts(x.Lines, x.OfLines)), share(passport.RatioOfCounts(x.UsageLines, x.OfUsageLines)),
				share(passport.Ratio(x.Cost, x.OfCost)), share(passport.Ratio(x.UsageCost, x.OfUsageCost))))
		}
	}
	t.Rows = report.List(rows)
	return t
}

// chosenSets are those with a text in their name, in any case.
func chosenSets(p *passport.Passport, text string) ([]passport.Set, error) {
	if text == "" {
		return p.Sets, nil
	}
	var chosen []passport.Set
	var names []string
	for _, s := range p.Sets {
		names = append(names, s.ID)
		if strings.Contains(strings.ToLower(s.ID), strings.ToLower(text)) {
			chosen = append(chosen, s)
		}
	}
	if len(chosen) > 0 {
		return chosen, nil
	}
	if len(names) == 0 {
		return nil, finops.Errorf(finops.CodeNotFound, "The workspace has no charges yet, so there is no data set %q.", text)
	}
	return nil, finops.Errorf(finops.CodeNotFound, "No data set has %q in its name. There are: %s.", text, strings.Join(names, "; "))
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
	if err := r.print("%s, %s to %s, %s, imported %s ago\n", things(s.Lines, "line"), c.FirstDay, c.LastDay, s.Grain.Word, things(s.ImportAgeDays, "day")); err != nil {
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
		if err := r.print("%-12s  %s: %s\n", level, name, visible(strings.Join(x.Reasons, " "))); err != nil {
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
