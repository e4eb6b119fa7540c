package awscosts

import (
	"encoding/csv"
	"strings"
	"time"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/source"
)

// file writes groups as lines.
type file struct {
	csv        *csv.Writer
	payer      string
	start, end string            // of the billing period
	names      map[string]string // of accounts
	billed     finops.Sum
	lines      int
}

// add writes the groups of a page. A day may be on two pages; its groups then are others.
func (f *file) add(a answer, category string) error {
	for _, d := range a.DimensionValueAttributes {
		f.names[d.Value] = d.Attributes["description"]
	}
	for _, r := range a.ResultsByTime {
		day, err := time.Parse(time.DateOnly, r.TimePeriod.Start)
		if err != nil {
			return errForm
		}
		for _, g := range r.Groups {
			if len(g.Keys) != 2 || g.Metrics.UnblendedCost.Unit != g.Metrics.AmortizedCost.Unit {
				return errForm
			}
			amount, err := finops.ParseAmount([]byte(g.Metrics.UnblendedCost.Amount))
			if err != nil {
				return errForm
			}
			f.billed.Add(amount)
			f.lines++
			estimated := "false"
			if r.Estimated {
				estimated = "true"
			}
			service, account := g.Keys[0], g.Keys[1]
			err = f.csv.Write([]string{
				"AWS", "AWS", "AWS", f.payer, account, f.names[account], f.start, f.end, moment(day), moment(day.AddDate(0, 0, 1)), category, "Daily total of " + service, service,
				g.Metrics.UnblendedCost.Amount, g.Metrics.AmortizedCost.Amount, g.Metrics.UnblendedCost.Unit, estimated,
			})
			if err != nil {
				return nil //nolint:nilerr // the sink keeps it
			}
		}
	}
	return nil
}

// roundingMost is by how much the groups of a month may differ from its total: each is rounded to ten decimals.
var roundingMost = finops.NewAmount(1, 2)

// check compares what was written with what was listed.
func (f *file) check(o source.Object) error {
	listed, _, _ := strings.Cut(o.Version, " ")
	total, err := finops.ParseAmount([]byte(listed))
	if err != nil {
		return finops.Errorf(finops.CodeConflict, "%s was listed in another way. Sync again.", o.Key)
	}
	if f.lines == 0 {
		return finops.Errorf(finops.CodeNotFound, "Cost Explorer has no costs of %s any more.", o.MonthWords())
	}
	f.billed.Sub(total)
	if off := f.billed.Amount(); off.Cmp(roundingMost) > 0 || off.Cmp(roundingMost.Neg()) < 0 {
		return finops.Errorf(finops.CodeConflict, "AWS has refreshed the costs of %s meanwhile.", o.MonthWords())
	}
	return nil
}
