package desktop

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestLedger_ExportFocus(t *testing.T) {
	h := filled(t)
	csv := FocusOptions{Format: "focus-csv", Version: "1.2"}
	h.window.answer = ""
	out, err := h.ledger.ExportFocus(csv)
	require.NoError(t, err)
	assert.Equal(t, FocusExport{Gaps: []FocusGap{}}, out, "cancelled")
	assert.Equal(t, "Acme FOCUS 1.2.csv", h.window.asked[0].Name)
	assert.Equal(t, "Export as FOCUS 1.2", h.window.asked[0].Title)

	h.window.answer = filepath.Join(t.TempDir(), "bill")
	out, err = h.ledger.ExportFocus(csv)
	require.NoError(t, err)
	assert.Equal(t, h.window.answer+".csv", out.Path)
	assert.EqualValues(t, 3, out.Lines)
	assert.Contains(t, out.Gaps, FocusGap{Column: "ListCost", Reason: "unknown", Lines: 3})
	got, err := os.ReadFile(out.Path)
	require.NoError(t, err)
	assert.True(t, strings.HasPrefix(string(got), "AvailabilityZone,BilledCost,BillingAccountId,"), "%.80s", got)
	assert.Contains(t, string(got), ",=HYPERLINK(1),", "data for machines is not altered")

	h.window.answer = filepath.Join(t.TempDir(), "bill")
	out, err = h.ledger.ExportFocus(FocusOptions{Format: "focus-parquet"})
	require.NoError(t, err)
	assert.Equal(t, h.window.answer+".parquet", out.Path)
	assert.Empty(t, out.Gaps, "as it is held, nothing is asked for")

	_, err = h.ledger.ExportFocus(FocusOptions{Format: "focus-csv", Version: "1.1"})
	assert.EqualValues(t, "invalid", h.FormatError(err).(Failure).Code)
	h.window.answer = filepath.Join(t.TempDir(), "missing", "a.csv")
	_, err = h.ledger.ExportFocus(csv)
	assert.EqualValues(t, "denied", h.FormatError(err).(Failure).Code)
	require.NoError(t, h.workspaces.Close(), "nothing holds the workspace any more")
	_, err = h.ledger.ExportFocus(csv)
	assert.Equal(t, "not_found", code(err))
}
