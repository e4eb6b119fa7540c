package cli

import (
	"context"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"cloud-intelligence/backend/analysis/spend"
	"cloud-intelligence/backend/engine"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/report"
	"cloud-intelligence/backend/service"
)

// topMax is how many services and accounts a summary names.
const topMax = 10

func (r *runner) summaryCommand() *cobra.Command {
	var flags periodFlags
	var out tableFlags
	var metric string
	cmd := &cobra.Command{
		Use:   "summary",
		Short: "What was spent: by provider, month, service and account, and how complete the data is",
		Args:  noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			q := service.SpendQuestion{}
			var err error
			if q.Metric, err = parseCost(metric); err != nil {
				return err
			}
			if err := flags.apply(&q); err != nil {
				return err
			}
			return r.withWorkspace(cmd.Context(), func(w *service.Workspace) error {
				if q.Where, err = flags.inScope(cmd.Context(), w, q.Where); err != nil {
					return err
				}
				return flags.locate(r.summary(cmd.Context(), w, q, out))
			})
		},
	}
	flags.register(cmd)
	cmd.Flags().StringVar(&metric, "metric", "", costHelp)
	out.register(cmd)
	return cmd
}

// part is one way in which the spend of a summary is taken apart.
type part struct {
	title  string
	member string // in JSON
	column string
	beside string // a column shown beside the value; "" = none
	top    int
	months bool // the steps of the series instead of the values
}

var summaryParts = []part{
	{title: "By provider", member: "byProvider", column: finops.DimProvider},
	{title: "By month", member: "byMonth", column: finops.DimProvider, months: true},
	{title: "By kind of charge", member: "byCategory", column: "ChargeCategory"},
	{title: "Top services", member: "topServices", column: "ServiceName", beside: finops.DimProvider, top: topMax},
	{title: "Top accounts", member: "topAccounts", column: finops.DimAccount, beside: finops.DimBillingAccount, top: topMax},
}

// summary is everything that is printed.
type summary struct {
	question   service.SpendQuestion
	name       string
	currencies []currencySummary // those with charges in the period
	state      *engine.State
	names      *engine.AccountNames
}

// currencySummary has the answers in one currency, in the order of summaryParts.
type currencySummary struct {
	code   string
	spends []*spend.Spend
}

// total is the same in all answers.
func (c *currencySummary) total() spend.Row { return c.spends[0].Total }

func (r *runner) summary(ctx context.Context, w *service.Workspace, q service.SpendQuestion, out tableFlags) error {
	s := summary{question: q}
	info, err := w.Info(ctx)
	if err != nil {
		return err
	}
	s.name = info.Name
	if s.state, err = w.Ledger.State(ctx); err != nil {
		return err
	}
	if s.question.Metric == "" {
		s.question.Metric = s.state.Metric()
	}
	if s.names, err = w.Ledger.AccountNames(ctx); err != nil {
		return err
	}
	if err := s.ask(ctx, w); err != nil {
		return err
	}
	switch {
	case out.file():
		return r.writeTable(out, w.Path(), s.table(r.deps.Now()))
	case out.format == "json":
		return writeJSON(r.out, s.json())
	}
	return s.text(r)
}

// ask asks for all parts in all currencies, of one snapshot of the ledger.
func (s *summary) ask(ctx context.Context, w *service.Workspace) error {
	var questions []service.SpendQuestion
	for _, c := range s.state.Currencies {
		for _, p := range summaryParts {
			q := s.question
			q.Currency, q.Column, q.Top = c.Code, p.column, p.top
			if p.beside != "" {
				q.Beside = []string{p.beside}
			}
			if p.months {
				q.Grain = finops.GrainMonth
			}
			questions = append(questions, q)
		}
	}
	answers, err := w.Ledger.SpendAll(ctx, questions)
	if err != nil {
		return err
	}
	for i := range s.state.Currencies {
		c := currencySummary{s.state.Currencies[i].Code, answers[i*len(summaryParts) : (i+1)*len(summaryParts)]}
		if c.total().Lines > 0 {
			s.currencies = append(s.currencies, c)
		}
	}
	return nil
}

// line is a row of a part.
type line struct {
	name string
	row  spend.Row
}

// lines are the rows of a part, without those beyond the largest.
func (s *summary) lines(p part, answer *spend.Spend) (list []line) {
	if p.months {
		for _, point := range answer.Series.Points {
			if point.Lines > 0 {
				list = append(list, line{name: point.Name, row: spend.Row{Lines: point.Lines, Amount: point.Total}})
			}
		}
		return list
	}
	for _, row := range answer.Rows {
		list = append(list, line{name: s.label(p, &row), row: row})
	}
	return list
}

// table has a row for each row of the parts; each part adds up to the row "Total".
func (s *summary) table(now time.Time) *report.Table {
	t := &report.Table{
		Title: "Summary", Question: string(s.question.Metric) + s.period(), Workspace: s.name, AsOf: now, Currency: 2,
		Columns: []report.Column{{Name: "section"}, {Name: "name"}, {Name: "BillingCurrency"}, {Name: "lines", Kind: report.Count}, {Name: string(s.question.Metric), Kind: report.Amount}},
	}
	var rows [][]*string
	for _, c := range s.currencies {
		add := func(section, name string, row spend.Row) {
			cells := report.Cells(section, name, c.code, strconv.FormatInt(row.Lines, 10))
			var amount *string
			if row.Amount != nil {
				amount = new(row.Amount.String())
			}
			rows = append(rows, append(cells, amount))
		}
		add("Total", "", c.total())
		for i, p := range summaryParts {
			for _, l := range s.lines(p, c.spends[i]) {
				add(p.title, l.name, l.row)
			}
			if rest := c.spends[i].Rest; rest != nil {
				add(p.title, "all others", *rest)
			}
		}
	}
	t.Rows = report.List(rows)
	return t
}

func (s *summary) json() object {
	currencies := []object{}
	for _, c := range s.currencies {
		total := c.total()
		o := object{{"currency", c.code}, {"lines", total.Lines}, {"total", amountOf(total.Amount)}}
		for _, category := range []struct{ member, name string }{{"credits", "Credit"}, {"tax", "Tax"}} {
			o = append(o, field{category.member, amountOf(c.category(category.name))})
		}
		for i, p := range summaryParts {
			rows := []object{}
			for _, l := range s.lines(p, c.spends[i]) {
				rows = append(rows, append(s.members(p, l), field{"lines", l.row.Lines}, field{"amount", amountOf(l.row.Amount)}))
			}
			o = append(o, field{p.member, rows})
			if rest := c.spends[i].Rest; rest != nil {
				o = append(o, field{p.member + "Others", object{{"lines", rest.Lines}, {"amount", amountOf(rest.Amount)}}})
			}
		}
		currencies = append(currencies, o)
	}
	return object{
		{"workspace", s.name}, {"metric", s.question.Metric}, {"from", s.question.From}, {"to", s.question.To}, {"currencies", currencies}, {"completeness", service.CompletenessOf(s.state, nil)},
	}
}

// category is the sum of one kind of charge, nil when there is none or it is unknown.
func (c *currencySummary) category(name string) *finops.Sum {
	for i, p := range summaryParts {
		if p.member != "byCategory" {
			continue
		}
		for _, row := range c.spends[i].Rows {
			if row.Key != nil && *row.Key == name {
				return row.Amount
			}
		}
	}
	return nil
}

func (s *summary) members(p part, l line) object {
	if p.months {
		return object{{string(finops.GrainMonth), l.name}}
	}
	var o object
	add := func(column string, key *string) {
		o = append(o, field{column, key})
		if key != nil && s.names.Of(column, *key) != "" {
			o = append(o, field{column + "Name", s.names.Of(column, *key)})
		}
	}
	add(p.column, l.row.Key)
	if p.beside != "" {
		add(p.beside, l.row.Beside[0])
	}
	return append(o, field{"share", shareOf(l.row.Share)})
}

// shareOf is a share in JSON: its decimal text, null where there is none.
func shareOf(share string) any {
	if share == "" {
		return nil
	}
	return share
}

// period prints the days that were asked for.
func (s *summary) period() string {
	switch q := s.question; {
	case q.Preset != "":
		return ", " + q.Preset.Label()
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
	if err := r.print("%s: %s%s\n", visible(s.name), s.question.Metric, s.period()); err != nil {
		return err
	}
	if s.state.Lines == 0 {
		return r.print("\nThe workspace has no charges yet. `%s import` reads bills.\n", program)
	}
	if len(s.currencies) == 0 {
		return r.print("\nThere are no charges in this period.\n")
	}
	for _, c := range s.currencies {
		total := c.total()
		if err := r.print("\n%s: %s in %s\n", orNone(visible(c.code)), readable(total.Amount, c.code), things(total.Lines, "line")); err != nil {
			return err
		}
		for i, p := range summaryParts {
			if err := s.partText(r, p, c.spends[i], c.code); err != nil {
				return err
			}
		}
	}
	return s.completenessText(r)
}

func (s *summary) partText(r *runner, p part, answer *spend.Spend, currency string) error {
	var t table
	t.column(p.title, false)
	t.column("lines", true)
	t.column(orNone(currency), true)
	for _, l := range s.lines(p, answer) {
		t.rows = append(t.rows, []string{l.name, count(l.row.Lines), readable(l.row.Amount, currency)})
	}
	if rest := answer.Rest; rest != nil {
		t.rows = append(t.rows, []string{"all others", count(rest.Lines), readable(rest.Amount, currency)})
	}
	if err := r.print("\n"); err != nil {
		return err
	}
	return t.write(r.out)
}

// label shows a value, and what is beside it, in one cell; an account alone, or its billing
// account where there is none below that.
func (s *summary) label(p part, row *spend.Row) string {
	if p.beside == "" {
		return labelled(s.names, p.column, row.Key)
	}
	beside := labelled(s.names, p.beside, row.Beside[0])
	switch {
	case p.column != finops.DimAccount:
		return labelled(s.names, p.column, row.Key) + ", " + beside
	case row.Key == nil:
		return beside
	}
	return labelled(s.names, p.column, row.Key)
}

// lateText says of the data of a provider how far it is behind.
func lateText(late int, ended bool) string {
	switch {
	case ended:
		return "ended"
	case late > 0:
		return things(late, "day") + " late"
	}
	return "up to date"
}

func (s *summary) completenessText(r *runner) error {
	var t table
	for _, name := range []string{"Data of", "from", "to", "lines", "status", "days without charges"} {
		t.column(name, name == "lines")
	}
	for _, p := range s.state.Providers {
		name := p.Name
		if name == "" {
			name = noProvider
		}
		missing := "none"
		if n := len(p.Missing); n > 0 {
			missing = count(n) + ", the first " + p.Missing[0].String()
		}
		t.rows = append(t.rows, []string{name, p.First.String(), p.Last.String(), count(p.Lines), lateText(p.Late(s.state.NewestDay)), missing})
	}
	if err := r.print("\n"); err != nil {
		return err
	}
	if err := t.write(r.out); err != nil {
		return err
	}
	var partial []finops.Month
	for _, m := range s.state.Months {
		if q := s.question; !m.Complete && (q.From == nil || m.Month >= q.From.Month()) && (q.To == nil || m.Month <= q.To.Month()) {
			partial = append(partial, m.Month)
		}
	}
	if len(partial) > 0 {
		return r.print("\nIncomplete months: %s\n", finops.MonthRanges(partial))
	}
	return nil
}
