package savings

import (
	"math/big"
	"slices"
	"sync"

	"cloud-intelligence/backend/analysis/commitment"
	"cloud-intelligence/backend/finops"
)

// sharing finds what commitments leave unused while usage that they could cover is paid at on-demand prices.
type sharing struct {
	*examination
	book   *commitment.Book
	adding *sync.Mutex // to book, and to what commitments could cover
	sharer *commitment.Sharer
	fields []*field // of commitment.PlaceColumns, then the category of the commitment
	kinds  map[shareKey]*shareKind
	last   shareKey
	kept   *shareKind   // of last
	from   []finops.Day // by data set: the first day of its window
	losses map[lossKey]*commitment.Sharing
}

// shareKey are the numbers of the columns that say what a line is for and what covers it.
type shareKey struct {
	set     int
	class   uint32
	numbers [14]uint32
	used    int
}

// shareKind is what they say.
type shareKind struct {
	line   commitment.ContractLine
	could  []*commitment.Standing // commitments that could cover it
	before bool                   // the book has a line of it from before the window
}

// lossKey names a commitment of a data set.
type lossKey struct {
	set          int
	currency, id string
}

// shareColumns are the columns that rules on sharing read.
var shareColumns = append(slices.Clone(commitment.PlaceColumns), "CommitmentDiscountCategory")

// shares reports whether the rule asks what commitments leave unused beside usage that they could cover.
func (r *Rule) shares() bool {
	return slices.ContainsFunc(r.Legs, func(l Leg) bool { p := pricers[l.Price]; return p != nil && p.shares })
}

func newSharing(e *examination) *sharing {
	windows := map[[2]string]*commitment.Window{}
	var from []finops.Day
	for _, set := range e.options.Sets {
		w := commitment.WindowOf(set.Days, e.options.AsOf)
		windows[[2]string{set.Provider, set.Account}] = &w
		from = append(from, w.From)
	}
	s := &sharing{
		examination: e, from: from, kinds: map[shareKey]*shareKind{}, losses: map[lossKey]*commitment.Sharing{}, adding: &sync.Mutex{},
		book: commitment.NewBook(func(provider, account string) *commitment.Window { return windows[[2]string{provider, account}] }),
	}
	for _, name := range shareColumns {
		f := &field{}
		if at, ok := e.classes.binder.at[name]; ok {
			f.columns = append(f.columns, at)
		}
		s.fields = append(s.fields, f)
	}
	return s
}

// of is the same for a part of the lines.
func (s *sharing) of(e *examination) *sharing {
	part := *s
	part.examination, part.kinds, part.kept = e, map[shareKey]*shareKind{}, nil
	return &part
}

// learn notes a line that names a commitment. Of lines from before the window only matters that there are some.
func (s *sharing) learn(b *Batch, i, set int, k *class) {
	if s.table.Values[atCommitment][b.Columns[atCommitment][i]] == nil || !k.fee || (!k.used && !k.unused) {
		return
	}
	kind := s.kind(b, i, set, k)
	if lastDay(b.Days[i], b.Starts[i], b.Ends[i]) < s.from[set] {
		if kind.before {
			return
		}
		kind.before = true
	}
	l := kind.line
	l.Day, l.Start, l.End = b.Days[i], b.Starts[i], endOf(b, i)
	l.List, l.ListKnown = b.Amount(atList, i)
	l.Effective, _ = s.promotions.cost(b, i)
	s.adding.Lock()
	defer s.adding.Unlock()
	s.book.Add(&l)
}

// prepare gets ready for usage; it reports whether any commitment was not fully used.
func (s *sharing) prepare() bool {
	s.sharer = commitment.NewSharer(s.book.Standings())
	for _, part := range s.peers {
		part.share.sharer, part.share.kinds, part.share.kept = s.sharer, map[shareKey]*shareKind{}, nil
	}
	return s.sharer.Wanted()
}

// offer adds usage at on-demand prices to the commitments that could cover it.
func (e *examination) offer(b *Batch, i, set int, k *class) {
	s := e.share
	if !k.base || !k.standard || k.used || k.unused {
		return
	}
	could := s.kind(b, i, set, k).could
	if len(could) == 0 {
		return
	}
	l := commitment.Free{Day: b.Days[i], Start: b.Starts[i], End: endOf(b, i)}
	l.Effective, _ = s.promotions.cost(b, i)
	s.adding.Lock()
	defer s.adding.Unlock()
	for _, one := range could {
		one.AddFree(&l)
	}
}

// finish keeps the losses.
func (s *sharing) finish() {
	s.sharer.Finish()
	for _, one := range s.sharer.All() {
		if one.Sharing != nil {
			s.losses[lossKey{s.setIndex[[2]string{one.Provider, one.Account}], one.Currency, one.ID}] = one.Sharing
		}
	}
}

func endOf(b *Batch, i int) int64 {
	if b.Ends[i] == NoTime {
		return b.Starts[i]
	}
	return b.Ends[i]
}

func (s *sharing) kind(b *Batch, i, set int, k *class) *shareKind {
	key := shareKey{set: set, class: k.id}
	put := func(n uint32) {
		key.numbers[key.used] = n
		key.used++
	}
	put(b.Columns[atCurrency][i])
	put(b.Columns[atCommitment][i])
	for _, f := range s.fields {
		for _, at := range f.columns {
			put(b.Value(at, i))
		}
	}
	if s.kept == nil || key != s.last {
		kind := s.kinds[key]
		if kind == nil {
			kind = s.newKind(b, i, set, k)
			s.kinds[key] = kind
		}
		s.last, s.kept = key, kind
	}
	return s.kept
}

func (s *sharing) newKind(b *Batch, i, set int, k *class) *shareKind {
	says := func(column string) string {
		for _, at := range s.fields[slices.Index(shareColumns, column)].columns {
			return s.text(at, b.Value(at, i))
		}
		return ""
	}
	cal := s.sets[set]
	kind := &shareKind{}
	kind.line = commitment.ContractLine{
		Kind:    commitment.Kind{Provider: cal.Provider, Commitment: s.text(atCommitment, b.Columns[atCommitment][i]), Service: k.service, ChargeCategory: "Usage", Currency: s.text(atCurrency, b.Columns[atCurrency][i])},
		Account: cal.Account, Spend: says("CommitmentDiscountCategory") == "Spend", Contract: &commitment.Contract{}, Place: commitment.PlaceOf(cal.Provider, says),
	}
	switch {
	case !k.base:
		kind.line.ChargeCategory = "Purchase"
	case s.sharer != nil:
		kind.could = s.sharer.Could(cal.Provider, cal.Account, kind.line.Currency, kind.line.Place)
	}
	if k.used {
		kind.line.Status = "Used"
	} else if k.unused {
		kind.line.Status = "Unused"
	}
	return kind
}

// sharingOf is what the commitment of a group left unused beside usage that it could cover; nil = nothing.
func (e *examination) sharingOf(key cellKey) *commitment.Sharing {
	if e.given != nil {
		return e.given.sharing
	}
	if e.share == nil || key.grain != grainCommitment {
		return nil
	}
	return e.share.losses[lossKey{int(key.set), e.text(atCurrency, key.currency), e.text(atCommitment, key.a)}]
}

// shared prices unused lines of a commitment at what stays unused when it covers the usage that it could.
func shared(a *ask) quote {
	h := a.sharingOf(a.key)
	if h == nil {
		return quote{verdict: verdictNone}
	}
	cost := a.cells[a.key].cost.rat()
	if h.Rate == nil || cost.Sign() <= 0 {
		return quote{}
	}
	left := new(big.Rat).Sub(one, new(big.Rat).Quo(h.Lost, cost))
	if left.Sign() < 0 {
		left = new(big.Rat)
	}
	day := a.sets[a.key.set].asOf.String()
	return quote{verdictPriced, left.Mul(left, a.sum.cost.rat()), []Price{
		{Of: "usage that it could cover, of the lookback", Value: exact(h.Uncovered), Unit: a.currency + " a month", Date: day, Source: OwnRates},
		{Of: "what the commitment costs", Value: exact(h.Rate), Unit: "of the list price", Date: day, Source: OwnRates},
	}}
}

// losesEnough compares what usage that a commitment could cover costs a month.
func (e *examination) losesEnough(a *rating, key cellKey) bool {
	limit := a.limits[uncoveredAtLeast]
	if limit == nil {
		return true
	}
	h := e.sharingOf(key)
	return h != nil && h.Uncovered.Cmp(limit) >= 0
}
