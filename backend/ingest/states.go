package ingest

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"cloud-intelligence/backend/finops"
)

// How much of the charges of one file must be found in another for both to be states of one
// bill, and how little for them to be different charges. Between the two it is looked at day by
// day, and where that does not tell a person is asked. A file that has nothing new and lacks more
// than a few charges is asked about too, unless its days tell that it is an older state.
const (
	sameShare  = 0.5
	otherShare = 0.05
	allShare   = 0.95
	wholeShare = 0.9
)

// A state of a bill has about as many lines as the one whose place it takes. Where charges are
// named badly many lines share one identity, and equal identities tell little unless most
// charges cost the same, too.
const (
	linesShare = 0.8 // of the lines of the older state
	fewShare   = 0.5 // less than this share of the lines is late usage, no new state
	weakShare  = 1.5 // lines for each identity
	fewCharges = 10  // identities: so few tell little as well
)

// related lists the held pieces that a piece may be another state of.
func (j *judgement) related(m *piece, earlier []*piece) (list []*piece) {
	for _, o := range earlier {
		if mayBeStates(o, m) && !o.wholly() && (inOrder(o, m) || (o.last >= m.first && o.first <= m.last)) {
			list = append(list, o)
		}
	}
	return list
}

// inOrder says that two pieces are of deliveries of a series whose order is known, so that the later one takes the place of the other whatever days they have.
func inOrder(o, m *piece) bool {
	return o.series != "" && o.series == m.series && o.at != "" && m.at != "" && o.at != m.at
}

// alongside lists the held pieces that are of the delivery of an import, too: they are judged as if it had brought them, so that it makes no difference
// which of its files changed. Of deliveries without an order a file with the name of one of the import is an earlier state of that.
func alongside(batch, earlier []*piece) (list []*piece) {
	for _, o := range earlier {
		one := func(m *piece) bool { return o.series != "" && o.series == m.series && o.at == m.at }
		if o.delivery == "" && slices.ContainsFunc(batch, one) && (o.at != "" || !slices.ContainsFunc(batch, func(m *piece) bool { return one(m) && sameName(o, m) })) {
			list = append(list, o)
		}
	}
	return list
}

// mayBeStates says that the content of two pieces decides between them.
func mayBeStates(o, m *piece) bool {
	if o.key.view != m.key.view && o.key.view != "" && m.key.view != "" {
		return false
	}
	return o.delivery == "" || o.delivery != m.delivery || o.series != m.series
}

// states decides between the states of one export of a bill, import by import.
func (j *judgement) states(pieces []*piece) {
	for start := 0; start < len(pieces); {
		end := start
		for end < len(pieces) && pieces[end].key.importID == pieces[start].key.importID {
			end++
		}
		batch, earlier := pieces[start:end], pieces[:start]
		held := alongside(batch, earlier)
		units := deliveries(byAge(slices.Concat(held, batch)))
		for i, o := range units {
			j.longer(o, units[i+1:])
		}
		for i, m := range units {
			j.within(m, units[:i])
		}
		j.across(slices.DeleteFunc(slices.Clone(earlier), func(o *piece) bool { return slices.Contains(held, o) }), batch)
		start = end
	}
}

// deliveries joins the pieces of each delivery to one; the others stay as they are. The order of
// their last pieces stays.
func deliveries(batch []*piece) (units []*piece) {
	at := map[[3]string]*piece{}
	for _, p := range slices.Backward(batch) {
		k := [3]string{p.series, p.delivery, p.key.view}
		u := at[k]
		switch {
		case p.delivery == "":
			units = append(units, p)
		case u == nil:
			joined := *p
			joined.slices, joined.paths, joined.all = slices.Clone(p.slices), slices.Clone(p.paths), nil
			at[k] = &joined
			units = append(units, &joined)
		default:
			u.slices, u.paths = append(u.slices, p.slices...), append(u.paths, p.paths...)
			u.first, u.last = min(u.first, p.first), max(u.last, p.last)
			u.lines += p.lines
		}
	}
	slices.Reverse(units)
	return units
}

// longer lets pieces of the same import that reach a later day take the place of what they list
// of a piece.
func (j *judgement) longer(o *piece, others []*piece) {
	if o.legacy() || o.answer == OverlapAdd {
		return
	}
	newer := slices.DeleteFunc(slices.Clone(others), func(m *piece) bool {
		return m.answer == OverlapAdd || m.last <= o.last || m.first > o.last || !mayBeStates(o, m) || apart(o, m)
	})
	if len(newer) == 0 {
		return
	}
	first := newer[0].first
	for _, m := range newer {
		first = min(first, m.first)
	}
	old := between(o.current(), first, o.last)
	now := between(slicesOf(newer), first, o.last)
	share, _ := chargesOf(old).containedIn(chargesOf(now))
	m := mostIn(o, newer)
	switch {
	case len(old) == 0:
	case share >= sameShare && plainly(old, now, true):
		if share < wholeShare {
			old = onDaysOf(old, now)
		}
		o.replace(old, m.key.importID)
		if o.wholly() {
			j.copied(m, o)
		}
	case share >= sameShare:
		if !j.ask(m, o, true, "both files list the same charges of this bill, with different amounts; import only the newer one", beside(old, OverlapLeave)...) {
			o.replace(old, m.key.importID)
		}
	default:
		if days, clean := cleanDays(old, now); clean {
			o.replace(days, m.key.importID)
		} else {
			copiedFrom(old, newer, first, o.last, o.key.importID)
		}
	}
}

// copiedFrom lets newer pieces give way on days of which they only list charges that are there, at
// the same cost: the end of one window is the beginning of the next.
func copiedFrom(old []*sliceState, newer []*piece, first, last string, by int64) (copied bool) {
	if _, same := chargesOf(between(slicesOf(newer), first, last)).containedIn(chargesOf(old)); same < allShare {
		return false
	}
	for _, m := range newer {
		m.replace(between(m.current(), first, last), by)
	}
	return true
}

// within compares a piece with the others of its import that come before it in order and end on
// the same day.
func (j *judgement) within(m *piece, before []*piece) {
	if m.legacy() {
		return
	}
	for _, o := range j.related(m, before) {
		if m.wholly() || o.last != m.last {
			continue
		}
		first := max(o.first, m.first)
		old, now := between(o.current(), first, m.last), between(m.current(), first, m.last)
		if len(old) == 0 || len(now) == 0 {
			continue
		}
		oldIn, oldSame := chargesOf(old).containedIn(chargesOf(now))
		newIn, newSame := chargesOf(now).containedIn(chargesOf(old))
		switch {
		case oldIn < sameShare && newIn < sameShare:
			if days, clean := cleanDays(old, now); clean {
				o.replace(days, m.key.importID)
			}
		case newSame >= allShare && linesOf(now) <= linesOf(old):
			m.replace(now, m.key.importID)
			j.copied(o, m)
		case oldSame >= allShare && linesOf(old) <= linesOf(now):
			o.replace(old, m.key.importID)
			if o.wholly() {
				j.copied(m, o)
			}
		default:
			if !j.ask(m, o, true, "both files list the same charges of this bill, with different amounts; import only the newer one", beside(old, OverlapLeave)...) {
				o.replace(old, m.key.importID)
			}
		}
	}
}

// across compares the pieces of an import with what was held before.
func (j *judgement) across(earlier, batch []*piece) {
	newer := map[*piece][]*piece{} // of a held piece
	all := chargesOf(slicesOf(batch))
	for _, m := range batch {
		related := slices.DeleteFunc(j.related(m, earlier), func(o *piece) bool {
			return j.settledBefore(o, m) || ((!m.answer.replaces() || elsewhere(o, m) || neighbours(o, m)) && apart(o, m))
		})
		if len(related) == 0 || m.wholly() || j.isPart(m, related, batch) || j.olderThan(m, related, all) {
			continue
		}
		for _, o := range related {
			newer[o] = append(newer[o], m)
		}
	}
	covered := map[*piece]bool{}
	for _, o := range earlier {
		list := slices.DeleteFunc(newer[o], func(m *piece) bool { return m.wholly() })
		if len(list) > 0 && !o.wholly() {
			j.cover(o, list, earlier, covered)
		}
	}
	for _, m := range batch {
		if m.key.importID == j.fresh && !m.wholly() {
			j.added(m, earlier, covered[m])
		}
	}
}

// apart says that two pieces have hardly a charge in common.
func apart(o, m *piece) bool {
	first, last := max(o.first, m.first), min(o.last, m.last)
	old, now := chargesOf(between(o.current(), first, last)), chargesOf(between(m.current(), first, last))
	oldIn, _ := old.containedIn(now)
	newIn, _ := now.containedIn(old)
	return oldIn <= otherShare && newIn <= otherShare
}

// elsewhere says that two pieces have no sub-account and service in common: they are parts of a bill, about which nobody is asked, and whoever
// wants what is newer does not mean them.
func elsewhere(o, m *piece) bool {
	common, _ := areasOf(m.current()).containedIn(areasOf(o.current()))
	return common == 0
}

// neighbours says that two pieces are of two months of one data set of a connection: the files of one may end with charges of the other.
func neighbours(o, m *piece) bool {
	a, b := strings.LastIndexByte(o.series, 0), strings.LastIndexByte(m.series, 0)
	return a > 0 && b > 0 && o.series != m.series && o.series[:a] == m.series[:b] && o.delivery == "" && m.delivery == ""
}

// settledBefore deals with pairs that need no look at their charges: deliveries of a series, and
// what an older version decided.
func (j *judgement) settledBefore(o, m *piece) bool {
	if o.legacy() && m.legacy() {
		fixed := o.slices[0].FixedBy
		if fixed == m.key.importID {
			o.replace(o.slices, m.key.importID)
		}
		return fixed == 0 || !j.undone[fixed] || o.wholly()
	}
	if !inOrder(o, m) {
		return false
	}
	if m.answer.replaces() || o.at < m.at {
		list := o.current()
		o.replace(list, m.key.importID)
		j.superseded(o, list, m)
	} else {
		m.replace(m.current(), o.key.importID)
		j.leftOut(m, o)
	}
	return true
}

// isPart decides whether a piece that nobody has looked at holds only a part of what is held, as the export of a subscription beside that of its billing
// account does, and then lets what is held count on the days that it has. Of a state of the same export, which an import beside it is of, that is not said:
// a series has an order.
func (j *judgement) isPart(m *piece, related, batch []*piece) bool {
	mine := m.current()
	if m.answer != overlapNewer || len(mine) == 0 {
		return false
	}
	first, last := mine[0].FirstDay, lastDay(mine)
	held := between(slicesOf(related), first, last)
	if there, _ := chargesOf(onDaysOf(mine, held)).containedIn(chargesOf(held)); len(held) == 0 || there < allShare {
		return false
	}
	if areas, _ := areasOf(held).containedIn(areasOf(between(slicesOf(batch), first, last))); areas > sameShare {
		return false
	}
	m.replace(onDaysOf(mine, held), related[0].key.importID)
	j.leftOut(m, related[0])
	return true
}

// olderThan decides whether a piece is an older state of what is held, or a copy of a part of it,
// and then lets what is held count. all is the sketch of its import.
func (j *judgement) olderThan(m *piece, related []*piece, all *sketch) bool {
	if m.answer.replaces() || slices.ContainsFunc(related, func(o *piece) bool { return sharePath(o, m) }) {
		return false
	}
	j.giveWay(m, related)
	mine := m.current()
	if len(mine) == 0 {
		return true
	}
	first, last := mine[0].FirstDay, lastDay(mine)
	earlier := between(slicesOf(related), first, last)
	there, same := chargesOf(mine).containedIn(chargesOf(earlier))
	if there < allShare {
		return false
	}
	back, _ := chargesOf(earlier).containedIn(all)
	newest, oldest := related[0], related[0]
	for _, o := range related {
		if o.last > newest.last {
			newest = o
		}
		if o.first < oldest.first {
			oldest = o
		}
	}
	older := m.last < newest.last && first <= oldest.first
	switch {
	case older, same >= allShare && (m.last < newest.last || back < wholeShare):
		m.replace(m.current(), newest.key.importID)
		j.leftOut(m, newest)
		return true
	case m.last < newest.last:
		if !j.ask(m, newest, false, "the workspace has these days already, with different amounts; the file may be a newer or an older state of them", OverlapReplace, OverlapLeave) {
			m.replace(m.current(), newest.key.importID)
		}
		return true
	case back < wholeShare:
		return j.ask(m, newest, false, fmt.Sprintf("it lists only a part of the charges of this bill that the workspace has (about %.0f %% of them), with different amounts; it may be an older export", back*100), OverlapReplace, OverlapLeave)
	}
	return false
}

// giveWay lets the last days of an older window give way to held files that reach a later day and
// begin later.
func (j *judgement) giveWay(m *piece, related []*piece) {
	newer := slices.DeleteFunc(slices.Clone(related), func(o *piece) bool { return j.reach(o) <= j.reach(m) || o.last < m.last || o.first <= m.first })
	if len(newer) == 0 {
		return
	}
	first := newer[0].first
	for _, o := range newer {
		first = min(first, o.first)
	}
	mine := between(m.current(), first, m.last)
	if there, _ := chargesOf(mine).containedIn(chargesOf(between(slicesOf(newer), first, m.last))); len(mine) > 0 && there >= allShare {
		m.replace(mine, newer[0].key.importID)
	}
}

// cover lets newer pieces take the place of what they list of a held one.
func (j *judgement) cover(o *piece, newer, earlier []*piece, covered map[*piece]bool) {
	first, last := o.last, o.first
	for _, m := range newer {
		first, last = min(first, m.first), max(last, m.last)
	}
	old := between(o.current(), max(first, o.first), min(last, o.last))
	now := between(slicesOf(newer), max(first, o.first), min(last, o.last))
	m := mostIn(o, newer)
	if m.answer.replaces() {
		j.take(o, old, newer, covered)
		return
	}
	share, _ := chargesOf(old).containedIn(chargesOf(now))
	switch {
	case len(old) == 0, share <= otherShare:
	case share >= sameShare && (plainly(old, now, j.showsOrder(o, newer)) || slices.ContainsFunc(newer, func(m *piece) bool { return sharePath(o, m) })):
		if share < wholeShare {
			old = onDaysOf(old, now)
		}
		j.take(o, old, newer, covered)
	default:
		if days, clean := cleanDays(old, now); clean {
			j.take(o, days, newer, covered)
			return
		}
		if copiedFrom(old, newer, max(first, o.first), min(last, o.last), o.key.importID) {
			return
		}
		few := float64(linesOf(now)) < fewShare*float64(linesOf(old)) && m.last > o.last
		if few || (share < sameShare && slices.ContainsFunc(earlier, func(other *piece) bool { return other != o && sharePath(other, m) && !sharePath(o, m) })) {
			return // late usage beside it, or a new state of another file
		}
		if share >= sameShare {
			if !j.ask(m, o, false, "it lists the same charges as the workspace has of this bill, with different amounts or fewer lines; it may be a newer state of them", beside(old, OverlapReplace, OverlapLeave)...) {
				j.take(o, old, newer, covered)
			}
			return
		}
		j.ask(m, o, false, fmt.Sprintf("about %.0f %% of the charges that the workspace has of this bill are in it; it does not fit as a newer state of them or as further lines", share*100), OverlapReplace, OverlapLeave)
	}
}

// mostIn returns the piece that a question is best asked about: the one from the same path, else
// the one with the largest share.
func mostIn(o *piece, newer []*piece) *piece {
	return slices.MaxFunc(newer, func(a, b *piece) int {
		path := func(m *piece) int {
			if sharePath(o, m) {
				return 1
			}
			return 0
		}
		inA, _ := o.charges().containedIn(a.charges())
		inB, _ := o.charges().containedIn(b.charges())
		return cmp.Or(cmp.Compare(path(a), path(b)), cmp.Compare(inA, inB))
	})
}

func (j *judgement) take(o *piece, list []*sliceState, newer []*piece, covered map[*piece]bool) {
	if len(list) == 0 {
		return
	}
	m := mostIn(o, newer)
	o.replace(list, m.key.importID)
	j.superseded(o, list, newer...)
	for _, m := range newer {
		covered[m] = true
	}
}

// added reports that a piece is another part of the bill, or asks where that is not plain.
func (j *judgement) added(m *piece, earlier []*piece, covers bool) {
	var beside []*piece
	for _, o := range earlier {
		if !o.wholly() && (o.key.view == m.key.view || o.key.view == "" || m.key.view == "") {
			beside = append(beside, o)
		}
	}
	if len(beside) == 0 || covers {
		return
	}
	if o := j.doubtful(m, beside); o != nil {
		first, last := max(o.first, m.first), min(o.last, m.last)
		if sameCost(between(o.current(), first, last), between(m.current(), first, last)) {
			j.ask(m, o, false, "it lists other charges than the workspace has of these days, but they cost the same; they seem to be the same charges in another format", OverlapReplace, OverlapLeave)
			return
		}
		j.ask(m, o, false, "it lists other charges than the workspace has of this bill; it may be another part of the bill, or the same charges in another format", OverlapReplace, OverlapAdd, OverlapLeave)
		return
	}
	j.out.added = append(j.out.added, m)
}

// doubtful returns a held piece beside which another one with other charges may be the same
// charges in another form: it has the same days, sub-accounts and services, and no name of
// a part.
func (j *judgement) doubtful(m *piece, beside []*piece) *piece {
	if m.answer != "" {
		return nil
	}
	areas, days := areasOf(m.current()), byDay(m.current())
	for _, o := range beside {
		if siblings(o, m) {
			return nil
		}
	}
	for _, o := range beside {
		if !mayBeStates(o, m) || o.last < m.first || o.first > m.last {
			continue
		}
		list := slices.DeleteFunc(o.current(), func(s *sliceState) bool { return s.FirstDay == s.LastDay && days[s.FirstDay] == nil })
		if common, _ := areas.containedIn(areasOf(list)); len(list) > 0 && common > 0 {
			return o
		}
	}
	return nil
}

// plainly says that one list of slices is another state of the other and not a second part of
// it: it has about as many lines, and its charges are well named or most of them cost the same. A
// few charges that cost something else are enough only where the files tell, too.
func plainly(old, now []*sliceState, reported bool) bool {
	lines := float64(linesOf(old))
	if float64(linesOf(now)) < linesShare*lines {
		return false
	}
	charges := chargesOf(old)
	_, same := charges.containedIn(chargesOf(now))
	return same > sameShare || (lines <= weakShare*charges.size() && (reported || charges.size() >= fewCharges))
}

// beside adds the answer that both files count, where charges are named so badly that two parts of
// a bill may list the same ones.
func beside(old []*sliceState, answers ...Overlap) []Overlap {
	if float64(linesOf(old)) > weakShare*chargesOf(old).size() {
		return append(answers, OverlapAdd)
	}
	return answers
}

// sameCost says that two lists of slices are billed the same, to a hundredth, in every currency.
func sameCost(a, b []*sliceState) bool {
	mine, other := billedOf(a), billedOf(b)
	costs := false
	for currency, sum := range mine {
		o, there := other[currency]
		if !there || shareOf(sum, o) > formsShare {
			return false
		}
		costs = costs || !sum.IsZero()
	}
	return costs && len(mine) == len(other)
}

func billedOf(list []*sliceState) map[string]finops.Sum {
	sums := map[string]finops.Sum{}
	for _, s := range list {
		for _, t := range s.totals {
			if t.Metric == finops.BilledCost {
				sum := sums[t.Currency]
				sum.AddSum(t.Amount)
				sums[t.Currency] = sum
			}
		}
	}
	return sums
}

// showsOrder says that the files show which is newer: one reaches a later day, has the name of the
// other, or came with a new state of that file.
func (j *judgement) showsOrder(o *piece, newer []*piece) bool {
	return slices.ContainsFunc(newer, func(m *piece) bool {
		return j.reach(m) > j.reach(o) || sameName(o, m) || slices.ContainsFunc(o.paths, func(path string) bool { return j.brought[m.key.importID][path] })
	})
}

// onDaysOf lists the slices that have a day on which the others have charges.
func onDaysOf(list, others []*sliceState) (found []*sliceState) {
	for _, s := range list {
		if len(between(others, s.FirstDay, s.LastDay)) > 0 {
			found = append(found, s)
		}
	}
	return found
}

// cleanDays lists the slices whose charges are in others; clean is false where on some day only
// a part of them is.
func cleanDays(list, others []*sliceState) (found []*sliceState, clean bool) {
	for _, s := range list {
		there := between(others, s.FirstDay, s.LastDay)
		share, _ := s.charges.containedIn(chargesOf(there))
		switch {
		case share >= sameShare && plainly([]*sliceState{s}, there, false):
			found = append(found, s)
		case share > otherShare:
			return nil, false
		}
	}
	return found, len(found) > 0
}

// copied notes that two files of an import list the same charges with the same amounts.
func (j *judgement) copied(o, m *piece) {
	if m.key.importID == j.fresh {
		j.out.copied = append(j.out.copied, [2]*piece{o, m})
	}
}

// leftOut notes that a piece of the import is older than what is held.
func (j *judgement) leftOut(m, earlier *piece) {
	if m.key.importID == j.fresh {
		j.out.older = append(j.out.older, [2]*piece{earlier, m})
	}
}

// superseded notes what the import takes the place of.
func (j *judgement) superseded(o *piece, list []*sliceState, newer ...*piece) {
	if newer[0].key.importID != j.fresh || o.key.importID == j.fresh {
		return
	}
	j.out.replaced = append(j.out.replaced, replacedPart{slices.Clone(list), newer})
}

// ask keeps a question about a piece of the import, unless its answer is that both count. It
// returns false for one that is held: its question did not arise when it was imported; and for one beside a held piece of its delivery, which came later.
func (j *judgement) ask(m, o *piece, within bool, reason string, answers ...Overlap) bool {
	if m.answer == OverlapAdd || (within && o.answer == OverlapAdd) {
		return true
	}
	if m.key.importID != j.fresh || (within && o.key.importID != j.fresh) {
		return false
	}
	j.out.asked = append(j.out.asked, question{m, o, within, reason, answers})
	return true
}
