package service

import (
	"context"
	"strconv"

	"cloud-intelligence/backend/analysis/spend"
	"cloud-intelligence/backend/engine"
	"cloud-intelligence/backend/report"
)

// Spend is SpendTable of the answers to questions that differ in their currency alone.
func (w Tables) Spend(ctx context.Context, questions ...SpendQuestion) (*report.Table, error) {
	answers, err := Ledger(w).SpendAll(ctx, questions)
	if err != nil {
		return nil, err
	}
	return w.SpendTable(ctx, questions, answers)
}

// SpendTable takes a cost apart: the largest values first, then all others in one row. Changes
// are over the days that both periods have; where these are not all, a column shows the amount
// of those days. Charges that are usually booked later have a row of their own, in no total.
func (w Tables) SpendTable(ctx context.Context, questions []SpendQuestion, answers []*spend.Spend) (*report.Table, error) {
	t := &report.Table{}
	var rows [][]*string
	for i, q := range questions {
		if i == 0 {
			var err error
			if t, err = w.table(ctx, "Breakdown", string(q.Metric)+" by "+q.Column+scopeText(q.Where, q.From, q.To)); err != nil {
				return nil, err
			}
		}
		b := breakdown{SpendQuestion: q, spends: answers}
		if i == 0 {
			b.columns(t)
		}
		rows = append(rows, b.rows(t, answers[i])...)
	}
	t.Rows = report.List(rows)
	return t, nil
}

// breakdown makes the rows of one currency; which columns there are depends on all of them.
type breakdown struct {
	SpendQuestion
	spends []*spend.Spend
}

func (b *breakdown) compared() bool { return b.spends[0].Comparison != nil }

// partly reports whether changes are over other days than the amounts.
func (b *breakdown) partly() bool {
	for _, s := range b.spends {
		if b.compared() && !s.Comparison.Whole() {
			return true
		}
	}
	return false
}

// named reports whether the values are ids that may have names.
func (b *breakdown) named() bool { return b.NameColumn != "" || engine.HasNames(b.Column) }

// period names a column by its days, where these are the same in all currencies.
func (b *breakdown) period(otherwise string, window func(*spend.Spend) spend.Window) string {
	first := window(b.spends[0])
	for _, s := range b.spends[1:] {
		if window(s) != first {
			return otherwise
		}
	}
	return first.From.String() + " to " + first.To.String()
}

func (b *breakdown) columns(t *report.Table) {
	if b.named() {
		t.Columns = append(t.Columns, report.Column{Name: b.Column + " name"})
	}
	t.Columns = append(t.Columns, report.Column{Name: b.Column})
	for _, beside := range b.Beside {
		t.Columns = append(t.Columns, report.Column{Name: beside})
	}
	unit := ""
	if len(b.spends) == 1 {
		unit = b.Currency
	}
	amount := func(name string) report.Column { return report.Column{Name: name, Kind: report.Amount, Unit: unit} }
	t.Currency = len(t.Columns)
	t.Columns = append(t.Columns, report.Column{Name: "BillingCurrency"}, report.Column{Name: "lines", Kind: report.Count}, report.Column{Name: "Share", Kind: report.Share})
	if b.compared() {
		t.Columns = append(t.Columns, amount(b.period("Before", func(s *spend.Spend) spend.Window { return s.Comparison.Before })))
	}
	t.Columns = append(t.Columns, amount(b.period("Period", func(s *spend.Spend) spend.Window { return s.Now.Window })))
	if b.partly() {
		t.Columns = append(t.Columns, amount("Compared days"))
	}
	if b.compared() {
		t.Columns = append(t.Columns, amount("Change"), report.Column{Name: "Relative change", Kind: report.Share})
	}
}

// rows are the values, the rest and what is usually booked later; the total goes to the table.
func (b *breakdown) rows(t *report.Table, s *spend.Spend) [][]*string {
	cells := make([][]*string, 0, len(s.Rows)+2)
	for i := range s.Rows {
		cells = append(cells, b.cells(&s.Rows[i]))
	}
	named := func(row spend.Row, name string) []*string {
		line := b.cells(&row)
		line[0] = &name
		return line
	}
	if s.Rest != nil {
		cells = append(cells, named(*s.Rest, RestName(s)))
	}
	if s.Comparison != nil && s.Comparison.ApartTotal != nil {
		later := *s.Comparison.ApartTotal
		later.Change = nil // it says nothing before the month has ended
		cells = append(cells, named(later, ApartName))
	}
	if len(s.Rows) > 0 {
		total := s.Total
		total.Share = ""
		t.Totals = append(t.Totals, report.Total{Currency: b.Currency, Cells: named(total, "Total")})
	}
	return cells
}

// ApartName names the charges that a comparison keeps apart.
const ApartName = "Usually booked later"

// RestName names the values that have no row.
func RestName(s *spend.Spend) string {
	if others := s.Groups - len(s.Rows); others > 0 {
		return "All others (" + strconv.Itoa(others) + ")"
	}
	return "No longer there"
}

// cells are those of a row in the order of columns.
func (b *breakdown) cells(row *spend.Row) []*string {
	var cells []*string
	if b.named() {
		name := row.Name
		if name == nil {
			name = row.Key
		}
		cells = append(cells, name)
	}
	cells = append(cells, row.Key)
	for i := range b.Beside {
		cells = append(cells, valueAt(row.Beside, i))
	}
	cells = append(cells, &b.Currency, new(strconv.FormatInt(row.Lines, 10)), shareCell(row.Share))
	if !b.compared() {
		return append(cells, sumCell(row.Amount))
	}
	cells = append(cells, sumCell(row.Before), sumCell(row.Amount))
	if b.partly() {
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

// keyID identifies a value, also none as against an empty one.
func keyID(key *string) string {
	if key == nil {
		return ""
	}
	return "=" + *key
}
