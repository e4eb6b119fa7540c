package store

import (
	"errors"
	"fmt"
	"path/filepath"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"cloud-intelligence/backend/finops"
)

// explain turns an error of SQLite into one with a code and a sentence; other errors
// are wrapped with what was being done.
func (db *DB) explain(err error, doing string) error {
	return explainPath(err, db.path, doing)
}

func explainPath(err error, path, doing string) error {
	if err == nil {
		return nil
	}
	var known *finops.Error
	if errors.As(err, &known) {
		return fmt.Errorf("%s: %w", doing, err)
	}
	var se *sqlite.Error
	if !errors.As(err, &se) {
		return fmt.Errorf("%s: %w", doing, err)
	}
	name := filepath.Base(path)
	switch se.Code() & 0xff {
	case sqlite3.SQLITE_FULL:
		return errFull(err, name)
	case sqlite3.SQLITE_IOERR:
		return finops.WrapError(finops.CodeUnavailable, err, "The disk reported an error while %s was being used. Check the disk and try again; nothing was changed.", name)
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
		return errBusy(name)
	case sqlite3.SQLITE_CANTOPEN:
		if !exists(path) {
			return finops.WrapError(finops.CodeNotFound, err, "There is no workspace %s.", path)
		}
		return errDenied(err, name)
	case sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH:
		return errDenied(err, name)
	case sqlite3.SQLITE_CORRUPT:
		return finops.WrapError(finops.CodeCorrupt, err, "%s is damaged. Restore it from a copy, or import the bills into a new workspace.", name)
	case sqlite3.SQLITE_NOTADB:
		return finops.WrapError(finops.CodeInvalid, err, "%s is not a workspace of Cloud Intelligence.", name)
	}
	return fmt.Errorf("%s: %w", doing, err)
}

func errFull(err error, name string) *finops.Error {
	return finops.WrapError(finops.CodeUnavailable, err, "The disk of %s is full. Free some space and try again; nothing was changed.", name)
}

func errDenied(err error, name string) *finops.Error {
	return finops.WrapError(finops.CodeDenied, err, "%s cannot be written: the file or its folder is read-only for you.", name)
}

func errBusy(name string) *finops.Error {
	return finops.Errorf(finops.CodeUnavailable, "Another program is writing to %s. Try again when it has finished; nothing was changed.", name)
}
