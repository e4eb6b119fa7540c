package job_test

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/job"
	"cloud-intelligence/backend/store"
)

func TestMain(m *testing.M) {
	goleak.VerifyTestMain(m, goleak.IgnoreTopFunction("database/sql.(*DB).connectionOpener"))
}

// process is a program that has a workspace open.
type process struct {
	t      *testing.T
	db     *store.DB
	runner *job.Runner
	book   *job.Book
	ear    ear
}

func newWorkspace(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "client.cloudintel")
	db, err := store.Create(t.Context(), path, "Client")
	require.NoError(t, err)
	require.NoError(t, db.Close())
	return path
}

func start(t *testing.T, path string, kinds ...job.Kind) *process {
	t.Helper()
	p := &process{t: t}
	var err error
	p.db, err = store.Open(t.Context(), path)
	require.NoError(t, err)
	p.runner = job.New(t.Context(), p.ear.hear)
	p.book, err = job.Open(t.Context(), p.db, p.runner, "Ann", time.Now, kinds...)
	require.NoError(t, err)
	t.Cleanup(p.end)
	return p
}

// end ends the program in good order; it may be called twice.
func (p *process) end() {
	p.book.Close()
	assert.NoError(p.t, p.runner.Close(context.Background()))
	assert.NoError(p.t, p.db.Close())
}

// killed copies what a process that is killed at this moment leaves on the disk: locks end with it.
func killed(t *testing.T, path string) string {
	t.Helper()
	to := filepath.Join(t.TempDir(), filepath.Base(path))
	for _, suffix := range []string{"", "-wal"} {
		content, err := os.ReadFile(path + suffix)
		require.NoError(t, err)
		require.NoError(t, os.WriteFile(to+suffix, content, 0o600))
	}
	return to
}

func (p *process) find(id string) job.Job {
	p.t.Helper()
	j, err := p.book.Find(p.t.Context(), id)
	require.NoError(p.t, err)
	return j
}

type files struct{ Paths []string }

// steps is work of ten steps that goes on from its checkpoint. It counts the steps, and waits
// in the middle of one when the test says so.
type steps struct {
	made []int
	at   chan int      // sent at the beginning of each step, when set
	on   chan struct{} // waited for then
}

func (s *steps) kind(name string) job.Kind {
	return job.Kind{Name: name, Pauses: true, Resumes: true, Run: func(ctx context.Context, h *job.Handle, _ json.RawMessage) (any, error) {
		next := 0
		if _, err := h.Resume(&next); err != nil {
			return nil, err
		}
		h.SetTotal(10)
		h.Add(int64(next), 0)
		for ; next < 10; next++ {
			if err := h.Continue(ctx); err != nil {
				return nil, err
			}
			if s.at != nil {
				s.at <- next
				<-s.on
			}
			s.made = append(s.made, next)
			h.Add(1, 100)
			h.Message("Filling")
			if err := h.Checkpoint(ctx, next+1); err != nil {
				return nil, err
			}
		}
		h.Finish(job.Outcome{Lines: 1000})
		return "typed", nil
	}}
}

func TestBook_KeepsHowAJobEnded(t *testing.T) {
	path := newWorkspace(t)
	s := &steps{}
	p := start(t, path, s.kind("fill"))
	j, err := p.book.Start(t.Context(), "fill", "Fill columns", files{[]string{"a.csv"}}, nil, nil)
	require.NoError(t, err)
	end := wait(t, p.runner, j.ID)
	assert.Equal(t, job.Done, end.State)
	assert.Equal(t, "typed", end.Result)
	failed, err := p.book.Start(t.Context(), "other", "Other", nil, func(context.Context, *job.Handle) (any, error) {
		return nil, finops.Errorf(finops.CodeInvalid, "a.csv is no bill.")
	}, nil)
	require.NoError(t, err)
	wait(t, p.runner, failed.ID)
	p.end()

	p = start(t, path, s.kind("fill"))
	jobs, err := p.book.List(t.Context(), 0)
	require.NoError(t, err)
	require.Len(t, jobs, 2)
	assert.Equal(t, "a.csv is no bill.", finops.MessageOf(jobs[0].Err))
	assert.Equal(t, finops.CodeInvalid, finops.CodeOf(jobs[0].Err))
	assert.False(t, jobs[0].Again, "nothing says how it is run")
	done := jobs[1]
	assert.Equal(t, job.Done, done.State)
	assert.Equal(t, &job.Outcome{Lines: 1000}, done.Outcome)
	assert.JSONEq(t, `{"Paths":["a.csv"]}`, string(done.Params))
	assert.Equal(t, []any{"Ann", int64(1), int64(10), int64(1000), false}, []any{done.User, done.Attempts, done.Done, done.Lines, done.Here})
	assert.False(t, done.StartedAt.IsZero() || done.EndedAt.IsZero())
	_, err = p.book.Again(t.Context(), done.ID, nil)
	assert.Equal(t, finops.CodeConflict, finops.CodeOf(err), "what is done is not done again")
	require.NoError(t, p.book.Clear(t.Context()))
	jobs, err = p.book.List(t.Context(), 0)
	require.NoError(t, err)
	assert.Empty(t, jobs)
}

// TestBook_GoesOnAfterAKill kills the process in the middle of every step.
func TestBook_GoesOnAfterAKill(t *testing.T) {
	ats := []int{0, 1, 5, 9}
	if testing.Short() {
		ats = ats[2:3] // with the race detector a workspace costs seconds
	}
	for _, at := range ats {
		path := newWorkspace(t)
		s := &steps{at: make(chan int), on: make(chan struct{})}
		p := start(t, path, s.kind("fill"))
		j, err := p.book.Start(t.Context(), "fill", "Fill columns", nil, nil, nil)
		require.NoError(t, err)
		for n := range s.at {
			if n == at {
				break
			}
			s.on <- struct{}{}
		}
		left := killed(t, path)
		require.NoError(t, p.book.Cancel(t.Context(), j.ID))
		s.on <- struct{}{}
		wait(t, p.runner, j.ID)

		after := &steps{}
		p = start(t, left, after.kind("fill"))
		found := p.find(j.ID)
		assert.Equal(t, job.Interrupted, found.State)
		assert.True(t, found.Again)
		_, err = p.book.Again(t.Context(), j.ID, nil)
		require.NoError(t, err)
		end := wait(t, p.runner, j.ID)
		assert.Equal(t, job.Done, end.State)
		assert.Equal(t, int64(2), end.Attempts)
		assert.Equal(t, int64(10), end.Done)
		assert.Len(t, after.made, 10-at, "it goes on from its checkpoint")
		assert.Equal(t, at, after.made[0])
	}
}

func TestBook_TheEndOfTheProgramInterrupts(t *testing.T) {
	path := newWorkspace(t)
	p := start(t, path)
	j, err := p.book.Start(t.Context(), "import", "Import a.csv", nil, func(ctx context.Context, _ *job.Handle) (any, error) {
		<-ctx.Done()
		return nil, context.Cause(ctx)
	}, nil)
	require.NoError(t, err)
	p.end()
	assert.Equal(t, job.Interrupted, p.ear.last().State)
	p = start(t, path)
	found := p.find(j.ID)
	assert.Equal(t, job.Interrupted, found.State)
	assert.Equal(t, finops.MessageOf(job.ErrShutdown), finops.MessageOf(found.Err))
}

func TestBook_Pause(t *testing.T) {
	path := newWorkspace(t)
	s := &steps{at: make(chan int), on: make(chan struct{})}
	p := start(t, path, s.kind("fill"), job.Kind{Name: "verify"})
	j, err := p.book.Start(t.Context(), "fill", "Fill columns", nil, nil, nil)
	require.NoError(t, err)
	<-s.at
	require.NoError(t, p.book.Pause(t.Context(), j.ID))
	s.on <- struct{}{}
	state := func(want job.State) func() bool { return func() bool { return p.find(j.ID).State == want } }
	require.Eventually(t, state(job.Paused), time.Minute, time.Millisecond)
	assert.Equal(t, []int{0}, s.made)
	require.NoError(t, p.book.Resume(t.Context(), j.ID))
	<-s.at
	assert.Equal(t, job.Running, p.find(j.ID).State)
	require.NoError(t, p.book.Pause(t.Context(), j.ID))
	s.on <- struct{}{}
	require.Eventually(t, state(job.Paused), time.Minute, time.Millisecond)
	require.NoError(t, p.book.Cancel(t.Context(), j.ID))
	assert.Equal(t, job.Cancelled, wait(t, p.runner, j.ID).State, "a paused job can be cancelled")

	other, err := p.book.Start(t.Context(), "verify", "Verify", nil, func(ctx context.Context, _ *job.Handle) (any, error) {
		<-ctx.Done()
		return nil, context.Cause(ctx)
	}, nil)
	require.NoError(t, err)
	assert.Equal(t, finops.CodeUnsupported, finops.CodeOf(p.book.Pause(t.Context(), other.ID)))
	require.NoError(t, p.book.Cancel(t.Context(), other.ID))
	wait(t, p.runner, other.ID)
}

// TestBook_TwoProcesses has one process ask things of a job that the other one runs.
func TestBook_TwoProcesses(t *testing.T) {
	path := newWorkspace(t)
	s := &steps{at: make(chan int), on: make(chan struct{})}
	window, command := start(t, path, s.kind("fill")), start(t, path, s.kind("fill"))
	ended := false
	j, err := window.book.Start(t.Context(), "fill", "Fill columns", 1, nil, func() { ended = true })
	require.NoError(t, err)
	<-s.at

	require.NoError(t, command.book.FindInterrupted(t.Context()))
	seen := command.find(j.ID)
	assert.Equal(t, job.Running, seen.State, "its process lives")
	assert.False(t, seen.Here)
	_, err = command.book.Start(t.Context(), "fill", "Fill columns", 1, nil, nil)
	assert.Equal(t, finops.CodeUnavailable, finops.CodeOf(err), "not twice at once")
	_, err = command.book.Again(t.Context(), j.ID, nil)
	assert.Equal(t, finops.CodeConflict, finops.CodeOf(err))
	called := false
	same, err := window.book.Start(t.Context(), "fill", "Fill columns", 1, nil, func() { called = true })
	require.NoError(t, err)
	assert.Equal(t, j.ID, same.ID, "the one that runs already")
	assert.True(t, called)

	require.NoError(t, command.book.Cancel(t.Context(), j.ID))
	go func() { // goes on until it hears
		for range s.at {
			s.on <- struct{}{}
		}
	}()
	s.on <- struct{}{}
	assert.Equal(t, job.Cancelled, wait(t, window.runner, j.ID).State)
	close(s.at)
	assert.True(t, ended)
	assert.Equal(t, job.Cancelled, command.find(j.ID).State)
	assert.Equal(t, finops.CodeConflict, finops.CodeOf(command.book.Cancel(t.Context(), j.ID)), "it runs no more")
	beside, err := filepath.Glob(path + "-job-*")
	require.NoError(t, err)
	assert.Empty(t, beside, "no lock is left")
}

func TestBook_AnInterruptedJobIsNotBegunBesideItself(t *testing.T) {
	path := newWorkspace(t)
	p := start(t, path)
	work := func(ctx context.Context, _ *job.Handle) (any, error) { <-ctx.Done(); return nil, context.Cause(ctx) }
	j, err := p.book.Start(t.Context(), "import", "Import a.csv", "a.csv", work, nil)
	require.NoError(t, err)
	p.end()
	p = start(t, path)
	next, err := p.book.Start(t.Context(), "import", "Import a.csv", "a.csv", func(context.Context, *job.Handle) (any, error) { return nil, nil }, nil)
	require.NoError(t, err)
	assert.Equal(t, j.ID, next.ID)
	assert.Equal(t, int64(2), next.Attempts)
	assert.Equal(t, job.Done, wait(t, p.runner, next.ID).State)
	other, err := p.book.Start(t.Context(), "import", "Import b.csv", "b.csv", func(context.Context, *job.Handle) (any, error) { return nil, nil }, nil)
	require.NoError(t, err)
	assert.NotEqual(t, j.ID, other.ID)
	wait(t, p.runner, other.ID)
}

func TestBook_WorksWhereNothingCanBeKept(t *testing.T) {
	path := newWorkspace(t)
	require.NoError(t, os.Chmod(path, 0o400))
	p := start(t, path)
	if !p.db.ReadOnly() {
		t.Skip("this person may write everything")
	}
	j, err := p.book.Start(t.Context(), "verify", "Verify", nil, func(context.Context, *job.Handle) (any, error) { return 1, nil }, nil)
	require.NoError(t, err)
	assert.False(t, j.Kept)
	assert.True(t, strings.HasPrefix(j.ID, "job-"))
	assert.Equal(t, job.Done, wait(t, p.runner, j.ID).State)
}

func TestBook_UnknownJob(t *testing.T) {
	p := start(t, newWorkspace(t))
	for _, id := range []string{"7", "job-7", ""} {
		_, err := p.book.Find(t.Context(), id)
		assert.Equal(t, finops.CodeNotFound, finops.CodeOf(err))
		_, err = p.book.Again(t.Context(), id, nil)
		assert.Equal(t, finops.CodeNotFound, finops.CodeOf(err))
		assert.Equal(t, finops.CodeNotFound, finops.CodeOf(p.book.Cancel(t.Context(), id)))
	}
}
