package engine

import (
	"context"
	"runtime"
	"slices"
	"time"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/store"
)

func workers() int { return min(runtime.GOMAXPROCS(0), 8) }

// skip marks a tuple whose rows do not match.
const skip = ^uint32(0)

// keyPlan maps the ids of one key of a table to the part of the group number that it
// decides, or to skip.
type keyPlan struct {
	ids   []uint32 // per row; nil when every row has part 0
	part  []uint32 // per id
	size  uint64   // number of parts
	whole bool     // no row is skipped
	rises bool     // from row to row the part never becomes smaller
	dims  []partDim
}

// partDim takes a dimension's value back out of a part.
type partDim struct {
	slot   int // position in the row's keys; currencySlot and timeSlot for those
	values []*string
	codes  []uint32 // of the values in the coding of the column; nil = the coding may change
}

const (
	currencySlot = -1
	timeSlot     = -2
	partSlot     = -3 // and below: which of the filters of eachOf hold
)

// plan is a question compiled against a table.
type plan struct {
	n       int      // rows of the table: cells of the rollup, or lines
	weights []uint32 // lines per row; nil = 1
	keys    []keyPlan
	filter  *rowFilter // nil = the keys decide alone
	amounts []*column
	product uint64 // number of possible groups
	// from and to bound the rows that can match.
	from, to int
	// numbered says that the only dimension is one that the rollup does not have, so that its coding is always
	// the same.
	numbered bool
	parts    *partition // nil = the rows are not taken apart by filters
}

// filterSet is what a question asks of the rows.
type filterSet struct {
	where    finops.Filter
	from, to *finops.Day
	currency string
	of       []finops.Filter // the rows are taken apart by which of them hold; see eachOf
}

// compile resolves a question against the rollup if that suffices, else the lines. A fine one asks which lines match, and nothing else.
func (v *view) compile(ctx context.Context, metrics []finops.Metric, groupBy []string, f filterSet, grain finops.Grain, fine bool) (*plan, error) {
	if err := f.where.Check(); err != nil {
		return nil, err
	}
	if grain == finops.GrainUsual {
		return nil, finops.Errorf(finops.CodeInvalid, "Name the step of time: day, month or another.")
	}
	f.where = f.where.Normal()
	dims, coarse, err := v.resolveAll(groupBy)
	if err != nil {
		return nil, err
	}
	where, err := v.resolveFilter(f.where, v.resolve)
	if err != nil {
		return nil, err
	}
	parts, err := v.partition(f.of)
	if err != nil {
		return nil, err
	}
	numbered := len(dims) == 1 && !coarse && dims[0].ruled == nil
	coarse = coarse && where.coarse && parts.coarse() && grain != finops.GrainHour && !v.replaced
	for _, m := range metrics {
		if err := checkMetric(m, groupBy, f.where); err != nil {
			return nil, err
		}
		coarse = coarse && m.Unit() == "" && m != finops.AbsoluteCost
	}
	b := &planBuilder{l: v.ledger, active: v.active, fiscalStart: v.fiscalStart, coarse: coarse && !fine, fine: fine, plan: &plan{n: v.lines, to: v.lines, numbered: numbered, parts: parts}, where: where.conjuncts(), lineKeys: map[place]*lineKey{}}
	if b.coarse {
		b.plan.n, b.plan.weights = v.cube.n, v.cube.weights
		b.plan.from, b.plan.to = v.cubeRange(f.from, f.to)
	}
	if err := b.build(ctx, dims, f, grain); err != nil {
		return nil, err
	}
	for _, m := range metrics {
		c, err := v.measure(ctx, m, b.coarse)
		if err != nil {
			return nil, err
		}
		b.plan.amounts = append(b.plan.amounts, c)
	}
	return b.plan, nil
}

// measure returns the values of a metric: of the rollup, or of the lines.
func (v *view) measure(ctx context.Context, m finops.Metric, coarse bool) (*column, error) {
	switch i := store.MeasureIndex(string(m)); {
	case m == finops.AbsoluteCost:
		return v.absoluteCost(ctx)
	case coarse:
		return v.cube.amounts[i], nil
	default:
		return v.factAmounts(ctx, i)
	}
}

// CheckFilter answers CodeInvalid for a filter that the ledger cannot answer, as Ask does.
func (e *Engine) CheckFilter(ctx context.Context, f finops.Filter) error {
	check, err := e.FilterCheck(ctx)
	if err != nil {
		return err
	}
	return check(f)
}

// FilterCheck returns CheckFilter for many filters, by the ledger as it is now.
func (e *Engine) FilterCheck(ctx context.Context) (func(finops.Filter) error, error) {
	v, err := e.view(ctx)
	if err != nil {
		return nil, err
	}
	return func(f finops.Filter) error {
		if err := f.Check(); err != nil {
			return err
		}
		_, err := v.resolveFilter(f.Normal(), v.resolve)
		return err
	}, nil
}

// checkMetric lets no quantities of different units be added.
func checkMetric(m finops.Metric, groupBy []string, where finops.Filter) error {
	if m == finops.AbsoluteCost {
		return nil
	}
	if i := store.MeasureIndex(string(m)); i < 0 || (i >= store.CostCount && m.Unit() == "") {
		return noMetric(m)
	}
	if m.Unit() == "" || slices.Contains(groupBy, m.Unit()) {
		return nil
	}
	if where.Kind == finops.FilterCondition {
		where = finops.All(where)
	}
	for _, part := range where.Parts {
		if c := part.Condition; where.Kind == finops.FilterAll && c != nil && c.Column == m.Unit() && c.Op == finops.OpIn && len(c.Values) == 1 {
			return nil
		}
	}
	return finops.Errorf(finops.CodeInvalid, "%s of different units cannot be added. Group by %[2]s, or ask for one %[2]s.", m, m.Unit())
}

func noMetric(m finops.Metric) error {
	return finops.Errorf(finops.CodeInvalid, "%q is not a metric; use BilledCost, EffectiveCost, ListCost, ContractedCost or a quantity.", m)
}

func (v *view) resolveAll(groupBy []string) (dims []dimension, coarse bool, err error) {
	const most = 8
	if len(groupBy) > most {
		return nil, false, finops.Errorf(finops.CodeInvalid, "Group by at most %d columns.", most)
	}
	coarse = true
	for _, column := range groupBy {
		d, err := v.resolve(column)
		if err != nil {
			return nil, false, err
		}
		dims, coarse = append(dims, d), coarse && d.coarse
	}
	return dims, coarse, nil
}

type planBuilder struct {
	l        *ledger
	active   []bool // the bills that count, by id
	plan     *plan
	coarse   bool
	fine     bool               // the groups are of no interest; see compile
	where    []*node            // all must hold
	lineKeys map[place]*lineKey // the ledger keeps only some

	fiscalStart time.Month
}

// build makes one keyPlan for each key that the question needs: for the filters that it
// alone decides, its dimensions, its period, and always the bill for currency and validity.
func (b *planBuilder) build(ctx context.Context, dims []dimension, f filterSet, grain finops.Grain) error {
	for g := range store.GroupCount {
		group := store.Group(g)
		k := &keyBuilder{fromOne: group == store.Bill || group == store.SKU || group == store.Resource || (group == store.Period && !b.coarse)}
		for slot, d := range dims {
			if d.group == group && !b.l.perRow(d) {
				c, err := b.l.coding(ctx, d, b.facet(group))
				if err != nil {
					return err
				}
				k.addDim(slot, c)
			}
		}
		for _, n := range b.where {
			if n.place == (place{group: group}) {
				ok, err := b.vector(ctx, n)
				if err != nil {
					return err
				}
				k.addMask(nil, ok)
			}
		}
		if err := b.addParts(ctx, group, k); err != nil {
			return err
		}
		if err := b.addFixed(ctx, group, k, f, grain); err != nil {
			return err
		}
		if err := b.addKey(ctx, group, k); err != nil {
			return err
		}
	}
	if err := b.addLineKeys(ctx, dims); err != nil {
		return err
	}
	if err := b.addPartRows(ctx); err != nil {
		return err
	}
	// Rows are numbered by the whole keys first, before any of them is marked.
	slices.SortStableFunc(b.plan.keys, func(x, y keyPlan) int { return flag(y.whole) - flag(x.whole) })
	return b.addRowFilter(ctx)
}

func (b *planBuilder) facet(g store.Group) bool { return b.coarse && g != store.Bill }

// addFixed adds what every question has: currency and validity by bill, and the period.
func (b *planBuilder) addFixed(ctx context.Context, g store.Group, k *keyBuilder, f filterSet, grain finops.Grain) error {
	switch g {
	case store.Bill:
		d, err := b.l.resolve("BillingCurrency")
		if err != nil {
			return err
		}
		c, err := b.l.coding(ctx, d, false)
		if err != nil {
			return err
		}
		k.addMask(nil, b.active)
		if f.currency != "" {
			ok, err := b.l.holds(d, c.values, finops.Condition{Column: d.column, Values: []*string{&f.currency}})
			if err != nil {
				return err
			}
			k.addMask(c.code, ok)
		}
		if !b.fine {
			k.addDim(currencySlot, c)
		}
	case store.Period:
		periods, err := b.l.periods(ctx, b.coarse)
		if err != nil {
			return err
		}
		if !b.coarse && (f.from != nil || f.to != nil) { // of the rollup only the rows of the period are read
			mask := make([]bool, len(periods))
			for i, p := range periods {
				mask[i] = (f.from == nil || p.day >= *f.from) && (f.to == nil || p.day <= *f.to)
			}
			k.addMask(nil, mask)
		}
		if grain != finops.GrainNone {
			k.addDim(timeSlot, timeCoding(periods, grain, b.fiscalStart))
		}
	case store.SKU, store.Resource, store.Extra:
	}
	return nil
}

// addKey adds a key to the plan unless it decides nothing.
func (b *planBuilder) addKey(ctx context.Context, g store.Group, k *keyBuilder) error {
	key := k.finish()
	if key.whole && key.size == 1 { // every row has part 0
		if len(key.dims) > 0 {
			b.plan.keys = append(b.plan.keys, keyPlan{size: 1, dims: key.dims})
		}
		return nil
	}
	var err error
	if key.ids, err = b.ids(ctx, g); err != nil {
		return err
	}
	key.rises = b.coarse && g == store.Period && key.whole && slices.IsSorted(key.part)
	b.plan.keys = append(b.plan.keys, key)
	return nil
}

func (b *planBuilder) addLineKeys(ctx context.Context, dims []dimension) error {
	for slot, d := range dims {
		if b.l.perRow(d) {
			key, err := b.lineKey(ctx, b.l.placeOf(d))
			if err != nil {
				return err
			}
			k := &keyBuilder{}
			k.addDim(slot, &key.coding)
			b.addOwnKey(key, k)
		}
	}
	return nil
}

func (b *planBuilder) lineKey(ctx context.Context, p place) (*lineKey, error) {
	if k := b.lineKeys[p]; k != nil {
		return k, nil
	}
	k, err := b.l.rowKey(ctx, p, b.coarse)
	if err != nil {
		return nil, err
	}
	b.lineKeys[p] = k
	return k, nil
}

func (b *planBuilder) addOwnKey(key *lineKey, k *keyBuilder) {
	own := k.finish()
	own.ids = key.ids
	for i := range own.dims {
		own.dims[i].codes = nil // what is made for the lines may be made again
	}
	b.plan.keys = append(b.plan.keys, own)
}

// keyBuilder gathers the masks and dimensions of one key.
type keyBuilder struct {
	fromOne bool // no row has id 0
	masks   []mask
	dims    []int
	codes   []*coding
}

type mask struct {
	code []uint32 // nil: ok is by id
	ok   []bool
}

func (k *keyBuilder) addMask(code []uint32, ok []bool) { k.masks = append(k.masks, mask{code, ok}) }

func (k *keyBuilder) addDim(slot int, c *coding) {
	k.dims, k.codes = append(k.dims, slot), append(k.codes, c)
}

// finish combines the dimensions of the key into one number per id. Only combinations
// that occur get a number. The key has no ids yet.
func (k *keyBuilder) finish() keyPlan {
	n := 0
	for _, c := range k.codes {
		n = max(n, len(c.code))
	}
	for _, m := range k.masks {
		n = max(n, len(m.code))
		if m.code == nil {
			n = max(n, len(m.ok))
		}
	}
	part := make([]uint32, n)
	t := &tuples{k: k}
	skipped := false
	for id := range part {
		if (id == 0 && k.fromOne) || !k.matches(id) {
			part[id] = skip
			skipped = skipped || id > 0 || !k.fromOne
			continue
		}
		part[id] = t.number(id)
	}
	key := keyPlan{part: part, size: uint64(max(t.n, 1)), whole: !skipped}
	if key.whole && k.fromOne && n > 0 {
		part[0] = 0 // so that whoever reads a whole key need not look for skip
	}
	for i, slot := range k.dims {
		d := partDim{slot: slot, values: make([]*string, t.n), codes: make([]uint32, t.n)}
		for number := range d.values {
			d.codes[number] = t.codes[number*len(k.codes)+i]
			d.values[number] = k.codes[i].values[d.codes[number]]
		}
		key.dims = append(key.dims, d)
	}
	return key
}

// tuples number the combinations of the codes of a key that occur.
type tuples struct {
	k       *keyBuilder
	n       uint32
	codes   []uint32          // of all tuples, one after the other
	byCode  []uint32          // of one dimension: number + 1 by code; 0 = none yet
	byCodes map[string]uint32 // of several
	scratch []byte
}

func (t *tuples) number(id int) uint32 {
	switch len(t.k.codes) {
	case 0:
		t.n = 1
		return 0
	case 1: // as of a resource, of which there can be millions
		c := t.k.codes[0]
		code := c.code[id]
		if t.byCode == nil {
			t.byCode = make([]uint32, len(c.values))
		}
		if t.byCode[code] == 0 {
			t.add(id)
			t.byCode[code] = t.n
		}
		return t.byCode[code] - 1
	}
	if t.byCodes == nil {
		t.byCodes = map[string]uint32{}
	}
	t.scratch = t.scratch[:0]
	for _, c := range t.k.codes {
		v := c.code[id]
		t.scratch = append(t.scratch, byte(v), byte(v>>8), byte(v>>16), byte(v>>24))
	}
	number, ok := t.byCodes[string(t.scratch)]
	if !ok {
		number = t.n
		t.byCodes[string(t.scratch)] = number
		t.add(id)
	}
	return number
}

func (t *tuples) add(id int) {
	for _, c := range t.k.codes {
		t.codes = append(t.codes, c.code[id])
	}
	t.n++
}

func (k *keyBuilder) matches(id int) bool {
	for _, m := range k.masks {
		at := id
		if m.code != nil {
			if id >= len(m.code) {
				return false
			}
			at = int(m.code[id])
		}
		if at >= len(m.ok) || !m.ok[at] {
			return false
		}
	}
	return true
}
