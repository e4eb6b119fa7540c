package desktop

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"runtime/debug"
	"slices"
	"strings"
	"sync"

	"cloud-intelligence/backend/analysis/reconcile"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/finops/filter"
	"cloud-intelligence/backend/finops/rules"
	"cloud-intelligence/backend/finops/wire"
	"cloud-intelligence/backend/job"
	"cloud-intelligence/backend/platform/logging"
	"cloud-intelligence/backend/service"
	"cloud-intelligence/backend/source/mappedfile"
)

// Failure is what the page gets of an error. Ref finds it in the log; "" where the message
// says it all.
type Failure struct {
	Code     finops.Code `json:"code"`
	Message  string      `json:"message"`
	Ref      string      `json:"ref"`
	Conflict *Conflict   `json:"conflict"` // null = it is none between two values
}

// Conflict holds what is stored now and what the person meant to store; null = it was deleted.
type Conflict struct {
	Have *ConflictSide `json:"have"`
	Want *ConflictSide `json:"want"`
}

// ConflictSide is one of two values in words, with who changed it when.
type ConflictSide struct {
	Text      string `json:"text"`
	Version   int64  `json:"version"`
	ChangedAt string `json:"changedAt"`
	ChangedBy string `json:"changedBy"`
}

// conflictOf returns both values of a conflict that carries them in a form that can be shown.
func conflictOf(err error) *Conflict {
	conflict, ok := errors.AsType[*finops.ConflictError](err)
	if !ok {
		return nil
	}
	have, shown := conflictSide(conflict.Have)
	want, both := conflictSide(conflict.Want)
	if !shown || !both {
		return nil
	}
	return &Conflict{have, want}
}

func conflictSide(value any) (side *ConflictSide, ok bool) {
	switch v := value.(type) {
	case nil:
		return nil, true
	case service.Scope:
		return &ConflictSide{v.Text, v.Version, wire.Instant(v.ChangedAt), v.ChangedBy}, true
	case service.Connection:
		return &ConflictSide{v.Text, v.Version, wire.Instant(v.ChangedAt), v.ChangedBy}, true
	case service.SavedMapping:
		return &ConflictSide{mappingText(v.Mapping), v.Version, wire.Instant(v.ChangedAt), ""}, true
	case service.Dimension:
		return &ConflictSide{dimensionText(v.Dimension), v.Version, wire.Instant(v.ChangedAt), v.ChangedBy}, true
	case service.AnomalyMark:
		return &ConflictSide{markText(v), v.Version, wire.Instant(v.ChangedAt), v.ChangedBy}, true
	case service.MuteRule:
		return &ConflictSide{muteText(v), v.Version, wire.Instant(v.ChangedAt), v.ChangedBy}, true
	case service.AnomalySensitivity:
		return &ConflictSide{v.Level, v.Version, wire.Instant(v.ChangedAt), v.ChangedBy}, true
	case service.PlannedChange:
		return &ConflictSide{plannedText(v), v.Version, wire.Instant(v.ChangedAt), v.ChangedBy}, true
	case service.TrackedFinding:
		return &ConflictSide{progressText(v.Progress), v.Version, wire.Instant(v.ChangedAt), v.ChangedBy}, true
	case service.Document:
		return &ConflictSide{documentText(v), v.Version, wire.Instant(v.ChangedAt), v.ChangedBy}, true
	case service.Budget:
		return &ConflictSide{v.Words(), v.Version, wire.Instant(v.ChangedAt), v.ChangedBy}, true
	case service.Assessment:
		return &ConflictSide{assessmentText(&v), v.Version, wire.Instant(v.ChangedAt), v.ChangedBy}, true
	case service.TaskDecision:
		return &ConflictSide{taskText(&v), v.Version, wire.Instant(v.ChangedAt), v.ChangedBy}, true
	case service.AlertRule:
		return &ConflictSide{alertRuleText(v), v.Version, wire.Instant(v.ChangedAt), v.ChangedBy}, true
	case service.AlertChannel:
		return &ConflictSide{hoursText(v.Hours), v.Version, "", ""}, true
	case reconcile.Figure:
		return &ConflictSide{figureText(&v), v.Version, wire.Instant(v.EnteredAt), v.User}, true
	}
	return nil, false
}

// mappingText says what a mapping reads, a line for each column.
func mappingText(m mappedfile.Mapping) string {
	var b strings.Builder
	for _, focus := range slices.Sorted(maps.Keys(m.Columns)) {
		from := m.Columns[focus].Column
		if from == "" {
			from = fmt.Sprintf("always %q", m.Columns[focus].Text)
		}
		fmt.Fprintf(&b, "%s ← %s\n", focus, from)
	}
	for _, key := range slices.Sorted(maps.Keys(m.Tags)) {
		fmt.Fprintf(&b, "Tag %s ← %s\n", key, m.Tags[key])
	}
	fmt.Fprintf(&b, "Dates: %s. Numbers: %s. Sign: %s. Effective cost: %s.", cmp.Or(string(m.Dates), "only if unambiguous"), cmp.Or(string(m.Decimal), "only if unambiguous"),
		cmp.Or(string(m.Sign), "as written"), cmp.Or(string(m.EffectiveCost), "billed cost where no column is chosen"))
	return b.String()
}

// dimensionText says what a dimension does, a line for each rule.
func dimensionText(d rules.Dimension) string {
	var b strings.Builder
	if d.Description != "" {
		fmt.Fprintf(&b, "%s\n", d.Description)
	}
	for i := range d.Rules {
		where := filter.Print(d.Rules[i].Where)
		if where == "" {
			where = "every charge"
		}
		fmt.Fprintf(&b, "%d. %s → %s\n", i+1, where, d.Rules[i].Gives())
	}
	left := "no value"
	if d.Default != nil {
		left = *d.Default
	}
	fmt.Fprintf(&b, "All others → %s", left)
	return b.String()
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
	f := Failure{Code: finops.CodeOf(err), Message: finops.MessageOf(err), Conflict: conflictOf(err)}
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
