package parquetfile_test

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/parquet-go/parquet-go"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/source"
	"cloud-intelligence/backend/source/parquetfile"
)

// writeWide writes rows of 57 flat columns: text from few values, decimals, doubles,
// timestamps and distinct identifiers.
func writeWide(t testing.TB, rows int) source.File {
	t.Helper()
	group := parquet.Group{}
	for i := range 57 {
		name := fmt.Sprintf("Column%02d", i)
		switch i % 6 {
		case 0:
			group[name] = parquet.Optional(parquet.Encoded(parquet.String(), &parquet.RLEDictionary))
		case 1:
			group[name] = parquet.Decimal(10, 18, parquet.Int64Type)
		case 2:
			group[name] = parquet.Encoded(parquet.Timestamp(parquet.Millisecond), &parquet.RLEDictionary)
		case 3:
			group[name] = parquet.Optional(parquet.Leaf(parquet.DoubleType))
		case 4:
			group[name] = parquet.Encoded(parquet.String(), &parquet.RLEDictionary)
		default:
			group[name] = parquet.Optional(parquet.String())
		}
	}
	path := filepath.Join(t.TempDir(), "wide.parquet")
	f, err := os.Create(path)
	require.NoError(t, err)
	w := parquet.NewWriter(f, parquet.NewSchema("wide", group), parquet.Compression(&parquet.Snappy))
	buffer := make([]parquet.Row, 0, 1000)
	for n := range rows {
		row := make(parquet.Row, 57)
		for i := range row {
			var v parquet.Value
			def := 0
			switch i % 6 {
			case 0:
				if v, def = parquet.ValueOf([]string{"Usage", "Tax", "Credit"}[n%3]), 1; n%5 == 0 {
					v, def = parquet.NullValue(), 0
				}
			case 1:
				v = parquet.ValueOf(int64(n)*7919 + int64(i))
			case 2:
				v = parquet.ValueOf(int64(1790000000000 + n/1000*3600000))
			case 3:
				v, def = parquet.ValueOf(float64(n)*0.1), 1
			case 4:
				v = parquet.ValueOf([]string{"us-east-1", "eu-west-1"}[n%2])
			default:
				v, def = parquet.ValueOf(fmt.Sprintf("i-%017x", n/3)), 1
			}
			row[i] = v.Level(0, def, i)
		}
		if buffer = append(buffer, row); len(buffer) == cap(buffer) || n == rows-1 {
			_, err := w.WriteRows(buffer)
			require.NoError(t, err)
			buffer = buffer[:0]
		}
	}
	require.NoError(t, w.Close())
	require.NoError(t, f.Close())
	info, err := os.Stat(path)
	require.NoError(t, err)
	return source.File{Path: path, Size: info.Size()}
}

func BenchmarkParquet(b *testing.B) {
	const rows = 100_000
	f := writeWide(b, rows)
	b.SetBytes(f.Size)
	text := 0
	b.ResetTimer()
	for b.Loop() {
		r, err := parquetfile.Open(b.Context(), f)
		if err != nil {
			b.Fatal(err)
		}
		n := 0
		text = 0
		for {
			batch, err := r.Next(b.Context())
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				b.Fatal(err)
			}
			n += batch.Rows
			for _, f := range batch.Bounds {
				if f.End > f.Start {
					text += int(f.End - f.Start)
				}
			}
			batch.Release()
		}
		if n != rows {
			b.Fatalf("%d rows", n)
		}
		if err := r.Close(); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(rows)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
	b.ReportMetric(float64(text)*float64(b.N)/b.Elapsed().Seconds()/1e6, "textMB/s")
}
