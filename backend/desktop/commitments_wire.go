package desktop

import (
	"math/big"

	"cloud-intelligence/backend/analysis/commitment"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/finops/wire"
	"cloud-intelligence/backend/pricebook"
	"cloud-intelligence/backend/service"
)

// CommitmentsInfo is how commitments are used and what they cover.
type CommitmentsInfo struct {
	Commitments []CommitmentInfo  `json:"commitments"` // those that run first
	Totals      []CommitmentTotal `json:"totals"`      // by currency
	Uses        []CommitmentUse   `json:"uses"`        // by provider and month
	Months      []CommitmentMonth `json:"months"`      // by provider and month
	Pools       []PoolMonthInfo   `json:"pools"`       // by pool and month
}

// CommitmentInfo is how a commitment stands over the last 30 days that are settled. Amounts are decimals, of a month where no
// other time is named; null where the bill does not say.
type CommitmentInfo struct {
	ID              string             `json:"id"`
	Name            string             `json:"name"`
	Type            string             `json:"type"`
	Provider        string             `json:"provider"`
	BillingAccount  string             `json:"billingAccount"`
	Currency        string             `json:"currency"`
	Ended           bool               `json:"ended"`
	TermMonths      *int               `json:"termMonths"`
	Payment         commitment.Payment `json:"payment"` // "" = not known
	Start           string             `json:"start"`   // "" = not known
	Expires         string             `json:"expires"` // its last day; "" = not known
	ExpiryKnown     commitment.EndKind `json:"expiryKnown"`
	DaysLeft        *int               `json:"daysLeft"` // null where the last day is not certain
	FirstDay        string             `json:"firstDay"` // of its charges
	LastDay         string             `json:"lastDay"`
	From            string             `json:"from"` // the days that were looked at; "" = none
	To              string             `json:"to"`
	Days            int                `json:"days"` // of these, those on which it had charges
	HourlyCost      *string            `json:"hourlyCost"`
	Used            *string            `json:"used"`
	Unused          *string            `json:"unused"`
	Utilisation     *string            `json:"utilisation"` // 1 = all is used
	BreakEven       *string            `json:"breakEven"`   // the utilisation below which it costs more than it saves
	OnDemand        *string            `json:"onDemand"`    // its usage without it
	NetSaving       *string            `json:"netSaving"`
	CostOfLapse     *string            `json:"costOfLapse"`
	OnDemandUnknown bool               `json:"onDemandUnknown"` // part of its usage has no price without it
	Sharing         *SharingInfo       `json:"sharing"`         // null where nothing was lost
	Where           finops.Filter      `json:"where"`           // its charge lines
}

// SharingInfo is what a commitment left unused while usage that it could cover was paid at on-demand prices, a month.
type SharingInfo struct {
	SlotHours int     `json:"slotHours"` // 1, or 24 where the bill has no hours
	Uncovered *string `json:"uncovered"`
	Loss      *string `json:"loss"`
}

// CommitmentTotal adds up the commitments of one currency that run, for a month.
type CommitmentTotal struct {
	Currency    string  `json:"currency"`
	Running     int     `json:"running"`
	Unknown     int     `json:"unknown"` // of these, how many have an amount that is not known and not in the sums
	Used        string  `json:"used"`
	Unused      string  `json:"unused"`
	Utilisation *string `json:"utilisation"`
	NetSaving   string  `json:"netSaving"`
	CostOfLapse string  `json:"costOfLapse"`
	SharingLoss string  `json:"sharingLoss"`
}

// CommitmentUse is how a commitment was used in a month.
type CommitmentUse struct {
	ID          string  `json:"id"`
	Provider    string  `json:"provider"`
	Month       string  `json:"month"`
	Currency    string  `json:"currency"`
	Used        *string `json:"used"`
	Unused      *string `json:"unused"`
	Utilisation *string `json:"utilisation"`
	OnList      *string `json:"onList"` // its usage at list prices
}

// CommitmentMonth is how well the usage of a provider was covered in a month.
type CommitmentMonth struct {
	Provider             string  `json:"provider"`
	Month                string  `json:"month"`
	Currency             string  `json:"currency"`
	Coverage             *string `json:"coverage"`
	EffectiveSavingsRate *string `json:"effectiveSavingsRate"`
	ListUnknownShare     *string `json:"listUnknownShare"`
}

// PoolMonthInfo is how well a pool of machines was covered in a month.
type PoolMonthInfo struct {
	Pool                 PoolInfo `json:"pool"` // onDemand is the effective cost of all machines of the pool
	Month                string   `json:"month"`
	Coverage             *string  `json:"coverage"`
	EffectiveSavingsRate *string  `json:"effectiveSavingsRate"`
	BreakEven            *string  `json:"breakEven"`
}

// PoolInfo is usage that one commitment can cover.
type PoolInfo struct {
	ID       string `json:"id"`
	Provider string `json:"provider"`
	Region   string `json:"region"` // "" = every region
	Family   string `json:"family"` // "" = every family
	Currency string `json:"currency"`
	OnDemand string `json:"onDemand"` // in the days that were looked at
}

// SimulationQuestion asks what a commitment would save.
type SimulationQuestion struct {
	Pool     string             `json:"pool"`
	Currency string             `json:"currency"`
	Years    int                `json:"years"` // 1 or 3
	Payment  commitment.Payment `json:"payment"`
	Discount *string            `json:"discount"` // percent off the on-demand price; null = that of the price book
}

// SimulationInfo is what a commitment for a pool would have saved. The curve has the optimum in its middle.
type SimulationInfo struct {
	Pool        PoolInfo           `json:"pool"`
	From        string             `json:"from"`
	To          string             `json:"to"`
	SlotHours   int                `json:"slotHours"` // 1, or 24 where the export is daily
	LeftOut     string             `json:"leftOut"`   // on-demand cost of families without a discount
	Discounts   []DiscountInfo     `json:"discounts"`
	Optimum     CommitmentPoint    `json:"optimum"`
	Cautious    CommitmentPoint    `json:"cautious"`
	BreakEven   *string            `json:"breakEven"`
	Curve       []CommitmentPoint  `json:"curve"`
	Backtest    *BacktestInfo      `json:"backtest"`    // null for less than eight weeks
	AfterExpiry *CommitmentPoint   `json:"afterExpiry"` // null where no running commitment ends within the term
	Running     []RunningInfo      `json:"running"`
	Deal        DealInfo           `json:"deal"`
	Plan        []PurchaseInfo     `json:"plan"`
	Ladder      *LadderInfo        `json:"ladder"` // null where nothing is worth buying
	Options     []SimulationOption `json:"options"`
}

// CommitmentPoint is what an hourly commitment would have done. Savings are of a month.
type CommitmentPoint struct {
	Hourly      string   `json:"hourly"`
	Saving      string   `json:"saving"`
	Utilisation *string  `json:"utilisation"`
	Coverage    *string  `json:"coverage"`
	Downside    []string `json:"downside"` // saving at 90, 80 and 70 % of the usage; of points of the curve
	HeldOut     *string  `json:"heldOut"`  // saving over the last four weeks; of points of the curve
}

// DiscountInfo is a discount of the price book.
type DiscountInfo struct {
	Percent string `json:"percent"`
	Kind    string `json:"kind"`
	Family  string `json:"family"`
	Source  string `json:"source"`
	AsOf    string `json:"asOf"`
}

// BacktestInfo is a commitment chosen from the earlier usage, and what it did in the weeks after that.
type BacktestInfo struct {
	Weeks  int             `json:"weeks"`
	Result CommitmentPoint `json:"result"`
	Best   CommitmentPoint `json:"best"` // as only hindsight knows it
}

// RunningInfo is a commitment that covers usage of the pool.
type RunningInfo struct {
	ID          string             `json:"id"`
	Name        string             `json:"name"`
	Expires     string             `json:"expires"` // "" = not known
	ExpiryKnown commitment.EndKind `json:"expiryKnown"`
	OnDemand    string             `json:"onDemand"` // what it covers, in the days that were looked at
	WithinTerm  bool               `json:"withinTerm"`
}

// DealInfo is what the best commitment costs over its term. Months are 0 where they never come within it.
type DealInfo struct {
	Upfront        string `json:"upfront"`
	Monthly        string `json:"monthly"`
	Total          string `json:"total"`
	BreakEvenMonth int    `json:"breakEvenMonth"`
	PaybackMonth   int    `json:"paybackMonth"`
}

// PurchaseInfo is a step of the plan.
type PurchaseInfo struct {
	Months int             `json:"months"` // from now
	Add    string          `json:"add"`    // money an hour
	Held   CommitmentPoint `json:"held"`
}

// LadderInfo is the best commitment bought in parts, beside all at once. Savings are of the term.
type LadderInfo struct {
	Rungs    []PurchaseInfo   `json:"rungs"`
	Saving   string           `json:"saving"`
	Block    string           `json:"block"`
	Downside []LadderDownside `json:"downside"`
}

// LadderDownside is what both save when usage falls to a part after three months.
type LadderDownside struct {
	UsagePercent int    `json:"usagePercent"`
	Saving       string `json:"saving"`
	Block        string `json:"block"`
}

// SimulationOption is what the best commitment of some terms would do; nothing of it is known where the price book has no discount.
type SimulationOption struct {
	Years     int                `json:"years"`
	Payment   commitment.Payment `json:"payment"`
	Known     bool               `json:"known"`
	Hourly    *string            `json:"hourly"`
	Saving    *string            `json:"saving"`
	BreakEven *string            `json:"breakEven"`
	Deal      *DealInfo          `json:"deal"`
}

func commitmentsInfo(r *service.CommitmentsReport) CommitmentsInfo {
	return CommitmentsInfo{
		Commitments: wire.Each(r.Standings, commitmentInfo),
		Totals: wire.Each(commitment.Totals(r.Standings), func(t *commitment.Total) CommitmentTotal {
			return CommitmentTotal{
				t.Currency, t.Running, t.Unknown, *wire.Fraction(&t.Used), *wire.Fraction(&t.Unused), wire.Fraction(t.Utilisation()), *wire.Fraction(&t.NetSaving), *wire.Fraction(&t.CostOfLapse), *wire.Fraction(&t.Sharing),
			}
		}),
		Uses: wire.Each(r.Commitments, func(u commitment.Use) CommitmentUse {
			return CommitmentUse{u.ID, u.Provider, u.Month.String(), u.Currency, wire.Fraction(u.Used), wire.Fraction(u.Unused), wire.Fraction(u.Utilisation()), wire.Fraction(u.CoveredList)}
		}),
		Months: wire.Each(r.Months, func(m commitment.Month) CommitmentMonth {
			return CommitmentMonth{m.Provider, m.Month.String(), m.Currency, wire.Fraction(m.Coverage), wire.Fraction(m.EffectiveSavingsRate), wire.Fraction(m.ListUnknownShare)}
		}),
		Pools: wire.Each(r.Pools, func(p commitment.PoolMonth) PoolMonthInfo {
			p.Pool.Currency, p.Pool.OnDemand = p.Currency, p.Effective
			return PoolMonthInfo{poolInfo(p.Pool), p.Month.String(), wire.Fraction(p.Coverage), wire.Fraction(p.EffectiveSavingsRate), wire.Fraction(p.BreakEven)}
		}),
	}
}

func poolInfo(p commitment.Pool) PoolInfo {
	return PoolInfo{p.ID, p.ProviderName(), p.Region, p.Family, p.Currency, p.OnDemand.String()}
}

func commitmentInfo(s *commitment.Standing) CommitmentInfo {
	info := CommitmentInfo{
		ID: s.ID, Name: s.Name, Type: s.Type, Provider: s.Provider, BillingAccount: s.Account, Currency: s.Currency, Ended: s.Ended, Payment: s.Payment,
		Start: wire.Day(s.Start), Expires: wire.Day(s.Expires), ExpiryKnown: s.ExpiryKnown, FirstDay: s.First.String(), LastDay: s.Last.String(), Days: s.Days,
		HourlyCost: wire.Fraction(s.HourlyCost()), Used: wire.Fraction(s.Used), Unused: wire.Fraction(s.Unused), Utilisation: wire.Fraction(s.Utilisation()), BreakEven: wire.Fraction(s.BreakEven()),
		OnDemand: wire.Fraction(s.CoveredOnDemand), NetSaving: wire.Fraction(s.NetSaving()), CostOfLapse: wire.Fraction(s.CostOfLapse()), OnDemandUnknown: s.OnDemandUnknown,
		Where: finops.If(finops.Condition{Column: "CommitmentDiscountId", Op: finops.OpIn, Values: []*string{&s.ID}}),
	}
	if s.Days > 0 {
		info.From, info.To = s.From.String(), s.To.String()
	}
	if s.Months > 0 {
		info.TermMonths = &s.Months
	}
	if left, ok := s.DaysLeft(); ok {
		info.DaysLeft = &left
	}
	if h := s.Sharing; h != nil {
		info.Sharing = &SharingInfo{h.SlotHours, wire.Fraction(h.Uncovered), wire.Fraction(h.Loss)}
	}
	return info
}

func pointInfo(p commitment.Point) CommitmentPoint {
	return CommitmentPoint{Hourly: *wire.Fraction(p.HourlyCommitment), Saving: *wire.Fraction(p.MonthlySaving), Utilisation: wire.Fraction(p.Utilisation), Coverage: wire.Fraction(p.Coverage), Downside: []string{}}
}

func dealInfo(d commitment.Deal) DealInfo {
	return DealInfo{*wire.Fraction(d.Upfront), *wire.Fraction(d.Monthly), *wire.Fraction(d.Total), d.BreakEvenMonth, d.PaybackMonth}
}

func simulationInfo(s *service.Simulation) SimulationInfo {
	info := SimulationInfo{
		Pool: poolInfo(s.Pool), From: s.From.String(), To: s.To.String(), SlotHours: s.SlotHours, LeftOut: s.LeftOut.String(), Optimum: pointInfo(s.Optimum), Cautious: pointInfo(s.Cautious),
		BreakEven: wire.Fraction(s.BreakEven), Deal: dealInfo(s.Deal), Ladder: ladderInfo(s.Ladder), Options: wire.Each(s.Options, optionInfo),
		Discounts: wire.Each(s.Discounts, func(d *pricebook.Discount) DiscountInfo {
			return DiscountInfo{d.Percent.String(), d.Kind, d.Scope, d.Source, d.AsOf}
		}),
		Curve: wire.Each(s.Curve, func(p commitment.CurvePoint) CommitmentPoint {
			point := pointInfo(p.Point)
			point.Downside = wire.Each(p.Downside, func(v *big.Rat) string { return *wire.Fraction(v) })
			point.HeldOut = wire.Fraction(p.HeldOut)
			return point
		}),
		Running: wire.Each(s.Running, func(r service.Running) RunningInfo {
			return RunningInfo{r.ID, r.Name, wire.Day(r.Expires), r.Known, r.Covered.String(), r.Within}
		}),
		Plan: wire.Each(s.Plan, func(p commitment.Purchase) PurchaseInfo {
			return PurchaseInfo{p.Months, *wire.Fraction(p.Add), pointInfo(p.Held)}
		}),
	}
	if b := s.Backtest; b != nil {
		info.Backtest = &BacktestInfo{b.HeldOutHours / (7 * 24), pointInfo(b.Point), pointInfo(b.Best)}
	}
	if p := s.AfterExpiry; p != nil {
		after := pointInfo(*p)
		info.AfterExpiry = &after
	}
	return info
}

func ladderInfo(l *commitment.Ladder) *LadderInfo {
	if l == nil {
		return nil
	}
	before := new(big.Rat)
	rungs := wire.Each(l.Rungs, func(r commitment.Rung) PurchaseInfo {
		add := new(big.Rat).Sub(r.HourlyCommitment, before)
		before = r.HourlyCommitment
		return PurchaseInfo{r.Months, *wire.Fraction(add), CommitmentPoint{Hourly: *wire.Fraction(r.HourlyCommitment), Saving: *wire.Fraction(r.MonthlySaving), Downside: []string{}}}
	})
	downside := wire.Each(l.Downside, func(d commitment.LadderDownside) LadderDownside {
		return LadderDownside{d.UsagePercent, *wire.Fraction(d.Saving), *wire.Fraction(d.Block)}
	})
	return &LadderInfo{rungs, *wire.Fraction(l.Saving), *wire.Fraction(l.Block), downside}
}

func optionInfo(o service.SimulationOption) SimulationOption {
	info := SimulationOption{Years: o.Terms.Years, Payment: o.Terms.Payment}
	if o.Option != nil {
		deal := dealInfo(o.Deal)
		info.Known, info.Deal = true, &deal
		info.Hourly, info.Saving, info.BreakEven = wire.Fraction(o.Optimum.HourlyCommitment), wire.Fraction(o.Optimum.MonthlySaving), wire.Fraction(o.BreakEven)
	}
	return info
}
