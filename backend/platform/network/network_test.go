package network_test

import (
	"context"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/platform/network"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

var api = network.API{Name: "Test API", PerSecond: 1e6, Burst: 1000}

// script answers the n-th request by its n-th entry, and later ones by the last.
type script struct {
	answers []func() (*http.Response, error)
	at      []time.Time // of each request
}

func (s *script) RoundTrip(*http.Request) (*http.Response, error) {
	n := min(len(s.at), len(s.answers)-1)
	s.at = append(s.at, time.Now())
	return s.answers[n]()
}

func status(code int, header ...string) func() (*http.Response, error) {
	return func() (*http.Response, error) {
		r := &http.Response{StatusCode: code, Header: http.Header{}, Body: io.NopCloser(strings.NewReader("text"))}
		for i := 0; i+1 < len(header); i += 2 {
			r.Header.Add(header[i], header[i+1])
		}
		return r, nil
	}
}

func broken() (*http.Response, error) {
	return nil, &net.OpError{Op: "dial", Err: errors.New("refused")}
}

// ask sends one request and judges its answer as a connector would.
func ask(l *network.Lane, address string) func(context.Context) error {
	return func(ctx context.Context) error {
		r, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
		if err != nil {
			return err
		}
		response, err := l.Client().Do(r)
		if err != nil {
			return err
		}
		defer func() { _ = response.Body.Close() }()
		_, err = io.Copy(io.Discard, response.Body)
		switch {
		case err != nil:
			return err
		case response.StatusCode == http.StatusTooManyRequests:
			return finops.Errorf(finops.CodeThrottled, "slow down")
		case response.StatusCode >= http.StatusInternalServerError:
			return finops.Errorf(finops.CodeUnavailable, "broken")
		case response.StatusCode >= http.StatusBadRequest:
			return finops.Errorf(finops.CodeDenied, "no")
		}
		return nil
	}
}

// played runs one Do over a script in virtual time.
func played(t *testing.T, check func(t *testing.T, s *script, l *network.Lane, err error), answers ...func() (*http.Response, error)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		door, err := network.New(network.Settings{})
		require.NoError(t, err)
		s := &script{answers: answers}
		l := door.Through(s).Lane(api, "test", nil)
		check(t, s, l, l.Do(t.Context(), ask(l, "http://host.example/path?sig=planted")))
	})
}

func TestDo_RepeatsWhatCanHelp(t *testing.T) {
	played(t, func(t *testing.T, s *script, l *network.Lane, err error) {
		require.NoError(t, err)
		assert.Len(t, s.at, 4)
		assert.Equal(t, []int64{4, 3}, []int64{l.Usage().Calls, l.Usage().Retries})
		for i, most := range []time.Duration{time.Second, 2 * time.Second, 4 * time.Second} {
			assert.LessOrEqual(t, s.at[i+1].Sub(s.at[i]), most, "the pause doubles")
		}
	}, broken, status(500), status(503), status(200))
	played(t, func(t *testing.T, s *script, _ *network.Lane, err error) {
		assert.Equal(t, finops.CodeDenied, finops.CodeOf(err))
		assert.Len(t, s.at, 1, "a refusal is not repeated")
	}, status(403))
}

func TestDo_WaitsForTheLongestOfAllHeaders(t *testing.T) {
	played(t, func(t *testing.T, s *script, _ *network.Lane, err error) {
		require.NoError(t, err)
		waited := s.at[1].Sub(s.at[0])
		assert.GreaterOrEqual(t, waited, 50*time.Second)
		assert.LessOrEqual(t, waited, 51*time.Second)
	}, status(429, "Retry-After", "2", "X-Ms-Ratelimit-Microsoft.costmanagement-Qpu-Retry-After", "50", "Retry-After-Ms", "7000", "X-Ms-User-Quota-Resets-After", "00:00:30"), status(200))
	played(t, func(t *testing.T, s *script, _ *network.Lane, err error) {
		require.NoError(t, err)
		assert.GreaterOrEqual(t, s.at[1].Sub(s.at[0]), 89*time.Second)
	}, func() (*http.Response, error) {
		return status(429, "Retry-After", time.Now().Add(90*time.Second).UTC().Format(http.TimeFormat))()
	}, status(200))
}

func TestDo_PatienceEnds(t *testing.T) {
	played(t, func(t *testing.T, s *script, _ *network.Lane, err error) {
		assert.Equal(t, finops.CodeThrottled, finops.CodeOf(err))
		assert.Contains(t, finops.MessageOf(err), "slow down for longer")
		assert.LessOrEqual(t, s.at[len(s.at)-1].Sub(s.at[0]), 30*time.Minute)
		assert.Greater(t, len(s.at), 10, "throttling does not count as failure")
	}, status(429, "Retry-After", "60"))
	played(t, func(t *testing.T, s *script, _ *network.Lane, err error) {
		assert.Equal(t, finops.CodeThrottled, finops.CodeOf(err))
		assert.Len(t, s.at, 1)
	}, status(429, "Retry-After", "7200"))
}

func TestDo_ABreakerForEachAPI(t *testing.T) {
	played(t, func(t *testing.T, s *script, l *network.Lane, err error) {
		assert.Equal(t, finops.CodeUnavailable, finops.CodeOf(err))
		require.Len(t, s.at, 6)
		assert.GreaterOrEqual(t, s.at[5].Sub(s.at[4]), time.Minute, "the sixth call is the one that tries whether it is well again")
		began := time.Now()
		require.Error(t, l.Do(t.Context(), ask(l, "http://host.example/")))
		assert.Len(t, s.at, 7, "after another rest one more call is let through")
		assert.GreaterOrEqual(t, s.at[6].Sub(began), time.Minute)
	}, broken)
	played(t, func(t *testing.T, s *script, _ *network.Lane, err error) {
		require.NoError(t, err)
		assert.Len(t, s.at, 6, "it is well again")
	}, broken, broken, broken, broken, broken, status(200))
}

// TestDo_ShowsTheBreaker: who hears of waits hears why an API is left alone.
func TestDo_ShowsTheBreaker(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		door, err := network.New(network.Settings{})
		require.NoError(t, err)
		var said []string
		s := &script{answers: []func() (*http.Response, error){broken, broken, broken, broken, broken, status(200)}}
		l := door.Through(s).Lane(api, "test", func(w network.Wait) { said = append(said, finops.MessageOf(w.Err)) })
		require.NoError(t, l.Do(t.Context(), ask(l, "http://host.example/")))
		require.Len(t, said, 6, "five failures, and the rest")
		assert.Equal(t, "it failed 5 times in a row", said[5])
	})
}

func TestDo_Paces(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		door, err := network.New(network.Settings{})
		require.NoError(t, err)
		s := &script{answers: []func() (*http.Response, error){status(200)}}
		slow := network.API{Name: "Slow", PerSecond: 0.5, Burst: 1}
		one, two := door.Through(s).Lane(slow, "one", nil), door.Lane(slow, "two", nil)
		for range 3 {
			require.NoError(t, one.Do(t.Context(), ask(one, "http://h/")))
			require.NoError(t, two.Do(t.Context(), ask(two, "http://h/")))
		}
		assert.Equal(t, 10*time.Second, s.at[5].Sub(s.at[0]), "lanes of an API share its pace")
	})
}

func TestDo_Cancelled(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		door, err := network.New(network.Settings{})
		require.NoError(t, err)
		stop := errors.New("stop")
		ctx, cancel := context.WithCancelCause(t.Context())
		s := &script{answers: []func() (*http.Response, error){status(429, "Retry-After", "600")}}
		l := door.Through(s).Lane(api, "test", func(w network.Wait) {
			assert.Equal(t, "Test API", w.API)
			assert.GreaterOrEqual(t, time.Until(w.Until), 10*time.Minute)
			cancel(stop)
		})
		assert.ErrorIs(t, l.Do(ctx, ask(l, "http://h/")), stop)
	})
}

func TestDoor_Offline(t *testing.T) {
	door, err := network.New(network.Settings{Offline: true})
	require.NoError(t, err)
	s := &script{}
	l := door.Through(s).Lane(api, "test", nil)
	err = l.Do(t.Context(), ask(l, "http://h/"))
	assert.Equal(t, finops.CodeDenied, finops.CodeOf(err))
	assert.Contains(t, finops.MessageOf(err), "Offline is switched on")
	assert.Empty(t, s.at)
	assert.Empty(t, door.TakeContacts())
}

func TestDoor_RecordsWhoWasContacted(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = fmt.Fprint(w, "12345") }))
	defer server.Close()
	door, err := network.New(network.Settings{})
	require.NoError(t, err)
	defer door.Close()
	l := door.Lane(api, "bills", nil)
	for range 2 {
		require.NoError(t, l.Do(t.Context(), ask(l, server.URL)))
	}
	contacts := door.TakeContacts()
	require.Len(t, contacts, 1)
	c := contacts[0]
	assert.Equal(t, []any{strings.TrimPrefix(server.URL, "http://"), "Test API: bills", int64(2), int64(10)}, []any{c.Host, c.Purpose, c.Calls, c.Received})
	assert.False(t, c.First.IsZero() || c.Last.Before(c.First))
	assert.Empty(t, door.TakeContacts())
}

// TestDoor_FaultsOfTheNetwork plays what the network does to a body, and what it answers in place of
// the provider.
func TestDoor_FaultsOfTheNetwork(t *testing.T) {
	for name, c := range map[string]struct {
		answer http.HandlerFunc
		want   string
	}{
		"Cut": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "100")
			_, _ = fmt.Fprint(w, "cut")
		}, "does not answer"},
		"Reset": {func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, "does not answer"},
		"Page": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			_, _ = fmt.Fprint(w, "<html>sign in</html>")
		}, "in place of Test API"},
	} {
		t.Run(name, func(t *testing.T) {
			calls := 0
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if calls++; calls > 2 {
					return
				}
				c.answer(w, r)
			}))
			defer server.Close()
			door, err := network.New(network.Settings{})
			require.NoError(t, err)
			defer door.Close()
			p := network.DefaultPatience()
			p.Pause = time.Millisecond
			var said []string
			l := door.WithPatience(p).Lane(api, "test", func(w network.Wait) { said = append(said, w.Err.Error()) })
			require.NoError(t, l.Do(t.Context(), ask(l, server.URL+"/x?sig=planted")))
			require.Len(t, said, 2)
			assert.Contains(t, said[0], c.want)
		})
	}
}

func TestDoor_SaysNoSecret(t *testing.T) {
	played(t, func(t *testing.T, _ *script, _ *network.Lane, err error) {
		inner, ok := errors.AsType[*finops.Error](err)
		require.True(t, ok)
		assert.NotContains(t, inner.Error(), "planted")
	}, broken)
}

func TestDoor_Certificates(t *testing.T) {
	server := httptest.NewTLSServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	server.Config.ErrorLog = nil
	defer server.Close()
	door, err := network.New(network.Settings{})
	require.NoError(t, err)
	defer door.Close()
	l := door.Lane(api, "test", nil)
	err = l.Do(t.Context(), ask(l, server.URL))
	assert.Equal(t, finops.CodeDenied, finops.CodeOf(err))
	assert.Contains(t, finops.MessageOf(err), "network settings")

	file := filepath.Join(t.TempDir(), "ca.pem")
	require.NoError(t, os.WriteFile(file, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw}), 0o600))
	trusting, err := network.New(network.Settings{CAFile: file})
	require.NoError(t, err)
	defer trusting.Close()
	l = trusting.Lane(api, "test", nil)
	require.NoError(t, l.Do(t.Context(), ask(l, server.URL)))
}

// lossy is a connection whose bytes are lost once the line is cut, as those of a computer that slept.
type lossy struct {
	net.Conn
	cut *atomic.Bool
}

func (l lossy) Write(p []byte) (int, error) {
	if l.cut.Load() {
		return len(p), nil
	}
	return l.Conn.Write(p)
}

// TestDoor_LeavesALostLine loses the line of a connection of HTTP/2, which calls share: the next try takes a new one.
func TestDoor_LeavesALostLine(t *testing.T) {
	protocols := make(chan string, 9)
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { protocols <- r.Proto }))
	server.EnableHTTP2 = true
	server.StartTLS()
	defer server.Close()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer func() { _ = listener.Close() }()
	cut := make(chan *atomic.Bool, 9) // of each connection
	go func() {
		for {
			near, err := listener.Accept()
			if err != nil {
				return
			}
			far, err := net.Dial("tcp", server.Listener.Addr().String())
			if err != nil {
				return
			}
			line := &atomic.Bool{}
			cut <- line
			pass := func(to, from net.Conn) {
				_, _ = io.Copy(lossy{to, line}, from)
				_, _ = near.Close(), far.Close()
			}
			go pass(near, far)
			go pass(far, near)
		}
	}()
	file := filepath.Join(t.TempDir(), "ca.pem")
	require.NoError(t, os.WriteFile(file, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw}), 0o600))
	door, err := network.New(network.Settings{CAFile: file})
	require.NoError(t, err)
	defer door.Close()
	p := network.DefaultPatience()
	p.Tries, p.Pause, p.Silence = 2, time.Millisecond, time.Second
	l := door.WithPatience(p).Lane(api, "test", nil)
	address := "https://" + listener.Addr().String()
	require.NoError(t, l.Do(t.Context(), ask(l, address)))
	(<-cut).Store(true)
	require.NoError(t, l.Do(t.Context(), ask(l, address)))
	assert.Equal(t, []string{"HTTP/2.0", "HTTP/2.0"}, []string{<-protocols, <-protocols})
}

func TestDoor_Proxy(t *testing.T) {
	var asked []string
	proxy := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { asked = append(asked, r.URL.Host) }))
	defer proxy.Close()
	door, err := network.New(network.Settings{Proxy: proxy.URL})
	require.NoError(t, err)
	defer door.Close()
	l := door.Lane(api, "test", nil)
	require.NoError(t, l.Do(t.Context(), ask(l, "http://provider.example/")))
	assert.Equal(t, []string{"provider.example"}, asked)
}

func TestSettings_Refused(t *testing.T) {
	for text, s := range map[string]network.Settings{
		"such as":    {Proxy: "proxy:3128"},
		"password":   {Proxy: "http://ann:planted@proxy:3128"},
		"cannot be":  {CAFile: filepath.Join(t.TempDir(), "gone")},
		"no certifi": {CAFile: "network_test.go"},
	} {
		err := network.CheckSettings(s)
		assert.Equal(t, finops.CodeInvalid, finops.CodeOf(err))
		assert.Contains(t, finops.MessageOf(err), text)
		assert.NotContains(t, finops.MessageOf(err), "planted")
	}
	for text, ok := range map[string]bool{"": true, " https://a.b/ ": true, "http://127.0.0.1:1": true, "a.b": false, "ftp://a": false, "https://u:p@a": false, "https://a?x=1": false} {
		_, err := network.Endpoint("Endpoint", text)
		assert.Equal(t, ok, err == nil, text)
	}
}
