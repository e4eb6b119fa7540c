package desktop

import (
	"cloud-intelligence/backend/analysis/anomaly"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/finops/wire"
	"cloud-intelligence/backend/service"
)

// AnomaliesInfo is what was found in the usage of the whole ledger.
type AnomaliesInfo struct {
	AsOf        string        `json:"asOf"`        // the last day that is complete; "" = there is nothing to judge
	Sensitivity string        `json:"sensitivity"` // of what no scope says otherwise
	Anomalies   []AnomalyInfo `json:"anomalies"`   // the newest first
	Notes       []string      `json:"notes"`
	Stale       bool          `json:"stale"` // something has changed since; a job looks again
}

// AnomalyInfo is usage that cost something else than expected. Amounts are decimals.
type AnomalyInfo struct {
	service.AnomalyInfo
	Node  []NodeLevel   `json:"node"`  // where it is, from the provider to the region
	Tags  []NodeLevel   `json:"tags"`  // virtual dimensions and tags that most of its impact has
	Where finops.Filter `json:"where"` // its charges, on any day
}

// NodeLevel is a level of where an anomaly is; Value is null where the charges have none.
type NodeLevel struct {
	Column string  `json:"column"`
	Value  *string `json:"value"`
}

// AnomalyDayInfo is a day of the course of an anomaly. Expected, Low and High are null where nothing is known of them.
type AnomalyDayInfo struct {
	Day      string  `json:"day"`
	Cost     string  `json:"cost"`
	Expected *string `json:"expected"`
	Low      *string `json:"low"`
	High     *string `json:"high"`
}

// MuteRuleInfo is a rule that mutes anomalies.
type MuteRuleInfo struct {
	Rule      MuteRuleInput `json:"rule"`
	Version   int64         `json:"version"`
	ChangedAt string        `json:"changedAt"`
	ChangedBy string        `json:"changedBy"`
}

// MuteRuleInput is what a person says of a rule that mutes anomalies.
type MuteRuleInput struct {
	service.MuteRuleInfo
	Keys []NodeLevel `json:"keys"` // a level that is not among them may have any value
}

// SensitivityInfo is how far a day must be off in a scope; "*" = all usage that no other scope has.
type SensitivityInfo struct {
	Scope     string `json:"scope"`
	Level     string `json:"level"` // low, medium or high
	Version   int64  `json:"version"`
	ChangedAt string `json:"changedAt"`
	ChangedBy string `json:"changedBy"`
	Problem   string `json:"problem"` // why it cannot be used; "" = it can
}

// SensitivityPreviewInfo is what a sensitivity would have found.
type SensitivityPreviewInfo struct {
	Level     string        `json:"level"`
	From      string        `json:"from"`
	To        string        `json:"to"`
	Anomalies []AnomalyInfo `json:"anomalies"`
}

func anomaliesInfo(r *service.AnomalyReport) AnomaliesInfo {
	info := AnomaliesInfo{Sensitivity: r.Sensitivity, Anomalies: wire.Each(r.Anomalies, anomalyInfo), Notes: wire.List(r.Notes)}
	if r.AsOf != 0 {
		info.AsOf = r.AsOf.String()
	}
	return info
}

func anomalyInfo(a service.Anomaly) AnomalyInfo {
	return AnomalyInfo{a.Info(), nodeLevels(a.Node), tagLevels(a.Tags), wire.Filter(service.AnomalyWhere(a))}
}

func nodeLevels(n anomaly.Node) []NodeLevel {
	levels := []NodeLevel{}
	for i, level := range anomaly.Levels {
		if !n.Named[i] {
			continue
		}
		l := NodeLevel{Column: level}
		if n.Values[i] != "" {
			l.Value = new(n.Values[i])
		}
		levels = append(levels, l)
	}
	return levels
}

func tagLevels(tags []service.AnomalyTag) []NodeLevel {
	levels := []NodeLevel{}
	for _, t := range tags {
		levels = append(levels, NodeLevel{t.Column, new(t.Value)})
	}
	return levels
}

func anomalyDayInfo(d service.AnomalyDay) AnomalyDayInfo {
	return AnomalyDayInfo{d.Day.String(), d.Cost.String(), wire.Sum(d.Expected), wire.Sum(d.Low), wire.Sum(d.High)}
}

func muteRuleInfo(r service.MuteRule) MuteRuleInfo {
	info := MuteRuleInfo{MuteRuleInput{r.Info(), []NodeLevel{}}, r.Version, wire.Instant(r.ChangedAt), r.ChangedBy}
	for _, level := range anomaly.Levels {
		if value, ok := r.Keys[level]; ok {
			l := NodeLevel{Column: level}
			if value != "" {
				l.Value = &value
			}
			info.Rule.Keys = append(info.Rule.Keys, l)
		}
	}
	return info
}

func (r MuteRuleInput) rule() service.MuteRule {
	rule := service.MuteRule{Name: r.Name, Keys: map[string]string{}, Kind: r.Kind, Note: r.Note}
	for _, l := range r.Keys {
		rule.Keys[l.Column] = ""
		if l.Value != nil {
			rule.Keys[l.Column] = *l.Value
		}
	}
	return rule
}

func sensitivityInfo(s service.AnomalySensitivity) SensitivityInfo {
	return SensitivityInfo{s.Scope, s.Level, s.Version, wire.Instant(s.ChangedAt), s.ChangedBy, s.Problem}
}
