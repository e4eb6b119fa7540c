package service

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/finops"
)

func TestAsk_Quantities(t *testing.T) {
	w := newWorkspace(t)
	load(t, w, newTable("ConsumedQuantity", "ConsumedUnit").
		line("ConsumedQuantity", "1.50", "ConsumedUnit", "Hours").line("ConsumedQuantity", "2", "ConsumedUnit", "Hours").
		line("ConsumedQuantity", "7", "ConsumedUnit", "GB").line("ConsumedQuantity", "", "ConsumedUnit", "").file(t, "a.csv"))
	hours := "Hours"

	a, err := w.Ledger.Ask(t.Context(), finops.Question{Metrics: []finops.Metric{"ConsumedQuantity", finops.BilledCost}, GroupBy: []string{"ConsumedUnit"}})
	require.NoError(t, err)
	require.Len(t, a.Rows, 3)
	assert.Equal(t, "7", a.Rows[0].Amounts[0].String())
	assert.Equal(t, "3.5", a.Rows[1].Amounts[0].String())
	assert.Nil(t, a.Rows[2].Amounts[0])
	assert.Nil(t, a.Totals[0].Amounts[0], "hours and gigabytes have no sum")
	assert.Equal(t, "6", a.Totals[0].Amounts[1].String())

	a, err = w.Ledger.Ask(t.Context(), finops.Question{Metrics: []finops.Metric{"ConsumedQuantity"}, Where: finops.Conditions(finops.Condition{Column: "ConsumedUnit", Values: []*string{&hours}})})
	require.NoError(t, err)
	assert.Equal(t, "3.5", a.Totals[0].Amounts[0].String())

	for _, q := range []finops.Question{
		{Metrics: []finops.Metric{"ConsumedQuantity"}},
		{Metrics: []finops.Metric{"ConsumedQuantity"}, GroupBy: []string{"PricingUnit"}},
		{Metrics: []finops.Metric{"ListUnitPrice"}},
	} {
		_, err = w.Ledger.Ask(t.Context(), q)
		assert.Equal(t, finops.CodeInvalid, finops.CodeOf(err))
	}
}

func TestAsk_EqualNumbersAreOneValue(t *testing.T) {
	w := newWorkspace(t)
	load(t, w, newTable().line("BilledCost", "0").line("BilledCost", "0.00").line("BilledCost", "1.50").line("BilledCost", "1.5").file(t, "a.csv"))
	zero := "0.0"
	a, err := w.Ledger.Ask(t.Context(), finops.Question{Metrics: finops.Metrics, Where: finops.Conditions(finops.Condition{Column: "BilledCost", Values: []*string{&zero}})})
	require.NoError(t, err)
	assert.EqualValues(t, 2, a.Totals[0].Lines)
	a, err = w.Ledger.Ask(t.Context(), finops.Question{Metrics: finops.Metrics, GroupBy: []string{"BilledCost"}})
	require.NoError(t, err)
	assert.Len(t, a.Rows, 2)
}
