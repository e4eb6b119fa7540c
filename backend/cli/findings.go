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
	"cloud-intelligence/backend/service"
)

// findingFlags say which findings are meant.
type findingFlags struct {
	filterFlags
	asOf      string
	allStates bool
	json      bool
}

func (f *findingFlags) register(cmd *cobra.Command) {
	f.registerWhere(cmd)
	f.registerScope(cmd)
	cmd.Flags().StringVar(&f.asOf, "as-of", "", "the last charge `DAY` that counts; as far as the data is settled otherwise")
	cmd.Flags().BoolVar(&f.json, "json", false, "print as JSON")
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
	if f.json {
		tracked, err := w.Savings.Tracked(ctx)
		if err != nil {
			return err
		}
		return writeJSON(r.out, savingsJSON(result, listed, tracked))
	}
	return r.findingsText(result, listed)
}

func savingsJSON(result *savings.Result, listed []*savings.Finding, tracked []service.TrackedFinding) object {
	findings, totals, candidates, not := []object{}, []object{}, []object{}, []object{}
	for _, f := range listed {
		findings = append(findings, append(savingJSON(f), field{"progress", progressJSON(tracked, f.ID)}))
	}
	for _, t := range result.Totals {
		totals = append(totals, totalJSON(t, true))
	}
	for _, t := range result.Candidates {
		candidates = append(candidates, totalJSON(t, false))
	}
	for _, n := range result.NotExamined {
		not = append(not, object{{"rule", n.Rule}, {"provider", n.Provider}, {"reason", strings.Join(n.Reasons, " ")}})
	}
	return object{{"asOf", result.AsOf}, {"findings", findings}, {"totals", totals}, {"candidateTotals", candidates}, {"notExamined", not}}
}

func totalJSON(t savings.Total, cost bool) object {
	o := object{{"currency", t.Currency}, {"gross", t.Gross}, {"absorbed", t.Absorbed}, {"overlap", t.Overlap}, {"net", t.Net}}
	if cost {
		o = append(o, field{"monthlyCost", t.MonthlyCost})
	}
	return o
}

func savingJSON(f *savings.Finding) object {
	parameters := object{}
	for _, p := range f.Rule.Parameters {
		parameters = append(parameters, field{p.Name, p.Used()})
	}
	return object{
		{"id", f.ID}, {"rule", f.Rule.ID}, {"ruleVersion", f.Rule.Version}, {"title", f.Rule.Title}, {"class", f.Class}, {"confidence", f.Confidence},
		{"state", f.Shown()}, {"provider", f.Provider}, {"billingAccount", orNull(f.BillingAccount)}, {"subAccount", orNull(f.SubAccount)}, {"region", orNull(f.Region)},
		{"service", orNull(f.Service)}, {"resourceId", orNull(f.ResourceID)}, {"currency", f.Currency},
		{"monthlyGross", f.Gross}, {"monthlyAbsorbed", f.Absorbed}, {"monthlyOverlap", f.Overlap}, {"monthlyNet", f.Net},
		{"lookbackDays", f.LookbackDays}, {"lines", f.Lines}, {"firstDay", f.FirstDay}, {"lastDay", f.LastDay}, {"parameters", parameters}, {"price", priceJSON(f)},
		{"why", orNull(f.Why)}, {"documents", referencesJSON(f.Documents)}, {"providerSays", advisedJSON(f.Advised)},
	}
}

// priceJSON is the first price that a finding rests on beside its lines; the steps of its explanation have all. Null where it rests on none.
func priceJSON(f *savings.Finding) any {
	if len(f.Prices) == 0 {
		return nil
	}
	p := f.Prices[0]
	return object{{"of", p.Of}, {"value", p.Value}, {"unit", p.Unit}, {"date", orNull(p.Date)}, {"source", p.Source}}
}

func referenceJSON(d savings.Reference) object {
	return object{{"document", d.Name}, {"kind", d.Kind}, {"day", d.Day}}
}

// referencesJSON are the documents that decide a finding.
func referencesJSON(documents []savings.Reference) []object {
	all := []object{}
	for _, d := range documents {
		all = append(all, referenceJSON(d))
	}
	return all
}

// advisedJSON is what the provider itself recommends beside a finding.
func advisedJSON(advised []savings.Advised) []object {
	all := []object{}
	for _, a := range advised {
		all = append(all, append(referenceJSON(a.Document), field{"said", a.Said}, field{"monthly", a.Monthly}, field{"currency", orNull(a.Currency)}, field{"difference", a.Difference}))
	}
	return all
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
	if f.json {
		steps := []object{}
		for _, s := range e.Steps {
			steps = append(steps, object{{"label", s.Label}, {"amount", s.Amount}})
		}
		evidence := object{{"where", filter.Print(e.Where)}, {"lineIds", list(e.Lines)}, {"formula", e.Formula}, {"steps", steps}}
		return writeJSON(r.out, append(savingJSON(x), field{"progress", progressJSON(tracked, x.ID)}, field{"evidence", evidence}))
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
