package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"cloud-intelligence/backend/finops"
)

// Create makes a new, empty workspace with a display name. It answers CodeConflict
// when the file exists and CodeUnavailable while another process makes it. The file
// appears whole: it is made beside its place, under the lock of the workspace.
func Create(ctx context.Context, path, name string) (*DB, error) {
	abs, err := filepath.Abs(path)
	if err != nil {
		return nil, fmt.Errorf("resolve %s: %w", path, err)
	}
	if err := os.MkdirAll(filepath.Dir(abs), 0o700); err != nil {
		return nil, finops.WrapError(finops.CodeDenied, err, "The folder %s cannot be made.", filepath.Dir(path))
	}
	if err := notThere(abs); err != nil {
		return nil, err // before a lock file is made beside somebody's file
	}
	db, err := connect(abs, forWriting)
	if err != nil {
		return nil, err
	}
	if err = db.makeWhole(ctx, name); err != nil {
		_ = db.Close() // the first error is the one to report
		return nil, err
	}
	return db, nil
}

func notThere(path string) error {
	if _, err := os.Lstat(path); !errors.Is(err, fs.ErrNotExist) {
		return finops.WrapError(finops.CodeConflict, err, "%s exists already. Choose another name.", filepath.Base(path))
	}
	return nil
}

// makeWhole puts an empty workspace at the path, which must be free.
func (db *DB) makeWhole(ctx context.Context, name string) (err error) {
	if err := db.acquireToMake(ctx); err != nil {
		return err
	}
	defer db.unlock()
	if err := notThere(db.path); err != nil {
		return err
	}
	made := db.path + "-new"
	removeFiles(made) // of a process that was killed: nobody else may be here
	defer removeFiles(made)
	if err = makeFile(ctx, made, name); err == nil {
		err = moveNew(made, db.path)
	}
	if err == nil {
		db.file, err = os.Stat(db.path)
	}
	if err != nil {
		_ = os.Remove(db.lock.Path()) // best effort: the first error is the one to report
		return fmt.Errorf("make the file: %w", err)
	}
	return nil
}

// acquireToMake takes the lock. Another process that makes the same workspace has done so in
// a moment.
func (db *DB) acquireToMake(ctx context.Context) error {
	const tries, pause = 100, 20 * time.Millisecond
	for range tries {
		ok, err := db.acquire()
		if err != nil {
			return finops.WrapError(finops.CodeDenied, err, "%s cannot be made there.", filepath.Base(db.path))
		}
		if ok {
			return nil
		}
		if err := notThere(db.path); err != nil {
			return err
		}
		select {
		case <-ctx.Done():
			return context.Cause(ctx)
		case <-time.After(pause):
		}
	}
	return errBusy(filepath.Base(db.path))
}

// makeFile writes an empty workspace to a new file, which is private from the beginning;
// SQLite gives the files beside it the same permissions.
func makeFile(ctx context.Context, path, name string) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return finops.WrapError(finops.CodeDenied, err, "A workspace cannot be made in %s. Check that you may write there.", filepath.Dir(path))
	}
	if err := f.Close(); err != nil {
		return fmt.Errorf("create %s: %w", path, err)
	}
	db, err := connect(path, anew)
	if err != nil {
		return err
	}
	if err := db.initialise(ctx, name); err != nil {
		_ = db.Close() // the first error is the one to report
		return err
	}
	return db.Close()
}

// moveNew gives a file its name without ever replacing another file.
func moveNew(from, to string) error {
	err := os.Link(from, to)
	if err != nil && !errors.Is(err, fs.ErrExist) {
		// Some drives have no links. All of this program's processes hold the lock when they do this.
		if err = notThere(to); err == nil {
			err = os.Rename(from, to)
		}
	}
	if errors.Is(err, fs.ErrExist) {
		return notThere(to)
	}
	if err != nil && finops.CodeOf(err) == finops.CodeInternal {
		return finops.WrapError(finops.CodeDenied, err, "%s cannot be made there.", filepath.Base(to))
	}
	if err != nil {
		return fmt.Errorf("move the file: %w", err)
	}
	return nil
}

func (db *DB) initialise(ctx context.Context, name string) error {
	if _, err := db.write.ExecContext(ctx, fmt.Sprintf("PRAGMA application_id = %d", applicationID)); err != nil {
		return db.explain(err, "mark the workspace")
	}
	if err := db.migrate(ctx); err != nil {
		return err
	}
	return db.inTx(ctx, func(tx *sql.Tx) error {
		return setSetting(ctx, tx, "name", name)
	})
}

// Discard closes a workspace and removes its files, if nothing was ever done in it and
// nobody else has it open; else it only closes it. For whoever created it.
func (db *DB) Discard(ctx context.Context) error {
	err := db.Exclusive(ctx, func(ctx context.Context) error {
		unused, err := db.unused(ctx)
		if err != nil || !unused {
			return err
		}
		if err := errors.Join(db.read.Close(), db.user.Close(), db.write.Close()); err != nil {
			return db.explain(err, "close the workspace")
		}
		removeFiles(db.path) // the lock is still held
		return nil
	})
	return errors.Join(err, db.Close())
}

// unused reports whether the workspace is as it was made and open nowhere else. SQLite
// leaves write-ahead logging only for the last one who has a file open.
func (db *DB) unused(ctx context.Context) (bool, error) {
	var done int
	if err := db.read.QueryRowContext(ctx, "SELECT (SELECT count(*) FROM import) + (SELECT count(*) FROM audit)").Scan(&done); err != nil || done > 0 {
		return false, db.explain(err, "look for imports")
	}
	if err := errors.Join(db.read.Close(), db.user.Close()); err != nil {
		return false, db.explain(err, "close the workspace")
	}
	conn, err := db.write.Conn(ctx)
	if err != nil {
		return false, db.explain(err, "open a connection")
	}
	defer conn.Close()
	if _, err := conn.ExecContext(ctx, "PRAGMA busy_timeout = 0"); err != nil {
		return false, db.explain(err, "look for others")
	}
	var journal string
	err = conn.QueryRowContext(ctx, "PRAGMA journal_mode = DELETE").Scan(&journal)
	return err == nil && journal == "delete", nil // an error says that somebody else has it open
}

// removeFiles removes a workspace with the files beside it. The lock file goes last: it
// keeps others away until then.
func removeFiles(path string) {
	for _, suffix := range []string{"", "-wal", "-shm", "-reserve", "-lock"} {
		_ = os.Remove(path + suffix) // best effort: most of them are not there
	}
	RemoveLeftovers(path)
}
