package service

import (
	"cloud-intelligence/backend/finops/wire"
	"cloud-intelligence/backend/job"
)

// JobInfo describes a job at one moment, without its error.
type JobInfo struct {
	ID        string      `json:"id"`
	Kind      JobKind     `json:"kind"`
	Title     string      `json:"title"`
	State     job.State   `json:"state"`
	Attempts  int64       `json:"attempts"`
	Done      int64       `json:"done"`
	Total     int64       `json:"total"`
	Lines     int64       `json:"lines"`
	Message   string      `json:"message"`
	User      string      `json:"user"`
	StartedAt string      `json:"startedAt"`
	EndedAt   string      `json:"endedAt" cli:"null"` // "" while it runs
	Outcome   *JobOutcome `json:"outcome"`            // null until it has ended
}

// JobKind says what a job does.
type JobKind string

// The kinds of jobs.
const (
	JobImport    JobKind = "import"
	JobPreview   JobKind = "preview"
	JobExamine   JobKind = "examine" // of files that are previewed, to their end
	JobDemo      JobKind = "demo"
	JobExport    JobKind = "export"
	JobVerify    JobKind = "verify"
	JobPassport  JobKind = "passport"
	JobSync      JobKind = "sync"      // of the bills of a connection
	JobFindings  JobKind = "findings"  // of savings, after something changed
	JobAnomalies JobKind = "anomalies" // after something changed
	JobPack      JobKind = "pack"      // of the quantities of earlier imports
)

// JobOutcome is what a job came to; what does not apply is 0 or "".
type JobOutcome struct {
	Files    int64  `json:"files" cli:"omit"`
	Lines    int64  `json:"lines" cli:"omit"`
	Rejects  int64  `json:"rejects" cli:"omit"`
	ImportID int64  `json:"importId" cli:"omit"`
	Path     string `json:"path" cli:"omit"`
	Note     string `json:"note" cli:"omit"`
	// NeedsAction says that the note asks something of a person, such as which of two exports to use.
	NeedsAction bool `json:"needsAction" cli:"omit"`
}

// JobOf is a job for the faces.
func JobOf(j job.Job) JobInfo {
	info := JobInfo{
		ID: j.ID, Kind: JobKind(j.Kind), Title: j.Title, State: j.State, Attempts: j.Attempts, Done: j.Done, Total: j.Total, Lines: j.Lines, Message: j.Message, User: j.User,
		StartedAt: wire.Instant(j.StartedAt), EndedAt: wire.Instant(j.EndedAt),
	}
	if o := j.Outcome; o != nil {
		info.Outcome = new(JobOutcome(*o))
	}
	return info
}
