package store

import (
	"context"
	"errors"
	"os"
	"path/filepath"
)

// reserveBytes is the room that an import sets aside for taking itself back: removing rows
// and giving back their pages writes to the log too, which a full disk would refuse.
const reserveBytes = 4 << 20

func (db *DB) reservePath() string { return db.path + "-reserve" }

// reserve sets the room aside; where there is none, the import fails before anything is written.
func (db *DB) reserve() error {
	f, err := os.OpenFile(db.reservePath(), os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err == nil {
		_, err = f.Write(make([]byte, reserveBytes)) // no hole: only what is written takes room
		err = errors.Join(err, f.Close())
	}
	if err != nil {
		db.dropReserve()
		return errFull(err, filepath.Base(db.path))
	}
	return nil
}

func (db *DB) dropReserve() {
	_ = os.Remove(db.reservePath()) // mostly there is none; the next import writes it anew
}

// cleanUp removes the imports that never finished and gives their room back. The caller
// holds the write lock.
func (db *DB) cleanUp(ctx context.Context) error {
	db.dropReserve()
	if err := db.removeUnfinished(ctx); err != nil {
		return err
	}
	db.giveBack(ctx)
	return nil
}

// giveBack returns free pages to the disk and empties the write-ahead log, which would keep
// the room of all that was written. A workspace made by a version before this one keeps its
// free pages for the next import. That somebody reads, or that the disk says no, is no failure: the
// next one to close the workspace empties the log.
func (db *DB) giveBack(ctx context.Context) {
	_ = errors.Join(db.freePages(ctx), db.checkpoint(ctx))
}

func (db *DB) freePages(ctx context.Context) error {
	rows, err := db.write.QueryContext(ctx, "PRAGMA incremental_vacuum")
	if err != nil {
		return db.explain(err, "give free pages back")
	}
	defer rows.Close()
	for rows.Next() { // one row for each page
		continue
	}
	return db.explain(rows.Err(), "give free pages back")
}
