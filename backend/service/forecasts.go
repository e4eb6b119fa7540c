package service

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"math"
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

var errNoCost = finops.Errorf(finops.CodeInvalid, "A forecast is of a cost: BilledCost, EffectiveCost, ListCost or ContractedCost.")

// The rules of complete days: a data set is complete up to the day before its newest one, and late when
// that is so many days before the newest of all.
const (
	lateAfter  = 10
	lateNamed  = 3
	rareBelow  = 10
	monthsNext = 3
	gapLeast   = 100 // days: longer than a quarter
)

// Forecast says what a cost will come to, all of one snapshot of the ledger. A history that is
// too short is no error: the forecast is refused in words. It answers CodeInvalid for a metric
// that is no cost, for charges in several currencies of which none is named, and for a last
// month that is too far away.
func (w Forecasts) Forecast(ctx context.Context, q ForecastQuestion) (*Forecast, error) {
	if q.Metric.Unit() != "" {
		return nil, errNoCost
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
	costs    *scopeCosts
	changing changing
	notes    []string
	effects  []ForecastEffect // of the last build
}

func (f *forecasting) answer(ctx context.Context) (*Forecast, error) {
	out := &Forecast{Metric: f.q.Metric, Currency: f.q.Currency}
	reading, sets, err := f.read(ctx)
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
		return nil, finops.Errorf(finops.CodeInvalid, "A forecast reaches %d months ahead, to %s.", forecast.MonthsMost, (f.asOf.Month() + forecast.MonthsMost).Words())
	}
	if out.Currency, err = f.currency(); err != nil {
		return nil, err
	}
	f.q.Currency = out.Currency
	if err := reading.readFees(ctx, f.asOf); err != nil {
		return nil, err
	}
	if err := prepareEffects(ctx, f.w, f.snapshot, f); err != nil {
		return nil, err
	}
	charges := f.costs.charges(f.asOf, f.q.Currency)
	if len(charges) == 0 {
		out.Result = &forecast.Result{AsOf: f.asOf, Refused: fmt.Sprintf("There are no charges with a cost up to %s.", f.asOf.Words())}
		return out, nil
	}
	out.Result = f.build(charges, sets, until)
	if err := f.noteCommitments(ctx); err != nil {
		return nil, err
	}
	out.Effects, out.Notes = f.effects, f.notes
	return out, nil
}

// build forecasts charges, of which there is at least one, from the day after the as-of day to the end of a month, with planned changes and the
// known ends of commitments.
func (f *forecasting) build(charges []forecast.Charge, sets []*dataSet, until finops.Month) *forecast.Result {
	first := slices.MinFunc(charges, func(a, b forecast.Charge) int { return int(a.Day - b.Day) }).Day
	if from, to := lastGap(sets, f.asOf); to > first {
		f.notes = append(f.notes, fmt.Sprintf("There is no data from %s to %s. Only the days after that are used.", from.Words(), to.Words()))
		first = to + 1
	}
	in := forecast.Split(charges, forecast.MonthlyKeys(charges, f.asOf), first, f.asOf)
	in.Until, in.Currency, in.Missing = until, f.q.Currency, missingIn(sets, first)
	f.findEffects(until)
	for _, e := range f.effects {
		in.Effects = append(in.Effects, e.Effect)
	}
	return forecast.Build(in)
}

// dataSet is what one provider exports of one billing account, by the days with usage; monthly charges
// cover the days of their months.
type dataSet struct {
	provider, account string
	days              map[finops.Day]bool
	first, last       finops.Day
	coverage          finops.Coverage // of all its charges, as everywhere in the app
}

// dataSets are all data sets of a ledger, by provider and billing account; they are not changed.
type dataSets map[string]*dataSet

// span is from the first to the last day of data sets; both are 0 where there are none.
func (s dataSets) span() (first, last finops.Day) {
	for _, set := range s {
		if last == 0 {
			first = set.first
		}
		first, last = min(first, set.first), max(last, set.last)
	}
	return first, last
}

// allDataSets reads the days of every data set: those with usage, which say better which days are there than fees and tax
// do, or all where it has no usage. No month lasts beyond today.
func allDataSets(ctx context.Context, s *engine.Snapshot, today finops.Day) (dataSets, error) {
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
	state, err := s.State(ctx)
	if err != nil {
		return nil, err
	}
	for _, set := range all {
		i := slices.IndexFunc(state.Accounts, func(a engine.AccountState) bool { return a.Provider == set.provider && a.Account == set.account })
		if i >= 0 {
			set.cover(state.Accounts[i].Coverage, today)
		}
	}
	return all, nil
}

// cover enters the coverage of a data set.
func (s *dataSet) cover(c finops.Coverage, today finops.Day) {
	if s.coverage = c; !c.Monthly {
		return
	}
	s.coverage.Last = max(min(c.Last, today), s.last)
	s.first, s.last = min(c.First, s.first), s.coverage.Last
	for d := s.first; d <= s.last; d++ {
		if c.Has(d) {
			s.days[d] = true
		}
	}
}

// currenciesText names several currencies, in order; "" is none, which comes first.
func currenciesText(list []string) string {
	if list[0] == "" {
		return strings.Join(list[1:], ", ") + " and without a currency"
	}
	return strings.Join(list, ", ")
}

// read reads what the charges in question cost by day, and the data sets that they come from.
func (f *forecasting) read(ctx context.Context) (*scopesReading, []*dataSet, error) {
	all, err := allDataSets(ctx, f.snapshot, f.today)
	if err != nil {
		return nil, nil, err
	}
	ask := scopeAsk{f.q.Metric, f.q.Where}
	reading, err := readScopes(ctx, f.snapshot, all, nil, ask)
	f.costs = reading.of(ask)
	return reading, f.costs.dataSets(all, f.q.Currency), err
}

// filled is the first day that more charges may come of: the newest one with daily detail, the day after a month that is over.
func (s *dataSet) filled(today finops.Day) finops.Day {
	if s.coverage.Monthly && s.last < today {
		return s.last + 1
	}
	return s.last
}

// newestDay is the newest day of data sets, as finops.NewestDay.
func newestDay(sets []*dataSet) finops.Day {
	list := make([]finops.Coverage, len(sets))
	for i, s := range sets {
		list[i] = finops.Coverage{Last: s.last, Monthly: s.coverage.Monthly}
	}
	return finops.NewestDay(list)
}

// complete returns the day that was asked for, or the one up to which all data sets that are not late are complete.
func (f *forecasting) complete(ctx context.Context, sets []*dataSet) (finops.Day, error) {
	newest := newestDay(sets)
	if f.q.AsOf != nil {
		if len(sets) > 0 && newest < *f.q.AsOf {
			f.notes = append(f.notes, fmt.Sprintf("There is no data after %s; the days up to %s count as days without cost.", newest.Words(), f.q.AsOf.Words()))
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
	day := newest + 1
	var late []string
	for _, s := range sets {
		if newest-s.last <= lateAfter {
			day = min(day, s.filled(f.today))
		} else if newest-s.coverage.Last > lateAfter {
			late = append(late, fmt.Sprintf("%s %s has no data after %s", s.provider, s.account, s.coverage.Last.Words()))
		}
	}
	if more := len(late) - lateNamed; more > 0 {
		words := "1 more data set has ended, too"
		if more > 1 {
			words = fmt.Sprintf("%d more data sets have ended, too", more)
		}
		late = append(late[:lateNamed], words)
	}
	if len(late) > 0 {
		f.notes = append(f.notes, strings.Join(late, "; ")+". Nothing is added for what may be missing.")
	}
	return day - 1, nil
}

// lastGap is the newest run of days before an as-of day, of gapLeast or more, on which no data set has data; to is 0 where there is none.
func lastGap(sets []*dataSet, asOf finops.Day) (from, to finops.Day) {
	has := map[finops.Day]bool{}
	for _, s := range sets {
		maps.Copy(has, s.days)
	}
	days := slices.Sorted(maps.Keys(has))
	for i := len(days) - 1; i > 0; i-- {
		if days[i] <= asOf && days[i]-days[i-1] > gapLeast {
			return days[i-1] + 1, days[i] - 1
		}
	}
	return 0, 0
}

// missingIn returns the days of the history from a day on on which no data set has data. Where these are more
// than one in so many, charges are rare and nothing is missing.
func missingIn(sets []*dataSet, from finops.Day) map[finops.Day]bool {
	if len(sets) == 0 {
		return nil
	}
	first, last := sets[0].first, sets[0].last
	for _, s := range sets {
		first, last = min(first, s.first), max(last, s.last)
	}
	first = max(first, from)
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
func (f *forecasting) currency() (string, error) {
	if f.q.Currency != "" {
		return f.q.Currency, nil
	}
	switch list := f.costs.currencies(math.MinInt32, f.asOf); len(list) {
	case 0:
		return "", nil
	case 1:
		return list[0], nil
	default:
		return "", finops.Errorf(finops.CodeInvalid, "The charges are in %s, which are not added. Name one currency.", currenciesText(list))
	}
}

// chargeKey names what is billed: category, service and SKU.
func chargeKey(keys []*string) string {
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
