package desktop

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/job"
)

func TestJobs_ExportsAreMadeAgain(t *testing.T) {
	h := filled(t)
	folder := t.TempDir()
	ec2 := "EC2"
	where := finops.Conditions(finops.Condition{Column: "ServiceName", Op: finops.OpIn, Values: []*string{&ec2}})
	for name, export := range map[string]func() error{
		"lines.csv": func() error {
			_, err := h.ledger.ExportLines(LinesQuestion{Where: where, Columns: []string{"ServiceName", "BilledCost"}}, "csv")
			return err
		},
		"breakdown.csv": func() error {
			_, err := h.ledger.ExportBreakdown(SpendQuestion{Metric: "BilledCost", Currency: "EUR", Column: "ServiceName"}, "services", "csv")
			return err
		},
		"focus.csv": func() error {
			_, err := h.ledger.ExportFocus(FocusOptions{Format: focusCSV, Version: Focus10})
			return err
		},
	} {
		first, second := filepath.Join(folder, name), filepath.Join(folder, "again "+name)
		h.window.answer = first
		require.NoError(t, export(), name)
		ended := h.lastJob(t)
		require.True(t, ended.Again, name)
		h.window.answer = second
		path, err := h.jobList.ExportAgain(ended.ID)
		require.NoError(t, err, name)
		assert.Equal(t, second, path)
		want, err := os.ReadFile(first)
		require.NoError(t, err)
		got, err := os.ReadFile(second)
		require.NoError(t, err)
		assert.Equal(t, string(want), string(got), name)
		assert.Equal(t, []any{job.Done, second}, []any{h.lastJob(t).State, h.lastJob(t).Outcome.Path}, "a job of its own")
	}
	h.window.answer = ""
	path, err := h.jobList.ExportAgain(h.lastJob(t).ID)
	require.NoError(t, err)
	assert.Empty(t, path, "cancelled")
}

func TestJobs_TableOfAPageIsNotMadeAgain(t *testing.T) {
	h := filled(t)
	h.window.answer = filepath.Join(t.TempDir(), "shown.csv")
	_, err := h.ledger.ExportTable(ShownTable{Title: "Shown", Columns: []ShownColumn{{"A", shownText}}, CurrencyColumn: -1, Rows: [][]*string{cells("x")}}, "shown", "csv")
	require.NoError(t, err)
	ended := h.lastJob(t)
	assert.False(t, ended.Again)
	_, err = h.jobList.ExportAgain(ended.ID)
	assert.Equal(t, "unsupported", code(err))
	_, err = h.jobList.ExportAgain("999")
	assert.Equal(t, "not_found", code(err))
}

// lastJob is the newest job of the list.
func (h *house) lastJob(t *testing.T) JobInfo {
	t.Helper()
	jobs, err := h.jobList.List()
	require.NoError(t, err)
	require.NotEmpty(t, jobs)
	return jobs[len(jobs)-1]
}
