package service

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"cloud-intelligence/backend/analysis/savings"
	"cloud-intelligence/backend/engine"
	"cloud-intelligence/backend/finops"
)

// Savings is the area of what a client could stop paying for.
type Savings struct{ *workspace }

// SavingsQuestion asks for findings.
type SavingsQuestion struct {
	// Where selects findings with evidence that matches; the rules see the whole workspace.
	Where finops.Filter
	AsOf  *finops.Day // the last day that counts; nil = as far as each data set can be relied on
}

// Rules returns the rules that findings come from.
func (w Savings) Rules() (*savings.Catalogue, error) { return savings.Embedded() }

// Find examines the ledger with all rules. It answers CodeInvalid for a filter that the ledger cannot answer.
func (w Savings) Find(ctx context.Context, q SavingsQuestion) (*savings.Result, error) {
	c, err := w.Rules()
	if err != nil {
		return nil, err
	}
	var result *savings.Result
	err = w.engine.WithSnapshot(ctx, func(s *engine.Snapshot) error {
		var err error
		result, err = examination{s, q}.examine(ctx, c)
		return err
	})
	return result, err
}

// Explain returns a finding with its evidence, from which its money was calculated again. It answers
// CodeNotFound when there is no finding of the id.
func (w Savings) Explain(ctx context.Context, id string, q SavingsQuestion) (*savings.Finding, *savings.Evidence, error) {
	c, err := w.Rules()
	if err != nil {
		return nil, nil, err
	}
	var finding *savings.Finding
	var evidence *savings.Evidence
	err = w.engine.WithSnapshot(ctx, func(s *engine.Snapshot) error {
		x := examination{s, q}
		result, err := x.examine(ctx, c)
		if err != nil {
			return err
		}
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
	snapshot *engine.Snapshot
	q        SavingsQuestion
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
	t, err := x.table(ctx, &savings.Catalogue{Rules: []*savings.Rule{f.Rule}}, o.Has, f.Where)
	if err != nil {
		return nil, err
	}
	return savings.Explain(ctx, t, f, o)
}

func (x examination) options(ctx context.Context) (savings.Options, error) {
	o := savings.Options{AsOf: x.q.AsOf}
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

// columns tells which columns the ledger has values in.
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
	return &savings.Table{Names: names, Values: scan.Values, Each: func(ctx context.Context, fn func(*savings.Batch) error) error {
		var out savings.Batch
		return scan.Each(ctx, func(b *engine.Batch) error {
			out = savings.Batch{Lines: b.Lines, Days: b.Days, Starts: b.Starts, Ends: b.Ends, Columns: b.Columns, Amount: b.Amount}
			return fn(&out)
		})
	}}, nil
}
