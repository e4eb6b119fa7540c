package anomaly

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/stat"

	"cloud-intelligence/backend/finops"
)

// peers are the rules that others publish, each for one day of one leaf with all days before it.
var peers = []struct {
	name string
	odd  func(y []float64, t int) bool
}{
	{"more than the mean of seven days and 30 %", func(y []float64, t int) bool { return y[t] > 1.3*stat.Mean(y[t-7:t], nil) }},
	{"more than two standard deviations and 20 % from the mean of 28 days", func(y []float64, t int) bool {
		mean, sd := stat.MeanStdDev(y[t-28:t], nil)
		return math.Abs(y[t]-mean) > 2*sd && math.Abs(y[t]-mean) > 0.2*mean
	}},
	{"more than two standard deviations and 20 % from the same weekday of eight weeks", func(y []float64, t int) bool {
		var same []float64
		for d := t - 7; d >= max(0, t-56); d -= 7 {
			same = append(same, y[d])
		}
		mean, sd := stat.MeanStdDev(same, nil)
		return math.Abs(y[t]-mean) > 2*sd && math.Abs(y[t]-mean) > 0.2*mean
	}},
}

// byRule looks for anomalies with the rule of a peer; days of one leaf that follow each other are one.
func (b *bench) byRule(odd func(y []float64, t int) bool) []Anomaly {
	var list []Anomaly
	for _, l := range b.in.Leaves {
		last := -10
		for t := youngDays; t < len(l.Cost); t++ {
			if !odd(l.Cost, t) {
				continue
			}
			if t-last > quietDays+1 {
				list = append(list, Anomaly{Node: LeafNode(l.Values), First: b.in.First + finops.Day(t), Off: l.Cost[t] - l.Cost[t-7], State: Open})
			}
			last = t
		}
	}
	return list
}

// BenchmarkPeers prints what the published rules find of the same planted anomalies. Drifts and subtrees are not asked of them.
func BenchmarkPeers(b *testing.B) {
	for range b.N {
		for _, p := range peers {
			var all score
			for seed := range uint64(20) {
				w := generate(judging+seed, false)
				all.add(w.judge(w.byRule(p.odd)))
			}
			b.Logf("%s: %s", p.name, all)
		}
		b.Logf("ours: %s", judgeSeeds(b, judging, 20, false))
	}
}
