package desktop

import (
	"context"
	"fmt"
	"math"

	"cloud-intelligence/backend/ingest"
	"cloud-intelligence/backend/job"
)

// JobKind says what a job does.
type JobKind string

const (
	kindImport   JobKind = "import"
	kindPreview  JobKind = "preview"
	kindDemo     JobKind = "demo"
	kindExport   JobKind = "export"
	kindVerify   JobKind = "verify"
	kindPassport JobKind = "passport"
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
	ID             string         `json:"id"`
	Kind           JobKind        `json:"kind"`
	Title          string         `json:"title"`
	State          job.State      `json:"state"`
	Done           int64          `json:"done"`
	Total          int64          `json:"total"`
	Unit           JobUnit        `json:"unit"`
	Lines          int64          `json:"lines"`
	LinesPerSecond int64          `json:"linesPerSecond"`
	SecondsLeft    *int64         `json:"secondsLeft"`
	Message        string         `json:"message"`
	Error          *Failure       `json:"error"`
	Result         *ImportOutcome `json:"result"`
}

// Jobs lets the page see and cancel what runs.
type Jobs struct{ d *Desktop }

// List returns the jobs of this run of the program, in the order of their start.
func (j *Jobs) List() (infos []JobInfo, err error) {
	defer caught(&err)
	return converted(j.d.jobs.List(), j.d.jobInfo), nil
}

// Cancel asks a job to end.
func (j *Jobs) Cancel(id string) (err error) {
	defer caught(&err)
	return j.d.jobs.Cancel(id, job.ErrUser)
}

func (d *Desktop) jobInfo(j job.Job) JobInfo {
	info := JobInfo{
		ID: j.ID, Kind: JobKind(j.Kind), Title: j.Title, State: j.State, Done: j.Done, Total: j.Total, Unit: unitBytes, Lines: j.Lines,
		LinesPerSecond: int64(math.Round(j.LinesPerSecond)), Message: j.Message, Error: d.reporter.jobFailure(j),
	}
	switch info.Kind {
	case kindExport:
		info.Unit = unitLines
	case kindPreview:
		info.Unit = unitFiles
	}
	if j.SecondsLeft != nil {
		left := int64(math.Ceil(*j.SecondsLeft))
		info.SecondsLeft = &left
	}
	if result, ok := j.Result.(*ingest.Result); ok && result != nil {
		outcome := importOutcome(result)
		info.Result = &outcome
	}
	return info
}

// finish runs work as a job, so that it can be seen and cancelled, and waits for it. The
// hold is released before the end of the job is told.
func (d *Desktop) finish(kind JobKind, title string, h *hold, work job.Work) (any, error) {
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

// importProgress passes the progress of an import on to its job.
func importProgress(h *job.Handle) func(ingest.Progress) {
	return func(p ingest.Progress) {
		done, message := p.Bytes, "Reading"
		switch p.Stage {
		case "checking":
			done, message = p.BytesTotal, "Checking what was written against the files"
		case "finishing":
			done, message = p.BytesTotal, "Finishing"
		}
		h.Progress(done, p.BytesTotal, p.Lines, message)
	}
}

func plural(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return fmt.Sprintf("%d %s", n, many)
}
