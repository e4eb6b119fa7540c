package gcpexport_test

import (
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/source"
	"cloud-intelligence/backend/source/gcpexport"
	"cloud-intelligence/backend/source/opener"
	"cloud-intelligence/backend/source/sourcetest"
)

// FuzzSource recognises and reads any file: no error is without a code, every cost is a
// number, and what is billed is the cost with the credits.
func FuzzSource(f *testing.F) {
	f.Add([]byte(benchCSV(2)))
	f.Add([]byte(detailedUsage + "\n" + commitments))
	f.Add([]byte("[" + detailedUsage + "," + record("Core", `"cost":"1"`) + "]"))
	f.Add([]byte(oddities))
	f.Add([]byte(credits))
	f.Add([]byte(gzipped(f, detailedUsage)))
	path := filepath.Join(f.TempDir(), "f")
	f.Fuzz(func(t *testing.T, data []byte) {
		require.NoError(t, os.WriteFile(path, data, 0o600))
		file := source.File{Path: path, Size: int64(len(data))}
		r, ok, err := sourcetest.Recognize(t.Context(), gcpexport.Source{}, file)
		if err != nil && finops.CodeOf(err) == finops.CodeInternal {
			t.Fatalf("error without a code: %v", err)
		}
		if err != nil || !ok {
			return
		}
		reader, err := opener.Open(t.Context(), gcpexport.Source{}, r)
		require.NoError(t, err)
		for err == nil {
			var b *source.Batch
			if b, err = reader.Next(t.Context()); err == nil {
				checkNet(t, r, b)
				b.Release()
			}
		}
		if !errors.Is(err, io.EOF) && finops.CodeOf(err) == finops.CodeInternal {
			t.Fatalf("error without a code: %v", err)
		}
		require.NoError(t, reader.Close())
	})
}

func checkNet(t *testing.T, r source.Recognition, b *source.Batch) {
	t.Helper()
	for i, c := range r.Columns {
		focus, _ := finops.ColumnByName(c.Name)
		for row := range b.Rows {
			if v := b.Field(row, i); v != nil && c.Focus && focus.Kind == finops.KindJSON && !json.Valid(v) {
				t.Fatalf("%s is %q", c.Name, v)
			}
		}
	}
	for row := range b.Rows {
		var sum finops.Sum
		known := false
		for i, c := range r.Columns {
			v := b.Field(row, i)
			if c.Total == "" || v == nil {
				continue
			}
			a, err := finops.ParseAmount(v)
			if err != nil {
				t.Fatalf("%s is %q", c.Name, v)
			}
			switch c.Total {
			case "net":
				sum.Sub(a)
				known = true
			default:
				sum.Add(a)
			}
		}
		if known && !sum.IsZero() {
			t.Fatalf("cost, credits and net differ by %s", sum)
		}
	}
}
