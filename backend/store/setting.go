package store

import (
	"context"
	"database/sql"
	"errors"
	"time"
)

// Setting returns a setting, "" when it was never set.
func (db *DB) Setting(ctx context.Context, key string) (string, error) {
	var v string
	err := db.read.QueryRowContext(ctx, "SELECT value FROM setting WHERE key = ?", key).Scan(&v)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return v, db.explain(err, "read a setting")
}

// FiscalYearStart is the setting that holds the month, 1 to 12, in which fiscal years start;
// without it they are calendar years.
const FiscalYearStart = "fiscal_year_start"

// SetSetting keeps a setting, whatever was stored before.
func (db *DB) SetSetting(ctx context.Context, key, value, user string, now time.Time) error {
	_, err := db.SaveSetting(ctx, Named{Name: key, Content: value, ChangedAt: now, ChangedBy: user}, AnyVersion)
	return err
}

// SettingRow returns a setting with its version, 0 when it was never set. Name is its key.
func (db *DB) SettingRow(ctx context.Context, key string) (Named, error) {
	n, err := settingRow(key, db.read.QueryRowContext(ctx, settingQuery, key))
	return n, db.explain(err, "read a setting")
}

const settingQuery = "SELECT value, version, changed_at, changed_by FROM setting WHERE key = ?"

func settingRow(key string, row *sql.Row) (Named, error) {
	r := namedRow{Named: Named{Name: key}}
	err := row.Scan(&r.Content, &r.Version, &r.changed, &r.ChangedBy)
	if errors.Is(err, sql.ErrNoRows) {
		err = nil
	}
	return r.named(), err
}

// SaveSetting keeps a setting, whose key is its Name, and returns its new version. It answers CodeConflict, with both values
// as Named, when the stored one is not of the version seen; 0 = it was never set.
func (db *DB) SaveSetting(ctx context.Context, n Named, seen int64) (version int64, err error) {
	err = db.UserWrite(ctx, n.ChangedBy, n.ChangedAt, func(tx *UserTx) error {
		have, err := settingRow(n.Name, tx.tx.QueryRowContext(ctx, settingQuery, n.Name))
		if err != nil {
			return err
		}
		n.Version = have.Version + 1
		if err := stale("This setting", have.Version, seen, have, n); err != nil {
			return err
		}
		if err := tx.putSetting(ctx, n); err != nil {
			return err
		}
		version = n.Version
		var before any // nil when it was never set
		if have.Version != 0 {
			before = have.Content
		}
		return tx.Audit(ctx, "set "+n.Name, "workspace", before, n.Content)
	})
	return version, err
}

func (tx *UserTx) putSetting(ctx context.Context, n Named) error {
	_, err := tx.tx.ExecContext(ctx, "INSERT INTO setting (key, value, version, changed_at, changed_by) VALUES (?, ?, ?, ?, ?) ON CONFLICT (key) DO UPDATE SET "+
		"value = excluded.value, version = excluded.version, changed_at = excluded.changed_at, changed_by = excluded.changed_by",
		n.Name, n.Content, n.Version, n.ChangedAt.UTC().Format(time.RFC3339Nano), n.ChangedBy)
	return err
}

func setSetting(ctx context.Context, tx *sql.Tx, key, value string) error {
	_, err := tx.ExecContext(ctx, "INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value", key, value)
	return err
}
