package service

import (
	"context"
	"math"
	"math/big"
	"slices"
	"strings"

	"cloud-intelligence/backend/analysis/budget"
	"cloud-intelligence/backend/engine"
	"cloud-intelligence/backend/finops"
)

// BudgetDetail is a budget in one period, day by day, and what moved it.
type BudgetDetail struct {
	BudgetStanding
	Days    []BudgetDay
	Drivers []BudgetDrivers
}

// BudgetDay is what a period came to up to a day; every sum counts from the first day of the period on.
type BudgetDay struct {
	Day      finops.Day
	Actual   *finops.Sum // nil = the day has not arrived
	Pace     *finops.Sum // nil = the period lies ahead
	Forecast *finops.Sum // nil = the day has arrived, or there is no forecast
	// Low80 and High80 lead from no width on the as-of day to the band of the whole period, with the root of the days.
	Low80, High80 *finops.Sum
}

// BudgetDrivers says which values of a column moved the actual of a period away from its pace. The parts of each column add up to the whole.
type BudgetDrivers struct {
	By   string // a FOCUS column
	Rows []BudgetDriver
	Rest *BudgetDriver // all other values together; nil = there are none
}

// BudgetDriver is one value. Expected is its part of the pace: the pace is divided as the charges of the 56 days before the period were.
type BudgetDriver struct {
	Value                      *string // nil = charges without one
	Actual, Expected, Variance finops.Sum
	Values                     int // that are together, in a rest
}

// The columns that drivers are looked for in, how many of each are listed, and how many are distinguished before the rest is one.
var driverColumns = []string{"ServiceName", "SubAccountId", "ResourceId"}

const (
	driversShown = 8
	driversApart = 60
)

// Detail returns a budget in one of its periods; "" = the one that is running, else the last that has begun, else the first. It answers
// CodeNotFound when there is no such budget or period, and CodeInvalid when the budget cannot be calculated.
func (w Budgets) Detail(ctx context.Context, name, period string) (*BudgetDetail, error) {
	all, err := w.List(ctx)
	if err != nil {
		return nil, err
	}
	b, err := named(all, name)
	if err != nil {
		return nil, err
	}
	if b.Problem != "" {
		return nil, finops.Errorf(finops.CodeInvalid, "The budget %q cannot be calculated. %s", b.Name, b.Problem)
	}
	var d *BudgetDetail
	err = w.engine.WithSnapshot(ctx, func(s *engine.Snapshot) error {
		x := evaluation{w: w.workspace, snapshot: s}
		family := []Budget{b}
		for _, child := range all {
			if strings.EqualFold(child.Parent, b.Name) && child.Problem == "" {
				family = append(family, child)
			}
		}
		if err := x.load(ctx, family...); err != nil {
			return err
		}
		list, err := x.budget(ctx, b)
		if err != nil {
			return err
		}
		at, err := periodOf(list, period)
		if err != nil {
			return err
		}
		for _, child := range family[1:] {
			of, err := x.budget(ctx, child)
			if err != nil {
				return err
			}
			list = append(list, of...)
		}
		enterChildren(list)
		d = &BudgetDetail{BudgetStanding: list[at]}
		d.Days = d.days()
		d.Drivers, err = x.drivers(ctx, &d.BudgetStanding)
		return err
	})
	if err != nil {
		return nil, err
	}
	report := &BudgetReport{Standings: []BudgetStanding{d.BudgetStanding}}
	err = w.enterAlerts(ctx, report)
	d.BudgetStanding = report.Standings[0]
	return d, err
}

// periodOf finds the period that is asked for.
func periodOf(list []BudgetStanding, period string) (int, error) {
	if period != "" {
		at := slices.IndexFunc(list, func(s BudgetStanding) bool { return strings.EqualFold(s.Period.Name, period) })
		if at < 0 {
			return 0, finops.Errorf(finops.CodeNotFound, "The budget %q has no period %s.", list[0].Name, period)
		}
		return at, nil
	}
	return ShownPeriod(list), nil
}

// ShownPeriod is the place of the period of one budget that matters now: the one that is running, else the last that has begun, else the first.
func ShownPeriod(list []BudgetStanding) int {
	shown := 0
	for i := range list {
		if list[i].Current {
			return i
		}
		if list[i].Period.First <= list[i].AsOf {
			shown = i
		}
	}
	return shown
}

// Recent is what each of the last 56 days until AsOf came to.
func (s *BudgetStanding) Recent() []finops.Sum { return s.recent }

// days adds up the period day by day.
func (s *BudgetStanding) days() []BudgetDay {
	list := make([]BudgetDay, 0, s.Period.Days())
	actual, coming := finops.Sum{}, s.Actual
	coming.AddSum(s.late)
	left := math.Sqrt(float64(max(s.Period.Last-s.AsOf, 1)))
	for d := s.Period.First; d <= s.Period.Last; d++ {
		day := BudgetDay{Day: d}
		at := int(d - s.Period.First)
		if at < len(s.costs) {
			actual.AddSum(s.costs[at])
			day.Actual = new(actual)
		}
		if s.basis != nil {
			day.Pace = new(s.basis.Pace(s.Amount, s.Period, d, s.Currency))
		}
		if to := at - len(s.costs); to >= 0 && to < len(s.to) {
			coming.AddSum(s.to[to].Forecast)
			day.Forecast = new(coming)
			if s.Low80 != nil {
				share := new(big.Rat).SetFloat64(math.Sqrt(float64(d-s.AsOf)) / left)
				day.Low80, day.High80 = around(coming, *s.Forecast, *s.Low80, *s.High80, share, s.Currency)
			}
		}
		list = append(list, day)
	}
	return list
}

// around lays a part of the width of a band around a sum.
func around(sum, forecast, low, high finops.Sum, share *big.Rat, currency string) (below, above *finops.Sum) {
	down, up := forecast, high
	down.SubSum(low)
	up.SubSum(forecast)
	l, h := sum, sum
	l.SubSum(budget.Share(down, share, currency))
	h.AddSum(budget.Share(up, share, currency))
	return &l, &h
}

// drivers says what moved a period that has begun.
func (x *evaluation) drivers(ctx context.Context, s *BudgetStanding) ([]BudgetDrivers, error) {
	if s.Pace == nil || s.Period.First > s.AsOf {
		return nil, nil
	}
	var list []BudgetDrivers
	for _, column := range driverColumns {
		before, err := x.byValue(ctx, s, column, s.Period.First-budget.PaceDays, s.Period.First-1)
		if err != nil {
			return nil, err
		}
		now, err := x.byValue(ctx, s, column, s.Period.First, min(s.AsOf, s.Period.Last))
		if err != nil {
			return nil, err
		}
		if len(before) == 0 { // there is nothing to divide the pace by
			return nil, nil
		}
		list = append(list, driversOf(column, s, before, now))
	}
	return list, nil
}

// valued is what the charges with a value of a column came to.
type valued struct {
	value *string
	sum   finops.Sum
}

// byValue returns what the charges of a budget came to in a span by the values of a column, the largest first.
func (x *evaluation) byValue(ctx context.Context, s *BudgetStanding, column string, from, to finops.Day) ([]valued, error) {
	a, err := x.snapshot.Ask(ctx, finops.Question{Metrics: []finops.Metric{s.Metric}, GroupBy: []string{column}, Where: s.filter, From: &from, To: &to, Currency: s.Currency})
	if err != nil {
		return nil, err
	}
	var list []valued
	for _, r := range a.Rows {
		if r.Amounts[0] != nil {
			list = append(list, valued{r.Keys[0], *r.Amounts[0]})
		}
	}
	return list, nil
}

// driversOf divides the pace as the charges were divided before, and lays the actual beside it.
func driversOf(column string, s *BudgetStanding, before, now []valued) BudgetDrivers {
	apart := map[string]int{}
	var rows []BudgetDriver
	var weights []finops.Sum
	for _, list := range [][]valued{now, before} {
		for _, v := range list[:min(len(list), driversApart)] {
			if _, known := apart[keyID(v.value)]; !known {
				apart[keyID(v.value)] = len(rows)
				rows = append(rows, BudgetDriver{Value: v.value, Values: 1})
			}
		}
	}
	rows = append(rows, BudgetDriver{})
	weights = make([]finops.Sum, len(rows))
	others := map[string]bool{}
	place := func(v valued) int {
		if at, ok := apart[keyID(v.value)]; ok {
			return at
		}
		others[keyID(v.value)] = true
		return len(rows) - 1
	}
	for _, v := range before {
		if v.sum.Sign() > 0 { // a credit has no part of what may be spent
			weights[place(v)].AddSum(v.sum)
		}
	}
	for _, v := range now {
		rows[place(v)].Actual.AddSum(v.sum)
	}
	for i, part := range budget.Spread(s.Pace.Amount(), weights, s.Currency) {
		rows[i].Expected.Add(part)
		rows[i].Variance = rows[i].Actual
		rows[i].Variance.SubSum(rows[i].Expected)
	}
	rest := rows[len(rows)-1]
	rest.Values = len(others)
	rows = rows[:len(rows)-1]
	slices.SortStableFunc(rows, func(a, b BudgetDriver) int { return magnitude(b.Variance).Cmp(magnitude(a.Variance)) })
	for _, r := range rows[min(len(rows), driversShown):] {
		rest.Actual.AddSum(r.Actual)
		rest.Expected.AddSum(r.Expected)
		rest.Variance.AddSum(r.Variance)
		rest.Values++
	}
	out := BudgetDrivers{By: column, Rows: rows[:min(len(rows), driversShown)]}
	if rest.Values > 0 || !rest.Expected.IsZero() {
		out.Rest = &rest
	}
	return out
}

// magnitude is a sum without its sign.
func magnitude(s finops.Sum) finops.Sum {
	if s.Sign() < 0 {
		return s.Neg()
	}
	return s
}
