package service

import (
	"context"
	"fmt"

	"cloud-intelligence/backend/analysis/passport"
	"cloud-intelligence/backend/finops"
)

// Quality says how far the data of a workspace can be relied on.
type Quality struct{ *workspace }

// passportTries bounds how often a passport is begun again because the ledger changed
// while it was counted.
const passportTries = 3

// Passport says what the data of the workspace is good for: by data set and as a whole. It
// counts every line that counts once, from the packed segments and the stored rows.
func (w Quality) Passport(ctx context.Context) (*passport.Passport, error) {
	for range passportTries {
		before, err := w.db.DataVersion(ctx)
		if err != nil {
			return nil, fmt.Errorf("make passport: %w", err)
		}
		facts, err := w.facts(ctx)
		if err != nil {
			return nil, fmt.Errorf("make passport: %w", err)
		}
		after, err := w.db.DataVersion(ctx)
		if err != nil {
			return nil, fmt.Errorf("make passport: %w", err)
		}
		if before == after {
			return passport.Build(*facts), nil
		}
	}
	return nil, finops.Errorf(finops.CodeUnavailable, "The ledger is being changed. Wait until the import has ended and try again.")
}

func (w Quality) facts(ctx context.Context) (*passport.Facts, error) {
	names, err := w.engine.AccountNames(ctx)
	if err != nil {
		return nil, err
	}
	s := &survey{db: w.db, today: finops.DayOfUnix(w.now().Unix()), names: names}
	for _, step := range []func(context.Context) error{s.loadSets, s.loadGroups, s.scanSegments, s.findDuplicates} {
		if err := step(ctx); err != nil {
			return nil, err
		}
	}
	facts, err := s.facts(ctx)
	if err != nil {
		return nil, err
	}
	facts.Today = s.today
	return facts, nil
}
