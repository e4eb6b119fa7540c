package desktop

import (
	"context"
	"time"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/finops/wire"
	"cloud-intelligence/backend/platform/notify"
	"cloud-intelligence/backend/service"
	"cloud-intelligence/backend/store"
)

// Alerts gives the page what somebody should know, and the channels that send it. Secrets go from the page to the
// keychain of the system and never back.
type Alerts struct{ d *Desktop }

// AlertInfo is an alert that was raised.
type AlertInfo struct {
	service.AlertInfo
	Percent string `json:"percent"` // of a threshold; "" = a rule raised it
}

// ChannelInfo is a place that alerts are sent to, without its secret.
type ChannelInfo struct {
	service.ChannelInfo
	Where string `json:"where"` // as far as it is no secret
}

// ChannelHours say when a channel sends: times of day, HH:MM, of the computer that sends; "" = none.
type ChannelHours struct {
	Digest    string `json:"digest"`
	QuietFrom string `json:"quietFrom"`
	QuietTo   string `json:"quietTo"`
}

// ChannelDraft is a channel as a person wants to add it. Fields that its kind does not have are empty.
type ChannelDraft struct {
	Name string      `json:"name"`
	Kind notify.Kind `json:"kind"`
	URL  string      `json:"url"`
	Host string      `json:"host"`
	Port int         `json:"port"` // 0 = the usual one
	TLS  notify.TLS  `json:"tls"`
	User string      `json:"user"`
	From string      `json:"from"`
	To   []string    `json:"to"`

	Hours ChannelHours `json:"hours"`
}

// List returns all alerts, the newest first.
func (a *Alerts) List() (infos []AlertInfo, err error) {
	defer caught(&err)
	infos = []AlertInfo{}
	err = a.d.session.use(func(ws *service.Workspace) error {
		alerts, err := ws.Alerts.List(a.d.ctx)
		infos = wire.Each(alerts, func(one store.Alert) AlertInfo { return AlertInfo{service.AlertOf(one), one.Percent} })
		return err
	})
	return infos, err
}

// MarkRead marks alerts as read, or as not read.
func (a *Alerts) MarkRead(ids []int64, read bool) (err error) {
	defer caught(&err)
	return a.d.changing("Marking alerts", func(ws *service.Workspace) error { return ws.Alerts.MarkRead(a.d.ctx, ids, read) })
}

// Deliveries returns what was sent and what was tried, the newest first.
func (a *Alerts) Deliveries() (infos []service.DeliveryInfo, err error) {
	defer caught(&err)
	infos = []service.DeliveryInfo{}
	err = a.d.session.use(func(ws *service.Workspace) error {
		log, err := ws.Alerts.Deliveries(a.d.ctx)
		infos = wire.Each(log, service.DeliveryOf)
		return err
	})
	return infos, err
}

// Deliver sends what waits, and returns what it tried.
func (a *Alerts) Deliver() (infos []service.DeliveryInfo, err error) {
	defer caught(&err)
	infos = []service.DeliveryInfo{}
	err = a.d.changing("Sending alerts", func(ws *service.Workspace) error {
		done, err := ws.Alerts.Deliver(a.d.ctx)
		infos = wire.Each(done, func(d service.Delivered) service.DeliveryInfo { return service.DeliveryOf(d.Delivery) })
		return err
	})
	return infos, err
}

// Channels returns where alerts are sent to.
func (a *Alerts) Channels() (infos []ChannelInfo, err error) {
	defer caught(&err)
	infos = []ChannelInfo{}
	err = a.d.session.use(func(ws *service.Workspace) error {
		channels, err := ws.Alerts.Channels(a.d.ctx)
		infos = wire.Each(channels, func(c service.AlertChannel) ChannelInfo {
			return ChannelInfo{c.Info(), c.Where("")}
		})
		return err
	})
	return infos, err
}

// AddChannel adds a channel for the alerts that are raised from now on. Its secret goes into the keychain of the system; without that the channel is
// not added.
func (a *Alerts) AddChannel(draft ChannelDraft, secret string) (err error) {
	defer caught(&err)
	s := notify.Settings{Kind: draft.Kind, URL: draft.URL, Host: draft.Host, Port: draft.Port, TLS: draft.TLS, User: draft.User, From: draft.From, To: draft.To, Hours: notify.Hours(draft.Hours)}
	return a.d.changing("Adding a channel", func(ws *service.Workspace) error { return ws.Alerts.AddChannel(a.d.ctx, draft.Name, s, secret) })
}

// SetHours changes when a channel sends, if it is of the version seen.
func (a *Alerts) SetHours(name string, hours ChannelHours, version int64) (err error) {
	defer caught(&err)
	return a.d.changing("Changing a channel", func(ws *service.Workspace) error {
		return ws.Alerts.SetHours(a.d.ctx, name, notify.Hours(hours), version)
	})
}

// RemoveChannel removes a channel and its secret if the stored one is of the version seen; what it sent stays in the log.
func (a *Alerts) RemoveChannel(name string, version int64) (err error) {
	defer caught(&err)
	return a.d.changing("Removing a channel", func(ws *service.Workspace) error { return ws.Alerts.RemoveChannel(a.d.ctx, name, version) })
}

// Test sends a message that says that it is a test.
func (a *Alerts) Test(name string) (err error) {
	defer caught(&err)
	return a.d.changing("Sending a test", func(ws *service.Workspace) error { return ws.Alerts.Test(a.d.ctx, name) })
}

// deliverGap is how often the window sends what waits.
const deliverGap = time.Minute

// deliverAlerts sends what waits while the window is open, by the channels that a person added, until ctx ends.
func (d *Desktop) deliverAlerts(ctx context.Context) {
	tick := time.NewTicker(deliverGap)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			d.deliverOnce(ctx)
		}
	}
}

// deliverOnce leaves an open workspace that waits for its turn alone: a later try comes.
func (d *Desktop) deliverOnce(ctx context.Context) {
	err := d.changing("Sending alerts", func(ws *service.Workspace) error {
		done, err := ws.Alerts.Deliver(ctx)
		if len(done) > 0 {
			d.emit(eventChanged, ChangeInfo{service.TopicAlerts, d.opts.Now().UnixMilli()})
		}
		return err
	})
	switch finops.CodeOf(err) {
	case finops.CodeNotFound, finops.CodeDenied, finops.CodeCancelled: // no workspace is open, the network is switched off, or the program ends
	default:
		if err != nil && ctx.Err() == nil {
			d.opts.Log.Warn("alerts are not sent", "err", err) // the next try may send them
		}
	}
}
