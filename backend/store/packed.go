package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"io"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/segment"
)

// SegmentHead is the place of a segment.
type SegmentHead struct {
	FirstLine int64
	Lines     int
}

// Segments returns the places of the segments, ordered by line.
func (db *DB) Segments(ctx context.Context) ([]SegmentHead, error) {
	return db.segmentHeads(ctx, "SELECT first_line, lines FROM segment WHERE column = 'bill' ORDER BY first_line")
}

func (db *DB) segmentHeads(ctx context.Context, query string, args ...any) ([]SegmentHead, error) {
	rows, err := db.read.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, db.explain(err, "read the segments")
	}
	heads, err := scanAll(rows, func(h *SegmentHead) []any { return []any{&h.FirstLine, &h.Lines} })
	return heads, db.explain(err, "read the segments")
}

// packedBase names, by measure, the measure that it resembles and may be packed as the difference
// from; -1 for none.
var packedBase = [MeasureCount]int{-1, 0, 0, 0, -1, 4, 4, 1}

// PackSegment packs consecutive charges, whose ids are keys and whose measures are amounts.
func PackSegment(h SegmentHead, keys *[GroupCount][]uint32, amounts *[MeasureCount]*segment.Amounts) []SegmentRow {
	var rows []SegmentRow
	for g, ids := range keys {
		rows = append(rows, SegmentRow{h.FirstLine, Group(g).String(), h.Lines, segment.EncodeIDs(ids)})
	}
	for m := range amounts {
		rows = append(rows, packMeasure(h, amounts, m))
	}
	return rows
}

func packMeasure(h SegmentHead, amounts *[MeasureCount]*segment.Amounts, m int) SegmentRow {
	var base *segment.Amounts
	if b := packedBase[m]; b >= 0 && (m < CostCount || amounts[m].Resemble(amounts[b])) {
		base = amounts[b]
	}
	return SegmentRow{h.FirstLine, Measures[m], h.Lines, segment.EncodeAmounts(amounts[m], base)}
}

// PackedSegment reads the packed columns of consecutive charges, each at most once. It belongs to
// one goroutine.
type PackedSegment struct {
	SegmentHead
	db      *DB
	amounts [MeasureCount]*segment.Amounts
}

// Packed returns the packed columns of a segment; nothing is read yet.
func (db *DB) Packed(h SegmentHead) *PackedSegment { return &PackedSegment{SegmentHead: h, db: db} }

// Keys unpacks the ids of a group into dst, one for each line.
func (p *PackedSegment) Keys(ctx context.Context, g Group, dst []uint32) error {
	data, err := p.data(ctx, g.String())
	if err != nil {
		return err
	}
	if data == nil {
		return p.lacks(g.String())
	}
	return segment.DecodeIDs(dst, data)
}

// Amounts unpacks a measure. A quantity that is not packed, because an older version imported
// the lines, is read from the rows; see PackQuantities.
func (p *PackedSegment) Amounts(ctx context.Context, m int) (*segment.Amounts, error) {
	if p.amounts[m] == nil {
		if _, err := p.AmountsInto(ctx, m, make([]int64, p.Lines)); err != nil {
			return nil, err
		}
	}
	return p.amounts[m], nil
}

// AmountsInto is Amounts for a measure that was not unpacked before; dst, which has a place for
// each line, becomes its values.
func (p *PackedSegment) AmountsInto(ctx context.Context, m int, dst []int64) (*segment.Amounts, error) {
	data, err := p.data(ctx, Measures[m])
	switch {
	case err != nil:
		return nil, err
	case data == nil && m < CostCount:
		return nil, p.lacks(Measures[m])
	case data == nil:
		a, err := p.db.rowAmounts(ctx, p.SegmentHead, m)
		if err != nil {
			return nil, err
		}
		copy(dst, a.Values)
		a.Values = dst
		p.amounts[m] = a
		return a, nil
	}
	a, err := segment.DecodeAmounts(dst, data, func() (*segment.Amounts, error) {
		if packedBase[m] < 0 {
			return nil, nil
		}
		return p.Amounts(ctx, packedBase[m])
	})
	if err != nil {
		return nil, err
	}
	p.amounts[m] = a
	return a, nil
}

// data reads a packed column; nil when the workspace does not have it.
func (p *PackedSegment) data(ctx context.Context, column string) (data []byte, err error) {
	err = p.db.read.QueryRowContext(ctx, "SELECT data FROM segment WHERE first_line = ? AND column = ?", p.FirstLine, column).Scan(&data)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	return data, p.db.explain(err, "read a segment")
}

func (p *PackedSegment) lacks(column string) error {
	return finops.Errorf(finops.CodeCorrupt, "The workspace lacks the column %s of the lines from %d on. Undo the import and import its files again.", column, p.FirstLine)
}

// rowAmounts reads a measure of the lines of a segment from the rows. It answers CodeCorrupt
// when lines are missing.
func (db *DB) rowAmounts(ctx context.Context, h SegmentHead, m int) (*segment.Amounts, error) {
	amounts, known := make([]finops.Amount, 0, h.Lines), make([]bool, 0, h.Lines)
	var words []int
	query := "SELECT " + quote(Measures[m]) + " FROM charge WHERE id BETWEEN ? AND ? ORDER BY id"
	err := db.rawRows(ctx, query, []driver.Value{h.FirstLine, h.FirstLine + int64(h.Lines) - 1}, func(rows driver.Rows) error {
		cells := make([]driver.Value, 1)
		for {
			if err := rows.Next(cells); errors.Is(err, io.EOF) {
				return nil
			} else if err != nil {
				return err
			}
			a, is, err := CellAmount(cells[0])
			if err != nil { // a text that is no number
				words = append(words, len(amounts))
			}
			amounts, known = append(amounts, a), append(known, is)
		}
	})
	if err != nil {
		return nil, err
	}
	if len(amounts) != h.Lines {
		return nil, finops.Errorf(finops.CodeCorrupt, "The workspace lacks lines from %d on. Undo the import and import its files again.", h.FirstLine)
	}
	column := segment.NewAmounts(h.Lines, func(row int) (finops.Amount, bool) { return amounts[row], known[row] })
	for _, row := range words {
		column.Values[row] = segment.Word
	}
	return column, nil
}
