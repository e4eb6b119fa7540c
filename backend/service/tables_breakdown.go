package service

import (
	"context"
	"math/big"

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

// breakdownRow is a value with what it costs.
type breakdownRow struct {
	key, name, beside *string
	now, before       *finops.Sum
}

// Breakdown takes a cost apart: all values, also those that only the earlier period
// has, the largest first. A value without a charge in a period costs 0 there.
func (w Tables) Breakdown(ctx context.Context, b Breakdown) (*report.Table, error) {
	now, err := w.engine.Ask(ctx, b.question(b.From, b.To))
	if err != nil {
		return nil, err
	}
	before := &finops.Answer{}
	if b.compared() {
		if before, err = w.engine.Ask(ctx, b.question(b.BeforeFrom, b.BeforeTo)); err != nil {
			return nil, err
		}
	}
	rows, err := w.breakdownRows(ctx, b, now, before)
	if err != nil {
		return nil, err
	}
	t, err := w.table(ctx, "Breakdown", string(b.Metric)+" by "+b.Column+scopeText(b.Where, b.From, b.To))
	if err != nil {
		return nil, err
	}
	b.columns(t)
	whole := breakdownRow{now: b.total(now), before: b.total(before)}
	cells := make([][]*string, len(rows))
	for i, row := range rows {
		cells[i] = b.cells(*row, whole.now)
	}
	t.Rows = report.List(cells)
	if len(rows) > 0 {
		total := b.cells(whole, nil)
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

// breakdownRows lays the periods beside each other.
func (w Tables) breakdownRows(ctx context.Context, b Breakdown, now, before *finops.Answer) ([]*breakdownRow, error) {
	var rows []*breakdownRow
	byKey := map[string]*breakdownRow{}
	for _, period := range []struct {
		rows []finops.Row
		put  func(*breakdownRow, *finops.Sum)
	}{
		{now.Rows, func(r *breakdownRow, sum *finops.Sum) { r.now = sum }},
		{before.Rows, func(r *breakdownRow, sum *finops.Sum) { r.before = sum }},
	} {
		for _, found := range period.rows {
			if found.Currency != b.Currency {
				continue // the question asks for every currency where the files name none
			}
			id := keyID(found.Keys[0])
			row := byKey[id]
			if row == nil {
				row = &breakdownRow{key: found.Keys[0], now: &finops.Sum{}, before: &finops.Sum{}}
				byKey[id], rows = row, append(rows, row)
			}
			period.put(row, found.Amounts[0])
		}
	}
	return rows, w.nameBreakdown(ctx, b, byKey)
}

// keyID tells values apart, also none from an empty one.
func keyID(key *string) string {
	if key == nil {
		return ""
	}
	return "=" + *key
}

// nameBreakdown adds the names of the values, and the second column where there is one, from the
// largest charges of each.
func (w Tables) nameBreakdown(ctx context.Context, b Breakdown, rows map[string]*breakdownRow) error {
	names, err := w.engine.AccountNames(ctx)
	if err != nil {
		return err
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
	a, err := w.engine.Ask(ctx, b.question(from, b.To, more...))
	if err != nil {
		return err
	}
	met := map[string]bool{}
	for _, found := range a.Rows {
		id := keyID(found.Keys[0])
		row := rows[id]
		if row == nil || met[id] {
			continue
		}
		met[id], row.name = true, row.key
		for i, column := range more {
			if column == b.Beside {
				row.beside = found.Keys[i+1]
			} else if found.Keys[i+1] != nil {
				row.name = found.Keys[i+1]
			}
		}
	}
	for _, row := range rows {
		if row.key != nil && names.Of(b.Column, *row.key) != "" {
			row.name = new(names.Of(b.Column, *row.key))
		}
	}
	return nil
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

// cells are those of a row in the order of columns; whole is what the share is of.
func (b *Breakdown) cells(row breakdownRow, whole *finops.Sum) []*string {
	var cells []*string
	if b.named() {
		cells = append(cells, row.name)
	}
	cells = append(cells, row.key)
	if b.Beside != "" {
		cells = append(cells, row.beside)
	}
	cells = append(cells, &b.Currency, ratioCell(row.now, whole))
	if !b.compared() {
		return append(cells, sumCell(row.now))
	}
	var change *finops.Sum
	if row.now != nil && row.before != nil {
		difference := *row.now
		difference.SubSum(*row.before)
		change = &difference
	}
	return append(cells, sumCell(row.before), sumCell(row.now), sumCell(change), ratioCell(change, row.before))
}

// ratioCell divides exactly and rounds to six digits; nil where there is nothing to divide by.
func ratioCell(part, whole *finops.Sum) *string {
	if part == nil || whole == nil || whole.Sign() <= 0 {
		return nil
	}
	p, okPart := new(big.Rat).SetString(part.String())
	all, okWhole := new(big.Rat).SetString(whole.String())
	if !okPart || !okWhole {
		return nil // cannot be: a sum prints as a decimal number
	}
	return new(p.Quo(p, all).FloatString(6))
}

// total is the sum of an answer in the currency; no charges cost 0.
func (b *Breakdown) total(a *finops.Answer) *finops.Sum {
	for _, row := range a.Totals {
		if row.Currency == b.Currency {
			return row.Amounts[0]
		}
	}
	return &finops.Sum{}
}
