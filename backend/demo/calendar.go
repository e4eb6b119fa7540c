package demo

import "time"

// month is one billing month as days of the horizon, counted from 0; to is exclusive. A month is closed when the
// horizon reaches its last day, and only then has it an invoice, tax and support fees.
type month struct {
	from, to   int
	start, end time.Time
	name       string
	days       int
	complete   bool
}

// calendar is the horizon: its days, and what a day means for the business. Factors are exact integers.
type calendar struct {
	months  []month
	days    int
	weekend []bool
	monthOf []int
	trend   []int64
	season  []int64
	workday []int
	// hourlyFrom is the first day on which machines of AWS have lines of hours; one behind the last where they have none.
	hourlyFrom int
	detailed   bool
}

const (
	hoursOfDay       = 24
	hourlyMonthsBack = 1 // before the last one
)

const growthMonthlyPermille = 1015

func newCalendar(s settings) *calendar {
	first := time.Date(s.lastDay.Year(), s.lastDay.Month(), 1, 0, 0, 0, 0, time.UTC).AddDate(0, 1-s.months, 0)
	c := &calendar{workday: []int{0}}
	level := int64(1_000_000)
	for m := range s.months {
		start := first.AddDate(0, m, 0)
		end := start.AddDate(0, 1, 0)
		next := level * growthMonthlyPermille / 1000
		mo := month{from: c.days, start: start, end: end, name: start.Format("2006-01"), days: int(end.Sub(start).Hours() / 24)}
		for d := start; d.Before(end) && !d.After(s.lastDay); d = d.AddDate(0, 0, 1) {
			c.addDay(d, m, level+(next-level)*int64(d.Day()-1)/int64(mo.days))
		}
		mo.to = c.days
		mo.complete = mo.to-mo.from == mo.days
		c.months = append(c.months, mo)
		level = next
	}
	c.hourlyFrom, c.detailed = c.days, s.detailed()
	if c.detailed {
		c.hourlyFrom = max(0, c.monthFrom(hourlyMonthsBack))
	}
	return c
}

func (c *calendar) addDay(d time.Time, m int, trend int64) {
	off := d.Weekday() == time.Saturday || d.Weekday() == time.Sunday
	c.weekend = append(c.weekend, off)
	c.monthOf = append(c.monthOf, m)
	c.trend = append(c.trend, trend)
	c.season = append(c.season, season(d))
	work := c.workday[c.days]
	if !off {
		work++
	}
	c.workday = append(c.workday, work)
	c.days++
}

// season is the retail year in per-mille: the week of Black Friday, then Christmas trade.
func season(d time.Time) int64 {
	switch {
	case d.Month() == time.November && d.Day() >= 24:
		return 1280
	case d.Month() == time.December && d.Day() <= 22:
		return 1160
	case d.Month() == time.January:
		return 970
	}
	return 1000
}

// monthFrom returns the first day of the month that lies back months before the last one. It is negative when the
// horizon is too short for it, so that what happened then simply lies before the horizon.
func (c *calendar) monthFrom(back int) int {
	first := c.months[0].start
	then := c.months[len(c.months)-1].start.AddDate(0, -back, 0)
	return int(then.Sub(first).Hours() / 24)
}

func (c *calendar) date(day int) time.Time {
	return c.months[0].start.AddDate(0, 0, day)
}

func stamp(t time.Time) string { return t.Format(time.RFC3339) }
