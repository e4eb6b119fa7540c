package service_test

import (
	"bufio"
	"io"
	"os"
	"testing"
	"cloud-intelligence/backend/service"
	"cloud-intelligence/backend/source"
	"cloud-intelligence/backend/source/focusfile"
)

func BenchmarkExport(b *testing.B) {
	for _, format := range []string{"focus-csv", "focus-parquet"} {
		b.Run(format, func(b *testing.B) {
			w, err := service.Open(b.Context(), os.Getenv("BX"), service.Options{Sources: source.Registry{focusfile.Source{}}})
			if err != nil { b.Fatal(err) }
			defer w.Close()
			var lines int64
			for b.Loop() {
				n, err := w.Export(b.Context(), service.ExportOptions{Format: format, Out: bufio.NewWriter(io.Discard)})
				if err != nil { b.Fatal(err) }
				lines += n
			}
			b.ReportMetric(float64(lines)/b.Elapsed().Seconds(), "lines/s")
		})
	}
}
