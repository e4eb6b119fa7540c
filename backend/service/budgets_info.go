package service

import (
	"fmt"
	"math/big"
	"strings"

	"cloud-intelligence/backend/analysis/budget"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/finops/wire"
)

// BudgetInfo is a budget in one version, without what it is for and its thresholds.
type BudgetInfo struct {
	Name      string         `json:"name"`
	Version   int64          `json:"version"`
	Metric    string         `json:"metric"`
	Currency  string         `json:"currency"`
	Amounts   []BudgetAmount `json:"amounts"`
	RollOver  bool           `json:"rollOver"`
	Parent    string         `json:"parent" cli:"null"` // that it is a part of; "" = none
	ChangedAt string         `json:"changedAt"`
	ChangedBy string         `json:"changedBy"`
	Reason    string         `json:"reason" cli:"null"`
	Problem   string         `json:"problem" cli:"null"` // why it cannot be used; "" = it can
}

// BudgetAmount is what may be spent in a period, a decimal.
type BudgetAmount struct {
	Period string `json:"period"`
	Amount string `json:"amount" cell:"amount"`
}

// AmountOf is an amount for the faces.
func AmountOf(a budget.Amount) BudgetAmount { return BudgetAmount{a.Period, a.Amount.String()} }

// Info is the budget for the faces.
func (b *Budget) Info() BudgetInfo {
	return BudgetInfo{
		Name: b.Name, Version: b.Version, Metric: string(b.Metric), Currency: b.Currency, RollOver: b.RollOver, Parent: b.Parent, ChangedAt: wire.Instant(b.ChangedAt), ChangedBy: b.ChangedBy,
		Reason: b.Reason, Problem: b.Problem, Amounts: wire.Each(b.Amounts, AmountOf),
	}
}

// Words says what the budget is, a line for each part.
func (b *Budget) Words() string {
	var t strings.Builder
	what := b.Scope
	if what == "" {
		what = b.Where
	}
	if what == "" {
		what = "all charges"
	}
	fmt.Fprintf(&t, "%s cost of %s in %s\n", strings.TrimSuffix(string(b.Metric), "Cost"), what, b.Currency)
	for _, a := range b.Amounts {
		fmt.Fprintf(&t, "%s: %s\n", dayWords(a.Period), finops.Grouped(a.Amount.String()))
	}
	thresholds := make([]string, len(b.Thresholds))
	for i, h := range b.Thresholds {
		thresholds[i] = thresholdText(h)
	}
	fmt.Fprintf(&t, "Alerts: %s.", strings.Join(thresholds, ", "))
	if b.RollOver {
		t.WriteString(" What is left rolls over.")
	}
	if b.Parent != "" {
		fmt.Fprintf(&t, " A part of %s.", b.Parent)
	}
	return t.String()
}

// thresholdText says when a threshold is reached.
func thresholdText(t budget.Threshold) string {
	switch t.Kind {
	case budget.Absolute:
		return "actual of " + t.Percent.String()
	case budget.Breach:
		return t.Percent.String() + " days before the amount is reached"
	case budget.Actual, budget.Forecast, budget.Pace:
	}
	return t.Percent.String() + " % of the " + string(t.Kind)
}

// StandingInfo says how a budget stands in one period. Shares are parts of 1; "" where there is nothing to be a share of.
type StandingInfo struct {
	Period   string       `json:"period"`
	From     finops.Day   `json:"from"`
	To       finops.Day   `json:"to"`
	AsOf     finops.Day   `json:"asOf"` // the last day that counts
	Current  bool         `json:"current"`
	Amount   finops.Sum   `json:"amount"`
	RollOver finops.Sum   `json:"rollOver"` // part of the amount that comes from the period before
	Actual   finops.Sum   `json:"actual"`
	Spent    string       `json:"spent" cli:"null" cell:"share"` // the actual as a share of the amount
	Left     finops.Sum   `json:"left"`                          // the amount less the actual
	Pace     *finops.Sum  `json:"paceExpected"`                  // what was to be spent until the as-of day; null = the period lies ahead
	Forecast *finops.Sum  `json:"forecast"`
	Low80    *finops.Sum  `json:"low80"`
	High80   *finops.Sum  `json:"high80"`
	Variance *finops.Sum  `json:"variance"`                         // the actual less the pace
	Relative string       `json:"relative" cli:"null" cell:"share"` // the variance as a share of the pace
	Landing  *finops.Sum  `json:"landing"`                          // the forecast less the amount
	Missed   string       `json:"missed" cli:"null" cell:"share"`   // the landing as a share of the amount
	Breach   *finops.Day  `json:"breachDay"`                        // the day on which the amount is spent, or will be; null = none
	State    budget.State `json:"state"`
	Children *BudgetParts `json:"children"` // null = no budget is a part of it in this period
	Notes    []string     `json:"notes"`
}

// BudgetParts compares an amount with those of the budgets that are parts of it.
type BudgetParts struct {
	Names      []string   `json:"names"`
	Sum        finops.Sum `json:"sum"`
	Difference finops.Sum `json:"difference"` // the amount less the sum
	Actual     finops.Sum `json:"actual"`     // what the parts have spent; charges that count for two of them count twice
}

// Info is the standing for the faces.
func (s *BudgetStanding) Info() StandingInfo {
	info := StandingInfo{
		Period: s.Period.Name, From: s.Period.First, To: s.Period.Last, AsOf: s.AsOf, Current: s.Current, Amount: s.Amount, RollOver: s.RollOver, Actual: s.Actual,
		Spent: shareOf(s.Actual, s.Amount), Left: less(s.Amount, s.Actual), Pace: s.Pace, Forecast: s.Forecast, Low80: s.Low80, High80: s.High80, Breach: s.BreachDay, State: s.State,
		Notes: wire.List(s.Notes),
	}
	if s.Pace != nil {
		variance := less(s.Actual, *s.Pace)
		info.Variance, info.Relative = &variance, shareOf(variance, *s.Pace)
	}
	if s.Forecast != nil {
		landing := less(*s.Forecast, s.Amount)
		info.Landing, info.Missed = &landing, shareOf(landing, s.Amount)
	}
	if c := s.Children; c != nil {
		info.Children = &BudgetParts{wire.List(c.Names), c.Sum, c.Difference, c.Actual}
	}
	return info
}

// shareOf is a part of a whole with six digits; "" where there is no whole.
func shareOf(part, whole finops.Sum) string {
	if whole.Sign() <= 0 {
		return ""
	}
	return new(big.Rat).Quo(part.Rat(), whole.Rat()).FloatString(6)
}

func less(a, b finops.Sum) finops.Sum {
	a.SubSum(b)
	return a
}
