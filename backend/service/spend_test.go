package service

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/analysis/spend"
	"cloud-intelligence/backend/demo"
	"cloud-intelligence/backend/finops"
)

// TestSpend_TiesWithTheLedger takes the demo client apart in many ways: rows and rest are the
// total of a plain question, and so are the steps of each series.
func TestSpend_TiesWithTheLedger(t *testing.T) {
	dir := t.TempDir()
	_, err := demo.Write(t.Context(), dir, demo.Options{Lines: 4_000, Months: 3})
	require.NoError(t, err)
	w := newWorkspace(t)
	load(t, w, dir)
	state, err := w.Ledger.State(t.Context())
	require.NoError(t, err)
	currency := state.Currencies[0].Code
	from := (state.LastDay.Month() - 1).First()
	require.NoError(t, w.SetFiscalStart(t.Context(), time.April, 0))
	for _, column := range []string{finops.DimProvider, "ServiceName", "Tags/CostCenter", "ResourceId", finops.DimWeekday} {
		for _, top := range []int{0, 3} {
			for _, grain := range finops.Grains[1:] {
				s, err := w.Ledger.Spend(t.Context(), SpendQuestion{
					Metric: finops.EffectiveCost, Currency: currency, From: &from, Column: column, Top: top, Base: spend.BasePrevious, Grain: grain,
				})
				require.NoError(t, err)
				a, err := w.Ledger.Ask(t.Context(), finops.Question{Metrics: []finops.Metric{finops.EffectiveCost}, From: &from, Currency: currency})
				require.NoError(t, err)
				assert.Equal(t, a.Version, s.Version)
				total := a.Totals[0].Amounts[0].String()
				assert.Equal(t, total, s.Total.Amount.String())
				var rows, series, parts, changes finops.Sum
				for _, r := range append(s.Rows[:len(s.Rows):len(s.Rows)], rest(s)...) {
					rows.AddSum(*r.Amount)
					if r.Change != nil { // nil: nothing on the days that are compared
						changes.AddSum(*r.Change)
					}
				}
				for _, p := range s.Series.Points {
					if p.Total == nil {
						continue
					}
					series.AddSum(*p.Total)
					for _, part := range p.Rows {
						parts.AddSum(*part)
					}
					if p.Rest != nil {
						parts.AddSum(*p.Rest)
					}
				}
				assert.Equal(t, total, rows.String(), column)
				assert.Equal(t, total, series.String(), "%s by %s", column, grain)
				assert.Equal(t, total, parts.String(), "%s by %s", column, grain)
				assert.Zero(t, changes.Cmp(*s.Total.Change), column)
			}
		}
	}
}

func rest(s *spend.Spend) []spend.Row {
	if s.Rest == nil {
		return nil
	}
	return []spend.Row{*s.Rest}
}

// TestSpend_NamesWhatOnlyTheContextHas asks for a day before which another resource has charges: it is
// named, and none of its cost is of others.
func TestSpend_NamesWhatOnlyTheContextHas(t *testing.T) {
	w := newWorkspace(t)
	load(t, w, newTable().line("ResourceId", "now").
		line("ResourceId", "before", "ChargePeriodStart", "2026-05-01T00:00:00Z", "ChargePeriodEnd", "2026-05-02T00:00:00Z").file(t, "bill.csv"))
	third, err := finops.ParseDay("2026-05-03")
	require.NoError(t, err)
	q := SpendQuestion{Metric: finops.BilledCost, Currency: "USD", Column: "ResourceId", From: &third, Grain: finops.GrainDay, Context: true, Top: 2}
	s, err := w.Ledger.Spend(t.Context(), q)
	require.NoError(t, err)
	require.Len(t, s.Rows, 1)
	require.Len(t, s.Series.Further, 1)
	assert.Equal(t, "before", *s.Series.Further[0].Key)
	assert.Nil(t, s.Series.Further[0].Amount, "it has no cost in the period")
	require.Len(t, s.Series.Points, 3)
	first := s.Series.Points[0]
	assert.Equal(t, []string{"0", "1.5", "1.5"}, []string{first.Rows[0].String(), first.Rows[1].String(), first.Total.String()})
	assert.Nil(t, first.Rest)

	q.Top = 1
	s, err = w.Ledger.Spend(t.Context(), q)
	require.NoError(t, err)
	assert.Empty(t, s.Series.Further, "where there is no room it is of others")
	assert.Equal(t, "1.5", s.Series.Points[0].Rest.String())
}

// TestSpend_AnswersSeveralOfOneSnapshot asks two questions at once, with the names of the values,
// and a series that reaches beyond the period.
func TestSpend_AnswersSeveralOfOneSnapshot(t *testing.T) {
	w := newWorkspace(t)
	load(t, w, newTable().lines(5, "a").file(t, "bill.csv"))
	state, err := w.Ledger.State(t.Context())
	require.NoError(t, err)
	q := SpendQuestion{
		Metric: finops.BilledCost, Currency: state.Currencies[0].Code, Column: finops.DimProvider, NameColumn: finops.DimProvider, Beside: []string{finops.DimProvider, "ServiceName"},
		From: &state.LastDay, Grain: finops.GrainDay, Context: true, Top: 1,
	}
	all, err := w.Ledger.SpendAll(t.Context(), []SpendQuestion{q, {Metric: finops.BilledCost, Column: "ServiceName"}})
	require.NoError(t, err)
	require.Len(t, all, 2)
	assert.Equal(t, all[0].Version, all[1].Version)
	require.Len(t, all[0].Rows, 1)
	row := all[0].Rows[0]
	require.Len(t, row.Beside, 2)
	assert.Equal(t, row.Key, row.Beside[0])
	require.NotNil(t, row.Beside[1])
	assert.Equal(t, []string{*row.Key}, all[0].Series.Providers)
	assert.Equal(t, spend.Window{From: state.FirstDay, To: state.LastDay}, all[0].Series.Window, "the context of a short period ends where the ledger begins")
	assert.Len(t, all[0].Series.Points, int(state.LastDay-state.FirstDay)+1)
	_, err = w.Ledger.SpendAll(t.Context(), []SpendQuestion{q, {Metric: finops.BilledCost}})
	assert.Equal(t, finops.CodeInvalid, finops.CodeOf(err))
}

func TestSpend_RefusesWhatCannotBe(t *testing.T) {
	w := newWorkspace(t)
	load(t, w, newTable().lines(5, "a").file(t, "bill.csv"))
	from, to := finops.NewDay(2026, time.March, 2), finops.NewDay(2026, time.March, 1)
	for name, q := range map[string]SpendQuestion{
		"column": {Metric: finops.BilledCost}, "unknown column": {Metric: finops.BilledCost, Column: "Nothing"}, "metric": {Metric: "Cost", Column: "ServiceName"},
		"hours": {Metric: finops.BilledCost, Column: "ServiceName", Grain: finops.GrainHour}, "period": {Metric: finops.BilledCost, Column: "ServiceName", From: &from, To: &to},
		"base": {Metric: finops.BilledCost, Column: "ServiceName", Base: spend.BaseCustom, Before: spend.Window{From: from, To: to}},
	} {
		_, err := w.Ledger.Spend(t.Context(), q)
		assert.Equal(t, finops.CodeInvalid, finops.CodeOf(err), name)
	}
	empty := newWorkspace(t)
	s, err := empty.Ledger.Spend(t.Context(), SpendQuestion{Metric: finops.BilledCost, Column: "ServiceName", Base: spend.BasePrevious, Grain: finops.GrainDay})
	require.NoError(t, err)
	assert.Empty(t, s.Rows)
	assert.Equal(t, "0", s.Total.Amount.String())
}
