package desktop

import (
	"context"
	"sync"
	"time"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/service"
)

// session is the open workspace and who uses it. Quick calls run under a read lock; what
// takes long takes a lease, and as long as there is one the workspace stays open.
type session struct {
	switching sync.Mutex // held while a workspace is opened or closed

	mu       sync.RWMutex
	open     *service.Workspace // nil = none
	openedAt time.Time

	leasing sync.Mutex
	busy    map[*lease]bool
}

// lease keeps the workspace open.
type lease struct {
	session *session
	ws      *service.Workspace
	what    string // begins the sentence for whoever is refused: "An import"
	alone   bool   // of these there may be one, or several that sync
	once    sync.Once
}

// syncing is what a lease of a sync is for.
const syncing = "A sync"

func errNoneOpen() error {
	return finops.Errorf(finops.CodeNotFound, "No workspace is open. Open one or make a new one first.")
}

func errBusy(h *lease) error {
	return finops.Errorf(finops.CodeConflict, "%s has not finished yet. Wait for it, answer what it asks, or cancel it, and try again.", h.what)
}

// use runs a quick call on the open workspace.
func (s *session) use(fn func(*service.Workspace) error) error {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if s.open == nil {
		return errNoneOpen()
	}
	return fn(s.open)
}

// lease keeps the open workspace for long work. What takes the
// write lock of the workspace, or must find it free, wants to be alone: the lock keeps out
// other processes only. Syncs take turns by themselves: each waits for the one before. A change of the person's own data does not take it. The caller
// releases it.
func (s *session) lease(what string, alone bool) (*lease, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if s.open == nil {
		return nil, errNoneOpen()
	}
	s.leasing.Lock()
	defer s.leasing.Unlock()
	for h := range s.busy {
		if alone && h.alone && (what != syncing || h.what != syncing) {
			return nil, errBusy(h)
		}
	}
	h := &lease{session: s, ws: s.open, what: what, alone: alone}
	s.busy[h] = true
	return h, nil
}

// release may be called twice.
func (h *lease) release() {
	h.once.Do(func() {
		h.session.leasing.Lock()
		defer h.session.leasing.Unlock()
		delete(h.session.busy, h)
	})
}

// idle answers CodeConflict while somebody uses the workspace.
func (s *session) idle() error {
	s.leasing.Lock()
	defer s.leasing.Unlock()
	for h := range s.busy {
		return errBusy(h)
	}
	return nil
}

// change puts the workspace that open returns in the place of the open one, which is
// closed; nil = none. When it cannot, the old one stays. Changed is also true when only
// the closing failed.
func (s *session) change(now time.Time, open func() (*service.Workspace, error)) (changed bool, err error) {
	s.switching.Lock()
	defer s.switching.Unlock()
	if err := s.idle(); err != nil {
		return false, err
	}
	next, err := open()
	if err != nil {
		return false, err
	}
	s.mu.Lock() // waits for the quick calls, and keeps new leases away
	if err := s.idle(); err != nil {
		s.mu.Unlock()
		if next != nil {
			_ = next.Close() // the refusal is the one to report
		}
		return false, err
	}
	old := s.open
	s.open, s.openedAt = next, now
	s.mu.Unlock()
	if old != nil {
		return true, old.Close()
	}
	return next != nil, nil
}

// current returns the open workspace's path and when it was opened; "" = none.
func (s *session) current() (path string, openedAt time.Time) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if s.open == nil {
		return "", time.Time{}
	}
	return s.open.Path(), s.openedAt
}

// close closes the workspace for good, once nobody holds it or ctx has ended.
func (s *session) close(ctx context.Context) error {
	for s.idle() != nil {
		select {
		case <-ctx.Done():
			return finops.WrapError(finops.CodeUnavailable, context.Cause(ctx), "The workspace is still in use.")
		case <-time.After(10 * time.Millisecond):
		}
	}
	_, err := s.change(time.Time{}, func() (*service.Workspace, error) { return nil, nil })
	return err
}
