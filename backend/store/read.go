package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"cloud-intelligence/backend/finops"
)

// EachText calls fn for every text of the ledger, ordered by id.
func (db *DB) EachText(ctx context.Context, fn func(Text)) error {
	return db.eachRow(ctx, "SELECT id, value, raw FROM text ORDER BY id", "the texts", func(cells []driver.Value) bool {
		id, ok := cells[0].(int64)
		t := Text{ID: uint32(id)}
		if value, is := cells[1].(string); is {
			t.Value = &value
		}
		if raw, is := cells[2].(string); is {
			t.Raw = &raw
		}
		if ok {
			fn(t)
		}
		return ok
	})
}

// EachRawText calls fn for every text that the files spelled otherwise than its value.
func (db *DB) EachRawText(ctx context.Context, fn func(id uint32, raw *string)) error {
	rows, err := db.read.QueryContext(ctx, "SELECT id, raw FROM text WHERE raw IS NOT NULL")
	if err != nil {
		return db.explain(err, "read the texts")
	}
	type text struct {
		id  uint32
		raw *string
	}
	all, err := scanAll(rows, func(t *text) []any { return []any{&t.id, &t.raw} })
	for _, t := range all {
		fn(t.id, t.raw)
	}
	return db.explain(err, "read the texts")
}

// EachPeriod calls fn for every charge period, ordered by id.
func (db *DB) EachPeriod(ctx context.Context, fn func(PeriodRow)) error {
	rows, err := db.read.QueryContext(ctx, `SELECT id, coalesce("ChargePeriodStart", 0), coalesce("ChargePeriodEnd", 0), start, day FROM period ORDER BY id`)
	if err != nil {
		return db.explain(err, "read the charge periods")
	}
	defer rows.Close()
	for rows.Next() {
		var p PeriodRow
		if err := rows.Scan(&p.ID, &p.Start, &p.End, &p.StartUnix, &p.Day); err != nil {
			return db.explain(err, "read the charge periods")
		}
		fn(p)
	}
	return db.explain(rows.Err(), "read the charge periods")
}

// EachTuple calls fn for every row of a group's table (not Period), ordered by id, with
// the text ids of its columns; of Extra these are the ones that FOCUS has and then custom. The
// slice of texts is reused between calls.
func (db *DB) EachTuple(ctx context.Context, g Group, custom []CustomColumn, fn func(Tuple)) error {
	columns := append([]string(nil), groupColumns[g]...)
	owner := map[Group]string{Bill: "slice_id", SKU: "facet_id", Resource: "facet_id", Extra: "0"}[g]
	if g == Extra {
		for _, c := range custom {
			columns = append(columns, customColumn(c.ID))
		}
	}
	return db.eachTuple(ctx, g.String(), owner, columns, fn)
}

// EachFacet calls fn for every facet of SKU or Resource, ordered by id. Owner is 1 for
// a resource facet with tags.
func (db *DB) EachFacet(ctx context.Context, g Group, fn func(Tuple)) error {
	if g == SKU {
		return db.eachTuple(ctx, "sku_facet", "0", skuFacetColumns, fn)
	}
	return db.eachTuple(ctx, "resource_facet", "tagged", resourceFacetColumns, fn)
}

func (db *DB) eachTuple(ctx context.Context, table, owner string, columns []string, fn func(Tuple)) error {
	quoted := make([]string, len(columns))
	for i, c := range columns {
		quoted[i] = "coalesce(" + quote(c) + ", 0)"
	}
	t, numbers := Tuple{Texts: make([]uint32, len(columns))}, make([]int64, 2+len(columns))
	query := "SELECT id, " + owner + ", " + strings.Join(quoted, ", ") + " FROM " + table + " ORDER BY id"
	return db.eachRow(ctx, query, table, func(cells []driver.Value) bool {
		if !integers(numbers, cells) {
			return false
		}
		t.ID, t.Owner = uint32(numbers[0]), uint32(numbers[1])
		for i, id := range numbers[2:] {
			t.Texts[i] = uint32(id)
		}
		fn(t)
		return true
	})
}

// rollupPart is how many cells of the daily rollup are worth a reader of their own.
const rollupPart = 100_000

// EachRollup calls fn for every cell of the daily rollup of active slices whose bill is since or a later one. They are read in at most so many parts at the same time:
// the calls for a part come one after the other, those for different parts do not. An amount is a packed integer, NoAmount, or TextAmount with
// its text.
func (db *DB) EachRollup(ctx context.Context, parts int, since uint32, fn func(part int, r RollupRow, amounts *[CostCount]int64, texts *[CostCount]string)) error {
	var first, last int64
	err := db.read.QueryRowContext(ctx, "SELECT coalesce((SELECT min(rowid) FROM rollup), 0), coalesce((SELECT max(rowid) FROM rollup), -1)").Scan(&first, &last)
	if err != nil {
		return db.explain(err, "read the daily totals")
	}
	if since > 0 {
		if first, err = db.firstCell(ctx, first, last, since); err != nil {
			return err
		}
	}
	cells := last - first + 1
	n := min(int64(parts), cells/rollupPart+1)
	group, running := errgroup.WithContext(ctx)
	for part := range n {
		from, to := first+cells*part/n, first+cells*(part+1)/n-1
		group.Go(func() error {
			return db.rollupBetween(running, from, to, func(r RollupRow, amounts *[CostCount]int64, texts *[CostCount]string) {
				fn(int(part), r, amounts, texts)
			})
		})
	}
	return group.Wait()
}

// firstCell finds the first of the cells with ids from first to last whose bill is since or a later one: imports write their cells one after the other, and
// a later import has later bills.
func (db *DB) firstCell(ctx context.Context, first, last int64, since uint32) (int64, error) {
	for first <= last {
		middle := first + (last-first)/2
		var cell, bill int64
		err := db.read.QueryRowContext(ctx, "SELECT rowid, bill_id FROM rollup WHERE rowid >= ? ORDER BY rowid LIMIT 1", middle).Scan(&cell, &bill)
		switch {
		case errors.Is(err, sql.ErrNoRows), err == nil && bill >= int64(since):
			last = middle - 1
		case err == nil:
			first = cell + 1
		default:
			return 0, db.explain(err, "read the daily totals")
		}
	}
	return first, nil
}

// rollupBetween calls fn for the cells of the daily rollup of active slices with ids from first to last.
func (db *DB) rollupBetween(ctx context.Context, first, last int64, fn func(r RollupRow, amounts *[CostCount]int64, texts *[CostCount]string)) error {
	var numbers [5]int64
	// The list of bills is made once; to join them costs as much as the rollup itself.
	return db.eachRow(ctx, `SELECT bill_id, sku_facet_id, resource_facet_id, day, lines, "BilledCost", "EffectiveCost", "ListCost", "ContractedCost"
 FROM rollup WHERE rowid BETWEEN ? AND ? AND bill_id IN (SELECT b.id FROM bill b JOIN slice s ON s.id = b.slice_id WHERE s.state = 'active')`, "the daily totals", func(cells []driver.Value) bool {
		if !integers(numbers[:], cells) {
			return false
		}
		var amounts [CostCount]int64
		var texts [CostCount]string
		for i, v := range cells[len(numbers):] {
			amounts[i], texts[i] = readCell(v)
		}
		fn(RollupRow{Bill: uint32(numbers[0]), SKUFacet: uint32(numbers[1]), ResourceFacet: uint32(numbers[2]), Day: finops.Day(numbers[3]), Lines: numbers[4]}, &amounts, &texts)
		return true
	}, first, last)
}

// integers reads the first cells of a row; false where one is no integer.
func integers(into []int64, cells []driver.Value) bool {
	for i := range into {
		n, ok := cells[i].(int64)
		if !ok {
			return false
		}
		into[i] = n
	}
	return true
}

// eachRow calls fn with the cells of each row that a query finds, which are reused; fn answers
// false for a row that is damaged. what names in messages what is read.
func (db *DB) eachRow(ctx context.Context, query, what string, fn func(cells []driver.Value) bool, args ...driver.Value) error {
	return db.rawRows(ctx, query, args, func(rows driver.Rows) error {
		cells := make([]driver.Value, len(rows.Columns()))
		for {
			if err := rows.Next(cells); errors.Is(err, io.EOF) {
				return nil
			} else if err != nil {
				return err
			}
			if !fn(cells) {
				return finops.Errorf(finops.CodeCorrupt, "The workspace is damaged: a row of %s cannot be read.", what)
			}
		}
	})
}

func readCell(v any) (int64, string) {
	switch v := v.(type) {
	case int64:
		return v, ""
	case string:
		return TextAmount, v
	}
	return NoAmount, ""
}

// LastLine returns the last line of the imports that are finished.
func (db *DB) LastLine(ctx context.Context) (line int64, err error) {
	err = db.read.QueryRowContext(ctx, "SELECT coalesce(max(last_line), 0) FROM import WHERE state = 'done'").Scan(&line)
	return line, db.explain(err, "read the imports")
}

// Slices returns the slices of all imports, oldest first.
func (db *DB) Slices(ctx context.Context) ([]Slice, error) {
	slices, err := readSlices(ctx, db.read)
	return slices, db.explain(err, "read the slices")
}

func readSlices(ctx context.Context, q queryer) ([]Slice, error) {
	rows, err := q.QueryContext(ctx, `SELECT id, import_id, coalesce(file_id, 0), provider, billing_account, month, export, part, yields_to, state, standby, coalesce(replaced_by, 0), answer, legacy, coalesce(fixed_by, 0),
 lines, first_day, last_day, sketch, areas FROM slice WHERE state <> 'writing' ORDER BY id`)
	if err != nil {
		return nil, err
	}
	type row struct {
		Slice
		month string
	}
	all, err := scanAll(rows, func(s *row) []any {
		return []any{
			&s.ID, &s.ImportID, &s.FileID, &s.Provider, &s.BillingAccount, &s.month, &s.Export, &s.Part, &s.YieldsTo, &s.State, &s.Unused, &s.ReplacedBy, &s.Answer, &s.Legacy, &s.FixedBy,
			&s.Lines, &s.FirstDay, &s.LastDay, &s.Sketch, &s.Areas,
		}
	})
	if err != nil {
		return nil, err
	}
	slices := make([]Slice, len(all))
	for i, r := range all {
		if r.Slice.Month, err = finops.ParseMonth(r.month); err != nil {
			return nil, finops.WrapError(finops.CodeCorrupt, err, "The workspace names a billing month %q.", r.month)
		}
		slices[i] = r.Slice
	}
	return slices, nil
}

// ControlTotals returns the control totals of all slices.
func (db *DB) ControlTotals(ctx context.Context) ([]ControlTotal, error) {
	return db.controlTotals(ctx, db.read)
}

func (db *DB) controlTotals(ctx context.Context, q queryer) ([]ControlTotal, error) {
	rows, err := q.QueryContext(ctx, "SELECT slice_id, currency, metric, lines, known, amount FROM control_total ORDER BY slice_id, currency, metric")
	if err != nil {
		return nil, db.explain(err, "read the control totals")
	}
	type row struct {
		ControlTotal
		amount string
	}
	all, err := scanAll(rows, func(t *row) []any {
		return []any{&t.SliceID, &t.Currency, (*string)(&t.Metric), &t.Lines, &t.Known, &t.amount}
	})
	if err != nil {
		return nil, db.explain(err, "read the control totals")
	}
	totals := make([]ControlTotal, len(all))
	for i, r := range all {
		a, err := finops.ParseTotal([]byte(r.amount))
		if err != nil {
			return nil, finops.WrapError(finops.CodeCorrupt, err, "A control total of the workspace is damaged.")
		}
		r.ControlTotal.Amount.Add(a)
		totals[i] = r.ControlTotal
	}
	return totals, nil
}

// Imports returns all imports, newest first.
func (db *DB) Imports(ctx context.Context) ([]Import, error) {
	rows, err := db.read.QueryContext(ctx, "SELECT id, state, started_at, coalesce(finished_at, ''), duration_ms, user, lines, rejects, first_line, last_line FROM import WHERE state <> 'writing' ORDER BY id DESC")
	if err != nil {
		return nil, db.explain(err, "read the imports")
	}
	type row struct {
		Import
		started, finished string
		ms                int64
	}
	all, err := scanAll(rows, func(i *row) []any {
		return []any{&i.ID, &i.State, &i.started, &i.finished, &i.ms, &i.User, &i.Lines, &i.Rejects, &i.FirstLine, &i.LastLine}
	})
	if err != nil {
		return nil, db.explain(err, "read the imports")
	}
	imports := make([]Import, len(all))
	for i, r := range all {
		imports[i] = r.Import
		imports[i].Duration = time.Duration(r.ms) * time.Millisecond
		imports[i].StartedAt, _ = time.Parse(time.RFC3339Nano, r.started) // zero time when unreadable: it is only shown
		imports[i].FinishedAt, _ = time.Parse(time.RFC3339Nano, r.finished)
	}
	return imports, nil
}

// Files returns the files of all imports, in the order in which they were read.
func (db *DB) Files(ctx context.Context) ([]ImportFile, error) { return db.files(ctx, db.read) }

func (db *DB) files(ctx context.Context, q queryer) ([]ImportFile, error) {
	rows, err := q.QueryContext(ctx, `SELECT id, import_id, path, format, version, sha256, bytes, lines, rejects, columns, focus_columns, totals, warnings, series, delivery, delivered_at, coalesce(undone, 0)
 FROM import_file LEFT JOIN (SELECT file_id, min(state = 'undone') AS undone FROM slice WHERE file_id IS NOT NULL GROUP BY file_id) ON file_id = id ORDER BY id`)
	if err != nil {
		return nil, db.explain(err, "read the files")
	}
	type row struct {
		ImportFile
		columns, focus, warnings string
	}
	all, err := scanAll(rows, func(f *row) []any {
		return []any{&f.ID, &f.ImportID, &f.Path, &f.Format, &f.Version, &f.SHA256, &f.Bytes, &f.Lines, &f.Rejects, &f.columns, &f.focus, &f.Totals, &f.warnings, &f.Series, &f.Delivery, &f.DeliveredAt, &f.Undone}
	})
	if err != nil {
		return nil, db.explain(err, "read the files")
	}
	files := make([]ImportFile, len(all))
	for i, r := range all {
		files[i] = r.ImportFile
		if err := json.Unmarshal([]byte(r.columns), &files[i].Columns); err != nil {
			return nil, finops.WrapError(finops.CodeCorrupt, err, "The record of the file %s is damaged.", r.Path)
		}
		if err := json.Unmarshal([]byte(r.warnings), &files[i].Warnings); err != nil {
			return nil, finops.WrapError(finops.CodeCorrupt, err, "The record of the file %s is damaged.", r.Path)
		}
		if r.focus == "" {
			continue
		}
		if err := json.Unmarshal([]byte(r.focus), &files[i].Focus); err != nil {
			return nil, finops.WrapError(finops.CodeCorrupt, err, "The record of the file %s is damaged.", r.Path)
		}
	}
	return files, nil
}

// Rejects returns a page of the lines of an import that could not be read.
func (db *DB) Rejects(ctx context.Context, importID int64, offset, limit int) (rejects []RejectRow, total int, err error) {
	const from = " FROM reject r JOIN import_file f ON f.id = r.file_id WHERE f.import_id = ?"
	if err := db.read.QueryRowContext(ctx, "SELECT count(*)"+from, importID).Scan(&total); err != nil {
		return nil, 0, db.explain(err, "count the rejects")
	}
	rows, err := db.read.QueryContext(ctx, "SELECT f.path, r.line, r.reason, r.text"+from+" ORDER BY r.id LIMIT ? OFFSET ?", importID, limit, offset)
	if err != nil {
		return nil, 0, db.explain(err, "read the rejects")
	}
	rejects, err = scanAll(rows, func(r *RejectRow) []any { return []any{&r.File, &r.Line, &r.Reason, &r.Text} })
	return rejects, total, db.explain(err, "read the rejects")
}

// ChargeRow is a charge as it is stored.
type ChargeRow struct {
	ID      int64
	Keys    [GroupCount]uint32
	Amounts []any // per measure: int64 packed, string, or nil
	Own     *string
}

const chargeColumns = `id, period_id, bill_id, sku_id, resource_id, coalesce(extra_id, 0), "BilledCost", "EffectiveCost", "ListCost", "ContractedCost", "PricingQuantity", "ConsumedQuantity", "CommitmentDiscountQuantity", "PricingCurrencyEffectiveCost", own`

// Charges calls fn for the charges with ids from first to last, in order. The row is
// reused between calls; fn ends the reading by returning an error.
func (db *DB) Charges(ctx context.Context, first, last int64, fn func(*ChargeRow) error) error {
	return db.charges(ctx, fn, "id BETWEEN ? AND ? ORDER BY id", first, last)
}

// ChargesByID calls fn for the charges with the given ids, in any order.
func (db *DB) ChargesByID(ctx context.Context, ids []int64, fn func(*ChargeRow) error) error {
	list, err := json.Marshal(ids)
	if err != nil {
		return fmt.Errorf("list the ids: %w", err)
	}
	return db.charges(ctx, fn, "id IN (SELECT value FROM json_each(?))", string(list))
}

func (db *DB) charges(ctx context.Context, fn func(*ChargeRow) error, where string, args ...driver.Value) error {
	return db.rawRows(ctx, "SELECT "+chargeColumns+" FROM charge WHERE "+where, args, func(rows driver.Rows) error {
		r := ChargeRow{Amounts: make([]any, len(Measures))}
		cells := make([]driver.Value, 1+GroupCount+len(Measures)+1)
		for {
			if err := rows.Next(cells); errors.Is(err, io.EOF) {
				return nil
			} else if err != nil {
				return err
			}
			if err := r.fill(cells); err != nil {
				return err
			}
			if err := fn(&r); err != nil {
				return err
			}
		}
	})
}

func (r *ChargeRow) fill(cells []driver.Value) error {
	for i := range 1 + GroupCount {
		id, ok := cells[i].(int64)
		if !ok || id < 0 {
			return finops.Errorf(finops.CodeCorrupt, "A charge line is damaged: it refers to nothing.")
		}
		if i == 0 {
			r.ID = id
		} else {
			r.Keys[i-1] = uint32(id)
		}
	}
	for i := range r.Amounts {
		r.Amounts[i] = cells[1+GroupCount+i]
	}
	r.Own = nil
	if own, ok := cells[len(cells)-1].(string); ok {
		r.Own = &own
	}
	return nil
}

// rawRows runs a query on the driver's connection. Reading a million rows through
// database/sql takes twice as long.
func (db *DB) rawRows(ctx context.Context, query string, args []driver.Value, read func(driver.Rows) error) error {
	conn, err := db.read.Conn(ctx)
	if err != nil {
		return db.explain(err, "open a connection")
	}
	defer conn.Close()
	named := make([]driver.NamedValue, len(args))
	for i, v := range args {
		named[i] = driver.NamedValue{Ordinal: i + 1, Value: v}
	}
	err = conn.Raw(func(c any) error {
		q, ok := c.(driver.QueryerContext)
		if !ok {
			return fmt.Errorf("the SQLite driver has no QueryerContext")
		}
		rows, err := q.QueryContext(ctx, query, named)
		if err != nil {
			return err
		}
		defer rows.Close()
		return read(rows)
	})
	return db.explain(err, "read the ledger")
}

// Sums is what verifying reads back from the charges: per bill row and scale.
type Sums struct {
	Lines int64
	Known [CostCount]int64
	Sum   [CostCount]finops.Sum
}

// ChargeSums adds the stored charges with ids from first to last by bill row. It reads
// the rows themselves, not the rollups or segments.
func (db *DB) ChargeSums(ctx context.Context, first, last int64) (map[uint32]*Sums, error) {
	sums := map[uint32]*Sums{}
	err := db.rawRows(ctx, `SELECT bill_id, "BilledCost", "EffectiveCost", "ListCost", "ContractedCost" FROM charge WHERE id BETWEEN ? AND ?`,
		[]driver.Value{first, last}, func(rows driver.Rows) error { return addRows(rows, sums) })
	return sums, err
}

func addRows(rows driver.Rows, sums map[uint32]*Sums) error {
	cells := make([]driver.Value, 1+CostCount)
	var s *Sums
	last := int64(-1)
	for {
		if err := rows.Next(cells); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
		bill, ok := cells[0].(int64)
		if !ok {
			return finops.Errorf(finops.CodeCorrupt, "A charge names no bill.")
		}
		if bill != last {
			last = bill
			if s = sums[uint32(bill)]; s == nil {
				s = &Sums{}
				sums[uint32(bill)] = s
			}
		}
		s.Lines++
		for m, cell := range cells[1:] {
			a, known, err := CellAmount(cell)
			if err != nil {
				return err
			}
			if known {
				s.Known[m]++
				s.Sum[m].Add(a)
			}
		}
	}
}

// CellAmount decodes a stored amount; known is false where there is no value.
func CellAmount(cell any) (a finops.Amount, known bool, err error) {
	switch v := cell.(type) {
	case int64:
		return finops.Unpack(v), true, nil
	case string:
		if finops.IsNull([]byte(v)) {
			return a, false, nil
		}
		a, err = finops.ParseAmount([]byte(v))
		if err != nil {
			return a, false, finops.WrapError(finops.CodeCorrupt, err, "A charge has an amount that cannot be read.")
		}
		return a, true, nil
	case nil:
		return a, false, nil
	}
	return a, false, finops.Errorf(finops.CodeCorrupt, "A charge has an amount of the type %T.", cell)
}

// CheckIntegrity lets SQLite check the file's structure; it answers CodeCorrupt with
// the first finding.
func (db *DB) CheckIntegrity(ctx context.Context) error {
	var finding string
	if err := db.read.QueryRowContext(ctx, "PRAGMA quick_check(1)").Scan(&finding); err != nil {
		return db.explain(err, "check the file")
	}
	if finding != "ok" {
		return finops.WrapError(finops.CodeCorrupt, fmt.Errorf("quick_check: %s", finding), "The workspace file is damaged. Restore it from a copy, or import the bills into a new workspace.")
	}
	return nil
}

// Size returns the bytes of the workspace on disk, its write-ahead log included.
func (db *DB) Size(ctx context.Context) (int64, error) {
	var pages, size int64
	if err := db.read.QueryRowContext(ctx, "SELECT * FROM pragma_page_count, pragma_page_size").Scan(&pages, &size); err != nil {
		return 0, db.explain(err, "measure the file")
	}
	return pages * size, nil
}

// OwnColumns returns the columns that have values kept with the lines.
func (db *DB) OwnColumns(ctx context.Context) (map[string]bool, error) {
	rows, err := db.read.QueryContext(ctx, "SELECT name FROM own_column")
	if err != nil {
		return nil, db.explain(err, "read the columns")
	}
	names, err := scanAll(rows, func(s *string) []any { return []any{s} })
	own := map[string]bool{}
	for _, n := range names {
		own[n] = true
	}
	return own, db.explain(err, "read the columns")
}

// LineValues calls fn with the value of a measure, or of a column of extra, for the
// charges with ids from first to last, in order.
func (db *DB) LineValues(ctx context.Context, first, last int64, column string, fn func(line int64, value *string)) error {
	expression := amountSQL("c." + quote(column))
	if MeasureIndex(column) < 0 {
		physical := quote(column)
		custom, err := db.CustomColumns(ctx)
		if err != nil {
			return err
		}
		for _, c := range custom {
			if c.Name == column {
				physical = customColumn(c.ID)
			}
		}
		expression = "coalesce(" + textSQL("e."+physical) + ", " + ownSQL(column) + ")"
	}
	rows, err := db.read.QueryContext(ctx, "SELECT c.id, "+expression+" FROM charge c LEFT JOIN extra e ON e.id = c.extra_id WHERE c.id BETWEEN ? AND ? ORDER BY c.id", first, last)
	if err != nil {
		return db.explain(err, "read a column of the charges")
	}
	defer rows.Close()
	for rows.Next() {
		var line int64
		var value *string
		if err := rows.Scan(&line, &value); err != nil {
			return db.explain(err, "read a column of the charges")
		}
		fn(line, value)
	}
	return db.explain(rows.Err(), "read a column of the charges")
}

// BillCurrencies returns currency and slice of the rows of the bill table.
func (db *DB) BillCurrencies(ctx context.Context) (currency map[uint32]string, slice map[uint32]int64, err error) {
	rows, err := db.read.QueryContext(ctx, `SELECT b.id, b.slice_id, coalesce(t.value, '') FROM bill b LEFT JOIN text t ON t.id = b."BillingCurrency"`)
	if err != nil {
		return nil, nil, db.explain(err, "read the bills")
	}
	type row struct {
		id       uint32
		slice    int64
		currency string
	}
	all, err := scanAll(rows, func(r *row) []any { return []any{&r.id, &r.slice, &r.currency} })
	currency, slice = map[uint32]string{}, map[uint32]int64{}
	for _, r := range all {
		currency[r.id], slice[r.id] = r.currency, r.slice
	}
	return currency, slice, db.explain(err, "read the bills")
}

// LinesWithOwn calls fn for the charges that hold a text, ignoring the case of ASCII
// letters, in a value that is kept with the line.
func (db *DB) LinesWithOwn(ctx context.Context, text string, fn func(line int64)) error {
	pattern := "%" + strings.NewReplacer(`\`, `\\`, "%", `\%`, "_", `\_`).Replace(text) + "%"
	rows, err := db.read.QueryContext(ctx, `SELECT id FROM charge WHERE own IS NOT NULL AND EXISTS (SELECT 1 FROM json_each(charge.own) WHERE value LIKE ? ESCAPE '\')`, pattern)
	if err != nil {
		return db.explain(err, "search the charges")
	}
	lines, err := scanAll(rows, func(line *int64) []any { return []any{line} })
	for _, line := range lines {
		fn(line)
	}
	return db.explain(err, "search the charges")
}
