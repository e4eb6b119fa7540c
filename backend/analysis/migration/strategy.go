package migration

import (
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/pricebook"
)

// effort is what a strategy takes: hours for each machine of a line, weeks of a line, and its run cost beside rehosting, which is only shown.
type effort struct {
	low, likely, high int // hours
	weeks             string
	runCost           string
}

// efforts by strategy. Retain has none: it stays.
var efforts = map[string]effort{
	"retire":     {4, 8, 16, "1", "0 %"},
	"retain":     {0, 0, 0, "0", "stays at the source"},
	"rehost":     {24, 45, 60, "3", "100 %"},
	"relocate":   {8, 20, 40, "2", "105 to 120 %"},
	"replatform": {80, 115, 150, "8", "85 %"},
	"repurchase": {40, 80, 160, "2.5", "not comparable"},
	"refactor":   {300, 500, 900, "32", "60 %"},
}

// engineKeys are the keys of the service map for database engines.
var engineKeys = map[string]string{
	"postgresql": "postgres", "mysql": "mysql", "mariadb": "mariadb", "sqlserver": "sqlserver", "oracle": "oracle", "mongodb": "nosql_document", "redis": "cache",
	"cassandra": "nosql_wide",
}

// quickMonths is below how many days from start to deadline a VMware estate is relocated, and above how many machines.
const (
	quickDays     = 183
	quickMachines = 50
)

// chosen is the strategy of a line with the reason.
type chosen struct{ strategy, why string }

// strategies decides how each line moves; it is one decision for all providers, since there is one plan.
func (a *assessment) strategies() []chosen {
	machines := 0
	for i := range a.profile.Workloads {
		machines += a.profile.Workloads[i].Count
	}
	list := make([]chosen, len(a.profile.Workloads))
	for i := range a.profile.Workloads {
		w := &a.profile.Workloads[i]
		list[i] = chosen{w.Strategy, "chosen"}
		if w.Strategy == "auto" {
			list[i] = a.strategy(w, machines)
		}
	}
	return list
}

func below(v *finops.Amount, limit int64) bool {
	return v != nil && v.Cmp(finops.NewAmount(limit, 0)) < 0
}

// strategy is the first rule that holds.
func (a *assessment) strategy(w *Workload, machines int) chosen {
	r := &a.profile.Requirements
	switch {
	case w.EndOfLife:
		return chosen{"retire", "marked as end of life"}
	case below(w.CPUP95, 2) && w.Engine == "none" && w.Environment != "prod":
		return chosen{"retire", "hardly used: CPU below 2 %, no database, not production"}
	case !a.somewhere():
		return chosen{"retain", "no provider meets residency and frameworks"}
	case below(w.PlantLatencyMs, 5):
		return chosen{"retain", "the plant needs less than 5 ms"}
	case w.SaaSName != "":
		return chosen{"repurchase", "replaced by " + w.SaaSName}
	case a.profile.Organization.VMware && r.Deadline != nil && *r.Deadline-r.Start < quickDays && machines > quickMachines:
		return chosen{"relocate", "a VMware estate of more than 50 machines with less than six months"}
	case a.managedEverywhere(w.Engine) && w.DBStorageGiB.Cmp(finops.NewAmount(16_384, 0)) < 0:
		return chosen{"replatform", "every provider runs " + w.Engine + " as a managed service"}
	case (w.Type == "web" || w.Type == "container") && w.ChangeRate == 5:
		return chosen{"refactor", "changes very often"}
	case (w.Type == "web" || w.Type == "container") && w.ChangeRate == 4:
		return chosen{"replatform", "changes often: into containers"}
	}
	return chosen{"rehost", "no other rule applies"}
}

// somewhere reports whether a candidate has no gate of residency or framework.
func (a *assessment) somewhere() bool {
	for _, c := range a.candidates {
		if !c.gated("residency") && !c.gated("framework") {
			return true
		}
	}
	return false
}

// managedEverywhere reports whether the engine has a managed service that fits at least 0.8 on every candidate.
func (a *assessment) managedEverywhere(engine string) bool {
	s := a.services[engineKeys[engine]]
	if s == nil {
		return false
	}
	for _, c := range a.candidates {
		if fit := s.Fit[c.provider]; !fit.Known() || fit.Amount().Cmp(finops.NewAmount(8, 1)) < 0 {
			return false
		}
	}
	return true
}

// servicesByKey finds the rows of the service map.
func servicesByKey(book *pricebook.Book) map[string]*pricebook.Service {
	m := map[string]*pricebook.Service{}
	all := book.Services()
	for i := range all {
		m[all[i].Key] = &all[i]
	}
	return m
}

// moves reports whether a line goes to a provider: it is priced there.
func (a *assessment) moves(i int) bool {
	switch a.chosen[i].strategy {
	case "retire", "retain", "repurchase":
		return false
	}
	return true
}

// managed reports whether a line becomes a managed database.
func (a *assessment) managed(i int) bool {
	s := a.chosen[i].strategy
	return a.profile.Workloads[i].Engine != "none" && (s == "replatform" || s == "refactor")
}

// virtual is how many virtual machines a line has at the destination: two for each database server that is highly available.
func (a *assessment) virtual(i int) int {
	w := &a.profile.Workloads[i]
	switch {
	case !a.moves(i) || a.managed(i):
		return 0
	case w.Engine != "none" && w.DBHA:
		return 2 * w.Count
	}
	return w.Count
}
