package connectortest

import (
	"strings"
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
	return ReachBy(t, network.Settings{})
}

// ReachBy is how a test reaches an emulator with settings of the network.
func ReachBy(t *testing.T, s network.Settings) source.Reach {
	t.Helper()
	door, err := network.New(s)
	require.NoError(t, err)
	t.Cleanup(door.Close)
	return source.Reach{Door: door.WithPatience(Quick()), Purpose: "bills of Test", Now: time.Now}
}

// Connect connects with the values of a place.
func Connect(t *testing.T, connector source.Connector, values map[string]string, via source.Reach) source.Connection {
	t.Helper()
	c, err := connector.Connect(values, via)
	require.NoError(t, err)
	return c
}

// Fetch fetches the object of a key that the connection lists, and "" where it lists none.
func Fetch(t *testing.T, c source.Connection, key string) (string, error) {
	t.Helper()
	var text strings.Builder
	var err error
	require.NoError(t, c.List(t.Context(), func(o source.Object) error {
		if o.Key == key {
			err = c.Fetch(t.Context(), o, &text)
		}
		return nil
	}))
	return text.String(), err
}
