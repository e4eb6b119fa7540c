package forecast

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat"
)

// past is what a model knows: days 0 to o of a series without spikes and what follows from them.
type past struct {
	y       []float64
	weeks   []float64  // means of seven days, the newest first
	profile [7]float64 // what a weekday has above its week, by steps ahead modulo 7: [1] is tomorrow
	recent  float64    // mean of the last four weeks
	noise   float64    // by how much two weeks usually differ from the two before
	level   float64    // mean of the absolute cost
	newest  float64    // level of the last two weeks, or of the days since it changed at once
	changed bool       // the level has changed at once
}

// profileWeeks is how many weeks the shape of a week is taken from.
const profileWeeks = 10

func newPast(y []float64) *past {
	p := &past{y: y}
	for end := len(y); end >= 7; end -= 7 {
		p.weeks = append(p.weeks, stat.Mean(y[end-7:end], nil))
	}
	n := min(len(p.weeks), profileWeeks)
	for i := range 7 {
		var above [profileWeeks]float64
		for w := range n {
			above[w] = y[len(y)-7*w-7+i] - p.weeks[w]
		}
		slices.Sort(above[:n])
		trim := n / 5
		p.profile[(i+1)%7] = stat.Mean(above[trim:n-trim], nil)
	}
	off := stat.Mean(p.profile[:], nil) // trimming may leave more above than below
	for i := range p.profile {
		p.profile[i] -= off
	}
	p.recent = p.mean(4)
	p.level = meanAbs(y[max(0, len(y)-levelDays):])
	var steps []float64
	for i := 0; i+3 < len(p.weeks) && i < noiseWeeks; i++ {
		steps = append(steps, (p.weeks[i]+p.weeks[i+1]-p.weeks[i+2]-p.weeks[i+3])/2)
	}
	if len(steps) > 0 {
		p.noise = scaleOf(steps)
	}
	if p.newest, p.changed = p.sinceChange(); !p.changed {
		p.newest = p.mean(2)
	}
	return p
}

// A level has changed at once where so many days up to the last one are all nearer to the new level than to that of the four weeks before, and the two
// differ by more than so many scales and by such a share. Fewer days are a spike, more are seen in the weeks.
const (
	changeLeast, changeMost = 7, 20
	changeScales            = 5.0
	changeShare             = 0.12
)

// sinceChange is the level of the days since it changed at once, if it did.
func (p *past) sinceChange() (level float64, changed bool) {
	const before = 28
	n := len(p.y)
	if n < before+changeMost+1 {
		return 0, false
	}
	days := make([]float64, before+changeMost+1) // without the shape of the week
	first := n - len(days)
	for i := range days {
		days[i] = p.y[first+i] - p.profile[(7*len(days)+first+i-(n-1))%7]
	}
	old, now := slices.Clone(days[:before]), slices.Clone(days[len(days)-changeLeast:])
	slices.Sort(old)
	slices.Sort(now)
	was, is := (old[before/2-1]+old[before/2])/2, now[changeLeast/2]
	for i := range old {
		old[i] -= was
	}
	if by := math.Abs(is - was); by <= changeScales*scaleOf(old) || by <= changeShare*math.Abs(was) {
		return 0, false
	}
	at := len(days)
	for at > 0 && math.Abs(days[at-1]-is) < math.Abs(days[at-1]-was) {
		at--
	}
	if since := len(days) - at; since < changeLeast || since > changeMost {
		return 0, false
	}
	return stat.Mean(days[at:], nil), true
}

// noiseWeeks is how many weeks the usual steps are taken from, jumpScales how many of them are
// no jump.
const (
	noiseWeeks = 26
	jumpScales = 2.0
)

// jump is by how much a week differs from the newest level, beyond what weeks usually differ by, as a
// share of the level.
func (p *past) jump(week float64) float64 {
	if p.level == 0 {
		return 0
	}
	return max(0, math.Abs(week-p.newest)-jumpScales*p.noise) / p.level
}

// mean is the mean of the newest weeks.
func (p *past) mean(weeks int) float64 {
	return stat.Mean(p.weeks[:min(weeks, len(p.weeks))], nil)
}

// shape gives a level for each day ahead the shape of the week, in proportion to the level where
// both are above zero.
func (p *past) shape(out []float64, level func(h int) float64) {
	for i := range out {
		h := i + 1
		l, share := level(h), 1.0
		if p.recent > 0 {
			share = min(max(l/p.recent, 0), 4)
		}
		out[i] = l + share*p.profile[h%7]
	}
}

// model is one way to forecast. It fills out[i] with the forecast for i+1 days ahead, or says
// that it needs a longer history.
type model struct {
	name  string
	run   func(p *past, out []float64) bool
	prior float64 // what its errors are beside those of the best model, before anything is known
}

// models are the candidates of the back-test, the two that others are measured by first.
var models = []model{
	{"seasonal naive", seasonalNaive, 1.6},
	{"damped Holt-Winters", dampedHoltWinters, 1.4},
	{"mean of 2 weeks", meanOf(2), 1.1},
	{"mean of 4 weeks", meanOf(4), 1},
	{"mean of 8 weeks", meanOf(8), 1},
	{"mean of 16 weeks", meanOf(16), 1.1},
	{"mean of 52 weeks", meanOf(52), 1.3},
	{"trend of 8 weeks", trendOf(8), 1.5},
	{"trend of 13 weeks", trendOf(13), 1.3},
	{"trend of 26 weeks", trendOf(26), 1.1},
	{"trend of 52 weeks", trendOf(52), 1.2},
	{"growth rate of 26 weeks", growthOf(26), 1.2},
	{"growth rate of 52 weeks", growthOf(52), 1.2},
	{"level since the last break", sinceBreak, 1},
	{"last year and its change", lastYear, 1.1},
	{"last year's ratio", lastYearRatio, 1.1},
	{"yearly wave", yearlyWave(52, 1), 1.2},
	{"yearly wave with trend", yearlyWave(70, 2), 1.2},
}

// seasonalNaive repeats the last week.
func seasonalNaive(p *past, out []float64) bool {
	n := len(p.y)
	for i := range out {
		out[i] = p.y[n-7+i%7]
	}
	return true
}

func meanOf(weeks int) func(*past, []float64) bool {
	return func(p *past, out []float64) bool {
		if len(p.weeks) < weeks {
			return false
		}
		level := p.mean(weeks)
		p.shape(out, func(int) float64 { return level })
		return true
	}
}

// trendDays is how many days ahead a trend goes on in full. Later it fades: further ahead than the back-test looks, it goes on for as many
// days more as it has been seen, and for fadingMost at most.
const (
	trendDays  = 120
	fadingMost = 240
)

// faded is the number of days that a trend of so many weeks counts h days ahead.
func faded(h, weeks int) float64 {
	if h <= trendDays {
		return float64(h)
	}
	more := float64(min(7*weeks, fadingMost))
	return trendDays + more*(1-math.Exp(-float64(h-trendDays)/more))
}

// line fits weekly means by least squares and returns the level at the last day and the
// slope of a day.
func line(weeks []float64) (level, slope float64) {
	n := len(weeks)
	x := make([]float64, n)
	for i := range x {
		x[i] = -3 - 7*float64(i) // the middle of the week
	}
	return stat.LinearRegression(x, weeks, nil, false)
}

func trendOf(weeks int) func(*past, []float64) bool {
	return func(p *past, out []float64) bool {
		if len(p.weeks) < weeks {
			return false
		}
		level, slope := line(p.weeks[:weeks])
		p.shape(out, func(h int) float64 { return level + slope*faded(h, weeks) })
		return true
	}
}

// growthOf is a trend of the logarithms: growth by a rate.
func growthOf(weeks int) func(*past, []float64) bool {
	return func(p *past, out []float64) bool {
		if len(p.weeks) < weeks {
			return false
		}
		logs := make([]float64, weeks)
		for i, v := range p.weeks[:weeks] {
			if v <= 0 {
				return false
			}
			logs[i] = math.Log(v)
		}
		level, slope := line(logs)
		p.shape(out, func(h int) float64 { return math.Exp(level + min(slope*faded(h, weeks), 1.5)) })
		return true
	}
}

// breakWeeks is how far back a break is looked for; breakGain by how much two levels must fit better
// than one.
const (
	breakWeeks = 40
	breakGain  = 0.5
)

// sinceBreak is the mean since the weekly means last changed their level.
func sinceBreak(p *past, out []float64) bool {
	n := min(len(p.weeks), breakWeeks)
	if n < 6 {
		return false
	}
	level, since := 0.0, n
	for since > 3 {
		at := splitAt(p.weeks[:since])
		if at == 0 {
			break
		}
		since = at
	}
	if level = stat.Mean(p.weeks[:since], nil); p.changed {
		level = p.newest
	}
	p.shape(out, func(int) float64 { return level })
	return true
}

// splitAt finds how many of the newest weeks have a level of their own; 0 = all have one.
func splitAt(w []float64) int {
	n := len(w)
	total, squares := 0.0, 0.0
	for _, v := range w {
		total, squares = total+v, squares+v*v
	}
	whole := squares - total*total/float64(n)
	best, at, left := whole, 0, 0.0
	for k := 1; k < n; k++ {
		left += w[k-1]
		right := total - left
		if k < 2 || n-k < 2 {
			continue
		}
		if sse := squares - left*left/float64(k) - right*right/float64(n-k); sse < best {
			best, at = sse, k
		}
	}
	if best > breakGain*whole {
		return 0
	}
	return at
}

// yearAgo is the level h days ahead as it was 52 weeks earlier: the mean of the week around that day.
func (p *past) yearAgo(h int) float64 {
	h = (h-1)%364 + 1
	mid := len(p.y) - 1 + h - 364
	from, to := max(mid-10, 0), min(mid+11, len(p.y))
	return stat.Mean(p.y[from:to], nil)
}

// lastYearWeeks is the shortest history that last year's course can be read from.
const lastYearWeeks = 57

func lastYear(p *past, out []float64) bool {
	if len(p.weeks) < lastYearWeeks {
		return false
	}
	change := p.mean(4) - stat.Mean(p.weeks[52:56], nil)
	p.shape(out, func(h int) float64 { return p.yearAgo(h) + change*float64(1+(h-1)/364) })
	return true
}

func lastYearRatio(p *past, out []float64) bool {
	if len(p.weeks) < lastYearWeeks {
		return false
	}
	before := stat.Mean(p.weeks[52:56], nil)
	if before <= 0 || p.recent <= 0 {
		return false
	}
	ratio := min(max(p.recent/before, 0.25), 4)
	p.shape(out, func(h int) float64 { return p.yearAgo(h) * math.Pow(ratio, float64(1+(h-1)/364)) })
	return true
}

// yearlyWave fits a sine wave of a year, with a trend where terms is 2, to the weekly means, and
// starts it at the level of the last weeks.
func yearlyWave(least, terms int) func(*past, []float64) bool {
	return func(p *past, out []float64) bool {
		n := len(p.weeks)
		if n < least {
			return false
		}
		columns := 3
		if terms > 1 {
			columns = 4
		}
		row := func(x float64) [4]float64 {
			a := 2 * math.Pi * x / 365.25
			return [4]float64{1, math.Sin(a), math.Cos(a), x / 365.25}
		}
		gram, right := make([]float64, columns*columns), make([]float64, columns)
		for i, v := range p.weeks {
			r := row(-3 - 7*float64(i))
			for j := range columns {
				right[j] += r[j] * v
				for k := range columns {
					gram[j*columns+k] += r[j] * r[k]
				}
			}
		}
		var chol mat.Cholesky
		if !chol.Factorize(mat.NewSymDense(columns, gram)) {
			return false
		}
		var beta mat.VecDense
		if chol.SolveVecTo(&beta, mat.NewVecDense(columns, right)) != nil {
			return false
		}
		at := func(x float64) float64 {
			sum := 0.0
			for j, v := range row(x) {
				if j < columns {
					sum += beta.AtVec(j) * v
				}
			}
			return sum
		}
		off := 0.0
		for i := range 4 {
			off += (p.weeks[i] - at(-3-7*float64(i))) / 4
		}
		p.shape(out, func(h int) float64 {
			v := at(float64(h))
			if columns == 4 && h > trendDays {
				v -= beta.AtVec(3) * (float64(h) - faded(h, n)) / 365.25
			}
			return v + off
		})
		return true
	}
}
