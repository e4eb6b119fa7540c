package forecast

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/stat"
)

// The back-test: how far ahead it looks, in how many windows, and from how many days of the past.
const (
	windowDays  = 30
	windows     = 3
	aheadDays   = 92 // the longest three months
	originsMost = 26
	originLeast = 42 // days of history before the first one
	windowLeast = 7  // days of a window that counts
	// A history below shortDays is tested from each week that has shortLeast days before it.
	shortDays  = 150
	shortLeast = 28
)

// levelDays is what the level of a cost is the mean of; it is at least quietShare of the mean of all days before, as a cost that is rare
// comes again, of which the last days may have nothing.
const (
	levelDays  = 56
	quietShare = 0.2
)

// levelOf is what errors are measured by at the end of a series.
func levelOf(y []float64) float64 {
	return max(meanAbs(y[max(0, len(y)-levelDays):]), quietShare*meanAbs(y))
}

// origin is one day of the past from which every model forecast, knowing nothing later.
type origin struct {
	at      int       // its day in the series
	level   float64   // mean of the absolute cost before
	monthly bool      // the last day of a month
	jumps   []float64 // of each model, see study.run
	// off[m][h] is what model m was off in the first h days together, forecast minus actual; nil
	// = its history was too short.
	off [][]float64
	// mixed is the same of the whole forecast: the models in the mix that was chosen at that
	// time, and the other parts.
	mixed []float64
}

// rest are the parts that are not forecast by models: what came each day, and what was expected on
// the days after one.
type rest struct {
	came     []float64
	expected func(at, ahead int) []float64
}

// study is a series with its back-test.
type study struct {
	cal     *calendar
	y, up   []float64
	whole   []float64 // y and the rest
	origins []*origin // the oldest first
}

func newStudy(cal *calendar, y []float64, others rest) *study {
	s := &study{cal: cal, y: y, up: ups(y), whole: make([]float64, len(y))}
	for t, v := range y {
		s.whole[t] = v + others.came[t]
	}
	least, short := originLeast, len(y) < shortDays
	if short {
		least = shortLeast
	}
	for t := len(y) - 1 - windowLeast; t >= least-1 && len(s.origins) < originsMost; t-- {
		if monthly := cal.left[t] == 0; monthly || cal.day[t] == 15 || short && (len(y)-1-t)%7 == 0 {
			s.origins = append(s.origins, s.test(t, monthly))
		}
	}
	slices.Reverse(s.origins)
	for i, o := range s.origins {
		s.combine(o, s.weights(s.origins[:i], o.at, o.jumps), others)
	}
	return s
}

// combine adds up what the whole forecast was off.
func (s *study) combine(o *origin, weights []float64, others rest) {
	o.mixed = make([]float64, min(aheadDays, len(s.y)-1-o.at)+1)
	for m, w := range weights {
		if w == 0 {
			continue
		}
		for h := range o.mixed {
			o.mixed[h] += w * o.off[m][h]
		}
	}
	sum := 0.0
	for i, expected := range others.expected(o.at, len(o.mixed)-1) {
		sum += expected - others.came[o.at+1+i]
		o.mixed[i+1] += sum
	}
}

// total is the cost of days from to to after an origin.
func (s *study) total(o *origin, from, to int) float64 {
	sum := 0.0
	for h := from + 1; h <= to; h++ {
		sum += s.whole[o.at+h]
	}
	return sum
}

// test runs every model at a day of the past.
func (s *study) test(at int, monthly bool) *origin {
	o := &origin{at: at, monthly: monthly, level: levelOf(s.whole[:at+1]), off: make([][]float64, len(models))}
	ahead := min(aheadDays, len(s.y)-1-at)
	var runs [][]float64
	runs, o.jumps = s.run(at, ahead)
	for m, daily := range runs {
		if daily == nil {
			continue
		}
		off := make([]float64, ahead+1)
		for i, v := range daily {
			off[i+1] = off[i] + v - s.y[at+1+i]
		}
		o.off[m] = off
	}
	return o
}

// run returns the forecasts of all models for so many days after a day; nil = history too short.
// jumps are what the first week of each is away from the last two weeks, beyond what weeks
// usually differ by, as a share of the level; below 0 = history too short.
func (s *study) run(at, ahead int) (out [][]float64, jumps []float64) {
	k := findSpikes(s.cal, s.y, s.up, at)
	p := newPast(k.base)
	out, jumps = make([][]float64, len(models)), make([]float64, len(models))
	for m := range models {
		daily := make([]float64, max(ahead, 7))
		if !models[m].run(p, daily) {
			jumps[m] = -1
			continue
		}
		jumps[m] = p.jump(stat.Mean(daily[:7], nil))
		daily = daily[:ahead]
		for i := range daily {
			daily[i] += k.at(s.cal, at+1+i)
		}
		out[m] = daily
	}
	return out, jumps
}

// What a past error counts at a later time: it is forgotten by a share for each month; the part that
// even the best model had, which says nothing about the models, counts less; and a jump counts as an
// error. The weight of a model is its mean error to the power of -sharpness.
const (
	forgetting = 0.88
	shared     = 0.6
	jumpCost   = 0.5
	sharpness  = 4.0
	keptWithin = 1.8
	// Before a model has been tested it counts as so many windows that were off by so many times
	// what the best one was off, and its own prior.
	priorCount = 0.7
	priorError = 1.25
)

// tally adds up the errors of each model.
type tally struct{ off, count []float64 }

// weights says how much each model counts in a forecast made at a day, from what the earlier
// origins were off until that day. They add up to 1.
func (s *study) weights(earlier []*origin, at int, jumps []float64) []float64 {
	t := tally{make([]float64, len(models)), make([]float64, len(models))}
	for _, o := range earlier {
		known := min(at-o.at, aheadDays)
		if known < windowLeast || o.level == 0 {
			continue
		}
		age := math.Pow(forgetting, float64(at-o.at)/windowDays)
		for k := range windows {
			from, to := k*windowDays, min((k+1)*windowDays, known)
			if to-from < windowLeast {
				break
			}
			t.add(o, from, to, age*float64(to-from)/windowDays)
		}
	}
	return t.mix(jumps)
}

// add adds what a window of an origin was off.
func (t tally) add(o *origin, from, to int, share float64) {
	least := math.Inf(1)
	for _, off := range o.off {
		if off != nil {
			least = min(least, math.Abs(off[to]-off[from]))
		}
	}
	for m, off := range o.off {
		if off != nil {
			t.off[m] += share * (math.Abs(off[to]-off[from]) - shared*least) / (float64(to-from) * o.level)
			t.count[m] += share
		}
	}
}

// mix turns the errors into weights.
func (t tally) mix(jumps []float64) []float64 {
	best := math.Inf(1)
	for m := range models {
		if jumps[m] >= 0 && t.count[m] > 0 {
			best = min(best, t.off[m]/t.count[m])
		}
	}
	if math.IsInf(best, 1) { // nothing was tested, the priors alone count
		best = 1
	}
	errs, least := make([]float64, len(models)), math.Inf(1)
	for m := range models {
		if jumps[m] >= 0 {
			errs[m] = (t.off[m]+priorCount*priorError*best*models[m].prior)/(t.count[m]+priorCount) + jumpCost*jumps[m]
			least = min(least, errs[m])
		}
	}
	weights, sum := make([]float64, len(models)), 0.0
	for m := range models {
		switch {
		case jumps[m] < 0 || errs[m] > keptWithin*least+equalErrors:
			continue
		case least < equalErrors:
			weights[m] = 1
		default:
			weights[m] = math.Pow(errs[m]/least, -sharpness)
		}
		sum += weights[m]
	}
	for m := range weights {
		weights[m] /= sum
	}
	return weights
}

// equalErrors is what errors may differ by, as a share of the level, and count as the same.
const equalErrors = 1e-9
