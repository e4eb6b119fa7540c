package cli

import (
	"fmt"
	"slices"
	"strings"

	"cloud-intelligence/backend/analysis/spend"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/service"
)

// spendText prints one currency.
func (r *runner) spendText(q service.SpendQuestion, s *spend.Spend) error {
	period := spansText([]spend.Window{s.Now.Window})
	if s.Now.SoFar {
		period += " so far"
	}
	if err := r.print("%s: %s %s in %s, %s\n", orNone(visible(q.Currency)), q.Metric, readable(s.Total.Amount, q.Currency), things(s.Total.Lines, "line"), period); err != nil {
		return err
	}
	if err := r.compareText(q, s); err != nil {
		return err
	}
	if err := r.print("\n"); err != nil {
		return err
	}
	t := spendTable(q, s)
	if err := t.write(r.out); err != nil {
		return err
	}
	if s.NoShare != "" {
		if err := r.print("\n%s\n", s.NoShare.Text()); err != nil {
			return err
		}
	}
	if err := r.moversText(q, s); err != nil {
		return err
	}
	if err := r.seriesText(q, s); err != nil {
		return err
	}
	return r.print("\n")
}

// compareText says what the changes are over.
func (r *runner) compareText(q service.SpendQuestion, s *spend.Spend) error {
	c := s.Comparison
	if c == nil {
		return nil
	}
	before := spansText([]spend.Window{c.Before})
	if c.Reason == spend.ReasonNothingBefore {
		return r.print("Not compared: there are no charges in the earlier period, %s\n", before)
	}
	text := "Compared with " + before
	switch {
	case c.Reason != "":
		text = "Not compared with " + before + ". " + c.Reason.Text()
	case c.Days < s.Now.Days():
		text += ", over " + count(c.Days) + " of " + things(s.Now.Days(), "day")
	}
	if len(c.Unused) > 0 {
		text += "\n  not compared of the earlier period: " + spansText(c.Unused)
	}
	for _, m := range c.Missing {
		text += "\n  " + missingText(m)
	}
	if a := c.ApartTotal; a != nil {
		text += "\n  " + service.ApartName + ", not in the changes: " + readable(a.Before, q.Currency) + " before, " + readable(a.Compared, q.Currency) + " now"
	}
	return r.print("%s\n", text)
}

// spansMost is how many spans of days a list names.
const spansMost = 3

// missingText says on which days of the two periods a provider has no charges.
func missingText(m spend.Missing) string {
	name := visible(m.Provider)
	if name == "" {
		name = noProvider
	}
	var parts []string
	for _, part := range []struct {
		days []finops.Day
		of   string
	}{{m.Now, "the period"}, {m.Before, "the earlier period"}} {
		if len(part.days) > 0 {
			parts = append(parts, "on "+things(len(part.days), "day")+" of "+part.of+" ("+spansText(spend.Spans(part.days))+")")
		}
	}
	return name + " has no charges " + strings.Join(parts, ", and ")
}

// spansText names spans of days; of many, the first ones.
func spansText(spans []spend.Window) string {
	var parts []string
	for i, w := range spans {
		switch {
		case i == spansMost:
			return strings.Join(parts, ", ") + " and " + things(len(spans)-i, "more span")
		case w.From == w.To:
			parts = append(parts, w.From.String())
		default:
			parts = append(parts, w.From.String()+" to "+w.To.String())
		}
	}
	return strings.Join(parts, ", ")
}

// spendTable has the largest values, the rest and the total.
func spendTable(q service.SpendQuestion, s *spend.Spend) *table {
	var t table
	compared := s.Comparison != nil && s.Comparison.Reason == ""
	t.column(q.Column, false)
	t.column("lines", true)
	t.column("share", true)
	if compared {
		t.column("before", true)
	}
	t.column(orNone(q.Currency), true)
	partly := compared && !s.Comparison.Whole()
	if partly {
		t.column("compared", true)
	}
	if compared {
		t.column("change", true)
		t.column("%", true)
	}
	cells := func(name string, row *spend.Row) []string {
		list := []string{name, count(row.Lines), percent(row.Share)}
		if compared {
			list = append(list, comparedCell(row.Before, q.Currency))
		}
		list = append(list, readable(row.Amount, q.Currency))
		if partly {
			list = append(list, comparedCell(row.Compared, q.Currency))
		}
		if compared {
			list = append(list, comparedCell(row.Change, q.Currency), percent(row.Relative()))
		}
		return list
	}
	for i := range s.Rows {
		t.rows = append(t.rows, cells(rowName(q.Column, &s.Rows[i]), &s.Rows[i]))
	}
	if s.Rest != nil {
		t.rows = append(t.rows, cells(service.RestName(s), s.Rest))
	}
	t.totals = append(t.totals, cells("Total", &s.Total))
	return &t
}

// comparedCell is a compared amount; "-" where nothing is compared.
func comparedCell(sum *finops.Sum, currency string) string {
	if sum == nil {
		return "-"
	}
	return readable(sum, currency)
}

// rowName is the name of a value of a column with its key.
func rowName(column string, row *spend.Row) string {
	if row.Name != nil && row.Key != nil && *row.Name != *row.Key {
		return *row.Name + " (" + *row.Key + ")"
	}
	return keyIn(column, row.Key)
}

// percent is a share in per cent with one decimal; "<0.1 %" where that would read as nothing, "-" where there is none.
func percent(share string) string {
	if share == "" {
		return "-"
	}
	text, negative := strings.CutPrefix(share, "-")
	whole, fraction, _ := strings.Cut(text, ".")
	text = strings.TrimLeft(whole+fraction[:2], "0")
	if text == "" {
		text = "0"
	}
	text = finops.Grouped(roundText(text+"."+fraction[2:], 1))
	switch some := strings.Trim(share, "-0.") != ""; {
	case some && strings.Trim(text, "0.") == "" && negative:
		text = ">-0.1"
	case some && strings.Trim(text, "0.") == "":
		text = "<0.1"
	case some && negative:
		text = "-" + text
	}
	return text + " %"
}

// moversText lists what changed most.
func (r *runner) moversText(q service.SpendQuestion, s *spend.Spend) error {
	if s.Comparison == nil || len(s.Comparison.Movers) == 0 {
		return nil
	}
	var t table
	t.column("What changed", false)
	for _, name := range []string{"from", "to", "change", "%"} {
		t.column(name, true)
	}
	for i := range s.Comparison.Movers {
		m := &s.Comparison.Movers[i]
		relative := percent(m.Relative())
		switch {
		case m.New:
			relative = "new"
		case m.Gone:
			relative = "gone"
		}
		t.rows = append(t.rows, []string{rowName(q.Column, m), readable(m.Before, q.Currency), readable(m.Compared, q.Currency), readable(m.Change, q.Currency), relative})
	}
	if still := s.Comparison.Still; still != nil {
		t.rows = append(t.rows, []string{"All other changes", "", "", readable(still.Change, q.Currency), ""})
	}
	if err := r.print("\n"); err != nil {
		return err
	}
	return t.write(r.out)
}

// seriesText has a line for each step of time.
func (r *runner) seriesText(q service.SpendQuestion, s *spend.Spend) error {
	if s.Series == nil {
		return nil
	}
	var t table
	t.column(string(s.Series.Grain), false)
	for _, row := range slices.Concat(s.Rows, s.Series.Further) {
		t.column(rowName(q.Column, &row), true)
	}
	t.column("others", true)
	t.column("total", true)
	for _, p := range s.Series.Points {
		line := []string{p.Name}
		for _, amount := range append(append([]*finops.Sum{}, p.Rows...), p.Rest, p.Total) {
			line = append(line, comparedCell(amount, q.Currency))
		}
		t.rows = append(t.rows, line)
	}
	if _, err := fmt.Fprintln(r.out); err != nil {
		return wrapWrite(err)
	}
	return t.write(r.out)
}
