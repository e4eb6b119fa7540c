package savings

import (
	"fmt"
	"math/big"
	"strings"

	"cloud-intelligence/backend/analysis/commitment"
	"cloud-intelligence/backend/analysis/document"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/pricebook"
)

// Advised is what the provider itself recommends for the resource of a finding, or the pool.
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
	if f.Rule.Group == groupPool {
		e.comparePurchases(f)
		return
	}
	for _, a := range e.options.Documents.Advice(document.Keys(f.ResourceID)...) {
		if a.Action == document.ActionReserve {
			continue // of a price, not of this resource
		}
		f.advise(a, difference(f, a))
	}
}

func (f *Finding) advise(a *document.Advice, difference string) {
	d := a.Document()
	f.Advised = append(f.Advised, Advised{Reference{d.Name, d.Kind, d.Day}, a.Said, a.Monthly, a.Currency, difference})
}

// comparePurchases puts the commitments that the provider recommends for a pool beside the one of a finding, which is of one year without upfront payment.
func (e *examination) comparePurchases(f *Finding) {
	for _, a := range e.options.Documents.Purchases() {
		p := a.Purchase
		if a.Document().Provider != f.Provider || p == nil || p.Years != 1 || (p.Payment != "" && p.Payment != string(commitment.PayNone)) {
			continue
		}
		if pool, other := PoolOf(f.Provider, p); pool == f.ResourceID && other == "" {
			f.advise(a, purchaseDifference(f, a))
		}
	}
}

// PoolOf is the pool of usage that a commitment is for, or why it cannot be compared with what is simulated.
func PoolOf(provider string, p *document.Purchase) (pool, notComparable string) {
	if p == nil || p.Years == 0 {
		return "", "The document does not state the term and the usage that it is for."
	}
	family, key := p.Family, pricebook.ProviderKey(provider)
	if p.Of == document.ProgramReservation && key == "azure" {
		size := strings.TrimPrefix(strings.TrimPrefix(p.Machine, "Standard_"), "Basic_")
		family = commitment.Meter{Provider: provider, Service: "Virtual Machines", Name: size}.Family()
	}
	pools := commitment.PoolsOf(provider, p.Region, family)
	switch {
	case p.Of == document.ProgramFlexible:
		return pools[1], ""
	case p.Of == document.ProgramOther:
		return "", "Only commitments for machines are simulated."
	case p.Of == document.ProgramReservation && key == "aws":
		return "", "It is for reserved instances of one type; what is simulated for AWS are Savings Plans, which have other prices."
	case family == "" || p.Region == "":
		return "", "The family or the region of the machine is not known."
	}
	return pools[0], ""
}

// purchaseDifference says what the provider counted for a commitment that is for the pool of a finding. The simulator has both over the same usage.
func purchaseDifference(f *Finding, a *document.Advice) string {
	if other := differentState(f, a); other != "" {
		return other
	}
	if a.Monthly != nil && a.Currency == f.Currency && a.Monthly.Cmp(*f.Gross) == 0 {
		return "The amount is the same."
	}
	counted := "It does not state the days that it counted"
	if n := a.Purchase.LookBack; n > 0 {
		counted = fmt.Sprintf("It counts %d days of usage", n)
	}
	ours := ""
	if account := a.Purchase.Account; account != "" {
		counted += " of the account " + account + " alone"
		ours = " of all accounts"
	}
	return fmt.Sprintf("%s; here it is up to %d days%s. The simulator has both over the same usage.", counted, f.Rule.Lookback, ours)
}

// difference explains in a sentence how the provider comes to another result.
func difference(f *Finding, a *document.Advice) string {
	if other := differentState(f, a); other != "" {
		return other
	}
	removes := a.Action == document.ActionStop || a.Action == document.ActionDelete
	switch {
	case a.Action == document.ActionResize && f.Rule.Stage == "terminate":
		return "It proposes " + a.Target + "; here the whole resource is saved."
	case removes && f.Rule.Stage != "terminate":
		return "It proposes to do without the resource; here something cheaper takes its place."
	case a.Action == document.ActionResize && len(f.Prices) > 0 && a.Target != "" && f.Prices[0].Of != a.Target:
		return "It proposes " + a.Target + "; here it is " + f.Prices[0].Of + "."
	case a.Monthly == nil:
		return "It names no amount."
	case a.Currency != f.Currency:
		return "Its amount is in " + a.Currency + "."
	case a.Monthly.Cmp(*f.Gross) == 0:
		return "The amount is the same."
	}
	basis := basisOf(f, a)
	if a.Note != "" {
		basis += " " + strings.ToUpper(a.Note[:1]) + a.Note[1:] + "."
	}
	return basis
}

// differentState explains the difference where one of the two has no amount; "" = both may have one.
func differentState(f *Finding, a *document.Advice) string {
	switch {
	case a.Action == document.ActionNone && f.State == Refuted:
		return "It finds nothing to change either."
	case a.Action == document.ActionNone:
		return "It finds nothing to change."
	case f.State == Refuted:
		return "Here a document refutes it."
	case f.State == Superseded:
		return "Here another check has the resource."
	case f.Gross == nil:
		return "Here it has no amount."
	}
	return ""
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
