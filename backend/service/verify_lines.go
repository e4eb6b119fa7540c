package service

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"math"

	"golang.org/x/sync/errgroup"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/store"
)

// cellKey names a cell of the daily rollup.
type cellKey struct {
	bill, sku, resource uint32
	day                 finops.Day
}

// cells are the sums of an import's lines by cell. They take no more memory than the import
// took when it was made.
type cells map[cellKey]*store.Sums

// ledger reads the lines of every import once and compares them with the control totals,
// with the cells of the rollup, and value for value with the segments.
func (v *verification) ledger(ctx context.Context) error {
	keys, err := v.w.db.RollupKeys(ctx)
	if err != nil {
		return err
	}
	heads, err := v.w.db.Segments(ctx)
	if err != nil {
		return err
	}
	want := map[sumKey]*store.Sums{}
	for _, t := range v.totals {
		addControl(want, t)
	}
	next, stop := iter.Pull2(v.w.db.AllRollup(ctx))
	defer stop()
	r := &rollupCheck{next: next, owner: v.owner()}
	p := &packedCheck{db: v.w.db, heads: heads, costsOnly: map[int64]bool{}}
	unpacked, err := v.w.db.Unpacked(ctx)
	if err != nil {
		return err
	}
	for _, h := range unpacked {
		p.costsOnly[h.FirstLine] = true
	}
	for _, imp := range v.imports {
		if imp.State != "done" {
			continue
		}
		sums, err := v.sumLines(ctx, imp, &keys, p)
		if finops.CodeOf(err) == finops.CodeCorrupt {
			v.check("ledger", false, "Import %d: %s", imp.ID, finops.MessageOf(err))
			sums = nil
		} else if err != nil {
			return err
		}
		if sums != nil {
			v.checkTotals(imp, want, sums)
		}
		if err := r.compare(imp.ID, sums); err != nil {
			return err
		}
	}
	if err := r.compare(lastImport, nil); err != nil {
		return err
	}
	v.check("rollup", r.differ == "", "%s", orOK(r.differ, fmt.Sprintf("Each of the %d daily totals is the sum of its lines.", r.cells)))
	text := fmt.Sprintf("The columns for analysis agree with every value of %d lines.", p.lines)
	if p.costsOnlyLines > 0 {
		text += fmt.Sprintf(" The quantities of %d of them are not packed yet.", p.costsOnlyLines)
	}
	v.check("segments", p.differ == "", "%s", orOK(p.differ, text))
	return v.periods(ctx)
}

// periods compares the instants that charges are sorted into days by with the texts of the files.
func (v *verification) periods(ctx context.Context) error {
	count, differ := 0, ""
	err := v.w.db.PeriodTexts(ctx, func(p store.PeriodRow, start *string) {
		count++
		at := p.Day.Month().First().Time().Unix() // where the file names no start
		if start != nil {
			var ok bool
			if at, ok = finops.ParseTime([]byte(*start)); !ok {
				differ = cmp.Or(differ, fmt.Sprintf("The charge period %d begins with a text that is no time.", p.ID))
			}
		}
		if at != p.StartUnix || finops.DayOfUnix(at) != p.Day {
			differ = cmp.Or(differ, fmt.Sprintf("The charge period %d begins at another time than its text says.", p.ID))
		}
	})
	if err != nil {
		return err
	}
	v.check("periods", differ == "", "%s", orOK(differ, fmt.Sprintf("All %d charge periods begin when their lines say.", count)))
	return nil
}

func (v *verification) checkTotals(imp store.Import, want map[sumKey]*store.Sums, sums cells) {
	have := map[sumKey]*store.Sums{}
	var lines int64
	for k, s := range sums {
		lines += s.Lines
		addStored(have, sumKey{v.slice[k.bill], v.currency[k.bill]}, s)
	}
	differ := v.differences(imp.ID, want, have)
	v.check("ledger", differ == "", "Import %d: %d lines. %s", imp.ID, lines, orOK(differ, "Its lines add up to its control totals."))
}

// sumLines adds the stored lines of an import by cell, and compares each with the segments.
func (v *verification) sumLines(ctx context.Context, imp store.Import, keys *store.RollupKeys, p *packedCheck) (cells, error) {
	const parts = 2 // cores of the smallest machine
	step := (imp.LastLine-imp.FirstLine)/parts + 1
	group, ctx := errgroup.WithContext(ctx)
	var sums [parts]cells
	var packed [parts]packedCheck
	for i := range parts {
		sums[i], packed[i] = cells{}, packedCheck{db: p.db, heads: p.heads, costsOnly: p.costsOnly}
		group.Go(func() error {
			first := imp.FirstLine + int64(i)*step
			return v.sumRange(ctx, first, min(first+step-1, imp.LastLine), keys, sums[i], &packed[i])
		})
	}
	err := group.Wait()
	for i := range parts {
		p.lines += packed[i].lines
		p.costsOnlyLines += packed[i].costsOnlyLines
		p.differ = cmp.Or(p.differ, packed[i].differ)
		if i > 0 {
			sums[0].merge(sums[i])
		}
	}
	return sums[0], err
}

func (c cells) merge(o cells) {
	for k, s := range o {
		have := c[k]
		if have == nil {
			c[k] = s
			continue
		}
		have.Lines += s.Lines
		for m := range s.Sum {
			have.Known[m] += s.Known[m]
			have.Sum[m].AddSum(s.Sum[m])
		}
	}
}

func (v *verification) sumRange(ctx context.Context, first, last int64, keys *store.RollupKeys, sums cells, p *packedCheck) error {
	var at cellKey
	var s *store.Sums
	return v.w.db.ChargeKeys(ctx, first, last, func(line int64, ids *[store.GroupCount]uint32, cells *[store.MeasureCount]any) error {
		k, ok := cellOf(ids, keys)
		if !ok {
			return finops.Errorf(finops.CodeCorrupt, "Line %d refers to nothing.", line)
		}
		if s == nil || k != at {
			if s = sums[k]; s == nil {
				s = &store.Sums{}
				sums[k] = s
			}
			at = k
		}
		s.Lines++
		var values [store.MeasureCount]lineValue
		for m, cell := range cells {
			l := &values[m]
			var err error
			if l.amount, l.known, err = store.CellAmount(cell); err != nil && m < store.CostCount {
				return err
			}
			l.word = err != nil
			if m < store.CostCount && l.known {
				s.Known[m]++
				s.Sum[m].Add(l.amount)
			}
		}
		return p.compare(ctx, line, ids, &values)
	})
}

func cellOf(ids *[store.GroupCount]uint32, keys *store.RollupKeys) (k cellKey, ok bool) {
	period, sku, resource := int(ids[store.Period]), int(ids[store.SKU]), int(ids[store.Resource])
	if period >= len(keys.Days) || sku >= len(keys.SKUFacets) || resource >= len(keys.ResourceFacets) {
		return k, false
	}
	return cellKey{ids[store.Bill], keys.SKUFacets[sku], keys.ResourceFacets[resource], keys.Days[period]}, true
}

// lastImport is an id after those of all imports.
const lastImport = math.MaxInt64

// owner says which import a row of the bill table is of; 0 = none, lastImport = one that is
// being written.
func (v *verification) owner() func(bill uint32) int64 {
	importOf := map[int64]int64{}
	for _, s := range v.slices {
		importOf[s.ID] = s.ImportID
	}
	return func(bill uint32) int64 {
		slice, ok := v.slice[bill]
		if !ok {
			return 0
		}
		if id, ok := importOf[slice]; ok {
			return id
		}
		return lastImport
	}
}

// rollupCheck compares the cells of the daily rollup, which come ordered by bill and so by
// import, with the sums of the lines.
type rollupCheck struct {
	next   func() (store.RollupRow, error, bool)
	owner  func(bill uint32) int64
	row    store.RollupRow
	ahead  bool // row is not compared yet
	cells  int
	differ string // the first difference
}

// compare takes the cells of one import, and of those before it that have no lines. sums
// nil = the lines cannot be read.
func (r *rollupCheck) compare(importID int64, sums cells) error {
	for {
		if !r.ahead {
			var err error
			if r.row, err, r.ahead = r.next(); finops.CodeOf(err) == finops.CodeCorrupt {
				r.note("%s", finops.MessageOf(err))
				r.ahead = false
			} else if err != nil {
				return err
			}
			if !r.ahead {
				break
			}
		}
		owner := r.owner(r.row.Bill)
		if owner > importID {
			break
		}
		if r.ahead = false; owner == lastImport {
			continue
		}
		r.cells++
		k := cellKey{r.row.Bill, r.row.SKUFacet, r.row.ResourceFacet, r.row.Day}
		switch have := sums[k]; {
		case owner < importID:
			r.note("The daily totals have %d lines of %s that no import has.", r.row.Lines, r.row.Day)
		case have != nil:
			if text := differenceOfCell(&r.row, have); text != "" {
				r.note("Import %d: a cell of the daily totals of %s has %s.", importID, r.row.Day, text)
			}
			delete(sums, k)
		case sums != nil:
			r.note("Import %d: the daily totals have %d lines of %s where the ledger has none.", importID, r.row.Lines, r.row.Day)
		}
	}
	for k, s := range sums {
		r.note("Import %d: the daily totals lack %d lines of %s.", importID, s.Lines, k.day)
	}
	return nil
}

func (r *rollupCheck) note(format string, args ...any) {
	if r.differ == "" {
		r.differ = fmt.Sprintf(format, args...)
	}
}

func differenceOfCell(row *store.RollupRow, lines *store.Sums) string {
	if row.Lines != lines.Lines {
		return fmt.Sprintf("%d lines, the ledger %d", row.Lines, lines.Lines)
	}
	for m, metric := range finops.Metrics {
		amount := row.Amounts[m]
		if (amount == nil) != (lines.Known[m] == 0) {
			return fmt.Sprintf("%s known where no line has it, or unknown where a line has it", metric)
		}
		if amount != nil && amount.Cmp(lines.Sum[m]) != 0 {
			return fmt.Sprintf("%s %s, its lines add up to %s", metric, amount, lines.Sum[m])
		}
	}
	return ""
}
