package finops

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// Grain is the time step of an answer.
type Grain string

// The grains. GrainNone gives one row per group for the whole period. Fiscal years start in a
// month that the workspace names and are called after the calendar year in which they end.
const (
	GrainNone          Grain = ""
	GrainHour          Grain = "hour"
	GrainDay           Grain = "day"
	GrainWeek          Grain = "week" // of ISO 8601, from Monday on
	GrainMonth         Grain = "month"
	GrainQuarter       Grain = "quarter"
	GrainYear          Grain = "year"
	GrainFiscalQuarter Grain = "fiscal-quarter"
	GrainFiscalYear    Grain = "fiscal-year"
	GrainUsual         Grain = "usual" // of a series alone: a day, or a month where the period is long
)

// Grains lists the grains from the shortest to the longest, without GrainNone.
var Grains = []Grain{GrainHour, GrainDay, GrainWeek, GrainMonth, GrainQuarter, GrainYear, GrainFiscalQuarter, GrainFiscalYear}

// ParseGrain reads a grain by its name; "" is GrainNone.
func ParseGrain(text string) (Grain, error) {
	if g := Grain(strings.ToLower(text)); g == GrainNone || slices.Contains(Grains, g) {
		return g, nil
	}
	return "", Errorf(CodeInvalid, "%q is not a time step; use hour, day, week, month, quarter, year, fiscal-quarter or fiscal-year.", text)
}

// Step is one time step of a grain. Names sort by time: 2026-01-31, 2026-W05, 2026-01,
// 2026-Q1, 2026, FY2026-Q1, FY2026.
type Step struct {
	Name        string
	First, Last Day
}

// Step returns the step in which a day lies, where fiscal years start in the month fiscalStart.
// Of GrainHour it is the day, and of GrainNone a step without a name.
func (g Grain) Step(d Day, fiscalStart time.Month) Step {
	m := d.Month()
	months := func(name string, first Month, n Month) Step { return Step{name, first.First(), (first + n - 1).Last()} }
	year, inYear := int(m)/12, m%12
	// The months since the fiscal year began that d lies in, and the year in which it ends.
	inFiscal := (inYear - Month(fiscalStart-1) + 12) % 12
	fiscalYear := int(m-inFiscal+11) / 12
	switch g {
	case GrainHour, GrainDay:
		return Step{d.String(), d, d}
	case GrainWeek:
		isoYear, week := d.Time().ISOWeek()
		monday := d - Day((d.Time().Weekday()+6)%7)
		return Step{fmt.Sprintf("%04d-W%02d", isoYear, week), monday, monday + 6}
	case GrainMonth:
		return months(m.String(), m, 1)
	case GrainQuarter:
		return months(fmt.Sprintf("%04d-Q%d", year, inYear/3+1), m-inYear%3, 3)
	case GrainYear:
		return months(fmt.Sprintf("%04d", year), m-inYear, 12)
	case GrainFiscalQuarter:
		return months(fmt.Sprintf("FY%04d-Q%d", fiscalYear, inFiscal/3+1), m-inFiscal%3, 3)
	case GrainFiscalYear:
		return months(fmt.Sprintf("FY%04d", fiscalYear), m-inFiscal, 12)
	case GrainNone, GrainUsual:
	}
	return Step{First: d, Last: d}
}

// Steps returns the steps that have a day from first to last, in their order. Of GrainHour
// these are the days, and of GrainNone there is one.
func (g Grain) Steps(first, last Day, fiscalStart time.Month) []Step {
	if g == GrainNone {
		return []Step{{First: first, Last: last}}
	}
	var steps []Step
	for d := first; d <= last; {
		s := g.Step(d, fiscalStart)
		steps = append(steps, s)
		d = s.Last + 1
	}
	return steps
}
