package forecast

import (
	"fmt"
	"math"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/finops"
)

// The seeds of the generated series. The rules of this package were set by looking at tuning; the
// bounds are judged on the others, whose series have parameters of their own.
const (
	tuning  = 1
	judging = 20261128
)

// inputOf is a series as it is known at one of its days.
func (s *series) inputOf(asOf int) Input {
	y := s.known(asOf)
	charges := make([]Charge, len(y))
	for t, v := range y {
		charges[t] = Charge{Day: s.first + finops.Day(t), Category: "Usage", Amount: sumOf(fmt.Sprintf("%.4f", v))}
	}
	last := s.first + finops.Day(asOf)
	in := Split(charges, nil, s.first, last)
	in.Until, in.Currency = (last+1).Month()+windows-1, "USD"
	return in
}

func sumOf(text string) finops.Sum {
	a, err := finops.ParseAmount([]byte(text))
	if err != nil {
		panic(err)
	}
	var s finops.Sum
	s.Add(a)
	return s
}

// off adds up what forecasts were off and what came.
type off struct{ off, all float64 }

func (o *off) add(forecast, actual float64) {
	o.off, o.all = o.off+math.Abs(forecast-actual), o.all+math.Abs(actual)
}

func (o off) wape() float64 { return o.off / o.all }

// verdict is what forecasts of generated series came to.
type verdict struct {
	series, good, months, in80, in95 int
	ours, better                     float64 // sums of the WAPE over the series
}

// verdicts are those of each shape, by its name.
type verdicts map[string]*verdict

// judge forecasts three months of each series from several days, and adds up what came of it.
func (v verdicts) judge(seed uint64, each int) {
	for _, s := range generate(seed, each) {
		if v[s.shape] == nil {
			v[s.shape] = &verdict{}
		}
		v[s.shape].add(s.judge())
	}
}

func (v verdicts) all() *verdict {
	all := &verdict{}
	for _, shape := range shapes {
		all.add(v[shape.name])
	}
	return all
}

// String has a line for each shape, and one for all.
func (v verdicts) String() string {
	text := strings.Builder{}
	for _, shape := range shapes {
		fmt.Fprintf(&text, "\n%-20s %s", shape.name, v[shape.name])
	}
	return text.String() + fmt.Sprintf("\n%-20s %s", "all", v.all())
}

func (v *verdict) add(o *verdict) {
	v.series, v.good, v.months, v.in80, v.in95 = v.series+o.series, v.good+o.good, v.months+o.months, v.in80+o.in80, v.in95+o.in95
	v.ours, v.better = v.ours+o.ours, v.better+o.better
}

func (v *verdict) ratio() float64 { return v.ours / v.better }

func (v *verdict) String() string {
	n, m := float64(v.series)/100, float64(v.months)/100
	return fmt.Sprintf("WAPE %5.2f %%, of the better of seasonal naive and Holt-Winters %5.2f %%, ratio %.2f; not worse in %3.0f %% of %d series; in the 80 %% band %.1f %%, in the 95 %% band %.1f %%",
		v.ours/n, v.better/n, v.ratio(), float64(v.good)/n, v.series, float64(v.in80)/m, float64(v.in95)/m)
}

func (s *series) judge() *verdict {
	v := &verdict{series: 1}
	var ours, naive, winters off
	for _, asOf := range s.asOfs() {
		p := &past{y: s.known(asOf)}
		sn, hw := make([]float64, aheadDays), make([]float64, aheadDays)
		seasonalNaive(p, sn)
		dampedHoltWinters(p, hw)
		from := 0
		for _, m := range Build(s.inputOf(asOf)).Months {
			to := int(m.Month.Last()-s.first) - asOf
			actual, byNaive, byWinters := 0.0, 0.0, 0.0
			for i := from; i < to; i++ {
				actual, byNaive, byWinters = actual+s.y[asOf+1+i], byNaive+sn[i], byWinters+hw[i]
			}
			ours.add(float(m.Forecast), actual)
			naive.add(byNaive, actual)
			winters.add(byWinters, actual)
			v.months++
			if float(m.Low80) <= actual && actual <= float(m.High80) {
				v.in80++
			}
			if float(m.Low95) <= actual && actual <= float(m.High95) {
				v.in95++
			}
			from = to
		}
	}
	v.ours, v.better = ours.wape(), min(naive.wape(), winters.wape())
	if v.ours <= v.better+0.005 {
		v.good = 1
	}
	return v
}

func TestForecast_BetterThanSimpleModels(t *testing.T) {
	shapes := verdicts{}
	shapes.judge(judging, 4)
	t.Log(shapes)
	v := shapes.all()
	require.GreaterOrEqual(t, v.series, 60)
	require.LessOrEqual(t, v.ratio(), 0.6)
	require.GreaterOrEqual(t, float64(v.good)/float64(v.series), 0.75)
	in80 := float64(v.in80) / float64(v.months)
	require.GreaterOrEqual(t, in80, 0.75)
	require.LessOrEqual(t, in80, 0.85)
	require.Greater(t, v.in95, v.in80)
}

// BenchmarkAccuracy judges many series of several seeds, none of which the rules were set by, and prints the figures of each shape.
func BenchmarkAccuracy(b *testing.B) {
	for range b.N {
		shapes := verdicts{}
		for seed := range uint64(8) {
			shapes.judge(judging+1+seed, 8)
		}
		fmt.Fprintln(os.Stdout, shapes) // a log of a benchmark ends after ten lines
		all := shapes.all()
		b.ReportMetric(all.ratio(), "ratio")
		b.ReportMetric(100*float64(all.good)/float64(all.series), "%good")
		b.ReportMetric(100*float64(all.in80)/float64(all.months), "%in80")
	}
}

// BenchmarkTuning prints the figures by shape on the series that the rules are set by.
func BenchmarkTuning(b *testing.B) {
	for range b.N {
		shapes := verdicts{}
		shapes.judge(tuning, 8)
		fmt.Fprintln(os.Stdout, shapes)
	}
}

// BenchmarkBuild makes forecasts of three months from the longest histories of each shape.
func BenchmarkBuild(b *testing.B) {
	var inputs []Input
	for _, s := range generate(tuning, 2) {
		inputs = append(inputs, s.inputOf(len(s.y)-1))
	}
	b.ResetTimer()
	for i := range b.N {
		Build(inputs[i%len(inputs)])
	}
}
