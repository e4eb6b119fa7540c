package engine

import (
	"context"
	"slices"

	"golang.org/x/sync/errgroup"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/store"
)

// ScanQuestion asks for the charge lines that an analysis reads one by one: which ones, and what
// of each.
type ScanQuestion struct {
	Where    finops.Filter
	From, To *finops.Day // both included; nil = open
	Currency string      // "" = every currency
	Columns  []string    // FOCUS or provider columns, dimensions
	Measures []finops.Metric
}

// Scan reads charge lines from the packed columns: no row of the workspace is touched, except for
// columns that are kept with the lines. Of a large ledger it holds some segments at a time only, and
// each reading unpacks them again. It stays with the ledger as it was when it was made; where that
// changes meanwhile, see Engine.WithSnapshot.
type Scan struct {
	// Values are, by column of the question, the distinct values that Batch.Columns numbers;
	// nil = no value. What depends on a value alone is best worked out once for each of these.
	Values [][]*string
	// TupleOf says, by column of the question, which of Batch.Tuples decides its value.
	TupleOf []int
	// TupleCounts are, by tuple, how many numbers it can have.
	TupleCounts []int

	view     *view
	plan     *plan
	periods  []period   // by id
	spans    idSource   // of the charge periods
	code     [][]uint32 // by column: the number of the value of an id
	tuples   []idSource // by tuple
	measures []amountSource
}

// Pass says what of a scan is wanted.
type Pass struct {
	// First is how many of the columns Batch.Columns has, from the first on; 0 = all. Batch.Value has the others.
	First int
	// Wants is asked once for each period that lines have; nil = all lines are wanted.
	Wants func(day finops.Day, start, end int64) bool
	// Parts is among how many goroutines the lines are divided; 0 = one reads all.
	Parts int
	// By is the column, by its place in the question, of which all lines with the same value are in the same part. Those without a value
	// are shared out.
	By int
}

// Batch is a run of lines, in the order of the ledger. Its slices are reused for the next one.
type Batch struct {
	Lines   []int64 // numbers of the lines, as in x_LineId
	Days    []finops.Day
	Starts  []int64    // Unix seconds
	Ends    []int64    // exclusive; NoTime where the file states none
	Columns [][]uint32 // by column and line: the number of the value
	// Tuples are the values of several columns together: lines with the same number have the same value in all columns that a
	// tuple decides. The columns of a FOCUS file are in three of them, so that what depends on many columns can be worked out once
	// for each tuple.
	Tuples [][]uint32 // by tuple and line

	scan        *Scan
	run         *run
	rows        []int // of the run
	part, parts int
	by          int
}

// Value is the number of the value of a line of the batch, by the places of column and line.
func (b *Batch) Value(column, line int) uint32 {
	return b.scan.code[column][b.run.ids[b.scan.TupleOf[column]][b.rows[line]]]
}

// Amount returns a measure of a line of the batch, by their places; known is false where it has
// no value, or none that is a number.
func (b *Batch) Amount(measure, line int) (amount finops.Amount, known bool) {
	m := &b.run.amounts[measure]
	return m.column.value(m.first + b.rows[line])
}

// Scan prepares a scan of lines of the ledger as it is now; see Snapshot.Scan.
func (e *Engine) Scan(ctx context.Context, q ScanQuestion) (*Scan, error) {
	v, err := e.view(ctx)
	if err != nil {
		return nil, err
	}
	return v.scan(ctx, q)
}

// Scan prepares a scan of lines, loading the columns that it needs. It answers CodeInvalid for a
// column or metric that the ledger does not have.
func (s *Snapshot) Scan(ctx context.Context, q ScanQuestion) (*Scan, error) {
	return s.view.scan(ctx, q)
}

func (v *view) scan(ctx context.Context, q ScanQuestion) (r *Scan, err error) {
	r = &Scan{view: v}
	if r.plan, err = v.compile(ctx, nil, nil, filterSet{q.Where, q.From, q.To, q.Currency, nil}, finops.GrainNone, true); err != nil {
		return nil, err
	}
	if r.periods, err = v.ledger.periods(ctx, false); err != nil {
		return nil, err
	}
	if r.spans, err = v.idSource(ctx, store.Period); err != nil {
		return nil, err
	}
	for _, name := range q.Columns {
		if err := r.addColumn(ctx, name); err != nil {
			return nil, err
		}
	}
	for _, metric := range q.Measures {
		m := store.MeasureIndex(string(metric))
		if m < 0 {
			return nil, noMetric(metric)
		}
		source, err := v.amountSource(ctx, m)
		if err != nil {
			return nil, err
		}
		r.measures = append(r.measures, source)
	}
	return r, nil
}

func (r *Scan) addColumn(ctx context.Context, name string) error {
	d, err := r.view.resolve(name)
	if err != nil {
		return err
	}
	var ids idSource
	var c *coding
	if r.view.perRow(d) {
		key, err := r.view.rowKey(ctx, r.view.placeOf(d), false)
		if err != nil {
			return err
		}
		ids, c = idSource{row: key, whole: key.ids}, &key.coding
	} else {
		if c, err = r.view.coding(ctx, d, false); err != nil {
			return err
		}
		if ids, err = r.view.idSource(ctx, d.group); err != nil {
			return err
		}
	}
	r.code, r.Values = append(r.code, c.code), append(r.Values, c.values)
	tuple := slices.IndexFunc(r.tuples, func(of idSource) bool { return of.group == ids.group && of.row == ids.row })
	if tuple < 0 {
		tuple, r.tuples = len(r.tuples), append(r.tuples, ids)
		r.TupleCounts = append(r.TupleCounts, 0)
	}
	r.TupleCounts[tuple] = max(r.TupleCounts[tuple], len(c.code))
	r.TupleOf = append(r.TupleOf, tuple)
	return nil
}

// Each calls fn with all lines that match, some thousand at a time at most; fn ends the scan
// by returning an error. Several goroutines may read at once.
func (r *Scan) Each(ctx context.Context, fn func(*Batch) error) error {
	return r.EachIn(ctx, Pass{}, fn)
}

// EachIn is Each with those lines and columns only that are wanted.
func (r *Scan) EachIn(ctx context.Context, p Pass, fn func(*Batch) error) error {
	p.Parts = 1
	return r.EachPart(ctx, p, func(_ int, b *Batch) error { return fn(b) })
}

// EachPart is EachIn with the lines divided into parts: fn hears the lines of a part in their order, and those of several parts at the
// same time.
func (r *Scan) EachPart(ctx context.Context, p Pass, fn func(part int, b *Batch) error) error {
	columns := len(r.code)
	if p.First > 0 {
		columns = p.First
	}
	batches := make([]*Batch, max(p.Parts, 1))
	for part := range batches {
		batches[part] = &Batch{scan: r, Columns: make([][]uint32, columns), Tuples: make([][]uint32, len(r.tuples)), part: part, parts: len(batches), by: p.By}
	}
	return r.eachRun(ctx, r.wanted(p), func(run *run) error {
		group, ctx := errgroup.WithContext(ctx)
		for part, b := range batches {
			b.run = run
			group.Go(func() error { return b.each(ctx, func(b *Batch) error { return fn(part, b) }) })
		}
		return group.Wait()
	})
}

// each calls fn with the lines of the run that match.
func (b *Batch) each(ctx context.Context, fn func(*Batch) error) error {
	var numbers [chunk]uint64
	for at := 0; at < b.run.head.Lines; at += chunk {
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		n := min(chunk, b.run.head.Lines-at)
		b.scan.plan.number(numbers[:n], b.run.first+at)
		b.rows = b.rows[:0]
		for i, number := range numbers[:n] {
			if number != noGroup && b.run.wants(at+i) && b.has(at+i) {
				b.rows = append(b.rows, at+i)
			}
		}
		if len(b.rows) == 0 {
			continue
		}
		b.fill()
		if err := fn(b); err != nil {
			return err
		}
	}
	return nil
}

// sharedOut is how many lines without a value by which parts are made go to one part, before the next one takes some.
const sharedOut = 512

// has reports whether a line of the run is in the part of the batch.
func (b *Batch) has(row int) bool {
	if b.parts == 1 {
		return true
	}
	n := int(b.scan.code[b.by][b.run.ids[b.scan.TupleOf[b.by]][row]])
	if b.scan.Values[b.by][n] == nil {
		n = row / sharedOut
	}
	return n%b.parts == b.part
}

// wanted says of each period whether its lines are wanted; nil = all are.
func (r *Scan) wanted(p Pass) []bool {
	if p.Wants == nil {
		return nil
	}
	wanted := make([]bool, len(r.periods))
	for id, span := range r.periods {
		wanted[id] = p.Wants(span.day, span.start, span.end)
	}
	return wanted
}

// fill gathers what the rows of the batch have.
func (b *Batch) fill() {
	r := b.scan
	b.Lines, b.Days, b.Starts, b.Ends = b.Lines[:0], b.Days[:0], b.Starts[:0], b.Ends[:0]
	for _, row := range b.rows {
		span := r.periods[b.run.spans[row]]
		b.Lines = append(b.Lines, b.run.head.FirstLine+int64(row))
		b.Days = append(b.Days, span.day)
		b.Starts, b.Ends = append(b.Starts, span.start), append(b.Ends, span.end)
	}
	for c := range b.Columns {
		numbers, code, ids := b.Columns[c][:0], r.code[c], b.run.ids[r.TupleOf[c]]
		for _, row := range b.rows {
			numbers = append(numbers, code[ids[row]])
		}
		b.Columns[c] = numbers
	}
	for t, ids := range b.run.ids {
		numbers := b.Tuples[t][:0]
		for _, row := range b.rows {
			numbers = append(numbers, ids[row])
		}
		b.Tuples[t] = numbers
	}
}
