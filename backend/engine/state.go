package engine

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"sync"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/segment"
	"cloud-intelligence/backend/store"
)

// State describes what the ledger holds. It belongs to all who ask; nobody may change it.
func (e *Engine) State(ctx context.Context) (*State, error) {
	l, err := e.ledger(ctx)
	if err != nil {
		return nil, err
	}
	return l.state(ctx)
}

func (l *ledger) state(ctx context.Context) (*State, error) {
	return l.states.get(ctx, struct{}{}, l.makeState)
}

func (l *ledger) makeState(ctx context.Context) (*State, error) {
	s := &State{Columns: l.columns()}
	var err error
	if s.Dimensions, err = l.usedDimensions(ctx); err != nil {
		return nil, err
	}
	if err := l.count(ctx, s); err != nil {
		return nil, err
	}
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

// tally counts the charges of something by the days on which they begin.
type tally struct {
	lines int64
	begun []finops.Begun
}

func (t *tally) add(b finops.Begun) {
	t.lines += b.Lines
	t.begun = append(t.begun, b)
}

// tallies are those of billing accounts by the codes of their provider and name.
type tallies map[[2]uint32]*tally

func (t tallies) add(provider, account uint32, b finops.Begun) {
	key := [2]uint32{provider, account}
	if t[key] == nil {
		t[key] = &tally{}
	}
	t[key].add(b)
}

// providers are the states of the providers, by name.
func (t tallies) providers(names []*string) (list []ProviderState) {
	all := map[uint32]*tally{}
	for key, of := range t {
		provider := all[key[0]]
		if provider == nil {
			provider = &tally{}
			all[key[0]] = provider
		}
		provider.lines += of.lines
		provider.begun = append(provider.begun, of.begun...)
	}
	for code, of := range all {
		list = append(list, ProviderState{deref(names[code]), of.lines, finops.CoverageOf(of.begun)})
	}
	slices.SortFunc(list, func(a, b ProviderState) int { return strings.Compare(a.Name, b.Name) })
	return list
}

// accounts are the states of the billing accounts, by provider and name.
func (t tallies) accounts(providers, accounts []*string) (list []AccountState) {
	for key, of := range t {
		list = append(list, AccountState{deref(providers[key[0]]), deref(accounts[key[1]]), of.lines, finops.CoverageOf(of.begun)})
	}
	slices.SortFunc(list, func(a, b AccountState) int {
		return cmp.Or(strings.Compare(a.Provider, b.Provider), strings.Compare(a.Account, b.Account))
	})
	return list
}

func (l *ledger) count(ctx context.Context, s *State) error {
	currencies, err := l.billCoding(ctx, "BillingCurrency")
	if err != nil {
		return err
	}
	providers, err := l.billCoding(ctx, finops.DimProvider)
	if err != nil {
		return err
	}
	accounts, err := l.billCoding(ctx, finops.DimBillingAccount)
	if err != nil {
		return err
	}
	begun, err := l.begun(ctx)
	if err != nil {
		return err
	}
	all, each := tallies{}, make([]tallies, len(currencies.values))
	for key, n := range begun {
		b := finops.Begun{Day: key.day, Bill: l.billMonths[key.bill], Long: key.long, Lines: n}
		currency, provider, account := currencies.code[key.bill], providers.code[key.bill], accounts.code[key.bill]
		if each[currency] == nil {
			each[currency] = tallies{}
		}
		all.add(provider, account, b)
		each[currency].add(provider, account, b)
	}
	s.Providers, s.Accounts = all.providers(providers.values), all.accounts(providers.values, accounts.values)
	s.Lines, s.FirstDay, s.LastDay = all.span()
	s.LastDay, s.NewestDay = ends(s.LastDay, s.Providers)
	s.Months = months(s.Providers)
	for i, of := range each {
		if of == nil {
			continue
		}
		state := CurrencyState{Code: deref(currencies.values[i]), Providers: of.providers(providers.values)}
		state.Lines, state.FirstDay, state.LastDay = of.span()
		state.LastDay, state.NewestDay = ends(state.LastDay, state.Providers)
		state.Months = months(state.Providers)
		s.Currencies = append(s.Currencies, state)
	}
	slices.SortFunc(s.Currencies, func(a, b CurrencyState) int {
		return cmp.Or(cmp.Compare(b.Lines, a.Lines), strings.Compare(a.Code, b.Code))
	})
	return nil
}

// begunKey identifies the charges of a bill row that begin on one day.
type begunKey struct {
	bill uint32
	day  finops.Day
	long bool // over more than a day
}

// begun counts the charges that count. The rollup knows the days; how long charge periods are only
// the lines know, which are read where any is over more than a day.
func (l *ledger) begun(ctx context.Context) (map[begunKey]int64, error) {
	periods, err := l.periods(ctx, false)
	if err != nil {
		return nil, err
	}
	counts := map[begunKey]int64{}
	if !slices.ContainsFunc(periods, period.long) {
		for row := range l.cube.n {
			if bill := l.cube.keys[store.Bill][row]; l.active[bill] {
				counts[begunKey{bill: bill, day: l.cubeDays[l.cube.keys[store.Period][row]]}] += int64(l.cube.weights[row])
			}
		}
		return counts, nil
	}
	var mu sync.Mutex
	err = l.eachSegment(ctx, func(ctx context.Context, i int) error {
		found, err := l.pairs(ctx, l.heads[i])
		mu.Lock()
		defer mu.Unlock()
		for pair, n := range found {
			if int(pair[0]) < len(l.active) && l.active[pair[0]] && int(pair[1]) < len(periods) {
				p := periods[pair[1]]
				counts[begunKey{pair[0], p.day, p.long()}] += n
			}
		}
		return err
	})
	return counts, err
}

// pairs counts the lines of a segment by bill and charge period.
func (l *ledger) pairs(ctx context.Context, h store.SegmentHead) (map[[2]uint32]int64, error) {
	packed := l.db.Packed(h)
	bills, spans := make([]uint32, h.Lines), make([]uint32, h.Lines)
	if err := packed.Keys(ctx, store.Bill, bills); err != nil {
		return nil, err
	}
	if err := packed.Keys(ctx, store.Period, spans); err != nil {
		return nil, err
	}
	counts := map[[2]uint32]int64{}
	first := 0
	for row := range bills { // neighbours are mostly alike
		if row+1 == len(bills) || bills[row+1] != bills[row] || spans[row+1] != spans[row] {
			counts[[2]uint32{bills[row], spans[row]}] += int64(row + 1 - first)
			first = row + 1
		}
	}
	return counts, nil
}

// span counts the lines, and finds the first and last day on which any begins.
func (t tallies) span() (lines int64, first, last finops.Day) {
	none := true
	for _, of := range t {
		lines += of.lines
		for _, b := range of.begun {
			if none {
				first, last, none = b.Day, b.Day, false
			}
			first, last = min(first, b.Day), max(last, b.Day)
		}
	}
	return lines, first, last
}

// ends are the last day and the newest that is covered, of charges of which the last begins on a day. What is
// monthly covers its month to the end, but no month in which nothing begins.
func ends(begins finops.Day, providers []ProviderState) (last, newest finops.Day) {
	coverage := make([]finops.Coverage, len(providers))
	for i, p := range providers {
		coverage[i] = p.Coverage
	}
	newest = min(finops.NewestDay(coverage), begins.Month().Last())
	return max(begins, newest), newest
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
