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
	service.ForecastInfo
	Models   []ForecastModel  `json:"models"` // those that count most first
	Backtest ForecastBacktest `json:"backtest"`
	Past     []ForecastPast   `json:"past"` // months that were over on the as-of day, the oldest first
	Notes    []string         `json:"notes"`
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
		ForecastInfo: f.Info(), Notes: wire.List(f.Notes),
		Models: wire.Each(r.Models, func(s forecast.Share) ForecastModel { return ForecastModel{s.Model, shareText(s.Weight)} }),
		Backtest: ForecastBacktest{
			WAPE: knownShare(b.Known, b.WAPE), Bias: knownShare(b.Known, b.Bias), Daily: knownShare(b.Known, b.DailyWAPE),
			Tests: wire.Each(b.Tests, func(t forecast.Test) ForecastedInfo {
				return ForecastedInfo{t.AsOf.String(), t.Months, t.Actual.String(), t.Forecast.String(), shareText(t.WAPE)}
			}),
		},
		Past: wire.Each(r.Past, func(p forecast.Past) ForecastPast { return ForecastPast{p.Month.String(), p.Actual.String(), p.Whole} }),
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
