package service

import (
	"context"
	"errors"
	"iter"
	"slices"
	"strconv"
	"strings"

	"cloud-intelligence/backend/engine"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/finops/filter"
	"cloud-intelligence/backend/report"
)

// Tables makes tables that leave the program, as files or on the terminal.
type Tables struct{ *workspace }

// table begins a table that leaves the workspace.
func (w Tables) table(ctx context.Context, title, question string) (*report.Table, error) {
	name, err := w.db.Setting(ctx, "name")
	if err != nil {
		return nil, err
	}
	return &report.Table{Title: title, Question: question, Workspace: name, AsOf: w.now(), Currency: -1}, nil
}

// scopeText says which charges a table is about.
func scopeText(where finops.Filter, from, to *finops.Day) string {
	text := ""
	if from != nil {
		text += " from " + from.String()
	}
	if to != nil {
		text += " to " + to.String()
	}
	if !where.Everything() {
		text += " where " + filter.Print(where)
	}
	return text
}

// columnKind is the kind of a column of charge lines. Amounts of single charges are often
// far below a cent, so that they are shown unrounded.
func columnKind(name string) report.Kind {
	c, _ := finops.ColumnByName(name)
	switch c.Kind {
	case finops.KindDecimal:
		return report.Quantity
	case finops.KindTime:
		return report.Time
	case finops.KindText, finops.KindJSON:
	}
	return report.Text
}

// Query answers a question with a table: time, groups, currency, lines, metrics.
func (w Tables) Query(ctx context.Context, q finops.Question) (*report.Table, error) {
	a, err := w.engine.Ask(ctx, q)
	if err != nil {
		return nil, err
	}
	metrics := make([]string, len(q.Metrics))
	for i, m := range q.Metrics {
		metrics[i] = string(m)
	}
	question := strings.Join(metrics, ", ")
	if len(q.GroupBy) > 0 {
		question += " by " + strings.Join(q.GroupBy, ", ")
	}
	if q.Grain != finops.GrainNone {
		question += " per " + string(q.Grain)
	}
	t, err := w.table(ctx, "Query", question+scopeText(q.Where, q.From, q.To))
	if err != nil {
		return nil, err
	}
	keyAt := queryColumns(t, q, a)
	rows := make([][]*string, len(a.Rows))
	for i, row := range a.Rows {
		var cells []*string
		if q.Grain != finops.GrainNone {
			cells = append(cells, &row.Time)
		}
		for _, k := range keyAt {
			cells = append(cells, row.Keys[k])
		}
		rows[i] = append(cells, sums(row)...)
	}
	for _, row := range a.Totals {
		cells := make([]*string, t.Currency, len(t.Columns))
		if len(cells) > 0 {
			cells[0] = new("Total")
		}
		t.Totals = append(t.Totals, report.Total{Currency: row.Currency, Cells: append(cells, sums(row)...)})
	}
	t.Rows, t.Partial = report.List(rows), a.Groups > len(a.Rows)
	return t, nil
}

// queryColumns adds the columns of an answer and returns which keys are among them: the
// currency has a column of its own.
func queryColumns(t *report.Table, q finops.Question, a *finops.Answer) (keyAt []int) {
	switch q.Grain {
	case finops.GrainDay:
		t.Columns = append(t.Columns, report.Column{Name: string(q.Grain), Kind: report.Day})
	case finops.GrainMonth:
		t.Columns = append(t.Columns, report.Column{Name: string(q.Grain), Kind: report.Month})
	case finops.GrainNone:
	}
	for k, name := range q.GroupBy {
		if name != "BillingCurrency" {
			t.Columns, keyAt = append(t.Columns, report.Column{Name: name, Kind: columnKind(name)}), append(keyAt, k)
		}
	}
	t.Currency = len(t.Columns)
	t.Columns = append(t.Columns, report.Column{Name: "BillingCurrency"}, report.Column{Name: "lines", Kind: report.Count})
	for _, m := range q.Metrics {
		c := report.Column{Name: string(m), Kind: report.Quantity}
		if m.Unit() == "" {
			c.Kind, c.Unit = report.Amount, onlyCurrency(a.Totals)
		}
		t.Columns = append(t.Columns, c)
	}
	return keyAt
}

// onlyCurrency is the currency of all amounts; "" where there are several.
func onlyCurrency(totals []finops.Row) string {
	if len(totals) != 1 {
		return ""
	}
	return totals[0].Currency
}

// sums are the cells that rows and totals have in common.
func sums(row finops.Row) []*string {
	cells := []*string{&row.Currency, new(strconv.FormatInt(row.Lines, 10))}
	for _, sum := range row.Amounts {
		cells = append(cells, sumCell(sum))
	}
	return cells
}

func sumCell(sum *finops.Sum) *string {
	if sum == nil {
		return nil
	}
	return new(sum.String())
}

// Lines lists charge lines, streamed. Named adds the name of each account beside its
// id. Total says how many lines match, with those that a limit leaves out.
func (w Tables) Lines(ctx context.Context, q engine.LinesQuestion, named bool) (t *report.Table, total int, err error) {
	first := q
	first.Limit = 1 // for the columns and totals
	page, err := w.engine.Lines(ctx, first)
	if err != nil {
		return nil, 0, err
	}
	question := "Charge lines" + scopeText(q.Where, q.From, q.To)
	if q.Currency != "" {
		question += " in " + q.Currency
	}
	if q.Search != "" {
		question += " with \"" + q.Search + "\""
	}
	if t, err = w.table(ctx, "Charges", question); err != nil {
		return nil, 0, err
	}
	names := &engine.AccountNames{}
	if named {
		if names, err = w.engine.AccountNames(ctx); err != nil {
			return nil, 0, err
		}
	}
	q.Columns = page.Columns
	lineColumns(t, page, named)
	t.Partial = q.Offset > 0 || (q.Limit > 0 && q.Limit < page.Total)
	t.Rows = w.lineRows(ctx, q, func(row, cells []*string) []*string {
		for i, cell := range row {
			cells = append(cells, cell)
			if !named || !engine.HasNames(q.Columns[i]) {
				continue
			}
			var name *string
			if cell != nil {
				name = new(names.Of(q.Columns[i], *cell))
			}
			cells = append(cells, name)
		}
		return cells
	})
	return t, page.Total, nil
}

// lineColumns adds the columns of lines and their totals, where a metric is among them.
func lineColumns(t *report.Table, page *engine.LinesPage, named bool) {
	metricAt := map[int]int{} // by column
	for _, name := range page.Columns {
		c := report.Column{Name: name, Kind: columnKind(name)}
		if name == "BillingCurrency" {
			t.Currency = len(t.Columns)
		}
		if m := slices.Index(finops.Metrics, finops.Metric(name)); m >= 0 {
			metricAt[len(t.Columns)], c.Unit = m, onlyCurrency(page.Totals)
		}
		t.Columns = append(t.Columns, c)
		if named && engine.HasNames(name) {
			t.Columns = append(t.Columns, report.Column{Name: name + " name"})
		}
	}
	if len(metricAt) == 0 {
		return
	}
	for _, row := range page.Totals {
		cells := make([]*string, len(t.Columns))
		cells[0] = new(strings.TrimSpace("Total " + row.Currency))
		for at, m := range metricAt {
			cells[at] = sumCell(row.Amounts[m])
		}
		t.Totals = append(t.Totals, report.Total{Currency: row.Currency, Cells: cells})
	}
}

// errStopped ends the reading of lines when their writing has failed.
var errStopped = errors.New("the rows are not wanted any more")

// lineRows streams lines; convert appends the cells of one to an empty row.
func (w Tables) lineRows(ctx context.Context, q engine.LinesQuestion, convert func(row, cells []*string) []*string) iter.Seq2[[]*string, error] {
	return func(yield func([]*string, error) bool) {
		var cells []*string
		err := w.engine.EachLine(ctx, q, func(row []*string) error {
			if ctx.Err() != nil {
				return context.Cause(ctx)
			}
			cells = convert(row, cells[:0])
			if !yield(cells, nil) {
				return errStopped
			}
			return nil
		})
		if err != nil && !errors.Is(err, errStopped) {
			yield(nil, err)
		}
	}
}
