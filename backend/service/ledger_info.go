package service

import (
	"cloud-intelligence/backend/engine"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/finops/wire"
)

// CompletenessInfo says what charges there are, and of which days.
type CompletenessInfo struct {
	Lines     int64           `json:"lines"`
	FirstDay  string          `json:"firstDay" cli:"null"`  // "" = there are no charges
	LastDay   string          `json:"lastDay" cli:"null"`   // of any charge
	NewestDay string          `json:"newestDay" cli:"null"` // the last day that is covered; a fee of next month may lie behind it
	Providers []ProviderState `json:"providers"`
	Months    []MonthState    `json:"months"`
	Metrics   []MetricState   `json:"metrics"`
}

// ProviderState says what there is of a provider.
type ProviderState struct {
	Name        string       `json:"provider"`
	FirstDay    finops.Day   `json:"firstDay"`
	LastDay     finops.Day   `json:"lastDay"`
	Lines       int64        `json:"lines"`
	MissingDays []finops.Day `json:"missingDays"`
	LateDays    int          `json:"lateDays"`           // behind the newest day of all
	Ended       bool         `json:"ended"`              // so far behind that no more is to come; not late
	ImportedAt  string       `json:"importedAt" cli:"-"` // when the newest import finished of which a bill counts
}

// MonthState says how complete a month of charges is.
type MonthState struct {
	Month       string     `json:"month"`
	Complete    bool       `json:"complete"`
	LastDay     finops.Day `json:"lastDay"`
	MissingDays int        `json:"missingDays"`
}

// MetricState says whether any line has a value of the metric.
type MetricState struct {
	Metric string `json:"metric"`
	Known  bool   `json:"known"`
}

// CompletenessOf is what a ledger has, for the faces; at says when each provider was imported last.
func CompletenessOf(s *engine.State, at map[string]string) CompletenessInfo {
	info := CompletenessInfo{
		Lines: s.Lines,
		Providers: wire.Each(s.Providers, func(p engine.ProviderState) ProviderState {
			late, ended := p.Late(s.NewestDay)
			return ProviderState{p.Name, p.First, p.Last, p.Lines, wire.List(p.Missing), late, ended, at[p.Name]}
		}),
		Months: wire.Each(s.Months, func(m engine.MonthState) MonthState {
			return MonthState{m.Month.String(), m.Complete, m.LastDay, m.MissingDays}
		}),
		Metrics: wire.Each(s.Metrics, func(m engine.MetricState) MetricState { return MetricState{string(m.Metric), m.Known} }),
	}
	if s.Lines > 0 {
		info.FirstDay, info.LastDay, info.NewestDay = s.FirstDay.String(), s.LastDay.String(), s.NewestDay.String()
	}
	return info
}
