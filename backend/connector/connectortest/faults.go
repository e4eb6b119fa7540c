package connectortest

import (
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// Fault is what happens to a request on its way to an emulator.
type Fault struct {
	Status int               // the answer in place of the emulator's; 0 = the emulator answers
	Header map[string]string // of that answer
	Body   string
	Cut    int  // the connection ends after so many bytes of the body
	Cutoff bool // Cut applies
	Reset  bool // the connection ends without an answer
	Slow   bool // the emulator answers, its body in crumbs
}

// play answers in place of an emulator; Cut does not count.
func (f *Fault) play(w http.ResponseWriter) {
	if f.Reset {
		panic(http.ErrAbortHandler)
	}
	for name, value := range f.Header {
		w.Header().Set(name, value)
	}
	w.WriteHeader(f.Status)
	_, _ = io.WriteString(w, f.Body)
}

// Faults is a proxy in front of an emulator that plays faults.
type Faults struct {
	URL string
	// Answer, when set, changes an answer of the emulator.
	Answer func(*http.Response) error

	mu    sync.Mutex
	plan  func(*http.Request) *Fault
	asked []*http.Request
	wire  strings.Builder
}

// NewFaults starts a proxy for the time of a test. plan is asked for each request, one at a time; nil = no
// fault.
func NewFaults(t *testing.T, address string, plan func(*http.Request) *Fault) *Faults {
	t.Helper()
	target, err := url.Parse(address)
	require.NoError(t, err)
	f := &Faults{plan: plan}
	forward := &httputil.ReverseProxy{ErrorLog: log.New(io.Discard, "", 0), Rewrite: func(r *httputil.ProxyRequest) { r.SetURL(target) }, ModifyResponse: func(r *http.Response) error {
		if f.Answer == nil {
			return nil
		}
		return f.Answer(r)
	}}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		fault := f.next(r)
		switch {
		case fault == nil:
			forward.ServeHTTP(w, r)
		case fault.Slow:
			forward.ServeHTTP(&crumbs{ResponseWriter: w}, r)
		case fault.Cutoff:
			cut(w, r, forward, fault.Cut)
		default:
			fault.play(w)
		}
	}))
	t.Cleanup(server.Close)
	f.URL = server.URL
	return f
}

func (f *Faults) next(r *http.Request) *Fault {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.asked = append(f.asked, r)
	if text, err := httputil.DumpRequest(r, true); err == nil {
		f.wire.Write(text)
	}
	if f.plan == nil {
		return nil
	}
	return f.plan(r)
}

// Asked returns the requests so far.
func (f *Faults) Asked() []*http.Request {
	f.mu.Lock()
	defer f.mu.Unlock()
	return append([]*http.Request(nil), f.asked...)
}

// Wire is all that was sent so far, byte for byte.
func (f *Faults) Wire() string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.wire.String()
}

// crumbs sends a body piece by piece, with a pause after each, as a bad line does.
type crumbs struct{ http.ResponseWriter }

const (
	crumb      = 16 << 10 // bytes
	crumbPause = 5 * time.Millisecond
)

func (c *crumbs) Write(p []byte) (n int, err error) {
	for at := 0; at < len(p) && err == nil; at += crumb {
		var part int
		part, err = c.ResponseWriter.Write(p[at:min(at+crumb, len(p))])
		n += part
		_ = http.NewResponseController(c.ResponseWriter).Flush()
		time.Sleep(crumbPause)
	}
	return n, err //nolint:wrapcheck // it is a writer
}

// cut passes the answer of the emulator on, with its length, and ends in the middle.
func cut(w http.ResponseWriter, r *http.Request, forward http.Handler, after int) {
	whole := httptest.NewRecorder()
	forward.ServeHTTP(whole, r)
	for name, values := range whole.Header() {
		w.Header()[name] = values
	}
	body := whole.Body.Bytes()
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(whole.Code)
	_, _ = w.Write(body[:min(after, len(body))])
	if after < len(body) {
		if flusher, ok := w.(http.Flusher); ok {
			flusher.Flush()
		}
		panic(http.ErrAbortHandler)
	}
}
