package engine

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"runtime"
	"slices"
	"strings"
	"sync"

	"golang.org/x/sync/errgroup"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/segment"
	"cloud-intelligence/backend/store"
)

// load reads a state of the ledger. What it has in common with an earlier state, where there is one, is taken from that.
func load(ctx context.Context, db *store.DB, version int64, before *ledger) (*ledger, error) {
	l := &ledger{db: db, version: version}
	l.names = sync.OnceValue(l.accountNames)
	l.lineKeys.most = func() int { return 1 }
	l.ruledRows.most = l.ruledRowsMost
	l.orders.most = func() int { return ordersMost }
	l.totals.most = l.orders.most
	// What an import that runs has written is not looked at: it may yet be taken back.
	var err error
	if l.lastLine, err = db.LastLine(ctx); err != nil {
		return nil, err
	}
	group, running := errgroup.WithContext(ctx)
	group.Go(func() error { return l.loadTexts(running) })
	group.Go(func() error {
		loadCube := func(ctx context.Context) error { return l.loadCube(ctx, before) }
		for _, step := range []func(context.Context) error{l.loadBills, l.loadFacets, loadCube, l.loadHeads} {
			if err := step(running); err != nil {
				return err
			}
		}
		return nil
	})
	if err := group.Wait(); err != nil {
		return nil, err
	}
	named, err := db.AccountNames(ctx)
	if err != nil {
		return nil, err
	}
	l.providerNames = make(map[string]string, len(named))
	for id, name := range named {
		l.providerNames[finops.CanonicalAccount(id)] = strings.TrimSpace(name)
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
	active, months := map[uint32]bool{}, map[uint32]finops.Month{}
	for _, s := range slices {
		active[uint32(s.ID)], months[uint32(s.ID)] = s.State == "active", s.Month
	}
	l.bills = newTupleSet(store.GroupColumns(store.Bill))
	if err := l.db.EachTuple(ctx, store.Bill, nil, l.bills.add); err != nil {
		return err
	}
	l.active, l.billMonths = make([]bool, l.bills.n), make([]finops.Month, l.bills.n)
	for id, slice := range l.bills.owner {
		l.active[id], l.billMonths[id] = active[slice], months[slice]
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

// cubeCells are the cells of the rollup while it is loaded, by column, since putting them in order reads each column here and there.
type cubeCells struct {
	bill, sku, resource, lines []uint32
	day                        []finops.Day
	amounts                    [store.CostCount][]int64               // as EachRollup gives them
	long                       [store.CostCount]map[int]finops.Amount // what is kept as text, by cell
}

// cubeReaders bounds how many parts of the rollup are read at the same time: the store has a few connections more.
const cubeReaders = 3

// readCells reads the cells of bills that count: all, or those that an earlier state did not have.
func (l *ledger) readCells(ctx context.Context, before *ledger) (*cubeCells, error) {
	readers := min(cubeReaders, runtime.GOMAXPROCS(0))
	parts, failed := make([]cubeCells, 1+readers), make([]error, readers)
	since := 0
	if before != nil && l.continues(before) {
		since, parts[0] = len(before.active), before.cells(l.active)
	}
	err := l.db.EachRollup(ctx, readers, uint32(since), func(part int, r store.RollupRow, amounts *[store.CostCount]int64, texts *[store.CostCount]string) {
		failed[part] = cmp.Or(failed[part], parts[1+part].add(r, amounts, texts))
	})
	return joined(parts), errors.Join(append(failed, err)...)
}

// continues reports whether every bill that counts did so in an earlier state, or came after it. The charges of a bill never change.
func (l *ledger) continues(before *ledger) bool {
	for bill, active := range l.active[:min(len(l.active), len(before.active))] {
		if active && !before.active[bill] {
			return false
		}
	}
	return true
}

// cells are the cells of the rollup of bills that count, in the form in which they are read.
func (l *ledger) cells(active []bool) (c cubeCells) {
	t := l.cube
	var rows []uint32
	for row, bill := range t.keys[store.Bill] {
		if int(bill) < len(active) && active[bill] {
			rows = append(rows, uint32(row))
		}
	}
	c.bill, c.sku, c.resource, c.lines = inOrder(t.keys[store.Bill], rows), inOrder(t.keys[store.SKU], rows), inOrder(t.keys[store.Resource], rows), inOrder(t.weights, rows)
	c.day = make([]finops.Day, len(rows))
	for i, row := range rows {
		c.day[i] = l.cubeDays[t.keys[store.Period][row]]
	}
	var columns sync.WaitGroup
	for m := range t.amounts {
		columns.Go(func() {
			c.amounts[m] = make([]int64, len(rows))
			for i, row := range rows {
				c.setAmount(i, m, t.amounts[m], int(row))
			}
		})
	}
	columns.Wait()
	return c
}

// setAmount enters an amount of a column.
func (c *cubeCells) setAmount(cell, measure int, from *column, row int) {
	a, known := from.value(row)
	if !known {
		c.amounts[measure][cell] = store.NoAmount
		return
	}
	a = a.Trim()
	packed, ok := a.Pack()
	if !ok {
		packed = store.TextAmount
		c.setLong(cell, measure, a)
	}
	c.amounts[measure][cell] = packed
}

// setLong enters an amount that is kept as text.
func (c *cubeCells) setLong(cell, measure int, a finops.Amount) {
	if c.long[measure] == nil {
		c.long[measure] = map[int]finops.Amount{}
	}
	c.long[measure][cell] = a
}

// add adds a cell.
func (c *cubeCells) add(r store.RollupRow, amounts *[store.CostCount]int64, texts *[store.CostCount]string) (failed error) {
	for m, text := range texts {
		if text == "" {
			continue
		}
		a, err := longAmount(text)
		if failed == nil {
			failed = err
		}
		c.setLong(len(c.day), m, a)
	}
	c.bill, c.sku, c.resource = append(c.bill, r.Bill), append(c.sku, r.SKUFacet), append(c.resource, r.ResourceFacet)
	c.lines, c.day = append(c.lines, uint32(r.Lines)), append(c.day, r.Day)
	for m, v := range amounts {
		c.amounts[m] = append(c.amounts[m], v)
	}
	return failed
}

// joined are the cells of all parts; those of the parts are used up.
func joined(parts []cubeCells) *cubeCells {
	all := &parts[0]
	for i := range parts[1:] {
		p := &parts[1+i]
		for m, long := range p.long {
			for at, a := range long {
				all.setLong(len(all.day)+at, m, a)
			}
		}
		for _, c := range []struct{ into, from *[]uint32 }{{&all.bill, &p.bill}, {&all.sku, &p.sku}, {&all.resource, &p.resource}, {&all.lines, &p.lines}} {
			*c.into, *c.from = append(*c.into, *c.from...), nil
		}
		all.day, p.day = append(all.day, p.day...), nil
		for m := range p.amounts {
			all.amounts[m], p.amounts[m] = append(all.amounts[m], p.amounts[m]...), nil
		}
	}
	return all
}

// loadCube reads the daily rollup, ordered by day, so that a question about a period
// need not look at the other days.
func (l *ledger) loadCube(ctx context.Context, before *ledger) error {
	cells, err := l.readCells(ctx, before)
	if err != nil {
		return err
	}
	order := l.orderCells(cells.day)
	t := &table{n: len(order)}
	var columns sync.WaitGroup
	for g, ids := range map[store.Group][]uint32{store.Bill: cells.bill, store.SKU: cells.sku, store.Resource: cells.resource} {
		columns.Go(func() { t.keys[g] = inOrder(ids, order) })
	}
	columns.Go(func() { t.weights = inOrder(cells.lines, order) })
	columns.Go(func() {
		days := make([]uint32, t.n)
		for i, at := range order {
			days[i] = uint32(cells.day[at] - l.cubeDays[0])
		}
		t.keys[store.Period] = days
	})
	for m := range store.CostCount {
		columns.Go(func() {
			amounts := inOrder(cells.amounts[m], order)
			cells.amounts[m] = nil
			a := segment.NewAmounts(t.n, func(row int) (finops.Amount, bool) {
				switch v := amounts[row]; v {
				case store.NoAmount:
					return finops.Amount{}, false
				case store.TextAmount:
					return cells.long[m][int(order[row])], true
				default:
					return finops.Unpack(v), true
				}
			})
			t.amounts[m] = newColumn(a)
		})
	}
	columns.Wait()
	l.cube = t
	return nil
}

// inOrder is a list in another order.
func inOrder[T any](list []T, order []uint32) []T {
	ordered := make([]T, len(order))
	for i, at := range order {
		ordered[i] = list[at]
	}
	return ordered
}

// orderCells finds the days of the cells, and the order of the cells by day.
func (l *ledger) orderCells(days []finops.Day) (order []uint32) {
	if len(days) == 0 {
		return nil
	}
	first, last := slices.Min(days), slices.Max(days)
	next := make([]int, int(last-first)+2)
	for _, d := range days {
		next[d-first+1]++
	}
	for d := first; d <= last; d++ {
		next[d-first+1] += next[d-first]
		l.cubeDays, l.cubePeriods, l.cubeStarts = append(l.cubeDays, d), append(l.cubePeriods, period{d, NoTime, NoTime}), append(l.cubeStarts, next[d-first])
	}
	order = make([]uint32, len(days))
	for i, d := range days {
		order[next[d-first]] = uint32(i)
		next[d-first]++
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
		return a, finops.WrapError(finops.CodeCorrupt, err, "The daily totals have an amount that cannot be read. Undo the import and import its files again.")
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

// groupTuples returns the tuple set of a group of the lines.
func (l *ledger) groupTuples(ctx context.Context, g store.Group) (*tupleSet, error) {
	if g == store.Bill {
		return l.bills, nil
	}
	return l.tuples.get(ctx, g, func(ctx context.Context) (*tupleSet, error) {
		if g == store.Period {
			return l.loadPeriods(ctx)
		}
		return l.loadTuples(ctx, g)
	})
}

func (l *ledger) loadTuples(ctx context.Context, g store.Group) (*tupleSet, error) {
	names := append([]string(nil), store.GroupColumns(g)...)
	if g == store.Extra {
		for _, c := range l.custom {
			names = append(names, c.Name)
		}
	}
	t := newTupleSet(names)
	t.add(store.Tuple{ID: 0}) // no extra columns
	return t, l.db.EachTuple(ctx, g, l.custom, t.add)
}

func (l *ledger) loadPeriods(ctx context.Context) (*tupleSet, error) {
	t := newTupleSet(store.GroupColumns(store.Period))
	err := l.db.EachPeriod(ctx, func(p store.PeriodRow) {
		t.add(store.Tuple{ID: p.ID, Texts: []uint32{p.Start, p.End}})
		for len(t.periods) < t.n {
			t.periods = append(t.periods, period{})
		}
		t.periods[p.ID] = l.periodOf(p)
	})
	return t, err
}

// loadHeads finds the segments of the lines that count.
func (l *ledger) loadHeads(ctx context.Context) error {
	heads, err := l.db.Segments(ctx)
	if err != nil {
		return err
	}
	l.heads = slices.DeleteFunc(heads, func(h store.SegmentHead) bool { return h.FirstLine > l.lastLine })
	for _, h := range l.heads {
		l.starts = append(l.starts, l.lines)
		l.lines += h.Lines
	}
	return nil
}

// factKeys returns the ids of a group for all lines.
func (l *ledger) factKeys(ctx context.Context, g store.Group) ([]uint32, error) {
	return l.keys.get(ctx, g, func(ctx context.Context) ([]uint32, error) { return l.loadKeys(ctx, g) })
}

func (l *ledger) loadKeys(ctx context.Context, g store.Group) ([]uint32, error) {
	ids := make([]uint32, l.lines)
	err := l.eachSegment(ctx, func(ctx context.Context, i int) error {
		return l.db.Packed(l.heads[i]).Keys(ctx, g, ids[l.starts[i]:l.starts[i]+l.heads[i].Lines])
	})
	return ids, err
}

// factAmounts returns a measure of all lines.
func (l *ledger) factAmounts(ctx context.Context, m int) (*column, error) {
	return l.amounts.get(ctx, m, func(ctx context.Context) (*column, error) { return l.loadAmounts(ctx, m) })
}

func (l *ledger) loadAmounts(ctx context.Context, m int) (*column, error) {
	values, parts := make([]int64, l.lines), make([]*segment.Amounts, len(l.heads))
	err := l.eachSegment(ctx, func(ctx context.Context, i int) error {
		p, err := l.db.Packed(l.heads[i]).AmountsInto(ctx, m, values[l.starts[i]:l.starts[i]+l.heads[i].Lines])
		parts[i] = p
		return err
	})
	if err != nil {
		return nil, err
	}
	return newColumn(segment.Join(values, parts)), nil
}

// absoluteCost is finops.AbsoluteCost of all lines.
func (l *ledger) absoluteCost(ctx context.Context) (*column, error) {
	return l.absolute.get(ctx, struct{}{}, func(ctx context.Context) (*column, error) {
		effective, err := l.factAmounts(ctx, store.MeasureIndex(string(finops.EffectiveCost)))
		if err != nil {
			return nil, err
		}
		if !effective.hasNone {
			return effective.absolute(), nil
		}
		billed, err := l.factAmounts(ctx, store.MeasureIndex(string(finops.BilledCost)))
		if err != nil {
			return nil, err
		}
		return newColumn(segment.NewAmounts(l.lines, func(row int) (finops.Amount, bool) {
			amount, known := effective.value(row)
			if !known {
				amount, known = billed.value(row)
			}
			if amount.Sign() < 0 {
				amount = amount.Neg()
			}
			return amount, known
		})), nil
	})
}

// absolute is the column without signs.
func (c *column) absolute() *column {
	a := &column{scale: c.scale, values: make([]int64, len(c.values)), wides: maps.Clone(c.wides)}
	for row, v := range c.values {
		if v < 0 && v != segment.Wide { // the least of a value is above the marks
			v = -v
		}
		a.values[row] = v
	}
	for row, v := range a.wides {
		if v.Sign() < 0 {
			a.wides[row] = v.Neg()
		}
	}
	return a
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
