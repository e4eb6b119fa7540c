package ingest

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/store"
)

// BillKey is a bill as different exports of it agree; see Bill.Key.
type BillKey struct {
	provider, account string
	month             finops.Month
}

// Key returns what all exports of a bill have in common: the names of providers that mean the
// same, the case of an account, the path before it (/providers/Microsoft.Billing/billingAccounts/1)
// and leading zeros do not count.
func (b Bill) Key() BillKey {
	account := strings.ToLower(finops.CanonicalAccount(b.Account))
	if strings.Trim(account, "0123456789") == "" {
		account = cmp.Or(strings.TrimLeft(account, "0"), account)
	}
	return BillKey{strings.ToLower(finops.CanonicalProvider(b.Provider)), account, b.Month}
}

func billOf(s store.Slice) Bill { return Bill{s.Provider, s.BillingAccount, s.Month} }

// Decide says of every bill which of its slices count, so that each charge counts once:
//
//  1. Of several states of an export the newest counts, day by day and file by file (states.go).
//  2. Of two views of the same charges the one that the other yields to counts, unless it ends
//     earlier (exports.go).
//  3. Of several exports of a bill one counts: the one that a person chose, else the one that has
//     more of the bill (exports.go).
//
// It is a store.Decide: what counts follows from what was imported and from the answers of persons,
// whatever happened in between.
func Decide(h store.BillRecords) []store.Precedence {
	j := newJudgement(h, 0)
	j.run()
	return j.precedence()
}

// judgement decides what counts of all bills, or of those that an import touches.
type judgement struct {
	fresh          int64 // import that is being written, 0 = none
	records        store.BillRecords
	files          map[int64]store.ImportFile
	undone         map[int64]bool            // imports
	brought        map[int64]map[string]bool // paths of the files of each import
	reached        map[int64]string          // last day of each file, of all its bills
	slices         []*sliceState
	sourceOfRecord map[BillKey]string
	decided        []*sliceState
	out            outcome
}

// outcome is what an import means for the bills of the workspace.
type outcome struct {
	replaced []replacedPart
	older    [][2]*piece // what the workspace has, and the piece of the import that is an older state of it
	copied   [][2]*piece // files of the import with the same charges
	added    []*piece
	asked    []question
	bills    [][]*sliceState // of each bill
}

// replacedPart is what newer pieces take the place of.
type replacedPart struct {
	before []*sliceState
	now    []*piece
}

// question is what a person has to decide of a piece of the import.
type question struct {
	piece, other *piece
	within       bool // the other one is of the import, too
	reason       string
	answers      []Overlap
}

func newJudgement(h store.BillRecords, fresh int64) *judgement {
	j := &judgement{fresh: fresh, records: h, files: map[int64]store.ImportFile{}, undone: map[int64]bool{}, brought: map[int64]map[string]bool{}, reached: map[int64]string{}, sourceOfRecord: map[BillKey]string{}}
	for _, f := range h.Files {
		j.files[f.ID] = f
		if j.brought[f.ImportID] == nil {
			j.brought[f.ImportID] = map[string]bool{}
		}
		j.brought[f.ImportID][f.Path] = true
	}
	totals := map[int64][]store.ControlTotal{}
	for _, t := range h.Totals {
		totals[t.SliceID] = append(totals[t.SliceID], t)
	}
	for _, s := range h.Slices {
		if s.State == "undone" {
			j.undone[s.ImportID] = true
			continue
		}
		if s.Lines > 0 {
			j.reached[s.FileID] = max(j.reached[s.FileID], s.LastDay)
			j.slices = append(j.slices, &sliceState{Slice: s, charges: decodeSketch(s.Sketch, sketchSize), areas: decodeSketch(s.Areas, areaSize), totals: totals[s.ID]})
		}
	}
	for _, c := range h.SourcesOfRecord {
		j.sourceOfRecord[Bill{c.Provider, c.BillingAccount, c.Month}.Key()] = c.Export
	}
	return j
}

func (j *judgement) paths(s *store.Slice) (paths []string) {
	for _, id := range j.records.Sources[s.ID] {
		paths = append(paths, j.files[id].Path)
	}
	return paths
}

// reach returns the last day of a piece; of one that goes on to the end of a month, the last day of
// its file, which may go on in the bill of the next.
func (j *judgement) reach(p *piece) string {
	day, err := finops.ParseDay(p.last)
	if err != nil || p.key.fileID == 0 || (day+1).Month() == day.Month() {
		return p.last
	}
	return max(p.last, j.reached[p.key.fileID])
}

// run decides bill by bill.
func (j *judgement) run() {
	for _, bill := range j.bills() {
		if j.fresh != 0 && !slices.ContainsFunc(bill, func(s *sliceState) bool { return s.ImportID == j.fresh }) {
			continue
		}
		used, others, ofRecord := j.chosen(bill)
		j.statesOf(used)
		j.statesOf(others)
		if !decidedBefore(bill) || ofRecord != "" || len(others) > 0 {
			precedence(used, ofRecord)
			for _, s := range others {
				s.unused = !s.gone
			}
		}
		j.decided = append(j.decided, bill...)
		j.out.bills = append(j.out.bills, bill)
	}
}

// chosen says what a person chose for a bill: the export that is used, and where it goes by several accounts the
// slices under the one whose charges count, apart from the others.
func (j *judgement) chosen(bill []*sliceState) (used, others []*sliceState, ofRecord string) {
	account, chosen := BillKey{}, false
	for _, s := range bill {
		k := billOf(s.Slice).Key()
		switch choice := j.sourceOfRecord[k]; choice {
		case store.ThisAccount:
			account, chosen = k, true
		default:
			ofRecord = cmp.Or(ofRecord, choice)
		}
	}
	for _, s := range bill {
		if chosen && billOf(s.Slice).Key() != account {
			others = append(others, s)
		} else {
			used = append(used, s)
		}
	}
	return used, others, ofRecord
}

// statesOf finds the states of each export.
func (j *judgement) statesOf(list []*sliceState) {
	exports := map[string][]*sliceState{}
	for _, s := range list {
		exports[s.Export] = append(exports[s.Export], s)
	}
	for _, name := range slices.Sorted(maps.Keys(exports)) {
		j.states(j.pieces(exports[name]))
	}
}

// OneBill groups the bills of a workspace that are the same bill under two accounts.
func OneBill(h store.BillRecords) (groups [][]Bill) {
	for _, bill := range newJudgement(h, 0).bills() {
		var names []Bill
		for _, s := range bill {
			name := billOf(s.Slice)
			if !slices.ContainsFunc(names, func(o Bill) bool { return o.Key() == name.Key() }) {
				names = append(names, name)
			}
		}
		if len(names) > 1 {
			groups = append(groups, names)
		}
	}
	return groups
}

// decidedBefore keeps which export is used of a bill that only an older version imported, as long
// as what was used is there.
func decidedBefore(bill []*sliceState) bool {
	used := false
	for _, s := range bill {
		if !s.Legacy {
			return false
		}
		used = used || (!s.gone && s.State == "active")
	}
	for _, s := range bill {
		s.unused = used && s.Unused
	}
	return used
}

// bills groups the slices by bill. One bill may go by two accounts: see sameAccount.
func (j *judgement) bills() (all [][]*sliceState) {
	type market struct {
		provider string
		month    finops.Month
	}
	accounts := map[market][][]*sliceState{}
	at := map[BillKey]int{}
	var order []market
	for _, s := range j.slices {
		k := billOf(s.Slice).Key()
		m := market{k.provider, k.month}
		i, have := at[k]
		if !have {
			if accounts[m] == nil {
				order = append(order, m)
			}
			i, at[k] = len(accounts[m]), len(accounts[m])
			accounts[m] = append(accounts[m], nil)
		}
		accounts[m][i] = append(accounts[m][i], s)
	}
	slices.SortFunc(order, func(a, b market) int {
		return cmp.Or(cmp.Compare(a.provider, b.provider), cmp.Compare(a.month, b.month))
	})
	for _, m := range order {
		all = append(all, j.joinAccounts(accounts[m])...)
	}
	return all
}

// joinAccounts joins the bills of accounts that are the same bill under two names.
func (j *judgement) joinAccounts(accounts [][]*sliceState) (bills [][]*sliceState) {
	for _, account := range accounts {
		i := slices.IndexFunc(bills, func(bill []*sliceState) bool { return j.sameAccount(bill, account) })
		if i < 0 {
			bills = append(bills, account)
			continue
		}
		bills[i] = append(bills[i], account...)
	}
	return bills
}

// sameAccount reports whether the charges of two accounts are the same ones, that a provider
// exported in another layout under another account, such as Azure's layouts of a subscription
// before and after it named a billing account: the charges agree, and so does what they cost.
func (j *judgement) sameAccount(a, b []*sliceState) bool {
	if layouts := j.layouts(append(slices.Clone(a), b...)); len(layouts) == 1 {
		return false
	}
	for _, x := range j.pieces(a) {
		for _, y := range j.pieces(b) {
			if x.slices[0].Export != y.slices[0].Export || j.layout(x.key.fileID) == j.layout(y.key.fileID) || x.last < y.first || y.last < x.first {
				continue
			}
			first, last := max(x.first, y.first), min(x.last, y.last)
			these, those := between(x.slices, first, last), between(y.slices, first, last)
			_, forth := chargesOf(these).containedIn(chargesOf(those))
			_, back := chargesOf(those).containedIn(chargesOf(these))
			if max(forth, back) >= wholeShare {
				return true
			}
		}
	}
	return false
}

// layout names the format and the columns of a file.
func (j *judgement) layout(file int64) string {
	f := j.files[file]
	return f.Format + "\x00" + f.Version + "\x00" + strings.Join(f.Columns, "\x00")
}

func (j *judgement) layouts(list []*sliceState) map[string]bool {
	files, found := map[int64]bool{}, map[string]bool{}
	for _, s := range list {
		if !files[s.FileID] {
			files[s.FileID] = true
			found[j.layout(s.FileID)] = true
		}
	}
	return found
}

// precedence says what was decided.
func (j *judgement) precedence() []store.Precedence {
	list := make([]store.Precedence, len(j.decided))
	for i, s := range j.decided {
		list[i] = store.Precedence{SliceID: s.ID, Active: !s.gone && !s.unused, ReplacedBy: s.by, Unused: !s.gone && s.unused}
	}
	slices.SortFunc(list, func(a, b store.Precedence) int { return cmp.Compare(a.SliceID, b.SliceID) })
	return list
}
