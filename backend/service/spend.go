package service

import (
	"context"
	"slices"
	"time"

	"cloud-intelligence/backend/analysis/spend"
	"cloud-intelligence/backend/engine"
	"cloud-intelligence/backend/finops"
)

// SpendQuestion asks for a cost by the values of one column.
type SpendQuestion struct {
	Metric   finops.Metric
	Currency string
	Where    finops.Filter
	From, To *finops.Day  // nil = the first, the last day of the charges in the currency
	Preset   spend.Preset // names the period where From and To are nil; "" = all days
	Column   string
	// NameColumn holds readable names of the values, "" = only accounts have names; Beside are
	// columns of which each row gets the value of its largest charges.
	NameColumn string
	Beside     []string
	Top        int // rows and movers at most; 0 = all
	Sort       spend.Sort
	Up         bool // the least first
	Base       spend.Base
	Before     spend.Window // of spend.BaseCustom
	Grain      finops.Grain // adds the series; GrainNone = none, GrainUsual = by day or month
	Context    bool         // the series reaches back beyond the period; see spend.Context
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
			a := spending{snapshot: s, q: q, today: w.today()}
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
	today    finops.Day
	query    spend.Query
	data     engine.CurrencyState // the charges in the currency
}

func (a *spending) answer(ctx context.Context) (*spend.Spend, error) {
	if a.q.Column == "" {
		return nil, finops.Errorf(finops.CodeInvalid, "Name the column whose values the cost is divided by.")
	}
	if a.q.Grain == finops.GrainHour {
		return nil, finops.Errorf(finops.CodeInvalid, "A series can be by day, week, month, quarter or year, not by hour.")
	}
	if err := a.begin(ctx); err != nil {
		return nil, err
	}
	if a.q.Grain == finops.GrainUsual {
		a.q.Grain = spend.UsualGrain(a.query.Now.Window)
	}
	b := spend.NewBuilder(a.query)
	if err := a.each(ctx, a.query.Now.Window, a.q.Where, b.AddPeriod); err != nil {
		return nil, err
	}
	c, err := a.compare(ctx, b)
	if err != nil {
		return nil, err
	}
	s := b.Spend(a.snapshot.Version(), c)
	if err := a.addSeries(ctx, s); err != nil {
		return nil, err
	}
	return s, a.describe(ctx, s)
}

// begin finds the period of the question.
func (a *spending) begin(ctx context.Context) error {
	state, err := a.snapshot.State(ctx)
	if err != nil {
		return err
	}
	for _, c := range state.Currencies {
		if c.Code == a.q.Currency {
			a.data = c
		}
	}
	period := a.days()
	if a.q.Preset != "" && a.q.From == nil && a.q.To == nil {
		period = presetPeriod(a.q.Preset, &a.data, a.snapshot.FiscalStart())
	}
	if a.q.From != nil {
		period.From, period.To = *a.q.From, max(period.To, *a.q.From) // open to the last day, or to one after it
	}
	if a.q.To != nil {
		if period.To = *a.q.To; a.q.From == nil {
			period.From = min(period.From, period.To)
		}
	}
	if period.From > period.To {
		return finops.Errorf(finops.CodeInvalid, "The period ends on %s, before it begins on %s.", period.To, period.From)
	}
	a.query = spend.Query{Currency: a.q.Currency, Now: spend.Describe(period, a.data.NewestDay, a.today, complete(a.data.Months)), Top: a.q.Top, Order: spend.Order{Sort: a.q.Sort, Up: a.q.Up}}
	return a.nameOrder(ctx)
}

// nameOrder lets an order by name go by the names that a person reads.
func (a *spending) nameOrder(ctx context.Context) error {
	if a.q.Sort != spend.SortName {
		return nil
	}
	readable := map[string]string{}
	if a.q.NameColumn != "" {
		answer, err := a.ask(ctx, a.query.Now.Window, a.q.Where, finops.GrainNone, a.q.Column, a.q.NameColumn)
		if err != nil {
			return err
		}
		for _, r := range answer.Rows {
			if key := deref(r.Keys[0]); readable[key] == "" {
				readable[key] = deref(r.Keys[1])
			}
		}
	}
	names := a.snapshot.AccountNames()
	a.query.Order.Name = func(key string) string {
		if name := names.Of(a.q.Column, key); name != "" {
			return name
		}
		return readable[key]
	}
	return nil
}

// complete says which months are complete.
func complete(months []engine.MonthState) func(finops.Month) bool {
	return func(month finops.Month) bool {
		return slices.ContainsFunc(months, func(m engine.MonthState) bool { return m.Month == month && m.Complete })
	}
}

// Presets are the periods of a preset in the data of one currency.
type Presets struct {
	Currency string
	Periods  []PresetPeriod // in the order of spend.Presets
}

// PresetPeriod is the period of a preset.
type PresetPeriod struct {
	Preset spend.Preset
	spend.Period
}

// Presets are the periods of the presets in each currency of a state, whose newest day they are
// counted from.
func (w Ledger) Presets(ctx context.Context, state *engine.State) ([]Presets, error) {
	fiscalStart, err := w.engine.FiscalStart(ctx)
	if err != nil {
		return nil, err
	}
	list := make([]Presets, len(state.Currencies))
	for i, c := range state.Currencies {
		list[i].Currency = c.Code
		for _, preset := range spend.Presets {
			list[i].Periods = append(list[i].Periods, PresetPeriod{preset, spend.Describe(presetPeriod(preset, &c, fiscalStart), c.NewestDay, w.today(), complete(c.Months))})
		}
	}
	return list, nil
}

// presetPeriod is a preset in the data of a currency: all days, or counted from the newest that is
// covered, as a fee of next month begins no month.
func presetPeriod(p spend.Preset, c *engine.CurrencyState, fiscalStart time.Month) spend.Window {
	if p == spend.PresetAll {
		return spend.Window{From: c.FirstDay, To: c.LastDay}
	}
	return p.Period(spend.Window{From: c.FirstDay, To: c.NewestDay}, fiscalStart)
}

// days are those from the first to the last with charges in the currency.
func (a *spending) days() spend.Window {
	return spend.Window{From: a.data.FirstDay, To: a.data.LastDay}
}

func (a *spending) question(w spend.Window, where finops.Filter, grain finops.Grain, groupBy ...string) finops.Question {
	return finops.Question{
		Metrics: []finops.Metric{a.q.Metric}, GroupBy: groupBy, Where: where, From: &w.From, To: &w.To, Grain: grain, Currency: a.q.Currency,
	}
}

func (a *spending) ask(ctx context.Context, w spend.Window, where finops.Filter, grain finops.Grain, groupBy ...string) (*finops.Answer, error) {
	return a.snapshot.Ask(ctx, a.question(w, where, grain, groupBy...))
}

// each hands over the charges of some days by the values of the column.
func (a *spending) each(ctx context.Context, w spend.Window, where finops.Filter, add func(finops.Row)) error {
	return a.snapshot.Each(ctx, a.question(w, where, finops.GrainNone, a.q.Column), add)
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
	for _, p := range a.data.Providers {
		if met[p.Name] {
			coverage = append(coverage, spend.Coverage{Provider: p.Name, Coverage: p.Coverage})
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

// compare adds what the days that can be compared cost; nil where nothing is to be compared.
func (a *spending) compare(ctx context.Context, b *spend.Builder) (*spend.Comparison, error) {
	before, ok := a.q.Base.Window(a.query.Now.Window)
	if a.q.Base == spend.BaseCustom {
		if before, ok = a.q.Before, true; before.From > before.To {
			return nil, finops.Errorf(finops.CodeInvalid, "The period to compare with ends on %s, before it begins on %s.", before.To, before.From)
		}
	}
	if !ok {
		return nil, nil
	}
	coverage, err := a.coverage(ctx, a.query.Now.Window, before)
	if err != nil {
		return nil, err
	}
	c := spend.Compare(a.query.Now.Window, before, coverage)
	later, err := a.bookedLater(ctx, c)
	if err != nil {
		return nil, err
	}
	for _, s := range c.Stretches {
		where := a.of(s, len(coverage))
		if s.Apart {
			where = finops.All(where, finops.Not(later))
		}
		if err := a.both(ctx, s, where, b); err != nil {
			return nil, err
		}
	}
	for _, s := range c.Later {
		if err := a.both(ctx, s, finops.All(a.of(s, len(coverage)), later), b.Apart()); err != nil {
			return nil, err
		}
	}
	return c, nil
}

// both adds the two sides of a stretch.
func (a *spending) both(ctx context.Context, s spend.Stretch, where finops.Filter, b *spend.Builder) error {
	if err := a.each(ctx, s.Now, where, b.AddCompared); err != nil {
		return err
	}
	return a.each(ctx, s.Before, where, b.AddBefore)
}

// of is the filter of the question for the providers of a stretch.
func (a *spending) of(s spend.Stretch, providers int) finops.Filter {
	if len(s.Providers) == providers {
		return a.q.Where
	}
	return finops.All(a.q.Where, finops.If(finops.Condition{Column: finops.DimProvider, Values: values(s.Providers)}))
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
	w := s.Now.Window
	if a.q.Context {
		w = spend.Context(w, a.days(), a.q.Grain)
	}
	keys := make([]*string, len(s.Rows))
	for i, r := range s.Rows {
		keys[i] = r.Key
	}
	further, err := a.further(ctx, s, w, keys)
	if err != nil {
		return err
	}
	keys = append(keys, further...)
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
	s.AddSeries(a.query, w, a.data.NewestDay, a.q.Grain.Steps(w.From, w.To, a.snapshot.FiscalStart()), a.q.Grain, byTime, byRow, coverage, further)
	return nil
}

// further are the values of a window that the period has not, the largest first: as many as the rows
// leave room for.
func (a *spending) further(ctx context.Context, s *spend.Spend, w spend.Window, rows []*string) ([]*string, error) {
	room := a.q.Top - len(rows)
	if s.Rest != nil || w == s.Now.Window || a.q.Top > 0 && room <= 0 {
		return nil, nil
	}
	q := a.question(w, finops.All(a.q.Where, finops.Not(finops.If(finops.Condition{Column: a.q.Column, Values: rows}))), finops.GrainNone, a.q.Column)
	q.Limit = max(room, 0)
	answer, err := a.snapshot.Ask(ctx, q)
	if err != nil {
		return nil, err
	}
	var further []*string
	for _, r := range answer.Rows {
		if r.Currency == a.q.Currency {
			further = append(further, r.Keys[0])
		}
	}
	return further, nil
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
	span = s.Now.Window
	for i := range s.Rows {
		rows = append(rows, &s.Rows[i])
	}
	if s.Series != nil && len(s.Series.Further) > 0 {
		span = s.Series.Window
		for i := range s.Series.Further {
			rows = append(rows, &s.Series.Further[i])
		}
	}
	if s.Comparison != nil {
		span.From, span.To = min(span.From, s.Comparison.Before.From), max(span.To, s.Comparison.Before.To)
		for i := range s.Comparison.Movers {
			rows = append(rows, &s.Comparison.Movers[i])
		}
		for i := range s.Comparison.Apart {
			rows = append(rows, &s.Comparison.Apart[i])
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
