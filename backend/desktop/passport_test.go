package desktop

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/job"
	"cloud-intelligence/backend/service"
)

func TestQuality_Passport(t *testing.T) {
	h := openDesktop(t)
	q := &Quality{h.Desktop}
	_, err := q.Passport()
	assert.Equal(t, "not_found", code(err), "no workspace is open")

	_, err = h.workspaces.Create("Acme")
	require.NoError(t, err)
	p, err := q.Passport()
	require.NoError(t, err)
	assert.Empty(t, p.DataSets)
	text, err := json.Marshal(p)
	require.NoError(t, err)
	assert.NotContains(t, strings.NewReplacer(`"severity":null`, "", `"amount":null`, "", `"importedAt":null`, "", `"firstDay":null`, "", `"lastDay":null`, "", `"firstMonth":null`, "", `"lastMonth":null`, "", `"hourlyFrom":null`, "", `"hourlyTo":null`, "", `"from":null`, "", `"to":null`, "").Replace(string(text)), "null", "lists are empty, never null")
}

// TestQuality_PassportAsJob lets a passport show as a job, as on a large ledger.
func TestQuality_PassportAsJob(t *testing.T) {
	h := openDesktop(t)
	_, err := h.workspaces.Create("Acme")
	require.NoError(t, err)
	lease, err := h.session.lease("Reading the data quality", false)
	require.NoError(t, err)
	made, err := h.passportJob(lease)
	require.NoError(t, err)
	assert.NotNil(t, made)
	jobs, err := h.jobList.List()
	require.NoError(t, err)
	require.Len(t, jobs, 1)
	assert.Equal(t, service.JobPassport, jobs[0].Kind)
	assert.Equal(t, job.Done, jobs[0].State)
	require.NoError(t, h.workspaces.Close(), "nothing holds the workspace any more")
}
