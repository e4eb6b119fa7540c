package gcpexport_test

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/source"
	"cloud-intelligence/backend/source/gcpexport"
	"cloud-intelligence/backend/source/opener"
	"cloud-intelligence/backend/source/sourcetest"
)

func write(t testing.TB, name, text string) source.File {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
	return source.File{Path: path, Size: int64(len(text))}
}

func gzipped(t testing.TB, text string) string {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, err := w.Write([]byte(text))
	require.NoError(t, err)
	require.NoError(t, w.Close())
	return b.String()
}

func recognised(t testing.TB, f source.File) source.Recognition {
	t.Helper()
	r, ok, err := sourcetest.Recognize(t.Context(), gcpexport.Source{}, f)
	require.NoError(t, err)
	require.True(t, ok, "%s is not recognised", f.Name())
	return r
}

// line is a record by column name; a null is not in it.
type line map[string]string

// eachLine calls fn for every record of a file and returns the rejects.
func eachLine(t testing.TB, f source.File, fn func(line)) (rejects []source.Reject) {
	t.Helper()
	r := recognised(t, f)
	reader, err := opener.Open(t.Context(), gcpexport.Source{}, r)
	require.NoError(t, err)
	defer func() { require.NoError(t, reader.Close()) }()
	for {
		b, err := reader.Next(t.Context())
		if errors.Is(err, io.EOF) {
			return rejects
		}
		require.NoError(t, err)
		for row := range b.Rows {
			l := line{}
			for i, c := range r.Columns {
				if v := b.Field(row, i); v != nil {
					l[c.Name] = string(v)
				}
			}
			fn(l)
		}
		rejects = append(rejects, b.Rejects...)
		b.Release()
	}
}

func linesOf(t testing.TB, f source.File) (all []line, rejects []source.Reject) {
	t.Helper()
	rejects = eachLine(t, f, func(l line) { all = append(all, l) })
	return all, rejects
}

// printed prints records as a golden file: a block per record, its columns in the order
// of the recognition, nulls left out.
func printed(t testing.TB, f source.File) []byte {
	t.Helper()
	r := recognised(t, f)
	var out strings.Builder
	fmt.Fprintf(&out, "%s, version %s, %s\n%s\n", r.Format, r.Version, r.Dialect, r.Reason)
	for _, w := range r.Warnings {
		fmt.Fprintln(&out, "warning:", w)
	}
	n := 0
	rejects := eachLine(t, f, func(l line) {
		n++
		fmt.Fprintf(&out, "\n#%d\n", n)
		for _, c := range r.Columns {
			if v, ok := l[c.Name]; ok {
				fmt.Fprintf(&out, "%s = %s\n", c.Name, v)
			}
		}
	})
	for _, x := range rejects {
		fmt.Fprintf(&out, "\nrejected, line %d: %s\n", x.Line, x.Reason)
	}
	return []byte(out.String())
}
