package spend

import (
	"cmp"
	"math/big"
	"slices"

	"cloud-intelligence/backend/finops"
)

// Spend is a cost by the values of one column.
type Spend struct {
	Version    int64 // of the ledger
	Now        Period
	Total      Row
	Rows       []Row       // in the order that was asked for
	Rest       *Row        // all other values; nil where Rows has all
	Groups     int         // values in the period
	NoShare    Reason      // why no row has a share; "" = they have
	Comparison *Comparison // nil = none was asked for
	Series     *Series     // nil = none was asked for
}

// Reason says why there is no figure.
type Reason string

// The reasons.
const (
	ReasonNoCost        Reason = "no_cost"        // the absolute cost is 0, so that nothing can have a share of it
	ReasonNothingBefore Reason = "nothing_before" // no provider of the period has charges in the one to compare with
	ReasonNoCommonDays  Reason = "no_common_days" // no provider has charges on a day of both periods
)

// Text is the sentence for a person; "" where there is no reason.
func (r Reason) Text() string {
	switch r {
	case ReasonNoCost:
		return "There is no cost of which a share could be taken."
	case ReasonNothingBefore:
		return "There are no charges in the period to compare with."
	case ReasonNoCommonDays:
		return "No provider has charges on a day of both periods."
	}
	return ""
}

// Row is what one value costs.
type Row struct {
	Key    *string   // nil = no value; also of the total and the rest
	Name   *string   // readable, where Key is an id; nil = there is none
	Beside []*string // what its largest charges have in the columns that were asked for
	Lines  int64
	Amount *finops.Sum // of the whole period
	// Share is Amount of the absolute amounts of all values, so that credits make no share
	// larger than the whole: a decimal number of six digits, from -1 to 1. "" = it has none.
	Share string
	// Compared and Before are over the days that both periods have, without what is usually
	// booked later; Change is the one less the other. nil without a comparison, and where it is unknown.
	Compared, Before, Change *finops.Sum
	New, Gone                bool // of the compared days, only those of the period, or only those before, have charges
}

// relativeMost is up to how many times Before a Change has a share of it.
const relativeMost = 100

// Relative is Change as a part of Before, rounded to six digits; "" where it is unknown and where
// it says nothing: where one of the two amounts is negative, or nearly nothing was there before.
func (r *Row) Relative() string {
	if r.Change == nil || r.Compared.Sign() < 0 {
		return ""
	}
	var most finops.Sum
	for range relativeMost {
		most.AddSum(*r.Before)
	}
	if r.Change.Cmp(most) > 0 {
		return ""
	}
	return Share(r.Change, r.Before)
}

// Comparison says what the changes of a Spend are over.
type Comparison struct {
	Before    Window
	Stretches []Stretch // none = nothing can be compared
	Later     []Stretch // the days of which charges that are usually booked later are apart
	Missing   []Missing // by provider
	Days      int       // days of the period that are compared for a provider
	Reason    Reason    // why nothing can be compared; "" = something can
	Movers    []Row     // the largest changes first, either way
	Still     *Row      // all changes that Movers does not list; nil where there are none
	// Apart has the charges that are usually booked later, the largest first, and ApartTotal
	// their sum: in no other change. nil = there are none.
	Apart      []Row
	ApartTotal *Row
	whole      bool
}

// Whole reports whether the two periods are compared as a whole.
func (c *Comparison) Whole() bool { return c.whole && c.ApartTotal == nil }

// Query says what to make of the answers.
type Query struct {
	Currency string
	Now      Period
	Top      int // rows and movers at most; 0 = all values, also those that only the other period has
	Order    Order
}

// value is what is known of one value of the column. There can be millions, so it is small.
type value struct {
	key                     *string
	lines                   int64
	amount, compared, prior finops.Sum
	is                      trait
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
	index  map[string]int32 // in values, by key
	none   int32            // in values, of no value; -1 = there is none
	values []value
	apart  *Builder // charges that are usually booked later; nil = none
}

// NewBuilder returns a Builder without charges.
func NewBuilder(q Query) *Builder { return &Builder{query: q, index: map[string]int32{}, none: -1} }

func (b *Builder) find(r *finops.Row) *value {
	if r.Currency != b.query.Currency {
		return nil
	}
	key := r.Keys[0]
	at, ok := b.none, b.none >= 0
	if key != nil {
		at, ok = b.index[*key]
	}
	if ok {
		return &b.values[at]
	}
	at = int32(len(b.values))
	if b.values = append(b.values, value{key: key}); key == nil {
		b.none = at
	} else {
		b.index[*key] = at
	}
	return &b.values[at]
}

// AddPeriod adds what a value costs in the period. Rows of other currencies are left out, here
// and below.
func (b *Builder) AddPeriod(r finops.Row) {
	if v := b.find(&r); v != nil {
		v.lines += r.Lines
		v.is |= inPeriod | add(&v.amount, r.Amounts[0], amountKnown)&^changeUnknown
	}
}

// AddCompared adds what a value costs in the period on days that are compared.
func (b *Builder) AddCompared(r finops.Row) {
	if v := b.find(&r); v != nil {
		v.is |= inCompared | add(&v.compared, r.Amounts[0], comparedKnown)
	}
}

// AddBefore adds what a value cost in the other period on days that are compared.
func (b *Builder) AddBefore(r finops.Row) {
	if v := b.find(&r); v != nil {
		v.is |= inBefore | add(&v.prior, r.Amounts[0], beforeKnown)
	}
}

// Apart is a Builder for charges that are usually booked later, of both periods.
func (b *Builder) Apart() *Builder {
	if b.apart == nil {
		b.apart = NewBuilder(b.query)
	}
	return b.apart
}

// add adds what is known; what is not makes the change unknown.
func add(to, amount *finops.Sum, known trait) trait {
	if amount == nil {
		return changeUnknown
	}
	to.AddSum(*amount)
	return known
}

// Spend makes the answer, of one version of the ledger. A comparison is that of Compare, and nil
// where none is asked for; its days are those whose rows were added.
func (b *Builder) Spend(version int64, c *Comparison) *Spend {
	s := &Spend{Version: version, Now: b.query.Now, Comparison: c}
	var absolute, total finops.Sum
	var all trait
	for i := range b.values {
		v := &b.values[i]
		all |= v.is
		if v.is&inPeriod == 0 {
			continue
		}
		s.Groups++
		s.Total.Lines += v.lines
		total.AddSum(v.amount)
		absolute.AddSum(magnitude(v.amount))
	}
	if s.Groups == 0 || all&amountKnown != 0 { // no charges cost 0
		s.Total.Amount = &total
	}
	if absolute.IsZero() {
		s.NoShare = ReasonNoCost
	}
	s.Total.Share = Share(s.Total.Amount, &absolute)
	compared := c != nil && len(c.Stretches) > 0
	s.addRows(b, &absolute, compared)
	if compared {
		b.addMovers(c)
		s.Total.Compared, s.Total.Before, s.Total.Change = b.changes(func(*value) bool { return true })
		b.addApart(c)
	}
	return s
}

// addRows adds the first values of the order, and the rest.
func (s *Spend) addRows(b *Builder, absolute *finops.Sum, compared bool) {
	top, order := b.query.Top, b.query.Order
	counts := func(v *value) bool { return v.is&inPeriod != 0 || (compared && order.ofChanges()) }
	shown := largest(b.values, top, counts, order.compare)
	listed := make(map[int32]bool, len(shown))
	list := func(at int32) {
		listed[at] = true
		v := &b.values[at]
		row := v.row(compared)
		row.Lines, row.Amount = v.lines, v.known(&v.amount, inPeriod, amountKnown)
		row.Share = Share(row.Amount, absolute)
		s.Rows = append(s.Rows, row)
	}
	for _, at := range shown {
		list(at)
	}
	if top <= 0 && compared { // all values, also those that only the other period has
		for _, at := range largest(b.values, 0, func(v *value) bool { return !counts(v) }, func(x, y *value) int { return finops.CompareValues(x.key, y.key) }) {
			list(at)
		}
	}
	s.addRest(b, listed, absolute, compared)
}

// addRest adds up the values that have no row.
func (s *Spend) addRest(b *Builder, listed map[int32]bool, absolute *finops.Sum, compared bool) {
	var rest *Row
	for i := range b.values {
		v := &b.values[i]
		if listed[int32(i)] || (!compared && v.is&inPeriod == 0) {
			continue
		}
		if rest == nil {
			rest = &Row{}
		}
		rest.Lines += v.lines
		rest.Amount = plus(rest.Amount, v.known(&v.amount, inPeriod, amountKnown))
	}
	if rest == nil {
		return
	}
	rest.Share = Share(rest.Amount, absolute)
	if compared {
		at := int32(-1)
		rest.Compared, rest.Before, rest.Change = b.changes(func(*value) bool { at++; return !listed[at] })
	}
	s.Rest = rest
}

// changes adds up the compared amounts of some values; what is unknown has no change.
func (b *Builder) changes(some func(*value) bool) (compared, before, change *finops.Sum) {
	compared, before, change = &finops.Sum{}, &finops.Sum{}, &finops.Sum{}
	for i := range b.values {
		v := &b.values[i]
		if !some(v) {
			continue
		}
		compared.AddSum(v.compared)
		before.AddSum(v.prior)
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
	for _, at := range largest(b.values, b.query.Top, moves, func(x, y *value) int {
		p, _ := x.change()
		q, _ := y.change()
		return cmp.Or(magnitude(q).Cmp(magnitude(p)), finops.CompareValues(x.key, y.key))
	}) {
		listed[at] = true
		c.Movers = append(c.Movers, b.values[at].row(true))
	}
	others := 0
	at := int32(-1)
	compared, before, change := b.changes(func(v *value) bool {
		at++
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
	if b.apart == nil || len(b.apart.values) == 0 {
		return
	}
	var total Row
	total.Compared, total.Before, total.Change = b.apart.changes(func(*value) bool { return true })
	c.ApartTotal = &total
	for _, at := range largest(b.apart.values, b.query.Top, func(*value) bool { return true }, func(x, y *value) int {
		return cmp.Or(magnitude(y.prior).Cmp(magnitude(x.prior)), finops.CompareValues(x.key, y.key))
	}) {
		c.Apart = append(c.Apart, b.apart.values[at].row(true))
	}
}

// row is the compared part of a row.
func (v *value) row(compared bool) Row {
	r := Row{Key: v.key}
	if !compared {
		return r
	}
	r.Compared, r.Before = v.known(&v.compared, inCompared, comparedKnown), v.known(&v.prior, inBefore, beforeKnown)
	if change, ok := v.change(); ok {
		r.Change = &change
	}
	r.New, r.Gone = v.is&(inCompared|inBefore) == inCompared, v.is&(inCompared|inBefore) == inBefore
	return r
}

// known is an amount; 0 where there are no charges, nil where it is unknown.
func (v *value) known(amount *finops.Sum, in, known trait) *finops.Sum {
	if v.is&(in|known) == in {
		return nil
	}
	return new(*amount)
}

// change is what is compared less what was before; ok is false where a part of either is unknown.
func (v *value) change() (change finops.Sum, ok bool) {
	change = v.compared
	change.SubSum(v.prior)
	return change, v.is&changeUnknown == 0
}

// largest are the first values in an order, top of those that count at most, all of them where top is 0. It
// holds no more than twice as many as it returns.
func largest(values []value, top int, counts func(*value) bool, order func(a, b *value) int) []int32 {
	var list []int32
	cut := func() {
		slices.SortFunc(list, func(a, b int32) int { return order(&values[a], &values[b]) })
		if top > 0 && len(list) > top {
			list = list[:top]
		}
	}
	for i := range values {
		if !counts(&values[i]) {
			continue
		}
		list = append(list, int32(i))
		if top > 0 && len(list) >= 2*top+64 {
			cut()
		}
	}
	cut()
	return list
}

// Share divides a part by the absolute whole, exactly, and rounds to six digits; "" where
// there is nothing to divide or to divide by.
func Share(part, whole *finops.Sum) string {
	if part == nil || whole == nil || whole.Sign() <= 0 {
		return ""
	}
	p, okPart := new(big.Rat).SetString(part.String())
	all, okWhole := new(big.Rat).SetString(whole.String())
	if !okPart || !okWhole {
		return "" // cannot be: a sum prints as a decimal number
	}
	return p.Quo(p, all).FloatString(6)
}

func magnitude(s finops.Sum) finops.Sum {
	if s.Sign() < 0 {
		return s.Neg()
	}
	return s
}

// plus adds sums of which nil is unknown: what is known counts.
func plus(a, b *finops.Sum) *finops.Sum {
	switch {
	case b == nil:
		return a
	case a == nil:
		return new(*b)
	}
	sum := *a
	sum.AddSum(*b)
	return &sum
}
