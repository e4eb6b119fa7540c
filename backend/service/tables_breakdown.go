package service

import (
	"context"

	"cloud-intelligence/backend/analysis/spend"
	"cloud-intelligence/backend/engine"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/report"
)

// Breakdown asks for a cost by the values of one column, beside that of an earlier period.
type Breakdown struct {
	Metric   finops.Metric
	Currency string
	Where    finops.Filter
	From, To *finops.Day
	// BeforeFrom and BeforeTo are the earlier period; nil = nothing is compared.
	BeforeFrom, BeforeTo *finops.Day
	Column               string
	NameColumn           string // holds a readable name of the value; "" = only accounts have names
	Beside               string // a column told beside the name; "" = none
}

// breakdownRow is a value with what is told beside its cost.
type breakdownRow struct {
	spend.Row
	name, beside *string
}

// Breakdown takes a cost apart: all values, also those that only the earlier period
// has, the largest first. A value without a charge in a period costs 0 there. The two periods
// are compared as they are.
func (w Tables) Breakdown(ctx context.Context, b Breakdown) (*report.Table, error) {
	var s *spend.Spend
	var rows []*breakdownRow
	err := w.engine.WithSnapshot(ctx, func(snapshot *engine.Snapshot) error {
		now, err := snapshot.Ask(ctx, b.question(b.From, b.To))
		if err != nil {
			return err
		}
		query := spend.Query{Currency: b.Currency}
		s = spend.Build(query, now)
		if b.compared() {
			before, err := snapshot.Ask(ctx, b.question(b.BeforeFrom, b.BeforeTo))
			if err != nil {
				return err
			}
			s.AddComparison(query, spend.Window{}, []spend.Stretch{{}}, nil, []spend.Compared{{Now: now, Before: before}})
		}
		rows, err = b.rows(ctx, snapshot, s.Rows)
		return err
	})
	if err != nil {
		return nil, err
	}
	t, err := w.table(ctx, "Breakdown", string(b.Metric)+" by "+b.Column+scopeText(b.Where, b.From, b.To))
	if err != nil {
		return nil, err
	}
	b.columns(t)
	cells := make([][]*string, len(rows))
	for i, row := range rows {
		cells[i] = b.cells(*row)
	}
	t.Rows = report.List(cells)
	if len(rows) > 0 {
		s.Total.Share = ""
		total := b.cells(breakdownRow{Row: s.Total})
		total[0] = new("Total")
		t.Totals = []report.Total{{Currency: b.Currency, Cells: total}}
	}
	return t, nil
}

func (b *Breakdown) compared() bool { return b.BeforeFrom != nil || b.BeforeTo != nil }

// named reports whether the values are ids that may have names.
func (b *Breakdown) named() bool { return b.NameColumn != "" || engine.HasNames(b.Column) }

func (b *Breakdown) question(from, to *finops.Day, more ...string) finops.Question {
	return finops.Question{Metrics: []finops.Metric{b.Metric}, GroupBy: append([]string{b.Column}, more...), Where: b.Where, From: from, To: to, Currency: b.Currency}
}

// rows adds the names of the values, and the second column where there is one, from the largest
// charges of each.
func (b *Breakdown) rows(ctx context.Context, snapshot *engine.Snapshot, found []spend.Row) ([]*breakdownRow, error) {
	rows := make([]*breakdownRow, len(found))
	byKey := map[string]*breakdownRow{}
	for i, r := range found {
		rows[i] = &breakdownRow{Row: r}
		byKey[keyID(r.Key)] = rows[i]
	}
	var more []string
	for _, column := range []string{b.NameColumn, b.Beside} {
		if column != "" && column != b.Column {
			more = append(more, column)
		}
	}
	from := b.From
	if b.compared() {
		from = b.BeforeFrom
	}
	a, err := snapshot.Ask(ctx, b.question(from, b.To, more...))
	if err != nil {
		return nil, err
	}
	met := map[string]bool{}
	for _, found := range a.Rows {
		id := keyID(found.Keys[0])
		row := byKey[id]
		if row == nil || met[id] {
			continue
		}
		met[id], row.name = true, row.Key
		for i, column := range more {
			if column == b.Beside {
				row.beside = found.Keys[i+1]
			} else if found.Keys[i+1] != nil {
				row.name = found.Keys[i+1]
			}
		}
	}
	names := snapshot.AccountNames()
	for _, row := range rows {
		if row.Key != nil && names.Of(b.Column, *row.Key) != "" {
			row.name = new(names.Of(b.Column, *row.Key))
		}
	}
	return rows, nil
}

// keyID tells values apart, also none from an empty one.
func keyID(key *string) string {
	if key == nil {
		return ""
	}
	return "=" + *key
}

func (b *Breakdown) columns(t *report.Table) {
	if b.named() {
		t.Columns = append(t.Columns, report.Column{Name: b.Column + " name"})
	}
	t.Columns = append(t.Columns, report.Column{Name: b.Column})
	if b.Beside != "" {
		t.Columns = append(t.Columns, report.Column{Name: b.Beside})
	}
	amount := func(name string) report.Column {
		return report.Column{Name: name, Kind: report.Amount, Unit: b.Currency}
	}
	t.Currency = len(t.Columns)
	t.Columns = append(t.Columns, report.Column{Name: "BillingCurrency"}, report.Column{Name: "Share", Kind: report.Share})
	if b.compared() {
		t.Columns = append(t.Columns, amount(periodText(b.BeforeFrom, b.BeforeTo)))
	}
	t.Columns = append(t.Columns, amount(periodText(b.From, b.To)))
	if b.compared() {
		t.Columns = append(t.Columns, amount("Change"), report.Column{Name: "Relative change", Kind: report.Share})
	}
}

func periodText(from, to *finops.Day) string {
	switch {
	case from != nil && to != nil:
		return from.String() + " to " + to.String()
	case from != nil:
		return "from " + from.String()
	case to != nil:
		return "to " + to.String()
	}
	return "All time"
}

// cells are those of a row in the order of columns.
func (b *Breakdown) cells(row breakdownRow) []*string {
	var cells []*string
	if b.named() {
		cells = append(cells, row.name)
	}
	cells = append(cells, row.Key)
	if b.Beside != "" {
		cells = append(cells, row.beside)
	}
	cells = append(cells, &b.Currency, shareCell(row.Share))
	if !b.compared() {
		return append(cells, sumCell(row.Amount))
	}
	relative := spend.Share(row.Change, row.Before)
	return append(cells, sumCell(row.Before), sumCell(row.Amount), sumCell(row.Change), shareCell(relative))
}

// shareCell has no value where there is no share.
func shareCell(share string) *string {
	if share == "" {
		return nil
	}
	return &share
}
