package service

import (
	"context"
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"

	"cloud-intelligence/backend/engine"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/ingest"
	"cloud-intelligence/backend/job"
)

// The kinds of jobs that a workspace keeps.
const (
	KindImport    = "import"
	KindExport    = "export"
	KindVerify    = "verify"
	KindSync      = "sync"
	KindFindings  = "findings"  // of savings, after something changed
	KindAnomalies = "anomalies" // after something changed
	KindPrices    = "prices"    // read from the price lists of the providers
	KindPack      = "pack"      // of the quantities of older imports; it starts by itself
)

// Jobs is the long work of a workspace: what runs, here or in another process, and what did.
// Its errors are those of package job.
type Jobs struct{ *workspace }

// kinds says how the jobs of a workspace are run from their rows.
func (w *workspace) kinds() []job.Kind {
	return []job.Kind{
		{Name: KindImport, Pauses: true, Run: Imports{w}.again},
		{Name: KindVerify, Run: func(ctx context.Context, h *job.Handle, _ json.RawMessage) (any, error) {
			return Ledger{w}.verifyJob(ctx, h)
		}},
		{Name: KindSync, Pauses: true, Resumes: true, Run: Syncs{w}.again},
		{Name: KindPack, Pauses: true, Resumes: true, Run: Ledger{w}.packJob},
		{Name: KindFindings, Run: Savings{w}.findJob},
		{Name: KindAnomalies, Run: Anomalies{w}.findJob},
		{Name: KindPrices, Run: Migrations{w}.pricesJob},
		{Name: KindExport}, // a face makes it again: it asks where to write to, and has the tables
	}
}

// List returns the newest jobs, newest first; limit 0 = all.
func (w Jobs) List(ctx context.Context, limit int) ([]job.Job, error) { return w.book.List(ctx, limit) }

// Find returns a job.
func (w Jobs) Find(ctx context.Context, id string) (job.Job, error) { return w.book.Find(ctx, id) }

// Pause asks a job to wait at its next safe point.
func (w Jobs) Pause(ctx context.Context, id string) error { return w.book.Pause(ctx, id) }

// Resume lets a paused job go on.
func (w Jobs) Resume(ctx context.Context, id string) error { return w.book.Resume(ctx, id) }

// Cancel asks a job to end.
func (w Jobs) Cancel(ctx context.Context, id string) error { return w.book.Cancel(ctx, id) }

// Again runs a job that was interrupted, failed or was cancelled once more, with the same
// parameters. after, when set, is called once its work has ended.
func (w Jobs) Again(ctx context.Context, id string, after func()) (job.Job, error) {
	return w.book.Again(ctx, id, after)
}

// Clear removes the jobs that do not run from the history.
func (w Jobs) Clear(ctx context.Context) error { return w.book.Clear(ctx) }

// FindInterrupted finds the jobs of other processes that are gone.
func (w Jobs) FindInterrupted(ctx context.Context) error { return w.book.FindInterrupted(ctx) }

// Do runs work as a job that is kept, and waits for it. It answers the work's error. after, when
// set, is called once the work has ended, before that is reported.
func (w Jobs) Do(ctx context.Context, kind, title string, params any, work job.Work, after func()) (any, error) {
	started, err := w.book.Start(ctx, kind, title, params, work, after)
	if err != nil {
		return nil, err
	}
	return w.Wait(ctx, started.ID)
}

// StartBackground begins what is to be done in a workspace of an older version while it is
// open: packing the quantities of its lines. Mostly there is nothing.
func (w Jobs) StartBackground(ctx context.Context) error {
	if w.db.ReadOnly() {
		return nil
	}
	lines, err := Ledger(w).Unpacked(ctx)
	if err != nil || lines == 0 {
		return err
	}
	_, err = w.book.Start(ctx, KindPack, "Pack quantities of earlier imports", nil, nil, nil)
	return err
}

// packJob packs quantities; the workspace itself is the checkpoint.
func (w Ledger) packJob(ctx context.Context, h *job.Handle, _ json.RawMessage) (any, error) {
	var packed int64
	err := w.PackQuantities(ctx, func(done, total int64) {
		packed = done
		h.Progress(done, total, done, "Packing quantities")
		_ = h.Continue(ctx) // the cause is found by whoever called
	})
	if err != nil {
		return nil, err
	}
	h.Finish(job.Outcome{Lines: packed})
	return nil, nil
}

// Wait waits for the end of a job of this process and returns its result, or its error. When
// ctx is cancelled it cancels the job and waits for it all the same.
func (w Jobs) Wait(ctx context.Context, id string) (any, error) {
	defer context.AfterFunc(ctx, func() { _ = w.runner.Cancel(id, context.Cause(ctx)) })() // it ends by itself at the latest
	ended, err := w.runner.Wait(context.WithoutCancel(ctx), id)
	if err != nil {
		return nil, err
	}
	return ended.Result, ended.Err
}

// importParams is what the row of an import keeps, from which it begins again.
type importParams struct {
	Paths   []string                  `json:"paths"`
	Strict  bool                      `json:"strict,omitempty"`
	Overlap ingest.Overlap            `json:"overlap,omitempty"`
	Answers map[string]ingest.Overlap `json:"answers,omitempty"`
	Review  ingest.Review             `json:"hold,omitempty"`
}

// ImportPaths returns what an import job reads, from its parameters; nil for another job.
func ImportPaths(j job.Job) []string {
	var p importParams
	if j.Kind != KindImport || json.Unmarshal(j.Params, &p) != nil {
		return nil
	}
	return p.Paths
}

// Start imports the files of a plan as a job, whose result is that of Run. after, when set, is called
// once the work has ended, before that is reported. An import that only looks (ingest.ReviewAlways) is not kept.
func (w Imports) Start(ctx context.Context, plan *Plan, opts ImportOptions, after func()) (job.Job, error) {
	work := func(ctx context.Context, h *job.Handle) (any, error) { return w.RunFor(ctx, plan, opts, h) }
	answers := plan.withoutDamaged(opts.Answers)
	title := importTitle(plan, answers)
	if opts.Review == ingest.ReviewAlways {
		return w.runner.Start(KindImport, title, func(ctx context.Context, h *job.Handle) (any, error) { //nolint:contextcheck // the work ends with the runner, not with whoever starts it
			if after != nil {
				defer after()
			}
			return work(ctx, h)
		})
	}
	params := importParams{Strict: opts.Strict, Overlap: opts.Overlap, Review: opts.Review}
	for _, path := range plan.Paths {
		params.Paths = append(params.Paths, absolutePath(path))
	}
	for file, answer := range answers {
		if params.Answers == nil {
			params.Answers = map[string]ingest.Overlap{}
		}
		params.Answers[absolutePath(file)] = answer
	}
	return w.book.Start(ctx, KindImport, title, params, work, after)
}

// absolutePath is for whoever begins a job again, which may be in another folder.
func absolutePath(path string) string {
	if abs, err := filepath.Abs(path); err == nil {
		return abs
	}
	return path
}

// importTitle names the files that an import reads: not those that answers leave out, and none whose content
// is imported already or comes twice.
func importTitle(plan *Plan, answers map[string]ingest.Overlap) string {
	known := map[string]bool{}
	if plan.Examined != nil {
		for _, f := range plan.Examined.Files {
			known[f.File.Name()] = f.Known
		}
	}
	var names []string
	for _, f := range plan.Files {
		if name := f.Recognition.File.Name(); !f.Known && !known[name] && answers[name] != ingest.OverlapLeave {
			names = append(names, name)
		}
	}
	if len(names) == 0 { // there is nothing to do: it is about all of them
		for _, f := range plan.Files {
			names = append(names, f.Recognition.File.Name())
		}
	}
	if len(names) == 1 {
		return "Import " + filepath.Base(names[0])
	}
	return fmt.Sprintf("Import %d files", len(names))
}

// again is an import from what its row keeps: it looks at the files anew.
func (w Imports) again(ctx context.Context, h *job.Handle, text json.RawMessage) (any, error) {
	var p importParams
	if err := json.Unmarshal(text, &p); err != nil {
		return nil, finops.WrapError(finops.CodeCorrupt, err, "The parameters of this import are damaged. Choose its files again.")
	}
	h.Message("Looking for files")
	plan, err := w.Plan(ctx, p.Paths)
	if err != nil {
		return nil, err
	}
	if len(plan.Files) == 0 {
		return nil, finops.Errorf(finops.CodeInvalid, "Nothing was imported: no billing file was found in %s.", strings.Join(p.Paths, ", "))
	}
	return w.RunFor(ctx, plan, ImportOptions{Strict: p.Strict, Overlap: p.Overlap, Answers: p.Answers, Review: p.Review}, h)
}

// RunFor does what Run does, and reports to a job.
func (w Imports) RunFor(ctx context.Context, plan *Plan, opts ImportOptions, h *job.Handle) (*ingest.Result, error) {
	heard := opts.Progress
	opts.Progress = func(p ingest.Progress) {
		done, message := p.Bytes, "Reading "+filepath.Base(p.File)
		switch p.Stage {
		case "checking":
			done, message = p.BytesTotal, "Checking what was written against the files"
		case "finishing":
			done, message = p.BytesTotal, "Finishing"
		}
		h.Progress(done, p.BytesTotal, p.Lines, message)
		if heard != nil {
			heard(p)
		}
	}
	opts.wait = h.Continue
	if w.asks {
		opts.ask = func(ctx context.Context, question *ingest.Result) (map[string]ingest.Overlap, error) {
			answer, err := h.Ask(ctx, question, "Waits for your answer")
			answers, _ := answer.(map[string]ingest.Overlap) // nil when ctx ended
			return answers, err
		}
	}
	result, err := w.Run(ctx, plan, opts)
	if err != nil {
		return nil, err
	}
	h.Finish(importOutcome(result))
	return result, nil
}

// Answer answers an import that waits: what to do with the files that overlap, each by its name, or,
// without any, that the bills which it shows are to be replaced. An import that asks more waits again.
// It answers CodeConflict for a job that does not wait here.
func (w Imports) Answer(jobID string, answers map[string]ingest.Overlap) error {
	return w.runner.Answer(jobID, answers)
}

func importOutcome(r *ingest.Result) job.Outcome {
	o := job.Outcome{ImportID: r.ImportID, Lines: r.Lines, Rejects: r.Rejects}
	for _, f := range r.Files {
		if !f.Known {
			o.Files++
		}
	}
	switch {
	case len(r.Conflicts) > 0:
		o.Note = "Nothing was imported: files overlap with bills, and it is not clear which to use. Preview the files and choose."
	case r.NeedsReview:
		o.Note = "Nothing was imported: bills would be replaced. Preview the files to see what would change."
	case r.ImportID == 0:
		o.Note = "Nothing to do: all files were imported before."
	}
	if len(r.LeftOut) > 0 {
		o.Note = leftOutNote(r)
	}
	o.NeedsAction = len(r.Conflicts) > 0 || r.NeedsReview || len(r.LeftOut) > 0
	if r.ImportID == 0 {
		o.Files, o.Lines, o.Rejects = 0, 0, 0
	}
	return o
}

// leftOutNote names the files that were left out, and says what to do.
func leftOutNote(r *ingest.Result) string {
	const named = 3
	texts := []string{"1 file was left out."}
	if n := len(r.LeftOut); n > 1 {
		texts[0] = fmt.Sprintf("%d files were left out.", n)
	}
	for _, f := range r.LeftOut[:min(named, len(r.LeftOut))] {
		name, text := filepath.Base(f.File.Name()), strings.TrimSuffix(finops.MessageOf(f.Reason), ".")+"."
		if !strings.Contains(text, name) {
			text = name + ": " + text
		}
		texts = append(texts, text)
	}
	if n := len(r.LeftOut) - named; n > 0 {
		texts = append(texts, fmt.Sprintf("And %d more.", n))
	}
	if r.ImportID != 0 {
		texts = append(texts, "All other files were imported.")
	}
	return strings.Join(texts, " ")
}

// StartVerify proves the ledger as a job and waits for it; see Verify, and Do for after.
func (w Ledger) StartVerify(ctx context.Context, after func()) (*VerifyReport, error) {
	var report *VerifyReport
	_, err := Jobs(w).Do(ctx, KindVerify, "Verify totals", nil, func(ctx context.Context, h *job.Handle) (_ any, err error) {
		report, err = w.verifyJob(ctx, h)
		return report, err
	}, after)
	return report, err
}

func (w Ledger) verifyJob(ctx context.Context, h *job.Handle) (*VerifyReport, error) {
	h.Message("Comparing control totals, lines and answers")
	report, err := w.Verify(ctx)
	if err != nil {
		return nil, err
	}
	o := job.Outcome{Note: "Everything agrees."}
	if !report.OK {
		o.Note, o.NeedsAction = "Something differs. Verify again to see what.", true
	}
	h.Finish(o)
	return report, nil
}

// exportParams is what the row of an export of charges keeps.
type exportParams struct {
	Path    string           `json:"path"`
	Format  string           `json:"format"`
	Version string           `json:"version,omitempty"`
	Charges *exportedCharges `json:"charges,omitempty"` // nil in rows of older versions, which did not keep them
}

// exportedCharges says which charges an export has.
type exportedCharges struct {
	Where finops.Filter `json:"where"`
	From  *finops.Day   `json:"from,omitempty"`
	To    *finops.Day   `json:"to,omitempty"`
}

// ChargesOf returns what an export of charges to a FOCUS file was asked for, so that it can be made
// again; false for any other job.
func ChargesOf(j job.Job) (opts ExportOptions, ok bool) {
	var p exportParams
	if j.Kind != KindExport || json.Unmarshal(j.Params, &p) != nil || p.Charges == nil {
		return opts, false
	}
	lines := engine.LinesQuestion{Where: p.Charges.Where, From: p.Charges.From, To: p.Charges.To}
	return ExportOptions{Format: p.Format, Version: p.Version, Lines: lines}, true
}

// ToFile runs an export as a job and waits for it: write is given the options with where progress goes,
// makes the file at path and returns what Charges did. total is the number of lines, 0 = not known.
func (w Exports) ToFile(ctx context.Context, path string, total int64, opts ExportOptions, write func(ctx context.Context, opts ExportOptions) (*Exported, error)) (*Exported, error) {
	var done *Exported
	params := exportParams{Path: absolutePath(path), Format: opts.Format, Version: opts.Version}
	params.Charges = &exportedCharges{opts.Lines.Where, opts.Lines.From, opts.Lines.To}
	_, err := Jobs(w).Do(ctx, KindExport, "Export "+filepath.Base(path), params, func(ctx context.Context, h *job.Handle) (_ any, err error) {
		opts.Progress = func(lines int64) { h.Progress(lines, total, lines, "Writing") }
		if done, err = write(ctx, opts); err != nil {
			return nil, err
		}
		h.Finish(job.Outcome{Lines: done.Lines, Path: params.Path})
		return done, nil
	}, nil)
	return done, err
}
