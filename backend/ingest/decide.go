package ingest

import (
	"context"
	"errors"
	"maps"
	"slices"

	"cloud-intelligence/backend/finops"
)

// unreadable is why a file cannot be read, as against what ends an import.
type unreadable struct{ error }

func (u *unreadable) Unwrap() error { return u.error }

// decide settles what the import means for the bills held and asks a person where that is not
// clear, as often as it takes. nil = nothing is to be imported: the result says why.
func (r *run) decide(ctx context.Context) (*settled, error) {
	for reviewed := r.opts.Review == ReviewNever; ; {
		r.result, r.delivered = &Result{Files: slices.Clone(r.known), LeftOut: r.damaged}, nil
		s, err := r.settle(ctx)
		if err != nil {
			return nil, err
		}
		open := len(r.result.Conflicts) > 0
		if !open {
			if err := r.prove(ctx); err != nil {
				return nil, err
			}
			if err := r.compare(ctx, s); err != nil {
				return nil, err
			}
			if reviewed || (r.opts.Review == ReviewRestated && len(s.replaced) == 0) {
				return &s, nil
			}
			r.result.NeedsReview = true
			r.reportFiles()
		}
		if r.opts.Ask == nil || r.opts.Review == ReviewAlways {
			return nil, nil
		}
		answers, err := r.opts.Ask(ctx, r.result)
		if err != nil {
			return nil, err
		}
		reviewed = reviewed || !open
		if r.answer(answers); len(r.files) == 0 {
			r.result = &Result{Files: slices.Clone(r.known), LeftOut: r.damaged}
			return nil, nil
		}
	}
}

// prove compares what was written with what was read, once.
func (r *run) prove(ctx context.Context) error {
	if r.checked {
		return nil
	}
	r.reportProgress(Progress{Stage: "checking", Lines: r.resultLines()}, true)
	r.checked = true
	return r.check(ctx)
}

// answer takes the answers of a person over. A file that is left out is written already.
func (r *run) answer(answers map[string]Overlap) {
	all := maps.Clone(r.opts.Answers)
	if all == nil {
		all = map[string]Overlap{}
	}
	maps.Copy(all, answers)
	r.opts.Answers = all
	for i := len(r.files) - 1; i >= 0; i-- {
		if all[r.files[i].name] == OverlapLeave {
			r.leaveOut(r.files[i])
			r.files, r.results = slices.Delete(r.files, i, i+1), slices.Delete(r.results, i, i+1)
			r.headers, r.focus = slices.Delete(r.headers, i, i+1), slices.Delete(r.focus, i, i+1)
		}
	}
}

// leaveDamaged leaves a file out that turned out to be damaged, and reports whether it may. A
// drive that is gone, a cancelled ctx or strict reading end the import.
func (r *run) leaveDamaged(ctx context.Context, item Item, err error) bool {
	var bad *unreadable
	if !errors.As(err, &bad) || ctx.Err() != nil || r.opts.Strict {
		return false
	}
	if !slices.Contains([]finops.Code{finops.CodeCorrupt, finops.CodeInvalid, finops.CodeUnsupported}, finops.CodeOf(err)) {
		return false
	}
	r.damaged = append(r.damaged, LeftOut{item.Recognition.File, bad.error})
	r.read += item.Recognition.File.Size
	if r.coder != nil && r.coder.file != nil && r.coder.file.name == item.Recognition.File.Name() {
		r.leaveOut(r.coder.file)
	}
	return true
}

// leaveOut keeps a file of which lines are written from counting: its lines stay in the workspace, as
// those of a file that was undone do.
func (r *run) leaveOut(f *fileTally) {
	r.left = append(r.left, f)
	for k, s := range r.tally.slices {
		if k.file == f {
			r.leftSlices = append(r.leftSlices, int64(s.id))
			delete(r.tally.slices, k)
		}
	}
}
