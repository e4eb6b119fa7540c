package service

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/platform/network"
	"cloud-intelligence/backend/store"
)

func TestStandingOf(t *testing.T) {
	at := func(hour int) time.Time { return time.Date(2026, 11, 20, hour, 0, 0, 0, time.UTC) }
	run := func(hour int, state string) store.SyncRun {
		return store.SyncRun{State: state, StartedAt: at(hour), EndedAt: at(hour).Add(10 * time.Minute)}
	}
	ended := func(hour int) time.Time { return at(hour).Add(10 * time.Minute) }
	for name, c := range map[string]struct {
		runs []store.SyncRun // newest first
		want SyncStanding
	}{
		"Never":          {},
		"Well":           {[]store.SyncRun{run(9, "done"), run(8, "failed")}, SyncStanding{SyncedAt: ended(9), TriedAt: at(9)}},
		"Refused":        {[]store.SyncRun{run(9, "failed"), run(8, "done")}, SyncStanding{SyncedAt: ended(8), FailingSince: at(9), TriedAt: at(9)}},
		"NotAnswered":    {[]store.SyncRun{run(9, SyncUnanswered), run(8, "done")}, SyncStanding{SyncedAt: ended(8), FailingSince: at(9), RetryAt: ended(9).Add(15 * time.Minute), TriedAt: at(9)}},
		"AgainAndAgain":  {[]store.SyncRun{run(9, SyncUnanswered), run(8, SyncUnanswered), run(7, SyncUnanswered), run(6, "done")}, SyncStanding{SyncedAt: ended(6), FailingSince: at(7), RetryAt: ended(9).Add(time.Hour), TriedAt: at(9)}},
		"NeverAnswered":  {[]store.SyncRun{run(9, SyncUnanswered)}, SyncStanding{FailingSince: at(9), RetryAt: ended(9).Add(15 * time.Minute), TriedAt: at(9)}},
		"ThenRefused":    {[]store.SyncRun{run(9, "failed"), run(8, SyncUnanswered)}, SyncStanding{FailingSince: at(8), TriedAt: at(9)}},
		"CancelledSince": {[]store.SyncRun{run(9, "cancelled"), run(8, "running"), run(7, "done")}, SyncStanding{SyncedAt: ended(7), TriedAt: at(7)}},
	} {
		t.Run(name, func(t *testing.T) { assert.Equal(t, c.want, standingOf(c.runs)) })
	}
	var long []store.SyncRun
	for range 40 {
		long = append(long, run(9, SyncUnanswered))
	}
	assert.Equal(t, ended(9).Add(6*time.Hour), standingOf(long).RetryAt)
}

// What was not answered since the workspace was opened is tried again after a while, what was refused is not.
func TestSyncs_Due(t *testing.T) {
	now := time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC)
	path, opts := placeWorkspace(t, t.TempDir())
	opts.Now = func() time.Time { return now }
	code := finops.CodeUnavailable
	w := withPlace(t, path, place{fault: func(string) error { return finops.Errorf(code, "no") }}, opts)
	t.Cleanup(func() { require.NoError(t, w.Close()) })
	due := func(since time.Time) []string {
		names, err := w.Syncs.Due(t.Context(), since)
		require.NoError(t, err)
		return names
	}
	begun := now
	assert.Empty(t, due(begun), "it was never synced")
	_, err := syncMain(t, w, SyncOptions{})
	require.Error(t, err)
	assert.Empty(t, due(begun))
	now = now.Add(15 * time.Minute)
	assert.Equal(t, []string{"Main"}, due(begun))
	assert.Empty(t, due(now), "nobody asked for it since")
	_, err = w.Connections.SetNetwork(t.Context(), NetworkSettings{Settings: network.Settings{Offline: true}}, AnyVersion)
	require.NoError(t, err)
	assert.Empty(t, due(begun))
	_, err = w.Connections.SetNetwork(t.Context(), NetworkSettings{}, AnyVersion)
	require.NoError(t, err)
	code = finops.CodeDenied
	_, err = syncMain(t, w, SyncOptions{})
	require.Error(t, err)
	now = now.Add(24 * time.Hour)
	assert.Empty(t, due(begun))
}
