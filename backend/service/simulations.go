package service

import (
	"context"
	"maps"
	"slices"
	"sync"

	"cloud-intelligence/backend/analysis/commitment"
	"cloud-intelligence/backend/engine"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/pricebook"
)

// SimulationQuestion asks what a commitment would save.
type SimulationQuestion struct {
	Pool     string // "" is an error; see Pools
	Currency string // "" = the only one
	Terms    commitment.Terms
	AsOf     *finops.Day // the last day that is looked at; nil = two days before the newest usage
	Points   int         // of the curve, an odd number; 0 = 21
}

// Simulation is the answer to a SimulationQuestion.
type Simulation struct {
	Pool     commitment.Pool
	From, To finops.Day
	Terms    commitment.Terms
	// Discounts are where the discounts come from, empty where a person gave one; LeftOut is usage of families for which the price
	// book knows no discount, at on-demand prices.
	Discounts []*pricebook.Discount
	LeftOut   finops.Sum
	SlotHours int
	Running   []Running          // commitments that cover usage of the pool
	Options   []SimulationOption // the terms that the provider sells
	// Recommended is what the provider itself recommends to buy, what is for the pool first.
	Recommended []Recommendation
	*commitment.Simulation
}

// Running is a commitment that covers usage of a pool.
type Running struct {
	ID, Name string
	Expires  *finops.Day // nil = the bill does not say; it is taken to run on
	Known    commitment.EndKind
	Covered  finops.Sum // usage of the pool in the days that were looked at, at on-demand prices
	Within   bool       // it ends within the term
}

// SimulationOption is what the best commitment of some terms would do.
type SimulationOption struct {
	Terms              commitment.Terms
	*commitment.Option // nil where the price book has no discount
	LeftOut            finops.Sum
}

const (
	lookback   = 60 // days that are looked at
	settling   = 2  // charges of the last days may still be missing
	curveShort = 21 // points of the curve
)

// window is a period of days, both included.
type window struct{ from, to finops.Day }

// Pools lists the usage that commitments can cover in the last 60 days, the highest cost first.
func (w Commitments) Pools(ctx context.Context, asOf *finops.Day) ([]commitment.Pool, error) {
	var pools []commitment.Pool
	err := w.engine.WithSnapshot(ctx, func(s *engine.Snapshot) error {
		u, err := usageOf(ctx, s, asOf)
		if err == nil {
			pools, err = u.pools(ctx)
		}
		return err
	})
	return pools, err
}

// Simulate says what a commitment for a pool would have saved over the last 60 days, hour by hour where the export is hourly and else
// day by day. It answers CodeInvalid for a pool without usage, terms that are not sold, and where neither the price book nor the question has a
// discount.
func (w Commitments) Simulate(ctx context.Context, q SimulationQuestion) (*Simulation, error) {
	pool, err := commitment.ParsePool(q.Pool)
	if err != nil {
		return nil, err
	}
	if err := q.Terms.Check(); err != nil {
		return nil, err
	}
	if q.Points == 0 {
		q.Points = curveShort
	}
	pool.Currency = q.Currency
	var f *families
	err = w.engine.WithSnapshot(ctx, func(s *engine.Snapshot) error {
		var err error
		f, err = w.pools.load(ctx, s, pool, q.AsOf)
		return err
	})
	if err != nil {
		return nil, err
	}
	s, err := f.simulate(ctx, q)
	if err != nil {
		return nil, err
	}
	return s, w.advise(ctx, s, f, q)
}

// poolMemory keeps the pool that was loaded last, since a person tries many terms and discounts on one.
type poolMemory struct {
	mu  sync.Mutex
	key poolKey
	of  *families
}

type poolKey struct {
	version  int64
	id, code string
	asOf     finops.Day // 0 = none
}

func (p *poolMemory) load(ctx context.Context, s *engine.Snapshot, pool commitment.Pool, asOf *finops.Day) (*families, error) {
	key := poolKey{version: s.Version(), id: pool.ID, code: pool.Currency}
	if asOf != nil {
		key.asOf = *asOf
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.of != nil && p.key == key {
		return p.of, nil
	}
	u, err := usageOf(ctx, s, asOf)
	if err != nil {
		return nil, err
	}
	f, err := u.families(ctx, s, pool, asOf)
	if err == nil {
		p.key, p.of = key, f
	}
	return f, err
}

// simulate answers from usage that is in memory.
func (f *families) simulate(ctx context.Context, q SimulationQuestion) (*Simulation, error) {
	a := &Simulation{Pool: f.pool, From: f.days[0], To: f.days[len(f.days)-1], Terms: q.Terms, SlotHours: f.slotHours}
	book, err := pricebook.BuiltIn()
	if err != nil {
		return nil, err
	}
	priced, err := f.price(book, q.Terms)
	if err != nil {
		return nil, err
	}
	a.Discounts, a.LeftOut = priced.discounts, priced.leftOut
	if f.unpriced(priced) {
		return nil, finops.Errorf(finops.CodeInvalid, "The price book has no discount for %s over %d years with %s paid upfront. Give the percentage as the discount.", f.pool.ID, q.Terms.Years, map[commitment.Payment]string{commitment.PayNone: "nothing", commitment.PayPartial: "a part", commitment.PayAll: "all"}[q.Terms.Payment])
	}
	a.Running = f.runningFor(q.Terms.Years)
	a.Simulation, err = commitment.Simulate(ctx, f.usage(priced, a.Running), commitment.Horizon{Years: q.Terms.Years, Payment: q.Terms.Payment, Points: q.Points})
	if err != nil {
		return nil, err
	}
	for _, terms := range f.pool.Sold() {
		if terms.Years == q.Terms.Years && terms.Payment == q.Terms.Payment {
			terms = q.Terms
		}
		option, err := f.price(book, terms)
		if err != nil {
			return nil, err
		}
		o := SimulationOption{Terms: terms, LeftOut: option.leftOut}
		if !f.unpriced(option) {
			best := commitment.Best(f.usage(option, nil), terms.Years, terms.Payment)
			o.Option = &best
		}
		a.Options = append(a.Options, o)
	}
	return a, nil
}

// pricing is the discount of each family of a pool.
type pricing struct {
	rates     map[string]int // by family, in thousandths of the on-demand price
	discounts []*pricebook.Discount
	leftOut   finops.Sum
}

// unpriced reports whether no usage at on-demand prices has a discount.
func (f *families) unpriced(p *pricing) bool {
	for family := range f.byHour {
		if _, ok := p.rates[family]; ok {
			return false
		}
	}
	return true
}

func (f *families) price(book *pricebook.Book, terms commitment.Terms) (*pricing, error) {
	p := &pricing{rates: map[string]int{}}
	for _, family := range f.names() {
		var d *pricebook.Discount
		var rate int
		var err error
		ok := true
		if terms.Discount != nil {
			rate, err = terms.Given()
		} else {
			rate, d, ok = terms.Rate(book, f.pool, family)
		}
		switch {
		case err != nil:
			return nil, err
		case !ok:
			for _, sum := range f.byHour[family] {
				p.leftOut.AddSum(*sum)
			}
			continue
		case f.byHour[family] == nil: // its discount matters once a running commitment has ended
		case d != nil && !slices.Contains(p.discounts, d):
			p.discounts = append(p.discounts, d)
		}
		p.rates[family] = rate
	}
	slices.SortFunc(p.discounts, func(x, y *pricebook.Discount) int { return x.Percent.Amount().Cmp(y.Percent.Amount()) })
	return p, nil
}

// names lists the families of machines of the pool, covered or not.
func (f *families) names() []string {
	all := maps.Clone(f.byHour)
	for i := range f.running {
		maps.Copy(all, f.running[i].byHour)
	}
	return slices.Sorted(maps.Keys(all))
}

// runningFor are the commitments that cover usage of the pool, the first to end first.
func (f *families) runningFor(years int) []Running {
	var all []Running
	last := f.days[len(f.days)-1]
	term := finops.DayOfUnix(last.Time().AddDate(years, 0, 0).Unix())
	for _, r := range f.running {
		one := r.Running
		one.Within = one.Expires != nil && *one.Expires < term
		all = append(all, one)
	}
	return all
}

// usage fills the slots of the days that the export has; other days say nothing. Commitments that end within the term come with
// the usage that they cover.
func (f *families) usage(p *pricing, running []Running) *commitment.Usage {
	u := &commitment.Usage{SlotHours: f.slotHours, Rates: slices.Sorted(maps.Values(p.rates))}
	u.Rates = slices.Compact(u.Rates)
	step := int64(f.slotHours) * hour
	places := map[int64]int{}
	for _, d := range f.days {
		for at := d.Time().Unix(); at < (d + 1).Time().Unix(); at += step {
			places[at] = len(u.Slots)
			u.Slots = append(u.Slots, commitment.Slot{Start: at})
		}
	}
	put := func(byHour map[string]map[int64]*finops.Sum) [][]finops.Sum {
		slots := make([][]finops.Sum, len(u.Slots))
		for i := range slots {
			slots[i] = make([]finops.Sum, len(u.Rates))
		}
		for family, rate := range p.rates {
			class := slices.Index(u.Rates, rate)
			for at, sum := range byHour[family] {
				slots[places[at-at%step]][class].AddSum(*sum)
			}
		}
		return slots
	}
	for i, slot := range put(f.byHour) {
		u.Slots[i].OnDemand = slot
	}
	last := f.days[len(f.days)-1]
	for i, r := range running {
		if r.Within {
			u.Expiring = append(u.Expiring, commitment.Expiring{Months: commitment.MonthsUntil(last, *r.Expires), OnDemand: put(f.running[i].byHour)})
		}
	}
	return u
}
