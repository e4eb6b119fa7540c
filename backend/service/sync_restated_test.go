package service

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/job"
)

// restated is a place with one month of an account in files of charges of 2 dollars a day.
type restated struct{ root string }

func (p restated) file(name string) string {
	return filepath.Join(p.root, "account-1", "2026-10", name+".csv")
}

// write writes a file, whose charges are those of no other.
func (p restated) write(t *testing.T, name string, days ...int) {
	t.Helper()
	bill := newTable()
	for _, day := range days {
		bill.line("BillingAccountId", "1", "BillingPeriodStart", "2026-10-01T00:00:00Z", "BillingPeriodEnd", "2026-11-01T00:00:00Z", "ResourceId", fmt.Sprint(name, day),
			"ChargePeriodStart", fmt.Sprintf("2026-10-%02dT00:00:00Z", day), "ChargePeriodEnd", fmt.Sprintf("2026-10-%02dT00:00:00Z", day+1), "BilledCost", "2", "EffectiveCost", "2")
	}
	bill.write(t, p.file(name))
}

// syncedCost syncs the connection Main, and returns what the ledger comes to then.
func syncedCost(t *testing.T, w *Workspace) string {
	t.Helper()
	_, err := syncMain(t, w, SyncOptions{})
	require.NoError(t, err)
	a, err := w.Ledger.Ask(t.Context(), finops.Question{Metrics: []finops.Metric{finops.BilledCost}})
	require.NoError(t, err)
	require.Len(t, a.Totals, 1)
	return a.Totals[0].Amounts[0].String()
}

// TestSync_RestatedMonth delivers a month again with fewer days, with other days and as it was: what was delivered last is what counts, whatever came before.
func TestSync_RestatedMonth(t *testing.T) {
	p := restated{t.TempDir()}
	path, opts := placeWorkspace(t, p.root)
	w := withPlace(t, path, place{}, opts)
	t.Cleanup(func() { require.NoError(t, w.Close()) })
	for step, days := range [][]int{{1, 2, 3, 4, 5}, {2, 3}, {9}, {1, 2, 3, 4, 5}, {7, 8, 9, 10}, {4}} {
		p.write(t, "a", days...)
		assert.Equal(t, fmt.Sprint(2*len(days)), syncedCost(t, w), "step %d", step)
	}
}

// TestSync_AnyDelivery has files of a month change, come and go by chance, each by itself, and wants after each sync what is there then.
func TestSync_AnyDelivery(t *testing.T) {
	long(t)
	for seed := range uint64(orders(3)) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			rng, p := rand.New(rand.NewPCG(seed, 33)), restated{t.TempDir()}
			path, opts := placeWorkspace(t, p.root)
			w := withPlace(t, path, place{}, opts)
			t.Cleanup(func() { require.NoError(t, w.Close()) })
			there := map[string]int{} // charges of each file
			var say []string
			for range 15 {
				for range 1 + rng.IntN(2) {
					name := string(rune('a' + rng.IntN(3)))
					if there[name] > 0 && len(there) > 1 && rng.IntN(3) == 0 {
						require.NoError(t, os.Remove(p.file(name)))
						delete(there, name)
						say = append(say, "-"+name)
						continue
					}
					first, last := 1+rng.IntN(4), 4+rng.IntN(3)
					var days []int
					for day := first; day <= last; day++ {
						days = append(days, day)
					}
					p.write(t, name, days...)
					there[name] = len(days)
					say = append(say, fmt.Sprint("+", name, days))
				}
				want := 0
				for _, charges := range there {
					want += 2 * charges
				}
				say = append(say, "sync")
				require.Equal(t, fmt.Sprint(want), syncedCost(t, w), say)
			}
			proof, err := w.Ledger.Verify(t.Context())
			require.NoError(t, err)
			assert.True(t, proof.OK)
		})
	}
}

// TestSync_Paused stands still between two files for as long as a person wants, and goes on then.
func TestSync_Paused(t *testing.T) {
	p := restated{t.TempDir()}
	path, opts := placeWorkspace(t, p.root)
	p.write(t, "a", 1, 2)
	p.write(t, "b", 3)
	var w *Workspace
	fetched, id := 0, ""
	w = withPlace(t, path, place{fault: func(step string) error {
		if strings.HasPrefix(step, "fetch") {
			if fetched++; fetched == 1 {
				jobs, err := w.Jobs.List(t.Context(), 1)
				require.NoError(t, err)
				id = jobs[0].ID
				return w.Jobs.Pause(t.Context(), id)
			}
		}
		return nil
	}}, opts)
	t.Cleanup(func() { require.NoError(t, w.Close()) })
	j, err := w.Syncs.Start(t.Context(), "main", SyncOptions{}, nil)
	require.NoError(t, err)
	require.Eventually(t, func() bool {
		found, err := w.Jobs.Find(t.Context(), j.ID)
		return err == nil && found.State == job.Paused
	}, time.Minute, time.Millisecond)
	assert.Equal(t, 1, fetched, "the file that had begun is whole, and no other begins")
	require.NoError(t, w.Jobs.Resume(t.Context(), id))
	_, err = w.Jobs.Wait(t.Context(), j.ID)
	require.NoError(t, err)
	assert.Equal(t, 2, fetched)
	assert.Equal(t, "6", syncedCost(t, w))
}
