package desktop

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"sync"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/finops/wire"
	"cloud-intelligence/backend/job"
	"cloud-intelligence/backend/platform/logging"
	"cloud-intelligence/backend/service"
)

// Failure is what the page gets of an error. Ref finds it in the log; "" where the message
// says it all.
type Failure struct {
	Code     finops.Code       `json:"code"`
	Message  string            `json:"message"`
	Ref      string            `json:"ref"`
	Conflict *service.Conflict `json:"conflict"` // null = it is none between two values
}

// shownError is a failure that has its reference already.
type shownError struct{ failure Failure }

// Error returns the sentence.
func (e *shownError) Error() string { return e.failure.Message }

// reporter turns errors into failures and logs those that a person cannot act on.
type reporter struct {
	log *slog.Logger

	mu   sync.Mutex
	jobs map[string]Failure // by job, so that every event of a job has the same reference
}

func (r *reporter) failure(err error) Failure {
	if shown, ok := errors.AsType[*shownError](err); ok {
		return shown.failure
	}
	f := Failure{Code: finops.CodeOf(err), Message: finops.MessageOf(err), Conflict: service.ConflictOf(err)}
	if errors.Is(err, context.Canceled) && f.Code == finops.CodeInternal {
		return Failure{Code: finops.CodeCancelled, Message: "It was cancelled."}
	}
	switch f.Code {
	case finops.CodeInternal, finops.CodeCorrupt:
		f.Ref = logging.Ref()
		r.log.Error("failure shown in the window", "ref", f.Ref, "code", f.Code, "err", err.Error())
	}
	return f
}

// jobFailure is nil for a job without an error.
func (r *reporter) jobFailure(j job.Job) *Failure {
	if j.Err == nil {
		return nil
	}
	if !j.Here { // whoever ran it logged it
		return &Failure{Code: finops.CodeOf(j.Err), Message: finops.MessageOf(j.Err)}
	}
	key := j.ID + " " + wire.Instant(j.StartedAt) // numbers are those of a workspace
	r.mu.Lock()
	defer r.mu.Unlock()
	f, ok := r.jobs[key]
	if !ok {
		f = r.failure(j.Err)
		r.jobs[key] = f
	}
	return &f
}

// caught turns a panic of a bound method into an error: Wails would leave the page waiting
// for ever. It must be deferred itself.
func caught(err *error) {
	if p := recover(); p != nil {
		*err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
	}
}
