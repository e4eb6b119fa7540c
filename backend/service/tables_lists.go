package service

import (
	"context"
	"maps"
	"slices"
	"strings"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/finops/wire"
	"cloud-intelligence/backend/job"
	"cloud-intelligence/backend/report"
	"cloud-intelligence/backend/store"
)

// ListName names a list of the workspace that leaves as a table.
type ListName string

// The lists that leave as tables.
const (
	ListAlertRules      ListName = "alert rules"
	ListAlerts          ListName = "alerts"
	ListAssessments     ListName = "assessments"
	ListBudgets         ListName = "budgets"
	ListChannels        ListName = "channels"
	ListConnections     ListName = "connections"
	ListDeliveries      ListName = "deliveries"
	ListDimensions      ListName = "dimensions"
	ListDocuments       ListName = "documents"
	ListFrozen          ListName = "frozen forecasts"
	ListHosts           ListName = "hosts"
	ListImports         ListName = "imports"
	ListJobs            ListName = "jobs"
	ListMappings        ListName = "mappings"
	ListMuteRules       ListName = "mute rules"
	ListPlanned         ListName = "planned changes"
	ListProviderBudgets ListName = "provider budgets"
	ListRulePacks       ListName = "rule packs"
	ListRules           ListName = "savings rules"
	ListScopes          ListName = "scopes"
	ListSyncs           ListName = "syncs"
)

// lists says how the rows of each list are read: structs whose fields are the columns, see Tables.Of.
var lists = map[ListName]func(context.Context, *workspace) (any, error){
	ListAlertRules:      listed(Alerts.Rules, (*AlertRule).Info),
	ListAlerts:          listed(Alerts.List, func(a *store.Alert) AlertInfo { return AlertOf(*a) }),
	ListAssessments:     listed(Migrations.List, func(a *Assessment) keptRow { return keptRow{a.Name, a.Version, wire.Instant(a.ChangedAt), a.ChangedBy} }),
	ListBudgets:         listed(Budgets.List, (*Budget).Info),
	ListChannels:        listed(Alerts.Channels, func(c *AlertChannel) ChannelInfo { return c.Info() }),
	ListConnections:     listed(Connections.List, connectionRowOf),
	ListDeliveries:      deliveryRows,
	ListDimensions:      listed(Dimensions.List, func(d *Dimension) DimensionInfo { return d.Info() }),
	ListDocuments:       listed(Documents.List, func(d *Document) DocumentInfo { return d.Info() }),
	ListFrozen:          frozenRows,
	ListHosts:           listed(Connections.Hosts, func(c *store.Contact) HostInfo { return HostOf(*c) }),
	ListImports:         listed(Imports.List, (*ImportInfo).Document),
	ListJobs:            listed(func(w Jobs, ctx context.Context) ([]job.Job, error) { return w.List(ctx, 0) }, func(j *job.Job) JobInfo { return JobOf(*j) }),
	ListMappings:        listed(Mappings.List, func(m *SavedMapping) MappingInfo { return m.Info() }),
	ListMuteRules:       listed(Anomalies.MuteRules, muteRowOf),
	ListPlanned:         listed(Forecasts.Planned, func(c *PlannedChange) plannedRow { return plannedRow{c.Info(), c.Version, c.Problem} }),
	ListProviderBudgets: listed(Budgets.OfProviders, func(b *ProviderBudgetInfo) ProviderBudgetInfo { return *b }),
	ListRulePacks:       listed(Savings.Packs, func(p *RulePack) PackInfo { return p.Info() }),
	ListRules:           listed(Savings.RuleStates, func(s *RuleState) RuleInfo { return s.Info() }),
	ListScopes:          listed(Scopes.List, func(s *Scope) scopeRow { return scopeRow{s.Info(), s.Text} }),
	ListSyncs:           syncRows,
}

// listed makes the rows of a list that a use case answers.
func listed[W ~struct{ *workspace }, A, R any](list func(W, context.Context) ([]A, error), rowOf func(*A) R) func(context.Context, *workspace) (any, error) {
	return func(ctx context.Context, w *workspace) (any, error) {
		all, err := list(W(struct{ *workspace }{w}), ctx)
		rows := make([]R, len(all))
		for i := range all {
			rows[i] = rowOf(&all[i])
		}
		return rows, err
	}
}

// The rows of lists whose types have more in them than cells, or less than a reader of the file knows.
type (
	keptRow struct {
		Name      string `json:"name"`
		Version   int64  `json:"version"`
		ChangedAt string `json:"changedAt"`
		ChangedBy string `json:"changedBy"`
	}
	connectionRow struct {
		Name      string `json:"name"`
		Version   int64  `json:"version"`
		Kind      string `json:"kind"`
		Since     string `json:"from"`
		SyncedAt  string `json:"lastSyncAt"`
		State     string `json:"state"`
		Problem   string `json:"problem"`
		ChangedAt string `json:"changedAt"`
		ChangedBy string `json:"changedBy"`
	}
	deliveryRow struct {
		Message string `json:"message"`
		DeliveryInfo
	}
	frozenRow struct {
		Name     string     `json:"name"`
		Metric   string     `json:"metric"`
		Currency string     `json:"currency"`
		Scope    string     `json:"scope"`
		Where    string     `json:"where"`
		AsOf     finops.Day `json:"asOf"`
		FrozenMonthInfo
	}
	muteRow struct {
		MuteRuleInfo
		Where   []string `json:"where"`
		Version int64    `json:"version"`
	}
	plannedRow struct {
		PlannedInfo
		Version int64  `json:"version"`
		Problem string `json:"problem"`
	}
	scopeRow struct {
		ScopeInfo
		Where string `json:"where"`
	}
	syncRow struct {
		Connection string `json:"connection"` // its name; "" = it was removed
		SyncRunInfo
	}
)

func connectionRowOf(c *Connection) connectionRow {
	row := connectionRow{Name: c.Name, Version: c.Version, Kind: c.Label, Since: c.From, Problem: c.Problem, ChangedAt: wire.Instant(c.ChangedAt), ChangedBy: c.ChangedBy}
	if c.LastRun != nil {
		row.SyncedAt, row.State = wire.Instant(c.LastRun.StartedAt), c.LastRun.State
	}
	return row
}

func muteRowOf(r *MuteRule) muteRow {
	row := muteRow{MuteRuleInfo: r.Info(), Version: r.Version}
	for _, column := range slices.Sorted(maps.Keys(r.Keys)) {
		row.Where = append(row.Where, column+"="+r.Keys[column])
	}
	return row
}

// deliveryRows says of each delivery what it sent.
func deliveryRows(ctx context.Context, w *workspace) (any, error) {
	alerts, err := Alerts{w}.List(ctx)
	if err != nil {
		return nil, err
	}
	messages := map[int64]string{}
	for _, a := range alerts {
		messages[a.ID] = a.Message
	}
	return listed(Alerts.Deliveries, func(d *store.Delivery) deliveryRow { return deliveryRow{messages[d.AlertID], DeliveryOf(*d)} })(ctx, w)
}

// frozenRows has a row for each month of each frozen forecast.
func frozenRows(ctx context.Context, w *workspace) (any, error) {
	list, err := Forecasts{w}.Frozen(ctx)
	rows := []frozenRow{}
	for _, f := range list {
		info := f.Info()
		for _, m := range info.Months {
			rows = append(rows, frozenRow{info.Name, info.Metric, info.Currency, info.Scope, info.Where, info.AsOf, m})
		}
	}
	return rows, err
}

// syncRows names the connection of each sync.
func syncRows(ctx context.Context, w *workspace) (any, error) {
	connections, err := Connections{w}.List(ctx)
	if err != nil {
		return nil, err
	}
	names := map[string]string{}
	for i := range connections {
		names[connections[i].ID] = connections[i].Name
	}
	runs, err := Syncs{w}.History(ctx, "", 0)
	return wire.Each(runs, func(r store.SyncRun) syncRow { return syncRow{names[r.Connection], SyncRunOf(r)} }), err
}

// List makes the table of a list; CodeInvalid where there is none of the name.
func (w Tables) List(ctx context.Context, name ListName) (*report.Table, error) {
	list, ok := lists[name]
	if !ok {
		return nil, finops.Errorf(finops.CodeInvalid, "There is no list %q.", name)
	}
	rows, err := list(ctx, w.workspace)
	if err != nil {
		return nil, err
	}
	return w.Of(ctx, strings.ToUpper(string(name[:1]))+string(name[1:]), rows)
}
