package store

import (
	"context"
	"database/sql"
	"errors"
	"time"
)

var assessmentTable = namedTable{"assessment", "assessment", true}

// AssessmentResult is what an assessment came to when it was made.
type AssessmentResult struct {
	ID      int64
	Version int64  // of the profile
	AsOf    string // YYYY-MM-DD, the day that stood for today
	MadeAt  time.Time
	MadeBy  string
	Result  string // JSON
}

// Assessments returns the assessments of the workspace with their profiles, ordered by name.
func (db *DB) Assessments(ctx context.Context) ([]Named, error) {
	return db.named(ctx, assessmentTable)
}

// SaveAssessment is SaveDimension for an assessment. The results that it has stay.
func (db *DB) SaveAssessment(ctx context.Context, n Named, seen int64) (int64, error) {
	return db.saveNamed(ctx, assessmentTable, n, seen)
}

// DeleteAssessment is DeleteDimension for an assessment; its results go with it.
func (db *DB) DeleteAssessment(ctx context.Context, name, user string, now time.Time) error {
	return db.deleteNamed(ctx, assessmentTable, name, user, now)
}

// AddAssessmentResult keeps what an assessment came to, and returns its id. It answers CodeNotFound when there is no assessment of
// the name.
func (db *DB) AddAssessmentResult(ctx context.Context, name string, r AssessmentResult) (id int64, err error) {
	err = db.UserWrite(ctx, r.MadeBy, r.MadeAt, func(tx *UserTx) error {
		have, found, err := assessmentTable.find(ctx, tx.tx, name)
		if err != nil {
			return err
		}
		if !found {
			return assessmentTable.missing(name)
		}
		done, err := tx.tx.ExecContext(ctx, "INSERT INTO assessment_result (assessment, version, as_of, made_at, made_by, result) VALUES (?, ?, ?, ?, ?, ?)",
			namedKey(name), r.Version, r.AsOf, r.MadeAt.UTC().Format(time.RFC3339Nano), r.MadeBy, r.Result)
		if err != nil {
			return err
		}
		if id, err = done.LastInsertId(); err != nil {
			return err
		}
		return tx.Audit(ctx, "make assessment", have.Name, nil, map[string]any{"version": r.Version, "asOf": r.AsOf})
	})
	return id, err
}

// NewestAssessmentResult returns what an assessment came to the last time; ok is false where it was never made.
func (db *DB) NewestAssessmentResult(ctx context.Context, name string) (r AssessmentResult, ok bool, err error) {
	var made string
	err = db.read.QueryRowContext(ctx, "SELECT id, version, as_of, made_at, made_by, result FROM assessment_result WHERE assessment = ? ORDER BY id DESC LIMIT 1", namedKey(name)).
		Scan(&r.ID, &r.Version, &r.AsOf, &made, &r.MadeBy, &r.Result)
	if errors.Is(err, sql.ErrNoRows) {
		return r, false, nil
	}
	if err != nil {
		return r, false, db.explain(err, "read the result of an assessment")
	}
	r.MadeAt, _ = time.Parse(time.RFC3339Nano, made) // zero time when unreadable: it is only shown
	return r, true, nil
}
