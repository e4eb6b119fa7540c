package desktop

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/analysis/reconcile"
)

// TestFaces_SayTheSameOfOneFact compares what the pages and the command line say of facts that several of them show.
func TestFaces_SayTheSameOfOneFact(t *testing.T) {
	h, _ := agreeing(t)
	state, err := h.ledger.State()
	require.NoError(t, err)
	document, err := (&Quality{h.Desktop}).Passport()
	require.NoError(t, err)
	invoices, err := (&Reconciliation{h.Desktop}).List()
	require.NoError(t, err)
	bills, err := (&Bills{h.Desktop}).List()
	require.NoError(t, err)
	names, err := h.ledger.AccountNames()
	require.NoError(t, err)

	last, missing, sets := map[string]string{}, map[string]int{}, map[string]int{}
	for _, s := range document.DataSets {
		require.NotNil(t, s.Coverage.LastDay)
		last[s.Provider] = max(last[s.Provider], s.Coverage.LastDay.String())
		missing[s.Provider] += len(s.Coverage.MissingDays)
		sets[s.Provider]++
	}
	for _, p := range state.Providers {
		assert.Equal(t, last[p.Name], p.LastDay, "the last day of %s", p.Name)
		if sets[p.Name] == 1 {
			assert.Len(t, p.MissingDays, missing[p.Name], "the missing days of %s", p.Name)
		}
	}
	lines := int64(0)
	for _, b := range bills {
		lines += b.Lines
		billed, found := "", false
		for _, total := range b.Totals {
			if total.Metric == "BilledCost" {
				billed = total.Amount.String()
			}
		}
		for _, i := range invoices {
			if i.Provider == b.Provider && i.BillingAccount == b.Account && i.Month == b.Month.String() {
				assert.Equal(t, billed, i.Ledger.String(), "what %s costs", b.Account)
				found = true
			}
		}
		assert.True(t, found, "an invoice of %s", b.Account)
	}
	assert.Equal(t, state.Lines, lines)
	require.NotNil(t, document.Whole)
	assert.Equal(t, lines, document.Whole.Lines)
	for _, i := range invoices {
		for _, n := range names.BillingAccounts {
			if n.ID == i.BillingAccount {
				assert.Equal(t, n.Name, i.BillingAccountName)
			}
		}
	}

	var printed struct {
		Invoices []reconcile.InvoiceDocument `json:"invoices"`
	}
	require.NoError(t, json.Unmarshal(h.terminal(t, "reconcile", "--json"), &printed))
	assert.Equal(t, invoices, printed.Invoices)
	shown, err := json.Marshal(map[string]any{"bills": bills})
	require.NoError(t, err)
	assert.JSONEq(t, string(shown), string(h.terminal(t, "bills", "--json")))
}
