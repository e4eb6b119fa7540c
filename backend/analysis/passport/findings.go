package passport

import (
	"fmt"
	"slices"

	"cloud-intelligence/backend/finops"
)

// Severity says how much a finding matters.
type Severity string

// The severities.
const (
	Problem Severity = "problem" // figures may be wrong, or an analysis cannot be made
	Gap     Severity = "gap"     // an analysis is limited
	Info    Severity = "info"    // worth knowing
	Good    Severity = "good"    // as it should be
)

// Finding is one thing that was looked at, in plain words.
type Finding struct {
	Code     string
	Severity Severity
	Value    string // the measure in plain digits
	Unit     string // of the measure: share, days, months, lines, services, currencies, columns, sets
	// Amount is the absolute cost of the charges it is about, in Currency; nil = none, or not known.
	Amount   *finops.Sum
	Currency string
	Sentence string // what was found
	Meaning  string // for later analyses; "" where nothing is missing
	Action   string // at the source; "" where there is nothing to do
	// Where leads to the charges behind the finding; nil where no condition finds them.
	Where    []finops.Condition
	From, To *finops.Day
}

// findings looks at everything in turn.
func findings(s *Set, today finops.Day) []Finding {
	if s.Lines == 0 {
		return rejectFindings(s)
	}
	var list []Finding
	for _, look := range []func(*Set) []Finding{
		missingDays, missingMonths, lastMonth, freshness, grainFindings, currencyFindings, lateFindings, rejectFindings, duplicateFindings,
		shareFindings, quantityFindings, priceFindings, signFindings, formatFindings, columnFindings,
	} {
		list = append(list, look(s)...)
	}
	return list
}

func missingDays(s *Set) []Finding {
	c := s.Coverage
	if !c.JudgedByDay {
		return nil // the finding about the grain says it
	}
	f := Finding{
		Code: "missing_days", Severity: Good, Value: fmt.Sprint(len(c.MissingDays)), Unit: "days",
		Sentence: fmt.Sprintf("Every day from %s to %s has charges.", c.FirstDay.Words(), c.LastDay.Words()),
	}
	if n := len(c.MissingDays); n > 0 {
		f.Severity = Gap
		if share, _ := RatioOfCounts(int64(n), int64(c.Days)); share >= missingDaysProblem {
			f.Severity = Problem
		}
		lack := verb(n, "has", "have") + " no charges"
		if s.providers > 1 {
			lack = verb(n, "lacks", "lack") + " the charges of at least one provider"
		}
		f.Sentence = fmt.Sprintf("%s of %s from %s to %s %s; the first is %s.", count(n), things(c.Days, "day"), c.FirstDay.Words(), c.LastDay.Words(), lack, c.MissingDays[0].Words())
		f.Meaning = "Totals of these months are too low, a forecast starts from too little, and an anomaly search takes the gaps for drops."
		f.Action = "Export the months with missing days again and import them; the new export replaces the old one."
	}
	return []Finding{f}
}

func missingMonths(s *Set) []Finding {
	c := s.Coverage
	months := int(c.LastMonth-c.FirstMonth) + 1
	f := Finding{
		Code: "missing_months", Severity: Good, Value: fmt.Sprint(len(c.MissingMonths)), Unit: "months",
		Sentence: fmt.Sprintf("There is a bill for every month from %s to %s.", c.FirstMonth.Words(), c.LastMonth.Words()),
	}
	if n := len(c.MissingMonths); n > 0 {
		f.Severity = Problem
		lack := verb(n, "has", "have") + " no bill"
		if s.sets > 1 {
			lack = verb(n, "lacks", "lack") + " the bill of at least one data set"
		}
		f.Sentence = fmt.Sprintf("%s of %s from %s to %s %s: %s.", count(n), things(months, "month"), c.FirstMonth.Words(), c.LastMonth.Words(), lack, firstRanges(c.MissingMonths))
		f.Meaning = "Comparisons with earlier months, forecasts and the year's total are wrong as long as these months are missing."
		f.Action = "Export the missing months at the provider and import them."
	}
	return []Finding{f}
}

func lastMonth(s *Set) []Finding {
	if len(s.Coverage.Months) == 0 {
		return nil
	}
	c := s.Coverage
	last := c.LastMonth
	at := slices.IndexFunc(c.Months, func(m Month) bool { return m.Month == last })
	if at < 0 {
		return nil
	}
	left := int(last.Last() - c.LastDay)
	f := Finding{Code: "last_month", Severity: Good, Value: fmt.Sprint(max(left, 0)), Unit: "days", Sentence: fmt.Sprintf("The last month, %s, is complete to its last day.", last.Words())}
	switch {
	case c.Months[at].Running:
		f.Severity = Info
		f.Sentence = fmt.Sprintf("The last month, %s, is still running; there are charges through %s.", last.Words(), c.LastDay.Words())
		f.Meaning = "Its total is not final. Charges of the last days still change; comparisons should leave it out."
		f.Action = "Import it again when the provider has closed the month."
	case c.JudgedByDay && left > 0:
		f.Severity = Gap
		f.Sentence = fmt.Sprintf("The last month, %s, ends on %s: %s to its end %s missing.", last.Words(), c.LastDay.Words(), things(left, "day"), verb(left, "is", "are"))
		f.Meaning = "Its total is too low and cannot be compared with an invoice."
		f.Action = "Export the month again now that it is over, and import it."
	}
	return []Finding{f}
}

func freshness(s *Set) []Finding {
	n := s.Coverage.BehindDays
	f := Finding{Code: "age", Severity: Good, Value: fmt.Sprint(n), Unit: "days", Sentence: fmt.Sprintf("The newest charges are of %s.", s.Coverage.CoveredTo.Words())}
	switch {
	case n < 0:
		f.Severity = Info
		f.Sentence = fmt.Sprintf("The newest charges are of %s, which lies ahead of today.", s.Coverage.CoveredTo.Words())
		f.Meaning = "Providers book some fees for days to come; a clock that is wrong would look the same."
	case n > behindGap:
		f.Severity = Gap
		f.Sentence = fmt.Sprintf("The newest charges are of %s, %s ago.", s.Coverage.CoveredTo.Words(), things(n, "day"))
		f.Meaning = "What happened since is not known: alerts come too late, and a forecast begins in the past."
		f.Action = "Export the months since then at the provider and import them."
	case n > behindInfo:
		f.Severity = Info
		f.Sentence = fmt.Sprintf("The newest charges are of %s, %s ago.", s.Coverage.CoveredTo.Words(), things(n, "day"))
		f.Meaning = "Anomalies of the last days are not seen yet."
		f.Action = "Import the newest export."
	}
	return []Finding{f}
}

func grainFindings(s *Set) []Finding {
	g := s.Grain
	f := Finding{Code: "grain", Severity: Good, Value: g.Word, Unit: "grain"}
	switch g.Word {
	case "hourly":
		f.Sentence = fmt.Sprintf("Usage has hourly detail, on %s from %s to %s.", things(g.Hours, "day"), g.HoursFrom.Words(), g.HoursTo.Words())
	case "daily":
		f.Severity = Info
		f.Sentence = "Usage has daily detail."
		f.Meaning = "Enough for allocation, anomalies and forecasts. How far commitments are used within a day, and peaks by the hour, cannot be seen."
		f.Action = "Where commitments are to be sized, choose the hourly export."
	case "monthly":
		f.Severity = Gap
		f.Sentence = "Charges have monthly detail only."
		f.Meaning = "No anomaly search by day and no sizing of commitments; days cannot be checked for gaps."
		f.Action = "Choose the daily or hourly export at the provider."
	case "mixed":
		f.Severity = Info
		f.Sentence = fmt.Sprintf("Usage has mixed detail: %s hourly, %s daily, %s monthly, %s other.",
			things(g.Lengths[finops.LengthHour], "line"), count(g.Lengths[finops.LengthDay]), count(g.Lengths[finops.LengthMonth]), count(g.Lengths[finops.LengthOther]+g.Lengths[finops.LengthUnknown]))
		f.Meaning = "Views by day are right for hourly and daily charges; the cost of a monthly charge is shown on its first day."
	default:
		f.Severity = Gap
		f.Sentence = "The charges do not say how long their period is."
		f.Meaning = "It cannot be checked whether days are complete, or whether the detail is fine enough for commitments."
		f.Action = "Choose an export with the end of the charge period."
	}
	return []Finding{f}
}

func currencyFindings(s *Set) []Finding {
	f := Finding{Code: "currency", Severity: Good, Value: fmt.Sprint(len(s.Currencies)), Unit: "currencies"}
	unnamed := slices.IndexFunc(s.Currencies, func(c Currency) bool { return c.Code == "" })
	switch {
	case unnamed >= 0:
		f.Severity = Problem
		f.Sentence = fmt.Sprintf("%s no billing currency.", capital(things(s.Currencies[unnamed].Lines, "line")+verb(s.Currencies[unnamed].Lines, " names", " name")))
		f.Meaning = "Their amounts are kept apart and are not added to any currency."
		f.Action = "Choose an export that names the billing currency."
		f.concern(s.Currencies[unnamed].Absolute, "")
		f.Where = s.where(condition("BillingCurrency", nil))
		s.span(&f)
	case len(s.Currencies) > 1:
		f.Severity = Info
		f.Sentence = fmt.Sprintf("The charges are in %d currencies, most in %s.", len(s.Currencies), s.Currencies[0].Code)
		f.Meaning = "Each currency has figures of its own; they are never added. A total over all currencies needs exchange rates."
	default:
		f.Sentence = fmt.Sprintf("All charges are in %s.", s.Currencies[0].Code)
	}
	return []Finding{f}
}

func lateFindings(s *Set) []Finding {
	c := s.Coverage
	if c.LateLines == 0 && c.EarlyLines == 0 {
		return []Finding{{Code: "late", Severity: Good, Value: "0", Unit: "lines", Sentence: "Every charge lies in the month of its bill."}}
	}
	f := Finding{
		Code: "late", Severity: Info, Value: fmt.Sprint(c.LateLines), Unit: "lines",
		Meaning: "Totals by charge day and by billing month differ by these lines. Compare invoices by billing month, and usage by day.",
	}
	switch {
	case c.LateLines > 0 && c.EarlyLines > 0:
		f.Sentence = fmt.Sprintf("%s of days before the month of their bill, %s of days after it.", capital(things(c.LateLines, "line")+verb(c.LateLines, " is", " are")), count(c.EarlyLines))
	case c.LateLines > 0:
		f.Sentence = fmt.Sprintf("%s of days before the month of their bill (%s, the first %s).", capital(things(c.LateLines, "line")+verb(c.LateLines, " is", " are")), things(len(c.LateDays), "day"), c.LateDays[0].Words())
	default:
		f.Value = fmt.Sprint(c.EarlyLines)
		f.Sentence = fmt.Sprintf("%s of days after the month of their bill.", capital(things(c.EarlyLines, "line")+verb(c.EarlyLines, " is", " are")))
	}
	return []Finding{f}
}

func rejectFindings(s *Set) []Finding {
	if s.RejectLines == 0 {
		return []Finding{{Code: "rejects", Severity: Good, Value: "0", Unit: "lines", Sentence: "Every line of the files could be read."}}
	}
	f := Finding{
		Code: "rejects", Severity: Problem, Value: fmt.Sprint(s.RejectLines), Unit: "lines",
		Sentence: fmt.Sprintf("%s of the files could not be read.", capital(things(s.RejectLines, "line"))),
		Meaning:  "Totals are too low by the cost of these lines, and invoices will not tie.",
		Action:   "See the reasons on the Imports page, correct the files or export them again, and import them.",
	}
	if len(s.Rejects) > 0 {
		f.Sentence = fmt.Sprintf("%s of the files could not be read; the most frequent reason: %s.", capital(things(s.RejectLines, "line")), s.Rejects[0].Reason)
	}
	return []Finding{f}
}

func duplicateFindings(s *Set) []Finding {
	d := s.Duplicates
	f := Finding{Code: "duplicates", Severity: Good, Value: fmt.Sprint(d.Lines), Unit: "lines", Sentence: "No two lines are equal in every column."}
	if d.Lines == 0 {
		return []Finding{f}
	}
	share, _ := RatioOfCounts(d.Lines, s.Lines)
	switch {
	case d.AcrossFiles > 0:
		f.Severity = Problem
	case share >= duplicatesGap:
		f.Severity = Gap
	default:
		f.Severity = Info
	}
	f.Sentence = fmt.Sprintf("%s an earlier line in every column%s.", capital(things(d.Lines, "line")+verb(d.Lines, " equals", " equal")), billedOf(d.Amounts))
	f.Meaning = "Some providers write equal lines for equal usage; then nothing is wrong. If a file was exported twice, cost is counted twice."
	f.Action = "Compare the month with its invoice. Where it is too high, undo the import of the file that repeats the lines."
	if d.AcrossFiles > 0 {
		f.Sentence = fmt.Sprintf("%s an earlier line in every column%s; %s of them were in another file first.",
			capital(things(d.Lines, "line")+verb(d.Lines, " equals", " equal")), billedOf(d.Amounts), count(d.AcrossFiles))
		f.Meaning = "Equal lines in two files are most likely the same charges exported twice: cost is counted twice."
	}
	if len(d.Amounts) > 0 {
		f.concern(d.Amounts[0].Billed, d.Amounts[0].Currency)
	}
	if len(d.Examples) > 0 {
		e := d.Examples[0]
		f.Where = s.where(condition("ServiceName", e.ServiceName), condition("ResourceId", e.ResourceID))
		f.From, f.To = &e.Day, &e.Day
	}
	return []Finding{f}
}
