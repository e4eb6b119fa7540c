package savings

import (
	"encoding/json"

	"cloud-intelligence/backend/finops"
)

// keptResult is a Result as it is kept: rules by their id, filters as text.
type keptResult struct {
	AsOf        *string
	Findings    []keptFinding
	Totals      []Total
	Candidates  []Total
	NotExamined []NotExamined
}

type keptFinding struct {
	Finding
	RuleID, WhereText, First, Last string
}

// Keep writes a result as JSON, from which Kept reads it again.
func Keep(r *Result) (string, error) {
	k := keptResult{Totals: r.Totals, Candidates: r.Candidates, NotExamined: r.NotExamined}
	if r.AsOf != nil {
		text := r.AsOf.String()
		k.AsOf = &text
	}
	for _, f := range r.Findings {
		one := keptFinding{*f, f.Rule.ID, f.where, f.FirstDay.String(), f.LastDay.String()}
		one.Rule = nil
		k.Findings = append(k.Findings, one)
	}
	text, err := json.Marshal(k)
	if err != nil {
		return "", finops.WrapError(finops.CodeInternal, err, "The findings cannot be written.")
	}
	return string(text), nil
}

// Kept reads a result that Keep wrote. The rules are those of the catalogue; a finding whose rule is not there any more is left
// out. It answers CodeCorrupt for what Keep did not write.
func Kept(text string, c *Catalogue) (*Result, error) {
	corrupt := func(err error) (*Result, error) {
		return nil, finops.WrapError(finops.CodeCorrupt, err, "The kept findings cannot be read.")
	}
	var k keptResult
	if err := json.Unmarshal([]byte(text), &k); err != nil {
		return corrupt(err)
	}
	r := &Result{Totals: k.Totals, Candidates: k.Candidates, NotExamined: k.NotExamined}
	if k.AsOf != nil {
		day, err := finops.ParseDay(*k.AsOf)
		if err != nil {
			return corrupt(err)
		}
		r.AsOf = &day
	}
	rules := map[string]*Rule{}
	for _, rule := range c.Rules {
		rules[rule.ID] = rule
	}
	for i := range k.Findings {
		one := &k.Findings[i]
		f := one.Finding
		var err error
		if f.Rule = rules[one.RuleID]; f.Rule == nil {
			continue
		}
		f.where = one.WhereText
		if f.FirstDay, err = finops.ParseDay(one.First); err != nil {
			return corrupt(err)
		}
		if f.LastDay, err = finops.ParseDay(one.Last); err != nil {
			return corrupt(err)
		}
		r.Findings = append(r.Findings, &f)
	}
	return r, nil
}
