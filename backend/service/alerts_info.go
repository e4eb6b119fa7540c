package service

import (
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/finops/wire"
	"cloud-intelligence/backend/platform/notify"
	"cloud-intelligence/backend/store"
)

// AlertInfo is an alert without its threshold.
type AlertInfo struct {
	ID        int64      `json:"id"`
	Budget    string     `json:"budget"`
	Version   int64      `json:"version"` // of the budget
	Period    string     `json:"period"`
	CrossedAt finops.Day `json:"crossedAt"` // the charge day
	SeenAt    string     `json:"seenAt"`    // when it was raised
	Message   string     `json:"message"`
	SentTo    []string   `json:"sentTo"` // channels
	ReadBy    string     `json:"readBy" cli:"null"`
}

// ChannelInfo is a place that alerts are sent to, without its address and its secret.
type ChannelInfo struct {
	Name      string      `json:"name"`
	Kind      notify.Kind `json:"kind"`
	ChangedAt string      `json:"changedAt"`
	ChangedBy string      `json:"changedBy"`
}

// DeliveryInfo is an alert on its way to a channel.
type DeliveryInfo struct {
	Alert     int64               `json:"alert"` // id
	Channel   string              `json:"channel"`
	State     store.DeliveryState `json:"state"`
	Attempts  int64               `json:"attempts"`
	NextAt    string              `json:"nextAt" cli:"null"` // when it is tried again
	ChangedAt string              `json:"changedAt"`
	Error     string              `json:"error" cli:"null"` // "" = none
}

// AlertOf is an alert for the faces.
func AlertOf(a store.Alert) AlertInfo {
	return AlertInfo{a.ID, a.Budget, a.Version, a.Period, a.CrossedAt, wire.Instant(a.SeenAt), a.Message, wire.List(a.SentTo), a.ReadBy}
}

// Info is the channel for the faces.
func (c AlertChannel) Info() ChannelInfo {
	return ChannelInfo{c.Name, c.Kind, wire.Instant(c.ChangedAt), c.ChangedBy}
}

// DeliveryOf is a delivery for the faces.
func DeliveryOf(d store.Delivery) DeliveryInfo {
	info := DeliveryInfo{Alert: d.AlertID, Channel: d.Channel, State: d.State, Attempts: d.Attempts, ChangedAt: wire.Instant(d.ChangedAt), Error: d.Error}
	if d.State == store.DeliveryWaiting {
		info.NextAt = wire.Instant(d.NextAt)
	}
	return info
}
