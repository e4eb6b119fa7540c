package anomaly

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// The rules of this package were set by looking at the seeds below tuned; the bounds are judged on others.
const (
	tuned   = 40
	judging = 1000
)

func find(t testing.TB, in Input) []Anomaly {
	t.Helper()
	list, err := Find(t.Context(), in)
	require.NoError(t, err)
	return list
}

// judgeSeeds looks for anomalies in so many generated workspaces.
func judgeSeeds(t testing.TB, from uint64, n int, clean bool) score {
	t.Helper()
	var all score
	for seed := range uint64(n) {
		b := generate(from+seed, clean)
		all.add(b.judge(find(t, b.in)))
	}
	return all
}

func TestFind_PlantedAnomalies(t *testing.T) {
	s := judgeSeeds(t, judging, 20, false)
	t.Logf("%s\n%s", s, strings.Join(s.missed, "\n"))
	require.GreaterOrEqual(t, s.recall(), 0.97)
	require.GreaterOrEqual(t, s.precision(), 0.95)
}

func TestFind_CleanYears(t *testing.T) {
	if testing.Short() {
		t.Skip("The short run looks for planted anomalies alone, which runs the same code.")
	}
	const years = 20
	s := judgeSeeds(t, judging, years, true)
	months := float64(years*(genDays-youngDays)) / 30.4
	t.Logf("%.2f false alarms a month\n%s", float64(s.alarms)/months, strings.Join(s.missed, "\n"))
	require.LessOrEqual(t, float64(s.alarms)/months, 0.2)
}

// BenchmarkFind looks for anomalies in 5,000 leaves of 400 days.
func BenchmarkFind(b *testing.B) {
	in := generate(judging, false).in
	few := in.Leaves
	in.Leaves = nil
	for i := range 5000 {
		l := few[i%len(few)]
		l.Values[1] = fmt.Sprint(l.Values[1], "-", i/len(few))
		in.Leaves = append(in.Leaves, l)
	}
	b.ResetTimer()
	for range b.N {
		find(b, in)
	}
}

// BenchmarkTuning prints what the rules do on the seeds that they are set by.
func BenchmarkTuning(b *testing.B) {
	for range b.N {
		s, clean := judgeSeeds(b, 0, tuned, false), judgeSeeds(b, 0, tuned, true)
		b.Logf("%s\n%s", s, strings.Join(s.missed, "\n"))
		b.Logf("clean: %d false alarms in %d years\n%s", clean.alarms, tuned, strings.Join(clean.missed, "\n"))
	}
}
