package service

import (
	"context"
	"encoding/json"
	"strings"
	"time"

	"cloud-intelligence/backend/analysis/forecast"
	"cloud-intelligence/backend/engine"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/finops/filter"
	"cloud-intelligence/backend/finops/rules"
	"cloud-intelligence/backend/store"
)

// FrozenForecast is a forecast that was kept, beside what came.
type FrozenForecast struct {
	Name      string
	Metric    finops.Metric
	Currency  string
	Scope     string // as it was called then; "" = the filter only
	Where     string // the filter as text; "" = all charges
	AsOf      finops.Day
	Months    []FrozenMonth
	Complete  finops.Day // the last complete day of now
	Version   int64
	ChangedAt time.Time
	ChangedBy string
	Problem   string // why what came is not known; "" = it is
}

// FrozenMonth is a month as it was forecast, and what came.
type FrozenMonth struct {
	Month  finops.Month `json:"month"`
	Parts  FrozenSpan   `json:"parts"`
	Actual *finops.Sum  `json:"-"` // nil = nothing can have arrived yet
	Whole  bool         `json:"-"` // the month is over
}

// FrozenSpan is what a month was forecast to come to.
type FrozenSpan struct {
	Forecast finops.Sum `json:"forecast"`
	Low80    finops.Sum `json:"low80"`
	High80   finops.Sum `json:"high80"`
	Low95    finops.Sum `json:"low95"`
	High95   finops.Sum `json:"high95"`
}

// frozenContent is what is kept of a frozen forecast.
type frozenContent struct {
	Metric   finops.Metric `json:"metric"`
	Currency string        `json:"currency"`
	Scope    string        `json:"scope"`
	Where    string        `json:"where"`
	AsOf     finops.Day    `json:"asOf"`
	Months   []FrozenMonth `json:"months"`
}

// Freeze keeps a forecast under a name, to be compared with what comes. It answers CodeConflict where the name is taken, CodeInvalid where
// there is no forecast; see Forecast for the others.
func (w Forecasts) Freeze(ctx context.Context, name, scope string, q ForecastQuestion) error {
	name = strings.TrimSpace(name)
	if err := rules.CheckName("frozen forecast", name); err != nil {
		return err
	}
	f, err := w.Forecast(ctx, q)
	if err != nil {
		return err
	}
	if f.Refused != "" {
		return finops.Errorf(finops.CodeInvalid, "There is no forecast to keep. %s", f.Refused)
	}
	c := frozenContent{Metric: f.Metric, Currency: f.Currency, Scope: scope, AsOf: f.AsOf}
	if where := q.Where.Normal(); !where.Everything() {
		c.Where = filter.Print(where)
	}
	for _, m := range f.Months {
		c.Months = append(c.Months, FrozenMonth{Month: m.Month, Parts: spanOf(m.Span)})
	}
	_, err = w.saveOutlook(ctx, store.FrozenForecasts, name, c, 0)
	return err
}

func spanOf(s forecast.Span) FrozenSpan {
	return FrozenSpan{s.Forecast, s.Low80, s.High80, s.Low95, s.High95}
}

// Unfreeze removes a frozen forecast, which never changes. It answers CodeNotFound when there is none of the name.
func (w Forecasts) Unfreeze(ctx context.Context, name string) error {
	return w.db.DeleteOutlook(ctx, store.FrozenForecasts, name, AnyVersion, w.user, w.now())
}

// Frozen lists the frozen forecasts by name, each beside what came, all of one snapshot.
func (w Forecasts) Frozen(ctx context.Context) ([]FrozenForecast, error) {
	saved, err := w.db.Outlooks(ctx, store.FrozenForecasts)
	if err != nil {
		return nil, err
	}
	list := make([]FrozenForecast, len(saved))
	err = w.engine.WithSnapshot(ctx, func(s *engine.Snapshot) error {
		for i, n := range saved {
			if list[i], err = w.frozen(ctx, s, n); err != nil {
				return err
			}
		}
		return nil
	})
	return list, err
}

// frozen reads a frozen forecast and lays what came beside it.
func (w Forecasts) frozen(ctx context.Context, s *engine.Snapshot, n store.Named) (FrozenForecast, error) {
	var c frozenContent
	out := FrozenForecast{Name: n.Name, Version: n.Version, ChangedAt: n.ChangedAt, ChangedBy: n.ChangedBy}
	if json.Unmarshal([]byte(n.Content), &c) != nil || len(c.Months) == 0 {
		out.Problem = "It was written by another version of the program and cannot be read."
		return out, nil //nolint:nilerr // it is listed with what is wrong with it
	}
	out.Metric, out.Currency, out.Scope, out.Where, out.AsOf, out.Months = c.Metric, c.Currency, c.Scope, c.Where, c.AsOf, c.Months
	var where finops.Filter
	var err error
	if c.Where != "" {
		if where, err = filter.Parse(c.Where); err == nil {
			err = w.engine.CheckFilter(ctx, where)
		}
		if err != nil {
			out.Problem = finops.MessageOf(err)
			return out, nil
		}
	}
	f := forecasting{snapshot: s, q: ForecastQuestion{Metric: c.Metric, Currency: c.Currency, Where: where}, today: finops.DayOfUnix(w.now().Unix())}
	_, sets, err := f.read(ctx)
	if err != nil {
		return out, err
	}
	if f.asOf, err = f.complete(ctx, sets); err != nil {
		return out, err
	}
	out.Complete = f.asOf
	days := f.costs.daily(f.asOf, c.Currency)
	for i := range out.Months {
		m := &out.Months[i]
		if m.Month.First() > f.asOf {
			continue
		}
		m.Actual, m.Whole = &finops.Sum{}, m.Month.Last() <= f.asOf
		for d := m.Month.First(); d <= m.Month.Last(); d++ {
			m.Actual.AddSum(days[d])
		}
	}
	return out, nil
}
