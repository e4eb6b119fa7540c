package desktop

import (
	"context"
	"path/filepath"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/ingest"
	"cloud-intelligence/backend/job"
	"cloud-intelligence/backend/service"
)

// previewed is the result of a preview job.
type previewed struct {
	id   string // of the plan
	plan *service.Plan
}

// Preview begins to look at what an import of files and folders would read, as a job; it
// changes nothing. Previewed carries what was found.
func (i *Imports) Preview(paths []string) (info JobInfo, err error) {
	defer caught(&err)
	h, err := i.d.session.lease("A preview", false)
	if err != nil {
		return info, err
	}
	started, err := i.d.jobs.Start(string(service.JobPreview), previewTitle(paths), func(ctx context.Context, handle *job.Handle) (any, error) {
		defer h.release()
		handle.Message("Looking for files")
		plan, err := h.ws.Imports.Look(ctx, paths, func(p service.PlanProgress) {
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

// Examine begins to read the files of a preview to their end, as a job; it changes nothing. A
// preview of few lines has done so by itself. Previewed carries what was found, under a new id.
func (i *Imports) Examine(planID string) (info JobInfo, err error) {
	defer caught(&err)
	h, err := i.d.session.lease("A preview", false)
	if err != nil {
		return info, err
	}
	plan, err := i.d.plans.find(planID, h.ws.Path())
	if err != nil {
		h.release()
		return info, err
	}
	started, err := i.d.jobs.Start(string(service.JobExamine), previewTitle(plan.Paths), func(ctx context.Context, handle *job.Handle) (any, error) {
		defer h.release()
		examined, err := h.ws.Imports.Examine(ctx, plan, func(p ingest.Progress) {
			handle.Progress(p.Bytes, p.BytesTotal, p.Lines, "Reading "+filepath.Base(p.File)+" to its end")
		})
		if err != nil {
			return nil, err
		}
		return previewed{i.d.plans.keep(h.ws.Path(), examined), examined}, nil
	})
	if err != nil {
		h.release()
		return info, err
	}
	return i.d.jobInfo(started), nil
}

// Outlook says what an import of a preview whose files were read to their end would do with
// these answers.
func (i *Imports) Outlook(planID string, answers []FileAnswer) (outlook ImportOutcome, err error) {
	defer caught(&err)
	outlook = importOutcome(&ingest.Result{})
	parsed, err := parseAnswers(answers)
	if err != nil {
		return outlook, err
	}
	err = i.d.session.use(func(ws *service.Workspace) error {
		plan, err := i.d.plans.find(planID, ws.Path())
		if err != nil {
			return err
		}
		if plan.Examined == nil {
			return finops.Errorf(finops.CodeInvalid, "The files of this preview were not read to their end.")
		}
		made, err := plan.Examined.Outlook(i.d.ctx, parsed)
		if err != nil {
			return err
		}
		outlook = importOutcome(made)
		return nil
	})
	return outlook, err
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

// endPreviews cancels the previews and the report of data quality that run, and waits for them: they change
// nothing, so they are no reason to keep a workspace open.
func (d *Desktop) endPreviews() {
	for _, j := range d.jobs.List() {
		if (j.Kind != string(service.JobPreview) && j.Kind != string(service.JobExamine) && j.Kind != string(service.JobPassport)) || j.State != job.Running {
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
