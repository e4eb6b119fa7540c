package job

import (
	"context"
	"encoding/json"
	"strconv"
	"sync"
	"time"

	"cloud-intelligence/backend/finops"
)

// State is where a job is in its life.
type State string

// The states of a job. Running, Paused and Waiting are those of a job that some process has.
const (
	Running     State = "running"
	Paused      State = "paused"
	Waiting     State = "waiting"     // for an answer of a person
	Interrupted State = "interrupted" // its process ended before it had finished
	Done        State = "done"
	Failed      State = "failed"
	Cancelled   State = "cancelled"
)

// Live says that some process runs the job.
func (s State) Live() bool { return s == Running || s == Paused || s == Waiting }

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

// Outcome is what a job came to, for its history; what does not apply is zero.
type Outcome struct {
	Files    int64  `json:"files,omitempty"`
	Lines    int64  `json:"lines,omitempty"`
	Rejects  int64  `json:"rejects,omitempty"`  // lines that could not be read
	ImportID int64  `json:"importId,omitempty"` // of an import that changed the ledger
	Path     string `json:"path,omitempty"`     // of a file that was written
	// Note is a sentence on what a person has to know or do: an import that asks what to do with
	// files that overlap, a verification that found a difference.
	Note string `json:"note,omitempty"`
	// NeedsAction says that the note asks something of a person: the work ended, but not with what
	// was wanted of it.
	NeedsAction bool `json:"needsAction,omitempty"`
}

// Job is what is known about a job at one moment.
type Job struct {
	ID             string // a number for a job that is kept
	Kind           string
	Title          string
	State          State
	Done, Total    int64 // in the unit of the work: bytes or lines
	Lines          int64
	LinesPerSecond float64  // smoothed; 0 = not known yet
	SecondsLeft    *float64 // nil = not known
	Message        string   // what it is doing, or a word on its end
	Err            error    // of a failed or cancelled job
	Result         any      // of a job that is done in this process; what is asked, of one that waits here
	Outcome        *Outcome // of a job that is done; nil = it left none

	Kept      bool // in a Book
	Here      bool // this process runs it, or ran it
	Pauses    bool // it can be paused
	Again     bool // it can be begun again, or go on, with Book.Again
	Resumes   bool // Again goes on from its checkpoint
	Attempts  int64
	Params    json.RawMessage // what it was started with; nil for one that is not kept
	User      string
	StartedAt time.Time // of the last attempt
	EndedAt   time.Time // zero while it runs
}

// Work is the body of a job. It returns soon after ctx is cancelled; the cause is ErrUser
// or ErrShutdown.
type Work func(ctx context.Context, h *Handle) (result any, err error)

// Runner runs jobs and remembers them, ended ones for a while.
type Runner struct {
	// Now is the clock of jobs that are kept nowhere: time.Now, unless it is set before the first one.
	Now func() time.Time

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
	return &Runner{Now: time.Now, listen: listen, root: root, stop: stop}
}

// Start begins a job that is kept nowhere and returns it as running. It answers
// CodeUnavailable after Close.
func (r *Runner) Start(kind, title string, work Work) (Job, error) {
	return r.start(&task{job: Job{Kind: kind, Title: title}}, work)
}

// start runs a task; one without an id is given one.
func (r *Runner) start(t *task, work Work) (Job, error) {
	r.mu.Lock()
	if r.closed {
		r.mu.Unlock()
		return Job{}, finops.Errorf(finops.CodeUnavailable, "Cloud Intelligence is closing. Start it again.")
	}
	if t.job.ID == "" {
		r.started++
		t.job.ID = "job-" + strconv.Itoa(r.started)
		t.job.StartedAt, t.job.Attempts = r.Now(), 1
	}
	t.id = t.job.ID
	ctx, cancel := context.WithCancelCause(r.root)
	t.listen, t.cancel, t.ended = r.listen, cancel, make(chan struct{})
	t.job.State, t.job.Here = Running, true
	r.forget(t.id)
	r.tasks = append(r.tasks, t)
	r.running.Add(1)
	r.mu.Unlock()

	t.meter.add(time.Now(), 0, 0)
	first := t.emit(true)
	go func() {
		defer r.running.Done()
		defer cancel(nil)
		t.run(ctx, work)
	}()
	return first, nil
}

// forget drops an ended job that begins again, and the oldest ended ones beyond endedKept.
func (r *Runner) forget(again string) {
	ended := 0
	for _, t := range r.tasks {
		if t.isEnded() {
			ended++
		}
	}
	r.drop(func(t *task) bool {
		if !t.isEnded() {
			return false
		}
		ended--
		return t.id == again || ended >= endedKept
	})
}

func (r *Runner) drop(gone func(*task) bool) {
	kept := r.tasks[:0]
	for _, t := range r.tasks {
		if !gone(t) {
			kept = append(kept, t)
		}
	}
	clear(r.tasks[len(kept):])
	r.tasks = kept
}

// List returns the jobs that are remembered, in the order of their start.
func (r *Runner) List() []Job {
	tasks := r.all()
	jobs := make([]Job, len(tasks))
	for i, t := range tasks {
		jobs[i] = t.snapshot()
	}
	return jobs
}

func (r *Runner) all() []*task {
	r.mu.Lock()
	defer r.mu.Unlock()
	return append([]*task(nil), r.tasks...)
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

// Answer gives a job that waits what it asked for; see Handle.Ask. It answers CodeConflict for one that does not
// wait, and CodeNotFound for one that is not remembered.
func (r *Runner) Answer(id string, answer any) error {
	t, err := r.find(id)
	if err != nil {
		return err
	}
	return t.take(answer)
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
	for _, t := range r.all() {
		if t.id == id {
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
