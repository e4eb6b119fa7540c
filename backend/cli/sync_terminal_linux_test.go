package cli_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/sys/unix"

	"cloud-intelligence/backend/cli"
	"cloud-intelligence/backend/connector/folder"
	"cloud-intelligence/backend/platform/keychain"
	"cloud-intelligence/backend/source"
	"cloud-intelligence/backend/source/focusfile"
)

// guarded is a folder for which somebody must enter a code first.
type guarded struct{ folder.Connector }

func (guarded) Name() string { return "guarded" }

func (g guarded) Connect(values map[string]string, via source.Reach) (source.Connection, error) {
	c, err := g.Connector.Connect(values, via)
	return guardedPlace{c, via}, err
}

type guardedPlace struct {
	source.Connection
	via source.Reach
}

func (p guardedPlace) List(ctx context.Context, found func(source.Object) error) error {
	code, err := p.via.Ask(ctx, source.Prompt{Text: "The device shows a code.", Wanted: "Code"})
	if err == nil && code != "123456" {
		err = fmt.Errorf("the code was %q", code)
	}
	if err != nil {
		return err
	}
	return p.Connection.List(ctx, found)
}

// screen is what a terminal has shown so far.
type screen struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (s *screen) read(from *os.File) {
	part := make([]byte, 4096)
	for {
		n, err := from.Read(part)
		s.mu.Lock()
		s.text.Write(part[:n])
		s.mu.Unlock()
		if err != nil {
			return // the other end is closed
		}
	}
}

func (s *screen) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.String()
}

// openTerminal returns both ends of a terminal.
func openTerminal(t *testing.T) (keyboard, program *os.File) {
	t.Helper()
	keyboard, err := os.OpenFile("/dev/ptmx", os.O_RDWR, 0)
	if err != nil {
		t.Skip("This system has no terminals: " + err.Error())
	}
	t.Cleanup(func() { _ = keyboard.Close() })
	fd := int(keyboard.Fd())
	n, err := unix.IoctlGetInt(fd, unix.TIOCGPTN)
	require.NoError(t, err)
	require.NoError(t, unix.IoctlSetPointerInt(fd, unix.TIOCSPTLCK, 0))
	program, err = os.OpenFile(fmt.Sprintf("/dev/pts/%d", n), os.O_RDWR|unix.O_NOCTTY, 0)
	require.NoError(t, err)
	return keyboard, program
}

// fussy is a folder with options that few need.
type fussy struct{ folder.Connector }

func (fussy) Name() string { return "fussy" }

func (f fussy) Options() []source.Option {
	return append(f.Connector.Options(), source.Option{Name: "rare", Label: "Rare", Help: "For few.", Rare: true}, source.Option{Name: "beside", Label: "Beside", Help: "Not the bills.", Beside: true, Switch: true},
		source.Option{Name: "pin", Label: "PIN", Help: "Opens it.", Secret: true})
}

func (f fussy) Connect(values map[string]string, via source.Reach) (source.Connection, error) {
	return f.Connector.Connect(map[string]string{"folder": values["folder"]}, via)
}

// TestConnectionsAdd_InATerminal is asked for what most need, and sees what else there is.
func TestConnectionsAdd_InATerminal(t *testing.T) {
	root := t.TempDir()
	path := filepath.Join(root, "w.cloudintel")
	deps := cli.Deps{User: "Ann", Keychain: &keychain.Memory{}, Connectors: []source.Connector{fussy{}}}
	keyboard, program := openTerminal(t)
	var shown screen
	go shown.read(keyboard)
	var out bytes.Buffer
	require.Zero(t, cli.Main(t.Context(), []string{"--workspace", path, "workspace", "create", "Acme"}, strings.NewReader(""), &out, &out, deps))
	ended := make(chan int, 1)
	go func() {
		ended <- cli.Main(t.Context(), []string{"--workspace", path, "connections", "add", "Main", "--kind", "fussy"}, program, &out, program, deps)
	}()
	answer := func(question, text string) {
		require.Eventually(t, func() bool { return strings.HasSuffix(shown.String(), question) }, time.Minute, time.Millisecond, question)
		_, err := keyboard.WriteString(text + "\n")
		require.NoError(t, err)
	}
	answer("Folder: ", root)
	answer("PIN (is not shown, Enter for none): ", "hidden-pin")
	assert.Zero(t, <-ended)
	require.Eventually(t, func() bool {
		return strings.Contains(shown.String(), "connections edit`: rare, beside. `connections kinds`")
	}, time.Minute, time.Millisecond)
	require.NoError(t, program.Close())
	assert.NotContains(t, shown.String(), "hidden-pin")
}

// TestSync_AllInATerminal syncs two connections that each ask for a code, and one that does not, in a real terminal: one question at a time, and nothing
// is written over it while somebody types.
func TestSync_AllInATerminal(t *testing.T) {
	root := t.TempDir()
	path := filepath.Join(root, "w.cloudintel")
	deps := cli.Deps{Sources: source.Registry{focusfile.Source{}}, User: "Ann", Keychain: &keychain.Memory{}, Connectors: []source.Connector{guarded{}, folder.Connector{}}}
	call := func(args ...string) {
		var out, problem bytes.Buffer
		require.Zero(t, cli.Main(t.Context(), append([]string{"--workspace", path}, args...), strings.NewReader(""), &out, &problem, deps), "%s: %s", args, problem.String())
	}
	call("workspace", "create", "Acme")
	for i, kind := range []string{"guarded", "guarded", "folder"} {
		place := filepath.Join(root, fmt.Sprint("place", i))
		require.NoError(t, os.Mkdir(place, 0o700))
		bill := focusHeader + fmt.Sprintf("1,USD,%d,2026-10-01,2026-10-01,AWS,EC2\n", 100+i)
		require.NoError(t, os.WriteFile(filepath.Join(place, "bill.csv"), []byte(bill), 0o600))
		call("connections", "add", fmt.Sprint("Bills ", i), "--kind", kind, "--set", "folder="+place)
	}
	keyboard, program := openTerminal(t)
	var shown screen
	go shown.read(keyboard)
	var out bytes.Buffer
	ended := make(chan int)
	go func() {
		ended <- cli.Main(context.WithoutCancel(t.Context()), []string{"--workspace", path, "sync", "--all"}, program, &out, program, deps)
	}()
	const question = "The device shows a code.\r\nCode: "
	for n := 1; n <= 2; n++ {
		require.Eventually(t, func() bool { return strings.Count(shown.String(), question) == n }, time.Minute, 10*time.Millisecond, "question %d", n)
		require.Never(t, func() bool { return !strings.HasSuffix(shown.String(), question) }, 300*time.Millisecond, 20*time.Millisecond, "while it waits nothing is written, and nothing else is asked, although others sync")
		_, err := keyboard.WriteString("123456\n")
		require.NoError(t, err)
	}
	select {
	case code := <-ended:
		require.Zero(t, code, shown.String())
	case <-time.After(time.Minute):
		require.Fail(t, "The sync did not end", shown.String())
	}
	require.NoError(t, program.Close())
	assert.Equal(t, 3, strings.Count(out.String(), "Imported all files. 1 file, 1 line, 0 calls.\n"), out.String())
	assert.Contains(t, out.String(), "Bills 2: Imported all files. 1 file, 1 line, 0 calls.\n  All bills of 2026-10: 1.00, before 0.00", "it did not wait for the codes")
}
