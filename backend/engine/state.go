package engine

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/segment"
	"cloud-intelligence/backend/store"
)

// State describes what the ledger holds. It reads the daily rollup only.
func (e *Engine) State(ctx context.Context) (*State, error) {
	l, err := e.ledger(ctx)
	if err != nil {
		return nil, err
	}
	return l.state(ctx)
}

func (l *ledger) state(ctx context.Context) (*State, error) {
	s := &State{Columns: l.columns()}
	var err error
	if s.Dimensions, err = l.usedDimensions(ctx); err != nil {
		return nil, err
	}
	currencies, err := l.billCoding(ctx, "BillingCurrency")
	if err != nil {
		return nil, err
	}
	providers, err := l.billCoding(ctx, finops.DimProvider)
	if err != nil {
		return nil, err
	}
	l.count(s, currencies, providers)
	for m, metric := range finops.Metrics {
		known := false
		for _, v := range l.cube.amounts[m].values {
			if known = v != segment.None; known {
				break
			}
		}
		s.Metrics = append(s.Metrics, MetricState{metric, known})
	}
	return s, nil
}

func (l *ledger) billCoding(ctx context.Context, column string) (*coding, error) {
	d, err := l.resolve(column)
	if err != nil {
		return nil, err
	}
	return l.coding(ctx, d, false)
}

// providerDays marks the days on which a provider has charges.
type providerDays struct {
	lines int64
	days  map[finops.Day]bool
}

// daysOf are the days of providers by the codes of their names.
type daysOf map[uint32]*providerDays

func (p daysOf) add(provider uint32, day finops.Day, lines int64) {
	if p[provider] == nil {
		p[provider] = &providerDays{days: map[finops.Day]bool{}}
	}
	p[provider].lines += lines
	p[provider].days[day] = true
}

func (p daysOf) states(names []*string) (list []ProviderState) {
	for code, days := range p {
		list = append(list, ProviderState{deref(names[code]), days.lines, finops.CoverageOf(days.days)})
	}
	slices.SortFunc(list, func(a, b ProviderState) int { return strings.Compare(a.Name, b.Name) })
	return list
}

func (l *ledger) count(s *State, currencies, providers *coding) {
	lines := make([]int64, len(currencies.values))
	all, each := daysOf{}, make([]daysOf, len(currencies.values))
	c := l.cube
	for row := range c.n {
		bill, day := c.keys[store.Bill][row], l.cubeDays[c.keys[store.Period][row]]
		w := int64(c.weights[row])
		s.Lines += w
		currency, provider := currencies.code[bill], providers.code[bill]
		lines[currency] += w
		if each[currency] == nil {
			each[currency] = daysOf{}
		}
		all.add(provider, day, w)
		each[currency].add(provider, day, w)
	}
	s.Providers = all.states(providers.values)
	s.FirstDay, s.LastDay = span(s.Providers)
	for i, n := range lines {
		if n == 0 {
			continue
		}
		state := CurrencyState{Code: deref(currencies.values[i]), Lines: n, Providers: each[i].states(providers.values)}
		state.FirstDay, state.LastDay = span(state.Providers)
		state.Months = months(state.Providers)
		s.Currencies = append(s.Currencies, state)
	}
	slices.SortFunc(s.Currencies, func(a, b CurrencyState) int {
		return cmp.Or(cmp.Compare(b.Lines, a.Lines), strings.Compare(a.Code, b.Code))
	})
	s.Months = months(s.Providers)
}

// span is from the first day of all providers to the last.
func span(providers []ProviderState) (first, last finops.Day) {
	for i, p := range providers {
		if i == 0 || p.First < first {
			first = p.First
		}
		if i == 0 || p.Last > last {
			last = p.Last
		}
	}
	return first, last
}

// months says how complete the months are: a month is when it is for every provider that
// has charges before its end and on or after its first day.
func months(providers []ProviderState) (list []MonthState) {
	found := map[finops.Month]*MonthState{}
	for _, p := range providers {
		for at := p.First.Month(); at <= p.Last.Month(); at++ {
			m := found[at]
			if m == nil {
				m = &MonthState{Month: at, LastDay: at.Last(), Complete: true}
				found[at] = m
			}
			m.MissingDays += len(p.Lacks(at.First(), at.Last()))
			m.Complete = m.Complete && p.Complete(at)
			m.LastDay = min(m.LastDay, p.Last)
		}
	}
	for _, m := range found {
		list = append(list, *m)
	}
	slices.SortFunc(list, func(a, b MonthState) int { return int(a.Month - b.Month) })
	return list
}

func deref(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

// columns lists the columns of the ledger: FOCUS columns that some file had, then the
// others.
func (l *ledger) columns() []ColumnState {
	var list []ColumnState
	for _, c := range finops.Columns() {
		if l.present[c.Name] {
			list = append(list, ColumnState{c.Name, true, c.Kind})
		}
	}
	for _, name := range l.ownNames {
		list = append(list, ColumnState{name, false, finops.KindText})
	}
	return list
}

// usedDimensions lists the built-in dimensions that have a value.
func (l *ledger) usedDimensions(ctx context.Context) ([]string, error) {
	var names []string
	for _, d := range builtIn {
		c, err := l.coding(ctx, dimension{column: d.name, group: d.group, index: -1, derived: d}, d.coarse() && d.group != store.Bill)
		if err != nil {
			return nil, err
		}
		if slices.ContainsFunc(c.values, func(v *string) bool { return v != nil }) {
			names = append(names, d.name)
		}
	}
	return names, nil
}

// loadPresent finds the FOCUS columns that the imported files have.
func (l *ledger) loadPresent(ctx context.Context) error {
	files, err := l.db.Files(ctx)
	if err != nil {
		return err
	}
	l.present = map[string]bool{}
	for _, f := range files {
		for _, name := range f.Focus {
			l.present[name] = true
		}
		if f.Focus != nil {
			continue
		}
		for _, raw := range f.Columns { // of an import that did not keep the names
			if c, ok := finops.ColumnByName(raw); ok {
				l.present[c.Name] = true
			}
		}
	}
	return nil
}
