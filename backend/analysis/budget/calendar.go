package budget

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"cloud-intelligence/backend/finops"
)

// Calendar is how the fiscal years of a budget are divided.
type Calendar struct {
	FirstMonth int  `json:"firstMonth,omitempty"` // of a fiscal year, 1 to 12; 0 = January
	Weeks      bool `json:"weeks,omitempty"`      // periods of 4, 4 and 5 weeks instead of months
}

// Period is a span of days under a name, both ends included.
type Period struct {
	Name        string
	First, Last finops.Day
}

// Words writes the period as people do: "Oct 2026", "Q4 2026", "FY2027, period 3", "5 Oct – 4 Nov 2026".
func (p Period) Words() string {
	if _, err := finops.ParseMonth(p.Name); err == nil || strings.Contains(p.Name, "/") {
		return finops.DaysInWords(p.First, p.Last)
	}
	year, part, ok := strings.Cut(p.Name, "-")
	switch {
	case !ok || len(part) < 2:
		return p.Name
	case !strings.HasPrefix(year, "FY"):
		return part + " " + year
	case part[0] == 'Q':
		return year + ", quarter " + part[1:]
	}
	return year + ", period " + strings.TrimLeft(part[1:], "0")
}

// Holds reports whether a day lies in the period.
func (p Period) Holds(d finops.Day) bool { return p.First <= d && d <= p.Last }

// Days is how many days the period has.
func (p Period) Days() int { return int(p.Last-p.First) + 1 }

var (
	monthName   = regexp.MustCompile(`^\d{4}-\d{2}$`)
	quarterName = regexp.MustCompile(`^(\d{4})-Q([1-4])$`)
	yearName    = regexp.MustCompile(`^\d{4}$`)
	fiscalName  = regexp.MustCompile(`^FY(\d{4})(?:-([QP])(\d{1,2}))?$`)
)

// Parse reads a period: a calendar month 2026-10, quarter 2026-Q4 or year 2026; a fiscal year FY2026, which is named by the
// year it ends in, its quarter FY2026-Q1 or its month FY2026-P01; or FROM/TO with two days. It answers CodeInvalid for anything else.
func (c Calendar) Parse(text string) (Period, error) {
	text = strings.TrimSpace(text)
	wrong := finops.Errorf(finops.CodeInvalid, "%q is not a period; write 2026-10, 2026-Q4, 2026, FY2026, FY2026-Q1, FY2026-P01 or FROM/TO.", text)
	months := func(first finops.Month, n finops.Month) Period {
		return Period{text, first.First(), (first + n - 1).Last()}
	}
	if from, to, ok := strings.Cut(text, "/"); ok {
		first, err := finops.ParseDay(from)
		if err != nil {
			return Period{}, wrong
		}
		last, err := finops.ParseDay(to)
		if err != nil || last < first {
			return Period{}, wrong
		}
		return Period{text, first, last}, nil
	}
	if monthName.MatchString(text) {
		m, err := finops.ParseMonth(text)
		if err != nil {
			return Period{}, wrong
		}
		return months(m, 1), nil
	}
	if m := quarterName.FindStringSubmatch(text); m != nil {
		return months(finops.NewMonth(number(m[1]), time.Month(3*number(m[2])-2)), 3), nil
	}
	if yearName.MatchString(text) {
		return months(finops.NewMonth(number(text), time.January), 12), nil
	}
	if m := fiscalName.FindStringSubmatch(text); m != nil {
		if p, ok := c.fiscal(number(m[1]), m[2], number(m[3])); ok {
			return p, nil
		}
	}
	return Period{}, wrong
}

// number reads digits; "" is 0.
func number(text string) int {
	n, _ := strconv.Atoi(text) // only digits come here
	return n
}

// fiscal is a part of a fiscal year: Q or P of a number, "" = all of it.
func (c Calendar) fiscal(year int, part string, n int) (Period, bool) {
	name := fmt.Sprintf("FY%04d", year)
	from, to := 1, 12
	switch part {
	case "Q":
		if n < 1 || n > 4 {
			return Period{}, false
		}
		name, from, to = fmt.Sprintf("%s-Q%d", name, n), 3*n-2, 3*n
	case "P":
		if n < 1 || n > 12 {
			return Period{}, false
		}
		name, from, to = fmt.Sprintf("%s-P%02d", name, n), n, n
	}
	first, _ := c.month(year, from)
	_, last := c.month(year, to)
	return Period{name, first, last}, true
}

// month is one of the twelve periods of a fiscal year.
func (c Calendar) month(year, n int) (first, last finops.Day) {
	if !c.Weeks {
		m := c.start(year) + finops.Month(n-1)
		return m.First(), m.Last()
	}
	weeks := func(n int) finops.Day { return finops.Day(7 * (13*(n/3) + 4*(n%3))) }
	begin := c.firstMonday(year)
	if first = begin + weeks(n-1); n == 12 {
		return first, c.firstMonday(year+1) - 1 // also in a year of 53 weeks
	}
	return first, begin + weeks(n) - 1
}

// start is the first month of the fiscal year that ends in a year.
func (c Calendar) start(year int) finops.Month {
	first := max(c.FirstMonth, 1)
	if first > 1 {
		year--
	}
	return finops.NewMonth(year, time.Month(first))
}

// firstMonday is the first day of a fiscal year of weeks: the Monday nearest to the first of its first month.
func (c Calendar) firstMonday(year int) finops.Day {
	d := c.start(year).First()
	after := (int(d.Time().Weekday()) + 6) % 7 // days since Monday
	if after <= 3 {
		return d - finops.Day(after)
	}
	return d + finops.Day(7-after)
}

// FiscalYear is the fiscal year that a day lies in, by the year it ends in.
func (c Calendar) FiscalYear(d finops.Day) int {
	year := int(d.Month()) / 12
	for y := year - 1; y <= year+2; y++ {
		first, _ := c.month(y, 1)
		if _, last := c.month(y, 12); first <= d && d <= last {
			return y
		}
	}
	return year
}

// Next is the period of the same kind that follows.
func (c Calendar) Next(p Period) Period {
	d := p.Last + 1
	name := fmt.Sprintf("%s/%s", d, d+finops.Day(p.Days())-1)
	switch {
	case monthName.MatchString(p.Name):
		name = d.Month().String()
	case quarterName.MatchString(p.Name):
		name = fmt.Sprintf("%s-Q%d", d.String()[:4], int(d.Month())%12/3+1)
	case yearName.MatchString(p.Name):
		name = d.String()[:4]
	case fiscalName.MatchString(p.Name):
		m := fiscalName.FindStringSubmatch(p.Name)
		year, n, most := number(m[1]), number(m[3])+1, map[string]int{"Q": 4, "P": 12}[m[2]]
		if n > most {
			year, n = year+1, 1
		}
		name = map[string]string{"": fmt.Sprintf("FY%04d", year), "Q": fmt.Sprintf("FY%04d-Q%d", year, n), "P": fmt.Sprintf("FY%04d-P%02d", year, n)}[m[2]]
	}
	next, err := c.Parse(name)
	if err != nil {
		return Period{name, d, d} // beyond the last year that has a name
	}
	return next
}
