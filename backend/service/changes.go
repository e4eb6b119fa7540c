package service

import (
	"context"
	"strings"
)

// Topic is a part of a workspace that changes as a whole.
type Topic string

// The topics.
const (
	TopicLedger     Topic = "ledger" // which charges count and what accounts are called, and so imports, bills and every answer
	TopicJobs       Topic = "jobs"
	TopicDimensions Topic = "dimensions"
	TopicScopes     Topic = "scopes"
	TopicMappings   Topic = "mappings"
	TopicInvoices   Topic = "invoices"
	TopicSavings    Topic = "savings"    // the rules, documents of the client, and what was decided about findings
	TopicBudgets    Topic = "budgets"    // what may be spent
	TopicAlerts     Topic = "alerts"     // raised, seen and sent ones, the rules and the channels
	TopicAnomalies  Topic = "anomalies"  // marks, mute rules and sensitivities
	TopicForecasts  Topic = "forecasts"  // planned changes and frozen forecasts
	TopicMigrations Topic = "migrations" // assessments, their results and what was decided about their tasks
	// TopicConnections is where bills come from by themselves, and how the network is reached.
	TopicConnections Topic = "connections"
	TopicWorkspaces  Topic = "workspaces" // name and settings
)

// topics says what an action of the audit log changes; a name ends in a blank where
// it stands for all that begin so.
var topics = []struct {
	action string
	topic  Topic
}{
	{"import", TopicLedger}, {"undo", TopicLedger}, {"choose", TopicLedger}, {"name accounts", TopicLedger},
	{"save dimension", TopicDimensions}, {"delete dimension", TopicDimensions},
	{"save scope", TopicScopes}, {"rename scope", TopicScopes}, {"delete scope", TopicScopes},
	{"save mapping", TopicMappings}, {"delete mapping", TopicMappings},
	{"save invoice amount", TopicInvoices}, {"delete invoice amount", TopicInvoices},
	{"add document", TopicSavings}, {"fetch document", TopicSavings}, {"save document", TopicSavings}, {"delete document", TopicSavings},
	{"change rule", TopicSavings}, {"save rule pack", TopicSavings}, {"delete rule pack", TopicSavings}, {"change finding", TopicSavings},
	{"save budget", TopicBudgets}, {"rename budget", TopicBudgets}, {"delete budget", TopicBudgets}, {"set " + providerBudgets, TopicBudgets},
	{"raise alert", TopicAlerts}, {"read alerts", TopicAlerts}, {"add channel", TopicAlerts}, {"change channel", TopicAlerts}, {"remove channel", TopicAlerts}, {"save alert rule", TopicAlerts}, {"delete alert rule", TopicAlerts},
	{"save anomaly mark", TopicAnomalies}, {"delete anomaly mark", TopicAnomalies}, {"save mute rule", TopicAnomalies}, {"delete mute rule", TopicAnomalies},
	{"save sensitivity", TopicAnomalies}, {"delete sensitivity", TopicAnomalies},
	{"save planned change", TopicForecasts}, {"delete planned change", TopicForecasts}, {"save frozen forecast", TopicForecasts}, {"delete frozen forecast", TopicForecasts},
	{"save connection", TopicConnections}, {"delete connection", TopicConnections}, {"set network", TopicConnections},
	{"save assessment", TopicMigrations}, {"delete assessment", TopicMigrations}, {"make assessment", TopicMigrations}, {"read prices", TopicMigrations}, {"reset prices", TopicMigrations},
	{"set ", TopicWorkspaces},
}

// Change says that a topic has another version than before, whoever changed it.
type Change struct {
	Topic   Topic
	Version int64
}

// Watch finds what changes in a workspace, also by other processes. It belongs to one goroutine.
type Watch struct {
	w           *workspace
	audit, jobs int64
}

// Watch begins to watch: Next returns what changed since.
func (w *Workspace) Watch(ctx context.Context) (*Watch, error) {
	watch := &Watch{w: w.workspace}
	var err error
	watch.audit, watch.jobs, err = w.db.Versions(ctx)
	return watch, err
}

// Next returns what changed since the last time, each topic once. It costs two look-ups in an
// index where nothing did.
func (c *Watch) Next(ctx context.Context) ([]Change, error) {
	audit, jobs, err := c.w.db.Versions(ctx)
	if err != nil {
		return nil, err
	}
	var changes []Change
	if audit != c.audit {
		actions, err := c.w.db.ActionsSince(ctx, c.audit)
		if err != nil {
			return nil, err
		}
		for _, a := range actions { // oldest first, so that the newest of a topic stands
			if topic := topicOf(a.Name); topic != "" {
				changes = withChange(changes, Change{topic, a.ID})
			}
		}
	}
	if jobs != c.jobs {
		changes = append(changes, Change{TopicJobs, jobs})
	}
	c.audit, c.jobs = audit, jobs
	return changes, nil
}

func topicOf(action string) Topic {
	for _, t := range topics {
		if action == t.action || strings.HasSuffix(t.action, " ") && strings.HasPrefix(action, t.action) {
			return t.topic
		}
	}
	return ""
}

func withChange(changes []Change, c Change) []Change {
	for i := range changes {
		if changes[i].Topic == c.Topic {
			changes[i] = c
			return changes
		}
	}
	return append(changes, c)
}

// Topics lists all topics.
func Topics() []Topic {
	return []Topic{TopicLedger, TopicJobs, TopicDimensions, TopicScopes, TopicMappings, TopicInvoices, TopicSavings, TopicBudgets, TopicAlerts, TopicAnomalies, TopicForecasts, TopicConnections, TopicMigrations, TopicWorkspaces}
}
