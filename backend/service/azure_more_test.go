package service

import (
	"bytes"
	"compress/gzip"
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
	"cloud-intelligence/backend/source/azureexport"
)

// azureDelivery writes one run of an export as Azure delivers it: its parts and the manifest
// that lists them.
func azureDelivery(t *testing.T, root, dataset, run, submitted string, parts ...string) (dir string) {
	t.Helper()
	dir = filepath.Join(root, "bill-"+dataset, "20260901-20260930", run)
	require.NoError(t, os.MkdirAll(dir, 0o700))
	var blobs []string
	for i, text := range parts {
		data, name := []byte(text), fmt.Sprintf("part_%d_0001.csv", i)
		if i%2 == 1 {
			var packed bytes.Buffer
			w := gzip.NewWriter(&packed)
			_, err := w.Write(data)
			require.NoError(t, err)
			require.NoError(t, w.Close())
			data, name = packed.Bytes(), name+".gz"
		}
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), data, 0o600))
		blobs = append(blobs, fmt.Sprintf(`{"blobName":"root/%s/%s","byteCount":%d,"dataRowCount":%d}`, run, name, len(data), strings.Count(text, "\n")-1))
	}
	manifest := fmt.Sprintf(`{"manifestVersion":"2024-04-01","exportConfig":{"exportName":"bill-%[1]s","resourceId":"/x/bill-%[1]s","type":"%[1]s"},"runInfo":{"submittedTime":"%[2]s","runId":"%[3]s","startDate":"2026-09-01T00:00:00","endDate":"2026-09-30T00:00:00"},"blobs":[%[4]s]}`,
		dataset, submitted, run, strings.Join(blobs, ","))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "manifest.json"), []byte(manifest), 0o600))
	return dir
}

// loadFolder imports a folder in which some files are left out, and verifies the workspace.
func loadFolder(t *testing.T, w *Workspace, root string) (*ingest.Result, []source.Skipped) {
	t.Helper()
	plan, err := w.Imports.Plan(t.Context(), []string{root})
	require.NoError(t, err)
	res, err := w.Imports.Run(t.Context(), plan, ImportOptions{})
	require.NoError(t, err)
	require.Empty(t, res.Conflicts)
	requireSound(t, w)
	return res, plan.Skipped
}

// halves splits a table into two, each with the header.
func halves(t *testing.T, path string) []string {
	t.Helper()
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	lines := strings.SplitAfter(strings.TrimSuffix(string(text), "\n"), "\n")
	middle := len(lines) / 2
	return []string{strings.Join(lines[:middle], ""), lines[0] + strings.Join(lines[middle:], "") + "\n"}
}

// TestAzureExports_Container imports a container of exports as it is: of each export the
// parts of the newest whole run, and both views of the month as one bill.
func TestAzureExports_Container(t *testing.T) {
	actual, amortized := azureViews(t)
	root, a := t.TempDir(), halves(t, actual)
	azureDelivery(t, root, "ActualCost", "r1", "2026-09-20T03:00:00Z", a[0])
	first := azureDelivery(t, root, "ActualCost", "r2", "2026-10-02T03:00:00Z", a...)
	azureDelivery(t, root, "AmortizedCost", "r3", "2026-10-02T04:00:00Z", halves(t, amortized)...)
	cut := azureDelivery(t, root, "AmortizedCost", "r4", "2026-10-05T04:00:00Z", halves(t, amortized)...)
	require.NoError(t, os.Remove(filepath.Join(cut, "part_1_0001.csv.gz")))
	w, err := Create(t.Context(), filepath.Join(t.TempDir(), "c.cloudintel"), "Container", Options{Sources: source.Registry{azureexport.Source{}}, User: "Tester"})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, w.Close()) })
	var skipped []source.Skipped
	for range 2 { // the second time, all is known
		var res *ingest.Result
		res, skipped = loadFolder(t, w, root)
		assert.Len(t, res.Files, 4, "two parts of each view")
		assert.Zero(t, res.Rejects)
		answer, err := w.Ledger.Ask(t.Context(), finops.Question{Metrics: []finops.Metric{finops.BilledCost, finops.EffectiveCost}})
		require.NoError(t, err)
		require.Len(t, answer.Totals, 1)
		assert.Equal(t, []string{"107.5", "8.8125"}, []string{answer.Totals[0].Amounts[0].String(), answer.Totals[0].Amounts[1].String()})
	}
	var reasons []string
	for _, s := range skipped {
		if !strings.HasSuffix(s.Path, "manifest.json") {
			reasons = append(reasons, filepath.Base(filepath.Dir(s.Path))+": "+s.Reason)
		}
	}
	assert.ElementsMatch(t, []string{
		"r1: Run r2 of the Azure export bill-actualcost holds more of the period from 2026-09-01, or is newer, and takes the place of this one.",
		"r4: This run of the Azure export bill-amortizedcost is not complete: its manifest lists part_1_0001.csv.gz, which is not there. Fetch the folder again.",
	}, reasons)

	// A part that was cut at the end of a line is recognised by the number of its records.
	path := filepath.Join(first, "part_1_0001.csv.gz")
	text := a[1]
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	_, err = z.Write([]byte(text[:strings.LastIndexByte(strings.TrimSuffix(text, "\n"), '\n')+1]))
	require.NoError(t, err)
	require.NoError(t, z.Close())
	require.NoError(t, os.WriteFile(path, packed.Bytes(), 0o600))
	other, err := Create(t.Context(), filepath.Join(t.TempDir(), "d.cloudintel"), "Cut", Options{Sources: source.Registry{azureexport.Source{}}, User: "Tester"})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, other.Close()) })
	res, _ := loadFolder(t, other, root)
	assert.EqualValues(t, 1, res.Rejects)
}

// TestAzureExports_LinesAboveTheHeader reads the reports of the enterprise portal, which begin
// with a title.
func TestAzureExports_LinesAboveTheHeader(t *testing.T) {
	actual, _ := azureViews(t)
	text, err := os.ReadFile(actual)
	require.NoError(t, err)
	path := filepath.Join(t.TempDir(), "report.csv")
	require.NoError(t, os.WriteFile(path, append([]byte("Usage Data Extract,,,\r\n,\r\n"), text...), 0o600))
	w, err := Create(t.Context(), filepath.Join(t.TempDir(), "r.cloudintel"), "Report", Options{Sources: source.Registry{azureexport.Source{}}, User: "Tester"})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, w.Close()) })
	res := load(t, w, path)
	require.Zero(t, res.Rejects)
	sums := fileSums(res.Files[0])
	for metric, want := range map[string]string{"cost": "107.5", "BilledCost": "107.5", "EffectiveCost": "7.5", "paygcost": "10.25"} {
		require.NotNil(t, sums[metric], metric)
		assert.Equal(t, want, sums[metric].String(), metric)
	}
}
