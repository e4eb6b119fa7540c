package engine_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/demo"
	"cloud-intelligence/backend/engine"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/ingest"
	"cloud-intelligence/backend/store"
)

const timesHead = "BilledCost,BillingCurrency,BillingPeriodStart,ChargePeriodStart,ChargePeriodEnd,ServiceName\n"

func TestAsk_HoursAreNotInvented(t *testing.T) {
	_, e := importFiles(t, writeFile(t, "times.csv", timesHead+
		"1,USD,2026-03-01,2026-03-01T05:00:00Z,2026-03-01T06:00:00Z,VM\n"+ // a Sunday
		"2,USD,2026-03-01,2026-03-01T05:30:00Z,2026-03-01T05:31:00Z,VM\n"+
		"4,USD,2026-03-01,2026-03-01T23:00:00Z,2026-03-02T00:00:00Z,VM\n"+
		"8,USD,2026-03-01,2026-03-02,2026-03-03,Disk\n"+
		"16,USD,2026-03-01,2026-03-02T01:00:00Z,,Disk\n"+
		"32,USD,2026-03-01,2026-03-02T07:00:00Z,2026-03-02T08:00:00Z,Disk\n"))
	a, err := e.Ask(t.Context(), finops.Question{Metrics: finops.Metrics[:1], Grain: finops.GrainHour})
	require.NoError(t, err)
	got := map[string]string{}
	for _, r := range a.Rows {
		got[r.Time] = r.Amounts[0].String()
	}
	assert.Equal(t, map[string]string{"2026-03-01T05": "3", "2026-03-01T23": "4", "2026-03-02": "24", "2026-03-02T07": "32"}, got)

	assert.Equal(t, map[string]string{"Sunday": "7", "Monday": "56"}, sumsBy(t, e, finops.Filter{}, finops.DimWeekday))
	assert.Equal(t, map[string]string{"05": "3", "07": "32", "23": "4", "none": "24"}, sumsBy(t, e, finops.Filter{}, finops.DimHourOfDay))
	is := func(column, value string) finops.Filter {
		return finops.If(finops.Condition{Column: column, Values: []*string{&value}})
	}
	assert.Equal(t, map[string]string{"Hour": "39", "Day": "8", "none": "16"}, sumsBy(t, e, finops.Filter{}, finops.DimPeriodLength))
	assert.Equal(t, map[string]string{"": "8"}, sumsBy(t, e, is(finops.DimPeriodLength, "day")))
	assert.Equal(t, map[string]string{"": "7"}, sumsBy(t, e, is("weekday", "SUN")))
	assert.Equal(t, map[string]string{"": "3"}, sumsBy(t, e, is(finops.DimHourOfDay, "5")))
	assert.Equal(t, map[string]string{"": "24"}, sumsBy(t, e, finops.If(finops.Condition{Column: finops.DimHourOfDay, Values: []*string{nil}})))
	state, err := e.State(t.Context())
	require.NoError(t, err)
	assert.Equal(t, []string{finops.DimWeekday, finops.DimHourOfDay, finops.DimPeriodLength}, state.Dimensions)
}

func TestAsk_FiscalYearsFollowTheSetting(t *testing.T) {
	db, e := importFiles(t, writeFile(t, "times.csv", timesHead+
		"1,USD,2026-03-01,2026-03-31,2026-04-01,VM\n2,USD,2026-04-01,2026-04-01,2026-04-02,VM\n"))
	times := func(grain finops.Grain) (list []string) {
		a, err := e.Ask(t.Context(), finops.Question{Metrics: finops.Metrics[:1], Grain: grain})
		require.NoError(t, err)
		for _, r := range a.Rows {
			list = append(list, r.Time)
		}
		return list
	}
	assert.Equal(t, []string{"FY2026"}, times(finops.GrainFiscalYear))
	require.NoError(t, db.SetSetting(t.Context(), store.FiscalYearStart, "4", "Ann", time.Now()))
	assert.Equal(t, []string{"FY2026", "FY2027"}, times(finops.GrainFiscalYear))
	assert.Equal(t, []string{"FY2026-Q4", "FY2027-Q1"}, times(finops.GrainFiscalQuarter))
	require.NoError(t, db.SetSetting(t.Context(), store.FiscalYearStart, "13", "Ann", time.Now()))
	_, err := e.Ask(t.Context(), finops.Question{Metrics: finops.Metrics[:1]})
	assert.Equal(t, finops.CodeCorrupt, finops.CodeOf(err))
}

func bill(t testing.TB, month int, cost string) string {
	t.Helper()
	return writeFile(t, fmt.Sprintf("bill-%d.csv", month), timesHead+fmt.Sprintf("%s,USD,2026-%02[2]d-01,2026-%02[2]d-02,2026-%02[2]d-03,VM\n", cost, month))
}

func TestWithSnapshot_OneStateOfTheLedger(t *testing.T) {
	db, e := importFiles(t, bill(t, 1, "1"))
	total := finops.Question{Metrics: finops.Metrics[:1]}
	bySKU := finops.Question{Metrics: finops.Metrics[:1], GroupBy: []string{"SkuId"}} // of the lines
	first, err := e.Ask(t.Context(), total)
	require.NoError(t, err)

	// Person's data is not the ledger.
	define(t, db, `{"name":"Team","rules":[{"where":"ServiceName = VM","value":"ours"}]}`)
	require.NoError(t, db.SetSetting(t.Context(), "name", "Other", "Ann", time.Now()))
	again, err := e.Ask(t.Context(), finops.Question{Metrics: finops.Metrics[:1], GroupBy: []string{"Dim/Team"}})
	require.NoError(t, err)
	assert.Equal(t, first.Version, again.Version)

	var versions []int64
	var answers []string
	err = e.WithSnapshot(t.Context(), func(s *engine.Snapshot) error {
		a, err := s.Ask(t.Context(), total)
		require.NoError(t, err)
		if versions = append(versions, s.Version()); len(versions) == 1 {
			importMore(t, db, bill(t, 2, "10"))
		}
		b, err := s.Ask(t.Context(), bySKU)
		require.NoError(t, err)
		assert.Equal(t, a.Version, b.Version)
		answers = append(answers, a.Totals[0].Amounts[0].String()+" = "+b.Totals[0].Amounts[0].String())
		return nil
	})
	require.NoError(t, err)
	assert.Equal(t, []string{"1 = 1", "11 = 11"}, answers)
	assert.Greater(t, versions[1], versions[0])

	// Lines that were taken back while they were asked for are missed.
	taken := 0
	err = e.WithSnapshot(t.Context(), func(s *engine.Snapshot) error {
		if taken++; taken == 1 {
			e.Reload()
			require.NoError(t, db.UndoImport(t.Context(), 1, "Ann", time.Now(), ingest.Decide))
		}
		a, err := s.Ask(t.Context(), bySKU)
		if err == nil {
			answers = append(answers, a.Totals[0].Amounts[0].String())
		}
		return err
	})
	require.NoError(t, err)
	assert.Equal(t, "10", answers[len(answers)-1])

	err = e.WithSnapshot(t.Context(), func(*engine.Snapshot) error {
		taken++
		importMore(t, db, bill(t, 2+taken, "1"))
		return nil
	})
	assert.Equal(t, finops.CodeUnavailable, finops.CodeOf(err), "it never comes to rest")
}

func TestAskAll_AnswersInOrder(t *testing.T) {
	_, e := importFiles(t, bill(t, 1, "1"))
	answers, err := e.AskAll(t.Context(), finops.Question{Metrics: finops.Metrics[:1]}, finops.Question{Metrics: finops.Metrics[:1], GroupBy: []string{"ServiceName"}})
	require.NoError(t, err)
	assert.Empty(t, answers[0].Rows[0].Keys)
	assert.Equal(t, "VM", *answers[1].Rows[0].Keys[0])
	_, err = e.AskAll(t.Context(), finops.Question{Metrics: finops.Metrics[:1]}, finops.Question{Metrics: finops.Metrics[:1], GroupBy: []string{"Nothing"}})
	assert.Equal(t, finops.CodeInvalid, finops.CodeOf(err))
	answers, err = e.AskAll(t.Context())
	require.NoError(t, err)
	assert.Empty(t, answers)
}

// TestAsk_ManyAtOnceSomeCancelled asks many questions of a ledger of which nothing is loaded
// yet, some of which are cancelled at any time: the others have the right answers.
func TestAsk_ManyAtOnceSomeCancelled(t *testing.T) {
	dir := t.TempDir()
	_, err := demo.Write(t.Context(), dir, demo.Options{Lines: 5_000, Months: 2})
	require.NoError(t, err)
	db, e := importFiles(t, dir, odd(t))
	define(t, db, `{"name":"Team","rules":[{"where":"ResourceId contains \"a\" and ServiceName contains \"s\"","value":"a"},{"where":"BilledCost > 1","value":"b"}]}`)
	columns := []string{"ServiceName", "ResourceId", "Tags/CostCenter", "x_Unique", "x_Few", "PricingQuantity", "Dim/Team", "SkuId", finops.DimHourOfDay, engine.HasTags}
	want := map[string]map[string]string{}
	for _, column := range columns {
		a, err := e.Ask(t.Context(), finops.Question{Metrics: finops.Metrics, GroupBy: []string{column}})
		require.NoError(t, err)
		want[column] = answerMap(a)
	}
	r := rand.New(rand.NewPCG(3, 4))
	for range 5 {
		e.Reload()
		var group sync.WaitGroup
		for range 40 {
			column, cancelled := columns[r.IntN(len(columns))], r.IntN(2) == 0
			group.Go(func() {
				ctx, cancel := context.WithCancel(t.Context())
				defer cancel()
				if cancelled {
					group.Go(cancel)
				}
				a, err := e.Ask(ctx, finops.Question{Metrics: finops.Metrics, GroupBy: []string{column}})
				switch {
				case err == nil:
					assert.Equal(t, want[column], answerMap(a), column)
				case !cancelled || !strings.Contains(err.Error(), context.Canceled.Error()):
					assert.NoError(t, err, column)
				}
			})
		}
		group.Wait()
	}
}
