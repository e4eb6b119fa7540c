package connectortest

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/platform/network"
	"cloud-intelligence/backend/source"
)

// Quick tries as often as the program does and waits hardly at all.
func Quick() network.Patience {
	p := network.DefaultPatience()
	p.Pause, p.PauseMax, p.Rest, p.Speed = time.Millisecond, 2*time.Millisecond, time.Millisecond, 1000
	return p
}

// Reach is how a test reaches an emulator.
func Reach(t *testing.T) source.Reach {
	t.Helper()
	door, err := network.New(network.Settings{})
	require.NoError(t, err)
	t.Cleanup(door.Close)
	return source.Reach{Door: door.WithPatience(Quick()), Purpose: "bills of Test", Now: time.Now}
}
