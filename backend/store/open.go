package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"github.com/gofrs/flock"

	"cloud-intelligence/backend/finops"
)

// applicationID marks a workspace in SQLite's header ("CLOI"); file(1) shows it.
const applicationID = 0x434c4f49

// Extension is the file name extension of workspaces.
const Extension = ".cloudintel"

// DB is an open workspace. Its methods may be called from several goroutines; those
// that write take the write lock for as long as they run.
type DB struct {
	path  string
	write *sql.DB // one connection
	read  *sql.DB
	lock  *flock.Flock
	busy  sync.Mutex // the lock file does not keep apart the goroutines of one process
}

// Create makes a new, empty workspace with a display name. It answers CodeConflict
// when the file exists.
func Create(ctx context.Context, path, name string) (*DB, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, finops.WrapError(finops.CodeDenied, err, "The folder %s cannot be made.", filepath.Dir(path))
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return nil, finops.WrapError(finops.CodeConflict, err, "%s exists already. Choose another name.", filepath.Base(path))
	}
	if err != nil {
		return nil, finops.WrapError(finops.CodeDenied, err, "%s cannot be made there.", filepath.Base(path))
	}
	if err := f.Close(); err != nil {
		return nil, fmt.Errorf("create %s: %w", path, err)
	}
	db, err := connect(path)
	if err == nil {
		if err = db.initialise(ctx, name); err == nil {
			return db, nil
		}
		_ = db.Close() // the first error is the one to tell
	}
	for _, suffix := range sideFiles {
		_ = os.Remove(path + suffix) // best effort: the file was made a moment ago
	}
	return nil, err
}

// sideFiles are the endings of the files that belong to one workspace.
var sideFiles = []string{"", "-wal", "-shm", "-lock"}

// Open opens a workspace, brings an older schema up to date, and removes what a
// killed import left behind. It changes nothing and answers a sentence when the file
// is no workspace (CodeInvalid), was written by a newer version (CodeUnsupported), is
// damaged (CodeCorrupt), or is being written by another process (CodeUnavailable).
func Open(ctx context.Context, path string) (*DB, error) {
	if err := checkHeader(path); err != nil {
		return nil, err
	}
	db, err := connect(path)
	if err != nil {
		return nil, err
	}
	if err := db.prepare(ctx); err != nil {
		_ = db.Close() // the first error is the one to tell
		return nil, err
	}
	return db, nil
}

// checkHeader reads the first page by itself, so that a file that is no workspace is
// never handed to SQLite, which might create side files next to it.
func checkHeader(path string) error {
	name := filepath.Base(path)
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return finops.WrapError(finops.CodeNotFound, err, "There is no workspace %s.", path)
	}
	if err != nil {
		return finops.WrapError(finops.CodeDenied, err, "%s cannot be opened.", name)
	}
	defer func() { _ = f.Close() }() // only read
	header := make([]byte, 100)
	if _, err := io.ReadFull(f, header); err != nil || string(header[:16]) != "SQLite format 3\x00" || be32(header[68:]) != applicationID {
		return finops.Errorf(finops.CodeInvalid, "%s is not a workspace of Cloud Intelligence.", name)
	}
	if v := int(be32(header[60:])); v > schemaVersion() {
		return finops.Errorf(finops.CodeUnsupported, "%s was written by a newer version of Cloud Intelligence. Install that version to open it.", name)
	}
	info, err := f.Stat()
	if err != nil {
		return fmt.Errorf("look at %s: %w", path, err)
	}
	pageSize, pages := int64(header[16])<<8|int64(header[17]), int64(be32(header[28:]))
	if pageSize == 1 {
		pageSize = 65536
	}
	if info.Size() < pages*pageSize {
		if wal, err := os.Stat(path + "-wal"); err != nil || wal.Size() == 0 {
			return finops.Errorf(finops.CodeCorrupt, "%s is damaged: it is shorter than it says. Restore it from a copy, or import the bills into a new workspace.", name)
		}
	}
	return nil
}

func be32(b []byte) uint32 {
	return uint32(b[0])<<24 | uint32(b[1])<<16 | uint32(b[2])<<8 | uint32(b[3])
}

func connect(path string) (*DB, error) {
	abs, err := filepath.Abs(path)
	if err != nil {
		return nil, fmt.Errorf("resolve %s: %w", path, err)
	}
	dsn := func(pragmas ...string) string {
		q := url.Values{"_pragma": append([]string{"busy_timeout(5000)", "foreign_keys(0)", "journal_mode(WAL)", "synchronous(NORMAL)", "temp_store(MEMORY)"}, pragmas...), "_txlock": {"immediate"}}
		return (&url.URL{Scheme: "file", Path: filepath.ToSlash(abs), RawQuery: q.Encode()}).String()
	}
	db := &DB{path: abs, lock: flock.New(abs+"-lock", flock.SetPermissions(0o600))}
	if db.write, err = sql.Open("sqlite", dsn("page_size(8192)", "wal_autocheckpoint(4000)", "cache_size(-8192)", "journal_size_limit(67108864)")); err != nil {
		return nil, fmt.Errorf("open %s: %w", path, err)
	}
	db.write.SetMaxOpenConns(1)
	if db.read, err = sql.Open("sqlite", dsn("query_only(1)", "cache_size(-8192)")); err != nil {
		return nil, fmt.Errorf("open %s: %w", path, err)
	}
	db.read.SetMaxOpenConns(4)
	return db, nil
}

func (db *DB) initialise(ctx context.Context, name string) error {
	return db.Exclusive(ctx, func(ctx context.Context) error {
		if _, err := db.write.ExecContext(ctx, fmt.Sprintf("PRAGMA application_id = %d", applicationID)); err != nil {
			return db.explain(err, "mark the workspace")
		}
		if err := db.migrate(ctx); err != nil {
			return err
		}
		return db.inTx(ctx, func(tx *sql.Tx) error {
			_, err := tx.ExecContext(ctx, "INSERT INTO setting (key, value) VALUES ('name', ?)", name)
			return err
		})
	})
}

func (db *DB) prepare(ctx context.Context) error {
	var version, writing int
	if err := db.read.QueryRowContext(ctx, "PRAGMA user_version").Scan(&version); err != nil {
		return db.explain(err, "read the schema version")
	}
	if version > schemaVersion() {
		return finops.Errorf(finops.CodeUnsupported, "%s was written by a newer version of Cloud Intelligence. Install that version to open it.", filepath.Base(db.path))
	}
	if version == schemaVersion() {
		if err := db.read.QueryRowContext(ctx, "SELECT count(*) FROM import WHERE state = 'writing'").Scan(&writing); err != nil {
			return db.explain(err, "read the imports")
		}
	}
	locked, err := db.lock.TryLock()
	if err != nil {
		return finops.WrapError(finops.CodeDenied, err, "%s cannot be opened: its folder is read-only for you.", filepath.Base(db.path))
	}
	if !locked {
		return errBusy(filepath.Base(db.path))
	}
	defer db.unlock()
	if version < schemaVersion() {
		if err := db.migrate(ctx); err != nil {
			return err
		}
	}
	if writing > 0 {
		return db.removeUnfinished(ctx)
	}
	return nil
}

func (db *DB) unlock() { _ = db.lock.Unlock() } // released with the process at the latest

// Exclusive runs fn while this process, and in it this call alone, holds the write lock
// of the workspace. It answers CodeUnavailable at once when somebody else holds it.
func (db *DB) Exclusive(ctx context.Context, fn func(context.Context) error) error {
	if !db.busy.TryLock() {
		return errBusy(filepath.Base(db.path))
	}
	defer db.busy.Unlock()
	locked, err := db.lock.TryLock()
	if err != nil {
		return finops.WrapError(finops.CodeDenied, err, "%s cannot be written: its folder is read-only for you.", filepath.Base(db.path))
	}
	if !locked {
		return errBusy(filepath.Base(db.path))
	}
	defer db.unlock()
	return fn(ctx)
}

// inTx runs fn in one write transaction.
func (db *DB) inTx(ctx context.Context, fn func(*sql.Tx) error) error {
	tx, err := db.write.BeginTx(ctx, nil)
	if err != nil {
		return db.explain(err, "begin a transaction")
	}
	if err := fn(tx); err != nil {
		_ = tx.Rollback() // the first error is the one to tell
		return db.explain(err, "write the workspace")
	}
	if err := tx.Commit(); err != nil {
		return db.explain(err, "commit a transaction")
	}
	return nil
}

// Path returns the absolute path of the workspace file.
func (db *DB) Path() string { return db.path }

// Close closes the workspace. It waits for calls that are under way.
func (db *DB) Close() error {
	err := errors.Join(db.read.Close(), db.write.Close(), db.lock.Close())
	if err != nil {
		return db.explain(err, "close the workspace")
	}
	return nil
}

// DataVersion changes whenever another connection has changed the workspace, also
// one of another process.
func (db *DB) DataVersion(ctx context.Context) (int64, error) {
	var v int64
	err := db.read.QueryRowContext(ctx, "SELECT coalesce(max(id), 0) FROM audit").Scan(&v)
	return v, db.explain(err, "read the audit log")
}

// Setting returns a setting, "" when it was never set.
func (db *DB) Setting(ctx context.Context, key string) (string, error) {
	var v string
	err := db.read.QueryRowContext(ctx, "SELECT value FROM setting WHERE key = ?", key).Scan(&v)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return v, db.explain(err, "read a setting")
}

// SetSetting keeps a setting.
func (db *DB) SetSetting(ctx context.Context, key, value string) error {
	return db.Exclusive(ctx, func(ctx context.Context) error {
		return db.inTx(ctx, func(tx *sql.Tx) error {
			_, err := tx.ExecContext(ctx, "INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value", key, value)
			return err
		})
	})
}

// CopyTo writes a copy of the workspace, as of now, to a new file.
func (db *DB) CopyTo(ctx context.Context, path string) error {
	if _, err := os.Stat(path); err == nil {
		return finops.Errorf(finops.CodeConflict, "%s exists already. Choose another name.", filepath.Base(path))
	}
	old := umask(0o077)
	defer umask(old)
	if _, err := db.write.ExecContext(ctx, "VACUUM INTO ?", path); err != nil {
		_ = os.Remove(path) // best effort: an unfinished copy
		return db.explain(err, "copy the workspace")
	}
	if err := os.Chmod(path, 0o600); err != nil {
		return fmt.Errorf("make the copy private: %w", err)
	}
	return nil
}

func quote(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }
