package desktop

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/job"
	"cloud-intelligence/backend/service"
)

func TestImports_PreviewTellsHowFarItIs(t *testing.T) {
	h := filled(t)
	dir := t.TempDir()
	for n := range 3 {
		require.NoError(t, os.WriteFile(filepath.Join(dir, fmt.Sprintf("part-%d.csv", n)), []byte(bill()), 0o600))
	}
	started, err := h.imports.Preview([]string{dir})
	require.NoError(t, err)
	assert.Equal(t, []any{service.JobPreview, "Preview " + filepath.Base(dir), unitFiles}, []any{started.Kind, started.Title, started.Unit})
	plan, err := h.imports.Previewed(started.ID)
	require.NoError(t, err)
	assert.Len(t, plan.Files, 3)
	again, err := h.imports.Previewed(started.ID)
	require.NoError(t, err)
	assert.Equal(t, plan.ID, again.ID, "asked twice it is the same preview")
	jobs := h.window.heard(eventJob)
	var last JobInfo
	require.NoError(t, json.Unmarshal([]byte(jobs[len(jobs)-1]), &last))
	assert.Equal(t, []any{job.Done, int64(3)}, []any{last.State, last.Total})
	assert.Equal(t, int64(6), last.Lines, "reported before the last file: two files of three lines")
	assert.Nil(t, last.Result)
}

func TestImports_PreviewCancelled(t *testing.T) {
	h := filled(t)
	dir := t.TempDir()
	for n := range 200 { // enough that it cannot end before it is cancelled
		require.NoError(t, os.WriteFile(filepath.Join(dir, fmt.Sprintf("part-%d.csv", n)), []byte(bill()), 0o600))
	}
	started, err := h.imports.Preview([]string{dir})
	require.NoError(t, err)
	require.NoError(t, h.jobList.Cancel(started.ID))
	_, err = h.imports.Previewed(started.ID)
	failure, ok := h.FormatError(err).(Failure)
	require.True(t, ok)
	assert.EqualValues(t, "cancelled", failure.Code)
	ended, err := h.jobs.Wait(t.Context(), started.ID)
	require.NoError(t, err)
	assert.Equal(t, job.Cancelled, ended.State)
	assert.NoError(t, h.session.idle(), "the workspace is free again")
}

func TestImports_PreviewKeepsNoWorkspaceOpen(t *testing.T) {
	h := filled(t)
	dir := t.TempDir()
	for n := range 200 { // enough that it cannot end before the workspace is closed
		require.NoError(t, os.WriteFile(filepath.Join(dir, fmt.Sprintf("part-%d.csv", n)), []byte(bill()), 0o600))
	}
	started, err := h.imports.Preview([]string{dir})
	require.NoError(t, err)
	require.NoError(t, h.workspaces.Close())
	ended, err := h.jobs.Wait(t.Context(), started.ID)
	require.NoError(t, err)
	assert.Equal(t, job.Cancelled, ended.State)
}

func TestImports_PreviewedOfSomethingElse(t *testing.T) {
	h := filled(t)
	_, err := h.imports.Previewed("job-99")
	assert.Equal(t, "not_found", code(err))
	imported, err := h.jobList.List()
	require.NoError(t, err)
	_, err = h.imports.Previewed(imported[1].ID)
	assert.Equal(t, "This job is no preview.", finops.MessageOf(err))
}
