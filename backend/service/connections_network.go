package service

import (
	"context"
	"time"

	"cloud-intelligence/backend/platform/network"
	"cloud-intelligence/backend/store"
)

// Hosts returns every host that was contacted for the workspace, when, for what and with how many
// bytes.
func (w Connections) Hosts(ctx context.Context) ([]store.Contact, error) { return w.db.Contacts(ctx) }

// NetworkSettings say how a workspace reaches the network, and when that happens unasked.
type NetworkSettings struct {
	network.Settings
	AtOpening bool // the window syncs all connections when the workspace is opened and when the computer wakes

	Version   int64 // 0 = nothing was set
	ChangedAt time.Time
	ChangedBy string
}

func networkSettings(n store.Named) NetworkSettings {
	kept, _ := store.ParseNetwork(n.Content) // only whole ones are stored
	return NetworkSettings{network.Settings{Offline: kept.Offline, Proxy: kept.Proxy, CAFile: kept.CAFile}, kept.AtOpening, n.Version, n.ChangedAt, n.ChangedBy}
}

// Network returns how the workspace reaches the network.
func (w Connections) Network(ctx context.Context) (NetworkSettings, error) {
	n, version, err := w.db.Network(ctx)
	return NetworkSettings{Settings: network.Settings{Offline: n.Offline, Proxy: n.Proxy, CAFile: n.CAFile}, AtOpening: n.AtOpening, Version: version}, err
}

// SetNetwork changes that where the stored settings are of the version seen (AnyVersion where the person did not look), and returns the new
// version. It answers CodeInvalid for settings that cannot be right, and CodeConflict, with both values, when somebody changed them since.
func (w Connections) SetNetwork(ctx context.Context, s NetworkSettings, seen int64) (int64, error) {
	if err := network.CheckSettings(s.Settings); err != nil {
		return 0, err
	}
	version, err := w.db.SetNetwork(ctx, store.Network{Offline: s.Offline, Proxy: s.Proxy, CAFile: s.CAFile, AtOpening: s.AtOpening}, seen, w.user, w.now())
	return version, withBoth(err, networkSettings)
}
