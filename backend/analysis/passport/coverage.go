package passport

import (
	"maps"
	"slices"

	"cloud-intelligence/backend/finops"
)

// Coverage says which days and months have data.
type Coverage struct {
	FirstDay, LastDay     finops.Day // of the charges; meaningful when Months is not empty
	FirstMonth, LastMonth finops.Month
	Days                  int // days of the span
	CoveredDays           int // days of the span with charges; Days less MissingDays
	MissingDays           []finops.Day
	MissingMonths         []finops.Month // billing months of the span without a bill
	Months                []Month        // every month that a charge or a bill lies in, and those between
	CompleteMonths        int
	CoveredTo             finops.Day // LastDay; where there is no daily detail, the end of the last month, at most today
	BehindDays            int        // from CoveredTo to today; negative when charges lie ahead
	LateDays              []finops.Day
	LateLines, EarlyLines int64
	JudgedByDay           bool // false where charges span months, so that days cannot be missing

	known finops.Coverage // what decides whether a month is complete
}

// Through is the day to which there are charges: the last one on which some begin or, where there is no daily
// detail, CoveredTo.
func (c *Coverage) Through() finops.Day {
	if c.JudgedByDay {
		return c.LastDay
	}
	return c.CoveredTo
}

// Month is a calendar month of the span.
type Month struct {
	Month    finops.Month
	Lines    []int64 // charges that begin on each day, from the first to the last
	Late     []int64 // of these, those of a later bill; nil = none
	Missing  []finops.Day
	Complete bool
	Running  bool // today lies in it
	Billed   bool // there is a bill of the month
}

// DayState says what is known of a day.
type DayState string

// The states of a day.
const (
	DayCovered DayState = "covered"
	DayMissing DayState = "missing"
	DayLate    DayState = "late"    // only charges of a later bill
	DayOutside DayState = "outside" // not part of the span
)

// states says of each day of a month whether it has data.
func (c *Coverage) states(m *Month) []DayState {
	states := make([]DayState, len(m.Lines))
	for i, lines := range m.Lines {
		switch day := m.Month.First() + finops.Day(i); {
		case day < c.FirstDay || day > c.LastDay:
			states[i] = DayOutside
		case m.Late != nil && m.Late[i] > 0 && m.Late[i] == lines:
			states[i] = DayLate
		default:
			states[i] = DayCovered
		}
	}
	for _, missing := range m.Missing {
		states[missing-m.Month.First()] = DayMissing
	}
	return states
}

// Grain says how long the charge periods are.
type Grain struct {
	Word      string // hourly, daily, monthly, mixed, unknown
	Usage     bool   // judged by usage lines; else there are none, and all lines were taken
	Lengths   [finops.LengthCount]int64
	Hours     int // days with hourly usage
	HoursFrom finops.Day
	HoursTo   finops.Day
}

// grainMost is the share of lines of one length from which the data set has that grain.
const grainMost = 9500

func grainOf(spells []Spell) Grain {
	g := Grain{Usage: slices.ContainsFunc(spells, func(s Spell) bool { return s.Usage })}
	hours := map[finops.Day]bool{}
	var total int64
	for _, s := range spells {
		if g.Usage && !s.Usage {
			continue
		}
		g.Lengths[s.Length] += s.Lines
		total += s.Lines
		if s.Length == finops.LengthHour {
			if len(hours) == 0 || s.Day < g.HoursFrom {
				g.HoursFrom = s.Day
			}
			if len(hours) == 0 || s.Day > g.HoursTo {
				g.HoursTo = s.Day
			}
			hours[s.Day] = true
		}
	}
	g.Hours = len(hours)
	g.Word = "mixed"
	for length, word := range map[finops.Length]string{finops.LengthUnknown: "unknown", finops.LengthHour: "hourly", finops.LengthDay: "daily", finops.LengthMonth: "monthly"} {
		if n, ok := RatioOfCounts(g.Lengths[length], total); ok && n >= grainMost {
			g.Word = word
		}
	}
	if total == 0 {
		g.Word = "unknown"
	}
	return g
}

// coverageOf calculates the days and months of charges.
func coverageOf(spells []Spell, today finops.Day) Coverage {
	var c Coverage
	if len(spells) == 0 {
		return c
	}
	c.FirstMonth, c.LastMonth = spells[0].Month, spells[0].Month
	days, late, billed := map[finops.Day]bool{}, map[finops.Day]bool{}, map[finops.Month]bool{}
	begun := make([]finops.Begun, len(spells))
	for i, s := range spells {
		c.FirstMonth, c.LastMonth = min(c.FirstMonth, s.Month), max(c.LastMonth, s.Month)
		days[s.Day], billed[s.Month] = true, true
		switch {
		case s.Day < s.Month.First():
			late[s.Day] = true
			c.LateLines += s.Lines
		case s.Day > s.Month.Last():
			c.EarlyLines += s.Lines
		}
		begun[i] = finops.Begun{Day: s.Day, Bill: s.Month, Long: s.Length == finops.LengthMonth || s.Length == finops.LengthOther, Lines: s.Lines}
	}
	c.LateDays = sorted(late)
	c.known = finops.CoverageOf(begun)
	if c.JudgedByDay = !c.known.Monthly; c.JudgedByDay {
		c.FirstDay, c.LastDay, c.MissingDays = c.known.First, c.known.Last, c.known.Missing
	} else {
		c.FirstDay, c.LastDay = spanOf(days)
	}
	c.Days = int(c.LastDay-c.FirstDay) + 1
	c.CoveredDays = c.Days - len(c.MissingDays)
	for m := c.FirstMonth; m <= c.LastMonth; m++ {
		if !billed[m] {
			c.MissingMonths = append(c.MissingMonths, m)
		}
	}
	if c.CoveredTo = c.LastDay; !c.JudgedByDay {
		c.known.Last = min(c.known.Last, today) // the month goes on
		c.CoveredTo = max(c.LastDay, c.known.Last)
	}
	c.BehindDays = int(today - c.CoveredTo)
	c.months(spells, billed, today)
	return c
}

func spanOf(days map[finops.Day]bool) (first, last finops.Day) {
	none := true
	for d := range days {
		if none || d < first {
			first = d
		}
		if none || d > last {
			last = d
		}
		none = false
	}
	return first, last
}

func (c *Coverage) months(spells []Spell, billed map[finops.Month]bool, today finops.Day) {
	first, last := min(c.FirstMonth, c.FirstDay.Month()), max(c.LastMonth, c.LastDay.Month())
	for m := first; m <= last; m++ {
		c.Months = append(c.Months, Month{Month: m, Lines: make([]int64, m.Last()-m.First()+1), Running: today.Month() == m, Billed: billed[m]})
	}
	for _, s := range spells {
		if s.Day < first.First() || s.Day > last.Last() {
			continue // a fee that began before the span
		}
		m := &c.Months[s.Day.Month()-first]
		at := s.Day - m.Month.First()
		m.Lines[at] += s.Lines
		if s.Day < s.Month.First() {
			if m.Late == nil {
				m.Late = make([]int64, len(m.Lines))
			}
			m.Late[at] += s.Lines
		}
	}
	for _, d := range c.MissingDays {
		m := &c.Months[d.Month()-first]
		m.Missing = append(m.Missing, d)
	}
	for i := range c.Months {
		m := &c.Months[i]
		m.Complete = m.Billed && !m.Running && c.known.Complete(m.Month) // on its last day a month still runs
		if m.Complete {
			c.CompleteMonths++
		}
	}
}

// providersOf is the coverage of each provider, whose accounts and exports cover days together, as
// everywhere in the app.
func providersOf(sets []SetFacts, today finops.Day) (list []Coverage) {
	spells := map[string][]Spell{}
	for _, s := range sets {
		spells[s.Provider] = append(spells[s.Provider], s.Spells...)
	}
	for _, provider := range slices.Sorted(maps.Keys(spells)) {
		list = append(list, coverageOf(spells[provider], today))
	}
	return list
}

// together is the coverage of all providers: a day is missing when a provider lacks it within its
// own span, or when it lies between the spans of all, and a month is complete when it is for
// every provider that reaches into it. A bill is missing when a data set lacks it within its
// own span, or when there is none of the month at all.
func together(providers []Coverage, sets []Set) Coverage {
	var all Coverage
	missing, gone, late := map[finops.Day]bool{}, map[finops.Month]bool{}, map[finops.Day]bool{}
	months := map[finops.Month]*Month{}
	for _, c := range providers {
		if len(c.Months) == 0 {
			continue
		}
		if len(months) == 0 {
			all.FirstDay, all.LastDay, all.CoveredTo = c.FirstDay, c.LastDay, c.CoveredTo
			all.FirstMonth, all.LastMonth, all.BehindDays = c.FirstMonth, c.LastMonth, c.BehindDays
		}
		all.FirstDay, all.LastDay = min(all.FirstDay, c.FirstDay), max(all.LastDay, c.LastDay)
		all.FirstMonth, all.LastMonth = min(all.FirstMonth, c.FirstMonth), max(all.LastMonth, c.LastMonth)
		all.CoveredTo, all.BehindDays = max(all.CoveredTo, c.CoveredTo), min(all.BehindDays, c.BehindDays)
		all.LateLines += c.LateLines
		all.EarlyLines += c.EarlyLines
		all.JudgedByDay = all.JudgedByDay || c.JudgedByDay
		mark(missing, c.MissingDays)
		mark(late, c.LateDays)
		for _, m := range c.Months {
			joinMonth(months, m)
		}
	}
	for _, s := range sets {
		mark(gone, s.Coverage.MissingMonths)
	}
	all.between(providers, missing, gone, months)
	all.MissingDays, all.MissingMonths, all.LateDays = sorted(missing), sorted(gone), sorted(late)
	if len(months) > 0 {
		all.Days = int(all.LastDay-all.FirstDay) + 1
		all.CoveredDays = all.Days - len(all.MissingDays)
	}
	for _, m := range months {
		slices.Sort(m.Missing)
		m.Missing = slices.Compact(m.Missing)
		all.Months = append(all.Months, *m)
		if m.Complete {
			all.CompleteMonths++
		}
	}
	slices.SortFunc(all.Months, func(a, b Month) int { return int(a.Month - b.Month) })
	return all
}

// between adds the days that no provider reaches, and the months of which there is no bill at all.
func (c *Coverage) between(providers []Coverage, missing map[finops.Day]bool, gone map[finops.Month]bool, months map[finops.Month]*Month) {
	if len(months) == 0 {
		return
	}
	days := map[finops.Day]bool{}
	for _, p := range providers {
		for first, last := p.reach(); first <= last; first++ {
			days[first] = true
		}
	}
	for m := c.FirstMonth; m <= c.LastMonth; m++ {
		if months[m] == nil || !months[m].Billed {
			gone[m] = true
		}
	}
	for m := min(c.FirstMonth, c.FirstDay.Month()); m <= max(c.LastMonth, c.LastDay.Month()); m++ {
		if months[m] == nil {
			months[m] = &Month{Month: m, Lines: make([]int64, m.Last()-m.First()+1)}
		}
		for d := max(m.First(), c.FirstDay); d <= min(m.Last(), c.LastDay); d++ {
			if !days[d] {
				missing[d] = true
				months[m].Missing = append(months[m].Missing, d)
			}
		}
	}
}

// reach returns the days that the charges are about: where there is no daily detail, its whole months.
func (c *Coverage) reach() (first, last finops.Day) {
	switch {
	case len(c.Months) == 0:
		return 1, 0
	case c.JudgedByDay:
		return c.FirstDay, c.LastDay
	}
	return min(c.FirstDay, c.FirstMonth.First()), max(c.LastDay, c.LastMonth.Last())
}

func mark[K comparable](m map[K]bool, list []K) {
	for _, k := range list {
		m[k] = true
	}
}

func sorted[K finops.Day | finops.Month](m map[K]bool) []K {
	var list []K
	for k := range m {
		list = append(list, k)
	}
	slices.Sort(list)
	return list
}

func joinMonth(months map[finops.Month]*Month, m Month) {
	have := months[m.Month]
	if have == nil {
		m.Lines, m.Late, m.Missing = slices.Clone(m.Lines), slices.Clone(m.Late), slices.Clone(m.Missing)
		months[m.Month] = &m
		return
	}
	for i, n := range m.Lines {
		have.Lines[i] += n
	}
	if m.Late != nil && have.Late == nil {
		have.Late = make([]int64, len(have.Lines))
	}
	for i, n := range m.Late {
		have.Late[i] += n
	}
	have.Missing = append(have.Missing, m.Missing...)
	have.Complete = have.Complete && m.Complete
	have.Billed = have.Billed || m.Billed
}
