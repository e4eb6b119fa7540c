package desktop

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"cloud-intelligence/backend/analysis/budget"
	"cloud-intelligence/backend/analysis/savings"
	"cloud-intelligence/backend/demo"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/job"
	"cloud-intelligence/backend/service"
	"cloud-intelligence/backend/store"
)

const demoTitle = "Harbour & Pine (demo)"

// startDemo opens the demo workspace as a job. A demo job that runs already is answered
// instead of a second one.
func (d *Desktop) startDemo() (JobInfo, error) {
	d.demoing.Lock()
	defer d.demoing.Unlock()
	for _, j := range d.jobs.List() {
		if j.Kind == string(service.JobDemo) && j.State == job.Running {
			return d.jobInfo(j), nil
		}
	}
	if err := d.session.idle(); err != nil {
		return JobInfo{}, err // it could be made, but not opened
	}
	started, err := d.jobs.Start(string(service.JobDemo), "Open the demo client", func(ctx context.Context, h *job.Handle) (any, error) {
		open, err := d.openExistingDemo(ctx)
		if err != nil || open {
			return nil, err
		}
		if err := d.makeDemo(ctx, h); err != nil {
			return nil, err
		}
		_, err = d.openExistingDemo(ctx)
		return nil, err
	})
	if err != nil {
		return JobInfo{}, err
	}
	return d.jobInfo(started), nil
}

// openExistingDemo answers false where the demo has to be made first.
func (d *Desktop) openExistingDemo(ctx context.Context) (bool, error) {
	path := d.opts.Library.DemoPath()
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if current, _ := d.session.current(); current != "" && samePath(current, path) {
		return true, nil
	}
	_, err := d.switchTo(func() (*service.Workspace, error) { return service.Open(ctx, path, d.opts.Service) })
	return err == nil, err
}

// makeDemo makes the demo workspace beside its place and moves it there whole: half a demo
// would be taken for all of it next time.
func (d *Desktop) makeDemo(ctx context.Context, h *job.Handle) (err error) {
	library := d.opts.Library
	if err := os.MkdirAll(library.Dir, 0o700); err != nil {
		return finops.WrapError(finops.CodeDenied, err, "The folder %s cannot be made. Check that you may write there.", library.Dir)
	}
	d.removeUnfinishedDemos()
	dir, err := os.MkdirTemp(library.Dir, ".demo-")
	if err != nil {
		return finops.WrapError(finops.CodeDenied, err, "The demo cannot be made in %s. Check that you may write there.", library.Dir)
	}
	defer func() {
		if removed := os.RemoveAll(dir); err == nil && removed != nil {
			err = fmt.Errorf("remove demo bills: %w", removed)
		}
	}()
	h.Message("Making the bills of Harbour & Pine")
	bills := filepath.Join(dir, "bills")
	if _, err := demo.Write(ctx, bills, demo.Options{}); err != nil {
		return fmt.Errorf("write demo bills: %w", err)
	}
	made := filepath.Join(dir, "demo"+store.Extension)
	if err := d.importDemo(ctx, made, bills, h); err != nil {
		return err
	}
	if err := os.Rename(made, library.DemoPath()); err != nil {
		return fmt.Errorf("move demo to its place: %w", err)
	}
	return nil
}

func (d *Desktop) importDemo(ctx context.Context, path, bills string, h *job.Handle) (err error) {
	ws, err := service.Create(ctx, path, demoTitle, d.opts.Service)
	if err != nil {
		return err
	}
	defer func() {
		if closed := ws.Close(); err == nil {
			err = closed
		}
	}()
	plan, err := ws.Imports.Plan(ctx, []string{bills})
	if err != nil {
		return err
	}
	result, err := ws.Imports.RunFor(ctx, plan, service.ImportOptions{Strict: true}, h)
	if err != nil {
		return err
	}
	if result.ImportID == 0 {
		return fmt.Errorf("import demo bills: nothing was imported, %d conflicts", len(result.Conflicts))
	}
	return allocateDemo(ctx, ws)
}

// allocateDemo keeps the dimensions, scopes and budgets of the demo client as a person would.
func allocateDemo(ctx context.Context, ws *service.Workspace) error {
	dimensions, err := demo.Dimensions()
	if err != nil {
		return fmt.Errorf("allocate the demo: %w", err)
	}
	for _, d := range dimensions {
		if _, err := ws.Dimensions.Save(ctx, d, 0); err != nil {
			return err
		}
	}
	scopes, err := demo.Scopes()
	if err != nil {
		return fmt.Errorf("allocate the demo: %w", err)
	}
	for _, s := range scopes {
		if _, err := ws.Scopes.Save(ctx, s.Name, s.Where, 0); err != nil {
			return err
		}
	}
	for _, b := range demo.Budgets() {
		content, err := budget.Parse(b.Content)
		if err != nil {
			return err
		}
		if _, err := ws.Budgets.Save(ctx, b.Name, content, b.Reason, 0); err != nil {
			return err
		}
	}
	return fixDemo(ctx, ws)
}

// fixDemo keeps what the demo client has put right, so that its realised saving is measured.
func fixDemo(ctx context.Context, ws *service.Workspace) error {
	fixes, err := demo.Fixes(demo.Options{})
	if err != nil {
		return fmt.Errorf("allocate the demo: %w", err)
	}
	done := savings.Done
	for _, f := range fixes {
		day, err := finops.ParseDay(f.FoundOn)
		if err != nil {
			return err
		}
		found, err := ws.Savings.Find(ctx, service.SavingsQuestion{AsOf: &day})
		if err != nil {
			return err
		}
		for _, one := range found.Findings {
			if one.Rule.ID == f.Rule && one.ResourceID == f.Resource {
				if err := ws.Savings.ChangeFound(ctx, found, []service.FindingVersion{{ID: one.ID}}, service.ProgressPatch{State: &done, DoneOn: &f.DoneOn}); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// removeUnfinishedDemos removes what a killed program left behind. Another window may be
// making its demo now, so young folders stay.
func (d *Desktop) removeUnfinishedDemos() {
	old, err := filepath.Glob(filepath.Join(d.opts.Library.Dir, ".demo-*"))
	if err != nil {
		return // the pattern is a constant: there is none
	}
	for _, dir := range old {
		if info, err := os.Stat(dir); err == nil && d.opts.Now().Sub(info.ModTime()) > time.Hour {
			_ = os.RemoveAll(dir) // best effort: it is only space
		}
	}
}
