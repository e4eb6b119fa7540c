package report

import (
	"errors"
	"fmt"
	"io"
	"strconv"
	"time"

	"github.com/xuri/excelize/v2"

	"cloud-intelligence/backend/finops"
)

// WorkbookMagic is how an Excel workbook, which is an archive, begins.
const WorkbookMagic = "PK\x03\x04"

// The bounds of a workbook that is read: on disk, and unpacked as a whole and for one sheet.
const (
	readBytesMost  = 64 << 20
	readUnzipMost  = 512 << 20
	readColumnMost = 256
)

// The serial numbers of days from 1954 to 2119, which no cell of a budget or a year has by chance.
const (
	serialLeast = 20_000
	serialMost  = 80_000
)

// ReadSheet returns the cells of the first sheet of an Excel workbook as text, numbers as they are kept and days as YYYY-MM-DD. A row ends
// with its last cell that is not empty. It answers CodeInvalid for what is no workbook, for one with a password, and for more than so many rows.
func ReadSheet(in io.Reader, rowsMost int) (rows [][]string, err error) {
	f, err := excelize.OpenReader(io.LimitReader(in, readBytesMost), excelize.Options{RawCellValue: true, UnzipSizeLimit: readUnzipMost, UnzipXMLSizeLimit: readBytesMost})
	if err != nil {
		return nil, finops.WrapError(finops.CodeInvalid, err, "The file cannot be read as an Excel workbook. Save it as .xlsx without a password, or as CSV.")
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	sheet := f.GetSheetName(0)
	r, err := f.Rows(sheet)
	if err != nil {
		return nil, finops.WrapError(finops.CodeInvalid, err, "The first sheet of the workbook cannot be read.")
	}
	defer func() { err = errors.Join(err, r.Close()) }()
	for line := 1; r.Next(); line++ {
		if line > rowsMost {
			return nil, finops.Errorf(finops.CodeInvalid, "The first sheet of the workbook has more than %d rows.", rowsMost)
		}
		cells, err := r.Columns()
		if err != nil {
			return nil, finops.WrapError(finops.CodeInvalid, err, "Row %d of the workbook cannot be read.", line)
		}
		if len(cells) > readColumnMost {
			return nil, finops.Errorf(finops.CodeInvalid, "Row %d of the workbook has more than %d columns.", line, readColumnMost)
		}
		for i, cell := range cells {
			if cells[i], err = dayCell(f, sheet, i+1, line, cell); err != nil {
				return nil, err
			}
		}
		rows = append(rows, cells)
	}
	if err := r.Error(); err != nil {
		return nil, finops.WrapError(finops.CodeInvalid, err, "The first sheet of the workbook cannot be read to its end.")
	}
	return rows, nil
}

// dayCell turns the number of a day into the day where the cell is shown as one.
func dayCell(f *excelize.File, sheet string, column, row int, text string) (string, error) {
	serial, err := strconv.Atoi(text)
	if err != nil || serial < serialLeast || serial > serialMost {
		return text, nil //nolint:nilerr // it is not the number of a day
	}
	name, err := excelize.CoordinatesToCellName(column, row)
	if err != nil {
		return "", fmt.Errorf("name a cell: %w", err)
	}
	at, err := f.GetCellStyle(sheet, name)
	if err != nil {
		return "", fmt.Errorf("find the style of %s: %w", name, err)
	}
	style, err := f.GetStyle(at)
	if err != nil || !showsDay(style) { // a workbook need not have styles, and a program may name one that is not there
		return text, nil //nolint:nilerr // a number without a style is shown as a number
	}
	day, err := excelize.ExcelDateToTime(float64(serial), false)
	if err != nil {
		return text, nil //nolint:nilerr // a number that is no day stays one
	}
	return day.Format(time.DateOnly), nil
}

// showsDay says whether numbers of a style are shown as days or months.
func showsDay(s *excelize.Style) bool {
	if s.CustomNumFmt != nil {
		plain := false
		for _, r := range *s.CustomNumFmt {
			switch r {
			case '"':
				plain = !plain
			case 'y', 'Y':
				if !plain {
					return true
				}
			}
		}
		return false
	}
	return s.NumFmt >= 14 && s.NumFmt <= 17 || s.NumFmt == 22
}
