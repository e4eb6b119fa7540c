package desktop

import (
	"strings"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/finops/wire"
	"cloud-intelligence/backend/service"
)

// ForecastEffectInfo is a planned change, or the end of a commitment, in a forecast.
type ForecastEffectInfo struct {
	Name     string `json:"name"`
	Kind     string `json:"kind"` // of a planned change; "" = the end of a commitment
	FirstDay string `json:"firstDay"`
	Total    string `json:"total"` // over all days of the forecast
}

// PlannedInput is what a person says of a planned change.
type PlannedInput struct {
	Name       string              `json:"name"`
	Kind       service.PlannedKind `json:"kind"`
	Scope      string              `json:"scope"` // "" = all charges, or those of Where
	Where      string              `json:"where"` // a filter as text
	From       string              `json:"from"`
	To         string              `json:"to"`      // "" = it lasts
	Monthly    string              `json:"monthly"` // decimals of launches and savings, in Currency; "" = none
	Currency   string              `json:"currency"`
	Percent    string              `json:"percent"` // of prices and shut-downs; "" = none
	Commitment string              `json:"commitment"`
	Note       string              `json:"note"`
}

// PlannedInfo is a planned change.
type PlannedInfo struct {
	Change    PlannedInput `json:"change"`
	Version   int64        `json:"version"`
	ChangedAt string       `json:"changedAt"`
	ChangedBy string       `json:"changedBy"`
	Problem   string       `json:"problem"` // why it cannot be used; "" = it can
}

// FrozenInfo is a forecast that was kept, beside what came.
type FrozenInfo struct {
	Name      string            `json:"name"`
	Metric    string            `json:"metric"`
	Currency  string            `json:"currency"`
	Scope     string            `json:"scope"`
	Where     string            `json:"where"` // the filter as text; "" = all charges
	AsOf      string            `json:"asOf"`
	Complete  string            `json:"complete"` // the last complete day of now
	Months    []FrozenMonthInfo `json:"months"`
	ChangedAt string            `json:"changedAt"`
	ChangedBy string            `json:"changedBy"`
	Problem   string            `json:"problem"` // why what came is not known; "" = it is
}

// FrozenMonthInfo is a month as it was forecast. Actual is null where nothing can have arrived yet; Whole says that the month is over.
type FrozenMonthInfo struct {
	Month    string  `json:"month"`
	Forecast string  `json:"forecast"`
	Low80    string  `json:"low80"`
	High80   string  `json:"high80"`
	Actual   *string `json:"actual"`
	Whole    bool    `json:"whole"`
}

func effectInfo(e service.ForecastEffect) ForecastEffectInfo {
	return ForecastEffectInfo{e.Name, string(e.Kind), e.First.String(), e.Total.String()}
}

func plannedInfo(p service.PlannedChange) PlannedInfo {
	return PlannedInfo{
		PlannedInput{p.Name, p.Kind, p.Scope, p.Where, p.From.String(), wire.Day(p.To), optionalAmount(p.Monthly), p.Currency, optionalAmount(p.Percent), p.Commitment, p.Note},
		p.Version, wire.Instant(p.ChangedAt), p.ChangedBy, p.Problem,
	}
}

func optionalAmount(a *finops.Amount) string {
	if a == nil {
		return ""
	}
	return a.String()
}

func (p PlannedInput) change() (service.PlannedChange, error) {
	c := service.PlannedChange{Name: p.Name, Kind: p.Kind, Scope: p.Scope, Where: p.Where, Currency: p.Currency, Commitment: p.Commitment, Note: p.Note}
	var err error
	if c.From, err = finops.ParseDay(p.From); err != nil {
		return c, err
	}
	if c.To, err = day(p.To); err != nil {
		return c, err
	}
	for _, field := range []struct {
		text string
		to   **finops.Amount
	}{{p.Monthly, &c.Monthly}, {p.Percent, &c.Percent}} {
		if strings.TrimSpace(field.text) == "" {
			continue
		}
		a, err := finops.ParseAmount([]byte(field.text))
		if err != nil {
			return c, finops.WrapError(finops.CodeInvalid, err, "%q is not a number.", field.text)
		}
		*field.to = &a
	}
	return c, nil
}

func frozenInfo(f service.FrozenForecast) FrozenInfo {
	return FrozenInfo{
		f.Name, string(f.Metric), f.Currency, f.Scope, f.Where, f.AsOf.String(), f.Complete.String(),
		wire.Each(f.Months, func(m service.FrozenMonth) FrozenMonthInfo {
			return FrozenMonthInfo{m.Month.String(), m.Parts.Forecast.String(), m.Parts.Low80.String(), m.Parts.High80.String(), wire.Sum(m.Actual), m.Whole}
		}),
		wire.Instant(f.ChangedAt), f.ChangedBy, f.Problem,
	}
}

// plannedText says what a planned change is, a line for each field.
func plannedText(p service.PlannedChange) string {
	info := plannedInfo(p).Change
	var b strings.Builder
	b.WriteString(string(p.Kind))
	for _, field := range [][2]string{
		{"Scope", info.Scope}, {"Where", info.Where}, {"First day", info.From}, {"Last day", info.To}, {"A month", strings.TrimSpace(info.Monthly + " " + info.Currency)}, {"Percent", info.Percent},
		{"Commitment", info.Commitment}, {"Note", info.Note},
	} {
		if field[1] != "" {
			b.WriteString("\n" + field[0] + ": " + field[1])
		}
	}
	return b.String()
}
