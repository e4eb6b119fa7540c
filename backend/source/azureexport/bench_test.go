package azureexport_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/source"
	"cloud-intelligence/backend/source/azureexport"
	"cloud-intelligence/backend/source/opener"
	"cloud-intelligence/backend/source/parquetfile"
	"cloud-intelligence/backend/source/sourcetest"
)

const benchRecords = 200_000

// benchValues are records whose dates, resources and tags repeat as those of a real month
// do.
func benchValues(i int) values {
	v := values{
		"ResourceId": fmt.Sprintf("/subscriptions/1/resourceGroups/Shop/providers/Microsoft.Compute/virtualMachines/Web%d", i%500),
		"Cost":       fmt.Sprintf("0.%09d", i), "Quantity": fmt.Sprintf("%d.%04d", i%24, i%10000), "Date": fmt.Sprintf("09/%02d/2023", i/8000+1),
		"Tags": fmt.Sprintf(`"CostCenter": "%d","env": "prod"`, i%50), "AdditionalInfo": fmt.Sprintf(`{"ServiceType":"Standard_B2s","VMName":"Web%d","VCPUs":2}`, i%500),
	}
	if i%10 == 0 {
		v["PricingModel"], v["benefitId"], v["PayGPrice"] = "Reservation", reservation, "0"
	}
	return v
}

func benchmark(b *testing.B, f source.File) {
	r, ok, err := sourcetest.Recognize(b.Context(), azureexport.Source{}, f)
	require.NoError(b, err)
	require.True(b, ok)
	b.SetBytes(f.Size)
	b.ReportAllocs()
	for b.Loop() {
		reader, err := opener.Open(b.Context(), azureexport.Source{}, r)
		require.NoError(b, err)
		rows := 0
		for {
			batch, err := reader.Next(b.Context())
			if errors.Is(err, io.EOF) {
				break
			}
			require.NoError(b, err)
			rows += batch.Rows
			batch.Release()
		}
		require.NoError(b, reader.Close())
		require.Equal(b, benchRecords, rows)
	}
	b.ReportMetric(float64(benchRecords)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
}

func BenchmarkCSV(b *testing.B) {
	var text bytes.Buffer
	text.WriteString(eaHeader + "\n")
	for i := range benchRecords {
		text.WriteString(line(eaHeader, benchValues(i)))
	}
	benchmark(b, write(b, "f.csv", text.Bytes()))
}

// BenchmarkCSV_Long has the prices, quantities and costs of BenchmarkCSV with the decimals
// that Azure prints for other customers.
func BenchmarkCSV_Long(b *testing.B) {
	var text bytes.Buffer
	text.WriteString(eaHeader + "\n")
	for i := range benchRecords {
		v := benchValues(i)
		v["Cost"] = fmt.Sprintf("0.000%025d", i)
		v["Quantity"] = fmt.Sprintf("%d.8395236496368%08d", i%24, i)
		v["UnitPrice"], v["EffectivePrice"] = "0.019500000000000000000000", "0.018914999999999997790"
		if _, reserved := v["PayGPrice"]; !reserved {
			v["PayGPrice"] = "0.021450000000000000316414"
		}
		text.WriteString(line(eaHeader, v))
	}
	benchmark(b, write(b, "f.csv", text.Bytes()))
}

func BenchmarkParquet(b *testing.B) {
	var out bytes.Buffer
	var specs []parquetfile.Spec
	names := strings.Split(eaHeader, ",")
	for _, name := range names {
		specs = append(specs, parquetfile.Spec{Name: name})
	}
	w, err := parquetfile.NewWriter(&out, specs, "bench")
	require.NoError(b, err)
	for i := range benchRecords {
		v, record := benchValues(i), make([]*string, len(names))
		for n, name := range names {
			text, ok := v[name]
			if !ok {
				text, ok = plainEA[name]
			}
			if ok {
				record[n] = &text
			}
		}
		require.NoError(b, w.Write(record))
	}
	require.NoError(b, w.Close())
	benchmark(b, write(b, "f.parquet", out.Bytes()))
}
