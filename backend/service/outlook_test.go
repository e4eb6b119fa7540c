package service

import (
	"errors"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/analysis/anomaly"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/finops/filter"
	"cloud-intelligence/backend/ingest"
)

// spikeWorkspace has a spike of one region on day 80, and a smaller one of another on day 85.
func spikeWorkspace(t *testing.T) *Workspace {
	t.Helper()
	w := newWorkspace(t)
	c := usageTable()
	for d := range 100 {
		for region, odd := range map[string]int{"eu": 85, "us": 80} {
			cost := "10"
			if d == odd {
				cost = map[string]string{"eu": "13", "us": "45"}[region]
			}
			c.onDay(d, cost, leaf(region, "vm-"+region, 100))
		}
	}
	load(t, w, c.file(t, "usage.csv"))
	return w
}

func TestAnomalies_MarksAreVersionedAndMutesGoBehindThem(t *testing.T) {
	w := spikeWorkspace(t)
	find := func() Anomaly {
		t.Helper()
		list := findAnomalies(t, w, AnomalyQuestion{To: new(finops.NewDay(2026, 3, 25))})
		require.Len(t, list, 1)
		return list[0]
	}
	a := find()
	require.Equal(t, anomaly.Open, a.State)

	rule := MuteRule{Name: "us", Keys: map[string]string{"RegionId": "us"}, Kind: anomaly.Spike}
	_, err := w.Anomalies.SaveMuteRule(t.Context(), rule, 0)
	require.NoError(t, err)
	require.Equal(t, anomaly.Muted, find().State)
	require.Equal(t, "us", find().Mute)
	_, err = w.Anomalies.SaveMuteRule(t.Context(), MuteRule{Name: "all"}, 0)
	require.Equal(t, finops.CodeInvalid, finops.CodeOf(err), "it would mute everything")

	version, err := w.Anomalies.Mark(t.Context(), a.ID, anomaly.Expected, " a load test ", 0)
	require.NoError(t, err)
	require.EqualValues(t, 1, version)
	require.Equal(t, anomaly.Expected, find().State, "what a person says of one counts more than a rule")
	require.Equal(t, "a load test", find().Mark.Note)
	_, err = w.Anomalies.Mark(t.Context(), a.ID, anomaly.Resolved, "", 0)
	require.Equal(t, finops.CodeConflict, finops.CodeOf(err), "somebody was faster")
	_, err = w.Anomalies.Mark(t.Context(), a.ID, anomaly.Resolved, "", version)
	require.NoError(t, err)
	require.Equal(t, anomaly.Resolved, find().State)

	_, err = w.Anomalies.Mark(t.Context(), a.ID, anomaly.Muted, "", 2)
	require.Equal(t, finops.CodeInvalid, finops.CodeOf(err))
	_, err = w.Anomalies.Mark(t.Context(), "nothing", anomaly.Open, "", 0)
	require.Equal(t, finops.CodeNotFound, finops.CodeOf(err))

	rule.Kind, rule.Note = "", "all of it"
	_, err = w.Anomalies.SaveMuteRule(t.Context(), rule, 0)
	conflict, ok := errors.AsType[*finops.ConflictError](err)
	require.True(t, ok, "it has a version already")
	require.Equal(t, anomaly.Spike, conflict.Have.(MuteRule).Kind)
	require.Equal(t, "all of it", conflict.Want.(MuteRule).Note)
	version, err = w.Anomalies.SaveMuteRule(t.Context(), rule, 1)
	require.NoError(t, err)
	require.EqualValues(t, 2, version)
	require.NoError(t, w.Anomalies.DeleteMuteRule(t.Context(), "US", AnyVersion))
}

// TestAnomalies_AMarkOutlivesARestatementThatMovesTheFirstDay marks an anomaly, restates its bill so that it begins a day earlier, then away and back.
func TestAnomalies_AMarkOutlivesARestatementThatMovesTheFirstDay(t *testing.T) {
	w := newWorkspace(t)
	bill := func(name string, from, to int, more ...int) {
		t.Helper()
		c := usageTable()
		for d := range 100 {
			cost := "10"
			if d >= from && d <= to || slices.Contains(more, d) {
				cost = "45"
			}
			c.onDay(d, cost, leaf("us", "vm", 100))
			c.onDay(d, "12", leaf("eu", "vm", 100))
		}
		_, err := importWith(t.Context(), w, ImportOptions{Overlap: ingest.OverlapReplace}, c.file(t, name))
		require.NoError(t, err)
	}
	one := func() Anomaly {
		t.Helper()
		list := findAnomalies(t, w, AnomalyQuestion{})
		require.Len(t, list, 1)
		return list[0]
	}
	bill("first.csv", 80, 82)
	before := one()
	version, err := w.Anomalies.Mark(t.Context(), before.ID, anomaly.Expected, "a load test", 0)
	require.NoError(t, err)

	bill("earlier.csv", 79, 82)
	after := one()
	require.NotEqual(t, before.ID, after.ID)
	require.Equal(t, anomaly.Expected, after.State)
	require.Equal(t, "a load test", after.Mark.Note)
	_, err = w.Anomalies.Mark(t.Context(), after.ID, anomaly.Resolved, "", 0)
	require.Equal(t, finops.CodeConflict, finops.CodeOf(err), "it has a mark already")
	_, err = w.Anomalies.Mark(t.Context(), after.ID, anomaly.Resolved, "over", version)
	require.NoError(t, err)

	bill("none.csv", 100, 0)
	require.Empty(t, findAnomalies(t, w, AnomalyQuestion{}))
	bill("other.csv", 60, 61)
	require.Equal(t, anomaly.Restated, one().State, "another one on other days has no mark")
	bill("back.csv", 79, 82, 60, 61)
	list := findAnomalies(t, w, AnomalyQuestion{})
	require.Len(t, list, 2)
	require.Equal(t, anomaly.Resolved, list[0].State)
	require.Equal(t, "over", list[0].Mark.Note)
	require.Empty(t, list[1].Mark.State)
}

func TestAnomalies_SensitivityOfAScope(t *testing.T) {
	w := spikeWorkspace(t)
	count := func() int { return len(findAnomalies(t, w, AnomalyQuestion{})) }
	require.Equal(t, 2, count())
	where, err := filter.Parse(`RegionId = "eu"`)
	require.NoError(t, err)
	_, err = w.Scopes.Save(t.Context(), "Europe", where, 0)
	require.NoError(t, err)

	previews, err := w.Anomalies.Preview(t.Context(), "Europe")
	require.NoError(t, err)
	require.Len(t, previews, 3)
	require.Empty(t, previews[0].Anomalies, "30 % is below the 40 % of low")
	require.Len(t, previews[1].Anomalies, 1)
	require.EqualValues(t, 89, previews[0].To-previews[0].From)

	version, err := w.Anomalies.SetSensitivity(t.Context(), "europe", "low", 0)
	require.NoError(t, err)
	require.Equal(t, 1, count(), "the one of the other region")
	_, err = w.Anomalies.SetSensitivity(t.Context(), "Europe", "high", 0)
	require.Equal(t, finops.CodeConflict, finops.CodeOf(err))
	_, err = w.Anomalies.SetSensitivity(t.Context(), "Europe", "high", version)
	require.NoError(t, err)
	_, err = w.Anomalies.SetSensitivity(t.Context(), AllUsage, "low", 0)
	require.NoError(t, err)
	require.Equal(t, 2, count())
	require.Len(t, findAnomalies(t, w, AnomalyQuestion{Sensitivity: "low"}), 1, "one that is named counts for all")
	list, err := w.Anomalies.Sensitivities(t.Context())
	require.NoError(t, err)
	require.Equal(t, []string{"* low", "Europe high"}, []string{list[0].Scope + " " + list[0].Level, list[1].Scope + " " + list[1].Level})
	require.NoError(t, w.Anomalies.ClearSensitivity(t.Context(), "Europe", AnyVersion))
}

func TestAnomalies_CourseAndWhatIsKept(t *testing.T) {
	w := spikeWorkspace(t)
	report, stale, err := w.Anomalies.Page(t.Context())
	require.NoError(t, err)
	require.False(t, stale)
	require.Len(t, report.Anomalies, 2)
	spike := report.Anomalies[1]
	_, days, err := w.Anomalies.Course(t.Context(), spike.ID)
	require.NoError(t, err)
	require.EqualValues(t, spike.First-courseBefore, days[0].Day)
	require.Equal(t, report.AsOf, days[len(days)-1].Day)
	at := days[courseBefore]
	require.Equal(t, []string{"45", "10"}, []string{at.Cost.String(), at.Expected.String()})
	require.Positive(t, at.Cost.Cmp(*at.High))
	before := days[courseBefore-1]
	assert.Negative(t, before.Cost.Cmp(*before.High))
	assert.Positive(t, before.Cost.Cmp(*before.Low))

	c := usageTable()
	c.onDay(95, "77", append(leaf("ap", "vm-ap", 100), "BillingAccountId", "9"))
	load(t, w, c.file(t, "more.csv"))
	kept, stale, err := w.Anomalies.Page(t.Context())
	require.NoError(t, err)
	require.True(t, stale, "the ledger has changed since")
	require.Equal(t, report.Anomalies, kept.Anomalies)
	jobs, err := w.Jobs.List(t.Context(), 1)
	require.NoError(t, err)
	require.Equal(t, KindAnomalies, jobs[0].Kind)
	_, err = w.Jobs.Wait(t.Context(), jobs[0].ID)
	require.NoError(t, err)
	_, stale, err = w.Anomalies.Page(t.Context())
	require.NoError(t, err)
	require.False(t, stale)
}

// plan keeps a planned change of 2026-07-01 on.
func plan(t *testing.T, w *Workspace, p PlannedChange) {
	t.Helper()
	if p.From == 0 {
		p.From = finops.NewDay(2026, 7, 1)
	}
	_, err := w.Forecasts.SavePlanned(t.Context(), p, 0)
	require.NoError(t, err)
}

func TestForecasts_PlannedChanges(t *testing.T) {
	w := newWorkspace(t)
	load(t, w, dailyBills(dailyBills(newTable(), 151, func(int) string { return "10" }), 151, func(int) string { return "5" }, "ServiceName", "Other").file(t, "usage.csv")) // to May 31
	of := func(where string) *Forecast {
		t.Helper()
		q := ForecastQuestion{Metric: finops.EffectiveCost}
		if where != "" {
			var err error
			q.Where, err = filter.Parse(where)
			require.NoError(t, err)
		}
		f, err := w.Forecasts.Forecast(t.Context(), q)
		require.NoError(t, err)
		for _, m := range f.Months {
			sum := m.Fixed
			for _, part := range []finops.Sum{m.Varying, m.Ends, m.Planned} {
				sum.AddSum(part)
			}
			if m.Actual != nil {
				sum.AddSum(*m.Actual)
			}
			require.Equal(t, m.Forecast.String(), sum.String(), "the parts are the whole")
		}
		return f
	}
	months := func(f *Forecast) []string { // June to August
		return []string{f.Months[1].Planned.String(), f.Months[2].Planned.String(), f.Months[3].Planned.String()}
	}
	require.Equal(t, []string{"0", "0", "0"}, months(of("")))

	plan(t, w, PlannedChange{Name: "Shop", Kind: PlannedLaunch, Monthly: new(amountOf(t, "100")), Currency: "USD", Where: `ServiceName = "New"`})
	require.Equal(t, []string{"0", "100", "100"}, months(of("")), "to the last digit, also over 31 days")
	require.Equal(t, []string{"0", "0", "0"}, months(of(`ServiceName = "Other"`)))
	require.Contains(t, of(`ServiceName = "Other"`).Notes[0], "have no cost yet")

	plan(t, w, PlannedChange{Name: "Cheaper", Kind: PlannedPrice, Percent: new(amountOf(t, "-10")), Where: `ServiceName = "Other"`, From: finops.NewDay(2026, 8, 1)})
	require.Equal(t, []string{"0", "100", "84.5"}, months(of("")), "31 days of half a dollar less")
	require.Equal(t, []string{"0", "0", "-15.5"}, months(of(`ServiceName = "Other"`)))

	plan(t, w, PlannedChange{Name: "Saved", Kind: PlannedSaving, Monthly: new(amountOf(t, "30")), Currency: "USD"})
	require.Equal(t, []string{"0", "70", "54.5"}, months(of("")))
	require.Equal(t, []string{"0", "-10", "-25.5"}, months(of(`ServiceName = "Other"`)), "a third of the cost has a third of the saving")

	// What is in force already is in the charges; only its end changes something.
	plan(t, w, PlannedChange{Name: "Event", Kind: PlannedLaunch, Monthly: new(amountOf(t, "31")), Currency: "USD", From: finops.NewDay(2026, 5, 1), To: new(finops.NewDay(2026, 7, 31))})
	require.Equal(t, []string{"0", "70", "23.5"}, months(of("")))
	require.Len(t, of("").Effects, 4)

	plan(t, w, PlannedChange{Name: "Gone", Kind: PlannedShutdown, Where: `ServiceName = "Other"`, From: finops.NewDay(2026, 6, 1)})
	require.Equal(t, "-150", of("").Months[1].Planned.String())
	require.NoError(t, w.Forecasts.DeletePlanned(t.Context(), "gone", AnyVersion))

	for _, bad := range []PlannedChange{
		{Name: "x", Kind: PlannedLaunch, Currency: "USD"},
		{Name: "x", Kind: PlannedPrice},
		{Name: "x", Kind: PlannedShutdown, Percent: new(amountOf(t, "101"))},
		{Name: "x", Kind: PlannedRenewal},
		{Name: "x", Kind: "hope"},
		{Name: "x", Kind: PlannedShutdown, Scope: "nobody"},
	} {
		_, err := w.Forecasts.SavePlanned(t.Context(), bad, 0)
		require.NotEqual(t, finops.Code(""), finops.CodeOf(err), "%+v", bad)
		require.Error(t, err)
	}
	_, err := w.Forecasts.SavePlanned(t.Context(), PlannedChange{Name: "Shop", Kind: PlannedShutdown}, 0)
	require.Equal(t, finops.CodeConflict, finops.CodeOf(err))
}

// coveredBills are 151 days up to 2026-05-31: usage that a commitment covers, which would cost 10 a day without it; the commitment itself, which costs
// 7 a day, of which 1 is unused, and is paid with 210 a month; and 5 a day beside it. Its last day is 2026-06-30.
func coveredBills(t *testing.T, contracted string) string {
	t.Helper()
	day := func(text string) func(int) string { return func(int) string { return text } }
	of := []string{"CommitmentDiscountId", "sp-1", "CommitmentDiscountName", "Plan", "x_CommitmentDiscountEnd", "2026-07-01T00:00:00Z"}
	status := func(status, effective, contracted string) []string {
		return append([]string{"CommitmentDiscountStatus", status, "BilledCost", "0", "EffectiveCost", effective, "ContractedCost", contracted}, of...)
	}
	c := newTable("ChargeFrequency", "ContractedCost", "CommitmentDiscountId", "CommitmentDiscountName", "CommitmentDiscountStatus", "x_CommitmentDiscountEnd")
	dailyBills(c, 151, day("5"), "ContractedCost", "5")
	dailyBills(c, 151, day(""), status("Used", "6", contracted)...)
	dailyBills(c, 151, day(""), status("Unused", "1", "1")...)
	for m := finops.NewMonth(2026, 1); m <= finops.NewMonth(2026, 5); m++ {
		c.line(append([]string{
			"BillingPeriodStart", m.First().String(), "BillingPeriodEnd", (m + 1).First().String(), "ChargePeriodStart", m.First().String(), "ChargePeriodEnd", (m + 1).First().String(),
			"ChargeCategory", "Purchase", "ChargeFrequency", "Recurring", "BilledCost", "210", "EffectiveCost", "0", "ContractedCost", "210",
		}, of...)...)
	}
	return c.file(t, "covered.csv")
}

func TestForecasts_CommitmentEnds(t *testing.T) {
	forecast := func(w *Workspace, metric finops.Metric, where string) *Forecast {
		t.Helper()
		q := ForecastQuestion{Metric: metric}
		if where != "" {
			var err error
			q.Where, err = filter.Parse(where)
			require.NoError(t, err)
		}
		f, err := w.Forecasts.Forecast(t.Context(), q)
		require.NoError(t, err)
		require.Empty(t, f.Refused)
		return f
	}
	ends := func(f *Forecast) []string { // June to August
		return []string{f.Months[1].Ends.String(), f.Months[2].Ends.String(), f.Months[3].Ends.String()}
	}
	w := newWorkspace(t)
	load(t, w, coveredBills(t, "10"))

	f := forecast(w, finops.EffectiveCost, "")
	require.Equal(t, []string{"0", "93", "93"}, ends(f), "31 days on which 10 take the place of 7")
	require.Len(t, f.Effects, 1)
	require.Equal(t, "Plan", f.Effects[0].Name)
	require.Equal(t, PlannedKind(""), f.Effects[0].Kind)
	require.Equal(t, "2026-07-01", f.Effects[0].First.String())
	require.Equal(t, "186", f.Effects[0].Total.String())
	require.Equal(t, "465", f.Months[2].Forecast.String(), "31 days of 15")
	require.Equal(t, []string{"0", "93", "93"}, ends(forecast(w, finops.BilledCost, "")), "the fee of the last 30 days is gone")
	require.Equal(t, []string{"0", "124", "124"}, ends(forecast(w, finops.EffectiveCost, `CommitmentDiscountStatus = "Used"`)), "what is unused is not asked for")
	require.Empty(t, forecast(w, finops.EffectiveCost, `ContractedCost = 5`).Effects, "none of it is covered")

	plan(t, w, PlannedChange{Name: "Renew", Kind: PlannedRenewal, Commitment: "sp-1"})
	f = forecast(w, finops.EffectiveCost, "")
	require.Equal(t, []string{"0", "0", "0"}, ends(f))
	require.Empty(t, f.Effects)

	unpriced := newWorkspace(t)
	load(t, unpriced, coveredBills(t, ""))
	f = forecast(unpriced, finops.EffectiveCost, "")
	require.Empty(t, f.Effects)
	require.Contains(t, f.Notes, "Plan ends on 30 Jun 2026. What its usage costs then is not known, since it has no contracted cost.")
}

func TestForecasts_FrozenBesideWhatCame(t *testing.T) {
	w := newWorkspace(t)
	load(t, w, dailyBills(newTable(), 121, func(int) string { return "10" }).file(t, "usage.csv")) // to May 1
	q := ForecastQuestion{Metric: finops.EffectiveCost}
	require.NoError(t, w.Forecasts.Freeze(t.Context(), "Plan", "", q))
	require.Equal(t, finops.CodeConflict, finops.CodeOf(w.Forecasts.Freeze(t.Context(), "plan", "", q)))
	later := newTable()
	for d := 121; d < 170; d++ { // to June 19
		later.line(append(onDay(d), "BilledCost", "11", "EffectiveCost", "11")...)
	}
	load(t, w, later.file(t, "later.csv"))

	list, err := w.Forecasts.Frozen(t.Context())
	require.NoError(t, err)
	require.Len(t, list, 1)
	may, june, july := list[0].Months[0], list[0].Months[1], list[0].Months[2]
	require.Equal(t, []string{"310", "340"}, []string{may.Parts.Forecast.String(), may.Actual.String()})
	require.True(t, may.Whole)
	require.Equal(t, []string{"300", "198"}, []string{june.Parts.Forecast.String(), june.Actual.String()}, "18 complete days")
	require.False(t, june.Whole)
	require.Nil(t, july.Actual)
	require.NoError(t, w.Forecasts.Unfreeze(t.Context(), "Plan"))
}
