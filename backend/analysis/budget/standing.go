package budget

import (
	"math/big"

	"cloud-intelligence/backend/finops"
)

// paceDays before a period say what a weekday costs; with fewer than paceLeast all weekdays count the same.
const (
	PaceDays  = 56
	paceLeast = 28
)

// Basis is what a period is measured by, from what was known when it began. Its JSON is kept in workspaces.
type Basis struct {
	Weekdays [7]Weekday `json:"weekdays"` // from Sunday on; all without days = every day counts the same
	Fees     []Fee      `json:"fees"`     // that are known to come
	RollOver finops.Sum `json:"rollOver"` // what the period before left, or lacked
}

// Weekday is what the days of one weekday cost, without fees and days that were odd.
type Weekday struct {
	Cost finops.Sum `json:"cost"`
	Days int64      `json:"days"`
}

// Fee is due on a day.
type Fee struct {
	Day    finops.Day `json:"day"`
	Amount finops.Sum `json:"amount"`
}

// Day is what one day cost without fees.
type Day struct {
	Day  finops.Day
	Cost finops.Sum
	Odd  bool // it is an anomaly, which says nothing about other days
}

// NewBasis makes the basis of a period from the days before it.
func NewBasis(days []Day, fees []Fee, rollOver finops.Sum) Basis {
	b := Basis{Fees: fees, RollOver: rollOver}
	if len(days) < paceLeast {
		return b
	}
	for _, d := range days[max(0, len(days)-PaceDays):] {
		if !d.Odd {
			w := &b.Weekdays[d.Day.Time().Weekday()]
			w.Cost.AddSum(d.Cost)
			w.Days++
		}
	}
	return b
}

// weight is the mean cost of a day; negative ones count as none.
func (b *Basis) weight(d finops.Day) *big.Rat {
	w := b.Weekdays[d.Time().Weekday()]
	if w.Days == 0 || w.Cost.Sign() <= 0 {
		return new(big.Rat)
	}
	mean := w.Cost.Rat()
	return mean.Quo(mean, new(big.Rat).SetInt64(w.Days))
}

// Pace is what was to be spent of an amount from the first day of a period to a day: the fees that are due by then,
// and of the rest the share that the weekdays make.
func (b *Basis) Pace(amount finops.Sum, p Period, asOf finops.Day, currency string) finops.Sum {
	if asOf < p.First {
		return finops.Sum{}
	}
	asOf = min(asOf, p.Last)
	due, rest := finops.Sum{}, amount
	for _, f := range b.Fees {
		rest.SubSum(f.Amount)
		if f.Day <= asOf {
			due.AddSum(f.Amount)
		}
	}
	until, all := new(big.Rat), new(big.Rat)
	for d := p.First; d <= p.Last; d++ {
		w := b.weight(d)
		if all.Add(all, w); d <= asOf {
			until.Add(until, w)
		}
	}
	if all.Sign() == 0 {
		until.SetInt64(int64(asOf-p.First) + 1)
		all.SetInt64(int64(p.Days()))
	}
	due.AddSum(Share(rest, until.Quo(until, all), currency))
	return due
}

// hundredth turns a percentage into a share.
var hundredth = finops.NewAmount(1, 2)

// target is a percentage of an amount; ok is false where it has more digits than an amount can have.
func target(amount finops.Sum, percent finops.Amount) (t finops.Sum, ok bool) {
	share, ok := percent.Mul(hundredth)
	if !ok {
		return t, false
	}
	part, ok := amount.Amount().Mul(share)
	t.Add(part)
	return t, ok
}

// Reached says whether what came is a percentage of an amount, or more. Of an amount of 0 it is as soon as anything came.
func Reached(came, amount finops.Sum, percent finops.Amount) bool {
	if amount.Sign() <= 0 {
		return came.Sign() > 0
	}
	if t, ok := target(amount, percent); ok {
		return came.Cmp(t) >= 0
	}
	share := finops.Sum{}
	share.Add(percent)
	hundredfold := new(big.Rat).Mul(came.Rat(), big.NewRat(100, 1))
	return hundredfold.Cmp(new(big.Rat).Mul(amount.Rat(), share.Rat())) >= 0
}

// CrossedAt is the first day of a period on which what came until then reaches a percentage; costs are by day from the first on.
func CrossedAt(p Period, costs []finops.Sum, amount finops.Sum, percent finops.Amount) (finops.Day, bool) {
	sum := finops.Sum{}
	for i, c := range costs {
		if sum.AddSum(c); Reached(sum, amount, percent) {
			return p.First + finops.Day(i), true
		}
	}
	return 0, false
}

// State says in one word how a period stands.
type State string

// The states of a period, the gravest that is true.
const (
	Over       State = "over"        // the amount is spent
	AtRisk     State = "at-risk"     // it will be, says the forecast
	Ahead      State = "ahead"       // more was spent than the pace
	OnTrack    State = "on-track"    // none of these
	NotStarted State = "not-started" // it lies ahead
	NoData     State = "no-data"     // there are no charges of the scope
)
