package service

import (
	"cloud-intelligence/backend/analysis/forecast"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/finops/wire"
)

// ForecastInfo is what a cost will come to, month by month.
type ForecastInfo struct {
	Metric   string               `json:"metric"`
	Currency string               `json:"currency"`
	AsOf     finops.Day           `json:"asOf"`               // the last day that is complete
	Refused  string               `json:"refused" cli:"null"` // why there is no forecast; "" = there is
	Months   []ForecastMonthInfo  `json:"months"`             // from the one that is running, or the next, on
	Effects  []ForecastEffectInfo `json:"effects"`            // planned changes and ends of commitments that are in it
}

// ForecastMonthInfo is what a month comes to.
type ForecastMonthInfo struct {
	Month string `json:"month"`
	ForecastSpanInfo
}

// ForecastSpanInfo is what days come to: Forecast is Actual, Fixed, Varying, Ends and Planned together. Actual is null where nothing can have
// arrived yet.
type ForecastSpanInfo struct {
	Actual   *finops.Sum `json:"actual"`
	Fixed    finops.Sum  `json:"fixed"`   // fees to come
	Varying  finops.Sum  `json:"varying"` // usage to come
	Ends     finops.Sum  `json:"ends"`    // what known ends of commitments change
	Planned  finops.Sum  `json:"planned"` // what planned changes do
	Forecast finops.Sum  `json:"forecast"`
	Low80    finops.Sum  `json:"low80"`
	High80   finops.Sum  `json:"high80"`
	Low95    finops.Sum  `json:"low95"`
	High95   finops.Sum  `json:"high95"`
}

// ForecastEffectInfo is a planned change, or the end of a commitment, in a forecast.
type ForecastEffectInfo struct {
	Name     string     `json:"name"`
	Kind     string     `json:"kind" cli:"null"` // of a planned change; "" = the end of a commitment
	FirstDay finops.Day `json:"firstDay"`
	Total    finops.Sum `json:"total"` // over all days of the forecast
}

// Info is the forecast for the faces.
func (f *Forecast) Info() ForecastInfo {
	info := ForecastInfo{
		Metric: string(f.Metric), Currency: f.Currency, Months: []ForecastMonthInfo{},
		Effects: wire.Each(f.Effects, func(e ForecastEffect) ForecastEffectInfo {
			return ForecastEffectInfo{e.Name, string(e.Kind), e.First, e.Total}
		}),
	}
	if r := f.Result; r != nil {
		info.AsOf, info.Refused = r.AsOf, r.Refused
		for i := range r.Months {
			info.Months = append(info.Months, ForecastMonthInfo{r.Months[i].Month.String(), SpanOf(&r.Months[i].Span)})
		}
	}
	return info
}

// SpanOf is what days of a forecast come to, for the faces.
func SpanOf(s *forecast.Span) ForecastSpanInfo {
	return ForecastSpanInfo{s.Actual, s.Fixed, s.Varying, s.Ends, s.Planned, s.Forecast, s.Low80, s.High80, s.Low95, s.High95}
}

// PlannedInfo is what a person says of a planned change.
type PlannedInfo struct {
	Name       string      `json:"name"`
	Kind       PlannedKind `json:"kind"`
	Scope      string      `json:"scope" cli:"null"` // "" = all charges, or those of Where
	Where      string      `json:"where" cli:"null"` // a filter as text
	From       string      `json:"from"`
	To         string      `json:"to" cli:"null"`                    // "" = it lasts
	Monthly    string      `json:"monthly" cli:"null" cell:"amount"` // decimals of launches and savings, in Currency; "" = none
	Currency   string      `json:"currency" cli:"null"`
	Percent    string      `json:"percent" cli:"null" cell:"quantity"` // of prices and shut-downs; "" = none
	Commitment string      `json:"commitment" cli:"null"`
	Note       string      `json:"note" cli:"null"`
}

// Info is the planned change for the faces.
func (p *PlannedChange) Info() PlannedInfo {
	return PlannedInfo{p.Name, p.Kind, p.Scope, p.Where, p.From.String(), wire.Day(p.To), optionalText(p.Monthly), p.Currency, optionalText(p.Percent), p.Commitment, p.Note}
}

func optionalText(a *finops.Amount) string {
	if a == nil {
		return ""
	}
	return a.String()
}

// FrozenInfo is a forecast that was kept, beside what came.
type FrozenInfo struct {
	Name      string            `json:"name"`
	Metric    string            `json:"metric"`
	Currency  string            `json:"currency"`
	Scope     string            `json:"scope" cli:"null"`
	Where     string            `json:"where" cli:"null"` // the filter as text; "" = all charges
	AsOf      finops.Day        `json:"asOf"`
	Complete  finops.Day        `json:"complete"` // the last complete day of now
	Months    []FrozenMonthInfo `json:"months"`
	ChangedAt string            `json:"changedAt"`
	ChangedBy string            `json:"changedBy"`
	Problem   string            `json:"problem" cli:"null"` // why what came is not known; "" = it is
}

// FrozenMonthInfo is a month as it was forecast. Actual is null where nothing can have arrived yet; Complete says that the month is over.
type FrozenMonthInfo struct {
	Month    string      `json:"month"`
	Forecast finops.Sum  `json:"forecast"`
	Low80    finops.Sum  `json:"low80"`
	High80   finops.Sum  `json:"high80"`
	Actual   *finops.Sum `json:"actual"`
	Complete bool        `json:"complete"`
}

// Info is the frozen forecast for the faces.
func (f FrozenForecast) Info() FrozenInfo {
	return FrozenInfo{
		f.Name, string(f.Metric), f.Currency, f.Scope, f.Where, f.AsOf, f.Complete,
		wire.Each(f.Months, func(m FrozenMonth) FrozenMonthInfo {
			return FrozenMonthInfo{m.Month.String(), m.Parts.Forecast, m.Parts.Low80, m.Parts.High80, m.Actual, m.Whole}
		}),
		wire.Instant(f.ChangedAt), f.ChangedBy, f.Problem,
	}
}
