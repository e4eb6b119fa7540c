package service

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/engine"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/ingest"
)

// While an import is written, with columns and lines that the ledger did not have, every
// answer is that of the ledger before it.
func TestImport_AnswersStayWhileItRuns(t *testing.T) {
	long(t)
	held := newTable("x_Team").lines(50, "r", "x_Team", "red").file(t, "held.csv")
	more := newTable("x_Owner", "x_Stage").lines(90_000, "m", "BillingAccountId", "2", "x_Owner", "ann", "x_Stage", "test").file(t, "more.csv")
	path := newWorkspace(t)
	load(t, path, held)
	for _, columns := range [][]string{{"x_Team"}, {"ResourceId"}, {"ServiceName", "ChargePeriodStart"}, {"InvoiceDetailId"}} {
		w := reopen(t, path.Path()) // nothing of the lines is loaded yet
		ask := func() string {
			a, err := w.Ledger.Ask(t.Context(), finops.Question{GroupBy: columns, Metrics: []finops.Metric{finops.BilledCost}})
			require.NoError(t, err)
			page, err := w.Ledger.Lines(t.Context(), engine.LinesQuestion{Limit: 100})
			require.NoError(t, err)
			return fmt.Sprintf("%d groups, %d lines, %s; a page of %d of %d", len(a.Rows), a.Totals[0].Lines, a.Totals[0].Amounts[0], len(page.Rows), page.Total)
		}
		asked := 0
		res, err := importWith(t.Context(), w, ImportOptions{Progress: func(p ingest.Progress) {
			if p.Lines > 70_000 && asked < 2 {
				asked++
				assert.Contains(t, ask(), "50 lines, 75; a page of 50 of 50")
			}
		}}, more)
		require.NoError(t, err)
		require.NotZero(t, asked, "the import is long enough to be asked in the middle")
		require.NoError(t, w.Imports.Undo(t.Context(), res.ImportID))
	}
}
