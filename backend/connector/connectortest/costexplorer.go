package connectortest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"testing"

	"cloud-intelligence/backend/finops"
)

// CostExplorer plays GetCostAndUsage of AWS Cost Explorer, by months and by days with the groups service and account, and STS for signing in.
type CostExplorer struct {
	URL string
	// PageGroups is how many groups a page has at most.
	PageGroups int

	mu    sync.Mutex
	lines []ceLine
	pages int
	asked map[string]string // request of a token
}

type ceLine struct {
	day, category, service, account, name, billed, effective, currency string
	estimated                                                          bool
}

// NewCostExplorer starts one for the time of a test.
func NewCostExplorer(t *testing.T) *CostExplorer {
	t.Helper()
	c := &CostExplorer{PageGroups: 1 << 30, asked: map[string]string{}}
	server := httptest.NewServer(http.HandlerFunc(c.serve))
	t.Cleanup(server.Close)
	c.URL = server.URL
	return c
}

// Pages is how many pages were answered, each of which costs.
func (c *CostExplorer) Pages() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.pages
}

// Put gives the month of a key, …/YYYY-MM.csv, the lines of a file in FOCUS format in place of those that it has.
func (c *CostExplorer) Put(t *testing.T, key, content string) {
	t.Helper()
	c.Remove(t, key)
	rows := namedRows(t, content)
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, v := range rows {
		c.lines = append(c.lines, ceLine{
			v["ChargePeriodStart"][:10], v["ChargeCategory"], v["ServiceName"], v["SubAccountId"], v["SubAccountName"], v["BilledCost"], v["EffectiveCost"], v["BillingCurrency"],
			v["x_CostExplorerEstimated"] == "true",
		})
	}
}

// Remove takes the lines of the month of a key away.
func (c *CostExplorer) Remove(_ *testing.T, key string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	month := strings.TrimSuffix(key[strings.LastIndexByte(key, '/')+1:], ".csv")
	kept := c.lines[:0]
	for _, l := range c.lines {
		if !strings.HasPrefix(l.day, month) {
			kept = append(kept, l)
		}
	}
	c.lines = kept
}

type ceRequest struct {
	TimePeriod    struct{ Start, End string }
	Granularity   string
	GroupBy       []struct{ Key string }
	Filter        json.RawMessage
	NextPageToken string
}

func (c *CostExplorer) serve(w http.ResponseWriter, r *http.Request) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if r.Header.Get("X-Amz-Target") != "AWSInsightsIndexService.GetCostAndUsage" {
		w.Header().Set("Content-Type", "text/xml")
		_, _ = fmt.Fprint(w, `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult><Arn>arn:aws:iam::123456789012:user/ann</Arn><UserId>A</UserId><Account>123456789012</Account></GetCallerIdentityResult></GetCallerIdentityResponse>`)
		return
	}
	refuse := func(code string) {
		w.WriteHeader(http.StatusBadRequest)
		_ = json.NewEncoder(w).Encode(map[string]string{"__type": code, "message": code})
	}
	var q ceRequest
	if err := json.NewDecoder(r.Body).Decode(&q); err != nil || !strings.Contains(r.Header.Get("Authorization"), "/us-east-1/ce/aws4_request") {
		refuse("InvalidSignatureException")
		return
	}
	from, token := 0, q.NextPageToken
	q.NextPageToken = ""
	same, _ := json.Marshal(q)
	if token != "" {
		if c.asked[token] != string(same) {
			refuse("RequestChangedException")
			return
		}
		from, _ = strconv.Atoi(token[strings.LastIndexByte(token, '-')+1:])
	}
	body := map[string]any{}
	if q.Granularity == "MONTHLY" {
		body["ResultsByTime"] = c.months(q)
	} else {
		to, results, names := c.days(q, from)
		body["ResultsByTime"], body["DimensionValueAttributes"] = results, names
		if to > 0 {
			next := fmt.Sprintf("pg-%d-%d", len(c.asked), to)
			c.asked[next] = string(same)
			body["NextPageToken"] = next
		}
	}
	c.pages++
	w.Header().Set("Content-Type", "application/x-amz-json-1.1")
	_ = json.NewEncoder(w).Encode(body)
}

func ceMetrics(billed, effective, currency string) map[string]any {
	return map[string]any{"UnblendedCost": map[string]string{"Amount": billed, "Unit": currency}, "AmortizedCost": map[string]string{"Amount": effective, "Unit": currency}}
}

// months gives the total of each month that has lines, and of one that has none.
func (c *CostExplorer) months(q ceRequest) []any {
	results := []any{map[string]any{"TimePeriod": map[string]string{"Start": q.TimePeriod.Start, "End": q.TimePeriod.Start}, "Total": ceMetrics("0", "0", "USD")}}
	var order []string
	billed, effective := map[string]*finops.Sum{}, map[string]*finops.Sum{}
	for _, l := range c.lines {
		if l.day < q.TimePeriod.Start || l.day >= q.TimePeriod.End {
			continue
		}
		month := l.day[:7]
		if billed[month] == nil {
			billed[month], effective[month] = &finops.Sum{}, &finops.Sum{}
			order = append(order, month)
		}
		add(billed[month], l.billed)
		add(effective[month], l.effective)
	}
	for _, month := range order {
		results = append(results, map[string]any{"TimePeriod": map[string]string{"Start": month + "-01", "End": month + "-28"}, "Total": ceMetrics(billed[month].String(), effective[month].String(), "USD")})
	}
	return results
}

func add(sum *finops.Sum, text string) {
	if a, err := finops.ParseAmount([]byte(text)); err == nil {
		sum.Add(a)
	}
}

// days gives a page of groups; next is where the next one begins, 0 = there is none.
func (c *CostExplorer) days(q ceRequest, from int) (next int, results, names []any) {
	results, names = []any{}, []any{}
	seen, day := 0, ""
	var groups []any
	estimated := false
	flush := func() {
		if len(groups) > 0 {
			results = append(results, map[string]any{"TimePeriod": map[string]string{"Start": day, "End": day}, "Total": map[string]any{}, "Groups": groups, "Estimated": estimated})
		}
		groups = nil
	}
	for _, l := range c.lines {
		not := strings.Contains(string(q.Filter), `"Not"`)
		if l.day < q.TimePeriod.Start || l.day >= q.TimePeriod.End || strings.Contains(string(q.Filter), strconv.Quote(l.category)) == not {
			continue
		}
		if seen++; seen <= from {
			continue
		}
		if seen > from+c.PageGroups {
			next = seen - 1
			break
		}
		if l.day != day || l.estimated != estimated {
			flush()
			day, estimated = l.day, l.estimated
		}
		groups = append(groups, map[string]any{"Keys": []string{l.service, l.account}, "Metrics": ceMetrics(l.billed, l.effective, l.currency)})
		names = append(names, map[string]any{"Value": l.account, "Attributes": map[string]string{"description": l.name}})
	}
	flush()
	return next, results, names
}
