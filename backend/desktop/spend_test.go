package desktop

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/analysis/spend"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/service"
)

func TestLedger_Spend(t *testing.T) {
	h := filled(t)
	q := SpendQuestion{
		Metric: "BilledCost", Currency: "EUR", From: "2026-10-02", To: "2026-10-03", Base: spend.BaseCustom, CompareFrom: "2026-09-30", CompareTo: "2026-10-01",
		Column: "ServiceName", Beside: []string{"Provider", "ServiceName"}, Top: 1, Grain: finops.GrainDay, Context: true,
	}
	answers, err := h.ledger.Spend([]SpendQuestion{q, {Metric: "BilledCost", Currency: "EUR", Column: "HasTags"}})
	require.NoError(t, err)
	require.Len(t, answers, 2)
	s := answers[0]
	text, err := json.Marshal(s.Rows)
	require.NoError(t, err)
	assert.JSONEq(t, `[{"key":"EC2","name":null,"beside":["AWS","EC2"],"lines":1,"amount":"0.2","share":"0.015748","compared":"0","before":"0.1","change":"-0.1","relative":"-1.000000","new":false,"gone":true}]`, string(text))
	require.NotNil(t, s.Rest)
	assert.Equal(t, "-12.5", *s.Rest.Amount)
	assert.Equal(t, []service.SpendMissing{{Provider: "AWS", Days: 1, Now: []service.DaySpan{}, Before: []service.DaySpan{{From: "2026-09-30", To: "2026-09-30"}}}}, s.Comparison.Missing)
	assert.Equal(t, []any{"2026-09-30", "2026-10-01", 1, 2, false, ""}, []any{s.Comparison.From, s.Comparison.To, s.Comparison.Days, s.Comparison.OfDays, s.Comparison.Whole, s.Comparison.Reason})
	assert.Equal(t, "-0.1", *s.Comparison.Others, "the movers are at most one, too")
	require.Len(t, s.Series.Points, 3, "its context reaches back to the first day of the data")
	assert.Equal(t, "0", *s.Series.Points[2].Rows[0], "a day with data but without a charge costs nothing")
	assert.Equal(t, []string{"AWS"}, s.Series.Providers)
	assert.Nil(t, answers[1].Comparison)

	for name, bad := range map[string]SpendQuestion{
		"metric": {Metric: "Cost"}, "day": {Metric: "BilledCost", To: "x"}, "sort": {Metric: "BilledCost", Column: "ServiceName", Sort: "size"}, "half a period": {Metric: "BilledCost", Column: "ServiceName", Base: spend.BaseCustom, CompareTo: "2026-10-01"},
		"base":   {Metric: "BilledCost", Column: "ServiceName", Base: "yesterday"},
		"column": {Metric: "BilledCost", Column: "Nonsense"},
	} {
		_, err := h.ledger.Spend([]SpendQuestion{bad})
		assert.Equal(t, "invalid", code(err), name)
	}
}

func TestLedger_Bases(t *testing.T) {
	h := openDesktop(t)
	spans, err := h.ledger.Bases("2026-11-01", "2026-11-20")
	require.NoError(t, err)
	assert.Equal(t, []BaseSpan{{"previous", "2026-10-01", "2026-10-20"}, {"previous-month", "2026-10-01", "2026-10-31"}, {"last-year", "2025-11-01", "2025-11-20"}}, spans)
	for _, bad := range [][2]string{{"x", "2026-11-20"}, {"2026-11-20", "2026-11-01"}} {
		_, err = h.ledger.Bases(bad[0], bad[1])
		assert.Equal(t, "invalid", code(err))
	}
}
