package store_test

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/store"
	"cloud-intelligence/backend/store/storetest"
)

// TestUserWrite_DuringAnImport keeps what a person wrote between two blocks of an import, also
// when the import is taken back.
func TestUserWrite_DuringAnImport(t *testing.T) {
	db := create(t)
	defer closed(t, db)
	fill(t, db)
	other, err := store.Open(t.Context(), db.Path())
	require.NoError(t, err)
	defer closed(t, other)
	before := storetest.Dump(t, db.Path())
	err = db.Exclusive(t.Context(), func(ctx context.Context) error {
		b := &bill{provider: "AWS", lines: 100}
		var err error
		b.w, err = db.BeginImport(ctx, "Tester", time.Unix(1_800_000_000, 0))
		require.NoError(t, err)
		b.text = b.w.Marks.Text
		require.NoError(t, b.w.Write(ctx, b.block(0, 50)))
		require.NoError(t, db.SetSetting(ctx, "mine", "1", "Ann", time.Now()))
		require.NoError(t, other.SetSetting(ctx, "other", "2", "Ben", time.Now()))
		require.NoError(t, b.w.Write(ctx, b.block(50, 100)))
		return b.w.Abort(ctx)
	})
	require.NoError(t, err)
	for key, want := range map[string]string{"mine": "1", "other": "2"} {
		have, err := db.Setting(t.Context(), key)
		require.NoError(t, err)
		assert.Equal(t, want, have)
	}
	_, err = db.CheckAudit(t.Context())
	require.NoError(t, err)
	after := storetest.Dump(t, db.Path())
	for _, table := range []string{"setting", "audit"} {
		delete(before, table)
		delete(after, table)
	}
	requireSame(t, before, after)
}

func TestUserWrite_AllOrNothing(t *testing.T) {
	db := create(t)
	defer closed(t, db)
	before := storetest.Dump(t, db.Path())
	err := db.UserWrite(t.Context(), "Ann", time.Unix(0, 0), func(tx *store.UserTx) error {
		require.NoError(t, tx.Audit(t.Context(), "save", "it", nil, 1))
		return finops.Errorf(finops.CodeInvalid, "No.")
	})
	assert.Equal(t, finops.CodeInvalid, finops.CodeOf(err))
	requireSame(t, before, storetest.Dump(t, db.Path()))
}

func TestUserWrite_Cancelled(t *testing.T) {
	db := create(t)
	defer closed(t, db)
	other, err := store.Open(t.Context(), db.Path())
	require.NoError(t, err)
	defer closed(t, other)
	err = db.UserWrite(t.Context(), "Ann", time.Unix(0, 0), func(*store.UserTx) error {
		ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
		defer cancel()
		err := other.SetSetting(ctx, "a", "b", "Ben", time.Unix(0, 0))
		require.ErrorIs(t, err, context.DeadlineExceeded)
		return nil
	})
	require.NoError(t, err)
}

const auditEnv = "CI_AUDIT_CHILD"

// TestAuditChild is the child process of the test below.
func TestAuditChild(t *testing.T) {
	path := os.Getenv(auditEnv)
	if path == "" {
		t.Skip("This is the child process of another test; it does nothing by itself.")
	}
	writeEntries(t, path, "Child")
}

const entriesEach = 200

func writeEntries(t *testing.T, path, user string) {
	t.Helper()
	db, err := store.Open(t.Context(), path)
	require.NoError(t, err)
	defer closed(t, db)
	for i := range entriesEach {
		require.NoError(t, db.SetSetting(t.Context(), "key", fmt.Sprint(user, i), user, time.Now()))
	}
}

// TestAudit_TwoProcesses lets two processes write at once: each entry follows the one before.
func TestAudit_TwoProcesses(t *testing.T) {
	db := create(t)
	defer closed(t, db)
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestAuditChild$")
	cmd.Env = append(os.Environ(), auditEnv+"="+db.Path())
	require.NoError(t, cmd.Start())
	writeEntries(t, db.Path(), "Parent")
	require.NoError(t, cmd.Wait())
	last, err := db.CheckAudit(t.Context())
	require.NoError(t, err)
	assert.EqualValues(t, 2*entriesEach, last.ID)
	entries, err := db.Audit(t.Context(), 0)
	require.NoError(t, err)
	turns := 0
	for i := range entries[1:] {
		if entries[i].User != entries[i+1].User {
			turns++
		}
	}
	assert.Positive(t, turns, "both wrote at the same time")
}
