package cli

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"cloud-intelligence/backend/analysis/savings"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/finops/filter"
	"cloud-intelligence/backend/finops/wire"
	"cloud-intelligence/backend/service"
)

// findingFlags say which findings are meant.
type findingFlags struct {
	filterFlags
	asOf      string
	allStates bool
	out       tableFlags
}

func (f *findingFlags) register(cmd *cobra.Command) {
	f.registerWhere(cmd)
	f.registerScope(cmd)
	cmd.Flags().StringVar(&f.asOf, "as-of", "", "the last charge `DAY` that counts; as far as the data is settled otherwise")
}

func (f *findingFlags) question(ctx context.Context, w *service.Workspace) (service.SavingsQuestion, error) {
	chosen, err := f.chosen(ctx, w)
	if err != nil {
		return service.SavingsQuestion{}, err
	}
	asOf, err := parseDay("--as-of", f.asOf)
	return service.SavingsQuestion{Where: chosen.where, AsOf: asOf}, err
}

func (r *runner) findingsCommand() *cobra.Command {
	var f findingFlags
	cmd := &cobra.Command{
		Use: "findings", Short: "List what the client could stop paying for, with the money and the evidence",
		Long: `Findings examines the charge lines with every rule, and lists what could be saved
each month: gross, what commitments absorb, what other findings have taken already, and net. --scope and --where
select findings by their evidence; the rules always see the whole workspace. docs/savings.md lists the rules.`,
		Example: "  " + program + " --workspace acme.cloudintel findings\n  " + program + ` --workspace acme.cloudintel findings --where 'Provider = "AWS"' --json`,
		Args:    noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return r.withWorkspace(cmd.Context(), func(w *service.Workspace) error { return r.findings(cmd.Context(), w, f) })
		},
	}
	f.register(cmd)
	f.out.register(cmd)
	cmd.Flags().BoolVar(&f.allStates, "all-states", false, "also list findings that save too little to count, that a document refutes, or that are done or dismissed")
	cmd.AddCommand(r.findingsExplainCommand(), r.findingsSetCommand(), r.findingsRealisedCommand(), r.findingsHistoryCommand())
	return cmd
}

func (r *runner) findings(ctx context.Context, w *service.Workspace, f findingFlags) error {
	q, err := f.question(ctx, w)
	if err != nil {
		return err
	}
	result, err := w.Savings.Find(ctx, q)
	if err != nil {
		return f.locate(err)
	}
	listed := slices.DeleteFunc(slices.Clone(result.Findings), func(x *savings.Finding) bool {
		return !f.allStates && slices.Contains([]savings.State{savings.BelowFloor, savings.Refuted, savings.Superseded, savings.Done, savings.Dismissed}, x.Shown())
	})
	if f.out.format != "table" {
		tracked, err := w.Savings.Tracked(ctx)
		if err != nil {
			return err
		}
		return r.writeRows(ctx, w, f.out, "Findings", savingsJSON(result, listed, tracked))
	}
	return r.findingsText(result, listed)
}

// findingJSON is a finding with what scripts alone are given of it.
type findingJSON struct {
	service.FindingInfo
	Parameters object         `json:"parameters"`
	Price      *savings.Price `json:"price"` // the first one; null where it rests on none
}

// notExaminedJSON has the reasons in one sentence, too.
type notExaminedJSON struct {
	savings.NotExamined
	Reason string `json:"reason"`
}

func savingsJSON(result *savings.Result, listed []*savings.Finding, tracked []service.TrackedFinding) object {
	return object{
		{"asOf", result.AsOf}, {"findings", findingsJSON(result, listed, tracked)}, {"totals", service.SavingsTotals(result)},
		{"candidateTotals", wire.Each(result.Candidates, func(t savings.Total) savings.Saving { return t.Saving })},
		{"notExamined", wire.Each(result.NotExamined, func(n savings.NotExamined) notExaminedJSON { return notExaminedJSON{n, strings.Join(n.Reasons, " ")} })},
	}
}

func findingsJSON(result *savings.Result, listed []*savings.Finding, tracked []service.TrackedFinding) []findingJSON {
	infos := make([]findingJSON, len(listed))
	for i, info := range service.FindingInfos(result, listed, tracked) {
		infos[i] = findingJSON{FindingInfo: info, Parameters: object{}}
		for _, p := range listed[i].Rule.Parameters {
			infos[i].Parameters = append(infos[i].Parameters, field{p.Name, p.Used()})
		}
		if len(info.Prices) > 0 {
			infos[i].Price = &info.Prices[0]
		}
	}
	return infos
}

// documentTexts say in lines what documents and the provider say of a finding.
func documentTexts(f *savings.Finding) [][2]string {
	var texts [][2]string
	if f.Why != "" {
		texts = append(texts, [2]string{"Because", f.Why})
	}
	for _, d := range f.Documents {
		texts = append(texts, [2]string{"Document", fmt.Sprintf("%s, of %s", d.Name, d.Day)})
	}
	for _, a := range f.Advised {
		amount := ""
		if a.Monthly != nil {
			amount = fmt.Sprintf(" (%s %s a month)", a.Monthly, a.Currency)
		}
		texts = append(texts, [2]string{f.Provider, fmt.Sprintf("%s%s. %s (%s)", a.Said, amount, a.Difference, a.Document.Name)})
	}
	return texts
}

// orNull is a text in JSON, null where there is none.
func orNull(text string) *string {
	if text == "" {
		return nil
	}
	return &text
}

func (r *runner) findingsText(result *savings.Result, listed []*savings.Finding) error {
	if result.AsOf != nil {
		if err := r.print("Charges through %s.\n\n", result.AsOf); err != nil {
			return err
		}
	}
	if len(listed) == 0 {
		if err := r.print("No findings.\n"); err != nil {
			return err
		}
	} else if err := findingsTable(listed).write(r.out); err != nil {
		return err
	}
	if err := r.smallText(result); err != nil {
		return err
	}
	for _, t := range result.Totals {
		if err := r.print("%s: %s a month of %s can be saved.\n", t.Currency, readable(&t.Net, t.Currency), readable(&t.MonthlyCost, t.Currency)); err != nil {
			return err
		}
	}
	for _, t := range result.Candidates {
		if err := r.print("%s: up to %s a month more, if all candidates are confirmed.\n", t.Currency, readable(&t.Net, t.Currency)); err != nil {
			return err
		}
	}
	return r.notExaminedText(result)
}

func findingsTable(listed []*savings.Finding) *table {
	var t table
	for _, name := range []string{"Id", "Rule", "Finding", "Resource", "Account", "Region", "Currency", "Gross", "Net", "State"} {
		t.column(name, name == "Gross" || name == "Net")
	}
	for _, f := range listed {
		state := string(f.Shown())
		if f.Class == savings.Candidate && f.Shown() == savings.Open {
			state = "candidate"
		}
		t.rows = append(t.rows, []string{
			f.ID, f.Rule.ID, f.Rule.Title, f.ResourceID, f.SubAccount, f.Region, f.Currency, monthText(f.Gross, f.Currency), monthText(f.Net, f.Currency), state,
		})
	}
	return &t
}

func monthText(a *finops.Amount, currency string) string {
	if a == nil {
		return "unknown"
	}
	var s finops.Sum
	s.Add(*a)
	return readable(&s, currency)
}

// smallText counts what is not worth a finding.
func (r *runner) smallText(result *savings.Result) error {
	type sum struct {
		n     int
		total finops.Sum
	}
	small := map[string]*sum{}
	var currencies []string
	for _, f := range result.Findings {
		if f.State != savings.BelowFloor {
			continue
		}
		if small[f.Currency] == nil {
			small[f.Currency] = &sum{}
			currencies = append(currencies, f.Currency)
		}
		small[f.Currency].n++
		small[f.Currency].total.Add(*f.Gross)
	}
	slices.Sort(currencies)
	for _, c := range currencies {
		if err := r.print("%s below 1.00 a month: %s %s together.\n", things(small[c].n, "finding"), c, readable(&small[c].total, c)); err != nil {
			return err
		}
	}
	return nil
}

// notExaminedText lists the reasons, each with the rules that it is about.
func (r *runner) notExaminedText(result *savings.Result) error {
	rules := map[string][]string{}
	var reasons []string
	for _, n := range result.NotExamined {
		for _, reason := range n.Reasons {
			if rules[reason] == nil {
				reasons = append(reasons, reason)
			}
			rules[reason] = append(rules[reason], n.Rule)
		}
	}
	slices.Sort(reasons)
	for i, reason := range reasons {
		if i == 0 {
			if err := r.print("\nNot examined:\n"); err != nil {
				return err
			}
		}
		const few = 4
		about := strings.Join(rules[reason], ", ")
		if len(rules[reason]) > few {
			about = things(len(rules[reason]), "rule")
		}
		if err := r.print("  %s %s\n", about+":", visible(reason)); err != nil {
			return err
		}
	}
	return nil
}

func (r *runner) findingsExplainCommand() *cobra.Command {
	var f findingFlags
	cmd := &cobra.Command{
		Use: "explain ID", Short: "Calculate a finding again from its charge lines, and list them",
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) != 1 {
				return finops.Errorf(finops.CodeInvalid, "Name one finding; `%s findings` lists their ids. See `%s --help`.", program, cmd.CommandPath())
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			return r.withWorkspace(cmd.Context(), func(w *service.Workspace) error { return r.explain(cmd.Context(), w, args[0], f) })
		},
	}
	f.register(cmd)
	cmd.Flags().BoolVar(&f.out.json, "json", false, "print as JSON")
	return cmd
}

func (r *runner) explain(ctx context.Context, w *service.Workspace, id string, f findingFlags) error {
	q, err := f.question(ctx, w)
	if err != nil {
		return err
	}
	x, e, err := w.Savings.Explain(ctx, id, q)
	if err != nil {
		return f.locate(err)
	}
	tracked, err := w.Savings.Tracked(ctx)
	if err != nil {
		return err
	}
	if f.out.json {
		return writeJSON(r.out, struct {
			findingJSON
			Evidence object `json:"evidence"`
		}{findingsJSON(&savings.Result{}, []*savings.Finding{x}, tracked)[0], object{{"where", filter.Print(e.Where)}, {"lineIds", e.Lines}, {"formula", e.Formula}, {"steps", e.Steps}}})
	}
	return r.explainText(x, e, decidedText(tracked, x.ID))
}

func (r *runner) explainText(f *savings.Finding, e *savings.Evidence, decided [][2]string) error {
	resource := f.ResourceID
	if resource == "" {
		resource = "no resource id; account " + f.SubAccount
	}
	texts := [][2]string{
		{"Finding", f.Rule.Title + " (" + f.Rule.ID + ")"}, {"Resource", resource}, {"Detects", f.Rule.Detects}, {"Rests on", f.Rule.RestsOn},
		{"Refuted by", f.Rule.RefutedBy}, {"Evidence", fmt.Sprintf("%s, %s to %s", things(len(e.Lines), "line"), f.FirstDay, f.LastDay)},
		{"Filter", filter.Print(e.Where)}, {"Formula", e.Formula},
	}
	for _, t := range slices.Concat(texts, documentTexts(f), decided) {
		if err := r.print("%-11s %s\n", t[0]+":", visible(t[1])); err != nil {
			return err
		}
	}
	var steps table
	steps.column("Step", false)
	steps.column("Amount", true)
	for _, s := range e.Steps {
		steps.rows = append(steps.rows, []string{s.Label, s.Amount})
	}
	if err := r.print("\n"); err != nil {
		return err
	}
	if err := steps.write(r.out); err != nil {
		return err
	}
	fix := f.Rule.Fix
	return r.print("\nConsole:   %s\nCommand:   %s\nTerraform: %s\n", visible(fix.Console), visible(fix.CLI), visible(fix.Terraform))
}
