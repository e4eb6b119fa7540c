package forecast

import (
	"cmp"
	"math"
	"slices"

	"cloud-intelligence/backend/finops"
)

// outcome is what the models come to.
type outcome struct {
	daily   []float64 // from the day after the as-of day on
	late    []float64 // the last days up to the as-of day whose charges have not arrived whole, as they are expected in the end
	weights []float64 // of the models
	study   *study
	// z80 and z95 are what windows were off in units of spread, day80 and day95 what days were:
	// so many percent of them were off by less.
	z80, z95, day80, day95 float64
}

// statistical forecasts so many days after the last one of y. others are the parts that
// are not forecast by models.
func statistical(cal *calendar, y []float64, others rest, ahead int) *outcome {
	late := lateDays(y)
	y = y[:len(y)-late]
	s := newStudy(cal, y, others)
	runs, jumps := s.run(len(y)-1, ahead+late)
	out := &outcome{study: s, weights: s.weights(s.origins, len(y)-1, jumps), daily: make([]float64, ahead+late)}
	for m, w := range out.weights {
		if w > 0 {
			for i := range out.daily {
				out.daily[i] += w * runs[m][i]
			}
		}
	}
	out.late, out.daily = out.daily[:late], out.daily[late:]
	out.measure()
	return out
}

// The rules of days whose charges have not arrived whole: how many there can be, by how many
// scales and by which share they are low.
const (
	lateMost   = 3
	lateScales = 4
	lateShare  = 0.12
)

// lateDays counts the days at the end of a series that are low as if charges were still to
// arrive. More days than can be late are a change.
func lateDays(y []float64) int {
	n := len(y)
	up := ups(y)
	scale := scaleOf(up[max(21, n-spikeDays) : n-lateMost-1])
	late := 0
	for ; late <= lateMost; late++ {
		t := n - 1 - late
		if usual := y[t] - up[t]; usual <= 0 || up[t] >= 0 || up[t] > -lateScales*scale || up[t] > -lateShare*usual {
			break
		}
	}
	if late > lateMost {
		return 0
	}
	return late
}

// spread says how wide the errors of a window of days ahead are beside those of the first 30 days:
// errors of single days partly cancel, and what is further away is less known.
func spread(from, to int) float64 {
	return math.Pow(float64(to-from)/windowDays, 0.8) * math.Sqrt(1+max(0, float64(to-windowDays)/windowDays))
}

// The shares of errors that a band holds; the narrower one is taken a little inside, which gives
// 80 % on series that it was not set by.
const (
	inside80 = 0.76
	inside95 = 0.95
	wider95  = 1.4 // at least, beside the narrower band
	// The narrower band is at least this share of the mean error: of a cost that is rare most windows are forecast to the digit, and some are far off.
	rareShare = 0.25
)

// measure takes the widths of the bands from what the mixes of the back-test were off.
func (o *outcome) measure() {
	var z, days []float64
	for _, b := range o.study.origins {
		if b.level == 0 {
			continue
		}
		for h := 1; h < len(b.mixed); h++ {
			days = append(days, math.Abs(b.mixed[h]-b.mixed[h-1])/b.level)
		}
		for k := range windows {
			from, to := k*windowDays, min((k+1)*windowDays, len(b.mixed)-1)
			if to-from < windowDays/2 {
				break
			}
			z = append(z, math.Abs(b.mixed[to]-b.mixed[from])/spread(from, to)/b.level)
		}
	}
	level := levelOf(o.study.whole)
	o.z80, o.z95 = max(quantile(z, inside80), rareShare*meanOr0(z))*level, quantile(z, inside95)*level
	o.z95 = max(o.z95, wider95*o.z80)
	o.day80, o.day95 = max(quantile(days, 0.8), rareShare*meanOr0(days))*level, quantile(days, 0.95)*level
	o.day95 = max(o.day95, o.day80)
}

// meanOr0 is the mean of values that are not below zero; 0 of none.
func meanOr0(values []float64) float64 {
	if len(values) == 0 {
		return 0
	}
	return meanAbs(values)
}

// quantile is the value that a share of values, and of one more, is not above; it sorts them.
func quantile(values []float64, share float64) float64 {
	if len(values) == 0 {
		return 0
	}
	slices.Sort(values)
	at := int(math.Ceil(share*float64(len(values)+1))) - 1
	return values[min(at, len(values)-1)]
}

// width is half the width of the bands of a window that begins so many days after the as-of day.
func (o *outcome) width(from, to int) (w80, w95 float64) {
	s := spread(from, to)
	return o.z80 * s, o.z95 * s
}

// shares lists the models that count.
func (o *outcome) shares() []Share {
	var list []Share
	for m, w := range o.weights {
		if w > 0 {
			list = append(list, Share{models[m].name, w})
		}
	}
	slices.SortStableFunc(list, func(a, b Share) int { return cmp.Compare(b.Weight, a.Weight) })
	return list
}

// backtest judges the mixes from month ends on whole months.
func (o *outcome) backtest() Backtest {
	var b Backtest
	var off, bias, all, dayOff, dayAll float64
	s := o.study
	for _, origin := range s.origins {
		if !origin.monthly {
			continue
		}
		from, test := 0, Test{AsOf: s.cal.first + finops.Day(origin.at)}
		missed := 0.0
		for to := 1; to < len(origin.mixed); to++ {
			dayOff += math.Abs(origin.mixed[to] - origin.mixed[to-1])
			dayAll += math.Abs(s.total(origin, to-1, to))
			if s.cal.left[origin.at+to] != 0 || test.Months == windows {
				continue
			}
			e, came := origin.mixed[to]-origin.mixed[from], s.total(origin, from, to)
			off, bias, all = off+math.Abs(e), bias+e, all+math.Abs(came)
			missed += math.Abs(e)
			test.came, test.expected = test.came+came, test.expected+came+e
			from, test.Months = to, test.Months+1
		}
		if test.Months > 0 {
			b.Folds++
			if test.came != 0 {
				test.WAPE = missed / math.Abs(test.came)
			}
			b.Tests = append(b.Tests, test)
		}
	}
	if all > 0 && dayAll > 0 {
		b.WAPE, b.Bias, b.DailyWAPE, b.Known = off/all, bias/all, dayOff/dayAll, true
	}
	return b
}
