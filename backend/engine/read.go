package engine

import (
	"context"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/store"
)

// ReadQuestion asks for the charge lines that an analysis reads one by one: which ones, and what
// of each.
type ReadQuestion struct {
	Where    finops.Filter
	From, To *finops.Day // both included; nil = open
	Currency string      // "" = every currency
	Columns  []string    // FOCUS or provider columns, dimensions
	Measures []finops.Metric
}

// Reading reads charge lines from the columns in memory: no row of the workspace is touched,
// except for columns that are kept with the lines. It stays with the ledger as it was when it
// was made.
type Reading struct {
	// Values are, by column of the question, the distinct values that Batch.Columns numbers;
	// nil = no value. What depends on a value alone is best worked out once for each of these.
	Values [][]*string

	l        *ledger
	plan     *plan
	periods  []uint32
	ids      [][]uint32 // by column: its id of each line
	code     [][]uint32 // by column: the number of the value of an id
	measures []*column
}

// Batch is a run of lines, in the order of the ledger. Its slices are reused for the next one.
type Batch struct {
	Lines   []int64 // numbers of the lines, as in x_LineId
	Days    []finops.Day
	Starts  []int64    // Unix seconds
	Ends    []int64    // exclusive; NoTime where the file states none
	Columns [][]uint32 // by column and line: the number of the value

	reading *Reading
	rows    []int
}

// Amount returns a measure of a line of the batch, by their places; known is false where it has
// no value, or none that is a number.
func (b *Batch) Amount(measure, line int) (amount finops.Amount, known bool) {
	return b.reading.measures[measure].value(b.rows[line])
}

// Read makes a reading of lines, loading the columns that it needs. It answers CodeInvalid for a
// column or metric that the ledger does not have.
func (e *Engine) Read(ctx context.Context, q ReadQuestion) (*Reading, error) {
	l, err := e.ledger(ctx)
	if err != nil {
		return nil, err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	r := &Reading{l: l}
	if r.plan, err = l.compile(ctx, nil, nil, filterSet{q.Where, q.From, q.To, q.Currency}, finops.GrainNone, true); err != nil {
		return nil, err
	}
	if r.periods, err = l.factKeys(ctx, store.Period); err != nil {
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
		c, err := l.factAmounts(ctx, m)
		if err != nil {
			return nil, err
		}
		r.measures = append(r.measures, c)
	}
	return r, nil
}

func (r *Reading) addColumn(ctx context.Context, name string) error {
	d, err := r.l.resolve(name)
	if err != nil {
		return err
	}
	var ids []uint32
	var c *coding
	if r.l.perRow(d) {
		key, err := r.l.rowKey(ctx, r.l.placeOf(d), false)
		if err != nil {
			return err
		}
		ids, c = key.ids, &key.coding
	} else {
		if c, err = r.l.coding(ctx, d, false); err != nil {
			return err
		}
		if ids, err = r.l.factKeys(ctx, d.group); err != nil {
			return err
		}
	}
	r.ids, r.code, r.Values = append(r.ids, ids), append(r.code, c.code), append(r.Values, c.values)
	return nil
}

// Each calls fn with all lines that match, some thousand at a time at most; fn ends the reading
// by returning an error. Several goroutines may read at once.
func (r *Reading) Each(ctx context.Context, fn func(*Batch) error) error {
	var numbers [chunk]uint64
	b := &Batch{reading: r, Columns: make([][]uint32, len(r.ids))}
	part := 0
	for at := 0; at < r.plan.table.n; at += chunk {
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		n := min(chunk, r.plan.table.n-at)
		r.plan.number(numbers[:n], at)
		b.rows = b.rows[:0]
		for i, number := range numbers[:n] {
			if number != noGroup {
				b.rows = append(b.rows, at+i)
			}
		}
		if len(b.rows) == 0 {
			continue
		}
		part = b.fill(part)
		if err := fn(b); err != nil {
			return err
		}
	}
	return nil
}

// fill gathers what the rows of the batch have. part is a segment not behind the first row; the
// one of the last row is returned.
func (b *Batch) fill(part int) int {
	r, l := b.reading, b.reading.l
	b.Lines, b.Days, b.Starts, b.Ends = b.Lines[:0], b.Days[:0], b.Starts[:0], b.Ends[:0]
	for _, row := range b.rows {
		for row >= l.starts[part]+l.heads[part].Lines {
			part++
		}
		period := r.periods[row]
		b.Lines = append(b.Lines, l.heads[part].FirstLine+int64(row-l.starts[part]))
		b.Days = append(b.Days, l.factDays[period])
		b.Starts, b.Ends = append(b.Starts, l.chargePeriods[period].start), append(b.Ends, l.chargePeriods[period].end)
	}
	for c, ids := range r.ids {
		numbers, code := b.Columns[c][:0], r.code[c]
		for _, row := range b.rows {
			numbers = append(numbers, code[ids[row]])
		}
		b.Columns[c] = numbers
	}
	return part
}
