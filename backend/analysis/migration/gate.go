package migration

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/pricebook"
)

func (c *candidate) gate(code, subject, format string, args ...any) {
	c.gates = append(c.gates, Gate{code, subject, fmt.Sprintf(format, args...)})
}

// firstGates are those that need no price: residency, frameworks and services.
func (a *assessment) firstGates(c *candidate) {
	r := &a.profile.Requirements
	name := pricebook.ProviderName(c.provider)
	if c.shelf == nil {
		c.gate("residency", strings.Join(r.Residency, ", "), "%s has no region with prices in the allowed jurisdictions", name)
	}
	for _, f := range r.Frameworks {
		if !f.Must {
			continue
		}
		switch row := a.attestation(f.Name, c.provider); {
		case row == nil:
		case row.Status == "none":
			c.gate("framework", f.Name, "%s does not meet %s", name, f.Name)
		case row.Status == "restricted" && !r.AcceptRestricted:
			c.gate("framework", f.Name, "%s meets %s only in a restricted partition (%s), which is not accepted", name, f.Name, row.RegionScope)
		}
	}
	levels := a.wanted
	for _, key := range slices.Sorted(maps.Keys(levels)) {
		s := a.services[key]
		if fit := s.Fit[c.provider]; levels[key] == "must" && fit.Known() && fit.Amount().Cmp(finops.NewAmount(3, 1)) < 0 {
			c.gate("service", key, "%s has no equivalent of %s: fit %s", name, s.Capability, fit)
		}
	}
}

// attestation is what is known of a framework and a provider; nil where there is no row.
func (a *assessment) attestation(framework, provider string) *pricebook.Attestation {
	all := a.book.Attestations()
	if i := slices.IndexFunc(all, func(row pricebook.Attestation) bool { return row.Framework == framework && row.Provider == provider }); i >= 0 {
		return &all[i]
	}
	return nil
}

// budgetGates are the hard budgets: a provider may be five per cent above.
func (a *assessment) budgetGates(c *candidate) {
	if c.shelf == nil {
		return
	}
	r := &a.profile.Requirements
	name := pricebook.ProviderName(c.provider)
	check := func(code, what string, hard bool, budget *finops.Amount, estimate finops.Amount) {
		if hard && budget != nil && rat(estimate).Cmp(mul(rat(*budget), fraction(105, 100))) > 0 {
			c.gate(code, code, "%s: the %s of %s USD is more than 5 %% above the budget of %s USD", name, what, shown(estimate), shown(*budget))
		}
	}
	check("budget_monthly", "monthly cost", r.BudgetMonthlyHard, r.BudgetMonthly, c.terms[a.likely().term].Total)
	check("budget_one_off", "one-off cost", r.BudgetOneOffHard, r.BudgetOneOff, c.oneOff.Total)
}

// shown is an amount for a sentence, with two decimals at most.
func shown(a finops.Amount) string { return finops.RoundHalfEven(rat(a), 2) }

// defaultServices are what a type of line needs where it does not say.
var defaultServices = map[string]string{
	"web": "vm lb_l7", "api": "vm lb_l7", "batch": "vm batch", "analytics": "object_storage warehouse", "cache": "cache", "file": "file_nfs", "vdi": "vdi",
	"erp": "vm", "other": "vm", "container": "kubernetes lb_l7", "ml": "gpu ml_platform", "database": "",
}

// levelWeights are the weights of must, should and nice.
var levelWeights = map[string]int{"must": 3, "should": 2, "nice": 1}

// levels are the services that the lines and the preferences ask for, each at its highest level.
func (a *assessment) levels() map[string]string {
	all := map[string]string{}
	take := func(key, level string) {
		if levelWeights[level] > levelWeights[all[key]] && a.services[key] != nil {
			all[key] = level
		}
	}
	for i := range a.profile.Workloads {
		w := &a.profile.Workloads[i]
		keys := w.Services
		if keys == nil {
			keys = map[string]string{}
			services := words(defaultServices[w.Type])
			if w.Type == "file" && w.OS == "windows" {
				services = words("file_smb")
			}
			if key := engineKeys[w.Engine]; key != "" {
				services = append(services, key)
			}
			for _, key := range services {
				keys[key] = "should"
			}
		}
		if len(keys) == 0 {
			keys = map[string]string{"vm": "should"}
		}
		for key, level := range keys {
			take(key, level)
		}
	}
	for key, level := range a.profile.Requirements.Preferred {
		take(key, level)
	}
	return all
}
