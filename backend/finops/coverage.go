package finops

import (
	"maps"
	"slices"
)

// Coverage says on which days there are charges of something, such as a provider or one of its
// billing accounts: on all from First to Last but Missing.
type Coverage struct {
	First, Last Day
	Missing     []Day // rising
	// Monthly says that the charges have no daily detail: whole months are covered, those that have
	// a bill.
	Monthly bool
}

// Begun counts the charges of a bill that begin on a day.
type Begun struct {
	Day   Day
	Bill  Month // the billing month
	Long  bool  // they are over more than a day, so that they say nothing of the days in it
	Lines int64
}

// monthlyMost is the share of charges over more than a day, in parts of 10,000, from which all of
// them count as monthly.
const monthlyMost = 9500

// CoverageOf makes the Coverage of charges; where there are none it is the zero Coverage. A day is
// covered when a charge of at most a day begins on it. The span is that of the charges that lie in the
// month of their bill, as a correction of long ago, or a fee of next month, opens no gap. Where nearly
// all charges are over more than a day, and where they begin on the first days of several months and
// on no other day, they are monthly.
func CoverageOf(begun []Begun) Coverage {
	covered, inMonth, billed := map[Day]bool{}, map[Day]bool{}, map[Month]bool{}
	var lines, long int64
	for _, b := range begun {
		billed[b.Bill] = true
		if lines += b.Lines; b.Long {
			long += b.Lines
			continue
		}
		covered[b.Day] = true
		if b.Day.Month() == b.Bill {
			inMonth[b.Day] = true
		}
	}
	switch {
	case len(begun) == 0:
		return Coverage{}
	case len(inMonth) == 0 || long*10_000 >= lines*monthlyMost || onlyFirstDays(inMonth):
		return monthlyCoverage(billed)
	}
	days := slices.Sorted(maps.Keys(inMonth))
	c := Coverage{First: days[0], Last: days[len(days)-1]}
	for d := c.First; d <= c.Last; d++ {
		if !covered[d] {
			c.Missing = append(c.Missing, d)
		}
	}
	return c
}

// onlyFirstDays reports whether days are the first ones of several months.
func onlyFirstDays(days map[Day]bool) bool {
	for d := range days {
		if d != d.Month().First() {
			return false
		}
	}
	return len(days) > 1
}

// monthlyCoverage covers the months that have a bill.
func monthlyCoverage(billed map[Month]bool) Coverage {
	months := slices.Sorted(maps.Keys(billed))
	first, last := months[0], months[len(months)-1]
	c := Coverage{First: first.First(), Last: last.Last(), Monthly: true}
	for m := first; m <= last; m++ {
		for d := m.First(); d <= m.Last() && !billed[m]; d++ {
			c.Missing = append(c.Missing, d)
		}
	}
	return c
}

// Has reports whether there are charges of a day.
func (c *Coverage) Has(d Day) bool {
	_, missing := slices.BinarySearch(c.Missing, d)
	return d >= c.First && d <= c.Last && !missing
}

// Lacks lists the days of a span without charges, both ends of which are included.
func (c *Coverage) Lacks(from, to Day) (days []Day) {
	for d := from; d <= to; d++ {
		if !c.Has(d) {
			days = append(days, d)
		}
	}
	return days
}

// Complete reports whether a month is complete: it has charges on each of its days.
func (c *Coverage) Complete(m Month) bool { return len(c.Lacks(m.First(), m.Last())) == 0 }

// NewestDay is the newest day that is covered of several: the last of those with daily detail, and the
// end of the last month where only monthly charges reach into it. Charges of a month that is not over
// make no others late.
func NewestDay(list []Coverage) (newest Day) {
	none := true
	for _, monthly := range []bool{false, true} {
		for i := range list {
			if c := &list[i]; c.Monthly == monthly && (none || c.Last > newest && (!monthly || c.Last.Month() != newest.Month())) {
				newest, none = c.Last, false
			}
		}
	}
	return newest
}

// EndedAfter is from how many days behind the newest charges on something has ended rather than
// being late.
const EndedAfter = 46

// Late is how many days the charges are behind the newest ones of all; ended reports that they
// are so far behind that no more are to come, where late is 0. What is monthly is late from the end of the
// next month on.
func (c *Coverage) Late(newest Day) (late int, ended bool) {
	last := c.Last
	if c.Monthly {
		last = (c.Last.Month() + 1).Last()
	}
	late = int(newest - last)
	if ended = late >= EndedAfter; ended {
		late = 0
	}
	return max(late, 0), ended
}
