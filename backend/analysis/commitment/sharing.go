package commitment

import (
	"math/big"
	"slices"

	"cloud-intelligence/backend/finops"
)

// Sharing is what a commitment left unused while usage that it could cover was paid at on-demand prices: usage in an account that does not
// share it, or outside its scope.
type Sharing struct {
	SlotHours int      // 1, or 24 where the bill has no hours: usage and unused commitment of a day need not fall together
	Uncovered *big.Rat // that usage a month, at its effective cost
	Loss      *big.Rat // a month: of each slot the lower of what was unused and what that usage costs at the commitment's rate
	Lost      *big.Rat // the same over the days of the window
	Rate      *big.Rat // covered effective ÷ covered list; nil where the covered usage has no list price, and so no loss that can be known
}

// sharing collects what Sharing is calculated from.
type sharing struct {
	places   map[Place]bool // that it covers
	spend    bool
	unused   [2]map[int64]*big.Rat // by slot: hours, and days of lines that are longer
	free     map[int64]*finops.Sum // usage that it could cover, by hour
	freeLong bool                  // a line of that usage is longer than an hour
}

func newSharing() sharing {
	return sharing{places: map[Place]bool{}, unused: [2]map[int64]*big.Rat{{}, {}}, free: map[int64]*finops.Sum{}}
}

type flexKey struct{ provider, account, currency string }

type boundKey struct {
	flexKey
	place Place
}

func (h *sharing) hasUnused() bool { return len(h.unused[0])+len(h.unused[1]) > 0 }

// flexible reports whether it covers machines of several families or regions.
func (h *sharing) flexible() bool {
	if !h.spend {
		return false
	}
	machines := 0
	for p := range h.places {
		if p.Family != "" {
			machines++
		}
	}
	return machines > 1
}

func (h *sharing) cover(l *ContractLine) {
	h.spend = h.spend || l.Spend
	if p := l.Place.key(); p.Family != "" || p.Meter != "" {
		h.places[p] = true
	}
}

func (h *sharing) addUnused(l *ContractLine) {
	var cost finops.Sum
	cost.Add(l.Effective)
	if l.End-l.Start <= 3600 && l.End > l.Start {
		h.put(0, l.Start-l.Start%3600, cost.Rat())
		return
	}
	if l.End-l.Start <= longest {
		h.put(1, l.Day.Time().Unix(), cost.Rat())
		return
	}
	for at := l.Start - l.Start%secondsADay; at < l.End; at += secondsADay {
		part := min(l.End, at+secondsADay) - max(l.Start, at)
		h.put(1, at, new(big.Rat).Mul(cost.Rat(), big.NewRat(part, l.End-l.Start)))
	}
}

func (h *sharing) put(grain int, at int64, cost *big.Rat) {
	if sum := h.unused[grain][at]; sum != nil {
		sum.Add(sum, cost)
		return
	}
	h.unused[grain][at] = cost
}

// Free is usage at on-demand prices.
type Free struct {
	Provider, Account, Currency string
	Place                       Place
	Day                         finops.Day
	Start, End                  int64 // Unix seconds; the same where the line has no end
	Effective                   finops.Amount
}

// Sharer finds the sharing losses of commitments.
type Sharer struct {
	all      []*Standing
	bound    map[boundKey][]*Standing
	flexible map[flexKey][]*Standing
}

// NewSharer prepares for the usage of the window.
func NewSharer(all []*Standing) *Sharer {
	h := &Sharer{all: all}
	h.bound, h.flexible = byPlace(all)
	return h
}

// Wanted reports whether any commitment was not fully used, so that usage matters.
func (h *Sharer) Wanted() bool { return len(h.bound)+len(h.flexible) > 0 }

// All lists the commitments that it was made of.
func (h *Sharer) All() []*Standing { return h.all }

// Add adds a line of usage at on-demand prices.
func (h *Sharer) Add(l *Free) {
	for _, s := range h.Could(l.Provider, l.Account, l.Currency, l.Place) {
		s.AddFree(l)
	}
}

// Could lists the commitments with unused cost that could cover usage of a billing account at a place.
func (h *Sharer) Could(provider, account, currency string, p Place) []*Standing {
	k := flexKey{provider, account, currency}
	list := slices.Clone(h.bound[boundKey{k, p.key()}])
	if p.Family != "" {
		list = append(list, h.flexible[k]...)
	}
	return list
}

// AddFree adds a line of usage at on-demand prices that the commitment could cover.
func (s *Standing) AddFree(l *Free) {
	if l.Day < s.From || l.Day > s.To || l.End-l.Start > longest {
		return
	}
	h := &s.sharing
	h.freeLong = h.freeLong || l.End-l.Start > 3600 || l.End == l.Start
	at := l.Start - l.Start%3600
	if h.free[at] == nil {
		h.free[at] = &finops.Sum{}
	}
	h.free[at].Add(l.Effective)
}

// Finish writes the losses into the standings.
func (h *Sharer) Finish() {
	for _, s := range h.all {
		if s.Days > 0 && len(s.sharing.free) > 0 {
			s.share()
		}
	}
}

// share compares slot by slot. A commitment whose usage has no list price has no rate, and so no loss that can be known.
func (s *Standing) share() {
	h := &s.sharing
	result := &Sharing{SlotHours: 1, Uncovered: new(big.Rat)}
	slot := int64(3600)
	if h.freeLong || len(h.unused[1]) > 0 {
		result.SlotHours, slot = 24, secondsADay
	}
	free, left := map[int64]*finops.Sum{}, map[int64]*big.Rat{}
	for at, sum := range h.free {
		if free[at-at%slot] == nil {
			free[at-at%slot] = &finops.Sum{}
		}
		free[at-at%slot].AddSum(*sum)
	}
	for _, grain := range h.unused {
		for at, cost := range grain {
			left[at-at%slot] = plus(left[at-at%slot], cost)
		}
	}
	rate := quotient(s.listed.rat(), s.list.rat())
	result.Rate = rate
	loss := new(big.Rat)
	for at, sum := range free {
		cost := sum.Rat()
		result.Uncovered.Add(result.Uncovered, cost)
		if unused := left[at]; rate != nil && unused != nil && unused.Sign() > 0 && cost.Sign() > 0 {
			if cost.Mul(cost, rate); cost.Cmp(unused) > 0 {
				cost = unused
			}
			loss.Add(loss, cost)
		}
	}
	month := big.NewRat(487, int64(16*s.Days))
	result.Uncovered.Mul(result.Uncovered, month)
	if rate != nil {
		result.Lost, result.Loss = loss, new(big.Rat).Mul(loss, month)
	}
	s.Sharing = result
}
