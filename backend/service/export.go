package service

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"

	"golang.org/x/sync/errgroup"

	"cloud-intelligence/backend/engine"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/source/focusfile"
	"cloud-intelligence/backend/source/parquetfile"
)

// exporter is what the files that Export writes name as their creator.
const exporter = "Cloud Intelligence"

// ExportOptions of an export.
type ExportOptions struct {
	Format string               // "focus-csv" or "focus-parquet"
	Lines  engine.LinesQuestion // which lines, in which order; Columns nil = all
	Out    io.Writer            // written in blocks; not closed
}

// Export writes charge lines as a FOCUS file, every value as its own file had it: CSV
// keeps the text, Parquet keeps decimals equal, times to the second, and text where a
// column's values are not all of its type. It returns the number of lines. Cancelling ctx
// ends it with the cause; what was written until then is no whole file. It answers
// CodeInvalid for an unknown format or column and for a workspace without any import, and
// CodeConflict when an import changed the lines in the middle.
func (w *Workspace) Export(ctx context.Context, opts ExportOptions) (lines int64, err error) {
	if err := context.Cause(ctx); err != nil {
		return 0, err
	}
	q := opts.Lines
	if q.Columns, err = w.exportColumns(ctx, q.Columns); err != nil {
		return 0, err
	}
	switch opts.Format {
	case focusfile.FormatCSV:
		out := newCSVWriter(opts.Out, q.Columns)
		if lines, err = w.pump(ctx, q, out.write); err != nil {
			return 0, fmt.Errorf("export lines: %w", err)
		}
		return lines, out.flush()
	case focusfile.FormatParquet:
		return w.exportParquet(ctx, q, opts.Out)
	}
	return 0, finops.Errorf(finops.CodeInvalid, "%q is no format of an export; it can be %s or %s.", opts.Format, focusfile.FormatCSV, focusfile.FormatParquet)
}

// exportColumns are the columns asked for, or all: those of FOCUS, then the others.
func (w *Workspace) exportColumns(ctx context.Context, asked []string) ([]string, error) {
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

// exportParquet reads the lines twice: first the numbers and times, to find the types
// that hold them all exactly, then everything.
func (w *Workspace) exportParquet(ctx context.Context, q engine.LinesQuestion, out io.Writer) (int64, error) {
	fits := make([]*parquetfile.Fit, len(q.Columns))
	var typed []*parquetfile.Fit
	first := q
	first.Columns = nil
	for i, name := range q.Columns {
		kind := finops.KindText
		if c, ok := finops.ColumnByName(name); ok && c.Name == name {
			kind = c.Kind
		}
		if fits[i] = parquetfile.NewFit(name, kind); fits[i].Open() {
			typed, first.Columns = append(typed, fits[i]), append(first.Columns, name)
		}
	}
	before := int64(-1)
	if len(typed) > 0 {
		var err error
		before, err = w.pump(ctx, first, func(row []*string) error {
			for i, f := range typed {
				f.Add(noNull(row[i]))
			}
			return nil
		})
		if err != nil {
			return 0, fmt.Errorf("find the types of the columns: %w", err)
		}
	}
	specs := make([]parquetfile.Spec, len(fits))
	for i, f := range fits {
		specs[i] = f.Spec()
	}
	p, err := parquetfile.NewWriter(out, specs, exporter)
	if err != nil {
		return 0, fmt.Errorf("begin the Parquet file: %w", err)
	}
	lines, err := w.pump(ctx, q, func(row []*string) error {
		for i, v := range row {
			row[i] = noNull(v)
		}
		return p.Write(row)
	})
	switch {
	case errors.Is(err, parquetfile.ErrUnfit) || (err == nil && before >= 0 && lines != before):
		return 0, finops.WrapError(finops.CodeConflict, err, "An import changed the lines while they were exported. Export them again.")
	case err != nil:
		return 0, fmt.Errorf("export lines: %w", err)
	}
	return lines, p.Close()
}

// noNull turns the words that files print for "no value" into none.
func noNull(v *string) *string {
	if v == nil || len(*v) > 4 || !finops.IsNull([]byte(*v)) {
		return v
	}
	return nil
}

// pumpRows is how many lines are handed over at once.
const pumpRows = 512

// pump reads lines on one core and calls fn with them, in order, on another.
func (w *Workspace) pump(ctx context.Context, q engine.LinesQuestion, fn func(row []*string) error) (lines int64, err error) {
	width := len(q.Columns)
	full, free := make(chan []*string, 2), make(chan []*string, 4)
	group, running := errgroup.WithContext(ctx)
	group.Go(func() error {
		defer close(full)
		var cells []*string
		send := func() error {
			select {
			case full <- cells:
			case <-running.Done():
				return context.Cause(running)
			}
			select {
			case cells = <-free:
				cells = cells[:0]
			default:
				cells = make([]*string, 0, pumpRows*width)
			}
			return nil
		}
		err := w.engine.EachRawLine(running, q, func(row []*string) error {
			if cells = append(cells, row...); len(cells) < pumpRows*width {
				return nil
			}
			return send()
		})
		if err != nil || len(cells) == 0 {
			return err
		}
		return send()
	})
	group.Go(func() error {
		for cells := range full {
			for row := range slices.Chunk(cells, width) {
				if err := fn(row); err != nil {
					return err
				}
			}
			lines += int64(len(cells) / width)
			select {
			case free <- cells:
			default:
			}
		}
		return nil
	})
	if err := group.Wait(); err != nil {
		if cause := context.Cause(ctx); cause != nil {
			return 0, cause
		}
		return 0, err
	}
	return lines, nil
}

// csvBlock is how many bytes are gathered before they are written.
const csvBlock = 256 << 10

// csvWriter writes RFC 4180 with line feeds. It changes no value: what a spreadsheet
// might take for a formula stays as it is.
type csvWriter struct {
	out io.Writer
	buf []byte
}

func newCSVWriter(out io.Writer, header []string) *csvWriter {
	w := &csvWriter{out: out, buf: make([]byte, 0, csvBlock+csvBlock/4)}
	for i, name := range header {
		if i > 0 {
			w.buf = append(w.buf, ',')
		}
		w.buf = appendField(w.buf, name)
	}
	w.buf = append(w.buf, '\n')
	return w
}

func (w *csvWriter) write(row []*string) error {
	for i, v := range row {
		if i > 0 {
			w.buf = append(w.buf, ',')
		}
		if v != nil {
			w.buf = appendField(w.buf, *v)
		}
	}
	if len(row) == 1 && row[0] == nil {
		w.buf = append(w.buf, '"', '"') // an empty line would be no record
	}
	w.buf = append(w.buf, '\n')
	if len(w.buf) < csvBlock {
		return nil
	}
	return w.flush()
}

func (w *csvWriter) flush() error {
	if _, err := w.out.Write(w.buf); err != nil {
		return fmt.Errorf("write the CSV file: %w", err)
	}
	w.buf = w.buf[:0]
	return nil
}

// appendField quotes a field where it must be quoted, and where blanks at its ends might
// be trimmed by a reader.
func appendField(dst []byte, text string) []byte {
	quote := false
	for i := range len(text) {
		switch text[i] {
		case '"', ',', '\n', '\r':
			quote = true
		}
	}
	if n := len(text); !quote && (n == 0 || (text[0] > ' ' && text[n-1] > ' ')) {
		return append(dst, text...)
	}
	dst = append(dst, '"')
	for i := range len(text) {
		if text[i] == '"' {
			dst = append(dst, '"')
		}
		dst = append(dst, text[i])
	}
	return append(dst, '"')
}
