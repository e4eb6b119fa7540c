package service

import (
	"slices"
	"strings"
	"time"

	"cloud-intelligence/backend/finops/wire"
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
	Switch   bool   `json:"switch"` // it is "on" or "off"; "" = off
	Beside   bool   `json:"beside"` // it is about what is read beside bills
	Rare     bool   `json:"rare"`   // few need it
	Charge   string `json:"charge"` // one sentence on what the provider charges for it; "" = nothing
}

// OptionValue is what a person says of an option.
type OptionValue struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// ConnectionInfo is a place that bills come from by themselves, without its secrets.
type ConnectionInfo struct {
	ID        string           `json:"id" cli:"-"`
	Name      string           `json:"name"`
	Kind      string           `json:"kind"`
	Label     string           `json:"label"` // of the kind
	From      string           `json:"from"`  // first month that is brought in, YYYY-MM; "" = all that the place has
	Values    []OptionValue    `json:"values"`
	Secrets   []string         `json:"secrets"`        // the options that the keychain has
	Missing   []string         `json:"missingSecrets"` // labels of those that it lacks on this computer
	Problem   string           `json:"problem"`        // why it cannot be used now; "" = it can
	Version   int64            `json:"version"`
	ChangedAt string           `json:"changedAt"`
	ChangedBy string           `json:"changedBy"`
	Months    []BroughtIn      `json:"months"`
	NamedAt   string           `json:"namedAt"` // when the names of accounts were read last; "" = never
	Extras    []ReadExtra      `json:"extras"`  // what was read last beside bills
	LastRun   *SyncRunInfo     `json:"lastRun"` // null = it was never synced
	Standing  SyncStandingInfo `json:"standing"`
}

// BroughtIn is what was last brought in of a month of an export.
type BroughtIn struct {
	DataSet  string `json:"dataSet"`
	Month    string `json:"month"` // YYYY-MM; "" = the place does not distinguish months
	Files    int64  `json:"files"`
	Bytes    int64  `json:"bytes"`
	ImportID int64  `json:"importId" cli:"null"` // 0 = every file was known
	SyncedAt string `json:"syncedAt"`
}

// ReadExtra is a document, or the budgets of the provider, that a sync read beside bills.
type ReadExtra struct {
	Name   string `json:"name"` // "EC2 instances"
	ReadAt string `json:"readAt"`
}

// SyncStandingInfo says how far a connection can be relied on to be up to date; "" = there is no such time.
type SyncStandingInfo struct {
	SyncedAt     string `json:"syncedAt"`     // when the last sync ended that went well
	FailingSince string `json:"failingSince"` // when the first of the syncs began that failed since then
	RetryAt      string `json:"retryAt"`      // when this window tries again by itself
}

// SyncRunInfo is one attempt to sync a connection.
type SyncRunInfo struct {
	ID         int64  `json:"id" cli:"-"`
	Connection string `json:"connection"` // id of the connection, which may have been removed
	State      string `json:"state"`      // running, done, failed, unanswered, cancelled or interrupted
	StartedAt  string `json:"startedAt"`
	EndedAt    string `json:"endedAt" cli:"null"` // "" = it has not ended, or was interrupted
	Seconds    int64  `json:"seconds"`            // that it took; 0 where it has not ended
	Months     int64  `json:"months"`             // that were brought in
	Files      int64  `json:"files"`
	Lines      int64  `json:"lines"`
	Calls      int64  `json:"calls"`
	Retries    int64  `json:"retries"`
	Received   int64  `json:"received"` // bytes
	Note       string `json:"note"`     // what went wrong, or what was brought in
	Charged    string `json:"charged"`  // what the provider charges for its calls: "$0.03 for 3 pages"; "" = nothing
	SyncChanges
}

// TestStep is one thing that a test of a connection has tried.
type TestStep struct {
	Name   string `json:"name"`
	OK     bool   `json:"ok"`
	Detail string `json:"detail"`
	Beside bool   `json:"beside"` // is about what is read beside bills, which are synced also where it fails
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

// ConnectorOf describes a kind of connection.
func ConnectorOf(c source.Connector) ConnectorInfo {
	return ConnectorInfo{c.Name(), c.Label(), wire.Each(c.Options(), func(o source.Option) ConnectorOption { return ConnectorOption(o) }), len(c.Policies(nil)) > 0}
}

// ConnectionOf describes a connection to whoever opened the workspace at a time. It leaves out a retry that is not made there: of a sync that was begun before.
func ConnectionOf(c Connection, openedAt time.Time) ConnectionInfo {
	info := ConnectionInfo{
		ID: c.ID, Name: c.Name, Kind: c.Kind, Label: c.Label, From: c.From, Values: optionValues(c.Values), Secrets: wire.List(c.Secrets), Missing: wire.List(c.Missing), Problem: c.Problem,
		Version: c.Version, ChangedAt: wire.Instant(c.ChangedAt), ChangedBy: c.ChangedBy, Standing: SyncStandingOf(c.Standing, openedAt), NamedAt: wire.Instant(c.NamedAt),
		Extras: wire.Each(c.Extras, func(m store.Synced) ReadExtra { return ReadExtra{m.DataSet, wire.Instant(m.At)} }),
		Months: wire.Each(c.Months, func(m store.Synced) BroughtIn {
			return BroughtIn{m.DataSet, m.Month, m.Files, m.Bytes, m.ImportID, wire.Instant(m.At)}
		}),
	}
	if c.LastRun != nil {
		run := SyncRunOf(*c.LastRun)
		info.LastRun = &run
	}
	return info
}

// SyncStandingOf describes a standing; see ConnectionOf.
func SyncStandingOf(s SyncStanding, openedAt time.Time) SyncStandingInfo {
	info := SyncStandingInfo{SyncedAt: wire.Instant(s.SyncedAt), FailingSince: wire.Instant(s.FailingSince)}
	if !s.TriedAt.Before(openedAt) {
		info.RetryAt = wire.Instant(s.RetryAt)
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

// SyncRunOf describes a sync.
func SyncRunOf(r store.SyncRun) SyncRunInfo {
	info := SyncRunInfo{
		ID: r.ID, Connection: r.Connection, State: r.State, StartedAt: wire.Instant(r.StartedAt), EndedAt: wire.Instant(r.EndedAt), Months: r.Months, Files: r.Files, Lines: r.Lines,
		Calls: r.Calls, Retries: r.Retries, Received: r.Received, Note: r.Note, Charged: r.Charged, SyncChanges: changesOf(r),
	}
	if !r.EndedAt.IsZero() {
		info.Seconds = int64(r.EndedAt.Sub(r.StartedAt).Round(time.Second) / time.Second)
	}
	return info
}

// HostOf describes what was exchanged with a host.
func HostOf(c store.Contact) HostInfo {
	return HostInfo{c.Host, c.Purpose, c.Calls, c.Sent, c.Received, wire.Instant(c.First), wire.Instant(c.Last)}
}
