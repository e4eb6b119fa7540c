package report_test

import (
	"io"
	"os"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/report"
)

// BenchmarkWriteXLSX writes a million lines of ten columns; run it with -benchtime=1x under
// a tool that measures the largest resident size.
func BenchmarkWriteXLSX(b *testing.B) {
	for b.Loop() {
		table := costs()
		line := table.Rows
		table.Totals = nil
		table.Rows = func(yield func([]*string, error) bool) {
			for i := range 250_000 {
				for row, err := range line {
					amount := strconv.Itoa(i) + ".0123456789"
					if row[6] != nil {
						row[6] = &amount
					}
					if !yield(row, err) {
						return
					}
				}
			}
		}
		out, err := os.Create(b.TempDir() + "/million.xlsx")
		require.NoError(b, err)
		done, err := table.WriteXLSX(out, report.XLSXOptions{})
		require.NoError(b, err)
		size, err := out.Seek(0, io.SeekCurrent)
		require.NoError(b, err)
		require.NoError(b, out.Close())
		b.ReportMetric(float64(size)/1e6, "MB")
		b.ReportMetric(float64(done.Rows), "rows")
	}
}
