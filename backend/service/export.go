package service

import (
	"context"
	"fmt"
	"io"
	"slices"

	"cloud-intelligence/backend/engine"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/focusout"
	"cloud-intelligence/backend/source/focusfile"
)

// Exports writes charges as FOCUS files.
type Exports struct{ *workspace }

// exporter is what the files that Export writes name as their creator.
const exporter = "Cloud Intelligence"

// ExportOptions of an export.
type ExportOptions struct {
	Format  string               // "focus-csv" or "focus-parquet"
	Version string               // "1.0" or "1.2" for a file that keeps this version of FOCUS; "" = as the ledger holds it
	Lines   engine.LinesQuestion // which lines, in which order; Columns nil = all, and must be nil with a version
	Out     io.Writer            // written in blocks; not closed
	// Progress, when set, hears from time to time how many lines are done. It is called from one
	// other goroutine.
	Progress func(done int64)
}

// Exported says what an export wrote.
type Exported struct {
	Lines int64
	Gaps  []focusout.Gap // what keeps a file with a version from being conformant
}

// Charges writes charge lines as a FOCUS file. Without a version every value is as its own
// file had it: CSV keeps the text, Parquet keeps decimals equal, times to the second, and
// text where a column's values are not all of its type. With a version the file has the
// columns of that version, then the others as custom columns, and values as package
// focusout makes them. Cancelling ctx ends it with the cause; what was written until then
// is no whole file. It answers CodeInvalid for an unknown format, version or column and
// for a workspace without any import, and CodeConflict when an import changed the lines in
// the middle.
func (w Exports) Charges(ctx context.Context, opts ExportOptions) (*Exported, error) {
	if err := context.Cause(ctx); err != nil {
		return nil, err
	}
	if opts.Format != focusfile.FormatCSV && opts.Format != focusfile.FormatParquet {
		return nil, finops.Errorf(finops.CodeInvalid, "%q is not an export format; it can be %s or %s.", opts.Format, focusfile.FormatCSV, focusfile.FormatParquet)
	}
	e, err := w.newExport(ctx, opts)
	if err != nil {
		return nil, err
	}
	done := &Exported{}
	if opts.Format == focusfile.FormatCSV {
		done.Lines, err = w.csv(ctx, e, opts.Out)
	} else {
		done.Lines, err = w.parquet(ctx, e, opts.Out)
	}
	if err != nil {
		if cause := context.Cause(ctx); cause != nil {
			return nil, cause
		}
		return nil, err
	}
	done.Gaps = focusout.Gaps(e.converters)
	return done, nil
}

// export is one export: which lines are read, and what the columns of the file are.
type export struct {
	q          engine.LinesQuestion
	columns    []focusout.Column
	version    focusout.Version      // 0 = as the ledger holds it
	converters []*focusout.Converter // one of each core, where there is a version
	progress   func(done int64)
	done       int64 // lines
}

func (w Exports) newExport(ctx context.Context, opts ExportOptions) (*export, error) {
	e := &export{q: opts.Lines, progress: opts.Progress}
	var err error
	if opts.Version != "" {
		if e.version, err = focusout.ParseVersion(opts.Version); err != nil {
			return nil, err
		}
		if opts.Lines.Columns != nil {
			return nil, finops.Errorf(finops.CodeInvalid, "A version of FOCUS has its own columns. Leave out the columns, or the version.")
		}
	}
	if e.q.Columns, err = w.columns(ctx, opts.Lines.Columns); err != nil {
		return nil, err
	}
	if e.version != 0 {
		e.q.Columns = withColumnsOf(e.version, e.q.Columns)
		e.columns = focusout.New(e.version, e.q.Columns).Columns()
		return e, nil
	}
	for _, name := range e.q.Columns {
		kind := finops.KindText
		if c, ok := finops.ColumnByName(name); ok && c.Name == name {
			kind = c.Kind
		}
		e.columns = append(e.columns, focusout.Column{Name: name, Kind: kind})
	}
	return e, nil
}

// withColumnsOf adds the columns of a version that no file had by name: a source can have
// filled them from others.
func withColumnsOf(version focusout.Version, have []string) []string {
	names := slices.Clone(have)
	for _, c := range finops.Columns() {
		if version.Has(c) && !slices.Contains(have, c.Name) {
			names = append(names, c.Name)
		}
	}
	return names
}

// report counts lines that are written.
func (e *export) report(lines int) {
	if e.done += int64(lines); e.progress != nil {
		e.progress(e.done)
	}
}

// rowReader puts the columns of blocks together to lines of the file. It belongs to one core.
type rowReader struct {
	converter *focusout.Converter
	cells     []engine.Cells
	row       []*string
}

// newConverter makes the reader of one core.
func (e *export) newConverter() *rowReader {
	n := len(e.q.Columns)
	r := &rowReader{converter: focusout.New(e.version, e.q.Columns), cells: make([]engine.Cells, n), row: make([]*string, n)}
	e.converters = append(e.converters, r.converter)
	return r
}

// read points the reader to a block.
func (r *rowReader) read(b *engine.Block) {
	for i := range r.cells {
		b.Cells(i, &r.cells[i])
	}
}

// convert returns a line of the file; it is used again by the next call, its values are not.
func (r *rowReader) convert(line int) []*string {
	for i := range r.cells {
		r.row[i] = r.cells[i].Text(line)
	}
	return r.converter.Convert(r.row)
}

// columns are the columns asked for, or all: those of FOCUS, then the others.
func (w Exports) columns(ctx context.Context, asked []string) ([]string, error) {
	if asked != nil {
		if len(asked) == 0 {
			return nil, finops.Errorf(finops.CodeInvalid, "An export needs at least one column.")
		}
		for i, name := range asked {
			if slices.Contains(asked[:i], name) {
				return nil, finops.Errorf(finops.CodeInvalid, "The column %s is asked for twice.", name)
			}
		}
		return asked, nil
	}
	state, err := w.engine.State(ctx)
	if err != nil {
		return nil, fmt.Errorf("list columns: %w", err)
	}
	if len(state.Columns) == 0 {
		return nil, finops.Errorf(finops.CodeInvalid, "The workspace holds no charges to export. Import a bill first.")
	}
	names := make([]string, len(state.Columns))
	for i, c := range state.Columns {
		names[i] = c.Name
	}
	return names, nil
}
