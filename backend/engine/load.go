package engine

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"golang.org/x/sync/errgroup"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/segment"
	"cloud-intelligence/backend/store"
)

func load(ctx context.Context, db *store.DB, version int64) (*ledger, error) {
	l := &ledger{db: db, version: version, codes: map[codeKey]*coding{}, tags: map[uint32][]tag{}, lineKeys: map[string]*lineKey{}}
	// What an import that runs has written is not looked at: it may yet be taken back.
	var err error
	if l.lastLine, err = db.LastLine(ctx); err != nil {
		return nil, err
	}
	group, running := errgroup.WithContext(ctx)
	group.Go(func() error { return l.loadTexts(running) })
	group.Go(func() error {
		for _, step := range []func(context.Context) error{l.loadBills, l.loadFacets, l.loadCube} {
			if err := step(running); err != nil {
				return err
			}
		}
		return nil
	})
	if err := group.Wait(); err != nil {
		return nil, err
	}
	if l.custom, err = db.CustomColumns(ctx); err != nil {
		return nil, err
	}
	l.nameOwn()
	if l.ownColumns, err = db.OwnColumns(ctx); err != nil {
		return nil, err
	}
	return l, l.loadPresent(ctx)
}

func (l *ledger) loadTexts(ctx context.Context) error {
	return l.db.EachText(ctx, func(t store.Text) {
		for len(l.texts) <= int(t.ID) {
			l.texts = append(l.texts, "")
			l.null = append(l.null, true)
		}
		if t.Value != nil {
			l.texts[t.ID], l.null[t.ID] = *t.Value, false
		}
	})
}

// text returns the value of a text id; ok is false for no value.
func (l *ledger) text(id uint32) (string, bool) {
	if int(id) >= len(l.texts) || l.null[id] {
		return "", false
	}
	return l.texts[id], true
}

func (l *ledger) loadBills(ctx context.Context) error {
	slices, err := l.db.Slices(ctx)
	if err != nil {
		return err
	}
	active := map[uint32]bool{}
	for _, s := range slices {
		active[uint32(s.ID)] = s.State == "active"
	}
	l.bills = newTupleSet(store.GroupColumns(store.Bill))
	if err := l.db.EachTuple(ctx, store.Bill, nil, l.bills.add); err != nil {
		return err
	}
	l.active = make([]bool, l.bills.n)
	for id, slice := range l.bills.owner {
		l.active[id] = active[slice]
	}
	return nil
}

func (l *ledger) loadFacets(ctx context.Context) error {
	for _, g := range []store.Group{store.SKU, store.Resource} {
		l.facets[g] = newTupleSet(store.FacetColumns(g))
		if err := l.db.EachFacet(ctx, g, l.facets[g].add); err != nil {
			return err
		}
	}
	return nil
}

// cubeCell is a cell of the rollup while it is loaded.
type cubeCell struct {
	bill, sku, resource, lines uint32
	day                        finops.Day
	amounts                    [store.CostCount]int64 // as EachRollup gives them
}

// loadCube reads the daily rollup, ordered by day, so that a question about a period
// need not look at the other days.
func (l *ledger) loadCube(ctx context.Context) error {
	var cells []cubeCell
	long := map[int][store.CostCount]finops.Amount{} // what is kept as text, by cell
	var failed error
	err := l.db.EachRollup(ctx, func(r store.RollupRow, amounts *[store.CostCount]int64, texts *[store.CostCount]string) {
		for m, text := range texts {
			if text == "" {
				continue
			}
			a, err := longAmount(text)
			failed = cmp.Or(failed, err)
			list := long[len(cells)]
			list[m] = a
			long[len(cells)] = list
		}
		cells = append(cells, cubeCell{r.Bill, r.SKUFacet, r.ResourceFacet, uint32(r.Lines), r.Day, *amounts})
	})
	if err != nil || failed != nil {
		return errors.Join(err, failed)
	}
	order := l.orderCells(cells)
	t := &table{amounts: make([]*column, store.MeasureCount), n: len(cells), weights: make([]uint32, len(cells))}
	for _, g := range []store.Group{store.Period, store.Bill, store.SKU, store.Resource} {
		t.keys[g] = make([]uint32, len(cells))
	}
	for i, at := range order {
		c := &cells[at]
		t.keys[store.Period][i] = uint32(c.day - l.cubeDays[0])
		t.keys[store.Bill][i], t.keys[store.SKU][i], t.keys[store.Resource][i] = c.bill, c.sku, c.resource
		t.weights[i] = c.lines
	}
	for m := range store.CostCount {
		a := segment.NewAmounts(t.n, func(row int) (finops.Amount, bool) {
			switch v := cells[order[row]].amounts[m]; v {
			case store.NoAmount:
				return finops.Amount{}, false
			case store.TextAmount:
				return long[int(order[row])][m], true
			default:
				return finops.Unpack(v), true
			}
		})
		t.amounts[m] = newColumn(a)
	}
	l.cube = t
	return nil
}

// orderCells finds the days of the cells, and the order of the cells by day.
func (l *ledger) orderCells(cells []cubeCell) (order []uint32) {
	if len(cells) == 0 {
		return nil
	}
	first, last := cells[0].day, cells[0].day
	for _, c := range cells {
		first, last = min(first, c.day), max(last, c.day)
	}
	next := make([]int, int(last-first)+2)
	for _, c := range cells {
		next[c.day-first+1]++
	}
	for d := first; d <= last; d++ {
		next[d-first+1] += next[d-first]
		l.cubeDays, l.cubeStarts = append(l.cubeDays, d), append(l.cubeStarts, next[d-first])
	}
	order = make([]uint32, len(cells))
	for i, c := range cells {
		order[next[c.day-first]] = uint32(i)
		next[c.day-first]++
	}
	return order
}

// cubeRange returns the rows of the rollup for the days from first to last; nil = open.
func (l *ledger) cubeRange(first, last *finops.Day) (from, to int) {
	to = l.cube.n
	if len(l.cubeDays) == 0 {
		return 0, to
	}
	start := func(d finops.Day) int {
		switch i := int(d - l.cubeDays[0]); {
		case i <= 0:
			return 0
		case i >= len(l.cubeStarts):
			return l.cube.n
		default:
			return l.cubeStarts[i]
		}
	}
	if first != nil {
		from = start(*first)
	}
	if last != nil {
		to = start(*last + 1)
	}
	return from, max(from, to)
}

func longAmount(text string) (finops.Amount, error) {
	a, err := finops.ParseTotal([]byte(text))
	if err != nil {
		return a, finops.WrapError(finops.CodeCorrupt, err, "The daily rollup holds an amount that cannot be read. Undo the import and import its files again.")
	}
	return a, nil
}

// newColumn takes a column over. Texts that are no number are no value.
func newColumn(a *segment.Amounts) *column {
	c := &column{scale: a.Scale, values: a.Values, wides: a.Wides}
	for row, v := range c.values {
		switch v {
		case segment.Word:
			c.values[row], c.hasNone, c.hasWords = segment.None, true, true
		case segment.None:
			c.hasNone = true
		}
	}
	return c
}

// groupTuples loads the tuple set of a group of the lines. The caller holds mu.
func (l *ledger) groupTuples(ctx context.Context, g store.Group) (*tupleSet, error) {
	if g == store.Bill {
		return l.bills, nil
	}
	if l.tuples[g] != nil {
		return l.tuples[g], nil
	}
	if g == store.Period {
		return l.loadPeriods(ctx)
	}
	names := append([]string(nil), store.GroupColumns(g)...)
	if g == store.Extra {
		for _, c := range l.custom {
			names = append(names, c.Name)
		}
	}
	t := newTupleSet(names)
	t.add(store.Tuple{ID: 0}) // no extra columns
	if err := l.db.EachTuple(ctx, g, l.custom, t.add); err != nil {
		return nil, err
	}
	l.tuples[g] = t
	return t, nil
}

func (l *ledger) loadPeriods(ctx context.Context) (*tupleSet, error) {
	t := newTupleSet(store.GroupColumns(store.Period))
	err := l.db.EachPeriod(ctx, func(p store.PeriodRow) {
		t.add(store.Tuple{ID: p.ID, Texts: []uint32{p.Start, p.End}})
		for len(l.factDays) <= int(p.ID) {
			l.factDays, l.chargePeriods = append(l.factDays, 0), append(l.chargePeriods, chargePeriod{end: NoTime})
		}
		l.factDays[p.ID], l.chargePeriods[p.ID].start = p.Day, p.StartUnix
		if text, ok := l.text(p.End); ok {
			if end, ok := finops.ParseTime([]byte(text)); ok {
				l.chargePeriods[p.ID].end = end
			}
		}
	})
	if err != nil {
		return nil, err
	}
	l.tuples[store.Period] = t
	return t, nil
}

// lines returns the table of the lines with no columns loaded yet. The caller holds mu.
func (l *ledger) lines(ctx context.Context) (*table, error) {
	if l.facts != nil {
		return l.facts, nil
	}
	heads, err := l.db.Segments(ctx)
	if err != nil {
		return nil, err
	}
	heads = slices.DeleteFunc(heads, func(h store.SegmentHead) bool { return h.FirstLine > l.lastLine })
	t := &table{amounts: make([]*column, store.MeasureCount)}
	for _, h := range heads {
		l.starts = append(l.starts, t.n)
		t.n += h.Lines
	}
	l.heads, l.facts = heads, t
	return t, nil
}

// factKeys loads the ids of a group for all lines. The caller holds mu.
func (l *ledger) factKeys(ctx context.Context, g store.Group) ([]uint32, error) {
	t, err := l.lines(ctx)
	if err != nil || t.keys[g] != nil {
		return t.keysOf(g), err
	}
	ids := make([]uint32, t.n)
	err = l.eachSegment(ctx, func(ctx context.Context, i int) error {
		return l.db.Packed(l.heads[i]).Keys(ctx, g, ids[l.starts[i]:l.starts[i]+l.heads[i].Lines])
	})
	if err != nil {
		return nil, err
	}
	t.keys[g] = ids
	return ids, nil
}

func (t *table) keysOf(g store.Group) []uint32 {
	if t == nil {
		return nil
	}
	return t.keys[g]
}

// factAmounts loads a measure of all lines. The caller holds mu.
func (l *ledger) factAmounts(ctx context.Context, m int) (*column, error) {
	t, err := l.lines(ctx)
	if err != nil {
		return nil, err
	}
	if t.amounts[m] != nil {
		return t.amounts[m], nil
	}
	parts := make([]*segment.Amounts, len(l.heads))
	err = l.eachSegment(ctx, func(ctx context.Context, i int) error {
		p, err := l.db.Packed(l.heads[i]).Amounts(ctx, m)
		parts[i] = p
		return err
	})
	if err != nil {
		return nil, err
	}
	t.amounts[m] = newColumn(segment.Join(parts))
	return t.amounts[m], nil
}

// eachSegment calls fn for every segment, on all cores.
func (l *ledger) eachSegment(ctx context.Context, fn func(ctx context.Context, i int) error) error {
	group, ctx := errgroup.WithContext(ctx)
	next := make(chan int)
	for range workers() {
		group.Go(func() error {
			for i := range next {
				if err := fn(ctx, i); err != nil {
					return err
				}
			}
			return nil
		})
	}
	group.Go(func() error {
		defer close(next)
		for i := range l.heads {
			select {
			case next <- i:
			case <-ctx.Done():
				return context.Cause(ctx)
			}
		}
		return nil
	})
	return group.Wait()
}
