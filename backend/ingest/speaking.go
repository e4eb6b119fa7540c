package ingest

import (
	"cmp"
	"fmt"
	"math/big"
	"path"
	"slices"
	"strings"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/store"
)

// differShare is how far the totals of two exports of one bill may lie apart before a
// person is asked whether they are the same bill: credits, taxes and support are left out
// by some exports.
const differShare = 0.2

// viewShare is how much of a part must be found in the part to which it yields.
const viewShare = 0.5

// BillKey is a bill as different exports of it agree; see Bill.Key.
type BillKey struct {
	provider, account string
	month             finops.Month
}

// Key returns what all exports of a bill have in common: the case of names and the path
// before an account (/providers/Microsoft.Billing/billingAccounts/1) do not count.
func (b Bill) Key() BillKey {
	return BillKey{strings.ToLower(b.Provider), strings.ToLower(path.Base("/" + b.Account)), b.Month}
}

func billOf(s store.Slice) Bill { return Bill{s.Provider, s.BillingAccount, s.Month} }

// Voice is what one export, or one view of it, holds of a bill.
type Voice struct {
	Export  string // name of the source
	Part    string
	Files   []string
	Lines   int64
	LastDay string
	Totals  []Total

	newest int64 // the newest import that holds it
}

// SameBill is a bill that is held from two exports, or in two views of one: the costs of
// one count, the other stands by.
type SameBill struct {
	Bill
	Speaks, StandsBy Voice
}

// Decide says of every bill that is held which of its slices count. Of several exports of a
// bill one speaks: the one that a person chose, else the one that reaches further into the
// month, else the one that was imported first. Of two views of the same charges the one
// that the other yields to counts, unless it ends earlier. It is a store.Decide.
func Decide(all []store.Slice, choices []store.Choice) []store.Standing {
	chosen := map[BillKey]string{}
	for _, c := range choices {
		chosen[Bill{c.Provider, c.BillingAccount, c.Month}.Key()] = c.Export
	}
	bills := map[BillKey][]store.Slice{}
	for _, s := range all {
		if s.Current() {
			k := billOf(s).Key()
			bills[k] = append(bills[k], s)
		}
	}
	var standing []store.Standing
	for k, list := range bills {
		for id, active := range speak(list, chosen[k]) {
			standing = append(standing, store.Standing{SliceID: id, Active: active})
		}
	}
	slices.SortFunc(standing, func(a, b store.Standing) int { return cmp.Compare(a.SliceID, b.SliceID) })
	return standing
}

// speak decides for the current slices of one bill.
func speak(list []store.Slice, choice string) map[int64]bool {
	active := map[int64]bool{}
	speaker := choice
	if choice != store.AllExports {
		speaker = speaking(list, choice)
	}
	for _, s := range list {
		active[s.ID] = choice == store.AllExports || s.Export == speaker
	}
	for _, s := range list {
		if s.YieldsTo == "" || !active[s.ID] {
			continue
		}
		share, others := yields(s, list)
		switch {
		case share < viewShare:
		case lastDay(others) >= s.LastDay:
			active[s.ID] = false
		default:
			for _, o := range others {
				active[o.ID] = false
			}
		}
	}
	return active
}

// speaking returns the export that speaks.
func speaking(list []store.Slice, choice string) string {
	type export struct {
		name  string
		last  string
		first int64
	}
	var exports []export
	for _, s := range list {
		i := slices.IndexFunc(exports, func(e export) bool { return e.name == s.Export })
		if i < 0 {
			exports = append(exports, export{s.Export, s.LastDay, s.ID})
			continue
		}
		exports[i].last = max(exports[i].last, s.LastDay)
		exports[i].first = min(exports[i].first, s.ID)
	}
	best := slices.MinFunc(exports, func(a, b export) int {
		if (a.name == choice) != (b.name == choice) {
			return map[bool]int{true: -1, false: 1}[a.name == choice]
		}
		return cmp.Or(-cmp.Compare(a.last, b.last), cmp.Compare(a.first, b.first))
	})
	return best.name
}

// yields returns the slices to which s yields and the share of its charges found there.
func yields(s store.Slice, list []store.Slice) (share float64, others []store.Slice) {
	there := newSketch()
	for _, o := range list {
		if o.Export == s.Export && o.Part == s.YieldsTo {
			others = append(others, o)
			there.merge(decodeSketch(o.Sketch))
		}
	}
	if len(others) == 0 {
		return 0, nil
	}
	return decodeSketch(s.Sketch).containedIn(there), others
}

func lastDay(list []store.Slice) (day string) {
	for _, s := range list {
		day = max(day, s.LastDay)
	}
	return day
}

// settleSpeakers decides which export speaks for the bills of the import.
func (r *run) settleSpeakers(h held, s *settled) {
	gone := map[int64]bool{}
	for _, id := range s.supersede {
		gone[id] = true
	}
	mine := map[BillKey][]*sliceTally{}
	var all []store.Slice
	files := map[int64][]string{}
	for _, t := range r.orderedSlices() {
		mine[t.Bill.Key()] = append(mine[t.Bill.Key()], t)
		all = append(all, r.sliceOf(t))
		for _, f := range t.files {
			files[int64(t.id)] = append(files[int64(t.id)], f.file.name)
		}
		for currency, c := range t.totals {
			c.each(func(metric finops.Metric, known int64, sum finops.Sum) {
				h.totals = append(h.totals, store.ControlTotal{SliceID: int64(t.id), Currency: currency, Metric: metric, Lines: c.lines, Known: known, Amount: sum})
			})
		}
	}
	for _, o := range h.slices {
		if !gone[o.ID] && mine[billOf(o).Key()] != nil {
			all = append(all, o)
			for _, f := range filesOf(h.files, o.ImportID) {
				files[o.ID] = append(files[o.ID], f.Path)
			}
		}
	}
	slices.SortFunc(all, func(a, b store.Slice) int { return cmp.Compare(a.ID, b.ID) })
	s.choices = r.choices(all, mine)
	s.standing = Decide(all, append(h.choices, s.choices...))
	r.result.Same = sameBills(all, s.standing, h.totals, func(id int64) []string { return files[id] })
	chosen := map[BillKey]bool{}
	for _, c := range h.choices {
		chosen[Bill{c.Provider, c.BillingAccount, c.Month}.Key()] = true
	}
	for _, c := range s.choices {
		chosen[Bill{c.Provider, c.BillingAccount, c.Month}.Key()] = true
	}
	for _, b := range r.result.Same {
		if reason := b.doubt(); reason != "" && !chosen[b.Key()] { // who has decided is not asked again
			fresh, other := b.StandsBy, b.Speaks // the answer is asked of a file of this import
			if fresh.newest != r.writing.ID {
				fresh, other = other, fresh
			}
			r.result.Conflicts = append(r.result.Conflicts, Conflict{
				Bill: b.Bill, File: fresh.file(), ExistingFile: other.file(), Within: other.newest == r.writing.ID, Reason: reason,
			})
		}
	}
}

func (r *run) sliceOf(t *sliceTally) store.Slice {
	return store.Slice{
		ID: int64(t.id), ImportID: r.writing.ID, Provider: t.Provider, BillingAccount: t.Account, Month: t.Month, Export: t.export, Part: t.part, YieldsTo: t.yieldsTo,
		State: "active", Lines: t.lines(), FirstDay: t.days.first.String(), LastDay: t.days.last.String(), Sketch: t.sketch.encode(),
	}
}

// choices is what the person's answers to overlaps mean for bills of several exports. mine
// are the slices of this import.
func (r *run) choices(all []store.Slice, mine map[BillKey][]*sliceTally) (list []store.Choice) {
	exports := map[BillKey]map[string]bool{}
	for _, s := range all {
		k := billOf(s).Key()
		if exports[k] == nil {
			exports[k] = map[string]bool{}
		}
		exports[k][s.Export] = true
	}
	for k, fresh := range mine {
		answer := r.answerFor(fresh...)
		if len(exports[k]) < 2 || (answer != OverlapReplace && answer != OverlapAdd) {
			continue
		}
		s := fresh[len(fresh)-1]
		if i := slices.IndexFunc(fresh, func(t *sliceTally) bool { return r.opts.Answers[t.files[0].file.name] == OverlapReplace }); i >= 0 {
			s = fresh[i]
		}
		c := store.Choice{Provider: s.Provider, BillingAccount: s.Account, Month: s.Month, Export: s.export}
		if answer == OverlapAdd {
			c.Export = store.AllExports
		}
		list = append(list, c)
	}
	slices.SortFunc(list, func(a, b store.Choice) int {
		return cmp.Or(cmp.Compare(a.Provider, b.Provider), cmp.Compare(a.BillingAccount, b.BillingAccount), cmp.Compare(a.Month, b.Month))
	})
	return list
}

// sameBills lists the bills of which something stands by, with what speaks for it. files
// names the files of a slice.
func sameBills(all []store.Slice, standing []store.Standing, totals []store.ControlTotal, files func(slice int64) []string) (list []SameBill) {
	active := map[int64]bool{}
	for _, s := range standing {
		active[s.SliceID] = s.Active
	}
	type pair struct {
		bill         BillKey
		export, part string
	}
	voices := map[pair]*Voice{}
	bills := map[pair]Bill{}
	speaks := map[pair]bool{}
	var order []pair
	for _, s := range all {
		p := pair{billOf(s).Key(), s.Export, s.Part}
		if voices[p] == nil {
			voices[p], bills[p] = &Voice{Export: s.Export, Part: s.Part}, billOf(s)
			order = append(order, p)
		}
		speaks[p] = speaks[p] || active[s.ID]
		voices[p].add(s, totals, files(s.ID))
	}
	for _, p := range order {
		if speaks[p] {
			continue
		}
		speaker := &Voice{}
		for _, o := range order {
			if o.bill == p.bill && speaks[o] && (o.export != p.export || viewOf(o.part) != viewOf(p.part)) {
				speaker.join(voices[o])
			}
		}
		if speaker.Export != "" {
			list = append(list, SameBill{Bill: bills[p], Speaks: *speaker, StandsBy: *voices[p]})
		}
	}
	return list
}

func (v *Voice) add(s store.Slice, totals []store.ControlTotal, files []string) {
	v.Lines += s.Lines
	v.LastDay = max(v.LastDay, s.LastDay)
	v.newest = max(v.newest, s.ImportID)
	for _, f := range files {
		if !slices.Contains(v.Files, f) {
			v.Files = append(v.Files, f)
		}
	}
	for _, t := range totals {
		if t.SliceID == s.ID && t.Known > 0 {
			v.sum(Total{Currency: t.Currency, Month: s.Month, Metric: t.Metric, Amount: t.Amount})
		}
	}
	SortTotals(v.Totals)
}

func (v *Voice) sum(t Total) {
	for i := range v.Totals {
		if have := &v.Totals[i]; have.Currency == t.Currency && have.Metric == t.Metric {
			have.Amount.AddSum(t.Amount)
			return
		}
	}
	v.Totals = append(v.Totals, t)
}

func (v *Voice) join(o *Voice) {
	if v.Export == "" {
		v.Export, v.Part = o.Export, o.Part
	}
	v.Lines += o.Lines
	v.LastDay = max(v.LastDay, o.LastDay)
	v.newest = max(v.newest, o.newest)
	for _, f := range o.Files {
		if !slices.Contains(v.Files, f) {
			v.Files = append(v.Files, f)
		}
	}
	for _, t := range o.Totals {
		v.sum(t)
	}
	SortTotals(v.Totals)
}

func (v *Voice) file() string {
	if len(v.Files) == 0 {
		return ""
	}
	return v.Files[0]
}

// doubt says why two exports might not be of the same bill, "" if there is no doubt. Views
// of one export are told apart by the source, so their totals may differ.
func (b *SameBill) doubt() string {
	if b.Speaks.Export == b.StandsBy.Export {
		return ""
	}
	if b.Account == "" {
		return "it names no billing account, so it cannot be told whether this is the bill that is held already from another export, or another bill"
	}
	share := min(b.differs(finops.BilledCost), b.differs(finops.EffectiveCost))
	further := b.Speaks.LastDay > b.StandsBy.LastDay // then it may well cost more, but hardly less
	if share <= differShare || (further && !b.fallsShort(finops.BilledCost)) {
		return ""
	}
	return fmt.Sprintf("the bill is held already from another export, and the totals differ by %.0f %%: they may be different parts of the bill", share*100)
}

// differs returns the largest difference of a metric in any currency as a share of the
// larger amount.
func (b *SameBill) differs(metric finops.Metric) (share float64) {
	for _, v := range []*Voice{&b.Speaks, &b.StandsBy} {
		for _, t := range v.Totals {
			if t.Metric == metric {
				share = max(share, shareOf(b.Speaks.total(t.Currency, metric), b.StandsBy.total(t.Currency, metric)))
			}
		}
	}
	return share
}

// fallsShort says that what speaks is less than what stands by, in any currency.
func (b *SameBill) fallsShort(metric finops.Metric) bool {
	for _, t := range b.StandsBy.Totals {
		if t.Metric == metric && b.Speaks.total(t.Currency, metric).Cmp(t.Amount) < 0 {
			return true
		}
	}
	return false
}

func (v *Voice) total(currency string, metric finops.Metric) (sum finops.Sum) {
	for _, t := range v.Totals {
		if t.Currency == currency && t.Metric == metric {
			return t.Amount
		}
	}
	return sum
}

// shareOf returns |a − b| as a share of the larger of |a| and |b|.
func shareOf(a, b finops.Sum) float64 {
	rat := func(s finops.Sum) *big.Rat {
		r, _ := new(big.Rat).SetString(s.String()) // a sum prints a plain decimal
		return r.Abs(r)
	}
	most := rat(a)
	if other := rat(b); other.Cmp(most) > 0 {
		most = other
	}
	if most.Sign() == 0 {
		return 0
	}
	a.SubSum(b)
	share, _ := new(big.Rat).Quo(rat(a), most).Float64()
	return share
}
