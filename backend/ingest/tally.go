package ingest

import (
	"sort"
	"strconv"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/source"
	"cloud-intelligence/backend/store"
)

// cellKey is a cell of the daily rollup.
type cellKey struct {
	bill, sku, resource uint32
	day                 finops.Day
}

// cell adds the charges of a rollup cell or of a bill.
type cell struct {
	lines int64
	known [store.CostCount]int64
	sums  [store.CostCount]finops.Sum
	more  map[finops.Metric]*knownSum // the provider's own measures
}

// knownSum is the sum of a measure and the number of lines that have it.
type knownSum struct {
	known int64
	sum   finops.Sum
}

func (c *cell) add(costs *[store.CostCount]finops.Amount, known *[store.CostCount]bool) {
	c.lines++
	for m := range costs {
		if known[m] {
			c.known[m]++
			c.sums[m].Add(costs[m])
		}
	}
}

func (c *cell) merge(o *cell) {
	c.lines += o.lines
	for m := range o.sums {
		c.known[m] += o.known[m]
		c.sums[m].AddSum(o.sums[m])
	}
	for metric, s := range o.more {
		if c.more == nil {
			c.more = map[finops.Metric]*knownSum{}
		}
		if c.more[metric] == nil {
			c.more[metric] = &knownSum{}
		}
		c.more[metric].known += s.known
		c.more[metric].sum.AddSum(s.sum)
	}
}

// each calls fn for every metric of the cell.
func (c *cell) each(fn func(metric finops.Metric, known int64, sum finops.Sum)) {
	for m, metric := range finops.Metrics {
		fn(metric, c.known[m], c.sums[m])
	}
	for metric, s := range c.more {
		fn(metric, s.known, s.sum)
	}
}

// tally holds what an import adds up over all files.
type tally struct {
	cells  map[cellKey]*cell
	arena  []cell
	slices map[sliceKey]*sliceTally
}

// sliceKey is what an import keeps apart, so that each can count or not: what one file holds
// of one day of a bill, from one export and in one part.
type sliceKey struct {
	Bill
	export string // name of the source
	part   string
	file   *fileTally
	day    finops.Day
}

func newTally() *tally {
	return &tally{cells: map[cellKey]*cell{}, slices: map[sliceKey]*sliceTally{}}
}

func (t *tally) add(key cellKey, costs *[store.CostCount]finops.Amount, known *[store.CostCount]bool) {
	if t.cells == nil { // nothing is written, so no rollup is
		return
	}
	c := t.cells[key]
	if c == nil {
		if len(t.arena) == 0 {
			t.arena = make([]cell, 1024)
		}
		c, t.arena = &t.arena[0], t.arena[1:]
		t.cells[key] = c
	}
	c.add(costs, known)
}

// sliceTally is a slice of the import.
type sliceTally struct {
	id uint32
	sliceKey
	yieldsTo string
	isNew    bool
	totals   map[string]*cell // by currency
	sketch   *sketch          // of its charges
	areas    map[uint64]struct{}

	kept, keptAreas []byte // the sketches, once the file is read
}

func (t *tally) slice(k sliceKey, d *dictionary) *sliceTally {
	s := t.slices[k]
	if s == nil {
		d.next.Slice++
		s = &sliceTally{id: d.next.Slice, sliceKey: k, isNew: true, totals: map[string]*cell{}, sketch: newSketch(), areas: map[uint64]struct{}{}}
		t.slices[k] = s
	}
	return s
}

// keep lets go of what was gathered for the sketches.
func (s *sliceTally) keep() {
	if s.kept == nil {
		s.kept, s.keptAreas = s.sketch.encode(sketchSize), encodeAreas(s.areas)
		s.sketch, s.areas = nil, nil
	}
}

// lines counts the charges of the slice.
func (s *sliceTally) lines() (n int64) {
	for _, c := range s.totals {
		n += c.lines
	}
	return n
}

// fileTally holds what an import adds up over one file.
type fileTally struct {
	file    source.File
	name    string
	export  string            // name of the source
	format  string            // source.Recognition.Format
	yields  map[string]string // source.Recognition.Yields
	rows    []store.RejectRow
	rejects int64
	bills   map[uint32]*billTally
}

// rejectMost bounds the rejects that are kept of one file; all are counted.
const rejectMost = 100_000

func (f *fileTally) reject(line int64, reason, text string) {
	f.rejects++
	if len(f.rows) < rejectMost {
		f.rows = append(f.rows, store.RejectRow{File: f.name, Line: line, Reason: reason, Text: text})
	}
}

// billTally adds the charges of one row of the bill table: one slice, one currency.
type billTally struct {
	cell
	slice    *sliceTally
	currency string
	area     uint64 // of the charge before
}

func (f *fileTally) bill(id uint32, s *sliceTally, currency string) *billTally {
	b := &billTally{slice: s, currency: currency}
	f.bills[id] = b
	return b
}

func (b *billTally) add(identity, area uint64, costs *[store.CostCount]finops.Amount, known *[store.CostCount]bool) {
	b.cell.add(costs, known)
	if identity <= b.slice.sketch.limit {
		b.slice.sketch.add(identity, costHash(costs[0], costs[1]))
	}
	if area != b.area {
		b.area = area
		b.slice.areas[area] = struct{}{}
	}
}

// finish moves the sums of the file into its slices and returns its result.
func (f *fileTally) finish(r *FileResult) {
	type key struct {
		currency string
		month    finops.Month
	}
	totals := map[key]*cell{}
	months := map[finops.Month]bool{}
	var unnamed int64 // lines that name no currency
	for _, b := range f.bills {
		if b.lines == 0 {
			continue
		}
		if b.currency == "" {
			unnamed += b.lines
		}
		mergeInto(b.slice.totals, b.currency, &b.cell)
		b.slice.keep()
		mergeInto(totals, key{b.currency, b.slice.Month}, &b.cell)
		months[b.slice.Month] = true
		r.Lines += b.lines
	}
	for k, c := range totals {
		c.each(func(metric finops.Metric, known int64, sum finops.Sum) {
			if known > 0 {
				r.Totals = append(r.Totals, Total{Currency: k.currency, Month: k.month, Metric: metric, Amount: sum})
			}
		})
	}
	switch {
	case unnamed == 1:
		r.Warnings = append(r.Warnings, "1 line names no currency. Its cost is kept apart and added to no currency.")
	case unnamed > 1:
		r.Warnings = append(r.Warnings, finops.Grouped(strconv.FormatInt(unnamed, 10))+" lines name no currency. Their costs are kept apart and added to no currency.")
	}
	SortTotals(r.Totals)
	for m := range months {
		r.Periods = append(r.Periods, m)
	}
	sort.Slice(r.Periods, func(i, j int) bool { return r.Periods[i] < r.Periods[j] })
	r.Rejects = f.rejects
}

func mergeInto[K comparable](m map[K]*cell, k K, c *cell) {
	if m[k] == nil {
		m[k] = &cell{}
	}
	m[k].merge(c)
}

// SortTotals orders totals by currency, month and metric, the FOCUS costs first.
func SortTotals(totals []Total) {
	rank := map[finops.Metric]int{}
	for i, m := range finops.Metrics {
		rank[m] = i - len(finops.Metrics) // before the provider's own measures
	}
	sort.Slice(totals, func(i, j int) bool {
		a, b := totals[i], totals[j]
		if a.Currency != b.Currency {
			return a.Currency < b.Currency
		}
		if a.Month != b.Month {
			return a.Month < b.Month
		}
		if rank[a.Metric] != rank[b.Metric] {
			return rank[a.Metric] < rank[b.Metric]
		}
		return a.Metric < b.Metric
	})
}
