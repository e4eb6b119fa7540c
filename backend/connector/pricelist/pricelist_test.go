package pricelist

import (
	"compress/gzip"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/connector/connectortest"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/platform/network"
	"cloud-intelligence/backend/pricebook"
	"cloud-intelligence/backend/source"
)

// conversation is what a provider is asked and answers, in order.
type conversation struct {
	Steps []struct {
		Request struct {
			Method, Path, Query string
			Headers             map[string]string
		}
		Response struct {
			Status  int
			Headers map[string]string
			Body    json.RawMessage
		}
	}
}

// stage plays conversations, one after the other, and refuses what is not in them.
type stage struct {
	t     *testing.T
	mu    sync.Mutex
	next  int
	said  conversation
	asked []*http.Request
	fault func(n int, w http.ResponseWriter, body []byte) bool // may answer the n-th request in place of the conversation
}

// play plays the conversation of a file and returns the address where.
func play(t *testing.T, path string) (*stage, string) {
	t.Helper()
	s := &stage{t: t}
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(text, &s.said))
	server := httptest.NewServer(s)
	t.Cleanup(server.Close)
	return s, server.URL
}

func (s *stage) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.asked = append(s.asked, r)
	if s.next >= len(s.said.Steps) {
		s.t.Errorf("nobody expects %s", r.URL)
		w.WriteHeader(http.StatusTeapot)
		return
	}
	step := s.said.Steps[s.next]
	body := strings.ReplaceAll(string(step.Response.Body), "{base}", "http://"+r.Host)
	if s.fault != nil && s.fault(len(s.asked), w, []byte(body)) {
		return
	}
	s.next++
	assert.Equal(s.t, step.Request.Method, r.Method)
	assert.Equal(s.t, step.Request.Path, r.URL.Path)
	wanted, err := url.ParseQuery(step.Request.Query)
	assert.NoError(s.t, err)
	for name := range wanted {
		assert.Equal(s.t, wanted.Get(name), r.URL.Query().Get(name), name)
	}
	for name, value := range step.Response.Headers {
		w.Header().Set(name, value)
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(step.Response.Status)
	_, _ = io.WriteString(w, body)
}

// listsAt reads from one address, without waiting.
func listsAt(t *testing.T, address string) *Lists {
	t.Helper()
	via := connectortest.Reach(t)
	via.Now = func() time.Time { return time.Date(2026, 11, 28, 9, 0, 0, 0, time.UTC) }
	return New(via, Endpoints{AWS: address, Azure: address, Google: address}, "a-key")
}

// orderOf asks for types of the built-in book.
func orderOf(t *testing.T, provider, region string, types ...string) Order {
	t.Helper()
	book, err := pricebook.BuiltIn()
	require.NoError(t, err)
	o := Order{Provider: provider, Region: region}
	for _, name := range types {
		kind := book.MachineType(provider, name)
		require.NotNil(t, kind, name)
		o.Types = append(o.Types, kind)
	}
	return o
}

// shown are quotes as lines: type, operating system and the prices that are known.
func shown(quotes []pricebook.Quote) (lines []string) {
	for _, q := range quotes {
		lines = append(lines, strings.Join([]string{q.Type, q.OS, q.OnDemand.String(), q.Commit1.String(), q.Commit3.String(), q.Flex1.String(), q.Flex3.String(), q.AsOf}, " "))
	}
	return lines
}

func TestRead_AWS(t *testing.T) {
	s, address := play(t, "testdata/aws.json")
	quotes, err := listsAt(t, address).Read(t.Context(), orderOf(t, "aws", "eu-central-1", "m5.large", "m5.xlarge", "m5.2xlarge"))
	require.NoError(t, err)
	assert.Equal(t, []string{"m5.large linux 0.117 0.073 0.05 0.084 0.058 2026-11-28", "m5.large windows 0.209     2026-11-28"}, shown(quotes), "a type at two prices, and one for nothing, are not known")
	assert.Equal(t, "gzip", s.asked[2].Header.Get("Accept-Encoding"))
}

func TestRead_AWSPackedAndCut(t *testing.T) {
	s, address := play(t, "testdata/aws.json")
	s.fault = func(n int, w http.ResponseWriter, body []byte) bool {
		switch n {
		case 3: // the connection ends in the middle of the offer
			w.Header().Set("Content-Length", "1000000")
			_, _ = w.Write(body[:len(body)*3/5])
			return true
		case 4:
			w.Header().Set("Content-Encoding", "gzip")
			z := gzip.NewWriter(w)
			_, _ = z.Write(body)
			assert.NoError(t, z.Close())
			return true
		}
		return false
	}
	lists := listsAt(t, address)
	quotes, err := lists.Read(t.Context(), orderOf(t, "aws", "eu-central-1", "m5.large"))
	require.NoError(t, err)
	assert.Len(t, quotes, 2)
	assert.Equal(t, int64(1), lists.Usage().Retries)
}

func TestRead_Azure(t *testing.T) {
	_, address := play(t, "testdata/azure.json")
	lists := listsAt(t, address)
	quotes, err := lists.Read(t.Context(), orderOf(t, "azure", "westeurope", "Standard_D2s_v5", "Standard_D4s_v5", "Standard_D8s_v5", "Standard_E2s_v5"))
	require.NoError(t, err)
	// 596 ÷ 8,760 and 1,151 ÷ 26,280 hours
	assert.Equal(t, []string{
		"Standard_D2s_v5 linux 0.115 0.0680365297 0.0437975647 0.0783 0.0526 2026-11-28",
		"Standard_D2s_v5 windows 0.207     2026-11-28",
		"Standard_D4s_v5 linux 0.23     2026-11-28",
	}, shown(quotes))
	assert.Equal(t, int64(1), lists.Usage().Retries, "it slows down when asked")
}

func TestRead_Google(t *testing.T) {
	s, address := play(t, "testdata/google.json")
	lists := listsAt(t, address)
	order := orderOf(t, "gcp", "europe-west3", "n2-standard-4", "n2d-standard-4", "e2-standard-4", "c2-standard-4", "n1-standard-1")
	quotes, err := lists.Read(t.Context(), order)
	require.NoError(t, err)
	// 4 × 0.040 + 16 × 0.0055; with one year 4 × 0.025 + 16 × 0.0034; the memory of three years is not listed.
	assert.Equal(t, []string{
		"c2-standard-4 linux 0.268728     2026-11-28",
		"n1-standard-1 linux 0.06120425     2026-11-28",
		"n2-standard-4 linux 0.248 0.1544    2026-11-28",
	}, shown(quotes))
	for _, r := range s.asked {
		assert.Equal(t, "a-key", r.Header.Get("X-Goog-Api-Key"))
		assert.NotContains(t, r.URL.String(), "a-key")
	}
	order.Region = "europe-west1" // the catalogue is there already
	quotes, err = lists.Read(t.Context(), order)
	require.NoError(t, err)
	assert.Empty(t, quotes)
}

func TestRead_Refusals(t *testing.T) {
	order := orderOf(t, "azure", "westeurope", "Standard_D2s_v5")
	for name, c := range map[string]struct {
		status int
		body   string
		code   finops.Code
		tries  int64
	}{
		"Denied":    {403, `{}`, finops.CodeDenied, 1},
		"NotJSON":   {200, `<xml/>`, finops.CodeCorrupt, 1},
		"OtherWay":  {200, `{"Items": {}}`, finops.CodeCorrupt, 1},
		"Currency":  {200, `{"Items":[{"currencyCode":"EUR","retailPrice":1}],"Count":1}`, finops.CodeCorrupt, 1},
		"Elsewhere": {200, `{"Items":[],"NextPageLink":"https://elsewhere.example/next","Count":0}`, finops.CodeCorrupt, 1},
		"Broken":    {503, `{}`, finops.CodeUnavailable, int64(network.DefaultPatience().Tries)},
	} {
		t.Run(name, func(t *testing.T) {
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				w.WriteHeader(c.status)
				_, _ = io.WriteString(w, c.body)
			}))
			t.Cleanup(server.Close)
			lists := listsAt(t, server.URL)
			_, err := lists.Read(t.Context(), order)
			assert.Equal(t, c.code, finops.CodeOf(err), "%v", err)
			assert.Equal(t, c.tries, lists.Usage().Calls)
		})
	}
}

func TestRead_CallsNobody(t *testing.T) {
	door, err := network.New(network.Settings{Offline: true})
	require.NoError(t, err)
	lists := New(source.Reach{Door: door, Purpose: "prices", Now: time.Now}, Endpoints{}, "")
	for _, provider := range []string{"aws", "azure", "gcp"} { // Google has no key
		_, err := lists.Read(t.Context(), Order{Provider: provider, Region: "westeurope"})
		assert.Equal(t, finops.CodeDenied, finops.CodeOf(err), provider)
	}
	assert.Zero(t, lists.Usage().Calls)
	assert.Empty(t, door.TakeContacts())

	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(finops.Errorf(finops.CodeCancelled, "enough"))
	_, err = listsAt(t, "http://127.0.0.1:1").Read(ctx, Order{Provider: "aws"})
	assert.Equal(t, finops.CodeCancelled, finops.CodeOf(err))
}

// examples are the recorded conversations beside the checkout.
const examples = "../../../../shared/data/api"

func example(t *testing.T, name string) (*Lists, *stage) {
	t.Helper()
	path := filepath.Join(examples, name)
	if _, err := os.Stat(path); err != nil {
		t.Skip("The recorded answers are not beside the checkout (../shared/data/api).")
	}
	s, address := play(t, path)
	return listsAt(t, address), s
}

func TestExamples_AWS(t *testing.T) {
	lists, _ := example(t, "aws/price-list-bulk-1.json")
	address, err := lists.offerFile(t.Context(), "AmazonS3", "eu-central-1")
	require.NoError(t, err)
	var prices []string
	err = get(t.Context(), lists.aws, address, nil, func(r io.Reader) error {
		return readOffer(r, func(p product) bool { return p.Attributes["volumeType"] == "Standard" }, func(_ string, _ product, o offerTerm) {
			for _, rate := range o.Rates {
				prices = append(prices, rate.Begin+" "+rate.Price["USD"])
			}
		})
	})
	require.NoError(t, err)
	assert.ElementsMatch(t, []string{"0 0.0251000000", "51200 0.0241000000"}, prices)
}

func TestExamples_Azure(t *testing.T) {
	for _, name := range []string{"retail-prices-1", "retail-prices-2"} {
		lists, s := example(t, "azure/"+name+".json")
		var got []string
		for _, step := range s.said.Steps {
			delete(step.Response.Headers, "Retry-After") // a minute, which nobody waits for here
		}
		err := lists.retail(t.Context(), "EUR", "serviceName eq 'Virtual Machines' and armRegionName eq 'westeurope'", func(i retailItem) {
			got = append(got, i.Machine+" "+i.Price.String())
		})
		require.NoError(t, err)
		want := []string{"Standard_X1 0.0912", "Standard_X2 812.0", "Standard_X3 0.2"}
		if name == "retail-prices-2" {
			want = want[2:] // the full page holds a placeholder
		}
		assert.Equal(t, want, got)
		assert.Equal(t, len(s.said.Steps), s.next)
	}
}

func TestExamples_Google(t *testing.T) {
	lists, s := example(t, "gcp/cloudbilling-catalog-1.json")
	all, err := lists.catalogueOf(t.Context(), "Compute Engine", "EUR")
	require.NoError(t, err)
	require.Len(t, all, 1)
	price, ok := all[0].price("EUR")
	require.True(t, ok)
	assert.Equal(t, "0.02811", price.FloatString(5))
	assert.Equal(t, len(s.said.Steps), s.next, "an empty token ends the list")
}
