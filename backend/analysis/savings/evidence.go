package savings

import (
	"context"
	"math/big"

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
	"S-DEL":   "effective cost of the evidence ÷ days × 30.4375",
	"S-FEE":   "fees of the evidence ÷ days × 30.4375",
	"S-RATIO": "effective cost of the evidence × ratio ÷ days × 30.4375",
	"S-SCHED": "effective cost of the evidence × idle hours of the week ÷ 168 ÷ days × 30.4375",
	"none":    "not calculated from the bill",
}

// Explain calculates a finding again from a table with the lines of its evidence and perhaps others. It
// answers CodeCorrupt where that does not give the same.
func Explain(ctx context.Context, t *Table, f *Finding, o Options) (*Evidence, error) {
	e, err := newExamination(t, []*Rule{f.Rule}, o)
	if err != nil {
		return nil, err
	}
	v := &Evidence{Where: f.Where, Formula: formulas[f.Rule.Saving]}
	var cost spread
	ours := map[cellKey]bool{}
	isOurs := func(key cellKey) bool {
		is, known := ours[key]
		if !known {
			is = e.id(key) == f.ID
			ours[key] = is
		}
		return is
	}
	err = e.each(ctx, func(b *Batch, i, set int, k *class) {
		cal := e.sets[set]
		for _, r := range k.roles {
			p := cal.partOf(b.Days[i], b.Starts[i], b.Ends[i], cal.start(f.Rule.Lookback))
			if p.days == 0 || (!r.has(roleMatch) && !r.has(roleUse)) || !isOurs(e.key(b, i, set, r.rule)) {
				continue
			}
			v.Lines = append(v.Lines, b.Lines[i])
			if a, priced := b.Amount(atCost, i); priced {
				cost.add(a, p)
			}
		}
	})
	if err != nil {
		return nil, err
	}
	if len(v.Lines) != f.Lines {
		return nil, finops.Errorf(finops.CodeCorrupt, "The finding %s rests on %d lines, and its evidence has %d.", f.ID, f.Lines, len(v.Lines))
	}
	if f.Gross == nil {
		return v, nil
	}
	total, fraction := cost.rat(), e.ratings[0].fraction
	gross := rounded(perMonth(new(big.Rat).Mul(total, fraction), f.LookbackDays))
	if gross.Cmp(*f.Gross) != 0 {
		return nil, finops.Errorf(finops.CodeCorrupt, "The finding %s says %s a month, and its evidence %s.", f.ID, f.Gross, gross)
	}
	v.Steps = []Step{{"effectiveCost", exact(total)}}
	if f.Rule.Saving == "S-RATIO" || f.Rule.Saving == "S-SCHED" {
		v.Steps = append(v.Steps, Step{"ratio", exact(fraction)})
	}
	v.Steps = append(v.Steps, Step{"days", exact(big.NewRat(int64(f.LookbackDays), 1))}, Step{"monthlyGross", gross.String()},
		Step{"monthlyAbsorbed", f.Absorbed.String()}, Step{"monthlyOverlap", f.Overlap.String()}, Step{"monthlyNet", f.Net.String()})
	return v, nil
}

// exact prints a decimal, rounded as money is where its decimals do not end.
func exact(r *big.Rat) string {
	if digits, ends := r.FloatPrec(); ends {
		return r.FloatString(digits)
	}
	return rounded(r).String()
}
