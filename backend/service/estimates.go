package service

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"cloud-intelligence/backend/engine"
	"cloud-intelligence/backend/finops"
)

// Estimate says what days cost that have passed and that a provider has not delivered yet: the forecast of each data set that lacks
// days, less what has arrived of them. It is in no total, no export and no reconciliation, and a day of it goes when its data arrives.
type Estimate struct {
	Metric   finops.Metric
	Currency string
	Days     []EstimatedDay // in order
	Sets     []EstimatedSet // the data sets that lack days
}

// EstimatedDay is what is missing of a day. Of several data sets the ranges are added up, which is wider than needed.
type EstimatedDay struct {
	Day                   finops.Day
	Amount, Low80, High80 finops.Sum
}

// EstimatedSet is what is missing of what a provider exports of a billing account.
type EstimatedSet struct {
	Provider, Account string
	From, To          finops.Day // that are missing
	Amount            finops.Sum
	Refused           string // why there is no estimate; "" = there is
	// DailyWAPE is what forecasts of single days were off by in the past, of their cost; it means nothing where Known is false.
	DailyWAPE float64
	Known     bool
}

// estimateMost is how many days may be missing: what ended long before has probably ended for good.
const estimateMost = 31

// Estimate estimates the missing days up to yesterday of the charges in question, whose as-of day and months do not count. It answers what Forecast does.
func (w Forecasts) Estimate(ctx context.Context, q ForecastQuestion) (*Estimate, error) {
	if q.Metric.Unit() != "" {
		return nil, errNoCost
	}
	var out *Estimate
	err := w.engine.WithSnapshot(ctx, func(s *engine.Snapshot) (err error) {
		today := finops.DayOfUnix(w.now().Unix())
		f := forecasting{w: w.workspace, snapshot: s, q: ForecastQuestion{Metric: q.Metric, Currency: q.Currency, Where: q.Where}, today: today, asOf: today}
		out, err = f.estimate(ctx)
		return err
	})
	return out, err
}

func (f *forecasting) estimate(ctx context.Context) (*Estimate, error) {
	out := &Estimate{Metric: f.q.Metric}
	_, sets, err := f.read(ctx)
	if err != nil {
		return nil, err
	}
	if f.q.Currency, err = f.currency(); err != nil {
		return nil, err
	}
	out.Currency = f.q.Currency
	days := map[finops.Day]*EstimatedDay{}
	for _, set := range sets {
		if missing := f.today - 1 - set.last; missing < 1 || missing > estimateMost {
			continue
		}
		one, err := f.missingOf(ctx, set, days)
		if err != nil {
			return nil, err
		}
		out.Sets = append(out.Sets, one)
	}
	for _, day := range slices.Sorted(maps.Keys(days)) {
		out.Days = append(out.Days, *days[day])
	}
	return out, nil
}

// missingOf adds what is missing of a data set to the days. Its last day may be incomplete, so that the forecast does not rest on it.
func (f *forecasting) missingOf(ctx context.Context, set *dataSet, days map[finops.Day]*EstimatedDay) (EstimatedSet, error) {
	e := EstimatedSet{Provider: set.provider, Account: set.account, From: set.last + 1, To: f.today - 1}
	asOf, until := set.last-1, e.To.Month()
	q := f.q
	q.Where, q.AsOf, q.Until = finops.All(f.q.Where, set.only()), &asOf, &until
	one := forecasting{w: f.w, snapshot: f.snapshot, q: q, today: f.today}
	forecast, err := one.answer(ctx)
	if err != nil {
		return e, err
	}
	if e.Refused = forecast.Refused; e.Refused != "" {
		return e, nil
	}
	e.DailyWAPE, e.Known = forecast.Backtest.DailyWAPE, forecast.Backtest.Known
	arrived, err := f.arrived(ctx, q.Where, e.From, e.To)
	if err != nil {
		return e, err
	}
	for i := range forecast.Days {
		day := forecast.Days[i].Day
		if day < e.From || day > e.To {
			continue
		}
		d := days[day]
		if d == nil {
			d = &EstimatedDay{Day: day}
			days[day] = d
		}
		span := &forecast.Days[i].Span
		for _, part := range []struct{ to, from *finops.Sum }{{&d.Amount, &span.Forecast}, {&d.Low80, &span.Low80}, {&d.High80, &span.High80}, {&e.Amount, &span.Forecast}} {
			part.to.AddSum(*part.from)
			if came := arrived[day]; came != nil {
				part.to.SubSum(*came)
			}
		}
	}
	return e, nil
}

// only are the charges of the data set.
func (s *dataSet) only() finops.Filter {
	value := func(text string) *string {
		if text == "" {
			return nil
		}
		return &text
	}
	return finops.All(is(finops.DimProvider, value(s.provider)), is(finops.DimBillingAccount, value(s.account)))
}

// arrived is what there is already of days: fees that are known ahead.
func (f *forecasting) arrived(ctx context.Context, where finops.Filter, from, to finops.Day) (map[finops.Day]*finops.Sum, error) {
	a, err := f.snapshot.Ask(ctx, finops.Question{Metrics: []finops.Metric{f.q.Metric}, Where: where, From: &from, To: &to, Grain: finops.GrainDay, Currency: f.q.Currency, Sort: finops.SortKeys})
	if err != nil {
		return nil, fmt.Errorf("ask for what has arrived: %w", err)
	}
	days := map[finops.Day]*finops.Sum{}
	for _, r := range a.Rows {
		day, err := finops.ParseDay(r.Time)
		if err != nil {
			return nil, err
		}
		days[day] = r.Amounts[0]
	}
	return days, nil
}

// EstimateInfo is an estimate for the faces.
type EstimateInfo struct {
	Metric   string             `json:"metric"`
	Currency string             `json:"currency"`
	Days     []EstimatedDayInfo `json:"days"`
	Sets     []EstimatedSetInfo `json:"sets"`
}

// EstimatedDayInfo is what is missing of a day.
type EstimatedDayInfo struct {
	Day    finops.Day `json:"day"`
	Amount finops.Sum `json:"amount"`
	Low80  finops.Sum `json:"low80"`
	High80 finops.Sum `json:"high80"`
}

// EstimatedSetInfo is what is missing of what a provider exports of a billing account. Error is what forecasts of single days were off by in the past, as a share of
// their cost with four decimals; "" where that is not known.
type EstimatedSetInfo struct {
	Provider string     `json:"provider"`
	Account  string     `json:"account"`
	From     finops.Day `json:"from"`
	To       finops.Day `json:"to"`
	Amount   finops.Sum `json:"amount"`
	Refused  string     `json:"refused" cli:"null"` // why there is no estimate; "" = there is
	Error    string     `json:"error" cli:"null"`
}

// Info is the estimate for the faces.
func (e *Estimate) Info() EstimateInfo {
	info := EstimateInfo{Metric: string(e.Metric), Currency: e.Currency, Days: []EstimatedDayInfo{}, Sets: []EstimatedSetInfo{}}
	for i := range e.Days {
		info.Days = append(info.Days, EstimatedDayInfo(e.Days[i]))
	}
	for i := range e.Sets {
		s := &e.Sets[i]
		one := EstimatedSetInfo{Provider: s.Provider, Account: s.Account, From: s.From, To: s.To, Amount: s.Amount, Refused: s.Refused}
		if s.Known {
			one.Error = fmt.Sprintf("%.4f", s.DailyWAPE)
		}
		info.Sets = append(info.Sets, one)
	}
	return info
}
