package report

import (
	"encoding/csv"
	"fmt"
	"io"
	"regexp"
	"strings"
)

// CSVOptions say for whom a CSV is meant.
type CSVOptions struct {
	// Spreadsheet begins the file with a byte order mark, without which Excel takes UTF-8 for
	// the old character set of the computer, and ends lines as Windows does.
	Spreadsheet bool
}

// WriteCSV writes the header and the rows with every digit, and returns how many rows.
func (t *Table) WriteCSV(w io.Writer, opts CSVOptions) (rows int64, err error) {
	out := csv.NewWriter(w)
	if opts.Spreadsheet {
		if _, err := io.WriteString(w, "\ufeff"); err != nil {
			return 0, fmt.Errorf("write the table: %w", err)
		}
		out.UseCRLF = true
	}
	cells := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		cells[i] = harmless(c.Name)
	}
	if err := out.Write(cells); err != nil {
		return 0, fmt.Errorf("write the header: %w", err)
	}
	for row, err := range t.Rows {
		if err != nil {
			return rows, err
		}
		for i, cell := range row {
			cells[i] = ""
			if cell != nil {
				cells[i] = harmless(*cell)
			}
		}
		if err := out.Write(cells); err != nil {
			return rows, fmt.Errorf("write a row: %w", err)
		}
		rows++
	}
	out.Flush()
	if err := out.Error(); err != nil {
		return rows, fmt.Errorf("write the rows: %w", err)
	}
	return rows, nil
}

var plainNumber = regexp.MustCompile(`^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$`)

// harmless keeps a cell from being a formula when a spreadsheet opens the file: names in a
// bill are chosen by strangers. Numbers stay numbers.
func harmless(cell string) string {
	if cell == "" || !strings.ContainsRune("=+-@\t\r\n", rune(cell[0])) || plainNumber.MatchString(cell) {
		return cell
	}
	return "'" + cell
}
