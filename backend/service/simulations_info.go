package service

import (
	"math/big"

	"cloud-intelligence/backend/analysis/commitment"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/finops/wire"
	"cloud-intelligence/backend/pricebook"
)

// SimulationInfo is what a commitment would have saved, without its pool and the curve.
type SimulationInfo struct {
	From        finops.Day     `json:"from"`
	To          finops.Day     `json:"to"`
	LeftOut     finops.Sum     `json:"leftOut"` // on-demand cost of families without a discount
	Discounts   []DiscountInfo `json:"discounts"`
	Optimum     OptimumInfo    `json:"optimum"`
	Cautious    PointInfo      `json:"cautious"`
	Backtest    *BacktestInfo  `json:"backtest"`    // null for less than eight weeks
	AfterExpiry *PointInfo     `json:"afterExpiry"` // null where no running commitment ends within the term
	Running     []RunningInfo  `json:"running"`
	Deal        DealInfo       `json:"deal"`
	Plan        []PurchaseInfo `json:"plan"`
	Ladder      *LadderInfo    `json:"ladder"` // null where nothing is worth buying
	Options     []OptionInfo   `json:"options"`
	// Recommendations are those of the provider itself, what is for the pool first.
	Recommendations []RecommendationInfo `json:"recommendations"`
}

// RecommendationInfo is a commitment that a provider itself recommends to buy.
type RecommendationInfo struct {
	Provider         string     `json:"provider"`
	Document         string     `json:"document"`
	Day              finops.Day `json:"day"`  // of the document
	Said             string     `json:"said"` // in the provider's words
	Pool             string     `json:"pool" cli:"null"`
	Years            int        `json:"termYears" cli:"null"`
	Payment          string     `json:"payment" cli:"null"`
	LookbackDays     int        `json:"lookbackDays" cli:"null"`
	Quantity         string     `json:"quantity" cli:"null"` // of machines
	HourlyCommitment *string    `json:"hourlyCommitment" cell:"quantity"`
	MonthlySaving    *string    `json:"expectedMonthlySaving" cell:"amount"` // as the provider estimates it
	Currency         string     `json:"currency" cli:"null"`
	// Ours is the best commitment of the same terms, Result what the recommended one would have done in the days of the simulation.
	Ours          *PointInfo `json:"ours"`
	Result        *PointInfo `json:"result"`
	Difference    string     `json:"difference" cli:"null"`
	NotComparable string     `json:"notComparable" cli:"null"` // why
}

// PointInfo is what an hourly commitment would have done.
type PointInfo struct {
	HourlyCommitment string  `json:"hourlyCommitment" cell:"quantity"`
	MonthlySaving    string  `json:"expectedMonthlySaving" cell:"amount"` // below 0 where it costs more than it saves
	Utilisation      *string `json:"utilisation" cell:"share"`
	Coverage         *string `json:"coverage" cell:"share"`
}

// OptimumInfo is the commitment that saves most, and the utilisation below which one costs more than it saves.
type OptimumInfo struct {
	PointInfo
	BreakEven *string `json:"breakEvenUtilisation" cell:"share"`
}

// DiscountInfo is a discount of the price book.
type DiscountInfo struct {
	Percent string `json:"percent" cell:"quantity"`
	Kind    string `json:"kind"`
	Family  string `json:"family"`
	Source  string `json:"source"`
	AsOf    string `json:"asOf"`
}

// BacktestInfo is a commitment chosen from the earlier usage, and what it did in the weeks after that.
type BacktestInfo struct {
	HeldOutHours     int       `json:"heldOutHours"` // of these weeks
	HourlyCommitment string    `json:"hourlyCommitment" cell:"quantity"`
	Result           PointInfo `json:"result"`
	Best             PointInfo `json:"best"` // as only hindsight knows it
}

// RunningInfo is a commitment that covers usage of the pool.
type RunningInfo struct {
	ID          string             `json:"id"`
	Name        string             `json:"name"`
	Expires     string             `json:"expires" cli:"null"` // "" = not known
	ExpiryKnown commitment.EndKind `json:"expiryKnown" cli:"null"`
	WithinTerm  bool               `json:"endsWithinTerm"`
	OnDemand    finops.Sum         `json:"onDemand"` // what it covers, in the days that were looked at
}

// DealInfo is what the best commitment costs over its term. Months are 0 where they never come within it.
type DealInfo struct {
	Upfront        string `json:"upfront" cell:"amount"`
	Monthly        string `json:"monthly" cell:"amount"`
	Total          string `json:"total" cell:"amount"`
	BreakEvenMonth int    `json:"breakEvenMonth" cli:"null"`
	PaybackMonth   int    `json:"paybackMonth" cli:"null"`
}

// PurchaseInfo is a step of a plan, and what all that was bought by then does.
type PurchaseInfo struct {
	Months int    `json:"months"`              // from now
	Add    string `json:"add" cell:"quantity"` // money an hour
	PointInfo
}

// LadderInfo is the best commitment bought in parts, beside all at once. Savings are of the term.
type LadderInfo struct {
	Rungs    []RungInfo       `json:"rungs"`
	Saving   string           `json:"termSaving" cell:"amount"`
	Block    string           `json:"blockTermSaving" cell:"amount"`
	Downside []LadderDownside `json:"downside"`
}

// RungInfo is what is committed from a month on.
type RungInfo struct {
	Months           int    `json:"months"`              // from now
	Add              string `json:"add" cell:"quantity"` // money an hour
	HourlyCommitment string `json:"hourlyCommitment" cell:"quantity"`
	MonthlySaving    string `json:"expectedMonthlySaving" cell:"amount"`
}

// LadderDownside is what both save when usage falls to a part after three months.
type LadderDownside struct {
	UsagePercent int    `json:"usagePercent"`
	Saving       string `json:"termSaving" cell:"amount"`
	Block        string `json:"blockTermSaving" cell:"amount"`
}

// OptionInfo is what the best commitment of some terms would do; Optimum and Deal are null where the price book has no discount.
type OptionInfo struct {
	Years   int                `json:"termYears"`
	Payment commitment.Payment `json:"payment"`
	LeftOut finops.Sum         `json:"leftOut"`
	Optimum *OptimumInfo       `json:"optimum"`
	Deal    *DealInfo          `json:"deal"`
}

// Info is the simulation for the faces.
func (s *Simulation) Info() SimulationInfo {
	info := SimulationInfo{
		From: s.From, To: s.To, LeftOut: s.LeftOut, Optimum: OptimumInfo{PointOf(s.Optimum), wire.Fraction(s.BreakEven)}, Cautious: PointOf(s.Cautious),
		Deal: dealInfo(s.Deal), Ladder: ladderInfo(s.Ladder), Options: wire.Each(s.Options, optionInfo),
		Discounts: wire.Each(s.Discounts, func(d *pricebook.Discount) DiscountInfo {
			return DiscountInfo{d.Percent.String(), d.Kind, d.Scope, d.Source, d.AsOf}
		}),
		Running: wire.Each(s.Running, func(r Running) RunningInfo {
			return RunningInfo{r.ID, r.Name, wire.Day(r.Expires), r.Known, r.Within, r.Covered}
		}),
		Plan: wire.Each(s.Plan, func(p commitment.Purchase) PurchaseInfo {
			return PurchaseInfo{p.Months, *wire.Fraction(p.Add), PointOf(p.Held)}
		}),
	}
	info.Recommendations = RecommendationsInfo(s.Recommended)
	if b := s.Backtest; b != nil {
		info.Backtest = &BacktestInfo{b.HeldOutHours, *wire.Fraction(b.Chosen), PointOf(b.Point), PointOf(b.Best)}
	}
	if p := s.AfterExpiry; p != nil {
		info.AfterExpiry = new(PointOf(*p))
	}
	return info
}

// RecommendationsInfo are recommendations for the faces.
func RecommendationsInfo(list []Recommendation) []RecommendationInfo {
	return wire.Each(list, func(r Recommendation) RecommendationInfo {
		info := RecommendationInfo{
			Provider: r.Provider, Document: r.Document, Day: r.Day, Said: r.Said, Pool: r.Pool, MonthlySaving: wire.Amount(r.Monthly), Currency: r.Currency,
			Difference: r.Difference, NotComparable: r.NotComparable,
		}
		if p := r.Purchase; p != nil {
			info.Years, info.Payment, info.LookbackDays, info.Quantity, info.HourlyCommitment = p.Years, p.Payment, p.LookBack, p.Quantity, wire.Amount(p.Hourly)
		}
		if r.Ours != nil {
			info.Ours = new(PointOf(*r.Ours))
		}
		if r.Result != nil {
			info.Result = new(PointOf(*r.Result))
		}
		return info
	})
}

// PointOf is a point for the faces.
func PointOf(p commitment.Point) PointInfo {
	return PointInfo{*wire.Fraction(p.HourlyCommitment), *wire.Fraction(p.MonthlySaving), wire.Fraction(p.Utilisation), wire.Fraction(p.Coverage)}
}

func dealInfo(d commitment.Deal) DealInfo {
	return DealInfo{*wire.Fraction(d.Upfront), *wire.Fraction(d.Monthly), *wire.Fraction(d.Total), d.BreakEvenMonth, d.PaybackMonth}
}

func ladderInfo(l *commitment.Ladder) *LadderInfo {
	if l == nil {
		return nil
	}
	before := new(big.Rat)
	rungs := wire.Each(l.Rungs, func(r commitment.Rung) RungInfo {
		add := new(big.Rat).Sub(r.HourlyCommitment, before)
		before = r.HourlyCommitment
		return RungInfo{r.Months, *wire.Fraction(add), *wire.Fraction(r.HourlyCommitment), *wire.Fraction(r.MonthlySaving)}
	})
	downside := wire.Each(l.Downside, func(d commitment.LadderDownside) LadderDownside {
		return LadderDownside{d.UsagePercent, *wire.Fraction(d.Saving), *wire.Fraction(d.Block)}
	})
	return &LadderInfo{rungs, *wire.Fraction(l.Saving), *wire.Fraction(l.Block), downside}
}

func optionInfo(o SimulationOption) OptionInfo {
	info := OptionInfo{Years: o.Terms.Years, Payment: o.Terms.Payment, LeftOut: o.LeftOut}
	if o.Option != nil {
		info.Optimum, info.Deal = &OptimumInfo{PointOf(o.Optimum), wire.Fraction(o.BreakEven)}, new(dealInfo(o.Deal))
	}
	return info
}
