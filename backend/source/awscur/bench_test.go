package awscur_test

import (
	"testing"

	"cloud-intelligence/backend/source"
	"cloud-intelligence/backend/source/awscur"
	"cloud-intelligence/backend/source/sourcetest"
)

// BenchmarkRead reads a report of 200,000 hourly lines and 142 columns through the
// source, from disk, with the hash.
func BenchmarkRead(b *testing.B) {
	const lines = 200_000
	for name, make := range map[string]func(testing.TB, int) source.File{"csv": bigCSV, "parquet": bigParquet} {
		b.Run(name, func(b *testing.B) {
			f := make(b, lines)
			r, _, err := sourcetest.Recognize(b.Context(), awscur.Source{}, f)
			if err != nil {
				b.Fatal(err)
			}
			b.SetBytes(f.Size)
			b.ReportAllocs()
			rows := 0
			for b.Loop() {
				each(b, r, func(*source.Batch, int) { rows++ }, func(x source.Reject) { b.Fatal(x.Reason) })
			}
			b.ReportMetric(float64(rows)/b.Elapsed().Seconds(), "rows/s")
		})
	}
}
