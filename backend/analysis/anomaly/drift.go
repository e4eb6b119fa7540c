package anomaly

import (
	"math"
	"slices"
)

// The rules of a drift, in days: it grows by the share of the sensitivity within driftDays, seen in a window whose
// first days are flat.
const (
	driftDays   = 28
	driftWindow = 56
	driftRecent = 7 // that the level now is taken from
	driftAfter  = 42
)

const (
	driftScales = 0.6 // of the scales of the sensitivity, since levels of a week are less uncertain than days
	steeper     = 0.7 // of the growth must be beyond that before
	smoother    = 0.95
	stillGrows  = 0.3 // of the share of the sensitivity, in two weeks
	doubt       = 2.5 // standard errors of the growth that may be wrong
	lasting     = 3   // by how much errors that last from day to day make it less certain
)

// driftOn looks for a drift that is seen on a day.
func (j *judge) driftOn(t int) {
	if j.drift != nil {
		week, before := j.flat(t-6, t), j.flat(t-20, t-14)
		if week >= before*(1+stillGrows*j.rules.Share) {
			j.drift.last = t
		} else if t-j.drift.last >= driftRecent {
			j.closeDrift()
		}
		return
	}
	from := max(j.born, j.drifted, t-driftWindow+1)
	if t-from < driftDays+driftRecent {
		return
	}
	now, before := j.flat(t-driftRecent+1, t), j.flat(t-driftDays-driftRecent+1, t-driftDays)
	grown := now - before
	if j.rare || before <= 0 || grown < j.rules.Share*before || grown < j.floor[t] || grown < driftScales*j.rules.Scales*j.scale()*j.norm(before, t) {
		return
	}
	onset, level, ok := j.ramp(from, t)
	if !ok || level <= 0 {
		return
	}
	for d := onset; d <= t; d++ {
		j.expected[d] = j.expect(d, level)
	}
	r := &run{start: onset, last: t, up: true, size: grown, kind: Drift}
	r.yearAgo = j.yearAgo(t, j.y[t]-j.expected[t])
	r.silent = j.returns(t, before, grown)
	j.drift = r
	j.frozen = level
}

func (j *judge) closeDrift() {
	if j.drift == nil {
		return
	}
	for d := j.drift.start; d <= j.drift.last; d++ {
		j.expected[d] = j.expect(d, j.frozen)
	}
	j.drifted = j.drift.last + 1 + driftAfter - driftWindow/2
	j.runs = append(j.runs, *j.drift)
	j.drift = nil
}

// flat is the median of days without the shape of the week.
func (j *judge) flat(from, to int) float64 {
	var list [driftRecent]float64
	n := 0
	for t := max(from, j.born); t <= to && n < len(list); t++ {
		if p := j.profile[j.wd(t)]; p > 0.02 {
			list[n] = j.normal[t] / p
			n++
		}
	}
	return medianOf(list[:n])
}

// ramp fits a level that begins to grow on a day, and says whether that explains the days better than a step, than a line
// from the first day on, and than single days do.
func (j *judge) ramp(from, to int) (onset int, level float64, ok bool) {
	x := make([]float64, 0, to-from+1)
	for t := from; t <= to; t++ {
		p := j.profile[j.wd(t)]
		if p <= 0.02 {
			p = 1
		}
		x = append(x, j.normal[t]/p)
	}
	calm(x)
	n := len(x)
	best := bend{squares: math.Inf(1)}
	for o := max(driftRecent, n-driftDays-driftRecent); o <= n-driftRecent; o++ {
		if b, ok := bendAt(x, o); ok && b.squares < best.squares {
			best, onset = b, o
		}
	}
	if onset == 0 || best.level <= 0 {
		return 0, 0, false
	}
	step := math.Inf(1)
	for c := driftRecent / 2; c <= n-driftRecent/2; c++ {
		step = min(step, squares(x[:c])+squares(x[c:]))
	}
	share := j.rules.Share * best.level
	switch {
	case best.squares > smoother*step,
		best.slope*float64(n-onset) < share,
		(best.slope-doubt*best.off)*driftDays < share,
		best.slope-max(0, best.before) < steeper*best.slope:
		return 0, 0, false
	}
	return from + onset, best.level, true
}

// calm replaces single days that stand out by the middle of their neighbours.
func calm(x []float64) {
	list := slices.Clone(x)
	for i := 1; i < len(x)-1; i++ {
		x[i] = max(min(list[i-1], list[i]), min(max(list[i-1], list[i]), list[i+1]))
	}
}

// bend is a line that changes its slope on a day.
type bend struct {
	level         float64 // on the day before
	before, slope float64 // by day
	off           float64 // standard error of the change of the slope
	squares       float64 // of what the line is off
}

// bendAt fits a line that bends at an index of x, by least squares: with d the days from the bend and h those after it,
// level + before·d + change·h.
func bendAt(x []float64, at int) (bend, bool) {
	var dd, dh, hh, sd, sh, sx, dx, hx float64
	n := float64(len(x))
	for i, v := range x {
		d := float64(i - at + 1)
		h := max(0, d)
		sd, sh, sx, dd, dh, hh, dx, hx = sd+d, sh+h, sx+v, dd+d*d, dh+d*h, hh+h*h, dx+d*v, hx+h*v
	}
	// Without the means two equations are left.
	dd, dh, hh, dx, hx = dd-sd*sd/n, dh-sd*sh/n, hh-sh*sh/n, dx-sd*sx/n, hx-sh*sx/n
	det := dd*hh - dh*dh
	if det <= 0 {
		return bend{}, false
	}
	before, change := (dx*hh-hx*dh)/det, (hx*dd-dx*dh)/det
	b := bend{level: (sx - before*sd - change*sh) / n, before: before, slope: before + change}
	for i, v := range x {
		d := float64(i - at + 1)
		e := v - b.level - before*d - change*max(0, d)
		b.squares += e * e
	}
	b.off = math.Sqrt(lasting * b.squares / max(1, n-3) * dd / det)
	return b, true
}

// squares are the squared deviations from the mean.
func squares(x []float64) float64 {
	sum, all := 0.0, 0.0
	for _, v := range x {
		sum, all = sum+v, all+v*v
	}
	return max(0, all-sum*sum/float64(len(x)))
}
