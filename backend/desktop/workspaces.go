package desktop

import (
	"path/filepath"
	"strings"
	"time"

	"cloud-intelligence/backend/finops/wire"
	"cloud-intelligence/backend/service"
	"cloud-intelligence/backend/store"
)

// WorkspaceInfo describes a workspace.
type WorkspaceInfo struct {
	Path      string `json:"path"`
	Name      string `json:"name"`
	SizeBytes int64  `json:"sizeBytes"`
	Lines     int64  `json:"lines"`
	OpenedAt  string `json:"openedAt"`
	Exists    bool   `json:"exists"`
	Demo      bool   `json:"demo"`
	ReadOnly  bool   `json:"readOnly"` // its file or its folder cannot be written
}

// Workspaces lets the page open, make and put away workspaces.
type Workspaces struct{ d *Desktop }

// Recent lists the workspaces that were opened lately, the latest first.
func (w *Workspaces) Recent() (infos []WorkspaceInfo, err error) {
	defer caught(&err)
	infos = []WorkspaceInfo{}
	for _, e := range w.d.opts.Library.Recent() {
		infos = append(infos, WorkspaceInfo{
			Path: e.Path, Name: e.Name, SizeBytes: e.SizeBytes, Lines: e.Lines, OpenedAt: wire.Instant(e.OpenedAt), Exists: e.Exists, Demo: e.Demo,
		})
	}
	return infos, nil
}

// Current describes the open workspace; null = none.
func (w *Workspaces) Current() (info *WorkspaceInfo, err error) {
	defer caught(&err)
	if _, err := w.d.window(); err != nil { // the demo may be opened at the start
		return nil, err
	}
	if path, _ := w.d.session.current(); path == "" {
		return nil, nil
	}
	current, err := w.d.current()
	if err != nil {
		return nil, err
	}
	return &current, nil
}

// Create makes a workspace in the default folder and opens it.
func (w *Workspaces) Create(name string) (info WorkspaceInfo, err error) {
	defer caught(&err)
	name = strings.TrimSpace(name)
	path, err := w.d.opts.Library.NewPath(name)
	if err != nil {
		return info, err
	}
	return w.d.switchTo(func() (*service.Workspace, error) {
		return service.Create(w.d.ctx, path, name, w.d.opts.Service)
	})
}

// Open opens a workspace.
func (w *Workspaces) Open(path string) (info WorkspaceInfo, err error) {
	defer caught(&err)
	return w.d.open(path)
}

// ChooseOpen asks for a workspace with the system's dialog and opens it; null when the
// person cancelled.
func (w *Workspaces) ChooseOpen() (info *WorkspaceInfo, err error) {
	defer caught(&err)
	r, err := w.d.window()
	if err != nil {
		return nil, err
	}
	path, err := r.OpenFileDialog(Dialog{
		Title: "Open a workspace", Folder: w.d.opts.Library.Dir, Filters: []Filter{{"Workspaces", "*" + store.Extension}, {"All files", "*"}},
	})
	if err != nil {
		return nil, errDialog(err)
	}
	if path == "" {
		return nil, nil
	}
	opened, err := w.d.open(path)
	if err != nil {
		return nil, err
	}
	return &opened, nil
}

// Rename gives the open workspace another name, where its name is of the version that the page shows; its file keeps the old one.
func (w *Workspaces) Rename(name string, version int64) (info WorkspaceInfo, err error) {
	defer caught(&err)
	h, err := w.d.session.lease("Renaming", false)
	if err != nil {
		return info, err
	}
	defer h.release()
	if err := h.ws.Rename(w.d.ctx, strings.TrimSpace(name), version); err != nil {
		return info, err
	}
	w.d.remember(h.ws)
	return w.d.current()
}

// WorkspaceSettings are what a person can change of the open workspace, with the versions of each.
type WorkspaceSettings struct {
	Name         string `json:"name"`
	NameVersion  int64  `json:"nameVersion"`
	FirstMonth   int    `json:"firstMonth"`   // of fiscal years, 1 to 12
	MonthVersion int64  `json:"monthVersion"` // 0 = it was never set
}

// Settings returns them.
func (w *Workspaces) Settings() (s WorkspaceSettings, err error) {
	defer caught(&err)
	err = w.d.session.use(func(ws *service.Workspace) error {
		info, err := ws.Info(w.d.ctx)
		if err != nil {
			return err
		}
		month, version, err := ws.FiscalStart(w.d.ctx)
		s = WorkspaceSettings{info.Name, info.Version, int(month), version}
		return err
	})
	return s, err
}

// SetFiscalYear changes in which month fiscal years start, 1 to 12, where that is of the version that the page shows.
func (w *Workspaces) SetFiscalYear(firstMonth int, version int64) (err error) {
	defer caught(&err)
	return w.d.changing("Changing the fiscal year", func(ws *service.Workspace) error {
		return ws.SetFiscalStart(w.d.ctx, time.Month(firstMonth), version)
	})
}

// Duplicate copies the open workspace and opens the copy.
func (w *Workspaces) Duplicate(name string) (info WorkspaceInfo, err error) {
	defer caught(&err)
	name = strings.TrimSpace(name)
	path, err := w.d.opts.Library.NewPath(name)
	if err != nil {
		return info, err
	}
	return w.d.switchTo(func() (*service.Workspace, error) {
		err := w.d.session.use(func(ws *service.Workspace) error { return ws.CopyTo(w.d.ctx, path, name) })
		if err != nil {
			return nil, err
		}
		return service.Open(w.d.ctx, path, w.d.opts.Service)
	})
}

// Close closes the open workspace, if there is one.
func (w *Workspaces) Close() (err error) {
	defer caught(&err)
	path, _ := w.d.session.current()
	if err := w.d.closeWorkspace(); err != nil || path == "" {
		return err
	}
	if err := w.d.opts.Library.Closed(path); err != nil {
		w.d.opts.Log.Warn("the next start opens a workspace that was closed", "err", err)
	}
	return nil
}

// Trash moves a workspace to the system's trash; the open one is closed first.
func (w *Workspaces) Trash(path string) (err error) {
	defer caught(&err)
	if current, _ := w.d.session.current(); current != "" && samePath(current, path) {
		if err := w.d.closeWorkspace(); err != nil {
			return err
		}
	}
	return w.d.opts.Library.Trash(w.d.ctx, path)
}

// Forget takes a workspace off the recent list and leaves the file alone.
func (w *Workspaces) Forget(path string) (err error) {
	defer caught(&err)
	return w.d.opts.Library.Forget(path)
}

// OpenDemo makes the demo workspace where it is missing, and opens it.
func (w *Workspaces) OpenDemo() (info JobInfo, err error) {
	defer caught(&err)
	return w.d.startDemo()
}

func (d *Desktop) open(path string) (WorkspaceInfo, error) {
	if current, _ := d.session.current(); current != "" && samePath(current, path) {
		return d.current()
	}
	return d.switchTo(func() (*service.Workspace, error) { return service.Open(d.ctx, path, d.opts.Service) })
}

// switchTo opens a workspace in the place of the open one and announces it to the page.
func (d *Desktop) switchTo(open func() (*service.Workspace, error)) (WorkspaceInfo, error) {
	d.endPreviews()
	changed, err := d.session.change(d.opts.Now(), open)
	if changed {
		d.opened()
	}
	if err != nil {
		return WorkspaceInfo{}, err
	}
	err = d.session.use(func(ws *service.Workspace) error {
		d.remember(ws)
		if err := ws.Jobs.StartBackground(d.ctx); err != nil {
			d.opts.Log.Warn("what an older workspace needs is not done", "err", err) // the next opening tries again
		}
		return nil
	})
	if err != nil {
		return WorkspaceInfo{}, err
	}
	d.syncAtOpening()
	return d.current()
}

func (d *Desktop) closeWorkspace() error {
	d.endPreviews()
	changed, err := d.session.change(time.Time{}, func() (*service.Workspace, error) { return nil, nil })
	if changed {
		d.opened()
	}
	return err
}

// current describes the open workspace; it answers CodeNotFound when there is none.
func (d *Desktop) current() (info WorkspaceInfo, err error) {
	_, openedAt := d.session.current()
	err = d.session.use(func(ws *service.Workspace) error {
		i, err := ws.Info(d.ctx)
		info = WorkspaceInfo{
			Path: i.Path, Name: i.Name, SizeBytes: i.SizeBytes, Lines: i.Lines, OpenedAt: wire.Instant(openedAt), Exists: true,
			Demo: samePath(i.Path, d.opts.Library.DemoPath()), ReadOnly: i.ReadOnly,
		}
		return err
	})
	return info, err
}

// remember keeps the recent list in step. That it cannot be written is no reason to refuse
// what the person wanted to do.
func (d *Desktop) remember(ws *service.Workspace) {
	info, err := ws.Info(d.ctx)
	if err == nil {
		err = d.opts.Library.Remember(info)
	}
	if err != nil {
		d.opts.Log.Warn("the list of recent workspaces is not kept", "err", err)
	}
}

func samePath(a, b string) bool {
	absA, errA := filepath.Abs(a)
	absB, errB := filepath.Abs(b)
	return errA == nil && errB == nil && absA == absB
}
