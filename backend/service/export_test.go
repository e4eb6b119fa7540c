package service

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/demo"
	"cloud-intelligence/backend/engine"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/source"
	"cloud-intelligence/backend/source/focusfile"
)

// imported makes a workspace of files, all lines of which must be readable.
func imported(t testing.TB, paths ...string) *Workspace {
	t.Helper()
	w, err := Create(t.Context(), filepath.Join(t.TempDir(), "w.cloudintel"), "Test", Options{Sources: source.Registry{focusfile.Source{}}})
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, w.Close()) })
	if len(paths) == 0 {
		return w
	}
	plan, err := w.Imports.Plan(t.Context(), paths)
	require.NoError(t, err)
	require.NotEmpty(t, plan.Files, "%v", plan.Skipped)
	r, err := w.Imports.Run(t.Context(), plan, ImportOptions{Overlap: "add"})
	require.NoError(t, err)
	require.Zero(t, r.Rejects)
	return w
}

// exported writes a workspace into a file.
func exported(t testing.TB, w *Workspace, format string, q engine.LinesQuestion) (path string, lines int64) {
	t.Helper()
	path = filepath.Join(t.TempDir(), format)
	f, err := os.Create(path)
	require.NoError(t, err)
	done, err := w.Exports.Charges(t.Context(), ExportOptions{Format: format, Lines: q, Out: f})
	require.NoError(t, err)
	require.NoError(t, f.Close())
	return path, done.Lines
}

func exportRows(t testing.TB, w *Workspace, columns []string) [][]string {
	t.Helper()
	var rows [][]string
	for _, row := range rawLines(t, w, columns) {
		texts := make([]string, len(row))
		for i, v := range row {
			if texts[i] = "∅"; v != nil {
				texts[i] = *v
			}
		}
		rows = append(rows, texts)
	}
	return rows
}

// typedEqual says whether two raw values mean the same in a column of a kind.
func typedEqual(a, b string, kind finops.Kind) bool {
	for _, v := range []*string{&a, &b} {
		if finops.IsNull([]byte(*v)) {
			*v = "∅"
		}
	}
	if a == b {
		return true
	}
	switch kind {
	case finops.KindDecimal:
		x, errX := finops.ParseAmount([]byte(a))
		y, errY := finops.ParseAmount([]byte(b))
		return errX == nil && errY == nil && x.Cmp(y) == 0
	case finops.KindTime:
		x, okX := finops.ParseTime([]byte(a))
		y, okY := finops.ParseTime([]byte(b))
		return okX && okY && x == y
	case finops.KindText, finops.KindJSON:
	}
	return false
}

// requireSame compares two workspaces: columns, every value, and the answers.
func requireSame(t testing.TB, want, got *Workspace, format string) {
	t.Helper()
	ws, err := want.Ledger.State(t.Context())
	require.NoError(t, err)
	gs, err := got.Ledger.State(t.Context())
	require.NoError(t, err)
	require.Equal(t, ws, gs)
	names := make([]string, len(ws.Columns))
	for i, c := range ws.Columns {
		names[i] = c.Name
	}
	a, b := exportRows(t, want, names), exportRows(t, got, names)
	require.Len(t, b, len(a))
	for i := range a {
		for c, column := range ws.Columns {
			if a[i][c] == b[i][c] || (format == focusfile.FormatParquet && typedEqual(a[i][c], b[i][c], column.Kind)) {
				continue
			}
			require.Fail(t, "a value changed", "line %d, %s: %q became %q", i+1, column.Name, a[i][c], b[i][c])
		}
	}
	questions := []finops.Question{{Metrics: finops.Metrics}, {Metrics: finops.Metrics, Grain: finops.GrainDay}, {Metrics: finops.Metrics, Grain: finops.GrainMonth}}
	var dimensions []string
	for _, column := range ws.Columns {
		if format == focusfile.FormatCSV || column.Kind == finops.KindText || column.Kind == finops.KindJSON {
			dimensions = append(dimensions, column.Name)
		}
	}
	for some := range slices.Chunk(dimensions, 6) {
		questions = append(questions, finops.Question{Metrics: finops.Metrics, GroupBy: some})
	}
	for _, q := range questions {
		x, err := want.Ledger.Ask(t.Context(), q)
		require.NoError(t, err)
		y, err := got.Ledger.Ask(t.Context(), q)
		require.NoError(t, err)
		require.Equal(t, answerText(x), answerText(y), "%v", q.GroupBy)
	}
	report, err := got.Ledger.Verify(t.Context())
	require.NoError(t, err)
	require.True(t, report.OK, "%v", report.Checks)
}

func answerText(a *finops.Answer) string {
	var b strings.Builder
	for _, row := range append(append([]finops.Row(nil), a.Rows...), a.Totals...) {
		for _, k := range row.Keys {
			if k == nil {
				b.WriteString("∅|")
			} else {
				fmt.Fprintf(&b, "%q|", *k)
			}
		}
		fmt.Fprintf(&b, "%s|%s|%d", row.Time, row.Currency, row.Lines)
		for _, s := range row.Amounts {
			if s == nil {
				b.WriteString("|∅")
			} else {
				b.WriteString("|" + s.String())
			}
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// roundTrip exports a workspace in both formats and imports the files again.
func roundTrip(t *testing.T, w *Workspace) {
	t.Helper()
	state, err := w.Ledger.State(t.Context())
	require.NoError(t, err)
	for _, format := range []string{focusfile.FormatCSV, focusfile.FormatParquet} {
		path, lines := exported(t, w, format, engine.LinesQuestion{})
		require.Equal(t, state.Lines, lines)
		requireSame(t, w, imported(t, path), format)
	}
}

func TestExport_RoundTripOfDemo(t *testing.T) {
	long(t)
	path := filepath.Join(t.TempDir(), "demo.csv")
	f, err := os.Create(path)
	require.NoError(t, err)
	_, err = demo.WriteCSV(t.Context(), f, demo.Options{Lines: 8000, Months: 2})
	require.NoError(t, err)
	require.NoError(t, f.Close())
	roundTrip(t, imported(t, path))
}

// hostileColumns are a FOCUS file with names that look like something else.
var hostileColumns = []string{
	"ProviderName", "BillingAccountId", "BillingCurrency", "BillingPeriodStart", "BillingPeriodEnd", "ChargePeriodStart", "ChargePeriodEnd", "ServiceName",
	"ServiceCategory", "ChargeCategory", "ChargeDescription", "ResourceId", "Tags", "BilledCost", "EffectiveCost", "ListCost", "ContractedCost",
	"ConsumedQuantity", "PricingQuantity", "ListUnitPrice", "SkuPriceDetails", "x_Unique", "x_comma, and \"quote\"", "x_Ünïcode", "Cost Center", "id",
}

// hostile writes lines that are hard to carry over.
func hostile(t testing.TB, seed uint64, columns []string, lines int, wide bool) string {
	t.Helper()
	r := rand.New(rand.NewPCG(seed, 1))
	pick := func(list ...string) string { return list[r.IntN(len(list))] }
	costs := []string{"0", "-0.00", "1.50", "1e-7", "1234.50", "-3.25", "+5", "NULL", "", "0.000000000000000001", "123456789012.5", "-7", "\\N", "+2.5"}
	if wide {
		costs = append(costs, "0.000000000000000000000000000001", "1234567890123456789.5")
	}
	words := []string{
		"", "plain", "a,b", "say \"hi\"", "two\nlines", "two\r\nlines", "\r", "=1+1", "@x", "-2", " lead", "trail ", "\t", "null", "NULL", "Ω≈ç", "0.10", "2026-01-01",
		"\"", ",", "'", "\\", "\\n", strings.Repeat("long ", 300), "b\ufeffom", "a\u0001b",
	}
	starts := []string{"2026-09-01T00:00:00Z", "2026-09-01 05:00:00", "2026-09-02", "2026-09-02T00:00:00.000Z", "2026-09-03T02:00:00+02:00", "9/14/2026"}
	path := filepath.Join(t.TempDir(), "hostile.csv")
	f, err := os.Create(path)
	require.NoError(t, err)
	w := csv.NewWriter(f)
	require.NoError(t, w.Write(columns))
	for n := range lines {
		row := make([]string, len(columns))
		for i, name := range columns {
			switch c, _ := finops.ColumnByName(name); {
			case name == "x_Unique":
				row[i] = fmt.Sprintf("%d-%s", n, pick(words...))
			case name == "ConsumedQuantity":
				row[i] = pick(append(costs, "n/a")...)
			case name == "BillingPeriodStart":
				row[i] = pick("2026-09-01T00:00:00Z", "2026-09-01", "2026-09-01 00:00:00")
			case name == "BillingPeriodEnd":
				row[i] = pick("2026-10-01T00:00:00.5Z", "", "unknown", "2026-10-01T00:00:00Z")
			case name == "ProviderName" || name == "BillingAccountId":
				row[i] = pick("AWS", "Azure, \"x\"")
			case name == "BillingCurrency":
				row[i] = pick("USD", "EUR")
			case name == "ChargeCategory":
				row[i] = pick("Usage", "usage", "TAX", "Purchase")
			case name == "Tags":
				row[i] = pick("", "{}", `{"a":"b, c","d":"\"e\""}`, "{\"py\":null}", "null", "[]", `{"a": "b"}`)
			case c.Kind == finops.KindDecimal && c.Name == name:
				row[i] = pick(costs...)
			case c.Kind == finops.KindTime:
				row[i] = pick(starts...)
			default:
				row[i] = pick(words...)
			}
		}
		require.NoError(t, w.Write(row))
	}
	w.Flush()
	require.NoError(t, errors.Join(w.Error(), f.Close()))
	return path
}

func TestExport_RoundTripOfHostileValues(t *testing.T) {
	long(t)
	for seed := range uint64(4) {
		t.Run(fmt.Sprintf("seed %d", seed), func(t *testing.T) {
			roundTrip(t, imported(t, hostile(t, seed, hostileColumns, 600, seed%2 == 1)))
		})
	}
}

// TestExport_ColumnsNamedLikeOthers has provider columns whose names are those of a
// FOCUS column in an older version or another spelling, or of a dimension.
func TestExport_ColumnsNamedLikeOthers(t *testing.T) {
	columns := append(append([]string(nil), hostileColumns...), "Provider", "billed_cost", "HasTags", "Tags/Environment", "ChargePeriod Start")
	w := imported(t, hostile(t, 7, columns, 50, false))
	for _, format := range []string{focusfile.FormatCSV, focusfile.FormatParquet} {
		path, _ := exported(t, w, format, engine.LinesQuestion{})
		back := imported(t, path)
		state, err := w.Ledger.State(t.Context())
		require.NoError(t, err)
		for _, c := range state.Columns {
			a, b := exportRows(t, w, []string{c.Name}), exportRows(t, back, []string{c.Name})
			require.Len(t, b, len(a))
			for i := range a {
				require.True(t, typedEqual(a[i][0], b[i][0], c.Kind), "%s, line %d: %q became %q", c.Name, i+1, a[i][0], b[i][0])
			}
		}
	}
}

// TestExport_KeepsTheText reads an exported CSV with another reader than ours.
func TestExport_KeepsTheText(t *testing.T) {
	from := hostile(t, 3, hostileColumns, 300, true)
	path, _ := exported(t, imported(t, from), focusfile.FormatCSV, engine.LinesQuestion{Columns: hostileColumns})
	require.Equal(t, records(t, from), records(t, path))
}

func records(t testing.TB, path string) [][]string {
	t.Helper()
	data, err := os.ReadFile(path)
	require.NoError(t, err)
	all, err := csv.NewReader(bytes.NewReader(data)).ReadAll()
	require.NoError(t, err)
	return all
}

func TestExport_FilterOrderAndPage(t *testing.T) {
	w := imported(t, hostile(t, 1, hostileColumns, 400, false))
	usd := "USD"
	q := engine.LinesQuestion{
		Where:   finops.Conditions(finops.Condition{Column: "BillingCurrency", Values: []*string{&usd}}),
		Columns: []string{"x_Unique", "BilledCost", "BillingCurrency"}, SortBy: "BilledCost", SortDesc: true, Offset: 3, Limit: 20,
	}
	page, err := w.Ledger.Lines(t.Context(), q)
	require.NoError(t, err)
	require.Len(t, page.Rows, 20)
	path, lines := exported(t, w, focusfile.FormatCSV, q)
	assert.EqualValues(t, 20, lines)
	got := records(t, path)
	assert.Equal(t, q.Columns, got[0])
	for i, row := range got[1:] {
		assert.Equal(t, *page.Rows[i][0], row[0])
		assert.Equal(t, "USD", row[2])
	}
	one, lines := exported(t, w, focusfile.FormatCSV, engine.LinesQuestion{Columns: []string{"EffectiveCost"}})
	assert.EqualValues(t, 400, lines)
	assert.Len(t, records(t, one), 401, "a line without a value is a record too")
}

func TestExport_Refusals(t *testing.T) {
	full := imported(t, hostile(t, 1, hostileColumns, 10, false))
	for name, c := range map[string]struct {
		w    *Workspace
		opts ExportOptions
		want string
	}{
		"format":      {full, ExportOptions{Format: "xlsx"}, "focus-parquet"},
		"empty":       {imported(t), ExportOptions{Format: focusfile.FormatCSV}, "Import a bill first"},
		"column":      {full, ExportOptions{Format: focusfile.FormatCSV, Lines: engine.LinesQuestion{Columns: []string{"Nope"}}}, "Nope"},
		"column pq":   {full, ExportOptions{Format: focusfile.FormatParquet, Lines: engine.LinesQuestion{Columns: []string{"Nope"}}}, "Nope"},
		"version":     {full, ExportOptions{Format: focusfile.FormatCSV, Version: "1.1"}, "can be 1.0 or 1.2"},
		"two columns": {full, ExportOptions{Format: focusfile.FormatCSV, Version: "1.2", Lines: engine.LinesQuestion{Columns: []string{"Tags"}}}, "own columns"},
		"no column":   {full, ExportOptions{Format: focusfile.FormatCSV, Lines: engine.LinesQuestion{Columns: []string{}}}, "at least one"},
		"same column": {full, ExportOptions{Format: focusfile.FormatCSV, Lines: engine.LinesQuestion{Columns: []string{"Tags", "Tags"}}}, "twice"},
	} {
		t.Run(name, func(t *testing.T) {
			c.opts.Out = io.Discard
			_, err := c.w.Exports.Charges(t.Context(), c.opts)
			assert.Equal(t, finops.CodeInvalid, finops.CodeOf(err))
			assert.ErrorContains(t, err, c.want)
		})
	}
}

var errDiskFull = errors.New("disk full")

// shortDisk takes some bytes and then no more.
type shortDisk struct{ left int }

func (d *shortDisk) Write(p []byte) (int, error) {
	if d.left -= len(p); d.left < 0 {
		return 0, errDiskFull
	}
	return len(p), nil
}

func TestExport_DiskFullAndCancelled(t *testing.T) {
	w := imported(t, hostile(t, 2, hostileColumns, 3000, false))
	for _, format := range []string{focusfile.FormatCSV, focusfile.FormatParquet} {
		_, err := w.Exports.Charges(t.Context(), ExportOptions{Format: format, Out: &shortDisk{left: 100}})
		require.ErrorIs(t, err, errDiskFull, format)
		ctx, cancel := context.WithCancelCause(t.Context())
		stopped := errors.New("stopped by the test")
		cancel(stopped)
		_, err = w.Exports.Charges(ctx, ExportOptions{Format: format, Out: io.Discard})
		require.ErrorIs(t, err, stopped, format)
	}
}

// TestExport_RoundTripOfSharedFiles carries every published FOCUS file over.
func TestExport_RoundTripOfSharedFiles(t *testing.T) {
	long(t)
	const shared = "../../../shared/data"
	if _, err := os.Stat(shared); errors.Is(err, fs.ErrNotExist) {
		t.Skip("the shared sample files are not on this machine")
	}
	probe := imported(t)
	plan, err := probe.Imports.Plan(t.Context(), []string{filepath.Join(shared, "real"), filepath.Join(shared, "synthetic")})
	require.NoError(t, err)
	require.NotEmpty(t, plan.Files)
	for _, f := range plan.Files {
		path := f.Recognition.File.Path
		t.Run(strings.TrimPrefix(path, shared+"/"), func(t *testing.T) {
			w, err := Create(t.Context(), filepath.Join(t.TempDir(), "w.cloudintel"), "Test", Options{Sources: source.Registry{focusfile.Source{}}})
			require.NoError(t, err)
			defer func() { require.NoError(t, w.Close()) }()
			single, err := w.Imports.Plan(t.Context(), []string{path})
			require.NoError(t, err)
			r, err := w.Imports.Run(t.Context(), single, ImportOptions{Overlap: "add"})
			require.NoError(t, err)
			if r.Lines == 0 {
				t.Skip("the file has no line to carry over")
			}
			roundTrip(t, w)
		})
	}
}
