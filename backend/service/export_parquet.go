package service

import (
	"context"
	"errors"
	"fmt"
	"io"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/source/parquetfile"
)

// parquet reads the lines twice: first the numbers and times, to find the types
// that hold them all exactly, then everything.
func (w Exports) parquet(ctx context.Context, e *export, out io.Writer) (int64, error) {
	specs, before, err := w.types(ctx, e)
	if err != nil {
		return 0, fmt.Errorf("find the types of the columns: %w", err)
	}
	e.restart()
	p, err := parquetfile.NewWriter(out, specs, exporter)
	if err != nil {
		return 0, fmt.Errorf("begin the Parquet file: %w", err)
	}
	lines, err := w.pump(ctx, e.q, e.progress, func(row []*string) error {
		row = e.convert(row)
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

// types finds the type of every column; lines is -1 when no line had to be read.
func (w Exports) types(ctx context.Context, e *export) (specs []parquetfile.Spec, lines int64, err error) {
	fits := make([]*parquetfile.Fit, len(e.columns))
	var open []int // the columns whose type depends on their values
	for i, c := range e.columns {
		if fits[i] = parquetfile.NewFit(c.Name, c.Kind); fits[i].Open() {
			open = append(open, i)
		}
	}
	if lines = -1; len(open) > 0 {
		q := e.q
		if e.converter == nil { // a converted value can depend on every column
			q.Columns = nil
			for _, i := range open {
				q.Columns = append(q.Columns, e.columns[i].Name)
			}
		}
		lines, err = w.pump(ctx, q, nil, func(row []*string) error {
			row = e.convert(row)
			for at, i := range open {
				if e.converter != nil {
					at = i
				}
				fits[i].Add(noNull(row[at]))
			}
			return nil
		})
		if err != nil {
			return nil, 0, err
		}
	}
	for _, f := range fits {
		specs = append(specs, f.Spec())
	}
	return specs, lines, nil
}

// noNull turns the words that files print for "no value" into none.
func noNull(v *string) *string {
	if v == nil || len(*v) > 4 || !finops.IsNull([]byte(*v)) {
		return v
	}
	return nil
}
