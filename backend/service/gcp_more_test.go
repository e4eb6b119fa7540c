package service

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/ingest"
	"cloud-intelligence/backend/source"
	"cloud-intelligence/backend/source/gcpexport"
)

// TestGCPExports_Totals keeps the measures of Google beside those of FOCUS, by the month of the
// invoice and in the currency of the bill, whatever currency the prices are in.
func TestGCPExports_Totals(t *testing.T) {
	const base = `"billing_account_id":"01A","currency":"EUR","currency_conversion_rate":0.9,"service":{"id":"6F81-5844-456A","description":"Compute Engine"},"sku":{"id":"S","description":"N2 Core"},"cost_type":"regular",`
	record := func(invoice, start, members string) string {
		return "{" + base + `"invoice":{"month":"` + invoice + `"},"usage_start_time":"` + start + ` UTC","usage_end_time":"` + start + ` UTC",` + members + "}"
	}
	path := filepath.Join(t.TempDir(), "gcp.json")
	require.NoError(t, os.WriteFile(path, []byte(strings.Join([]string{
		record("202609", "2026-09-05 10:00:00", `"cost":9,"cost_at_list":"10","price":{"effective_price":"1","list_price":"1.1"},"usage":{"amount":36000,"unit":"seconds","amount_in_pricing_units":10,"pricing_unit":"hour"},"credits":[{"type":"PROMOTION","amount":-1.5,"id":"p"}]`),
		record("202609", "2026-08-31 10:00:00", `"cost":1,"credits":[]`), // known too late for its invoice
		record("202610", "2026-09-30 23:00:00", `"cost":"2","credits":[{"type":"FREE_TIER","amount":"-2"}]`),
	}, "\n")), 0o600))
	w, err := Create(t.Context(), filepath.Join(t.TempDir(), "g.cloudintel"), "Totals", Options{Sources: source.Registry{gcpexport.Source{}}, User: "Tester"})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, w.Close()) })
	res := load(t, w, path)
	require.Zero(t, res.Rejects)
	got := map[string]string{}
	for _, total := range res.Files[0].Totals {
		if m := string(total.Metric); m == "cost" || m == "credits" || m == "net" || m == "ListCost" {
			got[total.Month.String()+" "+total.Currency+" "+m] = total.Amount.String()
		}
	}
	assert.Equal(t, map[string]string{
		"2026-09 EUR cost": "10", "2026-09 EUR credits": "-1.5", "2026-09 EUR net": "8.5", "2026-09 EUR ListCost": "10",
		"2026-10 EUR cost": "2", "2026-10 EUR credits": "-2", "2026-10 EUR net": "0",
	}, got)
}

// TestGCPExports_StandardAndDetailed: the lines of one are not found in the other, since only
// the detailed table names resources, but they are the same bill.
func TestGCPExports_StandardAndDetailed(t *testing.T) {
	folder := t.TempDir()
	var paths []string
	for _, part := range []struct {
		name      string
		resources []string
		cost      string
	}{
		{"standard.json", []string{""}, "6"}, {"detailed-1.json", []string{"a", "b"}, "2"}, {"detailed-2.json", []string{"c"}, "2"},
	} {
		var lines []string
		for _, day := range []string{"01", "02", "03"} {
			for _, resource := range part.resources {
				line := `{"billing_account_id":"01A","currency":"EUR","service":{"id":"6F81-5844-456A","description":"Compute Engine"},"sku":{"id":"S","description":"N2 Core"},"cost_type":"regular",` +
					`"invoice":{"month":"202609"},"usage_start_time":"2026-09-` + day + ` 10:00:00 UTC","usage_end_time":"2026-09-` + day + ` 11:00:00 UTC","cost":` + part.cost + `,"credits":[]`
				if resource != "" {
					line += `,"resource":{"name":"` + resource + `","global_name":"//compute/` + resource + `"}`
				}
				lines = append(lines, line+"}")
			}
		}
		path := filepath.Join(folder, part.name)
		require.NoError(t, os.WriteFile(path, []byte(strings.Join(lines, "\n")), 0o600))
		paths = append(paths, path)
	}
	w, err := Create(t.Context(), filepath.Join(t.TempDir(), "g.cloudintel"), "Forms", Options{Sources: source.Registry{gcpexport.Source{}}, User: "Tester"})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, w.Close()) })
	c := conflict(t, w, "two kinds of export of this bill", paths...)
	assert.True(t, c.Within)
	res, err := importWith(t.Context(), w, ImportOptions{Answers: map[string]ingest.Overlap{paths[0]: ingest.OverlapLeave}}, paths...)
	require.NoError(t, err)
	require.Empty(t, res.Conflicts, "the parts of one export add up")
	require.Equal(t, "9 lines 18 18", costs(t, w))
	conflict(t, w, "", paths[0])
}
