package engine

import (
	"context"
	"slices"
	"sort"

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
	name  string
	lines int64
	days  map[finops.Day]bool
}

func (l *ledger) count(s *State, currencies, providers *coding) {
	lines := make([]int64, len(currencies.values))
	seen := map[uint32]*providerDays{}
	c := l.cube
	for row := range c.n {
		bill, day := c.keys[store.Bill][row], l.cubeDays[c.keys[store.Period][row]]
		w := int64(c.weights[row])
		if s.Lines == 0 || day < s.FirstDay {
			s.FirstDay = day
		}
		if s.Lines == 0 || day > s.LastDay {
			s.LastDay = day
		}
		s.Lines += w
		lines[currencies.code[bill]] += w
		p := seen[providers.code[bill]]
		if p == nil {
			p = &providerDays{name: deref(providers.values[providers.code[bill]]), days: map[finops.Day]bool{}}
			seen[providers.code[bill]] = p
		}
		p.lines += w
		p.days[day] = true
	}
	for i, n := range lines {
		if n > 0 {
			s.Currencies = append(s.Currencies, CurrencyState{deref(currencies.values[i]), n})
		}
	}
	sort.Slice(s.Currencies, func(i, j int) bool { return s.Currencies[i].Lines > s.Currencies[j].Lines })
	months := map[finops.Month]*MonthState{}
	for _, p := range seen {
		s.Providers = append(s.Providers, p.state(months))
	}
	sort.Slice(s.Providers, func(i, j int) bool { return s.Providers[i].Name < s.Providers[j].Name })
	for _, m := range months {
		s.Months = append(s.Months, *m)
	}
	sort.Slice(s.Months, func(i, j int) bool { return s.Months[i].Month < s.Months[j].Month })
}

// state finds the gaps of a provider and enters them into the months. A month is
// complete when every provider that has charges in it has them on each of its days, up
// to the last, from the provider's first day on.
func (p *providerDays) state(months map[finops.Month]*MonthState) ProviderState {
	s := ProviderState{Name: p.name, Lines: p.lines}
	first := true
	for d := range p.days {
		if first || d < s.FirstDay {
			s.FirstDay = d
		}
		if first || d > s.LastDay {
			s.LastDay = d
		}
		first = false
	}
	for d := s.FirstDay; d <= s.LastDay.Month().Last(); d++ {
		m := months[d.Month()]
		if m == nil {
			m = &MonthState{Month: d.Month(), LastDay: d.Month().Last(), Complete: true}
			months[d.Month()] = m
		}
		if p.days[d] {
			continue
		}
		m.MissingDays++
		m.Complete = false
		if d <= s.LastDay {
			s.MissingDays = append(s.MissingDays, d)
		}
	}
	if m := months[s.LastDay.Month()]; m != nil && s.LastDay < m.LastDay {
		m.LastDay = s.LastDay
	}
	return s
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
