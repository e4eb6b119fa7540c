package service

import (
	"strings"
	"time"

	"cloud-intelligence/backend/analysis/migration"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/pricebook"
	"cloud-intelligence/backend/report"
	"cloud-intelligence/backend/report/schedule"
)

// MigrationTable has a row for each line of an assessment on each provider, with the cost by component.
func MigrationTable(name string, r *migration.Result, now time.Time) *report.Table {
	t := &report.Table{
		Title: "Migration", Question: name + ": monthly cost by line and provider; USD list prices, price tables " + r.PriceBook.Version, AsOf: now, Currency: -1,
		Columns: []report.Column{
			{Name: "provider"}, {Name: "region"}, {Name: "workload"}, {Name: "strategy"}, {Name: "target"}, {Name: "runner_up"}, {Name: "counted"}, {Name: "unpriced"},
		},
	}
	for _, column := range []string{"total", "compute", "licences", "block", "object", "database", "network", "support"} {
		t.Columns = append(t.Columns, report.Column{Name: column, Kind: report.Amount, Unit: "USD"})
	}
	t.Columns = append(t.Columns, report.Column{Name: "reason"})
	var rows [][]*string
	for i := range r.Providers {
		p := &r.Providers[i]
		for n := range p.Workloads {
			l := &p.Workloads[n]
			counted := map[bool]string{true: "yes", false: "no"}[l.Counted]
			row := []*string{new(pricebook.ProviderName(p.Provider)), p.Region, &l.Name, &l.Strategy, l.Target, l.RunnerUp, &counted, new(strings.Join(l.Unpriced, ", "))}
			amounts := make([]*string, 8)
			if c := l.Components; c != nil {
				for at, a := range []finops.Amount{c.Total, c.Compute, c.Licences, c.Block, c.Object, c.Database, c.Network, c.Support} {
					amounts[at] = new(a.String())
				}
			}
			rows = append(rows, append(append(row, amounts...), &l.Reason))
		}
	}
	t.Rows = report.List(rows)
	return t
}

// MigrationSchedule is the plan of an assessment for other programs.
func MigrationSchedule(name string, r *migration.Result, now time.Time) schedule.Plan {
	plan := schedule.Plan{Title: name, Made: now}
	ids := map[string]int{}
	critical := map[string]bool{}
	for _, phase := range r.Plan.CriticalPath {
		critical[phase] = true
	}
	for i, phase := range r.Plan.Phases {
		task := schedule.Task{
			ID: i + 1, Name: phase.Name, Start: phase.Start.Time(), End: phase.End.Time(), Overlaps: phase.Overlaps, Critical: critical[phase.Name],
			Note: "Done when: " + phase.Gate,
		}
		if len(phase.Lines) > 0 {
			task.Note += "\nWorkloads: " + strings.Join(phase.Lines, ", ")
		}
		if len(phase.Rollback) > 0 {
			task.Note += "\nGo back when: " + strings.Join(phase.Rollback, "; ")
		}
		if phase.After != nil {
			task.After = ids[*phase.After]
		}
		ids[phase.Name] = task.ID
		plan.Tasks = append(plan.Tasks, task)
	}
	return plan
}
