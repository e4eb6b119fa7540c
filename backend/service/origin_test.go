package service

import (
	"os"
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
	assert.Equal(t, []any{first, int64(4), int64(0)}, []any{o.File, o.Record, o.Line}, "the file is gone")
	require.NoError(t, os.WriteFile(first, append(text, '\n'), 0o600))
	assert.Zero(t, originOf(t, w, "d").Line, "it was changed")

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
