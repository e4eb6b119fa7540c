package anomaly

import (
	"math"

	"cloud-intelligence/backend/finops"
)

// What happened a year before: so many days ago.
const (
	yearFrom = 355
	yearTo   = 372
)

// alike is by how much two deviations may differ and be of one kind.
const alike = 2.0

// lastDays of a month are counted from its end, too.
const lastDays = 2

// calendarMonths is how many months back the same day of the month is looked at.
const calendarMonths = 6

// offOn is what an earlier day was off. Nothing was expected of the first days of a series; they are
// compared with the middle of the first four weeks.
func (j *judge) offOn(d int) float64 {
	if d < j.born || d < 0 {
		return 0
	}
	if d-j.born >= warmUp {
		return j.y[d] - j.expected[d]
	}
	var list [youngDays]float64
	n := copy(list[:], j.y[j.born:min(j.born+youngDays, len(j.y))])
	return j.y[d] - medianOf(list[:n])
}

// calendar reports whether a deviation comes on the same numbered or last day of months: once a month before, or
// in two of the months before that. What cannot be known yet, since the day a month before is not there, counts as such.
func (j *judge) calendar(t int, off float64) bool {
	day := j.first + finops.Day(t)
	m := day.Month()
	number, left := day-m.First(), m.Last()-day
	hits := 0
	if born := j.first + finops.Day(j.born); (m-1).First()+number < born || left <= lastDays && (m-1).Last()-left < born {
		return true // nobody knows whether it comes each month
	}
	for k := finops.Month(1); k <= calendarMonths; k++ {
		before := m - k
		same := before.First() + number
		hit := same <= before.Last() && j.alike(int(same-j.first), off) || j.alike(int(before.Last()-left-j.first), off)
		if hit && k == 1 {
			return true
		}
		if hit {
			hits++
		}
	}
	return hits >= 2
}

// alike reports whether an earlier day was off by about the same.
func (j *judge) alike(d int, off float64) bool {
	before := j.offOn(d)
	if d < 0 || before*off <= 0 {
		return false
	}
	ratio := math.Abs(before / off)
	return ratio >= 1.0/alike && ratio <= alike
}

// yearAgo reports whether a day about a year before was off in the same direction, by at least half as much
// for the level at that time.
func (j *judge) yearAgo(t int, off float64) bool {
	for d := max(j.born+warmUp, t-yearTo); d <= t-yearFrom; d++ {
		before := j.y[d] - j.expected[d]
		if before*off > 0 && math.Abs(before) >= j.rules.Share*math.Abs(j.expected[d]) && math.Abs(before) >= math.Abs(off)/3 {
			return true
		}
	}
	return false
}
