package service

import (
	"bytes"
	"encoding/csv"
	"io"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/engine"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/source"
	"cloud-intelligence/backend/source/awscur"
	"cloud-intelligence/backend/source/azureexport"
	"cloud-intelligence/backend/source/focusfile"
	"cloud-intelligence/backend/source/gcpexport"
	"cloud-intelligence/backend/source/ocireport"
)

// importedFrom makes a workspace of a provider's own bills.
func importedFrom(t testing.TB, sources source.Registry, paths ...string) *Workspace {
	t.Helper()
	w, err := Create(t.Context(), filepath.Join(t.TempDir(), "w.cloudintel"), "Test", Options{Sources: sources})
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, w.Close()) })
	plan, err := w.Imports.Plan(t.Context(), paths)
	require.NoError(t, err)
	require.NotEmpty(t, plan.Files, "%v", plan.Skipped)
	r, err := w.Imports.Run(t.Context(), plan, ImportOptions{Overlap: "add"})
	require.NoError(t, err)
	require.Zero(t, r.Rejects)
	require.Positive(t, r.Lines)
	return w
}

// totalsText are lines and exact sums of the costs that no rule fills.
func totalsText(t testing.TB, w *Workspace, grain finops.Grain, by ...string) string {
	t.Helper()
	a, err := w.Ledger.Ask(t.Context(), finops.Question{Metrics: []finops.Metric{finops.BilledCost, finops.EffectiveCost}, GroupBy: by, Grain: grain})
	require.NoError(t, err)
	return answerText(a)
}

var allSources = source.Registry{awscur.Source{}, azureexport.Source{}, gcpexport.Source{}, ocireport.Source{}, focusfile.Source{}}

// TestExport_VersionKeepsLinesAndCosts exports bills of every provider in every version and
// format and imports the files again: nothing is rejected and all sums of BilledCost and
// EffectiveCost are the same. ListCost and ContractedCost may only gain what a rule fills.
func TestExport_VersionKeepsLinesAndCosts(t *testing.T) {
	long(t)
	for _, provider := range []string{"aws", "azure", "gcp", "oci"} {
		w := importedFrom(t, allSources, filepath.Join("..", "..", "build", "validation", "bills", provider))
		state, err := w.Ledger.State(t.Context())
		require.NoError(t, err)
		for _, version := range []string{"1.0", "1.2"} {
			for _, format := range []string{focusfile.FormatCSV, focusfile.FormatParquet} {
				t.Run(provider+" "+version+" "+format, func(t *testing.T) {
					path := filepath.Join(t.TempDir(), format)
					f, err := os.Create(path)
					require.NoError(t, err)
					var reported int64
					done, err := w.Exports.Charges(t.Context(), ExportOptions{Format: format, Version: version, Out: f, Progress: func(lines int64) { reported = lines }})
					require.NoError(t, err)
					require.NoError(t, f.Close())
					assert.Equal(t, state.Lines, done.Lines)
					assert.Equal(t, state.Lines, reported)
					back := importedFrom(t, allSources, path)
					files, err := back.Imports.List(t.Context())
					require.NoError(t, err)
					assert.Equal(t, version, files[0].Files[0].Version, "recognised as the version it was written in")
					by := []string{"ProviderName", "ChargeCategory", "BillingAccountId", "ServiceName"}
					assert.Equal(t, totalsText(t, w, finops.GrainDay, by...), totalsText(t, back, finops.GrainDay, by...))
				})
			}
		}
	}
}

// TestExport_VersionOfHostileFile has values that FOCUS does not allow.
func TestExport_VersionOfHostileFile(t *testing.T) {
	w := imported(t, hostile(t, 5, hostileColumns, 500, true))
	want := totalsText(t, w, finops.GrainMonth, "ProviderName", "ChargeCategory", "BillingAccountId")
	for _, format := range []string{focusfile.FormatCSV, focusfile.FormatParquet} {
		path := filepath.Join(t.TempDir(), format)
		f, err := os.Create(path)
		require.NoError(t, err)
		_, err = w.Exports.Charges(t.Context(), ExportOptions{Format: format, Version: "1.2", Out: f})
		require.NoError(t, err)
		require.NoError(t, f.Close())
		assert.Equal(t, want, totalsText(t, imported(t, path), finops.GrainMonth, "ProviderName", "ChargeCategory", "BillingAccountId"), format)
	}
}

// TestExport_VersionInCSV looks at the cells.
func TestExport_VersionInCSV(t *testing.T) {
	path := filepath.Join(t.TempDir(), "in.csv")
	text := "ProviderName,BillingAccountId,BillingCurrency,BillingPeriodStart,BillingPeriodEnd,ChargePeriodStart,ChargePeriodEnd,ServiceName,ChargeCategory,ChargeFrequency,BilledCost,EffectiveCost,Cost Center,x_Note\n" +
		"AWS,0042,usd,2026-09-01,2026-09-30 23:59:59,2026-09-02,2026-09-02 23:59:59,EC2,usage,Usage-based,1e3,NULL,=1+1,\"a,b\"\n"
	require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
	w := imported(t, path)
	var out bytes.Buffer
	done, err := w.Exports.Charges(t.Context(), ExportOptions{Format: focusfile.FormatCSV, Version: "1.0", Out: &out})
	require.NoError(t, err)
	rows, err := csv.NewReader(&out).ReadAll()
	require.NoError(t, err)
	require.Len(t, rows, 2)
	cell := func(name string) string {
		i := slices.Index(rows[0], name)
		require.GreaterOrEqual(t, i, 0, name)
		return rows[1][i]
	}
	for name, want := range map[string]string{
		"BillingAccountId": "0042", "BillingCurrency": "USD", "BillingPeriodStart": "2026-09-01T00:00:00Z", "BillingPeriodEnd": "2026-10-01T00:00:00Z",
		"ChargePeriodEnd": "2026-09-03T00:00:00Z", "ChargeCategory": "Usage", "ChargeFrequency": "Usage-Based", "BilledCost": "1000.0", "EffectiveCost": "",
		"x_Cost_Center": "=1+1", "x_Note": "a,b",
	} {
		assert.Equal(t, want, cell(name), name)
	}
	assert.Len(t, rows[0], 43+2)
	var gaps []string
	for _, g := range done.Gaps {
		gaps = append(gaps, g.Column)
	}
	assert.Equal(t, []string{"ContractedCost", "EffectiveCost", "InvoiceIssuerName", "ListCost", "PublisherName", "ServiceCategory"}, gaps)
}

func TestExport_VersionOfSomeLines(t *testing.T) {
	w := imported(t, hostile(t, 1, hostileColumns, 100, false))
	usd := "USD"
	q := engine.LinesQuestion{Where: finops.Conditions(finops.Condition{Column: "BillingCurrency", Values: []*string{&usd}}), Limit: 7}
	done, err := w.Exports.Charges(t.Context(), ExportOptions{Format: focusfile.FormatParquet, Version: "1.0", Lines: q, Out: io.Discard})
	require.NoError(t, err)
	assert.EqualValues(t, 7, done.Lines)
}
