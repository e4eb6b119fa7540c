package desktop

import (
	"context"
	"path/filepath"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/job"
	"cloud-intelligence/backend/service"
)

// previewed is the result of a preview job.
type previewed struct {
	id   string // of the plan
	plan *service.Plan
}

// Preview begins to look at what an import of files and folders would read, as a job; it
// changes nothing. Previewed tells what was found.
func (i *Imports) Preview(paths []string) (info JobInfo, err error) {
	defer caught(&err)
	h, err := i.d.session.lease("A preview", false)
	if err != nil {
		return info, err
	}
	started, err := i.d.jobs.Start(string(kindPreview), previewTitle(paths), func(ctx context.Context, handle *job.Handle) (any, error) {
		defer h.release()
		handle.Message("Looking for files")
		plan, err := h.ws.Imports.PlanWithProgress(ctx, paths, func(p service.PlanProgress) {
			handle.Progress(p.Files, p.FilesTotal, p.Lines, "Reading "+filepath.Base(p.File))
		})
		if err != nil {
			return nil, err
		}
		return previewed{i.d.plans.keep(h.ws.Path(), plan), plan}, nil
	})
	if err != nil {
		h.release()
		return info, err
	}
	return i.d.jobInfo(started), nil
}

// Previewed waits for a preview and says what an import would read.
func (i *Imports) Previewed(jobID string) (plan ImportPlan, err error) {
	defer caught(&err)
	plan = importPlan("", &service.Plan{})
	ended, err := i.d.jobs.Wait(i.d.ctx, jobID)
	if err != nil {
		return plan, err
	}
	if f := i.d.reporter.jobFailure(ended); f != nil {
		return plan, &shownError{*f}
	}
	made, ok := ended.Result.(previewed)
	if !ok {
		return plan, finops.Errorf(finops.CodeInvalid, "This job is no preview.")
	}
	return importPlan(made.id, made.plan), nil
}

// endPreviews cancels the previews that run and waits for them: a look changes nothing, so
// it is no reason to keep a workspace open.
func (d *Desktop) endPreviews() {
	for _, j := range d.jobs.List() {
		if j.Kind != string(kindPreview) || j.State != job.Running {
			continue
		}
		if d.jobs.Cancel(j.ID, job.ErrUser) == nil {
			_, _ = d.jobs.Wait(d.ctx, j.ID) // whether it ended is asked when the workspace is closed
		}
	}
}

func previewTitle(paths []string) string {
	if len(paths) == 1 {
		return "Preview " + filepath.Base(paths[0])
	}
	return "Preview " + plural(len(paths), "1 path", "files and folders")
}
