package service

import (
	"context"
	"encoding/json"
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
// counts every line that counts once, from the packed segments and the stored rows, and keeps what it
// counted: until the ledger changes, or the month ends, it is not counted again.
func (w Quality) Passport(ctx context.Context) (*passport.Passport, error) {
	for range passportTries {
		facts, ledger, err := w.savedFacts(ctx)
		if err != nil {
			return nil, fmt.Errorf("make passport: %w", err)
		}
		if facts != nil {
			return passport.Build(*facts), nil
		}
		if facts, err = w.facts(ctx); err != nil {
			return nil, fmt.Errorf("make passport: %w", err)
		}
		after, err := w.db.LedgerVersion(ctx)
		if err != nil {
			return nil, fmt.Errorf("make passport: %w", err)
		}
		if after == ledger {
			return passport.Build(*facts), w.keepFacts(ctx, facts, ledger)
		}
	}
	return nil, finops.Errorf(finops.CodeUnavailable, "The ledger is being changed. Wait until the import has ended and try again.")
}

// Counted says whether a passport of the ledger as it is need not count the lines.
func (w Quality) Counted(ctx context.Context) (bool, error) {
	facts, _, err := w.savedFacts(ctx)
	return facts != nil, err
}

func (w Quality) today() finops.Day { return finops.DayOfUnix(w.now().Unix()) }

// savedFacts returns the facts that were counted before, as of today; nil where they have to be counted
// for this version of the ledger.
func (w Quality) savedFacts(ctx context.Context) (facts *passport.Facts, ledger int64, err error) {
	if ledger, err = w.db.LedgerVersion(ctx); err != nil {
		return nil, 0, err
	}
	content, counted, err := w.db.SavedFacts(ctx)
	if err != nil || content == "" || counted != ledger {
		return nil, ledger, err
	}
	facts = &passport.Facts{}
	readable := json.Unmarshal([]byte(content), facts) == nil  // another version of the program may have kept it
	if !readable || facts.Today.Month() != w.today().Month() { // a line is of an open bill until its month ends
		return nil, ledger, nil
	}
	facts.Today = w.today()
	return facts, ledger, nil
}

// keepFacts keeps what was counted, where something can be written.
func (w Quality) keepFacts(ctx context.Context, facts *passport.Facts, ledger int64) error {
	text, err := json.Marshal(facts)
	if err != nil {
		return fmt.Errorf("write passport: %w", err)
	}
	err = w.db.SaveFacts(ctx, string(text), ledger, w.user, w.now())
	switch finops.CodeOf(err) {
	case finops.CodeDenied, finops.CodeUnavailable:
		return nil // the next one counts again
	}
	return err
}

func (w Quality) facts(ctx context.Context) (*passport.Facts, error) {
	names, err := w.engine.AccountNames(ctx)
	if err != nil {
		return nil, err
	}
	s := &survey{db: w.db, today: w.today(), names: names}
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
