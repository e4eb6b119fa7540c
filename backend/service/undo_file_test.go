package service

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/store"
)

// fileNamed returns a file of the workspace by its path.
func fileNamed(t *testing.T, w *Workspace, path string) store.ImportFile {
	t.Helper()
	files, err := w.db.Files(t.Context())
	require.NoError(t, err)
	for i := len(files) - 1; i >= 0; i-- {
		if files[i].Path == path {
			return files[i]
		}
	}
	require.Fail(t, "no file "+path)
	return store.ImportFile{}
}

func TestUndoFile_TakesBackOneOfSeveral(t *testing.T) {
	w := newWorkspace(t)
	a := newTable().lines(10, "a", "BilledCost", "1").file(t, "a.csv")
	b := newTable().lines(20, "b", "BilledCost", "2", "BillingAccountId", "2").file(t, "b.csv")
	load(t, w, a, b)
	require.Equal(t, "30 50", billed(t, w))

	require.NoError(t, w.Imports.UndoFile(t.Context(), fileNamed(t, w, b).ID))
	requireSound(t, w)
	assert.Equal(t, "10 10", billed(t, w))
	assert.Equal(t, []string{"partly_superseded"}, states(t, w), "a part of it counts")
	infos, err := w.Imports.List(t.Context())
	require.NoError(t, err)
	assert.Equal(t, Standing{Counted: 10, Undone: 20}, infos[0].Standing)
	assert.Equal(t, finops.CodeNotFound, finops.CodeOf(w.Imports.UndoFile(t.Context(), fileNamed(t, w, b).ID)))

	again := load(t, w, b)
	assert.EqualValues(t, 20, again.Lines, "it is not taken for a file that the workspace has")
	assert.Equal(t, "30 50", billed(t, w))

	require.NoError(t, w.Imports.UndoFile(t.Context(), fileNamed(t, w, a).ID))
	requireSound(t, w)
	assert.Equal(t, []string{"undone", "active"}, states(t, w), "the last file takes the import back")
	assert.Equal(t, "20 40", billed(t, w))
}

// TestUndoFile_WhatItReplacedCounts takes a file back that had taken the place of another one.
func TestUndoFile_WhatItReplacedCounts(t *testing.T) {
	w := newWorkspace(t)
	load(t, w, newTable().lines(200, "r", "BilledCost", "1").file(t, "old.csv"))
	newer := newTable().lines(250, "r", "BilledCost", "1.01").file(t, "new.csv")
	other := newTable().lines(5, "o", "BilledCost", "3", "BillingAccountId", "2").file(t, "other.csv")
	load(t, w, newer, other)
	require.Equal(t, "255 267.5", billed(t, w))
	infos, err := w.Imports.List(t.Context())
	require.NoError(t, err)
	assert.Equal(t, Standing{Replaced: 200, ReplacedBy: []int64{infos[0].ID}}, infos[1].Standing)

	require.NoError(t, w.Imports.UndoFile(t.Context(), fileNamed(t, w, newer).ID))
	requireSound(t, w)
	assert.Equal(t, "205 215", billed(t, w))
	assert.Equal(t, []string{"active", "partly_superseded"}, states(t, w))
}
