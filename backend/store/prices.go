package store

import (
	"context"
	"database/sql"
	"errors"
	"time"
)

// Prices are those that were read from the price lists of the providers.
type Prices struct {
	Version int64 // 0 = none were ever read
	ReadAt  time.Time
	ReadBy  string
	Content string // JSON
}

// PricesVersion is that of the prices which count now, 0 where none were ever read.
func (db *DB) PricesVersion(ctx context.Context) (version int64, err error) {
	err = db.read.QueryRowContext(ctx, "SELECT version FROM price WHERE id = 1").Scan(&version)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, nil
	}
	return version, db.explain(err, "read the prices")
}

// Prices returns the prices that count now.
func (db *DB) Prices(ctx context.Context) (Prices, error) {
	p, err := pricesIn(ctx, db.read)
	return p, db.explain(err, "read the prices")
}

func pricesIn(ctx context.Context, from interface {
	QueryRowContext(context.Context, string, ...any) *sql.Row
}) (p Prices, err error) {
	var at string
	err = from.QueryRowContext(ctx, "SELECT version, read_at, read_by, content FROM price WHERE id = 1").Scan(&p.Version, &at, &p.ReadBy, &p.Content)
	if errors.Is(err, sql.ErrNoRows) {
		return Prices{}, nil
	}
	p.ReadAt, _ = time.Parse(time.RFC3339Nano, at) // zero time when unreadable: it is only shown
	return p, err
}

// ChangePrices puts what change makes of the prices in their place, in one transaction; "" stands for none. What says in the audit log what was done.
func (db *DB) ChangePrices(ctx context.Context, change func(before string) (after string, err error), action, what, user string, now time.Time) error {
	return db.UserWrite(ctx, user, now, func(tx *UserTx) error {
		have, err := pricesIn(ctx, tx.tx)
		if err != nil {
			return err
		}
		after, err := change(have.Content)
		if err != nil {
			return err
		}
		_, err = tx.tx.ExecContext(ctx, "INSERT INTO price (id, version, read_at, read_by, content) VALUES (1, 1, ?, ?, ?) "+
			"ON CONFLICT (id) DO UPDATE SET version = version + 1, read_at = excluded.read_at, read_by = excluded.read_by, content = excluded.content",
			now.UTC().Format(time.RFC3339Nano), user, after)
		if err != nil {
			return err
		}
		return tx.Audit(ctx, action, what, nil, nil)
	})
}
