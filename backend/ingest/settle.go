package ingest

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"sort"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/store"
)

// formsShare is how far the totals of two forms of one bill may lie apart.
const formsShare = 0.01

// settled is what an import means for the bills held.
type settled struct {
	precedence      []store.Precedence
	sourcesOfRecord []store.SourceOfRecord
	replaced        []*replacedBill
}

// replacedBill is what the import takes the place of in a bill.
type replacedBill struct {
	bill   Bill
	before []*sliceState
	now    []*piece
}

// settle decides what the import means for the bills held, and puts it into the result.
func (r *run) settle(ctx context.Context) (s settled, err error) {
	records, err := r.db.BillRecords(ctx)
	if err != nil {
		return s, err
	}
	r.deliver(&records)
	fresh := r.withFresh(&records)
	s.sourcesOfRecord = r.sourcesOfRecord(records)
	records.SourcesOfRecord = append(records.SourcesOfRecord, s.sourcesOfRecord...)
	j := newJudgement(records, r.id)
	j.run()
	s.precedence, s.replaced = j.precedence(), j.replacedBills()
	for _, b := range s.replaced {
		r.result.Replaced = append(r.result.Replaced, b.replacement())
	}
	r.report(j)
	r.compareForms(fresh)
	return s, nil
}

// deliver notes that files which are held already belong to the delivery of the import, too.
func (r *run) deliver(records *store.BillRecords) {
	for i := range records.Files {
		if d, again := r.again[records.Files[i].ID]; again && d.Series != "" {
			f := &records.Files[i]
			f.Series, f.Delivery, f.DeliveredAt = d.Series, d.ID, d.At
			r.delivered = append(r.delivered, *f)
		}
	}
}

// withFresh adds what the import brings to what is held and returns its slices. Their files have
// the ids that they will get.
func (r *run) withFresh(records *store.BillRecords) []*sliceTally {
	ids := map[*fileTally]int64{}
	for i, f := range r.files {
		ids[f] = int64(r.marks.File) + int64(i) + 1
		d := f.file.Delivery
		records.Files = append(records.Files, store.ImportFile{ID: ids[f], ImportID: r.id, Path: f.name, Format: f.format, Version: r.results[i].Version, Columns: r.headers[i], Series: d.Series, Delivery: d.ID, DeliveredAt: d.At})
	}
	list := r.orderedSlices()
	for _, t := range list {
		s := r.sliceOf(t)
		s.FileID = ids[t.file]
		records.Slices = append(records.Slices, s)
		records.Sources[s.ID] = []int64{s.FileID}
		records.Totals = append(records.Totals, t.controlTotals()...)
	}
	return list
}

func (s *sliceTally) controlTotals() (list []store.ControlTotal) {
	for currency, c := range s.totals {
		c.each(func(metric finops.Metric, known int64, sum finops.Sum) {
			list = append(list, store.ControlTotal{SliceID: int64(s.id), Currency: currency, Metric: metric, Lines: c.lines, Known: known, Amount: sum})
		})
	}
	return list
}

func (r *run) sliceOf(t *sliceTally) store.Slice {
	return store.Slice{
		ID: int64(t.id), ImportID: r.id, Provider: t.Provider, BillingAccount: t.Account, Month: t.Month, Export: t.export, Part: t.part, YieldsTo: t.yieldsTo,
		State: "active", Answer: string(r.answerOf(t)), Lines: t.lines(), FirstDay: t.day.String(), LastDay: t.day.String(),
		Sketch: t.kept, Areas: t.keptAreas,
	}
}

// answerOf returns what the person said of the file, where it decides between states.
func (r *run) answerOf(t *sliceTally) Overlap {
	if a := r.opts.answer(t.file.name); a.replaces() || a == OverlapAdd {
		return a
	}
	return ""
}

func encodeAreas(areas map[uint64]struct{}) []byte {
	s := newSketch()
	for area := range areas {
		s.marks = append(s.marks, mark{hash: area})
	}
	return s.encode(areaSize)
}

func (r *run) orderedSlices() []*sliceTally {
	var list []*sliceTally
	for _, s := range r.tally.slices {
		if s.lines() > 0 {
			list = append(list, s)
		}
	}
	sort.Slice(list, func(i, j int) bool { return list[i].id < list[j].id })
	return list
}

// replacedBills gathers by bill what newer pieces take the place of.
func (j *judgement) replacedBills() (list []*replacedBill) {
	for _, part := range j.out.replaced {
		bill := part.now[0].bill()
		i := slices.IndexFunc(list, func(b *replacedBill) bool { return b.bill.Key() == bill.Key() })
		if i < 0 {
			i = len(list)
			list = append(list, &replacedBill{bill: bill})
		}
		list[i].before = append(list[i].before, part.before...)
		for _, p := range part.now {
			if !slices.Contains(list[i].now, p) {
				list[i].now = append(list[i].now, p)
			}
		}
	}
	return list
}

// slices lists the slices that take the place of others; of a file that another one of the import
// replaces in turn only what counts.
func (b *replacedBill) slices() (list []*sliceState) {
	for _, p := range b.now {
		list = append(list, p.current()...)
	}
	return list
}

func (b *replacedBill) replacement() Replacement {
	r := Replacement{Bill: b.bill, Before: sideOf(b.before), Now: sideOf(b.slices())}
	for _, p := range b.now {
		if file := p.file(); !slices.Contains(r.Files, file) {
			r.Files = append(r.Files, file)
		}
	}
	r.Difference = r.Now.difference(r.Before)
	return r
}

// report puts what was decided into the result.
func (r *run) report(j *judgement) {
	for _, bill := range j.out.bills {
		r.result.Same = append(r.result.Same, j.sameBills(bill)...)
	}
	type pair struct {
		bill BillKey
		file string
	}
	seen := map[pair]bool{}
	once := func(p *piece) bool { // of what is said of a file and a bill, the first counts
		k := pair{p.bill().Key(), p.file()}
		had := seen[k]
		seen[k] = true
		return !had
	}
	for _, q := range j.out.asked {
		if once(q.piece) {
			r.conflict(Conflict{
				Bill: q.piece.bill(), File: q.piece.file(), ExistingFile: q.other.file(), Within: q.within, Reason: q.reason, Answers: q.answers,
				New: sideOf(q.piece.slices), Existing: sideOf(q.other.slices),
			})
		}
	}
	for _, o := range j.out.older {
		if once(o[1]) {
			r.result.NotCounted = append(r.result.NotCounted, NotCounted{Bill: o[1].bill(), File: o[1].file(), Lines: o[1].lines, ExistingFile: o[0].file()})
		}
	}
	for _, c := range j.out.copied {
		if once(c[1]) {
			r.result.NotCounted = append(r.result.NotCounted, NotCounted{Bill: c[1].bill(), File: c[1].file(), Lines: c[1].lines, ExistingFile: c[0].file(), Within: true})
		}
	}
	for _, m := range j.out.added {
		if !r.replaces(m) && once(m) {
			r.result.Added = append(r.result.Added, Addition{m.bill(), m.file()})
		}
	}
	r.askOfExports(j)
}

// replaces says that the file of a piece takes the place of charges of its bill: it is not only a further part.
func (r *run) replaces(m *piece) bool {
	return slices.ContainsFunc(r.result.Replaced, func(b Replacement) bool { return b.Key() == m.bill().Key() && slices.Contains(b.Files, m.file()) })
}

// conflict adds a question to the result.
func (r *run) conflict(c Conflict) {
	c.Answers, c.New.Costs, c.Existing.Costs = full(c.Answers), full(c.New.Costs), full(c.Existing.Costs)
	c.Difference = c.New.difference(c.Existing)
	r.result.Conflicts = append(r.result.Conflicts, c)
}

func (p *piece) bill() Bill { return billOf(p.slices[0].Slice) }

func (p *piece) file() string {
	if len(p.paths) == 0 {
		return ""
	}
	return p.paths[0]
}

// askOfExports asks where another export may not be of the same bill. Of an export with several
// views one that agrees is enough. Daily totals need no question: an export with the charges goes before them.
func (r *run) askOfExports(j *judgement) {
	type export struct {
		bill BillKey
		name string
	}
	agree := map[export]bool{}
	for _, b := range r.result.Same {
		if b.doubt() == "" {
			agree[export{b.Key(), b.Excluded.Export}] = true
		}
	}
	for _, b := range r.result.Same {
		reason := b.doubt()
		if isTotals(b.Counted.Export) || isTotals(b.Excluded.Export) {
			continue
		}
		if _, chosen := j.sourceOfRecord[b.Key()]; reason == "" || chosen || agree[export{b.Key(), b.Excluded.Export}] { // who has decided is not asked again
			continue
		}
		fresh, other := b.Excluded, b.Counted // the answer is asked of a file of this import
		if fresh.newest != r.id {
			fresh, other = other, fresh
		}
		r.conflict(Conflict{
			Bill: b.Bill, File: fresh.file(), ExistingFile: other.file(), Within: other.newest == r.id, Reason: reason,
			Answers: []Overlap{OverlapReplace, OverlapAdd, OverlapLeave}, New: fresh.side(), Existing: other.side(),
		})
	}
}

// sourcesOfRecord is what the person's answers to overlaps mean for bills of several exports.
func (r *run) sourcesOfRecord(records store.BillRecords) (list []store.SourceOfRecord) {
	exports := map[BillKey]map[string]bool{}
	for _, s := range records.Slices {
		if s.State == "undone" || s.Lines == 0 {
			continue
		}
		k := billOf(s).Key()
		if exports[k] == nil {
			exports[k] = map[string]bool{}
		}
		exports[k][s.Export] = true
	}
	chosen := map[BillKey]store.SourceOfRecord{}
	for _, t := range r.orderedSlices() {
		k, answer := t.Bill.Key(), r.answerOf(t)
		if len(exports[k]) < 2 || answer == "" || isTotals(t.export) {
			continue
		}
		c := store.SourceOfRecord{Provider: t.Provider, BillingAccount: t.Account, Month: t.Month, Export: t.export}
		if answer == OverlapAdd {
			c.Export = store.AllExports
		}
		if have, ok := chosen[k]; !ok || (have.Export != t.export && r.opts.Answers[t.file.name].replaces()) {
			chosen[k] = c
		}
	}
	list = slices.Collect(maps.Values(chosen))
	slices.SortFunc(list, func(a, b store.SourceOfRecord) int {
		return cmp.Or(cmp.Compare(a.Provider, b.Provider), cmp.Compare(a.BillingAccount, b.BillingAccount), cmp.Compare(a.Month, b.Month))
	})
	return list
}

// compareForms finds a bill that is in this import in two forms of one export whose charges
// have other identities, such as Google Cloud's standard and detailed tables: one names
// resources, the other does not, but the totals are the same.
func (r *run) compareForms(list []*sliceTally) {
	type group struct {
		bill         BillKey
		export, view string
	}
	type form struct {
		file   *fileTally
		bill   Bill
		totals map[string]*cell // by currency
		side   Side
	}
	forms := map[group][]*form{}
	var order []group
	for _, t := range list {
		k := group{t.Bill.Key(), t.export, viewOf(t.part)}
		i := slices.IndexFunc(forms[k], func(f *form) bool { return f.file.format == t.file.format })
		if i < 0 {
			if forms[k] == nil {
				order = append(order, k)
			}
			i = len(forms[k])
			forms[k] = append(forms[k], &form{file: t.file, bill: t.Bill, totals: map[string]*cell{}})
		}
		for currency, c := range t.totals {
			mergeInto(forms[k][i].totals, currency, c)
			forms[k][i].side.add(currency, c.lines, c.sums[0], c.sums[1])
		}
		forms[k][i].side.days(t.day.String(), t.day.String())
	}
	for _, k := range order {
		for i, a := range forms[k] {
			for _, b := range forms[k][i+1:] {
				if r.opts.answer(b.file.name) == OverlapAdd || r.opts.answer(a.file.name) == OverlapAdd || !sameTotals(a.totals, b.totals) || r.notCounted(a.file, b.file) {
					continue
				}
				r.conflict(Conflict{
					Bill: b.bill, File: b.file.name, ExistingFile: a.file.name, Within: true,
					Reason:  "the files are two kinds of export of this bill, with the same totals; import only one of them",
					Answers: []Overlap{OverlapLeave}, New: b.side, Existing: a.side,
				})
			}
		}
	}
}

// notCounted says that one of the files is known not to count beside the other.
func (r *run) notCounted(files ...*fileTally) bool {
	return slices.ContainsFunc(r.result.NotCounted, func(n NotCounted) bool {
		return slices.ContainsFunc(files, func(f *fileTally) bool { return f.name == n.File })
	})
}

// sameTotals reports whether two forms cost the same, to a hundredth, in every currency.
func sameTotals(a, b map[string]*cell) bool {
	costs := false
	for currency, c := range a {
		o := b[currency]
		if o == nil {
			return false
		}
		for m := range c.sums {
			costs = costs || !c.sums[m].IsZero()
			if shareOf(c.sums[m], o.sums[m]) > formsShare && c.known[m] > 0 && o.known[m] > 0 {
				return false
			}
		}
	}
	return costs && len(a) == len(b)
}

// compare says what the newer states change.
func (r *run) compare(ctx context.Context, s settled) error {
	if len(s.replaced) == 0 {
		return nil
	}
	comparer, err := NewComparer(ctx, r.db)
	if err != nil {
		return err
	}
	for _, b := range s.replaced {
		change, err := comparer.Compare(ctx, stored(b.before), stored(b.slices()))
		if err != nil {
			return err
		}
		r.result.Changes = append(r.result.Changes, *change)
	}
	return nil
}

func stored(states []*sliceState) []store.Slice {
	list := make([]store.Slice, len(states))
	for i, s := range states {
		list[i] = s.Slice
	}
	return list
}
