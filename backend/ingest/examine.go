package ingest

import (
	"context"
	"fmt"
	"maps"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/source"
	"cloud-intelligence/backend/store"
)

// Examination is what reading files to their end has shown, without writing anything. Outlook
// says from it what an import of them would do, as often as a person changes an answer.
// It may be used by several goroutines.
type Examination struct {
	Files []ExaminedFile

	db    *store.DB
	known []FileResult
	again map[int64]source.Delivery
	read  *run
}

// ExaminedFile is what became of one file. Trouble is why it cannot be imported, nil where it
// can; what was read of it before does not count then.
type ExaminedFile struct {
	FileResult
	Trouble error
}

// The ids of what is examined are above those of every ledger.
const (
	examinedImport = 1 << 40
	examinedSlice  = 1 << 31
)

// Examine reads files to their end, as Run does, but needs no write lock and changes nothing. A
// file that cannot be read does not keep it from the others. The error is the cause of a
// cancelled ctx, or that of a workspace that cannot be read.
func Examine(ctx context.Context, db *store.DB, items []Item, opts Options) (*Examination, error) {
	r := &run{db: db, opts: opts, result: &Result{}, tally: &tally{slices: map[sliceKey]*sliceTally{}}, again: map[int64]source.Delivery{}}
	e := &Examination{db: db, again: r.again, read: r}
	r.trouble = func(_ context.Context, item Item, err error) bool { e.trouble(item, err); return true }
	fresh, err := r.splitKnown(ctx, items)
	if err != nil {
		return nil, cancelledOr(ctx, err)
	}
	e.known = r.result.Files
	for _, f := range e.known {
		e.Files = append(e.Files, ExaminedFile{FileResult: f})
	}
	var names []string
	for _, item := range fresh {
		names = append(names, customNames(item.Recognition.Columns)...)
		r.total += item.Recognition.File.Size
	}
	r.custom = columnsOf(names)
	r.id, r.marks = examinedImport, store.Marks{Slice: examinedSlice, File: examinedSlice}
	r.coder = newCoder(emptyDictionary(r.marks), 1, r.tally)
	for _, item := range fresh {
		if err := e.file(ctx, item); err != nil {
			return nil, cancelledOr(ctx, err)
		}
	}
	r.coder = nil // what it remembers is not needed any more
	return e, nil
}

func (e *Examination) trouble(item Item, err error) {
	rec := item.Recognition
	e.Files = append(e.Files, ExaminedFile{FileResult{File: rec.File, Format: rec.Format, Version: rec.Version}, err})
}

// file reads one file. Where it cannot be read, nothing of it stays.
func (e *Examination) file(ctx context.Context, item Item) error {
	r := e.read
	done := len(r.files)
	err := r.readFile(ctx, item, func() error { r.coder.discard(); return nil })
	r.coder.discard()
	switch {
	case ctx.Err() != nil:
		return context.Cause(ctx)
	case err == nil && r.results[done].Lines == 0 && r.results[done].Rejects > 0:
		err = finops.Errorf(finops.CodeInvalid, "No line of it can be read: %s.", firstReason(r.files[done:]))
		r.files, r.results, r.headers, r.focus = r.files[:done], r.results[:done], r.headers[:done], r.focus[:done]
	case err == nil:
		e.Files = append(e.Files, ExaminedFile{FileResult: *r.results[done]})
		return nil
	case finops.CodeOf(err) == finops.CodeInternal:
		return fmt.Errorf("examine %s: %w", item.Recognition.File.Name(), err)
	}
	name := item.Recognition.File.Name()
	maps.DeleteFunc(r.tally.slices, func(k sliceKey, _ *sliceTally) bool { return k.file.name == name })
	e.trouble(item, err)
	return nil
}

// Outlook says what an import of the files that can be read would do with these answers; a file
// whose answer is OverlapLeave is left out. Its result has no import, no changes and no hold.
func (e *Examination) Outlook(ctx context.Context, answers map[string]Overlap) (*Result, error) {
	r := &run{
		db: e.db, opts: Options{Answers: answers}, result: &Result{}, tally: &tally{slices: map[sliceKey]*sliceTally{}},
		again: maps.Clone(e.again), id: e.read.id, marks: e.read.marks,
	}
	for _, f := range e.known {
		if answers[f.File.Name()] != OverlapLeave {
			r.result.Files = append(r.result.Files, f)
		}
	}
	for i, f := range e.read.files {
		if answers[f.name] != OverlapLeave {
			r.files, r.results, r.headers = append(r.files, f), append(r.results, e.read.results[i]), append(r.headers, e.read.headers[i])
		}
	}
	for k, s := range e.read.tally.slices {
		if answers[k.file.name] != OverlapLeave {
			r.tally.slices[k] = s
		}
	}
	if len(r.files) > 0 {
		if _, err := r.settle(ctx); err != nil {
			return nil, fmt.Errorf("compare with the workspace: %w", err)
		}
	}
	r.reportFiles()
	return r.result, nil
}

// columnsOf gives the columns that FOCUS does not have their places.
func columnsOf(names []string) (list []store.CustomColumn) {
	seen := map[string]bool{}
	for _, name := range names {
		if !seen[name] {
			seen[name] = true
			list = append(list, store.CustomColumn{ID: int64(len(list)) + 1, Name: name})
		}
	}
	return list
}
