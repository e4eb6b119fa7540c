package service

import (
	"context"
	"slices"

	"cloud-intelligence/backend/analysis/savings"
	"cloud-intelligence/backend/engine"
	"cloud-intelligence/backend/finops"
)

// DayCost is what something cost on a day, at EffectiveCost.
type DayCost struct {
	Day  string // YYYY-MM-DD
	Cost finops.Sum
}

// courseDays is how many days before the newest one a course begins.
const courseDays = 120

// Course returns what the lines that a finding is measured by cost by day, over four months at most: all usage of the resource that it names, or the kind of
// lines that are its evidence. Days without charges are left out. It answers CodeNotFound when there is no finding of the id.
func (w Savings) Course(ctx context.Context, id string) ([]DayCost, error) {
	f, err := w.finding(ctx, id)
	if err != nil {
		return nil, err
	}
	where := f.Where()
	if e := f.Effect(); e.Reason == "" {
		where = e.Where
	}
	var days []DayCost
	err = w.engine.WithSnapshot(ctx, func(s *engine.Snapshot) error {
		answer, err := s.Ask(ctx, finops.Question{Metrics: []finops.Metric{finops.EffectiveCost}, Grain: finops.GrainDay, Where: where, Currency: f.Currency, Sort: finops.SortKeys})
		if err != nil {
			return err
		}
		for _, row := range answer.Rows {
			if row.Amounts[0] != nil {
				days = append(days, DayCost{row.Time, *row.Amounts[0]})
			}
		}
		return nil
	})
	if err != nil || len(days) == 0 {
		return nil, err
	}
	last, err := finops.ParseDay(days[len(days)-1].Day)
	if err != nil {
		return nil, err
	}
	first := (last - courseDays).String()
	return slices.DeleteFunc(days, func(d DayCost) bool { return d.Day < first }), nil
}

// finding returns a finding that was found the last time, or that a person decided about.
func (w Savings) finding(ctx context.Context, id string) (*savings.Finding, error) {
	found, _, err := w.Page(ctx)
	if err != nil {
		return nil, err
	}
	if at := slices.IndexFunc(found.Findings, func(f *savings.Finding) bool { return f.ID == id }); at >= 0 {
		return found.Findings[at], nil
	}
	tracked, err := w.Tracked(ctx)
	if err != nil {
		return nil, err
	}
	if at := slices.IndexFunc(tracked, func(t TrackedFinding) bool { return t.ID == id && t.Finding != nil }); at >= 0 {
		return tracked[at].Finding, nil
	}
	return nil, finops.Errorf(finops.CodeNotFound, "There is no finding %q; `findings` lists them.", id)
}
