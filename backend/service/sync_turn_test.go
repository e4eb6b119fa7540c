package service

import (
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestTurn_GivenWhileWaiting: a sign-in that asks somebody while its sync waits for the turn does not wait for it, too.
func TestTurn_GivenWhileWaiting(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		of := make(chan struct{}, 1)
		first, second := turn{of: of}, turn{of: of}
		require.NoError(t, first.take(t.Context()))
		took := make(chan error)
		go func() { took <- second.take(t.Context()) }()
		synctest.Wait()
		require.True(t, second.mu.TryLock(), "it waits, and keeps nobody else waiting")
		second.mu.Unlock()
		second.give() // nothing is held yet
		first.give()
		require.NoError(t, <-took)
		assert.True(t, second.holds())
		second.give()
		require.NoError(t, first.take(t.Context()))
	})
}
