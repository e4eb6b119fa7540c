package report

import (
	"iter"
	"time"
)

// Kind says what a column holds, and so how a workbook shows it.
type Kind uint8

// The kinds of columns. A cell whose text is not what its kind says stays text.
const (
	Text     Kind = iota
	Day           // YYYY-MM-DD
	Month         // YYYY-MM
	Time          // a time as bills write it; shown in UTC
	Amount        // a decimal number of a currency, rounded on screen to the digits of the currency
	Quantity      // a decimal number, shown unrounded: quantities, unit prices, the amounts of single charges
	Share         // a decimal number, 1 = 100 %
	Count         // a whole number
)

// Column is a column of a table.
type Column struct {
	Name string
	Kind Kind
	// Unit is the currency or unit of all rows, written into the header of a workbook; "" =
	// none, or the table names the currency in a column.
	Unit string
}

// Table is a table that leaves the program. Its rows can be read once.
type Table struct {
	Title     string // names the sheet
	Question  string // what was asked, in words
	Workspace string
	AsOf      time.Time
	Columns   []Column
	// Currency is the column that holds the currency of each row; -1 = there is none.
	Currency int
	// Rows yields the cells of each row, one per column; nil = no value. A row may be reused
	// by its producer for the next one. An error ends the table and the writing.
	Rows iter.Seq2[[]*string, error]
	// Totals end a workbook. A CSV has none: whoever adds up its rows would count them twice.
	Totals []Total
	// Partial says that the rows are not all of what Totals add up, so that a workbook gives
	// the totals as numbers instead of as formulas over the rows.
	Partial bool
}

// Total is a row of totals: of all rows, or of those in one currency.
type Total struct {
	Currency string
	Cells    []*string
}

// Plain is a table of text without anything else, such as a form to fill in. Its first row
// is the header.
func Plain(title string, rows [][]string) *Table {
	t := &Table{Title: title, Currency: -1}
	for _, name := range rows[0] {
		t.Columns = append(t.Columns, Column{Name: name})
	}
	t.Rows = func(yield func([]*string, error) bool) {
		for _, row := range rows[1:] {
			if !yield(Cells(row...), nil) {
				return
			}
		}
	}
	return t
}

// Cells makes a row of which every cell has a value.
func Cells(texts ...string) []*string {
	row := make([]*string, len(texts))
	for i := range texts {
		row[i] = &texts[i]
	}
	return row
}

// List yields rows that are in memory.
func List(rows [][]*string) iter.Seq2[[]*string, error] {
	return func(yield func([]*string, error) bool) {
		for _, row := range rows {
			if !yield(row, nil) {
				return
			}
		}
	}
}
