package migration

import "cloud-intelligence/backend/finops"

// LineChange is how a line on a provider differs between two results. A nil amount is not known, or the line or provider is not in that result.
type LineChange struct {
	Provider      string         `json:"provider"`
	Name          string         `json:"name"`
	TargetBefore  *string        `json:"targetBefore"`
	TargetAfter   *string        `json:"targetAfter"`
	MonthlyBefore *finops.Amount `json:"monthlyBefore"`
	MonthlyAfter  *finops.Amount `json:"monthlyAfter"`
}

// Compare lists the lines whose target or monthly cost differs, in the order of the second result; lines that only the first has come last.
func Compare(before, after *Result) []LineChange {
	type key struct{ provider, name string }
	old := map[key]*Line{}
	each := func(r *Result, f func(provider string, l *Line)) {
		for i := range r.Providers {
			for n := range r.Providers[i].Workloads {
				f(r.Providers[i].Provider, &r.Providers[i].Workloads[n])
			}
		}
	}
	each(before, func(provider string, l *Line) { old[key{provider, l.Name}] = l })
	changes := []LineChange{}
	note := func(provider, name string, a, b *Line) {
		c := LineChange{Provider: provider, Name: name, TargetBefore: a.Target, MonthlyBefore: a.Monthly, TargetAfter: b.Target, MonthlyAfter: b.Monthly}
		sameTarget := (c.TargetBefore == nil) == (c.TargetAfter == nil) && (c.TargetBefore == nil || *c.TargetBefore == *c.TargetAfter)
		sameCost := (c.MonthlyBefore == nil) == (c.MonthlyAfter == nil) && (c.MonthlyBefore == nil || c.MonthlyBefore.Cmp(*c.MonthlyAfter) == 0)
		if !sameTarget || !sameCost {
			changes = append(changes, c)
		}
	}
	each(after, func(provider string, l *Line) {
		k := key{provider, l.Name}
		a := old[k]
		if delete(old, k); a == nil {
			a = &Line{}
		}
		note(provider, l.Name, a, l)
	})
	each(before, func(provider string, l *Line) {
		if old[key{provider, l.Name}] == l {
			note(provider, l.Name, l, &Line{})
		}
	})
	return changes
}
