package store

import (
	"context"
	"database/sql"
	"errors"
	"path/filepath"
	"time"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"cloud-intelligence/backend/finops"
)

// UserTx is a change of the person's own data: what they typed or decided, as against what an
// import read. Rows of such data have a version, 1 at first, that every change raises; whoever
// changes a row names the version that they saw, see stale. It is valid until the function
// that was given to UserWrite returns, and belongs to its goroutine.
type UserTx struct {
	tx   *sql.Tx
	user string
	now  time.Time
}

// A person's change waits for at most a minute until others have written theirs.
const (
	userTries = 30_000
	userPause = 2 * time.Millisecond
)

// UserWrite runs fn in one transaction: all that it changes is kept, or nothing where it answers
// an error. Other than Exclusive it also works while this or another process imports; it waits for
// the block that is being written and not for the import, and an import that is taken back leaves
// the person's data alone. It must not be called inside itself. It answers CodeUnavailable when
// its turn did not come, CodeDenied where the workspace can only be read, CodeNotFound when
// the file was moved or replaced.
func (db *DB) UserWrite(ctx context.Context, user string, now time.Time, fn func(*UserTx) error) error {
	if err := db.mayWrite(); err != nil {
		return err
	}
	tx, err := db.beginUser(ctx)
	if err == nil {
		defer func() { _ = tx.Rollback() }() // does nothing after the commit
	}
	if gone := db.inPlace(); gone != nil {
		return gone // whatever else was found follows from it
	}
	if err != nil {
		return db.explain(err, "begin a change")
	}
	if err := fn(&UserTx{tx: tx, user: user, now: now}); err != nil {
		return db.explain(err, "change the workspace")
	}
	return db.explain(tx.Commit(), "keep a change")
}

// beginUser tries again in short steps: an import leaves gaps of a few milliseconds between its
// blocks, which SQLite's own waiting, with its longer and longer pauses, misses for seconds.
func (db *DB) beginUser(ctx context.Context) (*sql.Tx, error) {
	for range userTries {
		tx, err := db.user.BeginTx(ctx, nil)
		var se *sqlite.Error
		if err == nil || !errors.As(err, &se) || se.Code()&0xff != sqlite3.SQLITE_BUSY {
			return tx, err
		}
		select {
		case <-ctx.Done():
			return nil, context.Cause(ctx)
		case <-time.After(userPause):
		}
	}
	return nil, errBusy(filepath.Base(db.path))
}

// Audit adds an entry to the audit log in the same transaction: what was done, to what, and
// its values before and after, which become JSON; nil = there was, or is, nothing.
func (tx *UserTx) Audit(ctx context.Context, action, subject string, before, after any) error {
	return addAudit(ctx, tx.tx, tx.now, tx.user, action, subject, before, after)
}

// stale answers CodeConflict, with both values, when a row is not of the version that the
// person saw; AnyVersion = they did not look. have is what is stored, want what the person meant
// to store, nil where they meant to delete it; what names it.
func stale(what string, version, seen int64, have, want any) error {
	if version == seen || seen == AnyVersion {
		return nil
	}
	decide := "Compare both and decide which one to keep"
	if want == nil {
		decide = "Look at it again before you delete it"
	}
	return finops.WrapError(finops.CodeConflict, &finops.ConflictError{Have: have, Want: want}, "%s was changed meanwhile. %s; nothing was changed.", what, decide)
}
