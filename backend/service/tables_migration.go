package service

import (
	"maps"
	"slices"
	"strings"
	"time"

	"cloud-intelligence/backend/analysis/migration"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/finops/wire"
	"cloud-intelligence/backend/pricebook"
	"cloud-intelligence/backend/report"
	"cloud-intelligence/backend/report/schedule"
)

// MigrationPart is a table of what an assessment came to.
type MigrationPart string

// The tables of an assessment.
const (
	MigrationLines     MigrationPart = "workloads" // a row for each workload on each provider
	MigrationProviders MigrationPart = "providers" // a row for each provider: score, cost by component and term, one-off cost, return
	MigrationCashFlow  MigrationPart = "cash-flow" // a row for each month on each provider
	MigrationScores    MigrationPart = "scores"    // a row for each contribution to the score of a provider
	MigrationRanges    MigrationPart = "ranges"    // a row for each assumption: how far it moves the net present value on a provider
	MigrationTasks     MigrationPart = "tasks"     // a row for each phase of the plan
	MigrationWeights   MigrationPart = "weights"   // a row for each provider: in what share of the weightings it is first
	MigrationScenarios MigrationPart = "scenarios" // a row for each other assumption and provider: its score
	MigrationOmitted   MigrationPart = "omitted"   // a row for each workload that is in no total
	MigrationPrices    MigrationPart = "prices"    // a row for each price table: its oldest figure that was used
)

// MigrationParts lists them.
var MigrationParts = []MigrationPart{
	MigrationLines, MigrationProviders, MigrationCashFlow, MigrationScores, MigrationRanges, MigrationTasks, MigrationWeights, MigrationScenarios, MigrationOmitted, MigrationPrices,
}

// MigrationNames lists the names of the tables.
func MigrationNames(separator string) string { return joinNames(MigrationParts, separator) }

// The rows of the tables of an assessment; amounts are USD.
type (
	migrationProvider struct {
		Provider  string                `json:"provider"`
		Eligible  bool                  `json:"eligible"`
		Gates     []string              `json:"gates"`
		Region    *string               `json:"region"`
		Score     *string               `json:"score"`
		Stars     int                   `json:"confidence"` // 1 to 5
		OneOff    *finops.Amount        `json:"oneOff"`
		Low       *finops.Amount        `json:"oneOffLow"`
		High      *finops.Amount        `json:"oneOffHigh"`
		Horizon   *finops.Amount        `json:"horizonCost"`
		NPV       *finops.Amount        `json:"npv"`
		ROI       *string               `json:"roi"`
		Payback   *string               `json:"paybackMonth"`
		Monthly   *migration.Components `json:"monthly"`
		Terms     *migration.TermTotals `json:"terms"`
		OneOffsBy *migration.OneOff     `json:"oneOffParts"`
	}
	migrationMonth struct {
		Provider string `json:"provider"`
		migration.Month
	}
	migrationScore struct {
		Provider string `json:"provider"`
		Part     string `json:"part"`
		Label    string `json:"contribution"`
		Value    string `json:"value"`
		Weight   string `json:"weight"`
		Points   string `json:"points"`
		Source   string `json:"source"`
		AsOf     string `json:"asOf"`
	}
	migrationRange struct {
		Provider string `json:"provider"`
		migration.Bar
	}
	migrationWeight struct {
		Provider string `json:"provider"`
		Share    string `json:"share" cell:"share"`
		Of       int    `json:"weightings"`
	}
	migrationScenario struct {
		Assumption string `json:"assumption"`
		Change     string `json:"change"`
		Provider   string `json:"provider"`
		Score      string `json:"score"`
		First      bool   `json:"first"`
	}
	migrationPrice struct {
		Table string `json:"table"`
		AsOf  string `json:"asOf"`
	}
	migrationTask struct {
		Task     string     `json:"task"`
		Done     bool       `json:"done"`
		Start    finops.Day `json:"start"`
		End      finops.Day `json:"end"`
		Moved    int        `json:"movedDays"`
		Critical bool       `json:"critical"`
		After    *string    `json:"after"`
		Lines    []string   `json:"workloads"`
		Gate     string     `json:"doneWhen"`
		Rollback []string   `json:"rollBackWhen"`
		Note     string     `json:"note"`
	}
)

// MigrationTable is a table of what an assessment came to, with what a person decided about the tasks of its plan. It answers CodeInvalid
// for a part that there is not.
func MigrationTable(part MigrationPart, name string, r *migration.Result, edits map[string]migration.TaskEdit, now time.Time) (*report.Table, error) {
	t := &report.Table{Title: "Migration " + string(part), Question: name + ": USD list prices, price tables " + r.PriceBook.Version, AsOf: now, Currency: -1}
	switch part {
	case MigrationLines:
		migrationLines(t, r)
	case MigrationProviders:
		fill(t, migrationProviders(r))
	case MigrationCashFlow:
		var rows []migrationMonth
		for i := range r.Providers {
			for _, m := range r.Providers[i].CashFlow {
				m.Month++ // the first month of the plan is month 1, as the window has it
				rows = append(rows, migrationMonth{pricebook.ProviderName(r.Providers[i].Provider), m})
			}
		}
		fill(t, rows)
	case MigrationScores:
		fill(t, migrationScores(r))
	case MigrationRanges:
		var rows []migrationRange
		for i := range r.Providers {
			for _, bar := range r.Providers[i].Tornado {
				rows = append(rows, migrationRange{pricebook.ProviderName(r.Providers[i].Provider), bar})
			}
		}
		fill(t, rows)
	case MigrationTasks:
		fill(t, migrationTasks(r, edits))
	case MigrationWeights:
		fill(t, wire.Each(r.Sensitivity.Weights, func(w migration.WeightShare) migrationWeight {
			return migrationWeight{pricebook.ProviderName(w.Provider), string(w.Share), r.Sensitivity.Weightings}
		}))
	case MigrationScenarios:
		fill(t, migrationScenarios(r))
	case MigrationOmitted:
		fill(t, r.NotCounted)
	case MigrationPrices:
		var rows []migrationPrice
		for _, table := range slices.Sorted(maps.Keys(r.PriceBook.Tables)) {
			rows = append(rows, migrationPrice{table, r.PriceBook.Tables[table]})
		}
		fill(t, rows)
	default:
		return nil, finops.Errorf(finops.CodeInvalid, "%q is not a table of an assessment; it can be one of %s.", part, MigrationNames(", "))
	}
	for i := range t.Columns {
		switch c := &t.Columns[i]; {
		case c.Kind == report.Amount:
			c.Unit = "USD"
		case c.Name == "score" || c.Name == "roi" || c.Name == "paybackMonth" || c.Name == "weight" || c.Name == "points":
			c.Kind = report.Quantity
		}
	}
	return t, nil
}

func migrationProviders(r *migration.Result) []migrationProvider {
	rows := make([]migrationProvider, len(r.Providers))
	for i := range r.Providers {
		p := &r.Providers[i]
		row := migrationProvider{
			Provider: pricebook.ProviderName(p.Provider), Eligible: p.Eligible, Region: p.Region, Stars: p.Confidence.Stars, OneOff: p.OneOff, Low: p.OneOffLow, High: p.OneOffHigh,
			Horizon: p.HorizonCost, NPV: p.NPV, Monthly: p.Monthly, Terms: p.Terms, OneOffsBy: p.OneOffParts,
		}
		for _, gate := range p.Gates {
			row.Gates = append(row.Gates, gate.Message)
		}
		if p.Score != nil {
			row.Score = new(p.Score.Total.String())
		}
		if p.ROI != nil {
			row.ROI = new(p.ROI.String())
		}
		if p.PaybackMonth != nil {
			row.Payback = new(p.PaybackMonth.String())
		}
		rows[i] = row
	}
	return rows
}

func migrationScores(r *migration.Result) (rows []migrationScore) {
	for i := range r.Providers {
		for _, c := range r.Providers[i].Contributions {
			rows = append(rows, migrationScore{pricebook.ProviderName(r.Providers[i].Provider), c.Part, c.Label, c.Value, string(c.Weight), c.Points.String(), c.Source, c.AsOf})
		}
	}
	return rows
}

func migrationScenarios(r *migration.Result) (rows []migrationScenario) {
	for _, c := range r.Sensitivity.Changes {
		for _, s := range c.Scores {
			rows = append(rows, migrationScenario{c.Assumption, c.Change, pricebook.ProviderName(s.Provider), s.Total.String(), s.Provider == c.Winner})
		}
	}
	return rows
}

func migrationTasks(r *migration.Result, edits map[string]migration.TaskEdit) []migrationTask {
	tasks := r.Plan.Tasks(edits)
	rows := make([]migrationTask, len(tasks))
	for i := range tasks {
		t := &tasks[i]
		rows[i] = migrationTask{
			Task: t.Title(), Done: t.Edit.Done, Start: t.Start, End: t.End, Moved: int(t.Start - t.Planned), Critical: slices.Contains(r.Plan.CriticalPath, t.Name),
			After: t.After, Lines: t.Lines, Gate: t.Gate, Rollback: t.Rollback, Note: t.Edit.Note,
		}
	}
	return rows
}

// migrationLines has a row for each line of an assessment on each provider, with the cost by component.
func migrationLines(t *report.Table, r *migration.Result) {
	t.Columns = []report.Column{
		{Name: "provider"}, {Name: "region"}, {Name: "workload"}, {Name: "strategy"}, {Name: "target"}, {Name: "runner_up"}, {Name: "counted"}, {Name: "unpriced"},
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
