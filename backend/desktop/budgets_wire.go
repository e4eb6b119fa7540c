package desktop

import (
	"cloud-intelligence/backend/analysis/budget"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/finops/filter"
	"cloud-intelligence/backend/finops/wire"
	"cloud-intelligence/backend/service"
	"cloud-intelligence/backend/store"
)

// BudgetsInfo is how the budgets stand.
type BudgetsInfo struct {
	Standings []BudgetStanding `json:"standings"` // one for each budget, by name
	Problems  []string         `json:"problems"`  // sentences: budgets that cannot be calculated
	Broken    []BudgetInfo     `json:"broken"`    // those budgets
	// Providers are the budgets that the providers keep, as connections read them last; they are shown and never counted.
	Providers []service.ProviderBudgetInfo `json:"providers"`
}

// BudgetInfo is a budget in one version.
type BudgetInfo struct {
	service.BudgetInfo
	Scope      string            `json:"scope"`      // its name; "" = Where says it
	Where      finops.Filter     `json:"where"`      // the charges that count, also those of the scope
	Text       string            `json:"text"`       // the filter where there is no scope; "" = all charges
	FirstMonth int               `json:"firstMonth"` // of fiscal years, 1 to 12
	Weeks      bool              `json:"weeks"`      // fiscal years of 4, 4 and 5 weeks
	Thresholds []BudgetThreshold `json:"thresholds"`
}

// BudgetThreshold says when an alert is raised. Percent is an amount for the kind absolute, and a number of days for breach.
type BudgetThreshold struct {
	Kind    budget.Kind `json:"kind"`
	Percent string      `json:"percent"`
}

// ReachedThreshold is a threshold that is reached, and since which charge day.
type ReachedThreshold struct {
	Kind      budget.Kind `json:"kind"`
	Percent   string      `json:"percent"`
	CrossedAt string      `json:"crossedAt"`
}

// BudgetStanding says how a budget stands in one period. Shares are parts of 1; "" where there is nothing to be a share of.
type BudgetStanding struct {
	service.StandingInfo
	Budget BudgetInfo `json:"budget"`
	// Reached are the thresholds that are reached with what counts now, and Alerts how many were raised.
	Reached []ReachedThreshold `json:"reached"`
	Alerts  int                `json:"alerts"`
	Recent  []string           `json:"recent"` // cost by day, the last one is the as-of day
}

// BudgetDetailInfo is a budget in one period, day by day, and what moved it.
type BudgetDetailInfo struct {
	Standing BudgetStanding  `json:"standing"`
	Days     []BudgetDay     `json:"days"`
	Drivers  []BudgetDrivers `json:"drivers"` // none where there was nothing before the period to compare with
	Raised   []BudgetAlert   `json:"raised"`
}

// BudgetDay is what a period came to from its first day up to a day; null where a figure says nothing of it.
type BudgetDay struct {
	Day      string  `json:"day"`
	Actual   *string `json:"actual"`
	Pace     *string `json:"pace"`
	Forecast *string `json:"forecast"`
	Low80    *string `json:"low80"`
	High80   *string `json:"high80"`
}

// BudgetDrivers says which values of a column moved the actual away from the pace; the variances add up to that of the standing.
type BudgetDrivers struct {
	By   string         `json:"by"` // a FOCUS column
	Rows []BudgetDriver `json:"rows"`
	Rest *BudgetDriver  `json:"rest"` // all other values; null = there are none
}

// BudgetDriver is one value of a column, or the others together.
type BudgetDriver struct {
	Value    *string `json:"value"` // null = charges without one
	Values   int     `json:"values"`
	Actual   string  `json:"actual"`
	Expected string  `json:"expected"` // its part of the pace
	Variance string  `json:"variance"`
}

// BudgetAlert is an alert that was raised for a period.
type BudgetAlert struct {
	Threshold BudgetThreshold `json:"threshold"`
	CrossedAt string          `json:"crossedAt"`
	SeenAt    string          `json:"seenAt"`
	SentTo    []string        `json:"sentTo"`
}

// BudgetDraft is a budget as a person wants to keep it.
type BudgetDraft struct {
	Name       string                 `json:"name"`
	Was        string                 `json:"was"`   // the name that it had; "" = the same, or it is new
	Scope      string                 `json:"scope"` // name of a scope; "" = Where says it
	Where      finops.Filter          `json:"where"`
	Metric     string                 `json:"metric"`
	Currency   string                 `json:"currency"`
	FirstMonth int                    `json:"firstMonth"`
	Weeks      bool                   `json:"weeks"`
	Amounts    []service.BudgetAmount `json:"amounts"`
	Thresholds []BudgetThreshold      `json:"thresholds"`
	RollOver   bool                   `json:"rollOver"`
	Parent     string                 `json:"parent"`
	Reason     string                 `json:"reason"`
}

// BudgetFill says how the amounts of the parts of a period are made.
type BudgetFill struct {
	By     FillBy       `json:"by"`
	Each   service.Each `json:"each"`
	Period string       `json:"period"` // what is taken apart: a year or a quarter
	Value  string       `json:"value"`  // the amount of each, a total, or percent more than last year
}

// FillBy is a way to make amounts.
type FillBy string

// The ways to make amounts. Even, days and last-year spread a total.
const (
	FillSame     FillBy = "same"
	FillEven     FillBy = "even"
	FillDays     FillBy = "days"
	FillLastYear FillBy = "last-year" // by what each month cost a year before
	FillPercent  FillBy = "percent"   // what each month cost a year before, and so many percent more
)

// PastedAmounts are amounts that were read from a text, or what is wrong with it.
type PastedAmounts struct {
	Amounts  []service.BudgetAmount `json:"amounts"`
	Problems []RowProblem           `json:"problems"`
}

// RowProblem says what is wrong with a row of a file or a text, from 1.
type RowProblem struct {
	Line    int    `json:"line"`
	Problem string `json:"problem"`
}

// PeriodInfo is a period with its days.
type PeriodInfo struct {
	Name string `json:"name"`
	From string `json:"from"`
	To   string `json:"to"`
}

// BudgetImport is what came of importing budgets.
type BudgetImport struct {
	Imported int          `json:"imported"`
	Problems []RowProblem `json:"problems"` // nothing was imported
	Taken    []string     `json:"taken"`    // budgets that there are already; nothing was imported
}

func (d BudgetDraft) calendar() budget.Calendar {
	return budget.Calendar{FirstMonth: d.FirstMonth, Weeks: d.Weeks}
}

func (d BudgetDraft) budget() (budget.Budget, error) {
	b := budget.Budget{Scope: d.Scope, Metric: finops.Metric(d.Metric), Currency: d.Currency, Calendar: d.calendar(), RollOver: d.RollOver, Parent: d.Parent}
	if d.Scope == "" {
		b.Where = filter.Print(d.Where)
	}
	if d.FirstMonth < 0 || d.FirstMonth > 12 {
		return b, finops.Errorf(finops.CodeInvalid, "A fiscal year starts in one of twelve months.")
	}
	for _, a := range d.Amounts {
		amount, err := typedAmount(a.Amount, d.Currency)
		if err != nil {
			return b, finops.WrapError(finops.CodeInvalid, err, "%s: %s", a.Period, finops.MessageOf(err))
		}
		b.Amounts = append(b.Amounts, budget.Amount{Period: a.Period, Amount: amount})
	}
	for _, t := range d.Thresholds {
		number, err := typedAmount(t.Percent, d.Currency)
		if err != nil {
			return b, err
		}
		threshold, err := budget.ParseThreshold(string(t.Kind) + "=" + number.String())
		if err != nil {
			return b, err
		}
		b.Thresholds = append(b.Thresholds, threshold)
	}
	return b, nil
}

func budgetThreshold(t budget.Threshold) BudgetThreshold {
	return BudgetThreshold{t.Kind, t.Percent.String()}
}

func budgetInfo(b *service.Budget) BudgetInfo {
	return BudgetInfo{
		BudgetInfo: b.Info(), Scope: b.Scope, Where: wire.Filter(b.Filter()), Text: b.Where, FirstMonth: max(b.Calendar.FirstMonth, 1), Weeks: b.Calendar.Weeks,
		Thresholds: wire.Each(b.Thresholds, budgetThreshold),
	}
}

func budgetStanding(s *service.BudgetStanding) BudgetStanding {
	return BudgetStanding{
		StandingInfo: s.Info(), Budget: budgetInfo(&s.Budget), Alerts: len(s.Alerts),
		Reached: wire.Each(s.Reached, func(t service.ReachedThreshold) ReachedThreshold {
			return ReachedThreshold{t.Kind, t.Percent.String(), t.CrossedAt.String()}
		}),
		Recent: wire.Each(s.Recent(), func(sum finops.Sum) string { return sum.String() }),
	}
}

func budgetsInfo(report *service.BudgetReport) BudgetsInfo {
	info := BudgetsInfo{Standings: []BudgetStanding{}, Problems: wire.List(report.Problems), Broken: []BudgetInfo{}}
	for i := range report.Broken {
		info.Broken = append(info.Broken, budgetInfo(&report.Broken[i]))
	}
	for i := 0; i < len(report.Standings); {
		end := i
		for end < len(report.Standings) && report.Standings[end].Name == report.Standings[i].Name {
			end++
		}
		of := report.Standings[i:end]
		info.Standings = append(info.Standings, budgetStanding(&of[service.ShownPeriod(of)]))
		i = end
	}
	return info
}

func budgetDetailInfo(d *service.BudgetDetail) BudgetDetailInfo {
	driver := func(r service.BudgetDriver) BudgetDriver {
		return BudgetDriver{r.Value, r.Values, r.Actual.String(), r.Expected.String(), r.Variance.String()}
	}
	return BudgetDetailInfo{
		Standing: budgetStanding(&d.BudgetStanding),
		Days: wire.Each(d.Days, func(b service.BudgetDay) BudgetDay {
			return BudgetDay{b.Day.String(), wire.Sum(b.Actual), wire.Sum(b.Pace), wire.Sum(b.Forecast), wire.Sum(b.Low80), wire.Sum(b.High80)}
		}),
		Drivers: wire.Each(d.Drivers, func(b service.BudgetDrivers) BudgetDrivers {
			out := BudgetDrivers{By: b.By, Rows: wire.Each(b.Rows, driver)}
			if b.Rest != nil {
				rest := driver(*b.Rest)
				out.Rest = &rest
			}
			return out
		}),
		Raised: wire.Each(d.Alerts, func(a store.Alert) BudgetAlert {
			return BudgetAlert{BudgetThreshold{budget.Kind(a.Kind), a.Percent}, a.CrossedAt.String(), wire.Instant(a.SeenAt), wire.List(a.SentTo)}
		}),
	}
}
