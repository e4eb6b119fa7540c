package service

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/source"
	"cloud-intelligence/backend/source/awscur"
)

// TestAWSReports_EndToEnd imports published AWS reports of all layouts and lets the
// workspace prove itself; the sums are those that were counted independently.
func TestAWSReports_EndToEnd(t *testing.T) {
	long(t)
	root := filepath.Join("..", "..", "..", "shared", "data")
	text, err := os.ReadFile(filepath.Join(root, "real", "REFERENCE.json"))
	if err != nil {
		t.Skip("The billing files with known sums are not beside the checkout (../shared/data).")
	}
	var all struct{ Files map[string]referenceFile }
	require.NoError(t, json.Unmarshal(text, &all))
	for _, name := range []string{"synthetic/aws-cur-legacy-csv-nise/nise-2026-09-00001.csv.gz", "real/aws-cur2-csv/ha-project-CUR-daily-1-00001.csv",
		"real/aws-cur-legacy-csv/test_cur.csv.gz", "real/aws-cur-legacy-parquet/Oct2018-WorkshopCUR-00001.snappy.parquet"} {
		t.Run(filepath.Base(name), func(t *testing.T) {
			w, err := Create(t.Context(), filepath.Join(t.TempDir(), "aws.cloudintel"), "AWS", Options{Sources: source.Registry{awscur.Source{}}, User: "Tester"})
			require.NoError(t, err)
			defer func() { require.NoError(t, w.Close()) }()
			res, err := importWith(t.Context(), w, ImportOptions{}, filepath.Join(root, filepath.FromSlash(name)))
			require.NoError(t, err)
			require.Zero(t, res.Rejects)
			require.Equal(t, all.Files[name].Rows, res.Lines)
			report, err := w.Verify(t.Context())
			require.NoError(t, err)
			assert.True(t, report.OK, "%v", report.Checks)
			sums := map[string]*finops.Sum{}
			for _, total := range res.Files[0].Totals {
				if sums[string(total.Metric)] == nil {
					sums[string(total.Metric)] = &finops.Sum{}
				}
				sums[string(total.Metric)].AddSum(total.Amount)
			}
			for metric, want := range map[string]string{"unblended": "unblended", "blended": "blended", "public_on_demand": "public_on_demand", "amortized": "amortized_cudos", "BilledCost": "unblended", "EffectiveCost": "amortized_cudos"} {
				assert.Equal(t, all.Files[name].Totals[want], sums[metric].String(), metric)
			}
			info, err := w.Info(t.Context())
			require.NoError(t, err)
			t.Logf("%d lines, %d bytes, %v", res.Lines, info.SizeBytes, res.Duration)
		})
	}
}
