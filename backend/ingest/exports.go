package ingest

import (
	"cmp"
	"fmt"
	"math/big"
	"slices"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/store"
)

// differShare is how far the totals of two exports of one bill may lie apart before a
// person is asked whether they are the same bill: credits, taxes and support are left out
// by some exports.
const differShare = 0.2

// viewShare is how much of a part must be found in the part to which it yields, on the days that
// both have.
const viewShare = 0.5

// precedence decides between the exports and views of a bill.
func precedence(bill []*sliceState, ofRecord string) {
	current := slices.DeleteFunc(slices.Clone(bill), func(s *sliceState) bool { return s.gone })
	if len(current) == 0 {
		return
	}
	if ofRecord != store.AllExports {
		used := usedExport(current, ofRecord)
		for _, s := range current {
			s.unused = s.Export != used
		}
	}
	decided := map[[2]string]bool{}
	for _, s := range current {
		k := [2]string{s.Export, s.Part}
		if s.YieldsTo == "" || s.unused || decided[k] {
			continue
		}
		decided[k] = true
		yield(current, s.Export, s.Part, s.YieldsTo)
	}
}

// yield decides between a part of a bill and the part that stands for it where both are held.
func yield(current []*sliceState, export, part, to string) {
	var mine, others []*sliceState
	for _, s := range current {
		switch {
		case s.Export != export:
		case s.Part == part:
			mine = append(mine, s)
		case s.Part == to:
			others = append(others, s)
		}
	}
	if len(others) == 0 {
		return
	}
	first, last := max(firstDay(mine), firstDay(others)), min(lastDay(mine), lastDay(others))
	if there, _ := chargesOf(between(mine, first, last)).containedIn(chargesOf(between(others, first, last))); there < viewShare {
		return
	}
	out := mine
	if lastDay(others) < lastDay(mine) {
		out = others
	}
	for _, s := range out {
		s.unused = true
	}
}

func firstDay(list []*sliceState) string {
	day := list[0].FirstDay
	for _, s := range list {
		day = min(day, s.FirstDay)
	}
	return day
}

func lastDay(list []*sliceState) (day string) {
	for _, s := range list {
		day = max(day, s.LastDay)
	}
	return day
}

// usedExport returns the export of a bill that counts: the one that a person chose, else one that has
// the charges and not daily totals only, that reaches further into the month, that holds both views of the charges where it has views,
// that has more days, that is FOCUS. The order of the imports decides nothing.
func usedExport(current []*sliceState, ofRecord string) string {
	type export struct {
		name  string
		last  string
		views map[string]bool
		days  map[string]bool
	}
	var exports []*export
	for _, s := range current {
		i := slices.IndexFunc(exports, func(e *export) bool { return e.name == s.Export })
		if i < 0 {
			i = len(exports)
			exports = append(exports, &export{name: s.Export, views: map[string]bool{}, days: map[string]bool{}})
		}
		e := exports[i]
		e.last = max(e.last, s.LastDay)
		e.views[viewOf(s.Part)] = true
		e.days[s.FirstDay] = true
	}
	oneView := func(e *export) bool { return len(e.views) == 1 && !e.views[""] }
	prefer := func(a, b bool) int {
		switch {
		case a == b:
			return 0
		case a:
			return -1
		}
		return 1
	}
	return slices.MinFunc(exports, func(a, b *export) int {
		return cmp.Or(
			prefer(a.name == ofRecord, b.name == ofRecord), prefer(!isTotals(a.name), !isTotals(b.name)), -cmp.Compare(a.last, b.last), prefer(!oneView(a), !oneView(b)),
			-cmp.Compare(len(a.days), len(b.days)), prefer(a.name == focusExport, b.name == focusExport), cmp.Compare(a.name, b.name),
		)
	}).name
}

// focusExport is the name of the source of FOCUS files.
const focusExport = "focus"

// isTotals says that an export is one of the sources of daily totals, which know less than the charges themselves.
func isTotals(export string) bool {
	return export == "aws-cost-explorer" || export == "azure-cost-query"
}

// BillSource is what one export, or one view of it, holds of a bill.
type BillSource struct {
	Export   string   `json:"export"` // name of the source
	Part     string   `json:"part"`   // part of the bill, "" for the whole: "actual", "amortized"
	Files    []string `json:"files"`
	Lines    int64    `json:"lines"`
	FirstDay string   `json:"firstDay"`
	LastDay  string   `json:"lastDay"`
	Totals   []Total  `json:"totals"`

	newest int64 // the newest import that holds it
}

// SameBill is a bill that is held from two exports, or in two views of one: the costs of
// one count, the other is excluded.
type SameBill struct {
	Bill
	Counted  BillSource `json:"counted"`
	Excluded BillSource `json:"excluded"`
}

// sameBills lists what is excluded of a bill, with what counts in its place.
func (j *judgement) sameBills(bill []*sliceState) (list []SameBill) {
	type pair struct{ export, part string }
	sources := map[pair]*BillSource{}
	counted := map[pair]bool{}
	var order []pair
	for _, s := range bill {
		if s.gone {
			continue
		}
		p := pair{s.Export, s.Part}
		if sources[p] == nil {
			sources[p] = &BillSource{Export: s.Export, Part: s.Part, Files: []string{}, Totals: []Total{}}
			order = append(order, p)
		}
		counted[p] = counted[p] || !s.unused
		sources[p].add(s, j.paths(&s.Slice))
	}
	for _, p := range order {
		if counted[p] {
			continue
		}
		in := &BillSource{Files: []string{}, Totals: []Total{}}
		for _, o := range order {
			if counted[o] && (o.export != p.export || viewOf(o.part) != viewOf(p.part)) {
				in.join(sources[o])
			}
		}
		if in.Export != "" {
			i := slices.IndexFunc(bill, func(s *sliceState) bool { return s.Export == p.export && s.Part == p.part })
			list = append(list, SameBill{Bill: billOf(bill[i].Slice), Counted: *in, Excluded: *sources[p]})
		}
	}
	return list
}

func (v *BillSource) add(s *sliceState, files []string) {
	v.Lines += s.Lines
	v.days(s.FirstDay, s.LastDay)
	v.newest = max(v.newest, s.ImportID)
	v.name(files)
	for _, t := range s.totals {
		if t.Known > 0 {
			v.sum(Total{Currency: t.Currency, Month: s.Month, Metric: t.Metric, Amount: t.Amount})
		}
	}
	SortTotals(v.Totals)
}

// days widens the span of days.
func (v *BillSource) days(first, last string) {
	if v.FirstDay == "" || first < v.FirstDay {
		v.FirstDay = first
	}
	v.LastDay = max(v.LastDay, last)
}

func (v *BillSource) name(files []string) {
	for _, f := range files {
		if !slices.Contains(v.Files, f) {
			v.Files = append(v.Files, f)
		}
	}
}

func (v *BillSource) sum(t Total) {
	for i := range v.Totals {
		if have := &v.Totals[i]; have.Currency == t.Currency && have.Metric == t.Metric {
			have.Amount.AddSum(t.Amount)
			return
		}
	}
	v.Totals = append(v.Totals, t)
}

func (v *BillSource) join(o *BillSource) {
	if v.Export == "" {
		v.Export, v.Part = o.Export, o.Part
	}
	v.Lines += o.Lines
	v.days(o.FirstDay, o.LastDay)
	v.newest = max(v.newest, o.newest)
	v.name(o.Files)
	for _, t := range o.Totals {
		v.sum(t)
	}
	SortTotals(v.Totals)
}

func (v *BillSource) file() string {
	if len(v.Files) == 0 {
		return ""
	}
	return v.Files[0]
}

// doubt says why two exports might not be of the same bill, "" if there is no doubt. Views
// of one export are distinguished by the source, so their totals may differ.
func (b *SameBill) doubt() string {
	if b.Counted.Export == b.Excluded.Export {
		return ""
	}
	if b.Account == "" {
		return "it names no billing account, so this may be the bill that the workspace has from another export, or another bill"
	}
	share := min(b.differs(finops.BilledCost), b.differs(finops.EffectiveCost))
	further := b.Counted.LastDay > b.Excluded.LastDay // then it may well cost more, but hardly less
	if share <= differShare || (further && !b.fallsShort(finops.BilledCost)) {
		return ""
	}
	return fmt.Sprintf("the workspace has this bill from another export, and the totals differ by %.0f %%: they may be different parts of the bill", share*100)
}

// differs returns the largest difference of a metric in any currency as a share of the
// larger amount.
func (b *SameBill) differs(metric finops.Metric) (share float64) {
	for _, v := range []*BillSource{&b.Counted, &b.Excluded} {
		for _, t := range v.Totals {
			if t.Metric == metric {
				share = max(share, shareOf(b.Counted.total(t.Currency, metric), b.Excluded.total(t.Currency, metric)))
			}
		}
	}
	return share
}

// fallsShort says that what counts is less than what is excluded, in any currency.
func (b *SameBill) fallsShort(metric finops.Metric) bool {
	for _, t := range b.Excluded.Totals {
		if t.Metric == metric && b.Counted.total(t.Currency, metric).Cmp(t.Amount) < 0 {
			return true
		}
	}
	return false
}

func (v *BillSource) total(currency string, metric finops.Metric) (sum finops.Sum) {
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
		r := s.Rat()
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
