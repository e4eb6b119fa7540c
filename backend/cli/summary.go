package cli

import (
	"context"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"cloud-intelligence/backend/engine"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/report"
	"cloud-intelligence/backend/service"
)

// topMax is how many services and accounts a summary names.
const topMax = 10

func (r *runner) summaryCommand() *cobra.Command {
	var flags filterFlags
	var out tableFlags
	var metric string
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "summary",
		Short: "What was spent: by provider, month, service and account, and how complete the data is",
		Args:  noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			chosen, err := flags.parse()
			if err != nil {
				return err
			}
			metrics, err := parseMetrics([]string{metric})
			if err != nil {
				return err
			}
			if asJSON {
				if err := out.short(cmd, "json"); err != nil {
					return err
				}
			}
			if err := out.check(); err != nil {
				return err
			}
			q := finops.Question{Metrics: metrics, From: chosen.from, To: chosen.to}
			return r.withWorkspace(cmd.Context(), func(w *service.Workspace) error {
				if q.Where, err = flags.inScope(cmd.Context(), w, chosen.where); err != nil {
					return err
				}
				return r.summary(cmd.Context(), w, q, out)
			})
		},
	}
	flags.registerScope(cmd)
	flags.registerPeriod(cmd)
	cmd.Flags().StringVar(&metric, "metric", string(finops.BilledCost), "the cost `METRIC`: BilledCost, EffectiveCost, ListCost or ContractedCost")
	out.register(cmd)
	cmd.Flags().BoolVar(&asJSON, "json", false, "print the result as JSON")
	return cmd
}

// part is one way in which the spend of a summary is taken apart.
type part struct {
	title   string
	member  string // in JSON
	keys    []string
	grain   finops.Grain
	limit   int
	answers map[string][]finops.Row // by currency
}

func summaryParts() []*part {
	return []*part{
		{title: "By provider", member: "byProvider", keys: []string{finops.DimProvider}},
		{title: "By month", member: "byMonth", grain: finops.GrainMonth},
		{title: "By kind of charge", member: "byCategory", keys: []string{"ChargeCategory"}},
		{title: "Top services", member: "topServices", keys: []string{"ServiceName", finops.DimProvider}, limit: topMax},
		{title: "Top accounts", member: "topAccounts", keys: []string{finops.DimBillingAccount, finops.DimAccount}, limit: topMax},
	}
}

// summary is everything that is told.
type summary struct {
	question finops.Question
	name     string
	totals   []finops.Row
	parts    []*part
	state    *engine.State
	names    *engine.AccountNames
	others   map[string]map[string]finops.Row // part, currency: what a limit left out
}

func (r *runner) summary(ctx context.Context, w *service.Workspace, q finops.Question, out tableFlags) error {
	s := summary{question: q, parts: summaryParts(), others: map[string]map[string]finops.Row{}}
	info, err := w.Info(ctx)
	if err != nil {
		return err
	}
	s.name = info.Name
	if s.state, err = w.Ledger.State(ctx); err != nil {
		return err
	}
	if s.names, err = w.Ledger.AccountNames(ctx); err != nil {
		return err
	}
	all, err := w.Ledger.Ask(ctx, q)
	if err != nil {
		return err
	}
	s.totals = all.Totals
	for _, p := range s.parts {
		ask := q
		ask.GroupBy, ask.Grain, ask.Limit = p.keys, p.grain, p.limit
		a, err := w.Ledger.Ask(ctx, ask)
		if err != nil {
			return err
		}
		p.answers = map[string][]finops.Row{}
		for _, row := range a.Rows {
			p.answers[row.Currency] = append(p.answers[row.Currency], row)
		}
		s.others[p.member] = remainders(a)
	}
	switch {
	case out.file():
		return r.writeTable(out, w.Path(), s.table(r.deps.Now()))
	case out.format == "json":
		return writeJSON(r.out, s.json())
	}
	return s.text(r)
}

// table has a row for each row of the parts; each part adds up to the row "Total".
func (s *summary) table(now time.Time) *report.Table {
	t := &report.Table{
		Title: "Summary", Question: string(s.question.Metrics[0]) + s.period(), Workspace: s.name, AsOf: now, Currency: 2,
		Columns: []report.Column{{Name: "section"}, {Name: "name"}, {Name: "BillingCurrency"}, {Name: "lines", Kind: report.Count}, {Name: string(s.question.Metrics[0]), Kind: report.Amount}},
	}
	if s.question.Metrics[0].Unit() != "" {
		t.Columns[4].Kind = report.Quantity
	}
	var rows [][]*string
	for _, total := range s.totals {
		add := func(section, name string, row finops.Row) {
			cells := report.Cells(section, name, row.Currency, strconv.FormatInt(row.Lines, 10))
			var amount *string
			if sum := row.Amounts[0]; sum != nil {
				amount = new(sum.String())
			}
			rows = append(rows, append(cells, amount))
		}
		add("Total", "", total)
		for _, p := range s.parts {
			for _, row := range p.answers[total.Currency] {
				add(p.title, p.label(row, s.names), row)
			}
			if other, ok := s.others[p.member][total.Currency]; ok {
				add(p.title, "all others", other)
			}
		}
	}
	t.Rows = report.List(rows)
	return t
}

// remainders is, per currency, the total less the rows that are shown.
func remainders(a *finops.Answer) map[string]finops.Row {
	left := map[string]finops.Row{}
	for _, t := range a.Totals {
		row := finops.Row{Currency: t.Currency, Lines: t.Lines, Amounts: make([]*finops.Sum, len(t.Amounts))}
		for i, sum := range t.Amounts {
			if sum != nil {
				rest := *sum
				row.Amounts[i] = &rest
			}
		}
		left[t.Currency] = row
	}
	for _, shown := range a.Rows {
		row := left[shown.Currency]
		row.Lines -= shown.Lines
		for i, sum := range shown.Amounts {
			if sum != nil && row.Amounts[i] != nil {
				row.Amounts[i].SubSum(*sum)
			}
		}
		left[shown.Currency] = row
	}
	for currency, row := range left {
		if row.Lines == 0 {
			delete(left, currency)
		}
	}
	return left
}

func (s *summary) json() object {
	metric := s.question.Metrics[0]
	currencies := []object{}
	for _, t := range s.totals {
		o := object{{"currency", t.Currency}, {"lines", t.Lines}, {"total", amountOf(t.Amounts[0])}}
		for _, category := range []struct{ member, name string }{{"credits", "Credit"}, {"tax", "Tax"}} {
			o = append(o, field{category.member, amountOf(s.category(t.Currency, category.name))})
		}
		for _, p := range s.parts {
			rows := []object{}
			for _, row := range p.answers[t.Currency] {
				rows = append(rows, append(p.members(row, s.names), field{"lines", row.Lines}, field{"amount", amountOf(row.Amounts[0])}))
			}
			o = append(o, field{p.member, rows})
			if other, ok := s.others[p.member][t.Currency]; ok {
				o = append(o, field{p.member + "Others", object{{"lines", other.Lines}, {"amount", amountOf(other.Amounts[0])}}})
			}
		}
		currencies = append(currencies, o)
	}
	return object{
		{"workspace", s.name}, {"metric", metric}, {"from", s.question.From}, {"to", s.question.To}, {"currencies", currencies}, {"completeness", completenessJSON(s.state)},
	}
}

// category is the sum of one kind of charge, nil when there is none or it is unknown.
func (s *summary) category(currency, name string) *finops.Sum {
	for _, p := range s.parts {
		if p.member != "byCategory" {
			continue
		}
		for _, row := range p.answers[currency] {
			if row.Keys[0] != nil && *row.Keys[0] == name {
				return row.Amounts[0]
			}
		}
	}
	return nil
}

func (p *part) members(row finops.Row, names *engine.AccountNames) object {
	var o object
	for i, key := range p.keys {
		o = append(o, field{key, row.Keys[i]})
		if id := row.Keys[i]; id != nil && names.Of(key, *id) != "" {
			o = append(o, field{key + "Name", names.Of(key, *id)})
		}
	}
	if p.grain != finops.GrainNone {
		o = append(o, field{string(p.grain), row.Time})
	}
	return o
}

func completenessJSON(state *engine.State) object {
	providers, months, metrics := []object{}, []object{}, []object{}
	for _, p := range state.Providers {
		providers = append(providers, object{{"provider", p.Name}, {"firstDay", p.First}, {"lastDay", p.Last}, {"lines", p.Lines}, {"missingDays", list(p.Missing)}})
	}
	for _, m := range state.Months {
		months = append(months, object{{"month", m.Month}, {"complete", m.Complete}, {"lastDay", m.LastDay}, {"missingDays", m.MissingDays}})
	}
	for _, m := range state.Metrics {
		metrics = append(metrics, object{{"metric", m.Metric}, {"known", m.Known}})
	}
	o := object{{"lines", state.Lines}, {"firstDay", nil}, {"lastDay", nil}, {"providers", providers}, {"months", months}, {"metrics", metrics}}
	if state.Lines > 0 {
		o[1].value, o[2].value = state.FirstDay, state.LastDay
	}
	return o
}

// period tells the days that were asked for.
func (s *summary) period() string {
	switch q := s.question; {
	case q.From != nil && q.To != nil:
		return ", " + q.From.String() + " to " + q.To.String()
	case q.From != nil:
		return ", from " + q.From.String()
	case q.To != nil:
		return ", to " + q.To.String()
	}
	return ""
}

func (s *summary) text(r *runner) error {
	if err := r.print("%s: %s%s\n", visible(s.name), s.question.Metrics[0], s.period()); err != nil {
		return err
	}
	if s.state.Lines == 0 {
		return r.print("\nThe workspace holds no charges yet. `%s import` reads bills.\n", program)
	}
	if len(s.totals) == 0 {
		return r.print("\nThere are no charges in this period.\n")
	}
	for _, t := range s.totals {
		if err := r.print("\n%s: %s in %s\n", orNone(visible(t.Currency)), readable(t.Amounts[0], t.Currency), things(t.Lines, "line")); err != nil {
			return err
		}
		for _, p := range s.parts {
			if err := s.partText(r, p, t.Currency); err != nil {
				return err
			}
		}
	}
	return s.completenessText(r)
}

func (s *summary) partText(r *runner, p *part, currency string) error {
	var t table
	t.column(p.title, false)
	t.column("lines", true)
	t.column(orNone(currency), true)
	for _, row := range p.answers[currency] {
		t.rows = append(t.rows, []string{p.label(row, s.names), count(row.Lines), readable(row.Amounts[0], currency)})
	}
	if other, ok := s.others[p.member][currency]; ok {
		t.rows = append(t.rows, []string{"all others", count(other.Lines), readable(other.Amounts[0], currency)})
	}
	if err := r.print("\n"); err != nil {
		return err
	}
	return t.write(r.out)
}

// label tells the keys of a row in one cell.
func (p *part) label(row finops.Row, names *engine.AccountNames) string {
	if p.grain != finops.GrainNone {
		return row.Time
	}
	if p.member == "topAccounts" {
		// The billing account where there is no account below it.
		at := 1
		if row.Keys[1] == nil {
			at = 0
		}
		return labelled(names, p.keys[at], row.Keys[at])
	}
	var parts []string
	for i, key := range row.Keys {
		parts = append(parts, labelled(names, p.keys[i], key))
	}
	return strings.Join(parts, ", ")
}

func (s *summary) completenessText(r *runner) error {
	var t table
	for _, name := range []string{"Data held of", "from", "to", "lines", "days without charges"} {
		t.column(name, name == "lines")
	}
	for _, p := range s.state.Providers {
		name := p.Name
		if name == "" {
			name = noValue
		}
		missing := "none"
		if n := len(p.Missing); n > 0 {
			missing = count(n) + ", the first " + p.Missing[0].String()
		}
		t.rows = append(t.rows, []string{name, p.First.String(), p.Last.String(), count(p.Lines), missing})
	}
	if err := r.print("\n"); err != nil {
		return err
	}
	if err := t.write(r.out); err != nil {
		return err
	}
	var partial []string
	for _, m := range s.state.Months {
		if q := s.question; !m.Complete && (q.From == nil || m.Month >= q.From.Month()) && (q.To == nil || m.Month <= q.To.Month()) {
			partial = append(partial, m.Month.String())
		}
	}
	if len(partial) > 0 {
		return r.print("\nIncomplete months: %s\n", strings.Join(partial, ", "))
	}
	return nil
}
