package service

import (
	"cloud-intelligence/backend/finops/wire"
	"cloud-intelligence/backend/source/mappedfile"
)

// ScopeInfo is a scope without its filter.
type ScopeInfo struct {
	Name      string `json:"name"`
	Version   int64  `json:"version"`
	ChangedAt string `json:"changedAt"`
	ChangedBy string `json:"changedBy"`
	Problem   string `json:"problem"` // why it cannot be used; "" = it can
}

// DimensionInfo describes a kept dimension.
type DimensionInfo struct {
	Name        string   `json:"name"`
	Description string   `json:"description" cli:"-"`
	Rules       int      `json:"rules"`   // how many
	Default     *string  `json:"default"` // value of charges that no rule catches; null = none
	Version     int64    `json:"version"`
	ChangedAt   string   `json:"changedAt"`
	ChangedBy   string   `json:"changedBy"`
	Problem     string   `json:"problem"`        // why it cannot be used; "" = it can
	UsedBy      []string `json:"usedBy" cli:"-"` // the scopes whose filters use it
}

// MappingInfo is a mapping of the workspace in a list.
type MappingInfo struct {
	Name      string `json:"name"`
	Version   int64  `json:"version"`
	ChangedAt string `json:"changedAt"`
	Columns   int    `json:"columns"` // how many
	Provider  string `json:"provider"`
	Problem   string `json:"problem"`
}

// Info is the scope for the faces.
func (s Scope) Info() ScopeInfo {
	return ScopeInfo{s.Name, s.Version, wire.Instant(s.ChangedAt), s.ChangedBy, s.Problem}
}

// Info is the dimension for the faces.
func (d Dimension) Info() DimensionInfo {
	return DimensionInfo{d.Name, d.Description, len(d.Rules), d.Default, d.Version, wire.Instant(d.ChangedAt), d.ChangedBy, d.Problem, wire.List(d.UsedBy)}
}

// Info is the mapping for the faces.
func (m SavedMapping) Info() MappingInfo {
	provider := m.Columns["ProviderName"]
	if provider == (mappedfile.ColumnSource{}) {
		provider = m.Columns["ServiceProviderName"]
	}
	return MappingInfo{m.Name, m.Version, wire.Instant(m.ChangedAt), len(m.Columns), provider.Text, m.Problem}
}
