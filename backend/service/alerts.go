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
	"cloud-intelligence/backend/platform/notify"
	"cloud-intelligence/backend/store"
)

// Alerts is the area of what somebody is to know, and of the channels that send it. Nothing is sent but by Deliver and Test,
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
	Name    string
	Version int64
	AddedAt time.Time
	AddedBy string

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
		if list[i], err = channelOf(r); err != nil {
			return nil, err
		}
	}
	return list, nil
}

func channelOf(r store.Channel) (AlertChannel, error) {
	c := AlertChannel{Name: r.Name, Version: r.Version, AddedAt: r.AddedAt, AddedBy: r.AddedBy, row: r}
	if err := json.Unmarshal([]byte(r.Content), &c.Settings); err != nil {
		return c, finops.WrapError(finops.CodeCorrupt, err, "The workspace has a channel that cannot be read.")
	}
	return c, nil
}

// ChannelByName returns a channel. It answers CodeNotFound when there is none of the name.
func (w Alerts) ChannelByName(ctx context.Context, name string) (AlertChannel, error) {
	list, err := w.Channels(ctx)
	if err != nil {
		return AlertChannel{}, err
	}
	return byName("channel", name, list, func(c *AlertChannel) string { return c.Name })
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

// SetHours changes when a channel sends; what is held back follows them. It answers CodeInvalid for hours that cannot be kept, CodeNotFound when there is
// no channel of the name, and CodeConflict, with both values, when it was changed since the version seen.
func (w Alerts) SetHours(ctx context.Context, name string, hours notify.Hours, seen int64) error {
	if err := hours.Check(); err != nil {
		return err
	}
	c, err := w.ChannelByName(ctx, name)
	if err != nil {
		return err
	}
	c.Hours = hours
	content, err := json.Marshal(c.Settings)
	if err != nil {
		return fmt.Errorf("write a channel: %w", err)
	}
	return withBoth(w.db.ChangeChannel(ctx, name, string(content), seen, w.user, w.now()), justWritten(channelOf))
}

// RemoveChannel removes a channel and its secret; see Dimensions.Delete.
func (w Alerts) RemoveChannel(ctx context.Context, name string, seen int64) error {
	c, err := w.ChannelByName(ctx, name)
	if err != nil {
		return err
	}
	workspace, err := w.db.ID(ctx, w.user, w.now())
	if err != nil {
		return err
	}
	drop := func(id int64) error {
		if !c.NeedsSecret() {
			return nil
		}
		return w.keychain.Delete(ctx, workspace, channelSecret(id))
	}
	return withBoth(w.db.RemoveChannel(ctx, name, seen, w.user, w.now(), drop), justWritten(channelOf))
}
