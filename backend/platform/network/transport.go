package network

import (
	"bufio"
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"mime"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"

	"cloud-intelligence/backend/finops"
)

// asked is what the answers to one call ask for; Do reads it from the requests of its call.
type asked struct {
	mu    sync.Mutex
	after time.Duration
}

type askedKey struct{}

func (a *asked) add(wait time.Duration) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.after = max(a.after, wait)
}

func (a *asked) wait() time.Duration {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.after
}

// transport sends the requests of a lane.
type transport struct{ lane *Lane }

// RoundTrip refuses where the network is switched off, waits for its turn, counts, and turns
// what is no answer of a provider into an error with a sentence.
func (t transport) RoundTrip(r *http.Request) (*http.Response, error) {
	l := t.lane
	if err := l.Allowed(); err != nil {
		return nil, err
	}
	if err := l.take(r.Context()); err != nil {
		return nil, err
	}
	key := hostKey{r.URL.Host, l.api.Name + ": " + l.purpose}
	sent := max(r.ContentLength, 0)
	l.calls.Add(1)
	l.sent.Add(sent)
	l.door.record(key, time.Now(), 1, sent, 0)
	ctx, cancel := context.WithCancelCause(r.Context())
	response, err := l.door.base.RoundTrip(r.WithContext(ctx))
	if err != nil {
		cancel(nil)
		return nil, explain(r.Context(), l.api.Name, r.URL.Hostname(), err)
	}
	if note, ok := r.Context().Value(askedKey{}).(*asked); ok && (response.StatusCode >= http.StatusBadRequest || response.StatusCode == http.StatusAccepted) {
		note.add(retryAfter(response.Header, time.Now()))
	}
	response.Body = &body{ReadCloser: response.Body, ctx: ctx, cancel: cancel, stall: time.AfterFunc(l.door.patient.Silence, func() { cancel(errStalled) }), silence: l.door.patient.Silence, got: func(n int64) {
		l.received.Add(n)
		l.door.record(key, time.Now(), 0, 0, n)
	}, explain: func(ctx context.Context, err error) error { return explain(ctx, l.api.Name, r.URL.Hostname(), err) }, asked: r.Context()}
	if isPage(response) {
		_ = response.Body.Close() // a page for people says nothing that is of use here
		return nil, finops.Errorf(finops.CodeUnavailable, "The network answered in place of %s, as sign-in pages of guest networks and proxies do. Check the network connection.", l.api.Name)
	}
	return response, nil
}

// isPage looks at the beginning of an answer that says that it is HTML: some providers say so of
// errors that are XML.
func isPage(r *http.Response) bool {
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || kind != "text/html" {
		return false
	}
	ahead := bufio.NewReader(r.Body)
	start, _ := ahead.Peek(len("<!doctype html")) // an answer may be shorter
	r.Body = struct {
		io.Reader
		io.Closer
	}{ahead, r.Body}
	start = bytes.ToLower(start)
	return bytes.HasPrefix(start, []byte("<html")) || bytes.HasPrefix(start, []byte("<!doctype html"))
}

var errStalled = errors.New("no data for too long")

// body counts what is read, ends a body that stalls and explains one that is cut.
type body struct {
	io.ReadCloser
	ctx     context.Context //nolint:containedctx // of the one answer that the body belongs to
	cancel  context.CancelCauseFunc
	stall   *time.Timer
	silence time.Duration // after which it ends a body
	got     func(int64)
	explain func(context.Context, error) error
	asked   context.Context //nolint:containedctx // of whoever waits for the body
}

func (b *body) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	if n > 0 {
		b.stall.Reset(b.silence)
		b.got(int64(n))
	}
	if err != nil && !errors.Is(err, io.EOF) {
		if cause := context.Cause(b.ctx); cause != nil {
			err = cause
		}
		return n, b.explain(b.asked, err)
	}
	return n, err
}

func (b *body) Close() error {
	b.stall.Stop()
	defer b.cancel(nil)
	return b.ReadCloser.Close() //nolint:wrapcheck // the network's own
}

// explain says what went wrong on the way to a host. The text of a cause may hold an address with its
// query, so that only its kind is named.
func explain(ctx context.Context, api, host string, err error) error {
	if cause := context.Cause(ctx); cause != nil {
		return cause
	}
	if _, ok := errors.AsType[*finops.Error](err); ok {
		return err
	}
	var dns *net.DNSError
	var authority x509.UnknownAuthorityError
	var hostname x509.HostnameError
	var invalid x509.CertificateInvalidError
	var record tls.RecordHeaderError
	switch {
	case errors.As(err, &authority), errors.As(err, &hostname), errors.As(err, &invalid):
		return finops.WrapError(finops.CodeDenied, plain(err), "The certificate of %s is not trusted. If your network inspects traffic, name its certificates in the network settings of the connections.", host)
	case errors.As(err, &record):
		return finops.WrapError(finops.CodeDenied, plain(err), "%s does not answer over HTTPS. Check the address of the endpoint and the proxy.", host)
	case strings.Contains(err.Error(), http.StatusText(http.StatusProxyAuthRequired)):
		return finops.WrapError(finops.CodeDenied, plain(err), "The proxy asks for a name and a password. Put them into the variable HTTPS_PROXY: http://NAME:PASSWORD@HOST:PORT.")
	case errors.As(err, &dns) && dns.IsNotFound:
		return finops.WrapError(finops.CodeUnavailable, plain(err), "There is no host %s, or no network. Check the connection, and the region or endpoint that was entered.", host)
	}
	return finops.WrapError(finops.CodeUnavailable, plain(err), "%s (%s) does not answer. Check the network connection", api, host)
}

// Innermost keeps an error of the door, and of others takes the address away that a request or a library has put around it.
func Innermost(err error) error {
	if own, ok := errors.AsType[*finops.Error](err); ok {
		return own
	}
	if err == nil {
		return nil
	}
	return plain(err)
}

// plain is the innermost cause, which names no address with its query.
func plain(err error) error {
	for {
		inner := errors.Unwrap(err)
		if inner == nil {
			return err
		}
		err = inner
	}
}
