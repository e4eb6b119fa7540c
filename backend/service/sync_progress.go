package service

import (
	"context"
	"fmt"
	"io"
	"slices"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/platform/network"
	"cloud-intelligence/backend/source"
)

// progress is how far a sync is, in bytes.
type progress struct {
	done   int64  // of months that are fetched
	total  int64  // 0 = not known: a place that makes its files when they are fetched
	place  string // of the month among those of the run: ", 3 of 13"; "" = it is the only one
	notice string // what the month that is fetched is charged; "" = nothing
}

// expect adds up what is to be fetched.
func (p *progress) expect(todo []source.Group) {
	p.total = p.done
	for _, g := range todo {
		if g.Holds == source.Bills && slices.ContainsFunc(g.Objects, func(o source.Object) bool { return o.Size < 0 }) {
			p.total = 0
			return
		}
		p.total += g.Size()
	}
}

// fetches shows that a month is fetched, and how much of the object is there.
func (s *syncing) fetches(name string, part int64) {
	done := s.done + part
	if s.total > 0 {
		s.total = max(s.total, s.done) // what is read beside bills has no size before it is fetched
		done = min(done, s.total)
	}
	text := "Fetching " + name + s.place
	if s.notice != "" {
		text += ". " + s.notice
	}
	s.h.Progress(done, s.total, s.run.Lines, text)
}

// notes shows what the calls that follow are charged, until the month is fetched.
func (s *syncing) notes(charge string) {
	s.notice = charge
	s.h.Message(charge)
}

func (s *syncing) waiting(w network.Wait) {
	s.h.Message(fmt.Sprintf("Waiting for %s until %s: %s", w.API, w.Until.Local().Format("15:04:05"), finops.MessageOf(w.Err)))
}

// measured is a connection that reports what it writes, piece by piece.
type measured struct {
	source.Connection
	written func(bytes int)
}

func (m measured) Fetch(ctx context.Context, o source.Object, w io.Writer) error {
	return m.Connection.Fetch(ctx, o, source.Counted(w, m.written))
}
