package forecast

import (
	"math"
	"slices"

	"cloud-intelligence/backend/finops"
)

// A place is a day of every month: 1 to 28 counted from its first day, 0, -1 and -2 from its
// last one.
type place int8

// placesMax is the number of places that a day can have.
const placesMax = 31

// calendar says for each day of a series, also of those to come, where it lies in its month.
type calendar struct {
	first finops.Day
	day   []int8 // of the month, from 1
	left  []int8 // days after it in its month
}

func newCalendar(first, last finops.Day) *calendar {
	c := &calendar{first: first, day: make([]int8, 0, last-first+1), left: make([]int8, 0, last-first+1)}
	for d := first; d <= last; {
		m := d.Month()
		start, end := m.First(), m.Last()
		for ; d <= end && d <= last; d++ {
			c.day, c.left = append(c.day, int8(d-start+1)), append(c.left, int8(end-d))
		}
	}
	return c
}

// on reports whether day t of the series is at a place.
func (c *calendar) on(t int, p place) bool {
	if p > 0 {
		return c.day[t] == int8(p)
	}
	return c.left[t] == int8(-p)
}

// ups are what the days of a series have above the same weekday of the three weeks before;
// looking backwards only, they are the same whatever comes later.
func ups(y []float64) []float64 {
	r := make([]float64, len(y))
	for t := 7; t < len(y); t++ {
		switch {
		case t >= 21:
			r[t] = y[t] - median3(y[t-7], y[t-14], y[t-21])
		case t >= 14:
			r[t] = y[t] - (y[t-7]+y[t-14])/2
		default:
			r[t] = y[t] - y[t-7]
		}
	}
	return r
}

func median3(a, b, c float64) float64 { return max(min(a, b), min(max(a, b), c)) }

// spikes are the days of a series that stand out: those that return at a place of the month, and
// short ones.
type spikes struct {
	amounts map[place]float64 // what to expect at each place
	base    []float64         // the series without spikes
	// short is what short spikes came to for each day: they are no part of any pattern, but
	// their sort comes again.
	short float64
}

// The rules of a place of the month: how many of its last occurrences must stand out, by how
// much, and how alike they must be.
const (
	placeMonths = 4
	placeHits   = 3
	placeScales = 4.5
	placeShare  = 0.12
	placeSpread = 0.6
	shortScales = 8
	spikeDays   = 120 // that the scale is taken from
	spikesMost  = 0.13
	// shortDaysMost is how long a spike is at most; anomalies become a shift from the day after on.
	shortDaysMost = 6
)

// findSpikes looks at days 0 to o.
func findSpikes(c *calendar, y, up []float64, o int) *spikes {
	s := &spikes{amounts: map[place]float64{}, base: slices.Clone(y[:o+1])}
	from := max(21, o-spikeDays+1)
	if o-from < 28 {
		return s
	}
	scale, level := scaleOf(up[from:o+1]), meanAbs(y[from:o+1])
	least := max(placeScales*scale, placeShare*level)
	if least == 0 {
		return s
	}
	out := 0
	for t := from; t <= o; t++ {
		if math.Abs(up[t]) > least {
			out++
		}
	}
	if float64(out) > spikesMost*float64(o-from+1) {
		return s // a rough series, whose days stand out by chance
	}
	taken := make([]bool, o+1)
	for k := range placesMax {
		p := place(k - 2)
		s.addPlace(c, p, up, least, taken)
	}
	s.addShort(up, max(shortScales*scale, 0.5*level), from, taken)
	return s
}

// addPlace enters a place where enough of its days stand out alike.
func (s *spikes) addPlace(c *calendar, p place, up []float64, least float64, taken []bool) {
	var hits []float64
	seen := 0
	for t := len(s.base) - 1; t >= 21 && seen < placeMonths; t-- {
		if !c.on(t, p) {
			continue
		}
		seen++
		if !taken[t] && math.Abs(up[t]) > least {
			hits = append(hits, up[t])
		}
	}
	if len(hits) < placeHits {
		return
	}
	low, high := slices.Min(hits), slices.Max(hits)
	middle := median3(hits[0], hits[1], hits[2])
	if high-low > placeSpread*math.Abs(middle) {
		return
	}
	s.amounts[p] = middle
	for t := 7; t < len(s.base); t++ {
		if c.on(t, p) && !taken[t] && math.Abs(up[t]) > least/2 {
			s.base[t] -= up[t]
			taken[t] = true
		}
	}
}

// addShort takes up to shortDaysMost days out that stand out in one direction, with ordinary days on both sides: what lasts longer, or still goes on,
// can be a new level.
func (s *spikes) addShort(up []float64, least float64, from int, taken []bool) {
	odd := func(t int) bool { return math.Abs(up[t]) > least/2 }
	removed, n := 0.0, len(s.base)
	for t := 21; t < n-1; t++ {
		if !odd(t) || odd(t-1) {
			continue
		}
		end, highest, free := t, 0.0, true
		for ; end < n && odd(end) && (up[end] > 0) == (up[t] > 0); end++ {
			highest, free = max(highest, math.Abs(up[end])), free && !taken[end]
		}
		if end == n || odd(end) || end-t > shortDaysMost || highest <= least || !free {
			continue
		}
		for ; t < end; t++ {
			s.base[t] -= up[t]
			if t >= from {
				removed += up[t]
			}
		}
	}
	s.short = removed / float64(n-from)
}

// at is what spikes are expected to add to day t.
func (s *spikes) at(c *calendar, t int) float64 {
	add := s.short
	if len(s.amounts) == 0 {
		return add
	}
	if c.left[t] <= 2 {
		if a, ok := s.amounts[place(-c.left[t])]; ok {
			return add + a
		}
	}
	if c.day[t] <= 28 {
		add += s.amounts[place(c.day[t])]
	}
	return add
}

// scaleOf is the robust standard deviation: 1.4826 × the median of the absolute values. Where
// most are zero it is the mean of the absolute values.
func scaleOf(r []float64) float64 {
	abs := make([]float64, len(r))
	for i, v := range r {
		abs[i] = math.Abs(v)
	}
	slices.Sort(abs)
	return 1.4826 * abs[len(abs)/2]
}

func meanAbs(y []float64) float64 {
	sum := 0.0
	for _, v := range y {
		sum += math.Abs(v)
	}
	return sum / float64(len(y))
}
