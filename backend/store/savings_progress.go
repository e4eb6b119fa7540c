package store

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"cloud-intelligence/backend/finops"
)

// FindingProgress is what a person decided about a finding of savings. Package service knows what Content, Found and Measured say.
type FindingProgress struct {
	Finding   string // its id
	Content   string // JSON
	Found     string // JSON: the finding as it was when Content changed
	Version   int64
	ChangedAt time.Time
	ChangedBy string
	Measured  string // JSON; "" = not measured since the last change
	Ledger    int64  // the state of the ledger that was measured
}

// ProgressChange is what is to be kept of a finding, and the version that the person saw: 0 = nothing was kept, AnyVersion = they did not look.
type ProgressChange struct {
	Finding, Content, Found string
	Subject                 string // what the audit log calls the finding
	Seen                    int64
}

// SavingsRecord are the totals of one state of the ledger. Package service knows what Content says.
type SavingsRecord struct {
	Ledger  int64
	FoundAt time.Time
	AsOf    string // YYYY-MM-DD; "" = there was no usage
	Content string // JSON
}

const progressColumns = "finding, content, found, version, changed_at, changed_by, measured, measured_ledger"

// Progress returns what was decided about findings, by id.
func (db *DB) Progress(ctx context.Context) ([]FindingProgress, error) {
	list, err := readProgress(ctx, db.read, "ORDER BY finding")
	return list, db.explain(err, "list decisions on findings")
}

func readProgress(ctx context.Context, q queryer, order string, args ...any) ([]FindingProgress, error) {
	rows, err := q.QueryContext(ctx, "SELECT "+progressColumns+" FROM finding_progress "+order, args...)
	if err != nil {
		return nil, err
	}
	type row struct {
		FindingProgress
		at string
	}
	all, err := scanAll(rows, func(r *row) []any {
		return []any{&r.Finding, &r.Content, &r.Found, &r.Version, &r.at, &r.ChangedBy, &r.Measured, &r.Ledger}
	})
	list := make([]FindingProgress, len(all))
	for i, r := range all {
		list[i] = r.FindingProgress
		list[i].ChangedAt, _ = time.Parse(time.RFC3339Nano, r.at) // zero time when unreadable
	}
	return list, err
}

// SaveProgress keeps what was decided, of all findings or of none. It answers CodeConflict, with both values, when one was changed since.
func (db *DB) SaveProgress(ctx context.Context, changes []ProgressChange, user string, now time.Time) error {
	return db.UserWrite(ctx, user, now, func(tx *UserTx) error {
		for _, c := range changes {
			if err := tx.saveProgress(ctx, c); err != nil {
				return err
			}
		}
		return nil
	})
}

func (tx *UserTx) saveProgress(ctx context.Context, c ProgressChange) error {
	list, err := readProgress(ctx, tx.tx, "WHERE finding = ?", c.Finding)
	if err != nil {
		return err
	}
	var have FindingProgress
	var before any
	if len(list) > 0 {
		have, before = list[0], json.RawMessage(list[0].Content)
	}
	want := FindingProgress{Finding: c.Finding, Content: c.Content, Found: c.Found, Version: have.Version + 1, ChangedAt: tx.now, ChangedBy: tx.user}
	if c.Seen != AnyVersion {
		if err := stale(fmt.Sprintf("The finding %q", c.Subject), have.Version, c.Seen, have, want); err != nil {
			return err
		}
	}
	if have.Content == c.Content {
		return nil
	}
	_, err = tx.tx.ExecContext(ctx, "INSERT INTO finding_progress ("+progressColumns+") VALUES (?,?,?,?,?,?,'',0) ON CONFLICT (finding) DO UPDATE SET "+
		"content = excluded.content, found = excluded.found, version = excluded.version, changed_at = excluded.changed_at, changed_by = excluded.changed_by, measured = '', measured_ledger = 0",
		c.Finding, c.Content, c.Found, want.Version, tx.now.UTC().Format(time.RFC3339Nano), tx.user)
	if err != nil {
		return err
	}
	return tx.Audit(ctx, "change finding", c.Subject, before, json.RawMessage(c.Content))
}

// SaveMeasured keeps what was measured of findings, by id, for a state of the ledger; one that was changed since its version is left alone.
func (db *DB) SaveMeasured(ctx context.Context, list []FindingProgress, user string, now time.Time) error {
	return db.UserWrite(ctx, user, now, func(tx *UserTx) error {
		for _, p := range list {
			_, err := tx.tx.ExecContext(ctx, "UPDATE finding_progress SET measured = ?, measured_ledger = ? WHERE finding = ? AND version = ?", p.Measured, p.Ledger, p.Finding, p.Version)
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// SavingsHistory returns the totals that were found, the oldest state of the ledger first.
func (db *DB) SavingsHistory(ctx context.Context) ([]SavingsRecord, error) {
	rows, err := db.read.QueryContext(ctx, "SELECT ledger, found_at, as_of, content FROM savings_history ORDER BY ledger")
	if err != nil {
		return nil, db.explain(err, "list the history of savings")
	}
	type row struct {
		SavingsRecord
		at string
	}
	all, err := scanAll(rows, func(r *row) []any { return []any{&r.Ledger, &r.at, &r.AsOf, &r.Content} })
	list := make([]SavingsRecord, len(all))
	for i, r := range all {
		list[i] = r.SavingsRecord
		list[i].FoundAt, _ = time.Parse(time.RFC3339Nano, r.at) // zero time when unreadable
	}
	return list, db.explain(err, "list the history of savings")
}

// SaveSavingsRecord keeps the totals of a state of the ledger, in place of those found for it before.
func (db *DB) SaveSavingsRecord(ctx context.Context, r SavingsRecord, user string, now time.Time) error {
	if !json.Valid([]byte(r.Content)) {
		return finops.Errorf(finops.CodeInternal, "The history of savings cannot be written.")
	}
	return db.UserWrite(ctx, user, now, func(tx *UserTx) error {
		_, err := tx.tx.ExecContext(ctx, "INSERT INTO savings_history (ledger, found_at, as_of, content) VALUES (?,?,?,?) "+
			"ON CONFLICT (ledger) DO UPDATE SET found_at = excluded.found_at, as_of = excluded.as_of, content = excluded.content", r.Ledger, now.UTC().Format(time.RFC3339Nano), r.AsOf, r.Content)
		return err
	})
}
