package service

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"cloud-intelligence/backend/engine"
	"cloud-intelligence/backend/ingest"
	"cloud-intelligence/backend/source"
	"cloud-intelligence/backend/source/opener"
	"cloud-intelligence/backend/store"
)

// Origin says where a charge line comes from. It crosses to the window as it is.
type Origin struct {
	ingest.Bill
	ImportID int64  `json:"importId"`
	File     string `json:"file"` // "" where an older version imported several files at once
	// Record counts the charges of the file from 1, without those that were skipped; 0 = not known.
	Record int64 `json:"record"`
	// Line is the line of a text file, or the row of a table, from 1; 0 = not known.
	Line int64 `json:"line"`
	// NoLine says in a sentence why the line is not known; "" where it is.
	NoLine string `json:"noLine"`
}

// Why the line of a charge is not known.
const (
	noLineJoined  = "It was imported by an older version, which did not keep which file a charge is from."
	noLineGone    = "The file is not there any more."
	noLineChanged = "The file was changed since it was imported."
	noLineFar     = "The file is not read again this far, since it would take too long."
	noLineUnread  = "The file cannot be read any more as it was imported."
)

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
		o.NoLine = noLineJoined
		return o, nil
	}
	o.File, o.Record = files[i].Path, before+1
	o.Line, o.NoLine, err = Imports(w).lineOf(ctx, files[i], o.Record)
	return o, err
}

// whereWas finds an imported file where it was, also inside an archive; a sentence says why it cannot be used.
func (w Imports) whereWas(ctx context.Context, f store.ImportFile) (file source.File, reason string) {
	path := f.Path
	info, err := os.Stat(path)
	for err != nil && filepath.Dir(path) != path { // an entry is named after its archive
		path = filepath.Dir(path)
		info, err = os.Stat(path)
	}
	if err != nil || info.IsDir() {
		return file, noLineGone
	}
	files, _, err := source.Expand(ctx, []string{path})
	i := slices.IndexFunc(files, func(one source.File) bool { return one.Name() == f.Path })
	switch {
	case err != nil:
		return file, noLineUnread
	case i < 0:
		return file, noLineGone
	case files[i].ContentSize() != f.Bytes:
		return file, noLineChanged
	}
	return files[i], ""
}

// lineOf reads a file again up to a record and returns its line, or a sentence on why that is not possible.
func (w Imports) lineOf(ctx context.Context, f store.ImportFile, record int64) (line int64, reason string, err error) {
	file, reason := w.whereWas(ctx, f)
	if reason != "" {
		return 0, reason, nil
	}
	if record+f.Rejects > recordsRead {
		return 0, noLineFar, nil
	}
	skipped, err := w.skippedLines(ctx, f)
	if err != nil {
		return 0, "", err
	}
	reader, err := w.reread(ctx, file, f.Format)
	if err != nil {
		return 0, noLineUnread, nil
	}
	defer func() { _ = reader.Close() }() // it was only read
	line, err = lineAt(ctx, reader, skipped, record)
	if err == nil && line == 0 {
		reason = noLineUnread
	}
	return line, reason, err
}

// reread opens a file as it was imported; an error also says that it is recognised as something else today.
func (w Imports) reread(ctx context.Context, file source.File, format string) (source.Reader, error) {
	sources, err := w.registry(ctx)
	if err != nil {
		return nil, err
	}
	look, err := opener.Look(ctx, file)
	if err != nil {
		return nil, fmt.Errorf("look at %s: %w", file.Name(), err)
	}
	rec, src, ok, err := w.recognize(ctx, sources, look)
	if err = errors.Join(err, look.Close()); err != nil {
		return nil, fmt.Errorf("recognize %s: %w", file.Name(), err)
	}
	if !ok || rec.Format != format {
		return nil, fmt.Errorf("%s is no longer of the format %s", file.Name(), format)
	}
	reader, err := opener.Open(ctx, src, rec)
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", file.Name(), err)
	}
	return reader, nil
}

// lineAt returns the line of the record that counts so many of those that were not skipped; 0 where it is not found.
func lineAt(ctx context.Context, reader source.Reader, skipped map[int64]bool, record int64) (int64, error) {
	for last := int64(0); ; {
		b, err := reader.Next(ctx)
		if ctx.Err() != nil {
			return 0, fmt.Errorf("look for a line: %w", context.Cause(ctx))
		}
		if err != nil { // the end, or damage that the import did not meet
			return 0, nil //nolint:nilerr // 0 says that it was not found
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
