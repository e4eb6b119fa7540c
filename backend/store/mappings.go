package store

import (
	"context"
	"database/sql"
	"strings"
	"time"

	"cloud-intelligence/backend/finops"
)

// SavedMapping is a mapping of a table that no source recognises, as it is kept: package
// mappedfile knows what Content says.
type SavedMapping struct {
	Name      string // told apart without regard to case
	Content   string // JSON
	ChangedAt time.Time
}

func mappingKey(name string) string { return strings.ToLower(name) }

// SavedMappings returns the mappings of the workspace, ordered by name.
func (db *DB) SavedMappings(ctx context.Context) ([]SavedMapping, error) {
	rows, err := db.read.QueryContext(ctx, "SELECT name, content, changed_at FROM mapping ORDER BY key")
	if err != nil {
		return nil, db.explain(err, "list mappings")
	}
	type row struct{ name, content, changed string }
	all, err := scanAll(rows, func(r *row) []any { return []any{&r.name, &r.content, &r.changed} })
	if err != nil {
		return nil, db.explain(err, "list mappings")
	}
	list := make([]SavedMapping, len(all))
	for i, r := range all {
		list[i] = SavedMapping{Name: r.name, Content: r.content}
		list[i].ChangedAt, _ = time.Parse(time.RFC3339Nano, r.changed) // zero time when unreadable: it is only shown
	}
	return list, nil
}

// SaveMapping keeps a mapping. One of the same name is replaced, or, unless replace is set,
// answered with CodeConflict.
func (db *DB) SaveMapping(ctx context.Context, m SavedMapping, user string, replace bool) error {
	return db.Exclusive(ctx, func(ctx context.Context) error {
		return db.inTx(ctx, func(tx *sql.Tx) error {
			var have string
			err := tx.QueryRowContext(ctx, "SELECT coalesce((SELECT name FROM mapping WHERE key = ?), '')", mappingKey(m.Name)).Scan(&have)
			if err != nil {
				return err
			}
			if have != "" && !replace {
				return finops.Errorf(finops.CodeConflict, "There is a mapping named %q already. Choose another name, or replace it.", have)
			}
			_, err = tx.ExecContext(ctx, "INSERT INTO mapping (key, name, content, changed_at) VALUES (?, ?, ?, ?) "+
				"ON CONFLICT (key) DO UPDATE SET name = excluded.name, content = excluded.content, changed_at = excluded.changed_at",
				mappingKey(m.Name), m.Name, m.Content, m.ChangedAt.UTC().Format(time.RFC3339Nano))
			if err != nil {
				return err
			}
			return addAudit(ctx, tx, m.ChangedAt, user, "save mapping", m.Name, nil, nil)
		})
	})
}

// DeleteMapping removes a mapping; CodeNotFound when there is none of the name. What was
// imported with it stays.
func (db *DB) DeleteMapping(ctx context.Context, name, user string, now time.Time) error {
	return db.Exclusive(ctx, func(ctx context.Context) error {
		return db.inTx(ctx, func(tx *sql.Tx) error {
			result, err := tx.ExecContext(ctx, "DELETE FROM mapping WHERE key = ?", mappingKey(name))
			if err != nil {
				return err
			}
			n, err := result.RowsAffected()
			if err != nil {
				return err
			}
			if n == 0 {
				return finops.Errorf(finops.CodeNotFound, "There is no mapping named %q.", name)
			}
			return addAudit(ctx, tx, now, user, "delete mapping", name, nil, nil)
		})
	})
}
