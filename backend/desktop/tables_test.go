package desktop

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"cloud-intelligence/backend/analysis/spend"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/job"
	"cloud-intelligence/backend/service"
)

func cells(row ...string) []*string {
	out := make([]*string, len(row))
	for i := range row {
		out[i] = &row[i]
	}
	return out
}

// sheetOf reads a sheet of a workbook as Excel shows it.
func sheetOf(t *testing.T, path, sheet string) [][]string {
	t.Helper()
	f, err := excelize.OpenFile(path)
	require.NoError(t, err)
	rows, err := f.GetRows(sheet)
	require.NoError(t, err)
	require.NoError(t, f.Close())
	return rows
}

func TestLedger_ExportIsWholeAndHarmless(t *testing.T) {
	h := filled(t)
	h.window.answer = ""
	path, err := h.ledger.ExportLines(LinesQuestion{}, "csv")
	require.NoError(t, err)
	assert.Empty(t, path, "cancelled")
	assert.Equal(t, "Acme charges.csv", h.window.asked[0].Name)

	h.window.answer = filepath.Join(t.TempDir(), "charges")
	path, err = h.ledger.ExportLines(LinesQuestion{Columns: []string{"ServiceName", "BilledCost", "ListCost"}, Offset: 2, Limit: 1}, "csv")
	require.NoError(t, err)
	assert.Equal(t, h.window.answer+".csv", path)
	got, err := os.ReadFile(path)
	require.NoError(t, err)
	assert.Equal(t, "\ufeffServiceName,BilledCost,ListCost\r\nEC2,0.1,\r\nEC2,0.2,\r\n'=HYPERLINK(1),-12.5,\r\n", string(got), "all lines, not only those of the page")

	h.window.answer = filepath.Join(t.TempDir(), "missing", "a.csv")
	_, err = h.ledger.ExportLines(LinesQuestion{}, "csv")
	assert.EqualValues(t, "denied", h.FormatError(err).(Failure).Code)
	jobs, err := h.jobList.List()
	require.NoError(t, err)
	last := jobs[len(jobs)-1]
	assert.Equal(t, []any{service.JobExport, job.Failed, unitLines, finops.CodeDenied}, []any{last.Kind, last.State, last.Unit, last.Error.Code})
	h.window.fail = errBoom
	_, err = h.ledger.ExportLines(LinesQuestion{}, "csv")
	assert.Equal(t, "unavailable", code(err))
	require.NoError(t, h.workspaces.Close(), "nothing holds the workspace any more")
}

func TestLedger_ExportLinesAsWorkbook(t *testing.T) {
	h := filled(t)
	h.window.answer = filepath.Join(t.TempDir(), "charges")
	path, err := h.ledger.ExportLines(LinesQuestion{Columns: []string{"Account", "ServiceName", "BilledCost"}}, "xlsx")
	require.NoError(t, err)
	assert.Equal(t, h.window.answer+".xlsx", path)
	assert.Equal(t, []Filter{{"Excel workbooks", "*.xlsx"}, {"All files", "*"}}, h.window.asked[len(h.window.asked)-1].Filters)
	assert.Equal(t, [][]string{
		{"Account", "Account name", "ServiceName", "BilledCost (EUR)"},
		{"sub1", "Shop", "EC2", "0.1"}, {"sub1", "Shop", "EC2", "0.2"}, {"sub1", "Shop", "=HYPERLINK(1)", "-12.5"},
		{"Total EUR", "", "", "-12.2"},
	}, sheetOf(t, path, "Charges"))

	h.window.answer = filepath.Join(t.TempDir(), "typed.CSV")
	path, err = h.ledger.ExportLines(LinesQuestion{Columns: []string{"ServiceName"}}, "xlsx")
	require.NoError(t, err)
	got, err := os.ReadFile(path)
	require.NoError(t, err)
	assert.Contains(t, string(got), "ServiceName\r\nEC2", "the name that was typed decides")
	_, err = h.ledger.ExportLines(LinesQuestion{}, "pdf")
	assert.Equal(t, "invalid", code(err))
	_, err = h.ledger.ExportLines(LinesQuestion{From: "x"}, "csv")
	assert.Equal(t, "invalid", code(err))
}

func TestLedger_ExportBreakdown(t *testing.T) {
	h := filled(t)
	h.window.answer = filepath.Join(t.TempDir(), "services.xlsx")
	q := SpendQuestion{
		Metric: "BilledCost", Currency: "EUR", From: "2026-10-02", To: "2026-10-03", Base: spend.BaseCustom, CompareFrom: "2026-10-01", CompareTo: "2026-10-01",
		Column: "ServiceName", Beside: []string{"ServiceCategory"},
	}
	path, err := h.ledger.ExportBreakdown(q, "services", "xlsx")
	require.NoError(t, err)
	assert.Equal(t, "Acme services.xlsx", h.window.asked[len(h.window.asked)-1].Name)
	assert.Equal(t, [][]string{
		{"ServiceName", "ServiceCategory", "BillingCurrency", "lines", "Share", "2026-10-01 to 2026-10-01 (EUR)", "2026-10-02 to 2026-10-03 (EUR)", "Compared days (EUR)", "Change (EUR)", "Relative change"},
		{"EC2", "Compute", "EUR", "1", "1.6%", "0.10", "0.20", "0.20", "0.10", "100.0%"},
		{"=HYPERLINK(1)", "Compute", "EUR", "1", "-98.4%", "", "-12.50"},
		{"Total", "", "EUR", "2", "", "0.10", "-12.30", "0.20", "0.10", "100.0%"},
	}, sheetOf(t, path, "Breakdown"), "shares are of the absolute cost, and two days are not compared with one")

	t.Run("names accounts, without an earlier period", func(t *testing.T) {
		h.window.answer = filepath.Join(t.TempDir(), "accounts.csv")
		path, err := h.ledger.ExportBreakdown(SpendQuestion{Metric: "BilledCost", Currency: "EUR", To: "2026-10-02", Column: "Account", Beside: []string{"Provider"}}, "accounts", "csv")
		require.NoError(t, err)
		got, err := os.ReadFile(path)
		require.NoError(t, err)
		assert.Equal(t, "\ufeffAccount name,Account,Provider,BillingCurrency,lines,Share,2026-10-01 to 2026-10-02\r\nShop,sub1,AWS,EUR,2,1.000000,0.3\r\n", string(got))
	})
	t.Run("has the names of regions", func(t *testing.T) {
		assert.Equal(t, "\ufeffRegionId name,RegionId,BillingCurrency,lines,Share,2026-10-02 to 2026-10-02,2026-10-03 to 2026-10-03,Change,Relative change\r\n"+
			"Ireland,eu-west-1,EUR,1,-1.000000,0.2,-12.5,-12.7,\r\n",
			h.breakdown(t, SpendQuestion{From: "2026-10-03", To: "2026-10-03", Base: spend.BaseCustom, CompareFrom: "2026-10-02", CompareTo: "2026-10-02", Column: "RegionId", NameColumn: "RegionName"}))
	})
	t.Run("has values of the earlier period alone, and the amount of the days that both periods have", func(t *testing.T) {
		assert.Equal(t, "\ufeffServiceName,BillingCurrency,lines,Share,2026-09-30 to 2026-10-01,2026-10-02 to 2026-10-03,Compared days,Change,Relative change\r\n"+
			"EC2,EUR,1,0.015748,0.1,0.2,0,-0.1,-1.000000\r\n'=HYPERLINK(1),EUR,1,-0.984252,0,-12.5,-12.5,-12.5,\r\n",
			h.breakdown(t, SpendQuestion{From: "2026-10-02", To: "2026-10-03", Base: spend.BaseCustom, CompareFrom: "2026-09-30", CompareTo: "2026-10-01", Column: "ServiceName"}))
		assert.Equal(t, "\ufeffServiceName,BillingCurrency,lines,Share,2026-10-02 to 2026-10-02,2026-10-03 to 2026-10-03,Change,Relative change\r\n"+
			"'=HYPERLINK(1),EUR,1,-1.000000,0,-12.5,-12.5,\r\nEC2,EUR,0,0.000000,0.2,0,-0.2,-1.000000\r\n",
			h.breakdown(t, SpendQuestion{From: "2026-10-03", To: "2026-10-03", Base: spend.BaseCustom, CompareFrom: "2026-10-02", CompareTo: "2026-10-02", Column: "ServiceName"}))
	})
	for name, bad := range map[string]SpendQuestion{
		"metric": {Metric: "Cost"}, "day": {Metric: "BilledCost", CompareTo: "x"}, "half a period": {Metric: "BilledCost", Column: "ServiceName", Base: spend.BaseCustom, CompareTo: "2026-10-01"}, "column": {Metric: "BilledCost", Column: "Nonsense"},
	} {
		_, err := h.ledger.ExportBreakdown(bad, "x", "csv")
		require.Error(t, err)
		assert.EqualValues(t, "invalid", h.FormatError(err).(Failure).Code, name)
	}
}

// breakdown is what is saved of the billed cost in EUR.
func (h *house) breakdown(t *testing.T, q SpendQuestion) string {
	t.Helper()
	h.window.answer = filepath.Join(t.TempDir(), "breakdown.csv")
	q.Metric, q.Currency = "BilledCost", "EUR"
	path, err := h.ledger.ExportBreakdown(q, "breakdown", "csv")
	require.NoError(t, err)
	got, err := os.ReadFile(path)
	require.NoError(t, err)
	return string(got)
}

func TestLedger_ExportTable(t *testing.T) {
	h := filled(t)
	h.window.answer = filepath.Join(t.TempDir(), "findings.xlsx")
	table := ShownTable{
		Title:   "Findings",
		Columns: []ShownColumn{{"Finding", "text"}, {"Currency", "text"}, {"Cost", "amount"}, {"Seen", "day"}}, CurrencyColumn: 1,
		Rows: [][]*string{cells("=1+1", "JPY", "500", "2026-10-01"), {nil, nil, nil, nil}},
	}
	path, err := h.ledger.ExportTable(table, "findings", "xlsx")
	require.NoError(t, err)
	assert.Equal(t, [][]string{{"Finding", "Currency", "Cost", "Seen"}, {"=1+1", "JPY", "500", "2026-10-01"}}, sheetOf(t, path, "Findings"))
	assert.Equal(t, []string{"Workspace", "Acme"}, sheetOf(t, path, "About")[2])

	table.Rows = [][]*string{cells("short")}
	_, err = h.ledger.ExportTable(table, "findings", "xlsx")
	assert.Equal(t, "invalid", code(err))
	table.Rows, table.CurrencyColumn = nil, 4
	_, err = h.ledger.ExportTable(table, "findings", "xlsx")
	assert.Equal(t, "invalid", code(err))
	table.Columns[0].Kind = "colour"
	_, err = h.ledger.ExportTable(table, "findings", "xlsx")
	assert.Equal(t, "invalid", code(err))
}
