package service

import (
	"cloud-intelligence/backend/analysis/anomaly"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/finops/wire"
)

// AnomalyInfo is usage that cost something else than expected, without where it is.
type AnomalyInfo struct {
	ID        string        `json:"id"`
	Kind      anomaly.Kind  `json:"kind"`
	Currency  string        `json:"currency"`
	FirstDay  finops.Day    `json:"firstDay"`
	LastDay   finops.Day    `json:"lastDay"`
	Expected  finops.Sum    `json:"expected"`
	Actual    finops.Sum    `json:"actual"`
	Impact    finops.Sum    `json:"impact"`
	MonthOn   finops.Sum    `json:"monthOn"` // what a month more of it would add
	State     anomaly.State `json:"state"`
	Note      string        `json:"note" cli:"null"`    // of a person
	MutedBy   string        `json:"mutedBy" cli:"null"` // the rule that mutes it; "" = none
	Version   int64         `json:"version"`            // of what a person said of it; 0 = nothing
	ChangedBy string        `json:"changedBy" cli:"null"`
	ChangedAt string        `json:"changedAt" cli:"null"`
	Cause     CauseInfo     `json:"cause"`
}

// CauseInfo takes the impact of an anomaly apart: Price and Volume add up to it.
type CauseInfo struct {
	Price  finops.Sum `json:"price"`  // unit prices
	Volume finops.Sum `json:"volume"` // units, and what is new or gone
	New    []string   `json:"new"`    // resources, then SKUs, that had no cost before
}

// MuteRuleInfo is a rule that mutes anomalies, without the usage that it is about.
type MuteRuleInfo struct {
	Name string       `json:"name"`
	Kind anomaly.Kind `json:"kind" cli:"null" wire:"AnomalyKind | ''"` // "" = any
	Note string       `json:"note" cli:"null"`
}

// Info is the anomaly for the faces.
func (a *Anomaly) Info() AnomalyInfo {
	return AnomalyInfo{
		ID: a.ID, Kind: a.Kind, Currency: a.Currency, FirstDay: a.First, LastDay: a.Last, Expected: a.Expected, Actual: a.Actual, Impact: a.Impact, MonthOn: a.Month, State: a.State,
		Note: a.Mark.Note, MutedBy: a.Mute, Version: a.Mark.Version, ChangedBy: a.Mark.ChangedBy, ChangedAt: wire.Instant(a.Mark.ChangedAt),
		Cause: CauseInfo{a.Cause.Price, a.Cause.Volume, wire.List(a.Cause.New)},
	}
}

// Info is the rule for the faces.
func (r *MuteRule) Info() MuteRuleInfo { return MuteRuleInfo{r.Name, r.Kind, r.Note} }
