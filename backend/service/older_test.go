package service

import (
	"compress/gzip"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/source"
	"cloud-intelligence/backend/source/azureexport"
	"cloud-intelligence/backend/source/focusfile"
)

// openOlder opens a copy of a workspace that the version before slices of files and days made.
// Its imports: 1 quarter.csv (March to May, 30 lines of 1 each); 2 "may and june.csv" (2 each), which
// replaced May of the first; 3 team.csv, which a person let count beside it (0.5 each); 4 two parts
// of July (3 and 4 each); 5 gone.csv, undone; 6 amortized.csv of Azure, and 7 "azure focus.csv" of the
// same bill, which was not counted then.
func openOlder(t *testing.T) *Workspace {
	t.Helper()
	packed, err := os.Open(filepath.Join("testdata", "workspace-version-4.cloudintel.gz"))
	require.NoError(t, err)
	defer func() { require.NoError(t, packed.Close()) }()
	content, err := gzip.NewReader(packed)
	require.NoError(t, err)
	path := filepath.Join(t.TempDir(), "client.cloudintel")
	file, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY, 0o600)
	require.NoError(t, err)
	_, err = io.Copy(file, content) // the test's own file
	require.NoError(t, err)
	require.NoError(t, file.Close())
	w, err := Open(t.Context(), path, Options{Sources: source.Registry{focusfile.Source{}, azureexport.Source{}}, User: "Tester"})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, w.Close()) })
	return w
}

// olderMonths writes a file as those of the older workspace: 30 lines for each month.
func olderMonths(t *testing.T, name, prefix, cost string, months ...int) string {
	t.Helper()
	table := newTable("SkuId", "SubAccountId", "ListCost", "ContractedCost")
	for _, m := range months {
		for d := 1; d <= 30; d++ {
			day := min(d, 28)
			table.line("ProviderName", "AWS", "BillingAccountId", "1", "BillingCurrency", "USD", "BillingPeriodStart", fmt.Sprintf("2026-%02d-01T00:00Z", m), "BillingPeriodEnd", fmt.Sprintf("2026-%02d-01T00:00Z", m+1),
				"ChargePeriodStart", fmt.Sprintf("2026-%02d-%02dT00:00:00Z", m, day), "ChargePeriodEnd", fmt.Sprintf("2026-%02d-%02dT00:00:00Z", m, day+1), "ChargeCategory", "Usage", "ServiceName", "Compute",
				"SkuId", "sku-1", "ResourceId", fmt.Sprint(prefix, "-", d), "SubAccountId", "s-1", "BilledCost", cost, "EffectiveCost", cost, "ListCost", cost, "ContractedCost", cost)
		}
	}
	return table.file(t, name)
}

// perMonth says what counts, a month at a time.
func perMonth(t *testing.T, w *Workspace) string {
	t.Helper()
	a, err := w.Ledger.Ask(t.Context(), finops.Question{Metrics: []finops.Metric{finops.BilledCost}, Grain: finops.GrainMonth, Sort: finops.SortKeys})
	require.NoError(t, err)
	var parts []string
	for _, row := range a.Rows {
		parts = append(parts, fmt.Sprintf("%s %s %d %s", row.Time, row.Currency, row.Lines, row.Amounts[0]))
	}
	return strings.Join(parts, "; ")
}

const olderTotals = "2026-03 USD 30 30; 2026-04 USD 30 30; 2026-05 EUR 60 300; 2026-05 USD 60 75; 2026-06 USD 30 60; 2026-07 USD 60 210"

func TestOlder_KeepsWhatWasDecided(t *testing.T) {
	w := openOlder(t)
	require.Equal(t, olderTotals, perMonth(t, w))
	requireSound(t, w)

	// A file that it knows changes nothing, and an import elsewhere decides nothing anew.
	res := load(t, w, olderMonths(t, "august.csv", "r", "5", 8))
	require.Equal(t, olderTotals+"; 2026-08 USD 30 150", perMonth(t, w))
	undo(t, w, res.ImportID)
	require.Equal(t, olderTotals, perMonth(t, w))
	requireSound(t, w)
}

func TestOlder_UndoGivesBackWhatWasReplaced(t *testing.T) {
	w := openOlder(t)
	undo(t, w, 2)
	require.Equal(t, "2026-03 USD 30 30; 2026-04 USD 30 30; 2026-05 EUR 60 300; 2026-05 USD 60 45; 2026-07 USD 60 210", perMonth(t, w))
	undo(t, w, 6)
	require.Contains(t, perMonth(t, w), "2026-05 EUR 30 330", "the other export counts when what was used is gone")
}

func TestOlder_NewerFilesReplaceWhatTheyList(t *testing.T) {
	w := openOlder(t)
	res := load(t, w, olderMonths(t, "april.csv", "r", "7", 4))
	require.Len(t, res.Replaced, 1)
	require.Contains(t, perMonth(t, w), "2026-03 USD 30 30; 2026-04 USD 30 210; 2026-05")
	require.Len(t, res.Changes, 1)
	assert.EqualValues(t, 30, res.Changes[0].Changed.Lines)

	// Both parts of July came in one import: a newer state of one is not the whole bill.
	part, err := importWith(t.Context(), w, ImportOptions{}, olderMonths(t, "part-2.csv", "b", "6", 7))
	require.NoError(t, err)
	require.Len(t, part.Conflicts, 1, "an older import cannot be taken apart by file")
	both := load(t, w, olderMonths(t, "part-1.csv", "a", "5", 7), olderMonths(t, "part-2.csv", "b", "6", 7))
	require.Len(t, both.Replaced, 1)
	require.Contains(t, perMonth(t, w), "2026-07 USD 60 330")
	undo(t, w, both.ImportID)
	undo(t, w, res.ImportID)
	require.Equal(t, olderTotals, perMonth(t, w))
}
