package service

import (
	"crypto/sha256"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/finops"
)

// history is a random course of imports into one workspace, one evening after the other, and
// the oracle that knows which charges count after each step.
//
// Nothing in it is for a person to decide. What the data cannot tell is left out: an older
// export imported after a newer one that ends on the same day, two unread states of a month
// that end on the same day, and the taking back of an import whose files came again later.
type history struct {
	t       *testing.T
	w       *Workspace
	rng     *rand.Rand
	root    string
	start   time.Time
	streams []*stream
	disk    map[string]*delivered // by path
	pending []string              // paths that were written and not imported yet
	made    []*madeImport
	log     []string
}

// madeImport is an import that was made.
type madeImport struct {
	id     int64
	files  []*delivered
	undone bool
	again  bool // one of its files came again in a later import
}

// TestHistories_NothingLostNothingDoubled imports random histories of each kind, and of all
// kinds together, and compares the totals of every bill with an oracle after each step.
// CI_HISTORIES sets how many of each kind; CI_HISTORY_SEED repeats one.
func TestHistories_NothingLostNothingDoubled(t *testing.T) {
	long(t)
	count, first, fixed := 4, uint64(1), false // the same ones in usual runs, others each time in long ones
	if n, err := strconv.Atoi(os.Getenv("CI_HISTORIES")); err == nil {
		count, first = n, rand.Uint64()>>32
	}
	if seed, err := strconv.ParseUint(os.Getenv("CI_HISTORY_SEED"), 10, 64); err == nil {
		first, count, fixed = seed, 1, true
	}
	for _, kind := range append(slices.Clone(habits), "mixed") {
		t.Run(kind, func(t *testing.T) {
			if !fixed {
				t.Parallel()
			}
			for i := range count {
				newHistory(t, kind, first+uint64(i)).run()
			}
		})
	}
}

func newHistory(t *testing.T, kind string, seed uint64) *history {
	t.Helper()
	h := &history{t: t, w: newWorkspace(t), rng: rand.New(rand.NewChaCha8(sha256.Sum256([]byte(strconv.FormatUint(seed, 10))))), root: t.TempDir(), disk: map[string]*delivered{}}
	h.start = []time.Time{time.Date(2026, 9, 1, 0, 0, 0, 0, time.UTC), time.Date(2026, 9, 27, 0, 0, 0, 0, time.UTC)}[h.rng.IntN(2)]
	h.say("seed %d, from %s", seed, h.start.Format(time.DateOnly))
	accounts := 0
	for i := range 1 + h.rng.IntN(3) {
		habit := kind
		if kind == "mixed" {
			habit = habits[h.rng.IntN(len(habits))]
		}
		s := newStream(h.rng, habit, i, 1+h.rng.IntN(2), accounts)
		accounts += len(s.accounts)
		h.say("stream %s", s)
		h.streams = append(h.streams, s)
	}
	return h
}

func (h *history) say(format string, args ...any) {
	h.log = append(h.log, fmt.Sprintf(format, args...))
}

// fail ends the test with all that happened.
func (h *history) fail(format string, args ...any) {
	h.t.Helper()
	h.t.Fatalf("%s\n  %s", fmt.Sprintf(format, args...), strings.Join(h.log, "\n  "))
}

// month of an evening, or of a day: both are counted from the start.
func (h *history) month(day int) string { return h.start.AddDate(0, 0, day).Format("2006-01") }

// closing says that an evening belongs to the first of a month, when the last month is
// delivered again.
func (h *history) closing(evening int) bool {
	return h.month(max(evening-closingDays, 0)) != h.month(evening)
}

func (h *history) run() {
	h.t.Helper()
	for evening := range 4 + h.rng.IntN(5) {
		h.say("evening %d", evening)
		for _, s := range h.streams {
			s.happen(evening)
			h.write(s, evening)
		}
		if h.rng.IntN(4) == 0 && !h.closing(evening) && h.month(evening) == h.month(evening+1) {
			h.say("nothing is imported")
			continue
		}
		h.importNew()
		switch h.rng.IntN(6) {
		case 0, 1:
			h.undo()
		case 2:
			h.importKnown()
		case 3:
			h.write(h.streams[h.rng.IntN(len(h.streams))], evening)
			h.importNew()
		}
	}
	requireSound(h.t, h.w)
}

// write puts what a stream delivers on an evening on the disk.
func (h *history) write(s *stream, evening int) {
	h.t.Helper()
	for _, d := range s.deliver(h, evening) {
		path := filepath.Join(h.root, filepath.FromSlash(d.path))
		require.NoError(h.t, os.MkdirAll(filepath.Dir(path), 0o700))
		text := s.spelling(h.rng).encode(h.t, h, d)
		require.NoError(h.t, os.WriteFile(path, text, 0o600))
		d.sum = sha256.Sum256(text)
		h.disk[d.path] = d
		if !slices.Contains(h.pending, d.path) {
			h.pending = append(h.pending, d.path)
		}
		h.say("%s is written: version %d, days %d to %d, %d lines", d.path, d.version, d.first, d.last, len(d.charges))
	}
}

// importNew imports all there is in one go, or what is new one file at a time.
func (h *history) importNew() {
	h.t.Helper()
	defer func() { h.pending = nil }()
	whole := slices.ContainsFunc(h.streams, func(s *stream) bool { return s.moving })
	if whole || h.rng.IntN(2) == 0 {
		h.importPaths(h.paths())
		return
	}
	if !slices.ContainsFunc(h.streams, func(s *stream) bool { return s.habit == "windows" }) {
		h.rng.Shuffle(len(h.pending), func(a, b int) { h.pending[a], h.pending[b] = h.pending[b], h.pending[a] })
	}
	for _, path := range h.pending {
		if h.disk[path] != nil {
			h.importPaths([]string{path})
		}
	}
}

func (h *history) paths() []string {
	var paths []string
	for path := range h.disk {
		paths = append(paths, path)
	}
	slices.Sort(paths)
	return paths
}

// importKnown imports a file again that is in the workspace.
func (h *history) importKnown() {
	h.t.Helper()
	var known []string
	for _, path := range h.paths() {
		if d := h.disk[path]; h.owner(d) != nil && (h.newest(d) || !h.endsAlike(d)) {
			known = append(known, path)
		}
	}
	if len(known) > 0 {
		h.importPaths([]string{known[h.rng.IntN(len(known))]})
	}
}

// newest says that no later state of a file was written.
func (h *history) newest(d *delivered) bool { return !d.stream.dated || d.version == d.stream.versions }

// endsAlike says that other states of a month may end on the same day as a file.
func (h *history) endsAlike(d *delivered) bool {
	return h.month(d.evening) != h.month(d.evening+1) || h.closing(d.evening)
}

// owner returns the import that holds the content of a file.
func (h *history) owner(d *delivered) *madeImport {
	for _, m := range h.made {
		if !m.undone && slices.ContainsFunc(m.files, func(f *delivered) bool { return f.sum == d.sum }) {
			return m
		}
	}
	return nil
}

// importPaths imports files that are on the disk, as their folder where they are all of it.
func (h *history) importPaths(paths []string) {
	h.t.Helper()
	made := &madeImport{}
	var owners []*madeImport
	for _, path := range paths {
		d := h.disk[path]
		made.files = append(made.files, d)
		if o := h.owner(d); o != nil {
			owners = append(owners, o)
		}
	}
	full := []string{h.root}
	if len(paths) < len(h.disk) {
		full = nil
		for _, path := range paths {
			full = append(full, filepath.Join(h.root, filepath.FromSlash(path)))
		}
	}
	h.say("import %s", strings.Join(paths, " "))
	res, err := importWith(h.t.Context(), h.w, ImportOptions{}, full...)
	if err != nil {
		h.fail("the import fails: %v", err)
	}
	for _, c := range res.Conflicts {
		h.fail("a question is asked: %v, %s beside %s: %s", c.Bill, c.File, c.ExistingFile, c.Reason)
	}
	known, newest := len(owners) == len(paths), !slices.ContainsFunc(made.files, func(d *delivered) bool { return !h.newest(d) })
	if (res.ImportID == 0 && !known) || (res.ImportID != 0 && known && newest) {
		h.fail("%d of %d files are known, but the import has the number %d", len(owners), len(paths), res.ImportID)
	}
	for _, o := range owners {
		o.again = true
	}
	if made.id = res.ImportID; made.id != 0 {
		h.made = append(h.made, made)
		h.say("it is import %d", made.id)
	}
	h.compare()
}

// undo takes a random import back. Where keeping its files would leave it open which state is
// the newer one, they are deleted.
func (h *history) undo() {
	h.t.Helper()
	var can []*madeImport
	for _, m := range h.made {
		if !m.undone && !m.again {
			can = append(can, m)
		}
	}
	if len(can) == 0 {
		return
	}
	m := can[h.rng.IntN(len(can))]
	h.say("undo import %d", m.id)
	require.NoError(h.t, h.w.Imports.Undo(h.t.Context(), m.id))
	m.undone = true
	for _, d := range m.files {
		if h.disk[d.path] == d && d.stream.dated && (d.stream.habit != "month to date" || h.endsAlike(d)) && h.owner(d) == nil {
			h.say("%s is deleted", d.path)
			require.NoError(h.t, os.Remove(filepath.Join(h.root, filepath.FromSlash(d.path))))
			delete(h.disk, d.path)
		}
	}
	h.compare()
}

// compare wants the totals of every bill to be those of the oracle.
func (h *history) compare() {
	h.t.Helper()
	want, got := h.oracle(), h.totals()
	var wrong []string
	for bill := range want {
		if got[bill] == "" {
			got[bill] = "nothing"
		}
	}
	for bill, have := range got {
		if have != want[bill] {
			wrong = append(wrong, fmt.Sprintf("%s is %s, not %s", bill, have, want[bill]))
		}
	}
	if len(wrong) > 0 {
		slices.Sort(wrong)
		h.fail("%s", strings.Join(wrong, "\n"))
	}
}

// oracle adds up what counts: of each scope and day the charges of its newest version.
func (h *history) oracle() map[string]string {
	type place struct {
		scope string
		day   int
	}
	newest := map[place]int{}
	live := map[*delivered]bool{}
	for _, m := range h.made {
		for _, d := range m.files {
			if m.undone {
				continue
			}
			live[d] = true
			for day := d.first; day <= d.last; day++ {
				newest[place{d.scope, day}] = max(newest[place{d.scope, day}], d.version)
			}
		}
	}
	sums := map[string][3]int64{} // lines, billed, effective
	for d := range live {
		for _, c := range d.charges {
			if newest[place{d.scope, c.day}] != d.version {
				continue
			}
			bill := c.account + " " + h.month(c.day) + " " + c.currency
			s := sums[bill]
			sums[bill] = [3]int64{s[0] + 1, s[1] + c.amount(d.evening), s[2] + c.effective(d.evening)}
		}
	}
	totals := map[string]string{}
	for bill, s := range sums {
		totals[bill] = fmt.Sprintf("%s billed, %s effective, %d lines", h.sum(decimal(s[1])), h.sum(decimal(s[2])), s[0])
	}
	return totals
}

// sum spells an amount as answers do.
func (h *history) sum(text string) string {
	var s finops.Sum
	s.Add(amountOf(h.t, text))
	return s.String()
}

// totals asks the workspace for every bill. Files spell the month in several ways.
func (h *history) totals() map[string]string {
	h.t.Helper()
	answer, err := h.w.Ledger.Ask(h.t.Context(), finops.Question{Metrics: []finops.Metric{finops.BilledCost, finops.EffectiveCost}, GroupBy: []string{"BillingAccountId", "BillingPeriodStart"}})
	require.NoError(h.t, err)
	type bill struct {
		billed, effective finops.Sum
		lines             int64
	}
	bills := map[string]*bill{}
	for _, row := range answer.Rows {
		sec, ok := finops.ParseTime([]byte(*row.Keys[1]))
		require.True(h.t, ok, *row.Keys[1])
		key := *row.Keys[0] + " " + finops.DayOfUnix(sec).Month().String() + " " + row.Currency
		if bills[key] == nil {
			bills[key] = &bill{}
		}
		b := bills[key]
		b.lines += row.Lines
		b.billed.AddSum(*row.Amounts[0])
		b.effective.AddSum(*row.Amounts[1])
	}
	totals := map[string]string{}
	for key, b := range bills {
		totals[key] = fmt.Sprintf("%s billed, %s effective, %d lines", b.billed, b.effective, b.lines)
	}
	return totals
}
