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
	// BeforeFrom and BeforeTo are the earlier period; nil, both = nothing is compared.
	BeforeFrom, BeforeTo *finops.Day
	Column               string
	NameColumn           string // holds a readable name of the value; "" = only accounts have names
	Beside               string // a column told beside the name; "" = none
}

// Breakdown takes a cost apart: all values, also those that only the earlier period
// has, the largest first. Changes are over the days that both periods have; where these are not
// all, a column shows the amount of those days.
func (w Tables) Breakdown(ctx context.Context, b Breakdown) (*report.Table, error) {
	q := SpendQuestion{Metric: b.Metric, Currency: b.Currency, Where: b.Where, From: b.From, To: b.To, Column: b.Column, NameColumn: b.NameColumn}
	if b.Beside != "" {
		q.Beside = []string{b.Beside}
	}
	if b.compared() {
		if b.BeforeFrom == nil || b.BeforeTo == nil {
			return nil, finops.Errorf(finops.CodeInvalid, "Name the first and the last day of the period to compare with.")
		}
		q.Base, q.Before = spend.BaseCustom, spend.Window{From: *b.BeforeFrom, To: *b.BeforeTo}
	}
	s, err := Ledger(w).Spend(ctx, q)
	if err != nil {
		return nil, err
	}
	t, err := w.table(ctx, "Breakdown", string(b.Metric)+" by "+b.Column+scopeText(b.Where, b.From, b.To))
	if err != nil {
		return nil, err
	}
	partly := b.compared() && !s.Comparison.Whole()
	b.columns(t, partly)
	cells := make([][]*string, len(s.Rows))
	for i, row := range s.Rows {
		cells[i] = b.cells(row, partly)
	}
	t.Rows = report.List(cells)
	if len(s.Rows) > 0 {
		s.Total.Share = ""
		total := b.cells(s.Total, partly)
		total[0] = new("Total")
		t.Totals = []report.Total{{Currency: b.Currency, Cells: total}}
	}
	return t, nil
}

func (b *Breakdown) compared() bool { return b.BeforeFrom != nil || b.BeforeTo != nil }

// named reports whether the values are ids that may have names.
func (b *Breakdown) named() bool { return b.NameColumn != "" || engine.HasNames(b.Column) }

// keyID tells values apart, also none from an empty one.
func keyID(key *string) string {
	if key == nil {
		return ""
	}
	return "=" + *key
}

func (b *Breakdown) columns(t *report.Table, partly bool) {
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
	if partly {
		t.Columns = append(t.Columns, amount("Compared days"))
	}
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
func (b *Breakdown) cells(row spend.Row, partly bool) []*string {
	var cells []*string
	if b.named() {
		name := row.Name
		if name == nil {
			name = row.Key
		}
		cells = append(cells, name)
	}
	cells = append(cells, row.Key)
	if b.Beside != "" {
		cells = append(cells, valueAt(row.Beside, 0))
	}
	cells = append(cells, &b.Currency, shareCell(row.Share))
	if !b.compared() {
		return append(cells, sumCell(row.Amount))
	}
	cells = append(cells, sumCell(row.Before), sumCell(row.Amount))
	if partly {
		cells = append(cells, sumCell(row.Compared))
	}
	return append(cells, sumCell(row.Change), shareCell(row.Relative()))
}

// shareCell has no value where there is no share.
func shareCell(share string) *string {
	if share == "" {
		return nil
	}
	return &share
}
