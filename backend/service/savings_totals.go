package service

import (
	"math/big"
	"slices"

	"cloud-intelligence/backend/analysis/reconcile"
	"cloud-intelligence/backend/analysis/savings"
	"cloud-intelligence/backend/finops"
)

// SavingsTotal is what could be saved each month in one currency, and how the bill gets there.
type SavingsTotal struct {
	savings.Total
	Candidates finops.Sum     `json:"candidates"` // net saving of what the bill alone cannot decide; not part of the net saving
	Stages     []SavingsStage `json:"stages"`     // they add up to the net saving, in the order in which money is taken
	Remaining  finops.Sum     `json:"remaining"`  // what the month costs less the net saving
}

// SavingsStage is the net saving of one kind of action.
type SavingsStage struct {
	Stage    string     `json:"stage"` // terminate, schedule, modernise, tier or commit
	Findings int        `json:"findings"`
	Net      finops.Sum `json:"net"`
	Shown    finops.Sum `json:"shown"` // Net with the decimals of the currency, so that rounded cost, stages and remainder add up; it can be one unit off
}

// SavingsTotals lays out the way from the month's cost to what remains when all findings are acted on.
func SavingsTotals(r *savings.Result) []SavingsTotal {
	totals := []SavingsTotal{}
	at := func(currency string) *SavingsTotal {
		i := slices.IndexFunc(totals, func(t SavingsTotal) bool { return t.Currency == currency })
		if i < 0 {
			totals = append(totals, SavingsTotal{Total: savings.Total{Saving: savings.Saving{Currency: currency}}, Stages: []SavingsStage{}})
			i = len(totals) - 1
		}
		return &totals[i]
	}
	for _, t := range r.Totals {
		at(t.Currency).Total = t
	}
	for _, c := range r.Candidates {
		at(c.Currency).Candidates = c.Net
	}
	for _, stage := range savings.Stages() {
		byCurrency := map[string]*SavingsStage{}
		for _, f := range r.Findings {
			if !f.Counts() || f.Rule.Stage != stage {
				continue
			}
			if byCurrency[f.Currency] == nil {
				byCurrency[f.Currency] = &SavingsStage{Stage: stage}
			}
			byCurrency[f.Currency].Findings++
			byCurrency[f.Currency].Net.Add(*f.Net)
		}
		for i := range totals {
			if s := byCurrency[totals[i].Currency]; s != nil {
				totals[i].Stages = append(totals[i].Stages, *s)
			}
		}
	}
	for i := range totals {
		totals[i].Remaining.AddSum(totals[i].MonthlyCost)
		totals[i].Remaining.SubSum(totals[i].Net)
		totals[i].round()
	}
	return totals
}

// round gives each stage the difference between what is left before and after it, both rounded.
func (t *SavingsTotal) round() {
	digits := finops.MinorDigits(t.Currency)
	left := t.MonthlyCost
	before := reconcile.RoundTo(left, digits)
	for i := range t.Stages {
		left.SubSum(t.Stages[i].Net)
		after := reconcile.RoundTo(left, digits)
		before.SubSum(after)
		t.Stages[i].Shown, before = before, after
	}
}

// smallPart is the part of what a month costs below which a finding is small: a thousandth.
var smallPart = big.NewRat(1, 1000)

// SmallFinding reports whether a finding saves less than a thousandth of what a month costs in its currency.
func SmallFinding(r *savings.Result, f *savings.Finding) bool {
	if f.Net == nil {
		return false
	}
	for _, t := range r.Totals {
		if t.Currency != f.Currency {
			continue
		}
		var gross finops.Sum
		gross.Add(*f.Gross)
		return gross.Rat().Cmp(new(big.Rat).Mul(t.MonthlyCost.Rat(), smallPart)) < 0
	}
	return false
}
