package report

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

var currencyCode = regexp.MustCompile(`^[A-Z]{3}$`)

// totals writes the totals below the last row. Where the rows are there a total is a
// formula over them, with the exact sum as the value that is shown before Excel calculates.
func (b *workbook) totals() error {
	if b.row+len(b.t.Totals) > b.limit {
		if err := b.endSheet(); err != nil {
			return err
		}
		if err := b.nextSheet(); err != nil {
			return err
		}
	}
	for _, total := range b.t.Totals {
		for i, c := range b.t.Columns {
			text := ""
			if total.Cells[i] != nil {
				text = *total.Cells[i]
			}
			cell, err := b.cell(i, text, total.Currency, totals)
			if err != nil {
				return err
			}
			if text == "" {
				cell.Value = nil
			} else if c.Kind == Amount || c.Kind == Quantity || c.Kind == Count {
				cell.Formula = b.sum(i, total.Currency)
			}
			b.out[i] = cell
		}
		if err := b.write(); err != nil {
			return err
		}
	}
	return nil
}

// sum is the formula that adds up a column over all sheets, of the rows in one currency
// where the table has several; "" = no formula says it.
func (b *workbook) sum(column int, currency string) string {
	if b.t.Partial || b.done.Rows == 0 {
		return ""
	}
	criterion := ""
	if len(b.t.Totals) > 1 {
		if criterion = b.criterion(currency); criterion == "" {
			return ""
		}
	}
	var terms []string
	for _, s := range b.sheets {
		if s.last < 2 {
			continue // only totals
		}
		over := func(i int) string { return fmt.Sprintf("'%s'!%s:%s", s.name, place(i, 2), place(i, s.last)) }
		if len(b.sheets) == 1 {
			over = func(i int) string { return place(i, 2) + ":" + place(i, s.last) }
		}
		if criterion == "" {
			terms = append(terms, "SUM("+over(column)+")")
		} else {
			terms = append(terms, "SUMIF("+over(b.t.Currency)+`,"`+criterion+`",`+over(column)+")")
		}
	}
	return strings.Join(terms, "+")
}

// criterion is what SUMIF finds the rows of a currency by. It ignores case and knows
// wildcards, so that only codes as they should be can be found.
func (b *workbook) criterion(currency string) string {
	if b.t.Currency < 0 {
		return ""
	}
	for _, other := range b.t.Totals {
		if other.Currency != currency && strings.EqualFold(other.Currency, currency) {
			return ""
		}
	}
	if currency == "" {
		return "=" // an empty cell
	}
	if !currencyCode.MatchString(currency) {
		return ""
	}
	return currency
}

// about adds the sheets that say what was asked, and what Excel could not hold.
func (b *workbook) about() error {
	rows := [][]string{{"Table", b.t.Title}, {"Question", b.t.Question}, {"Workspace", b.t.Workspace}}
	if !b.t.AsOf.IsZero() {
		rows = append(rows, []string{"As of", b.t.AsOf.UTC().Format("2006-01-02 15:04 UTC")})
	}
	rows = append(rows, []string{"Rows", strconv.FormatInt(b.done.Rows, 10)})
	if b.done.Sheets > 1 {
		rows = append(rows, []string{"Sheets", fmt.Sprintf("The rows fill %d sheets: Excel takes at most %d rows on one.", b.done.Sheets, b.limit)})
	}
	if b.t.Partial {
		rows = append(rows, []string{"Totals", "The totals are over more rows than the table shows."})
	}
	if b.done.Rounded > 0 {
		text := fmt.Sprintf("%d numbers have more than 15 digits, of which Excel holds 15. The sheet \"%s\" has all digits", b.done.Rounded, exactSheet)
		if b.done.Rounded > int64(len(b.exact)) {
			text += fmt.Sprintf(" of the first %d", len(b.exact))
		}
		rows = append(rows, []string{"Digits", text + ", a CSV of this table those of all."})
	}
	if b.done.Cut > 0 {
		rows = append(rows, []string{"Texts", fmt.Sprintf("%d texts are longer than the %d characters that Excel takes, and end there.", b.done.Cut, excelize.TotalCellChars)})
	}
	if err := b.textSheet("About", []float64{14, 100}, rows); err != nil {
		return err
	}
	if b.exact == nil {
		return nil
	}
	return b.textSheet(exactSheet, []float64{20, 12, 32, 40}, append([][]string{{"Sheet", "Cell", "Column", "All digits"}}, b.exact...))
}

// exactSheet lists the numbers that Excel rounds.
const exactSheet = "All digits"

// textSheet adds a sheet of text.
func (b *workbook) textSheet(name string, widths []float64, rows [][]string) error {
	if _, err := b.f.NewSheet(name); err != nil {
		return fmt.Errorf("add sheet: %w", err)
	}
	for i, width := range widths {
		column, _, _ := strings.Cut(place(i, 1), "1")
		if err := b.f.SetColWidth(name, column, column, width); err != nil {
			return fmt.Errorf("set width: %w", err)
		}
	}
	for r, row := range rows {
		for i, text := range row {
			if err := b.f.SetCellStr(name, place(i, r+1), text); err != nil {
				return fmt.Errorf("write to sheet %s: %w", name, err)
			}
		}
	}
	return nil
}
