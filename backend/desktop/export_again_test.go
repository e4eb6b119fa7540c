package desktop

import (
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
	"strings"
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

func TestJobs_TableOfAPageIsWrittenAgainAsItWasShown(t *testing.T) {
	h := filled(t)
	folder := t.TempDir()
	export := func(name string, rows int) JobInfo {
		h.window.answer = filepath.Join(folder, name)
		table := ShownTable{Title: "Shown", Columns: []ShownColumn{{"A", shownText}, {"BilledCost", shownAmount}, {"BillingCurrency", shownText}}, CurrencyColumn: 2}
		for i := range rows {
			sum := sha256.Sum256([]byte{byte(i), byte(i >> 8)}) // which does not pack well
			table.Rows = append(table.Rows, cells(hex.EncodeToString(sum[:]), "12.345678901234567890", "EUR"))
		}
		_, err := h.ledger.ExportTable(table, "shown", "xlsx")
		require.NoError(t, err)
		return h.lastJob(t)
	}
	small := export("shown.xlsx", 3)
	require.True(t, small.Again)
	h.importBill(t, h.writeBill(t, "other.csv", header+charge("2026-10-09", "9", "acc2", "i-9", "EC2", "")))
	h.window.answer = filepath.Join(folder, "again.csv")
	path, err := h.jobList.ExportAgain(small.ID)
	require.NoError(t, err)
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	assert.Equal(t, 4, strings.Count(string(text), "\n"))
	assert.Contains(t, string(text), "12.345678901234567890,EUR")

	large := export("large.csv", 3000)
	assert.False(t, large.Again, "it is too large to be kept")
	_, err = h.jobList.ExportAgain(large.ID)
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
