package spend

import (
	"slices"
	"strings"
	"time"

	"cloud-intelligence/backend/finops"
)

// Preset names a period that is counted from the newest day of the data, not from today: an old
// bill opens on its own latest month.
type Preset string

// The presets. Full months, quarters and years end on or before the newest day.
const (
	PresetMonth       Preset = "mtd"          // the month of the newest day, up to that
	PresetFullMonth   Preset = "last-month"   // the last full month
	PresetQuarter     Preset = "qtd"          // the quarter of the newest day, up to that
	PresetFullQuarter Preset = "last-quarter" // the last full quarter
	PresetYear        Preset = "ytd"          // the year of the newest day, up to that
	PresetFullYear    Preset = "last-year"    // the last full year
	PresetThree       Preset = "3m"           // three months, of which the last is that of the newest day
	PresetFullThree   Preset = "3m-full"      // the last three full months
	PresetSix         Preset = "6m"           // as PresetThree
	PresetTwelve      Preset = "12m"          // as PresetThree
	PresetFullTwelve  Preset = "12m-full"     // as PresetFullThree
	PresetAll         Preset = "all"          // all days
)

// Presets lists the presets.
var Presets = []Preset{
	PresetMonth, PresetFullMonth, PresetQuarter, PresetFullQuarter, PresetYear, PresetFullYear,
	PresetThree, PresetFullThree, PresetSix, PresetTwelve, PresetFullTwelve, PresetAll,
}

// Label is the preset in words.
func (p Preset) Label() string {
	return map[Preset]string{
		PresetMonth: "Latest month to date", PresetFullMonth: "Last full month", PresetQuarter: "Latest quarter to date", PresetFullQuarter: "Last full quarter",
		PresetYear: "Latest year to date", PresetFullYear: "Last full year", PresetThree: "Last 3 months to date", PresetFullThree: "Last 3 full months",
		PresetSix: "Last 6 months to date", PresetTwelve: "Last 12 months to date", PresetFullTwelve: "Last 12 full months", PresetAll: "All time",
	}[p]
}

// ParsePreset reads a preset by its name.
func ParsePreset(text string) (Preset, error) {
	if p := Preset(strings.ToLower(text)); slices.Contains(Presets, p) {
		return p, nil
	}
	names := make([]string, len(Presets))
	for i, p := range Presets {
		names[i] = string(p)
	}
	return "", finops.Errorf(finops.CodeInvalid, "%q is not a period; use one of %s.", text, strings.Join(names, ", "))
}

// Period is a span of days with what its data lacks.
type Period struct {
	Window
	SoFar    bool // it is the part of one month for which there is data so far, and more is to come
	Complete bool // all of its months are complete, and it has no part of a month
}

// Period returns the days of a preset in data that reaches from the first day to the last.
// Quarters and years are those of fiscal years that start in the month fiscalStart.
func (p Preset) Period(data Window, fiscalStart time.Month) Window {
	m := data.To.Month()
	full := m // the last month that has ended
	if data.To < m.Last() {
		full--
	}
	months := func(n finops.Month) Window { return Window{(m - n + 1).First(), data.To} }
	fullMonths := func(n finops.Month) Window { return Window{(full - n + 1).First(), full.Last()} }
	step := func(grain finops.Grain) Window {
		s := grain.Step(data.To, fiscalStart)
		return Window{s.First, data.To}
	}
	fullStep := func(grain finops.Grain) Window {
		s := grain.Step(data.To, fiscalStart)
		if s.Last > data.To {
			s = grain.Step(s.First-1, fiscalStart)
		}
		return Window{s.First, s.Last}
	}
	switch p {
	case PresetMonth:
		return months(1)
	case PresetFullMonth:
		return fullMonths(1)
	case PresetQuarter:
		return step(finops.GrainFiscalQuarter)
	case PresetFullQuarter:
		return fullStep(finops.GrainFiscalQuarter)
	case PresetYear:
		return step(finops.GrainFiscalYear)
	case PresetFullYear:
		return fullStep(finops.GrainFiscalYear)
	case PresetThree:
		return months(3)
	case PresetFullThree:
		return fullMonths(3)
	case PresetSix:
		return months(6)
	case PresetTwelve:
		return months(12)
	case PresetFullTwelve:
		return fullMonths(12)
	case PresetAll:
	}
	return data
}

// Describe says of a span what data that ends on the newest day lacks, seen today; complete reports
// whether a month is complete.
func Describe(w Window, newest, today finops.Day, complete func(finops.Month) bool) Period {
	p := Period{Window: w, SoFar: w.To == newest && w.To < w.To.Month().Last() && w.From.Month() == w.To.Month() && today-newest < finops.EndedAfter}
	p.Complete = w.From == w.From.Month().First() && w.To == w.To.Month().Last()
	for m := w.From.Month(); m <= w.To.Month() && p.Complete; m++ {
		p.Complete = complete(m)
	}
	return p
}

// daysMost is how long a period is at most of which a chart usually goes by days.
const daysMost = 92

// UsualGrain is the step of a chart of a period unless a person chooses another.
func UsualGrain(w Window) finops.Grain {
	if w.Days() > daysMost {
		return finops.GrainMonth
	}
	return finops.GrainDay
}

// contextDays and contextMonths are how long a chart of a short period is.
const (
	contextDays   = 90
	contextMonths = 13
)

// Context is the window of a chart of a period by a step: whole steps, and so far around a short
// period that it has its context, within the data. Where the data ends near the period the chart
// ends with it, so that what a person picks of a chart does not move it.
func Context(period, data Window, grain finops.Grain) Window {
	var w Window
	start := period.From
	if grain == finops.GrainDay {
		w.To = period.To + finops.Day(ahead(int(period.To-period.From)+1, int(data.To-period.From)+1, int(data.To-period.To), contextDays))
		w.From = min(start, w.To-contextDays+1)
	} else {
		first, last, end := period.From.Month(), period.To.Month(), data.To.Month()
		start = first.First()
		to := last + finops.Month(ahead(int(last-first)+1, int(end-first)+1, int(end-last), contextMonths))
		w = Window{min(start, (to - contextMonths + 1).First()), to.Last()}
	}
	if w.From < data.From && start >= data.From {
		w.From = data.From
	}
	if w.To > data.To && period.To <= data.To {
		w.To = data.To
	}
	return w
}

// ahead is how many steps a chart goes on after its period. The period has so many steps; from
// its begin to the end of the data there are toEnd, after its end there are after.
func ahead(steps, toEnd, after, chart int) int {
	if toEnd <= chart {
		return max(after, 0)
	}
	return max(0, min(chart/2, chart-steps, after))
}
