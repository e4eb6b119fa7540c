package ocireport_test

import (
	"bytes"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/source"
	"cloud-intelligence/backend/source/ocireport"
	"cloud-intelligence/backend/source/sourcetest"
)

// bigReport makes an imagined report: 2,000 resources, hour by hour.
func bigReport(lines int) []byte {
	var b bytes.Buffer
	b.WriteString(header + "\r\n")
	first := time.Date(2026, 5, 1, 0, 0, 0, 0, time.UTC)
	services := []string{"COMPUTE", "BLOCK_STORAGE", "OBJECTSTORE", "DATABASE", "NETWORK"}
	for n := range lines {
		r := n % 2000
		start := first.Add(time.Duration(n/2000%744) * time.Hour)
		fmt.Fprintf(&b, "V2.B%d.%032x,ocid1.tenancy.oc1..t,%s,%s,%s,ocid1.compartment.oc1..c%d,shop-%d,eu-frankfurt-1,AD-%d,ocid1.instance.oc1.eu-frankfurt-1.%032x,%d.%012d000000,,sub,B%d,Standard - E4 - OCPU %d,0.025000000000000000,,0.%018d,,USD,1 NONE HOURS OCPU,OCPU Hours,false,false,,default/user%d,team-%d\r\n",
			r, n, start.Format("2006-01-02T15:04Z"), start.Add(time.Hour).Format("2006-01-02T15:04Z"), services[r%5], r%40, r%40, r%3, r, 1+r%7, n*7919, 88000+r%50, r%50, n*104729, r%9, r%23)
	}
	return b.Bytes()
}

// BenchmarkSource reads a report of 200,000 lines through the source, from disk, with the
// hash.
func BenchmarkSource(b *testing.B) {
	const lines = 200_000
	text := bigReport(lines)
	f := write(b, "f.csv", text)
	r, ok, err := sourcetest.Recognize(b.Context(), ocireport.Source{}, f)
	require.NoError(b, err)
	require.True(b, ok)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		rows := 0
		read(b, r, func(batch *source.Batch) { rows += batch.Rows })
		require.Equal(b, lines, rows)
	}
	b.ReportMetric(float64(lines)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
}
