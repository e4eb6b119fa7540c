package forecast

import "math"

// smoothing are the parameters of damped Holt-Winters: of the level, the trend, the season, and
// the share of the trend that is left each day.
type smoothing struct{ alpha, beta, gamma, phi float64 }

// smoothings are the parameters that are tried; those with the smallest squared errors one day
// ahead are used.
var smoothings = func() []smoothing {
	var list []smoothing
	for _, alpha := range []float64{0.05, 0.15, 0.35} {
		for _, beta := range []float64{0.01, 0.1} {
			list = append(list, smoothing{alpha, beta, 0.1, 0.98})
		}
	}
	return list
}()

// dampedHoltWinters is the additive method with a damped trend and a season of a week (Hyndman and
// Athanasopoulos, Forecasting: Principles and Practice, 3rd edition, section 8.3).
func dampedHoltWinters(p *past, out []float64) bool {
	if len(p.y) < 28 {
		return false
	}
	best, least := winters{}, math.Inf(1)
	for _, s := range smoothings {
		if w, errs := smooth(p.y, s); errs < least {
			best, least = w, errs
		}
	}
	trend, damp := 0.0, 1.0
	for i := range out {
		damp *= best.phi
		trend += damp * best.trend
		out[i] = best.level + trend + best.season[(len(p.y)+i)%7]
	}
	return true
}

// winters is the state after the last day.
type winters struct {
	level, trend, phi float64
	season            [7]float64 // by day modulo 7
}

// smooth goes through a series once and adds up the squared errors of one day ahead, from the fifth week on.
func smooth(y []float64, s smoothing) (w winters, squares float64) {
	w.phi = s.phi
	first, second := 0.0, 0.0
	for i := range 7 {
		first, second = first+y[i]/7, second+y[7+i]/7
	}
	w.level, w.trend = second, (second-first)/7
	for i := range 7 {
		w.season[i] = (y[i] - first + y[7+i] - second) / 2
	}
	at := 0
	for t := 14; t < len(y); t++ {
		expected := w.level + s.phi*w.trend
		off := y[t] - expected - w.season[at]
		if t >= 28 {
			squares += off * off
		}
		w.level = expected + s.alpha*off
		w.trend = s.phi*w.trend + s.alpha*s.beta*off
		w.season[at] += s.gamma * off
		if at++; at == 7 {
			at = 0
		}
	}
	return w, squares
}
