package savings

import (
	"context"
	"math/big"
	"slices"

	"cloud-intelligence/backend/finops"
)

// Evidence proves a finding.
type Evidence struct {
	Where   finops.Filter
	Lines   []int64 // numbers of the lines, in order
	Formula string
	Steps   []Step // the last one is the net saving of a month
}

// formulas say how each saving is made of the cost of the evidence.
var formulas = map[string]string{
	"S-DEL":    "effective cost of the evidence ÷ days × 30.4375",
	"S-FEE":    "fees of the evidence ÷ days × 30.4375",
	"S-RATIO":  "effective cost of the evidence × ratio ÷ days × 30.4375",
	"S-SCHED":  "effective cost of the evidence × idle hours of the week ÷ 168 ÷ days × 30.4375",
	"S-RERATE": "(effective cost of the evidence − its cost at other prices) ÷ days × 30.4375",
	"none":     "not calculated from the bill",
}

// Explain calculates a finding again from a table with the lines of its evidence and perhaps others. It
// answers CodeCorrupt where that does not give the same.
func Explain(ctx context.Context, t *Table, f *Finding, o Options) (*Evidence, error) {
	e, err := newExamination(t, []*Rule{f.Rule}, o)
	if err != nil {
		return nil, err
	}
	if err := e.openBook(); err != nil {
		return nil, err
	}
	e.given, e.asked = &f.given, map[string]*big.Rat{}
	lines := map[cellKey][]int64{}
	err = e.each(ctx, nil, func(b *Batch, i, set int, k *class) {
		e.count(b, i, set, k)
		cal := e.sets[set]
		for _, r := range k.roles {
			p := cal.partOf(b.Days[i], b.Starts[i], b.Ends[i], cal.start(f.Rule.Lookback))
			if p.days > 0 && e.isEvidence(r) {
				key := e.key(b, i, set, r.rule, k)
				lines[key] = append(lines[key], b.Lines[i])
			}
		}
	})
	if err != nil {
		return nil, err
	}
	e.merge()
	v := &Evidence{Where: f.Where(), Formula: formulas[f.Rule.Saving]}
	for key, c := range e.cells {
		if e.id(key) != f.ID {
			continue
		}
		for from, of := range lines {
			if to, merged := e.merged[from]; from == key || (merged && to == key) {
				v.Lines = append(v.Lines, of...)
			}
		}
		slices.Sort(v.Lines)
		return v, v.prove(e, judged{key: key, cell: c, days: f.LookbackDays}, f)
	}
	return nil, finops.Errorf(finops.CodeCorrupt, "The evidence of the finding %s has no line.", f.ID)
}

// prove fills in the steps. It answers CodeCorrupt where the lines give another finding.
func (v *Evidence) prove(e *examination, j judged, f *Finding) error {
	if len(v.Lines) != f.Lines {
		return finops.Errorf(finops.CodeCorrupt, "The finding %s rests on %d lines, and its evidence has %d.", f.ID, f.Lines, len(v.Lines))
	}
	if f.Gross == nil {
		return nil
	}
	k := e.newClaim(j)
	if k == nil || k.finding.Gross == nil || k.finding.Gross.Cmp(*f.Gross) != 0 {
		var gross *finops.Amount
		if k != nil {
			gross = k.finding.Gross
		}
		return finops.Errorf(finops.CodeCorrupt, "The finding %s says %s a month, and its evidence %v.", f.ID, f.Gross, gross)
	}
	total := j.cell.cost.rat()
	v.Steps = []Step{{"effectiveCost", exact(total)}}
	switch f.Rule.Saving {
	case "S-RATIO", "S-SCHED":
		v.Steps = append(v.Steps, Step{"ratio", exact(k.fraction)})
	case "S-RERATE":
		for _, p := range f.Prices {
			v.Steps = append(v.Steps, Step{p.Of + ", " + p.Unit + " (" + p.said() + ")", p.Value})
		}
		saved := new(big.Rat).Mul(total, k.fraction)
		v.Steps = append(v.Steps, Step{"costAfter", exact(new(big.Rat).Sub(total, saved))}, Step{"saved", exact(saved)})
	}
	v.Steps = append(v.Steps, Step{"days", exact(big.NewRat(int64(f.LookbackDays), 1))}, Step{"monthlyGross", f.Gross.String()},
		Step{"monthlyAbsorbed", f.Absorbed.String()}, Step{"monthlyOverlap", f.Overlap.String()}, Step{"monthlyNet", f.Net.String()})
	return nil
}

// said is where a price comes from.
func (p Price) said() string {
	if p.Date == "" {
		return p.Source
	}
	return p.Source + ", " + p.Date
}

// exact prints a decimal, rounded as money is where its decimals do not end.
func exact(r *big.Rat) string {
	if digits, ends := r.FloatPrec(); ends {
		return r.FloatString(digits)
	}
	return rounded(r).String()
}
