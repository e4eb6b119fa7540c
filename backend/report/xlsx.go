package report

import (
	"archive/zip"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"
)

const (
	// sheetRows is how many rows Excel takes on one sheet.
	sheetRows = excelize.TotalRows
	// sheetBytes bounds the text of one sheet: Excel refuses one of 4 GiB and more.
	sheetBytes = 3 << 30
	// cellBytes is what a cell takes beside its text, at most.
	cellBytes = 64
	// sampleRows are read before the first one is written: widths come before rows in the file.
	sampleRows = 500
	// exactMax is how many amounts with more digits than Excel holds are listed.
	exactMax = 10_000
)

// XLSXOptions are the options of a workbook.
type XLSXOptions struct {
	SheetRows int // most rows on a sheet, with its header; 0 = as many as Excel takes
}

// Written says what a workbook holds, as far as a person should know.
type Written struct {
	Rows    int64
	Sheets  int   // of rows
	Rounded int64 // numbers of which Excel cannot hold all digits
	Cut     int64 // texts that were longer than a cell of Excel
}

// WriteXLSX writes the table as an Excel workbook: the rows, on further sheets where they
// are more than one takes, then a sheet that says what was asked and what Excel could not
// hold. Nothing is written to w before the last row was read.
func (t *Table) WriteXLSX(w io.Writer, opts XLSXOptions) (done Written, err error) {
	b := &workbook{t: t, f: excelize.NewFile(), limit: opts.SheetRows, styles: map[styleKey]int{}, out: make([]any, len(t.Columns))}
	if b.limit == 0 {
		b.limit = sheetRows
	}
	defer func() {
		if closed := b.f.Close(); err == nil && closed != nil {
			err = fmt.Errorf("close the workbook: %w", closed)
		}
	}()
	if err := b.fill(); err != nil {
		return b.done, err
	}
	// The archive goes to w as it is made: the library's own way holds it in memory first.
	b.f.SetZipWriter(func(io.Writer) excelize.ZipWriter { return zip.NewWriter(w) })
	if _, err := b.f.WriteToBuffer(); err != nil {
		return b.done, fmt.Errorf("write the workbook: %w", err)
	}
	return b.done, nil
}

// workbook is a table on its way into a file.
type workbook struct {
	t      *Table
	f      *excelize.File
	limit  int
	styles map[styleKey]int
	widths []int
	sheets []sheet
	stream *excelize.StreamWriter
	row    int // the last one that was written to the sheet
	bytes  int // of the sheet
	out    []any
	exact  [][]string // place, column and text of numbers that Excel rounds
	done   Written
}

// sheet is one that holds rows, from the second to the last.
type sheet struct {
	name string
	last int
}

func (b *workbook) fill() error {
	var first [][]*string
	for row, err := range b.t.Rows {
		if err != nil {
			return err
		}
		if b.sheets == nil {
			if first = append(first, slices.Clone(row)); len(first) < sampleRows {
				continue
			}
			if err := b.begin(first); err != nil {
				return err
			}
			continue
		}
		if err := b.add(row); err != nil {
			return err
		}
	}
	if b.sheets == nil {
		if err := b.begin(first); err != nil {
			return err
		}
	}
	if err := b.totals(); err != nil {
		return err
	}
	if err := b.endSheet(); err != nil {
		return err
	}
	return b.about()
}

func (b *workbook) begin(first [][]*string) error {
	b.widths = b.t.widths(first)
	if err := b.nextSheet(); err != nil {
		return err
	}
	for _, row := range first {
		if err := b.add(row); err != nil {
			return err
		}
	}
	return nil
}

// nextSheet starts a sheet with its header.
func (b *workbook) nextSheet() (err error) {
	name := sheetName(b.t.Title, len(b.sheets)+1)
	if b.sheets == nil {
		err = b.f.SetSheetName("Sheet1", name)
	} else {
		_, err = b.f.NewSheet(name)
	}
	if err != nil {
		return fmt.Errorf("add sheet: %w", err)
	}
	b.sheets, b.row, b.bytes = append(b.sheets, sheet{name: name, last: 1}), 0, 0
	if b.stream, err = b.f.NewStreamWriter(name); err != nil {
		return fmt.Errorf("begin sheet: %w", err)
	}
	for i, width := range b.widths {
		if err := b.stream.SetColWidth(i+1, i+1, float64(width)); err != nil {
			return fmt.Errorf("set width: %w", err)
		}
	}
	if err := b.stream.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return fmt.Errorf("freeze the header: %w", err)
	}
	for i, c := range b.t.Columns {
		style, err := b.style(styleKey{part: header, right: c.Kind.number()})
		if err != nil {
			return err
		}
		b.out[i] = excelize.Cell{StyleID: style, Value: c.header()}
	}
	b.done.Sheets = len(b.sheets)
	return b.write()
}

// write puts the prepared cells below the last row.
func (b *workbook) write() error {
	b.row++
	if err := b.stream.SetRow(fmt.Sprintf("A%d", b.row), b.out); err != nil {
		return fmt.Errorf("write row %d: %w", b.row, err)
	}
	return nil
}

func (b *workbook) add(row []*string) error {
	if b.row == b.limit || b.bytes > sheetBytes {
		if err := b.endSheet(); err != nil {
			return err
		}
		if err := b.nextSheet(); err != nil {
			return err
		}
	}
	currency := b.t.currencyOf(row)
	for i := range b.t.Columns {
		b.out[i] = nil
		if row[i] == nil || *row[i] == "" {
			continue
		}
		b.bytes += cellBytes + len(*row[i])
		var err error
		if b.out[i], err = b.cell(i, *row[i], currency, body); err != nil {
			return err
		}
	}
	if err := b.write(); err != nil {
		return err
	}
	b.sheets[len(b.sheets)-1].last = b.row
	b.done.Rows++
	return nil
}

// endSheet adds the filter of the header, which ends above the totals.
func (b *workbook) endSheet() error {
	s := b.sheets[len(b.sheets)-1]
	if err := b.f.AutoFilter(s.name, "A1:"+place(len(b.t.Columns)-1, max(s.last, 1)), nil); err != nil {
		return fmt.Errorf("filter the header: %w", err)
	}
	if err := b.stream.Flush(); err != nil {
		return fmt.Errorf("end sheet: %w", err)
	}
	return nil
}

// place names a cell: its column, counted from 0, and its row, counted from 1.
func place(column, row int) string {
	name, err := excelize.CoordinatesToCellName(column+1, row)
	if err != nil {
		return "A1" // cannot be: no table has so many columns, no sheet so many rows
	}
	return name
}

// sheetName makes the name of the nth sheet of rows: at most 31 characters, without those
// that Excel refuses.
func sheetName(title string, n int) string {
	name := strings.Map(func(r rune) rune {
		if strings.ContainsRune(`:\/?*[]'`, r) || r < ' ' || r > 0xffff {
			return '-'
		}
		return r
	}, title)
	if name == "" {
		name = "Table"
	}
	suffix := ""
	if n > 1 {
		suffix = fmt.Sprintf(" (%d)", n)
	}
	letters := []rune(name)
	return string(letters[:min(len(letters), excelize.MaxSheetNameLength-len(suffix))]) + suffix
}
