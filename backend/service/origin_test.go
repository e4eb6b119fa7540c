package service

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/engine"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/finops/filter"
)

// originOf finds where the only line with a resource comes from.
func originOf(t *testing.T, w *Workspace, resource string) Origin {
	t.Helper()
	where, err := filter.Parse(`ResourceId = "` + resource + `"`)
	require.NoError(t, err)
	o, err := w.Ledger.Origin(t.Context(), engine.LinesQuestion{Where: where}, 0)
	require.NoError(t, err)
	return o
}

func TestOrigin_FileAndLine(t *testing.T) {
	w := newWorkspace(t)
	first := newTable().line("ResourceId", "a").line("ResourceId", "b", "ServiceName", "two\nlines").line("ResourceId", "bad", "BilledCost", "much").
		line("ResourceId", "c", "BillingAccountId", "7").line("ResourceId", "d").file(t, "first.csv")
	text, err := os.ReadFile(first)
	require.NoError(t, err)
	load(t, w, newTable().lines(3, "before", "BillingAccountId", "9").file(t, "before.csv"))
	res := load(t, w, first)

	for resource, want := range map[string]Origin{
		"a": {Record: 1, Line: 2}, "b": {Record: 2, Line: 3}, "c": {Record: 3, Line: 6}, "d": {Record: 4, Line: 7},
	} {
		o := originOf(t, w, resource)
		assert.Equal(t, []any{first, res.ImportID, want.Record, want.Line}, []any{o.File, o.ImportID, o.Record, o.Line}, resource)
	}
	assert.Equal(t, "7", originOf(t, w, "c").Account)
	assert.EqualValues(t, 1, originOf(t, w, "before-0").Record)

	require.NoError(t, os.Remove(first))
	o := originOf(t, w, "d")
	assert.Equal(t, []any{first, int64(4), int64(0), noLineGone}, []any{o.File, o.Record, o.Line, o.NoLine})
	require.NoError(t, os.WriteFile(first, append(text, '\n'), 0o600))
	o = originOf(t, w, "d")
	assert.Equal(t, []any{int64(0), noLineChanged}, []any{o.Line, o.NoLine})
	require.NoError(t, os.WriteFile(first, bytes.Repeat([]byte("x"), len(text)), 0o600))
	assert.Equal(t, noLineUnread, originOf(t, w, "d").NoLine)

	_, err = w.Ledger.Origin(t.Context(), engine.LinesQuestion{}, 100)
	assert.Equal(t, finops.CodeNotFound, finops.CodeOf(err))
}

func TestOrigin_SecondFileOfAnImport(t *testing.T) {
	w := newWorkspace(t)
	a := newTable().lines(30, "a").file(t, "a.csv")
	b := newTable().lines(30, "b", "BillingAccountId", "2").file(t, "b.csv")
	load(t, w, a, b)
	o := originOf(t, w, "b-4")
	assert.Equal(t, []any{b, int64(5), int64(6)}, []any{o.File, o.Record, o.Line})
	require.NoError(t, w.Imports.UndoFile(t.Context(), fileNamed(t, w, a).ID))
	assert.Equal(t, o, originOf(t, w, "b-4"))
}

func TestOrigin_EntryOfAnArchive(t *testing.T) {
	w := newWorkspace(t)
	dir := t.TempDir()
	var packed bytes.Buffer
	z := zip.NewWriter(&packed)
	for name, resource := range map[string]string{"a.csv": "a", "bills/b.csv": "b"} {
		text, err := os.ReadFile(newTable().lines(6, resource, "BillingAccountId", resource).file(t, "x.csv"))
		require.NoError(t, err)
		entry, err := z.Create(name)
		require.NoError(t, err)
		_, err = entry.Write(text)
		require.NoError(t, err)
	}
	require.NoError(t, z.Close())
	archive := filepath.Join(dir, "bills.zip")
	require.NoError(t, os.WriteFile(archive, packed.Bytes(), 0o600))
	load(t, w, archive)
	o := originOf(t, w, "b-4")
	assert.Equal(t, []any{archive + "/bills/b.csv", int64(5), int64(6), ""}, []any{o.File, o.Record, o.Line, o.NoLine})
	require.NoError(t, os.Remove(archive))
	assert.Equal(t, noLineGone, originOf(t, w, "b-4").NoLine)
}

func TestOrigin_CompressedFile(t *testing.T) {
	w := newWorkspace(t)
	text, err := os.ReadFile(newTable().lines(6, "g").file(t, "g.csv"))
	require.NoError(t, err)
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	_, err = z.Write(text)
	require.NoError(t, err)
	require.NoError(t, z.Close())
	path := filepath.Join(t.TempDir(), "g.csv.gz")
	require.NoError(t, os.WriteFile(path, packed.Bytes(), 0o600))
	load(t, w, path)
	o := originOf(t, w, "g-3")
	assert.Equal(t, []any{int64(4), int64(5), ""}, []any{o.Record, o.Line, o.NoLine})
}
