package network

import (
	"crypto/tls"
	"crypto/x509"
	"net"
	"net/http"
	"net/url"
	"os"
	"strings"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"cloud-intelligence/backend/finops"
)

// Settings say how the network is reached.
type Settings struct {
	Offline bool   // refuse every call
	Proxy   string // http://host:port; "" = what the environment says (HTTPS_PROXY, NO_PROXY)
	CAFile  string // PEM certificates that are trusted beside those of the system; "" = none
}

// How long the steps of a call may take. A body may take longer than all of them, as long as it
// goes on.
const (
	dialMax    = 20 * time.Second
	tlsMax     = 20 * time.Second
	silenceMax = 60 * time.Second // until an answer begins, and without a byte of its body
)

// Door is where every HTTP client of the program comes from. Its methods may be called from
// several goroutines.
type Door struct {
	offline bool
	base    http.RoundTripper
	patient Patience

	mu    sync.Mutex
	pacer map[string]*pace // by the name of the API
	hosts map[hostKey]*Contact
}

// pace is what all lanes of one API share.
type pace struct {
	limit   *rate.Limiter
	breaker *breaker
}

// New makes a door. It answers CodeInvalid for a proxy or a file of certificates that cannot be
// used.
func New(s Settings) (*Door, error) {
	transport := &http.Transport{
		Proxy:                 http.ProxyFromEnvironment,
		DialContext:           (&net.Dialer{Timeout: dialMax, KeepAlive: 30 * time.Second}).DialContext,
		TLSHandshakeTimeout:   tlsMax,
		ResponseHeaderTimeout: silenceMax,
		ForceAttemptHTTP2:     true,
		MaxIdleConnsPerHost:   4,
		IdleConnTimeout:       30 * time.Second,
		HTTP2:                 probing(silenceMax),
		DisableCompression:    true, // what is fetched must be the bytes that the provider lists
	}
	if s.Proxy != "" {
		proxy, err := parseProxy(s.Proxy)
		if err != nil {
			return nil, err
		}
		transport.Proxy = http.ProxyURL(proxy)
	}
	if s.CAFile != "" {
		roots, err := readCertificates(s.CAFile)
		if err != nil {
			return nil, err
		}
		transport.TLSClientConfig = &tls.Config{RootCAs: roots, MinVersion: tls.VersionTLS12}
	}
	return &Door{offline: s.Offline, base: transport, patient: DefaultPatience(), pacer: map[string]*pace{}, hosts: map[hostKey]*Contact{}}, nil
}

// WithPatience sets how long lanes made from now on try, for tests; it returns the door.
func (d *Door) WithPatience(p Patience) *Door {
	if p.Silence == 0 {
		p.Silence = silenceMax
	}
	d.patient = p
	if t, ok := d.base.(*http.Transport); ok {
		t.ResponseHeaderTimeout, t.HTTP2 = p.Silence, probing(p.Silence)
	}
	return d
}

// probing has a connection of HTTP/2 that is silent tried, and let go of before the calls on it are: one that a sleeping computer has lost would take
// the next tries, too.
func probing(silence time.Duration) *http.HTTP2Config {
	return &http.HTTP2Config{SendPingTimeout: silence / 3, PingTimeout: silence / 3}
}

// Close closes the connections that are idle.
func (d *Door) Close() {
	if t, ok := d.base.(*http.Transport); ok {
		t.CloseIdleConnections()
	}
}

func parseProxy(text string) (*url.URL, error) {
	proxy, err := url.Parse(text)
	switch {
	case err != nil || proxy.Host == "" || (proxy.Scheme != "http" && proxy.Scheme != "https" && proxy.Scheme != "socks5"):
		return nil, finops.Errorf(finops.CodeInvalid, "The proxy must be an address such as http://proxy.example.com:3128.")
	case proxy.User != nil:
		return nil, finops.Errorf(finops.CodeInvalid, "The address of a proxy cannot hold a password, since it is kept in the workspace. Set the variable HTTPS_PROXY instead.")
	}
	return proxy, nil
}

func readCertificates(path string) (*x509.CertPool, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, finops.WrapError(finops.CodeInvalid, err, "The file of certificates %s cannot be read", path)
	}
	roots, err := x509.SystemCertPool()
	if err != nil {
		roots = x509.NewCertPool() // a system without certificates of its own
	}
	if !roots.AppendCertsFromPEM(text) {
		return nil, finops.Errorf(finops.CodeInvalid, "%s holds no certificate in PEM form.", path)
	}
	return roots, nil
}

// CheckSettings answers what New would, and contacts nobody.
func CheckSettings(s Settings) error {
	_, err := New(s)
	return err
}

// Endpoint checks an address that a person gives in place of a provider's own: a private link,
// another partition, an emulator. "" is none.
func Endpoint(label, text string) (string, error) {
	text = strings.TrimSuffix(strings.TrimSpace(text), "/")
	if text == "" {
		return "", nil
	}
	u, err := url.Parse(text)
	if err != nil || u.Host == "" || (u.Scheme != "https" && u.Scheme != "http") || u.User != nil || u.RawQuery != "" {
		return "", finops.Errorf(finops.CodeInvalid, "%s must be a whole address that begins with https://.", label)
	}
	return text, nil
}
