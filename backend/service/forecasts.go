package service

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"cloud-intelligence/backend/analysis/forecast"
	"cloud-intelligence/backend/engine"
	"cloud-intelligence/backend/finops"
)

// Forecasts is the area of what costs will come to.
type Forecasts struct{ *workspace }

// ForecastQuestion asks what a cost will come to.
type ForecastQuestion struct {
	Metric   finops.Metric // a cost
	Currency string        // "" = the only one of the charges
	Where    finops.Filter
	Until    *finops.Month // the last month; nil = so many after the one that is running:
	Ahead    int           // 0 = three
	AsOf     *finops.Day   // counts as complete, and later days are hidden; nil = the last complete day
}

// Forecast is what a cost will come to, and what to know of it.
type Forecast struct {
	Metric   finops.Metric
	Currency string
	*forecast.Result
	Effects []ForecastEffect // planned changes and ends of commitments that are in it
	Notes   []string         // sentences: late data, commitments without an end, unknown costs
}

// The rules of complete days: a data set is complete up to the day before its newest one, and late when
// that is so many days before the newest of all.
const (
	lateAfter  = 10
	lateNamed  = 3
	rareBelow  = 10
	monthsNext = 3
)

// Forecast says what a cost will come to, all of one snapshot of the ledger. A history that is
// too short is no error: the forecast is refused in words. It answers CodeInvalid for a metric
// that is no cost, for charges in several currencies of which none is named, and for a last
// month that is too far away.
func (w Forecasts) Forecast(ctx context.Context, q ForecastQuestion) (*Forecast, error) {
	if q.Metric.Unit() != "" {
		return nil, finops.Errorf(finops.CodeInvalid, "A forecast is of a cost: BilledCost, EffectiveCost, ListCost or ContractedCost.")
	}
	var out *Forecast
	err := w.engine.WithSnapshot(ctx, func(s *engine.Snapshot) error {
		f := forecasting{w: w.workspace, snapshot: s, q: q, today: finops.DayOfUnix(w.now().Unix())}
		var err error
		out, err = f.answer(ctx)
		return err
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}

// forecasting is a ForecastQuestion while it is answered.
type forecasting struct {
	w        *workspace
	snapshot *engine.Snapshot
	q        ForecastQuestion
	asOf     finops.Day
	today    finops.Day
	all      dataSets // nil = not read yet
	notes    []string
	effects  []ForecastEffect // of the last build
}

func (f *forecasting) answer(ctx context.Context) (*Forecast, error) {
	out := &Forecast{Metric: f.q.Metric, Currency: f.q.Currency}
	sets, err := f.dataSets(ctx)
	if err != nil {
		return nil, err
	}
	if f.asOf, err = f.complete(ctx, sets); err != nil {
		return nil, err
	}
	until := f.asOf.Month() + finops.Month(cmp.Or(f.q.Ahead, monthsNext))
	if f.q.Until != nil {
		until = *f.q.Until
	}
	if until > f.asOf.Month()+forecast.MonthsMost {
		return nil, finops.Errorf(finops.CodeInvalid, "A forecast reaches %d months ahead, to %s.", forecast.MonthsMost, f.asOf.Month()+forecast.MonthsMost)
	}
	if out.Currency, err = f.currency(ctx); err != nil {
		return nil, err
	}
	f.q.Currency = out.Currency
	charges, err := f.charges(ctx)
	if err != nil {
		return nil, err
	}
	if len(charges) == 0 {
		out.Result = &forecast.Result{AsOf: f.asOf, Refused: fmt.Sprintf("There are no charges with a cost up to %s.", f.asOf)}
		return out, nil
	}
	if out.Result, err = f.build(ctx, charges, sets, until); err != nil {
		return nil, err
	}
	if err := f.noteCommitments(ctx); err != nil {
		return nil, err
	}
	out.Effects, out.Notes = f.effects, f.notes
	return out, nil
}

// build forecasts charges, of which there is at least one, from the day after the as-of day to the end of a month, with planned changes and the
// known ends of commitments.
func (f *forecasting) build(ctx context.Context, charges []forecast.Charge, sets []*dataSet, until finops.Month) (*forecast.Result, error) {
	first := slices.MinFunc(charges, func(a, b forecast.Charge) int { return int(a.Day - b.Day) }).Day
	in := forecast.Split(charges, forecast.MonthlyKeys(charges, f.asOf), first, f.asOf)
	in.Until, in.Currency, in.Missing = until, f.q.Currency, missingIn(sets)
	if err := f.findEffects(ctx, until); err != nil {
		return nil, err
	}
	for _, e := range f.effects {
		in.Effects = append(in.Effects, e.Effect)
	}
	return forecast.Build(in), nil
}

// dataSet is what one provider exports of one billing account, by the days with usage.
type dataSet struct {
	provider, account string
	days              map[finops.Day]bool
	first, last       finops.Day
}

// dataSets are all data sets of a ledger, by provider and billing account; they are not changed.
type dataSets map[string]*dataSet

// allDataSets reads the days of every data set: those with usage, which say better which days are there than fees and tax
// do, or all where it has no usage.
func allDataSets(ctx context.Context, s *engine.Snapshot) (dataSets, error) {
	all := dataSets{}
	usage := "Usage"
	for _, where := range []finops.Filter{finops.If(finops.Condition{Column: "ChargeCategory", Values: []*string{&usage}}), {}} {
		answer, err := s.Ask(ctx, finops.Question{
			Metrics: []finops.Metric{finops.EffectiveCost}, GroupBy: []string{finops.DimProvider, finops.DimBillingAccount}, Where: where, Grain: finops.GrainDay, Sort: finops.SortKeys,
		})
		if err != nil {
			return nil, err
		}
		found := map[*dataSet]bool{}
		for _, r := range answer.Rows {
			id := keyID(r.Keys[0]) + keyID(r.Keys[1])
			set := all[id]
			if set != nil && !found[set] {
				continue // it has usage
			}
			day, err := finops.ParseDay(r.Time)
			if err != nil {
				return nil, err
			}
			if set == nil {
				set = &dataSet{provider: deref(r.Keys[0]), account: deref(r.Keys[1]), days: map[finops.Day]bool{}, first: day}
				all[id], found[set] = set, true
			}
			set.days[day], set.last = true, day
		}
	}
	return all, nil
}

// dataSets returns the data sets that the charges in question come from, each with all its days.
func (f *forecasting) dataSets(ctx context.Context) ([]*dataSet, error) {
	if f.all == nil {
		var err error
		if f.all, err = allDataSets(ctx, f.snapshot); err != nil {
			return nil, err
		}
	}
	in, err := f.snapshot.Ask(ctx, finops.Question{
		Metrics: []finops.Metric{f.q.Metric}, GroupBy: []string{finops.DimProvider, finops.DimBillingAccount}, Where: f.q.Where, Currency: f.q.Currency,
	})
	if err != nil {
		return nil, err
	}
	var list []*dataSet
	for _, r := range in.Rows {
		if set := f.all[keyID(r.Keys[0])+keyID(r.Keys[1])]; set != nil && !slices.Contains(list, set) {
			list = append(list, set)
		}
	}
	return list, nil
}

// complete returns the day that was asked for, or the one up to which all data sets that are not late are complete.
func (f *forecasting) complete(ctx context.Context, sets []*dataSet) (finops.Day, error) {
	var newest finops.Day
	for _, s := range sets {
		newest = max(newest, s.last)
	}
	if f.q.AsOf != nil {
		if len(sets) > 0 && newest < *f.q.AsOf {
			f.notes = append(f.notes, fmt.Sprintf("There is no data after %s; the days up to %s count as days without cost.", newest, *f.q.AsOf))
		}
		return *f.q.AsOf, nil
	}
	if len(sets) == 0 {
		state, err := f.snapshot.State(ctx)
		if err != nil || state.Lines == 0 {
			return f.today - 1, err
		}
		return state.LastDay - 1, nil
	}
	day := newest
	var late []string
	for _, s := range sets {
		if newest-s.last <= lateAfter {
			day = min(day, s.last)
			continue
		}
		late = append(late, fmt.Sprintf("%s %s has no data after %s", s.provider, s.account, s.last))
	}
	if more := len(late) - lateNamed; more > 0 {
		late = append(late[:lateNamed], fmt.Sprintf("%d more data sets have ended, too", more))
	}
	if len(late) > 0 {
		f.notes = append(f.notes, strings.Join(late, "; ")+". Nothing is added for what may be missing.")
	}
	return day - 1, nil
}

// missingIn returns the days inside the history on which no data set has data. Where these are more
// than one in so many, charges are rare and nothing is missing.
func missingIn(sets []*dataSet) map[finops.Day]bool {
	if len(sets) == 0 {
		return nil
	}
	first, last := sets[0].first, sets[0].last
	for _, s := range sets {
		first, last = min(first, s.first), max(last, s.last)
	}
	missing := map[finops.Day]bool{}
	for d := first; d <= last; d++ {
		if !slices.ContainsFunc(sets, func(s *dataSet) bool { return s.days[d] }) {
			missing[d] = true
		}
	}
	if len(missing)*rareBelow > int(last-first) {
		return nil
	}
	return missing
}

func (f *forecasting) ask(ctx context.Context, from *finops.Day, where finops.Filter, grain finops.Grain, groupBy ...string) (*finops.Answer, error) {
	return f.snapshot.Ask(ctx, finops.Question{
		Metrics: []finops.Metric{f.q.Metric}, GroupBy: groupBy, Where: finops.All(f.q.Where, where), From: from, To: &f.asOf, Grain: grain,
		Currency: f.q.Currency, Sort: finops.SortKeys,
	})
}

// currency returns the currency of the charges.
func (f *forecasting) currency(ctx context.Context) (string, error) {
	if f.q.Currency != "" {
		return f.q.Currency, nil
	}
	a, err := f.ask(ctx, nil, finops.Filter{}, finops.GrainNone)
	if err != nil {
		return "", err
	}
	var list []string
	for _, t := range a.Totals {
		list = append(list, t.Currency)
	}
	switch len(list) {
	case 0:
		return "", nil
	case 1:
		return list[0], nil
	}
	slices.Sort(list)
	return "", finops.Errorf(finops.CodeInvalid, "The charges are in %s, which are not added. Name one currency.", strings.Join(list, ", "))
}

// charges returns what each day up to the as-of day has: fees and what is billed once a month by key,
// the rest as a whole.
func (f *forecasting) charges(ctx context.Context) ([]forecast.Charge, error) {
	keyed := []string{"ChargeCategory", "ChargeFrequency", "ServiceName", "SkuId"}
	lately := f.asOf - forecast.FeeDays + 1
	recent, err := f.ask(ctx, &lately, finops.Filter{}, finops.GrainDay, keyed...)
	if err != nil {
		return nil, err
	}
	latest, err := f.rows(recent)
	if err != nil {
		return nil, err
	}
	monthly := forecast.MonthlyKeys(latest, f.asOf)
	var skus []*string
	for _, r := range recent.Rows {
		if r.Keys[3] != nil && monthly[chargeKey(r.Keys)] {
			skus = append(skus, r.Keys[3])
		}
	}
	recurring := "Recurring"
	byKey := finops.If(finops.Condition{Column: "ChargeFrequency", Values: []*string{&recurring}})
	if len(skus) > 0 {
		byKey = finops.Any(byKey, finops.If(finops.Condition{Column: "SkuId", Values: skus}))
	}
	fees, err := f.ask(ctx, nil, byKey, finops.GrainDay, keyed...)
	if err != nil {
		return nil, err
	}
	rest, err := f.ask(ctx, nil, finops.Not(byKey), finops.GrainDay, keyed[:2]...)
	if err != nil {
		return nil, err
	}
	charges, err := f.rows(fees)
	if err != nil {
		return nil, err
	}
	others, err := f.rows(rest)
	return append(charges, others...), err
}

// rows reads charges from an answer by ChargeCategory, ChargeFrequency and what makes the key.
func (f *forecasting) rows(a *finops.Answer) ([]forecast.Charge, error) {
	list := make([]forecast.Charge, 0, len(a.Rows))
	for _, r := range a.Rows {
		if r.Currency != f.q.Currency || r.Amounts[0] == nil {
			continue
		}
		day, err := finops.ParseDay(r.Time)
		if err != nil {
			return nil, err
		}
		list = append(list, forecast.Charge{Day: day, Category: deref(r.Keys[0]), Frequency: deref(r.Keys[1]), Key: chargeKey(r.Keys), Amount: *r.Amounts[0]})
	}
	return list, nil
}

// chargeKey names what is billed: category, service and SKU; "" where only the first is known.
func chargeKey(keys []*string) string {
	if len(keys) < 4 {
		return ""
	}
	return deref(keys[0]) + "\x00" + deref(keys[2]) + "\x00" + deref(keys[3])
}

// noteCommitments says that commitments are taken to run on, where some are in use.
func (f *forecasting) noteCommitments(ctx context.Context) error {
	from := f.asOf - 31
	a, err := f.ask(ctx, &from, finops.Filter{}, finops.GrainNone, "CommitmentDiscountStatus")
	if err != nil {
		return err
	}
	for _, r := range a.Rows {
		if r.Keys[0] != nil && r.Currency == f.q.Currency {
			f.notes = append(f.notes, "Commitments without a known end date are assumed to be renewed.")
			return nil
		}
	}
	return nil
}
