package ingest

import (
	"context"
	"slices"
	"sync"

	"golang.org/x/sync/errgroup"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/store"
)

// check reads the stored charges back and compares them, bill row by bill row, with the
// control totals taken from the files and with the rollup. It runs before the import
// counts.
func (r *run) check(ctx context.Context) error {
	first, last := r.writing.Marks.Line+1, r.coder.nextLine-1
	stored := map[uint32]*store.Sums{}
	var mu sync.Mutex
	group, ctx := errgroup.WithContext(ctx)
	const parts = 2 // cores of the smallest machine
	step := (last-first)/parts + 1
	for from := first; from <= last; from += step {
		group.Go(func() error {
			sums, err := r.db.ChargeSums(ctx, from, min(from+step-1, last))
			if err != nil {
				return err
			}
			mu.Lock()
			defer mu.Unlock()
			for bill, s := range sums {
				addSums(stored, bill, s)
			}
			return nil
		})
	}
	if err := group.Wait(); err != nil {
		return err
	}
	rollup := map[uint32]*cell{}
	for k, c := range r.tally.cells {
		mergeInto(rollup, k.bill, c)
	}
	for _, f := range slices.Concat(r.files, r.left) {
		for id, b := range f.bills {
			if b.lines == 0 {
				continue
			}
			if !same(&b.cell, stored[id]) || !same(rollup[id], stored[id]) {
				return finops.Errorf(finops.CodeCorrupt, "What was written of %s is not what was read: the control totals of a bill differ. Nothing was imported; check the disk and the memory of this computer.", f.name)
			}
			delete(stored, id)
		}
	}
	if len(stored) > 0 {
		return finops.Errorf(finops.CodeCorrupt, "The workspace has charges of this import that are in none of its files. Nothing was imported.")
	}
	return nil
}

func addSums(all map[uint32]*store.Sums, bill uint32, s *store.Sums) {
	have := all[bill]
	if have == nil {
		all[bill] = s
		return
	}
	have.Lines += s.Lines
	for m := range s.Sum {
		have.Known[m] += s.Known[m]
		have.Sum[m].AddSum(s.Sum[m])
	}
}

func same(c *cell, s *store.Sums) bool {
	if c == nil || s == nil || c.lines != s.Lines || c.known != s.Known {
		return false
	}
	for m := range c.sums {
		if c.sums[m].Cmp(s.Sum[m]) != 0 {
			return false
		}
	}
	return true
}
