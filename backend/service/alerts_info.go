package service

import (
	"strings"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/finops/wire"
	"cloud-intelligence/backend/platform/notify"
	"cloud-intelligence/backend/store"
)

// AlertInfo is an alert without its threshold.
type AlertInfo struct {
	ID        int64      `json:"id"`
	Kind      string     `json:"kind"`              // of the threshold or the rule
	Budget    string     `json:"budget" cli:"null"` // its name then; "" = a rule raised it
	Rule      string     `json:"rule" cli:"null"`   // its name then; "" = a budget raised it
	Version   int64      `json:"version"`           // of the budget or the rule
	Period    string     `json:"period" cli:"null"` // of a budget
	About     string     `json:"about" cli:"null"`  // of a rule: the id of the anomaly, of the finding …
	CrossedAt finops.Day `json:"crossedAt"`         // the charge day
	SeenAt    string     `json:"seenAt"`            // when it was raised
	Message   string     `json:"message"`
	SentTo    []string   `json:"sentTo"` // channels
	ReadBy    string     `json:"readBy" cli:"null"`
}

// ChannelInfo is a place that alerts are sent to, without its address and its secret.
type ChannelInfo struct {
	Name      string      `json:"name"`
	Kind      notify.Kind `json:"kind"`
	Digest    string      `json:"digest" cli:"null"` // HH:MM, of the computer that sends; "" = each alert as it is raised
	QuietFrom string      `json:"quietFrom" cli:"null"`
	QuietTo   string      `json:"quietTo" cli:"null"`
	Version   int64       `json:"version"`
	AddedAt   string      `json:"addedAt"`
	AddedBy   string      `json:"addedBy"`
}

// DeliveryInfo is an alert on its way to a channel.
type DeliveryInfo struct {
	Alert     int64               `json:"alert"` // id
	Channel   string              `json:"channel"`
	State     store.DeliveryState `json:"state"`
	Attempts  int64               `json:"attempts"`
	NextAt    string              `json:"nextAt" cli:"null"` // when it is tried again, or until when it is held back
	ChangedAt string              `json:"changedAt"`
	Error     string              `json:"error" cli:"null"` // "" = none
}

// AlertOf is an alert for the faces.
func AlertOf(a store.Alert) AlertInfo {
	info := AlertInfo{ID: a.ID, Kind: a.Kind, Version: a.Version, CrossedAt: a.CrossedAt, SeenAt: wire.Instant(a.SeenAt), Message: a.Message, SentTo: wire.List(a.SentTo), ReadBy: a.ReadBy}
	if a.Rule == "" {
		info.Budget, info.Period = a.Name, a.Period
	} else {
		info.Rule, info.About = a.Name, a.Period
	}
	return info
}

// Info is the channel for the faces.
func (c AlertChannel) Info() ChannelInfo {
	return ChannelInfo{c.Name, c.Kind, c.Digest, c.QuietFrom, c.QuietTo, c.Version, wire.Instant(c.AddedAt), c.AddedBy}
}

// DeliveryOf is a delivery for the faces.
func DeliveryOf(d store.Delivery) DeliveryInfo {
	info := DeliveryInfo{Alert: d.AlertID, Channel: d.Channel, State: d.State, Attempts: d.Attempts, ChangedAt: wire.Instant(d.ChangedAt), Error: d.Error}
	if d.State == store.DeliveryWaiting || d.State == store.DeliveryHeld {
		info.NextAt = wire.Instant(d.NextAt)
	}
	return info
}

// AlertRuleDraft is an alert rule as a person wants to keep it. What its kind does not have is empty.
type AlertRuleDraft struct {
	Name     string        `json:"name"`
	Kind     AlertRuleKind `json:"kind"`
	Amount   string        `json:"amount" cli:"null" cell:"amount"`
	Currency string        `json:"currency" cli:"null"`
	Days     int           `json:"days" cli:"null"`
	Scope    string        `json:"scope" cli:"null"` // name of a scope; "" = all charges
	On       bool          `json:"on"`
}

// AlertRuleInfo is an alert rule of the workspace.
type AlertRuleInfo struct {
	AlertRuleDraft
	Version   int64  `json:"version"`
	ChangedAt string `json:"changedAt"`
	ChangedBy string `json:"changedBy"`
	Problem   string `json:"problem" cli:"null"` // why it cannot be evaluated; "" = it can
}

// Info is the rule for the faces.
func (r *AlertRule) Info() AlertRuleInfo {
	info := AlertRuleInfo{AlertRuleDraft{Name: r.Name, Kind: r.Kind, Currency: r.Currency, Days: r.Days, Scope: r.Scope, On: !r.Off}, r.Version, wire.Instant(r.ChangedAt), r.ChangedBy, r.Problem}
	if r.Kind == RuleAnomaly {
		info.Amount = r.Amount.String()
	}
	return info
}

// Rule is the rule that a person wants. It answers CodeInvalid for what is no amount.
func (d AlertRuleDraft) Rule() (AlertRule, error) {
	r := AlertRule{Name: d.Name, Kind: d.Kind, Currency: d.Currency, Days: d.Days, Scope: d.Scope, Off: !d.On}
	text := strings.TrimSpace(d.Amount)
	if text == "" {
		return r, nil
	}
	var err error
	if r.Amount, err = finops.ParseAmount([]byte(text)); err != nil {
		return r, finops.WrapError(finops.CodeInvalid, err, "%q is not an amount.", d.Amount)
	}
	return r, nil
}
