package engine_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/engine"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/ingest"
	"cloud-intelligence/backend/store"
)

// requireAsRead compares the answers of an engine with those of one that reads all of the workspace anew.
func requireAsRead(t *testing.T, db *store.DB, e *engine.Engine) {
	t.Helper()
	rows := func(e *engine.Engine) (list []string) {
		for _, q := range []finops.Question{
			{Metrics: finops.Metrics[:4], GroupBy: []string{"ServiceName"}, Grain: finops.GrainDay, Sort: finops.SortKeys},
			{Metrics: finops.Metrics[:1], Grain: finops.GrainMonth, Sort: finops.SortKeys},
		} {
			a, err := e.Ask(t.Context(), q)
			require.NoError(t, err)
			for _, r := range a.Rows {
				line := r.Time
				for _, amount := range r.Amounts {
					text := "unknown"
					if amount != nil {
						text = amount.String()
					}
					line += " " + text
				}
				list = append(list, line)
			}
		}
		return list
	}
	fresh, err := engine.Open(t.Context(), db)
	require.NoError(t, err)
	require.Equal(t, rows(fresh), rows(e))
}

// TestEngine_AddsToWhatIsInMemory brings in one bill after the other, newer versions of some, and takes some back.
func TestEngine_AddsToWhatIsInMemory(t *testing.T) {
	db, e := importFiles(t, bill(t, 6, "1.5000"))
	requireAsRead(t, db, e)
	for i, cost := range []string{"0.000000000000000000000000000123", "98765432109876543210.123456789", "", "-3", "1e3"} {
		importMore(t, db, bill(t, 1+i, cost))
		requireAsRead(t, db, e)
	}
	undo := func(id int64) {
		require.NoError(t, db.UndoImport(t.Context(), id, "Ann", time.Now(), ingest.Decide))
		requireAsRead(t, db, e)
	}
	undo(6) // the newest
	importMore(t, db, bill(t, 7, "7"))
	requireAsRead(t, db, e)
	undo(3) // one in between
	newer := importMore(t, db, writeFile(t, "newer.csv", timesHead+fmt.Sprint("2,USD,2026-01-01,2026-01-02,2026-01-03,VM\n", "4,USD,2026-01-01,2026-01-03,2026-01-04,VM\n")))
	requireAsRead(t, db, e)
	undo(newer.ImportID) // the version before counts again
	importMore(t, db, bill(t, 8, "8"))
	requireAsRead(t, db, e)
}
