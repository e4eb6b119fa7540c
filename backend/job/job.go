package job

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"strconv"
	"sync"
	"time"

	"cloud-intelligence/backend/finops"
)

// State is where a job is in its life. All but Running are final.
type State string

// The states of a job.
const (
	Running   State = "running"
	Done      State = "done"
	Failed    State = "failed"
	Cancelled State = "cancelled"
)

// The causes of a cancelled context, to be had from context.Cause.
var (
	ErrUser     = finops.Errorf(finops.CodeCancelled, "It was cancelled.")
	ErrShutdown = finops.Errorf(finops.CodeCancelled, "Cloud Intelligence was closed before it had finished.")
)

const (
	eventGap = 100 * time.Millisecond
	// endedKept is how many ended jobs stay in the list.
	endedKept = 50
)

// Job is what can be told about a job at one moment.
type Job struct {
	ID             string
	Kind           string
	Title          string
	State          State
	Done, Total    int64 // in the unit of the work: bytes or lines
	Lines          int64
	LinesPerSecond float64  // smoothed; 0 = not known yet
	SecondsLeft    *float64 // nil = not known
	Message        string   // what it is doing, or a word on its end
	Err            error    // of a failed or cancelled job
	Result         any      // of a job that is done
}

// Work is the body of a job. It returns soon after ctx is cancelled; the cause is ErrUser
// or ErrShutdown.
type Work func(ctx context.Context, h *Handle) (result any, err error)

// Runner runs jobs and remembers them, ended ones for a while.
type Runner struct {
	listen func(Job)
	root   context.Context // what all work derives its context from
	stop   context.CancelCauseFunc

	mu      sync.Mutex
	tasks   []*task // in the order of their start
	started int
	closed  bool
	running sync.WaitGroup
}

// New makes a runner whose work ends with ctx at the latest. listen gets the events of
// all jobs, those of one job in order and one at a time, from several goroutines; it must
// not wait for a job. nil = nobody listens.
func New(ctx context.Context, listen func(Job)) *Runner {
	if listen == nil {
		listen = func(Job) {}
	}
	root, stop := context.WithCancelCause(ctx)
	return &Runner{listen: listen, root: root, stop: stop}
}

// Start begins a job and returns it as running. It answers CodeUnavailable after Close.
func (r *Runner) Start(kind, title string, work Work) (Job, error) {
	r.mu.Lock()
	if r.closed {
		r.mu.Unlock()
		return Job{}, finops.Errorf(finops.CodeUnavailable, "Cloud Intelligence is closing. Start it again.")
	}
	r.started++
	ctx, cancel := context.WithCancelCause(r.root)
	t := &task{
		listen: r.listen, cancel: cancel, ended: make(chan struct{}),
		job: Job{ID: "job-" + strconv.Itoa(r.started), Kind: kind, Title: title, State: Running},
	}
	r.tasks = append(r.tasks, t)
	r.forget()
	r.running.Add(1)
	r.mu.Unlock()

	t.meter.add(time.Now(), 0, 0)
	first := t.tell(true)
	go func() {
		defer r.running.Done()
		defer cancel(nil)
		t.run(ctx, work)
	}()
	return first, nil
}

// forget drops the oldest ended jobs beyond endedKept.
func (r *Runner) forget() {
	ended := 0
	for _, t := range r.tasks {
		if t.isEnded() {
			ended++
		}
	}
	kept := r.tasks[:0]
	for _, t := range r.tasks {
		if ended > endedKept && t.isEnded() {
			ended--
			continue
		}
		kept = append(kept, t)
	}
	clear(r.tasks[len(kept):])
	r.tasks = kept
}

// List returns the jobs that are remembered, in the order of their start.
func (r *Runner) List() []Job {
	r.mu.Lock()
	defer r.mu.Unlock()
	jobs := make([]Job, len(r.tasks))
	for i, t := range r.tasks {
		jobs[i] = t.snapshot()
	}
	return jobs
}

// Cancel asks a job to end, with the reason. It does not wait; a job that has ended stays
// as it is. It answers CodeNotFound for a job that is not remembered.
func (r *Runner) Cancel(id string, cause error) error {
	t, err := r.find(id)
	if err != nil {
		return err
	}
	t.cancel(cause)
	return nil
}

// Wait returns the job once it has ended. A cancelled ctx ends the waiting, not the job.
func (r *Runner) Wait(ctx context.Context, id string) (Job, error) {
	t, err := r.find(id)
	if err != nil {
		return Job{}, err
	}
	select {
	case <-t.ended:
		return t.snapshot(), nil
	case <-ctx.Done():
		return t.snapshot(), finops.WrapError(finops.CodeCancelled, context.Cause(ctx), "It was cancelled.")
	}
}

func (r *Runner) find(id string) (*task, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, t := range r.tasks {
		if t.job.ID == id { // never changes
			return t, nil
		}
	}
	return nil, finops.Errorf(finops.CodeNotFound, "This job has ended and is no longer listed.")
}

// Close accepts no more jobs, cancels those that run with ErrShutdown and waits for them
// until ctx ends; it then answers CodeUnavailable. It may be called twice.
func (r *Runner) Close(ctx context.Context) error {
	r.mu.Lock()
	r.closed = true
	r.mu.Unlock()
	r.stop(ErrShutdown)
	ended := make(chan struct{})
	go func() {
		r.running.Wait()
		close(ended)
	}()
	select {
	case <-ended:
		return nil
	case <-ctx.Done():
		return finops.WrapError(finops.CodeUnavailable, context.Cause(ctx), "Some work did not end in time.")
	}
}

// Handle is how work reports. Its methods may be called from several goroutines.
type Handle struct{ task *task }

// Progress tells how far the work is: done of total (0 = not known), the lines so far, and
// a word on what is being done. It is cheap and may be called as often as wanted.
func (h *Handle) Progress(done, total, lines int64, message string) {
	t := h.task
	t.mu.Lock()
	if t.job.State != Running {
		t.mu.Unlock()
		return
	}
	now := time.Now()
	t.meter.add(now, done, lines)
	t.job.Done, t.job.Total, t.job.Lines, t.job.Message = done, total, lines, message
	t.job.LinesPerSecond, t.job.SecondsLeft = t.meter.linesPerSecond, t.meter.secondsLeft(total)
	if wait := t.told.Add(eventGap).Sub(now); wait > 0 {
		if t.late == nil {
			t.late = time.AfterFunc(wait, func() { t.tell(false) })
		}
		t.mu.Unlock()
		return
	}
	t.mu.Unlock()
	t.tell(false)
}

// task is a job with what runs it.
type task struct {
	listen func(Job)
	cancel context.CancelCauseFunc
	ended  chan struct{} // closed after the last event

	telling sync.Mutex // held while listen runs, so that events keep their order

	mu    sync.Mutex
	job   Job
	meter meter
	told  time.Time
	late  *time.Timer // tells what came too soon after the last event
	last  bool        // the end was told
}

func (t *task) snapshot() Job {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.job
}

func (t *task) isEnded() bool { return t.snapshot().State != Running }

// tell hands the job as it is now to the listener; unless it must, not too soon after the
// last time. Nothing is told after the end.
func (t *task) tell(must bool) Job {
	t.telling.Lock()
	defer t.telling.Unlock()
	t.mu.Lock()
	now := time.Now()
	if t.last || (!must && now.Sub(t.told) < eventGap) {
		defer t.mu.Unlock()
		return t.job
	}
	if t.late != nil {
		t.late.Stop()
		t.late = nil
	}
	t.told, t.last = now, t.job.State != Running
	job := t.job
	t.mu.Unlock()
	t.listen(job)
	return job
}

func (t *task) run(ctx context.Context, work Work) {
	defer close(t.ended)
	var result any
	// Stands when the work ends its goroutine without returning.
	err := error(finops.Errorf(finops.CodeInternal, "Something went wrong inside Cloud Intelligence."))
	defer func() {
		if p := recover(); p != nil {
			err = finops.WrapError(finops.CodeInternal, fmt.Errorf("panic: %v\n%s", p, debug.Stack()), "Something went wrong inside Cloud Intelligence.")
		}
		t.end(ctx, result, err)
	}()
	result, err = work(ctx, &Handle{t})
}

func (t *task) end(ctx context.Context, result any, err error) {
	t.mu.Lock()
	t.job.SecondsLeft = nil
	switch {
	case err == nil:
		t.job.State, t.job.Result, t.job.Message = Done, result, ""
		t.job.Done = max(t.job.Done, t.job.Total)
	case ctx.Err() != nil && finops.CodeOf(err) == finops.CodeCancelled:
		t.job.State, t.job.Err, t.job.Message = Cancelled, err, finops.MessageOf(err)
	case ctx.Err() != nil && (errors.Is(err, context.Canceled) || errors.Is(err, context.Cause(ctx))):
		cause := finops.WrapError(finops.CodeCancelled, err, "%s", finops.MessageOf(context.Cause(ctx)))
		t.job.State, t.job.Err, t.job.Message = Cancelled, cause, cause.Message
	default:
		t.job.State, t.job.Err, t.job.Message = Failed, err, ""
	}
	t.mu.Unlock()
	t.tell(true)
}
