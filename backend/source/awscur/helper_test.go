package awscur_test

import (
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/source"
	"cloud-intelligence/backend/source/awscur"
	"cloud-intelligence/backend/source/opener"
	"cloud-intelligence/backend/source/sourcetest"
)

const shared = "../../../../shared/data"

func write(t testing.TB, name string, data []byte) source.File {
	t.Helper()
	path := filepath.Join(t.TempDir(), filepath.FromSlash(name))
	require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o750))
	require.NoError(t, os.WriteFile(path, data, 0o600))
	return source.File{Path: path, Size: int64(len(data))}
}

func gzipped(t testing.TB, text string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, err := w.Write([]byte(text))
	require.NoError(t, err)
	require.NoError(t, w.Close())
	return b.Bytes()
}

// records is a file as the source gives it.
type records struct {
	recognition source.Recognition
	rows        []map[string]string // without what is unknown
	rejects     []source.Reject
	totals      map[string]*finops.Sum // of every column that is a number in all rows that have it
}

func read(t testing.TB, f source.File) records {
	t.Helper()
	r, ok, err := sourcetest.Recognize(t.Context(), awscur.Source{}, f)
	require.NoError(t, err)
	require.True(t, ok, "%s is not recognised", f.Name())
	out := records{recognition: r, totals: map[string]*finops.Sum{}}
	each(t, r, func(b *source.Batch, row int) {
		fields := map[string]string{}
		for c, column := range r.Columns {
			if f := b.Field(row, c); len(f) > 0 {
				fields[column.Name] = string(f)
			}
		}
		out.rows = append(out.rows, fields)
	}, func(x source.Reject) { out.rejects = append(out.rejects, x) })
	return out
}

// each reads all records of a file, without keeping them.
func each(t testing.TB, r source.Recognition, record func(b *source.Batch, row int), reject func(source.Reject)) {
	t.Helper()
	reader, err := opener.Open(t.Context(), awscur.Source{}, r)
	require.NoError(t, err)
	defer func() { require.NoError(t, reader.Close()) }()
	for {
		b, err := reader.Next(t.Context())
		if errors.Is(err, io.EOF) {
			return
		}
		require.NoError(t, err)
		for row := range b.Rows {
			record(b, row)
		}
		for _, x := range b.Rejects {
			reject(x)
		}
		b.Release()
	}
}
