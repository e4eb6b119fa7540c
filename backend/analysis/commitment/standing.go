package commitment

import (
	"cmp"
	"maps"
	"math/big"
	"slices"

	"cloud-intelligence/backend/finops"
)

// Window is the days of a data set over which commitments are judged.
type Window struct {
	From, To  finops.Day   // both included; the last 30 days that are settled
	Days      []finops.Day // of these, those with usage
	DataFrom  finops.Day   // first day with usage in the ledger
	hasNoDays bool
}

const (
	windowDays = 30
	settling   = 2 // charges of the last days may still be missing
)

// WindowOf makes the window of a data set with usage on these days, in order; asOf ends it earlier.
func WindowOf(days []finops.Day, asOf *finops.Day) Window {
	if len(days) == 0 {
		return Window{hasNoDays: true}
	}
	to := days[len(days)-1] - settling
	if asOf != nil {
		to = min(to, *asOf)
	}
	w := Window{From: to - windowDays + 1, To: to, DataFrom: days[0]}
	for _, d := range days {
		if d >= w.From && d <= w.To {
			w.Days = append(w.Days, d)
		}
	}
	return w
}

// Place is what usage is for, as commitments are bound to it: a family of machines in a region, else a meter in a region.
type Place struct{ Region, Family, Meter string }

// Key says what another line must share to be covered by the same commitment.
func (p Place) key() Place {
	if p.Family != "" {
		p.Meter = ""
	}
	return p
}

// ContractLine is a charge line that names a commitment.
type ContractLine struct {
	Kind
	Account    string
	Spend      bool // the commitment is money, not machines
	Contract   *Contract
	Place      Place
	Day        finops.Day
	Start, End int64 // Unix seconds; the same where the line has no end
	Line
	OnDemand      finops.Amount // what it would cost without the commitment
	OnDemandKnown bool
}

// Standing is how a commitment stands: what was bought, and how it was used over the window. Amounts are of a month of 30.4375
// days; nil is not known.
type Standing struct {
	ID, Name, Type, Provider, Account, Currency string
	Contract
	Expires     *finops.Day // the last day on which it runs
	ExpiryKnown EndKind
	First, Last finops.Day // of its charges in the ledger
	Ended       bool       // it has no charge on the last two days of the window
	From, To    finops.Day // the window
	Days        int        // with usage, from its first charge on
	// Used and Unused are effective cost. Of Google Cloud they come from the fee, and without that from the status of the lines.
	Used, Unused      *big.Rat
	CoveredOnDemand   *big.Rat // what the covered usage would cost without the commitment
	CoveredEffective  *big.Rat
	OnDemandUnknown   bool // some covered lines have no price without the commitment
	Sharing           *Sharing
	used, unused      tally
	feeUsed, feeLeft  tally
	hasFee, hasStatus bool
	hasPurchase       bool
	onDemand, covered tally
	list, listed      tally // of covered lines with a list cost: that, and the effective cost
	sharing           sharing
}

// tally adds up amounts of which a part counts.
type tally struct {
	whole finops.Sum
	parts big.Rat
}

func (t *tally) add(a finops.Amount, num, den int64) {
	if num == den {
		t.whole.Add(a)
		return
	}
	var one finops.Sum
	one.Add(a)
	t.parts.Add(&t.parts, new(big.Rat).Mul(one.Rat(), big.NewRat(num, den)))
}

func (t *tally) rat() *big.Rat { return new(big.Rat).Add(t.whole.Rat(), &t.parts) }

const (
	secondsADay = 24 * 3600
	longest     = 25 * 3600 // a longer line is spread evenly over its period
)

// part is the part of a line that lies in the window.
func (w *Window) part(l *ContractLine) (num, den int64) {
	if l.End-l.Start <= longest {
		if w.hasNoDays || l.Day < w.From || l.Day > w.To {
			return 0, 1
		}
		return 1, 1
	}
	from, to := max(l.Start, w.From.Time().Unix()), min(l.End, (w.To+1).Time().Unix())
	return max(0, to-from), l.End - l.Start
}

// Book collects the lines of commitments.
type Book struct {
	windows func(provider, account string) *Window
	of      map[standingKey]*Standing
}

type standingKey struct{ provider, account, currency, id string }

// NewBook begins a Book. windows gives the window of a data set.
func NewBook(windows func(provider, account string) *Window) *Book {
	return &Book{windows: windows, of: map[standingKey]*Standing{}}
}

// Add adds a line that names a commitment.
func (b *Book) Add(l *ContractLine) {
	if !l.Counts() && l.ChargeCategory != "Purchase" {
		return
	}
	k := standingKey{l.Provider, l.Account, l.Currency, l.Commitment}
	s := b.of[k]
	if s == nil {
		s = &Standing{ID: l.Commitment, Provider: l.Provider, Account: l.Account, Currency: l.Currency, First: l.Day, Last: l.Day}
		s.sharing = newSharing()
		b.of[k] = s
	}
	w := b.windows(l.Provider, l.Account)
	s.From, s.To = w.From, w.To
	s.Name, s.Type = cmp.Or(s.Name, l.Name), cmp.Or(s.Type, l.Type)
	s.Merge(*l.Contract)
	s.First = min(s.First, l.Day)
	s.Last = max(s.Last, l.Day)
	if l.End-l.Start > longest {
		s.Last = max(s.Last, finops.DayOfUnix(l.End-1))
	}
	s.hasPurchase = s.hasPurchase || l.ChargeCategory == "Purchase"
	if num, den := w.part(l); num > 0 {
		s.add(l, num, den)
	}
}

func (s *Standing) add(l *ContractLine, num, den int64) {
	if l.fee() {
		if l.FeeUsedKnown && l.FeeUnusedKnown {
			s.hasFee = true
			s.feeUsed.add(l.FeeUsed, num, den)
			s.feeLeft.add(l.FeeUnused, num, den)
		} else if l.Status == "" {
			s.feeLeft.add(l.Effective, num, den)
		}
	}
	switch l.Status {
	case used:
		s.hasStatus = true
		s.used.add(l.Effective, num, den)
		s.cover(l, num, den)
	case unused:
		s.hasStatus = true
		s.unused.add(l.Effective, num, den)
		s.sharing.addUnused(l)
	}
}

// cover adds usage that the commitment covers.
func (s *Standing) cover(l *ContractLine, num, den int64) {
	s.sharing.cover(l)
	if l.ListKnown && l.Effective.Sign() >= 0 {
		s.list.add(l.List, num, den)
		s.listed.add(l.Effective, num, den)
	}
	if !l.OnDemandKnown {
		s.OnDemandUnknown = s.OnDemandUnknown || l.Effective.Sign() != 0
		return
	}
	s.onDemand.add(l.OnDemand, num, den)
	s.covered.add(l.Effective, num, den)
}

// Standings finishes the book: those that run first, then by unused cost. It leaves out ids of Google Cloud that name a program.
func (b *Book) Standings() []*Standing {
	var all []*Standing
	for _, s := range b.of {
		if s.Provider == google && !s.hasPurchase && !s.hasFee && s.unused.rat().Sign() == 0 {
			continue
		}
		s.finish(b.windows(s.Provider, s.Account))
		all = append(all, s)
	}
	slices.SortFunc(all, func(x, y *Standing) int {
		return cmp.Or(boolOrder(x.Ended, y.Ended), compareRat(y.Unused, x.Unused), cmp.Compare(x.Provider, y.Provider), cmp.Compare(x.ID, y.ID), cmp.Compare(x.Currency, y.Currency), cmp.Compare(x.Account, y.Account))
	})
	return all
}

func boolOrder(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

// compareRat orders what is not known before everything.
func compareRat(a, b *big.Rat) int {
	switch {
	case a == nil && b == nil:
		return 0
	case a == nil:
		return -1
	case b == nil:
		return 1
	}
	return a.Cmp(b)
}

func (s *Standing) finish(w *Window) {
	s.NoteName(s.Provider, s.Name)
	s.Settle()
	s.Expires, s.ExpiryKnown = s.Expiry(s.First, s.Last, w.DataFrom)
	if n := len(w.Days); n > 0 {
		s.Ended = s.Last < w.Days[max(0, n-2)]
	}
	for _, d := range w.Days {
		if d >= s.First {
			s.Days++
		}
	}
	if s.Days == 0 {
		return
	}
	switch {
	case s.hasFee:
		s.Used, s.Unused = s.month(&s.feeUsed), s.month(&s.feeLeft)
	case s.hasStatus:
		s.Used, s.Unused = s.month(&s.used), s.month(&s.unused)
	}
	if s.Provider == google && !s.hasFee && s.used.rat().Sign() == 0 {
		s.Used = nil // its usage names the program
	}
	if nothing := s.Used != nil && s.Used.Sign() == 0 && !s.OnDemandUnknown; nothing || s.onDemand.rat().Sign() != 0 {
		s.CoveredOnDemand, s.CoveredEffective = s.month(&s.onDemand), s.month(&s.covered)
	}
}

// month is an amount of the window as one of a month.
func (s *Standing) month(t *tally) *big.Rat {
	r := t.rat()
	return r.Mul(r, big.NewRat(487, int64(16*s.Days)))
}

// Utilisation is used ÷ (used + unused), nil where one is not known or both are nothing.
func (s *Standing) Utilisation() *big.Rat {
	if s.Used == nil || s.Unused == nil {
		return nil
	}
	return quotient(s.Used, new(big.Rat).Add(s.Used, s.Unused))
}

// HourlyCost is what the commitment costs an hour, used or not; nil where that is not known.
func (s *Standing) HourlyCost() *big.Rat {
	if s.Used == nil || s.Unused == nil {
		return nil
	}
	return new(big.Rat).Mul(new(big.Rat).Add(s.Used, s.Unused), big.NewRat(2, monthHalfHours))
}

// BreakEven is the utilisation at which the commitment costs as much as its usage without it; nil where that has no price.
func (s *Standing) BreakEven() *big.Rat {
	if s.CoveredOnDemand == nil {
		return nil
	}
	return quotient(s.CoveredEffective, s.CoveredOnDemand)
}

// CostOfLapse is what the covered usage costs more a month once the commitment has ended; nil where it has no price, or has ended.
func (s *Standing) CostOfLapse() *big.Rat {
	if s.CoveredOnDemand == nil || s.Ended {
		return nil
	}
	return new(big.Rat).Sub(s.CoveredOnDemand, s.CoveredEffective)
}

// NetSaving is what the commitment saves a month: the usage without it less what it costs, used or not.
func (s *Standing) NetSaving() *big.Rat {
	if s.CoveredOnDemand == nil || s.Unused == nil {
		return nil
	}
	saving := new(big.Rat).Sub(s.CoveredOnDemand, s.CoveredEffective)
	return saving.Sub(saving, s.Unused)
}

// DaysLeft counts the days from the end of the window to the last day; ok is false where that is not known for certain.
func (s *Standing) DaysLeft() (days int, ok bool) {
	if s.Expires == nil || s.ExpiryKnown == EndLatest || s.Ended {
		return 0, false
	}
	return max(0, int(*s.Expires-s.To)), true
}

// byPlace groups standings by what else they could cover.
func byPlace(all []*Standing) (bound map[boundKey][]*Standing, flexible map[flexKey][]*Standing) {
	bound, flexible = map[boundKey][]*Standing{}, map[flexKey][]*Standing{}
	for _, s := range all {
		if !s.sharing.hasUnused() {
			continue
		}
		if s.sharing.flexible() {
			k := flexKey{s.Provider, s.Account, s.Currency}
			flexible[k] = append(flexible[k], s)
			continue
		}
		for p := range maps.Keys(s.sharing.places) {
			k := boundKey{flexKey{s.Provider, s.Account, s.Currency}, p}
			bound[k] = append(bound[k], s)
		}
	}
	return bound, flexible
}
