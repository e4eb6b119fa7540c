// Package desktop is the window's face of Cloud Intelligence: the small structs whose
// methods the page may call, the types that cross between Go and TypeScript, the events,
// the system's dialogs and the place of the window. It converts and never decides; what a
// workspace can do is in package service.
//
// Wire types are finite by construction: amounts are decimal strings, unknown is null,
// lists are never null. That matters, since Wails ends the process over a result that does
// not marshal. Bound methods get no context, so anything that can take longer than a blink
// is a job.
//
// app.go makes a Desktop; nothing else imports this package. Only wails.go knows Wails.
package desktop

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"sync"
	"time"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/finops/wire"
	"cloud-intelligence/backend/job"
	"cloud-intelligence/backend/service"
)

// The events that the page listens to.
const (
	eventJob          = "job"           // JobInfo
	eventChanged      = "changed"       // ChangeInfo
	eventFilesDropped = "files:dropped" // []string
)

// Options of a Desktop.
type Options struct {
	Version string
	// Demo opens the demo workspace at the start, and makes it where it is missing.
	Demo    bool
	Library *service.Library
	Service service.Options
	Log     *slog.Logger
	// LogFile is where Log writes, "" = nowhere; Reveal shows a file in the file manager.
	LogFile string
	Reveal  func(path string) error
	Now     func() time.Time // nil = time.Now
}

// Desktop is the window's face as a whole. New makes it, Bindings are handed to Wails,
// Start and Stop are called when the window opens and closes.
type Desktop struct {
	opts Options
	// ctx is the program's: Wails hands bound methods no context of their own.
	ctx    context.Context
	cancel context.CancelCauseFunc

	ready   chan struct{} // closed once runtime is set
	once    sync.Once
	runtime Runtime

	jobs     *job.Runner
	session  *session
	finder   finder
	plans    plans
	reporter reporter
	demoing  sync.Mutex // held while a demo job is looked for and begun
	watcher  watcher
}

// New makes the window's face. It touches nothing outside the process.
func New(ctx context.Context, opts Options) *Desktop {
	if opts.Now == nil {
		opts.Now = time.Now
	}
	if opts.Log == nil {
		opts.Log = slog.New(slog.DiscardHandler)
	}
	if opts.Library == nil {
		opts.Library = &service.Library{}
	}
	ctx, cancel := context.WithCancelCause(ctx)
	d := &Desktop{opts: opts, ctx: ctx, cancel: cancel, ready: make(chan struct{})}
	d.reporter = reporter{log: opts.Log, jobs: map[string]Failure{}}
	d.jobs = job.New(ctx, func(j job.Job) { d.emit(eventJob, d.jobInfo(j)) })
	d.jobs.Now = opts.Now
	d.opts.Service.Runner, d.opts.Service.Asks = d.jobs, true
	d.session = &session{busy: map[*lease]bool{}}
	return d
}

// Bindings lists the structs whose methods the page may call.
func (d *Desktop) Bindings() []any {
	return []any{
		&Workspaces{d}, &Imports{d}, &Mappings{d}, &Bills{d}, &Jobs{d}, &Ledger{d}, &Filters{d}, &Dimensions{d}, &Scopes{d}, &Quality{d}, &Reconciliation{d},
		&Savings{d}, &Documents{d}, &Commitments{d}, &Budgets{d}, &Alerts{d}, &Forecasts{d}, &Anomalies{d}, &App{d},
	}
}

// Start connects the window. It is called once, when the window opens.
func (d *Desktop) Start(r Runtime) {
	d.once.Do(func() {
		d.runtime = r
		place, ok := readPlace(d.opts.Library.ConfigDir)
		if ok {
			r.SetPlace(place)
		}
		r.OnFileDrop(func(paths []string) { r.EventsEmit(eventFilesDropped, dropped(paths)) })
		if d.opts.Demo {
			d.openDemoAtStart()
		} else {
			d.openLastAtStart()
		}
		close(d.ready)
		d.watcher.running.Go(func() { d.watch(d.ctx) })
		d.watcher.running.Go(func() { d.deliverAlerts(d.ctx) })
	})
}

// dropped leaves out the empty path that Wails makes of a drop without files.
func dropped(paths []string) []string {
	return slices.DeleteFunc(wire.List(paths), func(path string) bool { return path == "" })
}

// openDemoAtStart opens the demo workspace before the page asks what is open; only where
// it has to be made first, a job does that later.
func (d *Desktop) openDemoAtStart() {
	open, err := d.openExistingDemo(d.ctx)
	if err == nil && !open {
		_, err = d.startDemo()
	}
	if err != nil {
		_ = d.reporter.failure(err) // logged; the page shows the welcome, from where the demo can be tried again
	}
}

// openLastAtStart opens the workspace that was open when the program ended. Where that is
// not possible the page shows the welcome, from where a person learns why.
func (d *Desktop) openLastAtStart() {
	path := d.opts.Library.LastOpen()
	if path == "" {
		return
	}
	if _, err := d.open(path); err != nil {
		d.opts.Log.Warn("the workspace of the last time is not opened", "err", err)
	}
}

// BeforeClose keeps the place of the window for the next start.
func (d *Desktop) BeforeClose() {
	r, err := d.window()
	if err == nil {
		err = r.Place().write(d.opts.Library.ConfigDir)
	}
	if err != nil {
		d.opts.Log.Warn("the place of the window is not kept", "err", err) // the next window opens in the middle of the screen
	}
}

// Stop cancels what runs, waits for it until ctx ends and closes the workspace.
func (d *Desktop) Stop(ctx context.Context) error {
	jobs := d.jobs.Close(ctx)
	d.cancel(job.ErrShutdown)
	d.watcher.running.Wait()
	return errors.Join(jobs, d.session.close(ctx))
}

// FormatError is what Wails hands a failure of a bound method to.
func (d *Desktop) FormatError(err error) any { return d.reporter.failure(err) }

// window waits for the window; the page may call before Wails has announced that it is open.
func (d *Desktop) window() (Runtime, error) {
	select {
	case <-d.ready:
		return d.runtime, nil
	case <-d.ctx.Done():
		return nil, finops.WrapError(finops.CodeCancelled, context.Cause(d.ctx), "Cloud Intelligence is closing.")
	}
}

func (d *Desktop) emit(event string, payload any) {
	select {
	case <-d.ready:
		d.runtime.EventsEmit(event, payload)
	default: // nobody listens before the window is there; the page asks for the jobs when it opens
	}
}
