package store

import (
	"context"
	"time"
)

// Unpacked returns the segments of finished imports that lack a packed quantity, ordered by
// line: those that a version wrote which packed the costs only.
func (db *DB) Unpacked(ctx context.Context) ([]SegmentHead, error) {
	last, err := db.LastLine(ctx)
	if err != nil {
		return nil, err
	}
	query, args := "SELECT first_line, lines FROM segment WHERE column = 'bill' AND first_line <= ?", []any{last}
	for i, column := range Measures[CostCount:] {
		word := " OR"
		if i == 0 {
			word = " AND ("
		}
		query, args = query+word+" first_line NOT IN (SELECT first_line FROM segment WHERE column = ?)", append(args, column)
	}
	return db.segmentHeads(ctx, query+") ORDER BY first_line", args...)
}

// PackQuantities packs the quantities of the lines of a segment that Unpacked returned. It reads
// while others write, and writes in one short transaction: also when the process dies, a
// segment has all its quantities packed or is as before. A segment that was undone
// meanwhile is left alone. It answers CodeDenied where the workspace can only be read,
// CodeUnavailable when its turn to write did not come, CodeCorrupt when lines are missing.
func (db *DB) PackQuantities(ctx context.Context, h SegmentHead) error {
	if err := db.mayWrite(); err != nil {
		return err
	}
	for {
		version, err := db.DataVersion(ctx)
		if err != nil {
			return err
		}
		rows, failed := db.packQuantities(ctx, h)
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		if kept, err := db.keepPacked(ctx, version, h, rows, failed); kept || err != nil {
			return err
		}
	}
}

func (db *DB) packQuantities(ctx context.Context, h SegmentHead) (rows []SegmentRow, err error) {
	packed := db.Packed(h)
	for m := CostCount; m < MeasureCount; m++ {
		for _, needed := range []int{m, packedBase[m]} {
			if needed < 0 {
				continue
			}
			if _, err := packed.Amounts(ctx, needed); err != nil {
				return nil, err
			}
		}
		rows = append(rows, packMeasure(h, &packed.amounts, m))
	}
	return rows, nil
}

// keepPacked writes packed columns, unless the ledger has changed since it had the given
// version: then what was read, or failed to be, may have been of another import.
func (db *DB) keepPacked(ctx context.Context, version int64, h SegmentHead, rows []SegmentRow, failed error) (kept bool, err error) {
	err = db.UserWrite(ctx, "", time.Time{}, func(tx *UserTx) error {
		var now int64
		if err := tx.tx.QueryRowContext(ctx, dataVersion).Scan(&now); err != nil || now != version {
			return err
		}
		kept = true
		var there bool
		if err := tx.tx.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM segment WHERE first_line = ? AND column = 'bill' AND lines = ?)", h.FirstLine, h.Lines).Scan(&there); err != nil || !there {
			return err
		}
		if failed != nil {
			return failed
		}
		for _, r := range rows {
			if _, err := tx.tx.ExecContext(ctx, "INSERT OR REPLACE INTO segment (first_line, column, lines, data) VALUES (?, ?, ?, ?)", r.FirstLine, r.Column, r.Lines, r.Data); err != nil {
				return err
			}
		}
		return nil
	})
	return kept, err
}
