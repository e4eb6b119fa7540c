package spend

import (
	"slices"
	"strings"

	"cloud-intelligence/backend/finops"
)

// Window is a span of days, both ends included.
type Window struct{ From, To finops.Day }

// Days is the number of days.
func (w Window) Days() int { return int(w.To-w.From) + 1 }

// Spans are the runs of rising days.
func Spans(days []finops.Day) (spans []Window) {
	for _, d := range days {
		if n := len(spans); n > 0 && spans[n-1].To == d-1 {
			spans[n-1].To = d
			continue
		}
		spans = append(spans, Window{d, d})
	}
	return spans
}

// Base says with what a period is compared.
type Base string

// The bases. BasePrevious is what comes just before: where a period begins with a month, the
// same days so many months earlier as it reaches into, whole months where it ends with one; else
// as many days.
const (
	BaseNone          Base = "none"
	BasePrevious      Base = "previous"
	BasePreviousMonth Base = "previous-month" // the whole month before the one in which the period begins
	BaseLastYear      Base = "last-year"      // the same days a year before
	BaseCustom        Base = "custom"         // a span that the person names
)

// Bases lists the bases.
var Bases = []Base{BaseNone, BasePrevious, BasePreviousMonth, BaseLastYear, BaseCustom}

// ParseBase reads a base by its name; "" is BaseNone.
func ParseBase(text string) (Base, error) {
	b := Base(strings.ToLower(text))
	if b == "" {
		return BaseNone, nil
	}
	if slices.Contains(Bases, b) {
		return b, nil
	}
	return "", finops.Errorf(finops.CodeInvalid, "%q is not a period to compare with; use none, previous, previous-month, last-year or custom.", text)
}

// Window returns the span with which a period is compared; ok is false for BaseNone and
// BaseCustom.
func (b Base) Window(now Window) (before Window, ok bool) {
	first, last := now.From.Month(), now.To.Month()
	startsMonth, endsMonth := now.From == first.First(), now.To == last.Last()
	switch b {
	case BasePrevious:
		if !startsMonth {
			return Window{now.From - finops.Day(now.Days()), now.From - 1}, true
		}
		shift := last - first + 1
		end := last - shift
		to := min(end.First()+(now.To-last.First()), end.Last())
		if endsMonth {
			to = end.Last()
		}
		return Window{(first - shift).First(), to}, true
	case BasePreviousMonth:
		return Window{(first - 1).First(), (first - 1).Last()}, true
	case BaseLastYear:
		to := yearBefore(now.To)
		if endsMonth {
			to = (last - 12).Last()
		}
		return Window{yearBefore(now.From), to}, true
	case BaseNone, BaseCustom:
	}
	return Window{}, false
}

// yearBefore is the same day a year before; of 29 February the 28th.
func yearBefore(d finops.Day) finops.Day {
	m := d.Month()
	return min((m-12).First()+(d-m.First()), (m - 12).Last())
}

// Coverage says on which days a provider has charges.
type Coverage struct {
	Provider string // "" = charges that name none
	finops.Coverage
}

// openFrom is the first day of the month whose charges are still coming in, where that reaches
// into a window: the month of the newest charges, as long as they do not reach its end.
func (h *Coverage) openFrom(now Window) (finops.Day, bool) {
	m := h.Last.Month()
	return m.First(), h.Last < m.Last() && m.Last() >= now.From && m >= now.To.Month()-1
}

// Missing names the days of the two periods on which a provider has no charges.
type Missing struct {
	Provider    string
	Now, Before []finops.Day
}

// Stretch is a part of what is compared: the days of both periods for some providers.
type Stretch struct {
	Providers   []string
	Now, Before Window
	// Apart leaves out what is usually booked later, since the month is still coming in: charges
	// for a whole month, and taxes.
	Apart bool
}

// comparing is a comparison while it is made.
type comparing struct {
	c     Comparison
	parts []Stretch           // the periods by months, of no provider
	days  map[finops.Day]bool // of the period, that are compared
	used  map[finops.Day]bool // of the earlier one
}

// Compare divides two periods into the stretches that can be compared. Where both begin with a
// month they are compared month by month. A provider that has charges on all days of a month, or
// of both periods, counts as a whole, also where one month is longer. Of another one, and where
// one side is cut, the first day is compared with the first of the other and so on, where it has
// charges on both; so providers that lag, or whose exports have holes, change nothing by that. A
// provider without such days is in no stretch.
func Compare(now, before Window, coverage []Coverage) *Comparison {
	m := comparing{c: Comparison{Before: before}, parts: parts(now, before), days: map[finops.Day]bool{}, used: map[finops.Day]bool{}}
	for i := range coverage {
		m.add(&coverage[i], now, before)
	}
	c := m.c
	c.Days = len(m.days)
	c.Unused = Spans(m.unused(before, coverage))
	c.whole = len(c.Missing) == 0 && len(c.Stretches) == 1 && c.Stretches[0].Now == now && c.Stretches[0].Before == before
	if len(c.Stretches) == 0 {
		c.Reason = ReasonNoCommonDays
		if !slices.ContainsFunc(coverage, func(h Coverage) bool { return len(h.Lacks(before.From, before.To)) < before.Days() }) {
			c.Reason = ReasonNothingBefore
		}
	}
	return &c
}

// parts are two periods month by month where both begin with a month; else they are one part.
func parts(now, before Window) []Stretch {
	if now.From != now.From.Month().First() || before.From != before.From.Month().First() {
		return []Stretch{{Now: now, Before: before}}
	}
	var list []Stretch
	for at := finops.Month(0); ; at++ {
		a, b := now.From.Month()+at, before.From.Month()+at
		if a.First() > now.To || b.First() > before.To {
			return list
		}
		list = append(list, Stretch{Now: Window{a.First(), min(a.Last(), now.To)}, Before: Window{b.First(), min(b.Last(), before.To)}})
	}
}

// same reports whether two windows are compared as they are: as long as each other, or months.
func (s *Stretch) same() bool {
	month := func(w Window) bool { return w.To == w.From.Month().Last() }
	return s.Now.Days() == s.Before.Days() || (month(s.Now) && month(s.Before))
}

func (m *comparing) add(h *Coverage, now, before Window) {
	if missing := (Missing{h.Provider, h.Lacks(now.From, now.To), h.Lacks(before.From, before.To)}); len(missing.Now)+len(missing.Before) > 0 {
		m.c.Missing = append(m.c.Missing, missing)
	}
	openFrom, open := h.openFrom(now)
	var own []Stretch
	for _, p := range m.parts {
		p.Apart = open && p.Now.To >= openFrom
		found := h.common(p)
		if p.Apart && len(found) > 0 {
			m.c.Later = joined(m.c.Later, h.Provider, p)
		}
		for _, s := range found {
			if n := len(own); n > 0 && own[n-1].Now.To == s.Now.From-1 && own[n-1].Before.To == s.Before.From-1 && own[n-1].Apart == s.Apart {
				own[n-1].Now.To, own[n-1].Before.To = s.Now.To, s.Before.To
				continue
			}
			own = append(own, s)
		}
	}
	for _, s := range own {
		for d := s.Now.From; d <= s.Now.To; d++ {
			m.days[d] = true
		}
		for d := s.Before.From; d <= s.Before.To; d++ {
			m.used[d] = true
		}
		m.c.Stretches = joined(m.c.Stretches, h.Provider, s)
	}
}

// unused are the days of the earlier period that have charges and are in no stretch.
func (m *comparing) unused(before Window, coverage []Coverage) (days []finops.Day) {
	for d := before.From; d <= before.To; d++ {
		if !m.used[d] && slices.ContainsFunc(coverage, func(h Coverage) bool { return h.Has(d) }) {
			days = append(days, d)
		}
	}
	return days
}

// common are the stretches of a part that can be compared.
func (h *Coverage) common(p Stretch) (list []Stretch) {
	if p.same() && len(h.Lacks(p.Now.From, p.Now.To))+len(h.Lacks(p.Before.From, p.Before.To)) == 0 {
		return []Stretch{p}
	}
	days := finops.Day(min(p.Now.Days(), p.Before.Days()))
	both := func(at finops.Day) bool { return at < days && h.Has(p.Now.From+at) && h.Has(p.Before.From+at) }
	for at := finops.Day(0); at < days; at++ {
		if !both(at) {
			continue
		}
		first := at
		for both(at + 1) {
			at++
		}
		list = append(list, Stretch{Now: Window{p.Now.From + first, p.Now.From + at}, Before: Window{p.Before.From + first, p.Before.From + at}, Apart: p.Apart})
	}
	return list
}

// joined adds a provider to the stretch of the same days.
func joined(stretches []Stretch, provider string, s Stretch) []Stretch {
	i := slices.IndexFunc(stretches, func(o Stretch) bool { return o.Now == s.Now && o.Before == s.Before && o.Apart == s.Apart })
	if i < 0 {
		i = len(stretches)
		stretches = append(stretches, s)
	}
	stretches[i].Providers = append(stretches[i].Providers, provider)
	return stretches
}
