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
	"cloud-intelligence/backend/platform/paths"
)

// applicationID marks a workspace in SQLite's header ("CLOI"); file(1) shows it.
const applicationID = 0x434c4f49

// Extension is the file name extension of workspaces.
const Extension = ".cloudintel"

// DB is an open workspace. Its methods may be called from several goroutines; those
// that write the ledger take the write lock for as long as they run (Exclusive), those that
// write the person's own data wait for their turn (UserWrite).
type DB struct {
	path  string
	mode  mode
	file  os.FileInfo // of path, when it was opened
	full  bool        // nothing can be written because the disk is full
	write *sql.DB     // one connection
	user  *sql.DB     // one connection, for the person's own data
	read  *sql.DB
	lock  *flock.Flock
	busy  sync.Mutex // the lock file does not keep apart the goroutines of one process
}

// Open opens a workspace, brings an older schema up to date, and removes what a
// killed import left behind. It changes nothing and answers a sentence when the file
// is no workspace (CodeInvalid), was written by a newer version (CodeUnsupported), is
// damaged (CodeCorrupt), or must be brought up to date while another process writes
// (CodeUnavailable). Where nothing can be written the workspace opens for reading; see
// ReadOnly and docs/adr/0010-one-writer-any-reader.md.
func Open(ctx context.Context, path string) (*DB, error) {
	if err := checkHeader(path); err != nil {
		return nil, err
	}
	abs, err := filepath.Abs(path)
	if err != nil {
		return nil, fmt.Errorf("resolve %s: %w", path, err)
	}
	if !paths.Writable(abs) {
		return openForReading(ctx, abs)
	}
	db, err := openAs(ctx, abs, forWriting)
	switch code := finops.CodeOf(err); {
	case code == finops.CodeUnavailable && !hasLog(abs):
		return openOnFullDisk(ctx, abs, err)
	case code == finops.CodeDenied: // a folder that says no only when it is tried
		return openForReading(ctx, abs)
	}
	return db, err
}

func openAs(ctx context.Context, path string, m mode) (*DB, error) {
	db, err := connect(path, m)
	if err != nil {
		return nil, err
	}
	if db.file, err = os.Stat(path); err != nil {
		err = finops.WrapError(finops.CodeNotFound, err, "There is no workspace %s.", path)
	} else {
		err = db.prepare(ctx)
		if gone := db.inPlace(); gone != nil {
			err = gone // removed at this moment: whatever else was found follows from it
		}
	}
	if err != nil {
		_ = db.Close() // the first error is the one to report
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

// connect makes the connections of a workspace without using them.
func connect(path string, m mode) (*DB, error) {
	dsn := func(pragmas ...string) string {
		q := url.Values{"_pragma": {"busy_timeout(5000)", "foreign_keys(1)", "synchronous(NORMAL)", "temp_store(MEMORY)"}, "_txlock": {"immediate"}, "mode": {"ro"}}
		switch m {
		case anew:
			// Room can be given back only where SQLite knows of it before it writes the first page.
			q["mode"], q["_pragma"] = []string{"rw"}, append(q["_pragma"], "auto_vacuum(INCREMENTAL)", "journal_mode(WAL)")
		case forWriting:
			q["mode"], q["_pragma"] = []string{"rw"}, append(q["_pragma"], "journal_mode(WAL)") // not rwc: a file that is gone must not be made anew
		case frozen:
			q["immutable"] = []string{"1"}
		}
		q["_pragma"] = append(q["_pragma"], pragmas...)
		return (&url.URL{Scheme: "file", Path: filepath.ToSlash(path), RawQuery: q.Encode()}).String()
	}
	db := &DB{path: path, mode: m, lock: flock.New(path+"-lock", flock.SetPermissions(0o600))}
	var err error
	if db.write, err = sql.Open("sqlite", dsn("page_size(8192)", "wal_autocheckpoint(4000)", "cache_size(-8192)", "journal_size_limit(67108864)")); err != nil {
		return nil, fmt.Errorf("open %s: %w", path, err)
	}
	db.write.SetMaxOpenConns(1)
	// UserWrite does the waiting.
	if db.user, err = sql.Open("sqlite", dsn("busy_timeout(0)", "wal_autocheckpoint(4000)")); err != nil {
		return nil, fmt.Errorf("open %s: %w", path, err)
	}
	db.user.SetMaxOpenConns(1)
	if db.read, err = sql.Open("sqlite", dsn("query_only(1)", "cache_size(-8192)")); err != nil {
		return nil, fmt.Errorf("open %s: %w", path, err)
	}
	db.read.SetMaxOpenConns(4)
	return db, nil
}

// prepare brings the schema up to date and removes what a killed import left. Reading does
// not wait for the latter: lines of an import that never finished count nowhere.
func (db *DB) prepare(ctx context.Context) error {
	var version, writing int
	if err := db.read.QueryRowContext(ctx, "PRAGMA user_version").Scan(&version); err != nil {
		return db.explain(err, "read the schema version")
	}
	if version > schemaVersion() {
		return finops.Errorf(finops.CodeUnsupported, "%s was written by a newer version of Cloud Intelligence. Install that version to open it.", filepath.Base(db.path))
	}
	if version < schemaVersion() && db.mode != forWriting {
		return finops.Errorf(finops.CodeDenied, "%s was written by an older version of Cloud Intelligence and is read-only, so that it cannot be brought up to date. Copy it to a folder of your own and open the copy.", filepath.Base(db.path))
	}
	if version < schemaVersion() {
		return db.Exclusive(ctx, db.migrate)
	}
	if err := db.read.QueryRowContext(ctx, "SELECT count(*) FROM import WHERE state = 'writing'").Scan(&writing); err != nil {
		return db.explain(err, "read the imports")
	}
	if writing == 0 || db.mode != forWriting {
		return nil
	}
	err := db.Exclusive(ctx, db.cleanUp)
	if finops.CodeOf(err) == finops.CodeUnavailable {
		return nil // the import is still being written, or the disk is full: the next one to write cleans up
	}
	return err
}

// inTx runs fn in one write transaction.
func (db *DB) inTx(ctx context.Context, fn func(*sql.Tx) error) error {
	tx, err := db.write.BeginTx(ctx, nil)
	if err != nil {
		return db.explain(err, "begin a transaction")
	}
	if err := fn(tx); err != nil {
		_ = tx.Rollback() // the first error is the one to report
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
	err := errors.Join(db.read.Close(), db.user.Close(), db.write.Close(), db.lock.Close())
	if err != nil {
		return db.explain(err, "close the workspace")
	}
	return nil
}

// CopyTo writes a copy of the workspace, as of now, to a new file.
func (db *DB) CopyTo(ctx context.Context, path string) error {
	if _, err := os.Stat(path); err == nil {
		return finops.Errorf(finops.CodeConflict, "%s exists already. Choose another name.", filepath.Base(path))
	}
	defer paths.Private()()
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
