package ingest

import (
	"cmp"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"cloud-intelligence/backend/store"
)

// sliceState is a slice while it is decided what counts.
type sliceState struct {
	store.Slice
	charges *sketch
	areas   *sketch
	totals  []store.ControlTotal
	gone    bool  // another state of the export is used in its place
	by      int64 // the import of that state
	unused  bool  // another export or view is used
}

// piece is what one file holds of one bill, from one export and in one view.
type piece struct {
	key      pieceKey
	paths    []string
	series   string
	delivery string
	at       string // when it was delivered
	answer   Overlap
	slices   []*sliceState // by day
	first    string
	last     string
	lines    int64
	all      *sketch
}

type pieceKey struct {
	importID, fileID int64
	slice            int64 // of a legacy slice, which is a piece of its own
	view             string
}

func (p *piece) legacy() bool { return p.key.slice != 0 }

// current lists the slices that no other state has taken the place of.
func (p *piece) current() []*sliceState {
	return slices.DeleteFunc(slices.Clone(p.slices), func(s *sliceState) bool { return s.gone })
}

func (p *piece) wholly() (gone bool) {
	return !slices.ContainsFunc(p.slices, func(s *sliceState) bool { return !s.gone })
}

// charges is the sketch of all its charges.
func (p *piece) charges() *sketch {
	if p.all == nil {
		p.all = chargesOf(p.slices)
	}
	return p.all
}

func (p *piece) replace(list []*sliceState, by int64) {
	for _, s := range list {
		s.gone, s.by = true, by
	}
}

// pieces groups slices of one export of a bill, the older ones first: by import, and within one
// by delivery, by the last day and by size.
func (j *judgement) pieces(list []*sliceState) []*piece {
	at := map[pieceKey]*piece{}
	var all []*piece
	for _, s := range list {
		k := pieceKey{importID: s.ImportID, fileID: s.FileID, view: viewOf(s.Part)}
		if s.Legacy {
			k.slice = s.ID
		}
		p := at[k]
		if p == nil {
			f := j.files[s.FileID]
			p = &piece{key: k, paths: j.paths(&s.Slice), series: f.Series, delivery: f.Delivery, at: f.DeliveredAt, answer: Overlap(s.Answer), first: s.FirstDay, last: s.LastDay}
			at[k] = p
			all = append(all, p)
		}
		p.slices = append(p.slices, s)
		p.first, p.last = min(p.first, s.FirstDay), max(p.last, s.LastDay)
		p.lines += s.Lines
	}
	for _, p := range all {
		slices.SortFunc(p.slices, func(a, b *sliceState) int {
			return cmp.Or(cmp.Compare(a.FirstDay, b.FirstDay), cmp.Compare(a.ID, b.ID))
		})
	}
	slices.SortStableFunc(byAge(all), func(a, b *piece) int { return cmp.Compare(a.key.importID, b.key.importID) })
	return all
}

// byAge sorts pieces of one delivery: by when it was, by the last day, by import and by size. It returns them.
func byAge(list []*piece) []*piece {
	slices.SortFunc(list, func(a, b *piece) int {
		return cmp.Or(
			cmp.Compare(a.at, b.at), cmp.Compare(a.last, b.last), cmp.Compare(a.key.importID, b.key.importID), cmp.Compare(a.lines, b.lines),
			cmp.Compare(a.key.fileID, b.key.fileID), cmp.Compare(a.key.slice, b.key.slice), cmp.Compare(a.key.view, b.key.view),
		)
	})
	return list
}

// viewOf returns the view of a part: "actual" of "actual/commitments".
func viewOf(part string) string {
	view, _, _ := strings.Cut(part, "/")
	return view
}

// between lists the slices that have a day of a span.
func between(list []*sliceState, first, last string) (found []*sliceState) {
	for _, s := range list {
		if s.LastDay >= first && s.FirstDay <= last {
			found = append(found, s)
		}
	}
	return found
}

func slicesOf(pieces []*piece) (list []*sliceState) {
	for _, p := range pieces {
		list = append(list, p.current()...)
	}
	return list
}

func chargesOf(list []*sliceState) *sketch {
	sketches := make([]*sketch, len(list))
	for i, s := range list {
		sketches[i] = s.charges
	}
	return union(sketches)
}

func areasOf(list []*sliceState) *sketch {
	sketches := make([]*sketch, len(list))
	for i, s := range list {
		sketches[i] = s.areas
	}
	return union(sketches)
}

func linesOf(list []*sliceState) (n int64) {
	for _, s := range list {
		n += s.Lines
	}
	return n
}

// byDay groups slices of single days.
func byDay(list []*sliceState) map[string][]*sliceState {
	days := map[string][]*sliceState{}
	for _, s := range list {
		if s.FirstDay == s.LastDay {
			days[s.FirstDay] = append(days[s.FirstDay], s)
		}
	}
	return days
}

func sharePath(a, b *piece) bool {
	return slices.ContainsFunc(a.paths, func(p string) bool { return slices.Contains(b.paths, p) })
}

// sameName reports whether files have one name, in whatever folders.
func sameName(a, b *piece) bool {
	return slices.ContainsFunc(a.paths, func(p string) bool {
		return slices.ContainsFunc(b.paths, func(q string) bool { return filepath.Base(p) == filepath.Base(q) })
	})
}

var numbers = regexp.MustCompile(`\d+`)

// siblings reports whether files are named like the parts of one export: the same name but for
// its numbers.
func siblings(a, b *piece) bool {
	stem := func(path string) string { return numbers.ReplaceAllString(filepath.Base(path), "#") }
	for _, x := range a.paths {
		for _, y := range b.paths {
			if x != y && stem(x) == stem(y) {
				return true
			}
		}
	}
	return false
}
