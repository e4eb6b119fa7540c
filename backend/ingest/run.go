package ingest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"time"

	"golang.org/x/sync/errgroup"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/platform/heap"
	"cloud-intelligence/backend/source"
	"cloud-intelligence/backend/source/opener"
	"cloud-intelligence/backend/store"
)

// Run imports the files as one import. It returns a Result with Conflicts and imports
// nothing when a person has to decide first and Options.Ask is not set; an error of class invalid when strict and a
// line cannot be read; unavailable when another process writes to the workspace. A file that
// turns out to be damaged is left out, unless reading is strict or no other is left.
// Cancelling ctx leaves the workspace as it was.
func Run(ctx context.Context, db *store.DB, items []Item, opts Options) (*Result, error) {
	defer heap.Spare(heap.Usual)()
	started := opts.Now()
	var result *Result
	err := db.Exclusive(ctx, func(ctx context.Context) error {
		r := &run{db: db, opts: opts, started: started, result: &Result{}, tally: newTally(), again: map[int64]source.Delivery{}}
		if err := Prepare(ctx, db); err != nil {
			return err
		}
		r.trouble = r.leaveDamaged
		fresh, err := r.splitKnown(ctx, opts.wanted(items))
		r.known, r.result.LeftOut = r.result.Files, r.damaged
		switch {
		case err != nil:
		case len(fresh) > 0:
			err = r.write(ctx, fresh)
		case len(r.known) == 0 && len(r.damaged) > 0:
			err = r.damaged[0].Reason
		}
		result = r.result
		return err
	})
	if err != nil {
		return nil, cancelledOr(ctx, err)
	}
	result.Duration = opts.Now().Sub(started)
	return result, nil
}

func cancelledOr(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return finops.WrapError(finops.CodeCancelled, context.Cause(ctx), "The import was cancelled; the workspace is as it was")
	}
	return err
}

type run struct {
	db         *store.DB
	opts       Options
	started    time.Time
	result     *Result
	tally      *tally
	writing    *store.Writing // nil where files are only examined
	id         int64          // of the import
	marks      store.Marks    // of the ledger before it
	coder      *coder
	files      []*fileTally
	results    []*FileResult // of the files that are written
	headers    [][]string
	focus      [][]string // FOCUS columns of each file
	custom     []store.CustomColumn
	own        []string // columns kept with the lines
	total      int64    // bytes of all files
	read       int64    // bytes of the files done
	reportedAt time.Time
	trouble    func(context.Context, Item, error) bool // gets a file that cannot be read, and says whether to go on without it

	known      []FileResult // files that were imported before
	damaged    []LeftOut
	left       []*fileTally // files of which lines are written, but do not count
	leftSlices []int64      // of these
	checked    bool         // what was written is what was read

	again     map[int64]source.Delivery // files held that are among those to import, and their delivery now
	delivered []store.ImportFile        // of these, the ones that belong to another delivery now
}

func (r *run) write(ctx context.Context, items []Item) (err error) {
	if r.writing, err = r.db.BeginImport(ctx, r.opts.User, r.started); err != nil {
		return err
	}
	defer func() {
		if r.result.ImportID == 0 {
			// Also when ctx is cancelled, the workspace must be as it was.
			if aborted := r.writing.Abort(context.WithoutCancel(ctx)); err == nil {
				err = aborted
			}
		}
	}()
	r.id, r.marks = r.writing.ID, r.writing.Marks
	dict, err := newDictionary(ctx, r.db, r.marks)
	if err != nil {
		return err
	}
	var names []string
	for _, item := range items {
		names = append(names, customNames(item.Recognition.Columns)...)
		r.total += item.Recognition.File.Size
	}
	if r.custom, err = r.writing.Columns(ctx, names); err != nil {
		return err
	}
	r.coder = newCoder(dict, r.marks.Line+1, r.tally)
	if err := r.pipeline(ctx, items); err != nil {
		return err
	}
	if len(r.files) == 0 {
		return r.damaged[0].Reason
	}
	if r.resultLines() == 0 && r.resultRejects() > 0 {
		return finops.Errorf(finops.CodeInvalid, "No line of %s can be read: %s.", r.files[0].name, firstReason(r.files))
	}
	settled, err := r.decide(ctx)
	if err != nil || settled == nil {
		return err
	}
	r.reportProgress(Progress{Stage: "finishing", Lines: r.resultLines()}, true)
	if err := r.writing.WriteRollup(ctx, r.rollup); err != nil {
		return err
	}
	finish, err := r.finish(*settled)
	if err != nil {
		return err
	}
	if err := r.writing.Finish(ctx, finish); err != nil {
		return err
	}
	r.result.ImportID = r.writing.ID
	r.reportFiles()
	return nil
}

// reportFiles puts what became of the files into the result.
func (r *run) reportFiles() {
	for _, f := range r.results {
		r.result.Files = append(r.result.Files, *f)
		r.result.Lines += f.Lines
		r.result.Rejects += f.Rejects
	}
}

func firstReason(files []*fileTally) string {
	for _, f := range files {
		if len(f.rows) > 0 {
			return fmt.Sprintf("line %d: %s", f.rows[0].Line, f.rows[0].Reason)
		}
	}
	return "it has no lines"
}

// pipeline reads and codes in this goroutine and writes in another; the source splits
// records in a third.
func (r *run) pipeline(ctx context.Context, items []Item) error {
	blocks := make(chan *store.Block, 1)
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error {
		for b := range blocks {
			if err := r.writing.Write(ctx, b); err != nil {
				return err
			}
		}
		return nil
	})
	group.Go(func() error {
		defer close(blocks)
		for i := range items {
			err := r.readFile(ctx, items[i], func() error { return r.send(ctx, blocks) })
			if err != nil && !r.trouble(ctx, items[i], err) {
				return err
			}
		}
		return r.send(ctx, blocks)
	})
	return group.Wait()
}

// send hands the block to the goroutine that writes.
func (r *run) send(ctx context.Context, blocks chan<- *store.Block) error {
	if r.coder.block.Rows == 0 && len(r.coder.block.Slices) == 0 {
		return nil
	}
	select {
	case blocks <- r.coder.take():
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

// readFile reads a file; full is called where the block is, and takes it.
func (r *run) readFile(ctx context.Context, item Item, full func() error) error {
	rec := item.Recognition
	reader, err := opener.Open(ctx, item.Source, rec)
	if err != nil {
		return &unreadable{err}
	}
	defer reader.Close()
	file := &fileTally{file: rec.File, name: rec.File.Name(), export: item.Source.Name(), format: rec.Format, yields: rec.Yields, bills: map[uint32]*billTally{}}
	l := newLayout(rec.Columns, r.custom)
	sample, err := readSample(ctx, reader)
	if err != nil {
		return &unreadable{err}
	}
	l.moveOwn(sample)
	r.coder.startFile(l, len(store.GroupColumns(store.Extra))+len(r.custom), file)
	for _, t := range l.own {
		r.own = append(r.own, t.name)
	}
	for {
		for _, b := range sample {
			if err := r.codeBatch(b, file, full); err != nil {
				return err
			}
		}
		r.reportProgress(Progress{File: rec.File.Name(), Bytes: r.read + reader.Progress(), Lines: r.coder.nextLine - r.marks.Line - 1, Stage: "reading"}, false)
		if r.opts.Continue != nil {
			if err := r.opts.Continue(ctx); err != nil {
				return err
			}
		}
		b, err := reader.Next(ctx)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return &unreadable{err}
		}
		sample = append(sample[:0], b)
	}
	r.read += rec.File.Size
	res := &FileResult{File: rec.File, Format: rec.Format, Version: rec.Version, SHA256: reader.SHA256(), Warnings: rec.WarningsWith(reader)}
	file.finish(res)
	r.files, r.results = append(r.files, file), append(r.results, res)
	raw, focus := make([]string, len(rec.Columns)), []string{}
	for i, c := range rec.Columns {
		raw[i] = c.Raw
		if c.Focus {
			focus = append(focus, c.Name)
		}
	}
	r.focus = append(r.focus, focus)
	r.headers = append(r.headers, raw)
	return nil
}

// readSample reads as many batches as are needed to learn what the columns hold; fewer at
// the end of a file.
func readSample(ctx context.Context, reader source.Reader) (sample []*source.Batch, err error) {
	for rowsOf(sample) < sampleRows {
		b, err := reader.Next(ctx)
		if errors.Is(err, io.EOF) {
			return sample, nil
		}
		if err != nil {
			return nil, err
		}
		sample = append(sample, b)
	}
	return sample, nil
}

func (r *run) codeBatch(b *source.Batch, file *fileTally, full func() error) error {
	defer b.Release()
	for _, reject := range b.Rejects {
		file.reject(reject.Line, reject.Reason, reject.Text)
	}
	for row := 0; row < b.Rows; {
		var err error
		if row, err = r.coder.code(b, row); err != nil {
			return &unreadable{err}
		}
		if row < b.Rows {
			if err := full(); err != nil {
				return err
			}
		}
	}
	if r.opts.Strict && file.rejects > 0 {
		first := file.rows[0]
		return finops.Errorf(finops.CodeInvalid, "%s, line %d: %s. Nothing was imported, because strict reading is on.", file.name, first.Line, first.Reason)
	}
	return nil
}

func (r *run) resultLines() (n int64) {
	for _, f := range r.results {
		n += f.Lines
	}
	return n
}

func (r *run) resultRejects() (n int64) {
	for _, f := range r.results {
		n += f.Rejects
	}
	return n
}

// reportProgress reports progress, at most ten times a second unless it must.
func (r *run) reportProgress(p Progress, must bool) {
	if r.opts.Progress == nil {
		return
	}
	now := r.opts.Now()
	if !must && now.Sub(r.reportedAt) < 100*time.Millisecond {
		return
	}
	r.reportedAt = now
	p.BytesTotal = r.total
	r.opts.Progress(p)
}

func (r *run) finish(s settled) (store.Finish, error) {
	now := r.opts.Now()
	f := store.Finish{LeftOut: r.leftSlices, FinishedAt: now, Duration: now.Sub(r.started), Precedence: s.precedence, SourcesOfRecord: s.sourcesOfRecord, Delivered: r.delivered, OwnColumns: r.own, SliceFiles: map[int64]int{}, RejectRows: map[int][]store.RejectRow{}}
	for i, res := range r.results {
		totals, err := encodeTotals(res)
		if err != nil {
			return f, err
		}
		f.Lines += res.Lines
		f.Rejects += res.Rejects
		f.Files = append(f.Files, store.ImportFile{
			Path: res.File.Name(), Format: res.Format, Version: res.Version, SHA256: res.SHA256, Bytes: res.File.ContentSize(),
			Lines: res.Lines, Rejects: res.Rejects, Columns: r.headers[i], Focus: r.focus[i], Totals: totals, Warnings: res.Warnings,
			Series: res.File.Delivery.Series, Delivery: res.File.Delivery.ID, DeliveredAt: res.File.Delivery.At,
		})
		f.RejectRows[i] = r.files[i].rows
	}
	for _, t := range r.tally.slices {
		f.Slices = append(f.Slices, r.sliceOf(t))
		f.SliceFiles[int64(t.id)] = slices.Index(r.files, t.file)
		f.Totals = append(f.Totals, t.controlTotals()...)
	}
	return f, nil
}

// rollup lists the cells of the daily rollup.
func (r *run) rollup(yield func(store.RollupRow) error) error {
	for k, c := range r.tally.cells {
		row := store.RollupRow{Bill: k.bill, SKUFacet: k.sku, ResourceFacet: k.resource, Day: k.day, Lines: c.lines}
		for m := range c.sums {
			if c.known[m] > 0 {
				row.Amounts[m] = &c.sums[m]
			}
		}
		if err := yield(row); err != nil {
			return err
		}
	}
	return nil
}
