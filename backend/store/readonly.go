package store

import (
	"context"
	"os"
	"path/filepath"

	"cloud-intelligence/backend/finops"
)

// mode is how the file of a workspace is opened; docs/adr/0010-one-writer-any-reader.md.
type mode int

const (
	forWriting mode = iota
	// anew is forWriting for a file that is empty yet.
	anew
	// forReading uses the log and the index that somebody who may write has put beside the file.
	forReading
	// frozen reads the file alone, makes no file beside it and takes no lock: only for a file
	// that has no log and that nobody changes.
	frozen
)

// ReadOnly reports whether the workspace can only be read, because its file or its folder
// cannot be written.
func (db *DB) ReadOnly() bool { return db.mode > anew && !db.full }

func (db *DB) mayWrite() error {
	name := filepath.Base(db.path)
	switch {
	case db.full:
		return finops.Errorf(finops.CodeUnavailable, "The disk of %s is full. Free some space and open it again; nothing was changed.", name)
	case db.mode > anew:
		return finops.Errorf(finops.CodeDenied, "%s is read-only: the file or its folder cannot be written. Copy the workspace to a folder of your own and open the copy to change it.", name)
	}
	return nil
}

// openForReading opens a workspace whose file or folder cannot be written.
func openForReading(ctx context.Context, path string) (*DB, error) {
	if !hasLog(path) && !exists(path+"-shm") {
		return openAs(ctx, path, frozen)
	}
	db, err := openAs(ctx, path, forReading)
	if err == nil || finops.CodeOf(err) == finops.CodeUnsupported {
		return db, err
	}
	if hasLog(path) {
		return nil, finops.WrapError(finops.CodeDenied, err, "The latest changes of %s are in the file %[1]s-wal beside it, and its folder is read-only. Copy both files to a folder of your own and open the copy.", filepath.Base(path))
	}
	return openAs(ctx, path, frozen)
}

// openOnFullDisk opens a workspace for which SQLite found no room to make its files, and
// keeps writers away meanwhile. failed is what it said.
func openOnFullDisk(ctx context.Context, path string, failed error) (*DB, error) {
	db, err := openAs(ctx, path, frozen)
	if err != nil {
		return nil, failed
	}
	db.full = true
	if ok, err := db.lock.TryRLock(); err == nil && !ok {
		_ = db.Close() // somebody is writing
		return nil, failed
	}
	return db, nil // where there is no room for a lock file either, unchanged notices a writer
}

// hasLog reports whether a workspace has changes that are not in its file yet.
func hasLog(path string) bool {
	info, err := os.Stat(path + "-wal")
	return err == nil && info.Size() > 0
}

func exists(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}

// unchanged answers CodeUnavailable when a frozen file was written after all: what is read
// of it then is neither the old nor the new state.
func (db *DB) unchanged() error {
	if db.mode != frozen {
		return nil
	}
	now, err := os.Stat(db.path)
	if err == nil && now.Size() == db.file.Size() && now.ModTime().Equal(db.file.ModTime()) && !hasLog(db.path) {
		return nil
	}
	return finops.WrapError(finops.CodeUnavailable, err, "%s was changed by another program. Open it again.", filepath.Base(db.path))
}
