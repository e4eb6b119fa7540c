package service

import (
	"context"
	"maps"
	"sync"

	"cloud-intelligence/backend/source"
)

// turn is the place of one sync among those of a workspace, which follow each other: they share the pace of the providers, and the ledger. It is given
// away while a person is waited for, so that the others go on.
type turn struct {
	of   chan struct{} // holds one while a sync has its turn
	mu   sync.Mutex    // a sign-in may ask from a goroutine of the library of a provider
	held bool
}

// take waits for the turn; while it is held that is nothing. Only the sync itself takes its turn; a sign-in that gives it away meanwhile does not
// wait for it.
func (t *turn) take(ctx context.Context) error {
	if t.holds() {
		return nil
	}
	select {
	case t.of <- struct{}{}:
		t.mu.Lock()
		t.held = true
		t.mu.Unlock()
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

// give gives the turn away, where it is held.
func (t *turn) give() {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.held {
		t.held = false
		<-t.of
	}
}

// take waits for the turn of this sync. What others have brought in since it was given away is no change of this one.
func (s *syncing) take(ctx context.Context) error {
	if !s.turn.holds() {
		s.h.Message("Waiting for another sync")
	}
	if err := s.turn.take(ctx); err != nil || s.lent == nil {
		return err
	}
	now, err := s.monthTotals(ctx)
	if err != nil {
		return err
	}
	s.before, s.lent = s.before.moved(s.lent, now), nil
	return nil
}

func (t *turn) holds() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.held
}

// moved are totals with what changed from one time to another.
func (t monthTotals) moved(from, to monthTotals) monthTotals {
	moved := maps.Clone(t)
	for _, c := range to.changed(from) {
		at := [2]string{c.Month, c.Currency}
		sum := moved[at]
		sum.AddSum(c.Change)
		moved[at] = sum
	}
	return moved
}

// lending gives the turn away while a person is asked. It is taken again before the next month, and not before the sign-in goes on: the code of a
// device lasts half a minute.
func (s *syncing) lending(ask func(context.Context, source.Prompt) (string, error)) func(context.Context, source.Prompt) (string, error) {
	if ask == nil {
		return nil
	}
	return func(ctx context.Context, p source.Prompt) (string, error) {
		if s.before != nil {
			var err error
			if s.lent, err = s.monthTotals(ctx); err != nil {
				return "", err
			}
		}
		s.turn.give()
		return ask(ctx, p)
	}
}
