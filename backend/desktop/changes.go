package desktop

import (
	"context"
	"slices"
	"sync"
	"time"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/service"
)

// lookGap is how often the window looks whether another process changed the workspace.
const lookGap = 2 * time.Second

// ChangeInfo says that a topic of the open workspace changed: ledger, jobs, dimensions,
// scopes, mappings, invoices, savings, budgets, alerts, connections, migrations or workspaces.
type ChangeInfo struct {
	Topic   service.Topic `json:"topic"`
	Version int64         `json:"version"`
}

// watcher finds what changed in the open workspace.
type watcher struct {
	running sync.WaitGroup

	mu    sync.Mutex // so that changes are announced in their order
	ws    *service.Workspace
	watch *service.Watch
}

// watch looks for the changes of other processes until ctx ends.
func (d *Desktop) watch(ctx context.Context) {
	tick := time.NewTicker(lookGap)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			d.look()
		}
	}
}

// look announces to the page what changed since the last look, and has savings and anomalies looked for
// again where that matters to them. What this process did it announces at once by
// calling it.
func (d *Desktop) look() {
	d.watcher.mu.Lock()
	defer d.watcher.mu.Unlock()
	err := d.session.use(func(ws *service.Workspace) (err error) {
		if ws != d.watcher.ws {
			if d.watcher.watch, err = ws.Watch(d.ctx); err == nil {
				d.watcher.ws = ws
			}
			return err
		}
		if err := ws.Jobs.FindInterrupted(d.ctx); err != nil {
			return err
		}
		changes, err := d.watcher.watch.Next(d.ctx)
		for _, c := range changes {
			d.emit(eventChanged, ChangeInfo{c.Topic, c.Version})
		}
		if err == nil && slices.ContainsFunc(changes, func(c service.Change) bool { return c.Topic == service.TopicLedger || c.Topic == service.TopicSavings }) {
			err = ws.Savings.Refresh(d.ctx)
		}
		if err == nil && slices.ContainsFunc(changes, func(c service.Change) bool {
			return c.Topic == service.TopicLedger || c.Topic == service.TopicAnomalies
		}) {
			err = ws.Anomalies.Refresh(d.ctx)
		}
		return err
	})
	if err != nil && finops.CodeOf(err) != finops.CodeNotFound && d.ctx.Err() == nil {
		d.opts.Log.Warn("changes of the workspace are not noticed", "err", err) // the next look may find them
	}
}

// opened announces that another workspace is open, or none: everything is another one.
func (d *Desktop) opened() {
	d.look()
	version := d.opts.Now().UnixMilli()
	for _, topic := range service.Topics() {
		d.emit(eventChanged, ChangeInfo{topic, version})
	}
}
