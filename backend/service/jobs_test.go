package service

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/ingest"
	"cloud-intelligence/backend/job"
	"cloud-intelligence/backend/store"
)

func importAsJob(ctx context.Context, w *Workspace, opts ImportOptions, paths ...string) (job.Job, error) {
	plan, err := w.Imports.Plan(ctx, paths)
	if err != nil {
		return job.Job{}, err
	}
	started, err := w.Imports.Start(ctx, plan, opts, nil)
	if err != nil {
		return job.Job{}, err
	}
	if _, err := w.Jobs.Wait(ctx, started.ID); err != nil {
		return job.Job{}, err
	}
	return w.Jobs.Find(ctx, started.ID)
}

func lastJob(t *testing.T, w *Workspace) job.Job {
	t.Helper()
	jobs, err := w.Jobs.List(t.Context(), 1)
	require.NoError(t, err)
	require.Len(t, jobs, 1)
	return jobs[0]
}

// TestJobs_KilledImport kills an import job early and late. The next process finds it
// interrupted and imports again what it was given; nothing is there twice.
func TestJobs_KilledImport(t *testing.T) {
	long(t)
	t.Parallel()
	k := newKilled(t)
	for _, at := range []int{1, 4} {
		ended, _ := child(t, killJob{Workspace: k.path, Action: "job", File: k.file, KillAt: at}, 0)
		require.False(t, ended)
		require.False(t, k.look(t))
		w, err := Open(t.Context(), k.path, testOptions)
		require.NoError(t, err)
		found := lastJob(t, w)
		assert.Equal(t, job.Interrupted, found.State)
		assert.True(t, found.Again)
		assert.Equal(t, []string{k.file}, ImportPaths(found))
		require.NoError(t, w.Close())
	}
	w, err := Open(t.Context(), k.path, testOptions)
	require.NoError(t, err)
	found := lastJob(t, w)
	assert.Equal(t, int64(2), found.Attempts, "the second process took the job of the first one up")
	_, err = w.Jobs.Again(t.Context(), found.ID, nil)
	require.NoError(t, err)
	_, err = w.Jobs.Wait(t.Context(), found.ID)
	require.NoError(t, err)
	done := lastJob(t, w)
	assert.Equal(t, job.Done, done.State)
	assert.Equal(t, &job.Outcome{Files: 1, Lines: 70_000, ImportID: done.Outcome.ImportID}, done.Outcome)
	require.NoError(t, w.Close())
	require.True(t, k.look(t))
	beside, err := filepath.Glob(k.path + "-job-*")
	require.NoError(t, err)
	assert.Empty(t, beside)
}

func TestJobs_ImportPauses(t *testing.T) {
	w := newWorkspace(t)
	file := newTable().lines(30_000, "a").file(t, "a.csv")
	plan, err := w.Imports.Plan(t.Context(), []string{file})
	require.NoError(t, err)
	started := make(chan string, 1)
	reached, paused := make(chan struct{}), false
	opts := ImportOptions{Progress: func(p ingest.Progress) {
		if p.Stage == "reading" && !paused {
			paused = true
			assert.NoError(t, w.Jobs.Pause(t.Context(), <-started))
			close(reached)
		}
	}}
	j, err := w.Imports.Start(t.Context(), plan, opts, nil)
	require.NoError(t, err)
	started <- j.ID
	<-reached
	require.Eventually(t, func() bool { return lastJob(t, w).State == job.Paused }, time.Minute, time.Millisecond)
	require.NoError(t, w.Rename(t.Context(), "Meanwhile", AnyVersion), "the person's own data can be changed meanwhile")
	state, err := w.Ledger.State(t.Context())
	require.NoError(t, err)
	assert.Zero(t, state.Lines)
	require.NoError(t, w.Jobs.Resume(t.Context(), j.ID))
	_, err = w.Jobs.Wait(t.Context(), j.ID)
	require.NoError(t, err)
	assert.Equal(t, int64(30_000), lastJob(t, w).Outcome.Lines)
	requireSound(t, w)
}

func TestJobs_ImportAgainKeepsItsAnswers(t *testing.T) {
	w := newWorkspace(t)
	first, second := newTable().lines(20, "a").file(t, "a.csv"), newTable().lines(15, "b").lines(6, "a").file(t, "b.csv")
	load(t, w, first)
	asked, err := importAsJob(t.Context(), w, ImportOptions{}, second)
	require.NoError(t, err)
	assert.Contains(t, asked.Outcome.Note, "not clear which to use")
	assert.Zero(t, asked.Outcome.ImportID)
	assert.True(t, asked.Outcome.NeedsAction)

	answers := map[string]ingest.Overlap{second: ingest.OverlapAdd}
	require.NoError(t, os.Rename(second, second+".away"))
	params := importParams{Paths: []string{second}, Answers: answers}
	failed, err := w.book.Start(t.Context(), KindImport, "Import b.csv", params, nil, nil)
	require.NoError(t, err)
	_, err = w.Jobs.Wait(t.Context(), failed.ID)
	assert.Equal(t, finops.CodeInvalid, finops.CodeOf(err), "the file is away")
	require.NoError(t, os.Rename(second+".away", second))
	_, err = w.Jobs.Again(t.Context(), failed.ID, nil)
	require.NoError(t, err)
	_, err = w.Jobs.Wait(t.Context(), failed.ID)
	require.NoError(t, err)
	assert.NotZero(t, lastJob(t, w).Outcome.ImportID, "the answer is remembered")
	requireSound(t, w)
}

func TestQuality_CountsOnceForAState(t *testing.T) {
	w := newWorkspace(t)
	load(t, w, newTable().lines(20, "a").file(t, "a.csv"))
	counted := func() bool {
		ok, err := w.Quality.Counted(t.Context())
		require.NoError(t, err)
		return ok
	}
	assert.False(t, counted())
	first, err := w.Quality.Passport(t.Context())
	require.NoError(t, err)
	assert.True(t, counted())
	second, err := w.Quality.Passport(t.Context())
	require.NoError(t, err)
	assert.Equal(t, first, second, "what is kept says the same")
	require.NoError(t, w.Rename(t.Context(), "Other", AnyVersion))
	assert.True(t, counted(), "a name changes no line")

	load(t, w, newTable().lines(5, "z", "BillingAccountId", "9").file(t, "z.csv"))
	assert.False(t, counted())
	third, err := w.Quality.Passport(t.Context())
	require.NoError(t, err)
	assert.Equal(t, first.Whole.Lines+5, third.Whole.Lines)
	require.NoError(t, w.Imports.Undo(t.Context(), 2))
	assert.False(t, counted())

	_, err = w.Quality.Passport(t.Context())
	require.NoError(t, err)
	next := w.now().AddDate(0, 1, 0)
	w.now = func() time.Time { return next }
	assert.False(t, counted(), "a month ended")
}

func TestWatch_TellsTheTopicsThatChanged(t *testing.T) {
	w := newWorkspace(t)
	other, err := Open(t.Context(), w.Path(), testOptions)
	require.NoError(t, err)
	defer func() { require.NoError(t, other.Close()) }()
	watch, err := w.Watch(t.Context())
	require.NoError(t, err)
	changed := func() (topics []Topic) {
		changes, err := watch.Next(t.Context())
		require.NoError(t, err)
		for _, c := range changes {
			topics = append(topics, c.Topic)
		}
		return topics
	}
	assert.Empty(t, changed())
	require.NoError(t, other.Rename(t.Context(), "One", AnyVersion))
	require.NoError(t, other.Rename(t.Context(), "Two", AnyVersion))
	assert.Equal(t, []Topic{TopicWorkspaces}, changed(), "once, though it was changed twice by another process")
	assert.Empty(t, changed())

	_, err = importAsJob(t.Context(), other, ImportOptions{}, newTable().lines(20, "a").file(t, "a.csv"))
	require.NoError(t, err)
	assert.Equal(t, []Topic{TopicLedger, TopicJobs}, changed())
	require.NoError(t, other.Imports.Undo(t.Context(), 1))
	assert.Equal(t, []Topic{TopicLedger}, changed())
	require.NoError(t, other.Jobs.Clear(t.Context()))
	assert.Equal(t, []Topic{TopicJobs}, changed())

	now := time.Now()
	for topic, change := range map[Topic]func() error{
		TopicScopes: func() error {
			_, err := other.db.SaveScope(t.Context(), store.Named{Name: "s", Content: "c", ChangedAt: now}, 0)
			return err
		},
		TopicDimensions: func() error {
			_, err := other.db.SaveDimension(t.Context(), store.Named{Name: "d", Content: "{}", ChangedAt: now}, 0)
			return err
		},
		TopicMappings: func() error {
			return other.db.SaveMapping(t.Context(), store.SavedMapping{Name: "m", Content: "{}", ChangedAt: now}, "Ann", false)
		},
	} {
		require.NoError(t, change())
		assert.Equal(t, []Topic{topic}, changed())
	}
	_, err = other.Scopes.Rename(t.Context(), "s", "t", 1)
	require.NoError(t, err)
	assert.Equal(t, []Topic{TopicScopes}, changed(), "renamed")
}
