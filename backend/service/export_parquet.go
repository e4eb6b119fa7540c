package service

import (
	"context"
	"errors"
	"fmt"
	"io"

	"cloud-intelligence/backend/engine"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/source/parquetfile"
	"cloud-intelligence/backend/store"
)

// fitLines is how many lines are looked at at once.
const fitLines = 1 << 14

// parquet reads the lines twice: first the numbers and times, to find the types
// that hold them all exactly, then everything.
func (w Exports) parquet(ctx context.Context, e *export, out io.Writer) (int64, error) {
	specs, before, err := w.types(ctx, e)
	if err != nil {
		return 0, fmt.Errorf("find the types of the columns: %w", err)
	}
	p, err := parquetfile.NewWriter(out, specs, exporter)
	if err != nil {
		return 0, fmt.Errorf("begin the Parquet file: %w", err)
	}
	err = engine.EachBlock(ctx, w.engine, e.q, parquetfile.GroupRows, func() func(*engine.Block) (*parquetfile.Group, error) {
		encoder, columns := parquetfile.NewEncoder(specs), e.newColumns()
		return func(b *engine.Block) (*parquetfile.Group, error) {
			columns.read(b)
			return encoder.Encode(b.Lines, columns.cells)
		}
	}, func(g *parquetfile.Group) error {
		err := p.Append(g)
		e.report(g.Rows())
		return err
	})
	switch {
	case errors.Is(err, parquetfile.ErrUnfit) || (err == nil && before >= 0 && e.done != before):
		return 0, finops.WrapError(finops.CodeConflict, err, "An import changed the lines while they were exported. Export them again.")
	case err != nil:
		return 0, fmt.Errorf("export lines: %w", err)
	}
	return e.done, p.Close()
}

// columnReader gives the columns of the file, block by block. It belongs to one core.
type columnReader struct {
	block   *engine.Block
	scratch engine.Cells
	rows    *rowReader  // where the file has a version
	made    [][]*string // by column: the values of a file that has a version
}

func (e *export) newColumns() *columnReader {
	r := &columnReader{}
	if e.version != 0 {
		r.rows, r.made = e.newConverter(), make([][]*string, len(e.columns))
	}
	return r
}

func (r *columnReader) read(b *engine.Block) {
	r.block = b
	if r.rows == nil {
		return
	}
	r.rows.read(b)
	for i := range r.made {
		r.made[i] = r.made[i][:0]
	}
	for line := range b.Lines {
		for i, v := range r.rows.convert(line) {
			r.made[i] = append(r.made[i], v)
		}
	}
}

// cells holds until it is called again.
func (r *columnReader) cells(column int) parquetfile.Cells {
	if r.rows != nil {
		return parquetfile.Cells{Rows: r.made[column]}
	}
	r.block.Cells(column, &r.scratch)
	c := r.scratch
	return parquetfile.Cells{IDs: c.IDs, Values: c.Values, Amounts: c.Amounts, None: store.NoAmount, Texts: c.Texts}
}

// types finds the type of every column; lines is -1 when no line had to be read.
func (w Exports) types(ctx context.Context, e *export) (specs []parquetfile.Spec, lines int64, err error) {
	var open []int // the columns whose type depends on their values
	fits := make([]*parquetfile.Fit, len(e.columns))
	for i, c := range e.columns {
		if fits[i] = parquetfile.NewFit(c.Name, c.Kind); fits[i].Open() {
			open = append(open, i)
		}
	}
	if lines = -1; len(open) > 0 {
		if lines, err = w.fit(ctx, e, fits, open); err != nil {
			return nil, 0, err
		}
	}
	for _, f := range fits {
		specs = append(specs, f.Spec())
	}
	return specs, lines, nil
}

// fit looks at the values of the open columns.
func (w Exports) fit(ctx context.Context, e *export, fits []*parquetfile.Fit, open []int) (lines int64, err error) {
	q, place := e.q, func(at int) int { return open[at] }
	if e.version == 0 { // a converted value can depend on every column
		q.Columns = nil
		for _, i := range open {
			q.Columns = append(q.Columns, e.columns[i].Name)
		}
		place = func(at int) int { return at }
	}
	var cores [][]*parquetfile.Fit
	err = engine.EachBlock(ctx, w.engine, q, fitLines, func() func(*engine.Block) (int, error) {
		columns, own := e.newColumns(), make([]*parquetfile.Fit, len(open))
		for at, i := range open {
			own[at] = parquetfile.NewFit(e.columns[i].Name, e.columns[i].Kind)
		}
		cores = append(cores, own)
		return func(b *engine.Block) (int, error) {
			columns.read(b)
			for at, f := range own {
				f.AddCells(b.Lines, columns.cells(place(at)))
			}
			return b.Lines, nil
		}
	}, func(n int) error {
		lines += int64(n)
		return nil
	})
	e.converters = nil // the lines are read again
	for _, own := range cores {
		for at, i := range open {
			fits[i].Merge(own[at])
		}
	}
	return lines, err
}
