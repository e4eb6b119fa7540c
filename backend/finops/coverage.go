package finops

import "slices"

// Coverage says on which days there are charges of something, such as a provider: on all from
// First to Last but Missing.
type Coverage struct {
	First, Last Day
	Missing     []Day // rising
}

// CoverageOf makes a Coverage of the days on which charges begin. Where these are the first days of
// several months and no other day, the charges are monthly: each covers its month.
func CoverageOf(days map[Day]bool) Coverage {
	var c Coverage
	first, monthly := true, true
	months := map[Month]bool{}
	for d := range days {
		if first || d < c.First {
			c.First = d
		}
		if first || d > c.Last {
			c.Last = d
		}
		first = false
		monthly = monthly && d == d.Month().First()
		months[d.Month()] = true
	}
	if monthly = monthly && len(months) > 1; monthly {
		c.Last = c.Last.Month().Last()
	}
	for d := c.First; d <= c.Last && !first; d++ {
		if !days[d] && (!monthly || !months[d.Month()]) {
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

// endedAfter is from how many days behind the newest charges on something has ended rather than
// being late.
const endedAfter = 46

// Late is how many days the charges are behind the newest ones of all; ended reports that they
// are so far behind that no more are to come, where late is 0.
func (c *Coverage) Late(newest Day) (late int, ended bool) {
	late = int(newest - c.Last)
	if ended = late >= endedAfter; ended {
		late = 0
	}
	return max(late, 0), ended
}
