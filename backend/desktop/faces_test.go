package desktop

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/analysis/reconcile"
	"cloud-intelligence/backend/cli"
	"cloud-intelligence/backend/finops/filter"
	"cloud-intelligence/backend/service"
	"cloud-intelligence/backend/source"
	"cloud-intelligence/backend/source/focusfile"
)

// terminal runs a command in the workspace that the window has open, and returns what it prints.
func (h *house) terminal(t *testing.T, args ...string) []byte {
	t.Helper()
	code, out, said := h.run(t, args...)
	require.Zero(t, code, "%v: %s", args, said)
	return out
}

// run runs a command in the workspace that the window has open.
func (h *house) run(t *testing.T, args ...string) (code int, out []byte, said string) {
	t.Helper()
	open, err := h.workspaces.Current()
	require.NoError(t, err)
	var stdout, stderr bytes.Buffer
	code = cli.Main(t.Context(), append([]string{"--workspace", open.Path}, args...), nil, &stdout, &stderr, cli.Deps{Sources: source.Registry{focusfile.Source{}}, Now: fixedTime, User: "omar"})
	return code, stdout.Bytes(), stderr.String()
}

// records reads a CSV, with or without what Excel needs in front.
func records(t *testing.T, text []byte) [][]string {
	t.Helper()
	rows, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(text, []byte("\ufeff")))).ReadAll()
	require.NoError(t, err)
	return rows
}

// agreeing is a workspace whose bills have findings and invoices, one of them with an unexplained difference.
func agreeing(t *testing.T) (h *house, key reconcile.InvoiceKey) {
	t.Helper()
	h = newDesktop(t, func(o *Options) { o.Now, o.Service.Now = fixedTime, fixedTime })
	h.Start(h.window)
	_, err := h.workspaces.Create("Acme")
	require.NoError(t, err)
	h.importBill(t, h.writeBill(t, "one.csv", bill()))
	h.importBill(t, h.writeBill(t, "two.csv", header+charge("2026-10-04", "7", "acc2", "", "S3", "")))
	r := &Reconciliation{h.Desktop}
	invoices, err := r.List()
	require.NoError(t, err)
	require.Len(t, invoices, 2)
	key, err = r.Save(FigureInput{Key: invoices[0].InvoiceKey, Total: "99", Tax: "3.5", Note: "=HYPERLINK(1)"})
	require.NoError(t, err)
	return h, key
}

func TestFaces_ExportTheSameTables(t *testing.T) {
	h, key := agreeing(t)
	q, r := &Quality{h.Desktop}, &Reconciliation{h.Desktop}
	for name, table := range map[string]struct {
		export func(TableFormat) (string, error)
		args   []string
		sheet  string
	}{
		"findings":  {func(f TableFormat) (string, error) { return q.Export(service.QualityFindings, f) }, []string{"passport", "--rows", "findings"}, "Data quality"},
		"shares":    {func(f TableFormat) (string, error) { return q.Export(service.QualityShares, f) }, []string{"passport"}, "Data quality"},
		"datasets":  {func(f TableFormat) (string, error) { return q.Export(service.QualitySets, f) }, []string{"passport", "--rows", "datasets"}, "Data quality, datasets"},
		"readiness": {func(f TableFormat) (string, error) { return q.Export(service.QualityReadiness, f) }, []string{"passport", "--rows", "readiness"}, "Data quality, readiness"},
		"bills":     {func(f TableFormat) (string, error) { return (&Bills{h.Desktop}).Export(service.BillFilter{}, f) }, []string{"bills"}, "Bills"},
		"imports":   {func(f TableFormat) (string, error) { return h.ledger.ExportList(service.ListImports, f) }, []string{"imports"}, "Imports"},
		"invoices":  {func(f TableFormat) (string, error) { return r.ExportList(nil, f) }, []string{"reconcile"}, "Reconciliation"},
		"steps": {
			func(f TableFormat) (string, error) { return r.ExportSteps(key, "invoice", f) },
			[]string{"reconcile", "--account", key.BillingAccount, "--month", key.Month, "--currency", key.Currency}, "Reconciliation",
		},
	} {
		t.Run(name, func(t *testing.T) {
			h.window.answer = filepath.Join(t.TempDir(), "window.csv")
			path, err := table.export(formatCSV)
			require.NoError(t, err)
			window, err := os.ReadFile(path)
			require.NoError(t, err)
			rows := records(t, window)
			require.Greater(t, len(rows), 2)
			assert.Equal(t, records(t, h.terminal(t, append(table.args, "--format", "csv")...)), rows)
			ended := h.lastJob(t)
			assert.EqualValues(t, len(rows)-1, ended.Outcome.Lines, "the job counts the rows")

			h.window.answer = filepath.Join(t.TempDir(), "again.csv")
			_, err = h.jobList.ExportAgain(ended.ID)
			require.NoError(t, err)
			again, err := os.ReadFile(h.window.answer)
			require.NoError(t, err)
			assert.Equal(t, string(window), string(again))

			h.window.answer = filepath.Join(t.TempDir(), "window.xlsx")
			path, err = table.export(formatXLSX)
			require.NoError(t, err)
			out := filepath.Join(t.TempDir(), "terminal.xlsx")
			h.terminal(t, append(table.args, "--format", "xlsx", "--out", out)...)
			assert.Equal(t, sheetOf(t, out, table.sheet), sheetOf(t, path, table.sheet))
			assert.Equal(t, sheetOf(t, out, "About"), sheetOf(t, path, "About"))
		})
	}
}

func TestFaces_ExportTheSameJSON(t *testing.T) {
	h, _ := agreeing(t)
	q := &Quality{h.Desktop}
	h.window.answer = ""
	path, err := q.ExportJSON()
	require.NoError(t, err)
	assert.Empty(t, path, "cancelled")
	assert.Equal(t, "Acme data quality.json", h.window.asked[len(h.window.asked)-1].Name)
	h.window.answer = filepath.Join(t.TempDir(), "quality")
	path, err = q.ExportJSON()
	require.NoError(t, err)
	assert.Equal(t, h.window.answer+".json", path)
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	assert.Contains(t, string(text), `"billingAccount": "acc2"`)
	assert.Equal(t, string(h.terminal(t, "passport", "--json")), string(text))
	require.NoError(t, h.workspaces.Close(), "nothing holds the workspace any more")
}

func TestReconciliation_ExportsWhatTheListShows(t *testing.T) {
	h, key := agreeing(t)
	r := &Reconciliation{h.Desktop}
	h.window.answer = filepath.Join(t.TempDir(), "open.csv")
	path, err := r.ExportList([]reconcile.Status{reconcile.StatusOpen, reconcile.StatusNoData}, formatCSV)
	require.NoError(t, err)
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	rows := records(t, text)
	require.Len(t, rows, 2, "the other invoice has no amount")
	assert.Equal(t, []string{key.Month, key.Provider, key.BillingAccount}, rows[1][:3])
	assert.Equal(t, []string{"not_explained", "'=HYPERLINK(1)", "Unexplained difference"}, rows[1][len(rows[1])-3:])

	_, err = r.ExportSteps(reconcile.InvoiceKey{Month: "x"}, "invoice", formatCSV)
	assert.Equal(t, "invalid", code(err))
	_, err = (&Quality{h.Desktop}).Export("colours", formatCSV)
	assert.Equal(t, "invalid", code(err))
}

// The window and the command line change one budget at once: whoever is later sees both values, and decides.
func TestFaces_ChangeOneBudget(t *testing.T) {
	h := filled(t)
	budgets := &Budgets{h.Desktop}
	draft := func(amount string) BudgetDraft {
		return BudgetDraft{Name: "Shop", Metric: "EffectiveCost", Currency: "USD", Amounts: []service.BudgetAmount{{Period: "2026-10", Amount: amount}}, Thresholds: []BudgetThreshold{}}
	}
	amount := func() string {
		versions, err := budgets.Versions("Shop")
		require.NoError(t, err)
		return versions[0].Amounts[0].Amount
	}
	seen, err := budgets.Save(draft("1000"), 0)
	require.NoError(t, err)
	h.terminal(t, "budgets", "set", "Shop", "--amount", "2026-10=1100", "--version", "1")

	_, err = budgets.Save(draft("1200"), seen)
	f, ok := h.FormatError(err).(Failure)
	require.True(t, ok)
	require.NotNil(t, f.Conflict)
	assert.Contains(t, f.Conflict.Have.Text, "1,100")
	assert.Equal(t, "omar", f.Conflict.Have.ChangedBy)
	assert.Contains(t, f.Conflict.Want.Text, "1,200")
	assert.Equal(t, "1100", amount(), "nothing is written before the person decides")
	seen, err = budgets.Save(draft("1200"), f.Conflict.Have.Version)
	require.NoError(t, err)
	assert.EqualValues(t, 3, seen)

	code, _, said := h.run(t, "budgets", "set", "Shop", "--amount", "2026-10=1300", "--version", "2")
	assert.Equal(t, 3, code)
	assert.Contains(t, said, "1,200")
	assert.Contains(t, said, "1,300")
	assert.Equal(t, "1200", amount())
	h.terminal(t, "budgets", "set", "Shop", "--amount", "2026-10=1300", "--version", "3")
	assert.Equal(t, "1300", amount())
}

// A budget of a filter that the form of the window reads and saves again is of the same charges, in each of its versions.
func TestBudgets_TheFormKeepsTheFilter(t *testing.T) {
	h := filled(t)
	budgets := &Budgets{h.Desktop}
	h.terminal(t, "budgets", "set", "Shop", "--where", "ServiceName=EC2", "--currency", "USD", "--amount", "2026-10=1000")
	h.terminal(t, "budgets", "set", "Shop", "--where", "ServiceName=S3")
	versions, err := budgets.Versions("Shop")
	require.NoError(t, err)
	require.Len(t, versions, 2)
	for i, name := range []string{"S3", "EC2"} {
		require.Equal(t, fmt.Sprintf("ServiceName = %q", name), filter.Print(versions[i].Where))
	}
	newest := versions[0]
	_, err = budgets.Save(BudgetDraft{
		Name: newest.Name, Metric: newest.Metric, Currency: newest.Currency, Where: newest.Where, Thresholds: newest.Thresholds, Amounts: []service.BudgetAmount{{Period: "2026-10", Amount: "1200"}},
	}, newest.Version)
	require.NoError(t, err)
	versions, err = budgets.Versions("Shop")
	require.NoError(t, err)
	require.Equal(t, `ServiceName = "S3"`, versions[0].Text)
}
