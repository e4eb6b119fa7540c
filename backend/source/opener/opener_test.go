package opener_test

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/source"
	"cloud-intelligence/backend/source/csvfile"
	"cloud-intelligence/backend/source/opener"
)

// content returns lines of CSV or JSON.
func content(form source.Form, lines int) []byte {
	var b bytes.Buffer
	if form == source.FormCSV {
		b.WriteString("id,note\n")
	}
	for i := range lines {
		if form == source.FormCSV {
			fmt.Fprintf(&b, "%d,%060d\n", i, i)
		} else {
			fmt.Fprintf(&b, "{\"id\":%d,\"note\":\"%060d\"}\n", i, i)
		}
	}
	return b.Bytes()
}

func gz(t *testing.T, data []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, err := w.Write(data)
	require.NoError(t, errors.Join(err, w.Close()))
	return b.Bytes()
}

// read returns the number of records, the first one and what ended reading.
func read(t *testing.T, r source.Reader) (rows int, first string, err error) {
	t.Helper()
	for {
		b, err := r.Next(t.Context())
		if err != nil {
			return rows, first, err
		}
		if rows == 0 && b.Rows > 0 {
			first = string(b.Field(0, 0))
		}
		rows += b.Rows
		b.Release()
	}
}

// TestLook_ReadsTheBeginningAgain reads a table twice with one look: a small one whole, of a
// large one the beginning, which never passes for the whole.
func TestLook_ReadsTheBeginningAgain(t *testing.T) {
	for _, form := range []source.Form{source.FormCSV, source.FormJSON} {
		for _, packed := range []bool{false, true} {
			for _, lines := range []int{100, 100_000} {
				t.Run(fmt.Sprint(form, packed, lines), func(t *testing.T) {
					data := content(form, lines)
					if packed {
						data = gz(t, data)
					}
					path := filepath.Join(t.TempDir(), "f")
					require.NoError(t, os.WriteFile(path, data, 0o600))
					l, err := opener.Look(t.Context(), source.File{Path: path, Size: int64(len(data))})
					require.NoError(t, err)
					defer func() { require.NoError(t, l.Close()) }()
					require.NotNil(t, l.Header)
					assert.Equal(t, form, l.Header.Form)
					assert.Equal(t, []string{"id", "note"}, l.Header.Names)
					for reading := range 3 {
						table, err := l.Table(t.Context())
						require.NoError(t, err)
						rows, first, err := read(t, table)
						assert.Equal(t, "0", first)
						if lines == 100 || reading == 0 {
							require.ErrorIs(t, err, io.EOF)
							assert.Equal(t, lines, rows)
							continue
						}
						require.ErrorIs(t, err, csvfile.ErrBeginning)
						assert.Greater(t, rows, 2000)
						assert.Less(t, table.Progress(), int64(len(data)))
					}
				})
			}
		}
	}
}

func TestLook_RefusesWhatIsNoTable(t *testing.T) {
	for name, data := range map[string]string{"empty": "", "pdf": "%PDF-1.7\n", "picture": "\x89PNG\r\n\x1a\n\x00\x00", "half JSON": "{\"a\":"} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "f")
			require.NoError(t, os.WriteFile(path, []byte(data), 0o600))
			l, err := opener.Look(t.Context(), source.File{Path: path, Size: int64(len(data))})
			require.NoError(t, err)
			assert.Nil(t, l.Header)
			assert.Error(t, l.Refused)
			assert.NoError(t, l.Close())
		})
	}
}
