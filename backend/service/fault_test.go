package service

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/ingest"
	"cloud-intelligence/backend/source"
	"cloud-intelligence/backend/store/storetest"
)

// longTable has enough lines for several batches, two blocks, new columns and new bills.
func longTable(n int) *table {
	c := newTable("x_New")
	for i := range n {
		c.line("ResourceId", strconv.Itoa(i/7), "BilledCost", strconv.Itoa(i)+".25", "x_New", strconv.Itoa(i%3), "BillingAccountId", strconv.Itoa(i%4))
	}
	return c
}

// ticking answers a time that is a second later at each call, so that every batch
// reports progress.
func ticking() func() time.Time {
	clock := time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC)
	return func() time.Time { clock = clock.Add(time.Second); return clock }
}

func TestFault_CancelledAtEachStep(t *testing.T) {
	long(t)
	t.Parallel()
	file := longTable(70_000).file(t, "new.csv")
	w := newWorkspace(t)
	load(t, w, newTable("x_Old").lines(100, "r", "BillingAccountId", "1").file(t, "old.csv"))
	w.now = ticking()
	said := answers(t, w)
	before := storetest.Dump(t, w.Path())
	plan, err := w.Imports.Plan(t.Context(), []string{file})
	require.NoError(t, err)
	stages := map[string]bool{}
	for at := 1; ; at++ {
		ctx, cancel := context.WithCancel(t.Context())
		calls := 0
		res, err := w.Imports.Run(ctx, plan, ImportOptions{Overlap: ingest.OverlapAdd, Progress: func(p ingest.Progress) {
			if calls++; calls == at {
				stages[p.Stage] = true
				cancel()
			}
		}})
		cancel()
		if calls < at {
			require.NoError(t, err)
			require.EqualValues(t, 70_000, res.Lines)
			break
		}
		require.Equal(t, finops.CodeCancelled, finops.CodeOf(err), "step %d: %v", at, err)
		require.ErrorIs(t, err, context.Canceled)
		requireSameDump(t, before, storetest.Dump(t, w.Path()))
		require.Equal(t, said, answers(t, w))
	}
	assert.Len(t, stages, 3)
	requireSound(t, w)
}

func TestFault_CancelledBefore(t *testing.T) {
	w := newWorkspace(t)
	before := storetest.Dump(t, w.Path())
	plan, err := w.Imports.Plan(t.Context(), []string{newTable().line().file(t, "a.csv")})
	require.NoError(t, err)
	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(errors.New("the window closed"))
	_, err = w.Imports.Run(ctx, plan, ImportOptions{})
	require.Equal(t, finops.CodeCancelled, finops.CodeOf(err))
	requireSameDump(t, before, storetest.Dump(t, w.Path()))
}

// TestFault_FileChangesWhileRead changes a file under the hands of the import: what is
// imported must not be a mixture.
func TestFault_FileChangesWhileRead(t *testing.T) {
	long(t)
	for name, change := range map[string]func(path string) error{
		"Truncated": func(path string) error { return os.Truncate(path, 3<<20) },
		"Emptied":   func(path string) error { return os.Truncate(path, 0) },
		"Longer": func(path string) error {
			f, err := os.OpenFile(path, os.O_APPEND|os.O_WRONLY, 0)
			if err != nil {
				return err
			}
			_, err = f.WriteString("\"AWS\",\"1\"\n")
			return errors.Join(err, f.Close())
		},
		"Overwritten": func(path string) error {
			text, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			for i := len(text) / 2; i < len(text); i++ {
				if text[i] == 'U' {
					text[i] = 'X'
				}
			}
			return os.WriteFile(path, text, 0o600)
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			path := longTable(60_000).file(t, "a.csv")
			w := newWorkspace(t)
			w.now = ticking()
			before := storetest.Dump(t, w.Path())
			plan, err := w.Imports.Plan(t.Context(), []string{path})
			require.NoError(t, err)
			done := false
			_, err = w.Imports.Run(t.Context(), plan, ImportOptions{Progress: func(ingest.Progress) {
				if !done {
					done = true
					assert.NoError(t, change(path))
				}
			}})
			require.Error(t, err)
			assert.Equal(t, finops.CodeConflict, finops.CodeOf(err), "%v", err)
			assert.Contains(t, finops.MessageOf(err), "changed")
			requireSameDump(t, before, storetest.Dump(t, w.Path()))
		})
	}
}

func TestFault_FileChangesBeforeRead(t *testing.T) {
	w := newWorkspace(t)
	before := storetest.Dump(t, w.Path())
	path := newTable().line().file(t, "a.csv")
	plan, err := w.Imports.Plan(t.Context(), []string{path})
	require.NoError(t, err)
	newTable("x_Another").line().write(t, path)
	_, err = w.Imports.Run(t.Context(), plan, ImportOptions{})
	require.Equal(t, finops.CodeConflict, finops.CodeOf(err))
	require.NoError(t, os.Remove(path))
	_, err = w.Imports.Run(t.Context(), plan, ImportOptions{})
	require.Error(t, err)
	requireSameDump(t, before, storetest.Dump(t, w.Path()))
}

var errDisk = finops.Errorf(finops.CodeUnavailable, "The drive was taken out.")

// failing is a source whose readers fail after some batches.
type failing struct {
	source.Source
	after int
}

type failingReader struct {
	source.Reader
	left int
}

func (f failing) Read(ctx context.Context, r source.Recognition, t *source.Table) (source.Reader, error) {
	reader, err := f.Source.Read(ctx, r, t)
	return &failingReader{reader, f.after}, err
}

func (f *failingReader) Next(ctx context.Context) (*source.Batch, error) {
	if f.left--; f.left < 0 {
		return nil, errDisk
	}
	return f.Reader.Next(ctx)
}

func TestFault_ReadErrors(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t)
	dir := t.TempDir()
	longTable(20_000).write(t, filepath.Join(dir, "a.csv"))
	newTable().line("BillingPeriodStart", "2026-01-01").write(t, filepath.Join(dir, "b.csv"))
	plan, err := w.Imports.Plan(t.Context(), []string{dir})
	require.NoError(t, err)
	require.Len(t, plan.Files, 2)
	before := storetest.Dump(t, w.Path())
	for i := range plan.Files {
		good := plan.Files[i].Source
		for after := range 2 {
			plan.Files[i].Source = failing{good, after}
			_, err := w.Imports.Run(t.Context(), plan, ImportOptions{})
			if err == nil {
				break // the second file has one batch, and ends with the next
			}
			require.ErrorIs(t, err, errDisk)
			require.Equal(t, finops.CodeUnavailable, finops.CodeOf(err))
			requireSameDump(t, before, storetest.Dump(t, w.Path()))
		}
		plan.Files[i].Source = good
	}
	res, err := w.Imports.Run(t.Context(), plan, ImportOptions{})
	require.NoError(t, err)
	require.EqualValues(t, 20_001, res.Lines)
	requireSound(t, w)
}

func TestFault_TruncatedArchive(t *testing.T) {
	w := newWorkspace(t)
	before := storetest.Dump(t, w.Path())
	path := longTable(20_000).file(t, "a.csv")
	packed := filepath.Join(t.TempDir(), "a.csv.gz")
	compress(t, path, packed)
	info, err := os.Stat(packed)
	require.NoError(t, err)
	require.NoError(t, os.Truncate(packed, info.Size()*2/3))
	_, err = importWith(t.Context(), w, ImportOptions{}, packed)
	require.Equal(t, finops.CodeCorrupt, finops.CodeOf(err), "%v", err)
	requireSameDump(t, before, storetest.Dump(t, w.Path()))
}

// TestFault_UniqueValues reads back a file in which hardly a value occurs twice.
func TestFault_UniqueValues(t *testing.T) {
	long(t)
	t.Parallel()
	path := filepath.Join(t.TempDir(), "unique.csv")
	writeUnique(t, path, 20_000)
	w := newWorkspace(t)
	res := load(t, w, path)
	require.EqualValues(t, 20_000, res.Lines)
	lines := rawLines(t, w, []string{"ResourceId", "SkuId", "x_A", "ChargeDescription", "Tags"})
	require.Len(t, lines, 20_000)
	for i := 0; i < len(lines); i += 997 {
		n := strconv.Itoa(i)
		for c, want := range []string{"r" + n, "s" + n, "a" + n, "d" + n, `{"k":"` + n + `"}`} {
			require.Equal(t, want, *lines[i][c])
		}
	}
}
