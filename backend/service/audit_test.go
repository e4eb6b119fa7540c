package service

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/analysis/reconcile"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/ingest"
	"cloud-intelligence/backend/store/storetest"
)

// TestAudit_NamesWhoActed lets one person import and another do everything else.
func TestAudit_NamesWhoActed(t *testing.T) {
	w := newWorkspace(t)
	imported := load(t, w, newTable().lines(3, "r").file(t, "a.csv"))
	path := w.Path()
	opts := testOptions
	opts.User = "Ben"
	ben, err := Open(t.Context(), path, opts)
	require.NoError(t, err)
	defer func() { require.NoError(t, ben.Close()) }()

	bill := ingest.Bill{Provider: "AWS", Account: "1", Month: finops.NewMonth(2026, 5)}
	m := completed(t, writeTable(t, "hosting.csv", hosting))
	for _, c := range []struct {
		action string
		act    func() error
	}{
		{"choose", func() error { return ben.Bills.UseExport(t.Context(), bill, "focus") }},
		{"save mapping", func() error { return ben.Mappings.Save(t.Context(), m, false) }},
		{"delete mapping", func() error { return ben.Mappings.Delete(t.Context(), m.Name, AnyVersion) }},
		{"save invoice amount", func() error {
			_, err := ben.Reconciliation.SaveFigure(t.Context(), reconcile.Row{MonthGiven: true, Figure: reconcile.Figure{
				Key: reconcile.Key{Provider: "AWS", Account: "1", Month: bill.Month, Currency: "USD"}, Total: finops.NewAmount(450, 2),
			}})
			return err
		}},
		{"delete invoice amount", func() error { return ben.Reconciliation.DeleteFigure(t.Context(), 1, AnyVersion) }},
		{"undo", func() error { return ben.Imports.Undo(t.Context(), imported.ImportID) }},
	} {
		require.NoError(t, c.act(), c.action)
		assert.Equal(t, c.action+" by Ben", lastAudit(t, path))
	}
	db := storetest.Open(t, path)
	defer func() { require.NoError(t, db.Close()) }()
	assert.Equal(t, []string{"import by Tester"}, storetest.Strings(t, db, "SELECT action || ' by ' || user FROM audit WHERE action = 'import'"))
}

// lastAudit says who did what last.
func lastAudit(t *testing.T, path string) string {
	t.Helper()
	db := storetest.Open(t, path)
	defer func() { require.NoError(t, db.Close()) }()
	return storetest.Strings(t, db, "SELECT action || ' by ' || user FROM audit ORDER BY id DESC LIMIT 1")[0]
}
