package report

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf16"

	"github.com/mattn/go-runewidth"
	"github.com/xuri/excelize/v2"

	"cloud-intelligence/backend/finops"
)

const (
	// excelDigits is how many digits of a number Excel keeps.
	excelDigits = 15
	// excelEpoch is the number of 1970-01-01 in Excel, which counts days.
	excelEpoch = 25569
	// excelFirst is 1900-03-01: before it Excel counts a day that never was.
	excelFirst = 61
	// widthMax is the widest a column gets, in letters.
	widthMax = 60
)

// part is the part of a table that a cell belongs to.
type part uint8

const (
	body part = iota
	header
	totals
)

// styleKey identifies a style of a workbook.
type styleKey struct {
	part   part
	right  bool
	format string
}

func (b *workbook) style(k styleKey) (int, error) {
	if id, known := b.styles[k]; known {
		return id, nil
	}
	s := &excelize.Style{}
	if k.format != "" {
		s.CustomNumFmt = &k.format
	}
	switch k.part {
	case header:
		s.Font = &excelize.Font{Bold: true}
		s.Border = []excelize.Border{{Type: "bottom", Style: 1, Color: "000000"}}
	case totals:
		s.Font = &excelize.Font{Bold: true}
		s.Border = []excelize.Border{{Type: "top", Style: 1, Color: "000000"}}
	case body:
	}
	if k.right {
		s.Alignment = &excelize.Alignment{Horizontal: "right"}
	}
	id, err := b.f.NewStyle(s)
	if err != nil {
		return 0, fmt.Errorf("add style: %w", err)
	}
	b.styles[k] = id
	return id, nil
}

func (k Kind) number() bool { return k >= Amount }

// format is the number format of a kind; "" = Excel's general one.
func (k Kind) format(currency string) string {
	switch k {
	case Day:
		return "yyyy-mm-dd"
	case Month:
		return "yyyy-mm"
	case Time:
		return "yyyy-mm-dd hh:mm:ss"
	case Amount:
		if digits := finops.MinorDigits(currency); digits > 0 {
			return "#,##0." + strings.Repeat("0", digits)
		}
		return "#,##0"
	case Count:
		return "#,##0"
	case Share:
		return "0.0%"
	case Text, Quantity:
	}
	return ""
}

// header is the name of a column with its unit.
func (c Column) header() string {
	if c.Unit == "" {
		return c.Name
	}
	return c.Name + " (" + c.Unit + ")"
}

// currencyOf is the currency of a row's amounts, where a column names it.
func (t *Table) currencyOf(row []*string) string {
	if t.Currency < 0 || row[t.Currency] == nil {
		return ""
	}
	return *row[t.Currency]
}

// cell makes the cell of a text in a column: a number or a date where it is one.
func (b *workbook) cell(column int, text, currency string, p part) (excelize.Cell, error) {
	c := b.t.Columns[column]
	if c.Unit != "" {
		currency = c.Unit
	}
	k := styleKey{part: p, format: c.Kind.format(currency)}
	value := b.value(column, text)
	if _, isText := value.(string); isText {
		k.format = ""
	}
	style, err := b.style(k)
	return excelize.Cell{StyleID: style, Value: value}, err
}

// value is a number where the text is one of the column's kind, and the text otherwise.
func (b *workbook) value(column int, text string) any {
	switch kind := b.t.Columns[column].Kind; kind {
	case Day:
		if day, err := finops.ParseDay(text); err == nil && day+excelEpoch >= excelFirst {
			return int(day) + excelEpoch
		}
	case Month:
		if month, err := finops.ParseMonth(text); err == nil && month.First()+excelEpoch >= excelFirst {
			return int(month.First()) + excelEpoch
		}
	case Time:
		// A part of a second would be lost.
		if seconds, ok := finops.ParseTime([]byte(text)); ok && !strings.Contains(text, ".") {
			return excelEpoch + float64(seconds)/(24*60*60)
		}
	case Amount, Quantity, Share, Count:
		if a, err := finops.ParseTotal([]byte(text)); err == nil {
			return b.number(column, a.Trim().String())
		}
	case Text:
	}
	if len(text) > excelize.TotalCellChars && len(utf16.Encode([]rune(text))) > excelize.TotalCellChars {
		b.done.Cut++
	}
	return text
}

// number is a decimal number as Excel can hold it: up to 15 digits are exact. One that has
// more is listed.
func (b *workbook) number(column int, plain string) any {
	if significant(plain) > excelDigits {
		b.done.Rounded++
		if len(b.exact) < exactMax {
			// The row of the cell is the next one to be written.
			b.exact = append(b.exact, []string{b.sheets[len(b.sheets)-1].name, place(column, b.row+1), b.t.Columns[column].header(), plain})
		}
	}
	number, err := strconv.ParseFloat(plain, 64)
	if err != nil {
		return plain // beyond any number of Excel
	}
	return number
}

// significant counts the digits of a plain decimal number that has no zeros at its end.
func significant(plain string) int {
	digits := strings.TrimLeft(strings.ReplaceAll(strings.TrimPrefix(plain, "-"), ".", ""), "0")
	return len(strings.TrimRight(digits, "0"))
}

// widths are how wide the columns must be for the header, the totals and some rows.
func (t *Table) widths(rows [][]*string) []int {
	widths := make([]int, len(t.Columns))
	for i, c := range t.Columns {
		widths[i] = runewidth.StringWidth(c.header()) + 3 // the filter's arrow
	}
	fit := func(row []*string) {
		for i, c := range t.Columns {
			if row[i] != nil {
				widths[i] = max(widths[i], c.Kind.width(*row[i])+2)
			}
		}
	}
	for _, row := range rows {
		fit(row)
	}
	for _, total := range t.Totals {
		fit(total.Cells)
	}
	for i := range widths {
		widths[i] = min(widths[i], widthMax)
	}
	return widths
}

// width is how many letters a cell takes.
func (k Kind) width(text string) int {
	whole, _, _ := strings.Cut(text, ".")
	switch k {
	case Day, Month, Share:
		return len("2006-01-02")
	case Time:
		return len("2006-01-02 15:04:05")
	case Amount, Count:
		return len(whole)*4/3 + len(".000")
	case Quantity:
		return min(len(text), excelDigits+2)
	case Text:
	}
	first, _, _ := strings.Cut(text, "\n")
	return runewidth.StringWidth(first)
}
