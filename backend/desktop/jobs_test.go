package desktop

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/job"
	"cloud-intelligence/backend/service"
	"cloud-intelligence/backend/store/storetest"
)

func TestJobs_HistoryOutlivesTheProgram(t *testing.T) {
	h := filled(t)
	current, err := h.workspaces.Current()
	require.NoError(t, err)
	_, err = h.imports.Verify()
	require.NoError(t, err)
	require.NoError(t, h.workspaces.Close())

	next := openDesktop(t)
	none, err := next.jobList.List()
	require.NoError(t, err)
	assert.Empty(t, none, "no workspace is open")
	_, err = next.workspaces.Open(current.Path)
	require.NoError(t, err)
	jobs, err := next.jobList.List()
	require.NoError(t, err)
	require.Len(t, jobs, 2)
	assert.Equal(t, []string{"import", "done", "nora"}, []string{string(jobs[0].Kind), string(jobs[0].State), jobs[0].User})
	assert.Equal(t, &service.JobOutcome{Files: 1, Lines: 3, ImportID: 1}, jobs[0].Outcome)
	assert.Len(t, jobs[0].Paths, 1)
	assert.False(t, jobs[0].Again)
	_, err = next.jobList.Again(jobs[0].ID)
	assert.Equal(t, "conflict", code(err))
	_, err = next.jobList.Again(jobs[0].ID)
	assert.Equal(t, "conflict", code(err), "and the workspace is not kept busy by that")
	require.NoError(t, next.jobList.Clear())
	jobs, err = next.jobList.List()
	require.NoError(t, err)
	assert.Empty(t, jobs)
}

// TestChanges_OfAnotherProcess has a command change the workspace beside the window.
func TestChanges_OfAnotherProcess(t *testing.T) {
	h := filled(t)
	current, err := h.workspaces.Current()
	require.NoError(t, err)
	other, err := service.Open(t.Context(), current.Path, service.Options{User: "ann"})
	require.NoError(t, err)
	defer func() { require.NoError(t, other.Close()) }()
	before := h.window.changes("workspaces")
	require.NoError(t, other.Rename(t.Context(), "Renamed beside", service.AnyVersion))
	require.Eventually(t, func() bool { return h.window.changes("workspaces") == before+1 }, time.Minute, 10*time.Millisecond)

	ledger := h.window.changes("ledger")
	require.NoError(t, other.Imports.Undo(t.Context(), 1))
	require.Eventually(t, func() bool { return h.window.changes("ledger") == ledger+1 }, time.Minute, 10*time.Millisecond)
}

// TestChanges_FindAgainWhatIsKept: where savings were looked for, a change of the ledger has them looked for again.
func TestChanges_FindAgainWhatIsKept(t *testing.T) {
	h := filled(t)
	require.NoError(t, h.imports.Undo(1))
	assert.NotEqual(t, service.JobFindings, h.lastJob(t).Kind, "nobody has asked for savings")
	page := &Savings{h.Desktop}
	_, err := page.Find(finops.All())
	require.NoError(t, err)
	h.importBill(t, h.writeBill(t, "focus-2026-11.csv", header+charge("2026-11-01", "0.1", "acc1", "i-1", "EC2", "")))
	h.look() // after which the job runs, whoever noticed the change
	again := h.ended(t, h.lastJob(t), nil)
	assert.Equal(t, []any{service.JobFindings, job.Done}, []any{again.Kind, again.State})
	found, err := page.Find(finops.All())
	require.NoError(t, err)
	assert.False(t, found.Stale)
}

// TestQuality_AsksNoQuestionAnew: a passport that is a job reports no change, so that its page
// does not ask for it again.
func TestQuality_AsksNoQuestionAnew(t *testing.T) {
	h := filled(t)
	changes := h.window.changes("ledger")
	for range 2 {
		_, err := (&Quality{h.Desktop}).Passport()
		require.NoError(t, err)
	}
	h.look()
	assert.Equal(t, changes, h.window.changes("ledger"))
}

// TestJobs_AnOlderWorkspaceIsUpgradedInTheBackground opens a workspace of a version that did not pack
// quantities: the window shows the job, and afterwards nothing is left to do.
func TestJobs_AnOlderWorkspaceIsUpgradedInTheBackground(t *testing.T) {
	h := openDesktop(t)
	made, err := h.workspaces.Create("Older")
	require.NoError(t, err)
	lines := strings.SplitAfter(strings.TrimSpace(bill()), "\n")
	for i := range lines {
		lines[i] = strings.TrimSpace(lines[i]) + []string{",PricingQuantity", ",1.5"}[min(i, 1)] + "\n"
	}
	h.importBill(t, h.writeBill(t, "quantities.csv", strings.Join(lines, "")))
	require.NoError(t, h.workspaces.Close())
	storetest.Tamper(t, made.Path, "DELETE FROM segment WHERE column = 'PricingQuantity'")

	_, err = h.workspaces.Open(made.Path)
	require.NoError(t, err)
	ended := h.ended(t, h.lastJob(t), nil)
	assert.Equal(t, []any{service.JobPack, job.Done, unitLines, true, true, false}, []any{ended.Kind, ended.State, ended.Unit, ended.Kept, ended.Pauses, ended.Again})
	assert.EqualValues(t, 3, ended.Outcome.Lines)
	report, err := h.imports.Verify()
	require.NoError(t, err)
	assert.True(t, report.OK)

	require.NoError(t, h.workspaces.Close())
	before := len(h.kept(t, made.Path))
	assert.Len(t, h.kept(t, made.Path), before, "it is done once")
}

// kept opens a workspace and returns the jobs that it keeps.
func (h *house) kept(t *testing.T, path string) []JobInfo {
	t.Helper()
	_, err := h.workspaces.Open(path)
	require.NoError(t, err)
	jobs, err := h.jobList.List()
	require.NoError(t, err)
	require.NoError(t, h.workspaces.Close())
	return jobs
}
