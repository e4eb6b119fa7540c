package ingest

import (
	"context"
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"sort"
	"strings"

	"cloud-intelligence/backend/store"
)

// How much of one bill must be found in another to call it a newer export of the same,
// and how little to call it another part. Between the two a person decides, as for a
// file that has nothing new and lacks more than a few charges: an older export, or one
// part of what is held.
const (
	sameShare  = 0.5
	otherShare = 0.05
	allShare   = 0.95
	wholeShare = 0.9
	formsShare = 0.01 // how far the totals of two forms of one bill may lie apart
)

// settled is what an import means for the bills held.
type settled struct {
	supersede []int64 // slices that a newer export replaces
	standing  []store.Standing
	choices   []store.Choice
	replaced  []replacedGroup
}

// replacedGroup is what a newer export replaces.
type replacedGroup struct {
	before []store.Slice
	now    *freshGroup
}

// compare says what the newer exports change.
func (r *run) compare(ctx context.Context, s settled) error {
	byGroup := map[groupKey]replacedGroup{}
	var order []groupKey
	for _, g := range s.replaced {
		k := g.now.groupKey
		if _, have := byGroup[k]; !have {
			order = append(order, k)
		}
		byGroup[k] = replacedGroup{append(byGroup[k].before, g.before...), g.now}
	}
	if len(order) == 0 {
		return nil
	}
	comparer, err := NewComparer(ctx, r.db)
	if err != nil {
		return err
	}
	for _, k := range order {
		var now []store.Slice
		for _, t := range byGroup[k].now.slices {
			now = append(now, r.sliceOf(t))
		}
		change, err := comparer.Compare(ctx, byGroup[k].before, now)
		if err != nil {
			return err
		}
		r.result.Changes = append(r.result.Changes, *change)
	}
	return nil
}

// settle decides for every bill of the import what it is to the bills held: new, a newer
// export that replaces them, another part, the same bill from another export, or a conflict.
func (r *run) settle(ctx context.Context) (s settled, err error) {
	h, err := r.held(ctx)
	if err != nil {
		return s, err
	}
	for _, fresh := range r.groups() {
		for _, t := range fresh.slices {
			if !r.compareParts(t) {
				r.compareForms(t)
			}
		}
		for _, old := range h.groups(fresh.groupKey) {
			if r.settleOne(fresh, old, filesOf(h.files, old.importID)) {
				for _, o := range old.slices {
					s.supersede = append(s.supersede, o.ID)
				}
				s.replaced = append(s.replaced, replacedGroup{old.slices, fresh})
				r.result.Replaced = append(r.result.Replaced, Replacement{Bill: fresh.bill, LinesBefore: old.lines(), LinesNow: fresh.lines()})
			}
		}
	}
	r.settleSpeakers(h, &s)
	return s, nil
}

// held is what the ledger holds of the bills.
type held struct {
	slices  []store.Slice
	files   []store.ImportFile
	totals  []store.ControlTotal
	choices []store.Choice
}

func (r *run) held(ctx context.Context) (h held, err error) {
	all, err := r.db.Slices(ctx)
	if err != nil {
		return h, err
	}
	for _, s := range all {
		if s.Current() && s.ImportID != r.writing.ID && s.Lines > 0 {
			h.slices = append(h.slices, s)
		}
	}
	if h.files, err = r.db.Files(ctx); err != nil {
		return h, err
	}
	if h.totals, err = r.db.ControlTotals(ctx); err != nil {
		return h, err
	}
	h.choices, err = r.db.Choices(ctx)
	return h, err
}

// groupKey names what is replaced as a whole: one view of one bill from one export.
type groupKey struct {
	bill   BillKey
	export string
	view   string
}

// viewOf returns the view of a part: "actual" of "actual/commitments".
func viewOf(part string) string {
	view, _, _ := strings.Cut(part, "/")
	return view
}

// freshGroup is a group of the import.
type freshGroup struct {
	groupKey
	bill   Bill
	slices []*sliceTally
}

// heldGroup is a group of one import that is held.
type heldGroup struct {
	importID int64
	slices   []store.Slice
}

func (g *freshGroup) lines() (n int64) {
	for _, s := range g.slices {
		n += s.lines()
	}
	return n
}

func (g *freshGroup) sketch() *sketch {
	all := newSketch()
	for _, s := range g.slices {
		all.merge(s.sketch)
	}
	return all
}

func (g *heldGroup) lines() (n int64) {
	for _, s := range g.slices {
		n += s.Lines
	}
	return n
}

func (g *heldGroup) sketch() *sketch {
	all := newSketch()
	for _, s := range g.slices {
		all.merge(decodeSketch(s.Sketch))
	}
	return all
}

// groups returns the groups of the import in the order in which they were met.
func (r *run) groups() (list []*freshGroup) {
	at := map[groupKey]*freshGroup{}
	for _, s := range r.orderedSlices() {
		k := groupKey{s.Bill.Key(), s.export, viewOf(s.part)}
		if at[k] == nil {
			at[k] = &freshGroup{groupKey: k, bill: s.Bill}
			list = append(list, at[k])
		}
		at[k].slices = append(at[k].slices, s)
	}
	return list
}

// groups returns what is held of a group, by import. What was held before exports and views
// were told apart has no view.
func (h held) groups(k groupKey) (list []*heldGroup) {
	at := map[int64]*heldGroup{}
	for _, s := range h.slices {
		if billOf(s).Key() != k.bill || s.Export != k.export || (viewOf(s.Part) != k.view && s.Part != "" && k.view != "") {
			continue
		}
		if at[s.ImportID] == nil {
			at[s.ImportID] = &heldGroup{importID: s.ImportID}
			list = append(list, at[s.ImportID])
		}
		at[s.ImportID].slices = append(at[s.ImportID].slices, s)
	}
	return list
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

// compareParts finds files of this import that describe the same charges twice.
func (r *run) compareParts(s *sliceTally) (found bool) {
	for i, a := range s.files {
		for _, b := range s.files[i+1:] {
			if r.opts.answer(b.file.name) == OverlapAdd || r.opts.answer(a.file.name) == OverlapAdd {
				continue
			}
			if a.sketch.containedIn(b.sketch) >= sameShare || b.sketch.containedIn(a.sketch) >= sameShare {
				r.result.Conflicts = append(r.result.Conflicts, Conflict{
					Bill: s.Bill, File: b.file.name, ExistingFile: a.file.name, Within: true,
					Reason: "both files list the same charges of this bill; import only the newer one",
				})
				found = true
			}
		}
	}
	return found
}

// compareForms finds a bill that is in this import in two forms of one export whose charges
// have other identities, such as Google Cloud's standard and detailed tables: one names
// resources, the other does not, but the totals are the same.
func (r *run) compareForms(s *sliceTally) {
	var forms []*sliceFile // the files of one format taken together
	for _, f := range s.files {
		at := slices.IndexFunc(forms, func(o *sliceFile) bool { return o.file.format == f.file.format })
		if at < 0 {
			forms = append(forms, &sliceFile{file: f.file, totals: map[string]*cell{}})
			at = len(forms) - 1
		}
		for currency, c := range f.totals {
			mergeInto(forms[at].totals, currency, c)
		}
	}
	for i, a := range forms {
		for _, b := range forms[i+1:] {
			if r.opts.answer(b.file.name) != OverlapAdd && r.opts.answer(a.file.name) != OverlapAdd && sameTotals(a.totals, b.totals) {
				r.result.Conflicts = append(r.result.Conflicts, Conflict{
					Bill: s.Bill, File: b.file.name, ExistingFile: a.file.name, Within: true,
					Reason: "the files are two kinds of export of this bill, with the same totals; import only one of them",
				})
			}
		}
	}
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

// settleOne compares a bill with one that is held; replaces says that the new one takes
// its place.
func (r *run) settleOne(fresh *freshGroup, old *heldGroup, oldFiles []store.ImportFile) (replaces bool) {
	before, now := old.sketch(), fresh.sketch()
	oldIn, newIn := before.containedIn(now), now.containedIn(before)
	onlyPart := newIn >= allShare && oldIn < wholeShare
	last := fresh.slices[len(fresh.slices)-1]
	file := last.files[len(last.files)-1].file
	answer := r.answerFor(fresh.slices...)
	switch {
	case answer == OverlapReplace, oldIn >= sameShare && !onlyPart:
		return true
	case answer == OverlapAdd, oldIn <= otherShare && newIn <= otherShare && siblings(file, oldFiles):
		r.result.Added = append(r.result.Added, Addition{fresh.bill, file.name})
		return false
	case samePath(file, oldFiles):
		return true
	}
	c := Conflict{Bill: fresh.bill, File: file.name}
	if len(oldFiles) > 0 {
		c.ExistingFile = oldFiles[0].Path
	}
	switch {
	case onlyPart, newIn >= sameShare:
		c.Reason = fmt.Sprintf("it lists only a part of the charges that are held of this bill (about %.0f %% of them); it may be an older export", oldIn*100)
	case oldIn <= otherShare && newIn <= otherShare:
		c.Reason = "its charges are others than those held of this bill; it may be another part of the bill, or another bill"
	default:
		c.Reason = fmt.Sprintf("about %.0f %% of the charges held of this bill are in it; it is neither a newer export nor another part", oldIn*100)
	}
	r.result.Conflicts = append(r.result.Conflicts, c)
	return false
}

// answerFor returns what the person answered for the files of some slices.
func (r *run) answerFor(list ...*sliceTally) Overlap {
	for _, s := range list {
		for _, f := range s.files {
			if a := r.opts.Answers[f.file.name]; a != "" {
				return a
			}
		}
	}
	return r.opts.Overlap
}

func filesOf(files []store.ImportFile, importID int64) []store.ImportFile {
	var list []store.ImportFile
	for _, f := range files {
		if f.ImportID == importID {
			list = append(list, f)
		}
	}
	return list
}

func samePath(f *fileTally, old []store.ImportFile) bool {
	for _, o := range old {
		if o.Path == f.name {
			return true
		}
	}
	return false
}

var numbers = regexp.MustCompile(`\d+`)

// siblings reports whether a file is named like the parts of one export: the same name
// but for its numbers.
func siblings(f *fileTally, old []store.ImportFile) bool {
	stem := func(path string) string { return numbers.ReplaceAllString(filepath.Base(path), "#") }
	for _, o := range old {
		if o.Path != f.name && stem(o.Path) == stem(f.name) {
			return true
		}
	}
	return false
}
