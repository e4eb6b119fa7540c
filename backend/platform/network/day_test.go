package network_test

import (
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/platform/network"
)

// provider answers every request at once, and throttles who calls more often than it allows in any minute.
type provider struct {
	perMinute int

	mu    sync.Mutex
	calls []time.Time
	most  int // calls in any minute
}

func (p *provider) RoundTrip(r *http.Request) (*http.Response, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	now := time.Now()
	for len(p.calls) > 0 && now.Sub(p.calls[0]) >= time.Minute {
		p.calls = p.calls[1:]
	}
	p.calls = append(p.calls, now)
	p.most = max(p.most, len(p.calls))
	answer := &http.Response{StatusCode: http.StatusOK, Header: http.Header{}, Body: io.NopCloser(strings.NewReader("page")), Request: r}
	if len(p.calls) > p.perMinute {
		answer.StatusCode = http.StatusTooManyRequests
		answer.Header.Set("x-ms-ratelimit-microsoft.costmanagement-qpu-retry-after", "60")
	}
	return answer, nil
}

// TestMillionRecordsADay asks three providers for a third of a million rows each, 5,000 a page, in virtual time: what the documented limits
// allow, beside the two hours of the platform that came before.
func TestMillionRecordsADay(t *testing.T) {
	const rows, page, before = 1_000_000, 5000, 2 * time.Hour
	synctest.Test(t, func(t *testing.T) {
		began := time.Now()
		var all sync.WaitGroup
		for _, one := range []struct {
			api       network.API
			perMinute int
		}{{network.API{Name: "Azure", PerSecond: 4.0 / 60, Burst: 4}, 8}, {network.API{Name: "AWS", PerSecond: 5, Burst: 1}, 301}, {network.API{Name: "Google Cloud", PerSecond: 5, Burst: 5}, 305}} {
			p := &provider{perMinute: one.perMinute}
			own, err := network.New(network.Settings{})
			require.NoError(t, err)
			defer own.Close()
			lane := own.Through(p).Lane(one.api, "a day", nil)
			all.Go(func() {
				for range (rows/3 + page - 1) / page {
					assert.NoError(t, lane.Do(t.Context(), ask(lane, "https://provider.example/page")))
				}
				t.Logf("%s: %s, %d calls in a minute at most, %d repeated", one.api.Name, time.Since(began).Round(time.Second), p.most, lane.Usage().Retries)
				assert.Zero(t, lane.Usage().Retries, "what is paced is not throttled")
			})
		}
		all.Wait()
		took := time.Since(began)
		t.Logf("a million rows of three providers: %s within their limits; before: %s", took.Round(time.Second), before)
		assert.Less(t, took, 20*time.Minute)
	})
}
