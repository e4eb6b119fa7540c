package desktop

import (
	"strconv"

	"cloud-intelligence/backend/analysis/forecast"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/finops/wire"
	"cloud-intelligence/backend/service"
)

// ForecastQuestion asks what a cost will come to.
type ForecastQuestion struct {
	Metric   string        `json:"metric"`
	Currency string        `json:"currency"` // "" = the only one of the charges
	Where    finops.Filter `json:"where"`
	Months   int           `json:"months"` // after the one that is running, at most 24
}

func (q ForecastQuestion) question() (service.ForecastQuestion, error) {
	metric, err := finops.ParseMetric(q.Metric)
	return service.ForecastQuestion{Metric: metric, Currency: q.Currency, Where: q.Where, Ahead: q.Months}, err
}

// ForecastInfo is what a cost will come to. Amounts are decimals.
type ForecastInfo struct {
	Metric   string               `json:"metric"`
	Currency string               `json:"currency"`
	AsOf     string               `json:"asOf"`    // the last day that is complete
	Refused  string               `json:"refused"` // why there is no forecast; "" = there is
	Models   []ForecastModel      `json:"models"`  // those that count most first
	Backtest ForecastBacktest     `json:"backtest"`
	Past     []ForecastPast       `json:"past"`    // months that were over on the as-of day, the oldest first
	Months   []ForecastMonthInfo  `json:"months"`  // from the one that is running, or the next, on
	Effects  []ForecastEffectInfo `json:"effects"` // planned changes and ends of commitments that are in it
	Notes    []string             `json:"notes"`
}

// ForecastModel is how much a model counts in the mix; all shares add up to 1.
type ForecastModel struct {
	Model string `json:"model"`
	Share string `json:"share"`
}

// ForecastBacktest says what the method was off in the past, as shares of the cost; null where nothing could be tested.
type ForecastBacktest struct {
	WAPE  *string          `json:"wape"`
	Bias  *string          `json:"bias"`
	Daily *string          `json:"daily"`
	Tests []ForecastedInfo `json:"tests"` // by month end, the oldest first
}

// ForecastedInfo is a forecast of whole months from one month end of the past.
type ForecastedInfo struct {
	AsOf     string `json:"asOf"`
	Months   int    `json:"months"`
	Actual   string `json:"actual"`
	Forecast string `json:"forecast"`
	WAPE     string `json:"wape"`
}

// ForecastPast is what a month came to.
type ForecastPast struct {
	Month  string `json:"month"`
	Actual string `json:"actual"`
	Whole  bool   `json:"whole"` // the history has all its days
}

// ForecastMonthInfo is what a month comes to: Forecast is Actual, Fixed, Varying, Ends and Planned together. Actual is null where nothing can have arrived yet.
type ForecastMonthInfo struct {
	Month    string  `json:"month"`
	Actual   *string `json:"actual"`
	Fixed    string  `json:"fixed"`   // fees to come
	Varying  string  `json:"varying"` // usage to come
	Ends     string  `json:"ends"`    // what known ends of commitments change
	Planned  string  `json:"planned"` // what planned changes do
	Forecast string  `json:"forecast"`
	Low80    string  `json:"low80"`
	High80   string  `json:"high80"`
	Low95    string  `json:"low95"`
	High95   string  `json:"high95"`
}

// forecastInfo converts a forecast; nil is one without anything in it.
func forecastInfo(f *service.Forecast) ForecastInfo {
	if f == nil {
		f = &service.Forecast{}
	}
	r := f.Result
	if r == nil {
		r = &forecast.Result{}
	}
	b := r.Backtest
	return ForecastInfo{
		Metric: string(f.Metric), Currency: f.Currency, AsOf: r.AsOf.String(), Refused: r.Refused, Notes: wire.List(f.Notes), Effects: wire.Each(f.Effects, effectInfo),
		Models: wire.Each(r.Models, func(s forecast.Share) ForecastModel { return ForecastModel{s.Model, shareText(s.Weight)} }),
		Backtest: ForecastBacktest{
			WAPE: knownShare(b.Known, b.WAPE), Bias: knownShare(b.Known, b.Bias), Daily: knownShare(b.Known, b.DailyWAPE),
			Tests: wire.Each(b.Tests, func(t forecast.Test) ForecastedInfo {
				return ForecastedInfo{t.AsOf.String(), t.Months, t.Actual.String(), t.Forecast.String(), shareText(t.WAPE)}
			}),
		},
		Past: wire.Each(r.Past, func(p forecast.Past) ForecastPast { return ForecastPast{p.Month.String(), p.Actual.String(), p.Whole} }),
		Months: wire.Each(r.Months, func(m forecast.Month) ForecastMonthInfo {
			return ForecastMonthInfo{
				Month: m.Month.String(), Actual: wire.Sum(m.Actual), Fixed: m.Fixed.String(), Varying: m.Varying.String(), Ends: m.Ends.String(), Planned: m.Planned.String(), Forecast: m.Forecast.String(),
				Low80: m.Low80.String(), High80: m.High80.String(), Low95: m.Low95.String(), High95: m.High95.String(),
			}
		}),
	}
}

// shareText spells a share with four decimals.
func shareText(v float64) string { return strconv.FormatFloat(v, 'f', 4, 64) }

func knownShare(known bool, v float64) *string {
	if !known {
		return nil
	}
	return new(shareText(v))
}
