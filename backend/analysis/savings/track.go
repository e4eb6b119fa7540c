package savings

import (
	"cmp"
	"slices"

	"cloud-intelligence/backend/finops"
)

// The states that a person gives a finding, in the order in which work goes on. A finding that nobody has decided on is Open.
const (
	Accepted  State = "accepted"  // it will be acted on
	Planned   State = "planned"   // it is known when
	Done      State = "done"      // the bill should fall; the next bills show whether it did
	Dismissed State = "dismissed" // nothing will be done, for a reason
)

// Decisions are the states that a person can give a finding.
func Decisions() []State { return []State{Open, Accepted, Planned, Done, Dismissed} }

// Shown is the state that is shown of a finding: what a person decided, else what the examination says.
func (f *Finding) Shown() State {
	if f.Decision != "" {
		return f.Decision
	}
	return f.State
}

// Counts reports whether the finding is in the totals: it has money that the bill alone proves, and nobody has acted on it or dismissed it.
func (f *Finding) Counts() bool { return f.adds() && f.Class != Candidate }

// adds reports whether the finding is in the totals or in those of candidates.
func (f *Finding) adds() bool {
	return f.State == Open && f.Net != nil && f.Decision != Done && f.Decision != Dismissed
}

// Decide gives the findings the states that a person gave them, by id, and adds up the totals again: what is done or dismissed is not in
// them any more. What a dismissed finding took of others they get only when the ledger is examined again (Options.Dismissed).
func (r *Result) Decide(decisions map[string]State) {
	for i := range r.Totals {
		r.Totals[i] = Total{Saving: Saving{Currency: r.Totals[i].Currency}, MonthlyCost: r.Totals[i].MonthlyCost, EndedCost: r.Totals[i].EndedCost}
	}
	r.Candidates = nil
	for _, f := range r.Findings {
		f.Decision = decisions[f.ID]
		if f.Decision == Open {
			f.Decision = ""
		}
		switch {
		case !f.adds():
		case f.Class == Candidate:
			totalOf(&r.Candidates, f.Currency).add(f)
		default:
			totalOf(&r.Totals, f.Currency).add(f)
		}
	}
	for _, list := range [][]Total{r.Totals, r.Candidates} {
		slices.SortFunc(list, func(a, b Total) int { return cmp.Compare(a.Currency, b.Currency) })
	}
}

// Effect says what is measured of a finding that was acted on.
type Effect struct {
	Where  finops.Filter // the lines, of any day
	Reason string        // why nothing can be measured; "" = Where says it
}

// Effect returns the lines whose cost falls when the finding is acted on. Where it names a resource that is all usage of the
// resource, so that what replaces its charges counts too; otherwise the lines of its evidence.
func (f *Finding) Effect() Effect {
	switch {
	case f.Gross == nil:
		return Effect{Reason: "The finding has no money that could be compared."}
	case f.ResourceID == "" && f.Rule.Saving != "S-DEL" && f.Rule.Saving != "S-FEE":
		return Effect{Reason: "The finding names no resource, and what replaces its charges cannot be distinguished from other charges."}
	}
	pool := f.Rule.Group == groupPool // its usage goes on, covered
	whole := f.ResourceID != "" && f.Rule.Group == groupResource
	all := finops.All()
	for _, p := range f.Where().Parts {
		if columns := columnsOf(p); !slices.ContainsFunc(columns, func(c string) bool { return slices.Contains(windowColumns, c) }) &&
			(!pool || !slices.ContainsFunc(columns, func(c string) bool { return slices.Contains(coveredColumns, c) })) &&
			(!whole || !slices.ContainsFunc(columns, func(c string) bool { return !slices.Contains(resourceColumns, c) })) {
			all.Parts = append(all.Parts, p)
		}
	}
	return Effect{Where: all.Normal()}
}

// The columns of the filter of a finding that say what pays for it, those of the lookback, and those that say which resource it is about.
var (
	coveredColumns  = []string{"CommitmentDiscountStatus", "PricingCategory"}
	windowColumns   = []string{"ChargePeriodStart", "ChargePeriodEnd"}
	resourceColumns = []string{
		finops.DimProvider, finops.DimBillingAccount, finops.DimAccount, "BillingCurrency", "ResourceId", "ChargeCategory", "ChargeClass",
	}
)

func columnsOf(f finops.Filter) []string {
	var names []string
	f.EachColumn(func(name string) bool {
		names = append(names, name)
		return true
	})
	return names
}
