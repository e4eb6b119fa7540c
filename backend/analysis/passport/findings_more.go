package passport

import (
	"fmt"
	"slices"
	"strings"

	"cloud-intelligence/backend/finops"
)

// The thresholds that are no shares of cost; docs/data-quality.md gives the reasons.
const (
	missingDaysProblem = 500 // of 10,000 days
	behindInfo         = 3   // days
	behindGap          = 10  // days
	duplicatesGap      = 10  // of 10,000 lines
	quantitiesGood     = 9000
	quantitiesLow      = 5000
)

func shareFindings(s *Set) []Finding {
	var list []Finding
	for i := range s.Shares {
		if s.Shares[i].OfLines > 0 {
			list = append(list, s.shareFinding(&s.Shares[i]))
		}
	}
	return list
}

func (s *Set) shareFinding(share *Share) Finding {
	n, base := share.Value()
	f := Finding{
		Code: share.Code, Severity: Good, Value: Decimal(n), Unit: "share",
		Sentence: capital(fmt.Sprintf("%s %s %s (%s).", Percent(n), base, agreed(base, share.noun), share.Column)),
	}
	if n >= share.good && (share.good > 0 || share.Lines > 0) {
		return f
	}
	f.Severity, f.Meaning, f.Action = Gap, share.meaning, share.action
	switch {
	case share.low == 0:
		f.Severity = Info
	case n < share.low:
		f.Severity = Problem
	}
	if unread := s.Traits(UnreadTags); share.Code == "tags" && unread > 0 {
		f.Meaning = fmt.Sprintf("The tags of %s are in a form that could not be read, so it is not known whether other lines have tags at the provider. ", things(unread, "line")) + f.Meaning
		f.Action = "Export the file again with tags as JSON, and import it."
	}
	f.concern(share.lacking(), share.Currency)
	if f.Amount != nil && !strings.HasSuffix(base, "lines") {
		f.Sentence = fmt.Sprintf("%s; %s does not.", strings.TrimSuffix(f.Sentence, "."), money(*f.Amount, f.Currency))
	}
	if share.Lines == 0 {
		f.Sentence = fmt.Sprintf("No line %s (%s).", share.noun, share.Column)
	}
	conditions := shareConditions(share.Code)
	if share.usageOnly && share.OfUsageLines > 0 {
		usage := "Usage"
		conditions = append(conditions, condition("ChargeCategory", &usage))
	}
	f.Where = s.where(conditions...)
	s.span(&f)
	return f
}

// shareConditions tell the lines that lack what a share counts.
func shareConditions(code string) []finops.Condition {
	switch code {
	case "tags":
		untagged := "Untagged"
		return []finops.Condition{condition("HasTags", &untagged)}
	case "services":
		other := "Other"
		return []finops.Condition{{Column: "ServiceCategory", Op: finops.OpIn, Values: []*string{nil, &other}}}
	}
	for _, rule := range shareRules {
		if rule.code == code {
			return []finops.Condition{condition(rule.column, nil)}
		}
	}
	return nil
}

func quantityFindings(s *Set) []Finding {
	q := s.Quantities
	if q.Lines == 0 {
		return nil
	}
	best := max(q.Pricing, q.Consumed)
	n, _ := RatioOfCounts(best, q.Lines)
	f := Finding{
		Code: "quantities", Severity: Good, Value: Decimal(n), Unit: "share",
		Sentence: capital(fmt.Sprintf("%s of the usage lines say how much was used (PricingQuantity or ConsumedQuantity).", Percent(n))),
	}
	if n >= quantitiesGood {
		return []Finding{f}
	}
	f.Severity = Gap
	if n < quantitiesLow {
		f.Severity = Problem
	}
	f.Meaning = "Without quantities there are no unit costs, and what is used cannot be priced elsewhere for a migration."
	f.Action = "Choose an export with usage quantities."
	column := "PricingQuantity"
	if q.Consumed > q.Pricing {
		column = "ConsumedQuantity"
	}
	usage := "Usage"
	f.Where = s.where(condition(column, nil), condition("ChargeCategory", &usage))
	s.span(&f)
	return []Finding{f}
}

func priceFindings(s *Set) []Finding {
	var list []Finding
	for _, rule := range []struct {
		trait                  Trait
		code, wrong, ok, means string
	}{
		{ListBelow, "list_below_contracted", "a list cost below the contracted cost", "No line has a list cost below its contracted cost.", "Savings against list price come out too low, or negative, for these lines."},
		{ContractedBelow, "contracted_below_effective", "a contracted cost below the effective cost", "No used line has a contracted cost below its effective cost.", "Savings from commitments come out too low, or negative, for these lines."},
	} {
		var lines int64
		var amounts []string
		var of Finding
		for _, x := range s.Excess {
			if x.Trait == rule.trait && x.Lines > 0 {
				lines += x.Lines
				amounts = append(amounts, money(x.Amount, x.Currency))
				if of.Amount == nil && !roundsToZero(x.Amount) {
					of.concern(x.Amount, x.Currency)
				}
			}
		}
		f := Finding{Code: rule.code, Severity: Good, Value: fmt.Sprint(lines), Unit: "lines", Sentence: rule.ok}
		if lines > 0 {
			f.Severity, f.Amount, f.Currency = Info, of.Amount, of.Currency
			if n, _ := RatioOfCounts(lines, s.Lines); n >= pricesGap {
				f.Severity = Gap
			}
			f.Sentence = fmt.Sprintf("%s %s, by %s in all.", things(lines, "line")+verb(lines, " has", " have"), rule.wrong, strings.Join(amounts, " and "))
			f.Meaning = rule.means
			f.Action = "Ask the provider which prices the export uses; rounding of the exported costs is the most frequent reason."
		}
		list = append(list, f)
	}
	return append(list, zeroFindings(s)...)
}

// zeroFindings reports costs of 0 that are taken for unknown ones.
func zeroFindings(s *Set) (list []Finding) {
	for _, rule := range []struct {
		trait              Trait
		code, cost, column string
	}{{ZeroList, "list_cost_zero", "list cost", "ListCost"}, {ZeroContracted, "contracted_cost_zero", "contracted cost", "ContractedCost"}} {
		if n := s.Traits(rule.trait); n > 0 {
			list = append(list, Finding{
				Code: rule.code, Severity: Info, Value: fmt.Sprint(n), Unit: "lines",
				Sentence: fmt.Sprintf("%s a %s of 0 beside a cost (%s).", things(n, "line")+verb(n, " has", " have"), rule.cost, rule.column),
				Meaning:  "The provider writes 0 for what it does not know. The " + rule.cost + " of these lines counts as unknown, not as free.",
			})
		}
	}
	return list
}

// pricesGap is the share of lines with odd prices from which savings are doubtful.
const pricesGap = 100

func signFindings(s *Set) []Finding {
	negative, zero := s.Traits(NegativeUsage), s.Traits(ZeroCost)
	list := []Finding{
		{Code: "negative_usage", Severity: Good, Value: "0", Unit: "lines", Sentence: "No usage has a negative cost."},
		{Code: "zero_cost", Severity: Good, Value: fmt.Sprint(zero), Unit: "lines", Sentence: "Every line has a cost other than zero."},
	}
	if negative > 0 {
		list[0].Severity, list[0].Value = Info, fmt.Sprint(negative)
		list[0].Sentence = fmt.Sprintf("%s a negative cost.", capital(things(negative, "usage line")+verb(negative, " has", " have")))
		list[0].Meaning = "Refunds and discounts booked as usage make shares of net cost exceed 100 %; the shares here are of absolute cost."
	}
	if zero > 0 {
		n, _ := RatioOfCounts(zero, s.Lines)
		list[1].Severity = Info
		list[1].Sentence = fmt.Sprintf("%s (%s of all) %s no cost at all.", things(zero, "line"), Percent(n), verb(zero, "has", "have"))
		list[1].Meaning = "Free tiers and covered usage look like this. They count as lines, not as cost."
	}
	return list
}

func formatFindings(s *Set) []Finding {
	if len(s.Formats) < 2 {
		return nil
	}
	var names []string
	for _, f := range s.Formats {
		if name := finops.FormatName(f.Format, f.Version); !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return []Finding{{
		Code: "formats", Severity: Info, Value: fmt.Sprint(len(names)), Unit: "formats",
		Sentence: fmt.Sprintf("The files have %d formats: %s.", len(names), strings.Join(names, ", ")),
		Meaning:  "Columns that only one of them has are empty for the rest; a change of shares over time may be a change of format.",
	}}
}

func columnFindings(s *Set) []Finding {
	if len(s.Empty) == 0 {
		return nil
	}
	names := make([]string, 0, len(s.Empty))
	for _, c := range s.Empty {
		names = append(names, c.Name)
	}
	shown := names[:min(len(names), 6)]
	rest := ""
	if n := len(names) - len(shown); n > 0 {
		rest = fmt.Sprintf(" and %d more", n)
	}
	return []Finding{{
		Code: "empty_columns", Severity: Info, Value: fmt.Sprint(len(names)), Unit: "columns",
		Sentence: fmt.Sprintf("%s in the files but never filled: %s%s.", capital(things(len(names), "FOCUS column")+verb(len(names), " is", " are")), strings.Join(shown, ", "), rest),
		Meaning:  "This client does not use what these columns describe, or the export leaves it out.",
	}}
}

// acrossSets are findings that only the whole workspace can have.
func acrossSets(sets []Set) []Finding {
	var list []Finding
	if len(sets) < 2 {
		return nil
	}
	first, last := sets[0].Coverage.FirstMonth, sets[0].Coverage.LastMonth
	uneven := 0
	for _, s := range sets {
		first, last = min(first, s.Coverage.FirstMonth), max(last, s.Coverage.LastMonth)
	}
	for _, s := range sets {
		if s.Coverage.FirstMonth != first || s.Coverage.LastMonth != last {
			uneven++
		}
	}
	f := Finding{Code: "uneven_spans", Severity: Good, Value: fmt.Sprint(uneven), Unit: "sets", Sentence: fmt.Sprintf("All %d data sets reach from %s to %s.", len(sets), first.Words(), last.Words())}
	if uneven > 0 {
		f.Severity = Info
		f.Sentence = fmt.Sprintf("%d of %d data sets %s not reach from %s to %s.", uneven, len(sets), verb(uneven, "does", "do"), first.Words(), last.Words())
		f.Meaning = "A month in which a provider is missing looks cheap. Compare months only within one provider, or complete the data first."
		f.Action = "Import the missing months of these data sets, unless the account did not exist then."
	}
	return append(list, f)
}
