package engine

import (
	"context"

	"golang.org/x/sync/errgroup"

	"cloud-intelligence/backend/store"
)

// heldMost is the largest ledger, in lines, whose columns a scan takes into memory, where the next one finds them. Columns
// of a larger one are unpacked segment by segment, each time, as ten million lines of them are 400 MB.
var heldMost = 1 << 21

// idSource is where a scan finds the ids of a group, or of a column that each row has its own value of.
type idSource struct {
	group store.Group
	row   *lineKey // nil = of the group
	whole []uint32 // of all lines; nil = unpacked segment by segment
}

// amountSource is where a scan finds a measure.
type amountSource struct {
	measure int
	whole   *column // of all lines; nil = unpacked segment by segment
}

func (l *ledger) idSource(ctx context.Context, g store.Group) (s idSource, err error) {
	s.group = g
	if l.lines <= heldMost || l.keys.has(g) {
		s.whole, err = l.factKeys(ctx, g)
	}
	return s, err
}

func (l *ledger) amountSource(ctx context.Context, m int) (s amountSource, err error) {
	s.measure = m
	if l.lines <= heldMost || l.amounts.has(m) {
		s.whole, err = l.factAmounts(ctx, m)
	}
	return s, err
}

// run is what a scan reads of the lines of one segment.
type run struct {
	head    store.SegmentHead
	first   int    // position of its first line
	wanted  []bool // by period; nil = all are
	spans   []uint32
	ids     [][]uint32 // by tuple
	amounts []amountRun

	// What is unpacked is unpacked into these lists, again and again.
	spanList []uint32
	idLists  [][]uint32
	values   [][]int64
}

// amountRun is a column with the lines of a run, and where in it they begin.
type amountRun struct {
	column *column
	first  int
}

// runsAhead is how many segments are unpacked while lines are worked on, the one in work included.
const runsAhead = 2

// eachRun calls fn with the segments that have lines of wanted periods, in order. The next one is unpacked meanwhile.
func (r *Scan) eachRun(ctx context.Context, wanted []bool, fn func(*run) error) error {
	free, full := make(chan *run, runsAhead), make(chan *run, runsAhead)
	for range runsAhead {
		free <- &run{wanted: wanted, ids: make([][]uint32, len(r.tuples)), idLists: make([][]uint32, len(r.tuples)), amounts: make([]amountRun, len(r.measures)), values: make([][]int64, len(r.measures))}
	}
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error {
		defer close(full)
		for segment := range r.view.heads {
			var next *run
			select {
			case next = <-free:
			case <-ctx.Done():
				return context.Cause(ctx)
			}
			some, err := r.read(ctx, next, segment)
			if err != nil {
				return err
			}
			if some {
				full <- next
			} else {
				free <- next
			}
		}
		return nil
	})
	group.Go(func() error {
		for next := range full {
			if err := fn(next); err != nil {
				return err
			}
			free <- next
		}
		return nil
	})
	return group.Wait()
}

// read fills a run with the lines of a segment; some is false where none of them is wanted.
func (r *Scan) read(ctx context.Context, to *run, segment int) (some bool, err error) {
	l := r.view.ledger
	to.head, to.first = l.heads[segment], l.starts[segment]
	packed := l.db.Packed(to.head)
	if to.spans, err = r.spans.read(ctx, packed, to.first, &to.spanList); err != nil || !to.some() {
		return false, err
	}
	for t, source := range r.tuples {
		if to.ids[t], err = source.read(ctx, packed, to.first, &to.idLists[t]); err != nil {
			return false, err
		}
	}
	return true, r.readAmounts(ctx, to, packed)
}

// readAmounts unpacks all measures before any is made a column, since one may be packed as the difference from another.
func (r *Scan) readAmounts(ctx context.Context, to *run, packed *store.PackedSegment) error {
	for m, source := range r.measures {
		if to.amounts[m] = (amountRun{source.whole, to.first}); source.whole != nil {
			continue
		}
		to.values[m] = grown(to.values[m], to.head.Lines)
		if _, err := packed.AmountsInto(ctx, source.measure, to.values[m]); err != nil {
			return err
		}
	}
	for m, source := range r.measures {
		if source.whole != nil {
			continue
		}
		amounts, err := packed.Amounts(ctx, source.measure)
		if err != nil {
			return err
		}
		to.amounts[m] = amountRun{newColumn(amounts), 0}
	}
	return nil
}

// read returns the ids of the lines of a segment, the first of which is at first; list is where they are unpacked.
func (s *idSource) read(ctx context.Context, packed *store.PackedSegment, first int, list *[]uint32) ([]uint32, error) {
	if s.whole != nil {
		return s.whole[first : first+packed.Lines], nil
	}
	*list = grown(*list, packed.Lines)
	return *list, packed.Keys(ctx, s.group, *list)
}

// wants reports whether a line is of a wanted period.
func (n *run) wants(row int) bool { return n.wanted == nil || n.wanted[n.spans[row]] }

// some reports whether any line is.
func (n *run) some() bool {
	for row := range n.spans {
		if n.wants(row) {
			return true
		}
	}
	return false
}
