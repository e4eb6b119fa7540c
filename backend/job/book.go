package job

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"sync"
	"time"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/store"
)

// keepGap is how often a running job keeps how far it is, and looks whether another process
// wants something of it.
const keepGap = 2 * time.Second

// Kind says how a sort of job is run from what its row keeps.
type Kind struct {
	Name string
	// Run does the work with the parameters of the row, which may have been written by another
	// process. nil = it cannot be run again: what it needs is not in the row.
	Run func(ctx context.Context, h *Handle, params json.RawMessage) (result any, err error)
	// Pauses says that the work calls Handle.Continue.
	Pauses bool
	// Resumes says that another attempt goes on from the checkpoint; else it begins again.
	Resumes bool
}

// Book keeps the jobs of a workspace. Its methods may be called from several goroutines.
type Book struct {
	db     *store.DB
	runner *Runner
	user   string
	now    func() time.Time
	kinds  []Kind
}

// Open makes the book of a workspace and finds the jobs that were interrupted. The caller
// closes the book before the workspace. runner runs the jobs.
func Open(ctx context.Context, db *store.DB, runner *Runner, user string, now func() time.Time, kinds ...Kind) (*Book, error) {
	b := &Book{db: db, runner: runner, user: user, now: now, kinds: kinds}
	if err := b.FindInterrupted(ctx); err != nil && !unkept(err) {
		return nil, fmt.Errorf("open jobs: %w", err)
	}
	return b, nil
}

// Close cancels the jobs of the book that run with ErrShutdown, waits for them and forgets them.
func (b *Book) Close() {
	mine := b.mine()
	for _, t := range mine {
		t.cancel(ErrShutdown)
	}
	for _, t := range mine {
		<-t.ended
	}
	b.runner.mu.Lock()
	defer b.runner.mu.Unlock()
	b.runner.drop(func(t *task) bool { return slices.Contains(mine, t) })
}

func (b *Book) mine() []*task {
	return slices.DeleteFunc(b.runner.all(), func(t *task) bool { return t.row == nil || t.row.book != b })
}

func (b *Book) kind(name string) Kind {
	if i := slices.IndexFunc(b.kinds, func(k Kind) bool { return k.Name == name }); i >= 0 {
		return b.kinds[i]
	}
	return Kind{Name: name}
}

// unkept says that a row cannot be written now: the workspace is read-only, the disk is full
// or others write. That is no reason not to work, as much of it only reads.
func unkept(err error) bool {
	return slices.Contains([]finops.Code{finops.CodeDenied, finops.CodeUnavailable}, finops.CodeOf(err))
}

// Start begins a job with parameters that become JSON, and returns it as running. work nil =
// as the kind is run. after, when set, is called once the work has ended and before its end is reported.
//
// A job of the same kind and parameters is not run twice: if this process has it, it is
// returned as it is (and after is called at once); if another one has it, the answer is CodeUnavailable; if it was interrupted this is its
// next attempt. Where no row can be written the job runs without one.
func (b *Book) Start(ctx context.Context, kind, title string, params any, work Work, after func()) (Job, error) {
	text, err := json.Marshal(params)
	if err != nil {
		return Job{}, fmt.Errorf("write the parameters of a job: %w", err)
	}
	t := &task{job: Job{Kind: kind, Title: title}, after: after}
	stored, lock, err := b.db.BeginJob(ctx, store.Job{Kind: kind, Title: title, Params: string(text), User: b.user}, b.now())
	switch {
	case err != nil && !unkept(err):
		return Job{}, err
	case err == nil && lock == nil:
		return b.running(stored, after)
	case err == nil:
		b.keep(t, stored, lock)
	}
	return b.start(ctx, t, work, text)
}

// running returns a job that runs already.
func (b *Book) running(stored store.Job, after func()) (Job, error) {
	t, err := b.runner.find(strconv.FormatInt(stored.ID, 10))
	if err != nil {
		return Job{}, finops.Errorf(finops.CodeUnavailable, "Another program is doing the same: %s (job %d). Wait until it has finished.", stored.Title, stored.ID)
	}
	if after != nil {
		after()
	}
	return t.snapshot(), nil
}

func (b *Book) keep(t *task, stored store.Job, lock *store.JobLock) {
	t.row = &row{book: b, stored: stored, lock: lock}
	t.job = b.job(stored)
}

func (b *Book) start(ctx context.Context, t *task, work Work, params json.RawMessage) (Job, error) {
	if work == nil {
		run := b.kind(t.job.Kind).Run
		work = func(ctx context.Context, h *Handle) (any, error) { return run(ctx, h, params) }
	}
	started, err := b.runner.start(t, work) //nolint:contextcheck // the work ends with the runner, not with whoever starts it
	if err != nil && t.row != nil {
		t.job.State, t.job.Err, t.job.EndedAt = Interrupted, nil, b.now()
		t.row.end(ctx, t.job)
	}
	return started, err
}

// Again begins the next attempt of a job that was interrupted, failed or was cancelled: from
// its checkpoint where its kind does so, else from the beginning. See Start for after.
func (b *Book) Again(ctx context.Context, id string, after func()) (Job, error) {
	stored, err := b.stored(ctx, id)
	if err != nil {
		return Job{}, err
	}
	if b.kind(stored.Kind).Run == nil {
		return Job{}, finops.Errorf(finops.CodeUnsupported, "%s cannot be started from here. Start it from where it was started.", stored.Title)
	}
	stored, lock, err := b.db.AgainJob(ctx, stored.ID, b.user, b.now())
	if err != nil {
		return Job{}, err
	}
	t := &task{after: after}
	b.keep(t, stored, lock)
	return b.start(ctx, t, nil, json.RawMessage(stored.Params))
}

func (b *Book) stored(ctx context.Context, id string) (store.Job, error) {
	number, err := strconv.ParseInt(id, 10, 64)
	if err != nil {
		return store.Job{}, finops.Errorf(finops.CodeNotFound, "There is no job %s.", id)
	}
	return b.db.Job(ctx, number)
}

// List returns the newest jobs, newest first; limit 0 = all.
func (b *Book) List(ctx context.Context, limit int) ([]Job, error) {
	stored, err := b.db.Jobs(ctx, limit)
	if err != nil {
		return nil, err
	}
	jobs := make([]Job, len(stored))
	for i, s := range stored {
		jobs[i] = b.current(s)
	}
	return jobs, nil
}

// Find returns a job; CodeNotFound when there is none of the number.
func (b *Book) Find(ctx context.Context, id string) (Job, error) {
	stored, err := b.stored(ctx, id)
	if err != nil {
		return Job{}, err
	}
	return b.current(stored), nil
}

// Pause asks a job to wait at its next safe point, whichever process runs it.
func (b *Book) Pause(ctx context.Context, id string) error {
	return b.ask(ctx, id, "pause")
}

// Resume lets a paused job go on, whichever process runs it.
func (b *Book) Resume(ctx context.Context, id string) error {
	return b.ask(ctx, id, "run")
}

// Cancel asks a job to end, whichever process runs it. It does not wait.
func (b *Book) Cancel(ctx context.Context, id string) error {
	return b.ask(ctx, id, "cancel")
}

func (b *Book) ask(ctx context.Context, id, wanted string) error {
	stored, err := b.stored(ctx, id)
	if err != nil {
		return err
	}
	if wanted == "pause" && !b.kind(stored.Kind).Pauses {
		return finops.Errorf(finops.CodeUnsupported, "%s cannot be paused.", stored.Title)
	}
	if t, err := b.runner.find(id); err == nil && !t.isEnded() {
		t.obey(wanted)
		return nil
	}
	return b.db.WantJob(ctx, stored.ID, wanted, b.user, b.now())
}

func (t *task) obey(wanted string) {
	switch wanted {
	case "pause":
		t.pause()
	case "run":
		t.goOn()
	case "cancel":
		t.cancel(ErrUser)
	}
}

// Clear removes the jobs that do not run from the history.
func (b *Book) Clear(ctx context.Context) error { return b.db.ClearJobs(ctx, b.user, b.now()) }

// FindInterrupted finds the jobs of other processes that are gone.
func (b *Book) FindInterrupted(ctx context.Context) error {
	return b.db.FindInterrupted(ctx, func(id int64) bool {
		t, err := b.runner.find(strconv.FormatInt(id, 10))
		return err == nil && !t.isEnded()
	}, b.now())
}

// current is a job as the process that runs it knows it, or as its row says.
func (b *Book) current(s store.Job) Job {
	if t, err := b.runner.find(strconv.FormatInt(s.ID, 10)); err == nil && t.row != nil && t.row.book == b {
		return t.snapshot()
	}
	return b.job(s)
}

func (b *Book) job(s store.Job) Job {
	k := b.kind(s.Kind)
	j := Job{
		ID: strconv.FormatInt(s.ID, 10), Kind: s.Kind, Title: s.Title, State: State(s.State), Done: s.Done, Total: s.Total, Lines: s.Lines, Message: s.Message,
		Kept: true, Pauses: k.Pauses, Again: k.Run != nil, Resumes: k.Resumes, Attempts: s.Attempts, Params: json.RawMessage(s.Params), User: s.User, StartedAt: s.StartedAt, EndedAt: s.EndedAt,
	}
	if s.Error != "" {
		j.Err = finops.Errorf(finops.Code(s.ErrorCode), "%s", s.Error)
	}
	if s.Outcome != nil {
		var o Outcome
		if json.Unmarshal([]byte(*s.Outcome), &o) == nil { // what cannot be read is not shown
			j.Outcome = &o
		}
	}
	return j
}

// row keeps a job that runs in this process.
type row struct {
	book *Book
	lock *store.JobLock

	mu     sync.Mutex
	stored store.Job
}

// now is the time of the book's clock.
func (r *row) now() time.Time {
	if r == nil {
		return time.Now()
	}
	return r.book.now()
}

// of is the row as it is to be stored.
func (r *row) of(j Job) store.Job {
	s := r.stored
	s.State, s.Done, s.Total, s.Lines, s.Message = string(j.State), j.Done, j.Total, j.Lines, j.Message
	return s
}

func (r *row) saved() *string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.stored.Checkpoint
}

func (r *row) checkpoint(ctx context.Context, text string, j Job) (wanted string, err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.stored.Checkpoint = &text
	return r.book.db.KeepJob(ctx, r.of(j), r.book.now())
}

// follow keeps how far the job is and obeys other processes until the function that it
// returns is called, which waits for it.
func (r *row) follow(ctx context.Context, t *task) (stop func()) {
	if r == nil {
		return func() {}
	}
	ctx, cancel := context.WithCancel(ctx)
	var following sync.WaitGroup
	following.Go(func() {
		tick := time.NewTicker(keepGap)
		defer tick.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-tick.C:
				t.obey(r.keep(ctx, t.snapshot()))
			}
		}
	})
	return func() {
		cancel()
		following.Wait()
	}
}

// keep answers "" where the row cannot be reached: the next time does it.
func (r *row) keep(ctx context.Context, j Job) (wanted string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	stored, err := r.book.db.Job(ctx, r.stored.ID)
	if err != nil {
		return ""
	}
	next := r.of(j)
	if stored.Wanted == "" && stored.State == next.State && stored.Done == next.Done && stored.Lines == next.Lines && stored.Message == next.Message {
		return ""
	}
	wanted, err = r.book.db.KeepJob(ctx, next, r.book.now())
	if err != nil {
		return ""
	}
	return wanted
}

// end keeps the end, also of a job whose context is cancelled. That it cannot be kept is no
// failure of the work: the row is found as interrupted then.
func (r *row) end(ctx context.Context, j Job) {
	if r == nil {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	s := r.of(j)
	if j.Outcome != nil {
		if text, err := json.Marshal(j.Outcome); err == nil {
			s.Outcome = new(string(text))
		}
	}
	if j.Err != nil {
		s.ErrorCode, s.Error = string(finops.CodeOf(j.Err)), finops.MessageOf(j.Err)
		if errors.Is(j.Err, context.Canceled) && finops.CodeOf(j.Err) == finops.CodeInternal {
			s.ErrorCode, s.Error = string(finops.CodeCancelled), ErrUser.Message
		}
	}
	_ = r.book.db.EndJob(context.WithoutCancel(ctx), s, r.lock, r.book.now())
}
