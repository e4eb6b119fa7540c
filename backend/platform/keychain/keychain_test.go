package keychain_test

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/platform/keychain"
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

// inSession names what the child process of a test checks in a session of its own.
const inSession = "CI_KEYCHAIN_SESSION"

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
	switch os.Getenv(inSession) {
	case "":
		t.Skip("This is the child process of other tests; it does nothing by itself.")
	case "unlocked":
		started(t, k)
		conform(t, k)
	case "locked":
		started(t, k)
		require.NoError(t, k.Set(t.Context(), "a", "key", "secret"))
		lock := exec.CommandContext(t.Context(), "dbus-send", "--session", "--print-reply", "--dest=org.freedesktop.secrets", "/org/freedesktop/secrets",
			"org.freedesktop.Secret.Service.Lock", "array:objpath:/org/freedesktop/secrets/collection/login")
		text, err := lock.CombinedOutput()
		require.NoError(t, err, string(text))
		refused(finops.CodeDenied, "locked")
	case "absent":
		refused(finops.CodeUnavailable, "no keychain")
	}
}

// started waits until the keyring that was just started has its place on the bus.
func started(t *testing.T, k keychain.Keychain) {
	t.Helper()
	require.Eventually(t, func() bool { return finops.CodeOf(k.Delete(t.Context(), "a", "none")) == "" }, time.Minute, 10*time.Millisecond)
}

func second[A, B any](_ A, b B) B { return b }

// bus is a session bus on which services do not start by themselves.
const bus = `<busconfig><type>session</type><listen>unix:tmpdir=/tmp</listen>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy></busconfig>`

// keyring runs a command beside a GNOME Keyring that is unlocked and empty.
const keyring = `printf test >"$XDG_DATA_HOME/password"
gnome-keyring-daemon --foreground --unlock --components=secrets <"$XDG_DATA_HOME/password" >/dev/null & keyring=$!
"$@"; status=$?; kill $keyring; wait $keyring; exit $status`

// session runs the child process on a bus of its own, in folders of its own.
func session(t *testing.T, what string, needs ...string) {
	t.Helper()
	if runtime.GOOS != "linux" {
		t.Skip("The keychain of this system cannot be made empty for a test; GNOME Keyring on Linux can.")
	}
	for _, name := range append(needs, "dbus-run-session", "dbus-send") {
		if _, err := exec.LookPath(name); err != nil {
			t.Skipf("%s is not installed; build/install --tests installs it.", name)
		}
	}
	home := t.TempDir()
	config := filepath.Join(home, "bus.conf")
	require.NoError(t, os.WriteFile(config, []byte(bus), 0o600))
	args := []string{"--config-file=" + config, "--"}
	if what != "absent" {
		args = append(args, "sh", "-c", keyring, "sh")
	}
	cmd := exec.CommandContext(t.Context(), "dbus-run-session", append(args, os.Args[0], "-test.run=^TestSystem_InASession$", "-test.v")...)
	cmd.Env = append(os.Environ(), inSession+"="+what, "DBUS_SESSION_BUS_ADDRESS=", "XDG_DATA_HOME="+home, "XDG_CONFIG_HOME="+home, "XDG_RUNTIME_DIR="+home)
	text, err := cmd.CombinedOutput()
	require.NoError(t, err, string(text))
	assert.Contains(t, string(text), "--- PASS: TestSystem_InASession")
}

func TestSystem_Unlocked(t *testing.T) { session(t, "unlocked", "gnome-keyring-daemon") }

func TestSystem_Locked(t *testing.T) { session(t, "locked", "gnome-keyring-daemon") }

func TestSystem_Absent(t *testing.T) { session(t, "absent") }
