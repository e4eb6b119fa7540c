package service

import (
	"cloud-intelligence/backend/analysis/commitment"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/finops/wire"
)

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
	Payment         commitment.Payment `json:"payment" cli:"null"` // "" = not known
	Start           string             `json:"start" cli:"null"`   // "" = not known
	Expires         string             `json:"expires" cli:"null"` // its last day; "" = not known
	ExpiryKnown     commitment.EndKind `json:"expiryKnown" cli:"null"`
	DaysLeft        *int               `json:"daysLeft"` // null where the last day is not certain
	FirstDay        finops.Day         `json:"firstDay"` // of its charges
	LastDay         finops.Day         `json:"lastDay"`
	From            string             `json:"from" cli:"null"` // the days that were looked at; "" = none
	To              string             `json:"to" cli:"null"`
	Days            int                `json:"days"` // of these, those on which it had charges
	HourlyCost      *string            `json:"hourlyCost" cell:"quantity"`
	Used            *string            `json:"monthlyUsed" cell:"amount"`
	Unused          *string            `json:"monthlyUnused" cell:"amount"`
	Utilisation     *string            `json:"utilisation" cell:"share"`          // 1 = all is used
	BreakEven       *string            `json:"breakEvenUtilisation" cell:"share"` // below it, it costs more than it saves
	OnDemand        *string            `json:"monthlyOnDemand" cell:"amount"`     // its usage without it
	NetSaving       *string            `json:"monthlyNetSaving" cell:"amount"`
	CostOfLapse     *string            `json:"monthlyCostOfLapse" cell:"amount"`
	OnDemandUnknown bool               `json:"onDemandUnknown"` // part of its usage has no price without it
	Sharing         *SharingInfo       `json:"sharing"`         // null where nothing was lost
}

// SharingInfo is what a commitment left unused while usage that it could cover was paid at on-demand prices.
type SharingInfo struct {
	SlotHours int     `json:"slotHours"` // 1, or 24 where the bill has no hours
	Uncovered *string `json:"monthlyUncovered" cell:"amount"`
	Loss      *string `json:"monthlyLoss" cell:"amount"`
}

// CommitmentUse is how a commitment was used in a month.
type CommitmentUse struct {
	ID               string  `json:"id"`
	Name             string  `json:"name"`
	Type             string  `json:"type"`
	Provider         string  `json:"provider"`
	Month            string  `json:"month"`
	Currency         string  `json:"currency"`
	Used             *string `json:"used" cell:"amount"`
	Unused           *string `json:"unused" cell:"amount"`
	Utilisation      *string `json:"utilisation" cell:"share"`
	CoveredList      *string `json:"coveredList" cell:"amount"`      // its usage at list prices
	CoveredEffective *string `json:"coveredEffective" cell:"amount"` // at effective cost
}

// CommitmentMonth is how well the usage of a provider was covered in a month.
type CommitmentMonth struct {
	Provider             string  `json:"provider"`
	Month                string  `json:"month"`
	Currency             string  `json:"currency"`
	Coverage             *string `json:"coverage" cell:"share"`
	EffectiveSavingsRate *string `json:"effectiveSavingsRate" cell:"share"`
	ListUnknownShare     *string `json:"listUnknownShare" cell:"share"`
}

// PoolMonthInfo is how well a pool of machines was covered in a month, without the pool.
type PoolMonthInfo struct {
	Month                string  `json:"month"`
	Coverage             *string `json:"coverage" cell:"share"`
	EffectiveSavingsRate *string `json:"effectiveSavingsRate" cell:"share"`
	BreakEven            *string `json:"breakEvenUtilisation" cell:"share"`
}

// StandingOf is a commitment for the faces.
func StandingOf(s *commitment.Standing) CommitmentInfo {
	info := CommitmentInfo{
		ID: s.ID, Name: s.Name, Type: s.Type, Provider: s.Provider, BillingAccount: s.Account, Currency: s.Currency, Ended: s.Ended, Payment: s.Payment,
		Start: wire.Day(s.Start), Expires: wire.Day(s.Expires), ExpiryKnown: s.ExpiryKnown, FirstDay: s.First, LastDay: s.Last, Days: s.Days,
		HourlyCost: wire.Fraction(s.HourlyCost()), Used: wire.Fraction(s.Used), Unused: wire.Fraction(s.Unused), Utilisation: wire.Fraction(s.Utilisation()),
		BreakEven: wire.Fraction(s.BreakEven()), OnDemand: wire.Fraction(s.CoveredOnDemand), NetSaving: wire.Fraction(s.NetSaving()), CostOfLapse: wire.Fraction(s.CostOfLapse()),
		OnDemandUnknown: s.OnDemandUnknown,
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

// UseOf is the use of a commitment for the faces.
func UseOf(u commitment.Use) CommitmentUse {
	return CommitmentUse{
		u.ID, u.Name, u.Type, u.Provider, u.Month.String(), u.Currency, wire.Fraction(u.Used), wire.Fraction(u.Unused), wire.Fraction(u.Utilisation()),
		wire.Fraction(u.CoveredList), wire.Fraction(u.CoveredEffective),
	}
}

// CoverageOf is how well a provider was covered, for the faces.
func CoverageOf(m commitment.Month) CommitmentMonth {
	return CommitmentMonth{m.Provider, m.Month.String(), m.Currency, wire.Fraction(m.Coverage), wire.Fraction(m.EffectiveSavingsRate), wire.Fraction(m.ListUnknownShare)}
}

// PoolCoverageOf is how well a pool was covered, for the faces.
func PoolCoverageOf(p commitment.PoolMonth) PoolMonthInfo {
	return PoolMonthInfo{p.Month.String(), wire.Fraction(p.Coverage), wire.Fraction(p.EffectiveSavingsRate), wire.Fraction(p.BreakEven)}
}
