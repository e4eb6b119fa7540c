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

func TestNamed_SavedByVersion(t *testing.T) {
	db := create(t)
	t.Cleanup(func() { closed(t, db) })
	at := time.Date(2026, 11, 22, 9, 30, 0, 5, time.UTC)
	before, err := db.LedgerVersion(t.Context())
	require.NoError(t, err)
	team := store.Named{Name: "Team", Content: `{"name":"Team"}`, ChangedAt: at, ChangedBy: "Ann"}
	save := func(n store.Named, seen int64) int64 {
		version, err := db.SaveDimension(t.Context(), n, seen)
		require.NoError(t, err)
		return version
	}
	assert.EqualValues(t, 1, save(team, 0))
	assert.EqualValues(t, 1, save(store.Named{Name: "Cost", Content: "{}", ChangedAt: at, ChangedBy: "Ann"}, 0))
	renamed := store.Named{Name: "TEAM", Content: `{"name":"TEAM"}`, ChangedAt: at.Add(time.Hour), ChangedBy: "Ben"}
	assert.EqualValues(t, 2, save(renamed, 1))
	renamed.Version = 2

	_, err = db.SaveDimension(t.Context(), team, 1)
	assert.Equal(t, finops.CodeConflict, finops.CodeOf(err))
	conflict, ok := errors.AsType[*finops.ConflictError](err)
	require.True(t, ok)
	assert.Equal(t, renamed, conflict.Have)
	assert.Equal(t, team.Content, conflict.Want.(store.Named).Content)
	_, err = db.SaveDimension(t.Context(), team, 0)
	assert.Equal(t, finops.CodeConflict, finops.CodeOf(err))
	assert.Contains(t, finops.MessageOf(err), `There is a dimension named "TEAM" already.`)
	_, err = db.SaveDimension(t.Context(), store.Named{Name: "New", Content: "{}", ChangedAt: at}, 3)
	assert.Equal(t, finops.CodeConflict, finops.CodeOf(err), "it was deleted meanwhile")

	list, err := db.Dimensions(t.Context())
	require.NoError(t, err)
	require.Len(t, list, 2)
	assert.Equal(t, renamed, list[1])
	scopes, err := db.Scopes(t.Context())
	require.NoError(t, err)
	assert.Empty(t, scopes)
	assert.EqualValues(t, 3, save(team, store.AnyVersion))

	require.NoError(t, db.DeleteDimension(t.Context(), "tEAM", store.AnyVersion, "Cid", at))
	assert.Equal(t, finops.CodeNotFound, finops.CodeOf(db.DeleteDimension(t.Context(), "Team", store.AnyVersion, "Cid", at)))
	_, err = db.SaveScope(t.Context(), store.Named{Name: "Prod", Content: `Tags/env = "prod"`, ChangedAt: at, ChangedBy: "Ann"}, 0)
	require.NoError(t, err)
	require.NoError(t, db.DeleteScope(t.Context(), "PROD", store.AnyVersion, "Cid", at))

	after, err := db.LedgerVersion(t.Context())
	require.NoError(t, err)
	assert.Equal(t, before, after, "the charges are as they were")
	entries, err := db.Audit(t.Context(), 0)
	require.NoError(t, err)
	require.Len(t, entries, 7)
	assert.Equal(t, "delete scope", entries[0].Action)
	assert.Equal(t, `"Tags/env = \"prod\""`, *entries[0].Before)
	assert.Equal(t, "delete dimension", entries[2].Action)
	assert.Equal(t, "Cid", entries[2].User)
	assert.Equal(t, `{"name":"Team"}`, *entries[2].Before)
	assert.Nil(t, entries[2].After)
}
