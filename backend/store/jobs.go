package store

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/gofrs/flock"

	"cloud-intelligence/backend/finops"
)

// Job is long work as its row says. Package job knows what the states are and what the
// texts in JSON mean.
type Job struct {
	ID         int64
	Kind       string
	Title      string
	Params     string // JSON
	State      string
	Wanted     string // by another process: "pause", "run", "cancel" or ""
	Attempts   int64
	Done       int64
	Total      int64
	Lines      int64
	Message    string
	Checkpoint *string // JSON, nil = none
	Outcome    *string // JSON, nil = none
	ErrorCode  string
	Error      string
	User       string
	CreatedAt  time.Time
	StartedAt  time.Time // of the last attempt
	EndedAt    time.Time // zero while it runs
}

// The states of a job that this room distinguishes.
const (
	JobRunning     = "running"
	JobPaused      = "paused"
	JobWaiting     = "waiting"
	JobInterrupted = "interrupted"
)

// liveStates are those of a job that some process has, as SQL.
const liveStates = "'" + JobRunning + "', '" + JobPaused + "', '" + JobWaiting + "'"

// jobsKept is how many ended jobs the history holds.
const jobsKept = 500

const jobColumns = "id, kind, title, params, state, wanted, attempts, done, total, lines, message, checkpoint, outcome, error_code, error, user, created_at, started_at, ended_at"

const (
	// nextVersion is higher than that of every row there is, and of those that were removed before.
	nextVersion = "max((SELECT coalesce(max(version), 0) + 1 FROM job), CAST(unixepoch('subsec') * 1000 AS INTEGER))"
	// setJob begins every change of a row.
	setJob = "UPDATE job SET version = " + nextVersion + ", "
)

type jobRow struct {
	Job
	created, started, ended string
}

func (r *jobRow) fields() []any {
	return []any{&r.ID, &r.Kind, &r.Title, &r.Params, &r.State, &r.Wanted, &r.Attempts, &r.Done, &r.Total, &r.Lines, &r.Message,
		&r.Checkpoint, &r.Outcome, &r.ErrorCode, &r.Error, &r.User, &r.created, &r.started, &r.ended}
}

func readJobs(ctx context.Context, q queryer, rest string, args ...any) ([]Job, error) {
	rows, err := q.QueryContext(ctx, "SELECT "+jobColumns+" FROM job "+rest, args...)
	if err != nil {
		return nil, err
	}
	all, err := scanAll(rows, (*jobRow).fields)
	if err != nil {
		return nil, err
	}
	jobs := make([]Job, len(all))
	for i, r := range all {
		jobs[i] = r.Job
		for to, text := range map[*time.Time]string{&jobs[i].CreatedAt: r.created, &jobs[i].StartedAt: r.started, &jobs[i].EndedAt: r.ended} {
			*to, _ = time.Parse(time.RFC3339Nano, text) // zero time when there is none, or unreadable: it is only shown
		}
	}
	return jobs, nil
}

// Jobs returns the newest jobs, newest first; limit 0 = all.
func (db *DB) Jobs(ctx context.Context, limit int) ([]Job, error) {
	if limit <= 0 {
		limit = -1
	}
	jobs, err := readJobs(ctx, db.read, "ORDER BY id DESC LIMIT ?", limit)
	return jobs, db.explain(err, "list jobs")
}

// Job returns a job; CodeNotFound when there is none of the number.
func (db *DB) Job(ctx context.Context, id int64) (Job, error) {
	jobs, err := readJobs(ctx, db.read, "WHERE id = ?", id)
	return oneJob(jobs, id, db.explain(err, "read a job"))
}

func oneJob(jobs []Job, id int64, err error) (Job, error) {
	if err != nil {
		return Job{}, err
	}
	if len(jobs) == 0 {
		return Job{}, finops.Errorf(finops.CodeNotFound, "There is no job %d.", id)
	}
	return jobs[0], nil
}

// JobLock says to all processes that a job is alive: whoever can take it knows that the
// process that ran the job is gone. It is taken and released inside write transactions, which come one after
// another, so that nobody sees a row and its lock at odds.
type JobLock struct {
	lock *flock.Flock
	once sync.Once
}

func (db *DB) jobLockPath(id int64) string { return fmt.Sprintf("%s-job-%d", db.path, id) }

// lockJob answers nil when another process has the lock.
func (db *DB) lockJob(id int64) (*JobLock, error) {
	l := &JobLock{lock: flock.New(db.jobLockPath(id), flock.SetPermissions(0o600))}
	ok, err := l.lock.TryLock()
	if err != nil {
		return nil, finops.WrapError(finops.CodeDenied, err, "Jobs of %s cannot be kept: its folder is read-only for you.", filepath.Base(db.path))
	}
	if !ok {
		return nil, nil
	}
	return l, nil
}

// release gives the lock up and removes its file, also where a system removes no open file.
func (l *JobLock) release() {
	l.once.Do(func() {
		_ = os.Remove(l.lock.Path())
		_ = l.lock.Unlock() // closes the file, which ends the lock at the latest
		_ = os.Remove(l.lock.Path())
	})
}

// BeginJob keeps a job as running, as its first attempt, and locks it. One with the same
// kind and parameters is not begun twice: if it runs, here or in another process, it is
// returned without a lock; if it was interrupted, this is its next attempt.
func (db *DB) BeginJob(ctx context.Context, j Job, now time.Time) (begun Job, lock *JobLock, err error) {
	err = db.UserWrite(ctx, j.User, now, func(tx *UserTx) error {
		equal, err := readJobs(ctx, tx.tx, "WHERE kind = ? AND params = ? AND state IN ("+liveStates+", ?) ORDER BY id DESC LIMIT 1", j.Kind, j.Params, JobInterrupted)
		if err != nil {
			return err
		}
		if len(equal) > 0 {
			begun = equal[0]
			if lock, err = db.lockJob(begun.ID); err != nil || lock == nil {
				return err
			}
			return db.attempt(ctx, tx, &begun)
		}
		begun = j
		at := now.UTC().Format(time.RFC3339Nano)
		r, err := tx.tx.ExecContext(ctx, "INSERT INTO job (version, kind, title, params, state, wanted, attempts, done, total, lines, message, error_code, error, user, created_at, started_at, ended_at) "+
			"VALUES ("+nextVersion+", ?, ?, ?, ?, '', 0, 0, 0, 0, '', '', '', ?, ?, ?, '')", j.Kind, j.Title, j.Params, JobRunning, j.User, at, at)
		if err != nil {
			return err
		}
		if begun.ID, err = r.LastInsertId(); err != nil {
			return err
		}
		begun.CreatedAt = now
		if lock, err = db.lockJob(begun.ID); err != nil {
			return err
		}
		if err := forgetJobs(ctx, tx, jobsKept); err != nil {
			return err
		}
		return db.attempt(ctx, tx, &begun)
	})
	if err != nil && lock != nil {
		lock.release()
		lock = nil
	}
	return begun, lock, err
}

// AgainJob begins the next attempt of a job that runs nowhere, from its checkpoint if it has
// one, and locks it. It answers CodeNotFound for a number that is not there and CodeConflict for a job
// that runs or is done.
func (db *DB) AgainJob(ctx context.Context, id int64, user string, now time.Time) (begun Job, lock *JobLock, err error) {
	err = db.UserWrite(ctx, user, now, func(tx *UserTx) error {
		jobs, err := readJobs(ctx, tx.tx, "WHERE id = ?", id)
		if begun, err = oneJob(jobs, id, err); err != nil {
			return err
		}
		if begun.State == "done" {
			return finops.Errorf(finops.CodeConflict, "Job %d is done.", id)
		}
		if lock, err = db.lockJob(id); err != nil {
			return err
		}
		if lock == nil {
			return finops.Errorf(finops.CodeConflict, "Job %d is running.", id)
		}
		return db.attempt(ctx, tx, &begun)
	})
	if err != nil && lock != nil {
		lock.release()
		lock = nil
	}
	return begun, lock, err
}

// attempt makes a job, which the caller has locked, run once more.
func (db *DB) attempt(ctx context.Context, tx *UserTx, j *Job) error {
	j.State, j.Wanted, j.Attempts, j.StartedAt, j.EndedAt = JobRunning, "", j.Attempts+1, tx.now, time.Time{}
	j.Done, j.Total, j.Lines, j.Message, j.Outcome, j.ErrorCode, j.Error = 0, 0, 0, "", nil, "", ""
	_, err := tx.tx.ExecContext(ctx, setJob+"state = ?, wanted = '', attempts = ?, started_at = ?, ended_at = '', done = 0, total = 0, lines = 0, message = '', outcome = NULL, error_code = '', error = '' WHERE id = ?",
		j.State, j.Attempts, tx.now.UTC().Format(time.RFC3339Nano), j.ID)
	return err
}

// forgetJobs removes the oldest ended jobs beyond those that are kept.
func forgetJobs(ctx context.Context, tx *UserTx, kept int) error {
	_, err := tx.tx.ExecContext(ctx, "DELETE FROM job WHERE state NOT IN ("+liveStates+") AND id NOT IN (SELECT id FROM job WHERE state NOT IN ("+liveStates+") ORDER BY id DESC LIMIT ?)", kept)
	return err
}

// KeepJob keeps how far a running job is: its state, counts, message and checkpoint. It
// returns what another process wants of the job, once.
func (db *DB) KeepJob(ctx context.Context, j Job, now time.Time) (wanted string, err error) {
	err = db.UserWrite(ctx, j.User, now, func(tx *UserTx) error {
		if err := tx.tx.QueryRowContext(ctx, "SELECT wanted FROM job WHERE id = ?", j.ID).Scan(&wanted); err != nil {
			return err
		}
		_, err := tx.tx.ExecContext(ctx, setJob+"wanted = '', state = ?, done = ?, total = ?, lines = ?, message = ?, checkpoint = ? WHERE id = ?",
			j.State, j.Done, j.Total, j.Lines, j.Message, j.Checkpoint, j.ID)
		return err
	})
	return wanted, err
}

// EndJob keeps how a job ended and gives its lock up, in any case.
func (db *DB) EndJob(ctx context.Context, j Job, lock *JobLock, now time.Time) error {
	err := db.UserWrite(ctx, j.User, now, func(tx *UserTx) error {
		_, err := tx.tx.ExecContext(ctx, setJob+"wanted = '', state = ?, done = ?, total = ?, lines = ?, message = ?, checkpoint = ?, outcome = ?, error_code = ?, error = ?, ended_at = ? WHERE id = ?",
			j.State, j.Done, j.Total, j.Lines, j.Message, j.Checkpoint, j.Outcome, j.ErrorCode, j.Error, now.UTC().Format(time.RFC3339Nano), j.ID)
		if err == nil {
			lock.release()
		}
		return err
	})
	if err != nil {
		lock.release() // the row says "running" and nobody has the lock: it is found as interrupted
	}
	return err
}

// WantJob asks the process that runs a job to pause it, to go on or to cancel it; that
// process sees it with its next KeepJob. It answers CodeConflict for a job that does not run.
func (db *DB) WantJob(ctx context.Context, id int64, wanted, user string, now time.Time) error {
	return db.UserWrite(ctx, user, now, func(tx *UserTx) error {
		jobs, err := readJobs(ctx, tx.tx, "WHERE id = ?", id)
		j, err := oneJob(jobs, id, err)
		if err != nil {
			return err
		}
		if j.State == JobWaiting && wanted == "run" {
			return finops.Errorf(finops.CodeConflict, "Job %d waits for an answer in the window that runs it. Answer it there, or cancel it.", id)
		}
		if j.State != JobRunning && j.State != JobPaused && j.State != JobWaiting {
			return finops.Errorf(finops.CodeConflict, "Job %d is not running.", id)
		}
		_, err = tx.tx.ExecContext(ctx, setJob+"wanted = ? WHERE id = ?", wanted, id)
		return err
	})
}

// FindInterrupted marks the jobs whose process is gone as interrupted. Those that mine names
// are run by the caller and left alone; without others it only reads.
func (db *DB) FindInterrupted(ctx context.Context, mine func(id int64) bool, now time.Time) error {
	if db.mode != forWriting {
		return nil
	}
	others := func(q queryer) ([]Job, error) {
		running, err := readJobs(ctx, q, "WHERE state IN ("+liveStates+")")
		return slices.DeleteFunc(running, func(j Job) bool { return mine(j.ID) }), err
	}
	if running, err := others(db.read); err != nil || len(running) == 0 {
		return db.explain(err, "look for interrupted jobs")
	}
	return db.UserWrite(ctx, "", now, func(tx *UserTx) error {
		running, err := others(tx.tx)
		if err != nil {
			return err
		}
		for _, j := range running {
			lock, err := db.lockJob(j.ID)
			if err != nil {
				return err
			}
			if lock == nil {
				continue
			}
			_, err = tx.tx.ExecContext(ctx, setJob+"state = ?, wanted = '', ended_at = ? WHERE id = ?", JobInterrupted, now.UTC().Format(time.RFC3339Nano), j.ID)
			lock.release()
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// ClearJobs removes the jobs that ended from the history.
func (db *DB) ClearJobs(ctx context.Context, user string, now time.Time) error {
	return db.UserWrite(ctx, user, now, func(tx *UserTx) error { return forgetJobs(ctx, tx, 0) })
}

// RemoveLeftovers removes what is left beside a workspace that nobody has open: the lock files of jobs whose
// process was killed, and files that were fetched and not imported.
func RemoveLeftovers(path string) {
	_ = os.RemoveAll(StagePath(path))
	entries, err := os.ReadDir(filepath.Dir(path))
	if err != nil {
		return // best effort, as all removing of files beside a workspace
	}
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), filepath.Base(path)+"-job-") {
			_ = os.Remove(filepath.Join(filepath.Dir(path), e.Name()))
		}
	}
}
