package store

import (
	"context"
	"database/sql"
	"errors"
	"time"
)

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
