package ingest

import (
	"context"
	"fmt"
	"path/filepath"
	"regexp"
	"sort"

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
)

// settle decides for every bill of the import what it is to the bills held: new, a newer
// export that replaces them, another part, or a conflict. It returns the slices that
// are replaced.
func (r *run) settle(ctx context.Context) (supersede []int64, err error) {
	slices, err := r.db.Slices(ctx)
	if err != nil {
		return nil, err
	}
	files, err := r.db.Files(ctx)
	if err != nil {
		return nil, err
	}
	held := map[Bill][]store.Slice{}
	for _, s := range slices {
		if s.State == "active" && s.ImportID != r.writing.ID && s.Lines > 0 {
			b := Bill{s.Provider, s.BillingAccount, s.Month}
			held[b] = append(held[b], s)
		}
	}
	for _, s := range r.orderedSlices() {
		r.compareParts(s)
		for _, old := range held[s.bill] {
			if r.settleOne(s, old, filesOf(files, old.ImportID)) {
				supersede = append(supersede, old.ID)
				r.result.Replaced = append(r.result.Replaced, Replacement{Bill: s.bill, LinesBefore: old.Lines, LinesNow: s.lines()})
			}
		}
	}
	return supersede, nil
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
func (r *run) compareParts(s *sliceTally) {
	if r.opts.Overlap == OverlapAdd {
		return
	}
	for i, a := range s.files {
		for _, b := range s.files[i+1:] {
			if a.sketch.containedIn(b.sketch) >= sameShare || b.sketch.containedIn(a.sketch) >= sameShare {
				r.result.Conflicts = append(r.result.Conflicts, Conflict{
					Bill: s.bill, File: b.file.name, ExistingFile: a.file.name,
					Reason: "both files list the same charges of this bill; import only the newer one",
				})
			}
		}
	}
}

// settleOne compares a bill with one that is held; replaces says that the new one takes
// its place.
func (r *run) settleOne(s *sliceTally, old store.Slice, oldFiles []store.ImportFile) (replaces bool) {
	oldIn := decodeSketch(old.Sketch).containedIn(s.sketch)
	newIn := s.sketch.containedIn(decodeSketch(old.Sketch))
	onlyPart := newIn >= allShare && oldIn < wholeShare
	file := s.files[len(s.files)-1].file
	switch {
	case r.opts.Overlap == OverlapReplace, oldIn >= sameShare && !onlyPart:
		return true
	case r.opts.Overlap == OverlapAdd, oldIn <= otherShare && newIn <= otherShare && siblings(file, oldFiles):
		r.result.Added = append(r.result.Added, Addition{s.bill, file.name})
		return false
	case samePath(file, oldFiles):
		return true
	}
	c := Conflict{Bill: s.bill, File: file.name}
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
