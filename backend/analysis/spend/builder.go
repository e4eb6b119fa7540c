package spend

import (
	"cmp"
	"iter"
	"slices"

	"cloud-intelligence/backend/finops"
)

// value is what is known of one value of the column. There can be millions, so it is small: 72 bytes.
type value struct {
	key  *string
	sums [sumCount]small
	wide *[sumCount]*finops.Sum // the sums that are not small; nil = all are
	// lines counts those of the period; a ledger has fewer than this can count.
	lines uint32
	is    trait
}

// The sums of a value.
const (
	ofPeriod = iota
	ofCompared
	ofBefore
	sumCount
)

// small is a sum in 128 bits.
type small struct {
	hi int64
	lo uint64
}

func (v *value) sum(of int) finops.Sum {
	if v.wide != nil && v.wide[of] != nil {
		return *v.wide[of]
	}
	return finops.SumOf(v.sums[of].hi, v.sums[of].lo)
}

func (v *value) add(of int, amount *finops.Sum) {
	sum := v.sum(of)
	sum.AddSum(*amount)
	hi, lo, ok := sum.Compact()
	if v.sums[of] = (small{hi, lo}); ok && v.wide == nil {
		return
	}
	if v.wide == nil {
		v.wide = &[sumCount]*finops.Sum{}
	}
	if v.wide[of] = nil; !ok {
		v.wide[of] = &sum
	}
}

// valueList holds values in chunks, so that none is copied when it grows.
type valueList struct {
	chunks [][]value
	n      int32
}

const chunkSize = 4096

func (l *valueList) at(i int32) *value { return &l.chunks[i/chunkSize][i%chunkSize] }

func (l *valueList) add(v value) (at int32) {
	if l.n%chunkSize == 0 {
		l.chunks = append(l.chunks, make([]value, 0, chunkSize))
	}
	last := &l.chunks[len(l.chunks)-1]
	*last = append(*last, v)
	l.n++
	return l.n - 1
}

// all are the values with their places.
func (l *valueList) all() iter.Seq2[int32, *value] {
	return func(yield func(int32, *value) bool) {
		for at := range l.n {
			if !yield(at, l.at(at)) {
				return
			}
		}
	}
}

// trait says which amounts of a value are there.
type trait uint8

const (
	inPeriod trait = 1 << iota
	inCompared
	inBefore
	amountKnown
	comparedKnown
	beforeKnown
	changeUnknown
)

// Builder makes a Spend of the rows of answers by the column. It keeps one small record for each
// value, and makes rows only of those that are asked for.
type Builder struct {
	query  Query
	coded  []int32          // in values, by Row.Value of numbered rows, from 1 on; 0 = not yet there
	index  map[string]int32 // in values, by key, of the others
	none   int32            // in values, of no value; -1 = there is none
	values valueList
	apart  *Builder // charges that are usually booked later; nil = none
}

// NewBuilder returns a Builder without charges.
func NewBuilder(q Query) *Builder { return &Builder{query: q, index: map[string]int32{}, none: -1} }

func (b *Builder) find(r *finops.Row) *value {
	if r.Currency != b.query.Currency {
		return nil
	}
	key := r.Keys[0]
	if r.Value > 0 {
		return b.values.at(b.numbered(int(r.Value), key))
	}
	at, ok := b.none, b.none >= 0
	if key != nil {
		at, ok = b.index[*key]
	}
	if ok {
		return b.values.at(at)
	}
	if at = b.values.add(value{key: key}); key == nil {
		b.none = at
	} else {
		b.index[*key] = at
	}
	return b.values.at(at)
}

// numbered returns the place of a value by its number.
func (b *Builder) numbered(number int, key *string) int32 {
	if number >= len(b.coded) {
		b.coded = append(b.coded, make([]int32, number+1-len(b.coded))...)
	}
	if b.coded[number] == 0 {
		b.coded[number] = b.values.add(value{key: key}) + 1
	}
	return b.coded[number] - 1
}

// AddPeriod adds what a value costs in the period. Rows of other currencies are left out, here
// and below.
func (b *Builder) AddPeriod(r finops.Row) {
	if v := b.find(&r); v != nil {
		v.lines += uint32(r.Lines)
		v.is |= inPeriod | v.addKnown(ofPeriod, r.Amounts[0], amountKnown)&^changeUnknown
	}
}

// AddCompared adds what a value costs in the period on days that are compared.
func (b *Builder) AddCompared(r finops.Row) {
	if v := b.find(&r); v != nil {
		v.is |= inCompared | v.addKnown(ofCompared, r.Amounts[0], comparedKnown)
	}
}

// AddBefore adds what a value cost in the other period on days that are compared.
func (b *Builder) AddBefore(r finops.Row) {
	if v := b.find(&r); v != nil {
		v.is |= inBefore | v.addKnown(ofBefore, r.Amounts[0], beforeKnown)
	}
}

// Apart is a Builder for charges that are usually booked later, of both periods.
func (b *Builder) Apart() *Builder {
	if b.apart == nil {
		b.apart = NewBuilder(b.query)
	}
	return b.apart
}

// addKnown adds what is known; what is not makes the change unknown.
func (v *value) addKnown(of int, amount *finops.Sum, known trait) trait {
	if amount == nil {
		return changeUnknown
	}
	v.add(of, amount)
	return known
}

// Spend makes the answer, of one version of the ledger. A comparison is that of Compare, and nil
// where none is asked for; its days are those whose rows were added.
func (b *Builder) Spend(version int64, c *Comparison) *Spend {
	s := &Spend{Version: version, Now: b.query.Now, Comparison: c}
	var absolute, total finops.Sum
	var all trait
	for _, v := range b.values.all() {
		all |= v.is
		if v.is&inPeriod == 0 {
			continue
		}
		s.Groups++
		s.Total.Lines += int64(v.lines)
		amount := v.sum(ofPeriod)
		total.AddSum(amount)
		absolute.AddSum(magnitude(amount))
	}
	if s.Groups == 0 || all&amountKnown != 0 { // no charges cost 0
		s.Total.Amount = &total
	}
	if roundsToZero(absolute, b.query.Currency) {
		s.NoShare, absolute = ReasonNoCost, finops.Sum{}
	}
	s.Total.Share = Share(s.Total.Amount, &absolute)
	compared := c != nil && len(c.Stretches) > 0
	s.addRows(b, &absolute, compared)
	if compared {
		b.addMovers(c)
		s.Total.Compared, s.Total.Before, s.Total.Change = b.changes(everyValue)
		b.addApart(c)
	}
	return s
}

// addRows adds the first values of the order, and the rest.
func (s *Spend) addRows(b *Builder, absolute *finops.Sum, compared bool) {
	top, order := b.query.Top, b.query.Order
	if !compared && order.ofChanges() { // nothing to order by
		order = Order{Up: order.Up}
	}
	order.parts = map[*value]part{}
	counts := func(v *value) bool { return v.is&inPeriod != 0 || order.ofChanges() }
	shown := largest(&b.values, top, counts, order.compare)
	listed := make(map[int32]bool, len(shown))
	list := func(at int32) {
		listed[at] = true
		v := b.values.at(at)
		row := v.row(compared)
		row.Lines, row.Amount = int64(v.lines), v.known(ofPeriod, inPeriod, amountKnown)
		row.Share = Share(row.Amount, absolute)
		s.Rows = append(s.Rows, row)
	}
	for _, at := range shown {
		list(at)
	}
	if top <= 0 && compared { // all values, also those that only the other period has
		for _, at := range largest(&b.values, 0, func(v *value) bool { return !counts(v) }, func(x, y *value) int { return finops.CompareValues(x.key, y.key) }) {
			list(at)
		}
	}
	s.addRest(b, listed, absolute, compared)
}

// addRest adds up the values that have no row.
func (s *Spend) addRest(b *Builder, listed map[int32]bool, absolute *finops.Sum, compared bool) {
	var rest *Row
	for at, v := range b.values.all() {
		if listed[at] || (!compared && v.is&inPeriod == 0) {
			continue
		}
		if rest == nil {
			rest = &Row{}
		}
		rest.Lines += int64(v.lines)
		rest.Amount = plus(rest.Amount, v.known(ofPeriod, inPeriod, amountKnown))
	}
	if rest == nil {
		return
	}
	rest.Share = Share(rest.Amount, absolute)
	if compared {
		rest.Compared, rest.Before, rest.Change = b.changes(func(at int32, _ *value) bool { return !listed[at] })
	}
	s.Rest = rest
}

// changes adds up the compared amounts of some values; what is unknown has no change.
func (b *Builder) changes(some func(int32, *value) bool) (compared, before, change *finops.Sum) {
	compared, before, change = &finops.Sum{}, &finops.Sum{}, &finops.Sum{}
	for at, v := range b.values.all() {
		if v.is&(inCompared|inBefore) == 0 || !some(at, v) {
			continue
		}
		compared.AddSum(v.sum(ofCompared))
		before.AddSum(v.sum(ofBefore))
		if c, ok := v.change(); ok {
			change.AddSum(c)
		}
	}
	return compared, before, change
}

// addMovers lists the largest changes and adds up the others.
func (b *Builder) addMovers(c *Comparison) {
	moves := func(v *value) bool { change, ok := v.change(); return ok && !change.IsZero() }
	listed := map[int32]bool{}
	for _, at := range largest(&b.values, b.query.Top, moves, func(x, y *value) int {
		p, _ := x.change()
		q, _ := y.change()
		return cmp.Or(magnitude(q).Cmp(magnitude(p)), finops.CompareValues(x.key, y.key))
	}) {
		listed[at] = true
		c.Movers = append(c.Movers, b.values.at(at).row(true))
	}
	others := 0
	compared, before, change := b.changes(func(at int32, v *value) bool {
		if listed[at] || !moves(v) {
			return false
		}
		others++
		return true
	})
	if others > 0 {
		c.Still = &Row{Compared: compared, Before: before, Change: change}
	}
}

// addApart adds the charges that are usually booked later.
func (b *Builder) addApart(c *Comparison) {
	if b.apart == nil || b.apart.values.n == 0 {
		return
	}
	var total Row
	total.Compared, total.Before, total.Change = b.apart.changes(everyValue)
	c.ApartTotal = &total
	for _, at := range largest(&b.apart.values, b.query.Top, func(*value) bool { return true }, func(x, y *value) int {
		return cmp.Or(magnitude(y.sum(ofBefore)).Cmp(magnitude(x.sum(ofBefore))), finops.CompareValues(x.key, y.key))
	}) {
		c.Apart = append(c.Apart, b.apart.values.at(at).row(true))
	}
}

// row is the compared part of a row.
func (v *value) row(compared bool) Row {
	r := Row{Key: v.key}
	if !compared || v.is&(inCompared|inBefore) == 0 {
		return r
	}
	r.Compared, r.Before = v.known(ofCompared, inCompared, comparedKnown), v.known(ofBefore, inBefore, beforeKnown)
	if change, ok := v.change(); ok {
		r.Change = &change
	}
	r.New, r.Gone = v.is&(inCompared|inBefore) == inCompared, v.is&(inCompared|inBefore) == inBefore
	return r
}

// known is an amount; 0 where there are no charges, nil where it is unknown.
func (v *value) known(of int, in, known trait) *finops.Sum {
	if v.is&(in|known) == in {
		return nil
	}
	return new(v.sum(of))
}

// change is what is compared less what was before; ok is false where a part of either is unknown.
func (v *value) change() (change finops.Sum, ok bool) {
	change = v.sum(ofCompared)
	change.SubSum(v.sum(ofBefore))
	return change, v.is&changeUnknown == 0
}

func everyValue(int32, *value) bool { return true }

// largest are the first values in an order, top of those that count at most, all of them where top is 0. It
// holds no more than twice as many as it returns.
func largest(values *valueList, top int, counts func(*value) bool, order func(a, b *value) int) []int32 {
	var list []int32
	cut := func() {
		slices.SortFunc(list, func(a, b int32) int { return order(values.at(a), values.at(b)) })
		if top > 0 && len(list) > top {
			list = list[:top]
		}
	}
	for at, v := range values.all() {
		if !counts(v) {
			continue
		}
		list = append(list, at)
		if top > 0 && len(list) >= 2*top+64 {
			cut()
		}
	}
	cut()
	return list
}
