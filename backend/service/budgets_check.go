package service

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"math/big"
	"runtime"
	"slices"
	"strings"

	"golang.org/x/sync/errgroup"

	"cloud-intelligence/backend/analysis/anomaly"
	"cloud-intelligence/backend/analysis/budget"
	"cloud-intelligence/backend/analysis/forecast"
	"cloud-intelligence/backend/engine"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/store"
)

var (
	one     = big.NewRat(1, 1)
	hundred = big.NewRat(100, 1)
)

// recentDays is how many days the list of budgets shows the course of.
const recentDays = 56

// BudgetStanding says how a budget stands in one period.
type BudgetStanding struct {
	Budget
	Period   budget.Period
	AsOf     finops.Day // the last day that counts
	Current  bool       // the period holds AsOf
	RollOver finops.Sum // part of Amount that comes from the period before
	Amount   finops.Sum
	Actual   finops.Sum
	Pace     *finops.Sum // what was to be spent until AsOf; nil = the period lies ahead
	Forecast *finops.Sum // what the period will come to; nil = no forecast
	// Low80 and High80 hold what the period will come to four times of five; nil = the forecast has no band.
	Low80, High80 *finops.Sum
	// BreachDay is the first day on which the amount is spent, or will be; nil = none.
	BreachDay *finops.Day
	State     budget.State
	Reached   []ReachedThreshold // with what counts now, alerted or not
	Alerts    []store.Alert      // that were raised for it, in this version
	Children  *ChildAmounts
	Notes     []string // sentences: other currencies, late data, why there is no forecast

	alerts []store.Alert  // that it gives reason for
	basis  *budget.Basis  // what the pace is measured by
	fresh  bool           // the basis is not kept yet
	costs  []finops.Sum   // by day of the period until AsOf
	recent []finops.Sum   // by day, the last ones until AsOf
	to     []forecast.Day // the days to come
	late   finops.Sum     // what still arrives of days up to AsOf, by the forecast
}

// ReachedThreshold is a threshold that is reached.
type ReachedThreshold struct {
	budget.Threshold
	// CrossedAt is the charge day that reached it; of a forecast or a pace the last day that counts.
	CrossedAt finops.Day
}

// ChildAmounts compares an amount with those of the budgets that are parts of it.
type ChildAmounts struct {
	Names      []string
	Sum        finops.Sum
	Difference finops.Sum // the amount less Sum
	Actual     finops.Sum // what the parts have spent; charges that count for two of them count twice
}

// BudgetReport is how the budgets stand.
type BudgetReport struct {
	Standings []BudgetStanding // by name, then by period
	Raised    int              // alerts that are new
	Problems  []string         // sentences: budgets that cannot be calculated
	Broken    []Budget         // those budgets
}

// Reached reports whether a threshold of a period that holds the as-of day is reached, whoever was alerted.
func (r *BudgetReport) Reached() bool {
	return slices.ContainsFunc(r.Standings, func(s BudgetStanding) bool { return s.Current && len(s.Reached) > 0 })
}

// Check says how the budgets of these names, or all, stand in the periods that have begun, and keeps the alerts that follow from it: at most one for
// each version, period and threshold. It sends nothing. asOf counts as complete, and later days are hidden; nil = the last
// complete day of each.
func (w Budgets) Check(ctx context.Context, asOf *finops.Day, names ...string) (*BudgetReport, error) {
	for _, name := range names {
		if _, err := w.ByName(ctx, name); err != nil {
			return nil, err
		}
	}
	var report *BudgetReport
	err := whileChanged(func() (err error) {
		report, err = w.checkOnce(ctx, asOf)
		return err
	})
	if err != nil {
		return nil, err
	}
	if len(names) > 0 {
		report.Standings = slices.DeleteFunc(report.Standings, func(s BudgetStanding) bool {
			return !slices.ContainsFunc(names, func(n string) bool { return strings.EqualFold(n, s.Name) })
		})
	}
	return report, nil
}

// Standings says how all budgets stand as Check does, and keeps nothing.
func (w Budgets) Standings(ctx context.Context, asOf *finops.Day) (*BudgetReport, error) {
	report, _, err := w.stand(ctx, asOf)
	if err != nil {
		return nil, err
	}
	return report, w.enterAlerts(ctx, report)
}

// stand says how all budgets stand, and what is to be kept of it.
func (w Budgets) stand(ctx context.Context, asOf *finops.Day) (*BudgetReport, store.Evaluation, error) {
	report := &BudgetReport{}
	var kept store.Evaluation
	list, err := w.List(ctx)
	if err != nil {
		return nil, kept, err
	}
	err = w.engine.WithSnapshot(ctx, func(s *engine.Snapshot) error {
		x := evaluation{w: w.workspace, snapshot: s, asOf: asOf}
		if err := x.load(ctx, list...); err != nil {
			return err
		}
		*report, kept = BudgetReport{}, store.Evaluation{Ledger: s.Version()}
		return x.all(ctx, list, report, &kept)
	})
	return report, kept, err
}

func (w Budgets) checkOnce(ctx context.Context, asOf *finops.Day) (*BudgetReport, error) {
	report, kept, err := w.stand(ctx, asOf)
	if err != nil {
		return nil, err
	}
	if !w.db.ReadOnly() {
		if asOf == nil {
			if err := w.standRules(ctx, report, &kept); err != nil {
				return nil, err
			}
		}
		if report.Raised, err = w.db.KeepEvaluation(ctx, kept, w.user, w.now()); err != nil {
			return nil, err
		}
	}
	return report, w.enterAlerts(ctx, report)
}

// standRules finds what the alert rules are to report. That is never of an older state of the ledger than the budgets, so that nothing is passed over.
func (w Budgets) standRules(ctx context.Context, report *BudgetReport, kept *store.Evaluation) error {
	list, err := Alerts(w).Rules(ctx)
	if err != nil {
		return err
	}
	for _, r := range list {
		if r.Problem != "" && !r.Off {
			report.Problems = append(report.Problems, fmt.Sprintf("The alert rule %q cannot be evaluated. %s", r.Name, r.Problem))
		}
	}
	kept.Day = finops.DayOfUnix(w.now().Unix())
	found, err := Alerts(w).ruleAlerts(ctx, list...)
	kept.Alerts = append(kept.Alerts, found...)
	return err
}

// enterAlerts enters what was raised for each period.
func (w Budgets) enterAlerts(ctx context.Context, report *BudgetReport) error {
	alerts, err := w.db.Alerts(ctx)
	if err != nil {
		return err
	}
	slices.Reverse(alerts)
	for i := range report.Standings {
		s := &report.Standings[i]
		for _, a := range alerts {
			if a.BudgetID == s.ID && a.Version == s.Version && a.Period == s.Period.Name && !a.Silent {
				s.Alerts = append(s.Alerts, a)
			}
		}
	}
	return nil
}

// evaluation is a check while it runs.
type evaluation struct {
	w        *workspace
	snapshot *engine.Snapshot
	asOf     *finops.Day
	bases    map[store.BudgetBasis]string // content by the rest
	budgets  map[string]*budgetReading    // by name
}

// budgetReading is what the ledger has of a budget.
type budgetReading struct {
	forecasting
	periods []budget.Period
	sets    []*dataSet
}

// load reads all that budgets are calculated from; those with a problem are left out.
func (x *evaluation) load(ctx context.Context, list ...Budget) error {
	saved, err := x.w.db.BudgetBases(ctx)
	if err != nil {
		return err
	}
	x.bases = map[store.BudgetBasis]string{}
	for _, b := range saved {
		content := b.Content
		b.Content = ""
		x.bases[b] = content
	}
	list = slices.DeleteFunc(slices.Clone(list), func(b Budget) bool { return b.Problem != "" })
	asks := make([]scopeAsk, len(list))
	for i, b := range list {
		asks[i] = scopeAsk{b.Metric, b.filter}
	}
	sets, err := allDataSets(ctx, x.snapshot, finops.DayOfUnix(x.w.now().Unix()))
	if err != nil {
		return err
	}
	reading, err := readScopes(ctx, x.snapshot, sets, nil, asks...)
	if err != nil {
		return err
	}
	x.budgets = map[string]*budgetReading{}
	days := map[finops.Day]bool{}
	var forecasts []*forecasting
	for i, b := range list {
		f := &budgetReading{forecasting: forecasting{
			w: x.w, snapshot: x.snapshot, q: ForecastQuestion{Metric: b.Metric, Currency: b.Currency, Where: b.filter, AsOf: x.asOf},
			today: finops.DayOfUnix(x.w.now().Unix()), costs: reading.of(asks[i]),
		}}
		x.budgets[b.Name] = f
		if f.periods, err = b.Periods(); err != nil {
			return err
		}
		f.sets = f.costs.dataSets(sets, b.Currency)
		if f.asOf, err = f.complete(ctx, f.sets); err != nil {
			return err
		}
		for _, p := range f.periods {
			if p.Holds(f.asOf) {
				days[f.asOf] = true
				forecasts = append(forecasts, &f.forecasting)
				if _, ok := x.bases[basisOf(b, p)]; !ok {
					days[p.First-1] = true
				}
			}
		}
	}
	if err := reading.readFees(ctx, slices.Sorted(maps.Keys(days))...); err != nil {
		return err
	}
	return prepareEffects(ctx, x.w, x.snapshot, forecasts...)
}

// basisOf names the basis of a period.
func basisOf(b Budget, p budget.Period) store.BudgetBasis {
	return store.BudgetBasis{BudgetID: b.ID, Version: b.Version, Period: p.Name}
}

func (x *evaluation) all(ctx context.Context, list []Budget, report *BudgetReport, kept *store.Evaluation) error {
	standings := make([][]BudgetStanding, len(list))
	group, running := errgroup.WithContext(ctx)
	group.SetLimit(runtime.GOMAXPROCS(0))
	for i, b := range list {
		if b.Problem != "" {
			report.Problems = append(report.Problems, fmt.Sprintf("The budget %q cannot be calculated. %s", b.Name, b.Problem))
			report.Broken = append(report.Broken, b)
			continue
		}
		group.Go(func() (err error) {
			standings[i], err = x.budget(running, b)
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return err
	}
	for _, of := range standings {
		for i := range of {
			s := &of[i]
			if s.fresh {
				content, err := json.Marshal(s.basis)
				if err != nil {
					return fmt.Errorf("write the pace of a budget: %w", err)
				}
				kept.Bases = append(kept.Bases, store.BudgetBasis{BudgetID: s.ID, Version: s.Version, Period: s.Period.Name, Content: string(content)})
			}
			kept.Alerts = append(kept.Alerts, s.alerts...)
			report.Standings = append(report.Standings, *s)
		}
	}
	enterChildren(report.Standings)
	return nil
}

// enterChildren compares each amount with those of its parts in the same period.
func enterChildren(list []BudgetStanding) {
	for i := range list {
		p := &list[i]
		var of ChildAmounts
		for k := range list {
			c := &list[k]
			if strings.EqualFold(c.Parent, p.Name) && c.Currency == p.Currency && c.Period.First == p.Period.First && c.Period.Last == p.Period.Last {
				of.Names = append(of.Names, c.Name)
				of.Sum.AddSum(c.Amount)
				of.Actual.AddSum(c.Actual)
			}
		}
		if len(of.Names) > 0 {
			of.Difference.AddSum(p.Amount)
			of.Difference.SubSum(of.Sum)
			p.Children = &of
		}
	}
}

// budget says how a budget that was loaded stands in each period that has begun, and in the next one.
func (x *evaluation) budget(ctx context.Context, b Budget) ([]BudgetStanding, error) {
	f := x.budgets[b.Name]
	days := f.costs.daily(f.asOf, b.Currency)
	notes := slices.Clone(f.notes)
	if others := slices.DeleteFunc(f.costs.currencies(min(f.periods[0].First, f.asOf-recentDays+1), f.asOf), func(c string) bool { return c == "" || c == b.Currency }); len(others) > 0 {
		notes = append(notes, fmt.Sprintf("Charges in %s do not count.", strings.Join(others, ", ")))
	}
	var list []BudgetStanding
	for i, p := range f.periods {
		s := BudgetStanding{Budget: b, Period: p, AsOf: f.asOf, Current: p.Holds(f.asOf), Notes: notes}
		s.Amount.Add(b.Amounts[i].Amount)
		if last := len(list) - 1; b.RollOver && last >= 0 && list[last].Period.Last+1 == p.First && list[last].Period.Last <= f.asOf &&
			b.Calendar.FiscalYear(list[last].Period.First) == b.Calendar.FiscalYear(p.First) {
			s.RollOver.AddSum(list[last].Amount)
			s.RollOver.SubSum(list[last].Actual)
			s.Amount.AddSum(s.RollOver)
		}
		for d := p.First; d <= min(p.Last, f.asOf); d++ {
			s.costs = append(s.costs, days[d])
			s.Actual.AddSum(days[d])
		}
		for d := f.asOf - recentDays + 1; d <= f.asOf; d++ {
			s.recent = append(s.recent, days[d])
		}
		if err := x.stand(ctx, f, &s); err != nil {
			return nil, err
		}
		list = append(list, s)
	}
	return list, nil
}

// stand fills in how one period stands.
func (x *evaluation) stand(ctx context.Context, f *budgetReading, s *BudgetStanding) error {
	switch {
	case s.Period.First > s.AsOf:
		s.State = budget.NotStarted
		return nil
	case s.Period.Last <= s.AsOf:
		s.Pace, s.Forecast = new(s.Amount), new(s.Actual)
	}
	var err error
	if s.basis, s.fresh, err = x.basis(f, s); err != nil {
		return err
	}
	basis := s.basis
	if s.Current {
		s.Pace = new(basis.Pace(s.Amount, s.Period, s.AsOf, s.Currency))
		if err := x.forecast(ctx, f, s); err != nil {
			return err
		}
	}
	s.BreachDay = s.breach(s.Amount)
	s.thresholds(basis)
	switch {
	case budget.Reached(s.Actual, s.Amount, finops.NewAmount(100, 0)):
		s.State = budget.Over
	case s.Forecast != nil && budget.Reached(*s.Forecast, s.Amount, finops.NewAmount(100, 0)):
		s.State = budget.AtRisk
	case s.Pace != nil && s.Actual.Cmp(*s.Pace) > 0:
		s.State = budget.Ahead
	case len(f.sets) == 0:
		s.State = budget.NoData
	default:
		s.State = budget.OnTrack
	}
	return nil
}

// basis returns what was known of a period when it began, and whether it was made now. A closed period without one is not measured by it any more.
func (x *evaluation) basis(f *budgetReading, s *BudgetStanding) (basis *budget.Basis, fresh bool, err error) {
	basis = &budget.Basis{RollOver: s.RollOver}
	if content, ok := x.bases[basisOf(s.Budget, s.Period)]; ok {
		if err := json.Unmarshal([]byte(content), basis); err != nil {
			return nil, false, finops.WrapError(finops.CodeCorrupt, err, "The workspace has a budget whose pace cannot be read.")
		}
		return basis, false, nil
	}
	if !s.Current {
		return basis, false, nil
	}
	asOf := s.Period.First - 1
	charges := f.costs.charges(asOf, s.Currency)
	var days []budget.Day
	var fees []budget.Fee
	if len(charges) > 0 {
		first := slices.MinFunc(charges, func(a, b forecast.Charge) int { return int(a.Day - b.Day) }).Day
		in := forecast.Split(charges, forecast.MonthlyKeys(charges, asOf), first, asOf)
		days = usageDays(first, in.Usage())
		due := in.FeesTo(s.Period.Last)
		for d := s.Period.First; d <= s.Period.Last; d++ {
			if amount, ok := due[d]; ok {
				fees = append(fees, budget.Fee{Day: d, Amount: amount})
			}
		}
	}
	*basis = budget.NewBasis(days, fees, s.RollOver)
	return basis, true, nil
}

// usageDays are the days of usage, with those marked that are anomalies.
func usageDays(first finops.Day, usage []finops.Sum) []budget.Day {
	costs := make([]float64, len(usage))
	for i, u := range usage {
		costs[i] = floatOf(u)
	}
	odd := anomaly.OddDays(first, costs)
	days := make([]budget.Day, len(usage))
	for i, u := range usage {
		days[i] = budget.Day{Day: first + finops.Day(i), Cost: u, Odd: odd[i]}
	}
	return days
}

// forecast enters what the period will come to: what came, and the days that the forecast has left.
func (x *evaluation) forecast(ctx context.Context, f *budgetReading, s *BudgetStanding) error {
	if s.Period.Last == s.AsOf || s.Period.Last.Month() > s.AsOf.Month()+forecast.MonthsMost {
		return nil
	}
	charges := f.costs.charges(f.asOf, s.Currency)
	if len(charges) == 0 {
		return nil
	}
	result := f.build(charges, f.sets, s.Period.Last.Month())
	if result.Refused != "" {
		s.Notes = append(slices.Clone(s.Notes), result.Refused)
		return nil
	}
	sum := s.Actual
	for _, d := range result.Days {
		switch {
		case !s.Period.Holds(d.Day):
		case d.Day <= s.AsOf:
			s.late.AddSum(d.Varying)
		default:
			sum.AddSum(d.Forecast)
			s.to = append(s.to, d)
		}
	}
	sum.AddSum(s.late)
	s.Forecast = &sum
	s.band(result)
	return nil
}

// band enters where the period ends four times of five: the widths of its months are added, as if all of them erred to one side, and of a month that
// it shares with another period the part counts that grows with the root of its days.
func (s *BudgetStanding) band(result *forecast.Result) {
	low, high := *s.Forecast, *s.Forecast
	for i := range result.Months {
		m := &result.Months[i]
		first, last := max(m.Month.First(), s.AsOf+1), m.Month.Last()
		from, to := max(first, s.Period.First), min(last, s.Period.Last)
		if to < from {
			continue
		}
		share := new(big.Rat).SetFloat64(math.Sqrt(float64(to-from+1) / float64(last-first+1)))
		below, above := m.Forecast, m.High80
		below.SubSum(m.Low80)
		above.SubSum(m.Forecast)
		low.SubSum(budget.Share(below, share, s.Currency))
		high.AddSum(budget.Share(above, share, s.Currency))
	}
	s.Low80, s.High80 = &low, &high
}

// breach is the day on which an amount is spent, or will be; nil = none.
func (s *BudgetStanding) breach(amount finops.Sum) *finops.Day {
	all := finops.NewAmount(100, 0)
	if day, ok := budget.CrossedAt(s.Period, s.costs, amount, all); ok && budget.Reached(s.Actual, amount, all) {
		return &day
	}
	sum := s.Actual
	sum.AddSum(s.late)
	for _, d := range s.to {
		if sum.AddSum(d.Forecast); budget.Reached(sum, amount, all) {
			return new(d.Day)
		}
	}
	return nil
}

// thresholds finds those that are reached, and the alerts that follow. For alerts the amount is the one with what the period
// before left when this one began: a restatement of that alerts nobody.
func (s *BudgetStanding) thresholds(basis *budget.Basis) {
	was := s.Amount
	was.SubSum(s.RollOver)
	was.AddSum(basis.RollOver)
	mayAlert := s.Period.Last >= finops.DayOfUnix(s.MadeAt.Unix())
	for _, t := range s.Thresholds {
		if t.Kind != budget.Actual && t.Kind != budget.Absolute && !s.Current {
			continue // what a closed period came to is its actual
		}
		if day, ok := s.crossed(t, s.Amount); ok {
			s.Reached = append(s.Reached, ReachedThreshold{t, day})
		}
		day, ok := s.crossed(t, was)
		if !ok || !mayAlert {
			continue
		}
		s.alerts = append(s.alerts, store.Alert{
			BudgetID: s.ID, Version: s.Version, Period: s.Period.Name, Kind: string(t.Kind), Percent: t.Percent.String(), Name: s.Name, CrossedAt: day,
			Message: s.message(t, was, basis.RollOver),
		})
	}
}

// crossed reports whether a threshold is reached, and on which day.
func (s *BudgetStanding) crossed(t budget.Threshold, amount finops.Sum) (finops.Day, bool) {
	switch t.Kind {
	case budget.Actual:
		if !budget.Reached(s.Actual, amount, t.Percent) {
			return 0, false
		}
		return budget.CrossedAt(s.Period, s.costs, amount, t.Percent)
	case budget.Forecast:
		return s.AsOf, s.Forecast != nil && budget.Reached(*s.Forecast, amount, t.Percent)
	case budget.Pace:
		return s.AsOf, s.Pace != nil && budget.Reached(s.Actual, *s.Pace, t.Percent)
	case budget.Absolute:
		all := finops.NewAmount(100, 0)
		if !budget.Reached(s.Actual, sumOf(t.Percent), all) {
			return 0, false
		}
		return budget.CrossedAt(s.Period, s.costs, sumOf(t.Percent), all)
	case budget.Breach:
		day := s.breach(amount)
		return s.AsOf, day != nil && sumOf(finops.NewAmount(int64(*day-s.AsOf), 0)).Cmp(sumOf(t.Percent)) <= 0
	}
	return 0, false
}

// message says in a sentence what was reached.
func (s *BudgetStanding) message(t budget.Threshold, amount, rollOver finops.Sum) string {
	percent := t.Percent.String()
	spent := fmt.Sprintf("%s has spent %s in %s", s.Name, s.shown(s.Actual), s.Period.Words())
	if amount.Sign() < 0 && rollOver.Sign() < 0 && t.Kind != budget.Absolute { // a share of less than nothing would have to be read twice
		was := amount
		was.SubSum(rollOver)
		return fmt.Sprintf("%s, of which nothing was left: the period before was %s over, which is more than the budget of %s.", spent, s.shown(rollOver.Neg()), s.shown(was))
	}
	switch t.Kind {
	case budget.Forecast:
		return fmt.Sprintf("The forecast of %s for %s is %s, at least %s %% of the budget of %s.", s.Name, s.Period.Words(), s.shown(*s.Forecast), percent, s.shown(amount))
	case budget.Pace:
		return fmt.Sprintf("%s, at least %s %% of the %s expected by %s.", spent, percent, s.shown(*s.Pace), s.AsOf.Words())
	case budget.Absolute:
		return fmt.Sprintf("%s, at least %s.", spent, s.shown(sumOf(t.Percent)))
	case budget.Breach:
		day := s.breach(amount)
		if *day <= s.AsOf {
			return fmt.Sprintf("%s, all of its %s.", spent, s.shown(amount))
		}
		return fmt.Sprintf("%s will have spent its %s of %s by %s, says the forecast.", s.Name, s.shown(amount), s.Period.Words(), day.Words())
	case budget.Actual:
	}
	return fmt.Sprintf("%s, at least %s %% of the budget of %s.", spent, percent, s.shown(amount))
}

// shown is an amount of the budget as people write it.
func (s *BudgetStanding) shown(sum finops.Sum) string { return money(sum, s.Currency) }

// money is an amount as people write it.
func money(sum finops.Sum, currency string) string { return moneyOf(sum.Rat(), currency) }

// moneyOf is money of a fraction.
func moneyOf(amount *big.Rat, currency string) string {
	whole, fraction, _ := strings.Cut(amount.FloatString(finops.MinorDigits(currency)), ".")
	for at := len(whole) - 3; at > 0 && whole[at-1] != '-'; at -= 3 {
		whole = whole[:at] + "," + whole[at:]
	}
	if fraction != "" {
		whole += "." + fraction
	}
	return whole + " " + currency
}
