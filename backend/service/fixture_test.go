package service

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/engine"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/ingest"
	"cloud-intelligence/backend/source"
	"cloud-intelligence/backend/source/focusfile"
)

var testOptions = Options{Sources: source.Registry{focusfile.Source{}}, User: "Tester"}

// newWorkspace makes an empty workspace that is closed with the test.
func newWorkspace(t testing.TB) *Workspace {
	t.Helper()
	w, err := Create(t.Context(), filepath.Join(t.TempDir(), "client.cloudintel"), "Client", testOptions)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, w.Close()) })
	return w
}

// reopen opens a workspace file; it is closed with the test.
func reopen(t testing.TB, path string) *Workspace {
	t.Helper()
	w, err := Open(t.Context(), path, testOptions)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, w.Close()) })
	return w
}

// table is the content of a CSV file.
type table struct {
	header []string
	rows   [][]string
}

// newTable begins a table with the columns that nearly every bill has.
func newTable(more ...string) *table {
	return &table{header: append([]string{
		"ProviderName", "BillingAccountId", "BillingCurrency", "BillingPeriodStart", "BillingPeriodEnd", "ChargePeriodStart", "ChargePeriodEnd",
		"ChargeCategory", "ServiceName", "ResourceId", "BilledCost", "EffectiveCost",
	}, more...)}
}

// line adds a charge: overrides are pairs of column and value.
func (c *table) line(overrides ...string) *table {
	values := map[string]string{
		"ProviderName": "AWS", "BillingAccountId": "1", "BillingCurrency": "USD", "BillingPeriodStart": "2026-05-01T00:00:00Z",
		"BillingPeriodEnd": "2026-06-01T00:00:00Z", "ChargePeriodStart": "2026-05-03T00:00:00Z", "ChargePeriodEnd": "2026-05-04T00:00:00Z",
		"ChargeCategory": "Usage", "ServiceName": "Storage", "ResourceId": fmt.Sprintf("r-%d", len(c.rows)), "BilledCost": "1.5", "EffectiveCost": "1.25",
	}
	for i := 0; i < len(overrides); i += 2 {
		values[overrides[i]] = overrides[i+1]
	}
	row := make([]string, len(c.header))
	for i, name := range c.header {
		row[i] = values[name]
	}
	c.rows = append(c.rows, row)
	return c
}

// lines adds n charges with resource ids prefix-0 to prefix-(n-1).
func (c *table) lines(n int, prefix string, overrides ...string) *table {
	for i := range n {
		c.line(append([]string{"ResourceId", fmt.Sprintf("%s-%d", prefix, i)}, overrides...)...)
	}
	return c
}

// without returns the table without some columns.
func (c *table) without(names ...string) *table {
	drop := map[string]bool{}
	for _, n := range names {
		drop[n] = true
	}
	out := &table{}
	pick := func(row []string) (kept []string) {
		for i, name := range c.header {
			if !drop[name] {
				kept = append(kept, row[i])
			}
		}
		return kept
	}
	out.header = pick(c.header)
	for _, row := range c.rows {
		out.rows = append(out.rows, pick(row))
	}
	return out
}

// write writes the table as a CSV file with every field quoted.
func (c *table) write(t testing.TB, path string) string {
	t.Helper()
	var b strings.Builder
	for _, row := range append([][]string{c.header}, c.rows...) {
		for i, field := range row {
			if i > 0 {
				b.WriteByte(',')
			}
			b.WriteString(`"` + strings.ReplaceAll(field, `"`, `""`) + `"`)
		}
		b.WriteByte('\n')
	}
	require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o700))
	require.NoError(t, os.WriteFile(path, []byte(b.String()), 0o600))
	return path
}

// file writes the table into a folder of its own.
func (c *table) file(t testing.TB, name string) string {
	t.Helper()
	return c.write(t, filepath.Join(t.TempDir(), name))
}

// foretoldAlways is how many imports of a workspace are all compared with their preview; of the
// later ones, which only the tests of long histories make, every third is.
const foretoldAlways = 4

// importWith plans and imports paths. What the preview of few lines has said must come true.
func importWith(ctx context.Context, w *Workspace, opts ImportOptions, paths ...string) (*ingest.Result, error) {
	plan, err := w.Imports.Plan(ctx, paths)
	if err != nil {
		return nil, err
	}
	if len(plan.Skipped) > 0 {
		return nil, fmt.Errorf("skipped %s: %s", plan.Skipped[0].Path, plan.Skipped[0].Reason)
	}
	var lines int64
	for _, f := range plan.Files {
		lines += f.EstimatedLines
	}
	before, err := w.db.Imports(ctx)
	if err != nil {
		return nil, err
	}
	if lines > 2000 || opts.Overlap != "" || opts.Strict || (len(before) > foretoldAlways && len(before)%3 != 0) {
		return w.Imports.Run(ctx, plan, opts)
	}
	examined, err := w.Imports.Examine(ctx, plan, nil)
	if err != nil {
		return nil, err
	}
	said, err := examined.Examined.Outlook(ctx, opts.Answers)
	if err != nil {
		return nil, err
	}
	made, err := w.Imports.Run(ctx, plan, opts)
	if err != nil || slices.ContainsFunc(examined.Examined.Files, func(f ingest.ExaminedFile) bool { return f.Trouble != nil }) {
		return made, err
	}
	return made, sameOutlook(said, made)
}

// sameOutlook says how an import differs from what its preview said.
func sameOutlook(said, made *ingest.Result) error {
	show := func(r *ingest.Result) string {
		return fmt.Sprintf("%+v", []any{r.Conflicts, r.Replaced, r.Added, r.NotCounted, len(r.Same)})
	}
	if show(said) != show(made) {
		return fmt.Errorf("the preview said %s, the import did %s", show(said), show(made))
	}
	return nil
}

// load imports paths, which must succeed without conflict, and verifies the workspace.
func load(t testing.TB, w *Workspace, paths ...string) *ingest.Result {
	t.Helper()
	res, err := importWith(t.Context(), w, ImportOptions{}, paths...)
	require.NoError(t, err)
	require.Empty(t, res.Conflicts)
	requireSound(t, w)
	return res
}

// requireSound verifies a workspace.
func requireSound(t testing.TB, w *Workspace) {
	t.Helper()
	report, err := w.Ledger.Verify(t.Context())
	require.NoError(t, err)
	for _, c := range report.Checks {
		require.True(t, c.OK, "%s: %s", c.Name, c.Detail)
	}
	require.True(t, report.OK)
}

// billed returns the lines and the billed cost of a workspace whose lines are all in
// one currency, as "lines amount".
func billed(t testing.TB, w *Workspace) string {
	t.Helper()
	a, err := w.Ledger.Ask(t.Context(), finops.Question{Metrics: []finops.Metric{finops.BilledCost}})
	require.NoError(t, err)
	if len(a.Totals) == 0 {
		return "nothing"
	}
	require.Len(t, a.Totals, 1)
	if a.Totals[0].Amounts[0] == nil {
		return fmt.Sprintf("%d unknown", a.Totals[0].Lines)
	}
	return fmt.Sprintf("%d %s", a.Totals[0].Lines, a.Totals[0].Amounts[0])
}

// answers returns what a workspace says, as JSON: the state, answers from the rollup and
// from the lines, and all lines.
func answers(t testing.TB, w *Workspace) string {
	t.Helper()
	state, err := w.Ledger.State(t.Context())
	require.NoError(t, err)
	all := []any{state}
	for _, q := range []finops.Question{
		{Metrics: finops.Metrics},
		{Metrics: finops.Metrics, GroupBy: []string{"ProviderName", "BillingPeriodStart"}, Grain: finops.GrainDay, Sort: finops.SortKeys},
		{Metrics: finops.Metrics, GroupBy: []string{"ResourceId", "ServiceName"}, Sort: finops.SortKeys},
	} {
		a, err := w.Ledger.Ask(t.Context(), q)
		require.NoError(t, err)
		a.Version = 0 // the same charges by another way
		all = append(all, a)
	}
	var lines [][]*string
	require.NoError(t, w.Ledger.EachLine(t.Context(), engine.LinesQuestion{}, func(row []*string) error {
		lines = append(lines, append([]*string(nil), row...))
		return nil
	}))
	text, err := json.Marshal(append(all, lines))
	require.NoError(t, err)
	return string(text)
}

// rawLines returns the columns of all lines as the files wrote them.
func rawLines(t testing.TB, w *Workspace, columns []string) [][]*string {
	t.Helper()
	var lines [][]*string
	const size = 1000
	err := engine.EachBlock(t.Context(), w.engine, engine.LinesQuestion{Columns: columns}, size, func() func(*engine.Block) ([][]*string, error) {
		cells := make([]engine.Cells, len(columns))
		return func(b *engine.Block) ([][]*string, error) {
			rows := make([][]*string, b.Lines)
			for i := range cells {
				b.Cells(i, &cells[i])
				for line := range rows {
					rows[line] = append(rows[line], cells[i].Text(line))
				}
			}
			return rows, nil
		}
	}, func(rows [][]*string) error {
		lines = append(lines, rows...)
		return nil
	})
	require.NoError(t, err)
	return lines
}
