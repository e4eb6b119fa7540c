package service

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/finops"
)

// TestSync_RestatedMonth delivers a month again with fewer days, with other days and as it was: what was delivered last is what counts, whatever came before.
func TestSync_RestatedMonth(t *testing.T) {
	root := t.TempDir()
	path, opts := placeWorkspace(t, root)
	w := withPlace(t, path, place{}, opts)
	t.Cleanup(func() { require.NoError(t, w.Close()) })
	file := filepath.Join(root, "account-1", "2026-10", "part.csv")
	require.NoError(t, os.MkdirAll(filepath.Dir(file), 0o700))
	for step, days := range [][]int{{1, 2, 3, 4, 5}, {2, 3}, {9}, {1, 2, 3, 4, 5}, {7, 8, 9, 10}, {4}} {
		bill := newTable()
		for _, day := range days {
			bill.line("BillingAccountId", "1", "BillingPeriodStart", "2026-10-01T00:00:00Z", "BillingPeriodEnd", "2026-11-01T00:00:00Z",
				"ChargePeriodStart", fmt.Sprintf("2026-10-%02dT00:00:00Z", day), "ChargePeriodEnd", fmt.Sprintf("2026-10-%02dT00:00:00Z", day+1), "BilledCost", "2", "EffectiveCost", "2")
		}
		bill.write(t, file)
		_, err := syncMain(t, w, SyncOptions{})
		require.NoError(t, err)
		a, err := w.Ledger.Ask(t.Context(), finops.Question{Metrics: []finops.Metric{finops.BilledCost}})
		require.NoError(t, err)
		require.Len(t, a.Totals, 1)
		assert.Equal(t, fmt.Sprint(2*len(days)), a.Totals[0].Amounts[0].String(), "step %d", step)
		proof, err := w.Ledger.Verify(t.Context())
		require.NoError(t, err)
		assert.True(t, proof.OK)
	}
}
