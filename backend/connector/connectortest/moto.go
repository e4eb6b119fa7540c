// Package connectortest starts the emulators that tests of connectors run against, and plays the faults
// of a network. Tests only.
package connectortest

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
)

// motoProgram serves until its standard input ends, which it does with the process that started it. Without the images that AWS gives, which
// take seconds to load.
const motoProgram = `
import logging, os, sys
os.environ["MOTO_EC2_LOAD_DEFAULT_AMIS"] = "false"
logging.disable(logging.CRITICAL)
from moto.server import ThreadedMotoServer
s = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
s.start(); print("READY http://%s:%d" % s.get_host_and_port(), flush=True)
sys.stdin.read(); s.stop()
`

// startMoto starts one server for the process.
var startMoto = sync.OnceValues(func() (string, error) {
	python := filepath.Join(emulators(), "moto", "bin", "python")
	if _, err := os.Stat(python); err != nil {
		return "", errNoMoto
	}
	return start("READY ", python, "-c", motoProgram)
})

// start starts a program that ends with its standard input, and waits for the line that ends in the address it
// listens on.
func start(ready string, name string, args ...string) (string, error) {
	cmd := exec.CommandContext(context.Background(), name, args...)
	in, errIn := cmd.StdinPipe()
	out, errOut := cmd.StdoutPipe()
	if err := errors.Join(errIn, errOut); err != nil {
		return "", fmt.Errorf("start an emulator: %w", err)
	}
	if err := cmd.Start(); err != nil {
		return "", fmt.Errorf("start an emulator: %w", err)
	}
	for lines := bufio.NewScanner(out); lines.Scan(); {
		if _, address, ok := strings.Cut(lines.Text(), ready); ok {
			running = append(running, in)
			go func() { _, _ = io.Copy(io.Discard, out) }() // ends with the emulator, which ends with this process
			return address, nil
		}
	}
	return "", errors.Join(errors.New("the emulator did not start"), cmd.Wait())
}

// freePort finds a port for a program that does not say which one it took when it is to take any.
func freePort() (string, error) {
	free, err := (&net.ListenConfig{}).Listen(context.Background(), "tcp", "127.0.0.1:0")
	if err != nil {
		return "", fmt.Errorf("find a free port: %w", err)
	}
	_, port, _ := net.SplitHostPort(free.Addr().String())
	if err := free.Close(); err != nil {
		return "", fmt.Errorf("find a free port: %w", err)
	}
	return port, nil
}

// running keeps the inputs of emulators open until this process ends.
var running []io.Closer

var errNoMoto = errors.New("moto, which plays AWS, is not installed; build/emulators installs it")

// emulators is the folder that build/emulators fills. A test runs in the folder of its package, which lies below the
// one with go.mod; what the compiler knows of places may be trimmed.
func emulators() string {
	folder, err := os.Getwd()
	for at := folder; err == nil && at != filepath.Dir(at); at = filepath.Dir(at) {
		if _, missing := os.Stat(filepath.Join(at, "go.mod")); missing == nil {
			folder = at
			break
		}
	}
	return filepath.Join(folder, "build", ".cache", "emulators")
}

// Moto returns the address of a server that plays AWS, and empties it. The tests of one package that
// use it cannot run at the same time. A test is skipped where moto is not installed.
func Moto(t *testing.T) string {
	t.Helper()
	if testing.Short() {
		t.Skip("Tests against moto are left out of the short run; with the race detector they would take minutes.")
	}
	address, err := startMoto()
	if errors.Is(err, errNoMoto) {
		t.Skip(err)
	}
	require.NoError(t, err)
	Send(t, http.MethodPost, address+"/moto-api/reset", "")
	return address
}

// Signed is the signature of nobody for a service, which moto accepts for anything while permissions are
// switched off.
func Signed(service string) string {
	return "AWS4-HMAC-SHA256 Credential=X/20260101/us-east-1/" + service + "/aws4_request, SignedHeaders=host, Signature=x"
}

// Send sends a request to an emulator and wants that it is done.
func Send(t *testing.T, method, address, body string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, address, strings.NewReader(body))
	require.NoError(t, err)
	r.Header.Set("Authorization", Signed("s3"))
	response, err := http.DefaultClient.Do(r)
	require.NoError(t, err)
	require.NoError(t, response.Body.Close())
	require.Less(t, response.StatusCode, http.StatusMultipleChoices, "%s %s", method, address)
}

// Bucket is a bucket of an emulator.
type Bucket struct{ Address, Name string }

// NewBucket makes a bucket.
func NewBucket(t *testing.T, address, name string) Bucket {
	t.Helper()
	Send(t, http.MethodPut, address+"/"+name, "")
	return Bucket{address, name}
}

func (b Bucket) at(key string) string {
	return b.Address + "/" + b.Name + "/" + (&url.URL{Path: key}).EscapedPath()
}

// Put writes a file.
func (b Bucket) Put(t *testing.T, key, content string) {
	t.Helper()
	Send(t, http.MethodPut, b.at(key), content)
}

// Remove removes a file.
func (b Bucket) Remove(t *testing.T, key string) {
	t.Helper()
	Send(t, http.MethodDelete, b.at(key), "")
}

// answered sends a request and returns the answer to it, which must be a good one.
func answered(t *testing.T, r *http.Request) string {
	t.Helper()
	response, err := http.DefaultClient.Do(r)
	require.NoError(t, err)
	text, err := io.ReadAll(response.Body)
	require.NoError(t, err)
	require.NoError(t, response.Body.Close())
	require.Equal(t, http.StatusOK, response.StatusCode, "%s", text)
	return string(text)
}
