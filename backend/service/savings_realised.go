package service

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"cloud-intelligence/backend/analysis/savings"
	"cloud-intelligence/backend/engine"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/finops/filter"
	"cloud-intelligence/backend/store"
)

// measureAll measures findings that are done. A measurement of several findings about the same lines depends on all of them, so that one
// which is due makes the others of its lines due too only when the ledger changes; until then each keeps its part.
func (w Savings) measureAll(ctx context.Context, b *ruleBook, due []*TrackedFinding) error {
	same := sameEffect(b.tracked)
	return w.engine.WithSnapshot(ctx, func(s *engine.Snapshot) error {
		x := examination{snapshot: s}
		sets, err := x.sets(ctx)
		if err != nil {
			return err
		}
		has, err := x.columns(ctx)
		if err != nil {
			return err
		}
		for _, t := range due {
			m, err := x.measure(ctx, t, sets, has)
			if err != nil {
				return err
			}
			if e := t.Finding.Effect(); e.Reason == "" {
				m.Judge(t.Finding, same[filter.Print(e.Where)])
			}
			t.Measured = &m
		}
		return nil
	})
}

func (x examination) measure(ctx context.Context, t *TrackedFinding, sets []savings.DataSet, has func(string) bool) (savings.Measurement, error) {
	effect := t.Finding.Effect()
	if effect.Reason != "" {
		return savings.Measurement{Outcome: savings.Unmeasurable, Reason: effect.Reason}, nil
	}
	done, err := finops.ParseDay(t.DoneOn)
	if err != nil {
		return savings.Measurement{}, fmt.Errorf("read the day on which a finding was done: %w", err)
	}
	at := slices.IndexFunc(sets, func(s savings.DataSet) bool {
		return s.Provider == t.Finding.Provider && s.Account == t.Finding.BillingAccount
	})
	if at < 0 {
		return savings.Measurement{Outcome: savings.Unmeasurable, Reason: "The workspace has no usage of this billing account any more."}, nil
	}
	table, err := x.table(ctx, &savings.Catalogue{Rules: []*savings.Rule{t.Finding.Rule}}, has, effect.Where)
	if err != nil {
		return savings.Measurement{}, err
	}
	return savings.Measure(ctx, table, sets[at], done)
}

// RealisedTotal adds up what was measured of findings that are done, in one currency, for a month.
type RealisedTotal struct {
	Currency string     `json:"currency"`
	Findings int        `json:"findings"` // that were measured
	Promised finops.Sum `json:"promised"` // net saving of these
	Saved    finops.Sum `json:"saved"`
	Waiting  int        `json:"waiting"` // done, and too few settled days since, or not measurable
}

// RealisedTotals adds up what was measured, by currency.
func RealisedTotals(tracked []TrackedFinding) []RealisedTotal {
	var totals []RealisedTotal
	for i := range tracked {
		t := &tracked[i]
		if t.State != savings.Done || t.Finding == nil {
			continue
		}
		at := slices.IndexFunc(totals, func(r RealisedTotal) bool { return r.Currency == t.Finding.Currency })
		if at < 0 {
			at = len(totals)
			totals = append(totals, RealisedTotal{Currency: t.Finding.Currency})
		}
		if t.Measured == nil || t.Measured.Saved == nil {
			totals[at].Waiting++
			continue
		}
		totals[at].Findings++
		totals[at].Promised.Add(*t.Finding.Net)
		totals[at].Saved.Add(*t.Measured.Saved)
	}
	slices.SortFunc(totals, func(a, b RealisedTotal) int { return strings.Compare(a.Currency, b.Currency) })
	return totals
}

// HistoryTotal is what could be saved in a month in one currency, as it was found for one state of the ledger.
type HistoryTotal struct {
	Currency    string     `json:"currency"`
	MonthlyCost finops.Sum `json:"monthlyCost"`
	Net         finops.Sum `json:"net"`
	Candidates  finops.Sum `json:"candidates"`
	Findings    int        `json:"findings"` // that make Net
	Realised    finops.Sum `json:"realised"` // measured of what is done
}

// SavingsRecord are the totals of one state of the ledger.
type SavingsRecord struct {
	FoundAt time.Time
	AsOf    string // the last day that counted, YYYY-MM-DD; "" = there was no usage
	Totals  []HistoryTotal
}

// History returns the totals that were found over the imports, the oldest first.
func (w Savings) History(ctx context.Context) ([]SavingsRecord, error) {
	rows, err := w.db.SavingsHistory(ctx)
	if err != nil {
		return nil, err
	}
	list := make([]SavingsRecord, len(rows))
	for i, r := range rows {
		list[i] = SavingsRecord{FoundAt: r.FoundAt, AsOf: r.AsOf}
		if err := json.Unmarshal([]byte(r.Content), &list[i].Totals); err != nil {
			return nil, finops.WrapError(finops.CodeCorrupt, err, "The history of savings cannot be read.")
		}
	}
	return list, nil
}

// record keeps the totals of the state of the ledger, where what is kept belongs to it.
func (w Savings) record(ctx context.Context, b *ruleBook) error {
	if w.db.ReadOnly() {
		return nil
	}
	found, stale, err := w.kept(ctx, b)
	if err != nil || found == nil || stale {
		return err // they are recorded when the ledger is examined again
	}
	ledger, err := w.db.LedgerVersion(ctx)
	if err != nil {
		return err
	}
	text, err := json.Marshal(historyTotals(found, b.tracked))
	if err != nil {
		return fmt.Errorf("write the history of savings: %w", err)
	}
	r := store.SavingsRecord{Ledger: ledger, Content: string(text)}
	if found.AsOf != nil {
		r.AsOf = found.AsOf.String()
	}
	return w.db.SaveSavingsRecord(ctx, r, w.user, w.now())
}

func historyTotals(r *savings.Result, tracked []TrackedFinding) []HistoryTotal {
	list := []HistoryTotal{}
	for _, t := range SavingsTotals(r) {
		h := HistoryTotal{Currency: t.Currency, MonthlyCost: t.MonthlyCost, Net: t.Net, Candidates: t.Candidates}
		for _, s := range t.Stages {
			h.Findings += s.Findings
		}
		for _, done := range RealisedTotals(tracked) {
			if done.Currency == t.Currency {
				h.Realised = done.Saved
			}
		}
		list = append(list, h)
	}
	return list
}
