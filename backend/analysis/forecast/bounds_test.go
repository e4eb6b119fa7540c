package forecast

import (
	"fmt"
	"math"
	"os"
	"testing"

	"cloud-intelligence/backend/finops"
)

func TestTune(t *testing.T) {
	seed := uint64(1)
	if s := os.Getenv("SEED"); s != "" {
		fmt.Sscan(s, &seed)
	}
	type tally struct{ off, all float64 }
	type res struct{ ours, sn, hw float64 }
	byShape := map[string][]res{}
	hits, mo := 0, 0
	per := make([]map[string]float64, len(models))
	for i := range per {
		per[i] = map[string]float64{}
	}
	sumO, sumB, ok, n := 0.0, 0.0, 0, 0
	cov80, cov95, covN := 0, 0, 0
	covS := map[string][2]int{}
	for _, s := range generate(seed, 8) {
		var o, a, b tally
		pm := make([]tally, len(models))
		for _, asOf := range s.asOfs() {
			y := s.known(asOf)
			cal := newCalendar(s.first, s.first+finops.Day(asOf+aheadDays))
			out := statistical(cal, y, rest{make([]float64, len(y)), func(at, ahead int) []float64 { return nil }}, aheadDays)
			p := &past{y: y}
			sn, hw := make([]float64, aheadDays), make([]float64, aheadDays)
			seasonalNaive(p, sn)
			dampedHoltWinters(p, hw)
			each := newStudyRun(cal, y)
			from := 0
			for k := range 3 {
				to := from
				for to < aheadDays && (to == from || cal.left[asOf+to] != 0) {
					to++
				}
				actual := 0.0
				var f, fs, fh float64
				for i := from; i < to; i++ {
					actual += s.y[asOf+1+i]
					f += out.daily[i]
					fs += sn[i]
					fh += hw[i]
				}
				for m := range models {
					if each[m] == nil {
						pm[m].off += math.Abs(fs - actual)
						pm[m].all += actual
						continue
					}
					fm := 0.0
					for i := from; i < to; i++ {
						fm += each[m][i]
					}
					pm[m].off += math.Abs(fm - actual)
					pm[m].all += actual
				}
				o.off += math.Abs(f - actual)
				a.off += math.Abs(fs - actual)
				b.off += math.Abs(fh - actual)
				o.all += actual
				w80, w95 := out.width(from, to)
				c := covS[s.shape]
				c[1]++
				covN++
				if math.Abs(f-actual) <= w80 {
					cov80++
					c[0]++
				}
				if math.Abs(f-actual) <= w95 {
					cov95++
				}
				covS[s.shape] = c
				from = to
				_ = k
			}
		}
		r := res{o.off / o.all, a.off / o.all, b.off / o.all}
		for m := range models {
			per[m][s.shape] += pm[m].off / pm[m].all / 8
		}
		byShape[s.shape] = append(byShape[s.shape], r)
		better := min(r.sn, r.hw)
		sumO += r.ours
		sumB += better
		n++
		if r.ours <= better+0.005 {
			ok++
		}
	}
	_, _ = hits, mo
	for _, sh := range shapes {
		var o, a, b float64
		for _, r := range byShape[sh.name] {
			o += r.ours / 8
			a += r.sn / 8
			b += r.hw / 8
		}
		best, at := 9.0, 0
		for m := range models {
			if per[m][sh.name] < best {
				best, at = per[m][sh.name], m
			}
		}
		c := covS[sh.name]
		fmt.Printf("%-20s ours %5.2f  sn %5.2f  hw %5.2f   best %5.2f %-26s cov %d%%\n", sh.name, 100*o, 100*a, 100*b, 100*best, models[at].name, 100*c[0]/max(1, c[1]))
	}
	fmt.Printf("mean ours %.2f better %.2f ratio %.3f; within 0.5: %.0f%%  cov80 %.1f cov95 %.1f\n", 100*sumO/float64(n), 100*sumB/float64(n), sumO/sumB, 100*float64(ok)/float64(n), 100*float64(cov80)/float64(covN), 100*float64(cov95)/float64(covN))
}

func newStudyRun(cal *calendar, y []float64) [][]float64 {
	s := &study{cal: cal, y: y, up: ups(y), whole: y}
	out, _ := s.run(len(y)-1, aheadDays)
	return out
}
