package store_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/store"
)

func TestDiscard(t *testing.T) {
	for name, c := range map[string]struct {
		use  func(t *testing.T, db *store.DB) // before the workspace is discarded
		gone bool
	}{
		"Unused":        {func(*testing.T, *store.DB) {}, true},
		"AfterAFailure": {func(t *testing.T, db *store.DB) { aborted(t, db) }, true},
		"Filled":        {func(t *testing.T, db *store.DB) { fill(t, db) }, false},
		"WithAMapping": {func(t *testing.T, db *store.DB) {
			require.NoError(t, db.SaveMapping(t.Context(), store.SavedMapping{Name: "A"}, "Ann", false))
		}, false},
		"OpenElsewhere":   {func(t *testing.T, db *store.DB) { openedAgain(t, db.Path()) }, false},
		"WrittenNow":      {func(t *testing.T, db *store.DB) { lockedBy(t, db.Path()) }, false},
		"ReplacedByOther": {func(t *testing.T, db *store.DB) { replaced(t, db.Path()) }, false},
	} {
		t.Run(name, func(t *testing.T) {
			db := create(t)
			c.use(t, db)
			_ = db.Discard(t.Context()) // it says why it did not
			if !c.gone {
				assert.FileExists(t, db.Path())
				return
			}
			assert.Empty(t, folder(t, filepath.Dir(db.Path())))
		})
	}
}

func aborted(t *testing.T, db *store.DB) {
	t.Helper()
	require.NoError(t, db.Exclusive(t.Context(), func(ctx context.Context) error {
		w, err := db.BeginImport(ctx, "Tester", time.Unix(0, 0))
		require.NoError(t, err)
		return w.Abort(ctx)
	}))
}

func openedAgain(t *testing.T, path string) {
	t.Helper()
	other, err := store.Open(t.Context(), path)
	require.NoError(t, err)
	t.Cleanup(func() { closed(t, other) })
}

func lockedBy(t *testing.T, path string) {
	t.Helper()
	other, err := store.Open(t.Context(), path)
	require.NoError(t, err)
	records, done := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(done)
		_ = other.Exclusive(t.Context(), func(context.Context) error { close(records); <-t.Context().Done(); return nil })
		_ = other.Close()
	}()
	<-records
	t.Cleanup(func() { <-done }) // the context of the test ends before
}

func replaced(t *testing.T, path string) {
	t.Helper()
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	require.NoError(t, os.Rename(path, path+".moved"))
	require.NoError(t, os.WriteFile(path, text, 0o600))
}

// TestExclusive_FileIsGone writes into a workspace that was moved away or replaced: nobody
// would find what is written.
func TestExclusive_FileIsGone(t *testing.T) {
	for name, lose := range map[string]func(t *testing.T, path string){
		"Deleted":  func(t *testing.T, path string) { require.NoError(t, os.Remove(path)) },
		"Replaced": replaced,
	} {
		t.Run(name, func(t *testing.T) {
			db := create(t)
			defer func() { _ = db.Close() }() // its files are gone
			lose(t, db.Path())
			err := db.SetSetting(t.Context(), "a", "b", "Tester", time.Now())
			require.Equal(t, finops.CodeNotFound, finops.CodeOf(err), "%v", err)
			assert.Contains(t, finops.MessageOf(err), "client.cloudintel was moved, deleted or replaced")
		})
	}
}

// TestCreate_AfterAKill finds what a process left that was killed while it made the same
// workspace.
func TestCreate_AfterAKill(t *testing.T) {
	path := filepath.Join(t.TempDir(), "client.cloudintel")
	for _, suffix := range []string{"-new", "-new-wal", "-new-shm", "-lock"} {
		require.NoError(t, os.WriteFile(path+suffix, []byte("half"), 0o600))
	}
	db, err := store.Create(t.Context(), path, "Client")
	require.NoError(t, err)
	fill(t, db)
	closed(t, db)
	names := folder(t, filepath.Dir(path))
	delete(names, "client.cloudintel-lock")
	assert.Len(t, names, 1)
}
