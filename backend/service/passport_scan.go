package service

import (
	"context"
	"runtime"

	"github.com/cespare/xxhash/v2"
	"golang.org/x/sync/errgroup"

	"cloud-intelligence/backend/analysis/passport"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/segment"
	"cloud-intelligence/backend/store"
)

// unpacked are the columns of consecutive lines.
type unpacked struct {
	store.SegmentHead
	keys     [store.GroupCount][]uint32
	measures [store.MeasureCount]*segment.Amounts
}

// scanSegments counts all lines: some goroutines unpack, this one counts.
func (s *survey) scanSegments(ctx context.Context) error {
	heads, err := s.db.Segments(ctx)
	if err != nil {
		return err
	}
	var lines int
	for _, h := range heads {
		lines += h.Lines
	}
	s.prints = make([]lineprint, 0, lines)
	group, ctx := errgroup.WithContext(ctx)
	todo, done := make(chan store.SegmentHead), make(chan *unpacked)
	group.Go(func() error {
		defer close(todo)
		return sendAll(ctx, todo, heads)
	})
	unpackers, unpacking := errgroup.WithContext(ctx)
	for range min(runtime.GOMAXPROCS(0), 4) {
		unpackers.Go(func() error { return s.unpackAll(unpacking, todo, done) })
	}
	group.Go(func() error {
		defer close(done)
		return unpackers.Wait()
	})
	for u := range done {
		s.count(u)
	}
	return group.Wait()
}

func sendAll[T any](ctx context.Context, to chan<- T, items []T) error {
	for _, item := range items {
		select {
		case to <- item:
		case <-ctx.Done():
			return context.Cause(ctx)
		}
	}
	return nil
}

func (s *survey) unpackAll(ctx context.Context, todo <-chan store.SegmentHead, done chan<- *unpacked) error {
	for h := range todo {
		u, err := s.unpack(ctx, h)
		if err != nil {
			return err
		}
		if err := sendAll(ctx, done, []*unpacked{u}); err != nil {
			return err
		}
	}
	return nil
}

func (s *survey) unpack(ctx context.Context, h store.SegmentHead) (*unpacked, error) {
	u, packed := &unpacked{SegmentHead: h}, s.db.Packed(h)
	for g := range u.keys {
		u.keys[g] = make([]uint32, h.Lines)
		if err := packed.Keys(ctx, store.Group(g), u.keys[g]); err != nil {
			return nil, err
		}
	}
	for m := range u.measures {
		var err error
		if u.measures[m], err = packed.Amounts(ctx, m); err != nil {
			return nil, err
		}
	}
	return u, s.within(u)
}

// within keeps a damaged segment from reaching behind the tables.
func (s *survey) within(u *unpacked) error {
	for g, size := range [store.GroupCount]int{len(s.spans), len(s.bills), len(s.skus), len(s.res), len(s.extra)} {
		for _, id := range u.keys[g] {
			if int(id) >= size {
				return finops.Errorf(finops.CodeCorrupt, "A column of the workspace names a row that is not there. Undo the import and import its files again.")
			}
		}
	}
	return nil
}

// count counts the lines of a segment.
func (s *survey) count(u *unpacked) {
	file, end := -1, int64(-1)
	for row := range u.Lines {
		line := u.FirstLine + int64(row)
		if line > end {
			if file = s.fileOf(line); file >= 0 {
				end = s.files[file].last
			}
		}
		bill := &s.bills[u.keys[store.Bill][row]]
		if bill.set == nil {
			continue
		}
		if file >= 0 {
			s.files[file].perSet[bill.set.index]++
		}
		s.countLine(u, row, bill)
	}
}

func (s *survey) countLine(u *unpacked, row int, bill *billFacts) {
	span, sku, res := u.keys[store.Period][row], u.keys[store.SKU][row], u.keys[store.Resource][row]
	period, product, resource := &s.spans[span], &s.skus[sku], &s.res[res]
	set := bill.set
	for g := range u.keys {
		set.ids[g].add(u.keys[g][row])
	}
	traits := bill.traits | product.traits | resource.traits
	usage := 0
	if traits&passport.Usage != 0 {
		usage = 1
	}
	bill.spells.lines[usage].add(span)
	if period.day < bill.first {
		traits |= passport.Late
	}
	if period.day > bill.last {
		traits |= passport.Early
	}
	if s.unread[u.keys[store.Extra][row]] {
		traits |= passport.UnreadTags
	}
	countQuantities(u, row, set, product.traits&passport.Usage != 0)
	costs := lineCosts{bill.currency, product}
	mark, costTraits := costs.count(u, row)
	cost := absolute(u, row)
	if !cost.IsZero() {
		traits &^= product.free
	}
	bill.currency.group(traits | costTraits).add(cost)
	if resource.tags != 0 {
		bill.currency.tags.at(resource.tags).add(cost)
	}
	if product.suspect {
		bill.currency.suspects.at(sku).add(cost)
	}
	hash := period.hash + scramble(bill.hash) + scramble(product.hash+1) + scramble(resource.hash+2) + scramble(s.extra[u.keys[store.Extra][row]]+3)
	s.prints = append(s.prints, lineprint{scramble(hash) ^ mark, u.FirstLine + int64(row)})
}

// lineCosts looks at the costs of a line.
type lineCosts struct {
	currency *currencyTally
	product  *skuFacts
}

// zeroCost are the traits of a cost of 0 that stands for an unknown one.
var zeroCost = [store.CostCount]passport.Trait{atList: passport.ZeroList, atContracted: passport.ZeroContracted}

var hasCost = [store.CostCount]passport.Trait{0, passport.HasEffective, passport.HasList, passport.HasContracted}

// count adds the costs, and returns their fingerprint and what can be said of them.
func (c lineCosts) count(u *unpacked, row int) (mark uint64, traits passport.Trait) {
	total := &c.currency.total
	total.Lines++
	zero, negative := true, false
	for m, column := range u.measures[:store.CostCount] {
		v := column.Values[row]
		switch v {
		case segment.None:
			mark = scramble(mark + uint64(m) + 7)
			continue
		case segment.Wide:
			wide := column.Wides[row]
			total.Sums[m].Add(wide)
			mark = scramble(mark + xxhash.Sum64String(trimmed(wide)))
			zero, negative = zero && wide.Sign() == 0, negative || wide.Sign() < 0
		default:
			total.Sums[m].AddCoef(v, column.Scale)
			mark = scramble(mark + fingerprint(v, column.Scale))
			zero, negative = zero && v == 0, negative || v < 0
		}
		total.Known[m]++
		traits |= hasCost[m]
	}
	if zero {
		traits |= passport.ZeroCost
	}
	if negative && c.product.traits&passport.Usage != 0 {
		traits |= passport.NegativeUsage
	}
	if c.product.bought {
		if c.paid(u, row) {
			traits = c.unstated(u, row, traits)
		}
		traits |= c.prices(u, row, traits)
	}
	return mark, traits
}

// paid reports whether a line has an effective cost other than 0, or a billed one where the
// file has no effective cost.
func (c lineCosts) paid(u *unpacked, row int) bool {
	column := u.measures[atEffective]
	if column.Values[row] == segment.None {
		column = u.measures[atBilled]
	}
	amount, ok := column.At(row)
	return ok && amount.Sign() != 0
}

// unstated takes back that a line with a cost has a list or contracted cost, where that is 0:
// providers write 0 for what they do not know, such as the list cost of what a reservation
// covers.
func (c lineCosts) unstated(u *unpacked, row int, traits passport.Trait) passport.Trait {
	for _, m := range [...]int{atList, atContracted} {
		if amount, ok := u.measures[m].At(row); ok && amount.Sign() == 0 {
			traits = traits&^hasCost[m] | zeroCost[m]
			c.currency.total.Known[m]--
		}
	}
	return traits
}

// trimmed spells an amount without zeros at its end.
func trimmed(a finops.Amount) string {
	var sum finops.Sum
	sum.Add(a)
	return sum.String()
}

// fingerprint is the same for amounts of the same value.
func fingerprint(coef int64, scale int) uint64 {
	for scale > 0 && coef%10 == 0 {
		coef /= 10
		scale--
	}
	return scramble(uint64(coef)) + uint64(scale)
}

// The costs in the order of store.Measures.
const (
	atBilled = iota
	atEffective
	atList
	atContracted
)

// prices compares the levels of price: list, contracted, effective. Negative costs turn
// the order around and are left out; so is unused commitment, which has no price of use.
// What is unknown is compared with nothing.
func (c lineCosts) prices(u *unpacked, row int, known passport.Trait) (traits passport.Trait) {
	if known&passport.ZeroList == 0 && c.above(u, row, atContracted, atList, 0) {
		traits |= passport.ListBelow
	}
	if known&passport.ZeroContracted == 0 && !c.product.unused && c.above(u, row, atEffective, atContracted, 1) {
		traits |= passport.ContractedBelow
	}
	return traits
}

// above reports whether a positive cost exceeds the level that should be above it, and
// adds up by how much.
func (c lineCosts) above(u *unpacked, row, lower, upper, excess int) bool {
	a, b := u.measures[lower], u.measures[upper]
	if x, y := a.Values[row], b.Values[row]; x > segment.Wide && y > segment.Wide && (x <= 0 || (a.Scale == b.Scale && x <= y)) {
		return false
	}
	low, okLow := a.At(row)
	high, okHigh := b.At(row)
	if !okLow || !okHigh || low.Sign() <= 0 || low.Cmp(high) <= 0 {
		return false
	}
	var difference finops.Sum
	difference.Add(low)
	difference.Sub(high)
	c.currency.excess[excess].add(difference)
	return true
}

// absolute is the cost that shares are measured by: EffectiveCost, else BilledCost, without
// its sign.
func absolute(u *unpacked, row int) (sum finops.Sum) {
	column := u.measures[atEffective]
	if column.Values[row] == segment.None {
		column = u.measures[atBilled]
	}
	switch v := column.Values[row]; {
	case v == segment.None:
	case v == segment.Wide:
		if sum.Add(column.Wides[row]); sum.Sign() < 0 {
			sum = sum.Neg()
		}
	case v < 0:
		sum.AddCoef(-v, column.Scale)
	default:
		sum.AddCoef(v, column.Scale)
	}
	return sum
}

// countQuantities counts the measures of a line after the costs, and the usage lines that say
// how much was used. A text that is no number counts.
func countQuantities(u *unpacked, row int, set *setTally, usage bool) {
	var known [store.MeasureCount - store.CostCount]bool
	for m := range known {
		if known[m] = u.measures[store.CostCount+m].Values[row] != segment.None; known[m] {
			set.measures[m]++
		}
	}
	if !usage {
		return
	}
	set.quantities.Lines++
	if known[0] {
		set.quantities.Pricing++
	}
	if known[1] {
		set.quantities.Consumed++
	}
}
