package gcpexport_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/parquet-go/parquet-go"
	"github.com/stretchr/testify/require"
)

type formLabel struct {
	Key   string `json:"key" parquet:"key,optional,dict"`
	Value string `json:"value" parquet:"value,optional,dict"`
}

type formCredit struct {
	Name   string  `json:"name" parquet:"name,optional,dict"`
	Credit float64 `json:"amount" parquet:"amount,optional"`
	ID     string  `json:"id" parquet:"id,optional,dict"`
	Type   string  `json:"type" parquet:"type,optional,dict"`
}

type formNamed struct {
	ID          string `json:"id" parquet:"id,optional,dict"`
	Description string `json:"description" parquet:"description,optional,dict"`
}

// formCharge is a charge that can be written in every form. Its texts have dictionaries in
// Parquet, as BigQuery writes them.
type formCharge struct {
	BillingAccountID string    `json:"billing_account_id" parquet:"billing_account_id,optional,dict"`
	Service          formNamed `json:"service" parquet:"service"`
	SKU              formNamed `json:"sku" parquet:"sku"`
	UsageStart       string    `json:"usage_start_time" parquet:"usage_start_time,optional,dict"`
	UsageEnd         string    `json:"usage_end_time" parquet:"usage_end_time,optional,dict"`
	Project          struct {
		ID       string      `json:"id" parquet:"id,optional,dict"`
		Number   string      `json:"number" parquet:"number,optional,dict"`
		Name     string      `json:"name" parquet:"name,optional,dict"`
		Labels   []formLabel `json:"labels" parquet:"labels,list"`
		Ancestry string      `json:"ancestry_numbers" parquet:"ancestry_numbers,optional,dict"`
	} `json:"project" parquet:"project"`
	Labels       []formLabel `json:"labels" parquet:"labels,list"`
	SystemLabels []formLabel `json:"system_labels" parquet:"system_labels,list"`
	Location     struct {
		Location string `json:"location" parquet:"location,optional,dict"`
		Country  string `json:"country" parquet:"country,optional,dict"`
		Region   string `json:"region" parquet:"region,optional,dict"`
		Zone     string `json:"zone" parquet:"zone,optional,dict"`
	} `json:"location" parquet:"location"`
	Resource struct {
		Name       string `json:"name" parquet:"name,optional,dict"`
		GlobalName string `json:"global_name" parquet:"global_name,optional,dict"`
	} `json:"resource" parquet:"resource"`
	ExportTime string  `json:"export_time" parquet:"export_time,optional,dict"`
	Charged    float64 `json:"cost" parquet:"cost,optional"`
	Currency   string  `json:"currency" parquet:"currency,optional,dict"`
	Usage      struct {
		Used        float64 `json:"amount" parquet:"amount,optional"`
		Unit        string  `json:"unit" parquet:"unit,optional,dict"`
		InUnits     float64 `json:"amount_in_pricing_units" parquet:"amount_in_pricing_units,optional"`
		PricingUnit string  `json:"pricing_unit" parquet:"pricing_unit,optional,dict"`
	} `json:"usage" parquet:"usage"`
	Credits []formCredit `json:"credits" parquet:"credits,list"`
	Invoice struct {
		Month string `json:"month" parquet:"month,optional,dict"`
	} `json:"invoice" parquet:"invoice"`
	CostType string  `json:"cost_type" parquet:"cost_type,optional,dict"`
	Listed   float64 `json:"cost_at_list" parquet:"cost_at_list,optional"`
}

// formCharges are those of a month: 500 machines, a discount on every third line.
func formCharges(rows int) []formCharge {
	all := make([]formCharge, rows)
	for i := range all {
		c, machine := &all[i], i%500
		start := time.Date(2026, 9, 1+i/500%30, i%24, 0, 0, 0, time.UTC)
		const form = "2006-01-02 15:04:05 UTC"
		c.BillingAccountID, c.Currency, c.CostType, c.Invoice.Month = "01A2B3-C4D5E6-F7A8B9", "USD", "regular", "202609"
		c.Service = formNamed{"6F81-5844-456A", "Compute Engine"}
		c.SKU = formNamed{fmt.Sprintf("9431-52B1-%04d", machine%40), fmt.Sprintf("N1 Predefined Instance Core %d running in Europe", machine%40)}
		c.UsageStart, c.UsageEnd, c.ExportTime = start.Format(form), start.Add(time.Hour).Format(form), start.Add(26*time.Hour).Format(form)
		c.Project.ID, c.Project.Number, c.Project.Name = fmt.Sprintf("shop-%d", machine%7), fmt.Sprint(471100471100+machine%7), fmt.Sprintf("Shop %d", machine%7)
		c.Project.Labels, c.Project.Ancestry = []formLabel{{"env", "prod"}, {"team", fmt.Sprint("t", machine%7)}}, "/111111111111/222222222222/"
		c.Labels = []formLabel{{"goog-k8s-cluster-name", "main"}, {"app", fmt.Sprint("app", machine%60)}}
		c.SystemLabels = []formLabel{{"compute.googleapis.com/cores", "4"}, {"compute.googleapis.com/machine_spec", "n1-standard-4"}}
		c.Location.Location, c.Location.Country, c.Location.Region, c.Location.Zone = "europe-west1", "BE", "europe-west1", "europe-west1-b"
		c.Resource.Name = fmt.Sprintf("gke-pool-%d", machine)
		c.Resource.GlobalName = fmt.Sprintf("//compute.googleapis.com/projects/471100471100/zones/europe-west1-b/instances/%d", 1256790112145214+machine)
		c.Charged = float64(i%90_000+1) / 1e6
		c.Listed = c.Charged
		c.Usage.Used, c.Usage.Unit, c.Usage.InUnits, c.Usage.PricingUnit = float64(i+1), "seconds", float64(i+1)/4, "hour"
		if c.Credits = []formCredit{}; i%3 == 0 {
			c.Credits = append(c.Credits, formCredit{"Sustained Usage Discount", -float64(i%900+1) / 1e5, "SUD", "SUSTAINED_USAGE_DISCOUNT"})
		}
	}
	return all
}

// formCSV writes the members of structures as columns, and lists as JSON.
func formCSV(tb testing.TB, lines []string) string {
	tb.Helper()
	var out bytes.Buffer
	w := csv.NewWriter(&out)
	for n, line := range lines {
		var header, row []string
		var flatten func(prefix, object string)
		flatten = func(prefix, object string) {
			d := json.NewDecoder(strings.NewReader(object))
			_, err := d.Token()
			require.NoError(tb, err)
			for d.More() {
				name, err := d.Token()
				require.NoError(tb, err)
				var value json.RawMessage
				require.NoError(tb, d.Decode(&value))
				text := string(value)
				if value[0] == '{' {
					flatten(fmt.Sprint(prefix, name, "."), text)
					continue
				}
				if value[0] == '"' {
					require.NoError(tb, json.Unmarshal(value, &text))
				}
				header, row = append(header, fmt.Sprint(prefix, name)), append(row, text)
			}
		}
		flatten("", line)
		if n == 0 {
			require.NoError(tb, w.Write(header))
		}
		require.NoError(tb, w.Write(row))
	}
	w.Flush()
	return out.String()
}

// forms writes charges in every form.
func forms(tb testing.TB, rows int) (files map[string]string) {
	tb.Helper()
	charges := formCharges(rows)
	lines := make([]string, rows)
	for i := range charges {
		line, err := json.Marshal(charges[i])
		require.NoError(tb, err)
		lines[i] = string(line)
	}
	var table bytes.Buffer
	w := parquet.NewGenericWriter[formCharge](&table, parquet.Compression(&parquet.Snappy))
	_, err := w.Write(charges)
	require.NoError(tb, err)
	require.NoError(tb, w.Close())
	return map[string]string{"forms.csv": formCSV(tb, lines), "forms.ndjson": strings.Join(lines, "\n") + "\n", "forms.parquet": table.String()}
}

// TestSource_FormsAgree reads the same charges from every form.
func TestSource_FormsAgree(t *testing.T) {
	const rows = 3000
	var want []line
	files := forms(t, rows)
	for _, name := range []string{"forms.csv", "forms.ndjson", "forms.parquet"} {
		lines, rejects := linesOf(t, write(t, name, files[name]))
		require.Empty(t, rejects, name)
		require.Len(t, lines, rows, name)
		if want == nil {
			want = lines
		}
		for i := range lines {
			require.Equal(t, want[i], lines[i], "%s, charge %d", name, i)
		}
	}
}

// BenchmarkForms reads the same charges from every form.
func BenchmarkForms(b *testing.B) {
	const rows = 100_000
	files := forms(b, rows)
	for _, name := range []string{"forms.csv", "forms.ndjson", "forms.parquet"} {
		b.Run(name, func(b *testing.B) { benchmark(b, name, files[name], rows) })
	}
}
