package reconcile

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"cloud-intelligence/backend/finops"
)

// Columns are the columns of a CSV file of invoice amounts, as the template has them.
var Columns = []string{"provider", "billing_account", "month", "invoice_id", "currency", "total", "tax", "credits", "marketplace", "other", "note"}

// spellings are other names of the columns, in lower case and letters only.
var spellings = map[string]string{
	"provider": "provider", "providername": "provider", "cloud": "provider", "vendor": "provider", "serviceprovidername": "provider",
	"billingaccount": "billing_account", "billingaccountid": "billing_account", "account": "billing_account", "accountid": "billing_account", "payeraccount": "billing_account",
	"payeraccountid": "billing_account",
	"month":          "month", "billingmonth": "month", "billingperiod": "month", "period": "month", "billingperiodstart": "month", "invoicemonth": "month",
	"invoiceid": "invoice_id", "invoice": "invoice_id", "invoicenumber": "invoice_id", "invoiceno": "invoice_id", "invoicenr": "invoice_id",
	"currency": "currency", "billingcurrency": "currency", "currencycode": "currency",
	"total": "total", "amount": "total", "invoicetotal": "total", "totalamount": "total", "amountdue": "total", "invoiceamount": "total", "grandtotal": "total",
	"tax": "tax", "taxes": "tax", "vat": "tax", "gst": "tax", "salestax": "tax", "taxamount": "tax",
	"credits": "credits", "credit": "credits",
	"marketplace": "marketplace", "other": "other", "support": "other", "othercharges": "other", "supportandother": "other",
	"note": "note", "notes": "note", "comment": "note", "remark": "note",
}

// The largest file of invoice amounts.
const (
	fileMax = 16 << 20
	rowsMax = 20_000
	// problemsMax bounds the problems that one sentence names.
	problemsMax = 5
)

// Row is the amounts of one invoice as a person gives them, in a line of a file or typed. What
// names the invoice and is not given may be found in the ledger: see Ledger.Find.
type Row struct {
	Line int // of the file, 0 = typed
	Figure
	MonthGiven bool
	Text       string // the total as it was written
	Err        error  // why it cannot be saved; the rest of the row is then incomplete
}

// File is what a file of invoice amounts says.
type File struct {
	Rows    []Row
	Blank   int     // lines without any amount, such as those of a template that nobody filled in
	Decimal Decimal // the sign that the amounts were read with
}

// ReadFigures reads a CSV file of invoice amounts: UTF-8 with a header, separated by commas,
// semicolons or tabs. A row that cannot be read has its Err; a file without the columns that
// are needed answers CodeUnsupported, one that is broken otherwise CodeInvalid. Texts are never
// run or changed, whatever they look like.
func ReadFigures(r io.Reader, decimal Decimal) (*File, error) {
	text, err := io.ReadAll(io.LimitReader(r, fileMax+1))
	if err != nil {
		return nil, fmt.Errorf("read the invoice amounts: %w", err)
	}
	if err := checkText(text); err != nil {
		return nil, err
	}
	records, lines, err := records(bytes.TrimPrefix(text, []byte("\ufeff")))
	if err != nil {
		return nil, err
	}
	places, err := header(records[0])
	if err != nil {
		return nil, err
	}
	p := &figureReader{places: places, decimal: decimal}
	if decimal == DecimalAuto {
		if p.decimal, err = DetectDecimal(p.amounts(records[1:])); err != nil {
			return nil, err
		}
	}
	for i, record := range records[1:] {
		p.row(record, lines[i+1])
	}
	if p.decimal == DecimalAuto {
		p.decimal = DecimalPoint
	}
	return &File{Rows: p.rows, Blank: p.blank, Decimal: p.decimal}, nil
}

func checkText(text []byte) error {
	switch {
	case len(text) > fileMax:
		return finops.Errorf(finops.CodeInvalid, "The file is larger than %d MB; that is not a list of invoices. Split it.", fileMax>>20)
	case len(bytes.TrimSpace(text)) == 0:
		return finops.Errorf(finops.CodeInvalid, "The file is empty. Save the template to see its columns.")
	case !utf8.Valid(text) || bytes.IndexByte(text, 0) >= 0:
		return finops.Errorf(finops.CodeInvalid, "The file is not text in UTF-8. Save it as \"CSV UTF-8\" and try again.")
	}
	return nil
}

// records splits the text with the separator that makes the header known.
func records(text []byte) (all [][]string, lines []int, err error) {
	comma, best := ',', -1
	first, _, _ := bytes.Cut(bytes.TrimLeft(text, "\r\n"), []byte("\n"))
	for _, c := range []rune{',', ';', '\t'} {
		known := 0
		for _, name := range strings.FieldsFunc(string(first), func(r rune) bool { return r == c }) {
			if spellings[letters(name)] != "" {
				known++
			}
		}
		if known > best {
			comma, best = c, known
		}
	}
	r := csv.NewReader(bytes.NewReader(text))
	r.Comma, r.FieldsPerRecord = comma, -1
	for {
		record, err := r.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		var bad *csv.ParseError
		if errors.As(err, &bad) {
			return nil, nil, finops.WrapError(finops.CodeInvalid, err, "Line %d is not valid CSV: it has a stray quotation mark.", bad.Line)
		}
		if err != nil {
			return nil, nil, fmt.Errorf("read the invoice amounts: %w", err)
		}
		if !slices.ContainsFunc(record, func(s string) bool { return strings.TrimSpace(s) != "" }) {
			continue // a row of separators only, as spreadsheets leave behind
		}
		line, _ := r.FieldPos(0)
		all, lines = append(all, record), append(lines, line)
		if len(all) > rowsMax {
			return nil, nil, finops.Errorf(finops.CodeInvalid, "The file has more than %d rows. Split it.", rowsMax)
		}
	}
	if len(all) == 0 {
		return nil, nil, finops.Errorf(finops.CodeInvalid, "The file is empty. Save the template to see its columns.")
	}
	return all, lines, nil
}

func letters(name string) string {
	return strings.Map(func(r rune) rune {
		if !unicode.IsLetter(r) {
			return -1
		}
		return unicode.ToLower(r)
	}, name)
}

// header finds the place of each column.
func header(names []string) (map[string]int, error) {
	places := map[string]int{}
	for i, name := range names {
		column := spellings[letters(name)]
		if column == "" {
			continue // columns that say nothing here may stay in the file
		}
		if at, twice := places[column]; twice {
			return nil, finops.Errorf(finops.CodeInvalid, "The columns %s and %s both mean %s. Remove one of them.", quoted(names[at]), quoted(name), column)
		}
		places[column] = i
	}
	if _, ok := places["total"]; !ok {
		return nil, finops.Errorf(finops.CodeUnsupported, "The first line has no column for the total of the invoice. The columns are: %s.", strings.Join(Columns, ", "))
	}
	_, account := places["billing_account"]
	_, invoice := places["invoice_id"]
	if !account && !invoice {
		return nil, finops.Errorf(finops.CodeUnsupported, "The first line has no column for the billing account or the invoice number. The columns are: %s.", strings.Join(Columns, ", "))
	}
	return places, nil
}

var amountColumns = []string{"total", "tax", "credits", "marketplace", "other"}

type figureReader struct {
	places  map[string]int
	decimal Decimal
	rows    []Row
	blank   int
}

func (p *figureReader) field(record []string, column string) string {
	if i, ok := p.places[column]; ok && i < len(record) {
		return strings.TrimSpace(record[i])
	}
	return ""
}

func (p *figureReader) amounts(records [][]string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for _, record := range records {
			for _, column := range amountColumns {
				if !yield(WithoutCurrency(p.field(record, column), p.field(record, "currency"))) {
					return
				}
			}
		}
	}
}

func (p *figureReader) row(record []string, line int) {
	if !slices.ContainsFunc(amountColumns, func(column string) bool { return p.field(record, column) != "" }) {
		p.blank++
		return
	}
	row := Row{Line: line, Text: p.field(record, "total")}
	row.Provider, row.Account, row.Invoice, row.Note = p.field(record, "provider"), p.field(record, "billing_account"), p.field(record, "invoice_id"), p.field(record, "note")
	row.Currency = strings.ToUpper(p.field(record, "currency"))
	row.Err = p.fill(&row, record)
	p.rows = append(p.rows, row)
}

// fill reads the month and the amounts of a row.
func (p *figureReader) fill(row *Row, record []string) error {
	if text := p.field(record, "month"); text != "" {
		month, err := readMonth(text)
		if err != nil {
			return err
		}
		row.Month, row.MonthGiven = month, true
	}
	if row.Text == "" {
		return finops.Errorf(finops.CodeInvalid, "The total is missing. Enter the amount to pay, or remove the line.")
	}
	for i, to := range []**finops.Amount{nil, &row.Parts.Tax, &row.Parts.Credits, &row.Parts.Marketplace, &row.Parts.Other} {
		text := p.field(record, amountColumns[i])
		if text == "" {
			continue
		}
		a, err := ReadAmount(WithoutCurrency(text, row.Currency), p.decimal)
		if err != nil {
			return err
		}
		if to == nil {
			row.Total = a
		} else {
			*to = &a
		}
	}
	if row.Account == "" && row.Invoice == "" {
		return finops.Errorf(finops.CodeInvalid, "Neither a billing account nor an invoice number is given.")
	}
	return nil
}

// Refusal names the first rows that cannot be saved, each with its line; nil where all can.
func Refusal(rows []Row) error {
	var problems []string
	for _, row := range rows {
		if row.Err == nil {
			continue
		}
		text := finops.MessageOf(row.Err)
		if row.Line > 0 {
			text = fmt.Sprintf("Line %d: %s", row.Line, text)
		}
		problems = append(problems, text)
	}
	if len(problems) == 0 {
		return nil
	}
	text := strings.Join(problems[:min(len(problems), problemsMax)], " ")
	if more := len(problems) - problemsMax; more > 0 {
		text += fmt.Sprintf(" And %s more.", counted(int64(more), "problem", "problems"))
	}
	return finops.Errorf(finops.CodeInvalid, "%s Nothing was saved.", text)
}

// readMonth reads a month as people write it, or any date of the month that bills write.
func readMonth(text string) (finops.Month, error) {
	m, err := finops.ReadMonth(text)
	if err == nil {
		return m, nil
	}
	if sec, ok := finops.ParseTime([]byte(text)); ok {
		return finops.DayOfUnix(sec).Month(), nil
	}
	return 0, err
}
