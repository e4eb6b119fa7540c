package keychain_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/platform/keychain"
	"cloud-intelligence/backend/platform/keychain/keychaintest"
)

// conform checks a keychain against the contract.
func conform(t *testing.T, k keychain.Keychain) {
	t.Helper()
	ctx := t.Context()
	_, err := k.Get(ctx, "a", "key")
	assert.Equal(t, finops.CodeNotFound, finops.CodeOf(err))
	require.NoError(t, k.Delete(ctx, "a", "key"), "nothing to delete is no error")
	assert.Equal(t, finops.CodeInvalid, finops.CodeOf(k.Set(ctx, "a", "key", "")))
	long := "-----BEGIN KEY-----\n" + strings.Repeat("äß €\n", 300)
	for _, secret := range []string{"first", "second", " \t'\"$`\\ ", long} {
		require.NoError(t, k.Set(ctx, "a", "key", secret))
		have, err := k.Get(ctx, "a", "key")
		require.NoError(t, err)
		assert.Equal(t, secret, have)
	}
	require.NoError(t, k.Set(ctx, "b", "key", "of b"))
	require.NoError(t, k.Set(ctx, "a", "other", "other"))
	require.NoError(t, k.Delete(ctx, "a", "key"))
	_, err = k.Get(ctx, "a", "key")
	assert.Equal(t, finops.CodeNotFound, finops.CodeOf(err))
	for place, want := range map[[2]string]string{{"b", "key"}: "of b", {"a", "other"}: "other"} {
		have, err := k.Get(ctx, place[0], place[1])
		require.NoError(t, err)
		assert.Equal(t, want, have)
	}
}

func TestMemory_Conformance(t *testing.T) { conform(t, &keychain.Memory{}) }

func TestSystem_AKeychainThatHangs(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		answer := make(chan struct{})
		k := keychain.Hanging(30*time.Second, answer)
		for range 3 { // the ones behind it wait for their turn
			_, err := k.Get(t.Context(), "a", "key")
			assert.Equal(t, finops.CodeUnavailable, finops.CodeOf(err))
			assert.Contains(t, finops.MessageOf(err), "did not answer within 30 seconds")
		}
		stop := errors.New("stop")
		ctx, cancel := context.WithCancelCause(t.Context())
		cancel(stop)
		_, err := k.Get(ctx, "a", "key")
		assert.ErrorIs(t, err, stop)
		close(answer)
		synctest.Wait()
		secret, err := k.Get(t.Context(), "a", "key")
		require.NoError(t, err, "it answers again")
		assert.Equal(t, "late", secret)
	})
}

// TestSystem_InASession is the child process of the tests below.
func TestSystem_InASession(t *testing.T) {
	k := keychain.System()
	refused := func(code finops.Code, sentence string) {
		t.Helper()
		for _, err := range []error{second(k.Get(t.Context(), "a", "key")), k.Set(t.Context(), "a", "key", "planted"), k.Delete(t.Context(), "a", "key")} {
			require.Error(t, err)
			assert.Equal(t, code, finops.CodeOf(err), "%v", err)
			assert.Contains(t, finops.MessageOf(err), sentence)
			assert.NotContains(t, err.Error(), "planted")
		}
	}
	switch keychaintest.Inside() {
	case "":
		t.Skip("This is the child process of other tests; it does nothing by itself.")
	case "unlocked":
		keychaintest.Started(t, k)
		conform(t, k)
	case "locked":
		keychaintest.Started(t, k)
		require.NoError(t, k.Set(t.Context(), "a", "key", "secret"))
		keychaintest.Lock(t)
		refused(finops.CodeDenied, "locked")
	case "absent":
		refused(finops.CodeUnavailable, "no keychain")
	}
}

func second[A, B any](_ A, b B) B { return b }

func TestSystem_Unlocked(t *testing.T) { keychaintest.Session(t, "TestSystem_InASession", "unlocked") }

func TestSystem_Locked(t *testing.T) { keychaintest.Session(t, "TestSystem_InASession", "locked") }

func TestSystem_Absent(t *testing.T) {
	keychaintest.Session(t, "TestSystem_InASession", keychaintest.Absent)
}
