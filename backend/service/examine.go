package service

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/ingest"
)

// previewLines is how many lines a preview reads to the end without being asked to: a few seconds.
const previewLines = 1_000_000

// small says that the files can be read to their end while a person waits.
func (w *workspace) small(p *Plan) bool {
	var lines int64
	for _, f := range p.Files {
		lines += f.EstimatedLines
	}
	return lines <= w.previewLines
}

// Look does as Plan does, and examines the files where they are few. It reports how far it is.
func (w Imports) Look(ctx context.Context, paths []string, report func(PlanProgress)) (*Plan, error) {
	plan, err := w.plan(ctx, paths, report)
	if err != nil || !w.small(plan) || len(plan.Files) == 0 {
		return plan, err
	}
	p := PlanProgress{FilesTotal: int64(len(plan.Files))}
	return w.Examine(ctx, plan, func(read ingest.Progress) {
		if read.File != p.File && p.File != "" {
			p.Files++
		}
		p.File, p.Lines = read.File, read.Lines
		report(p)
	})
}

// Examine reads the files of a plan to their end, without changing anything, and returns the plan
// with what that has shown: damage, exact lines and costs, and what an import would do (Outlook).
func (w Imports) Examine(ctx context.Context, plan *Plan, report func(ingest.Progress)) (*Plan, error) {
	if err := w.prepare(ctx); err != nil && finops.CodeOf(err) != finops.CodeUnavailable && finops.CodeOf(err) != finops.CodeDenied {
		return nil, err // without the write lock bills of older versions are compared by their days only
	}
	e, err := ingest.Examine(ctx, w.db, w.itemsOf(plan), ingest.Options{User: w.user, Now: w.now, Progress: report})
	if ctx.Err() != nil {
		return nil, planCancelled(ctx)
	}
	if err != nil {
		return nil, fmt.Errorf("examine the files: %w", err)
	}
	examined := *plan
	examined.Examined = e
	return &examined, nil
}

// damaged are the files which could not be read to their end.
func (p *Plan) damaged() (list []ingest.LeftOut) {
	if p.Examined == nil {
		return nil
	}
	for _, f := range p.Examined.Files {
		if f.Trouble != nil {
			list = append(list, ingest.LeftOut{File: f.File, Reason: f.Trouble})
		}
	}
	return list
}

// withoutDamaged adds to answers that the damaged files are left out.
func (p *Plan) withoutDamaged(answers map[string]ingest.Overlap) map[string]ingest.Overlap {
	all := maps.Clone(answers)
	for _, f := range p.damaged() {
		if all == nil {
			all = map[string]ingest.Overlap{}
		}
		all[f.File.Name()] = ingest.OverlapLeave
	}
	return all
}

// itemsOf lists the files of a plan in the order in which an import reads them: those of the first
// sources first, so that of two equal exports of one bill in one import FOCUS is used.
func (w Imports) itemsOf(plan *Plan) []ingest.Item {
	items := make([]ingest.Item, len(plan.Files))
	for i, f := range plan.Files {
		items[i] = f.Item
	}
	slices.SortStableFunc(items, func(a, b ingest.Item) int { return cmp.Compare(w.rank(a.Source), w.rank(b.Source)) })
	return items
}
