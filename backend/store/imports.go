package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"cloud-intelligence/backend/finops"
)

// ImportFile is a file of an import.
type ImportFile struct {
	ID       int64
	ImportID int64
	Path     string
	Format   string
	Version  string
	SHA256   string
	Bytes    int64
	Lines    int64
	Rejects  int64
	Columns  []string // the header as written
	Focus    []string // FOCUS columns that it gave; nil where that was not kept
	Totals   string   // JSON: exact sums by currency, month and metric, made by ingest
	Warnings []string // sentences on what was odd in it

	Series, Delivery, DeliveredAt string // see source.Delivery
	Undone                        bool   // it was taken back, or its import was
}

// RejectRow is a line that could not be read.
type RejectRow struct {
	File   string
	Line   int64
	Reason string
	Text   string
}

// Slice is what one file holds of one day of a bill, from one export and in one part: the unit
// that counts or not.
type Slice struct {
	ID             int64
	ImportID       int64
	FileID         int64 // 0 where several files gave it, in imports of older versions
	Provider       string
	BillingAccount string
	Month          finops.Month
	Export         string // name of the source that read it
	Part           string // part of the bill, "" = the whole; see source.Recognition.Yields
	YieldsTo       string // part that is used in place of this one where the workspace has both
	State          string // active, superseded, undone
	Unused         bool   // superseded by no other state of the export, but another export or view is used
	ReplacedBy     int64  // import whose state of the export is used in its place, 0 = none
	Answer         string // what the person who imported it said of it: replace, add or ""
	Legacy         bool   // of an older version: a whole bill, decided then
	FixedBy        int64  // import that replaced a legacy slice then, 0 = none
	Lines          int64
	FirstDay       string
	LastDay        string
	Sketch         []byte // of its charges; nil in a legacy slice until it is made
	Areas          []byte // of its pairs of sub-account and service
}

// ControlTotal is the exact sum of one cost column over the lines of a slice in one
// currency, as the file gave them.
type ControlTotal struct {
	SliceID  int64
	Currency string
	Metric   finops.Metric
	Lines    int64
	Known    int64
	Amount   finops.Sum
}

// Import is one act of importing.
type Import struct {
	ID         int64
	State      string // done, undone
	StartedAt  time.Time
	FinishedAt time.Time
	Duration   time.Duration
	User       string
	Lines      int64
	Rejects    int64
	FirstLine  int64
	LastLine   int64
}

// Current says that no other state of its export is used in place of the slice: it counts, or
// it is excluded because another export or view of the bill is used.
func (s Slice) Current() bool { return s.State == "active" || s.Unused }

// Precedence says whether a slice counts, and if not, why.
type Precedence struct {
	SliceID    int64
	Active     bool
	ReplacedBy int64 // see Slice
	Unused     bool
}

// SourceOfRecord is the export that a person chose to be used for a bill. Its JSON is what the audit
// log keeps of it.
type SourceOfRecord struct {
	Provider       string       `json:"provider"`
	BillingAccount string       `json:"billingAccount"`
	Month          finops.Month `json:"month"`
	Export         string       `json:"export"` // AllExports = all count, ThisAccount, "" = none is chosen any more
}

// AllExports is the choice that every export of a bill counts.
const AllExports = "*"

// ThisAccount is the choice that of a bill which goes by two accounts the charges under this one count. No
// export is called so.
const ThisAccount = "="

// RollupRow is a cell of the daily rollup.
type RollupRow struct {
	Bill, SKUFacet, ResourceFacet uint32
	Day                           finops.Day
	Lines                         int64
	Amounts                       [CostCount]*finops.Sum // nil = unknown
}

// Finish is everything that makes a written import count.
type Finish struct {
	FinishedAt      time.Time
	Duration        time.Duration
	Lines           int64
	Rejects         int64
	Files           []ImportFile
	RejectRows      map[int][]RejectRow // by index into Files
	Slices          []Slice
	Totals          []ControlTotal
	SliceFiles      map[int64]int // slice → index into Files
	LeftOut         []int64       // slices that are written and do not count, of files that were left out
	Precedence      []Precedence  // of the new slices and of those that the workspace has
	Delivered       []ImportFile  // files of the workspace that belong to a newer delivery, too
	SourcesOfRecord []SourceOfRecord
	OwnColumns      []string // columns that have values kept with the lines
}

// Finish makes the import count: in one transaction the rollups, files, control totals
// and rejects are written, replaced slices step back and the new ones become active.
func (w *Writing) Finish(ctx context.Context, f Finish) error {
	if err := w.release(); err != nil {
		return err
	}
	return w.db.inTx(ctx, func(tx *sql.Tx) error {
		for _, step := range []func(context.Context, *sql.Tx, Finish) error{w.finishFiles, w.finishSlices, w.finishImport} {
			if err := step(ctx, tx, f); err != nil {
				return err
			}
		}
		if err := createViews(ctx, tx); err != nil {
			return err
		}
		return addAudit(ctx, tx, f.FinishedAt, w.user, "import", importName(w.ID), nil, importedOf(f))
	})
}

// release gives the connection back, so that the transaction can have it.
func (w *Writing) release() error {
	if w.conn == nil {
		return nil
	}
	for _, in := range w.charges {
		if err := in.close(); err != nil {
			return w.db.explain(err, "close a statement")
		}
	}
	conn := w.conn
	w.conn = nil
	w.db.dropReserve() // what comes now may use its room
	return w.db.explain(conn.Close(), "close a connection")
}

// Abort removes the import as if it had never begun.
func (w *Writing) Abort(ctx context.Context) error {
	if err := w.release(); err != nil {
		return err
	}
	return w.db.cleanUp(ctx)
}

func (w *Writing) finishFiles(ctx context.Context, tx *sql.Tx, f Finish) error {
	for i, file := range f.Files {
		columns, err := json.Marshal(file.Columns)
		if err != nil {
			return err
		}
		focus, err := json.Marshal(file.Focus)
		if err != nil {
			return err
		}
		warnings, err := json.Marshal(slices.Concat([]string{}, file.Warnings)) // [], not null
		if err != nil {
			return err
		}
		r, err := tx.ExecContext(ctx, "INSERT INTO import_file (import_id, path, format, version, sha256, bytes, lines, rejects, columns, focus_columns, totals, warnings, series, delivery, delivered_at) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
			w.ID, file.Path, file.Format, file.Version, file.SHA256, file.Bytes, file.Lines, file.Rejects, string(columns), string(focus), file.Totals, string(warnings), file.Series, file.Delivery, file.DeliveredAt)
		if err != nil {
			return err
		}
		id, err := r.LastInsertId()
		if err != nil {
			return err
		}
		for slice, file := range f.SliceFiles {
			if file != i {
				continue
			}
			if _, err := tx.ExecContext(ctx, "UPDATE slice SET file_id = ? WHERE id = ?", id, slice); err != nil {
				return err
			}
		}
		for _, reject := range f.RejectRows[i] {
			if _, err := tx.ExecContext(ctx, "INSERT INTO reject (file_id, line, reason, text) VALUES (?,?,?,?)", id, reject.Line, reject.Reason, reject.Text); err != nil {
				return err
			}
		}
	}
	return nil
}

func (w *Writing) finishSlices(ctx context.Context, tx *sql.Tx, f Finish) error {
	for _, s := range f.Slices {
		_, err := tx.ExecContext(ctx, "UPDATE slice SET state = 'active', lines = ?, first_day = ?, last_day = ?, sketch = ?, areas = ?, answer = ? WHERE id = ?",
			s.Lines, s.FirstDay, s.LastDay, s.Sketch, s.Areas, s.Answer, s.ID)
		if err != nil {
			return err
		}
	}
	for _, id := range f.LeftOut {
		if _, err := tx.ExecContext(ctx, "UPDATE slice SET state = 'undone' WHERE id = ?", id); err != nil {
			return err
		}
	}
	for _, d := range f.Delivered {
		if _, err := tx.ExecContext(ctx, "UPDATE import_file SET series = ?, delivery = ?, delivered_at = ? WHERE id = ?", d.Series, d.Delivery, d.DeliveredAt, d.ID); err != nil {
			return err
		}
	}
	if err := setPrecedence(ctx, tx, f.Precedence); err != nil {
		return err
	}
	for _, c := range f.SourcesOfRecord {
		if err := putSourceOfRecord(ctx, tx, c); err != nil {
			return err
		}
	}
	for _, t := range f.Totals {
		_, err := tx.ExecContext(ctx, "INSERT INTO control_total (slice_id, currency, metric, lines, known, amount) VALUES (?,?,?,?,?,?)",
			t.SliceID, t.Currency, string(t.Metric), t.Lines, t.Known, t.Amount.String())
		if err != nil {
			return err
		}
	}
	return nil
}

// WriteRollup adds the cells of the daily rollup in one transaction; they count with the
// import.
func (w *Writing) WriteRollup(ctx context.Context, cells func(yield func(RollupRow) error) error) error {
	return w.transaction(ctx, func(conn driver.Conn) error {
		in := newInserter(conn, "rollup", "bill_id", "sku_facet_id", "resource_facet_id", "day", "lines", Measures[0], Measures[1], Measures[2], Measures[3])
		err := cells(func(r RollupRow) error {
			v := in.row()
			v[0].Value, v[1].Value, v[2].Value, v[3].Value, v[4].Value = int64(r.Bill), int64(r.SKUFacet), int64(r.ResourceFacet), int64(r.Day), r.Lines
			for i, s := range r.Amounts {
				v[5+i].Value = nil
				if s != nil {
					v[5+i].Value = storedAmount(s.Amount())
				}
			}
			return in.push(ctx)
		})
		if err != nil {
			return err
		}
		if err := in.flush(ctx); err != nil {
			return err
		}
		return in.close()
	})
}

func storedAmount(a finops.Amount) any {
	if packed, ok := a.Pack(); ok {
		return packed
	}
	return a.String()
}

func (w *Writing) finishImport(ctx context.Context, tx *sql.Tx, f Finish) error {
	for _, name := range f.OwnColumns {
		if _, err := tx.ExecContext(ctx, "INSERT INTO own_column (name) VALUES (?) ON CONFLICT DO NOTHING", name); err != nil {
			return err
		}
	}
	_, err := tx.ExecContext(ctx, "UPDATE import SET state = 'done', finished_at = ?, duration_ms = ?, lines = ?, rejects = ?, last_line = ? WHERE id = ?",
		f.FinishedAt.UTC().Format(time.RFC3339Nano), f.Duration.Milliseconds(), f.Lines, f.Rejects, w.Marks.Line+w.inserted, w.ID)
	return err
}

// removeUnfinished removes every import that never finished, with all it had written.
// The caller holds the write lock.
func (db *DB) removeUnfinished(ctx context.Context) error {
	var marksText string
	err := db.read.QueryRowContext(ctx, "SELECT coalesce((SELECT marks FROM import WHERE state = 'writing' ORDER BY id LIMIT 1), '')").Scan(&marksText)
	if err != nil || marksText == "" {
		return db.explain(err, "look for unfinished imports")
	}
	var m Marks
	if err := json.Unmarshal([]byte(marksText), &m); err != nil {
		return finops.WrapError(finops.CodeCorrupt, err, "The record of an unfinished import is damaged.")
	}
	return db.inTx(ctx, func(tx *sql.Tx) error {
		for _, d := range []struct {
			table string
			above int64
		}{
			{"text", int64(m.Text)}, {"period", int64(m.Period)}, {"bill", int64(m.Bill)}, {"sku", int64(m.SKU)}, {"resource", int64(m.Resource)}, {"extra", int64(m.Extra)},
			{"sku_facet", int64(m.SKUFacet)}, {"resource_facet", int64(m.ResourceFacet)}, {"slice", int64(m.Slice)}, {"reject", int64(m.Reject)}, {"import_file", int64(m.File)}, {"charge", m.Line},
		} {
			if _, err := tx.ExecContext(ctx, "DELETE FROM "+d.table+" WHERE id > ?", d.above); err != nil {
				return err
			}
		}
		if _, err := tx.ExecContext(ctx, "DELETE FROM segment WHERE first_line > ?", m.Line); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, "DELETE FROM rollup WHERE bill_id > ?", m.Bill); err != nil {
			return err
		}
		if err := dropColumns(ctx, tx, int64(m.Custom)); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, "DELETE FROM import WHERE state = 'writing'"); err != nil {
			return err
		}
		return createViews(ctx, tx)
	})
}

func dropColumns(ctx context.Context, tx *sql.Tx, above int64) error {
	custom, err := customColumns(ctx, tx)
	if err != nil {
		return err
	}
	for _, c := range custom {
		if c.ID <= above {
			continue
		}
		var have int
		if err := tx.QueryRowContext(ctx, "SELECT count(*) FROM pragma_table_info('extra') WHERE name = ?", customColumn(c.ID)).Scan(&have); err != nil {
			return err
		}
		statements := []string{fmt.Sprintf("DELETE FROM custom_column WHERE id = %d", c.ID)}
		if have > 0 {
			statements = append([]string{"DROP VIEW IF EXISTS focus", "ALTER TABLE extra DROP COLUMN " + customColumn(c.ID)}, statements...)
		}
		if _, err := tx.ExecContext(ctx, strings.Join(statements, "; ")); err != nil {
			return err
		}
	}
	return nil
}

// UndoFile takes one file of an import back: its lines stay in the workspace, but count no more, and
// decide says which of the other slices do. It answers CodeNotFound for a file that is not there or
// was taken back, and CodeUnsupported for one of an older version, whose lines are not distinguished
// from those of the other files of its import.
func (db *DB) UndoFile(ctx context.Context, id int64, user string, now time.Time, decide Decide) error {
	return db.Exclusive(ctx, func(ctx context.Context) error {
		return db.inTx(ctx, func(tx *sql.Tx) error {
			var file struct {
				importID int64
				path     string
				before   imported
			}
			err := tx.QueryRowContext(ctx, "SELECT import_id, path, f.lines, f.rejects FROM import_file f JOIN import i ON i.id = import_id WHERE f.id = ? AND i.state = 'done'", id).
				Scan(&file.importID, &file.path, &file.before.Lines, &file.before.Rejects)
			if err == sql.ErrNoRows {
				return finops.Errorf(finops.CodeNotFound, "This file is not there, or its import was undone before.")
			}
			if err != nil {
				return err
			}
			var slices, left int64
			if err := tx.QueryRowContext(ctx, "SELECT count(*), count(*) FILTER (WHERE state <> 'undone') FROM slice WHERE file_id = ?", id).Scan(&slices, &left); err != nil {
				return err
			}
			switch {
			case slices == 0 && file.before.Lines > 0:
				return finops.Errorf(finops.CodeUnsupported, "An older version imported this file, and its lines cannot be distinguished from those of the other files. Undo the whole import.")
			case left == 0:
				return finops.Errorf(finops.CodeNotFound, "This file was undone before, or it has no lines.")
			}
			if _, err := tx.ExecContext(ctx, "UPDATE slice SET state = 'undone', standby = 0, sketch = NULL, areas = NULL WHERE file_id = ?", id); err != nil {
				return err
			}
			if err := db.decidePrecedence(ctx, tx, decide); err != nil {
				return err
			}
			return addAudit(ctx, tx, now, user, "undo", importName(file.importID)+", "+file.path, file.before, nil)
		})
	})
}

// UndoImport takes an import back: its lines go, and decide says which of the slices that are
// left count.
func (db *DB) UndoImport(ctx context.Context, id int64, user string, now time.Time, decide Decide) error {
	return db.Exclusive(ctx, func(ctx context.Context) error {
		return db.inTx(ctx, func(tx *sql.Tx) error {
			var first, last int64
			var before imported
			err := tx.QueryRowContext(ctx, "SELECT first_line, last_line, lines, rejects FROM import WHERE id = ? AND state = 'done'", id).Scan(&first, &last, &before.Lines, &before.Rejects)
			if err == sql.ErrNoRows {
				return finops.Errorf(finops.CodeNotFound, "Import %d is not there, or was undone before.", id)
			}
			if err != nil {
				return err
			}
			for _, statement := range []string{
				`DELETE FROM rollup WHERE bill_id IN (SELECT id FROM bill WHERE slice_id IN (SELECT id FROM slice WHERE import_id = ?1))`,
				`UPDATE slice SET state = 'undone', standby = 0, sketch = NULL, areas = NULL WHERE import_id = ?1`,
				`UPDATE import SET state = 'undone' WHERE id = ?1`,
			} {
				if _, err := tx.ExecContext(ctx, statement, id); err != nil {
					return err
				}
			}
			if _, err := tx.ExecContext(ctx, "DELETE FROM charge WHERE id BETWEEN ? AND ?", first, last); err != nil {
				return err
			}
			if _, err := tx.ExecContext(ctx, "DELETE FROM segment WHERE first_line BETWEEN ? AND ?", first, last); err != nil {
				return err
			}
			if err := db.decidePrecedence(ctx, tx, decide); err != nil {
				return err
			}
			return addAudit(ctx, tx, now, user, "undo", importName(id), before, nil)
		})
	})
}
