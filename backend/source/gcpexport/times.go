package gcpexport

import (
	"strconv"
	"strings"
	"time"

	"cloud-intelligence/backend/finops"
)

// appendTime appends a time of the export in ISO 8601, UTC. BigQuery prints
// "2026-09-16 15:00:00 UTC", other tools "+00:00" or no zone. Text that is no time is
// appended as it is: the import rejects it with its own words.
func appendTime(dst, text []byte) []byte {
	if len(text) >= 19 && text[4] == '-' && (text[10] == ' ' || text[10] == 'T') {
		switch string(text[19:]) {
		case " UTC", "", "Z", "+00:00", "+00", ".000000 UTC", ".000Z":
			if _, ok := finops.ParseTime(text[:19]); ok {
				dst = append(append(dst, text[:10]...), 'T')
				return append(append(dst, text[11:19]...), 'Z')
			}
		}
	}
	sec, ok := finops.ParseTime(text)
	if !ok {
		sec, ok = unixTime(text)
	}
	if !ok {
		return append(dst, text...)
	}
	return time.Unix(sec, 0).UTC().AppendFormat(dst, time.RFC3339)
}

// unixTime reads a time as table libraries write it into JSON: seconds, milliseconds,
// microseconds or nanoseconds since 1970, of which only one falls into our days. BigQuery's
// own interface writes seconds with an exponent, "1.7886024E9".
func unixTime(text []byte) (sec int64, ok bool) {
	a, err := finops.ParseAmount(text)
	if err != nil {
		return 0, false
	}
	n, ok := a.Rescale(0)
	if !ok { // a fraction of a second
		whole, _, _ := strings.Cut(a.String(), ".")
		if n, err = strconv.ParseInt(whole, 10, 64); err != nil {
			return 0, false
		}
	}
	const from, to = 946_684_800, 4_102_444_800 // 2000 and 2100
	for range 4 {
		if n >= from && n < to {
			return n, true
		}
		n /= 1000
	}
	return 0, false
}

// invoice is a month of invoice.month.
type invoice struct {
	start, end string // of the FOCUS billing period
	begins     int64  // Unix time at which the month begins in Google's billing, Pacific time
}

// readInvoice reads "202609" or "2026-09". ok is false for anything else.
func readInvoice(text []byte) (in invoice, ok bool) {
	s := strings.TrimSuffix(string(text), ".0") // a table library has made a number of it
	if len(s) == 6 {
		s = s[:4] + "-" + s[4:]
	}
	m, err := finops.ParseMonth(s)
	if err != nil {
		return in, false
	}
	first := m.First().Time()
	in.start = first.Format(time.RFC3339)
	in.end = first.AddDate(0, 1, 0).Format(time.RFC3339)
	in.begins = first.Unix() + pacific(first.Month())*3600
	return in, true
}

// pacific returns the hours by which the first midnight of a month in Los Angeles is
// later than in UTC. Daylight time begins on the second Sunday of March and ends on the
// first Sunday of November at 2 o'clock, after that midnight.
func pacific(m time.Month) int64 {
	if m == time.December || m <= time.March {
		return 8
	}
	return 7
}
