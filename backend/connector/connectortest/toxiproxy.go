package connectortest

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// toxiproxyProgram runs toxiproxy until its standard input ends, which it does with the process that started it.
const toxiproxyProgram = `"$1" -host 127.0.0.1 -port "$2" 2>&1 & pid=$!
cat >/dev/null; kill $pid`

var startToxiproxy = sync.OnceValues(func() (string, error) {
	program := filepath.Join(emulators(), "toxiproxy", "toxiproxy")
	if _, err := os.Stat(program); err != nil {
		return "", errNoToxiproxy
	}
	port, err := freePort()
	if err != nil {
		return "", err
	}
	if _, err := start("Starting HTTP server on endpoint ", "sh", "-c", toxiproxyProgram, "sh", program, port); err != nil {
		return "", err
	}
	address := "http://127.0.0.1:" + port
	for end := time.Now().Add(time.Minute); ; time.Sleep(startPause) { // it says that it starts before it listens
		response, err := http.Get(address + "/version")
		if err == nil {
			return address, response.Body.Close()
		}
		if time.Now().After(end) {
			return "", fmt.Errorf("start toxiproxy: %w", err)
		}
	}
})

const startPause = 2 * time.Millisecond

var errNoToxiproxy = errors.New("toxiproxy, which plays bad lines, is not installed; build/emulators installs it")

// Line is a line to an emulator over TCP, which toxiproxy can make bad.
type Line struct {
	URL string // of the emulator through the line, with the path of its address

	api   string // of toxiproxy
	proxy proxy
}

// proxy is a line as toxiproxy has it.
type proxy struct {
	Name     string `json:"name"`
	Listen   string `json:"listen"`
	Upstream string `json:"upstream"`
	Enabled  bool   `json:"enabled"`
}

// NewLine lays a line to an emulator for the time of a test. A test is skipped where toxiproxy is not installed.
func NewLine(t *testing.T, address string) *Line {
	t.Helper()
	if testing.Short() || runtime.GOOS == "windows" {
		t.Skip("Tests over bad lines are left out of the short run, and on Windows, where toxiproxy is started in another way.")
	}
	api, err := startToxiproxy()
	if errors.Is(err, errNoToxiproxy) {
		t.Skip(err)
	}
	require.NoError(t, err)
	target, err := url.Parse(address)
	require.NoError(t, err)
	l := &Line{api: api, proxy: proxy{Name: url.PathEscape(strings.ReplaceAll(t.Name(), "/", "-")), Listen: "127.0.0.1:0", Upstream: target.Host, Enabled: true}}
	l.lay(t)
	t.Cleanup(func() { toxiproxy(t, http.MethodDelete, l.api+"/proxies/"+l.proxy.Name, nil) })
	target.Host = l.proxy.Listen
	l.URL = target.String()
	return l
}

// Bad makes the line bad on the way from the emulator, also for connections that are open. kind and attributes are those of toxiproxy.
func (l *Line) Bad(t *testing.T, kind string, attributes map[string]any) {
	t.Helper()
	l.toxic(t, kind, 1, attributes)
}

// Resets has connections that are made from now on end with a reset where something else cuts them off.
func (l *Line) Resets(t *testing.T) {
	t.Helper()
	l.toxic(t, "reset_peer", 0, nil)
}

func (l *Line) toxic(t *testing.T, kind string, toxicity int, attributes map[string]any) {
	t.Helper()
	toxiproxy(t, http.MethodPost, l.api+"/proxies/"+l.proxy.Name+"/toxics", map[string]any{"type": kind, "stream": "downstream", "toxicity": toxicity, "attributes": attributes})
}

// Down refuses connections, and ends those that are open.
func (l *Line) Down(t *testing.T) {
	t.Helper()
	toxiproxy(t, http.MethodPost, l.api+"/proxies/"+l.proxy.Name, map[string]any{"enabled": false})
}

// Well makes the line good again. It is laid anew: what is bad of a line cannot be taken away while connections hang in it.
func (l *Line) Well(t *testing.T) {
	t.Helper()
	toxiproxy(t, http.MethodDelete, l.api+"/proxies/"+l.proxy.Name, nil)
	l.lay(t)
}

// lay has toxiproxy take up the line.
func (l *Line) lay(t *testing.T) {
	t.Helper()
	require.NoError(t, json.Unmarshal(toxiproxy(t, http.MethodPost, l.api+"/proxies", l.proxy), &l.proxy)) // the address is known now
}

// toxiproxy sends a command to toxiproxy and returns what it answers.
func toxiproxy(t *testing.T, method, address string, command any) []byte {
	t.Helper()
	text, err := json.Marshal(command)
	require.NoError(t, err)
	// Not in the context of the test, which has ended when it is cleaned up.
	r, err := http.NewRequest(method, address, bytes.NewReader(text)) //nolint:noctx // a program on this computer answers at once
	require.NoError(t, err)
	response, err := http.DefaultClient.Do(r)
	require.NoError(t, err)
	text, err = io.ReadAll(response.Body)
	require.NoError(t, err)
	require.NoError(t, response.Body.Close())
	require.Less(t, response.StatusCode, http.StatusMultipleChoices, "%s %s: %s", method, address, text)
	return text
}
