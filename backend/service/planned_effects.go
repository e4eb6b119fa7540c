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
func (f *forecasting) findEffects(until finops.Month) {
	f.effects = nil
	last := until.Last()
	renewed := map[string]bool{}
	for i := range f.changing.planned {
		p := &f.changing.planned[i]
		switch {
		case p.Problem != "":
			f.notes = append(f.notes, fmt.Sprintf("The planned change %q is not in the forecast. %s", p.Name, p.Problem))
		case p.Kind == PlannedRenewal:
			renewed[p.Commitment] = true
		case p.From <= last && (p.To == nil || *p.To > f.asOf):
			f.addPlanned(p, last)
		}
	}
	f.addEnds(renewed, last)
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
func (f *forecasting) addPlanned(p *PlannedChange, last finops.Day) {
	digits := finops.MinorDigits(f.q.Currency) + 2
	now := p.active(f.asOf)
	if p.byMonth() {
		share := f.shareOf(p)
		if share.Sign() == 0 {
			return
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
		return
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
		f.notes = append(f.notes, fmt.Sprintf("What %q shut down has no cost now, so what it costs after %s is not known.", p.Name, p.To.Words()))
		return
	}
	cost := f.costOf(finops.All(f.q.Where, p.filter))
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
}

// shareOf is how much of an amount a month belongs to the charges in question: all where these are all charges or those of the change, otherwise
// the part of the cost of its charges that they have.
func (f *forecasting) shareOf(p *PlannedChange) *big.Rat {
	asked := f.q.Where.Normal()
	if p.Currency != f.q.Currency {
		return new(big.Rat)
	}
	if asked.Everything() || filter.Print(asked) == filter.Print(p.filter.Normal()) {
		return big.NewRat(1, 1)
	}
	whole := f.costOf(p.filter)
	if whole.Sign() == 0 {
		f.notes = append(f.notes, fmt.Sprintf("%q is in forecasts of all charges and of its own scope only, since its charges have no cost yet.", p.Name))
		return whole
	}
	part := f.costOf(finops.All(f.q.Where, p.filter))
	return part.Quo(part, whole)
}

// costOf is what charges of the last days cost that may come again.
func (f *forecasting) costOf(where finops.Filter) *big.Rat {
	var sum finops.Sum
	for _, k := range f.changing.costs.of(scopeAsk{f.q.Metric, where}).kinds {
		if k.currency != f.q.Currency || forecast.KindOf(k.category, k.frequency) == forecast.Once {
			continue
		}
		k.each(f.asOf, func(day finops.Day, cost finops.Sum) {
			if day > f.asOf-baseDays {
				sum.AddSum(cost)
			}
		})
	}
	return sum.Rat()
}

// changing is what a forecast must know of what will change.
type changing struct {
	planned []PlannedChange
	costs   *scopesReading // of the charges of planned changes, the last days
	endings []ending
	rows    []finops.Row // what the commitments that end cost in the last days; see addEnds
}

// prepareEffects reads what forecasts must know of planned changes and of the ends of commitments, for all of them together.
func prepareEffects(ctx context.Context, w *workspace, s *engine.Snapshot, list ...*forecasting) error {
	planned, err := (Forecasts{w}).Planned(ctx)
	if err != nil {
		return err
	}
	var asks []scopeAsk
	var from finops.Day
	byDay := map[finops.Day][]*forecasting{}
	for _, f := range list {
		for i := range planned {
			if p := &planned[i]; p.Problem == "" && p.Kind != PlannedRenewal {
				asks = append(asks, scopeAsk{f.q.Metric, p.filter}, scopeAsk{f.q.Metric, finops.All(f.q.Where, p.filter)})
			}
		}
		if len(byDay) == 0 {
			from = f.asOf
		}
		from = min(from, f.asOf-baseDays+1)
		byDay[f.asOf] = append(byDay[f.asOf], f)
	}
	costs, err := readScopes(ctx, s, nil, &from, asks...)
	if err != nil {
		return err
	}
	for asOf, of := range byDay {
		for _, f := range of {
			f.changing.planned, f.changing.costs = planned, costs
		}
		if err := readEndings(ctx, w, s, asOf, of); err != nil {
			return err
		}
	}
	return nil
}

// readEndings reads what the commitments that end cost in the last days before an as-of day, for the forecasts from that day.
func readEndings(ctx context.Context, w *workspace, s *engine.Snapshot, asOf finops.Day, list []*forecasting) error {
	all, err := w.endings(ctx, s, asOf)
	if err != nil || len(all) == 0 {
		return err
	}
	q := finops.Question{Metrics: []finops.Metric{finops.ContractedCost}, GroupBy: []string{"CommitmentDiscountId", "CommitmentDiscountStatus", "ChargeCategory", "ChargeFrequency"}, To: &asOf}
	from := asOf - endDays + 1
	q.From = &from
	ids := make([]*string, len(all))
	for i := range all {
		ids[i] = &all[i].id
	}
	q.Where = finops.If(finops.Condition{Column: "CommitmentDiscountId", Values: ids})
	filters := make([]finops.Filter, len(list))
	for i, f := range list {
		f.changing.endings, filters[i] = all, f.q.Where
		if !slices.Contains(q.Metrics, f.q.Metric) {
			q.Metrics = append(q.Metrics, f.q.Metric)
		}
	}
	return s.EachOf(ctx, q, filters, func(r finops.Row, _ int, meets []int) {
		for _, i := range meets {
			f := list[i]
			own := finops.Row{Keys: slices.Clone(r.Keys), Currency: r.Currency}
			for _, a := range []*finops.Sum{r.Amounts[slices.Index(q.Metrics, f.q.Metric)], r.Amounts[0]} {
				if a != nil {
					a = new(*a)
				}
				own.Amounts = append(own.Amounts, a)
			}
			f.changing.rows = append(f.changing.rows, own)
		}
	})
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
func (f *forecasting) addEnds(renewed map[string]bool, last finops.Day) {
	for _, e := range f.changing.endings {
		used := slices.ContainsFunc(f.changing.rows, func(r finops.Row) bool { return deref(r.Keys[0]) == e.id })
		if !used || e.last >= last || renewed[e.id] || e.currency != f.q.Currency {
			continue
		}
		change, known := endOf30(f.changing.rows, e)
		name := e.name
		if name == "" {
			name = e.id
		}
		if !known {
			f.notes = append(f.notes, fmt.Sprintf("%s ends on %s. What its usage costs then is not known, since it has no contracted cost.", name, e.last.Words()))
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
