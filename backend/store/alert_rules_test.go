package store_test

import (
	"database/sql"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/store"
)

// TestMigrate_AlertsStay: alerts of a workspace from before there were rules keep their ids and what they say, and are raised no second time.
func TestMigrate_AlertsStay(t *testing.T) {
	path := filepath.Join(t.TempDir(), "client.cloudintel")
	old, err := store.CreateOld(t.Context(), path, "Client", 17)
	require.NoError(t, err)
	closed(t, old)
	plain, err := sql.Open("sqlite", path)
	require.NoError(t, err)
	for _, statement := range []string{
		"INSERT INTO budget VALUES (3, 'b', 'B', '{}', 2, '', '', '', '')",
		"INSERT INTO alert VALUES (7, 3, 2, '2026-05', 'actual', '80', 'B', '2026-05-09', '2026-05-10T01:02:03Z', 0, 'Spent.')",
		"INSERT INTO alert VALUES (9, 3, 2, '2026-05', 'actual', '100', 'B', '2026-05-09', '2026-05-10T01:02:03Z', 1, 'Spent all.')",
	} {
		_, err := plain.ExecContext(t.Context(), statement)
		require.NoError(t, err)
	}
	require.NoError(t, plain.Close())
	db, err := store.Open(t.Context(), path)
	require.NoError(t, err)
	t.Cleanup(func() { closed(t, db) })
	list, err := db.Alerts(t.Context())
	require.NoError(t, err)
	day, at := finops.NewDay(2026, 5, 9), time.Date(2026, 5, 10, 1, 2, 3, 0, time.UTC)
	want := []store.Alert{
		{ID: 9, BudgetID: 3, Version: 2, Period: "2026-05", Kind: "actual", Percent: "100", Name: "B", CrossedAt: day, SeenAt: at, Silent: true, Message: "Spent all.", SentTo: []string{}},
		{ID: 7, BudgetID: 3, Version: 2, Period: "2026-05", Kind: "actual", Percent: "80", Name: "B", CrossedAt: day, SeenAt: at, Message: "Spent.", SentTo: []string{}},
	}
	require.Equal(t, want, list)
	again := want[0]
	again.Silent = false
	raised, err := db.KeepEvaluation(t.Context(), store.Evaluation{Ledger: 1, Alerts: []store.Alert{again}}, "Nora", at)
	require.NoError(t, err)
	require.Zero(t, raised)
}

// TestAlertRules_RaiseOnce: a rule raises one alert for what it is about, whichever version it has, and none where it was changed while it was evaluated.
func TestAlertRules_RaiseOnce(t *testing.T) {
	db := create(t)
	t.Cleanup(func() { closed(t, db) })
	at := time.Date(2026, 5, 10, 1, 2, 3, 0, time.UTC)
	save := func() int64 {
		version, err := db.SaveAlertRule(t.Context(), store.Named{Name: "Late", Content: "{}", ChangedAt: at, ChangedBy: "Nora"}, store.AnyVersion, []store.Alert{
			{Rule: "late", Period: "before", Kind: "late", Name: "Late", CrossedAt: finops.NewDay(2026, 5, 1), Message: "x"},
		})
		require.NoError(t, err)
		return version
	}
	keep := func(version int64, about string) (int, error) {
		return db.KeepEvaluation(t.Context(), store.Evaluation{Ledger: 5, Day: finops.NewDay(2026, 5, 10), Alerts: []store.Alert{
			{Rule: "late", Version: version, Period: about, Kind: "late", Name: "Late", CrossedAt: finops.NewDay(2026, 5, 9), Message: "x"},
		}}, "Nora", at)
	}
	version := save()
	for i, want := range []int{1, 0, 0} {
		about := "AWS 1"
		if i == 2 {
			about = "before"
		}
		raised, err := keep(version, about)
		require.NoError(t, err)
		require.Equal(t, want, raised)
	}
	require.EqualValues(t, 2, save())
	_, err := keep(version, "AWS 2")
	require.ErrorIs(t, err, store.ErrBudgetChanged)
	raised, err := keep(2, "AWS 1")
	require.NoError(t, err)
	require.Zero(t, raised, "another version of the rule raises nothing again")
	ledger, day, err := db.LastEvaluation(t.Context())
	require.NoError(t, err)
	require.Equal(t, []any{int64(5), "2026-05-10"}, []any{ledger, day})
	require.NoError(t, db.DeleteAlertRule(t.Context(), "late", store.AnyVersion, "Nora", at))
	_, err = keep(2, "AWS 3")
	require.ErrorIs(t, err, store.ErrBudgetChanged)
	list, err := db.Alerts(t.Context())
	require.NoError(t, err)
	require.Len(t, list, 2, "what it raised stays")
}
