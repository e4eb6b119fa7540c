package desktop

import (
	"slices"
	"strings"
	"time"

	"cloud-intelligence/backend/platform/network"
	"cloud-intelligence/backend/platform/schedule"
	"cloud-intelligence/backend/service"
	"cloud-intelligence/backend/source"
	"cloud-intelligence/backend/store"
)

// ConnectorInfo is a kind of place that bills come from by themselves.
type ConnectorInfo struct {
	Name    string            `json:"name"`
	Label   string            `json:"label"`
	Options []ConnectorOption `json:"options"`
	// Policies says that something has to be allowed for connections of this kind.
	Policies bool `json:"policies"`
}

// ConnectorOption is something that a connector must know.
type ConnectorOption struct {
	Name     string `json:"name"`
	Label    string `json:"label"`
	Help     string `json:"help"`
	Example  string `json:"example"`
	Required bool   `json:"required"`
	Secret   bool   `json:"secret"` // it goes into the keychain, and never comes back
	Folder   bool   `json:"folder"` // it is the path of a folder on this computer
	Rare     bool   `json:"rare"`   // few need it
}

// OptionValue is what a person says of an option.
type OptionValue struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// ConnectionInfo is a place that bills come from by themselves, without its secrets.
type ConnectionInfo struct {
	ID        string        `json:"id"`
	Name      string        `json:"name"`
	Kind      string        `json:"kind"`
	Label     string        `json:"label"` // of the kind
	From      string        `json:"from"`  // first month that is brought in, YYYY-MM; "" = all that the place has
	Values    []OptionValue `json:"values"`
	Secrets   []string      `json:"secrets"` // the options that the keychain has
	Missing   []string      `json:"missing"` // labels of those that it lacks on this computer
	Problem   string        `json:"problem"` // why it cannot be used now; "" = it can
	Version   int64         `json:"version"`
	ChangedAt string        `json:"changedAt"`
	ChangedBy string        `json:"changedBy"`
	Months    []SyncedMonth `json:"months"`
	LastRun   *SyncRunInfo  `json:"lastRun"` // null = it was never synced
	Standing  SyncStanding  `json:"standing"`
}

// SyncedMonth is what was last brought in of a month of an export.
type SyncedMonth struct {
	DataSet  string `json:"dataSet"`
	Month    string `json:"month"` // YYYY-MM; "" = the place tells no months apart
	Files    int64  `json:"files"`
	Bytes    int64  `json:"bytes"`
	SyncedAt string `json:"syncedAt"`
}

// SyncStanding says how far a connection can be relied on to be up to date; "" = there is no such time.
type SyncStanding struct {
	SyncedAt     string `json:"syncedAt"`     // when the last sync ended that went well
	FailingSince string `json:"failingSince"` // when the first of the syncs began that failed since then
	RetryAt      string `json:"retryAt"`      // when this window tries again by itself
}

// ProviderStanding is the standing of what brings in a provider's bills.
type ProviderStanding struct {
	Provider string       `json:"provider"`
	Standing SyncStanding `json:"standing"`
}

// SyncRunInfo is one attempt to sync a connection.
type SyncRunInfo struct {
	ID         int64  `json:"id"`
	Connection string `json:"connection"` // id of the connection, which may have been removed
	State      string `json:"state"`      // running, done, failed, unanswered, cancelled or interrupted
	StartedAt  string `json:"startedAt"`
	EndedAt    string `json:"endedAt"` // "" = it has not ended, or was interrupted
	Seconds    int64  `json:"seconds"` // that it took; 0 where it has not ended
	Months     int64  `json:"months"`  // that were brought in
	Files      int64  `json:"files"`
	Lines      int64  `json:"lines"`
	Calls      int64  `json:"calls"`
	Retries    int64  `json:"retries"`
	Received   int64  `json:"received"` // bytes
	Note       string `json:"note"`     // what went wrong, or what changed
}

// ConnectionDraft is a connection as a person wants to keep it. An empty value takes one away; secrets that are left out stay
// as they are, an empty one is removed.
type ConnectionDraft struct {
	Name    string        `json:"name"`
	Kind    string        `json:"kind"`
	From    string        `json:"from"` // first month to bring in, YYYY-MM; "" = all
	Values  []OptionValue `json:"values"`
	Secrets []OptionValue `json:"secrets"`
}

// TestStep is one thing that a test of a connection has tried.
type TestStep struct {
	Name   string `json:"name"`
	OK     bool   `json:"ok"`
	Detail string `json:"detail"`
}

// PolicyInfo is what a connection must be allowed, to copy.
type PolicyInfo struct {
	Name string `json:"name"`
	Form string `json:"form"` // "json" or "terraform"
	Text string `json:"text"`
	Note string `json:"note"`
}

// HostInfo is what was exchanged with one host for one purpose.
type HostInfo struct {
	Host     string `json:"host"`
	Purpose  string `json:"purpose"`
	Calls    int64  `json:"calls"`
	Sent     int64  `json:"sent"` // bytes of bodies
	Received int64  `json:"received"`
	First    string `json:"first"`
	Last     string `json:"last"`
}

// NetworkSettings say how the network is reached for the workspace, and when that happens unasked.
type NetworkSettings struct {
	Offline bool   `json:"offline"` // every call is refused
	Proxy   string `json:"proxy"`   // "" = as the environment says
	CAFile  string `json:"caFile"`  // "" = the certificates of the system only
	// AtOpening says that this window syncs all connections when the workspace is opened and when the computer wakes.
	AtOpening bool `json:"atOpening"`
}

// ScheduleInfo is what the operating system runs every day, or would run.
type ScheduleInfo struct {
	Where string `json:"where"` // "crontab", a path, or the name of a task; "" = it runs nothing
	Text  string `json:"text"`
}

func connectorInfo(c source.Connector) ConnectorInfo {
	return ConnectorInfo{c.Name(), c.Label(), converted(c.Options(), func(o source.Option) ConnectorOption { return ConnectorOption(o) }), len(c.Policies(nil)) > 0}
}

// connectionInfo leaves out a retry that this window does not make: of a sync that was begun before it opened the workspace.
func connectionInfo(c service.Connection, openedAt time.Time) ConnectionInfo {
	info := ConnectionInfo{
		ID: c.ID, Name: c.Name, Kind: c.Kind, Label: c.Label, From: c.From, Values: optionValues(c.Values), Secrets: list(c.Secrets), Missing: list(c.Missing), Problem: c.Problem,
		Version: c.Version, ChangedAt: instant(c.ChangedAt), ChangedBy: c.ChangedBy, Standing: syncStanding(c.Standing, openedAt),
		Months: converted(c.Months, func(m store.Synced) SyncedMonth {
			return SyncedMonth{m.DataSet, m.Month, m.Files, m.Bytes, instant(m.At)}
		}),
	}
	if c.LastRun != nil {
		run := syncRunInfo(*c.LastRun)
		info.LastRun = &run
	}
	return info
}

func syncStanding(s service.SyncStanding, openedAt time.Time) SyncStanding {
	info := SyncStanding{SyncedAt: instant(s.SyncedAt), FailingSince: instant(s.FailingSince)}
	if !s.TriedAt.Before(openedAt) {
		info.RetryAt = instant(s.RetryAt)
	}
	return info
}

func optionValues(values map[string]string) []OptionValue {
	pairs := []OptionValue{}
	for name, value := range values {
		pairs = append(pairs, OptionValue{name, value})
	}
	slices.SortFunc(pairs, func(a, b OptionValue) int { return strings.Compare(a.Name, b.Name) })
	return pairs
}

func optionMap(pairs []OptionValue) map[string]string {
	values := map[string]string{}
	for _, p := range pairs {
		values[p.Name] = p.Value
	}
	return values
}

func (d ConnectionDraft) input() service.ConnectionInput {
	return service.ConnectionInput{Name: d.Name, Kind: d.Kind, From: &d.From, Values: optionMap(d.Values), Secrets: optionMap(d.Secrets)}
}

func syncRunInfo(r store.SyncRun) SyncRunInfo {
	info := SyncRunInfo{
		ID: r.ID, Connection: r.Connection, State: r.State, StartedAt: instant(r.StartedAt), EndedAt: instant(r.EndedAt), Months: r.Months, Files: r.Files, Lines: r.Lines,
		Calls: r.Calls, Retries: r.Retries, Received: r.Received, Note: r.Note,
	}
	if !r.EndedAt.IsZero() {
		info.Seconds = int64(r.EndedAt.Sub(r.StartedAt).Round(time.Second) / time.Second)
	}
	return info
}

func hostInfo(c store.Contact) HostInfo {
	return HostInfo{c.Host, c.Purpose, c.Calls, c.Sent, c.Received, instant(c.First), instant(c.Last)}
}

func (s NetworkSettings) network() network.Settings {
	return network.Settings{Offline: s.Offline, Proxy: s.Proxy, CAFile: s.CAFile}
}

func scheduleInfo(e schedule.Entry) ScheduleInfo { return ScheduleInfo{e.Where, e.Text} }
