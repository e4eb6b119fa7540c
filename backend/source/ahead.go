package source

import (
	"context"
	"slices"
	"sync"

	"cloud-intelligence/backend/finops"
)

// Ahead returns a reader that reads r in a goroutine of its own, one batch ahead of the
// caller, so that splitting and mapping records goes on while the batch before is used.
// Sources whose mapping takes about as long as the import's own work are worth it. Close
// ends the goroutine, waits for it and closes r.
func Ahead(r Reader) Reader { return &ahead{reader: r, answers: make(chan answer)} }

type ahead struct {
	reader   Reader
	answers  chan answer
	cancel   context.CancelFunc // nil before the first Next
	done     chan struct{}
	last     error // what every Next answers from now on
	warnings []string
	once     sync.Once
	closed   error
}

// answer is what Next of the reader said, and what was odd by then.
type answer struct {
	batch    *Batch
	err      error
	warnings []string
}

// Next returns the next batch. Cancelling ctx ends the waiting, not the reading ahead.
func (a *ahead) Next(ctx context.Context) (*Batch, error) {
	if err := context.Cause(ctx); err != nil {
		return nil, err
	}
	if a.last != nil {
		return nil, a.last
	}
	if a.cancel == nil {
		a.start(ctx)
	}
	select {
	case x := <-a.answers:
		a.warnings, a.last = x.warnings, x.err
		return x.batch, x.err
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	}
}

// start begins to read. The goroutine ends with the reader or with Close, whatever becomes
// of the ctx of the call that happened to be the first.
func (a *ahead) start(ctx context.Context) {
	ctx, a.cancel = context.WithCancel(context.WithoutCancel(ctx))
	a.done = make(chan struct{})
	go a.read(ctx)
}

func (a *ahead) read(ctx context.Context) {
	defer close(a.done)
	for {
		var x answer
		x.batch, x.err = a.reader.Next(ctx)
		x.warnings = WarningsOf(a.reader)
		select {
		case a.answers <- x:
		case <-ctx.Done():
			if x.batch != nil {
				x.batch.Release()
			}
			return
		}
		if x.err != nil {
			return
		}
	}
}

// WarningsOf asks a reader that can say what was odd in the records read so far.
func WarningsOf(r Reader) []string {
	if w, ok := r.(interface{ Warnings() []string }); ok {
		return w.Warnings()
	}
	return nil
}

// WarningsWith returns what was odd when the file was recognised, and then what was odd in
// the records that a reader of it has read so far, each sentence once.
func (r Recognition) WarningsWith(reader Reader) []string {
	var all []string
	for _, w := range slices.Concat(r.Warnings, WarningsOf(reader)) {
		if !slices.Contains(all, w) {
			all = append(all, w)
		}
	}
	return all
}

// Warnings says what was changed or odd in the records read so far.
func (a *ahead) Warnings() []string { return a.warnings }

// Progress returns the bytes that were consumed so far, also for what was read ahead.
func (a *ahead) Progress() int64 { return a.reader.Progress() }

// SHA256 returns the hash of the file; see Reader.
func (a *ahead) SHA256() string { return a.reader.SHA256() }

// Close ends reading; it may be called more than once.
func (a *ahead) Close() error {
	a.once.Do(func() {
		if a.cancel != nil {
			a.cancel()
			<-a.done
		}
		if a.last == nil {
			a.last = finops.Errorf(finops.CodeInternal, "A file was closed while it was being read.")
		}
		a.closed = a.reader.Close()
	})
	return a.closed
}
