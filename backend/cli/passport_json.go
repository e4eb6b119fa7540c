package cli

import (
	"time"

	"cloud-intelligence/backend/analysis/passport"
	"cloud-intelligence/backend/finops"
)

// passportJSON is a data set in JSON; docs/cli.md describes it.
func passportJSON(s *passport.Set) object {
	files, formats, currencies := []object{}, []object{}, []object{}
	for _, f := range s.Files {
		files = append(files, object{{"path", f.Path}, {"format", f.Format}, {"version", f.Version}, {"lines", f.Lines}, {"rejects", f.Rejects}})
	}
	for _, f := range s.Formats {
		formats = append(formats, object{{"format", f.Format}, {"version", f.Version}, {"files", f.Files}, {"lines", f.Lines}})
	}
	for _, c := range s.Currencies {
		currencies = append(currencies, object{{"currency", c.Code}, {"lines", c.Lines}, {"billed", amountOf(c.Billed)}, {"effective", amountOf(c.Effect)}, {"absolute", c.Absolute}})
	}
	return object{
		{"id", s.ID}, {"provider", s.Provider}, {"billingAccount", s.Account}, {"billingAccountName", s.AccountName}, {"export", s.Export},
		{"lines", s.Lines}, {"importedAt", instantOf(s.ImportedAt)}, {"importAgeDays", s.ImportAgeDays}, {"files", files}, {"formats", formats}, {"currencies", currencies},
		{"coverage", coverageJSON(s)}, {"grain", grainJSON(s.Grain)}, {"shares", sharesJSON(s.Shares)},
		{"columns", object{{"filled", columnsJSON(s.Filled)}, {"empty", columnNamesOf(s.Empty)}, {"absent", columnNamesOf(s.Absent)}}},
		{"tagKeys", tagKeysJSON(s.TagKeys)}, {"unmapped", unmappedJSON(s.Unmapped)}, {"unmappedCount", s.UnmappedCount},
		{"quantities", object{{"usageLines", s.Quantities.Lines}, {"pricing", s.Quantities.Pricing}, {"consumed", s.Quantities.Consumed}}},
		{"priceOddities", excessJSON(s.Excess)}, {"duplicates", duplicatesJSON(s.Duplicates)}, {"rejects", rejectsJSON(s)},
		{"providerTotals", providerTotalsJSON(s.ProviderTotals)}, {"findings", findingsJSON(s.Findings)}, {"readiness", readinessJSON(s.Readiness)},
	}
}

func instantOf(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t.UTC().Format(time.RFC3339)
}

func coverageJSON(s *passport.Set) object {
	c := s.Coverage
	months := []object{}
	for _, m := range c.Months {
		months = append(months, object{
			{"month", m.Month}, {"complete", m.Complete}, {"running", m.Running}, {"billed", m.Billed}, {"missingDays", list(m.Missing)}, {"lines", list(m.Lines)}, {"late", m.Late},
		})
	}
	o := object{
		{"firstDay", nil}, {"lastDay", nil}, {"firstMonth", nil}, {"lastMonth", nil}, {"days", c.Days}, {"coveredDays", c.CoveredDays}, {"missingDays", list(c.MissingDays)},
		{"missingMonths", list(c.MissingMonths)}, {"completeMonths", c.CompleteMonths}, {"behindDays", c.BehindDays}, {"lateDays", list(c.LateDays)},
		{"lateLines", c.LateLines}, {"earlyLines", c.EarlyLines}, {"judgedByDay", c.JudgedByDay}, {"months", months},
	}
	if len(c.Months) > 0 {
		o[0].value, o[1].value, o[2].value, o[3].value = c.FirstDay, c.LastDay, c.FirstMonth, c.LastMonth
	}
	return o
}

func grainJSON(g passport.Grain) object {
	lines := object{}
	for length, n := range g.Lengths {
		lines = append(lines, field{finops.Length(length).String(), n})
	}
	o := object{{"grain", g.Word}, {"ofUsage", g.Usage}, {"lines", lines}, {"hourlyDays", g.Hours}, {"hourlyFrom", nil}, {"hourlyTo", nil}}
	if g.Hours > 0 {
		o[4].value, o[5].value = g.HoursFrom, g.HoursTo
	}
	return o
}

func sharesJSON(shares []passport.Share) []object {
	all := []object{}
	for i := range shares {
		x := &shares[i]
		n, base := x.Value()
		all = append(all, object{
			{"code", x.Code}, {"column", x.Column}, {"value", passport.Decimal(n)}, {"base", base}, {"lines", x.Lines}, {"ofLines", x.OfLines}, {"usageLines", x.UsageLines}, {"ofUsageLines", x.OfUsageLines},
			{"currency", x.Currency}, {"cost", x.Cost}, {"ofCost", x.OfCost}, {"usageCost", x.UsageCost}, {"ofUsageCost", x.OfUsageCost},
		})
	}
	return all
}

func columnsJSON(columns []passport.Column) []object {
	all := []object{}
	for _, c := range columns {
		all = append(all, object{{"name", c.Name}, {"lines", c.Known}})
	}
	return all
}

func columnNamesOf(columns []passport.Column) []string {
	names := []string{}
	for _, c := range columns {
		names = append(names, c.Name)
	}
	return names
}

func tagKeysJSON(keys []passport.TagKey) []object {
	all := []object{}
	for _, k := range keys {
		all = append(all, object{{"key", k.Key}, {"lines", k.Lines}, {"currency", k.Currency}, {"cost", k.Cost}})
	}
	return all
}

func unmappedJSON(services []passport.Unmapped) []object {
	all := []object{}
	for _, u := range services {
		all = append(all, object{
			{"ServiceName", u.ServiceName}, {"ServiceCategory", u.ServiceCategory}, {"SkuId", u.SKUID}, {"lines", u.Lines}, {"currency", u.Currency}, {"cost", u.Cost}, {"reasons", list(u.Reasons)},
		})
	}
	return all
}

func excessJSON(oddities []passport.Excess) []object {
	all := []object{}
	for _, x := range oddities {
		code := "list_below_contracted"
		if x.Trait == passport.ContractedBelow {
			code = "contracted_below_effective"
		}
		all = append(all, object{{"code", code}, {"lines", x.Lines}, {"currency", x.Currency}, {"amount", x.Amount}})
	}
	return all
}

func duplicatesJSON(d passport.Duplicates) object {
	amounts, examples := []object{}, []object{}
	for _, a := range d.Amounts {
		amounts = append(amounts, object{{"currency", a.Currency}, {"billed", a.Billed}})
	}
	for _, e := range d.Examples {
		examples = append(examples, object{
			{"line", e.Line}, {"firstLine", e.FirstLine}, {"day", e.Day}, {"ServiceName", e.ServiceName}, {"ResourceId", e.ResourceID}, {"currency", e.Currency},
			{"billed", amountOf(e.Billed)}, {"file", e.File}, {"firstFile", e.FirstFile},
		})
	}
	return object{{"lines", d.Lines}, {"acrossFiles", d.AcrossFiles}, {"amounts", amounts}, {"examples", examples}}
}

func rejectsJSON(s *passport.Set) object {
	reasons := []object{}
	for _, x := range s.Rejects {
		reasons = append(reasons, object{{"file", x.File}, {"reason", x.Reason}, {"lines", x.Lines}})
	}
	return object{{"lines", s.RejectLines}, {"reasons", reasons}}
}

func providerTotalsJSON(totals []passport.ProviderTotal) []object {
	all := []object{}
	for _, t := range totals {
		all = append(all, object{{"measure", t.Name}, {"currency", t.Currency}, {"lines", t.Known}, {"amount", t.Amount}})
	}
	return all
}

func findingsJSON(findings []passport.Finding) []object {
	all := []object{}
	for _, f := range findings {
		all = append(all, object{
			{"code", f.Code}, {"severity", f.Severity}, {"value", f.Value}, {"unit", f.Unit}, {"sentence", f.Sentence}, {"meaning", f.Meaning}, {"action", f.Action},
			{"where", passportWhere(f.Where)}, {"from", f.From}, {"to", f.To},
		})
	}
	return all
}

func passportWhere(where []finops.Condition) []object {
	all := []object{}
	for _, c := range where {
		all = append(all, object{{"column", c.Column}, {"op", c.Op}, {"values", list(c.Values)}})
	}
	return all
}

func readinessJSON(readiness []passport.Readiness) []object {
	all := []object{}
	for _, x := range readiness {
		all = append(all, object{{"analysis", x.Analysis}, {"level", x.Level}, {"reasons", list(x.Reasons)}})
	}
	return all
}
