package service

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"runtime"
	"slices"

	"cloud-intelligence/backend/analysis/document"
	"cloud-intelligence/backend/analysis/savings"
	"cloud-intelligence/backend/engine"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/job"
	"cloud-intelligence/backend/platform/heap"
)

// Savings is the area of what a client could stop paying for.
type Savings struct{ *workspace }

// SavingsQuestion asks for findings.
type SavingsQuestion struct {
	// Where selects findings with evidence that matches; the rules see the whole workspace.
	Where finops.Filter
	AsOf  *finops.Day // the last day that counts; nil = as far as each data set can be relied on
}

// whole reports whether the question is about the whole workspace as far as it can be relied on: its answer is kept.
func (q SavingsQuestion) whole() bool { return q.AsOf == nil && q.Where.Normal().Everything() }

// Find examines the ledger with all rules, or takes what was found before where neither ledger nor rules have changed since. It answers
// CodeInvalid for a filter that the ledger cannot answer.
func (w Savings) Find(ctx context.Context, q SavingsQuestion) (*savings.Result, error) {
	b, err := w.ruleBook(ctx)
	if err != nil {
		return nil, err
	}
	if !q.whole() {
		found, err := w.examine(ctx, b, q)
		if err != nil {
			return nil, err
		}
		return w.decide(b, found), nil
	}
	kept, stale, err := w.kept(ctx, b)
	if err != nil || (kept != nil && !stale) {
		return kept, err
	}
	return w.findAndKeep(ctx, b)
}

func (w Savings) examine(ctx context.Context, b *ruleBook, q SavingsQuestion) (*savings.Result, error) {
	defer heap.Spare(heap.Tightly)()
	var result *savings.Result
	err := w.engine.WithSnapshot(ctx, func(s *engine.Snapshot) error {
		x, err := w.examination(ctx, s, q, b)
		if err != nil {
			return err
		}
		if result, err = x.examine(ctx, b.catalogue); err != nil {
			return err
		}
		return x.teams(ctx, result, b.dimensions)
	})
	return result, err
}

// findAndKeep examines the whole ledger, keeps what it finds with its totals, and measures what is done.
func (w Savings) findAndKeep(ctx context.Context, b *ruleBook) (*savings.Result, error) {
	before, err := w.db.LedgerVersion(ctx)
	if err != nil {
		return nil, err
	}
	result, err := w.examine(ctx, b, SavingsQuestion{})
	if err != nil {
		return nil, err
	}
	if w.db.ReadOnly() {
		return w.decide(b, result), nil
	}
	after, err := w.db.LedgerVersion(ctx)
	if err != nil || after != before {
		return w.decide(b, result), err // what was found belongs to neither
	}
	text, err := savings.Keep(result)
	if err != nil {
		return nil, err
	}
	if err := w.db.SaveFindings(ctx, text, before, b.version, w.user, w.now()); err != nil {
		return nil, err
	}
	if err := w.measure(ctx, b); err != nil {
		return nil, err
	}
	return w.decide(b, result), w.record(ctx, b)
}

// kept reads what was found the last time; nil = nothing was kept, or in another form.
func (w Savings) kept(ctx context.Context, b *ruleBook) (result *savings.Result, stale bool, err error) {
	text, ledger, rules, err := w.db.SavedFindings(ctx)
	if err != nil || text == "" {
		return nil, true, err
	}
	now, err := w.db.LedgerVersion(ctx)
	if err != nil {
		return nil, true, err
	}
	result, err = savings.Kept(text, b.all())
	if err != nil {
		return nil, true, nil //nolint:nilerr // what an older version kept is found again
	}
	return w.decide(b, result), ledger != now || rules != b.version, nil
}

// Page returns what was found of the whole workspace without looking again where something was kept. stale says that the ledger or the
// rules have changed since; then a job begins that finds it again, unless one runs already.
func (w Savings) Page(ctx context.Context) (result *savings.Result, stale bool, err error) {
	b, err := w.ruleBook(ctx)
	if err != nil {
		return nil, false, err
	}
	result, stale, err = w.kept(ctx, b)
	switch {
	case err != nil || (result != nil && !stale):
		return result, false, err
	case result == nil || w.db.ReadOnly():
		result, err = w.findAndKeep(ctx, b)
		return result, false, err
	}
	return result, true, w.startFinding(ctx)
}

// Known returns what was found of the whole workspace the last time, whatever has changed since; nil = nothing was. It examines nothing.
func (w Savings) Known(ctx context.Context) (*savings.Result, error) {
	b, err := w.ruleBook(ctx)
	if err != nil {
		return nil, err
	}
	found, _, err := w.kept(ctx, b)
	return found, err
}

// startFinding begins to find again, unless that is under way.
func (w Savings) startFinding(ctx context.Context) error {
	_, err := w.book.Start(ctx, KindFindings, "Look for savings", nil, nil, nil)
	if finops.CodeOf(err) == finops.CodeUnavailable {
		return nil // another process does
	}
	return err
}

// Refresh begins a job that finds again where something was kept and the ledger or the rules have changed since.
func (w Savings) Refresh(ctx context.Context) error {
	if w.db.ReadOnly() {
		return nil
	}
	text, _, _, err := w.db.SavedFindings(ctx)
	if err != nil || text == "" {
		return err
	}
	if fresh, err := w.fresh(ctx); err != nil || fresh {
		return err
	}
	return w.startFinding(ctx)
}

// fresh reports whether what is kept belongs to the ledger and the rules of now.
func (w Savings) fresh(ctx context.Context) (bool, error) {
	b, err := w.ruleBook(ctx)
	if err != nil {
		return false, err
	}
	_, ledger, rules, err := w.db.SavedFindings(ctx)
	if err != nil {
		return false, err
	}
	now, err := w.db.LedgerVersion(ctx)
	return ledger == now && rules == b.version, err
}

// findJob finds again as a job, until nothing has changed meanwhile.
func (w Savings) findJob(ctx context.Context, h *job.Handle, _ json.RawMessage) (any, error) {
	h.Progress(0, 1, 0, "Examining charge lines")
	for {
		b, err := w.ruleBook(ctx)
		if err != nil {
			return nil, err
		}
		result, err := w.findAndKeep(ctx, b)
		if err != nil {
			return nil, err
		}
		if fresh, err := w.fresh(ctx); err != nil {
			return nil, err
		} else if fresh || w.db.ReadOnly() {
			h.Finish(job.Outcome{Note: fmt.Sprintf("%d findings.", len(result.Findings))})
			return nil, nil
		}
	}
}

// Explain returns a finding with its evidence, from which its money was calculated again. It answers
// CodeNotFound when there is no finding of the id.
func (w Savings) Explain(ctx context.Context, id string, q SavingsQuestion) (*savings.Finding, *savings.Evidence, error) {
	b, err := w.ruleBook(ctx)
	if err != nil {
		return nil, nil, err
	}
	var finding *savings.Finding
	var evidence *savings.Evidence
	err = w.engine.WithSnapshot(ctx, func(s *engine.Snapshot) error {
		x, err := w.examination(ctx, s, q, b)
		if err != nil {
			return err
		}
		result, err := x.examine(ctx, b.catalogue)
		if err != nil {
			return err
		}
		w.decide(b, result)
		at := slices.IndexFunc(result.Findings, func(f *savings.Finding) bool { return f.ID == id })
		if at < 0 {
			return finops.Errorf(finops.CodeNotFound, "There is no finding %q; `findings` lists them.", id)
		}
		finding = result.Findings[at]
		evidence, err = x.explain(ctx, finding)
		return err
	})
	return finding, evidence, err
}

// examination answers a SavingsQuestion of one snapshot.
type examination struct {
	snapshot  *engine.Snapshot
	q         SavingsQuestion
	dismissed map[string]bool // findings by id
	facts     *document.Facts // of documents of the client; nil = there are none
}

func (w Savings) examination(ctx context.Context, s *engine.Snapshot, q SavingsQuestion, b *ruleBook) (examination, error) {
	facts, err := Documents(w).facts(ctx)
	return examination{s, q, b.dismissed, facts}, err
}

func (x examination) examine(ctx context.Context, c *savings.Catalogue) (*savings.Result, error) {
	o, err := x.options(ctx)
	if err != nil {
		return nil, err
	}
	if !x.q.Where.Normal().Everything() {
		if o.Only, err = x.selected(ctx); err != nil {
			return nil, err
		}
	}
	t, err := x.table(ctx, c, o.Has, finops.All())
	if err != nil {
		return nil, err
	}
	return savings.Examine(ctx, t, c, o)
}

func (x examination) explain(ctx context.Context, f *savings.Finding) (*savings.Evidence, error) {
	o, err := x.options(ctx)
	if err != nil {
		return nil, err
	}
	t, err := x.table(ctx, &savings.Catalogue{Rules: []*savings.Rule{f.Rule}}, o.Has, f.Where())
	if err != nil {
		return nil, err
	}
	return savings.Explain(ctx, t, f, o)
}

// partsMost is how many cores examine lines at most: what each of them keeps beside the others costs memory.
const partsMost = 4

func (x examination) options(ctx context.Context) (savings.Options, error) {
	o := savings.Options{AsOf: x.q.AsOf, Dismissed: x.dismissed, Documents: x.facts, Parts: min(runtime.GOMAXPROCS(0), partsMost)}
	var err error
	if o.Sets, err = x.sets(ctx); err != nil {
		return o, err
	}
	o.Has, err = x.columns(ctx)
	return o, err
}

// sets finds the days with usage lines of each data set; the daily rollup knows them.
func (x examination) sets(ctx context.Context) ([]savings.DataSet, error) {
	usage := "Usage"
	answer, err := x.snapshot.Ask(ctx, finops.Question{
		Metrics: []finops.Metric{finops.EffectiveCost}, GroupBy: []string{finops.DimProvider, finops.DimBillingAccount}, Grain: finops.GrainDay,
		Where: finops.If(finops.Condition{Column: "ChargeCategory", Op: finops.OpIn, Values: []*string{&usage}}),
	})
	if err != nil {
		return nil, err
	}
	days := map[[2]string]map[finops.Day]bool{}
	for _, row := range answer.Rows {
		key := [2]string{deref(row.Keys[0]), deref(row.Keys[1])}
		if days[key] == nil {
			days[key] = map[finops.Day]bool{}
		}
		day, err := finops.ParseDay(row.Time)
		if err != nil {
			return nil, err
		}
		days[key][day] = true
	}
	var sets []savings.DataSet
	for key, of := range days {
		sets = append(sets, savings.DataSet{Provider: key[0], Account: key[1], Days: slices.Sorted(maps.Keys(of))})
	}
	slices.SortFunc(sets, func(a, b savings.DataSet) int {
		return cmp.Or(cmp.Compare(a.Provider, b.Provider), cmp.Compare(a.Account, b.Account))
	})
	return sets, nil
}

// columns says which columns the ledger has values in.
func (x examination) columns(ctx context.Context) (func(string) bool, error) {
	state, err := x.snapshot.State(ctx)
	if err != nil {
		return nil, err
	}
	has := map[string]bool{}
	for _, name := range finops.Dimensions {
		has[name] = true
	}
	for _, c := range state.Columns {
		has[c.Name] = true
	}
	tags, err := x.snapshot.TagKeys(ctx)
	if err != nil {
		return nil, err
	}
	for _, t := range tags {
		has[finops.TagPrefix+t.Key] = true
	}
	return func(column string) bool { return has[column] }, nil
}

// selected are the lines that the question is about.
func (x examination) selected(ctx context.Context) (*savings.LineSet, error) {
	scan, err := x.snapshot.Scan(ctx, engine.ScanQuestion{Where: x.q.Where})
	if err != nil {
		return nil, err
	}
	set := &savings.LineSet{}
	return set, scan.Each(ctx, func(b *engine.Batch) error {
		for _, line := range b.Lines {
			set.Add(line)
		}
		return nil
	})
}

// table makes the lines that match readable for the rules.
func (x examination) table(ctx context.Context, c *savings.Catalogue, has func(string) bool, where finops.Filter) (*savings.Table, error) {
	names := c.Columns(has)
	scan, err := x.snapshot.Scan(ctx, engine.ScanQuestion{Where: where, Columns: names, Measures: savings.Measures})
	if err != nil {
		return nil, err
	}
	t := &savings.Table{Names: names, Values: scan.Values, TupleOf: scan.TupleOf, TupleCounts: scan.TupleCounts}
	t.Each = func(ctx context.Context, parts int, wants func(day finops.Day, start, end int64) bool, fn func(int, *savings.Batch) error) error {
		out := make([]savings.Batch, parts)
		pass := engine.Pass{First: savings.GroupColumns, Wants: wants, Parts: parts, By: savings.PartColumn}
		return scan.EachPart(ctx, pass, func(part int, b *engine.Batch) error {
			out[part] = savings.Batch{
				Lines: b.Lines, Days: b.Days, Starts: b.Starts, Ends: b.Ends, Columns: b.Columns, Tuples: b.Tuples, Value: b.Value, Amount: b.Amount,
			}
			return fn(part, &out[part])
		})
	}
	return t, nil
}
