package savings

import (
	"slices"
	"sort"

	"cloud-intelligence/backend/finops"
)

// lateDays at the end of a data set are not counted: providers add lines to them for two days.
const lateDays = 2

// DataSet is what one provider exports of one billing account, and its days with usage lines, in
// order.
type DataSet struct {
	Provider, Account string
	Days              []finops.Day
}

// calendar says which days of a data set count.
type calendar struct {
	DataSet
	asOf   finops.Day       // the last day that counts; meaningless when there is no day
	recent [recentDays]bool // by days back from asOf: those that count
}

// recentDays is how many days are asked for again and again: those that rules look at, and the same time before.
const recentDays = 2*lookbackMost + 2

// newCalendar counts days up to asOf at most; nil = as far as the data set can be relied on.
func newCalendar(set DataSet, asOf *finops.Day) *calendar {
	c := &calendar{DataSet: set}
	if len(set.Days) == 0 {
		return c
	}
	c.asOf = set.Days[len(set.Days)-1] - lateDays
	if asOf != nil && *asOf < c.asOf {
		c.asOf = *asOf
	}
	end, _ := slices.BinarySearch(c.Days, c.asOf+1)
	c.Days = c.Days[:end]
	for _, day := range c.Days {
		if back := c.asOf - day; back < recentDays {
			c.recent[back] = true
		}
	}
	return c
}

// counts reports whether a day up to asOf has usage lines.
func (c *calendar) counts(day finops.Day) bool {
	if back := c.asOf - day; back < recentDays {
		return back >= 0 && c.recent[back]
	}
	_, found := slices.BinarySearch(c.Days, day)
	return found
}

// counted is the number of days with usage lines from one day to another, both included.
func (c *calendar) counted(from, to finops.Day) int {
	to = min(to, c.asOf)
	if from > to {
		return 0
	}
	first := sort.Search(len(c.Days), func(i int) bool { return c.Days[i] >= from })
	behind := sort.Search(len(c.Days), func(i int) bool { return c.Days[i] > to })
	return behind - first
}

// start is the first day of a lookback.
func (c *calendar) start(lookback int) finops.Day { return c.asOf - finops.Day(lookback) + 1 }

// goneBefore is the day before which a last line means that the resource is gone: the last but one
// that counts.
func (c *calendar) goneBefore() finops.Day {
	if len(c.Days) < lateDays {
		return c.asOf
	}
	return c.Days[len(c.Days)-lateDays]
}

// part is how much of a charge lies in a lookback: so many days of all of its days.
type part struct {
	days, of int64
	from, to finops.Day // the days of the charge that count, ends
}

// longest is the length of a charge, in seconds, above which it is spread over its days.
const longest = 25 * 3600

// partOf is the part of a charge that lies on counted days from a day on; days is 0 where none does.
func (c *calendar) partOf(day finops.Day, start, end int64, from finops.Day) part {
	if start == NoTime || end == NoTime || end-start <= longest {
		if day < from || day > c.asOf || !c.counts(day) {
			return part{}
		}
		return part{1, 1, day, day}
	}
	first, last := finops.DayOfUnix(start), finops.DayOfUnix(end-1)
	p := part{of: int64(last-first) + 1, from: max(first, from), to: min(last, c.asOf)}
	p.days = int64(c.counted(p.from, p.to))
	return p
}
