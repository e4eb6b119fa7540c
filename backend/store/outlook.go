package store

import (
	"context"
	"database/sql"
	"errors"
	"time"
)

// Outlook is a kind of the person's own data on forecasts and anomalies. Its rows are Named, and their content is JSON.
type Outlook int

// The kinds.
const (
	AnomalyMarks         Outlook = iota // the name is the id of an anomaly
	AnomalyMutes                        // rules
	AnomalySensitivities                // the name is that of a scope
	PlannedChanges
	FrozenForecasts
)

var outlookTables = [...]namedTable{
	{table: "anomaly_mark", what: "anomaly mark", json: true},
	{table: "anomaly_mute", what: "mute rule", json: true},
	{table: "anomaly_sensitivity", what: "sensitivity", json: true},
	{table: "planned_change", what: "planned change", json: true},
	{table: "frozen_forecast", what: "frozen forecast", json: true},
}

// Outlooks returns all rows of a kind, ordered by name.
func (db *DB) Outlooks(ctx context.Context, kind Outlook) ([]Named, error) {
	return db.named(ctx, outlookTables[kind])
}

// SaveOutlook is SaveDimension for a row of a kind.
func (db *DB) SaveOutlook(ctx context.Context, kind Outlook, n Named, seen int64) (int64, error) {
	return db.saveNamed(ctx, outlookTables[kind], n, seen)
}

// DeleteOutlook is DeleteDimension for a row of a kind.
func (db *DB) DeleteOutlook(ctx context.Context, kind Outlook, name string, seen int64, user string, now time.Time) error {
	return db.deleteNamed(ctx, outlookTables[kind], name, seen, user, now)
}

// SavedAnomalies returns the anomalies that were found the last time, as JSON, with the versions of the ledger and of the settings;
// "" when nobody has looked yet.
func (db *DB) SavedAnomalies(ctx context.Context) (content string, ledger int64, settings string, err error) {
	err = db.read.QueryRowContext(ctx, "SELECT content, ledger, settings FROM anomaly_report WHERE id = 1").Scan(&content, &ledger, &settings)
	if errors.Is(err, sql.ErrNoRows) {
		return "", 0, "", nil
	}
	return content, ledger, settings, db.explain(err, "read the anomalies")
}

// SaveAnomalies keeps the anomalies that were found.
func (db *DB) SaveAnomalies(ctx context.Context, content string, ledger int64, settings, user string, now time.Time) error {
	return db.UserWrite(ctx, user, now, func(tx *UserTx) error {
		_, err := tx.tx.ExecContext(ctx, "INSERT INTO anomaly_report (id, ledger, settings, content) VALUES (1, ?, ?, ?) "+
			"ON CONFLICT (id) DO UPDATE SET ledger = excluded.ledger, settings = excluded.settings, content = excluded.content", ledger, settings, content)
		return err
	})
}
