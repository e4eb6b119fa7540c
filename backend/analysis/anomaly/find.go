package anomaly

import (
	"cmp"
	"context"
	"math"
	"runtime"
	"slices"

	"golang.org/x/sync/errgroup"

	"cloud-intelligence/backend/finops"
)

// Shares of the rules of subtrees.
const (
	movedShare     = 0.6 // of the leaves that spend move the same way: their subtree is named
	movedHalf      = 0.5 // of the share of the sensitivity counts as moving
	movedScales    = 3   // robust standard deviations, too
	coveredShare   = 0.8 // of what the widest such subtree explains is enough for a smaller one
	explainedShare = 0.4 // of the deviation of a subtree is explained by smaller anomalies, so that it is none
	youngShare     = 0.6 // of the deviation of a subtree comes from one new leaf, which is then named
	lateShare      = 0.7 // of the leaves of a data set are low: its data is late
	lateLow        = 0.8 // of the same weekdays before is low
	lateMost       = 7   // days at the end
)

// Find returns the anomalies of the leaves, the newest first, of one day the largest first. Only ctx can make it fail.
func Find(ctx context.Context, in Input) ([]Anomaly, error) {
	f := &finder{in: in, days: int(in.AsOf-in.First) + 1}
	if f.days < 1 || len(in.Leaves) == 0 {
		return nil, nil
	}
	f.prepare()
	if err := f.judgeAll(ctx); err != nil {
		return nil, err
	}
	f.dropLate()
	f.fromLeaves()
	if err := f.fromSubtrees(ctx); err != nil {
		return nil, err
	}
	slices.SortFunc(f.found, func(a, b Anomaly) int {
		return cmp.Or(cmp.Compare(b.First, a.First), cmp.Compare(math.Abs(b.Off), math.Abs(a.Off)), cmp.Compare(a.ID, b.ID))
	})
	return f.found, nil
}

// finder is an Input while it is judged.
type finder struct {
	in      Input
	days    int
	weekday int
	floors  map[floorKey][]float64
	leaves  []judged
	nodes   map[nodeKey][]int
	found   []Anomaly
}

// nodeKey is a node in one currency.
type nodeKey struct {
	node     Node
	currency string
}

// floorKey is a currency and the sensitivity that says what is too small in it to matter.
type floorKey struct {
	currency string
	rules    Sensitivity
}

// rulesOf is the sensitivity of a leaf.
func (f *finder) rulesOf(leaf int) Sensitivity {
	if own := f.in.Leaves[leaf].Sensitivity; own != nil {
		return *own
	}
	return f.in.Sensitivity
}

// prepare finds the floors, the days without data and the subtrees.
func (f *finder) prepare() {
	f.weekday = (int(f.in.First)%7 + 7) % 7
	totals := map[string][]float64{}
	f.nodes = map[nodeKey][]int{}
	for i := range f.in.Leaves {
		l := &f.in.Leaves[i]
		if totals[l.Currency] == nil {
			totals[l.Currency] = make([]float64, f.days)
		}
		for t, v := range l.Cost[:min(len(l.Cost), f.days)] {
			totals[l.Currency][t] += v
		}
		for _, named := range subtrees {
			key := nodeKey{LeafNode(l.Values).up(named), l.Currency}
			f.nodes[key] = append(f.nodes[key], i)
		}
	}
	f.floors = map[floorKey][]float64{}
	for currency, total := range totals {
		key := floorKey{currency, f.in.Sensitivity}
		f.floors[key] = f.floor(total, key)
	}
	for i := range f.in.Leaves {
		key := floorKey{f.in.Leaves[i].Currency, f.rulesOf(i)}
		if f.floors[key] == nil {
			f.floors[key] = f.floor(totals[key.currency], key)
		}
	}
}

// floor is what a day must be off by to matter, by day: a share of the mean daily cost of all leaves in the days before, and at least an
// amount that is worth looking at.
func (f *finder) floor(total []float64, key floorKey) []float64 {
	floor := make([]float64, f.days)
	sum, amount := 0.0, least(key.rules, key.currency)
	for t := range floor {
		floor[t] = max(amount, key.rules.Floor*math.Abs(sum)/float64(max(1, min(t, youngDays))))
		sum += total[t]
		if t >= youngDays {
			sum -= total[t-youngDays]
		}
	}
	return floor
}

// seriesOf makes what is judged of costs by day: up to the last day of their data sets.
func (f *finder) seriesOf(cost []float64, set int) series {
	end := f.days
	var missing map[finops.Day]bool
	if set >= 0 {
		s := f.in.Sets[set]
		end, missing = min(end, int(s.Last-f.in.First)+1), s.Missing
	}
	s := series{first: f.in.First, y: make([]float64, max(end, 0))}
	copy(s.y, cost)
	s.born = slices.IndexFunc(s.y, func(v float64) bool { return v != 0 })
	if s.born < 0 {
		s.born = len(s.y)
	}
	for d := range missing {
		if t := int(d - f.in.First); t >= 0 && t < end {
			if s.missing == nil {
				s.missing = make([]bool, end)
			}
			s.missing[t] = true
		}
	}
	return s
}

// each runs fn for so many things, on all processors.
func each(ctx context.Context, n int, fn func(i int)) error {
	group, running := errgroup.WithContext(ctx)
	workers := runtime.GOMAXPROCS(0)
	for w := range workers {
		group.Go(func() error {
			for i := w; i < n; i += workers {
				if running.Err() != nil {
					return context.Cause(running)
				}
				fn(i)
			}
			return nil
		})
	}
	return group.Wait()
}

func (f *finder) judgeAll(ctx context.Context) error {
	f.leaves = make([]judged, len(f.in.Leaves))
	return each(ctx, len(f.in.Leaves), func(i int) { f.leaves[i] = f.judgeLeaf(i) })
}

func (f *finder) judgeLeaf(i int) judged {
	l, rules := &f.in.Leaves[i], f.rulesOf(i)
	return judgeSeries(f.seriesOf(l.Cost, l.Set), rules, f.floors[floorKey{l.Currency, rules}], f.weekday)
}

// dropLate finds the days at the end of each data set on which most of its leaves are low, and takes back what was
// taken for a drop on them.
func (f *finder) dropLate() {
	lateFrom := make([]int, len(f.in.Sets))
	for set := range lateFrom {
		end := min(f.days, int(f.in.Sets[set].Last-f.in.First)+1)
		lateFrom[set] = end
		for t := end - 1; t >= max(0, end-lateMost) && f.low(set, t); t-- {
			lateFrom[set] = t
		}
	}
	for i := range f.leaves {
		from := lateFrom[f.in.Leaves[i].Set]
		kept := f.leaves[i].runs[:0]
		for _, r := range f.leaves[i].runs {
			if !r.up && r.start >= from {
				continue
			}
			if !r.up {
				r.last = min(r.last, max(r.start, from-1))
			}
			kept = append(kept, r)
		}
		f.leaves[i].runs = kept
	}
}

// low reports whether most leaves of a data set are low on a day.
func (f *finder) low(set, t int) bool {
	n, low := 0, 0
	for i := range f.leaves {
		l := &f.leaves[i]
		if f.in.Leaves[i].Set != set || t >= len(l.y) || t-l.born < youngDays {
			continue
		}
		usual := medianOf([]float64{l.y[t-7], l.y[t-14], l.y[t-21], l.y[t-28]})
		if usual <= 0 {
			continue
		}
		if n++; l.y[t] < lateLow*usual {
			low++
		}
	}
	return n > 0 && float64(low) >= lateShare*float64(n)
}

// off is what a leaf is off on a day; old says that it can be judged.
func (f *finder) off(leaf, t int) (off, expected float64, old bool) {
	l := &f.leaves[leaf]
	if t >= len(l.y) || t-l.born < youngDays || l.lacks(t) {
		return 0, 0, false
	}
	return l.y[t] - l.expected[t], l.expected[t], true
}

// event is a run of a leaf.
type event struct {
	leaf int
	run  *run
}

// fromLeaves makes anomalies of the runs of leaves, those that are one together.
func (f *finder) fromLeaves() {
	var open []event
	for i := range f.leaves {
		for r := range f.leaves[i].runs {
			if run := &f.leaves[i].runs[r]; !run.silent {
				open = append(open, event{i, run})
			}
		}
	}
	slices.SortStableFunc(open, func(a, b event) int {
		return cmp.Or(cmp.Compare(a.run.start, b.run.start), cmp.Compare(b.run.size, a.run.size))
	})
	used := make([]bool, len(open))
	for i, e := range open {
		if used[i] {
			continue
		}
		together := []event{e}
		node := f.smallest(e)
		for k := i; k < len(open) && open[k].run.start <= e.run.start+1; k++ {
			o := open[k]
			if used[k] || o.run.up != e.run.up || f.in.Leaves[o.leaf].Currency != f.in.Leaves[e.leaf].Currency || LeafNode(f.in.Leaves[o.leaf].Values).up(node.Named) != node {
				continue
			}
			if used[k] = true; k != i {
				together = append(together, o)
			}
		}
		f.add(node, f.in.Leaves[e.leaf].Currency, together)
	}
}

// moving adds up what the leaves of a node are off in one direction on a day.
func (f *finder) moving(leaves []int, t int, up bool) (flagged, moved, spending int, off float64) {
	for _, i := range leaves {
		best, spends := 0.0, false
		found, silent := f.leaves[i].runNear(t, up)
		for _, d := range []int{t, t + 1} {
			o, e, old := f.off(i, d)
			if !old {
				continue
			}
			spends = spends || (e > 0 || f.leaves[i].y[d] > 0) && !math.IsInf(f.leaves[i].noise[d], 1)
			if (o > 0) == up && math.Abs(o) >= max(movedHalf*f.rulesOf(i).Share*math.Abs(e), movedScales*f.leaves[i].noise[d]) {
				best = max(best, math.Abs(o))
			}
		}
		if spends {
			spending++
		}
		if best > 0 && spends && !silent {
			moved++
			off += best
			if found {
				flagged++
			}
		}
	}
	return flagged, moved, spending, off
}

// runNear says whether a run of one direction begins near a day, and whether it is explained.
func (l *judged) runNear(t int, up bool) (found, silent bool) {
	for i := range l.runs {
		if r := &l.runs[i]; r.up == up && r.start >= t-1 && r.start <= t+1 {
			found, silent = true, r.silent
		}
	}
	return found, silent
}

// smallest returns the node that explains a run: the leaf itself, or the smallest subtree of which most leaves
// move with it.
func (f *finder) smallest(e event) Node {
	l := &f.in.Leaves[e.leaf]
	leaf := LeafNode(l.Values)
	if e.run.kind == Drift {
		return leaf
	}
	type candidate struct {
		node Node
		off  float64
	}
	list := []candidate{{leaf, e.run.size}}
	widest := e.run.size
	for _, named := range subtrees {
		node := leaf.up(named)
		flagged, moved, spending, off := f.moving(f.nodes[nodeKey{node, l.Currency}], e.run.start, e.run.up)
		if flagged < 2 || float64(moved) < movedShare*float64(spending) {
			continue
		}
		list = append(list, candidate{node, off})
		widest = max(widest, off)
	}
	for _, c := range list {
		if c.off >= coveredShare*widest {
			return c.node
		}
	}
	return leaf
}

// add makes one anomaly of runs that begin together.
func (f *finder) add(node Node, currency string, together []event) {
	first, last, year := together[0].run.start, 0, false
	kind := together[0].run
	for _, e := range together {
		last = max(last, e.run.last)
		year = year || e.run.yearAgo
		if e.run.size > kind.size {
			kind = e.run
		}
	}
	a := Anomaly{Kind: kind.kind, Node: node, Currency: currency, First: f.in.First + finops.Day(first), Last: f.in.First + finops.Day(last), State: Open}
	if a.Kind == "" || a.Kind == Spike && last-first+1 >= shiftDays {
		a.Kind = Shift
	}
	if year {
		a.State = Expected
	}
	leaves := []int{together[0].leaf}
	if node.Named != LeafNode(node.Values).Named {
		leaves = f.nodes[nodeKey{node, currency}]
	}
	f.measure(&a, leaves, first, last)
	a.ID = a.id()
	f.found = append(f.found, a)
}

// measure adds up what the days of an anomaly were expected to cost, and were off.
func (f *finder) measure(a *Anomaly, leaves []int, first, last int) {
	recent, lasts := 0.0, false
	from := max(first, last-shiftDays+1)
	for _, i := range leaves {
		l := &f.leaves[i]
		lasts = lasts || last >= len(l.y)-1
		for t := first; t <= last && t < len(l.y); t++ {
			e := l.expected[t]
			if t-l.born < youngDays && len(leaves) > 1 {
				e = l.y[t]
			}
			a.Expected += e
			a.Off += l.y[t] - e
			if t >= from {
				recent += l.y[t] - e
			}
		}
	}
	if lasts || a.Kind != Spike {
		a.MonthOn = 30 * recent / float64(last-from+1)
	}
}

// fromSubtrees judges subtrees as wholes, for what their leaves do not show: leaves that are too young to be judged,
// and small deviations of many.
func (f *finder) fromSubtrees(ctx context.Context) error {
	for _, named := range subtrees {
		var keys []nodeKey
		for key, leaves := range f.nodes {
			if key.node.Named == named && len(leaves) > 1 {
				keys = append(keys, key)
			}
		}
		slices.SortFunc(keys, func(a, b nodeKey) int {
			return cmp.Or(slices.Compare(a.node.Values[:], b.node.Values[:]), cmp.Compare(a.currency, b.currency))
		})
		wholes := make([]judged, len(keys))
		err := each(ctx, len(keys), func(i int) { wholes[i] = f.whole(keys[i]) })
		if err != nil {
			return err
		}
		for i, key := range keys {
			for r := range wholes[i].runs {
				if run := &wholes[i].runs[r]; !run.silent && run.kind != Drift {
					f.explain(key, run)
				}
			}
		}
	}
	return nil
}

// whole judges a subtree.
func (f *finder) whole(key nodeKey) judged {
	sum := make([]float64, f.days)
	end := f.days
	for _, i := range f.nodes[key] {
		for t, v := range f.in.Leaves[i].Cost[:min(len(f.in.Leaves[i].Cost), f.days)] {
			sum[t] += v
		}
		end = min(end, int(f.in.Sets[f.in.Leaves[i].Set].Last-f.in.First)+1)
	}
	s := f.seriesOf(sum[:max(end, 0)], -1)
	s.y = s.y[:max(end, 0)]
	s.born = min(s.born, len(s.y))
	return judgeSeries(s, f.in.Sensitivity, f.floors[floorKey{key.currency, f.in.Sensitivity}], f.weekday)
}

// explain makes an anomaly of a run of a subtree that no smaller one explains.
func (f *finder) explain(key nodeKey, r *run) {
	leaves := f.nodes[key]
	explained, youngest, most := 0.0, -1, 0.0
	for _, i := range leaves {
		l := &f.leaves[i]
		for k := range l.runs {
			if o := &l.runs[k]; o.up == r.up && (o.near(r.start) || o.start <= r.start && r.start <= o.last) {
				explained += o.size
			}
		}
		if t := r.start; t < len(l.y) && t >= l.born && t-l.born < youngDays && r.up {
			if off := l.y[t] - l.before(t); off > most && !l.had(t, off/2) {
				most, youngest = off, i
			}
		}
	}
	if explained >= explainedShare*r.size || f.overlaps(key, r) {
		return
	}
	if youngest >= 0 && most >= youngShare*r.size {
		f.addYoung(key.currency, youngest, r)
		return
	}
	if !r.up {
		return
	}
	_, moved, spending, _ := f.moving(leaves, r.start, r.up)
	if moved >= 2 && float64(moved) >= movedShare*float64(spending) {
		f.add(key.node, key.currency, []event{{leaves[0], r}})
	}
}

// before is the mean cost of a young series before a day.
func (l *judged) before(t int) float64 {
	sum := 0.0
	for _, v := range l.y[l.born:t] {
		sum += v
	}
	return sum / float64(max(1, t-l.born))
}

// had reports whether a young series cost as much on a day before.
func (l *judged) had(t int, least float64) bool {
	return slices.ContainsFunc(l.y[l.born:t], func(v float64) bool { return v >= least })
}

// overlaps reports whether an anomaly inside the subtree begins with a run.
func (f *finder) overlaps(key nodeKey, r *run) bool {
	day := f.in.First + finops.Day(r.start)
	return slices.ContainsFunc(f.found, func(a Anomaly) bool {
		return a.Currency == key.currency && a.Off > 0 == r.up && (a.First-2 <= day && day <= a.Last) && inside(a.Node, key.node)
	})
}

// inside reports whether two nodes have leaves in common.
func inside(a, b Node) bool {
	for i := range Levels {
		if a.Named[i] && b.Named[i] && a.Values[i] != b.Values[i] {
			return false
		}
	}
	return true
}

// addYoung makes an anomaly of a leaf that is too young to be judged by itself.
func (f *finder) addYoung(currency string, leaf int, r *run) {
	l := &f.leaves[leaf]
	usual := l.before(r.start)
	for t := r.start; t <= r.last && t < len(l.y); t++ {
		l.expected[t] = usual
	}
	f.add(LeafNode(f.in.Leaves[leaf].Values), currency, []event{{leaf, r}})
}

// OddDays marks the days of one series that are in an anomaly of its own at medium sensitivity, however small; first is its first day.
func OddDays(first finops.Day, cost []float64) []bool {
	f := &finder{in: Input{First: first}, days: len(cost)}
	j := judgeSeries(f.seriesOf(cost, -1), Sensitivities["medium"], make([]float64, len(cost)), (int(first)%7+7)%7)
	odd := make([]bool, len(cost))
	for _, r := range j.runs {
		for t := r.start; t <= r.last && !r.silent; t++ {
			odd[t] = true
		}
	}
	return odd
}
