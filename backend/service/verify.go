package service

import (
	"context"
	"fmt"
	"slices"
	"time"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/ingest"
	"cloud-intelligence/backend/store"
)

// VerifyCheck is one comparison of a verification.
type VerifyCheck struct {
	Name   string `json:"name"`
	OK     bool   `json:"ok"`
	Detail string `json:"detail"`
}

// VerifyReport is the result of a verification.
type VerifyReport struct {
	OK       bool
	Checks   []VerifyCheck
	Duration time.Duration
}

// Verify proves that control totals, ledger, rollup and segments agree: every line is read
// back from the rows, added to the cell of the rollup that it belongs to, and compared
// with the packed segments; the sums are compared with what the files said, with every cell
// of the rollup, and with what the engine answers. It also lets SQLite check the file, and checks the
// audit log.
func (w Ledger) Verify(ctx context.Context) (*VerifyReport, error) {
	started := w.now()
	v := &verification{w: w.workspace, report: &VerifyReport{OK: true}}
	for _, step := range []func(context.Context) error{v.file, v.audit, v.load, v.ledger, v.once, v.answers} {
		if err := step(ctx); err != nil {
			return nil, fmt.Errorf("verify: %w", err)
		}
	}
	v.report.Duration = w.now().Sub(started)
	return v.report, nil
}

type verification struct {
	w        *workspace
	report   *VerifyReport
	imports  []store.Import // oldest first
	slices   []store.Slice
	totals   []store.ControlTotal
	currency map[uint32]string // of bill rows
	slice    map[uint32]int64  // of bill rows
}

func (v *verification) check(name string, ok bool, format string, args ...any) {
	v.report.OK = v.report.OK && ok
	v.report.Checks = append(v.report.Checks, VerifyCheck{name, ok, fmt.Sprintf(format, args...)})
}

func (v *verification) file(ctx context.Context) error {
	err := v.w.db.CheckIntegrity(ctx)
	if err != nil && finops.CodeOf(err) != finops.CodeCorrupt {
		return err
	}
	if err != nil {
		v.check("file", false, "%s", finops.MessageOf(err))
		return nil
	}
	v.check("file", true, "The file is intact.")
	return nil
}

func (v *verification) load(ctx context.Context) (err error) {
	if v.imports, err = v.w.db.Imports(ctx); err != nil {
		return err
	}
	slices.Reverse(v.imports)
	if v.slices, err = v.w.db.Slices(ctx); err != nil {
		return err
	}
	if v.totals, err = v.w.db.ControlTotals(ctx); err != nil {
		return err
	}
	v.currency, v.slice, err = v.w.db.BillCurrencies(ctx)
	return err
}

// once proves that every charge counts once: of several states, exports and views of a bill the
// ones count that ought to, and no other.
func (v *verification) once(ctx context.Context) error {
	records, err := v.w.db.BillRecords(ctx)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(records.Slices, func(s store.Slice) bool { return s.Sketch == nil && s.State != "undone" && s.Lines > 0 }) {
		v.check("duplicates", true, "Imported by an older version; checked with the next import.")
		return nil
	}
	active := map[int64]bool{}
	for _, s := range records.Slices {
		active[s.ID] = s.State == "active"
	}
	for _, s := range ingest.Decide(records) {
		if active[s.SliceID] != s.Active {
			v.check("duplicates", false, "A bill that the workspace has more than once counts twice, or not at all. Choose on the page Bills which export is used.")
			return nil
		}
	}
	v.check("duplicates", true, "No duplicate bills.")
	return nil
}

// sumKey is a currency of a slice.
type sumKey struct {
	slice    int64
	currency string
}

func orOK(text, ok string) string {
	if text == "" {
		return ok
	}
	return text
}

func addControl(all map[sumKey]*store.Sums, t store.ControlTotal) {
	k := sumKey{t.SliceID, t.Currency}
	if all[k] == nil {
		all[k] = &store.Sums{Lines: t.Lines}
	}
	m := store.MeasureIndex(string(t.Metric))
	if m < 0 || m >= store.CostCount {
		return
	}
	all[k].Known[m] += t.Known
	all[k].Sum[m].AddSum(t.Amount)
}

func addStored(all map[sumKey]*store.Sums, k sumKey, s *store.Sums) {
	if all[k] == nil {
		all[k] = &store.Sums{}
	}
	all[k].Lines += s.Lines
	for m := range s.Sum {
		all[k].Known[m] += s.Known[m]
		all[k].Sum[m].AddSum(s.Sum[m])
	}
}

// differences names the first difference between control totals and stored lines.
func (v *verification) differences(importID int64, want, have map[sumKey]*store.Sums) string {
	for _, s := range v.slices {
		if s.ImportID != importID || (s.State != "active" && s.State != "superseded") {
			continue
		}
		for k, w := range want {
			if k.slice != s.ID {
				continue
			}
			if text := difference(w, have[k]); text != "" {
				return fmt.Sprintf("The bill of %s %s %s in %q differs: %s.", s.Provider, s.BillingAccount, s.Month, k.currency, text)
			}
		}
	}
	return ""
}

func difference(want, have *store.Sums) string {
	if have == nil {
		have = &store.Sums{}
	}
	if want.Lines != have.Lines {
		return fmt.Sprintf("%d lines, the control total is %d", have.Lines, want.Lines)
	}
	for m, metric := range finops.Metrics {
		if want.Known[m] != have.Known[m] || want.Sum[m].Cmp(have.Sum[m]) != 0 {
			return fmt.Sprintf("%s is %s, the control total is %s", metric, have.Sum[m], want.Sum[m])
		}
	}
	return ""
}

func currencies(n int) string {
	if n == 1 {
		return "one currency"
	}
	return fmt.Sprintf("%d currencies", n)
}

// answers compares what the engine says, from the rollup and from the segments, with
// the control totals of the bills that count.
func (v *verification) answers(ctx context.Context) error {
	want := map[string]*store.Sums{}
	active := map[int64]bool{}
	for _, s := range v.slices {
		active[s.ID] = s.State == "active"
	}
	perSlice := map[sumKey]*store.Sums{}
	for _, t := range v.totals {
		if active[t.SliceID] {
			addControl(perSlice, t)
		}
	}
	for k, s := range perSlice {
		if want[k.currency] == nil {
			want[k.currency] = &store.Sums{}
		}
		have := want[k.currency]
		have.Lines += s.Lines
		for m := range s.Sum {
			have.Known[m] += s.Known[m]
			have.Sum[m].AddSum(s.Sum[m])
		}
	}
	v.w.engine.Reload()
	for _, part := range []struct {
		name, words string
		finops.Question
	}{
		{"rollup", "The daily totals agree with", finops.Question{Metrics: finops.Metrics}},
		// A column that the rollup does not have makes the engine read the segments.
		{"segments", "The columns for analysis agree with", finops.Question{Metrics: finops.Metrics, GroupBy: []string{"ResourceId"}, Limit: 1}},
	} {
		a, err := v.w.engine.Ask(ctx, part.Question)
		if finops.CodeOf(err) == finops.CodeCorrupt {
			v.check(part.name, false, "%s", finops.MessageOf(err))
			continue
		}
		if err != nil {
			return err
		}
		differ := ""
		for _, t := range a.Totals {
			w := want[t.Currency]
			if w == nil || w.Lines != t.Lines {
				differ = fmt.Sprintf("%d lines in %q; the control totals say otherwise", t.Lines, t.Currency)
				break
			}
			for m, sum := range t.Amounts {
				if (sum == nil) != (w.Known[m] == 0) || (sum != nil && sum.Cmp(w.Sum[m]) != 0) {
					differ = fmt.Sprintf("%s in %q is not the control total %s", finops.Metrics[m], t.Currency, w.Sum[m])
				}
			}
		}
		if len(a.Totals) != len(want) {
			differ = "a currency is missing"
		}
		v.check(part.name, differ == "", "%s", orOK(differ, fmt.Sprintf("%s the control totals, in %s.", part.words, currencies(len(want)))))
	}
	return nil
}
