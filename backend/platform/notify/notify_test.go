package notify

import (
	"bufio"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/json"
	"encoding/pem"
	"io"
	"log"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/platform/network"
)

var alert = Alert{
	ID: "w-1", Budget: "Shop\r\nBcc: x@example.com", Period: "2026-10", PeriodText: "Oct 2026", Kind: "actual", Percent: "80", CrossedAt: finops.NewDay(2026, 10, 20),
	SeenAt: time.Unix(1_790_000_000, 0), Text: "Shop has spent <!channel> & more.",
}

var message = Message{ID: "w-1", Workspace: "Acme", Alerts: []Alert{alert}, At: time.Unix(1_790_000_100, 0)}

// digest has an alert of a budget and one of a rule.
var digest = Message{ID: "w-2", Workspace: "Acme", Digest: true, At: message.At, Alerts: []Alert{alert, {
	ID: "w-7", Rule: "Late", About: "AWS 1@2026-10-01", Kind: "late", CrossedAt: finops.NewDay(2026, 10, 5), SeenAt: time.Unix(1_790_000_000, 0), Text: "AWS 1 has no data.",
}}}

const key = "a key of some length"

func door(t *testing.T) *network.Door {
	t.Helper()
	d, err := network.New(network.Settings{})
	require.NoError(t, err)
	t.Cleanup(d.Close)
	return d.WithPatience(network.Patience{Tries: 3, Pause: time.Microsecond, PauseMax: time.Microsecond, Most: time.Second, Rest: time.Microsecond, Speed: 1000})
}

// receiver answers with one status after the other, the last one for ever, and keeps what came.
type receiver struct {
	mu       sync.Mutex
	statuses []int
	headers  []http.Header
	bodies   [][]byte
}

func (c *receiver) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	c.mu.Lock()
	defer c.mu.Unlock()
	body, _ := io.ReadAll(r.Body) // what is missing is seen in the body
	c.headers, c.bodies = append(c.headers, r.Header), append(c.bodies, body)
	w.WriteHeader(c.statuses[0])
	if len(c.statuses) > 1 {
		c.statuses = c.statuses[1:]
	}
}

func receive(t *testing.T, statuses ...int) (*receiver, string) {
	t.Helper()
	c := &receiver{statuses: statuses}
	s := httptest.NewServer(c)
	t.Cleanup(s.Close)
	return c, s.URL
}

func TestSend_SignedJSON(t *testing.T) {
	c, address := receive(t, 503, 500, 200)
	require.NoError(t, Settings{Kind: JSON, URL: address}.Send(t.Context(), door(t), "", key, message))
	require.Len(t, c.bodies, 3, "tried again while it failed")
	for i, body := range c.bodies {
		require.Equal(t, "w-1", c.headers[i].Get(HeaderID), "every try has the id of its message")
		require.Equal(t, Sign(key, c.headers[i].Get(HeaderTime), body), c.headers[i].Get(HeaderSignature))
	}
	require.NotEqual(t, Sign("another", "1790000100", c.bodies[2]), c.headers[2].Get(HeaderSignature))
	var got map[string]any
	require.NoError(t, json.Unmarshal(c.bodies[2], &got))
	require.Equal(t, map[string]any{
		"id": "w-1", "workspace": "Acme", "budget": alert.Budget, "rule": "", "period": "2026-10", "about": "", "kind": "actual", "percent": "80", "crossedAt": "2026-10-20",
		"seenAt": "2026-09-21T14:13:20Z", "message": alert.Text, "test": false,
	}, got)
}

// TestSend_HooksApart: the breaker of a web hook that fails is not that of another one.
func TestSend_HooksApart(t *testing.T) {
	d := door(t).WithPatience(network.Patience{Tries: 3, Pause: time.Microsecond, PauseMax: time.Microsecond, Most: time.Second, Rest: time.Hour, Speed: 1000})
	broken, at := receive(t, 500)
	for range 2 {
		err := Settings{Kind: JSON, URL: at}.Send(t.Context(), d, "", key, message)
		require.Equal(t, finops.CodeUnavailable, finops.CodeOf(err), err)
	}
	require.Len(t, broken.bodies, 5, "left alone after so many failures in a row")
	other, at := receive(t, 200)
	require.NoError(t, Settings{Kind: JSON, URL: at}.Send(t.Context(), d, "", key, message))
	require.Len(t, other.bodies, 1)
}

func TestSend_SlackAndTeams(t *testing.T) {
	c, address := receive(t, 200)
	require.NoError(t, Settings{Kind: Slack}.Send(t.Context(), door(t), "", address, message))
	require.NoError(t, Settings{Kind: Teams}.Send(t.Context(), door(t), "", address, message))
	require.JSONEq(t, `{"text": "Shop has spent &lt;!channel&gt; &amp; more."}`, string(c.bodies[0]))
	require.Contains(t, string(c.bodies[1]), `"type":"AdaptiveCard"`)
	require.Empty(t, c.headers[0].Get(HeaderSignature))
}

func TestSend_Failures(t *testing.T) {
	for _, x := range []struct {
		status, tries int
		code          finops.Code
	}{{400, 1, finops.CodeDenied}, {404, 1, finops.CodeDenied}, {302, 1, finops.CodeDenied}, {500, 3, finops.CodeUnavailable}} {
		c, address := receive(t, x.status)
		address += "/services/SECRET"
		err := Settings{Kind: Slack}.Send(t.Context(), door(t), "", address, message)
		require.Equal(t, x.code, finops.CodeOf(err), x.status)
		require.Len(t, c.bodies, x.tries)
		require.NotContains(t, err.Error(), "SECRET")
	}
	err := Settings{Kind: Slack}.Send(t.Context(), door(t), "", "http://127.0.0.1:1/SECRET", message)
	require.Equal(t, finops.CodeUnavailable, finops.CodeOf(err))
	require.NotContains(t, err.Error(), "SECRET")
	for _, s := range []struct {
		Settings
		secret string
	}{
		{Settings{Kind: "pigeon"}, "x"}, {Settings{Kind: JSON, URL: "http://example.com"}, key}, {Settings{Kind: JSON, URL: "https://example.com"}, "short"},
		{Settings{Kind: Slack}, "http://example.com/x"}, {Settings{Kind: SMTP, Host: "mail", TLS: "none", From: "a@b.c", To: []string{"a@b.c"}}, ""},
		{Settings{Kind: SMTP, Host: "mail", TLS: Always, From: "a@b.c\r\nBcc: x@y.z", To: []string{"a@b.c"}}, ""}, {Settings{Kind: SMTP, Host: "mail", TLS: Always, From: "a@b.c"}, ""},
	} {
		require.Equal(t, finops.CodeInvalid, finops.CodeOf(s.Check(s.secret)), s.Settings)
	}
}

// mailServer is an SMTP server on this computer that asks for TLS and a sign-in.
type mailServer struct {
	caFile string
	port   int

	mu    sync.Mutex
	mails []string
}

// certify makes a certificate of localhost, and the file of who signed it.
func certify(t *testing.T) (config *tls.Config, caFile string) {
	t.Helper()
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	require.NoError(t, err)
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "localhost"}, NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		DNSNames: []string{"localhost"}, IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageDigitalSignature,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &private.PublicKey, private)
	require.NoError(t, err)
	caFile = filepath.Join(t.TempDir(), "ca.pem")
	require.NoError(t, os.WriteFile(caFile, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), 0o600))
	return &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: private}}, MinVersion: tls.VersionTLS12}, caFile
}

// listenLocal listens on this computer, for TLS from the first byte on where config is given.
func listenLocal(t *testing.T, config *tls.Config) (l net.Listener, port int) {
	t.Helper()
	l, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	require.NoError(t, err)
	address, _ := l.Addr().(*net.TCPAddr)
	if config != nil {
		l = tls.NewListener(l, config)
	}
	return l, address.Port
}

func serveMail(t *testing.T, always bool) *mailServer {
	t.Helper()
	m := &mailServer{}
	server := smtp.NewServer(smtp.BackendFunc(func(*smtp.Conn) (smtp.Session, error) { return &mailSession{server: m}, nil }))
	server.Domain, server.ErrorLog = "localhost", log.New(io.Discard, "", 0)
	server.TLSConfig, m.caFile = certify(t)
	var config *tls.Config
	if always {
		config = server.TLSConfig
	}
	var l net.Listener
	l, m.port = listenLocal(t, config)
	var running sync.WaitGroup
	running.Go(func() { _ = server.Serve(l) }) // it ends with the test
	t.Cleanup(func() {
		require.NoError(t, server.Close())
		running.Wait()
	})
	return m
}

// mailSession is one conversation with the server.
type mailSession struct {
	server   *mailServer
	signedIn bool
}

func (*mailSession) AuthMechanisms() []string { return []string{sasl.Plain} }

func (c *mailSession) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, user, password string) error {
		if c.signedIn = user == "user" && password == "pass"; !c.signedIn {
			return smtp.ErrAuthFailed
		}
		return nil
	}), nil
}

func (c *mailSession) Mail(string, *smtp.MailOptions) error {
	if !c.signedIn {
		return smtp.ErrAuthRequired
	}
	return nil
}

func (*mailSession) Rcpt(string, *smtp.RcptOptions) error { return nil }

func (c *mailSession) Data(r io.Reader) error {
	body, err := io.ReadAll(r)
	c.server.mu.Lock()
	defer c.server.mu.Unlock()
	c.server.mails = append(c.server.mails, string(body))
	return err
}

func (*mailSession) Reset() {}

func (*mailSession) Logout() error { return nil }

// silentServer takes TLS, refuses each sign-in, and does not answer what follows it: then it calls a function.
func silentServer(t *testing.T, always bool, then func()) (port int, caFile string) {
	t.Helper()
	config, caFile := certify(t)
	l, port := listenLocal(t, nil)
	var running sync.WaitGroup
	running.Go(func() {
		conn, err := l.Accept()
		if err == nil {
			refuseMail(conn, config, always, then)
		}
	})
	t.Cleanup(func() {
		require.NoError(t, l.Close())
		running.Wait()
	})
	return port, caFile
}

// refuseMail holds the conversation of silentServer; whatever goes wrong ends it.
func refuseMail(conn net.Conn, config *tls.Config, private bool, then func()) {
	defer func() { _ = conn.Close() }() // the other side may have closed it
	if private {
		conn = tls.Server(conn, config)
	}
	in := bufio.NewReader(conn)
	say := func(text string) { _, _ = io.WriteString(conn, text+"\r\n") }
	say("220 localhost")
	for {
		line, err := in.ReadString('\n')
		if err != nil {
			return
		}
		word, _, _ := strings.Cut(strings.TrimSpace(line), " ")
		switch {
		case strings.EqualFold(word, "EHLO") && private:
			say("250-localhost\r\n250 AUTH PLAIN")
		case strings.EqualFold(word, "EHLO"):
			say("250-localhost\r\n250 STARTTLS")
		case strings.EqualFold(word, "STARTTLS"):
			say("220 go on")
			conn = tls.Server(conn, config)
			in, private = bufio.NewReader(conn), true
		case strings.EqualFold(word, "AUTH"):
			say("535 no")
		case word == "*":
			then()
		default:
			say("250 fine")
		}
	}
}

// Some servers give no answer after a sign-in that they refused.
func TestSend_MailEndsWithItsContext(t *testing.T) {
	for _, way := range []TLS{StartTLS, Always} {
		ctx, cancel := context.WithCancel(t.Context())
		port, caFile := silentServer(t, way == Always, cancel)
		settings := Settings{Kind: SMTP, Host: "localhost", Port: port, TLS: way, User: "user", From: "alerts@example.com", To: []string{"finance@example.com"}}
		err := settings.Send(ctx, door(t), caFile, "wrong", message)
		require.Equal(t, finops.CodeDenied, finops.CodeOf(err), err)
	}
}

func TestSend_Mail(t *testing.T) {
	for _, way := range []TLS{StartTLS, Always} {
		t.Run(string(way), func(t *testing.T) {
			s := serveMail(t, way == Always)
			settings := Settings{Kind: SMTP, Host: "localhost", Port: s.port, TLS: way, User: "user", From: "alerts@example.com", To: []string{"finance@example.com"}}
			send := func(ctx context.Context, caFile, password string) error {
				return settings.Send(ctx, door(t), caFile, password, message)
			}
			require.NoError(t, send(t.Context(), s.caFile, "pass"))
			require.Len(t, s.mails, 1)
			require.Contains(t, s.mails[0], "Shop has spent <!channel> & more.")
			require.Contains(t, s.mails[0], "w-1@cloud-intelligence.invalid")
			require.NotContains(t, s.mails[0], "\r\nBcc:")
			require.Equal(t, finops.CodeDenied, finops.CodeOf(send(t.Context(), s.caFile, "wrong")))
			err := send(t.Context(), "", "pass")
			require.Equal(t, finops.CodeDenied, finops.CodeOf(err), "a certificate that nobody trusts")
			require.NotContains(t, err.Error(), "pass")
			settings.Port = 1
			require.Equal(t, finops.CodeUnavailable, finops.CodeOf(send(t.Context(), s.caFile, "pass")))
		})
	}
}

func TestSend_Digest(t *testing.T) {
	c, address := receive(t, 200)
	require.NoError(t, Settings{Kind: JSON, URL: address}.Send(t.Context(), door(t), "", key, digest))
	require.Equal(t, "w-2", c.headers[0].Get(HeaderID))
	require.Equal(t, Sign(key, c.headers[0].Get(HeaderTime), c.bodies[0]), c.headers[0].Get(HeaderSignature))
	var got struct {
		ID, Message string
		Alerts      []struct{ ID, Budget, Rule, About, Message string }
	}
	require.NoError(t, json.Unmarshal(c.bodies[0], &got))
	require.Equal(t, []string{"w-2", "2 alerts of Acme"}, []string{got.ID, got.Message})
	require.Len(t, got.Alerts, 2)
	require.Equal(t, []string{"w-7", "", "Late", "AWS 1@2026-10-01", "AWS 1 has no data."}, []string{got.Alerts[1].ID, got.Alerts[1].Budget, got.Alerts[1].Rule, got.Alerts[1].About, got.Alerts[1].Message})

	require.NoError(t, Settings{Kind: Slack}.Send(t.Context(), door(t), "", address, digest))
	require.JSONEq(t, `{"text": "2 alerts of Acme:\n- Shop has spent &lt;!channel&gt; &amp; more.\n- AWS 1 has no data."}`, string(c.bodies[1]))
	require.NoError(t, Settings{Kind: Teams}.Send(t.Context(), door(t), "", address, digest))
	require.Contains(t, string(c.bodies[2]), `2 alerts of Acme:\n\n- Shop`)

	one := digest
	one.Alerts = one.Alerts[:1]
	require.Equal(t, "1 alert of Acme", one.title())
	require.Equal(t, "Alert Late", Message{Alerts: digest.Alerts[1:]}.title())
}
