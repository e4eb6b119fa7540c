package desktop

import (
	"context"
	"time"

	"cloud-intelligence/backend/service"
)

const (
	// syncGap is how often the window looks whether a sync is to be tried again.
	syncGap = time.Minute
	// wakeGap is how far the clock has moved between two looks where the computer slept: timers stand still meanwhile.
	wakeGap = 3 * syncGap
)

// keepSynced tries syncs again that were not answered, and syncs when the computer wakes where a person has switched that
// on, until ctx ends.
func (d *Desktop) keepSynced(ctx context.Context) { watchClock(ctx, d.opts.Now, d.syncDue) }

// watchClock calls look every minute, and says whether the computer slept since the last time, until ctx ends.
func watchClock(ctx context.Context, clock func() time.Time, look func(woke bool)) {
	tick := time.NewTicker(syncGap)
	defer tick.Stop()
	last := clock()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			now := clock()
			look(slept(last, now))
			last = now
		}
	}
}

// slept reports whether the computer slept between two looks. Only the clock on the wall goes on meanwhile.
func slept(last, now time.Time) bool { return now.Round(0).Sub(last.Round(0)) > wakeGap }

// syncDue begins the syncs that are worth another try, and all where the computer woke and a person wants that.
func (d *Desktop) syncDue(woke bool) {
	_, openedAt := d.session.current()
	var names []string
	d.unasked(func(ws *service.Workspace) (err error) {
		if woke {
			if names, err = d.automatic(ws); err != nil || len(names) > 0 {
				return err
			}
		}
		names, err = ws.Syncs.Due(d.ctx, openedAt)
		return err
	})
	d.syncNames(names)
}

// syncAtOpening goes on with the syncs that ended with the program of the person who began them, and begins those of all
// connections where a person has switched that on.
func (d *Desktop) syncAtOpening() {
	var names, ids []string
	d.unasked(func(ws *service.Workspace) (err error) {
		if ids, err = ws.Syncs.Interrupted(d.ctx); err != nil {
			return err
		}
		names, err = d.automatic(ws)
		return err
	})
	for _, id := range ids {
		if _, err := d.syncAgain(id); err != nil && !quiet(err) {
			d.opts.Log.Warn("a sync that was interrupted does not go on", "err", err) // its row offers to begin it again
		}
	}
	d.syncNames(names)
}

// automatic names the connections that are synced unasked.
func (d *Desktop) automatic(ws *service.Workspace) ([]string, error) {
	on, err := ws.Syncs.Auto(d.ctx)
	if err != nil || !on {
		return nil, err
	}
	settings, err := ws.Connections.Network(d.ctx)
	if err != nil || settings.Offline {
		return nil, err
	}
	return ws.Syncs.Names(d.ctx)
}

// unasked reads something of the open workspace; that it cannot is written down only.
func (d *Desktop) unasked(read func(*service.Workspace) error) {
	if err := d.session.use(read); err != nil && !quiet(err) && d.ctx.Err() == nil {
		d.opts.Log.Warn("connections are not synced by themselves", "err", err) // a person can sync them
	}
}

// syncNames begins syncs; what is busy is tried again at the next look, or by a person.
func (d *Desktop) syncNames(names []string) {
	for _, name := range names {
		if _, err := d.sync(name); err != nil && !quiet(err) && d.ctx.Err() == nil {
			d.opts.Log.Warn("a connection is not synced by itself", "err", err)
		}
	}
}
