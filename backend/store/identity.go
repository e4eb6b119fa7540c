package store

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"time"
)

// idSetting is where the id of a workspace is kept.
const idSetting = "workspace_id"

// ID returns what the workspace is known by outside its file, as in the keychain: 32
// hexadecimal digits, made at random when they are first asked for. It is no decision of a person and has no
// entry in the audit log. It answers CodeDenied where there is none yet and nothing can be written.
func (db *DB) ID(ctx context.Context, user string, now time.Time) (string, error) {
	id, err := db.Setting(ctx, idSetting)
	if id != "" || err != nil {
		return id, err
	}
	err = db.UserWrite(ctx, user, now, func(tx *UserTx) error {
		fresh, err := newID()
		if err != nil {
			return err
		}
		if _, err := tx.tx.ExecContext(ctx, "INSERT OR IGNORE INTO setting (key, value) VALUES (?, ?)", idSetting, fresh); err != nil {
			return err
		}
		return tx.tx.QueryRowContext(ctx, "SELECT value FROM setting WHERE key = ?", idSetting).Scan(&id)
	})
	return id, err
}

// NewID gives the workspace another id: a copy has secrets of its own.
func (db *DB) NewID(ctx context.Context, user string, now time.Time) error {
	return db.UserWrite(ctx, user, now, func(tx *UserTx) error {
		fresh, err := newID()
		if err != nil {
			return err
		}
		return setSetting(ctx, tx.tx, idSetting, fresh)
	})
}

func newID() (string, error) {
	var random [16]byte
	if _, err := rand.Read(random[:]); err != nil {
		return "", fmt.Errorf("make an id: %w", err)
	}
	return hex.EncodeToString(random[:]), nil
}
