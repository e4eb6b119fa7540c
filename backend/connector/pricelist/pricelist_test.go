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
	o.Databases = book.Sold(provider)
	return o
}

// rates are what is listed beside machines as lines: kind, item, part, from and price.
func rates(list *Listing) (lines []string) {
	for _, r := range list.Rates {
		lines = append(lines, strings.TrimSpace(strings.Join([]string{string(r.Kind), r.Item, string(r.Part), r.From.String(), r.USD.String()}, " ")))
	}
	return lines
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
	list, err := listsAt(t, address).Read(t.Context(), orderOf(t, "aws", "eu-central-1", "m5.large", "m5.xlarge", "m5.2xlarge"))
	require.NoError(t, err)
	assert.Empty(t, list.Problems)
	assert.Equal(t, []string{
		"m5.large linux 0.117 0.073 0.05 0.085 0.058 2026-11-28", "m5.large rhel 0.1458     2026-11-28", "m5.large sles 0.173     2026-11-28", "m5.large sqlserver-standard 0.597     2026-11-28",
		"m5.large windows 0.209     2026-11-28",
	}, shown(list.Machines), "a type at two prices, and one for nothing, are not known; a Compute Savings Plan goes before a convertible reserved instance, a standard one before an EC2 Instance Savings Plan")
	// 48.7424 for 1,024 MB/s; requests by the thousand.
	assert.Equal(t, []string{
		"databases elasticache|redis|node|cache.m5.large hour  0.185", "databases rds_storage|gp2/gp3|multi_az|GB-month gb_month  0.274", "databases rds_storage|gp2/gp3|single_az|GB-month gb_month  0.137",
		"databases rds|postgresql|multi_az|db.m5.large hour  0.424", "databases rds|postgresql|single_az|db.m5.large hour  0.212", "databases rds|sqlserver-se|single_az|db.m5.xlarge hour  1.448",
		"disks gp3 gb_month  0.0952", "disks gp3 iops_month  0.006", "disks gp3 mbps_month  0.0476", "disks io2 gb_month  0.149", "disks io2 iops_month  0.078",
		"network alb unit  0.027", "network alb_lcu unit  0.008", "network inter_zone gb_month 0 0.01",
		"network internet gb_month 0 0.09", "network internet gb_month 10240 0.085", "network internet gb_month 51200 0.07", "network internet gb_month 153600 0.05", "network nat_gateway unit  0.052", "network public_ipv4 unit  0.005",
		"objects glacier_instant gb_month 0 0.005", "objects standard gb_month 0 0.0245", "objects standard gb_month 51200 0.0235", "objects standard gb_month 512000 0.0225", "objects standard get_1k  0.00043",
		"objects standard_ia gb_month 0 0.0135", "objects standard_ia get_1k  0.001",
	}, rates(list))
	assert.Equal(t, "gzip", s.asked[2].Header.Get("Accept-Encoding"))
	assert.Equal(t, len(s.said.Steps), s.next)
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
			s.next++
			return true
		}
		return false
	}
	lists := listsAt(t, address)
	list, err := lists.Read(t.Context(), orderOf(t, "aws", "eu-central-1", "m5.large"))
	require.NoError(t, err)
	assert.Len(t, list.Machines, 5)
	assert.Len(t, list.Rates, 27)
	assert.Equal(t, int64(1), lists.Usage().Retries)
}

func TestRead_Azure(t *testing.T) {
	s, address := play(t, "testdata/azure.json")
	lists := listsAt(t, address)
	list, err := lists.Read(t.Context(), orderOf(t, "azure", "westeurope", "Standard_D2s_v5", "Standard_D4s_v5", "Standard_D8s_v5", "Standard_E2s_v5"))
	require.NoError(t, err)
	assert.Empty(t, list.Problems)
	// 596 ÷ 8,760 and 1,151 ÷ 26,280 hours
	assert.Equal(t, []string{
		"Standard_D2s_v5 linux 0.115 0.0680365297 0.0437975647 0.0783 0.0526 2026-11-28",
		"Standard_D2s_v5 windows 0.207     2026-11-28",
		"Standard_D4s_v5 linux 0.23     2026-11-28",
	}, shown(list.Machines))
	flexible := func(engine, class string) string {
		return "databases flexible_server|" + engine + "|single (HA doubles compute and storage)|" + class
	}
	found := rates(list)
	// Ultra disks × 730 hours; 4 × 0.102 a core; 4 × 0.17 and 4 × 0.10 a core × 730 hours; the region's own address goes before the one for all.
	for _, want := range []string{
		"disks premium-ssd-P10 disk_month  21.68", "disks standard-hdd-S4 disk_month  1.6", "disks ultra-disk gb_month  0.11972", "disks ultra-disk iops_month  0.04964", "disks ultra-disk mbps_month  0.34967",
		"objects hot_lrs gb_month 51200 0.0188", "objects hot_lrs get_1k  0.00043", "objects cool_lrs gb_month 0 0.01",
		flexible("postgresql", "GP_Standard_D2ds_v5 hour  0.206"), flexible("postgresql", "GP_Standard_D4s_v3 hour  0.408"), flexible("postgresql", "GP_Standard_D16s_v3 hour  1.632"),
		flexible("postgresql", "B_Standard_B1ms hour  0.02"), flexible("postgresql", "GP_Standard_D2ds_v5 gb_month  0.13"), flexible("mysql", "MO_Standard_E4ds_v4 hour  0.56"),
		"databases cache_for_redis|redis||Standard_C1 hour  0.141", "databases cache_for_redis|redis||Basic_C0 hour  0.024",
		"databases sql_database|sqlserver|locally redundant|GP_Gen5_4 compute_month  496.4", "databases sql_database|sqlserver|locally redundant|GP_Gen5_4 licence_month  292",
		"network application_gateway_v2 unit  0.246", "network application_gateway_v2_cu unit  0.008", "network nat_gateway unit  0.045", "network public_ipv4 unit  0.005",
		"network internet gb_month 100 0.087", "network internet gb_month 10335 0.083",
		"licences rhel|2 vCPU machine unit  0.0288", "licences rhel|8 vCPU machine unit  0.1152", "licences rhel|52 vCPU machine unit  0.5616", "licences sles|1 vCPU machine unit  0.065", "licences sles|2 vCPU machine unit  0.065",
		"licences sles|3 vCPU machine unit  0.125", "licences sles|4 vCPU machine unit  0.125", "licences sles|5 vCPU machine unit  0.15", "licences sqlserver-standard|1-4 vCPU VM unit  0.4",
	} {
		assert.Contains(t, found, want)
	}
	assert.Len(t, found, 46, "nothing else")
	assert.Equal(t, int64(1), lists.Usage().Retries, "it slows down when asked")
	assert.Equal(t, len(s.said.Steps), s.next)
}

func TestRead_Google(t *testing.T) {
	s, address := play(t, "testdata/google.json")
	lists := listsAt(t, address)
	order := orderOf(t, "gcp", "europe-west3", "n2-standard-4", "n2d-standard-4", "e2-standard-4", "c2-standard-4", "n1-standard-1")
	list, err := lists.Read(t.Context(), order)
	require.NoError(t, err)
	assert.Empty(t, list.Problems)
	// 4 × 0.040 + 16 × 0.0055; with one year 4 × 0.025 + 16 × 0.0034; the memory of three years is not listed.
	assert.Equal(t, []string{
		"c2-standard-4 linux 0.268728     2026-11-28",
		"n1-standard-1 linux 0.06120425     2026-11-28",
		"n2-standard-4 linux 0.248 0.1544    2026-11-28",
	}, shown(list.Machines))
	assert.Equal(t, []string{
		"databases cloud_sql_storage|ssd|zonal|GB-month gb_month  0.221", "databases cloud_sql|mysql/postgresql|zonal|GB RAM hour  0.0091", "databases cloud_sql|mysql/postgresql|zonal|vCPU hour  0.0537",
		"databases memorystore|redis|basic|M1 per GB hour  0.064", "databases memorystore|redis|standard (HA)|M2 per GB hour  0.07",
		"disks pd-balanced gb_month  0.12", "disks pd-ssd gb_month  0.204", "disks pd-standard gb_month  0.048",
		"licences rhel|1 vCPU machine unit  0.0144", "licences rhel|16 vCPU machine unit  0.1728", "licences rhel|2 vCPU machine unit  0.0288", "licences rhel|32 vCPU machine unit  0.3456",
		"licences rhel|4 vCPU machine unit  0.0576", "licences rhel|64 vCPU machine unit  0.6912", "licences rhel|8 vCPU machine unit  0.1152", "licences rhel|96 vCPU machine unit  1.0368",
		"licences sles|1 vCPU machine unit  0.11", "licences sles|16 vCPU machine unit  0.11", "licences sles|2 vCPU machine unit  0.11", "licences sles|32 vCPU machine unit  0.11",
		"licences sles|4 vCPU machine unit  0.11", "licences sles|64 vCPU machine unit  0.11", "licences sles|8 vCPU machine unit  0.11", "licences sles|96 vCPU machine unit  0.11",
		"licences sqlserver-standard|1-4 vCPU VM unit  0.6395", "licences windows|* unit  0.046",
		"network cloud_nat_gateway_over_32_vms unit  0.0448", "network cloud_nat_vm_first_32 unit  0.0014", "network forwarding_rule unit  0.025", "network inter_zone gb_month  0.01",
		"network internet gb_month 0 0.12", "network internet gb_month 1024 0.11", "network internet gb_month 10240 0.085", "network load_balancer_data unit  0.008", "network public_ipv4_in_use unit  0.005",
		"objects nearline gb_month  0.013", "objects nearline get_1k  0.001", "objects standard gb_month  0.023", "objects standard get_1k  0.0004",
	}, rates(list), "an article that two engines have at different prices is not known")
	for _, r := range s.asked {
		assert.Equal(t, "a-key", r.Header.Get("X-Goog-Api-Key"))
		assert.NotContains(t, r.URL.String(), "a-key")
	}
	order.Region = "europe-west1" // the catalogues are there already
	list, err = lists.Read(t.Context(), order)
	require.NoError(t, err)
	assert.Empty(t, list.Machines)
	assert.Equal(t, len(s.said.Steps), s.next)
}

// A part of a list that cannot be read leaves the others as they are; a host that refuses is not asked again.
func TestRead_PartsThatCannotBeRead(t *testing.T) {
	s, address := play(t, "testdata/aws.json")
	s.fault = func(_ int, w http.ResponseWriter, body []byte) bool {
		if !strings.Contains(string(body), `"offerCode":"AmazonS3"`) && !strings.Contains(string(body), `"offerCode": "AmazonS3"`) || strings.Contains(string(body), "AmazonEC2") {
			return false
		}
		s.next++
		_, _ = io.WriteString(w, "<xml/>")
		return true
	}
	list, err := listsAt(t, address).Read(t.Context(), orderOf(t, "aws", "eu-central-1", "m5.large"))
	require.NoError(t, err)
	assert.Equal(t, finops.CodeCorrupt, finops.CodeOf(list.Problems[pricebook.Objects]))
	assert.Len(t, list.Problems, 1)
	assert.Len(t, list.Machines, 5)
	assert.NotContains(t, strings.Join(rates(list), "\n"), "objects ")

	asked := 0
	refusing := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		if asked++; asked > 2 {
			w.WriteHeader(http.StatusForbidden)
			return
		}
		_, _ = io.WriteString(w, `{"Items":[],"Count":0}`)
	}))
	t.Cleanup(refusing.Close)
	list, err = listsAt(t, refusing.URL).Read(t.Context(), orderOf(t, "azure", "westeurope", "Standard_D2s_v5"))
	require.NoError(t, err)
	assert.Len(t, list.Problems, 5, "all but the machines, which were read")
	assert.Equal(t, 3, asked)
}

func TestRead_Refusals(t *testing.T) {
	lists := int64(1 + len(azureLists)) // each of which may be the only one that is damaged
	order := orderOf(t, "azure", "westeurope", "Standard_D2s_v5")
	for name, c := range map[string]struct {
		status int
		body   string
		code   finops.Code
		tries  int64
	}{
		"Denied":    {403, `{}`, finops.CodeDenied, 1},
		"NotJSON":   {200, `<xml/>`, finops.CodeCorrupt, lists},
		"OtherWay":  {200, `{"Items": {}}`, finops.CodeCorrupt, lists},
		"Currency":  {200, `{"Items":[{"currencyCode":"EUR","retailPrice":1}],"Count":1}`, finops.CodeCorrupt, lists},
		"Elsewhere": {200, `{"Items":[],"NextPageLink":"https://elsewhere.example/next","Count":0}`, finops.CodeCorrupt, lists},
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
