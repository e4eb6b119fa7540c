package service

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"cloud-intelligence/backend/analysis/commitment"
	"cloud-intelligence/backend/engine"
	"cloud-intelligence/backend/finops"
)

const (
	hour = 3600
	day  = 24 * hour
)

// recentUsage reads the machines of the last 60 days.
type recentUsage struct {
	*machines
	windows map[string]window // by provider
}

func usageOf(ctx context.Context, s *engine.Snapshot, asOf *finops.Day) (*recentUsage, error) {
	state, err := s.State(ctx)
	if err != nil {
		return nil, err
	}
	u := &recentUsage{windows: map[string]window{}}
	var all window
	for _, p := range state.Providers {
		to := p.Last - settling
		if asOf != nil {
			to = min(to, *asOf)
		}
		u.windows[p.Name] = window{to - lookback + 1, to}
		if len(u.windows) == 1 {
			all = u.windows[p.Name]
		}
		all = window{min(all.from, to-lookback+1), max(all.to, to)}
	}
	if len(u.windows) == 0 {
		return nil, finops.Errorf(finops.CodeInvalid, "The workspace has no charges yet. Import bills first.")
	}
	u.machines, err = machinesOf(ctx, s, finops.All(), &all.from, &all.to)
	return u, err
}

// each calls fn with the lines of machines that lie in the days of their provider.
func (u *recentUsage) each(ctx context.Context, fn func(k *machineKind, b *engine.Batch, i int)) error {
	return u.machines.each(ctx, func(k *machineKind, b *engine.Batch, i int) {
		if w := u.windows[k.provider]; k.place.Family != "" && b.Days[i] >= w.from && b.Days[i] <= w.to {
			fn(k, b, i)
		}
	})
}

func (u *recentUsage) pools(ctx context.Context) ([]commitment.Pool, error) {
	type key struct{ id, currency string }
	sums := map[key]*finops.Sum{}
	err := u.each(ctx, func(k *machineKind, b *engine.Batch, i int) {
		cost, known := b.Amount(2, i)
		if k.covered || !known {
			return
		}
		for _, id := range commitment.PoolsOf(k.provider, k.place.Region, k.place.Family) {
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

// families is the usage of a pool by family and hour. It is never changed once it was loaded.
type families struct {
	pool      commitment.Pool
	slotHours int
	days      []finops.Day // with usage of machines of the provider
	byHour    map[string]map[int64]*finops.Sum
	running   []runningUsage // the first to end first
}

// runningUsage is what a commitment covers of a pool, at on-demand prices.
type runningUsage struct {
	Running
	byHour map[string]map[int64]*finops.Sum
}

// loading collects families.
type loading struct {
	families
	whole, hourly finops.Sum // cost, and of this that of lines of one hour at most
	foreign       map[string]bool
	seen          map[finops.Day]bool
	covered       map[string]*runningUsage // by id of the commitment
}

func (u *recentUsage) families(ctx context.Context, s *engine.Snapshot, pool commitment.Pool, asOf *finops.Day) (*families, error) {
	given := pool.Currency
	f := &loading{foreign: map[string]bool{}, seen: map[finops.Day]bool{}, covered: map[string]*runningUsage{}}
	f.pool, f.byHour = pool, map[string]map[int64]*finops.Sum{}
	if err := u.each(ctx, f.add); err != nil {
		return nil, err
	}
	if w, ok := u.windows[pool.ProviderName()]; len(f.byHour) == 0 && !ok {
		return nil, finops.Errorf(finops.CodeInvalid, "The pool %s has no usage, since the workspace has no charges of %s.", pool.ID, pool.ProviderName())
	} else if len(f.byHour) == 0 {
		return nil, finops.Errorf(finops.CodeInvalid, "The pool %s has no usage at on-demand prices between %s and %s; `simulate` without --pool lists those that have.", pool.ID, w.from, w.to)
	}
	if given == "" && len(f.foreign) > 0 {
		return nil, finops.Errorf(finops.CodeInvalid, "The usage of the pool %s is in several currencies, which are never added. Choose one with --currency.", pool.ID)
	}
	f.days, f.slotHours = slices.Sorted(maps.Keys(f.seen)), 24
	if f.isHourly() {
		f.slotHours = 1
	}
	f.pool.OnDemand = f.whole
	return &f.families, f.expiries(ctx, s, asOf)
}

func (f *loading) add(k *machineKind, b *engine.Batch, i int) {
	start, end := b.Starts[i], b.Ends[i]
	if k.provider == f.pool.ProviderName() {
		f.seen[b.Days[i]] = true
	}
	if !f.pool.Covers(k.provider, k.place.Region, k.place.Family) || end != engine.NoTime && end-start > day+hour {
		return
	}
	cost, known := b.Amount(2, i)
	if k.covered {
		cost, known = onDemand(b, i)
	}
	if !known {
		return
	}
	if f.pool.Currency == "" {
		f.pool.Currency = k.currency
	}
	if k.currency != f.pool.Currency {
		f.foreign[k.currency] = true
		return
	}
	into := f.byHour
	if k.covered {
		r := f.covered[k.commitment]
		if r == nil {
			r = &runningUsage{Running: Running{ID: k.commitment}, byHour: map[string]map[int64]*finops.Sum{}}
			f.covered[k.commitment] = r
		}
		r.Covered.Add(cost)
		into = r.byHour
	} else {
		f.whole.Add(cost)
		if end != engine.NoTime && end-start <= hour {
			f.hourly.Add(cost)
		}
	}
	hours := into[k.place.Family]
	if hours == nil {
		hours = map[int64]*finops.Sum{}
		into[k.place.Family] = hours
	}
	at := start - start%hour
	if hours[at] == nil {
		hours[at] = &finops.Sum{}
	}
	hours[at].Add(cost)
}

// expiries finds when the commitments that cover usage of the pool end.
func (f *loading) expiries(ctx context.Context, s *engine.Snapshot, asOf *finops.Day) error {
	if len(f.covered) == 0 {
		return nil
	}
	all, err := standings(ctx, s, only("BillingCurrency", &f.pool.Currency), asOf)
	if err != nil {
		return err
	}
	for id, r := range f.covered {
		at := slices.IndexFunc(all, func(s *commitment.Standing) bool { return s.ID == id && s.Provider == f.pool.ProviderName() })
		if at >= 0 && all[at].Ended {
			continue // its usage is paid at on-demand prices already
		}
		if at >= 0 {
			r.Name, r.Expires, r.Known = all[at].Name, all[at].Expires, all[at].ExpiryKnown
		}
		f.running = append(f.running, *r)
	}
	slices.SortFunc(f.running, func(a, b runningUsage) int {
		switch {
		case a.Expires == nil && b.Expires == nil:
			return cmp.Compare(a.ID, b.ID)
		case a.Expires == nil:
			return 1
		case b.Expires == nil:
			return -1
		}
		return cmp.Or(cmp.Compare(*a.Expires, *b.Expires), cmp.Compare(a.ID, b.ID))
	})
	return nil
}

// isHourly reports whether at least 95 % of the cost has hourly detail.
func (f *loading) isHourly() bool {
	var most, least finops.Sum
	for range 20 {
		most.AddSum(f.hourly)
	}
	for range 19 {
		least.AddSum(f.whole)
	}
	return most.Cmp(least) >= 0
}
