package report_test

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"cloud-intelligence/backend/housetest"
	"cloud-intelligence/backend/report"
)

// row makes a row; "-" has no value.
func row(cells ...string) []*string {
	r := report.Cells(cells...)
	for i := range r {
		if *r[i] == "-" {
			r[i] = nil
		}
	}
	return r
}

// costs is a table of every kind of column, in two currencies.
func costs() *report.Table {
	return &report.Table{
		Title: "Costs", Question: "BilledCost by ServiceName", Workspace: "Acme", AsOf: time.Date(2026, 11, 22, 9, 30, 0, 0, time.UTC),
		Columns: []report.Column{
			{Name: "day", Kind: report.Day}, {Name: "month", Kind: report.Month}, {Name: "ChargePeriodStart", Kind: report.Time}, {Name: "ServiceName"},
			{Name: "BillingCurrency"}, {Name: "lines", Kind: report.Count}, {Name: "BilledCost", Kind: report.Amount},
			{Name: "ConsumedQuantity", Kind: report.Quantity, Unit: "GB"}, {Name: "Share", Kind: report.Share},
		},
		Currency: 4,
		Rows: report.List([][]*string{
			row("2026-10-01", "2026-10", "2026-10-01T06:30:00Z", "EC2", "USD", "2", "1200.067890123456", "0.000001", "0.857"),
			row("2026-10-01", "2026-10", "2026-10-01T00:00:00.5Z", "=HYPERLINK(1)", "JPY", "1", "-12345", "3", "-"),
			row("1899-12-31", "soon", "yesterday", "Größe, 容量 🙂", "USD", "1", "0.1", "none", "1"),
			row("-", "-", "-", "-", "-", "-", "-", "-", "-"),
		}),
		Totals: []report.Total{
			{Currency: "USD", Cells: row("-", "-", "-", "Total", "USD", "3", "1200.167890123456", "-", "-")},
			{Currency: "JPY", Cells: row("-", "-", "-", "Total", "JPY", "1", "-12345", "-", "-")},
		},
	}
}

func workbook(t *testing.T, table *report.Table, opts report.XLSXOptions) (*excelize.File, report.Written) {
	t.Helper()
	var out bytes.Buffer
	done, err := table.WriteXLSX(&out, opts)
	require.NoError(t, err)
	f, err := excelize.OpenReader(&out)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, f.Close()) })
	return f, done
}

// dump returns every cell of a workbook: its place, type, value as it is stored and as Excel
// shows it, format and formula.
func dump(t *testing.T, f *excelize.File) []byte {
	t.Helper()
	var b bytes.Buffer
	for _, sheet := range f.GetSheetList() {
		fmt.Fprintf(&b, "== %s\n", sheet)
		rows, err := f.GetRows(sheet, excelize.Options{RawCellValue: true})
		require.NoError(t, err)
		for r, row := range rows {
			for c := range row {
				cell, err := excelize.CoordinatesToCellName(c+1, r+1)
				require.NoError(t, err)
				dumpCell(t, &b, f, sheet, cell)
			}
		}
	}
	return b.Bytes()
}

func dumpCell(t *testing.T, b *bytes.Buffer, f *excelize.File, sheet, cell string) {
	t.Helper()
	raw, err := f.GetCellValue(sheet, cell, excelize.Options{RawCellValue: true})
	require.NoError(t, err)
	shown, err := f.GetCellValue(sheet, cell)
	require.NoError(t, err)
	formula, err := f.GetCellFormula(sheet, cell)
	require.NoError(t, err)
	kind, err := f.GetCellType(sheet, cell)
	require.NoError(t, err)
	if raw == "" && formula == "" {
		return
	}
	fmt.Fprintf(b, "%s %s %q", cell, map[bool]string{true: "number", false: "text"}[kind == excelize.CellTypeUnset || kind == excelize.CellTypeNumber], raw)
	id, err := f.GetCellStyle(sheet, cell)
	require.NoError(t, err)
	style, err := f.GetStyle(id)
	require.NoError(t, err)
	if style.CustomNumFmt != nil {
		fmt.Fprintf(b, " %s -> %q", *style.CustomNumFmt, shown)
	}
	if formula != "" {
		fmt.Fprintf(b, " =%s", formula)
	}
	b.WriteByte('\n')
}

func TestWriteXLSX_EveryKindOfCell(t *testing.T) {
	f, done := workbook(t, costs(), report.XLSXOptions{})
	housetest.Golden(t, "costs.txt", dump(t, f))
	require.Equal(t, report.Written{Rows: 4, Sheets: 1, Rounded: 2}, done)

	panes, err := f.GetPanes("Costs")
	require.NoError(t, err)
	require.True(t, panes.Freeze)
	require.Equal(t, 1, panes.YSplit)
	names := f.GetDefinedName()
	require.Len(t, names, 1)
	require.Equal(t, "'Costs'!$A$1:$I$5", names[0].RefersTo, "the filter leaves out the totals")
	narrow, err := f.GetColWidth("Costs", "E")
	require.NoError(t, err)
	require.EqualValues(t, len("BillingCurrency")+3, narrow)
}

func TestWriteXLSX_ManySheets(t *testing.T) {
	f, done := workbook(t, costs(), report.XLSXOptions{SheetRows: 3})
	housetest.Golden(t, "sheets.txt", dump(t, f))
	require.Equal(t, 3, done.Sheets, "two of rows, and one since the totals have no room below the second")
	require.EqualValues(t, 4, done.Rows)
}

func TestWriteXLSX_TotalsAlone(t *testing.T) {
	t.Run("of more rows than there are", func(t *testing.T) {
		table := costs()
		table.Partial = true
		f, _ := workbook(t, table, report.XLSXOptions{})
		formula, err := f.GetCellFormula("Costs", "G6")
		require.NoError(t, err)
		require.Empty(t, formula)
		shown, err := f.GetCellValue("Costs", "G6")
		require.NoError(t, err)
		require.Equal(t, "1,200.17", shown)
	})
	t.Run("in one currency", func(t *testing.T) {
		table := costs()
		table.Totals = table.Totals[:1]
		f, _ := workbook(t, table, report.XLSXOptions{})
		formula, err := f.GetCellFormula("Costs", "G6")
		require.NoError(t, err)
		require.Equal(t, "SUM(G2:G5)", formula)
		sum, err := f.CalcCellValue("Costs", "F6")
		require.NoError(t, err)
		require.Equal(t, "4", sum)
	})
	for name, c := range map[string]struct{ currency, want string }{
		"in a currency that is not named":        {"", `SUMIF(E2:E5,"=",G2:G5)`},
		"in a currency that is a pattern":        {"U*D", ""},
		"in currencies that differ in case only": {"jpy", ""},
	} {
		t.Run(name, func(t *testing.T) {
			table := costs()
			table.Totals[0].Currency = c.currency
			f, _ := workbook(t, table, report.XLSXOptions{})
			formula, err := f.GetCellFormula("Costs", "G6")
			require.NoError(t, err)
			require.Equal(t, c.want, formula)
		})
	}
}

func TestWriteXLSX_NoRows(t *testing.T) {
	table := costs()
	table.Rows = report.List(nil)
	table.Totals = nil
	f, done := workbook(t, table, report.XLSXOptions{})
	require.Equal(t, report.Written{Sheets: 1}, done)
	rows, err := f.GetRows("Costs")
	require.NoError(t, err)
	require.Len(t, rows, 1)
	require.Equal(t, []string{"Costs", "About"}, f.GetSheetList())
}

func TestWriteXLSX_HugeNumbersAndTexts(t *testing.T) {
	long := strings.Repeat("ü", excelize.TotalCellChars+1)
	table := &report.Table{
		Title: "a/b's [c]: a title that is much too long for a sheet", Currency: -1,
		Columns: []report.Column{{Name: "Cost", Kind: report.Amount, Unit: "IDR"}, {Name: "Note"}},
		Rows:    report.List([][]*string{row("123456789012345678901234567890.12", long), row("0.000000000000000000000000000001", "\x00_x0041_ "), row("100000000000000000", " ")}),
	}
	f, done := workbook(t, table, report.XLSXOptions{})
	require.Equal(t, report.Written{Rows: 3, Sheets: 1, Rounded: 1, Cut: 1}, done)
	name := f.GetSheetList()[0]
	require.Equal(t, "a-b-s -c-- a title that is much", name)
	cell := func(sheet, at string) string {
		text, err := f.GetCellValue(sheet, at, excelize.Options{RawCellValue: true})
		require.NoError(t, err)
		return text
	}
	require.Equal(t, "Cost (IDR)", cell(name, "A1"))
	require.Equal(t, "123456789012345678901234567890.12", cell("All digits", "D2"))
	require.Equal(t, "100000000000000000", cell(name, "A4"))
	require.Equal(t, "�_x0041_ ", cell(name, "B3"), "text stays as it is, save for what no file of Excel can hold")
	require.Len(t, []rune(cell(name, "B2")), excelize.TotalCellChars)
}

func TestWriteXLSX_SameTwice(t *testing.T) {
	var first, second bytes.Buffer
	_, err := costs().WriteXLSX(&first, report.XLSXOptions{})
	require.NoError(t, err)
	_, err = costs().WriteXLSX(&second, report.XLSXOptions{})
	require.NoError(t, err)
	require.True(t, bytes.Equal(first.Bytes(), second.Bytes()))
}

var errRead = errors.New("the ledger cannot be read")

func TestWrite_RowsFail(t *testing.T) {
	failing := func() *report.Table {
		table := costs()
		table.Rows = func(yield func([]*string, error) bool) { yield(nil, errRead) }
		return table
	}
	var out bytes.Buffer
	_, err := failing().WriteXLSX(&out, report.XLSXOptions{})
	require.ErrorIs(t, err, errRead)
	require.Zero(t, out.Len())
	_, err = failing().WriteCSV(&out, report.CSVOptions{})
	require.ErrorIs(t, err, errRead)
}

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errRead }

func TestWrite_DiskFull(t *testing.T) {
	_, err := costs().WriteXLSX(full{}, report.XLSXOptions{})
	require.ErrorIs(t, err, errRead)
	_, err = costs().WriteCSV(full{}, report.CSVOptions{})
	require.ErrorIs(t, err, errRead)
}

func TestWriteCSV(t *testing.T) {
	var out bytes.Buffer
	rows, err := costs().WriteCSV(&out, report.CSVOptions{})
	require.NoError(t, err)
	require.EqualValues(t, 4, rows)
	require.Equal(t, "day,month,ChargePeriodStart,ServiceName,BillingCurrency,lines,BilledCost,ConsumedQuantity,Share\n"+
		"2026-10-01,2026-10,2026-10-01T06:30:00Z,EC2,USD,2,1200.067890123456,0.000001,0.857\n"+
		"2026-10-01,2026-10,2026-10-01T00:00:00.5Z,'=HYPERLINK(1),JPY,1,-12345,3,\n"+
		"1899-12-31,soon,yesterday,\"Größe, 容量 🙂\",USD,1,0.1,none,1\n"+
		",,,,,,,,\n", out.String())
}

func TestWriteCSV_Harmless(t *testing.T) {
	var rows [][]string
	for _, cell := range []string{"=1+1", "+cmd", "-1e5", "@x", "\tx", "\rx", "\nx", "-.5", "- 5", "plain", "+1.", "1=1"} {
		rows = append(rows, []string{cell})
	}
	var out bytes.Buffer
	_, err := report.Plain("Hostile", append([][]string{{"=name"}}, rows...)).WriteCSV(&out, report.CSVOptions{Spreadsheet: true})
	require.NoError(t, err)
	require.Equal(t, "\ufeff'=name\r\n'=1+1\r\n'+cmd\r\n-1e5\r\n'@x\r\n'\tx\r\n\"'x\"\r\n\"'\r\nx\"\r\n-.5\r\n'- 5\r\nplain\r\n+1.\r\n1=1\r\n", out.String())
}
