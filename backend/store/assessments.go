package store

import (
	"context"
	"time"
)

var assessmentTable = namedTable{table: "assessment", what: "assessment", json: true, draft: true}

// AssessmentResult is what an assessment came to when it was made.
type AssessmentResult struct {
	ID      int64
	Version int64  // of the profile
	AsOf    string // YYYY-MM-DD, the day it was calculated as of
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
func (db *DB) DeleteAssessment(ctx context.Context, name string, seen int64, user string, now time.Time) error {
	return db.deleteNamed(ctx, assessmentTable, name, seen, user, now)
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

type assessmentResultRow struct {
	AssessmentResult
	made string
}

func (r *assessmentResultRow) fields() []any {
	return []any{&r.ID, &r.Version, &r.AsOf, &r.made, &r.MadeBy, &r.Result}
}

// AssessmentResults returns what an assessment came to the last times, the newest first, at most so many.
func (db *DB) AssessmentResults(ctx context.Context, name string, most int) ([]AssessmentResult, error) {
	rows, err := db.read.QueryContext(ctx, "SELECT id, version, as_of, made_at, made_by, result FROM assessment_result WHERE assessment = ? ORDER BY id DESC LIMIT ?", namedKey(name), most)
	if err != nil {
		return nil, db.explain(err, "read the results of an assessment")
	}
	all, err := scanAll(rows, (*assessmentResultRow).fields)
	if err != nil {
		return nil, db.explain(err, "read the results of an assessment")
	}
	list := make([]AssessmentResult, len(all))
	for i := range all {
		list[i] = all[i].AssessmentResult
		list[i].MadeAt, _ = time.Parse(time.RFC3339Nano, all[i].made) // zero time when unreadable: it is only shown
	}
	return list, nil
}
