package service

import (
	"context"
	"maps"
	"slices"

	"cloud-intelligence/backend/analysis/commitment"
	"cloud-intelligence/backend/engine"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/pricebook"
)

// machines reads the usage of machines that no commitment covers.
type machines struct {
	scan    *engine.Scan
	windows map[string]window // by provider
	kinds   map[[machineKeys]uint32]machineKind
	places  map[string]int // of the columns in the scan
}

// window is a period of days, both included.
type window struct{ from, to finops.Day }

// machineKind is what the columns of a line say, once for each combination.
type machineKind struct{ provider, region, family, currency string }

var machineColumns = []string{
	finops.DimProvider, "RegionId", "BillingCurrency", "ServiceName", "ChargeDescription", "x_UsageType", "SkuMeter", "x_SkuMeterName", "x_SkuMeterSubcategory", "x_SkuDescription",
}

const machineKeys = 10

func machinesOf(ctx context.Context, s *engine.Snapshot, asOf *finops.Day) (*machines, error) {
	usage, standard := "Usage", "Standard"
	only := finops.All(
		finops.Conditions(finops.Condition{Column: "ChargeCategory", Values: []*string{&usage}}),
		finops.Conditions(finops.Condition{Column: "PricingCategory", Values: []*string{&standard}}),
		finops.Conditions(finops.Condition{Column: "ChargeClass", Values: []*string{nil}}),
		finops.Conditions(finops.Condition{Column: "CommitmentDiscountStatus", Values: []*string{nil}}),
	)
	state, err := s.State(ctx)
	if err != nil {
		return nil, err
	}
	m := &machines{windows: map[string]window{}, kinds: map[[machineKeys]uint32]machineKind{}, places: map[string]int{}}
	var all window
	for _, p := range state.Providers {
		to := p.Last - settling
		if asOf != nil {
			to = min(to, *asOf)
		}
		m.windows[p.Name] = window{to - lookback + 1, to}
		if len(m.windows) == 1 {
			all = m.windows[p.Name]
		}
		all = window{min(all.from, to-lookback+1), max(all.to, to)}
	}
	if len(m.windows) == 0 {
		return nil, finops.Errorf(finops.CodeInvalid, "The workspace has no charges yet. Import bills first.")
	}
	columns, err := present(ctx, s, machineColumns...)
	if err != nil {
		return nil, err
	}
	for i, name := range columns {
		m.places[name] = i
	}
	m.scan, err = s.Scan(ctx, engine.ScanQuestion{Where: only, From: &all.from, To: &all.to, Columns: columns, Measures: []finops.Metric{finops.EffectiveCost}})
	return m, err
}

// each calls fn with the lines of machines.
func (m *machines) each(ctx context.Context, fn func(k machineKind, start, end int64, cost finops.Amount)) error {
	return m.scan.Each(ctx, func(b *engine.Batch) error {
		for i := range b.Lines {
			var key [machineKeys]uint32
			for c := range b.Columns {
				key[c] = b.Columns[c][i]
			}
			kind, ok := m.kinds[key]
			if !ok {
				kind = m.kind(key)
				m.kinds[key] = kind
			}
			if w := m.windows[kind.provider]; kind.family == "" || b.Days[i] < w.from || b.Days[i] > w.to {
				continue
			}
			if cost, known := b.Amount(0, i); known {
				fn(kind, b.Starts[i], b.Ends[i], cost)
			}
		}
		return nil
	})
}

func (m *machines) kind(key [machineKeys]uint32) machineKind {
	v := func(column string) string {
		at, ok := m.places[column]
		if !ok {
			return ""
		}
		return deref(m.scan.Values[at][key[at]])
	}
	first := func(columns ...string) string {
		for _, c := range columns {
			if text := v(c); text != "" {
				return text
			}
		}
		return ""
	}
	meter := commitment.Meter{
		Provider: v(finops.DimProvider), Service: v("ServiceName"), Region: v("RegionId"), Subcategory: v("x_SkuMeterSubcategory"),
		Name: first("x_UsageType", "SkuMeter", "x_SkuMeterName", "ChargeDescription"), Description: first("x_SkuDescription", "ChargeDescription"),
	}
	return machineKind{meter.Provider, meter.Region, meter.Family(), v("BillingCurrency")}
}

func (m *machines) pools(ctx context.Context) ([]commitment.Pool, error) {
	type key struct{ id, currency string }
	sums := map[key]*finops.Sum{}
	err := m.each(ctx, func(k machineKind, _, _ int64, cost finops.Amount) {
		for _, id := range commitment.PoolsOf(k.provider, k.region, k.family) {
			at := key{id, k.currency}
			if sums[at] == nil {
				sums[at] = &finops.Sum{}
			}
			sums[at].Add(cost)
		}
	})
	if err != nil {
		return nil, err
	}
	var pools []commitment.Pool
	for k, sum := range sums {
		p, err := commitment.ParsePool(k.id)
		if err != nil {
			continue // a machine without a region
		}
		p.Currency, p.OnDemand = k.currency, *sum
		pools = append(pools, p)
	}
	commitment.SortPools(pools)
	return pools, nil
}

const (
	hour = 3600
	day  = 24 * hour
)

// families is the uncovered cost of a pool by family and hour.
type families struct {
	byHour  map[string]map[int64]*finops.Sum
	whole   finops.Sum // all
	hourly  finops.Sum // of lines of one hour at most
	foreign map[string]bool
	days    map[finops.Day]bool // with usage of machines of the provider
}

func (m *machines) families(ctx context.Context, pool *commitment.Pool) (*families, error) {
	f := &families{byHour: map[string]map[int64]*finops.Sum{}, foreign: map[string]bool{}, days: map[finops.Day]bool{}}
	err := m.each(ctx, func(k machineKind, start, end int64, cost finops.Amount) {
		if k.provider == pool.ProviderName() {
			f.days[finops.DayOfUnix(start)] = true
		}
		if !pool.Covers(k.provider, k.region, k.family) || end != engine.NoTime && end-start > day+hour {
			return
		}
		if pool.Currency == "" {
			pool.Currency = k.currency
		}
		if k.currency != pool.Currency {
			f.foreign[k.currency] = true
			return
		}
		hours := f.byHour[k.family]
		if hours == nil {
			hours = map[int64]*finops.Sum{}
			f.byHour[k.family] = hours
		}
		at := start - start%hour
		if hours[at] == nil {
			hours[at] = &finops.Sum{}
		}
		hours[at].Add(cost)
		f.whole.Add(cost)
		if end != engine.NoTime && end-start <= hour {
			f.hourly.Add(cost)
		}
	})
	return f, err
}

// isHourly reports whether at least 95 % of the cost has hourly detail.
func (f *families) isHourly() bool {
	var most, least finops.Sum
	for range 20 {
		most.AddSum(f.hourly)
	}
	for range 19 {
		least.AddSum(f.whole)
	}
	return most.Cmp(least) >= 0
}

func (m *machines) simulate(ctx context.Context, pool commitment.Pool, terms commitment.Terms) (*Simulation, error) {
	given := pool.Currency
	f, err := m.families(ctx, &pool)
	if err != nil {
		return nil, err
	}
	w := m.windows[pool.ProviderName()]
	if len(f.byHour) == 0 {
		return nil, finops.Errorf(finops.CodeInvalid, "The pool %s has no usage at on-demand prices between %s and %s; `simulate` without --pool lists those that have.", pool.ID, w.from, w.to)
	}
	if given == "" && len(f.foreign) > 0 {
		return nil, finops.Errorf(finops.CodeInvalid, "The usage of the pool %s is in several currencies, which are never added. Choose one with --currency.", pool.ID)
	}
	a := &Simulation{Pool: pool, From: w.from, To: w.to, Terms: terms, SlotHours: 24}
	if f.isHourly() {
		a.SlotHours = 1
	}
	usage, err := a.usage(f)
	if err != nil {
		return nil, err
	}
	a.Pool.OnDemand = f.whole
	a.Simulation, err = commitment.Simulate(ctx, usage)
	return a, err
}

// usage gives each family its class of discount and fills the slots.
func (a *Simulation) usage(f *families) (*commitment.Usage, error) {
	book, err := pricebook.BuiltIn()
	if err != nil {
		return nil, err
	}
	rates := map[string]int{}
	u := &commitment.Usage{SlotHours: a.SlotHours}
	for family, hours := range f.byHour {
		var d *pricebook.Discount
		var rate int
		ok := true
		if a.Terms.Discount != nil {
			rate, err = a.Terms.Given()
		} else {
			rate, d, ok = a.Terms.Rate(book, a.Pool, family)
		}
		switch {
		case err != nil:
			return nil, err
		case !ok:
			for _, sum := range hours {
				a.LeftOut.AddSum(*sum)
			}
			continue
		case d != nil && !slices.Contains(a.Discounts, d):
			a.Discounts = append(a.Discounts, d)
		}
		rates[family] = rate
		if !slices.Contains(u.Rates, rate) {
			u.Rates = append(u.Rates, rate)
		}
	}
	if len(u.Rates) == 0 {
		return nil, finops.Errorf(finops.CodeInvalid, "The price book has no discount for %s over %d years with %s paid upfront. Give the percentage with --discount.", a.Pool.ID, a.Terms.Years, map[string]string{"none": "nothing", "partial": "a part", "all": "all"}[a.Terms.Payment])
	}
	slices.Sort(u.Rates)
	a.fill(u, f, rates)
	return u, nil
}

// fill makes the slots of the days that the export has; other days say nothing.
func (a *Simulation) fill(u *commitment.Usage, f *families, rates map[string]int) {
	step := int64(a.SlotHours) * hour
	places := map[int64]int{}
	days := slices.Sorted(maps.Keys(f.days))
	for _, d := range days {
		for at := d.Time().Unix(); at < (d + 1).Time().Unix(); at += step {
			places[at] = len(u.Slots)
			u.Slots = append(u.Slots, commitment.Slot{Start: at, OnDemand: make([]finops.Sum, len(u.Rates))})
		}
	}
	for family, rate := range rates {
		class := slices.Index(u.Rates, rate)
		for at, sum := range f.byHour[family] {
			u.Slots[places[at-at%step]].OnDemand[class].AddSum(*sum)
		}
	}
	a.From, a.To = days[0], days[len(days)-1]
	slices.SortFunc(a.Discounts, func(x, y *pricebook.Discount) int { return x.Percent.Amount().Cmp(y.Percent.Amount()) })
}
