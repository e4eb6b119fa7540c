// Package source is the contract between billing files and the ledger. A source
// knows one family of files, recognises them by content and yields their records
// as FOCUS-named columns of raw text; it decides nothing about money or storage.
//
// Sources import package finops only. What a record means is settled by package
// ingest; a source reports a record that it cannot split as a Reject and goes on.
package source

import (
	"context"
	"fmt"
	"io"
)

// File is one billing file to be read: a file on disk, or one entry of a .zip. A
// source never holds a whole file in memory.
type File struct {
	Path  string // on disk
	Entry string // name inside a .zip archive, "" otherwise
	Size  int64  // bytes on disk that reading it takes; for an entry, those it is packed into

	Unpacked int64 // bytes of an entry when it is unpacked; 0 for a file on disk

	Delivery Delivery // set by Registry.Select where the source knows it
}

// Delivery says which files a provider delivered together. Files of one delivery are parts of
// it, never states of each other; a later delivery of a series takes the place of an earlier one
// whole. The zero value says that nothing is known.
type Delivery struct {
	Series string // what is delivered again and again: a report or an export, for one period, which stands behind the last NUL where there is no ID
	ID     string // of the delivery; "" = its files may be states of each other, too
	At     string // when, in a form that orders the deliveries of a series; "" = not known
}

// Name returns the path, followed by the entry for a file inside an archive.
func (f File) Name() string {
	if f.Entry == "" {
		return f.Path
	}
	return f.Path + "/" + f.Entry
}

// ContentSize returns the bytes of the file itself, as it lies on the disk or in an archive: two
// files of different sizes are not the same file.
func (f File) ContentSize() int64 {
	if f.Entry == "" {
		return f.Size
	}
	return f.Unpacked
}

// Column is a column of a file.
type Column struct {
	Name  string // FOCUS name, or the name as written for a column FOCUS does not have
	Raw   string // as written in the file
	Focus bool   // Name is a FOCUS column
	// Total names the provider's own measure that the column holds ("unblended"). Its
	// exact sum is kept with the control totals beside the FOCUS costs. "" for none.
	Total string
	// Part says that the values name the part of the bill that the record belongs to; see
	// Recognition.Yields. Such a column is not kept in the ledger.
	Part bool
}

// Recognition says what a file is.
type Recognition struct {
	File       File
	Format     string  // "focus-csv", "focus-parquet"
	Version    string  // FOCUS version, "1.2"
	Confidence float64 // 0..1
	Reason     string  // a sentence: why this format and version
	Form       Form
	Header     []string // the names of the file's columns, as it writes them
	Columns    []Column
	Dialect    string // a sentence on the spelling: "UTF-8 with BOM, comma, CRLF, gzip"
	Warnings   []string
	// Yields is set where a provider exports several views of the same charges, of which
	// one must not be added to the other. The column marked Part names the part of each
	// record, as "view" or "view/rest"; Yields says which part gives way to which where both
	// are held of a bill: "actual" to "amortized". A part that is no key always counts.
	Yields map[string]string
}

// Batch is a block of records as raw text. Fields point into Buf; a batch is valid
// until it is given back with Release.
type Batch struct {
	Buf     []byte
	Bounds  []Bound // row-major, Rows × Columns
	Rows    int
	Columns int
	Lines   []int64  // per row: line number in the file (CSV, first line = 1) or row number (Parquet)
	Rejects []Reject // records between the rows that could not be split

	release func(*Batch)
}

// Bound is the place of a field in Buf. A field that the file marks as null
// (Parquet) has End < Start.
type Bound struct{ Start, End uint32 }

// Field returns the raw text of a field; nil for a null of a typed file.
func (b *Batch) Field(row, column int) []byte {
	f := b.Bounds[row*b.Columns+column]
	if f.End < f.Start {
		return nil
	}
	return b.Buf[f.Start:f.End:f.End]
}

// SetRelease names the function that takes the batch back; sources use it to keep
// a small pool.
func (b *Batch) SetRelease(f func(*Batch)) { b.release = f }

// Release gives the batch back to its source.
func (b *Batch) Release() {
	if b.release != nil {
		b.release(b)
	}
}

// Reject is a record that cannot be read: it is listed, counted and shown, never
// dropped in silence.
type Reject struct {
	Line   int64  // line number in the file, first line = 1
	Reason string // a sentence
	Text   string // the record, at most 4 KiB of it
}

// Reader reads the records of one file, in order. It belongs to one goroutine.
type Reader interface {
	// Next returns the next batch, or io.EOF after the last one. Cancelling ctx ends
	// it with the cause. An error of class corrupt means that the rest of the file
	// cannot be read (a truncated gzip, a damaged Parquet page).
	Next(ctx context.Context) (*Batch, error)
	// Progress returns the bytes of the file on disk that were consumed so far.
	Progress() int64
	// SHA256 returns the hash of the whole file on disk in hex. It may be called once
	// after Next returned io.EOF; for an entry of an archive it is the hash of the
	// entry's uncompressed bytes.
	SHA256() string
	io.Closer
}

// Source reads one family of files. It opens none: package opener does, once to look at a file
// and once to import it.
type Source interface {
	// Name is the stable identifier of the family, for example "focus".
	Name() string
	// Recognize says whether a file is of this family, and how it is to be read. File, Form,
	// Header and Dialect of its answer are filled in by Registry.Recognize. ok is false when
	// the file is not of this family; err only when its beginning cannot be read, or when it
	// is of the family and of no use, with a sentence that says so.
	Recognize(ctx context.Context, l *Look) (r Recognition, ok bool, err error)
	// Read reads the records of a table that Recognize has accepted, and which has the header
	// that was recognised. Closing the reader closes the table; where Read fails, the caller
	// closes it.
	Read(ctx context.Context, r Recognition, t *Table) (Reader, error)
}

// Selector is implemented by sources whose exports are delivered several times into one
// folder: of the files found it keeps those of the newest complete delivery, with File.Delivery
// set, and says why it leaves out the others. Files of other families are kept as they are.
type Selector interface {
	Select(files []File) (keep []File, skipped []Skipped)
}

// Select lets every source that is a Selector choose among the files.
func (g Registry) Select(files []File) (keep []File, skipped []Skipped) {
	for _, s := range g {
		selector, ok := s.(Selector)
		if !ok {
			continue
		}
		var out []Skipped
		files, out = selector.Select(files)
		skipped = append(skipped, out...)
	}
	return files, skipped
}

// Registry is an ordered list of sources.
type Registry []Source

// Recognize asks every source with one look and returns the most confident answer, with the
// source that gave it. ok is false when none recognises the file.
func (g Registry) Recognize(ctx context.Context, l *Look) (r Recognition, s Source, ok bool, err error) {
	if l.Header == nil {
		return r, nil, false, nil
	}
	for _, candidate := range g {
		c, accepted, err := candidate.Recognize(ctx, l)
		if err != nil {
			return r, nil, false, fmt.Errorf("recognise %s: %w", l.File.Name(), err)
		}
		if accepted && (!ok || c.Confidence > r.Confidence) {
			r, s, ok = c, candidate, true
		}
	}
	r.File, r.Form, r.Header, r.Dialect = l.File, l.Header.Form, l.Header.Raw, l.Header.Dialect
	return r, s, ok, nil
}
