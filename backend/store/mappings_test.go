package store_test

import (
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/store"
)

func TestSavedMappings(t *testing.T) {
	db := create(t)
	t.Cleanup(func() { closed(t, db) })
	at := time.Date(2026, 11, 22, 9, 30, 0, 5, time.UTC)
	list, err := db.SavedMappings(t.Context())
	require.NoError(t, err)
	assert.Empty(t, list)

	require.NoError(t, db.SaveMapping(t.Context(), store.SavedMapping{Name: "Hetzner", Content: `{"a":1}`, ChangedAt: at}, "Ann", false))
	require.NoError(t, db.SaveMapping(t.Context(), store.SavedMapping{Name: "Acme", Content: "{}", ChangedAt: at}, "Ann", false))
	list, err = db.SavedMappings(t.Context())
	require.NoError(t, err)
	assert.Equal(t, []store.SavedMapping{{Name: "Acme", Version: 1, Content: "{}", ChangedAt: at, ChangedBy: "Ann"}, {Name: "Hetzner", Version: 1, Content: `{"a":1}`, ChangedAt: at, ChangedBy: "Ann"}}, list)

	t.Run("OneNameOnce", func(t *testing.T) {
		err := db.SaveMapping(t.Context(), store.SavedMapping{Name: "HETZNER", Content: "{}", ChangedAt: at}, "Ann", false)
		assert.Equal(t, finops.CodeConflict, finops.CodeOf(err))
		assert.Contains(t, finops.MessageOf(err), `"Hetzner"`)
	})
	t.Run("ReplacedOnRequest", func(t *testing.T) {
		require.NoError(t, db.SaveMapping(t.Context(), store.SavedMapping{Name: "HETZNER", Content: "{}", ChangedAt: at.Add(time.Hour)}, "Ann", true))
		list, err := db.SavedMappings(t.Context())
		require.NoError(t, err)
		assert.Equal(t, store.SavedMapping{Name: "HETZNER", Version: 2, Content: "{}", ChangedAt: at.Add(time.Hour), ChangedBy: "Ann"}, list[1])
		assert.Len(t, list, 2)
	})
	t.Run("ChangedMeanwhile", func(t *testing.T) {
		err := db.SaveMapping(t.Context(), store.SavedMapping{Name: "Hetzner", Version: 1, Content: "[]", ChangedAt: at}, "Ben", true)
		assert.Equal(t, finops.CodeConflict, finops.CodeOf(err))
		conflict, ok := errors.AsType[*finops.ConflictError](err)
		require.True(t, ok)
		assert.Equal(t, store.SavedMapping{Name: "HETZNER", Version: 2, Content: "{}", ChangedAt: at.Add(time.Hour), ChangedBy: "Ann"}, conflict.Have)
		assert.Equal(t, store.SavedMapping{Name: "Hetzner", Version: 1, Content: "[]", ChangedAt: at}, conflict.Want)
	})
	t.Run("Deleted", func(t *testing.T) {
		require.NoError(t, db.DeleteMapping(t.Context(), "hetzner", store.AnyVersion, "Ann", at))
		assert.Equal(t, finops.CodeNotFound, finops.CodeOf(db.DeleteMapping(t.Context(), "Hetzner", store.AnyVersion, "Ann", at)))
		list, err := db.SavedMappings(t.Context())
		require.NoError(t, err)
		assert.Len(t, list, 1)
	})
}
