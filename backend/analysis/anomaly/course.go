package anomaly

import (
	"math"

	"cloud-intelligence/backend/finops"
)

// CourseDay is what a node cost on a day and should have cost.
type CourseDay struct {
	Day            finops.Day
	Cost, Expected float64
	// Low and High are the band outside of which a day can be an anomaly. They and Expected mean nothing where Known is false: the node is
	// too young, or its costs have no pattern.
	Low, High float64
	Known     bool
}

// Course returns the days of a node in one currency, from its first day with a cost to the last complete one of its data sets, as Find judges them.
func Course(in Input, node Node, currency string) []CourseDay {
	f := &finder{in: in, days: int(in.AsOf-in.First) + 1}
	if f.days < 1 {
		return nil
	}
	f.prepare()
	born, end, own := f.days, 0, in.Sensitivity
	cost, expected, variance := make([]float64, f.days), make([]float64, f.days), make([]float64, f.days)
	known := make([]bool, f.days)
	for i := range in.Leaves {
		l := &in.Leaves[i]
		if l.Currency != currency || !node.Has(l.Values) {
			continue
		}
		j := f.judgeLeaf(i)
		born, end, own = min(born, j.born), max(end, len(j.y)), f.rulesOf(i)
		for t := j.born; t < len(j.y); t++ {
			cost[t], expected[t] = cost[t]+j.y[t], expected[t]+j.expected[t]
			if t-j.born >= youngDays {
				known[t] = true
				variance[t] += j.noise[t] * j.noise[t]
			}
		}
	}
	var days []CourseDay
	floor := f.floors[floorKey{currency, own}]
	for t := born; t < end; t++ {
		d := CourseDay{Day: in.First + finops.Day(t), Cost: cost[t], Expected: expected[t], Known: known[t] && !math.IsInf(variance[t], 1)}
		if d.Known {
			width := max(own.Share*math.Abs(d.Expected), floor[t], own.Scales*math.Sqrt(variance[t]))
			d.Low, d.High = d.Expected-width, d.Expected+width
		}
		days = append(days, d)
	}
	return days
}
