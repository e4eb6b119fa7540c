package desktop

import (
	"context"
	"fmt"
	"math"
	"slices"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/finops/wire"
	"cloud-intelligence/backend/ingest"
	"cloud-intelligence/backend/job"
	"cloud-intelligence/backend/service"
	"cloud-intelligence/backend/source"
)

// JobUnit says what the progress of a job counts.
type JobUnit string

const (
	unitBytes JobUnit = "bytes"
	unitLines JobUnit = "lines"
	unitFiles JobUnit = "files"
)

// JobInfo describes a job at one moment.
type JobInfo struct {
	service.JobInfo
	Unit           JobUnit        `json:"unit"`
	LinesPerSecond int64          `json:"linesPerSecond"`
	SecondsLeft    *int64         `json:"secondsLeft"`
	Error          *Failure       `json:"error"`
	Result         *ImportOutcome `json:"result"` // of an import of this run of the program
	Kept           bool           `json:"kept"`   // in the history of the workspace
	Pauses         bool           `json:"pauses"`
	Again          bool           `json:"again"`      // it can be run once more: an export with ExportAgain, others with Again
	Paths          []string       `json:"paths"`      // that an import reads
	Prompt         *SignInPrompt  `json:"prompt"`     // of a test or sync that waits for a person to sign in
	Connection     string         `json:"connection"` // id of the one that a sync brings in; "" = it is none
}

// Jobs lets the page see what runs and what ran, and pause, cancel and repeat it.
type Jobs struct{ d *Desktop }

// jobsShown is how many jobs of the history the page gets.
const jobsShown = 200

// List returns the jobs of the open workspace and those of this run of the program that are kept
// nowhere, in the order of their start.
func (j *Jobs) List() (infos []JobInfo, err error) {
	defer caught(&err)
	all := slices.DeleteFunc(j.d.jobs.List(), func(one job.Job) bool { return one.Kept })
	err = j.d.session.use(func(ws *service.Workspace) error {
		kept, err := ws.Jobs.List(j.d.ctx, jobsShown)
		slices.Reverse(kept) // which are the newest first
		all = append(all, kept...)
		return err
	})
	if finops.CodeOf(err) == finops.CodeNotFound { // no workspace is open
		err = nil
	}
	slices.SortStableFunc(all, func(a, b job.Job) int { return a.StartedAt.Compare(b.StartedAt) })
	return wire.Each(all, j.d.jobInfo), err
}

// Cancel asks a job to end.
func (j *Jobs) Cancel(id string) (err error) {
	defer caught(&err)
	if j.d.jobs.Cancel(id, job.ErrUser) == nil {
		return nil
	}
	return j.d.session.use(func(ws *service.Workspace) error { return ws.Jobs.Cancel(j.d.ctx, id) })
}

// Pause asks a job to wait at its next safe point.
func (j *Jobs) Pause(id string) (err error) {
	defer caught(&err)
	return j.d.session.use(func(ws *service.Workspace) error { return ws.Jobs.Pause(j.d.ctx, id) })
}

// Resume lets a paused job go on.
func (j *Jobs) Resume(id string) (err error) {
	defer caught(&err)
	return j.d.session.use(func(ws *service.Workspace) error { return ws.Jobs.Resume(j.d.ctx, id) })
}

// Again runs a job that was interrupted, failed or was cancelled once more, with the same parameters.
func (j *Jobs) Again(id string) (info JobInfo, err error) {
	defer caught(&err)
	var ended job.Job
	if err := j.d.session.use(func(ws *service.Workspace) (err error) {
		ended, err = ws.Jobs.Find(j.d.ctx, id)
		return err
	}); err != nil {
		return info, err
	}
	if ended.Kind == service.KindSync {
		return j.d.syncAgain(id)
	}
	h, err := j.d.session.lease("Another job", true)
	if err != nil {
		return info, err
	}
	started, err := h.ws.Jobs.Again(j.d.ctx, id, j.d.afterJob(h))
	if err != nil {
		h.release()
		return info, err
	}
	return j.d.jobInfo(started), nil
}

// ExportAgain asks where to write an export that has ended once more, and writes what it says
// today, or a table as its page showed it then; "" when the person cancelled. It is a job of its own.
func (j *Jobs) ExportAgain(id string) (path string, err error) {
	defer caught(&err)
	var ended job.Job
	if err := j.d.session.use(func(ws *service.Workspace) (err error) {
		ended, err = ws.Jobs.Find(j.d.ctx, id)
		return err
	}); err != nil {
		return "", err
	}
	return j.d.exportAgain(ended)
}

// Clear removes the jobs that do not run from the history.
func (j *Jobs) Clear() (err error) {
	defer caught(&err)
	err = j.d.session.use(func(ws *service.Workspace) error { return ws.Jobs.Clear(j.d.ctx) })
	j.d.look()
	return err
}

// canRunAgain reports whether a job that has ended can be begun once more: what did not end well, and
// every export that can be made anew, which says what the ledger has today, or what its page showed then.
func canRunAgain(j job.Job) bool {
	if j.Kind == service.KindExport {
		return !j.State.Live() && canExportAgain(j)
	}
	return j.Again && !j.State.Live() && j.State != job.Done
}

// afterJob is what follows when the work of a job that may have changed the ledger has ended.
func (d *Desktop) afterJob(h *lease) func() {
	return func() {
		d.remember(h.ws)
		h.release()
		d.look()
	}
}

func (d *Desktop) jobInfo(j job.Job) JobInfo {
	info := JobInfo{
		JobInfo: service.JobOf(j), Unit: unitBytes, LinesPerSecond: int64(math.Round(j.LinesPerSecond)), Error: d.reporter.jobFailure(j),
		Kept: j.Kept, Pauses: j.Pauses, Again: canRunAgain(j), Paths: wire.List(service.ImportPaths(j)), Connection: service.SyncedBy(j),
	}
	switch info.Kind {
	case service.JobExport, service.JobPack, service.JobAssess:
		info.Unit = unitLines
	case service.JobPreview:
		info.Unit = unitFiles
	}
	if j.SecondsLeft != nil {
		left := int64(math.Ceil(*j.SecondsLeft))
		info.SecondsLeft = &left
	}
	if prompt, ok := j.Result.(*source.Prompt); ok {
		info.Prompt = new(SignInPrompt(*prompt))
	}
	if result, ok := j.Result.(*ingest.Result); ok && result != nil {
		outcome := importOutcome(result)
		info.Result = &outcome
	}
	return info
}

// finish runs work as a job that is kept nowhere, so that it can be seen and cancelled, and
// waits for it. The hold is released before the end of the job is reported.
func (d *Desktop) finish(kind service.JobKind, title string, h *lease, work job.Work) (any, error) {
	started, err := d.jobs.Start(string(kind), title, func(ctx context.Context, handle *job.Handle) (any, error) {
		defer h.release()
		return work(ctx, handle)
	})
	if err != nil {
		return nil, err
	}
	ended, err := d.jobs.Wait(d.ctx, started.ID)
	if err != nil {
		return nil, err
	}
	if f := d.reporter.jobFailure(ended); f != nil {
		return nil, &shownError{*f}
	}
	return ended.Result, nil
}

func plural(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return fmt.Sprintf("%d %s", n, many)
}
