package engine

import (
	"context"

	"golang.org/x/sync/errgroup"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/store"
)

// Block is a run of charge lines, column by column, with every value as the file wrote it:
// words for "no value" and odd spellings are not corrected.
type Block struct {
	Lines   int
	reader  *blockReader
	keys    [store.GroupCount][]uint32
	amounts [][]int64         // by measure
	texts   []map[int]*string // by measure: amounts that are kept as text
	own     []map[int]*string // by column: values that are kept with the line
	rows    []int64           // ids of the lines
}

// Cells are the values of one column of a Block, line by line. A line that Texts names has
// that value; any other the amount in Amounts or, where that is nil, Values[IDs[line]].
type Cells struct {
	IDs     []uint32
	Values  []*string       // the same list in every block; nil = no value
	Amounts []int64         // of a measure: see finops.Unpack; or store.NoAmount
	Texts   map[int]*string // seldom any

	// The text of the last amount: neighbours often share one.
	last     int64
	lastText *string
}

// Text is the value of a line, nil for none.
func (c *Cells) Text(line int) *string {
	if len(c.Texts) > 0 {
		if text, ok := c.Texts[line]; ok {
			return text
		}
	}
	if c.Amounts == nil {
		return c.Values[c.IDs[line]]
	}
	v := c.Amounts[line]
	if v == store.NoAmount {
		return nil
	}
	if c.lastText == nil || c.last != v {
		text := finops.Unpack(v).String()
		c.last, c.lastText = v, &text
	}
	return c.lastText
}

// blockReader fills blocks. Nothing of it is changed while it is used.
type blockReader struct {
	l       *ledger
	columns []cellSource
	sets    [store.GroupCount]*tupleSet
	texts   []*string // by id
	hasOwn  bool      // some of the columns are kept with the lines
}

// EachBlock reads the lines that match in blocks of size lines, several at a time. It calls
// start for each of the cores that work; what start returns is called with blocks, one after
// the other, and must not keep them. done hears the results in the order of the lines, from
// one goroutine. Offset and Limit of q hold; the columns of the blocks are those of q.
func EachBlock[T any](ctx context.Context, e *Engine, q LinesQuestion, size int, start func() func(*Block) (T, error), done func(T) error) error {
	l, err := e.ledger(ctx)
	if err != nil {
		return err
	}
	r, o, err := l.blockReader(ctx, q)
	if err != nil {
		return err
	}
	end := o.total
	if q.Limit > 0 {
		end = min(end, q.Offset+q.Limit)
	}
	type job struct {
		from, to int
		result   chan T
	}
	jobs, results := make(chan job), make(chan chan T, workers())
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error {
		defer close(jobs)
		defer close(results)
		for from := max(q.Offset, 0); from < end; from += size {
			j := job{from, min(from+size, end), make(chan T, 1)}
			select {
			case results <- j.result:
			case <-ctx.Done():
				return context.Cause(ctx)
			}
			select {
			case jobs <- j:
			case <-ctx.Done():
				return context.Cause(ctx)
			}
		}
		return nil
	})
	for range workers() {
		work := start()
		group.Go(func() error {
			b := r.newBlock()
			for j := range jobs {
				if err := b.read(ctx, o, j.from, j.to); err != nil {
					return err
				}
				result, err := work(b)
				if err != nil {
					return err
				}
				j.result <- result
			}
			return nil
		})
	}
	group.Go(func() error {
		for result := range results {
			select {
			case v := <-result:
				if err := done(v); err != nil {
					return err
				}
			case <-ctx.Done():
				return context.Cause(ctx)
			}
		}
		return nil
	})
	return group.Wait()
}

func (l *ledger) blockReader(ctx context.Context, q LinesQuestion) (*blockReader, *order, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	o, err := l.order(ctx, q)
	if err != nil {
		return nil, nil, err
	}
	r := &blockReader{l: l}
	if r.sets, err = l.allTuples(ctx); err != nil {
		return nil, nil, err
	}
	for _, name := range q.Columns {
		c, err := l.cellSource(ctx, name)
		if err != nil {
			return nil, nil, err
		}
		r.columns = append(r.columns, c)
		r.hasOwn = r.hasOwn || c.own != ""
	}
	r.texts = make([]*string, len(l.texts))
	for id := range l.texts {
		if !l.null[id] {
			r.texts[id] = &l.texts[id]
		}
	}
	err = l.db.EachRawText(ctx, func(id uint32, raw *string) {
		if int(id) < len(r.texts) {
			r.texts[id] = raw
		}
	})
	return r, o, err
}

func (r *blockReader) newBlock() *Block {
	return &Block{
		reader: r, amounts: make([][]int64, len(store.Measures)), texts: make([]map[int]*string, len(store.Measures)),
		own: make([]map[int]*string, len(r.columns)),
	}
}

// grown returns a list of n, with anything in it.
func grown[T any](list []T, n int) []T {
	if cap(list) < n {
		return make([]T, n)
	}
	return list[:n]
}

func (b *Block) read(ctx context.Context, o *order, from, to int) error {
	b.Lines = to - from
	b.rows = grown(b.rows, b.Lines)
	for g := range b.keys {
		b.keys[g] = grown(b.keys[g], b.Lines)
	}
	for m := range b.amounts {
		b.amounts[m] = grown(b.amounts[m], b.Lines)
	}
	clear(b.texts)
	clear(b.own)
	return b.reader.l.charges(ctx, o, from, to, b.put)
}

// put takes a stored line over.
func (b *Block) put(at int, c *store.ChargeRow) error {
	b.rows[at] = c.ID
	for g, id := range c.Keys {
		b.keys[g][at] = id
	}
	for m, amount := range c.Amounts {
		switch v := amount.(type) {
		case int64:
			b.amounts[m][at] = v
		case string:
			b.amounts[m][at] = store.TextAmount
			set(&b.texts[m], at, v)
		default:
			b.amounts[m][at] = store.NoAmount
		}
	}
	if c.Own == nil || !b.reader.hasOwn {
		return nil
	}
	own, err := ownValues(c)
	if err != nil {
		return err
	}
	for i := range b.reader.columns {
		if key := b.reader.columns[i].own; key != "" {
			if v, ok := own[key]; ok {
				set(&b.own[i], at, v)
			}
		}
	}
	return nil
}

func set(m *map[int]*string, at int, text string) {
	if *m == nil {
		*m = map[int]*string{}
	}
	(*m)[at] = &text
}

// Cells puts the values of a column into cells, whose lists are used again. They hold until
// the block is filled anew.
func (b *Block) Cells(column int, cells *Cells) {
	c := &b.reader.columns[column]
	if c.measure >= 0 {
		*cells = Cells{IDs: cells.IDs, Values: nil, Amounts: b.amounts[c.measure], Texts: b.texts[c.measure]}
		return
	}
	*cells = Cells{IDs: grown(cells.IDs, b.Lines), Values: b.reader.texts, Texts: b.own[column]}
	switch {
	case c.rows != nil:
		cells.Values = c.rows.coding.values
		for i, id := range b.rows[:b.Lines] {
			cells.IDs[i] = c.rows.ids[b.reader.l.position(id)]
		}
	case c.made != nil:
		cells.Values = c.made.values
		pickIDs(cells.IDs, b.keys[c.group], c.made.code)
	default:
		pickIDs(cells.IDs, b.keys[c.group], b.reader.sets[c.group].texts[c.index])
	}
}

func pickIDs(into, keys, of []uint32) {
	for i, key := range keys[:len(into)] {
		into[i] = of[key]
	}
}
