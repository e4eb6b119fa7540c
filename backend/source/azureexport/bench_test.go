package azureexport_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"testing"

	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/source/azureexport"
)

// BenchmarkSource reads a file of 50,000 records whose dates, resources and tags repeat as
// those of a real month do.
func BenchmarkSource(b *testing.B) {
	const records = 50_000
	var text bytes.Buffer
	text.WriteString(eaHeader + "\n")
	for i := range records {
		v := values{
			"ResourceId": fmt.Sprintf("/subscriptions/1/resourceGroups/Shop/providers/Microsoft.Compute/virtualMachines/Web%d", i%500),
			"Cost":       fmt.Sprintf("0.%09d", i), "Quantity": fmt.Sprintf("%d.%04d", i%24, i%10000), "Date": fmt.Sprintf("09/%02d/2023", i/2000+1),
			"Tags": fmt.Sprintf(`"CostCenter": "%d","env": "prod"`, i%50),
		}
		if i%10 == 0 {
			v["PricingModel"], v["benefitId"], v["PayGPrice"] = "Reservation", reservation, "0"
		}
		text.WriteString(line(eaHeader, v))
	}
	f := write(b, "f.csv", text.Bytes())
	r, ok, err := azureexport.Source{}.Recognize(b.Context(), f)
	require.NoError(b, err)
	require.True(b, ok)
	b.SetBytes(int64(text.Len()))
	for b.Loop() {
		reader, err := azureexport.Source{}.Open(b.Context(), r)
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
		require.Equal(b, records, rows)
	}
	b.ReportMetric(float64(records)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
}
