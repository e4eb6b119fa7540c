package job_test

import (
	"context"
	"errors"
	"runtime"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/job"
)

// ear keeps the events it hears, with their times.
type ear struct {
	mu    sync.Mutex
	jobs  []job.Job
	times []time.Time
}

func (e *ear) hear(j job.Job) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.jobs, e.times = append(e.jobs, j), append(e.times, time.Now())
}

func (e *ear) last() job.Job {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.jobs[len(e.jobs)-1]
}

func wait(t *testing.T, r *job.Runner, id string) job.Job {
	t.Helper()
	j, err := r.Wait(t.Context(), id)
	require.NoError(t, err)
	return j
}

func TestRunner_TellsAtMostTenTimesASecondAndAlwaysTheEnd(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var e ear
		r := job.New(t.Context(), e.hear)
		j, err := r.Start("import", "Import a.csv", func(_ context.Context, h *job.Handle) (any, error) {
			for i := range int64(2000) { // 2 s
				time.Sleep(time.Millisecond)
				h.Progress(i+1, 2000, i+1, "Reading")
			}
			return "result", nil
		})
		require.NoError(t, err)
		assert.Equal(t, job.Running, j.State)
		end := wait(t, r, j.ID)
		assert.Equal(t, job.Done, end.State)
		assert.Equal(t, "result", end.Result)
		assert.Equal(t, end, e.last())

		assert.Equal(t, job.Running, e.jobs[0].State, "the start is reported")
		assert.InDelta(t, 20, len(e.jobs), 3)
		for i := 1; i < len(e.jobs)-1; i++ {
			assert.GreaterOrEqual(t, e.times[i].Sub(e.times[i-1]), 100*time.Millisecond)
			assert.Equal(t, job.Running, e.jobs[i].State)
		}
		time.Sleep(time.Second)
		assert.Equal(t, end, e.last(), "nothing is reported after the end")
		require.NoError(t, r.Close(t.Context()))
	})
}

func TestRunner_TellsTheLastOfABurstLate(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var e ear
		r := job.New(t.Context(), e.hear)
		_, err := r.Start("import", "", func(_ context.Context, h *job.Handle) (any, error) {
			h.Progress(1, 3, 0, "first")
			h.Progress(2, 3, 0, "second")
			h.Progress(3, 3, 0, "Checking")
			time.Sleep(time.Minute)
			return nil, nil
		})
		require.NoError(t, err)
		time.Sleep(time.Second)
		assert.Equal(t, "Checking", e.last().Message)
		assert.Equal(t, job.Running, e.last().State)
		time.Sleep(2 * time.Minute)
		require.NoError(t, r.Close(t.Context()))
	})
}

func TestRunner_MeasuresThePace(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := job.New(t.Context(), nil)
		j, err := r.Start("import", "", func(_ context.Context, h *job.Handle) (any, error) {
			for i := range int64(100) { // 10 s: 1,000 bytes and 50 lines a second of 20,000 bytes
				time.Sleep(100 * time.Millisecond)
				h.Progress((i+1)*100, 20_000, (i+1)*5, "Reading")
			}
			time.Sleep(time.Second)
			h.Progress(20_000, 20_000, 500, "Checking")
			time.Sleep(time.Second)
			return nil, nil
		})
		require.NoError(t, err)
		at := func(d time.Duration) job.Job { time.Sleep(d); return r.List()[0] }
		early := at(2500 * time.Millisecond)
		assert.Nil(t, early.SecondsLeft, "too early to tell")
		late := at(7400 * time.Millisecond)
		require.NotNil(t, late.SecondsLeft)
		assert.InDelta(t, 10, *late.SecondsLeft, 0.5)
		assert.InDelta(t, 50, late.LinesPerSecond, 1)
		checking := at(1500 * time.Millisecond)
		assert.Equal(t, "Checking", checking.Message)
		assert.Nil(t, checking.SecondsLeft, "all is read, and how long the rest takes is not known")
		assert.Equal(t, job.Done, wait(t, r, j.ID).State)
		require.NoError(t, r.Close(t.Context()))
	})
}

func TestRunner_Cancel(t *testing.T) {
	for name, c := range map[string]struct {
		fail func(ctx context.Context) error
		want job.State
		text string
	}{
		"PlainContextError": {func(ctx context.Context) error { return ctx.Err() }, job.Cancelled, "It was cancelled."},
		"Cause":             {context.Cause, job.Cancelled, "It was cancelled."},
		"OwnSentence": {func(ctx context.Context) error {
			return finops.WrapError(finops.CodeCancelled, ctx.Err(), "The workspace is as it was.")
		}, job.Cancelled, "The workspace is as it was."},
		"AnotherFault":     {func(context.Context) error { return errors.New("disk on fire") }, job.Failed, ""},
		"TooLateToCancel":  {func(context.Context) error { return nil }, job.Done, ""},
		"CorruptMeanwhile": {func(context.Context) error { return finops.Errorf(finops.CodeCorrupt, "damaged") }, job.Failed, ""},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				r := job.New(t.Context(), nil)
				var cause error
				j, err := r.Start("import", "", func(ctx context.Context, _ *job.Handle) (any, error) {
					<-ctx.Done()
					cause = context.Cause(ctx)
					return nil, c.fail(ctx)
				})
				require.NoError(t, err)
				require.NoError(t, r.Cancel(j.ID, job.ErrUser))
				end := wait(t, r, j.ID)
				assert.Equal(t, c.want, end.State)
				assert.Equal(t, c.text, end.Message)
				assert.Equal(t, job.ErrUser, cause)
				if c.want == job.Cancelled {
					assert.Equal(t, finops.CodeCancelled, finops.CodeOf(end.Err))
				}
				require.NoError(t, r.Cancel(j.ID, job.ErrUser), "ended jobs may be cancelled too")
				assert.Equal(t, c.want, r.List()[0].State)
				require.NoError(t, r.Close(t.Context()))
			})
		})
	}
}

func TestRunner_UnknownJob(t *testing.T) {
	r := job.New(t.Context(), nil)
	assert.Equal(t, finops.CodeNotFound, finops.CodeOf(r.Cancel("job-7", job.ErrUser)))
	_, err := r.Wait(t.Context(), "job-7")
	assert.Equal(t, finops.CodeNotFound, finops.CodeOf(err))
	require.NoError(t, r.Close(t.Context()))
}

func TestRunner_FailureAndPanic(t *testing.T) {
	for name, c := range map[string]struct {
		work job.Work
		code finops.Code
		text string
	}{
		"Error": {func(context.Context, *job.Handle) (any, error) {
			return nil, finops.Errorf(finops.CodeInvalid, "bad file")
		}, finops.CodeInvalid, "bad file"},
		"Panic":  {func(context.Context, *job.Handle) (any, error) { panic("boom") }, finops.CodeInternal, "boom"},
		"Goexit": {func(context.Context, *job.Handle) (any, error) { runtime.Goexit(); return nil, nil }, finops.CodeInternal, "Something went wrong"},
	} {
		t.Run(name, func(t *testing.T) {
			var e ear
			r := job.New(t.Context(), e.hear)
			j, err := r.Start("import", "", c.work)
			require.NoError(t, err)
			end := wait(t, r, j.ID)
			assert.Equal(t, job.Failed, end.State)
			assert.Equal(t, c.code, finops.CodeOf(end.Err))
			assert.ErrorContains(t, end.Err, c.text)
			assert.NotContains(t, finops.MessageOf(end.Err), "boom", "a person is not shown a panic")
			assert.Equal(t, job.Failed, e.last().State)
			require.NoError(t, r.Close(t.Context()))
		})
	}
}

func TestRunner_CloseEndsEverything(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var e ear
		r := job.New(t.Context(), e.hear)
		for range 3 {
			_, err := r.Start("import", "", func(ctx context.Context, h *job.Handle) (any, error) {
				h.Progress(1, 10, 1, "Reading")
				<-ctx.Done()
				time.Sleep(time.Second) // tidying up
				return nil, context.Cause(ctx)
			})
			require.NoError(t, err)
		}
		require.NoError(t, r.Close(t.Context()))
		require.NoError(t, r.Close(t.Context()))
		for _, j := range r.List() {
			assert.Equal(t, job.Cancelled, j.State)
			assert.Equal(t, finops.MessageOf(job.ErrShutdown), j.Message)
		}
		_, err := r.Start("import", "", nil)
		assert.Equal(t, finops.CodeUnavailable, finops.CodeOf(err))
	})
}

func TestRunner_CloseDoesNotWaitForever(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := job.New(t.Context(), nil)
		deaf := make(chan struct{})
		j, err := r.Start("import", "", func(context.Context, *job.Handle) (any, error) { <-deaf; return nil, nil })
		require.NoError(t, err)
		ctx, cancel := context.WithTimeout(t.Context(), 3*time.Second)
		defer cancel()
		assert.Equal(t, finops.CodeUnavailable, finops.CodeOf(r.Close(ctx)))
		_, err = r.Wait(ctx, j.ID)
		assert.Equal(t, finops.CodeCancelled, finops.CodeOf(err))
		close(deaf)
		wait(t, r, j.ID)
	})
}

func TestRunner_ForgetsOldJobs(t *testing.T) {
	r := job.New(t.Context(), nil)
	stop := make(chan struct{})
	running, err := r.Start("import", "runs", func(context.Context, *job.Handle) (any, error) { <-stop; return nil, nil })
	require.NoError(t, err)
	for range 80 {
		j, err := r.Start("import", "ended", func(context.Context, *job.Handle) (any, error) { return nil, nil })
		require.NoError(t, err)
		wait(t, r, j.ID)
	}
	jobs := r.List()
	assert.Len(t, jobs, 52, "50 ended ones, the newest and the one that runs")
	assert.Equal(t, running.ID, jobs[0].ID)
	assert.Equal(t, "job-81", jobs[51].ID)
	close(stop)
	wait(t, r, running.ID)
	require.NoError(t, r.Close(t.Context()))
}

func TestRunner_LeavesNoGoroutine(t *testing.T) {
	r := job.New(t.Context(), func(job.Job) {})
	var all sync.WaitGroup
	for range 20 {
		all.Go(func() {
			j, err := r.Start("import", "", func(ctx context.Context, h *job.Handle) (any, error) {
				for i := range int64(50) {
					h.Progress(i, 50, i, "Reading")
				}
				<-ctx.Done()
				return nil, context.Cause(ctx)
			})
			assert.NoError(t, err)
			_ = r.List()
			assert.NoError(t, r.Cancel(j.ID, job.ErrUser))
		})
	}
	all.Wait()
	require.NoError(t, r.Close(t.Context()))
	buf := make([]byte, 1<<20)
	// A goroutine that has done its last step may still be listed for a moment.
	require.Eventually(t, func() bool {
		return !strings.Contains(string(buf[:runtime.Stack(buf, true)]), "backend/job.(*")
	}, time.Minute, 10*time.Millisecond)
}
