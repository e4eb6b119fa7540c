package mappedfile

import (
	"strings"
	"time"
)

// moment is a date as a table spells it.
type moment struct {
	time  time.Time // UTC
	day   bool      // without a time of day
	month bool      // without a day
}

func (m moment) text() string { return m.time.Format("2006-01-02T15:04:05Z") }

const yearMin, yearMax = 1990, 2200

// readDate reads a date, with or without a time, in the spelling of a table. Of 03/10/2026
// it must be said which is the day; a time without a zone is UTC.
func readDate(text []byte, d Dates) (moment, bool) {
	const most = 64
	if len(text) > most {
		return moment{}, false
	}
	s := strings.TrimFunc(string(text), blank)
	if s == "" {
		return moment{}, false
	}
	if d == DatesUnix {
		if m, ok := readUnix(s); ok {
			return m, true
		}
	}
	date, clock := splitClock(s)
	m, ok := readDay(date, d)
	if !ok || m.time.Year() < yearMin || m.time.Year() > yearMax {
		return moment{}, false
	}
	if clock == "" {
		return m, true
	}
	since, ok := readClock(clock)
	if !ok || m.month {
		return moment{}, false
	}
	return moment{time: m.time.Add(since)}, true
}

// readUnix reads seconds or, from 100,000,000,000 on, milliseconds; both count as a moment.
func readUnix(s string) (moment, bool) {
	whole, fraction, _ := strings.Cut(s, ".")
	if len(whole) < 9 || len(whole) > 13 || !digitsOnly(whole) || !digitsOnly(fraction) {
		return moment{}, false
	}
	n := int64(0)
	for i := range len(whole) {
		n = n*10 + int64(whole[i]-'0')
	}
	if n >= 100_000_000_000 {
		n /= 1000
	}
	t := time.Unix(n, 0).UTC()
	return moment{time: t}, t.Year() >= yearMin && t.Year() <= yearMax
}

// splitClock finds where the time of day begins.
func splitClock(s string) (date, clock string) {
	colon := strings.IndexByte(s, ':')
	if colon < 0 {
		if i := strings.IndexByte(s, 'T'); i == 8 && digitsOnly(s[:8]) && len(s) >= 13 { // 20261003T0700
			return s[:8], s[9:]
		}
		return s, ""
	}
	i := strings.LastIndexAny(s[:colon], " T\u00a0")
	if i < 0 {
		return s, ""
	}
	return strings.TrimRight(s[:i], ", "), strings.TrimSpace(s[i+1:])
}

var clockLayouts = []string{
	"15:04:05", "15:04", "3:04:05 PM", "3:04 PM", "3:04:05PM", "3:04PM", "150405", "1504",
}

var zoneLayouts = []string{"Z07:00", " Z07:00", "-0700", " -0700", "-07", " -07"}

// readClock returns the time since midnight UTC; with a zone it may be negative.
func readClock(s string) (time.Duration, bool) {
	for _, name := range []string{"UTC", "GMT"} {
		s = strings.TrimSpace(strings.TrimSuffix(s, name))
	}
	for _, layout := range clockLayouts {
		if t, err := time.Parse("2006-01-02 "+layout, "2000-01-01 "+s); err == nil {
			return t.Sub(newYear), true
		}
		for _, zone := range zoneLayouts {
			if t, err := time.Parse("2006-01-02 "+layout+zone, "2000-01-01 "+s); err == nil {
				return t.UTC().Sub(newYear), true
			}
		}
	}
	return 0, false
}

var newYear = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)

// dayLayouts can be read in one way.
var dayLayouts = []string{
	"2006-1-2", "2006/1/2", "2006.1.2", "20060102",
	"2 Jan 2006", "2. Jan 2006", "2 January 2006", "2-Jan-2006", "2-Jan-06", "2 Jan 06", "2/Jan/2006", "2. January 2006",
	"Jan 2 2006", "January 2 2006", "Mon 2 Jan 2006", "Mon Jan 2 2006", "Monday January 2 2006", "Monday 2 January 2006",
}

// monthLayouts name no day.
var monthLayouts = []string{"2006-01", "2006/01", "200601", "Jan 2006", "January 2006", "Jan-2006", "Jan-06", "1/2006", "1-2006", "1.2006"}

func readDay(s string, d Dates) (moment, bool) {
	if m, ok := readSerial(s); ok {
		return m, true
	}
	s = inEnglish(strings.ReplaceAll(s, ",", ""))
	for _, layout := range dayLayouts {
		if t, err := time.Parse(layout, s); err == nil {
			return moment{time: t, day: true}, true
		}
	}
	for _, layout := range monthLayouts {
		if t, err := time.Parse(layout, s); err == nil {
			return moment{time: t, day: true, month: true}, true
		}
	}
	a, b, year, ok := threeParts(s)
	if !ok {
		return moment{}, false
	}
	day, month := a, b
	switch {
	case d == DatesMonthFirst:
		day, month = b, a
	case d == DatesDayFirst:
	case a == b || a > 12: // 25/03 can only be a day of March
	case b > 12:
		day, month = b, a
	default:
		return moment{}, false
	}
	t := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	return moment{time: t, day: true}, month >= 1 && month <= 12 && t.Day() == day && t.Month() == time.Month(month)
}

// threeParts splits 3/10/2026, 03.10.26 and 03-10-2026.
func threeParts(s string) (a, b, year int, ok bool) {
	for _, separator := range []string{"/", ".", "-"} {
		parts := strings.Split(s, separator)
		if len(parts) != 3 || len(parts[0]) > 2 || len(parts[1]) > 2 || len(parts[2]) != 2 && len(parts[2]) != 4 {
			continue
		}
		var n [3]int
		for i, p := range parts {
			if p == "" || !digitsOnly(p) {
				return 0, 0, 0, false
			}
			for j := range len(p) {
				n[i] = n[i]*10 + int(p[j]-'0')
			}
		}
		if len(parts[2]) == 2 {
			n[2] += 2000
		}
		return n[0], n[1], n[2], n[0] > 0 && n[1] > 0
	}
	return 0, 0, 0, false
}
