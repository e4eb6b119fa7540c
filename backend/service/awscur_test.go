package service

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/ingest"
	"cloud-intelligence/backend/source"
	"cloud-intelligence/backend/source/awscur"
	"cloud-intelligence/backend/source/azureexport"
	"cloud-intelligence/backend/source/focusfile"
	"cloud-intelligence/backend/source/gcpexport"
	"cloud-intelligence/backend/source/ocireport"
)

// nativeOptions know all sources, as the program does.
var nativeOptions = Options{Sources: source.Registry{focusfile.Source{}, awscur.Source{}, azureexport.Source{}, gcpexport.Source{}, ocireport.Source{}}, User: "Tester"}

func newNativeWorkspace(t testing.TB) *Workspace {
	t.Helper()
	w, err := Create(t.Context(), filepath.Join(t.TempDir(), "client.cloudintel"), "Client", nativeOptions)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, w.Close()) })
	return w
}

// nativeSums says which sum of REFERENCE.json each control total of a kind of file must
// be. A sum that a file does not have is not compared.
var nativeSums = map[string]map[string]string{
	"aws":   {"unblended": "unblended", "blended": "blended", "public_on_demand": "public_on_demand", "amortized": "amortized_cudos", "EffectiveCost": "amortized_cudos"},
	"awspq": {"unblended": "unblended", "blended": "blended", "public_on_demand": "public_on_demand", "amortized": "amortized_cudos", "EffectiveCost": "amortized_cudos"},
	"azure": {"BilledCost": "focus_billed_rule", "EffectiveCost": "focus_effective_rule"},
	"oci":   {"myCost": "myCost", "BilledCost": "myCost", "EffectiveCost": "myCost", "ContractedCost": "unitPrice_x_billedQuantity"},
}

// sumsOf adds the control totals of the files by metric.
func sumsOf(files []ingest.FileResult) map[string]*finops.Sum {
	sums := map[string]*finops.Sum{}
	for _, f := range files {
		for _, total := range f.Totals {
			if sums[string(total.Metric)] == nil {
				sums[string(total.Metric)] = &finops.Sum{}
			}
			sums[string(total.Metric)].AddSum(total.Amount)
		}
	}
	return sums
}

// TestReference_NativeExports imports every published export of AWS, Azure and Oracle: the
// lines and sums must be those that were counted independently, the workspace proves
// itself, and importing everything twice changes nothing.
func TestReference_NativeExports(t *testing.T) {
	long(t)
	root := filepath.Join("..", "..", "..", "shared", "data")
	text, err := os.ReadFile(filepath.Join(root, "real", "REFERENCE.json"))
	if err != nil {
		t.Skip("The billing files with known sums are not beside the checkout (../shared/data).")
	}
	var all struct{ Files map[string]referenceFile }
	require.NoError(t, json.Unmarshal(text, &all))
	found := map[string]int{}
	for name, want := range all.Files {
		if nativeSums[want.Kind] == nil {
			continue
		}
		found[want.Kind]++
		t.Run(name, func(t *testing.T) {
			w := newNativeWorkspace(t)
			path := filepath.Join(root, filepath.FromSlash(name))
			res := load(t, w, path)
			require.Zero(t, res.Rejects)
			require.Equal(t, want.Rows, res.Lines)
			sums := sumsOf(res.Files)
			for metric, key := range nativeSums[want.Kind] {
				if want.Totals[key] == nil {
					continue
				}
				if sums[metric] == nil {
					sums[metric] = &finops.Sum{} // no line has a value
				}
				var exact finops.Sum
				exact.Add(amountOf(t, want.Totals[key]))
				assert.Equal(t, exact.String(), sums[metric].String(), metric)
			}
			before := nativeAnswers(t, w)
			again := load(t, w, path)
			require.Len(t, again.Files, 1)
			assert.True(t, again.Files[0].Known)
			assert.Zero(t, again.ImportID)
			assert.Equal(t, before, nativeAnswers(t, w))
		})
	}
	for kind := range nativeSums {
		assert.Positive(t, found[kind], "no file of kind %s", kind)
	}
}

// nativeAnswers is what a workspace answers, without its lines.
func nativeAnswers(t *testing.T, w *Workspace) string {
	t.Helper()
	a, err := w.Ledger.Ask(t.Context(), finops.Question{Metrics: finops.Metrics, GroupBy: []string{"ServiceName", "ChargeCategory", "BillingPeriodStart"}, Sort: finops.SortKeys})
	require.NoError(t, err)
	return jsonOf(t, a)
}

// TestReference_NativeTogether imports published reports of AWS into one workspace: months
// whose columns differ, of both spellings, must add up.
func TestReference_NativeTogether(t *testing.T) {
	long(t)
	root := filepath.Join("..", "..", "..", "shared", "data", "real")
	if _, err := os.Stat(root); err != nil {
		t.Skip("The billing files with known sums are not beside the checkout (../shared/data).")
	}
	w := newNativeWorkspace(t)
	lines := int64(0)
	for _, path := range []string{"aws-cur-legacy-parquet/Oct2018-WorkshopCUR-00001.snappy.parquet", "aws-cur2-csv", "aws-cur-legacy-s3tree"} {
		plan, err := w.Imports.Plan(t.Context(), []string{filepath.Join(root, filepath.FromSlash(path))})
		require.NoError(t, err)
		require.Len(t, plan.Files, 1)
		res, err := w.Imports.Run(t.Context(), plan, ImportOptions{})
		require.NoError(t, err)
		require.Empty(t, res.Conflicts)
		lines += res.Lines
	}
	requireSound(t, w)
	assert.EqualValues(t, 119_307+1_882+13_380, lines)
	a, err := w.Ledger.Ask(t.Context(), finops.Question{Metrics: []finops.Metric{finops.BilledCost}, GroupBy: []string{"BillingPeriodStart"}, Sort: finops.SortKeys})
	require.NoError(t, err)
	sums := map[string]string{}
	for _, row := range a.Rows {
		sums[(*row.Keys[0])[:7]] = row.Amounts[0].String()
	}
	assert.Equal(t, map[string]string{"2018-06": "34649.973272612318255145698", "2018-07": "100267.738649643334767685352", "2018-08": "8310.05175593196199516", "2018-10": "4064.4831315379", "2026-04": "-0.0000000676"}, sums)
}

// TestAWSReports_FolderWithTwoAssemblies imports a folder as it lies in the bucket: of two
// deliveries of one month the newer complete one counts, once, and months whose columns
// differ stand side by side.
func TestAWSReports_FolderWithTwoAssemblies(t *testing.T) {
	root := t.TempDir()
	put := func(name, text string) {
		path := filepath.Join(root, filepath.FromSlash(name))
		require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o750))
		require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
	}
	manifest := func(assembly, period string) string {
		return fmt.Sprintf(`{"assemblyId":%q,"reportName":"r","billingPeriod":{"start":"","end":""},"columns":[{"category":"lineItem","name":"UnblendedCost"}],"reportKeys":["p/r/%s/%s/r-1.csv"]}`, assembly, period, assembly)
	}
	const header = "identity/LineItemId,bill/PayerAccountId,bill/BillingPeriodStartDate,bill/BillingPeriodEndDate,lineItem/UsageAccountId,lineItem/LineItemType,lineItem/UsageStartDate,lineItem/UsageEndDate,lineItem/ProductCode,lineItem/CurrencyCode,lineItem/UnblendedCost"
	line := func(id, month, next, cost string) string {
		return fmt.Sprintf("\n%s,011254002932,%s-01T00:00:00Z,%s-01T00:00:00Z,000000000042,Usage,%s-03T00:00:00Z,%s-03T01:00:00Z,AmazonEC2,USD,%s", id, month, next, month, month, cost)
	}
	put("20260401-20260501/old/r-1.csv", header+line("1", "2026-04", "2026-05", "1"))
	put("20260401-20260501/old/r-Manifest.json", manifest("old", "20260401-20260501"))
	put("20260401-20260501/new/r-1.csv", header+",product/sku"+line("1", "2026-04", "2026-05", "1,A")+line("2", "2026-04", "2026-05", "2,B"))
	put("20260401-20260501/new/r-Manifest.json", manifest("new", "20260401-20260501"))
	put("20260401-20260501/r-Manifest.json", manifest("new", "20260401-20260501"))
	put("20260501-20260601/only/r-1.csv", "lineItem/TaxType,"+header+strings.ReplaceAll(line("3", "2026-05", "2026-06", "4"), "\n", "\n,"))
	put("20260501-20260601/only/r-Manifest.json", manifest("only", "20260501-20260601"))
	w := newNativeWorkspace(t)
	plan, err := w.Imports.Plan(t.Context(), []string{root})
	require.NoError(t, err)
	require.Len(t, plan.Files, 2)
	res, err := w.Imports.Run(t.Context(), plan, ImportOptions{})
	require.NoError(t, err)
	require.Empty(t, res.Conflicts)
	requireSound(t, w)
	assert.EqualValues(t, 3, res.Lines)
	assert.Equal(t, "7", sumsOf(res.Files)["unblended"].String())
	a, err := w.Ledger.Ask(t.Context(), finops.Question{Metrics: []finops.Metric{finops.BilledCost}, GroupBy: []string{"SkuId"}, Sort: finops.SortKeys})
	require.NoError(t, err)
	got := map[string]string{}
	for _, row := range a.Rows {
		key := "-"
		if row.Keys[0] != nil {
			key = *row.Keys[0]
		}
		got[key] = row.Amounts[0].String()
	}
	assert.Equal(t, map[string]string{"A": "1", "B": "2", "-": "4"}, got)
}
