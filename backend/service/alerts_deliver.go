package service

import (
	"context"
	"fmt"
	"slices"
	"time"

	"cloud-intelligence/backend/analysis/budget"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/platform/network"
	"cloud-intelligence/backend/platform/notify"
	"cloud-intelligence/backend/store"
)

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
	n, _, err := w.db.Network(ctx)
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
	c, err := w.ChannelByName(ctx, name)
	if err != nil {
		return err
	}
	p, err := w.post(ctx)
	if err != nil {
		return err
	}
	defer p.door.Close()
	return p.send(ctx, c, notify.Message{
		ID: fmt.Sprintf("%s-test-%d", p.workspace, w.now().UnixNano()), Text: "This is a test of the alerts of " + p.name + ". Nothing has happened.",
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

// Deliver evaluates what is due, sends the alerts that wait, each by every channel that was there when it was raised, and returns what it tried. What a channel
// holds back, for its daily digest or its quiet hours, waits for a later Deliver, and the log says until when. An alert that was sent, or of
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
	log, err := w.db.Deliveries(ctx)
	if err != nil {
		return nil, err
	}
	p, err := w.post(ctx)
	if err != nil {
		return nil, err
	}
	defer p.door.Close()
	slices.Reverse(alerts) // the oldest first
	var done []Delivered
	for _, c := range channels {
		tried, err := w.deliverBy(ctx, p, c, alerts, log)
		done = append(done, tried...)
		if err != nil {
			return done, err
		}
	}
	return done, nil
}

// deliverBy sends what is due by one channel, and notes what it holds back.
func (w Alerts) deliverBy(ctx context.Context, p *post, c AlertChannel, alerts []store.Alert, log []store.Delivery) (done []Delivered, err error) {
	now := w.now()
	before := map[int64]store.Delivery{}
	for _, d := range log {
		if d.ChannelID == c.row.ID {
			before[d.AlertID] = d
		}
	}
	var due [][]store.Alert
	hold := map[time.Time][]int64{}
	for _, a := range alerts {
		d, known := before[a.ID]
		waits := d.State == store.DeliveryHeld || d.State == store.DeliveryWaiting && !d.NextAt.After(now)
		if a.SeenAt.Before(c.AddedAt) || known && !waits {
			continue
		}
		if until, held := c.HeldUntil(a.SeenAt, now); held {
			if !known || d.State == store.DeliveryHeld && !d.NextAt.Equal(until) {
				hold[until] = append(hold[until], a.ID)
			}
			continue
		}
		if c.Digest != "" && len(due) > 0 {
			due[0] = append(due[0], a)
			continue
		}
		due = append(due, []store.Alert{a})
	}
	for until, ids := range hold {
		if err := w.db.HoldDeliveries(ctx, ids, c.row, until, w.user, now); err != nil {
			return nil, err
		}
	}
	for _, of := range due {
		tried, err := w.deliver(ctx, p, c, of)
		if err != nil {
			return done, err
		}
		done = append(done, tried...)
	}
	return done, nil
}

// deliver sends alerts in one message, those that no other program has taken.
func (w Alerts) deliver(ctx context.Context, p *post, c AlertChannel, alerts []store.Alert) ([]Delivered, error) {
	ids := make([]int64, len(alerts))
	for i := range alerts {
		ids[i] = alerts[i].ID
	}
	attempts, err := w.db.BeginDelivery(ctx, ids, c.row, w.user, w.now())
	if err != nil {
		return nil, err
	}
	alerts = slices.DeleteFunc(slices.Clone(alerts), func(a store.Alert) bool { return attempts[a.ID] == 0 })
	if len(alerts) == 0 {
		return nil, nil
	}
	err = p.send(ctx, c, p.message(c, alerts))
	list, done := make([]store.Delivery, len(alerts)), make([]Delivered, len(alerts))
	for i, a := range alerts {
		d := store.Delivery{AlertID: a.ID, ChannelID: c.row.ID, Channel: c.Name, State: store.DeliverySent, Attempts: attempts[a.ID]}
		if err != nil {
			d.State, d.Error = store.DeliveryWaiting, finops.MessageOf(err)
			d.NextAt = w.now().Add(min(deliveryPause<<(d.Attempts-1), deliveryPauseMax))
			if d.Attempts >= deliveryTries {
				d.State = store.DeliveryFailed
			}
		}
		list[i], done[i] = d, Delivered{d, a}
	}
	// What was sent was sent, also when the program is ending.
	return done, w.db.EndDelivery(context.WithoutCancel(ctx), list, w.user, w.now())
}

// message writes what is sent of alerts; of the same ones it has the same id.
func (p *post) message(c AlertChannel, alerts []store.Alert) notify.Message {
	m := notify.Message{Digest: c.Digest != ""}
	for _, a := range alerts {
		one := notify.Alert{ID: fmt.Sprintf("%s-%d", p.workspace, a.ID), Kind: a.Kind, Percent: a.Percent, CrossedAt: a.CrossedAt, SeenAt: a.SeenAt, Text: a.Message}
		if a.Rule == "" {
			one.Budget, one.Period, one.PeriodText = a.Name, a.Period, a.Period
			if p, err := (budget.Calendar{}).Parse(a.Period); err == nil {
				one.PeriodText = p.Words()
			}
		} else {
			one.Rule, one.About = a.Name, a.Period
		}
		m.Alerts = append(m.Alerts, one)
	}
	if m.ID = m.Alerts[0].ID; m.Digest {
		m.ID = fmt.Sprintf("%s-digest-%d-%d-%d", p.workspace, alerts[0].ID, alerts[len(alerts)-1].ID, len(alerts))
	}
	return m
}

// Deliveries returns the delivery log, the newest first.
func (w Alerts) Deliveries(ctx context.Context) ([]store.Delivery, error) {
	return w.db.Deliveries(ctx)
}
