package finops

import (
	"fmt"
	"strings"
	"time"
)

// Day is a civil date in UTC, counted in days since 1970-01-01. Billing days of
// all supported providers begin at midnight UTC (docs/adr/0003-billing-day.md).
type Day int32

// Month is a calendar month, counted in months since January of year 0.
type Month int32

const secondsPerDay = 24 * 60 * 60

// NewDay returns the day of a civil date.
func NewDay(year int, month time.Month, day int) Day {
	return DayOfUnix(time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix())
}

// DayOfUnix returns the UTC day of a Unix time in seconds.
func DayOfUnix(sec int64) Day {
	d := sec / secondsPerDay
	if sec%secondsPerDay < 0 {
		d--
	}
	return Day(d)
}

// ParseDay reads YYYY-MM-DD; it answers CodeInvalid for anything else.
func ParseDay(text string) (Day, error) {
	t, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return 0, Errorf(CodeInvalid, "%q is not a day; write it as YYYY-MM-DD", text)
	}
	return DayOfUnix(t.Unix()), nil
}

// Time returns midnight UTC of the day.
func (d Day) Time() time.Time { return time.Unix(int64(d)*secondsPerDay, 0).UTC() }

// String prints YYYY-MM-DD.
func (d Day) String() string { return d.Time().Format(time.DateOnly) }

// Words writes a day as people do: "2 Jan 2006".
func (d Day) Words() string { return d.Time().Format("2 Jan 2006") }

// Month returns the month the day lies in.
func (d Day) Month() Month {
	t := d.Time()
	return Month(t.Year()*12 + int(t.Month()) - 1)
}

// MarshalText prints YYYY-MM-DD.
func (d Day) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads YYYY-MM-DD.
func (d *Day) UnmarshalText(text []byte) (err error) {
	*d, err = ParseDay(string(text))
	return err
}

// NewMonth returns a month of a year.
func NewMonth(year int, month time.Month) Month { return Month(year*12 + int(month) - 1) }

// DaysInWords writes a span of days as people do: "3 Nov 2026", "1–5 Nov 2026", "28 Oct – 5 Nov 2026"; a whole
// month is "Nov 2026".
func DaysInWords(first, last Day) string {
	from, to := first.Time(), last.Time()
	month := first.Month()
	switch {
	case first == last:
		return last.Words()
	case month == last.Month() && first == month.First() && last == month.Last():
		return month.Words()
	case month == last.Month():
		return from.Format("2–") + last.Words()
	case from.Year() == to.Year():
		return from.Format("2 Jan – ") + last.Words()
	}
	return first.Words() + " – " + last.Words()
}

// ParseMonth reads YYYY-MM; it answers CodeInvalid for anything else.
func ParseMonth(text string) (Month, error) {
	t, err := time.Parse("2006-01", text)
	if err != nil {
		return 0, Errorf(CodeInvalid, "%q is not a month; write it as YYYY-MM", text)
	}
	return NewMonth(t.Year(), t.Month()), nil
}

// writtenMonths are the layouts in which people and spreadsheets write a month.
var writtenMonths = []string{"2006-01", "January 2006", "Jan 2006", "Jan-06", "Jan 06", "Jan-2006", "01/2006", "1/2006", "2006/01", "2006/1", "2006-01-02"}

// ReadMonth reads a month as a person or a spreadsheet writes it: Nov 2026, November 2026, Nov-26, 11/2026, 2026-11, or a
// day of it as 2026-11-01. It answers CodeInvalid for anything else.
func ReadMonth(text string) (Month, error) {
	text = strings.TrimSpace(text)
	for _, layout := range writtenMonths {
		if t, err := time.Parse(layout, text); err == nil {
			return NewMonth(t.Year(), t.Month()), nil
		}
	}
	return 0, Errorf(CodeInvalid, "%q is not a month. Write it as Nov 2026 or 2026-11.", text)
}

// First returns the first day of the month.
func (m Month) First() Day { return NewDay(int(m)/12, time.Month(int(m)%12+1), 1) }

// Last returns the last day of the month.
func (m Month) Last() Day { return (m + 1).First() - 1 }

// String prints YYYY-MM.
func (m Month) String() string { return fmt.Sprintf("%04d-%02d", int(m)/12, int(m)%12+1) }

// Words writes a month as people do: "Jan 2006".
func (m Month) Words() string { return m.First().Time().Format("Jan 2006") }

// MarshalText prints YYYY-MM.
func (m Month) MarshalText() ([]byte, error) { return []byte(m.String()), nil }

// UnmarshalText reads YYYY-MM.
func (m *Month) UnmarshalText(text []byte) (err error) {
	*m, err = ParseMonth(string(text))
	return err
}
