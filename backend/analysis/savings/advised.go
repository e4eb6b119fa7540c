package savings

import (
	"math/big"
	"strings"

	"cloud-intelligence/backend/analysis/document"
	"cloud-intelligence/backend/finops"
)

// Advised is what the provider itself recommends for the resource of a finding.
type Advised struct {
	Document   Reference
	Said       string
	Monthly    *finops.Amount // nil = it names no amount
	Currency   string
	Difference string // why it is not what the finding says
}

// compare puts the recommendations of the provider beside a finding.
func (e *examination) compare(f *Finding) {
	if f.ResourceID == "" {
		return
	}
	for _, a := range e.options.Documents.Advice(document.Keys(f.ResourceID)...) {
		if a.Action == document.ActionReserve {
			continue // of a price, not of this resource
		}
		d := a.Document()
		one := Advised{Reference{d.Name, d.Kind, d.Day}, a.Said, a.Monthly, a.Currency, difference(f, a)}
		if !f.hasAdvice(one) {
			f.Advised = append(f.Advised, one)
		}
	}
}

// hasAdvice reports whether another document says the same.
func (f *Finding) hasAdvice(one Advised) bool {
	for _, have := range f.Advised {
		same := have.Document.Kind == one.Document.Kind && have.Said == one.Said && (have.Monthly == nil) == (one.Monthly == nil)
		if same && (one.Monthly == nil || have.Monthly.Cmp(*one.Monthly) == 0) {
			return true
		}
	}
	return false
}

// difference explains in a sentence how the provider comes to another result.
func difference(f *Finding, a *document.Advice) string {
	var parts []string
	switch {
	case a.Action == document.ActionNone && f.State == Refuted:
		return "It finds nothing to change either."
	case a.Action == document.ActionNone:
		return "It finds nothing to change."
	case f.Gross == nil:
		return "Here it is " + string(f.State) + "."
	case a.Action == document.ActionResize && f.Rule.Stage == "terminate":
		parts = append(parts, "It proposes "+a.Target+"; here the whole resource is saved.")
	case (a.Action == document.ActionStop || a.Action == document.ActionDelete) && f.Rule.Stage != "terminate":
		parts = append(parts, "It proposes to do without the resource; here a cheaper one takes its place.")
	}
	if a.Monthly == nil {
		return strings.Join(append(parts, "It names no amount."), " ")
	}
	if a.Currency != f.Currency {
		return strings.Join(append(parts, "Its amount is in "+a.Currency+"."), " ")
	}
	if a.Monthly.Cmp(*f.Gross) == 0 {
		return strings.Join(append(parts, "The amount is the same."), " ")
	}
	parts = append(parts, basisOf(f, a))
	if a.Note != "" {
		parts = append(parts, strings.ToUpper(a.Note[:1])+a.Note[1:]+".")
	}
	return strings.Join(parts, " ")
}

// basisOf says what a month and a price are to the provider.
func basisOf(f *Finding, a *document.Advice) string {
	ours := "30.4375 days at the effective rate of the client"
	switch a.Document().Kind {
	case document.AzureAdvisor:
		return "It is a twelfth of a year at list prices; here a month is " + ours + "."
	case document.GoogleRecommender:
		if scaled(f, a, 30*4, 4*30+1, 400) { // 30 of 30.4375 days, within a quarter of a percent
			return "It is for 30 days; here a month is 30.4375 days."
		}
		return "It is for 30 days and may be at list prices; here a month is " + ours + "."
	default:
		if scaled(f, a, 1460, 1461, 2000) {
			return "It counts 730 hours a month, here a month has 730.5."
		}
		return "It is a price of a full month; here a month is what was charged in " + counted(f.LookbackDays, "day") + ", as 30.4375 days."
	}
}

// scaled reports whether the amount of the provider is that of the finding times a fraction, but for one part in so many.
func scaled(f *Finding, a *document.Advice, num, den, within int64) bool {
	want := new(big.Rat).Mul(ratOfAmount(*f.Gross), big.NewRat(num, den))
	off := new(big.Rat).Sub(ratOfAmount(*a.Monthly), want)
	return off.Abs(off).Cmp(new(big.Rat).Quo(want, big.NewRat(within, 1))) <= 0
}
