package main

import (
	"context"
	"errors"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/service"
)

// findingsRuns is how often the rules of savings are run.
const findingsRuns = 3

// findingsPhase runs all rules of savings, and reads what they found as the page does, from where it is kept.
func (b *bench) findingsPhase(ctx context.Context) error {
	w, err := service.Open(ctx, b.workspace(), b.options())
	if err != nil {
		return err
	}
	anew := finops.NewDay(9999, 12, 31) // later than the bill, so that it changes nothing, and a question whose answer is not kept
	found, err := timed("found", findingsRuns, func() (int, error) {
		r, err := w.Savings.Find(ctx, service.SavingsQuestion{AsOf: &anew})
		if err != nil {
			return 0, err
		}
		return len(r.Findings), nil
	})
	if err != nil {
		return err
	}
	memory := peakMemory()
	kept, err := timed("kept", b.runs+1, func() (int, error) {
		r, _, err := w.Savings.Page(ctx)
		if err != nil {
			return 0, err
		}
		return len(r.Findings), nil
	})
	if err != nil {
		return err
	}
	return errors.Join(say(found, kept, measure{"memory", samples{memory}, 0}), w.Close())
}
