package passport

import (
	"fmt"
	"slices"

	"cloud-intelligence/backend/finops"
)

// totalsCodes are the findings that say whether totals can be right.
var totalsCodes = []string{"missing_days", "missing_months", "last_month", "currency", "rejects", "duplicates", "effective_cost"}

// verdict says in one sentence how far the data can be relied on.
func verdict(s *Set) string {
	if s.Lines == 0 {
		return "There are no charges to judge."
	}
	ready, available := 0, 0
	for _, r := range s.Readiness {
		if r.Available {
			available++
			if r.Level == Ready {
				ready++
			}
		}
	}
	first := func(severity Severity) int {
		return slices.IndexFunc(s.Findings, func(f Finding) bool { return f.Severity == severity && slices.Contains(totalsCodes, f.Code) })
	}
	switch problem, gap := first(Problem), first(Gap); {
	case problem >= 0:
		return "Check the totals before you use them: " + lower(s.Findings[problem].Sentence)
	case gap >= 0:
		return "Totals are nearly complete: " + lower(s.Findings[gap].Sentence)
	case ready == available:
		return "Totals are complete, and the data is ready for every analysis of this version."
	}
	return fmt.Sprintf("Totals are complete, and the data is ready for %d of %d analyses of this version.", ready, available)
}

// rank puts first the problems of which nobody knows how much money they are about, such as days without
// charges; then all faults by the money behind them, whatever their severity, the most first; then gaps without money, notes and
// passed checks. What is equal stays in the order of the rules. Only amounts in currency, the one of most lines, are compared.
func rank(list []Finding, currency string) {
	place := func(f *Finding) int {
		known := f.moneyIn(currency) != nil
		switch {
		case f.Severity == Problem && !known:
			return 0
		case f.Severity == Problem, f.Severity == Gap && known:
			return 1
		case f.Severity == Gap:
			return 2
		case f.Severity == Info:
			return 3
		}
		return 4
	}
	slices.SortStableFunc(list, func(a, b Finding) int {
		if by := place(&a) - place(&b); by != 0 {
			return by
		}
		x, y := a.moneyIn(currency), b.moneyIn(currency)
		switch {
		case x == nil && y == nil:
			return 0
		case x == nil:
			return 1
		case y == nil:
			return -1
		}
		return y.Cmp(*x)
	})
}

func (f *Finding) moneyIn(currency string) *finops.Sum {
	if f.Currency != currency {
		return nil
	}
	return f.Amount
}

// concern notes the cost of the charges that a finding is about, where there is any.
func (f *Finding) concern(amount finops.Sum, currency string) {
	if !amount.IsZero() {
		f.Amount, f.Currency = &amount, currency
	}
}

// lacking is the absolute cost, of usage where that is what is judged, that has not what a share counts.
func (s *Share) lacking() finops.Sum {
	cost, of := s.Cost, s.OfCost
	if s.usageOnly && s.OfUsageLines > 0 {
		cost, of = s.UsageCost, s.OfUsageCost
	}
	of.SubSum(cost)
	return of
}
