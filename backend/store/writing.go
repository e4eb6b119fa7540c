package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"cloud-intelligence/backend/finops"
)

// Marks are the highest ids of the tables that an import adds to, before it began.
type Marks struct {
	Text, Period, Bill, SKU, Resource, Extra uint32
	SKUFacet, ResourceFacet                  uint32
	Slice, File, Reject                      uint32
	Custom                                   uint32
	Line                                     int64
}

// Writing is an import that is being written. It belongs to one goroutine, whose
// caller holds the write lock (DB.Exclusive). Nothing of it counts before Finish.
type Writing struct {
	db       *DB
	conn     *sql.Conn
	ID       int64
	Marks    Marks
	user     string
	custom   []CustomColumn
	charges  map[uint]*inserter // by the columns that a block uses
	inserted int64
}

// BeginImport opens an import, after removing what an earlier one that died has left.
func (db *DB) BeginImport(ctx context.Context, user string, now time.Time) (*Writing, error) {
	db.dropReserve()
	if err := db.removeUnfinished(ctx); err != nil {
		return nil, err
	}
	if err := db.reserve(); err != nil {
		return nil, err
	}
	w := &Writing{db: db, user: user, charges: map[uint]*inserter{}}
	err := db.inTx(ctx, func(tx *sql.Tx) error {
		if err := w.readMarks(ctx, tx); err != nil {
			return err
		}
		marks, err := json.Marshal(w.Marks)
		if err != nil {
			return err
		}
		r, err := tx.ExecContext(ctx, "INSERT INTO import (state, started_at, user, first_line, marks) VALUES ('writing', ?, ?, ?, ?)",
			now.UTC().Format(time.RFC3339Nano), user, w.Marks.Line+1, string(marks))
		if err != nil {
			return err
		}
		w.ID, err = r.LastInsertId()
		return err
	})
	if err != nil {
		db.dropReserve()
		return nil, err
	}
	if w.custom, err = db.CustomColumns(ctx); err == nil {
		w.conn, err = db.write.Conn(ctx)
	}
	if err != nil {
		// Also when ctx is cancelled, the workspace must be as it was.
		return nil, errors.Join(db.explain(err, "open a connection"), db.cleanUp(context.WithoutCancel(ctx)))
	}
	return w, nil
}

func (w *Writing) readMarks(ctx context.Context, tx *sql.Tx) error {
	m := &w.Marks
	for table, mark := range map[string]any{
		"text": &m.Text, "period": &m.Period, "bill": &m.Bill, "sku": &m.SKU, "resource": &m.Resource, "extra": &m.Extra, "sku_facet": &m.SKUFacet,
		"resource_facet": &m.ResourceFacet, "slice": &m.Slice, "import_file": &m.File, "reject": &m.Reject, "custom_column": &m.Custom, "charge": &m.Line,
	} {
		if err := tx.QueryRowContext(ctx, "SELECT coalesce(max(id), 0) FROM "+table).Scan(mark); err != nil {
			return err
		}
	}
	return nil
}

// Columns returns the custom columns of the ledger, adding those of names that it
// does not have yet. It must be called before the first block that uses them.
func (w *Writing) Columns(ctx context.Context, names []string) ([]CustomColumn, error) {
	known := map[string]bool{}
	for _, c := range w.custom {
		known[c.Name] = true
	}
	var fresh []string
	for _, name := range names {
		if !known[name] {
			known[name] = true
			fresh = append(fresh, name)
		}
	}
	const most = 1900 // SQLite allows 2,000 columns in a table
	if len(w.custom)+len(fresh) > most {
		return nil, finops.Errorf(finops.CodeUnsupported, "The workspace would have more than %d columns that FOCUS does not define. Import this file into a workspace of its own.", most)
	}
	if len(fresh) == 0 {
		return w.custom, nil
	}
	return w.custom, w.db.explain(w.addColumns(ctx, fresh), "add a column")
}

// addColumns adds all of them in one transaction and without the view, which SQLite would
// read again for each of them.
func (w *Writing) addColumns(ctx context.Context, names []string) error {
	tx, err := w.conn.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if _, err := tx.ExecContext(ctx, "DROP VIEW IF EXISTS focus"); err != nil {
		return err
	}
	var added []CustomColumn
	for _, name := range names {
		r, err := tx.ExecContext(ctx, "INSERT INTO custom_column (name) VALUES (?)", name)
		if err != nil {
			return err
		}
		id, err := r.LastInsertId()
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, "ALTER TABLE extra ADD COLUMN "+customColumn(id)+" INTEGER"); err != nil {
			return err
		}
		added = append(added, CustomColumn{id, name})
	}
	if err := createViews(ctx, tx); err != nil {
		return err
	}
	if err := tx.Commit(); err != nil {
		return err
	}
	w.custom = append(w.custom, added...)
	return nil
}

// Write adds a block in one transaction.
func (w *Writing) Write(ctx context.Context, b *Block) error {
	return w.transaction(ctx, func(conn driver.Conn) error { return w.writeBlock(ctx, conn, b) })
}

// transaction runs fn on the driver's connection, inside a transaction.
func (w *Writing) transaction(ctx context.Context, fn func(driver.Conn) error) error {
	err := w.conn.Raw(func(c any) error {
		conn, ok := c.(driver.Conn)
		if !ok {
			return fmt.Errorf("the SQLite driver hides its connection")
		}
		exec, ok := c.(driver.ExecerContext)
		if !ok {
			return fmt.Errorf("the SQLite driver has no ExecerContext")
		}
		if _, err := exec.ExecContext(ctx, "BEGIN IMMEDIATE", nil); err != nil {
			return err
		}
		err := fn(conn)
		if err == nil {
			_, err = exec.ExecContext(ctx, "COMMIT", nil)
		}
		if err != nil {
			_, _ = exec.ExecContext(context.WithoutCancel(ctx), "ROLLBACK", nil) // the first error is the one to report
		}
		return err
	})
	return w.db.explain(err, "write charges")
}

func (w *Writing) writeBlock(ctx context.Context, conn driver.Conn, b *Block) error {
	if err := w.writeReferences(ctx, conn, b); err != nil {
		return err
	}
	in, used := w.chargeInserter(conn, b)
	for i := range b.Rows {
		v := in.row()
		v[0].Value = b.FirstLine + int64(i)
		v[1].Value = int64(b.Keys[Period][i])
		v[2].Value = int64(b.Keys[Bill][i])
		v[3].Value = int64(b.Keys[SKU][i])
		v[4].Value = int64(b.Keys[Resource][i])
		at := 5
		if used&1 != 0 {
			v[at].Value = idValue(b.Keys[Extra][i])
			at++
		}
		for m := range Measures {
			if used&(4<<m) != 0 {
				v[at].Value = amountValue(b.Amounts[m][i], b.AmountTexts[m], i)
				at++
			}
		}
		if used&2 != 0 {
			v[at].Value = nil
			if b.Own[i] != "" {
				v[at].Value = b.Own[i]
			}
		}
		if err := in.push(ctx); err != nil {
			return err
		}
	}
	w.inserted += int64(b.Rows)
	return in.flush(ctx)
}

// chargeInserter returns the inserter for the columns that a block uses: bit 0 of used
// is extra_id, bit 1 own, bit 2+m measure m. Binding a column that is empty throughout
// costs as much as binding one that is not.
func (w *Writing) chargeInserter(conn driver.Conn, b *Block) (in *inserter, used uint) {
	columns := []string{"id", "period_id", "bill_id", "sku_id", "resource_id"}
	if slices.ContainsFunc(b.Keys[Extra], func(id uint32) bool { return id != 0 }) {
		used |= 1
		columns = append(columns, "extra_id")
	}
	for m, name := range Measures {
		if slices.ContainsFunc(b.Amounts[m], func(cell int64) bool { return cell != NoAmount }) {
			used |= 4 << m
			columns = append(columns, name)
		}
	}
	if b.Own != nil {
		used |= 2
		columns = append(columns, "own")
	}
	if w.charges[used] == nil {
		w.charges[used] = newInserter(conn, "charge", columns...)
	}
	return w.charges[used], used
}

func (w *Writing) writeReferences(ctx context.Context, conn driver.Conn, b *Block) error {
	steps := []func() error{
		func() error {
			return insertAll(ctx, newInserter(conn, "text", "id", "value", "raw"), b.Texts, func(v []driver.NamedValue, t Text) {
				v[0].Value, v[1].Value, v[2].Value = int64(t.ID), textValue(t.Value), textValue(t.Raw)
			})
		},
		func() error {
			return insertAll(ctx, newInserter(conn, "period", "id", "ChargePeriodStart", "ChargePeriodEnd", "start", "day"), b.Periods, func(v []driver.NamedValue, p PeriodRow) {
				v[0].Value, v[1].Value, v[2].Value, v[3].Value, v[4].Value = int64(p.ID), idValue(p.Start), idValue(p.End), p.StartUnix, int64(p.Day)
			})
		},
		func() error {
			return insertAll(ctx, newInserter(conn, "slice", "id", "import_id", "provider", "billing_account", "month", "state", "export", "part", "yields_to"), b.Slices, func(v []driver.NamedValue, s SliceRow) {
				v[0].Value, v[1].Value, v[2].Value, v[3].Value, v[4].Value, v[5].Value = int64(s.ID), w.ID, s.Provider, s.BillingAccount, s.Month.String(), "writing"
				v[6].Value, v[7].Value, v[8].Value = s.Export, s.Part, s.YieldsTo
			})
		},
		func() error { return insertTuples(ctx, conn, "sku_facet", "", skuFacetColumns, b.SKUFacets) },
		func() error {
			return insertTuples(ctx, conn, "resource_facet", "tagged", resourceFacetColumns, b.ResourceFacets)
		},
		func() error { return insertTuples(ctx, conn, "bill", "slice_id", groupColumns[Bill], b.Tuples[Bill]) },
		func() error { return insertTuples(ctx, conn, "sku", "facet_id", groupColumns[SKU], b.Tuples[SKU]) },
		func() error {
			return insertTuples(ctx, conn, "resource", "facet_id", groupColumns[Resource], b.Tuples[Resource])
		},
		func() error {
			columns := append([]string(nil), groupColumns[Extra]...)
			for _, c := range w.custom {
				columns = append(columns, customColumn(c.ID))
			}
			return insertTuples(ctx, conn, "extra", "", columns, b.Tuples[Extra])
		},
		func() error {
			return insertAll(ctx, newInserter(conn, "segment", "first_line", "column", "lines", "data"), b.Segments, func(v []driver.NamedValue, s SegmentRow) {
				v[0].Value, v[1].Value, v[2].Value, v[3].Value = s.FirstLine, s.Column, int64(s.Lines), s.Data
			})
		},
	}
	for _, step := range steps {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

func insertTuples(ctx context.Context, conn driver.Conn, table, owner string, columns []string, tuples []Tuple) error {
	if len(tuples) == 0 {
		return nil
	}
	all := []string{"id"}
	if owner != "" {
		all = append(all, owner)
	}
	at := len(all)
	return insertAll(ctx, newInserter(conn, table, append(all, columns...)...), tuples, func(v []driver.NamedValue, t Tuple) {
		v[0].Value = int64(t.ID)
		if owner != "" {
			v[1].Value = int64(t.Owner)
		}
		for i := range columns {
			v[at+i].Value = nil
			if i < len(t.Texts) {
				v[at+i].Value = idValue(t.Texts[i])
			}
		}
	})
}

func insertAll[T any](ctx context.Context, in *inserter, rows []T, fill func([]driver.NamedValue, T)) error {
	if len(rows) == 0 {
		return nil
	}
	if in.width*rowsPerStatement > 32000 { // SQLite allows 32,766 parameters
		return insertSingly(ctx, in, rows, fill)
	}
	for _, r := range rows {
		fill(in.row(), r)
		if err := in.push(ctx); err != nil {
			return err
		}
	}
	if err := in.flush(ctx); err != nil {
		return err
	}
	return in.close()
}

func insertSingly[T any](ctx context.Context, in *inserter, rows []T, fill func([]driver.NamedValue, T)) error {
	for _, r := range rows {
		fill(in.row(), r)
		if err := in.flush(ctx); err != nil {
			return err
		}
	}
	return nil
}
