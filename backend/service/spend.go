package service

import (
	"context"
	"slices"

	"cloud-intelligence/backend/analysis/spend"
	"cloud-intelligence/backend/engine"
	"cloud-intelligence/backend/finops"
)

// SpendQuestion asks for a cost by the values of one column.
type SpendQuestion struct {
	Metric   finops.Metric
	Currency string
	Where    finops.Filter
	From, To *finops.Day // nil = the first, the last day of the ledger
	Column   string
	// NameColumn holds readable names of the values, "" = only accounts have names; Beside are
	// columns of which each row gets the value of its largest charges.
	NameColumn string
	Beside     []string
	Top        int // rows and movers at most; 0 = all
	Base       spend.Base
	Before     spend.Window // of spend.BaseCustom
	// Grain adds the series; GrainNone = none. SeriesFrom and SeriesTo let it reach beyond the
	// period; nil = they do not.
	Grain                finops.Grain
	SeriesFrom, SeriesTo *finops.Day
}

// Spend takes a cost apart: the largest rows and the rest, what changed, and the series over
// time, all of one snapshot of the ledger. It answers CodeInvalid for a column, metric or period
// that does not exist, and for a series by hours.
func (w Ledger) Spend(ctx context.Context, q SpendQuestion) (*spend.Spend, error) {
	all, err := w.SpendAll(ctx, []SpendQuestion{q})
	if err != nil {
		return nil, err
	}
	return all[0], nil
}

// SpendAll answers several questions as Spend does, all of one snapshot of the ledger.
func (w Ledger) SpendAll(ctx context.Context, questions []SpendQuestion) ([]*spend.Spend, error) {
	out := make([]*spend.Spend, len(questions))
	err := w.engine.WithSnapshot(ctx, func(s *engine.Snapshot) error {
		for i, q := range questions {
			a := spending{snapshot: s, q: q}
			var err error
			if out[i], err = a.answer(ctx); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}

// spending is a SpendQuestion while it is answered.
type spending struct {
	snapshot *engine.Snapshot
	q        SpendQuestion
	query    spend.Query
	state    *engine.State
	now      *finops.Answer
}

func (a *spending) answer(ctx context.Context) (*spend.Spend, error) {
	if a.q.Column == "" {
		return nil, finops.Errorf(finops.CodeInvalid, "Name the column whose values the cost is divided by.")
	}
	if a.q.Grain == finops.GrainHour {
		return nil, finops.Errorf(finops.CodeInvalid, "A series can be by day, week, month, quarter or year, not by hour.")
	}
	var err error
	if a.state, err = a.snapshot.State(ctx); err != nil {
		return nil, err
	}
	period := spend.Window{From: a.state.FirstDay, To: a.state.LastDay}
	if a.q.From != nil {
		period.From = *a.q.From
	}
	if a.q.To != nil {
		period.To = *a.q.To
	}
	if period.From > period.To {
		return nil, finops.Errorf(finops.CodeInvalid, "The period ends on %s, before it begins on %s.", period.To, period.From)
	}
	a.query = spend.Query{Currency: a.q.Currency, Now: period, Top: a.q.Top}
	if a.now, err = a.ask(ctx, period, a.q.Where, finops.GrainNone, a.q.Column); err != nil {
		return nil, err
	}
	s := spend.Build(a.query, a.now)
	if err := a.compare(ctx, s); err != nil {
		return nil, err
	}
	if err := a.addSeries(ctx, s); err != nil {
		return nil, err
	}
	return s, a.describe(ctx, s)
}

func (a *spending) ask(ctx context.Context, w spend.Window, where finops.Filter, grain finops.Grain, groupBy ...string) (*finops.Answer, error) {
	return a.snapshot.Ask(ctx, finops.Question{
		Metrics: []finops.Metric{a.q.Metric}, GroupBy: groupBy, Where: where, From: &w.From, To: &w.To, Grain: grain, Currency: a.q.Currency,
	})
}

// coverage returns on which days the providers have charges that the question is about.
func (a *spending) coverage(ctx context.Context, windows ...spend.Window) ([]spend.Coverage, error) {
	met := map[string]bool{}
	for _, w := range windows {
		answer, err := a.ask(ctx, w, a.q.Where, finops.GrainNone, finops.DimProvider)
		if err != nil {
			return nil, err
		}
		for _, r := range answer.Rows {
			if r.Currency == a.q.Currency {
				met[deref(r.Keys[0])] = true
			}
		}
	}
	var coverage []spend.Coverage
	for _, p := range a.state.Providers {
		if met[p.Name] {
			coverage = append(coverage, spend.Coverage{Provider: p.Name, First: p.FirstDay, Last: p.LastDay, Missing: p.MissingDays})
		}
	}
	return coverage, nil
}

func deref(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

func (a *spending) compare(ctx context.Context, s *spend.Spend) error {
	before, ok := a.q.Base.Window(s.Now)
	if a.q.Base == spend.BaseCustom {
		if before, ok = a.q.Before, true; before.From > before.To {
			return finops.Errorf(finops.CodeInvalid, "The period to compare with ends on %s, before it begins on %s.", before.To, before.From)
		}
	}
	if !ok {
		return nil
	}
	coverage, err := a.coverage(ctx, s.Now, before)
	if err != nil {
		return err
	}
	stretches, missing := spend.Compare(s.Now, before, coverage)
	answers := make([]spend.Compared, len(stretches))
	for i, stretch := range stretches {
		where := a.q.Where
		if len(stretch.Providers) < len(coverage) {
			where = finops.All(where, finops.If(finops.Condition{Column: finops.DimProvider, Values: values(stretch.Providers)}))
		}
		if answers[i].Now, err = a.ask(ctx, stretch.Now, where, finops.GrainNone, a.q.Column); err != nil {
			return err
		}
		if answers[i].Before, err = a.ask(ctx, stretch.Before, where, finops.GrainNone, a.q.Column); err != nil {
			return err
		}
	}
	s.AddComparison(a.query, before, stretches, missing, answers)
	return nil
}

// values are those of a condition; "" = no value.
func values(texts []string) []*string {
	list := make([]*string, len(texts))
	for i := range texts {
		if texts[i] != "" {
			list[i] = &texts[i]
		}
	}
	return list
}

func (a *spending) addSeries(ctx context.Context, s *spend.Spend) error {
	if a.q.Grain == finops.GrainNone {
		return nil
	}
	w := s.Now
	if a.q.SeriesFrom != nil {
		w.From = min(w.From, *a.q.SeriesFrom)
	}
	if a.q.SeriesTo != nil {
		w.To = max(w.To, *a.q.SeriesTo)
	}
	keys := make([]*string, len(s.Rows))
	for i, r := range s.Rows {
		keys[i] = r.Key
	}
	shown := finops.All(a.q.Where, finops.If(finops.Condition{Column: a.q.Column, Values: keys}))
	byTime, err := a.ask(ctx, w, a.q.Where, a.q.Grain)
	if err != nil {
		return err
	}
	byRow, err := a.ask(ctx, w, shown, a.q.Grain, a.q.Column)
	if err != nil {
		return err
	}
	coverage, err := a.coverage(ctx, w)
	if err != nil {
		return err
	}
	s.AddSeries(a.query, w, a.q.Grain.Steps(w.From, w.To, a.snapshot.FiscalStart()), a.q.Grain, byTime, byRow, coverage)
	return nil
}

// describe enters the names of the values and what is beside them, from the largest charges of
// each.
func (a *spending) describe(ctx context.Context, s *spend.Spend) error {
	columns := []string{a.q.Column}
	at := func(column string) int {
		i := slices.Index(columns, column)
		if i < 0 {
			i, columns = len(columns), append(columns, column)
		}
		return i
	}
	var besideAt []int
	for _, column := range a.q.Beside {
		besideAt = append(besideAt, at(column))
	}
	nameAt := 0
	if a.q.NameColumn != "" {
		nameAt = at(a.q.NameColumn)
	}
	rows, span := a.described(s)
	if len(columns) > 1 && len(rows) > 0 {
		where := a.q.Where
		if a.q.Top > 0 {
			where = finops.All(where, finops.If(finops.Condition{Column: a.q.Column, Values: rowKeys(rows)}))
		}
		answer, err := a.ask(ctx, span, where, finops.GrainNone, columns...)
		if err != nil {
			return err
		}
		largest := map[string][]*string{}
		for _, r := range answer.Rows {
			if id := keyID(r.Keys[0]); r.Currency == a.q.Currency && largest[id] == nil {
				largest[id] = r.Keys
			}
		}
		for _, r := range rows {
			found := largest[keyID(r.Key)]
			for _, i := range besideAt {
				r.Beside = append(r.Beside, valueAt(found, i))
			}
			if nameAt > 0 {
				r.Name = valueAt(found, nameAt)
			}
		}
	}
	names := a.snapshot.AccountNames()
	for _, r := range rows {
		if name := names.Of(a.q.Column, deref(r.Key)); name != "" {
			r.Name = &name
		}
	}
	return nil
}

// described are the rows that get names, and the days on which they have charges.
func (a *spending) described(s *spend.Spend) (rows []*spend.Row, span spend.Window) {
	span = s.Now
	for i := range s.Rows {
		rows = append(rows, &s.Rows[i])
	}
	if s.Comparison != nil {
		span.From, span.To = min(span.From, s.Comparison.Before.From), max(span.To, s.Comparison.Before.To)
		for i := range s.Comparison.Movers {
			rows = append(rows, &s.Comparison.Movers[i])
		}
	}
	return rows, span
}

func rowKeys(rows []*spend.Row) []*string {
	keys := make([]*string, len(rows))
	for i, r := range rows {
		keys[i] = r.Key
	}
	return keys
}

func valueAt(keys []*string, i int) *string {
	if i >= len(keys) {
		return nil
	}
	return keys[i]
}
