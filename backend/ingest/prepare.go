package ingest

import (
	"context"

	"cloud-intelligence/backend/store"
)

// Prepare makes the sketches of slices that have none, in workspaces of older versions: from
// their lines, once. The caller holds the write lock.
func Prepare(ctx context.Context, db *store.DB) error {
	all, err := db.Slices(ctx)
	if err != nil {
		return err
	}
	m := &sketcher{identities: identities{db: db}, slices: map[int64]*sliceTally{}}
	var missing []store.Slice
	for _, s := range all {
		if s.Sketch == nil && s.State != "undone" && s.Lines > 0 {
			m.slices[s.ID] = &sliceTally{sketch: newSketch(), areas: map[uint64]struct{}{}}
			missing = append(missing, s)
		}
	}
	if len(missing) == 0 {
		return nil
	}
	if err := m.load(ctx); err != nil {
		return err
	}
	if err := m.scan(ctx); err != nil {
		return err
	}
	for i := range missing {
		t := m.slices[missing[i].ID]
		t.keep()
		missing[i].Sketch, missing[i].Areas = t.kept, t.keptAreas
	}
	return db.KeepSketches(ctx, missing)
}

// sketcher adds the lines of the ledger to the sketches of their slices.
type sketcher struct {
	identities
	slices map[int64]*sliceTally
}

func (m *sketcher) scan(ctx context.Context) error {
	heads, err := m.db.Segments(ctx)
	if err != nil {
		return err
	}
	var ids [store.GroupCount][]uint32
	for _, h := range heads {
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		packed := m.db.Packed(h)
		for _, g := range []store.Group{store.Bill, store.Period, store.SKU, store.Resource} {
			ids[g] = make([]uint32, h.Lines)
			if err := packed.Keys(ctx, g, ids[g]); err != nil {
				return err
			}
		}
		costs, err := costsOf(ctx, packed)
		if err != nil {
			return err
		}
		for row, bill := range ids[store.Bill] {
			s := m.slices[m.billSlice[bill]]
			if s == nil {
				continue
			}
			sku, resource := ids[store.SKU][row], ids[store.Resource][row]
			billed, _ := costs[0].At(row) // an unknown cost counts as 0, as it does while a file is read
			effective, _ := costs[1].At(row)
			s.sketch.add(mix(m.periodKey[ids[store.Period][row]], m.skuKey[sku], m.resourceKey[resource]), costHash(billed, effective))
			s.areas[areaOf(m.skuArea[sku], m.resourceArea[resource])] = struct{}{}
		}
	}
	return nil
}
