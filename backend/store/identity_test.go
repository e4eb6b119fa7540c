package store_test

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/store"
)

func TestID_StaysAndIsNotCopied(t *testing.T) {
	db := create(t)
	defer closed(t, db)
	now := time.Unix(1_800_000_000, 0)
	id, err := db.ID(t.Context(), "Ann", now)
	require.NoError(t, err)
	assert.Regexp(t, "^[0-9a-f]{32}$", id)
	again, err := store.Open(t.Context(), db.Path())
	require.NoError(t, err)
	defer closed(t, again)
	same, err := again.ID(t.Context(), "Ben", now)
	require.NoError(t, err)
	assert.Equal(t, id, same)

	path := filepath.Join(t.TempDir(), "copy.cloudintel")
	require.NoError(t, db.CopyTo(t.Context(), path))
	dup, err := store.Open(t.Context(), path)
	require.NoError(t, err)
	defer closed(t, dup)
	require.NoError(t, dup.NewID(t.Context(), "Ann", now))
	other, err := dup.ID(t.Context(), "Ann", now)
	require.NoError(t, err)
	assert.NotEqual(t, id, other)
}
