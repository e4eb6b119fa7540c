package service

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/source"
	"cloud-intelligence/backend/source/focusfile"
	"cloud-intelligence/backend/source/gcpexport"
)

func TestGCPEndToEnd(t *testing.T) {
	opts := Options{Sources: source.Registry{focusfile.Source{}, gcpexport.Source{}}, User: "Tester"}
	for _, path := range []string{
		"real/gcp-bigquery-standard-csv/202011_30c31bca571d9b7f3b2c8459dd8bc34a_2020-11-08_2020-11-11.csv",
		"synthetic/gcp-bigquery-detailed-ndjson/gcp_detailed_2026-09.ndjson.gz",
		"synthetic/gcp-bigquery-standard-csv-nise/nise-gcp-standard-2026-09.csv.gz"} {
		w, err := Create(t.Context(), filepath.Join(t.TempDir(), "c.cloudintel"), "C", opts)
		require.NoError(t, err)
		p := filepath.Join("../../../shared/data", path)
		res := load(t, w, p)
		for _, f := range res.Files {
			fmt.Println(f.Format, f.Lines, f.Rejects)
			for _, x := range f.Totals {
				fmt.Println("  ", x.Month, x.Currency, x.Metric, x.Amount.String())
			}
		}
		a, err := w.Ask(t.Context(), finops.Question{Metrics: finops.Metrics, GroupBy: []string{"ChargeCategory", "PricingCategory"}})
		require.NoError(t, err)
		for _, r := range a.Rows {
			var k []string
			for _, x := range r.Keys {
				if x == nil {
					k = append(k, "-")
				} else {
					k = append(k, *x)
				}
			}
			fmt.Println("  ", k, r.Lines, r.Amounts[0], r.Amounts[1])
		}
		again := load(t, w, p)
		require.True(t, again.Files[0].Known)
		require.NoError(t, w.Close())
	}
	_ = context.Background
}
