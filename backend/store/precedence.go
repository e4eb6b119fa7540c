package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"cloud-intelligence/backend/finops"
)

// BillRecords is what the workspace has of the bills.
type BillRecords struct {
	Slices          []Slice
	Files           []ImportFile
	Sources         map[int64][]int64 // files of each slice
	Totals          []ControlTotal
	SourcesOfRecord []SourceOfRecord
}

// Decide says of all that was imported which slices count. Slices that it does not name stay as they
// are; nil leaves all as they are.
type Decide func(BillRecords) []Precedence

// BillRecords returns what the workspace has of the bills.
func (db *DB) BillRecords(ctx context.Context) (BillRecords, error) {
	h, err := db.billRecords(ctx, db.read)
	return h, db.explain(err, "read the bills")
}

func (db *DB) billRecords(ctx context.Context, q queryer) (h BillRecords, err error) {
	if h.Slices, err = readSlices(ctx, q); err != nil {
		return h, err
	}
	if h.Files, err = db.files(ctx, q); err != nil {
		return h, err
	}
	if h.Sources, err = sliceFiles(ctx, q); err != nil {
		return h, err
	}
	if h.Totals, err = db.controlTotals(ctx, q); err != nil {
		return h, err
	}
	h.SourcesOfRecord, err = readSourcesOfRecord(ctx, q)
	return h, err
}

// SliceFiles returns the ids of the files that gave the lines of each slice.
func (db *DB) SliceFiles(ctx context.Context) (map[int64][]int64, error) {
	files, err := sliceFiles(ctx, db.read)
	return files, db.explain(err, "read the files of the bills")
}

func sliceFiles(ctx context.Context, q queryer) (map[int64][]int64, error) {
	rows, err := q.QueryContext(ctx, "SELECT id, file_id FROM slice WHERE file_id IS NOT NULL UNION ALL SELECT slice_id, file_id FROM slice_file ORDER BY 1, 2")
	if err != nil {
		return nil, err
	}
	all, err := scanAll(rows, func(r *[2]int64) []any { return []any{&r[0], &r[1]} })
	files := map[int64][]int64{}
	for _, r := range all {
		files[r[0]] = append(files[r[0]], r[1])
	}
	return files, err
}

// KeepSketches keeps the sketches of slices that have none yet. The caller holds the write lock.
func (db *DB) KeepSketches(ctx context.Context, slices []Slice) error {
	return db.inTx(ctx, func(tx *sql.Tx) error {
		for _, s := range slices {
			if _, err := tx.ExecContext(ctx, "UPDATE slice SET sketch = ?, areas = ? WHERE id = ?", s.Sketch, s.Areas, s.ID); err != nil {
				return err
			}
		}
		return nil
	})
}

// SourcesOfRecord returns the exports that were chosen to be used for a bill.
func (db *DB) SourcesOfRecord(ctx context.Context) ([]SourceOfRecord, error) {
	list, err := readSourcesOfRecord(ctx, db.read)
	return list, db.explain(err, "read the choices")
}

func readSourcesOfRecord(ctx context.Context, q queryer) ([]SourceOfRecord, error) {
	rows, err := q.QueryContext(ctx, "SELECT provider, billing_account, month, export FROM bill_choice ORDER BY provider, billing_account, month")
	if err != nil {
		return nil, err
	}
	type row struct {
		SourceOfRecord
		month string
	}
	all, err := scanAll(rows, func(c *row) []any { return []any{&c.Provider, &c.BillingAccount, &c.month, &c.Export} })
	if err != nil {
		return nil, err
	}
	list := make([]SourceOfRecord, len(all))
	for i, r := range all {
		if r.SourceOfRecord.Month, err = finops.ParseMonth(r.month); err != nil {
			return nil, finops.WrapError(finops.CodeCorrupt, err, "The workspace names a billing month %q.", r.month)
		}
		list[i] = r.SourceOfRecord
	}
	return list, nil
}

// SetSourcesOfRecord keeps which export is used for some bills, all of them or none, and lets decide say what
// follows. Without an export what was chosen for a bill is forgotten.
func (db *DB) SetSourcesOfRecord(ctx context.Context, choices []SourceOfRecord, user string, now time.Time, decide Decide) error {
	return db.Exclusive(ctx, func(ctx context.Context) error {
		return db.inTx(ctx, func(tx *sql.Tx) error {
			for _, c := range choices {
				if err := changeSourceOfRecord(ctx, tx, c, user, now); err != nil {
					return err
				}
			}
			return db.decidePrecedence(ctx, tx, decide)
		})
	})
}

func changeSourceOfRecord(ctx context.Context, tx *sql.Tx, c SourceOfRecord, user string, now time.Time) error {
	var before any // nil where nothing was chosen
	err := tx.QueryRowContext(ctx, "SELECT export FROM bill_choice WHERE provider = ? AND billing_account = ? AND month = ?", c.Provider, c.BillingAccount, c.Month.String()).Scan(&before)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return err
	}
	var after any = c.Export
	if c.Export == "" {
		if before == nil {
			return nil
		}
		after = nil
		_, err = tx.ExecContext(ctx, "DELETE FROM bill_choice WHERE provider = ? AND billing_account = ? AND month = ?", c.Provider, c.BillingAccount, c.Month.String())
	} else {
		err = putSourceOfRecord(ctx, tx, c)
	}
	if err != nil {
		return err
	}
	return addAudit(ctx, tx, now, user, "choose", fmt.Sprintf("%s, account %s, %s", c.Provider, c.BillingAccount, c.Month), before, after)
}

func putSourceOfRecord(ctx context.Context, tx *sql.Tx, c SourceOfRecord) error {
	_, err := tx.ExecContext(ctx, "INSERT INTO bill_choice (provider, billing_account, month, export) VALUES (?,?,?,?) ON CONFLICT DO UPDATE SET export = excluded.export",
		c.Provider, c.BillingAccount, c.Month.String(), c.Export)
	return err
}

func (db *DB) decidePrecedence(ctx context.Context, tx *sql.Tx, decide Decide) error {
	if decide == nil {
		return nil
	}
	records, err := db.billRecords(ctx, tx)
	if err != nil {
		return err
	}
	return setPrecedence(ctx, tx, decide(records))
}

func setPrecedence(ctx context.Context, tx *sql.Tx, precedence []Precedence) error {
	for _, s := range precedence {
		state := "superseded"
		if s.Active {
			state = "active"
		}
		var by any // NULL for none
		if s.ReplacedBy != 0 {
			by = s.ReplacedBy
		}
		if _, err := tx.ExecContext(ctx, "UPDATE slice SET state = ?, standby = ?, replaced_by = ? WHERE id = ? AND state <> 'undone'", state, s.Unused, by, s.SliceID); err != nil {
			return err
		}
	}
	return nil
}
