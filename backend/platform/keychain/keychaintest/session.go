// Package keychaintest runs tests beside a real keychain: a GNOME Keyring of their own on a session bus of their own, so that
// nothing of the person's own is seen or touched. Only tests import it.
package keychaintest

import (
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/platform/keychain"
)

// inSession names what the child process of a test checks in a session of its own.
const inSession = "CI_KEYCHAIN_SESSION"

// Absent is a session without a keychain.
const Absent = "absent"

// bus is a session bus on which services do not start by themselves.
const bus = `<busconfig><type>session</type><listen>unix:tmpdir=/tmp</listen>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy></busconfig>`

// keyring runs a command beside a GNOME Keyring that is unlocked and empty.
const keyring = `printf test >"$XDG_DATA_HOME/password"
gnome-keyring-daemon --foreground --unlock --components=secrets <"$XDG_DATA_HOME/password" >/dev/null & keyring=$!
"$@"; status=$?; kill $keyring; wait $keyring; exit $status`

// Inside says what the child process of a test is to check; "" = it is no child process.
func Inside() string { return os.Getenv(inSession) }

// Session runs a test of the same package as a child process, on a bus of its own, in folders of its own. The child learns from Inside what to check;
// beside it is a keychain unless that is Absent. It skips, and says so, where the system has no GNOME Keyring.
func Session(t *testing.T, test, what string) {
	t.Helper()
	if runtime.GOOS != "linux" {
		t.Skip("The keychain of this system cannot be made empty for a test; GNOME Keyring on Linux can.")
	}
	needs := []string{"dbus-run-session", "dbus-send"}
	if what != Absent {
		needs = append(needs, "gnome-keyring-daemon")
	}
	for _, name := range needs {
		if _, err := exec.LookPath(name); err != nil {
			t.Skipf("%s is not installed; build/install --tests installs it.", name)
		}
	}
	home := t.TempDir()
	config := filepath.Join(home, "bus.conf")
	if err := os.WriteFile(config, []byte(bus), 0o600); err != nil {
		t.Fatal(err)
	}
	args := []string{"--config-file=" + config, "--"}
	if what != Absent {
		args = append(args, "sh", "-c", keyring, "sh")
	}
	cmd := exec.CommandContext(t.Context(), "dbus-run-session", append(args, os.Args[0], "-test.run=^"+test+"$", "-test.v")...) //nolint:gosec // the test itself
	cmd.Env = append(os.Environ(), inSession+"="+what, "DBUS_SESSION_BUS_ADDRESS=", "XDG_DATA_HOME="+home, "XDG_CONFIG_HOME="+home, "XDG_RUNTIME_DIR="+home)
	text, err := cmd.CombinedOutput()
	if err != nil || !strings.Contains(string(text), "--- PASS: "+test) {
		t.Fatalf("%v\n%s", err, text)
	}
}

// Started waits until the keyring that was just started has its place on the bus.
func Started(t *testing.T, k keychain.Keychain) {
	t.Helper()
	end := time.Now().Add(time.Minute)
	for finops.CodeOf(k.Delete(t.Context(), "a", "none")) != "" {
		if time.Now().After(end) {
			t.Fatal("the keyring did not start within a minute")
		}
		runtime.Gosched()
	}
}

// Lock locks the keyring as a person does who goes away.
func Lock(t *testing.T) {
	t.Helper()
	lock := exec.CommandContext(t.Context(), "dbus-send", "--session", "--print-reply", "--dest=org.freedesktop.secrets", "/org/freedesktop/secrets",
		"org.freedesktop.Secret.Service.Lock", "array:objpath:/org/freedesktop/secrets/collection/login")
	if text, err := lock.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, text)
	}
}
