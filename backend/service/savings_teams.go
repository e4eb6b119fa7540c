package service

import (
	"context"
	"maps"
	"slices"
	"strings"

	"cloud-intelligence/backend/analysis/savings"
	"cloud-intelligence/backend/engine"
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

// teamDays is how many days before the last one counted say which team something belongs to.
const teamDays = 31

// teams says which team each finding belongs to, as the charges of the last lookback do: of a resource the team of most cost, of an
// account, or a part of it, the one that more than half of its cost belongs to.
func (x examination) teams(ctx context.Context, r *savings.Result, dimensions []string) error {
	columns, err := x.teamColumns(ctx, dimensions)
	if err != nil || len(columns) == 0 || r.AsOf == nil {
		return err
	}
	costs := teamCosts{}
	for _, f := range r.Findings {
		if of := teamOfFinding(f); of != (teamOf{}) {
			costs[of] = map[string]*finops.Sum{}
		}
	}
	if err := x.addTeamCosts(ctx, columns, *r.AsOf, costs); err != nil {
		return err
	}
	for _, f := range r.Findings {
		if of := teamOfFinding(f); of.resource != "" {
			f.Team = costs.most(of)
		} else {
			f.Team = costs.majority(of)
		}
	}
	return nil
}

// teamOfFinding is what of a finding belongs to a team; the zero value where nothing does.
func teamOfFinding(f *savings.Finding) teamOf {
	switch {
	case f.Rule.Group == "resource" && f.ResourceID != "":
		return teamOf{resource: f.ResourceID}
	case f.SubAccount != "":
		return teamOf{provider: f.Provider, account: f.SubAccount, currency: f.Currency}
	}
	return teamOf{}
}

// teamOf is what belongs to a team: a resource, or the costs of an account in one currency.
type teamOf struct{ resource, provider, account, currency string }

// teamCosts are the costs of what belongs to teams, by team; "" = none.
type teamCosts map[teamOf]map[string]*finops.Sum

// addTo adds a cost to that of a team, where the costs are asked for at all.
func addTo(costs map[string]*finops.Sum, team string, cost finops.Amount) {
	if costs == nil {
		return
	}
	if costs[team] == nil {
		costs[team] = &finops.Sum{}
	}
	costs[team].Add(cost)
}

// most is the team of most cost, the first by name of several.
func (t teamCosts) most(of teamOf) (team string) {
	for _, name := range slices.Sorted(maps.Keys(t[of])) {
		if name != "" && (team == "" || t[of][name].Cmp(*t[of][team]) > 0) {
			team = name
		}
	}
	return team
}

// majority is the team of more than half of the cost; "" = none has so much.
func (t teamCosts) majority(of teamOf) string {
	var all finops.Sum
	for _, cost := range t[of] {
		all.AddSum(*cost)
	}
	for name, cost := range t[of] {
		twice := *cost
		if twice.AddSum(*cost); name != "" && twice.Cmp(all) > 0 {
			return name
		}
	}
	return ""
}

// addTeamCosts adds the charges of the last days to the costs that are asked for. The first of the columns with a value names the team.
func (x examination) addTeamCosts(ctx context.Context, columns []string, asOf finops.Day, costs teamCosts) error {
	scan, err := x.snapshot.Scan(ctx, engine.ScanQuestion{
		Columns: append([]string{"ResourceId", finops.DimProvider, finops.DimAccount, "BillingCurrency"}, columns...), Measures: []finops.Metric{finops.EffectiveCost},
	})
	if err != nil {
		return err
	}
	resources := make([]map[string]*finops.Sum, len(scan.Values[0])) // by number
	for n, id := range scan.Values[0] {
		if id != nil {
			resources[n] = costs[teamOf{resource: *id}]
		}
	}
	accounts := map[[3]uint32]map[string]*finops.Sum{} // by the numbers of provider, account and currency
	last := func(day finops.Day, _, _ int64) bool { return day >= asOf-teamDays && day <= asOf }
	return scan.EachIn(ctx, engine.Pass{Wants: last}, func(b *engine.Batch) error {
		for i := range b.Lines {
			cost, known := b.Amount(0, i)
			if !known {
				continue
			}
			text := func(column int) string { return deref(scan.Values[column][b.Columns[column][i]]) }
			team := ""
			for column := 4; column < len(b.Columns) && team == ""; column++ {
				team = text(column)
			}
			addTo(resources[b.Columns[0][i]], team, cost)
			numbers := [3]uint32{b.Columns[1][i], b.Columns[2][i], b.Columns[3][i]}
			of, seen := accounts[numbers]
			if !seen {
				of = costs[teamOf{"", text(1), text(2), text(3)}]
				accounts[numbers] = of
			}
			addTo(of, team, cost)
		}
		return nil
	})
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
