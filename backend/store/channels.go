package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"cloud-intelligence/backend/finops"
)

// Channel is where alerts are sent to, as its row says. Package notify knows what Content says; its secret is in the keychain.
type Channel struct {
	ID      int64
	Name    string // identified without regard to case
	Kind    string
	Content string // JSON
	Version int64  // 1 at first, raised by every change
	AddedAt time.Time
	AddedBy string
	// ChangedAt and ChangedBy are of the last change, as the audit log has them; zero values where it has none.
	ChangedAt time.Time
	ChangedBy string
}

// Channels returns the channels of the workspace, ordered by name.
func (db *DB) Channels(ctx context.Context) ([]Channel, error) {
	list, err := readChannels(ctx, db.read, "ORDER BY key")
	return list, db.explain(err, "list channels")
}

// readChannels reads rows of which changed_at and changed_by are of the moment at which the channel was added: it sends what is raised after that.
func readChannels(ctx context.Context, q queryer, rest string, args ...any) ([]Channel, error) {
	rows, err := q.QueryContext(ctx, "SELECT id, name, kind, content, version, changed_at, changed_by, "+
		lastChange("at", "alert_channel.name", "add channel", "change channel")+", "+lastChange("user", "alert_channel.name", "add channel", "change channel")+
		" FROM alert_channel "+rest, args...)
	if err != nil {
		return nil, err
	}
	type row struct {
		Channel
		added, changed string
	}
	all, err := scanAll(rows, func(r *row) []any {
		return []any{&r.ID, &r.Name, &r.Kind, &r.Content, &r.Version, &r.added, &r.AddedBy, &r.changed, &r.ChangedBy}
	})
	list := make([]Channel, len(all))
	for i := range all {
		all[i].AddedAt, _ = time.Parse(time.RFC3339Nano, all[i].added) // zero time when unreadable: all alerts are newer
		all[i].ChangedAt, _ = time.Parse(time.RFC3339Nano, all[i].changed)
		list[i] = all[i].Channel
	}
	return list, err
}

// AddChannel keeps a new channel and returns its id. keep is called with it before the change counts, and its error undoes the change. It
// answers CodeConflict when there is one of the name.
func (db *DB) AddChannel(ctx context.Context, c Channel, user string, now time.Time, keep func(id int64) error) (id int64, err error) {
	err = db.UserWrite(ctx, user, now, func(tx *UserTx) error {
		r, err := tx.tx.ExecContext(ctx, "INSERT INTO alert_channel (key, name, kind, content, version, changed_at, changed_by) VALUES (?,?,?,?,1,?,?) ON CONFLICT DO NOTHING",
			namedKey(c.Name), c.Name, c.Kind, c.Content, now.UTC().Format(time.RFC3339Nano), user)
		if err != nil {
			return err
		}
		if n, err := r.RowsAffected(); err != nil || n == 0 {
			return errors.Join(err, finops.Errorf(finops.CodeConflict, "There is a channel named %q already. Choose another name, or remove that one.", c.Name))
		}
		if id, err = r.LastInsertId(); err != nil {
			return err
		}
		if err := tx.Audit(ctx, "add channel", c.Name, nil, c.Kind); err != nil {
			return err
		}
		return keep(id)
	})
	return id, err
}

// findChannel reads a channel; CodeNotFound when there is none of the name.
func findChannel(ctx context.Context, tx *sql.Tx, name string) (Channel, error) {
	list, err := readChannels(ctx, tx, "WHERE key = ?", namedKey(name))
	if err != nil {
		return Channel{}, err
	}
	if len(list) == 0 {
		return Channel{}, finops.Errorf(finops.CodeNotFound, "There is no channel named %q.", name)
	}
	return list[0], nil
}

// ChangeChannel changes the content of a channel, which goes on sending what was raised since it was added. It answers CodeNotFound when there is
// none of the name, and CodeConflict, with both values as Channel, when it is not of the version seen.
func (db *DB) ChangeChannel(ctx context.Context, name, content string, seen int64, user string, now time.Time) error {
	return db.UserWrite(ctx, user, now, func(tx *UserTx) error {
		have, err := findChannel(ctx, tx.tx, name)
		if err != nil {
			return err
		}
		want := have
		want.Content, want.Version = content, have.Version+1
		if err := stale(fmt.Sprintf("The channel %q", have.Name), have.Version, seen, have, want); err != nil {
			return err
		}
		if _, err := tx.tx.ExecContext(ctx, "UPDATE alert_channel SET content = ?, version = ? WHERE id = ?", content, want.Version, have.ID); err != nil {
			return err
		}
		return tx.Audit(ctx, "change channel", have.Name, json.RawMessage(have.Content), json.RawMessage(content))
	})
}

// RemoveChannel removes a channel of the version seen; what it sent stays in the log, and what waits for it has failed. drop is called with its
// id before the change counts, and its error undoes the change. See DeleteDimension for the errors.
func (db *DB) RemoveChannel(ctx context.Context, name string, seen int64, user string, now time.Time, drop func(id int64) error) error {
	return db.UserWrite(ctx, user, now, func(tx *UserTx) error {
		have, err := findChannel(ctx, tx.tx, name)
		if err != nil {
			return err
		}
		if err := stale(fmt.Sprintf("The channel %q", have.Name), have.Version, seen, have, nil); err != nil {
			return err
		}
		if _, err := tx.tx.ExecContext(ctx, "DELETE FROM alert_channel WHERE id = ?", have.ID); err != nil {
			return err
		}
		if _, err := tx.tx.ExecContext(ctx, "UPDATE alert_delivery SET (state, next_at, changed_at, error) = (?,'',?,'The channel was removed.') WHERE channel_id = ? AND state IN (?,?)",
			DeliveryFailed, now.UTC().Format(time.RFC3339Nano), have.ID, DeliveryWaiting, DeliveryHeld); err != nil {
			return err
		}
		if err := tx.Audit(ctx, "remove channel", have.Name, have.Kind, nil); err != nil {
			return err
		}
		return drop(have.ID)
	})
}

// Delivery is what became of one alert on one channel.
type Delivery struct {
	AlertID, ChannelID int64
	Channel            string // its name
	State              DeliveryState
	Attempts           int64
	NextAt             time.Time // of DeliveryWaiting and DeliveryHeld
	ChangedAt          time.Time
	Error              string // the sentence; "" = none
}

// DeliveryState is how far a delivery is.
type DeliveryState string

// The states of a delivery.
const (
	DeliverySending DeliveryState = "sending" // also of a program that ended meanwhile: nobody knows whether it arrived, so that it is not sent again
	DeliverySent    DeliveryState = "sent"
	DeliveryWaiting DeliveryState = "waiting" // for another try
	DeliveryHeld    DeliveryState = "held"    // for the digest of the day, or the end of the quiet hours
	DeliveryFailed  DeliveryState = "failed"
)

// Deliveries returns the delivery log, the newest first.
func (db *DB) Deliveries(ctx context.Context) ([]Delivery, error) {
	type row struct {
		Delivery
		next, changed string
	}
	rows, err := db.read.QueryContext(ctx, "SELECT alert_id, channel_id, channel, state, attempts, next_at, changed_at, error FROM alert_delivery ORDER BY changed_at DESC, alert_id DESC, channel_id")
	if err != nil {
		return nil, db.explain(err, "list deliveries")
	}
	all, err := scanAll(rows, func(r *row) []any {
		return []any{&r.AlertID, &r.ChannelID, &r.Channel, &r.State, &r.Attempts, &r.next, &r.changed, &r.Error}
	})
	list := make([]Delivery, len(all))
	for i := range all {
		r := &all[i]
		r.NextAt, _ = time.Parse(time.RFC3339Nano, r.next) // zero time when there is none
		r.ChangedAt, _ = time.Parse(time.RFC3339Nano, r.changed)
		list[i] = r.Delivery
	}
	return list, db.explain(err, "list deliveries")
}

// HoldDeliveries notes that alerts are held back from a channel until a moment; what was tried already stays as it is.
func (db *DB) HoldDeliveries(ctx context.Context, alerts []int64, c Channel, until time.Time, user string, now time.Time) error {
	return db.UserWrite(ctx, user, now, func(tx *UserTx) error {
		for _, alert := range alerts {
			if _, err := tx.tx.ExecContext(ctx, `INSERT INTO alert_delivery (alert_id, channel_id, channel, state, attempts, next_at, changed_at, error) VALUES (?,?,?,?,0,?,?,'')
 ON CONFLICT DO UPDATE SET next_at = excluded.next_at, changed_at = excluded.changed_at WHERE alert_delivery.state = excluded.state`,
				alert, c.ID, c.Name, DeliveryHeld, until.UTC().Format(time.RFC3339Nano), now.UTC().Format(time.RFC3339Nano)); err != nil {
				return err
			}
		}
		return nil
	})
}

// BeginDelivery takes alerts for one message of a channel and returns those that it took, with the attempts that makes: not one that was sent or given
// up, whose next try is later than now, or that another program has taken.
func (db *DB) BeginDelivery(ctx context.Context, alerts []int64, c Channel, user string, now time.Time) (attempts map[int64]int64, err error) {
	at := now.UTC().Format(time.RFC3339Nano)
	err = db.UserWrite(ctx, user, now, func(tx *UserTx) error {
		attempts = map[int64]int64{}
		for _, alert := range alerts {
			var n int64
			err := tx.tx.QueryRowContext(ctx, `INSERT INTO alert_delivery (alert_id, channel_id, channel, state, attempts, next_at, changed_at, error) VALUES (?,?,?,?,1,'',?,'')
 ON CONFLICT DO UPDATE SET state = excluded.state, attempts = attempts + 1, changed_at = excluded.changed_at
 WHERE alert_delivery.state = ? OR alert_delivery.state = ? AND alert_delivery.next_at <= excluded.changed_at RETURNING attempts`,
				alert, c.ID, c.Name, DeliverySending, at, DeliveryHeld, DeliveryWaiting).Scan(&n)
			switch {
			case errors.Is(err, sql.ErrNoRows):
			case err != nil:
				return err
			default:
				attempts[alert] = n
			}
		}
		return nil
	})
	return attempts, err
}

// EndDelivery keeps what became of deliveries that were begun, all of them at once.
func (db *DB) EndDelivery(ctx context.Context, list []Delivery, user string, now time.Time) error {
	return db.UserWrite(ctx, user, now, func(tx *UserTx) error {
		for _, d := range list {
			next := ""
			if d.State == DeliveryWaiting {
				next = d.NextAt.UTC().Format(time.RFC3339Nano)
			}
			if _, err := tx.tx.ExecContext(ctx, "UPDATE alert_delivery SET (state, next_at, changed_at, error) = (?,?,?,?) WHERE alert_id = ? AND channel_id = ? AND state = ?",
				d.State, next, now.UTC().Format(time.RFC3339Nano), d.Error, d.AlertID, d.ChannelID, DeliverySending); err != nil {
				return err
			}
		}
		return nil
	})
}
