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

// restated is a place with files of one bill.
type restated struct{ root string }

// charges writes a file of charges, each a day, a resource and dollars, which are 2 where nothing is said: "05 disk", "05 disk 3". Where subAccount is empty it stands before
// the resource: "05 first/disk".
func (p restated) charges(t *testing.T, key, subAccount string, list ...string) {
	t.Helper()
	bill := newTable("SubAccountId")
	for _, charge := range list {
		f := append(strings.Fields(charge), "2")
		subAccount := subAccount
		if subAccount == "" {
			subAccount, f[1], _ = strings.Cut(f[1], "/")
		}
		bill.line("BillingPeriodStart", "2026-10-01T00:00:00Z", "BillingPeriodEnd", "2026-11-01T00:00:00Z", "ResourceId", f[1], "SubAccountId", subAccount,
			"ChargePeriodStart", "2026-10-"+f[0]+"T00:00:00Z", "ChargePeriodEnd", "2026-10-"+f[0]+"T23:00:00Z", "BilledCost", f[2], "EffectiveCost", f[2])
	}
	bill.write(t, filepath.Join(p.root, key))
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
		var list []string
		for _, day := range days {
			list = append(list, fmt.Sprintf("%02d a%d", day, day))
		}
		p.charges(t, "account-1/2026-10/a.csv", "1", list...)
		assert.Equal(t, fmt.Sprint(2*len(days)), syncedCost(t, w), "step %d", step)
	}
}

// TestSync_DataSetsOfOneBill syncs two data sets that are parts of one bill, each of a sub-account: neither takes the place of the other, whichever changes.
func TestSync_DataSetsOfOneBill(t *testing.T) {
	p := restated{t.TempDir()}
	path, opts := placeWorkspace(t, p.root)
	w := withPlace(t, path, place{}, opts)
	t.Cleanup(func() { require.NoError(t, w.Close()) })
	p.charges(t, "a/2026-10/x.csv", "first", "01 p", "02 p", "03 p")
	p.charges(t, "b/2026-10/x.csv", "second", "01 q", "02 q", "03 q")
	assert.Equal(t, "12", syncedCost(t, w))
	p.charges(t, "a/2026-10/x.csv", "first", "01 p", "02 p", "03 p", "04 p")
	assert.Equal(t, "14", syncedCost(t, w))
	p.charges(t, "b/2026-10/x.csv", "second", "02 q")
	assert.Equal(t, "10", syncedCost(t, w))
}

// TestSync_PartOfABill syncs the export of one sub-account beside that of a whole bill, which has it, too: whichever comes last, nothing of the bill is lost, and nothing doubled.
func TestSync_PartOfABill(t *testing.T) {
	const whole, part = "whole/2026-10/x.csv", "part/2026-10/x.csv"
	bill := func(days ...string) (list []string) {
		for _, day := range days {
			list = append(list, day+" first/a", day+" first/b", day+" second/c", day+" third/d")
		}
		return list
	}
	one := func(cost string, days ...string) (list []string) {
		for _, day := range days {
			list = append(list, day+" a "+cost, day+" b "+cost)
		}
		return list
	}
	for name, first := range map[string]string{"WholeFirst": whole, "PartFirst": part} {
		t.Run(name, func(t *testing.T) {
			p := restated{t.TempDir()}
			path, opts := placeWorkspace(t, p.root)
			w := withPlace(t, path, place{}, opts)
			t.Cleanup(func() { require.NoError(t, w.Close()) })
			if first == part {
				p.charges(t, part, "first", one("2", "01", "02")...)
				require.Equal(t, "8", syncedCost(t, w))
			}
			p.charges(t, whole, "", bill("01", "02")...)
			require.Equal(t, "16", syncedCost(t, w))
			p.charges(t, part, "first", one("2", "01", "02", "03")...)
			require.Equal(t, "20", syncedCost(t, w), "a day that the whole bill does not have yet counts")
			p.charges(t, part, "first", one("3", "01", "02", "03")...)
			require.Equal(t, "22", syncedCost(t, w), "new amounts of days that the whole bill has come with it")
			p.charges(t, whole, "", bill("01", "02", "03")...)
			require.Equal(t, "24", syncedCost(t, w))
		})
	}
}

// TestSync_ChargesBesideTheirMonth syncs a month whose files end with charges of the bill of the month before, on a day that the files of that month have, too.
func TestSync_ChargesBesideTheirMonth(t *testing.T) {
	p := restated{t.TempDir()}
	path, opts := placeWorkspace(t, p.root)
	w := withPlace(t, path, place{}, opts)
	t.Cleanup(func() { require.NoError(t, w.Close()) })
	p.charges(t, "a/2026-10/x.csv", "1", "29 p", "30 p", "30 q")
	p.charges(t, "a/2026-11/x.csv", "1", "30 late")
	assert.Equal(t, "8", syncedCost(t, w))
	p.charges(t, "a/2026-11/x.csv", "1", "30 late", "30 later")
	assert.Equal(t, "10", syncedCost(t, w))
	p.charges(t, "a/2026-10/x.csv", "1", "30 p", "30 q")
	assert.Equal(t, "8", syncedCost(t, w))
}

// TestSync_FilesWithCommonCharges syncs two files of which some charges have the same names, as lines of one resource that are spread over the parts of an export
// have: whether they come together or one by one makes no difference.
func TestSync_FilesWithCommonCharges(t *testing.T) {
	for _, folder := range []string{"set/2026-10/", "set/"} {
		for _, first := range []string{"a", "b"} {
			t.Run(folder+first, func(t *testing.T) {
				t.Parallel()
				p := restated{t.TempDir()}
				path, opts := placeWorkspace(t, p.root)
				w := withPlace(t, path, place{}, opts)
				t.Cleanup(func() { require.NoError(t, w.Close()) })
				write := func(name string, more ...string) {
					for i := range 50 {
						resource := fmt.Sprint(i / 5)
						if i >= 15 {
							resource = name + resource
						}
						more = append(more, fmt.Sprintf("%02d %s", 1+i%5, resource))
					}
					p.charges(t, folder+name+".csv", "1", more...)
				}
				other := map[string]string{"a": "b", "b": "a"}[first]
				write(first)
				assert.Equal(t, "100", syncedCost(t, w))
				write(other)
				assert.Equal(t, "200", syncedCost(t, w))
				write(first, "05 new")
				assert.Equal(t, "202", syncedCost(t, w))
			})
		}
	}
}

// TestSync_StatesBesideEachOther syncs a place into which each export is laid beside the one before: the one that came last counts, also where nothing but
// that says which is newer.
func TestSync_StatesBesideEachOther(t *testing.T) {
	for _, folder := range []string{"set/2026-10/", "set/"} {
		p := restated{t.TempDir()}
		path, opts := placeWorkspace(t, p.root)
		w := withPlace(t, path, place{}, opts)
		t.Cleanup(func() { require.NoError(t, w.Close()) })
		p.charges(t, folder+"b.csv", "1", "01 p", "01 q", "02 p", "02 q", "03 p", "03 q")
		assert.Equal(t, "12", syncedCost(t, w))
		p.charges(t, folder+"a.csv", "1", "01 p", "01 q", "02 p 3", "02 q 3", "03 p 3")
		assert.Equal(t, "13", syncedCost(t, w), folder)
		p.charges(t, folder+"c.csv", "1", "01 p", "01 q", "02 p 3", "02 q 3", "03 p 4", "03 q 4", "04 p")
		assert.Equal(t, "20", syncedCost(t, w), folder)
	}
}

// TestSync_AnyDelivery has files of a month change, come and go by chance, each by itself, in two data sets that are parts of one bill, and wants after each sync
// what is there then.
func TestSync_AnyDelivery(t *testing.T) {
	long(t)
	for seed := range uint64(orders(3)) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			rng, p := rand.New(rand.NewPCG(seed, 33)), restated{t.TempDir()}
			path, opts := placeWorkspace(t, p.root)
			w := withPlace(t, path, place{}, opts)
			t.Cleanup(func() { require.NoError(t, w.Close()) })
			there := map[string]map[string]int{"one": {}, "two": {}} // charges of each file of each data set
			var say []string
			for range 15 {
				for range 1 + rng.IntN(2) {
					set, name := []string{"one", "two"}[rng.IntN(2)], string(rune('a'+rng.IntN(3)))
					key := set + "/2026-10/" + name + ".csv"
					if there[set][name] > 0 && len(there[set]) > 1 && rng.IntN(3) == 0 {
						require.NoError(t, os.Remove(filepath.Join(p.root, key)))
						delete(there[set], name)
						say = append(say, "-"+key)
						continue
					}
					first, last := 1+rng.IntN(4), 4+rng.IntN(3)
					var list []string
					for day := first; day <= last; day++ {
						list = append(list, fmt.Sprintf("%02d %s%d", day, name, day))
					}
					p.charges(t, key, set, list...)
					there[set][name] = len(list)
					say = append(say, fmt.Sprint("+", key, list))
				}
				want := 0
				for _, files := range there {
					for _, charges := range files {
						want += 2 * charges
					}
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
	p.charges(t, "account-1/2026-10/a.csv", "1", "01 a1", "02 a2")
	p.charges(t, "account-1/2026-10/b.csv", "1", "03 b3")
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
