package desktop

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/connector/awsexport"
	"cloud-intelligence/backend/connector/folder"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/job"
	"cloud-intelligence/backend/platform/keychain"
	"cloud-intelligence/backend/service"
	"cloud-intelligence/backend/source"
)

const plantedSecret = "planted-secret-of-a-key"

// connected is a desktop that knows connectors, with a new workspace.
func connected(t *testing.T) (*house, *Connections) {
	t.Helper()
	h := newDesktop(t, func(o *Options) {
		o.Service.Connectors = []source.Connector{awsexport.Connector{}, folder.Connector{}}
		o.Service.Keychain = &keychain.Memory{}
		o.Library.Keychain = o.Service.Keychain
	})
	h.Start(h.window)
	_, err := h.workspaces.Create("Acme")
	require.NoError(t, err)
	return h, &Connections{h.Desktop}
}

func keyed(name string, secrets ...service.OptionValue) ConnectionDraft {
	return ConnectionDraft{Name: name, Kind: "aws-exports", Values: []service.OptionValue{{Name: "bucket", Value: "acme-billing"}, {Name: "access_key_id", Value: "AKIA1"}}, NewSecrets: secrets}
}

func TestConnections_SecretsGoInAndNeverOut(t *testing.T) {
	h, c := connected(t)
	saved, err := c.Save(keyed("Main", service.OptionValue{Name: "secret_access_key", Value: plantedSecret}), 0)
	require.NoError(t, err)
	assert.Equal(t, []string{"secret_access_key"}, saved.Secrets)
	assert.Empty(t, saved.Problem)
	listed, err := c.List()
	require.NoError(t, err)
	assert.Equal(t, []service.ConnectionInfo{saved}, listed)
	wire, err := json.Marshal(listed)
	require.NoError(t, err)
	assert.NotContains(t, string(wire), plantedSecret)

	draft := keyed("Main")
	draft.Values[0].Value = "other-bucket"
	changed, err := c.Save(draft, saved.Version)
	require.NoError(t, err, "a secret that is left out stays")
	assert.Equal(t, []string{"secret_access_key"}, changed.Secrets)
	draft.NewSecrets = []service.OptionValue{{Name: "secret_access_key", Value: "another"}}
	_, err = c.Save(draft, saved.Version)
	failure, ok := h.FormatError(err).(Failure)
	require.True(t, ok)
	assert.Equal(t, finops.CodeConflict, failure.Code)
	require.NotNil(t, failure.Conflict)
	assert.Contains(t, failure.Conflict.Have.Text, "Bucket: other-bucket\nAccess key ID: AKIA1\nSecret access key: in the keychain")
	assert.Equal(t, changed.Version, failure.Conflict.Have.Version)
	_, err = c.Save(keyed("main", service.OptionValue{Name: "secret_access_key", Value: "x"}), 0)
	failure, _ = h.FormatError(err).(Failure)
	assert.Equal(t, finops.CodeConflict, failure.Code, "there is one of the name")
	assert.NotNil(t, failure.Conflict)

	secrets, _ := h.opts.Service.Keychain.(*keychain.Memory)
	require.Equal(t, 1, secrets.Len())
	path, _ := h.session.current()
	require.NoError(t, h.workspaces.Trash(path))
	assert.Zero(t, secrets.Len(), "the secrets went with the workspace")
}

func TestConnections_SyncOfAFolder(t *testing.T) {
	h, c := connected(t)
	root := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(root, "october.csv"), []byte(bill()), 0o600))
	_, err := c.Save(ConnectionDraft{Name: "Exports", Kind: "folder", Values: []service.OptionValue{{Name: "folder", Value: root}}}, 0)
	require.NoError(t, err)
	steps, err := c.Test("Exports")
	require.NoError(t, err)
	require.Len(t, steps, 1)
	assert.True(t, steps[0].OK)

	h.look()
	before := h.window.changes("connections")
	started, err := c.Sync([]string{"Exports"})
	require.NoError(t, err)
	require.Len(t, started, 1)
	end := h.ended(t, started[0], nil)
	require.Equal(t, job.Done, end.State, "%v", end.Error)
	listed, err := c.List()
	require.NoError(t, err)
	assert.Equal(t, listed[0].ID, end.Connection)
	assert.Equal(t, "done", listed[0].LastRun.State)
	assert.NotEmpty(t, listed[0].Standing.SyncedAt)
	assert.Equal(t, before+2, h.window.changes("connections"), "its begin and its end")
	standings, err := c.Standings()
	require.NoError(t, err)
	require.Len(t, standings, 1)
	assert.Equal(t, ProviderStanding{Provider: "AWS", Standing: listed[0].Standing}, standings[0])

	require.NoError(t, os.RemoveAll(root))
	started, err = c.Sync([]string{"Exports"})
	require.NoError(t, err)
	assert.Equal(t, job.Failed, h.ended(t, started[0], nil).State)
	runs, err := c.History("")
	require.NoError(t, err)
	require.Len(t, runs, 2)
	assert.Equal(t, []string{"failed", "done"}, []string{runs[0].State, runs[1].State})
	standings, err = c.Standings()
	require.NoError(t, err)
	assert.NotEmpty(t, standings[0].Standing.FailingSince)
	assert.Empty(t, standings[0].Standing.RetryAt, "a folder that is gone does not come back by trying again")
}

// A sync that ended with its program goes on when its workspace is opened again, by itself.
func TestConnections_InterruptedSyncGoesOn(t *testing.T) {
	h, c := connected(t)
	root := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(root, "october.csv"), []byte(bill()), 0o600))
	_, err := c.Save(ConnectionDraft{Name: "Exports", Kind: "folder", Values: []service.OptionValue{{Name: "folder", Value: root}}}, 0)
	require.NoError(t, err)
	interrupted(t, h)
	path, _ := h.session.current()
	require.NoError(t, h.workspaces.Close())
	_, err = h.workspaces.Open(path)
	require.NoError(t, err)
	h.settle(t)
	state, err := h.ledger.State()
	require.NoError(t, err)
	assert.Equal(t, int64(3), state.Lines)
}

// interrupted begins a sync whose program ends at once.
func interrupted(t *testing.T, h *house) {
	t.Helper()
	ran := false
	require.NoError(t, h.session.use(func(ws *service.Workspace) error {
		names, err := ws.Syncs.Names(t.Context())
		require.NoError(t, err)
		j, err := ws.Syncs.Start(t.Context(), names[0], service.SyncOptions{}, func() { ran = true })
		require.NoError(t, err)
		require.NoError(t, h.jobs.Cancel(j.ID, job.ErrShutdown))
		_, err = h.jobs.Wait(t.Context(), j.ID)
		return err
	}))
	require.True(t, ran)
	jobs, err := h.jobList.List()
	require.NoError(t, err)
	require.Equal(t, job.Interrupted, jobs[len(jobs)-1].State)
}

func TestConnections_NothingIsContactedUnasked(t *testing.T) {
	h, c := connected(t)
	root := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(root, "october.csv"), []byte(bill()), 0o600))
	_, err := c.Save(ConnectionDraft{Name: "Exports", Kind: "folder", Values: []service.OptionValue{{Name: "folder", Value: root}}}, 0)
	require.NoError(t, err)
	path, _ := h.session.current()
	runs := func() int {
		h.settle(t)
		list, err := c.History("")
		require.NoError(t, err)
		return len(list)
	}
	again := func() {
		require.NoError(t, h.workspaces.Close())
		_, err := h.workspaces.Open(path)
		require.NoError(t, err)
	}
	again()
	h.syncDue(true)
	assert.Zero(t, runs(), "it is off until a person switches it on")

	require.NoError(t, c.SetNetwork(NetworkSettings{AtOpening: true}))
	settings, err := c.Network()
	require.NoError(t, err)
	assert.Equal(t, NetworkSettings{AtOpening: true, Version: 1}, settings)
	again()
	assert.Equal(t, 1, runs())
	h.syncDue(false)
	assert.Equal(t, 1, runs())
	h.syncDue(true)
	assert.Equal(t, 2, runs(), "the computer woke")
	require.NoError(t, c.SetNetwork(NetworkSettings{AtOpening: true, Offline: true, Version: 1}))
	again()
	h.syncDue(true)
	assert.Equal(t, 2, runs(), "offline")
	assert.Equal(t, "invalid", code(c.SetNetwork(NetworkSettings{Proxy: "http://nora:secret@proxy"})))
}

// TestWatchClock looks every minute, and sees once that the computer slept an hour while its timers stood still.
func TestWatchClock(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		var asleep atomic.Int64 // nanoseconds
		var woke []bool
		go watchClock(ctx, func() time.Time { return time.Now().Add(time.Duration(asleep.Load())) }, func(w bool) { woke = append(woke, w) })
		for minute := range 3 {
			time.Sleep(syncGap)
			synctest.Wait()
			if minute == 0 {
				asleep.Store(int64(time.Hour))
			}
		}
		assert.Equal(t, []bool{false, true, false}, woke)
	})
}

func TestSlept(t *testing.T) {
	at := time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC)
	assert.False(t, slept(at, at.Add(syncGap+time.Second)))
	assert.True(t, slept(at, at.Add(time.Hour)))
	assert.False(t, slept(at, at.Add(-time.Hour)), "the clock was put back")
}
