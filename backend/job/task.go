package job

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"runtime/debug"
	"sync"
	"time"

	"cloud-intelligence/backend/finops"
)

// Handle is how work reports. Its methods may be called from several goroutines.
type Handle struct{ task *task }

// Continue is the point where work may be paused or cancelled: it waits while the job is
// paused and answers the cause once ctx is cancelled. Work calls it where nothing is half done that others wait for.
func (h *Handle) Continue(ctx context.Context) error {
	for {
		resume := h.task.pauseNow()
		if resume == nil {
			return context.Cause(ctx)
		}
		select {
		case <-resume:
		case <-ctx.Done():
			return context.Cause(ctx)
		}
	}
}

// Ask shows a person a question, as the result of the job, and waits for what Runner.Answer is given. It
// answers the cause once ctx is cancelled. Work calls it where nothing is half done that others wait for. A
// question dies with its process: the next attempt asks again.
func (h *Handle) Ask(ctx context.Context, question any, message string) (answer any, err error) {
	t := h.task
	answers := make(chan any, 1)
	t.change(func(j *Job) {
		j.State, j.Result, j.Message, j.SecondsLeft, j.LinesPerSecond = Waiting, question, message, nil, 0
		t.answers = answers
	})
	select {
	case answer = <-answers:
	case <-ctx.Done():
		err = context.Cause(ctx)
	}
	t.change(func(j *Job) {
		j.State, j.Result, j.Message = Running, nil, ""
		t.answers, t.meter = nil, meter{}
	})
	return answer, err
}

// Progress reports how far the work is: done of total (0 = not known), the lines so far, and
// a word on what is being done. It is cheap and may be called as often as wanted.
func (h *Handle) Progress(done, total, lines int64, message string) {
	h.report(func(j *Job) { j.Done, j.Total, j.Lines, j.Message = done, total, lines, message })
}

// SetTotal sets how much there is to do, in the unit of the work.
func (h *Handle) SetTotal(total int64) { h.report(func(j *Job) { j.Total = total }) }

// Add reports that more is done, in the unit of the work, and how many lines that were.
func (h *Handle) Add(done, lines int64) {
	h.report(func(j *Job) { j.Done, j.Lines = j.Done+done, j.Lines+lines })
}

// Message says what is being done.
func (h *Handle) Message(text string) { h.report(func(j *Job) { j.Message = text }) }

// Finish says what the job came to, for its history.
func (h *Handle) Finish(o Outcome) { h.report(func(j *Job) { j.Outcome = &o }) }

// Checkpoint keeps from where the work can go on in another attempt; v becomes JSON. When
// it returns without an error the checkpoint outlives a crash. A job that is not kept has none.
func (h *Handle) Checkpoint(ctx context.Context, v any) error {
	text, err := json.Marshal(v)
	if err != nil {
		return fmt.Errorf("write a checkpoint: %w", err)
	}
	if h.task.row == nil {
		return nil
	}
	wanted, err := h.task.row.checkpoint(ctx, string(text), h.task.snapshot())
	if err == nil {
		h.task.obey(wanted)
	}
	return err
}

// Resume reads the checkpoint of an earlier attempt into v; false when there is none.
func (h *Handle) Resume(v any) (bool, error) {
	if h.task.row == nil {
		return false, nil
	}
	text := h.task.row.saved()
	if text == nil {
		return false, nil
	}
	if err := json.Unmarshal([]byte(*text), v); err != nil {
		return false, finops.WrapError(finops.CodeCorrupt, err, "The checkpoint of this job is damaged. Start it again.")
	}
	return true, nil
}

func (h *Handle) report(change func(*Job)) {
	t := h.task
	t.mu.Lock()
	if !t.job.State.Live() {
		t.mu.Unlock()
		return
	}
	now := time.Now()
	change(&t.job)
	t.meter.add(now, t.job.Done, t.job.Lines)
	t.job.LinesPerSecond, t.job.SecondsLeft = t.meter.linesPerSecond, t.meter.secondsLeft(t.job.Total)
	if wait := t.reportedAt.Add(eventGap).Sub(now); wait > 0 {
		if t.late == nil {
			t.late = time.AfterFunc(wait, func() { t.emit(false) })
		}
		t.mu.Unlock()
		return
	}
	t.mu.Unlock()
	t.emit(false)
}

// task is a job with what runs it.
type task struct {
	id     string // of the job
	listen func(Job)
	cancel context.CancelCauseFunc
	ended  chan struct{} // closed after the last event
	row    *row          // nil for a job that is not kept
	after  func()        // called when the work has ended, before its end is reported; may be nil

	emitting sync.Mutex // held while listen runs, so that events keep their order

	mu         sync.Mutex
	job        Job
	meter      meter
	reportedAt time.Time
	late       *time.Timer   // announces what came too soon after the last event
	last       bool          // the end was reported
	resume     chan struct{} // closed to go on; nil while nobody wants it paused
	answers    chan any      // gets the answer; nil while nothing is asked, or once it is answered
}

// change changes the job and reports it.
func (t *task) change(change func(*Job)) {
	t.mu.Lock()
	change(&t.job)
	t.mu.Unlock()
	t.emit(true)
}

// take hands an answer to work that waits for one.
func (t *task) take(answer any) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.answers == nil {
		return finops.Errorf(finops.CodeConflict, "%s does not wait for an answer any more.", t.job.Title)
	}
	t.answers <- answer // there is room: it is answered once
	t.answers = nil
	t.job.State, t.job.Result, t.job.Message = Running, nil, "" // the work reports it
	return nil
}

func (t *task) snapshot() Job {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.job
}

func (t *task) isEnded() bool { return !t.snapshot().State.Live() }

// pause asks the work to wait at its next Continue.
func (t *task) pause() {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.resume == nil && t.job.State == Running {
		t.resume = make(chan struct{})
	}
}

// pauseNow makes a job that somebody wants paused so, and returns what ends that; nil =
// nobody wants it.
func (t *task) pauseNow() <-chan struct{} {
	t.mu.Lock()
	resume := t.resume
	if resume == nil || t.job.State != Running {
		t.mu.Unlock()
		return resume
	}
	t.job.State, t.job.SecondsLeft, t.job.LinesPerSecond = Paused, nil, 0
	t.mu.Unlock()
	t.emit(true)
	return resume
}

// goOn lets a job that is paused, or shall be, run.
func (t *task) goOn() {
	t.mu.Lock()
	if t.resume == nil {
		t.mu.Unlock()
		return
	}
	close(t.resume)
	t.resume = nil
	if t.job.State == Paused {
		t.job.State = Running
	}
	t.meter = meter{}
	t.meter.add(time.Now(), t.job.Done, t.job.Lines)
	t.mu.Unlock()
	t.emit(true)
}

// emit hands the job as it is now to the listener; unless it must, not too soon after the
// last time. Nothing is reported after the end.
func (t *task) emit(must bool) Job {
	t.emitting.Lock()
	defer t.emitting.Unlock()
	t.mu.Lock()
	now := time.Now()
	if t.last || (!must && now.Sub(t.reportedAt) < eventGap) {
		defer t.mu.Unlock()
		return t.job
	}
	if t.late != nil {
		t.late.Stop()
		t.late = nil
	}
	t.reportedAt, t.last = now, !t.job.State.Live()
	job := t.job
	t.mu.Unlock()
	t.listen(job)
	return job
}

func (t *task) run(ctx context.Context, work Work) {
	defer close(t.ended)
	stop := t.row.follow(ctx, t)
	var result any
	// Stands when the work ends its goroutine without returning.
	err := error(finops.Errorf(finops.CodeInternal, "Something went wrong inside Cloud Intelligence."))
	defer func() {
		if p := recover(); p != nil {
			err = finops.WrapError(finops.CodeInternal, fmt.Errorf("panic: %v\n%s", p, debug.Stack()), "Something went wrong inside Cloud Intelligence.")
		}
		stop()
		t.end(ctx, result, err)
	}()
	result, err = work(ctx, &Handle{t})
}

// end keeps how the job ended before anybody hears of it: who does may read the row.
func (t *task) end(ctx context.Context, result any, err error) {
	ended := t.snapshot()
	ended.SecondsLeft, ended.EndedAt = nil, t.row.now()
	switch {
	case err == nil:
		ended.State, ended.Result, ended.Message = Done, result, ""
		ended.Done = max(ended.Done, ended.Total)
	case ctx.Err() != nil && finops.CodeOf(err) == finops.CodeCancelled:
		ended.State, ended.Err, ended.Message = Cancelled, err, finops.MessageOf(err)
	case ctx.Err() != nil && (errors.Is(err, context.Canceled) || errors.Is(err, context.Cause(ctx))):
		cause := finops.WrapError(finops.CodeCancelled, err, "%s", finops.MessageOf(context.Cause(ctx)))
		ended.State, ended.Err, ended.Message = Cancelled, cause, cause.Message
	default:
		ended.State, ended.Err, ended.Message = Failed, err, ""
	}
	if ended.State == Cancelled && ended.Kept && errors.Is(context.Cause(ctx), ErrShutdown) {
		ended.State = Interrupted // nobody decided that it should not be done
	}
	if ended.State != Done {
		ended.Outcome = nil
	}
	t.row.end(ctx, ended)
	if t.after != nil {
		t.after()
	}
	t.mu.Lock()
	t.job = ended
	t.mu.Unlock()
	t.emit(true)
}
