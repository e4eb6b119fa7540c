package store

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"cloud-intelligence/backend/finops"
)

// SavedMapping is a mapping of a table that no source recognises, as it is kept: package
// mappedfile knows what Content says.
type SavedMapping struct {
	Name      string // identified without regard to case
	Version   int64  // raised by every change; 0 when saving = whatever is stored
	Content   string // JSON
	ChangedAt time.Time
	ChangedBy string // as the audit log has it; "" where it has none
}

func mappingKey(name string) string { return strings.ToLower(name) }

// SavedMappings returns the mappings of the workspace, ordered by name.
func (db *DB) SavedMappings(ctx context.Context) ([]SavedMapping, error) {
	list, err := readMappings(ctx, db.read, "ORDER BY key")
	return list, db.explain(err, "list mappings")
}

func readMappings(ctx context.Context, q queryer, rest string, args ...any) ([]SavedMapping, error) {
	rows, err := q.QueryContext(ctx, "SELECT name, version, content, changed_at, "+lastChange("user", "mapping.name", "save mapping")+" FROM mapping "+rest, args...)
	if err != nil {
		return nil, err
	}
	type row struct {
		SavedMapping
		changed string
	}
	all, err := scanAll(rows, func(r *row) []any { return []any{&r.Name, &r.Version, &r.Content, &r.changed, &r.ChangedBy} })
	if err != nil {
		return nil, err
	}
	list := make([]SavedMapping, len(all))
	for i, r := range all {
		list[i] = r.SavedMapping
		list[i].ChangedAt, _ = time.Parse(time.RFC3339Nano, r.changed) // zero time when unreadable: it is only shown
	}
	return list, nil
}

// SaveMapping keeps a mapping. One of the same name is replaced, or, unless replace is set,
// answered with CodeConflict, as is one that was changed since the version that was seen.
func (db *DB) SaveMapping(ctx context.Context, m SavedMapping, user string, replace bool) error {
	return db.UserWrite(ctx, user, m.ChangedAt, func(tx *UserTx) error {
		have, err := readMappings(ctx, tx.tx, "WHERE key = ?", mappingKey(m.Name))
		if err != nil {
			return err
		}
		var before any
		if len(have) == 0 && m.Version != 0 {
			return finops.WrapError(finops.CodeConflict, &finops.ConflictError{Want: m}, "The mapping %q was deleted meanwhile.", m.Name)
		}
		if len(have) > 0 {
			if !replace {
				return finops.WrapError(finops.CodeConflict, &finops.ConflictError{Have: have[0], Want: m}, "There is a mapping named %q already. Choose another name, or replace it.", have[0].Name)
			}
			if m.Version != 0 {
				if err := stale(fmt.Sprintf("The mapping %q", have[0].Name), have[0].Version, m.Version, have[0], m); err != nil {
					return err
				}
			}
			before = have[0].value()
		}
		_, err = tx.tx.ExecContext(ctx, "INSERT INTO mapping (key, name, content, changed_at) VALUES (?, ?, ?, ?) "+
			"ON CONFLICT (key) DO UPDATE SET name = excluded.name, content = excluded.content, changed_at = excluded.changed_at, version = version + 1",
			mappingKey(m.Name), m.Name, m.Content, m.ChangedAt.UTC().Format(time.RFC3339Nano))
		if err != nil {
			return err
		}
		return tx.Audit(ctx, "save mapping", m.Name, before, m.value())
	})
}

// value is what the audit log keeps of a mapping.
func (m *SavedMapping) value() any {
	if json.Valid([]byte(m.Content)) {
		return json.RawMessage(m.Content)
	}
	return m.Content // damaged
}

// DeleteMapping removes a mapping of the version seen; see DeleteDimension for the errors. What was
// imported with it stays.
func (db *DB) DeleteMapping(ctx context.Context, name string, seen int64, user string, now time.Time) error {
	return db.UserWrite(ctx, user, now, func(tx *UserTx) error {
		have, err := readMappings(ctx, tx.tx, "WHERE key = ?", mappingKey(name))
		if err != nil {
			return err
		}
		if len(have) == 0 {
			return finops.Errorf(finops.CodeNotFound, "There is no mapping named %q.", name)
		}
		if err := stale(fmt.Sprintf("The mapping %q", have[0].Name), have[0].Version, seen, have[0], nil); err != nil {
			return err
		}
		if _, err := tx.tx.ExecContext(ctx, "DELETE FROM mapping WHERE key = ?", mappingKey(name)); err != nil {
			return err
		}
		return tx.Audit(ctx, "delete mapping", have[0].Name, have[0].value(), nil)
	})
}
