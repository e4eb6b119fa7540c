package service

import (
	"context"
	"math/rand/v2"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/analysis/reconcile"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/ingest"
	"cloud-intelligence/backend/store/storetest"
)

func figureOf(account string) reconcile.Row {
	return reconcile.Row{MonthGiven: true, Figure: reconcile.Figure{
		Key: reconcile.Key{Provider: "AWS", Account: account, Month: finops.NewMonth(2026, 5), Currency: "USD"}, Total: finops.NewAmount(450, 2),
	}}
}

// TestImport_PersonsDataStays changes everything that a person can change in the middle of an
// import, in this and in another workspace object, and takes the import back.
func TestImport_PersonsDataStays(t *testing.T) {
	long(t)
	for name, cancelled := range map[string]bool{"Cancelled": true, "Undone": false} {
		t.Run(name, func(t *testing.T) {
			w := newWorkspace(t)
			load(t, w, newTable().lines(50, "r").file(t, "held.csv"))
			other := reopen(t, w.Path())
			more := newTable("x_Owner").lines(140_000, "m", "BillingAccountId", "2", "x_Owner", "ann").file(t, "more.csv")
			mapping := completed(t, writeTable(t, "hosting.csv", hosting))
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			acted := false
			res, err := importWith(ctx, w, ImportOptions{Progress: func(p ingest.Progress) {
				if p.Lines < 70_000 || acted {
					return
				}
				acted = true
				require.NoError(t, w.Rename(t.Context(), "Renamed", AnyVersion))
				_, err := w.Reconciliation.SaveFigure(t.Context(), figureOf("1"))
				require.NoError(t, err)
				_, err = other.Reconciliation.SaveFigure(t.Context(), figureOf("7"))
				require.NoError(t, err)
				require.NoError(t, other.Mappings.Save(t.Context(), mapping, false))
				if cancelled {
					cancel()
				}
			}}, more)
			require.True(t, acted, "the import is long enough to act in the middle")
			if cancelled {
				require.Error(t, err)
			} else {
				require.NoError(t, err)
				require.NoError(t, w.Imports.Undo(t.Context(), res.ImportID))
			}

			info, err := w.Info(t.Context())
			require.NoError(t, err)
			assert.Equal(t, "Renamed", info.Name)
			figures, err := w.Reconciliation.Figures(t.Context())
			require.NoError(t, err)
			assert.Len(t, figures, 2)
			mappings, err := w.Mappings.List(t.Context())
			require.NoError(t, err)
			assert.Len(t, mappings, 1)
			requireSound(t, w)
			db := storetest.Open(t, w.Path())
			defer func() { require.NoError(t, db.Close()) }()
			assert.Empty(t, storetest.Strings(t, db, "SELECT \"table\" FROM pragma_foreign_key_check"))
		})
	}
}

// TestKill_PersonsDataStays kills imports while this process changes the name all the time.
func TestKill_PersonsDataStays(t *testing.T) {
	long(t)
	t.Parallel()
	k := newKilled(t)
	w := reopen(t, k.path)
	renames := 0
	for _, at := range []int{2, 4, 5} {
		stop, done := make(chan struct{}), make(chan struct{})
		go func() {
			defer close(done)
			for {
				select {
				case <-stop:
					return
				case <-time.After(5 * time.Millisecond):
				}
				renames++
				if !assert.NoError(t, w.Rename(t.Context(), strconv.Itoa(renames), AnyVersion)) {
					return
				}
			}
		}()
		ended, _ := child(t, killJob{Workspace: k.path, Action: "import", File: k.file, KillAt: at}, 0)
		close(stop)
		<-done
		require.False(t, ended)
		require.False(t, k.look(t), "killed at call %d", at)
		requireNamed(t, w, renames)
	}
	require.Greater(t, renames, 10)
}

// TestKill_Renaming kills a process while it changes the name all the time: the name is that of
// the last entry of the audit log, or that before.
func TestKill_Renaming(t *testing.T) {
	long(t)
	t.Parallel()
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	random := rand.New(rand.NewPCG(seed, 2))
	w := newWorkspace(t)
	for range kills(8) {
		child(t, killJob{Workspace: w.Path(), Action: "rename"}, time.Duration(20+random.IntN(150))*time.Millisecond)
		entries, err := w.Audit.List(t.Context(), 1)
		require.NoError(t, err)
		if len(entries) == 0 {
			continue // killed before the first one
		}
		info, err := w.Info(t.Context())
		require.NoError(t, err)
		require.Equal(t, strconv.Quote(info.Name), *entries[0].After)
		_, err = w.Audit.Verify(t.Context())
		require.NoError(t, err)
	}
}

// requireNamed wants the name n and an entry of the audit log for each of n changes.
func requireNamed(t *testing.T, w *Workspace, n int) {
	t.Helper()
	info, err := w.Info(t.Context())
	require.NoError(t, err)
	require.Equal(t, strconv.Itoa(n), info.Name)
	entries, err := w.Audit.List(t.Context(), 0)
	require.NoError(t, err)
	changes := 0
	for _, e := range entries {
		if e.Action == "set name" {
			changes++
		}
	}
	require.Equal(t, n, changes)
	_, err = w.Audit.Verify(t.Context())
	require.NoError(t, err)
}

// TestFigures_ChangedMeanwhile lets two people change one invoice amount.
func TestFigures_ChangedMeanwhile(t *testing.T) {
	w := newWorkspace(t)
	first, err := w.Reconciliation.SaveFigure(t.Context(), figureOf("1"))
	require.NoError(t, err)
	require.Nil(t, first.Before)
	seen, err := w.Reconciliation.Figures(t.Context())
	require.NoError(t, err)
	row := figureOf("1")
	row.ID, row.Version, row.Total = seen[0].ID, seen[0].Version, finops.NewAmount(500, 2)
	_, err = w.Reconciliation.SaveFigure(t.Context(), row)
	require.NoError(t, err)
	row.Total = finops.NewAmount(600, 2)
	_, err = w.Reconciliation.SaveFigure(t.Context(), row)
	require.Equal(t, finops.CodeConflict, finops.CodeOf(err))
	assert.Contains(t, finops.MessageOf(err), "now 5.00 USD by Tester")
	entries, err := w.Audit.List(t.Context(), 0)
	require.NoError(t, err)
	assert.Len(t, entries, 2, "a change that was refused leaves no entry")
}
