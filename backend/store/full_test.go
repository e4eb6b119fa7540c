package store_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/store"
	"cloud-intelligence/backend/store/storetest"
)

func requireSame(t *testing.T, before, after map[string]string) {
	t.Helper()
	for table, content := range before {
		require.Equal(t, content, after[table], "table %s", table)
	}
	require.Len(t, after, len(before))
}

// TestFull_Import lets the disk fill up at ever later moments of an import.
func TestFull_Import(t *testing.T) {
	db := create(t)
	fill(t, db)
	before := storetest.Dump(t, db.Path())
	start, err := db.Pages(t.Context())
	require.NoError(t, err)
	failed := 0
	for step := 0; ; step += 1 + step/12 {
		require.NoError(t, db.LimitPages(t.Context(), start+step))
		_, err := add(t.Context(), db, "Google", 3000)
		if err == nil {
			break
		}
		failed++
		require.Equal(t, finops.CodeUnavailable, finops.CodeOf(err), "%d pages more: %v", step, err)
		assert.Contains(t, finops.MessageOf(err), "full")
		require.NoError(t, db.CheckIntegrity(t.Context()))
		after := storetest.Dump(t, db.Path())
		requireSame(t, before, after)
		require.Less(t, step, 10_000)
	}
	assert.Greater(t, failed, 8)
	closed(t, db)

	again, err := store.Open(t.Context(), db.Path())
	require.NoError(t, err)
	defer closed(t, again)
	imports, err := again.Imports(t.Context())
	require.NoError(t, err)
	require.Len(t, imports, 3)
	sums, err := again.ChargeSums(t.Context(), imports[0].FirstLine, imports[0].LastLine)
	require.NoError(t, err)
	require.Len(t, sums, 1)
	for _, s := range sums {
		assert.EqualValues(t, 3000, s.Lines)
		assert.Equal(t, "4500", s.Sum[0].String())
	}
}

// TestFull_OtherWrites lets the disk be full for everything else that writes.
func TestFull_OtherWrites(t *testing.T) {
	db := create(t)
	defer closed(t, db)
	fill(t, db)
	require.NoError(t, db.SetSetting(t.Context(), "key", "old", "Tester", time.Now()))
	before := storetest.Dump(t, db.Path())
	require.NoError(t, db.LimitPages(t.Context(), 1))
	err := db.SetSetting(t.Context(), "key", string(make([]byte, 100_000)), "Tester", time.Now())
	if assert.Error(t, err) {
		assert.Equal(t, finops.CodeUnavailable, finops.CodeOf(err))
	}
	requireSame(t, before, storetest.Dump(t, db.Path()))

	// Undoing must also work where the disk is full: it is what frees space.
	imports, err := db.Imports(t.Context())
	require.NoError(t, err)
	require.NoError(t, db.UndoImport(t.Context(), imports[len(imports)-1].ID, "Tester", time.Unix(0, 0), nil))
	require.NoError(t, db.CheckIntegrity(t.Context()))
}
