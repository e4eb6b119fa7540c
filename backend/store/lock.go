package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"cloud-intelligence/backend/finops"
)

// acquire takes the lock file of the workspace; not ok when another process has it. The
// caller unlocks it.
func (db *DB) acquire() (ok bool, err error) {
	const tries = 3
	for range tries {
		if ok, err = db.lock.TryLock(); err != nil {
			return false, fmt.Errorf("take the lock: %w", err)
		}
		if !ok {
			return false, nil
		}
		// Whoever removes a workspace removes its lock file too. A lock on a file that is gone keeps
		// nobody out.
		held, err := db.lock.Stat()
		if err != nil {
			db.unlock()
			return false, fmt.Errorf("look at the lock: %w", err)
		}
		if there, err := os.Stat(db.lock.Path()); err == nil && os.SameFile(held, there) {
			return true, nil
		}
		db.unlock()
	}
	return false, nil
}

func (db *DB) unlock() { _ = db.lock.Unlock() } // released with the process at the latest

// Exclusive runs fn while this process, and in it this call alone, holds the write lock
// of the workspace. It answers CodeUnavailable at once when somebody else holds it, and
// CodeDenied where the workspace can only be read.
func (db *DB) Exclusive(ctx context.Context, fn func(context.Context) error) error {
	if err := db.mayWrite(); err != nil {
		return err
	}
	if !db.busy.TryLock() {
		return errBusy(filepath.Base(db.path))
	}
	defer db.busy.Unlock()
	ok, err := db.acquire()
	if err != nil {
		return finops.WrapError(finops.CodeDenied, err, "%s cannot be written: its folder is read-only for you.", filepath.Base(db.path))
	}
	if !ok {
		return errBusy(filepath.Base(db.path))
	}
	defer db.unlock()
	if err := db.inPlace(); err != nil {
		return err
	}
	return fn(ctx)
}

// inPlace answers CodeNotFound when the file that was opened is no longer the one at its
// path: what would be written into it now, nobody would find.
func (db *DB) inPlace() error {
	there, err := os.Stat(db.path)
	if err == nil && os.SameFile(there, db.file) {
		return nil
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return finops.WrapError(finops.CodeUnavailable, err, "%s cannot be reached. Check its drive and open it again; nothing was changed.", filepath.Base(db.path))
	}
	return finops.WrapError(finops.CodeNotFound, err, "%s was moved, deleted or replaced while it was open. Open it again; nothing was changed.", filepath.Base(db.path))
}
