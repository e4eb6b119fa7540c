package engine

import (
	"context"
	"math/bits"
	"sync"

	"golang.org/x/sync/errgroup"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/segment"
)

// chunk is how many rows are worked on at a time, so that they stay in the cache.
const chunk = 2048

// denseMost is the largest number of possible groups that are kept in a flat array;
// above, groups are found by hashing, unless there are as many rows: then nearly each group
// occurs, and a hash is larger than the array.
const denseMost, denseOfRowsMost = 1 << 16, 1 << 21

// nearMost is the largest number of possible groups of one period that are kept in a flat array.
const nearMost = 1 << 20

// noGroup marks a row that does not match. It has all bits set, so that marks can be joined.
const noGroup = ^uint64(0)

// groupSums adds rows by group. The sums of a metric are 128-bit integers at the scale
// of its column.
type groupSums struct {
	plan    *plan
	dense   bool
	index   *groupIndex // group number → slot, when not dense
	near    []uint32    // the same of the groups of one period, when rows come period by period: slot + 1, by group number − base
	base    uint64      // the first group number of that period
	since   int         // its first slot
	numbers []uint64    // slot → group number, when not dense
	lines   []int64
	metrics []metricSums
}

type metricSums struct {
	hi    []int64
	lo    []uint64
	known []bool                 // nil when every row has a value
	wides map[uint32]*finops.Sum // by slot
}

func newGroupSums(p *plan) *groupSums {
	s := &groupSums{plan: p, dense: p.product <= denseMost || p.product <= uint64(min(p.to-p.from, denseOfRowsMost)), metrics: make([]metricSums, len(p.amounts))}
	if s.dense {
		if p.product > denseMost {
			if kept, ok := large.Get().(*groupSums); ok {
				s.take(kept)
			}
		}
		s.grow(int(p.product))
	} else if span := p.span(); span > 0 {
		s.near = make([]uint32, span)
	} else {
		s.index = newGroupIndex()
	}
	return s
}

// span is the number of possible groups of one period, where the rows are ordered by periods and these groups are few
// enough for a flat array; else 0.
func (p *plan) span() uint64 {
	if len(p.keys) == 0 || !p.keys[0].rises || p.product/p.keys[0].size > nearMost {
		return 0
	}
	return p.product / p.keys[0].size
}

// large keeps the arrays of large dense sums for the next question: of a column with a million values
// several are asked one after the other.
var large sync.Pool

// release gives the arrays back; nothing of the sums is used after it.
func (s *groupSums) release() {
	if s.dense && len(s.lines) > denseMost {
		large.Put(s)
	}
}

// take empties the arrays of released sums and uses them.
func (s *groupSums) take(kept *groupSums) {
	s.lines = emptied(kept.lines, int(s.plan.product))
	for m := range min(len(s.metrics), len(kept.metrics)) {
		t, k := &s.metrics[m], &kept.metrics[m]
		t.hi, t.lo = emptied(k.hi, int(s.plan.product)), emptied(k.lo, int(s.plan.product))
		if s.plan.amounts[m].hasNone {
			t.known = emptied(k.known, int(s.plan.product))
		}
	}
}

// emptied is as much of a slice as there is room for n values, all zero.
func emptied[T any](kept []T, n int) []T {
	kept = kept[:min(n, cap(kept))]
	clear(kept)
	return kept
}

func (s *groupSums) grow(n int) {
	s.lines = append(s.lines, make([]int64, n-len(s.lines))...)
	for m := range s.metrics {
		t := &s.metrics[m]
		t.hi = append(t.hi, make([]int64, n-len(t.hi))...)
		t.lo = append(t.lo, make([]uint64, n-len(t.lo))...)
		if s.plan.amounts[m].hasNone {
			t.known = append(t.known, make([]bool, n-len(t.known))...)
		}
	}
}

// scanAll adds the rows of the plan's table, on all cores.
func scanAll(ctx context.Context, p *plan) (*groupSums, error) {
	parts := workers()
	rows := p.to - p.from
	if rows < 1<<16 {
		parts = 1
	}
	sums := make([]*groupSums, parts)
	group, ctx := errgroup.WithContext(ctx)
	for i := range parts {
		group.Go(func() error {
			sums[i] = newGroupSums(p)
			return sums[i].scan(ctx, p.boundary(p.from+rows*i/parts), p.boundary(p.from+rows*(i+1)/parts))
		})
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	for _, o := range sums[1:] {
		sums[0].merge(o)
		o.release()
	}
	return sums[0], nil
}

// boundary is the first row from at on with which a period begins, where the rows are ordered by periods: no two parts of a scan have
// a period in common.
func (p *plan) boundary(at int) int {
	if p.span() == 0 {
		return at
	}
	first := &p.keys[0]
	for at > p.from && at < p.to && first.part[first.ids[at]] == first.part[first.ids[at-1]] {
		at++
	}
	return at
}

func (s *groupSums) scan(ctx context.Context, from, to int) error {
	var numbers [chunk]uint64
	var slots [chunk]uint32
	var rows [chunk]int32
	for at := from; at < to; at += chunk {
		if (at-from)%(chunk*512) == 0 && ctx.Err() != nil {
			return context.Cause(ctx)
		}
		n := min(chunk, to-at)
		s.plan.number(numbers[:n], at)
		kept := s.place(numbers[:n], &slots, &rows)
		s.count(at, kept, &slots, &rows)
		for m := range s.metrics {
			s.add(m, at, kept, &slots, &rows)
		}
	}
	return nil
}

// number computes the group numbers of consecutive rows.
func (p *plan) number(numbers []uint64, at int) {
	clear(numbers)
	for k := range p.keys { // the whole ones come first
		key := &p.keys[k]
		if key.ids == nil {
			continue
		}
		ids, part, size := key.ids[at:at+len(numbers)], key.part, key.size
		if key.whole {
			for i, id := range ids {
				numbers[i] = numbers[i]*size + uint64(part[id])
			}
			continue
		}
		for i, id := range ids {
			if v := part[id]; v == skip {
				numbers[i] = noGroup
			} else if numbers[i] != noGroup {
				numbers[i] = numbers[i]*size + uint64(v)
			}
		}
	}
	if p.filter != nil {
		p.filter.drop(numbers, at)
	}
}

// place turns group numbers into slots and lists the rows that match.
func (s *groupSums) place(numbers []uint64, slots *[chunk]uint32, rows *[chunk]int32) int {
	kept := 0
	if s.dense {
		for i, n := range numbers {
			if n != noGroup {
				slots[kept], rows[kept] = uint32(n), int32(i)
				kept++
			}
		}
		return kept
	}
	last, lastSlot := noGroup, uint32(0)
	for i, n := range numbers {
		if n == noGroup {
			continue
		}
		if n != last {
			last, lastSlot = n, s.slot(n)
		}
		slots[kept], rows[kept] = lastSlot, int32(i)
		kept++
	}
	return kept
}

// slot returns the slot of a group, a new one where it has none yet.
func (s *groupSums) slot(n uint64) uint32 {
	if s.near == nil {
		slot, known := s.index.slot(n, uint32(len(s.numbers)))
		if !known {
			s.next(n)
		}
		return slot
	}
	if span := uint64(len(s.near)); n-s.base >= span {
		for _, other := range s.numbers[s.since:] {
			s.near[other-s.base] = 0
		}
		s.base, s.since = n-n%span, len(s.numbers)
	}
	slot := &s.near[n-s.base]
	if *slot == 0 {
		*slot = s.next(n) + 1
	}
	return *slot - 1
}

// next gives a group the next slot.
func (s *groupSums) next(n uint64) uint32 {
	slot := len(s.numbers)
	s.numbers = append(s.numbers, n)
	if slot >= len(s.lines) {
		s.grow(max(1024, 2*len(s.lines)))
	}
	return uint32(slot)
}

func (s *groupSums) count(at, kept int, slots *[chunk]uint32, rows *[chunk]int32) {
	weights := s.plan.weights
	if weights == nil {
		for _, slot := range slots[:kept] {
			s.lines[slot]++
		}
		return
	}
	for i, slot := range slots[:kept] {
		s.lines[slot] += int64(weights[at+int(rows[i])])
	}
}

// add adds a metric's values to the groups.
func (s *groupSums) add(m, at, kept int, slots *[chunk]uint32, rows *[chunk]int32) {
	c, t := s.plan.amounts[m], &s.metrics[m]
	values := c.values[at:]
	hi, lo := t.hi, t.lo
	for i, slot := range slots[:kept] {
		v := values[rows[i]]
		if v <= segment.Wide {
			s.addMarked(m, at+int(rows[i]), slot, v)
			continue
		}
		sum, carry := bits.Add64(lo[slot], uint64(v), 0)
		lo[slot] = sum
		hi[slot] += v>>63 + int64(carry)
		if t.known != nil {
			t.known[slot] = true
		}
	}
}

func (s *groupSums) addMarked(m, row int, slot uint32, v int64) {
	if v == segment.None {
		return
	}
	t := &s.metrics[m]
	if t.known != nil {
		t.known[slot] = true
	}
	if t.wides == nil {
		t.wides = map[uint32]*finops.Sum{}
	}
	if t.wides[slot] == nil {
		t.wides[slot] = &finops.Sum{}
	}
	t.wides[slot].Add(s.plan.amounts[m].wides[row])
}

// slots is the number of slots in use.
func (s *groupSums) slots() int {
	if s.dense {
		return len(s.lines)
	}
	return len(s.numbers)
}

// number is the group number of a slot.
func (s *groupSums) number(slot int) uint64 {
	if s.dense {
		return uint64(slot)
	}
	return s.numbers[slot]
}

func (s *groupSums) merge(o *groupSums) {
	for from := range o.slots() {
		if o.lines[from] == 0 {
			continue
		}
		to := uint32(from)
		if !s.dense {
			to = s.slot(o.numbers[from])
		}
		s.lines[to] += o.lines[from]
		for m := range s.metrics {
			s.metrics[m].merge(to, &o.metrics[m], uint32(from))
		}
	}
}

func (t *metricSums) merge(to uint32, o *metricSums, from uint32) {
	sum, carry := bits.Add64(t.lo[to], o.lo[from], 0)
	t.lo[to] = sum
	t.hi[to] += o.hi[from] + int64(carry)
	if t.known != nil {
		t.known[to] = t.known[to] || o.known[from]
	}
	if w := o.wides[from]; w != nil {
		if t.wides == nil {
			t.wides = map[uint32]*finops.Sum{}
		}
		if t.wides[to] == nil {
			t.wides[to] = &finops.Sum{}
		}
		t.wides[to].AddSum(*w)
	}
}

// sum returns the sum of a metric in a slot; nil when no row has a value.
func (s *groupSums) sum(m int, slot uint32) *finops.Sum {
	var sum finops.Sum
	if !s.sumInto(m, slot, &sum) {
		return nil
	}
	return &sum
}

// sumInto puts the sum of a metric in a slot into to, and reports whether any row has a value.
func (s *groupSums) sumInto(m int, slot uint32, to *finops.Sum) bool {
	t := &s.metrics[m]
	if t.known != nil && !t.known[slot] {
		return false
	}
	*to = finops.SumScaled(t.hi[slot], t.lo[slot], s.plan.amounts[m].scale)
	if w := t.wides[slot]; w != nil {
		to.AddSum(*w)
	}
	return true
}
