package gcpexport_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/parquet-go/parquet-go"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/source/gcpexport"
	"cloud-intelligence/backend/source/opener"
)

const csvHeader = "billing_account_id,service.id,service.description,sku.id,sku.description,usage_start_time,usage_end_time,project.id,project.name,project.labels,project.ancestry_numbers,labels,system_labels,location.location,location.country,location.region,location.zone,export_time,cost,currency,currency_conversion_rate,usage.amount,usage.unit,usage.amount_in_pricing_units,usage.pricing_unit,credits,invoice.month,cost_type,partition_date\n"

// benchCSV has credits on every tenth row and labels of a hundred resources.
func benchCSV(rows int) string {
	var b strings.Builder
	b.WriteString(csvHeader)
	for i := range rows {
		credits := "[]"
		if i%10 == 0 {
			credits = fmt.Sprintf(`"[{'name': 'FreeTrial', 'amount': -0.0%d, 'full_name': None, 'id': 'FreeTrial', 'type': 'PROMOTION'}]"`, i%97+1)
		}
		fmt.Fprintf(&b, `01AB23-CD45EF-67GH89,6F81-5844-456A,Compute Engine,CF4E-A0C7-E3BF,Instance Core running in Americas,2026-09-%02d %02d:00:00 UTC,2026-09-%02d %02d:59:59 UTC,shop-prod,shop,"[{""key"": ""env"", ""value"": ""prod""}]",/1/2/,"[{""key"": ""app"", ""value"": ""app%d""}]","[{""key"": ""compute.googleapis.com/cores"", ""value"": ""2""}]",us-east4,US,us-east4,us-east4-a,2026-09-30 06:35:38.123 UTC,0.%04d,USD,1.0,%d.5,seconds,4.25,hour,%s,202609,regular,2026-09-01`+"\n",
			i%30+1, i%24, i%30+1, i%24, i%100, i%9000+1, i, credits)
	}
	return b.String()
}

func benchmark(b *testing.B, name, text string, rows int) {
	f := write(b, name, text)
	r := recognised(b, f)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		reader, err := opener.Open(b.Context(), gcpexport.Source{}, r)
		require.NoError(b, err)
		n := 0
		for {
			batch, err := reader.Next(b.Context())
			if errors.Is(err, io.EOF) {
				break
			}
			require.NoError(b, err)
			n += batch.Rows
			batch.Release()
		}
		require.Equal(b, rows, n)
		require.NoError(b, reader.Close())
	}
	b.ReportMetric(float64(rows)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
}

func BenchmarkCSV(b *testing.B) {
	const rows = 200_000
	benchmark(b, "bench.csv", benchCSV(rows), rows)
}

// BenchmarkNDJSON has times, costs and resources that differ, as those of a month do.
func BenchmarkNDJSON(b *testing.B) {
	const rows = 50_000
	var text strings.Builder
	for i := range rows {
		text.WriteString(strings.NewReplacer("0.417276", fmt.Sprintf("0.%06d", i+1), "instances/125", fmt.Sprintf("instances/%d", i%500),
			"2026-09-20 12", fmt.Sprintf("2026-09-%02d %02d", i%30+1, i%20)).Replace(detailedUsage) + "\n")
	}
	benchmark(b, "bench.json", text.String(), rows)
}

func BenchmarkParquet(b *testing.B) {
	const rows = 200_000
	var text bytes.Buffer
	w := parquet.NewGenericWriter[parquetCharge](&text)
	charge := parquetCharges()[:1]
	for i := range rows {
		charge[0].Charged = float64(i) / 1e6
		charge[0].UsageStart = time.Date(2026, 9, i%30+1, i%24, 0, 0, 0, time.UTC)
		charge[0].UsageEnd = charge[0].UsageStart.Add(time.Hour)
		_, err := w.Write(charge)
		require.NoError(b, err)
	}
	require.NoError(b, w.Close())
	benchmark(b, "bench.parquet", text.String(), rows)
}
