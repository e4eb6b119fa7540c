package engine

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"
	"strings"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/finops/rules"
	"cloud-intelligence/backend/segment"
	"cloud-intelligence/backend/store"
)

// ordersMost is how many orders are kept, so that scrolling through a sorted list of a
// million lines sorts it once.
const ordersMost = 4

// order is the list of lines that match a question, in its order.
type order struct {
	positions []uint32 // nil = every line in the order of the files
	total     int
}

func orderKey(q LinesQuestion) (string, error) {
	q.Offset, q.Limit, q.Columns = 0, 0, nil
	text, err := json.Marshal(q)
	return string(text), err
}

// rulesOf returns what the virtual dimensions of a question say: when one is changed, the
// order is another.
func (v *view) rulesOf(q LinesQuestion) string {
	var text strings.Builder
	add := func(column string) bool {
		if rules.IsVirtual(column) {
			if r := v.dims[rules.Key(column[len(finops.DimPrefix):])]; r != nil {
				text.WriteString(r.content)
			}
		}
		return true
	}
	q.Where.EachColumn(add)
	add(q.SortBy)
	return text.String()
}

// order finds the lines of a question.
func (v *view) order(ctx context.Context, q LinesQuestion) (*order, error) {
	key, err := orderKey(q)
	if err != nil {
		return nil, err
	}
	key += v.rulesOf(q)
	return v.orders.get(ctx, key, func(ctx context.Context) (*order, error) { return v.makeOrder(ctx, q) })
}

func (v *view) makeOrder(ctx context.Context, q LinesQuestion) (*order, error) {
	p, err := v.compile(ctx, nil, nil, filterSet{q.Where, q.From, q.To, q.Currency, nil}, finops.GrainNone, true)
	if err != nil {
		return nil, err
	}
	o := &order{}
	if o.positions, err = p.match(ctx); err != nil {
		return nil, err
	}
	if q.Search != "" {
		if o.positions, err = v.search(ctx, o.positions, q.Search); err != nil {
			return nil, err
		}
	}
	if o.total = len(o.positions); o.positions == nil {
		o.total = p.n
	}
	return o, v.sortOrder(ctx, o, q, p)
}

// lineTotals returns the number and the costs of the lines of a question, per currency, most
// lines first. Only lines that were searched for are added up one by one.
func (v *view) lineTotals(ctx context.Context, q LinesQuestion, o *order) ([]finops.Row, error) {
	q.SortBy, q.SortDesc = "", false
	key, err := orderKey(q)
	if err != nil {
		return nil, err
	}
	return v.totals.get(ctx, key+v.rulesOf(q), func(ctx context.Context) ([]finops.Row, error) {
		rows, err := v.makeTotals(ctx, q, o)
		slices.SortFunc(rows, func(a, b finops.Row) int {
			return cmp.Or(cmp.Compare(b.Lines, a.Lines), cmp.Compare(a.Currency, b.Currency))
		})
		return rows, err
	})
}

func (v *view) makeTotals(ctx context.Context, q LinesQuestion, o *order) ([]finops.Row, error) {
	if q.Search != "" {
		return v.searchedTotals(ctx, o.positions)
	}
	a, err := v.ask(ctx, finops.Question{Metrics: finops.Metrics, Where: q.Where, From: q.From, To: q.To, Currency: q.Currency})
	if err != nil {
		return nil, err
	}
	return a.Rows, nil
}

// match lists the rows of a plan that match; nil means every row.
func (p *plan) match(ctx context.Context) ([]uint32, error) {
	every := p.filter == nil
	for _, k := range p.keys {
		every = every && (k.ids == nil || k.whole)
	}
	if every {
		return nil, nil
	}
	positions := []uint32{}
	var numbers [chunk]uint64
	for at := 0; at < p.n; at += chunk {
		if at%(chunk*512) == 0 && ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		n := min(chunk, p.n-at)
		p.number(numbers[:n], at)
		for i, number := range numbers[:n] {
			if number != noGroup {
				positions = append(positions, uint32(at+i))
			}
		}
	}
	return positions, nil
}

// each calls fn for the positions, or for 0..n-1 when there is no list.
func each(positions []uint32, n int, fn func(row uint32)) {
	if positions == nil {
		for row := range n {
			fn(uint32(row))
		}
		return
	}
	for _, row := range positions {
		fn(row)
	}
}

// searchedTotals adds the four costs of lines per currency.
func (l *ledger) searchedTotals(ctx context.Context, positions []uint32) ([]finops.Row, error) {
	d, err := l.resolve("BillingCurrency")
	if err != nil {
		return nil, err
	}
	currencies, err := l.coding(ctx, d, false)
	if err != nil {
		return nil, err
	}
	bills, err := l.factKeys(ctx, store.Bill)
	if err != nil {
		return nil, err
	}
	rows := make([]finops.Row, len(currencies.values))
	for c, v := range currencies.values {
		rows[c].Amounts = make([]*finops.Sum, len(finops.Metrics))
		if v != nil {
			rows[c].Currency = *v
		}
	}
	for _, row := range positions {
		rows[currencies.code[bills[row]]].Lines++
	}
	for m, metric := range finops.Metrics {
		column, err := l.factAmounts(ctx, store.MeasureIndex(string(metric)))
		if err != nil {
			return nil, err
		}
		for _, row := range positions {
			amount, known := column.value(int(row))
			if !known {
				continue
			}
			sum := &rows[currencies.code[bills[row]]].Amounts[m]
			if *sum == nil {
				*sum = new(finops.Sum)
			}
			(*sum).Add(amount)
		}
	}
	return slices.DeleteFunc(rows, func(r finops.Row) bool { return r.Lines == 0 }), nil
}

// sortOrder puts the lines of an order into the order that the question wants.
func (v *view) sortOrder(ctx context.Context, o *order, q LinesQuestion, p *plan) error {
	if q.SortBy == "" {
		if q.SortDesc {
			o.list(p.n)
			slices.Reverse(o.positions)
		}
		return nil
	}
	o.list(p.n)
	d, err := v.resolve(q.SortBy)
	if err != nil {
		return err
	}
	if m := store.MeasureIndex(d.column); m >= 0 {
		c, err := v.factAmounts(ctx, m)
		if err != nil {
			return err
		}
		if !c.hasWords {
			o.positions = sortByAmount(o.positions, c, q.SortDesc)
			return nil
		}
	}
	ids, rank, err := v.ranks(ctx, d)
	if err != nil {
		return err
	}
	keys := make([]uint64, len(o.positions))
	for i, row := range o.positions {
		r := uint64(rank[ids[row]])
		if q.SortDesc {
			r = 1<<32 - 1 - r
		}
		keys[i] = r
	}
	o.positions = sortByKey(keys, o.positions)
	return nil
}

// list makes the list of positions explicit.
func (o *order) list(n int) {
	if o.positions != nil {
		return
	}
	o.positions = make([]uint32, n)
	for i := range o.positions {
		o.positions[i] = uint32(i)
	}
}

// sortByAmount orders lines by a cost; unknown comes last either way.
func sortByAmount(positions []uint32, c *column, desc bool) []uint32 {
	if len(c.wides) > 0 {
		sortByExactAmount(positions, c, desc)
		return positions
	}
	keys := make([]uint64, len(positions))
	for i, row := range positions {
		v := c.values[row]
		key := uint64(v) ^ 1<<63 // the order of signed numbers
		if desc {
			key = ^key
		}
		if v == segment.None {
			key = 1<<64 - 1
		}
		keys[i] = key
	}
	return sortByKey(keys, positions)
}

// sortByKey returns positions ordered by their keys, equal keys in the order given. It
// is a radix sort: a million lines take about 40 ms, comparing them 800 ms.
func sortByKey(keys []uint64, positions []uint32) []uint32 {
	var counts [8][256]int
	for _, k := range keys {
		for b := range counts {
			counts[b][byte(k>>(8*b))]++
		}
	}
	keys2, positions2 := make([]uint64, len(keys)), make([]uint32, len(keys))
	positions = slices.Clone(positions)
	for b := range counts {
		if len(keys) == 0 || counts[b][byte(keys[0]>>(8*b))] == len(keys) {
			continue // all keys have this byte in common
		}
		at := 0
		for d, n := range counts[b] {
			counts[b][d] = at
			at += n
		}
		for i, k := range keys {
			d := byte(k >> (8 * b))
			keys2[counts[b][d]], positions2[counts[b][d]] = k, positions[i]
			counts[b][d]++
		}
		keys, keys2, positions, positions2 = keys2, keys, positions2, positions
	}
	return positions
}

func sortByExactAmount(positions []uint32, c *column, desc bool) {
	slices.SortStableFunc(positions, func(a, b uint32) int {
		x, y := c.values[a], c.values[b]
		if x == y && x != segment.Wide {
			return 0
		}
		if x == segment.None || y == segment.None {
			return cmp.Compare(flag(x == segment.None), flag(y == segment.None))
		}
		r := c.at(int(a)).Cmp(c.at(int(b)))
		if desc {
			return -r
		}
		return r
	})
}

// value is the amount of a row, if it has one.
func (c *column) value(row int) (amount finops.Amount, known bool) {
	if c.values[row] == segment.None {
		return amount, false
	}
	return c.at(row), true
}

func (c *column) at(row int) finops.Amount {
	if v := c.values[row]; v != segment.Wide {
		return finops.NewAmount(v, c.scale)
	}
	return c.wides[row]
}

func flag(b bool) int {
	if b {
		return 1
	}
	return 0
}

// coded returns the id of a dimension that each line has, and the values of the ids.
func (l *ledger) coded(ctx context.Context, d dimension) (ids []uint32, c *coding, err error) {
	if l.perRow(d) {
		key, err := l.rowKey(ctx, l.placeOf(d), false)
		if err != nil {
			return nil, nil, err
		}
		return key.ids, &key.coding, nil
	}
	if c, err = l.coding(ctx, d, false); err != nil {
		return nil, nil, err
	}
	ids, err = l.factKeys(ctx, d.group)
	return ids, c, err
}

// ranks returns for every id of a dimension the rank of its value; no value comes last.
func (l *ledger) ranks(ctx context.Context, d dimension) (ids, rank []uint32, err error) {
	ids, c, err := l.coded(ctx, d)
	if err != nil {
		return nil, nil, err
	}
	numbers := make([]uint32, len(c.values))
	for i := range numbers {
		numbers[i] = uint32(i)
	}
	kind := finops.KindText
	if column, ok := finops.ColumnByName(d.column); ok {
		kind = column.Kind
	}
	values := l.shown(d, c.values)
	slices.SortStableFunc(numbers, func(a, b uint32) int { return compareValues(values[a], values[b], kind) })
	rankOf := make([]uint32, len(numbers))
	for r, n := range numbers {
		rankOf[n] = uint32(r)
	}
	rank = make([]uint32, len(c.code))
	for id, n := range c.code {
		rank[id] = rankOf[n]
	}
	return ids, rank, nil
}

// shown are the values of a dimension as a person reads them: accounts by their names.
func (l *ledger) shown(d dimension, values []*string) []*string {
	names := l.namesOf(d.derived)
	if len(names) == 0 {
		return values
	}
	shown := slices.Clone(values)
	for i, v := range values {
		if v == nil {
			continue
		}
		if name, known := names[*v]; known {
			shown[i] = &name
		}
	}
	return shown
}

func compareValues(a, b *string, kind finops.Kind) int {
	if a == nil || b == nil {
		return cmp.Compare(flag(a == nil), flag(b == nil))
	}
	switch kind {
	case finops.KindDecimal:
		x, errX := finops.ParseAmount([]byte(*a))
		y, errY := finops.ParseAmount([]byte(*b))
		if errX == nil && errY == nil {
			return x.Cmp(y)
		}
	case finops.KindTime:
		x, okX := finops.ParseTime([]byte(*a))
		y, okY := finops.ParseTime([]byte(*b))
		if okX && okY {
			return cmp.Compare(x, y)
		}
	case finops.KindText, finops.KindJSON:
	}
	return strings.Compare(*a, *b)
}
