package anomaly

import (
	"fmt"
	"math"
	"math/rand/v2"

	"cloud-intelligence/backend/finops"
)

// planted is an anomaly that a generated workspace has, and what to find of it.
type planted struct {
	kind Kind
	node Node
	up   bool
	day  int
	days int
	size float64 // what its days are multiplied with; of a new leaf its cost as a share of its service's
}

func (p planted) String() string {
	return fmt.Sprintf("%s ×%.2f on day %d for %d days, %s", p.kind, p.size, p.day, p.days, p.node)
}

// bench is a generated workspace with what was planted in it.
type bench struct {
	in      Input
	regular []bool // by leaf: its course has a pattern that anomalies stand out from
	planted []planted
}

// courses are what leaves cost when nothing is odd; each draws its own parameters.
var courses = []struct {
	name string
	cost func(r *rand.Rand, first finops.Day, y []float64)
}{
	{"flat", func(*rand.Rand, finops.Day, []float64) {}},
	{"weekly", func(r *rand.Rand, first finops.Day, y []float64) { week(first, y, between(r, 0.2, 0.8)) }},
	{"growth", func(r *rand.Rand, first finops.Day, y []float64) {
		rate := between(r, -0.03, 0.06) / 30
		for t := range y {
			y[t] *= math.Exp(rate * float64(t))
		}
		week(first, y, between(r, 0.5, 1))
	}},
	{"yearly", func(r *rand.Rand, first finops.Day, y []float64) {
		size, phase := between(r, 0.1, 0.3), between(r, 0, 2*math.Pi)
		for t := range y {
			y[t] *= 1 + size*math.Sin(2*math.Pi*float64(t)/365.25+phase)
		}
		week(first, y, between(r, 0.6, 1))
	}},
	{"month end", func(r *rand.Rand, first finops.Day, y []float64) {
		size, day := between(r, 1.5, 5), r.IntN(4)
		for t := range y {
			d := first + finops.Day(t)
			if m := d.Month(); day == 0 && d == m.Last() || day > 0 && d == m.First()+finops.Day(7*day-7) {
				y[t] *= size * between(r, 0.9, 1.1)
			}
		}
	}},
	{"sparse", func(r *rand.Rand, _ finops.Day, y []float64) {
		share := between(r, 0.08, 0.3)
		for t := range y {
			if t > 3 && r.Float64() > share {
				y[t] = 0
			}
			y[t] *= between(r, 0.7, 1.4)
		}
	}},
	{"fades", func(r *rand.Rand, _ finops.Day, y []float64) {
		from, days := len(y)/3+r.IntN(len(y)/3), 14+r.IntN(40)
		for t := range y {
			y[t] *= max(0, min(1, 1-float64(t-from)/float64(days)))
		}
	}},
}

func between(r *rand.Rand, low, high float64) float64 { return low + (high-low)*r.Float64() }

func week(first finops.Day, y []float64, weekend float64) {
	for t := range y {
		if (int(first)+t+3)%7 >= 5 {
			y[t] *= weekend
		}
	}
}

// noise makes a cost of so many days around a level, with noise that partly lasts.
func noise(r *rand.Rand, size float64, days int, most float64) []float64 {
	y := make([]float64, days)
	sd, carry, last := between(r, 0.01, most), between(r, 0, 0.5), 0.0
	for t := range y {
		last = carry*last + sd*r.NormFloat64()
		y[t] = size * max(0, 1+last)
	}
	return y
}

const genDays = 400

// generate makes a workspace of some fifty leaves; without anomalies it is a clean year.
func generate(seed uint64, clean bool) *bench {
	r := rand.New(rand.NewPCG(seed, 7))
	b := &bench{in: Input{First: finops.NewDay(2025, 1, 1) + finops.Day(r.IntN(365)), Sensitivity: Sensitivities["medium"]}}
	b.in.AsOf = b.in.First + genDays - 1
	for a := range 3 {
		provider, account := []string{"AWS", "AWS", "Azure"}[a], fmt.Sprintf("account-%d", a)
		b.in.Sets = append(b.in.Sets, DataSet{Last: b.in.AsOf})
		for s := range 6 {
			for g := range 1 + r.IntN(4) {
				y := noise(r, math.Exp(between(r, 3, 6)), genDays, 0.08)
				c := r.IntN(len(courses))
				courses[c].cost(r, b.in.First, y)
				b.in.Leaves = append(b.in.Leaves, Leaf{Values: [4]string{provider, account, fmt.Sprintf("service-%d", s), fmt.Sprintf("region-%d", g)}, Currency: "USD", Set: a, Cost: y})
				b.regular = append(b.regular, c < 4)
				if !clean && c < 4 && r.IntN(6) == 0 {
					b.plant(r, len(b.in.Leaves)-1)
				}
			}
		}
	}
	if !clean {
		b.plantService(r)
		b.plantNew(r)
	}
	return b
}

// plant plants an anomaly in a leaf.
func (b *bench) plant(r *rand.Rand, leaf int) {
	l := &b.in.Leaves[leaf]
	p := planted{node: LeafNode(l.Values), up: true, day: 60 + r.IntN(genDays-120)}
	switch r.IntN(5) {
	case 0, 1:
		p.kind, p.days, p.size = Spike, 1+r.IntN(4), between(r, 1.8, 6)
	case 2:
		p.kind, p.days, p.size = Shift, genDays, between(r, 1.6, 3)
	case 3:
		p.kind, p.up, p.days, p.size = Drop, false, 1+r.IntN(40), between(r, 0, 0.3)
	case 4:
		p.kind, p.days, p.size = Drift, 28+r.IntN(20), between(r, 0.012, 0.02)
	}
	b.planted = append(b.planted, p)
	apply(l.Cost, p)
}

func apply(y []float64, p planted) {
	for t := p.day; t < len(y); t++ {
		switch {
		case p.kind == Drift:
			y[t] *= 1 + p.size*float64(min(t-p.day+1, p.days))
		case t < p.day+p.days:
			y[t] *= p.size
		}
	}
}

// plantService makes all regions of a service of three or more dearer.
func (b *bench) plantService(r *rand.Rand) {
	byNode := map[Node][]int{}
	var nodes []Node
	for i := range b.in.Leaves {
		n := LeafNode(b.in.Leaves[i].Values).up(subtrees[0])
		if byNode[n] == nil {
			nodes = append(nodes, n)
		}
		byNode[n] = append(byNode[n], i)
	}
	for _, n := range nodes {
		if len(byNode[n]) < 3 || b.touches(n) || !b.allRegular(n) {
			continue
		}
		p := planted{kind: Spike, node: n, up: true, day: 60 + r.IntN(genDays-120), days: 1 + r.IntN(3), size: between(r, 2, 4)}
		if r.IntN(2) == 0 {
			p.kind, p.days = Shift, genDays
		}
		for _, i := range byNode[n] {
			apply(b.in.Leaves[i].Cost, p)
		}
		b.planted = append(b.planted, p)
		return
	}
}

func (b *bench) allRegular(n Node) bool {
	for i, l := range b.in.Leaves {
		if n.Has(l.Values) && !b.regular[i] {
			return false
		}
	}
	return true
}

func (b *bench) touches(n Node) bool {
	for _, p := range b.planted {
		if inside(p.node, n) {
			return true
		}
	}
	return false
}

// plantNew starts a service in a region that had nothing.
func (b *bench) plantNew(r *rand.Rand) {
	for try := range b.in.Leaves {
		l := b.in.Leaves[(try*7+r.IntN(9))%len(b.in.Leaves)]
		n := LeafNode(l.Values).up(subtrees[0])
		if b.touches(n) || !b.allRegular(n) {
			continue
		}
		day := 60 + r.IntN(genDays-120)
		total := 0.0
		for _, o := range b.in.Leaves {
			if inside(n, LeafNode(o.Values)) {
				for _, v := range o.Cost[day-28 : day] {
					total += v / 28
				}
			}
		}
		if total < 50 {
			continue
		}
		size := between(r, 1, 2)
		y := noise(r, size*total, genDays, 0.05)
		for t := range day {
			y[t] = 0
		}
		l.Values[3], l.Cost = "region-new", y
		b.in.Leaves, b.regular = append(b.in.Leaves, l), append(b.regular, true)
		b.planted = append(b.planted, planted{Shift, LeafNode(l.Values), true, day, genDays, size})
		return
	}
}

// score is what was found of what was planted.
type score struct {
	planted, found, right, alarms int
	missed                        []string
}

func (s score) recall() float64 { return float64(s.right) / float64(max(1, s.planted)) }

// precision is the share of what was reported that was planted.
func (s score) precision() float64 { return float64(s.right) / float64(max(1, s.right+s.alarms)) }

func (s *score) add(o score) {
	s.planted, s.found, s.right, s.alarms = s.planted+o.planted, s.found+o.found, s.right+o.right, s.alarms+o.alarms
	s.missed = append(s.missed, o.missed...)
}

func (s score) String() string {
	return fmt.Sprintf("recall %.3f, precision %.3f (%d planted, %d found, %d false alarms)", s.recall(), s.precision(), s.planted, s.right, s.alarms)
}

// onsets are by how many days the first day may be off.
var onsets = map[Kind]int{Spike: 1, Shift: 2, Drop: 1, Drift: 10}

// judge compares what was found with what was planted: direction, leaf and first day must be right, and what is found
// twice is a false alarm.
func (b *bench) judge(list []Anomaly) score {
	s := score{planted: len(b.planted)}
	used := make([]bool, len(list))
	for _, p := range b.planted {
		hit := false
		for i, a := range list {
			off := int(a.First-b.in.First) - p.day
			if used[i] || a.State != Open || a.Node != p.node || (a.Off > 0) != p.up || max(off, -off) > onsets[p.kind] {
				continue
			}
			if p.kind == Drift != (a.Kind == Drift) {
				continue
			}
			used[i], hit = true, true
			break
		}
		if hit {
			s.right++
		} else {
			s.missed = append(s.missed, "missed "+p.String())
		}
	}
	for i, a := range list {
		if a.State == Open && !used[i] {
			s.alarms++
			s.missed = append(s.missed, fmt.Sprintf("alarm %s on day %d to %d, expected %.0f, off %.0f, %s", a.Kind, a.First-b.in.First, a.Last-b.in.First, a.Expected, a.Off, a.Node))
		}
	}
	return s
}
