package desktop

import (
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/finops/wire"
	"cloud-intelligence/backend/ingest"
	"cloud-intelligence/backend/service"
)

// Imports lets the page bring bills into the open workspace, look at what was brought in,
// and take it back.
type Imports struct{ d *Desktop }

// ChooseFiles asks for files with the system's dialog; no path when the person cancelled.
func (i *Imports) ChooseFiles() (paths []string, err error) {
	defer caught(&err)
	r, err := i.d.window()
	if err != nil {
		return []string{}, err
	}
	paths, err = r.OpenFilesDialog(Dialog{Title: "Choose billing files", Filters: []Filter{
		{"Billing files", "*.csv;*.tsv;*.txt;*.gz;*.zip;*.zst;*.parquet"}, {"All files", "*"},
	}})
	if err != nil {
		return []string{}, errDialog(err)
	}
	return wire.List(paths), nil
}

// ChooseFolder asks for a folder with the system's dialog; no path when the person
// cancelled.
func (i *Imports) ChooseFolder() (paths []string, err error) {
	defer caught(&err)
	r, err := i.d.window()
	if err != nil {
		return []string{}, err
	}
	path, err := r.OpenDirectoryDialog(Dialog{Title: "Choose a folder with billing files"})
	if err != nil {
		return []string{}, errDialog(err)
	}
	if path == "" {
		return []string{}, nil
	}
	return []string{path}, nil
}

// Start imports what was previewed, as a job. With conflicts the job waits and lists them, until Answer
// has one for each file. With Look, an import that replaces a bill waits too and lists the changes.
func (i *Imports) Start(planID string, options ImportOptions) (info JobInfo, err error) {
	defer caught(&err)
	answers, err := parseAnswers(options.Answers)
	if err != nil {
		return info, err
	}
	h, err := i.d.session.lease("An import", true)
	if err != nil {
		return info, err
	}
	plan, err := i.d.plans.find(planID, h.ws.Path())
	if err != nil {
		h.release()
		return info, err
	}
	opts := service.ImportOptions{Strict: options.Strict, Answers: answers}
	if options.Look {
		opts.Review = ingest.ReviewRestated
	}
	started, err := h.ws.Imports.Start(i.d.ctx, plan, opts, i.d.afterJob(h))
	if err != nil {
		h.release()
		return info, err
	}
	return i.d.jobInfo(started), nil
}

// Answer answers an import that waits: what to do with the files that overlap, or, without any answer, that
// the bills which it shows are to be replaced. It may wait again. Jobs.Cancel imports nothing.
func (i *Imports) Answer(jobID string, answers []FileAnswer) (err error) {
	defer caught(&err)
	parsed, err := parseAnswers(answers)
	if err != nil {
		return err
	}
	return i.d.session.use(func(ws *service.Workspace) error { return ws.Imports.Answer(jobID, parsed) })
}

func parseAnswers(list []FileAnswer) (map[string]ingest.Overlap, error) {
	answers := map[string]ingest.Overlap{}
	for _, a := range list {
		switch a.Answer {
		case ingest.OverlapReplace, ingest.OverlapAdd, ingest.OverlapLeave:
			answers[a.File] = a.Answer
		default:
			return nil, finops.Errorf(finops.CodeInvalid, "%q is not an answer for a file that overlaps; use replace, add or leave.", a.Answer)
		}
	}
	return answers, nil
}

// List returns the imports of the open workspace, the newest first.
func (i *Imports) List() (infos []ImportInfo, err error) {
	defer caught(&err)
	infos = []ImportInfo{}
	err = i.d.session.use(func(ws *service.Workspace) error {
		imports, err := ws.Imports.List(i.d.ctx)
		infos = wire.Each(imports, importInfo)
		return err
	})
	return infos, err
}

// Rejects returns a page of the lines of an import that could not be read.
func (i *Imports) Rejects(importID int64, offset, limit int) (page RejectsPage, err error) {
	defer caught(&err)
	page.Rows = []service.RejectRow{}
	err = i.d.session.use(func(ws *service.Workspace) error {
		rows, total, err := ws.Imports.Rejects(i.d.ctx, importID, offset, limit)
		page.Total = total
		page.Rows = wire.Each(rows, service.RejectOf)
		return err
	})
	return page, err
}

// Undo takes an import back.
func (i *Imports) Undo(importID int64) (err error) {
	defer caught(&err)
	h, err := i.d.session.lease("Undoing an import", true)
	if err != nil {
		return err
	}
	defer h.release()
	if err := h.ws.Imports.Undo(i.d.ctx, importID); err != nil {
		return err
	}
	i.d.remember(h.ws)
	i.d.look()
	return nil
}

// UndoFile takes one file of an import back; the last one takes the import back.
func (i *Imports) UndoFile(fileID int64) (err error) {
	defer caught(&err)
	h, err := i.d.session.lease("Undoing the import of a file", true)
	if err != nil {
		return err
	}
	defer h.release()
	if err := h.ws.Imports.UndoFile(i.d.ctx, fileID); err != nil {
		return err
	}
	i.d.remember(h.ws)
	i.d.look()
	return nil
}

// Verify proves that files, ledger and answers agree. It shows as a job meanwhile.
func (i *Imports) Verify() (report VerifyReport, err error) {
	defer caught(&err)
	report.Checks = []service.VerifyCheck{}
	h, err := i.d.session.lease("A verification", true)
	if err != nil {
		return report, err
	}
	defer h.release()
	made, err := h.ws.Ledger.StartVerify(i.d.ctx, h.release)
	if err != nil {
		return report, err
	}
	report = verifyReport(made)
	return report, nil
}
