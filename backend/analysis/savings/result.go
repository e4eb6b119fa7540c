package savings

import (
	"cmp"
	"maps"
	"math/big"
	"regexp"
	"slices"
	"strings"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/finops/filter"
)

// result puts together what was found.
func (e *examination) result(off []NotExamined) *Result {
	r := &Result{NotExamined: off}
	for _, cal := range e.sets {
		if len(cal.Days) > 0 && (r.AsOf == nil || cal.asOf > *r.AsOf) {
			r.AsOf = &cal.asOf
		}
	}
	r.Totals = e.costTotals(r.AsOf)
	for _, k := range e.findings {
		if !k.inScope {
			continue
		}
		r.Findings = append(r.Findings, k.finding)
		if k.takes() {
			list := &r.Totals
			if k.finding.Class == Candidate {
				list = &r.Candidates
			}
			totalOf(list, k.finding.Currency).add(k.finding)
		}
	}
	slices.SortFunc(r.Findings, compareFindings)
	for _, list := range [][]Total{r.Totals, r.Candidates} {
		slices.SortFunc(list, func(a, b Total) int { return cmp.Compare(a.Currency, b.Currency) })
	}
	for key, reasons := range e.skipped {
		slices.Sort(reasons)
		r.NotExamined = append(r.NotExamined, NotExamined{Rule: key[0], Provider: key[1], Reasons: reasons})
	}
	slices.SortFunc(r.NotExamined, func(a, b NotExamined) int {
		return cmp.Or(cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.Provider, b.Provider))
	})
	return r
}

// compareFindings puts the highest net first, and what has no money last.
func compareFindings(a, b *Finding) int {
	switch {
	case a.Net == nil && b.Net != nil:
		return 1
	case a.Net != nil && b.Net == nil:
		return -1
	case a.Net != nil && a.Net.Cmp(*b.Net) != 0:
		return -a.Net.Cmp(*b.Net)
	}
	return cmp.Or(cmp.Compare(a.Rule.ID, b.Rule.ID), cmp.Compare(a.ID, b.ID))
}

// costTotals begins the totals with what the data sets cost in a month, where they have days enough to
// be examined. A data set has ended that lies finops.EndedAfter days behind the newest.
func (e *examination) costTotals(newest *finops.Day) []Total {
	months, ended := map[string]*big.Rat{}, map[string]*big.Rat{}
	add := func(sums map[string]*big.Rat, currency string, month *big.Rat) {
		if sums[currency] == nil {
			sums[currency] = new(big.Rat)
		}
		sums[currency].Add(sums[currency], month)
	}
	for key, cost := range e.costs {
		cal := e.sets[key.set]
		days := cal.counted(cal.start(costDays), cal.asOf)
		if days < costDaysLeast {
			continue
		}
		currency := e.text(atCurrency, key.currency)
		month := perMonth(cost.rat(), days)
		add(months, currency, month)
		if newest != nil && cal.asOf+finops.EndedAfter <= *newest {
			add(ended, currency, month)
		}
	}
	var totals []Total
	for _, currency := range slices.Sorted(maps.Keys(months)) {
		t := totalOf(&totals, currency)
		t.MonthlyCost.Add(rounded(months[currency]))
		if ended[currency] != nil {
			t.EndedCost.Add(rounded(ended[currency]))
		}
	}
	return totals
}

func totalOf(list *[]Total, currency string) *Total {
	for i := range *list {
		if (*list)[i].Currency == currency {
			return &(*list)[i]
		}
	}
	*list = append(*list, Total{Saving: Saving{Currency: currency}})
	return &(*list)[len(*list)-1]
}

func (t *Total) add(f *Finding) {
	t.Gross.Add(*f.Gross)
	t.Absorbed.Add(*f.Absorbed)
	t.Overlap.Add(*f.Overlap)
	t.Net.Add(*f.Net)
}

// has reports whether the ledger has a column.
func (e *examination) has(column string) bool {
	if e.options.Has == nil {
		return slices.Contains(e.table.Names, column)
	}
	return e.options.Has(column)
}

// where says the evidence of a finding as a filter on the ledger.
func (e *examination) where(j judged, f *Finding) finops.Filter {
	has := e.has
	is := func(column, value string) finops.Filter {
		if value == "" {
			return finops.If(finops.Condition{Column: column, Op: finops.OpIn, Values: []*string{nil}})
		}
		return finops.If(finops.Condition{Column: column, Op: finops.OpIn, Values: []*string{&value}})
	}
	all := finops.All(is(finops.DimProvider, f.Provider), is(finops.DimBillingAccount, f.BillingAccount), is("BillingCurrency", f.Currency))
	switch j.key.grain {
	case grainResource:
		all.Parts = append(all.Parts, resourceIs(f), is(finops.DimAccount, e.text(atAccount, j.key.b)))
	case grainCommitment:
		all.Parts = append(all.Parts, is("CommitmentDiscountId", f.ResourceID))
	case grainRegion:
		all.Parts = append(all.Parts, is("ResourceId", ""), is(finops.DimAccount, e.text(atAccount, j.key.a)), is("RegionId", e.text(atRegion, j.key.b)))
	case grainAccount:
		all.Parts = append(all.Parts, is(finops.DimAccount, e.text(atAccount, j.key.a)))
	case grainColumn:
		all.Parts = append(all.Parts, is(finops.DimAccount, e.text(atAccount, j.key.a)), Expand(e.byFilter(j.key), has))
	case grainBill:
		if f.Rule.By != "" {
			all.Parts = append(all.Parts, Expand(e.byFilter(j.key), has))
		}
	case grainPool:
		all.Parts = append(all.Parts, is("RegionId", e.text(atRegion, j.key.a)), Expand(e.poolMeters(j.key), has))
	case grainMerged:
		all.Parts = append(all.Parts, is(finops.DimAccount, e.text(atAccount, j.key.a)), is("RegionId", e.text(atRegion, j.key.b)), e.members(j.key))
	}
	usage, purchase, credit := "Usage", "Purchase", "Credit"
	categories := []*string{&usage}
	switch {
	case f.Rule.Credits:
		categories = []*string{&credit}
	case f.Rule.Group == groupCommitment:
		categories = append(categories, &purchase)
	}
	all.Parts = append(all.Parts, finops.If(finops.Condition{Column: "ChargeCategory", Op: finops.OpIn, Values: categories}), is("ChargeClass", ""))
	all.Parts = append(all.Parts, e.evidenceOf(int(j.key.rule), has), window(e.sets[j.key.set], f.Rule.Lookback))
	return once(all.Normal())
}

// evidenceOf is what the evidence of a rule meets, in the columns of the ledger.
func (e *examination) evidenceOf(rule int, has func(string) bool) finops.Filter {
	f, seen := e.evidence[rule]
	if !seen {
		f = Expand(e.rules[rule].evidenceFilter(), has).Normal()
		e.evidence[rule] = f
	}
	return f
}

// once leaves out what a filter of all parts says again, as where a rule names the category that every saving is of.
func once(all finops.Filter) finops.Filter {
	said := map[string]bool{}
	var parts []finops.Filter
	for _, p := range all.Parts {
		if text := filter.Print(p); !said[text] {
			said[text] = true
			parts = append(parts, p)
		}
	}
	all.Parts = parts
	return all
}

// window is the lookback of a rule: days, and longer charges that reach into it.
func window(cal *calendar, lookback int) finops.Filter {
	at := func(column string, op finops.Op, day finops.Day) finops.Filter {
		text := day.String()
		return finops.If(finops.Condition{Column: column, Op: op, Values: []*string{&text}})
	}
	from := cal.start(lookback)
	return finops.All(
		at("ChargePeriodStart", finops.OpAtMost, cal.asOf),
		finops.Any(at("ChargePeriodStart", finops.OpAtLeast, from), at("ChargePeriodEnd", finops.OpGreater, from)),
	)
}

// resourceIs matches the id of the resource, in any case where the provider does not care.
func resourceIs(f *Finding) finops.Filter {
	c := finops.Condition{Column: "ResourceId", Op: finops.OpIn, Values: []*string{&f.ResourceID}}
	if f.Provider == azure {
		pattern := "(?i)^" + regexp.QuoteMeta(f.ResourceID) + "$"
		c.Op, c.Values = finops.OpMatches, []*string{&pattern}
	}
	return finops.If(c)
}

func lower(text string) string { return strings.ToLower(text) }
