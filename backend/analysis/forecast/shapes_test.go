package forecast

import (
	"math"
	"math/rand/v2"

	"cloud-intelligence/backend/finops"
)

// series is one generated series: what is known at each as-of day may differ from what comes to stand.
type series struct {
	shape string
	first finops.Day
	y     []float64 // as it stands in the end
	// seen is what is known of the last days at an as-of day; nil = all of it.
	seen func(asOf int) []float64
}

// shapes are the courses that a cost takes. Each draws its own parameters.
var shapes = []struct {
	name string
	make func(r *rand.Rand, s *series)
}{
	{"flat", func(r *rand.Rand, s *series) { s.fill(r, func(int) float64 { return 1 }) }},
	{"weekly", func(r *rand.Rand, s *series) {
		s.fill(r, func(int) float64 { return 1 })
		s.week(between(r, 0.3, 0.75))
	}},
	{"trend", func(r *rand.Rand, s *series) {
		slope := between(r, -0.4, 1.5) / 365
		s.fill(r, func(t int) float64 { return 1 + slope*float64(t) })
		s.week(between(r, 0.6, 1))
	}},
	{"growth by a rate", func(r *rand.Rand, s *series) {
		rate := between(r, 0.01, 0.05) / 30
		s.fill(r, func(t int) float64 { return math.Exp(rate * float64(t)) })
		s.week(between(r, 0.6, 1))
	}},
	{"month-end fees", func(r *rand.Rand, s *series) {
		s.fill(r, func(int) float64 { return 1 })
		s.week(between(r, 0.6, 1))
		s.fee(r, 0, between(r, 4, 15))
	}},
	{"fees on other days", func(r *rand.Rand, s *series) {
		slope := between(r, -0.2, 0.6) / 365
		s.fill(r, func(t int) float64 { return 1 + slope*float64(t) })
		s.fee(r, 1, between(r, 3, 12))
		s.fee(r, 1+r.IntN(28), between(r, 2, 6))
	}},
	{"yearly", func(r *rand.Rand, s *series) {
		size, phase := between(r, 0.15, 0.4), between(r, 0, 6.28)
		s.fill(r, func(t int) float64 { return 1 + size*math.Sin(2*math.Pi*float64(t)/365.25+phase) })
		s.week(between(r, 0.7, 1))
	}},
	{"level shift", func(r *rand.Rand, s *series) {
		at, by := int(between(r, 0.3, 0.85)*float64(len(s.y))), pick(r, between(r, 0.4, 0.8), between(r, 1.3, 2.2))
		s.fill(r, func(t int) float64 {
			if t >= at {
				return by
			}
			return 1
		})
		s.week(between(r, 0.7, 1))
	}},
	{"growth, then stop", func(r *rand.Rand, s *series) {
		at, slope := between(r, 0.4, 0.85)*float64(len(s.y)), between(r, 0.6, 2)/365
		s.fill(r, func(t int) float64 { return 1 + slope*min(float64(t), at) })
		s.week(between(r, 0.7, 1))
	}},
	{"sparse", func(r *rand.Rand, s *series) {
		share := between(r, 0.1, 0.5)
		for t := range s.y {
			if r.Float64() < share {
				s.y[t] = 1000 * math.Exp(0.5*r.NormFloat64())
			}
		}
	}},
	{"late data", func(r *rand.Rand, s *series) {
		slope := between(r, -0.2, 0.6) / 365
		s.fill(r, func(t int) float64 { return 1 + slope*float64(t) })
		s.week(between(r, 0.6, 1))
		days, share := 1+r.IntN(3), between(r, 0.2, 0.7)
		s.seen = func(asOf int) []float64 {
			y := append([]float64{}, s.y[:asOf+1]...)
			for i := range days {
				y[asOf-i] *= 1 - share*float64(days-i)/float64(days)
			}
			return y
		}
	}},
	{"restated", func(r *rand.Rand, s *series) {
		s.fill(r, func(int) float64 { return 1 })
		s.week(between(r, 0.6, 1))
		by, days := between(r, 0.9, 1.06), 20+r.IntN(15)
		s.seen = func(asOf int) []float64 {
			y := append([]float64{}, s.y[:asOf+1]...)
			for i := range days {
				y[asOf-i] *= by
			}
			return y
		}
	}},
	{"outliers", func(r *rand.Rand, s *series) {
		s.fill(r, func(int) float64 { return 1 })
		s.week(between(r, 0.7, 1))
		for t := range s.y {
			if r.Float64() < 0.01 {
				s.y[t] *= between(r, 2, 6)
			}
		}
	}},
	{"wandering level", func(r *rand.Rand, s *series) {
		level, step := 1.0, between(r, 0.004, 0.012)
		s.fill(r, func(int) float64 {
			level *= math.Exp(step * r.NormFloat64())
			return level
		})
		s.week(between(r, 0.6, 1))
	}},
	{"decline", func(r *rand.Rand, s *series) {
		rate, floor := between(r, 0.03, 0.08)/30, between(r, 0, 0.3)
		s.fill(r, func(t int) float64 { return floor + (1-floor)*math.Exp(-rate*float64(t)) })
	}},
}

func between(r *rand.Rand, low, high float64) float64 { return low + (high-low)*r.Float64() }

func pick(r *rand.Rand, list ...float64) float64 { return list[r.IntN(len(list))] }

// fill sets each day to a level with noise that partly lasts from day to day.
func (s *series) fill(r *rand.Rand, level func(t int) float64) {
	size, noise, carry, last := math.Exp(between(r, 3, 10)), between(r, 0.015, 0.08), between(r, 0, 0.6), 0.0
	for t := range s.y {
		last = carry*last + noise*r.NormFloat64()
		s.y[t] = size * level(t) * max(0, 1+last)
	}
}

// week makes Saturdays and Sundays cheaper.
func (s *series) week(share float64) {
	for t := range s.y {
		if (int(s.first)+t+3)%7 >= 5 {
			s.y[t] *= share
		}
	}
}

// fee adds a fee of so many days' cost on a day of each month, 0 = the last.
func (s *series) fee(r *rand.Rand, day int, size float64) {
	amount, spread := size*meanAbs(s.y[:60]), between(r, 0, 0.05)
	for t := range s.y {
		d := s.first + finops.Day(t)
		if m := d.Month(); (day == 0 && d == m.Last()) || (day > 0 && d == m.First()+finops.Day(day-1)) {
			s.y[t] += amount * (1 + spread*r.NormFloat64())
		}
	}
}

// generate makes so many series of each shape.
func generate(seed uint64, each int) []*series {
	var list []*series
	for i, shape := range shapes {
		for k := range each {
			r := rand.New(rand.NewPCG(seed, uint64(i*1000+k)))
			s := &series{shape: shape.name, first: finops.NewDay(2023, 1, 1) + finops.Day(r.IntN(365)), y: make([]float64, 400+r.IntN(401))}
			shape.make(r, s)
			list = append(list, s)
		}
	}
	return list
}

// known is what is known at an as-of day.
func (s *series) known(asOf int) []float64 {
	if s.seen != nil {
		return s.seen(asOf)
	}
	return s.y[:asOf+1]
}

// asOfs are month ends with three whole months after them and at least 150 days before, at most five.
func (s *series) asOfs() []int {
	cal := newCalendar(s.first, s.first+finops.Day(len(s.y)-1))
	var list []int
	for t := len(s.y) - 1 - aheadDays; t >= 149 && len(list) < 5; t-- {
		if cal.left[t] == 0 {
			list = append(list, t)
			t -= 45
		}
	}
	return list
}
