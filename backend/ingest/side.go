package ingest

import (
	"slices"
	"strings"

	"cloud-intelligence/backend/finops"
)

// Side is what one of two files has of a bill: what a person compares before deciding which to use.
type Side struct {
	Lines    int64   `json:"lines"`
	FirstDay string  `json:"firstDay"` // charge day YYYY-MM-DD; "" without lines
	LastDay  string  `json:"lastDay"`
	Costs    []Money `json:"costs"` // by currency
}

// difference returns by currency how much more the side costs than another one. Currencies that
// only one of them has are compared with nothing.
func (s Side) difference(other Side) []Money {
	difference := Side{Costs: slices.Clone(s.Costs)}
	for _, m := range other.Costs {
		difference.add(m.Currency, 0, m.Billed.Neg(), m.Effective.Neg())
	}
	return full(difference.Costs)
}

// full makes an empty list of none, so that JSON has [] and never null.
func full[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

// add adds the lines of one currency.
func (s *Side) add(currency string, lines int64, billed, effective finops.Sum) {
	s.Lines += lines
	i, ok := slices.BinarySearchFunc(s.Costs, currency, func(m Money, currency string) int { return strings.Compare(m.Currency, currency) })
	if !ok {
		s.Costs = slices.Insert(s.Costs, i, Money{Currency: currency})
	}
	s.Costs[i].Billed.AddSum(billed)
	s.Costs[i].Effective.AddSum(effective)
}

func (s *Side) total(currency string, metric finops.Metric, amount finops.Sum) {
	switch metric {
	case finops.BilledCost:
		s.add(currency, 0, amount, finops.Sum{})
	case finops.EffectiveCost:
		s.add(currency, 0, finops.Sum{}, amount)
	}
}

// days widens the span of days.
func (s *Side) days(first, last string) {
	if s.FirstDay == "" || first < s.FirstDay {
		s.FirstDay = first
	}
	s.LastDay = max(s.LastDay, last)
}

func sideOf(list []*sliceState) (s Side) {
	for _, slice := range list {
		s.Lines += slice.Lines
		s.days(slice.FirstDay, slice.LastDay)
		for _, t := range slice.totals {
			s.total(t.Currency, t.Metric, t.Amount)
		}
	}
	s.Costs = full(s.Costs)
	return s
}

// CostsOf adds totals by currency.
func CostsOf(totals []Total) []Money {
	var s Side
	for _, t := range totals {
		s.total(t.Currency, t.Metric, t.Amount)
	}
	return full(s.Costs)
}

// side is what an export holds of a bill.
func (v *BillSource) side() Side {
	return Side{Lines: v.Lines, FirstDay: v.FirstDay, LastDay: v.LastDay, Costs: CostsOf(v.Totals)}
}
