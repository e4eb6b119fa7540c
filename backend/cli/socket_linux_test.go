package cli_test

import (
	"bytes"
	"context"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
	"unsafe"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/sys/unix"

	"cloud-intelligence/backend/cli"
	"cloud-intelligence/backend/connector/awsexport"
	"cloud-intelligence/backend/connector/folder"
	"cloud-intelligence/backend/platform/keychain"
	"cloud-intelligence/backend/source"
	"cloud-intelligence/backend/source/focusfile"
)

// noSocket has the system end this process when any thread of it asks for a socket of any kind. It cannot be undone.
func noSocket() error {
	filter := []unix.SockFilter{
		{Code: unix.BPF_LD | unix.BPF_W | unix.BPF_ABS, K: 0}, // number of the system call
		{Code: unix.BPF_JMP | unix.BPF_JEQ | unix.BPF_K, K: unix.SYS_SOCKET, Jt: 0, Jf: 1},
		{Code: unix.BPF_RET | unix.BPF_K, K: unix.SECCOMP_RET_KILL_PROCESS},
		{Code: unix.BPF_RET | unix.BPF_K, K: unix.SECCOMP_RET_ALLOW},
	}
	program := unix.SockFprog{Len: uint16(len(filter)), Filter: &filter[0]}
	if err := unix.Prctl(unix.PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0); err != nil {
		return err
	}
	_, _, errno := unix.Syscall(unix.SYS_SECCOMP, unix.SECCOMP_SET_MODE_FILTER, unix.SECCOMP_FILTER_FLAG_TSYNC, uintptr(unsafe.Pointer(&program)))
	if errno != 0 {
		return errno
	}
	return nil
}

const socketVariable = "CI_SOCKET_CHILD"

// TestSocketChild is the child process of the test below.
func TestSocketChild(t *testing.T) {
	what := os.Getenv(socketVariable)
	if what == "" {
		t.Skip("This is the child process of another test; it does nothing by itself.")
	}
	dir := t.TempDir()
	if err := noSocket(); err != nil {
		t.Skip("This system cannot be made to refuse sockets: " + err.Error())
	}
	if what == "dial" {
		_, err := (&net.Dialer{Timeout: time.Second}).DialContext(t.Context(), "tcp", "127.0.0.1:9")
		t.Log("not ended:", err)
		return
	}
	deps := cli.Deps{Sources: source.Registry{focusfile.Source{}}, User: "Ann", Keychain: keychain.System(), Connectors: []source.Connector{awsexport.Connector{}, folder.Connector{}}}
	bill := filepath.Join(dir, "bill.csv")
	require.NoError(t, os.WriteFile(bill, []byte(focusHeader+"1,USD,100,2026-10-01,2026-10-01,AWS,EC2\n"), 0o600))
	for _, args := range [][]string{{"import", bill}, {"summary"}, {"spend"}, {"verify"}, {"connections", "list"}, {"connections", "hosts"}, {"sync", "--all"}, {"sync", "history"}, {"jobs"}} {
		var out, problem bytes.Buffer
		code := cli.Main(context.Background(), append([]string{"--workspace", filepath.Join(dir, "w.cloudintel")}, args...), strings.NewReader(""), &out, &problem, deps)
		require.Zero(t, code, "%s: %s", args, problem.String())
	}
}

// TestNoConnection_OpensNoSocket runs commands in a workspace without connections where a socket ends the
// process, and a process that opens one, which must be ended.
func TestNoConnection_OpensNoSocket(t *testing.T) {
	child := func(what string) (*exec.Cmd, string, error) {
		cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestSocketChild$", "-test.v")
		cmd.Env = append(os.Environ(), socketVariable+"="+what, "TMPDIR="+t.TempDir()) // a child that is ended leaves its folder
		text, err := cmd.CombinedOutput()
		return cmd, string(text), err
	}
	cmd, text, err := child("dial")
	if strings.Contains(text, "--- SKIP") {
		t.Skip(text)
	}
	require.Error(t, err, text)
	status, ok := cmd.ProcessState.Sys().(syscall.WaitStatus)
	require.True(t, ok)
	assert.Equal(t, syscall.SIGSYS, status.Signal())
	_, text, err = child("commands")
	require.NoError(t, err, text)
	assert.Contains(t, text, "--- PASS")
}
