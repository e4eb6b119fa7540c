package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"cloud-intelligence/backend/finops"
)

// Named is something that a person made and refers to by its name: a virtual dimension, of
// which package rules knows what Content says, or a scope, whose Content is a filter.
type Named struct {
	Name      string // identified without regard to case
	Content   string
	Version   int64 // 1 at first, raised by every change
	ChangedAt time.Time
	ChangedBy string
}

// AnyVersion stands for the version that a person saw, where they did not look.
const AnyVersion = -1

// namedTable is a table of Named.
type namedTable struct {
	table string
	what  string // what a person calls its rows
	json  bool   // their content is JSON
	draft bool   // it is saved while a person types: the log says that it was saved, not what it was
}

var (
	dimensionTable = namedTable{table: "dimension", what: "dimension", json: true}
	scopeTable     = namedTable{table: "scope", what: "scope"}
)

// Dimensions returns the virtual dimensions of the workspace, ordered by name.
func (db *DB) Dimensions(ctx context.Context) ([]Named, error) { return db.named(ctx, dimensionTable) }

// SaveDimension keeps a virtual dimension and returns its new version. It answers
// CodeConflict when the stored one is not of the version seen; 0 = there was none.
func (db *DB) SaveDimension(ctx context.Context, n Named, seen int64) (int64, error) {
	return db.saveNamed(ctx, dimensionTable, n, seen)
}

// DeleteDimension removes a virtual dimension of the version seen. It answers CodeNotFound when there is
// none of the name, and CodeConflict, with what is stored, when that is of another version.
func (db *DB) DeleteDimension(ctx context.Context, name string, seen int64, user string, now time.Time) error {
	return db.deleteNamed(ctx, dimensionTable, name, seen, user, now)
}

// Scopes returns the scopes of the workspace, ordered by name.
func (db *DB) Scopes(ctx context.Context) ([]Named, error) { return db.named(ctx, scopeTable) }

// SaveScope is SaveDimension for a scope.
func (db *DB) SaveScope(ctx context.Context, n Named, seen int64) (int64, error) {
	return db.saveNamed(ctx, scopeTable, n, seen)
}

// RenameScope gives the scope named from, of the version seen, the name in to and returns its new
// version. It answers CodeNotFound when there is none, CodeConflict when it was changed since or
// another scope has that name.
func (db *DB) RenameScope(ctx context.Context, from string, to Named, seen int64) (version int64, err error) {
	t := scopeTable
	err = db.UserWrite(ctx, to.ChangedBy, to.ChangedAt, func(tx *UserTx) error {
		have, found, err := t.find(ctx, tx.tx, from)
		if err != nil {
			return err
		}
		if !found {
			return t.missing(from)
		}
		version = have.Version + 1
		to.Content, to.Version = have.Content, version
		if err := stale(fmt.Sprintf("The %s %q", t.what, have.Name), have.Version, seen, have, to); err != nil {
			return err
		}
		other, taken, err := t.find(ctx, tx.tx, to.Name)
		if err != nil {
			return err
		}
		if taken && namedKey(to.Name) != namedKey(from) {
			return finops.Errorf(finops.CodeConflict, "There is a %s named %q already. Choose another name.", t.what, other.Name)
		}
		_, err = tx.tx.ExecContext(ctx, "UPDATE "+t.table+" SET (key, "+namedColumns+") = (?, ?, ?, ?, ?, ?) WHERE key = ?",
			namedKey(to.Name), to.Name, to.Content, version, to.ChangedAt.UTC().Format(time.RFC3339Nano), to.ChangedBy, namedKey(from))
		if err != nil {
			return err
		}
		return tx.Audit(ctx, "rename "+t.what, have.Name, have.Name, to.Name)
	})
	return version, err
}

func (t namedTable) missing(name string) error {
	return finops.Errorf(finops.CodeNotFound, "There is no %s named %q.", t.what, name)
}

// DeleteScope is DeleteDimension for a scope.
func (db *DB) DeleteScope(ctx context.Context, name string, seen int64, user string, now time.Time) error {
	return db.deleteNamed(ctx, scopeTable, name, seen, user, now)
}

type namedRow struct {
	Named
	changed string
}

func (r *namedRow) fields() []any {
	return []any{&r.Name, &r.Content, &r.Version, &r.changed, &r.ChangedBy}
}

func (r *namedRow) named() Named {
	r.ChangedAt, _ = time.Parse(time.RFC3339Nano, r.changed) // zero time when unreadable: it is only shown
	return r.Named
}

const namedColumns = "name, content, version, changed_at, changed_by"

func (db *DB) named(ctx context.Context, t namedTable) ([]Named, error) {
	rows, err := db.read.QueryContext(ctx, "SELECT "+namedColumns+" FROM "+t.table+" ORDER BY key")
	if err != nil {
		return nil, db.explain(err, "list "+t.what+"s")
	}
	all, err := scanAll(rows, (*namedRow).fields)
	if err != nil {
		return nil, db.explain(err, "list "+t.what+"s")
	}
	list := make([]Named, len(all))
	for i := range all {
		list[i] = all[i].named()
	}
	return list, nil
}

func (t namedTable) find(ctx context.Context, tx *sql.Tx, name string) (n Named, ok bool, err error) {
	var r namedRow
	err = tx.QueryRowContext(ctx, "SELECT "+namedColumns+" FROM "+t.table+" WHERE key = ?", namedKey(name)).Scan(r.fields()...)
	if errors.Is(err, sql.ErrNoRows) {
		return n, false, nil
	}
	return r.named(), err == nil, err
}

func namedKey(name string) string { return strings.ToLower(name) }

func (db *DB) saveNamed(ctx context.Context, t namedTable, n Named, seen int64) (version int64, err error) {
	err = db.UserWrite(ctx, n.ChangedBy, n.ChangedAt, func(tx *UserTx) error {
		version, err = tx.saveNamed(ctx, t, n, seen)
		return err
	})
	return version, err
}

func (tx *UserTx) saveNamed(ctx context.Context, t namedTable, n Named, seen int64) (version int64, err error) {
	have, found, err := t.find(ctx, tx.tx, n.Name)
	if err != nil {
		return 0, err
	}
	n.Version = have.Version + 1
	if seen == 0 && found {
		return 0, finops.WrapError(finops.CodeConflict, &finops.ConflictError{Have: have, Want: n}, "There is a %s named %q already. Choose another name, or change that one.", t.what, have.Name)
	}
	if err := stale(fmt.Sprintf("The %s %q", t.what, n.Name), have.Version, seen, have, n); err != nil {
		return 0, err
	}
	if err := tx.put(ctx, t, n); err != nil {
		return 0, err
	}
	if t.draft {
		return n.Version, tx.Audit(ctx, "save "+t.what, n.Name, draftAudited(have), draftAudited(n))
	}
	return n.Version, tx.Audit(ctx, "save "+t.what, n.Name, t.audited(have), t.audited(n))
}

// put stores a row, in place of one of the same name.
func (tx *UserTx) put(ctx context.Context, t namedTable, n Named) error {
	_, err := tx.tx.ExecContext(ctx, "INSERT INTO "+t.table+" (key, "+namedColumns+") VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (key) DO UPDATE SET "+
		"name = excluded.name, content = excluded.content, version = excluded.version, changed_at = excluded.changed_at, changed_by = excluded.changed_by",
		namedKey(n.Name), n.Name, n.Content, n.Version, n.ChangedAt.UTC().Format(time.RFC3339Nano), n.ChangedBy)
	return err
}

// audited is what the audit log keeps of a row; nil = there is none.
func (t namedTable) audited(n Named) any {
	switch {
	case n.Version == 0:
		return nil
	case t.json:
		return json.RawMessage(n.Content)
	}
	return n.Content
}

// draftAudited is what the audit log keeps of each saving of a draft; nil = there was none.
func draftAudited(n Named) any {
	if n.Version == 0 {
		return nil
	}
	return map[string]any{"version": n.Version, "bytes": len(n.Content)}
}

func (db *DB) deleteNamed(ctx context.Context, t namedTable, name string, seen int64, user string, now time.Time) error {
	return db.UserWrite(ctx, user, now, func(tx *UserTx) error {
		have, found, err := t.find(ctx, tx.tx, name)
		if err != nil {
			return err
		}
		if !found {
			return t.missing(name)
		}
		if err := stale(fmt.Sprintf("The %s %q", t.what, have.Name), have.Version, seen, have, nil); err != nil {
			return err
		}
		if _, err := tx.tx.ExecContext(ctx, "DELETE FROM "+t.table+" WHERE key = ?", namedKey(name)); err != nil {
			return err
		}
		return tx.Audit(ctx, "delete "+t.what, have.Name, t.audited(have), nil)
	})
}
