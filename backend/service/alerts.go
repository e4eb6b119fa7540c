package service

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/finops/rules"
	"cloud-intelligence/backend/platform/network"
	"cloud-intelligence/backend/platform/notify"
	"cloud-intelligence/backend/store"
)

// Alerts is the area of what somebody is to be told, and of the channels that tell it. Nothing is sent but by Deliver and Test,
// and only to channels that were added.
type Alerts struct{ *workspace }

// List lists the alerts that were raised, the newest first.
func (w Alerts) List(ctx context.Context) ([]store.Alert, error) {
	list, err := w.db.Alerts(ctx)
	return slices.DeleteFunc(list, func(a store.Alert) bool { return a.Silent }), err
}

// MarkRead marks alerts as read, or as not read.
func (w Alerts) MarkRead(ctx context.Context, ids []int64, read bool) error {
	return w.db.MarkRead(ctx, ids, read, w.user, w.now())
}

// AlertChannel is where alerts are sent to.
type AlertChannel struct {
	notify.Settings
	Name      string
	ChangedAt time.Time
	ChangedBy string

	row store.Channel
}

// Channels lists the channels by name.
func (w Alerts) Channels(ctx context.Context) ([]AlertChannel, error) {
	rows, err := w.db.Channels(ctx)
	if err != nil {
		return nil, err
	}
	list := make([]AlertChannel, len(rows))
	for i, r := range rows {
		list[i] = AlertChannel{Name: r.Name, ChangedAt: r.ChangedAt, ChangedBy: r.ChangedBy, row: r}
		if err := json.Unmarshal([]byte(r.Content), &list[i].Settings); err != nil {
			return nil, finops.WrapError(finops.CodeCorrupt, err, "The workspace has a channel that cannot be read.")
		}
	}
	return list, nil
}

func (w Alerts) channel(ctx context.Context, name string) (AlertChannel, error) {
	list, err := w.Channels(ctx)
	if err != nil {
		return AlertChannel{}, err
	}
	names := make([]string, len(list))
	for i, c := range list {
		if names[i] = c.Name; strings.EqualFold(c.Name, name) {
			return c, nil
		}
	}
	return AlertChannel{}, notNamed("channel", name, names)
}

// channelSecret names the secret of a channel in the keychain.
func channelSecret(id int64) string { return fmt.Sprintf("channel/%d", id) }

// AddChannel adds a channel for the alerts that are raised from now on. Its secret goes into the keychain of the system; without that the channel is not
// added. It answers CodeInvalid for settings that cannot be used, and CodeConflict when there is one of the name.
func (w Alerts) AddChannel(ctx context.Context, name string, s notify.Settings, secret string) error {
	name = strings.TrimSpace(name)
	if err := rules.CheckName("channel", name); err != nil {
		return err
	}
	if s.NeedsSecret() && secret == "" {
		return finops.Errorf(finops.CodeInvalid, "The channel needs its %s.", notify.SecretName(s.Kind))
	}
	if err := s.Check(secret); err != nil {
		return err
	}
	content, err := json.Marshal(s)
	if err != nil {
		return fmt.Errorf("write a channel: %w", err)
	}
	workspace, err := w.db.ID(ctx, w.user, w.now())
	if err != nil {
		return err
	}
	_, err = w.db.AddChannel(ctx, store.Channel{Name: name, Kind: string(s.Kind), Content: string(content)}, w.user, w.now(), func(id int64) error {
		if secret == "" {
			return nil
		}
		return w.keychain.Set(ctx, workspace, channelSecret(id), secret)
	})
	return err
}

// RemoveChannel removes a channel and its secret. It answers CodeNotFound when there is none of the name.
func (w Alerts) RemoveChannel(ctx context.Context, name string) error {
	c, err := w.channel(ctx, name)
	if err != nil {
		return err
	}
	workspace, err := w.db.ID(ctx, w.user, w.now())
	if err != nil {
		return err
	}
	if c.NeedsSecret() {
		if err := w.keychain.Delete(ctx, workspace, channelSecret(c.row.ID)); err != nil {
			return err
		}
	}
	return w.db.RemoveChannel(ctx, name, w.user, w.now())
}

// post is what sends, while it does.
type post struct {
	w         *workspace
	door      *network.Door
	caFile    string
	name      string // of the workspace
	workspace string // its id
}

func (w Alerts) post(ctx context.Context) (*post, error) {
	p := &post{w: w.workspace}
	n, err := w.db.Network(ctx)
	if err != nil {
		return nil, err
	}
	if n.Offline {
		return nil, finops.Errorf(finops.CodeDenied, "Offline is switched on, so that nothing is sent. Switch it off to send alerts.")
	}
	if p.door, err = network.New(network.Settings{Proxy: n.Proxy, CAFile: n.CAFile}); err != nil {
		return nil, err
	}
	p.door.WithPatience(sendPatience())
	p.caFile = n.CAFile
	if p.name, err = w.db.Setting(ctx, "name"); err != nil {
		return nil, err
	}
	p.workspace, err = w.db.ID(ctx, w.user, w.now())
	return p, err
}

// sendPatience is short: what fails is tried again by a later delivery.
func sendPatience() network.Patience {
	p := network.DefaultPatience()
	p.Tries, p.Pause, p.PauseMax, p.Most, p.Rest = 3, 200*time.Millisecond, 2*time.Second, 10*time.Second, time.Second
	return p
}

func (p *post) send(ctx context.Context, c AlertChannel, m notify.Message) error {
	secret := ""
	if c.NeedsSecret() {
		var err error
		if secret, err = p.w.keychain.Get(ctx, p.workspace, channelSecret(c.row.ID)); err != nil {
			return err
		}
	}
	m.Workspace, m.At = p.name, p.w.now()
	return c.Send(ctx, p.door, p.caFile, secret, m)
}

// Test sends a test message by a channel. It answers CodeNotFound when there is none of the name, and what sending answers.
func (w Alerts) Test(ctx context.Context, name string) error {
	c, err := w.channel(ctx, name)
	if err != nil {
		return err
	}
	p, err := w.post(ctx)
	if err != nil {
		return err
	}
	defer p.door.Close()
	now := w.now()
	return p.send(ctx, c, notify.Message{
		ID: fmt.Sprintf("%s-test-%d", p.workspace, now.UnixNano()), CrossedAt: finops.DayOfUnix(now.Unix()), SeenAt: now, Test: true,
		Text: "This is a test of the alerts of " + p.name + ". No budget is concerned.",
	})
}

// How often a delivery is tried, and how long it waits in between: doubled each time.
const (
	deliveryTries    = 8
	deliveryPause    = time.Minute
	deliveryPauseMax = 6 * time.Hour
)

// Delivered is what a delivery came to.
type Delivered struct {
	store.Delivery
	Alert store.Alert
}

// Deliver sends the alerts that wait, each by every channel that was there when it was raised, and returns what it tried. An alert that was sent, or of
// which nobody knows whether it was since the program ended meanwhile, is not sent again. What fails for want of a network waits for a
// later Deliver; that is no error of this one.
func (w Alerts) Deliver(ctx context.Context) ([]Delivered, error) {
	if err := w.evaluateDue(ctx); err != nil {
		return nil, err
	}
	alerts, err := w.List(ctx)
	if err != nil {
		return nil, err
	}
	channels, err := w.Channels(ctx)
	if err != nil || len(channels) == 0 || len(alerts) == 0 {
		return nil, err
	}
	p, err := w.post(ctx)
	if err != nil {
		return nil, err
	}
	defer p.door.Close()
	slices.Reverse(alerts) // the oldest first
	var done []Delivered
	for _, a := range alerts {
		for _, c := range channels {
			if a.SeenAt.Before(c.ChangedAt) {
				continue
			}
			d, tried, err := w.deliver(ctx, p, a, c)
			if err != nil {
				return done, err
			}
			if tried {
				done = append(done, Delivered{d, a})
			}
		}
	}
	return done, nil
}

func (w Alerts) deliver(ctx context.Context, p *post, a store.Alert, c AlertChannel) (store.Delivery, bool, error) {
	d := store.Delivery{AlertID: a.ID, ChannelID: c.row.ID, Channel: c.Name, State: store.DeliverySent}
	ok, attempts, err := w.db.BeginDelivery(ctx, a.ID, c.row, w.user, w.now())
	if err != nil || !ok {
		return d, false, err
	}
	d.Attempts = attempts
	err = p.send(ctx, c, notify.Message{
		ID: fmt.Sprintf("%s-%d", p.workspace, a.ID), Budget: a.Name, Period: a.Period, Kind: a.Kind, Percent: a.Percent, CrossedAt: a.CrossedAt, SeenAt: a.SeenAt, Text: a.Message,
	})
	if err != nil {
		d.State, d.Error = store.DeliveryWaiting, finops.MessageOf(err)
		d.NextAt = w.now().Add(min(deliveryPause<<(attempts-1), deliveryPauseMax))
		if attempts >= deliveryTries {
			d.State = store.DeliveryFailed
		}
	}
	// What was sent was sent, also when the program is ending.
	return d, true, w.db.EndDelivery(context.WithoutCancel(ctx), d, w.user, w.now())
}

// Deliveries returns the delivery log, the newest first.
func (w Alerts) Deliveries(ctx context.Context) ([]store.Delivery, error) {
	return w.db.Deliveries(ctx)
}
