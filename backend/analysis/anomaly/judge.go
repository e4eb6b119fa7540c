package anomaly

import (
	"math"
	"slices"

	"cloud-intelligence/backend/finops"
)

// The rules of a baseline, in days.
const (
	youngDays   = 28  // below that a series is not judged
	warmUp      = 14  // from then on it is said what to expect, to learn how far that is off
	levelDays   = 14  // that the level is the median of
	profileDays = 56  // that the shape of a week is taken from
	errorDays   = 84  // that the scale is taken from
	quietDays   = 2   // inside an anomaly
	shiftDays   = 7   // from the 7th day on a spike is a shift
	settledDays = 14  // after that the new level is the normal one
	goneDays    = 28  // without cost, after which a series begins anew
	oftenDays   = 90  // what happened so often in them is no anomaly
	oftenTimes  = 3   //
	returnDays  = 120 // in which going back to an earlier level is none, either
)

const (
	suddenShare = 0.55 // of a deviation must not have been there in the three days before
	goesOn      = 0.5  // of what begins an anomaly lets it go on
	returnShare = 0.3  // of an earlier level is near it
	mostly      = 0.85 // of the same weekdays have a cost: that is a pattern
	rareTimes   = 2    // the highest cost before is what a day must be beyond where there is no pattern
	gradual     = 0.6  // of the last days' deviation is more than that of the first: nothing happened suddenly
)

// run is a run of days of one direction in a series.
type run struct {
	start, last int
	up          bool
	size        float64 // deviation at its start, without sign
	kind        Kind
	monthly     bool // it comes on a day of the month
	silent      bool // it is explained: by the calendar, by habit, by a return, or it is too small
	yearAgo     bool // the same happened a year before
}

// overlaps reports whether the beginnings of two runs are the same one.
func (r *run) near(day int) bool { return r.start-2 <= day && day <= r.start+2 }

// judged is a series with what its days should have cost.
type judged struct {
	series
	expected []float64
	noise    []float64 // the robust standard deviation by day; infinite where costs have no pattern
	runs     []run
}

// series is what is judged.
type series struct {
	first   finops.Day
	y       []float64
	missing []bool // nil = none
	born    int    // its first day with a cost
}

func (s *series) lacks(t int) bool { return s.missing != nil && s.missing[t] }

// judge is a series while it is judged.
type judge struct {
	judged
	rules   Sensitivity
	weekday int        // of day 0
	floor   []float64  // by day
	normal  []float64  // y, or what was expected on days of an anomaly
	profile [7]float64 // by weekday, 1 on average
	rare    bool       // costs come on some days, without a pattern
	from    int        // the level is taken from this day on
	errs    []float64  // without sign, of the last days that were no anomaly, ÷ the level at that time
	oldest  int        // of errs, when they are errorDays
	sizes   []float64  // errs in ascending order
	earlier []level    // that were normal before
	open    *run       // that goes on
	frozen  float64    // the level before it
	drift   *run       // that goes on
	drifted int        // no drift is looked for before

	// recent are the days of the level of day levelOf without the shape of the week, in ascending order; they begin on levelFrom.
	recent             []float64
	levelOf, levelFrom int
}

// level is what was normal until a day.
type level struct {
	value float64
	until int
}

// newJudge judges the days of a series; floor says by day what is too small to matter, weekday is that of day 0.
func judgeSeries(s series, rules Sensitivity, floor []float64, weekday int) judged {
	j := &judge{judged: judged{series: s, expected: make([]float64, len(s.y)), noise: make([]float64, len(s.y))}, rules: rules, weekday: weekday, floor: floor, normal: slices.Clone(s.y)}
	j.begin(s.born)
	empty := 0
	for t := s.born; t < len(s.y); t++ {
		if j.lacks(t) {
			j.expected[t] = j.expect(t, j.levelAt(t))
			j.normal[t] = j.expected[t]
			continue
		}
		if empty >= goneDays && s.y[t] != 0 && !j.rare {
			j.closeRun()
			j.born = t
			j.begin(t)
		}
		if empty++; s.y[t] != 0 {
			empty = 0
		}
		j.day(t)
	}
	j.closeRun()
	j.closeDrift()
	return j.judged
}

// begin forgets what was.
func (j *judge) begin(t int) {
	j.from, j.errs, j.oldest, j.sizes, j.earlier, j.drifted = t, nil, 0, nil, nil, t
	j.profile = [7]float64{1, 1, 1, 1, 1, 1, 1}
	j.forgetLevel()
}

// forgetLevel lets the level be found anew, since the days before or the shape of the week are others than when it was found.
func (j *judge) forgetLevel() { j.levelOf = -1 }

func (j *judge) wd(t int) int { return (j.weekday + t) % 7 }

// day judges a day.
func (j *judge) day(t int) {
	age := t - j.born
	if age < warmUp {
		j.expected[t] = j.y[t]
		return
	}
	at := 0.0
	if age%7 == 0 || age == warmUp {
		j.learnWeek(t)
		j.forgetLevel()
		at = j.levelAt(t)
		if j.noise[t] = j.scale() * j.norm(at, t); j.rare {
			j.noise[t] = math.Inf(1)
		}
	} else {
		if j.noise[t] = j.noise[t-1]; j.open == nil {
			at = j.levelAt(t)
		}
	}
	if j.open != nil {
		j.goOn(t)
		return
	}
	e := j.expect(t, at)
	j.expected[t] = e
	if age < youngDays || !j.opens(t, at) {
		j.learn(t, at)
		j.driftOn(t)
	}
}

// learn takes a day as a normal one.
func (j *judge) learn(t int, at float64) {
	j.normal[t] = j.y[t]
	norm := j.norm(at, t)
	if norm == 0 {
		return
	}
	size := math.Abs(j.y[t]-j.expected[t]) / norm
	if len(j.errs) < errorDays {
		j.errs, j.sizes = append(j.errs, size), slices.Insert(j.sizes, rank(j.sizes, size), size)
		return
	}
	// The new error takes the place of the oldest one, and what is between the two moves by one.
	from, to := rank(j.sizes, j.errs[j.oldest]), rank(j.sizes, size)
	if to > from {
		to--
		copy(j.sizes[from:to], j.sizes[from+1:to+1])
	} else {
		copy(j.sizes[to+1:from+1], j.sizes[to:from])
	}
	j.sizes[to], j.errs[j.oldest] = size, size
	j.oldest = (j.oldest + 1) % errorDays
}

// rank is how many of numbers in ascending order are smaller.
func rank(list []float64, than float64) int {
	from, to := 0, len(list)
	for from < to {
		if middle := (from + to) / 2; list[middle] < than {
			from = middle + 1
		} else {
			to = middle
		}
	}
	return from
}

// norm is what errors are measured against: the level, or the mean cost where most days have none.
func (j *judge) norm(at float64, t int) float64 {
	sum := 0.0
	from := max(j.born, t-levelDays)
	for _, v := range j.normal[from:t] {
		sum += math.Abs(v)
	}
	return max(math.Abs(at), sum/float64(max(1, t-from)))
}

// levelAt is the median of the last normal days without the shape of the week.
func (j *judge) levelAt(t int) float64 {
	from := max(j.from, t-levelDays)
	if t-from < 4 {
		from = max(j.born, t-4)
	}
	if j.levelOf == t-1 && j.levelFrom+1 == from {
		j.moveLevel(t)
	} else {
		j.recent = j.recent[:0]
		for i := from; i < t; i++ {
			if p := j.profile[j.wd(i)]; p > 0.02 {
				v := j.normal[i] / p
				j.recent = slices.Insert(j.recent, rank(j.recent, v), v)
			}
		}
	}
	j.levelOf, j.levelFrom = t, from
	return middle(j.recent)
}

// moveLevel takes the oldest day out of recent, and the day before t in.
func (j *judge) moveLevel(t int) {
	if p := j.profile[j.wd(j.levelFrom)]; p > 0.02 {
		at := rank(j.recent, j.normal[j.levelFrom]/p)
		j.recent = slices.Delete(j.recent, at, min(at+1, len(j.recent)))
	}
	if p := j.profile[j.wd(t-1)]; p > 0.02 {
		v := j.normal[t-1] / p
		j.recent = slices.Insert(j.recent, rank(j.recent, v), v)
	}
}

func (j *judge) expect(t int, at float64) float64 { return at * j.profile[j.wd(t)] }

// learnWeek takes the shape of the week from the weeks before a day.
func (j *judge) learnWeek(t int) {
	from := max(j.born+3, t-3-profileDays)
	var ratios [7][profileDays / 7]float64
	var n [7]int
	j.rare = j.irregular(t)
	for d := from; d < t-3 && !j.rare; d++ {
		sum := 0.0
		for _, v := range j.normal[d-3 : d+4] {
			sum += v
		}
		if w := j.wd(d); sum > 0 {
			ratios[w][n[w]] = 7 * j.normal[d] / sum
			n[w]++
		}
	}
	total := 0.0
	for w := range ratios {
		if j.profile[w] = 1; n[w] > 0 {
			j.profile[w] = medianOf(ratios[w][:n[w]])
		}
		total += j.profile[w]
	}
	for w := range j.profile {
		if j.profile[w] *= 7 / total; total == 0 {
			j.profile[w] = 1
		}
	}
}

// irregular reports whether costs come on some days only, and not always on the same weekdays.
func (j *judge) irregular(t int) bool {
	var days, used [7]int
	for d := max(j.born, j.from, t-profileDays); d < t; d++ {
		days[j.wd(d)]++
		if j.normal[d] != 0 {
			used[j.wd(d)]++
		}
	}
	if t-max(j.born, j.from) < 3*7 {
		return j.rare
	}
	odd, regular, some := 0, false, false
	for w := range days {
		share := float64(used[w]) / float64(max(1, days[w]))
		if regular = regular || share >= mostly; share > 0 && share < mostly {
			odd++
		}
		some = some || share > 0
	}
	if !some {
		return j.rare
	}
	return odd > 1 || !regular
}

// scale is the robust standard deviation of the errors, ÷ the level. It is the larger of what the middle and what the
// outer errors say, since few errors are normally distributed.
func (j *judge) scale() float64 {
	n := len(j.sizes)
	if n == 0 {
		return 0
	}
	at := func(q float64) float64 { return j.sizes[min(n-1, int(q*float64(n)))] }
	return max(1.4826*at(0.5), at(0.9)/1.645, at(0.97)/2.17) * (1.15 + 4/float64(n))
}

// least is what a deviation must exceed.
func (j *judge) least(t int, at float64) float64 {
	return max(j.rules.Share*math.Abs(j.expected[t]), j.floor[t], j.rules.Scales*j.scale()*j.norm(at, t))
}

// opens reports whether an anomaly begins on a day.
func (j *judge) opens(t int, at float64) bool {
	off := j.y[t] - j.expected[t]
	size := math.Abs(off)
	if size < j.floor[t] || size < j.rules.Share*math.Abs(j.expected[t]) || size == 0 {
		return false
	}
	if size < j.least(t, at) || !j.sudden(t, at, off) {
		return false
	}
	r := run{start: t, last: t, up: off > 0, size: size}
	if j.rare && (!r.up || j.y[t] <= rareTimes*slices.Max(j.y[max(j.born, t-returnDays):t])) {
		return false
	}
	r.yearAgo = j.yearAgo(t, off)
	if j.calendar(t, off) {
		r.silent, r.monthly = true, true
		j.runs = append(j.runs, r)
		j.normal[t] = j.expected[t]
		return true
	}
	r.silent = j.often(&r) || j.returns(t, at, off)
	j.open, j.frozen = &r, at
	j.normal[t] = j.expected[t]
	return true
}

// sudden reports whether most of a deviation was not there in the days before.
func (j *judge) sudden(t int, at, off float64) bool {
	if at == 0 {
		return true
	}
	var before [3]float64
	for i := range before {
		if d := t - 1 - i; d >= j.born && j.profile[j.wd(d)] > 0.02 {
			before[i] = j.normal[d]/j.profile[j.wd(d)] - at
		}
	}
	now := off / max(j.profile[j.wd(t)], 0.02)
	return (now-medianOf(before[:]))/now >= suddenShare
}

// often reports whether the same happened several times lately.
func (j *judge) often(r *run) bool {
	n := 0
	for i := range j.runs {
		if o := &j.runs[i]; o.up == r.up && !o.monthly && o.start > r.start-oftenDays && o.size >= r.size/2 {
			n++
		}
	}
	return n >= oftenTimes
}

// returns reports whether a day goes back to what was normal not long ago.
func (j *judge) returns(t int, at, off float64) bool {
	p := j.profile[j.wd(t)]
	if p <= 0.02 {
		return false
	}
	now := j.y[t] / p
	for _, l := range j.earlier {
		if t-l.until <= returnDays && (l.value-at)*off > 0 && math.Abs(now-l.value) <= max(returnShare*math.Abs(l.value), 2*j.scale()*math.Abs(l.value)) {
			return true
		}
	}
	return false
}

// goOn judges a day while an anomaly is open.
func (j *judge) goOn(t int) {
	r := j.open
	j.forgetLevel()
	j.expected[t] = j.expect(t, j.frozen)
	j.normal[t] = j.expected[t]
	off := j.y[t] - j.expected[t]
	if (off > 0) == r.up && math.Abs(off) >= goesOn*j.least(t, j.frozen) {
		r.last = t
	}
	switch {
	case t-r.last > quietDays:
		j.closeRun()
		for d := r.last + 1; d <= t; d++ {
			j.normal[d] = j.y[d]
		}
	case t-r.start+1 >= settledDays:
		j.closeRun()
		j.earlier = append(j.earlier, level{j.frozen, t})
		copy(j.normal[r.start:t+1], j.y[r.start:t+1])
		j.from, j.drifted = r.start, max(j.drifted, r.start+1)
	}
}

// closeRun ends the open anomaly.
func (j *judge) closeRun() {
	r := j.open
	if r == nil {
		return
	}
	j.open = nil
	r.kind = j.kindOf(r)
	if r.kind == "" {
		r.silent = true
	}
	j.runs = append(j.runs, *r)
}

// kindOf says what a run looks like; "" = less than half is left, which only matters when it lasts.
func (j *judge) kindOf(r *run) Kind {
	long := r.last-r.start+1 >= shiftDays
	low := 0
	for t := r.start; t <= r.last; t++ {
		if j.y[t] < j.expected[t]/2 {
			low++
		}
	}
	slow := long && j.away(r.start, r.start+1) < gradual*j.away(r.last-2, r.last)
	switch {
	case slow && !r.up:
		return ""
	case slow:
		return Drift
	case !r.up && 2*low > r.last-r.start+1:
		return Drop
	case long:
		return Shift
	case r.up:
		return Spike
	}
	return ""
}

// away is by how much days are off, ÷ what was expected.
func (j *judge) away(from, to int) float64 {
	off, expected := 0.0, 0.0
	for t := from; t <= to && t < len(j.y); t++ {
		off, expected = off+math.Abs(j.y[t]-j.expected[t]), expected+math.Abs(j.expected[t])
	}
	return off / max(expected, math.SmallestNonzeroFloat64)
}

// medianOf sorts a few numbers and returns the middle one; 0 of none.
func medianOf(list []float64) float64 {
	for i := 1; i < len(list); i++ {
		v, k := list[i], i
		for ; k > 0 && v < list[k-1]; k-- {
			list[k] = list[k-1]
		}
		list[k] = v
	}
	return middle(list)
}

// middle is the median of numbers in ascending order; 0 of none.
func middle(list []float64) float64 {
	n := len(list)
	switch {
	case n == 0:
		return 0
	case n%2 == 1:
		return list[n/2]
	}
	return (list[n/2-1] + list[n/2]) / 2
}
