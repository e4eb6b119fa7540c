package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"io"
	"strings"
	"time"

	"cloud-intelligence/backend/finops"
)

// RejectReason counts the kept rejects of a file with one reason.
type RejectReason struct {
	FileID int64
	Reason string
	Lines  int64
}

// RejectReasons counts the rejects of all files by reason, most lines first.
func (db *DB) RejectReasons(ctx context.Context) ([]RejectReason, error) {
	rows, err := db.read.QueryContext(ctx, "SELECT file_id, reason, count(*) FROM reject GROUP BY file_id, reason ORDER BY 3 DESC, file_id, reason")
	if err != nil {
		return nil, db.explain(err, "count the rejects")
	}
	reasons, err := scanAll(rows, func(r *RejectReason) []any { return []any{&r.FileID, &r.Reason, &r.Lines} })
	return reasons, db.explain(err, "count the rejects")
}

// QuantitiesKnown calls fn for every charge with ids from first to last, in order: its
// bill and SKU, and for each of the measures after the costs whether it has a value.
func (db *DB) QuantitiesKnown(ctx context.Context, first, last int64, fn func(bill, sku uint32, known []bool)) error {
	columns := make([]string, len(Measures)-CostCount)
	for i := range columns {
		columns[i] = quote(Measures[CostCount+i])
	}
	query := "SELECT bill_id, sku_id, " + strings.Join(columns, ", ") + " FROM charge WHERE id BETWEEN ? AND ?"
	return db.rawRows(ctx, query, []driver.Value{first, last}, func(rows driver.Rows) error {
		cells, known := make([]driver.Value, 2+len(columns)), make([]bool, len(columns))
		for {
			if err := rows.Next(cells); errors.Is(err, io.EOF) {
				return nil
			} else if err != nil {
				return err
			}
			bill, okBill := cells[0].(int64)
			sku, okSKU := cells[1].(int64)
			if !okBill || !okSKU {
				return finops.Errorf(finops.CodeCorrupt, "A charge line is damaged: it refers to nothing.")
			}
			for i := range known {
				known[i] = holdsValue(cells[2+i])
			}
			fn(uint32(bill), uint32(sku), known)
		}
	})
}

// holdsValue reports whether a cell of a measure holds more than a word for "no value".
func holdsValue(cell driver.Value) bool {
	switch v := cell.(type) {
	case int64:
		return true
	case string:
		return !finops.IsNull([]byte(v))
	}
	return false
}

// SavedFacts returns what the passport was counted from the last time, as JSON, with the version of the
// ledger it was counted at; "" when it never was.
func (db *DB) SavedFacts(ctx context.Context) (content string, ledger int64, err error) {
	err = db.read.QueryRowContext(ctx, "SELECT content, ledger FROM passport WHERE id = 1").Scan(&content, &ledger)
	if errors.Is(err, sql.ErrNoRows) {
		return "", 0, nil
	}
	return content, ledger, db.explain(err, "read the passport")
}

// SaveFacts keeps what the passport was counted from.
func (db *DB) SaveFacts(ctx context.Context, content string, ledger int64, user string, now time.Time) error {
	return db.UserWrite(ctx, user, now, func(tx *UserTx) error {
		_, err := tx.tx.ExecContext(ctx, "INSERT INTO passport (id, ledger, content) VALUES (1, ?, ?) ON CONFLICT (id) DO UPDATE SET ledger = excluded.ledger, content = excluded.content", ledger, content)
		return err
	})
}
