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

// MigrationSchedule is the plan of an assessment for other programs, with what a person decided about its phases.
func MigrationSchedule(name string, r *migration.Result, edits map[string]migration.TaskEdit, now time.Time) schedule.Plan {
	plan := schedule.Plan{Title: name, Made: now}
	ids := map[string]int{}
	critical := map[string]bool{}
	for _, phase := range r.Plan.CriticalPath {
		critical[phase] = true
	}
	for i, t := range r.Plan.Tasks(edits) {
		task := schedule.Task{
			ID: i + 1, Name: t.Title(), Start: t.Start.Time(), End: t.End.Time(), Overlaps: t.Overlaps, Critical: critical[t.Name], Done: t.Edit.Done,
			Note: "Done when: " + t.Gate,
		}
		if len(t.Lines) > 0 {
			task.Note += "\nWorkloads: " + strings.Join(t.Lines, ", ")
		}
		if len(t.Rollback) > 0 {
			task.Note += "\nGo back when: " + strings.Join(t.Rollback, "; ")
		}
		if t.Edit.Note != "" {
			task.Note += "\n" + t.Edit.Note
		}
		if t.After != nil {
			task.After = ids[*t.After]
		}
		ids[t.Name] = task.ID
		plan.Tasks = append(plan.Tasks, task)
	}
	return plan
}
