package awscur_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"cloud-intelligence/backend/source"
	"cloud-intelligence/backend/source/awscur"
)

// repeated writes a copy of a CSV file with its lines several times over.
func repeated(b *testing.B, path string, times int) source.File {
	b.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		b.Fatal(err)
	}
	header, lines, _ := bytes.Cut(text, []byte("\n"))
	return write(b, "report.csv", append(append(bytes.Clone(header), '\n'), bytes.Repeat(lines, times)...))
}

func BenchmarkRead(b *testing.B) {
	for _, path := range []string{"synthetic/aws-cur-legacy-csv-nise/nise-2026-09-00001.csv.gz", "real/aws-cur-legacy-parquet/Oct2018-WorkshopCUR-00001.snappy.parquet", "real/aws-cur2-csv/ha-project-CUR-daily-1-00001.csv"} {
		b.Run(filepath.Base(path), func(b *testing.B) {
			f := source.File{Path: filepath.Join(shared, filepath.FromSlash(path))}
			info, err := os.Stat(f.Path)
			if errors.Is(err, os.ErrNotExist) {
				b.Skip("the shared sample files are not on this machine")
			}
			f.Size = info.Size()
			if strings.HasSuffix(path, ".csv") { // too few lines to measure
				f = repeated(b, f.Path, 40)
			}
			r, _, err := awscur.Source{}.Recognize(b.Context(), f)
			if err != nil {
				b.Fatal(err)
			}
			rows := 0
			for b.Loop() {
				each(b, r, func(*source.Batch, int) { rows++ }, func(x source.Reject) { b.Fatal(x.Reason) })
			}
			b.ReportMetric(float64(rows)/b.Elapsed().Seconds(), "rows/s")
		})
	}
}
