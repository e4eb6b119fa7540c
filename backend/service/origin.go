package service

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"

	"cloud-intelligence/backend/engine"
	"cloud-intelligence/backend/ingest"
	"cloud-intelligence/backend/source/opener"
	"cloud-intelligence/backend/store"
)

// Origin says where a charge line comes from.
type Origin struct {
	ingest.Bill
	ImportID int64
	File     string // "" where an older version imported several files at once
	// Record counts the charges of the file from 1, without those that were skipped; 0 = not known.
	Record int64
	// Line is the line of a text file, or the row of a table, from 1; 0 where the file is not there
	// as it was imported, is an entry of an archive, or is too long to be read for it.
	Line int64
}

// recordsRead is how many records of a file are read again to find the line of one: at most two seconds.
const recordsRead = 300_000

// Origin finds where the line at an offset of a question comes from. It answers CodeNotFound where
// the question has no such line.
func (w Ledger) Origin(ctx context.Context, q engine.LinesQuestion, at int) (o Origin, err error) {
	_, sliceOf, err := w.db.BillCurrencies(ctx)
	if err != nil {
		return o, err
	}
	all, err := w.db.Slices(ctx)
	if err != nil {
		return o, err
	}
	byID := make(map[int64]store.Slice, len(all))
	for _, s := range all {
		byID[s.ID] = s
	}
	fileOf := func(bill uint32) int64 { return byID[sliceOf[bill]].FileID }
	bill, before, err := w.engine.Place(ctx, q, at, func(a, b uint32) bool { return fileOf(a) == fileOf(b) })
	if err != nil {
		return o, err
	}
	s := byID[sliceOf[bill]]
	o = Origin{Bill: billOfSlice(s), ImportID: s.ImportID}
	files, err := w.db.Files(ctx)
	if err != nil {
		return o, err
	}
	i := slices.IndexFunc(files, func(f store.ImportFile) bool { return f.ID == s.FileID })
	if s.FileID == 0 || i < 0 {
		return o, nil
	}
	o.File, o.Record = files[i].Path, before+1
	o.Line, err = Imports(w).lineOf(ctx, files[i], o.Record)
	return o, err
}

// lineOf reads a file again up to a record and returns its line; 0 where that is not possible.
func (w Imports) lineOf(ctx context.Context, f store.ImportFile, record int64) (int64, error) {
	if info, err := os.Stat(f.Path); err != nil || info.Size() != f.Bytes || record+f.Rejects > recordsRead {
		return 0, nil
	}
	skipped, err := w.skippedLines(ctx, f)
	if err != nil {
		return 0, err
	}
	plan, err := w.Plan(ctx, []string{f.Path})
	if err != nil || len(plan.Files) != 1 || plan.Files[0].Recognition.Format != f.Format {
		return 0, err
	}
	reader, err := opener.Open(ctx, plan.Files[0].Source, plan.Files[0].Recognition)
	if err != nil {
		return 0, nil // what became of the file is no fault of the ledger
	}
	defer func() { _ = reader.Close() }() // it was only read
	for last := int64(0); ; {
		b, err := reader.Next(ctx)
		if ctx.Err() != nil {
			return 0, fmt.Errorf("look for a line: %w", context.Cause(ctx))
		}
		if errors.Is(err, io.EOF) || err != nil {
			return 0, nil
		}
		for _, line := range b.Lines[:b.Rows] {
			switch {
			case skipped[line]:
				if line == last { // of a line that makes several charges it is not known which were skipped
					b.Release()
					return 0, nil
				}
			case record == 1:
				b.Release()
				return line, nil
			default:
				record--
			}
			last = line
		}
		b.Release()
	}
}

// skippedLines are the lines of a file that could not be read.
func (w Imports) skippedLines(ctx context.Context, f store.ImportFile) (map[int64]bool, error) {
	skipped := map[int64]bool{}
	if f.Rejects == 0 {
		return skipped, nil
	}
	rows, _, err := w.db.Rejects(ctx, f.ImportID, 0, recordsRead)
	if err != nil {
		return nil, err
	}
	for _, r := range rows {
		if r.File == f.Path {
			skipped[r.Line] = true
		}
	}
	return skipped, nil
}
