// Package sourcetest is the conformance suite of the contract source.Source. Every
// package that implements a source runs it over files of its own.
package sourcetest

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"os"
	"runtime"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/source"
	"cloud-intelligence/backend/source/opener"
)

// Case is a file that the source must recognise and read.
type Case struct {
	Name    string
	File    source.File
	Format  string // of the recognition; "" = any
	Version string // of the recognition; "" = any
	Rows    int    // records; -1 = any
	Rejects int
	// SHA256 of the entry's content, for an entry of an archive.
	SHA256 string
}

// Run checks src against the contract with every case. It must not run in parallel
// with other tests of its package, since it counts goroutines.
func Run(t *testing.T, src source.Source, good []Case) {
	t.Helper()
	require.NotEmpty(t, src.Name())
	require.NotEmpty(t, good, "a source needs at least one case")
	for _, c := range good {
		t.Run(c.Name, func(t *testing.T) {
			before := runtime.NumGoroutine()
			r := recognition(t, src, c)
			first := read(t, src, r, c)
			second := read(t, src, r, c)
			assert.Equal(t, first, second, "reading twice must give the same records")
			if c.Rows >= 0 {
				assert.Equal(t, c.Rows, first.rows)
			}
			assert.Equal(t, c.Rejects, first.rejects)
			cancelled(t, src, r)
			abandoned(t, src, r)
			settled(t, before)
		})
	}
}

// recognition checks that the answer is positive, complete and stable.
func recognition(t *testing.T, src source.Source, c Case) source.Recognition {
	t.Helper()
	r, ok, err := Recognize(t.Context(), src, c.File)
	require.NoError(t, err)
	require.True(t, ok, "%s is not recognised", c.File.Name())
	again, ok, err := Recognize(t.Context(), src, c.File)
	require.NoError(t, err)
	require.True(t, ok)
	assert.Equal(t, r, again, "recognising twice must give the same answer")
	assert.Equal(t, c.File, r.File)
	assert.NotEmpty(t, r.Format)
	assert.NotEmpty(t, r.Reason)
	assert.NotEmpty(t, r.Dialect)
	assert.Positive(t, r.Confidence)
	assert.LessOrEqual(t, r.Confidence, 1.0)
	if c.Format != "" {
		assert.Equal(t, c.Format, r.Format)
	}
	if c.Version != "" {
		assert.Equal(t, c.Version, r.Version)
	}
	names := make(map[string]bool)
	for _, col := range r.Columns {
		assert.NotEmpty(t, col.Name)
		assert.False(t, names[col.Name], "column %s twice", col.Name)
		names[col.Name] = true
	}
	return r
}

// outcome is what reading a file gave: the number of records and the hash of them.
type outcome struct {
	rows, rejects int
	records       string
}

func read(t *testing.T, src source.Source, r source.Recognition, c Case) outcome {
	t.Helper()
	reader, err := opener.Open(t.Context(), src, r)
	require.NoError(t, err)
	defer func() {
		assert.NoError(t, reader.Close())
		assert.NoError(t, reader.Close(), "closing twice must be no error")
	}()
	var out outcome
	sum := sha256.New()
	progress, line := reader.Progress(), int64(0)
	for {
		b, err := reader.Next(t.Context())
		if errors.Is(err, io.EOF) {
			break
		}
		require.NoError(t, err)
		require.True(t, b.Rows > 0 || len(b.Rejects) > 0, "an empty batch")
		require.Equal(t, len(r.Columns), b.Columns)
		require.Len(t, b.Bounds, b.Rows*b.Columns)
		require.Len(t, b.Lines, b.Rows)
		for row := range b.Rows {
			require.Greater(t, b.Lines[row], line, "lines must rise")
			line = b.Lines[row]
			for col := range b.Columns {
				if f := b.Field(row, col); f == nil {
					sum.Write([]byte{0})
				} else {
					sum.Write(append([]byte{1}, f...))
				}
			}
			sum.Write([]byte{2})
		}
		for _, x := range b.Rejects {
			assert.NotEmpty(t, x.Reason)
			assert.LessOrEqual(t, len(x.Text), 4<<10)
		}
		out.rows += b.Rows
		out.rejects += len(b.Rejects)
		require.GreaterOrEqual(t, reader.Progress(), progress, "progress must not fall")
		progress = reader.Progress()
		require.LessOrEqual(t, progress, c.File.Size)
		b.Release()
	}
	assert.GreaterOrEqual(t, reader.Progress(), progress)
	_, err = reader.Next(t.Context())
	require.ErrorIs(t, err, io.EOF, "the end stays the end")
	assert.Equal(t, hashOf(t, c), reader.SHA256())
	out.records = hex.EncodeToString(sum.Sum(nil))
	return out
}

func hashOf(t *testing.T, c Case) string {
	t.Helper()
	if c.File.Entry != "" {
		require.NotEmpty(t, c.SHA256, "the case of an entry must name its hash")
		return c.SHA256
	}
	f, err := os.Open(c.File.Path)
	require.NoError(t, err)
	sum := sha256.New()
	_, err = io.Copy(sum, f)
	require.NoError(t, err)
	require.NoError(t, f.Close())
	return hex.EncodeToString(sum.Sum(nil))
}

var errStopped = errors.New("stopped by the test")

// cancelled checks that a cancelled context ends reading with its cause.
func cancelled(t *testing.T, src source.Source, r source.Recognition) {
	t.Helper()
	reader, err := opener.Open(t.Context(), src, r)
	require.NoError(t, err)
	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(errStopped)
	_, err = reader.Next(ctx)
	require.ErrorIs(t, err, errStopped)
	require.NoError(t, reader.Close())
}

// abandoned checks that a reader can be closed at any time, also with batches that
// were not released.
func abandoned(t *testing.T, src source.Source, r source.Recognition) {
	t.Helper()
	reader, err := opener.Open(t.Context(), src, r)
	require.NoError(t, err)
	_, err = reader.Next(t.Context())
	if err != nil {
		require.ErrorIs(t, err, io.EOF)
	}
	require.NoError(t, reader.Close())
}

// settled waits for goroutines to end; a reader may not leave one behind.
func settled(t *testing.T, before int) {
	t.Helper()
	assert.Eventually(t, func() bool { return runtime.NumGoroutine() <= before+1 }, 5*time.Second, 10*time.Millisecond,
		"goroutines were left behind") // Eventually itself runs one
}

// Recognize looks at a file and asks a source with it.
func Recognize(ctx context.Context, src source.Source, f source.File) (r source.Recognition, ok bool, err error) {
	l, err := opener.Look(ctx, f)
	if err != nil {
		return r, false, err
	}
	r, _, ok, err = source.Registry{src}.Recognize(ctx, l)
	return r, ok, errors.Join(err, l.Close())
}

// Look looks at a file; it is closed when the test ends.
func Look(t testing.TB, f source.File) *source.Look {
	t.Helper()
	l, err := opener.Look(t.Context(), f)
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, l.Close()) })
	return l
}
