package store

import (
	"context"
	"database/sql"
	"errors"
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

// Chain numbers entries from 1, hashes them, and returns what is kept of the last one.
func Chain(log []AuditEntry) (head string) {
	last := ""
	for i := range log {
		log[i].ID = int64(i + 1)
		log[i].Hash = log[i].chained(last)
		last, head = log[i].Hash, log[i].head()
	}
	return head
}

// CheckChain is what DB.CheckAudit does with the entries that it read.
func CheckChain(log []AuditEntry, head string) (*AuditEntry, error) { return checkChain(log, head) }

// ForeignKeysEnforced answers an error unless the connections that write refuse a row that
// refers to none.
func (db *DB) ForeignKeysEnforced(ctx context.Context) error {
	for _, pool := range []*sql.DB{db.write, db.user} {
		if _, err := pool.ExecContext(ctx, "INSERT INTO reject (file_id, line, reason, text) VALUES (999, 1, '', '')"); err == nil {
			return errors.New("a reject without a file was taken")
		}
	}
	return nil
}

// KeepPacked writes packed columns as PackQuantities does that has read them at some version.
func (db *DB) KeepPacked(ctx context.Context, version int64, h SegmentHead, rows []SegmentRow, failed error) (bool, error) {
	return db.keepPacked(ctx, version, h, rows, failed)
}

// FillRollup writes so many cells of one bill that counts, the BilledCost of each its number, and a few of one that does not, here and there.
func (db *DB) FillRollup(ctx context.Context, cells int) error {
	for _, statement := range []string{
		"INSERT INTO import (id, state, started_at, user, first_line, marks) VALUES (1, 'done', '', '', 1, '{}')",
		"INSERT INTO slice (id, import_id, provider, billing_account, month, state) VALUES (1, 1, 'AWS', '1', '2026-01', 'active'), (2, 1, 'AWS', '1', '2026-01', 'superseded')",
		"INSERT INTO bill (id, slice_id) VALUES (1, 1), (2, 2)",
		fmt.Sprintf(`INSERT INTO rollup (bill_id, sku_facet_id, resource_facet_id, day, lines, "BilledCost")
 WITH RECURSIVE cell (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM cell WHERE n + 1 < %d) SELECT 1, 1, 1, 20000, 1, n FROM cell UNION ALL SELECT 2, 1, 1, 20000, 1, n FROM cell WHERE n %% 1000 = 0`, cells),
	} {
		if _, err := db.write.ExecContext(ctx, statement); err != nil {
			return err
		}
	}
	return nil
}
