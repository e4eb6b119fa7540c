//go:build !windows && !darwin

package notify

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/godbus/dbus/v5"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/finops"
)

// inSession says what the child process of the tests below has beside it.
const inSession = "CI_NOTICE_SESSION"

// bus is a session bus on which services do not start by themselves.
const bus = `<busconfig><type>session</type><listen>unix:tmpdir=/tmp</listen>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy></busconfig>`

// screen stands in for the service of a desktop that shows notifications.
type screen struct {
	can []string

	mu    sync.Mutex
	shown []string
}

// GetCapabilities is a method of the specification.
func (s *screen) GetCapabilities() ([]string, *dbus.Error) { return s.can, nil }

// Notify is a method of the specification.
func (s *screen) Notify(app string, _ uint32, _, title, text string, _ []string, _ map[string]dbus.Variant, _ int32) (uint32, *dbus.Error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.shown = append(s.shown, app+" | "+title+" | "+text)
	return uint32(len(s.shown)), nil
}

// TestDesktop_InASession is the child process of the tests below.
func TestDesktop_InASession(t *testing.T) {
	what := os.Getenv(inSession)
	if what == "" {
		t.Skip("This is the child process of other tests; it does nothing by itself.")
	}
	s := Settings{Kind: Desktop}
	if what == "absent" {
		err := s.Send(t.Context(), nil, "", "", message)
		require.Equal(t, finops.CodeUnavailable, finops.CodeOf(err))
		require.Contains(t, finops.MessageOf(err), "cannot show notifications now")
		return
	}
	on := &screen{}
	if what == "markup" {
		on.can = []string{"body", "body-markup"}
	}
	conn, err := dbus.ConnectSessionBus()
	require.NoError(t, err)
	defer func() { require.NoError(t, conn.Close()) }()
	require.NoError(t, conn.Export(on, noticePath, noticeService))
	reply, err := conn.RequestName(noticeService, dbus.NameFlagDoNotQueue)
	require.NoError(t, err)
	require.Equal(t, dbus.RequestNameReplyPrimaryOwner, reply)
	for _, m := range []Message{message, digest, {ID: "w-test", Workspace: "Acme", Text: "This is a test."}} {
		require.NoError(t, s.Send(t.Context(), nil, "", "", m))
	}
	text := "Shop has spent <!channel> & more."
	if what == "markup" {
		text = "Shop has spent &lt;!channel&gt; &amp; more."
	}
	on.mu.Lock()
	defer on.mu.Unlock()
	require.Equal(t, []string{
		"Cloud Intelligence | Budget Shop  Bcc: x@example.com, Oct 2026 | " + text,
		"Cloud Intelligence | 2 alerts of Acme | - " + text + "\n- AWS 1 has no data.",
		"Cloud Intelligence | Test of alerts | This is a test.",
	}, on.shown)
}

// session runs the child process on a bus of its own, so that nothing is shown to the person.
func session(t *testing.T, what string) {
	t.Helper()
	if _, err := exec.LookPath("dbus-run-session"); err != nil {
		t.Skip("dbus-run-session is not installed; build/install --tests installs it.")
	}
	home := t.TempDir()
	config := filepath.Join(home, "bus.conf")
	require.NoError(t, os.WriteFile(config, []byte(bus), 0o600))
	child := exec.CommandContext(t.Context(), "dbus-run-session", "--config-file="+config, "--", os.Args[0], "-test.run=^TestDesktop_InASession$", "-test.v") //nolint:gosec // the test itself
	child.Env = append(os.Environ(), inSession+"="+what, "DBUS_SESSION_BUS_ADDRESS=", "XDG_RUNTIME_DIR="+home)
	text, err := child.CombinedOutput()
	if err != nil || !strings.Contains(string(text), "--- PASS: TestDesktop_InASession") {
		t.Fatalf("%v\n%s", err, text)
	}
}

func TestDesktop_ShowsANotification(t *testing.T) { session(t, "text") }

func TestDesktop_KeepsTextFromBeingMarkup(t *testing.T) { session(t, "markup") }

func TestDesktop_ASessionWithoutTheService(t *testing.T) { session(t, "absent") }

func TestDesktop_NoSession(t *testing.T) {
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path="+filepath.Join(t.TempDir(), "none"))
	err := Settings{Kind: Desktop}.Send(t.Context(), nil, "", "", message)
	require.Equal(t, finops.CodeUnavailable, finops.CodeOf(err))
}
