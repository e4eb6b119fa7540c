package service

import (
	"context"
	"slices"
	"strings"

	"cloud-intelligence/backend/analysis/savings"
	"cloud-intelligence/backend/finops"
)

// teamKey is the tag, and the virtual dimension, that names the team of a resource, in any case.
const teamKey = "team"

// teamColumns are the columns that name teams: the virtual dimension Team where there is one, else tags of that name.
func (x examination) teamColumns(ctx context.Context, dimensions []string) ([]string, error) {
	for _, name := range dimensions {
		if strings.EqualFold(name, teamKey) {
			return []string{finops.DimPrefix + name}, nil
		}
	}
	tags, err := x.snapshot.TagKeys(ctx)
	if err != nil {
		return nil, err
	}
	var columns []string
	for _, t := range tags {
		if strings.EqualFold(t.Key, teamKey) {
			columns = append(columns, finops.TagPrefix+t.Key)
		}
	}
	return columns, nil
}

// teams says which team each resource of the findings belongs to, as their charges of the last lookback do: the team of most cost.
func (x examination) teams(ctx context.Context, r *savings.Result, dimensions []string) error {
	columns, err := x.teamColumns(ctx, dimensions)
	if err != nil || len(columns) == 0 || r.AsOf == nil {
		return err
	}
	var ids []*string
	for _, f := range r.Findings {
		if f.ResourceID != "" && f.Rule.Group == "resource" {
			ids = append(ids, &f.ResourceID)
		}
	}
	const lookback = 31
	from := *r.AsOf - lookback
	if err := x.accountTeams(ctx, r, columns, from); err != nil || len(ids) == 0 {
		return err
	}
	answer, err := x.snapshot.Ask(ctx, finops.Question{
		Metrics: []finops.Metric{finops.EffectiveCost}, GroupBy: append([]string{"ResourceId"}, columns...), From: &from, To: r.AsOf,
		Where: finops.If(finops.Condition{Column: "ResourceId", Op: finops.OpIn, Values: ids}),
	})
	if err != nil {
		return err
	}
	of := map[string]string{}
	for _, row := range answer.Rows { // highest cost first
		at := slices.IndexFunc(row.Keys[1:], func(key *string) bool { return key != nil })
		if at < 0 {
			continue
		}
		if id := deref(row.Keys[0]); of[id] == "" {
			of[id] = *row.Keys[at+1]
		}
	}
	for _, f := range r.Findings {
		if f.Rule.Group == "resource" && f.ResourceID != "" {
			f.Team = of[f.ResourceID]
		}
	}
	return nil
}

// accountTeams says of findings about all of an account, or a part of it, which team more than half of the cost of the account belongs to.
func (x examination) accountTeams(ctx context.Context, r *savings.Result, columns []string, from finops.Day) error {
	answer, err := x.snapshot.Ask(ctx, finops.Question{
		Metrics: []finops.Metric{finops.EffectiveCost}, GroupBy: append([]string{finops.DimProvider, finops.DimAccount}, columns...), From: &from, To: r.AsOf,
	})
	if err != nil {
		return err
	}
	type account struct{ provider, id, currency string }
	all, named := map[account]*finops.Sum{}, map[account]map[string]*finops.Sum{}
	for _, row := range answer.Rows {
		if row.Amounts[0] == nil {
			continue
		}
		key := account{deref(row.Keys[0]), deref(row.Keys[1]), row.Currency}
		if all[key] == nil {
			all[key], named[key] = &finops.Sum{}, map[string]*finops.Sum{}
		}
		all[key].AddSum(*row.Amounts[0])
		at := slices.IndexFunc(row.Keys[2:], func(key *string) bool { return key != nil })
		if at < 0 {
			continue
		}
		team := *row.Keys[2+at]
		if named[key][team] == nil {
			named[key][team] = &finops.Sum{}
		}
		named[key][team].AddSum(*row.Amounts[0])
	}
	for _, f := range r.Findings {
		key := account{f.Provider, f.SubAccount, f.Currency}
		if f.Rule.Group == "resource" && f.ResourceID != "" || f.SubAccount == "" || all[key] == nil {
			continue
		}
		for team, cost := range named[key] {
			twice := *cost
			twice.AddSum(*cost)
			if twice.Cmp(*all[key]) > 0 {
				f.Team = team
			}
		}
	}
	return nil
}

// SavingsPart is what findings with the same value of something save, in one currency.
type SavingsPart struct {
	By       string     `json:"by"`    // team, provider, effort or confidence
	Value    string     `json:"value"` // "" = none
	Currency string     `json:"currency"`
	Findings int        `json:"findings"`
	Net      finops.Sum `json:"net"`
}

// savingsBy says what findings are divided by.
var savingsBy = []struct {
	by string
	of func(*savings.Finding) string
}{
	{"team", func(f *savings.Finding) string { return f.Team }},
	{"provider", func(f *savings.Finding) string { return f.Provider }},
	{"effort", func(f *savings.Finding) string { return f.Rule.Effort }},
	{"confidence", func(f *savings.Finding) string { return f.Confidence }},
}

// SavingsParts divides the totals by team, provider, effort and confidence; the parts of each add up to the net saving. The largest come first.
func SavingsParts(r *savings.Result) []SavingsPart {
	var parts []SavingsPart
	for _, by := range savingsBy {
		first := len(parts)
		for _, f := range r.Findings {
			if !f.Counts() {
				continue
			}
			value := by.of(f)
			at := slices.IndexFunc(parts[first:], func(p SavingsPart) bool { return p.Value == value && p.Currency == f.Currency })
			if at < 0 {
				at = len(parts) - first
				parts = append(parts, SavingsPart{By: by.by, Value: value, Currency: f.Currency})
			}
			parts[first+at].Findings++
			parts[first+at].Net.Add(*f.Net)
		}
		slices.SortStableFunc(parts[first:], func(a, b SavingsPart) int { return b.Net.Cmp(a.Net) })
	}
	return parts
}
