package service

import (
	"context"
	"fmt"
	"maps"
	"math/big"
	"slices"
	"sync"

	"cloud-intelligence/backend/analysis/commitment"
	"cloud-intelligence/backend/analysis/forecast"
	"cloud-intelligence/backend/engine"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/finops/filter"
)

// ForecastEffect is a planned change, or the end of a commitment, in a forecast.
type ForecastEffect struct {
	forecast.Effect
	Kind  PlannedKind // "" = the end of a commitment
	First finops.Day  // on which it changes something
	Total finops.Sum  // over all days of the forecast
}

// baseDays are what the cost that a change is a share of is the mean of; endDays the same for the end of a commitment.
const (
	baseDays = 28
	endDays  = 30
)

// findEffects finds what planned changes and ends of commitments change in the question until the end of a month.
func (f *forecasting) findEffects(ctx context.Context, until finops.Month) error {
	f.effects = nil
	if f.w == nil {
		return nil
	}
	planned, err := Forecasts{f.w}.Planned(ctx)
	if err != nil {
		return err
	}
	last := until.Last()
	renewed := map[string]bool{}
	for i := range planned {
		p := &planned[i]
		switch {
		case p.Problem != "":
			f.notes = append(f.notes, fmt.Sprintf("The planned change %q is not in the forecast. %s", p.Name, p.Problem))
		case p.Kind == PlannedRenewal:
			renewed[p.Commitment] = true
		case p.From <= last && (p.To == nil || *p.To > f.asOf):
			if err := f.addPlanned(ctx, p, last); err != nil {
				return err
			}
		}
	}
	return f.addEnds(ctx, renewed, last)
}

// addEffect keeps an effect that changes something.
func (f *forecasting) addEffect(name string, kind PlannedKind, days map[finops.Day]finops.Sum) {
	if len(days) == 0 {
		return
	}
	e := ForecastEffect{Effect: forecast.Effect{Name: name, End: kind == "", Days: days}, Kind: kind, First: slices.Min(slices.Collect(maps.Keys(days)))}
	for _, sum := range days {
		e.Total.AddSum(sum)
	}
	f.effects = append(f.effects, e)
}

// addPlanned adds a planned change. What is in force on the as-of day is in the charges already, so that only what differs from that day counts.
func (f *forecasting) addPlanned(ctx context.Context, p *PlannedChange, last finops.Day) error {
	digits := finops.MinorDigits(f.q.Currency) + 2
	now := p.active(f.asOf)
	if p.byMonth() {
		share, err := f.shareOf(ctx, p)
		if err != nil || share.Sign() == 0 {
			return err
		}
		amount := new(big.Rat).Mul(ratOf(*p.Monthly), share)
		if p.Kind == PlannedSaving {
			amount.Neg(amount)
		}
		f.addEffect(p.Name, p.Kind, forecast.Monthly(amount, f.asOf, last, digits, func(d finops.Day) int {
			switch then := p.active(d); {
			case then == now:
				return 0
			case then:
				return 1
			}
			return -1
		}))
		return nil
	}
	factor := big.NewRat(0, 1) // of the charges that is left
	if p.Percent != nil {
		factor.Quo(ratOf(*p.Percent), hundred)
		if p.Kind == PlannedShutdown {
			factor.Neg(factor)
		}
		factor.Add(factor, one)
	}
	if now && factor.Sign() == 0 {
		f.notes = append(f.notes, fmt.Sprintf("What %q shut down has no cost now, so what it costs after %s is not known.", p.Name, *p.To))
		return nil
	}
	cost, err := f.costOf(ctx, finops.All(f.q.Where, p.filter))
	if err != nil {
		return err
	}
	begins := new(big.Rat).Sub(factor, one)
	ends := new(big.Rat)
	if factor.Sign() != 0 {
		ends.Sub(ends.Inv(factor), one)
	}
	f.addEffect(p.Name, p.Kind, forecast.Daily(cost.Quo(cost, big.NewRat(baseDays, 1)), f.asOf, last, digits, func(d finops.Day) *big.Rat {
		switch then := p.active(d); {
		case then == now:
			return new(big.Rat)
		case then:
			return begins
		}
		return ends
	}))
	return nil
}

// shareOf is how much of an amount a month belongs to the charges in question: all where these are all charges or those of the change, otherwise
// the part of the cost of its charges that they have.
func (f *forecasting) shareOf(ctx context.Context, p *PlannedChange) (*big.Rat, error) {
	asked := f.q.Where.Normal()
	if p.Currency != f.q.Currency {
		return new(big.Rat), nil
	}
	if asked.Everything() || filter.Print(asked) == filter.Print(p.filter.Normal()) {
		return big.NewRat(1, 1), nil
	}
	whole, err := f.costOf(ctx, p.filter)
	if err != nil {
		return nil, err
	}
	if whole.Sign() == 0 {
		f.notes = append(f.notes, fmt.Sprintf("%q is in forecasts of all charges and of its own scope only, since its charges have no cost yet.", p.Name))
		return whole, nil
	}
	part, err := f.costOf(ctx, finops.All(f.q.Where, p.filter))
	return part.Quo(part, whole), err
}

// costOf is what charges of the last days cost that may come again.
func (f *forecasting) costOf(ctx context.Context, where finops.Filter) (*big.Rat, error) {
	from := f.asOf - baseDays + 1
	a, err := f.snapshot.Ask(ctx, finops.Question{
		Metrics: []finops.Metric{f.q.Metric}, GroupBy: []string{"ChargeCategory", "ChargeFrequency"}, Where: where, From: &from, To: &f.asOf, Currency: f.q.Currency,
	})
	sum := new(big.Rat)
	if err != nil {
		return sum, err
	}
	for _, r := range a.Rows {
		if r.Currency == f.q.Currency && r.Amounts[0] != nil && forecast.KindOf(deref(r.Keys[0]), deref(r.Keys[1])) != forecast.Once {
			sum.Add(sum, r.Amounts[0].Rat())
		}
	}
	return sum, nil
}

// ending is a commitment whose last day is known and lies ahead.
type ending struct {
	id, name, currency string
	last               finops.Day
}

// endMemory keeps the commitments that end, as finding them reads all charge lines of commitments.
type endMemory struct {
	mu      sync.Mutex
	version int64
	asOf    finops.Day
	list    []ending
}

// endings finds the commitments whose last day is known and lies ahead.
func (w *workspace) endings(ctx context.Context, s *engine.Snapshot, asOf finops.Day) ([]ending, error) {
	m := &w.ends
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.list != nil && m.version == s.Version() && m.asOf == asOf {
		return m.list, nil
	}
	all, err := standings(ctx, s, finops.Filter{}, &asOf)
	if err != nil {
		return nil, err
	}
	list := []ending{}
	for _, c := range all {
		if !c.Ended && c.Expires != nil && *c.Expires > asOf && (c.ExpiryKnown == commitment.EndStated || c.ExpiryKnown == commitment.EndCounted) {
			list = append(list, ending{c.ID, c.Name, c.Currency, *c.Expires})
		}
	}
	m.version, m.asOf, m.list = s.Version(), asOf, list
	return list, nil
}

// addEnds adds the ends of commitments: from the day after, what they covered costs its contracted price, and their own cost is gone.
func (f *forecasting) addEnds(ctx context.Context, renewed map[string]bool, last finops.Day) error {
	from := f.asOf - endDays + 1
	a, err := f.snapshot.Ask(ctx, finops.Question{
		Metrics: []finops.Metric{f.q.Metric, finops.ContractedCost}, Where: f.q.Where, From: &from, To: &f.asOf, Currency: f.q.Currency,
		GroupBy: []string{"CommitmentDiscountId", "CommitmentDiscountStatus", "ChargeCategory", "ChargeFrequency"},
	})
	if err != nil || !slices.ContainsFunc(a.Rows, func(r finops.Row) bool { return r.Keys[0] != nil }) {
		return err
	}
	all, err := f.w.endings(ctx, f.snapshot, f.asOf)
	if err != nil {
		return err
	}
	for _, e := range all {
		if e.last >= last || renewed[e.id] || e.currency != f.q.Currency {
			continue
		}
		change, known := endOf30(a.Rows, e)
		name := e.name
		if name == "" {
			name = e.id
		}
		if !known {
			f.notes = append(f.notes, fmt.Sprintf("%s ends on %s. What its usage costs then is not known, since it has no contracted cost.", name, e.last))
			continue
		}
		change.Quo(change, big.NewRat(endDays, 1))
		digits := finops.MinorDigits(f.q.Currency) + 2
		f.addEffect(name, "", forecast.Daily(change, f.asOf, last, digits, func(d finops.Day) *big.Rat {
			if d > e.last {
				return one
			}
			return new(big.Rat)
		}))
	}
	return nil
}

// endOf30 is what the end of a commitment would have changed in the last days; false where the price without it is not known.
func endOf30(rows []finops.Row, e ending) (change *big.Rat, known bool) {
	change, known = new(big.Rat), true
	for _, r := range rows {
		if deref(r.Keys[0]) != e.id || r.Currency != e.currency || forecast.KindOf(deref(r.Keys[2]), deref(r.Keys[3])) == forecast.Once {
			continue
		}
		if r.Amounts[0] != nil {
			change.Sub(change, r.Amounts[0].Rat())
		}
		if deref(r.Keys[2]) != "Usage" || deref(r.Keys[1]) == "Unused" {
			continue
		}
		if r.Amounts[1] == nil {
			known = false
			continue
		}
		change.Add(change, r.Amounts[1].Rat())
	}
	return change, known
}

// ratOf is an amount as a fraction.
func ratOf(a finops.Amount) *big.Rat {
	var s finops.Sum
	s.Add(a)
	return s.Rat()
}
