package migration

import (
	"context"
	"math/big"
	"slices"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/pricebook"
)

// Model is an assessment that was calculated, ready for questions of what would be if. It may be used by one goroutine at a time.
type Model struct{ a *assessment }

// Progress gets how many lines of all providers are priced.
type Progress func(done, all int)

// progressLines is after how many lines a run looks whether it was cancelled, and says how far it is.
const progressLines = 64

// NewModel calculates an assessment of a profile with the figures of a book; the day stands for today. It ends early, with the
// cause, when ctx ends. Progress may be nil.
func NewModel(ctx context.Context, p *Profile, book *pricebook.Book, asOf finops.Day, progress Progress) (*Model, error) {
	a := &assessment{profile: p, book: book, asOf: asOf, services: servicesByKey(book), factors: map[string][]*big.Int{}}
	all, done := len(p.Workloads)*len(p.Requirements.Candidates), 0
	a.onward = func() error {
		if done++; done%progressLines == 0 || done == all {
			if progress != nil {
				progress(done, all)
			}
			return context.Cause(ctx)
		}
		return nil
	}
	if err := a.calculate(); err != nil {
		return nil, err
	}
	return &Model{a}, nil
}

// Result is what the assessment came to.
func (m *Model) Result() *Result { return m.a.result() }

// Gaps are the points that were asked for and are missing somewhere, in the order of the form.
func (m *Model) Gaps() []Gap {
	return slices.DeleteFunc(m.a.gaps(), func(g Gap) bool { return g.Missing == 0 })
}

// Assumptions are what a question of what would be if assumes. Factors are in percent; 100 is what the profile says.
type Assumptions struct {
	Weights  map[string]int // by part of the score; they sum to 100
	Egress   int            // percent of the internet egress, at the source and at the destination
	Labour   int            // percent of the hours
	Discount int            // percent that the destination takes off all its prices
	Capital  finops.Amount  // percent a year
}

// Outcome is what a provider comes to under other assumptions.
type Outcome struct {
	Provider     string         `json:"provider"`
	Monthly      finops.Amount  `json:"monthly"` // at the purchase option
	OneOff       finops.Amount  `json:"oneOff"`
	NPV          *finops.Amount `json:"npv"` // nil where the cost of today is unknown
	PaybackMonth *Tenth         `json:"paybackMonth" wire:"number | null"`
	Score        Tenth          `json:"score" wire:"number"`
}

// WhatIf calculates the providers that have a score under other assumptions; targets, strategies and the plan stay.
func (m *Model) WhatIf(s Assumptions) []Outcome {
	a := m.a
	v := a.likely()
	v.egress, v.labour, v.run, v.wacc = fraction(int64(s.Egress), 100), fraction(int64(s.Labour), 100), fraction(int64(100-s.Discount), 100), percent(s.Capital)
	var weights []*big.Rat
	for _, name := range Parts {
		weights = append(weights, fraction(int64(s.Weights[name]), 100))
	}
	list := a.rated()
	costs := a.costParts(list, v)
	outcomes := []Outcome{}
	for i, c := range list {
		values := c.values()
		values[0] = round("cost", costs[i]).value
		flow := a.cashFlow(c, v)
		o := Outcome{Provider: c.provider, OneOff: a.oneOff(c, v).Total, Score: totalScore(values, weights)}
		monthly := add(rat(c.terms[v.term].Total), mul(c.internet, sub(v.egress, whole(1))))
		o.Monthly = rounded(mul(monthly, v.run))
		if a.sourceCost != nil {
			o.NPV, o.PaybackMonth = new(rounded(flow.presentValue())), flow.payback()
		}
		outcomes = append(outcomes, o)
	}
	return outcomes
}
