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

// The bases. BasePrevious is what comes just before: the months before whole months, the
// same days of the month before where a period begins with a month and ends within it, else as
// many days.
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
		switch {
		case startsMonth && endsMonth:
			return Window{(first - (last - first + 1)).First(), (first - 1).Last()}, true
		case startsMonth && first == last:
			return Window{(first - 1).First(), min((first-1).First()+now.To-now.From, (first - 1).Last())}, true
		}
		return Window{now.From - finops.Day(now.Days()), now.From - 1}, true
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

// Coverage says on which days a provider has charges: all from First to Last but Missing.
type Coverage struct {
	Provider    string // "" = charges that name none
	First, Last finops.Day
	Missing     []finops.Day // rising
}

// has reports whether there are charges of a day.
func (c *Coverage) has(d finops.Day) bool {
	_, missing := slices.BinarySearch(c.Missing, d)
	return d >= c.First && d <= c.Last && !missing
}

// missing lists the days of a window without charges.
func (c *Coverage) missing(w Window) (days []finops.Day) {
	for d := w.From; d <= w.To; d++ {
		if !c.has(d) {
			days = append(days, d)
		}
	}
	return days
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
}

// Compare divides two periods into the stretches that can be compared. A provider that has
// charges on all days of both counts as a whole, also where one period is a longer month. Of
// another one, the first day of one period is compared with the first of the other and so on,
// where it has charges on both; so providers that lag, or whose exports have holes, change
// nothing by that. A provider without such days is in no stretch.
func Compare(now, before Window, coverage []Coverage) (stretches []Stretch, missing []Missing) {
	add := func(provider string, s Stretch) {
		i := slices.IndexFunc(stretches, func(o Stretch) bool { return o.Now == s.Now && o.Before == s.Before })
		if i < 0 {
			i = len(stretches)
			stretches = append(stretches, s)
		}
		stretches[i].Providers = append(stretches[i].Providers, provider)
	}
	for i := range coverage {
		c := &coverage[i]
		m := Missing{c.Provider, c.missing(now), c.missing(before)}
		if len(m.Now)+len(m.Before) == 0 {
			add(c.Provider, Stretch{Now: now, Before: before})
			continue
		}
		missing = append(missing, m)
		days := finops.Day(min(now.Days(), before.Days()))
		both := func(at finops.Day) bool { return at < days && c.has(now.From+at) && c.has(before.From+at) }
		for at := finops.Day(0); at < days; at++ {
			if !both(at) {
				continue
			}
			first := at
			for both(at + 1) {
				at++
			}
			add(c.Provider, Stretch{Now: Window{now.From + first, now.From + at}, Before: Window{before.From + first, before.From + at}})
		}
	}
	return stretches, missing
}
