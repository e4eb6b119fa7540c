package service

import (
	"context"

	"cloud-intelligence/backend/platform/network"
	"cloud-intelligence/backend/store"
)

// Hosts returns every host that was contacted for the workspace, when, for what and with how many
// bytes.
func (w Connections) Hosts(ctx context.Context) ([]store.Contact, error) { return w.db.Contacts(ctx) }

// Network returns how the workspace reaches the network.
func (w Connections) Network(ctx context.Context) (network.Settings, error) {
	n, err := w.db.Network(ctx)
	return network.Settings{Offline: n.Offline, Proxy: n.Proxy, CAFile: n.CAFile}, err
}

// SetNetwork changes how the workspace reaches the network. It answers CodeInvalid for settings that cannot be right.
func (w Connections) SetNetwork(ctx context.Context, s network.Settings) error {
	if err := network.CheckSettings(s); err != nil {
		return err
	}
	return w.db.SetNetwork(ctx, store.Network{Offline: s.Offline, Proxy: s.Proxy, CAFile: s.CAFile}, w.user, w.now())
}
