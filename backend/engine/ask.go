package engine

import (
	"context"
	"slices"
	"sort"

	"cloud-intelligence/backend/finops"
)

// Ask is AskAll of one question.
func (e *Engine) Ask(ctx context.Context, q finops.Question) (*finops.Answer, error) {
	answers, err := e.AskAll(ctx, q)
	if err != nil {
		return nil, err
	}
	return answers[0], nil
}

// AskAll answers questions, all of one snapshot, in their order. It answers CodeInvalid for a
// column or metric that does not exist, and the cause of ctx when that is done before.
func (e *Engine) AskAll(ctx context.Context, questions ...finops.Question) ([]*finops.Answer, error) {
	answers := make([]*finops.Answer, len(questions))
	err := e.WithSnapshot(ctx, func(s *Snapshot) error {
		for i, q := range questions {
			a, err := s.Ask(ctx, q)
			if err != nil {
				return err
			}
			answers[i] = a
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return answers, nil
}

func (v *view) ask(ctx context.Context, q finops.Question) (*finops.Answer, error) {
	p, err := v.prepare(ctx, q)
	if err != nil {
		return nil, err
	}
	sums, err := scanAll(ctx, p)
	if err != nil {
		return nil, err
	}
	a := answer(p, sums, q)
	a.Version = v.version
	return a, nil
}

// each calls fn for every group of an answer, in no order, and makes none of them before. The
// row is used again for the next group.
func (v *view) each(ctx context.Context, q finops.Question, fn func(finops.Row)) error {
	p, err := v.prepare(ctx, q)
	if err != nil {
		return err
	}
	return p.each(ctx, q, func(r finops.Row, _ *found) { fn(r) })
}

func (p *plan) each(ctx context.Context, q finops.Question, fn func(finops.Row, *found)) error {
	s, err := scanAll(ctx, p)
	if err != nil {
		return err
	}
	g := found{keys: make([]*string, len(q.GroupBy))}
	r := finops.Row{Amounts: make([]*finops.Sum, len(q.Metrics))}
	sums := make([]finops.Sum, len(q.Metrics))
	for slot := range s.slots() {
		if s.lines[slot] == 0 {
			continue
		}
		g.slot, g.time, g.currency, g.value = uint32(slot), "", "", 0
		p.decode(s.number(slot), &g)
		r.Keys, r.Time, r.Currency, r.Lines, r.Value = g.keys, g.time, g.currency, s.lines[slot], g.value
		for m := range s.metrics {
			if r.Amounts[m] = nil; s.sumInto(m, g.slot, &sums[m]) {
				r.Amounts[m] = &sums[m]
			}
		}
		fn(r, &g)
	}
	s.release()
	return nil
}

func (v *view) prepare(ctx context.Context, q finops.Question, of ...finops.Filter) (*plan, error) {
	p, err := v.compile(ctx, q.Metrics, q.GroupBy, filterSet{q.Where, q.From, q.To, q.Currency, of}, q.Grain, false)
	if err != nil {
		return nil, err
	}
	p.product = 1
	for _, k := range p.keys {
		if p.product > 1<<62/k.size {
			return nil, finops.Errorf(finops.CodeInvalid, "This grouping has too many combinations. Group by fewer columns.")
		}
		p.product *= k.size
	}
	return p, nil
}

// found is a group of an answer before its texts are made.
type found struct {
	slot     uint32
	keys     []*string
	time     string
	currency string
	value    uint32 // see finops.Row
	patterns patterns
}

func answer(p *plan, s *groupSums, q finops.Question) *finops.Answer {
	groups := make([]found, 0, 64)
	for slot := range s.slots() {
		if s.lines[slot] == 0 {
			continue
		}
		g := found{slot: uint32(slot), keys: make([]*string, len(q.GroupBy))}
		p.decode(s.number(slot), &g)
		groups = append(groups, g)
	}
	a := &finops.Answer{Groups: len(groups), Totals: totals(s, groups, len(q.Metrics))}
	dropMixed(a.Totals, s, groups, q)
	sortGroups(s, groups, q)
	kept := limited(s, groups, q)
	for _, g := range groups {
		if kept(g) {
			a.Rows = append(a.Rows, row(s, g))
		}
	}
	return a
}

// dropMixed takes back the totals of quantities in different units, which only the groups
// keep apart.
func dropMixed(totals []finops.Row, s *groupSums, groups []found, q finops.Question) {
	for m, metric := range q.Metrics {
		unit := slices.Index(q.GroupBy, metric.Unit())
		if unit < 0 {
			continue
		}
		units := map[string]bool{}
		for _, g := range groups {
			if g.keys[unit] != nil && s.sum(m, g.slot) != nil {
				units[*g.keys[unit]] = true
			}
		}
		for i := range totals {
			if len(units) > 1 {
				totals[i].Amounts[m] = nil
			}
		}
	}
}

func row(s *groupSums, g found) finops.Row {
	r := finops.Row{Keys: g.keys, Time: g.time, Currency: g.currency, Lines: s.lines[g.slot]}
	for m := range s.metrics {
		r.Amounts = append(r.Amounts, s.sum(m, g.slot))
	}
	return r
}

// decode takes a group number apart.
func (p *plan) decode(n uint64, g *found) {
	for k := len(p.keys) - 1; k >= 0; k-- {
		key := &p.keys[k]
		var part uint64
		if key.ids != nil {
			part, n = n%key.size, n/key.size
		}
		for _, d := range key.dims {
			v := d.values[part]
			switch d.slot {
			case currencySlot:
				if v != nil {
					g.currency = *v
				}
			case timeSlot:
				g.time = *v
			default:
				if d.slot <= partSlot {
					g.patterns[partSlot-d.slot] = d.codes[part]
					continue
				}
				g.keys[d.slot] = v
				if p.numbered && d.codes != nil {
					g.value = d.codes[part] + 1
				}
			}
		}
	}
}

func totals(s *groupSums, groups []found, metrics int) []finops.Row {
	byCurrency := map[string]*finops.Row{}
	for _, g := range groups {
		t := byCurrency[g.currency]
		if t == nil {
			t = &finops.Row{Currency: g.currency, Amounts: make([]*finops.Sum, metrics)}
			byCurrency[g.currency] = t
		}
		t.Lines += s.lines[g.slot]
		for m := range s.metrics {
			if sum := s.sum(m, g.slot); sum != nil {
				if t.Amounts[m] == nil {
					t.Amounts[m] = &finops.Sum{}
				}
				t.Amounts[m].AddSum(*sum)
			}
		}
	}
	list := make([]finops.Row, 0, len(byCurrency))
	for _, t := range byCurrency {
		list = append(list, *t)
	}
	sort.Slice(list, func(i, j int) bool {
		if list[i].Lines != list[j].Lines {
			return list[i].Lines > list[j].Lines
		}
		return list[i].Currency < list[j].Currency
	})
	return list
}

// sortGroups orders by time, then by the first metric, the largest first, then by keys;
// or by time and keys alone.
func sortGroups(s *groupSums, groups []found, q finops.Question) {
	byAmount := q.Sort == finops.SortDefault && len(s.metrics) > 0
	exact := byAmount && len(s.metrics[0].wides) > 0
	sort.Slice(groups, func(i, j int) bool {
		a, b := &groups[i], &groups[j]
		if a.time != b.time {
			return a.time < b.time
		}
		if byAmount {
			if c := s.compare(a.slot, b.slot, exact); c != 0 {
				return c > 0
			}
		}
		return lessKeys(a, b)
	})
}

// compare orders two groups by the first metric; unknown comes last.
func (s *groupSums) compare(a, b uint32, exact bool) int {
	t := &s.metrics[0]
	if t.known != nil && t.known[a] != t.known[b] {
		if t.known[a] {
			return 1
		}
		return -1
	}
	if exact {
		x, y := s.sum(0, a), s.sum(0, b)
		if x == nil || y == nil {
			return 0
		}
		return x.Cmp(*y)
	}
	switch {
	case t.hi[a] != t.hi[b]:
		return sign(t.hi[a] > t.hi[b])
	case t.lo[a] != t.lo[b]:
		return sign(t.lo[a] > t.lo[b])
	}
	return 0
}

func sign(greater bool) int {
	if greater {
		return 1
	}
	return -1
}

// lessKeys orders by keys; no value comes last.
func lessKeys(a, b *found) bool {
	for i := range a.keys {
		x, y := a.keys[i], b.keys[i]
		switch {
		case x == nil && y == nil:
		case x == nil || y == nil:
			return y == nil
		case *x != *y:
			return *x < *y
		}
	}
	return a.currency < b.currency
}
