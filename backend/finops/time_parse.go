package finops

import (
	"strings"
	"time"
)

// timeLayouts are the spellings of a date and time seen in billing files, tried in
// this order. Month/day/year is read in US order, as the providers write it.
var timeLayouts = []string{
	"2006-01-02T15:04:05Z07:00",
	"2006-01-02T15:04:05",
	"2006-01-02 15:04:05",
	"2006-01-02",
	"2006-01-02T15:04Z07:00",
	"2006-01-02 15:04:05Z07:00",
	"2006-01-02 15:04:05 MST",
	"2006-01-02 15:04:05 -0700 MST",
	"2006-01-02 15:04",
	"20060102T150405Z07:00",
	"20060102",
	"2006/01/02 15:04:05",
	"2006/01/02",
	"1/2/2006 15:04:05",
	"1/2/2006 3:04:05 PM",
	"1/2/2006 15:04",
	"1/2/2006",
	"1/2/06 15:04",
	"1/2/06",
}

// ParseTime reads a date, with or without a time, in the spellings that billing
// files use, and returns Unix seconds. A time without a zone is UTC. ok is false
// for text that is no such date, and for years outside 1990..2200.
func ParseTime(text []byte) (sec int64, ok bool) {
	if sec, ok = parseISO(text); ok {
		return sec, true
	}
	s := strings.TrimSpace(string(text))
	if len(s) < 6 || len(s) > 40 {
		return 0, false
	}
	for _, layout := range timeLayouts {
		if t, err := time.Parse(layout, s); err == nil {
			return t.Unix(), t.Year() >= 1990 && t.Year() <= 2200
		}
	}
	return 0, false
}

// parseISO is the fast path for 2006-01-02T15:04:05Z, with T or a blank and with
// or without Z and a fraction.
func parseISO(t []byte) (int64, bool) {
	if len(t) < 19 || t[4] != '-' || t[7] != '-' || (t[10] != 'T' && t[10] != ' ') || t[13] != ':' || t[16] != ':' {
		return 0, false
	}
	tail := t[19:]
	if len(tail) > 1 && tail[0] == '.' {
		i := 1
		for i < len(tail) && tail[i] >= '0' && tail[i] <= '9' {
			i++
		}
		tail = tail[i:]
	}
	if len(tail) > 1 || (len(tail) == 1 && tail[0] != 'Z') {
		return 0, false
	}
	y, okY := twoPairs(t[0:4])
	mo, okM := pair(t[5:7])
	d, okD := pair(t[8:10])
	h, okH := pair(t[11:13])
	mi, okMi := pair(t[14:16])
	s, okS := pair(t[17:19])
	if !okY || !okM || !okD || !okH || !okMi || !okS || y < 1990 || y > 2200 || mo < 1 || mo > 12 || d < 1 || h > 23 || mi > 59 || s > 59 {
		return 0, false
	}
	u := time.Date(y, time.Month(mo), d, h, mi, s, 0, time.UTC)
	return u.Unix(), u.Day() == d
}

func pair(t []byte) (int, bool) {
	a, b := t[0]-'0', t[1]-'0'
	return int(a)*10 + int(b), a <= 9 && b <= 9
}

func twoPairs(t []byte) (int, bool) {
	a, okA := pair(t[:2])
	b, okB := pair(t[2:4])
	return a*100 + b, okA && okB
}
