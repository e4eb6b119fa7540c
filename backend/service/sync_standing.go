package service

import (
	"context"
	"encoding/json"
	"slices"
	"time"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/job"
	"cloud-intelligence/backend/store"
)

// SyncUnanswered is the state of a sync that failed because the network or the provider did not answer, or asked for more
// patience than there is: trying again later can help.
const SyncUnanswered = "unanswered"

// SyncStanding says how far a connection can be relied on to be up to date.
type SyncStanding struct {
	SyncedAt     time.Time // when the last sync ended that went well; zero = none did
	FailingSince time.Time // when the first of the syncs began that failed since then; zero = the last one went well
	RetryAt      time.Time // when the last sync, which was not answered, is worth another try; zero = none is
	TriedAt      time.Time // when the last sync began that found out something of the place; zero = none did
}

// The first pause after a sync that was not answered, doubled by each further one, and the longest.
const (
	retryFirst = 15 * time.Minute
	retryMost  = 6 * time.Hour
)

// standingOf returns the standing from the syncs of a connection, the newest first. Those that run, or were cancelled or
// interrupted, say nothing of the place.
func standingOf(runs []store.SyncRun) (s SyncStanding) {
	pause, newest := retryFirst, true
	for _, r := range runs {
		switch r.State {
		case string(job.Done):
			s.SyncedAt = r.EndedAt
			if newest {
				s.TriedAt = r.StartedAt
			}
			if !s.RetryAt.IsZero() {
				s.RetryAt = s.RetryAt.Add(pause)
			}
			return s
		case SyncUnanswered:
			if newest {
				s.RetryAt = r.EndedAt
			} else {
				pause = min(2*pause, retryMost)
			}
		case string(job.Failed):
		default:
			continue
		}
		if newest {
			s.TriedAt = r.StartedAt
		}
		newest, s.FailingSince = false, r.StartedAt
	}
	if !s.RetryAt.IsZero() {
		s.RetryAt = s.RetryAt.Add(pause)
	}
	return s
}

// Standings returns the standing of the connections that bring in each provider's bills: of several connections that of the
// one that was synced last. Which providers a connection brings in is known from the imports that it made. The keychain
// is not asked.
func (w Syncs) Standings(ctx context.Context, imports []ImportInfo) (map[string]SyncStanding, error) {
	saved, err := w.db.Connections(ctx)
	if err != nil || len(saved) == 0 {
		return nil, err
	}
	providers := map[int64][]string{} // by import
	for _, i := range imports {
		for _, s := range i.Slices {
			providers[i.ID] = append(providers[i.ID], finops.CanonicalProvider(s.Provider))
		}
	}
	standings := map[string]SyncStanding{}
	for _, n := range saved {
		content, _ := contentOf(n) // one that is damaged was never synced
		synced, err := w.db.Synced(ctx, content.ID)
		if err != nil {
			return nil, err
		}
		runs, err := w.runs(ctx, content.ID, 0)
		if err != nil {
			return nil, err
		}
		one := standingOf(runs)
		for _, m := range synced {
			for _, p := range providers[m.ImportID] {
				if have, known := standings[p]; !known || one.SyncedAt.After(have.SyncedAt) {
					standings[p] = one
				}
			}
		}
	}
	return standings, nil
}

// Interrupted returns the syncs that this person began and that ended with their program, the oldest first. None are
// returned while the network is switched off.
func (w Syncs) Interrupted(ctx context.Context) (ids []string, err error) {
	settings, err := Connections(w).Network(ctx)
	if err != nil || settings.Offline || w.db.ReadOnly() {
		return nil, err
	}
	jobs, err := w.book.List(ctx, 0)
	if err != nil {
		return nil, err
	}
	slices.Reverse(jobs)
	for _, j := range jobs {
		if j.Kind != KindSync || j.State != job.Interrupted || j.User != w.user {
			continue
		}
		if _, gone := w.byID(ctx, SyncedBy(j)); gone == nil {
			ids = append(ids, j.ID)
		}
	}
	return ids, nil
}

// SyncedBy returns the id of the connection that a job syncs; "" for any other job.
func SyncedBy(j job.Job) string {
	var p syncParams
	if j.Kind != KindSync || json.Unmarshal(j.Params, &p) != nil {
		return ""
	}
	return p.Connection
}

// Due returns the names of the connections whose last sync was not answered, began at since or later, and is worth
// another try now. None are returned while the network is switched off.
func (w Syncs) Due(ctx context.Context, since time.Time) (names []string, err error) {
	settings, err := Connections(w).Network(ctx)
	if err != nil || settings.Offline {
		return nil, err
	}
	saved, err := w.db.Connections(ctx)
	if err != nil {
		return nil, err
	}
	for _, n := range saved {
		content, _ := contentOf(n) // one that is damaged was never synced
		runs, err := w.runs(ctx, content.ID, 0)
		if err != nil {
			return nil, err
		}
		if len(runs) == 0 || runs[0].State != SyncUnanswered || runs[0].StartedAt.Before(since) {
			continue
		}
		if !standingOf(runs).RetryAt.After(w.now()) {
			names = append(names, n.Name)
		}
	}
	return names, nil
}

// Auto says whether the window syncs all connections when the workspace is opened in it and when the computer wakes. It is
// off until a person switches it on, see Connections.SetNetwork.
func (w Syncs) Auto(ctx context.Context) (bool, error) {
	n, _, err := w.db.Network(ctx)
	return n.AtOpening && !w.db.ReadOnly(), err
}

// Names lists the connections by name, without asking the keychain.
func (w Syncs) Names(ctx context.Context) (names []string, err error) {
	saved, err := w.db.Connections(ctx)
	for _, n := range saved {
		names = append(names, n.Name)
	}
	return names, err
}
