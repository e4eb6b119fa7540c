package csvfile_test

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/source"
	"cloud-intelligence/backend/source/csvfile"
)

func save(t testing.TB, name string, data []byte) source.File {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	require.NoError(t, os.WriteFile(path, data, 0o600))
	return source.File{Path: path, Size: int64(len(data))}
}

func pack(t testing.TB, members ...[]byte) []byte {
	t.Helper()
	var b bytes.Buffer
	for _, m := range members {
		w := gzip.NewWriter(&b)
		_, err := w.Write(m)
		require.NoError(t, err)
		require.NoError(t, w.Close())
	}
	return b.Bytes()
}

// count reads a file and returns its rows, its rejects and the error that ended it.
func count(t testing.TB, f source.File) (rows, rejects int, r *csvfile.Reader, err error) {
	t.Helper()
	r, err = csvfile.Open(t.Context(), f)
	if err != nil {
		return 0, 0, nil, err
	}
	t.Cleanup(func() { assert.NoError(t, r.Close()) })
	for {
		b, err := r.Next(t.Context())
		if err != nil {
			return rows, rejects, r, err
		}
		rows += b.Rows
		rejects += len(b.Rejects)
		b.Release()
	}
}

func sum(data []byte) string {
	h := sha256.Sum256(data)
	return hex.EncodeToString(h[:])
}

func TestOpen_GzipMembersAndHash(t *testing.T) {
	text := billingText(5000, false, true)
	data := pack(t, text[:777], text[777:100_000], nil, text[100_000:])
	f := save(t, "x.csv.gz", data)
	rows, rejects, r, err := count(t, f)
	require.ErrorIs(t, err, io.EOF)
	assert.Equal(t, 5000, rows)
	assert.Zero(t, rejects)
	assert.Equal(t, sum(data), r.SHA256())
	assert.Equal(t, f.Size, r.Progress())
	assert.Equal(t, "UTF-8, comma, LF, gzip", r.Layout().Dialect())
}

func TestOpen_DamagedGzip(t *testing.T) {
	text := billingText(5_000, false, true)
	data := pack(t, text)
	t.Run("cut off", func(t *testing.T) {
		rows, rejects, _, err := count(t, save(t, "bill.csv.gz", data[:len(data)/2]))
		assert.Equal(t, finops.CodeCorrupt, finops.CodeOf(err))
		assert.Contains(t, err.Error(), "bill.csv.gz is cut off")
		assert.Positive(t, rows)
		assert.Zero(t, rejects, "half a record is no reject: the error says that more is missing")
	})
	t.Run("cut in the trailer", func(t *testing.T) {
		_, _, _, err := count(t, save(t, "bill.csv.gz", data[:len(data)-3]))
		assert.Equal(t, finops.CodeCorrupt, finops.CodeOf(err))
	})
	t.Run("one byte changed", func(t *testing.T) {
		bad := append([]byte(nil), data...)
		bad[len(bad)/2] ^= 0x55
		_, _, _, err := count(t, save(t, "bill.csv.gz", bad))
		assert.Equal(t, finops.CodeCorrupt, finops.CodeOf(err))
	})
}

func TestOpen_ChangedWhileRead(t *testing.T) {
	text := billingText(12_000, false, false)
	for name, change := range map[string]func(t *testing.T, path string){
		"grown": func(t *testing.T, path string) {
			f, err := os.OpenFile(path, os.O_APPEND|os.O_WRONLY, 0)
			require.NoError(t, err)
			_, err = f.WriteString("more\n")
			require.NoError(t, err)
			require.NoError(t, f.Close())
		},
		"replaced": func(t *testing.T, path string) {
			require.NoError(t, os.WriteFile(path+".new", text, 0o600))
			require.NoError(t, os.Rename(path+".new", path))
		},
		"touched": func(t *testing.T, path string) {
			later := time.Now().Add(time.Hour)
			require.NoError(t, os.Chtimes(path, later, later))
		},
	} {
		t.Run(name, func(t *testing.T) {
			f := save(t, "bill.csv", text)
			r, err := csvfile.Open(t.Context(), f)
			require.NoError(t, err)
			change(t, f.Path)
			for err == nil {
				var b *source.Batch
				if b, err = r.Next(t.Context()); err == nil {
					b.Release()
				}
			}
			assert.Equal(t, finops.CodeConflict, finops.CodeOf(err))
			assert.Contains(t, err.Error(), "changed while it was being read; wait until it is complete and import it again")
			assert.Empty(t, r.SHA256())
			require.NoError(t, r.Close())
		})
	}
}

func TestOpen_Refused(t *testing.T) {
	for name, c := range map[string]struct {
		data []byte
		code finops.Code
		text string
	}{
		"gzip in gzip": {pack(t, pack(t, []byte("a,b\n1,2\n"))), finops.CodeInvalid, "another archive"},
		"zip in gzip":  {pack(t, []byte("PK\x03\x04aaaaaaaa")), finops.CodeInvalid, "another archive"},
		"empty":        {nil, finops.CodeInvalid, "is empty"},
		"gzip header":  {[]byte("\x1f\x8b\x08"), finops.CodeCorrupt, "cut off"},
	} {
		t.Run(name, func(t *testing.T) {
			_, _, _, err := count(t, save(t, "f", c.data))
			assert.Equal(t, c.code, finops.CodeOf(err))
			assert.Contains(t, err.Error(), c.text)
		})
	}
	t.Run("a ratio below the limit is read", func(t *testing.T) {
		if testing.Short() {
			t.Skip("The 80 MB that it takes to be looked at are left out of the short run.")
		}
		bomb := append([]byte("a,b\n"), bytes.Repeat([]byte("1,22222222222222222222222222222222222222222222222\n"), 3<<19)...)
		rows, _, _, err := count(t, save(t, "f.gz", pack(t, bomb)))
		require.ErrorIs(t, err, io.EOF)
		assert.Equal(t, 3<<19, rows)
	})
	t.Run("folder", func(t *testing.T) {
		_, err := csvfile.Open(t.Context(), source.File{Path: t.TempDir()})
		assert.Equal(t, finops.CodeInvalid, finops.CodeOf(err))
	})
	t.Run("missing", func(t *testing.T) {
		_, err := csvfile.Open(t.Context(), source.File{Path: filepath.Join(t.TempDir(), "no")})
		assert.Equal(t, finops.CodeNotFound, finops.CodeOf(err))
	})
}

// TestOpen_Bomb reads zeros, which deflate packs at about 1,030 : 1.
func TestOpen_Bomb(t *testing.T) {
	zeros := make([]byte, 10<<20)
	for i := 0; i < len(zeros); i += 1 << 20 {
		zeros[i] = '\n'
	}
	member := pack(t, zeros)
	_, _, _, err := count(t, save(t, "f.gz", append(pack(t, []byte("a,b\n")), bytes.Repeat(member, 10)...)))
	assert.Equal(t, finops.CodeInvalid, finops.CodeOf(err))
	assert.Contains(t, err.Error(), "1,000 times its size")
}

func TestOpen_ZipEntries(t *testing.T) {
	text := billingText(3000, true, true)
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for name, data := range map[string][]byte{"bills/a.csv": text, "b.csv": []byte("x;y\n1;2\n"), "in.gz": pack(t, text)} {
		e, err := w.Create(name)
		require.NoError(t, err)
		_, err = e.Write(data)
		require.NoError(t, err)
	}
	require.NoError(t, w.Close())
	f := save(t, "bills.zip", b.Bytes())
	f.Entry = "bills/a.csv"
	rows, _, r, err := count(t, f)
	require.ErrorIs(t, err, io.EOF)
	assert.Equal(t, 3000, rows)
	assert.Equal(t, sum(text), r.SHA256())
	assert.LessOrEqual(t, r.Progress(), f.Size)
	assert.True(t, strings.HasSuffix(r.Layout().Dialect(), ", zip"))

	f.Entry = "in.gz"
	_, _, _, err = count(t, f)
	assert.Equal(t, finops.CodeInvalid, finops.CodeOf(err))
	f.Entry = "none"
	_, _, _, err = count(t, f)
	assert.Equal(t, finops.CodeNotFound, finops.CodeOf(err))
}

func TestReader_CancelEndsABlockedRead(t *testing.T) {
	stop := errors.New("stop")
	ctx, cancel := context.WithCancelCause(t.Context())
	r, err := csvfile.Open(t.Context(), save(t, "f.csv", billingText(10_000, false, false)))
	require.NoError(t, err)
	b, err := r.Next(ctx)
	require.NoError(t, err)
	cancel(stop)
	_, err = r.Next(ctx)
	require.ErrorIs(t, err, stop)
	_, err = r.Next(t.Context())
	require.NoError(t, err, "reading can go on under another context")
	b.Release()
	b.Release() // a second release must be harmless
	require.NoError(t, r.Close())
	require.NoError(t, r.Close())
	if _, err = r.Next(t.Context()); err == nil {
		_, err = r.Next(t.Context())
	}
	require.Error(t, err)
}
