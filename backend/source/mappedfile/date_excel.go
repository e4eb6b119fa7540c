package mappedfile

import (
	"math"
	"strconv"
	"strings"
	"time"
)

// serialMin and serialMax are the days of Excel that are read as such: of the years 2000 to
// 2099. No other spelling of a date has five digits.
const serialMin, serialMax = 36526, 73050

// readSerial reads a day as Excel keeps it, counted from 1900, with the time as a fraction.
func readSerial(s string) (moment, bool) {
	whole, fraction, timed := strings.Cut(strings.Replace(s, ",", ".", 1), ".")
	if len(whole) != 5 || !digitsOnly(whole) || !digitsOnly(fraction) || timed && fraction == "" {
		return moment{}, false
	}
	day, err := strconv.Atoi(whole)
	if err != nil || day < serialMin || day > serialMax {
		return moment{}, false
	}
	t := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC).AddDate(0, 0, day) // Excel has a 29 February 1900
	if strings.Trim(fraction, "0") == "" {
		return moment{time: t, day: true}, true
	}
	part, err := strconv.ParseFloat("0."+fraction, 64)
	if err != nil {
		return moment{}, false
	}
	return moment{time: t.Add(time.Duration(math.Round(part*86400)) * time.Second)}, true
}
