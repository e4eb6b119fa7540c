package savings

import (
	"fmt"
	"math/big"
	"strings"

	"cloud-intelligence/backend/finops"
)

// What confidence and effort weigh in the rank of a finding.
var (
	confidenceWeights = map[string]*big.Rat{"high": big.NewRat(1, 1), "medium": big.NewRat(3, 5), "low": big.NewRat(3, 10)}
	effortWeights     = map[string]*big.Rat{"low": big.NewRat(1, 1), "medium": big.NewRat(2, 1), "high": big.NewRat(4, 1)}
)

// Score ranks findings of one currency by what to do first: net saving × confidence ÷ effort. Findings without money, or that are done or dismissed,
// have none (nil).
func (f *Finding) Score() *finops.Amount {
	confidence, effort := confidenceWeights[f.Confidence], effortWeights[f.Rule.Effort]
	if !f.adds() || confidence == nil || effort == nil {
		return nil
	}
	score := new(big.Rat).Mul(ratOfAmount(*f.Net), confidence)
	a := rounded(score.Quo(score, effort))
	return &a
}

// Sentence says in words what the evidence shows and what follows.
func (f *Finding) Sentence() string {
	money := func(a *finops.Amount) string {
		return ratOfAmount(*a).FloatString(finops.MinorDigits(f.Currency)) + " " + f.Currency
	}
	var b strings.Builder
	what := f.ResourceID
	if what == "" {
		what = f.Service
	}
	if what == "" {
		what = f.Rule.Service
	}
	if at := strings.LastIndexAny(what, "/:"); at >= 0 && at+1 < len(what) {
		what = what[at+1:]
	}
	fmt.Fprintf(&b, "%s: %s", f.Rule.Title, what)
	if f.Region != "" {
		fmt.Fprintf(&b, " in %s", f.Region)
	}
	if f.ResourceID == "" && f.SubAccount != "" {
		fmt.Fprintf(&b, ", account %s", f.SubAccount)
	}
	fmt.Fprintf(&b, ", %s from %s to %s.", counted(f.Lines, "charge line"), f.FirstDay.Words(), f.LastDay.Words())
	if f.Why != "" {
		fmt.Fprintf(&b, " %s", f.Why)
	}
	switch {
	case f.State == Refuted || f.State == Superseded:
		return b.String()
	case f.State == Review:
		b.WriteString(" The bill shows what to look at, not what it saves.")
	case f.Net == nil:
		b.WriteString(" What it saves is not known, since a price is missing.")
	default:
		fmt.Fprintf(&b, " Acting on it saves %s a month", money(f.Gross))
		var less []string
		if f.Absorbed.Sign() != 0 {
			less = append(less, money(f.Absorbed)+" stay on the bill for a commitment")
		}
		if f.Overlap.Sign() != 0 {
			less = append(less, money(f.Overlap)+" are a part of other findings")
		}
		if len(less) > 0 {
			fmt.Fprintf(&b, ", of which %s: %s net", strings.Join(less, " and "), money(f.Net))
		}
		b.WriteString(".")
	}
	fmt.Fprintf(&b, " Confidence is %s and effort %s.", f.Confidence, f.Rule.Effort)
	return b.String()
}
