package store

import (
	"context"
	"database/sql"
	"fmt"
)

// LimitPages makes the disk look full: the file may not grow above so many pages, or
// not grow at all when it has more.
func (db *DB) LimitPages(ctx context.Context, pages int) error {
	for _, pool := range []*sql.DB{db.write, db.user} {
		if _, err := pool.ExecContext(ctx, fmt.Sprintf("PRAGMA max_page_count = %d", pages)); err != nil {
			return err
		}
	}
	return nil
}

// Pages returns the pages of the file.
func (db *DB) Pages(ctx context.Context) (pages int, err error) {
	err = db.read.QueryRowContext(ctx, "PRAGMA page_count").Scan(&pages)
	return pages, err
}

// SchemaVersion is the newest schema version.
func SchemaVersion() int { return schemaVersion() }

// CreateOld makes a workspace as the version of the program with that schema version
// made it.
func CreateOld(ctx context.Context, path, name string, version int) (*DB, error) {
	newest := migrations
	migrations = migrations[:version]
	defer func() { migrations = newest }()
	return Create(ctx, path, name)
}
