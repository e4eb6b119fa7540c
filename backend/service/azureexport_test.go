package service

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/ingest"
	"cloud-intelligence/backend/source"
	"cloud-intelligence/backend/source/azureexport"
)

// nativeFiles returns the shared files of some kinds, with independently counted sums, by
// path.
func nativeFiles(t *testing.T, kinds ...string) map[string]referenceFile {
	t.Helper()
	root := filepath.Join("..", "..", "..", "shared", "data")
	text, err := os.ReadFile(filepath.Join(root, "real", "REFERENCE.json"))
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("The billing files with known sums are not beside the checkout (../shared/data).")
	}
	require.NoError(t, err)
	var all struct{ Files map[string]referenceFile }
	require.NoError(t, json.Unmarshal(text, &all))
	files := map[string]referenceFile{}
	for path, f := range all.Files {
		for _, kind := range kinds {
			if f.Kind == kind {
				files[filepath.Join(root, filepath.FromSlash(path))] = f
			}
		}
	}
	require.NotEmpty(t, files)
	return files
}

// requireNative imports a file into a workspace of its own, compares its lines and sums
// with the reference, and imports it once more, which must change nothing. wanted names
// the reference sum of each metric.
func requireNative(t *testing.T, src source.Source, path string, want referenceFile, wanted map[string]string) {
	t.Helper()
	w, err := Create(t.Context(), filepath.Join(t.TempDir(), "native.cloudintel"), "Native", Options{Sources: source.Registry{src}, User: "Tester"})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, w.Close()) })
	res := load(t, w, path)
	require.Len(t, res.Files, 1)
	require.Zero(t, res.Rejects)
	require.Equal(t, want.Rows, res.Lines)
	sums := fileSums(res.Files[0])
	for metric, reference := range wanted {
		text, stated := want.Totals[reference]
		if !stated {
			continue
		}
		var s finops.Sum
		s.Add(amountOf(t, text))
		if s.IsZero() && sums[metric] == nil {
			continue // no line has a value
		}
		require.NotNil(t, sums[metric], metric)
		assert.Equal(t, s.String(), sums[metric].String(), metric)
	}
	before := answers(t, w)
	again := load(t, w, path)
	require.Len(t, again.Files, 1)
	assert.True(t, again.Files[0].Known)
	assert.Zero(t, again.ImportID)
	require.Equal(t, before, answers(t, w))
}

// fileSums adds the control totals of a file over its months and currencies, by metric.
func fileSums(f ingest.FileResult) map[string]*finops.Sum {
	sums := map[string]*finops.Sum{}
	for _, total := range f.Totals {
		if sums[string(total.Metric)] == nil {
			sums[string(total.Metric)] = &finops.Sum{}
		}
		sums[string(total.Metric)].AddSum(total.Amount)
	}
	return sums
}

// TestAzureExports_EndToEnd imports every published Azure export that has records.
func TestAzureExports_EndToEnd(t *testing.T) {
	long(t)
	for path, want := range nativeFiles(t, "azure") {
		if want.Rows == 0 {
			continue
		}
		t.Run(filepath.Base(path), func(t *testing.T) {
			wanted := map[string]string{"cost": "cost", "BilledCost": "focus_billed_rule", "EffectiveCost": "focus_effective_rule", "ContractedCost": "unitprice_x_qty", "ListCost": "paygprice_x_qty"}
			if _, stated := want.Totals["paygcost"]; stated {
				wanted["ListCost"] = "paygcost"
			}
			if want.Totals[wanted["ListCost"]] == "0" {
				delete(wanted, "ListCost") // a list price of 0 is an unknown one
			}
			requireNative(t, azureexport.Source{}, path, want, wanted)
		})
	}
}

// TestAzureExports_WithoutRecords accepts a month without charges.
func TestAzureExports_WithoutRecords(t *testing.T) {
	for path, want := range nativeFiles(t, "azure") {
		if want.Rows > 0 {
			continue
		}
		t.Run(filepath.Base(path), func(t *testing.T) {
			requireNative(t, azureexport.Source{}, path, want, nil)
		})
	}
}

// azureViews writes the actual and the amortized export of one month: forty charges of a
// machine a day, ten of them covered by a reservation that was bought for 100, and what the
// reservation left unused.
func azureViews(t *testing.T) (actual, amortized string) {
	t.Helper()
	const header = "BillingAccountId,BillingPeriodStartDate,BillingPeriodEndDate,SubscriptionId,Date,MeterCategory,MeterId,MeterName,Quantity,UnitPrice,EffectivePrice,Cost,BillingCurrency,ResourceId,UnitOfMeasure,ChargeType,Frequency,PricingModel,ReservationId,PayGPrice\n"
	record := func(day, resource int, cost, kind, model, reservation string) string {
		return fmt.Sprintf("100,09/01/2026,09/30/2026,s-1,09/%02d/2026,Virtual Machines,m-1,D2,1,0.25,0.25,%s,EUR,/subscriptions/s-1/resourceGroups/g/providers/Microsoft.Compute/virtualMachines/vm%d,1 Hour,%s,UsageBased,%s,%s,0.25\n",
			day, cost, resource, kind, model, reservation)
	}
	a, b := header+record(1, 0, "100", "Purchase", "Reservation", "r-1"), header
	for i := range 40 {
		day := i%20 + 1
		if i < 10 {
			a += record(day, i, "0", "Usage", "Reservation", "r-1")
			b += record(day, i, "0.125", "Usage", "Reservation", "r-1")
			continue
		}
		a += record(day, i, "0.25", "Usage", "OnDemand", "")
		b += record(day, i, "0.25", "Usage", "OnDemand", "")
	}
	b += record(20, 0, "0.0625", "UnusedReservation", "Reservation", "r-1")
	dir := t.TempDir()
	actual, amortized = filepath.Join(dir, "actual.csv"), filepath.Join(dir, "amortized.csv")
	require.NoError(t, os.WriteFile(actual, []byte(a), 0o600))
	require.NoError(t, os.WriteFile(amortized, []byte(b), 0o600))
	return actual, amortized
}

// TestAzureExports_BothViews counts each cost once, whichever view is imported first: what
// was bought from the actual export, everything else from the amortized one.
func TestAzureExports_BothViews(t *testing.T) {
	actual, amortized := azureViews(t)
	for name, c := range map[string]struct {
		paths             []string
		billed, effective string
	}{
		"actual":          {[]string{actual}, "107.5", "7.5"},
		"amortized":       {[]string{amortized}, "7.5", "8.8125"},
		"actual first":    {[]string{actual, amortized}, "107.5", "8.8125"},
		"amortized first": {[]string{amortized, actual}, "107.5", "8.8125"},
	} {
		t.Run(name, func(t *testing.T) {
			w, err := Create(t.Context(), filepath.Join(t.TempDir(), "views.cloudintel"), "Views", Options{Sources: source.Registry{azureexport.Source{}}, User: "Tester"})
			require.NoError(t, err)
			t.Cleanup(func() { require.NoError(t, w.Close()) })
			for range 2 { // the second time, all is known
				for _, path := range c.paths {
					load(t, w, path)
				}
			}
			a, err := w.Ledger.Ask(t.Context(), finops.Question{Metrics: []finops.Metric{finops.BilledCost, finops.EffectiveCost}})
			require.NoError(t, err)
			require.Len(t, a.Totals, 1)
			assert.Equal(t, c.billed, a.Totals[0].Amounts[0].String())
			assert.Equal(t, c.effective, a.Totals[0].Amounts[1].String())
		})
	}
}
