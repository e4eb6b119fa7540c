package store

import "context"

// LedgerVersion changes whenever charges were imported, taken back, or chosen to count, or a provider was asked for other names of
// accounts, also by another process. The person's other data does not change it; whoever uses that reads it each time.
func (db *DB) LedgerVersion(ctx context.Context) (int64, error) {
	if err := db.unchanged(); err != nil {
		return 0, err
	}
	var v int64
	err := db.read.QueryRowContext(ctx, ledgerVersion).Scan(&v)
	return v, db.explain(err, "read the audit log")
}

const ledgerVersion = "SELECT coalesce((SELECT id FROM audit WHERE action IN ('import', 'undo', 'choose', 'name accounts') ORDER BY id DESC LIMIT 1), 0)"

// Versions returns the number of the last entry of the audit log and the version of the jobs.
// It is cheap, so that it may be asked every second.
func (db *DB) Versions(ctx context.Context) (audit, jobs int64, err error) {
	err = db.read.QueryRowContext(ctx, "SELECT (SELECT coalesce(max(id), 0) FROM audit), (SELECT coalesce(max(version), 0) FROM job)").Scan(&audit, &jobs)
	return audit, jobs, db.explain(err, "look for changes")
}

// Action is what the last entry of the audit log with one action was.
type Action struct {
	Name string // of the action: "import", "save scope", "set name"
	ID   int64  // of the entry
}

// ActionsSince returns the actions of the audit log after an entry.
func (db *DB) ActionsSince(ctx context.Context, audit int64) ([]Action, error) {
	rows, err := db.read.QueryContext(ctx, "SELECT action, max(id) FROM audit WHERE id > ? GROUP BY action ORDER BY 2", audit)
	if err != nil {
		return nil, db.explain(err, "look for changes")
	}
	actions, err := scanAll(rows, func(a *Action) []any { return []any{&a.Name, &a.ID} })
	return actions, db.explain(err, "look for changes")
}
