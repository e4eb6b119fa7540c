package passport

import (
	"fmt"
	"slices"
	"strings"

	"cloud-intelligence/backend/finops"
)

// Level says how far an analysis can go.
type Level string

// The levels, best first.
const (
	Ready       Level = "ready"
	Limited     Level = "limited"
	NotPossible Level = "not_possible"
)

var levels = []Level{Ready, Limited, NotPossible}

// Readiness says whether the data allows an analysis, and what stands in its way.
type Readiness struct {
	Analysis string // allocation, tagging, anomalies, forecast, commitments, waste, migration, reconciliation
	Level    Level
	// Available is false for an analysis that this version of the app does not have: the level then only
	// says what the data would allow.
	Available bool
	Reasons   []string // sentences; never empty
}

// judgement gathers what limits one analysis.
type judgement struct{ Readiness }

func (v *judgement) limit(to Level, format string, args ...any) {
	if slices.Index(levels, to) > slices.Index(levels, v.Level) {
		v.Level = to
	}
	v.Reasons = append(v.Reasons, capital(fmt.Sprintf(format, args...)))
}

// share limits by a ratio: enough from good on, nothing below low.
func (v *judgement) share(n, good, low int, format string, args ...any) {
	switch {
	case n < low:
		v.limit(NotPossible, format, args...)
	case n < good:
		v.limit(Limited, format, args...)
	}
}

// analyses are the lines of the table, in its order.
var analyses = []struct {
	name      string
	available bool
	ready     string
	judge     func(v *judgement, s *Set, today finops.Day)
}{
	{"allocation", true, "Nearly all cost names an account or carries tags.", judgeAllocation},
	{"tagging", false, "Most cost carries tags.", judgeTagging},
	{"anomalies", true, "There is enough daily data, and it is up to date.", judgeAnomalies},
	{"forecast", true, "There are enough complete months.", judgeForecast},
	{"commitments", true, "Usage has hourly detail, with list and contracted cost.", judgeCommitments},
	{"waste", true, "Nearly all usage names its resource.", judgeWaste},
	{"migration", true, "Usage names SKU, region and quantity.", judgeMigration},
	{"reconciliation", true, "Lines name their invoice, and nothing is missing.", judgeReconciliation},
}

func readiness(s *Set, today finops.Day) []Readiness {
	var list []Readiness
	for _, a := range analyses {
		v := &judgement{Readiness{Analysis: a.name, Level: Ready, Available: a.available}}
		if s.Lines == 0 {
			v.limit(NotPossible, "There are no charges.")
		} else {
			a.judge(v, s, today)
		}
		if len(v.Reasons) == 0 {
			v.Reasons = []string{a.ready}
		}
		list = append(list, v.Readiness)
	}
	return list
}

const (
	allocationGood, allocationLow       = 9500, 5000
	anomalyDaysGood, anomalyDaysLow     = 60, 14
	forecastMonthsGood, forecastMonths  = 3, 2
	forecastYear, forecastBehind        = 12, 62
	commitmentPriceGood, commitmentsLow = 9000, 2000
)

func judgeAllocation(v *judgement, s *Set, _ finops.Day) {
	account, tags := s.ratio("sub_account_id"), s.ratio("tags")
	best, by := account, "names an account, and no more carries tags"
	if tags > best {
		best, by = tags, "carries tags, and less names an account"
	}
	v.share(best, allocationGood, allocationLow, "%s of the cost %s.", Percent(best), by)
}

func judgeTagging(v *judgement, s *Set, _ finops.Day) {
	tags := s.share("tags")
	if tags == nil || tags.Lines == 0 {
		v.limit(NotPossible, "No line carries a tag: either the resources have none, or the export leaves them out.")
		return
	}
	n, base := tags.Value()
	if n < tags.good {
		v.limit(Limited, "%s %s %s; for the rest, either the resources have no tag or the export leaves it out.", Percent(n), base, agreed(base, "carries a tag"))
	}
}

func judgeAnomalies(v *judgement, s *Set, _ finops.Day) {
	c := s.Coverage
	if !c.JudgedByDay {
		v.limit(NotPossible, "Charges have no daily detail.")
		return
	}
	switch {
	case c.CoveredDays < anomalyDaysLow:
		v.limit(NotPossible, "There is data for only %s; at least %d are needed to know what is usual.", things(c.CoveredDays, "day"), anomalyDaysLow)
	case c.CoveredDays < anomalyDaysGood:
		v.limit(Limited, "There is data for %s; with %d the weekly pattern is known well.", things(c.CoveredDays, "day"), anomalyDaysGood)
	}
	if n := len(c.MissingDays); n > 0 {
		v.limit(Limited, "%s missing within the span and would look like drops.", capital(things(n, "day")+verb(n, " is", " are")))
	}
	if c.BehindDays > behindGap {
		v.limit(Limited, "The newest charges are %s old: only the past can be searched.", things(c.BehindDays, "day"))
	}
}

func judgeForecast(v *judgement, s *Set, _ finops.Day) {
	c := s.Coverage
	switch {
	case c.CompleteMonths < forecastMonths:
		v.limit(NotPossible, "%s complete; at least %d are needed.", capital(things(c.CompleteMonths, "month")+verb(c.CompleteMonths, " is", " are")), forecastMonths)
	case c.CompleteMonths < forecastMonthsGood:
		v.limit(Limited, "%s complete; with %d a trend is reliable.", capital(things(c.CompleteMonths, "month")+" are"), forecastMonthsGood)
	}
	if n := len(c.MissingMonths); n > 0 {
		v.limit(Limited, "%s without a bill within the span: %s.", capital(things(n, "month")+verb(n, " is", " are")), firstRanges(c.MissingMonths))
	}
	if c.BehindDays > forecastBehind {
		v.limit(Limited, "The newest charges are %s old: the forecast begins in the past.", things(c.BehindDays, "day"))
	}
	if c.CompleteMonths >= forecastMonthsGood && c.CompleteMonths < forecastYear && v.Level == Ready {
		v.Reasons = append(v.Reasons, fmt.Sprintf("%s are complete: enough for a trend. From %d on, the season of the year can be seen too.", capital(things(c.CompleteMonths, "month")), forecastYear))
	}
}

func judgeCommitments(v *judgement, s *Set, _ finops.Day) {
	list, contracted := s.ratio("list_cost"), s.ratio("contracted_cost")
	if list < commitmentsLow && contracted < commitmentsLow {
		v.limit(NotPossible, "Neither list nor contracted cost is known for most usage, so there is no price to compare a commitment with.")
		return
	}
	switch s.Grain.Word {
	case "hourly":
	case "monthly", "unknown":
		v.limit(NotPossible, "Usage has no hourly or daily detail.")
	default:
		v.limit(Limited, "Not all usage has hourly detail: commitments are bought by the hour, so only daily averages can be covered.")
	}
	if worst := min(list, contracted); worst < commitmentPriceGood {
		v.limit(Limited, "List cost is known for %s and contracted cost for %s of the cost of usage.", Percent(list), Percent(contracted))
	}
}

func judgeWaste(v *judgement, s *Set, _ finops.Day) {
	r := s.share("resource_id")
	n, base := r.Value()
	v.share(n, r.good, r.low, "%s %s %s.", Percent(n), base, agreed(base, "names its resource"))
}

func judgeMigration(v *judgement, s *Set, _ finops.Day) {
	for _, code := range []string{"sku_id", "region_id"} {
		r := s.share(code)
		n, base := r.Value()
		v.share(n, r.good, r.low, "%s %s %s.", Percent(n), base, agreed(base, r.noun))
	}
	if q := s.Quantities; q.Lines > 0 {
		n, _ := RatioOfCounts(max(q.Pricing, q.Consumed), q.Lines)
		v.share(n, quantitiesGood, quantitiesLow, "%s of the usage lines name a quantity.", Percent(n))
	} else {
		v.limit(NotPossible, "There is no usage to plan with.")
	}
}

func judgeReconciliation(v *judgement, s *Set, _ finops.Day) {
	if s.Coverage.CompleteMonths == 0 {
		v.limit(NotPossible, "No month is complete, so none can be compared with an invoice.")
		return
	}
	if n := s.ratio("invoice_id"); n < s.share("invoice_id").good && s.share("invoice_id").OfLines > 0 {
		v.limit(Limited, "%s of the cost names its invoice; the rest can be compared with invoices only by month and account.", Percent(n))
	}
	if s.RejectLines > 0 {
		v.limit(Limited, "%s could not be read, so that totals may be too low.", capital(things(s.RejectLines, "line")))
	}
	if s.Duplicates.AcrossFiles > 0 {
		v.limit(Limited, "%s in two files and may be counted twice.", capital(things(s.Duplicates.AcrossFiles, "line")+verb(s.Duplicates.AcrossFiles, " is", " are")))
	}
}

// readinessOfAll is ready where every set is, not possible where none allows anything.
func readinessOfAll(sets []Set) []Readiness {
	if len(sets) == 0 {
		return readiness(&Set{}, 0)
	}
	var list []Readiness
	for i, a := range analyses {
		r := Readiness{Analysis: a.name, Available: a.available}
		counts := map[Level]int{}
		for _, s := range sets {
			one := s.Readiness[i]
			counts[one.Level]++
			if one.Level != Ready {
				r.Reasons = append(r.Reasons, Name(&s)+": "+strings.Join(one.Reasons, " "))
			}
		}
		switch {
		case counts[Ready] == len(sets):
			r.Level, r.Reasons = Ready, []string{a.ready}
		case counts[NotPossible] == len(sets):
			r.Level = NotPossible
		default:
			r.Level = Limited
		}
		list = append(list, r)
	}
	return list
}

// Name is what a data set is called in a sentence.
func Name(s *Set) string {
	provider := s.Provider
	if provider == "" {
		provider = "No provider named"
	}
	account := s.Account
	if s.AccountName != "" {
		account = s.AccountName
	}
	return strings.TrimSpace(provider + " " + account)
}
