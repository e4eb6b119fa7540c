package azuredetails_test

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/connector/azuredetails"
	"cloud-intelligence/backend/connector/connectortest"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/platform/network"
	"cloud-intelligence/backend/source"
	"cloud-intelligence/backend/source/sourcetest"
)

const (
	scope  = "subscriptions/4d1c0000-0000-4000-8000-000000000001"
	header = "Date,BillingCurrency,CostInBillingCurrency\n"
	sep    = "cost-details/2026-09.csv"
	oct    = "cost-details/2026-10.csv"
	nov    = "cost-details/2026-11.csv"
)

// azure plays Cost Management: the query by months, two rows a page, and reports, which take two polls and come in parts of a line each.
type azure struct {
	mu      sync.Mutex
	url     string
	months  map[string]string // content by month
	reports map[string]string // month of a report
	polls   map[string]int
	fault   func(r *http.Request) *connectortest.Fault
	asked   []string
}

func (a *azure) Put(_ *testing.T, key, content string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.months[month(key)] = content
}

func (a *azure) Remove(_ *testing.T, key string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	delete(a.months, month(key))
}

func month(key string) string { return key[len("cost-details/") : len("cost-details/")+len("2026-10")] }

func (a *azure) serve(w http.ResponseWriter, r *http.Request) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.asked = append(a.asked, r.Method+" "+r.URL.Path)
	if a.fault != nil {
		if f := a.fault(r); f != nil {
			if f.Reset {
				panic(http.ErrAbortHandler)
			}
			for name, value := range f.Header {
				w.Header().Set(name, value)
			}
			w.WriteHeader(f.Status)
			_, _ = fmt.Fprint(w, f.Body)
			return
		}
	}
	if part, ok := strings.CutPrefix(r.URL.Path, "/armreports/"); ok {
		at, number, _ := strings.Cut(part, "/")
		i, _ := strconv.Atoi(number)
		if r.Header.Get("Authorization") != "" || r.URL.Query().Get("sig") != "planted" {
			w.WriteHeader(http.StatusForbidden)
			return
		}
		_, _ = fmt.Fprint(w, a.parts(at)[i])
		return
	}
	if r.Header.Get("Authorization") != "Bearer planted-token" {
		w.WriteHeader(http.StatusUnauthorized)
		return
	}
	const costs = "/" + scope + "/providers/Microsoft.CostManagement/"
	switch strings.TrimPrefix(r.URL.Path, costs) {
	case "query":
		a.query(w, r)
	case "generateCostDetailsReport":
		var in struct{ TimePeriod struct{ Start string } }
		_ = json.NewDecoder(r.Body).Decode(&in)
		id := fmt.Sprintf("r%d", len(a.reports))
		a.reports[id] = in.TimePeriod.Start[:7]
		w.Header().Set("Location", a.url+costs+"costDetailsOperationResults/"+id+"?api-version=2022-10-01")
		w.WriteHeader(http.StatusAccepted)
	default:
		a.result(w, r.URL.Path[strings.LastIndexByte(r.URL.Path, '/')+1:])
	}
}

func (a *azure) result(w http.ResponseWriter, id string) {
	if a.polls[id]++; a.polls[id] < 3 {
		w.Header().Set("Retry-After", "0.001")
		w.WriteHeader(http.StatusAccepted)
		return
	}
	at := a.reports[id]
	if a.months[at] == "" {
		_, _ = fmt.Fprint(w, `{"status":"NoDataFound"}`)
		return
	}
	blobs := []any{}
	for i, text := range a.parts(at) {
		blobs = append(blobs, map[string]any{"blobLink": fmt.Sprintf("%s/armreports/%s/%d?sig=planted", a.url, at, i), "byteCount": len(text)})
	}
	_ = json.NewEncoder(w).Encode(map[string]any{"status": "Completed", "manifest": map[string]any{"blobs": blobs}})
}

// parts are the lines of a month, each with the names of the columns, the last but one without an end.
func (a *azure) parts(at string) (list []string) {
	for _, line := range strings.SplitAfter(strings.TrimPrefix(a.months[at], header), "\n") {
		if line != "" {
			list = append(list, header+line)
		}
	}
	if len(list) > 1 {
		list[0] = strings.TrimSuffix(list[0], "\n")
	}
	return list
}

// query answers months, the columns of each page in another order.
func (a *azure) query(w http.ResponseWriter, r *http.Request) {
	var in struct{ TimePeriod struct{ From, To string } }
	if err := json.NewDecoder(r.Body).Decode(&in); err != nil {
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	var names []string
	for at := range a.months {
		if at+"-01" >= in.TimePeriod.From[:10] && at+"-01" <= in.TimePeriod.To[:10] {
			names = append(names, at)
		}
	}
	if len(names) == 0 {
		w.WriteHeader(http.StatusNoContent)
		return
	}
	slices.Sort(names)
	from, _ := strconv.Atoi(r.URL.Query().Get("$skiptoken"))
	to := min(from+2, len(names))
	var next *string
	if to < len(names) {
		text := a.url + r.URL.Path + "?api-version=2025-03-01&$skiptoken=" + strconv.Itoa(to)
		next = &text
	}
	columns, rows := []string{"Cost", "BillingMonth", "Currency"}, []any{}
	for _, at := range names[from:to] {
		var sum finops.Sum
		lines, _ := csv.NewReader(strings.NewReader(a.months[at])).ReadAll()
		for _, line := range lines[1:] {
			if amount, err := finops.ParseAmount([]byte(line[2])); err == nil {
				sum.Add(amount)
			}
		}
		row := []any{json.Number(sum.String()), at + "-01T00:00:00", "EUR"}
		if from > 0 {
			columns = []string{"Currency", "BillingMonth", "Cost"}
			slices.Reverse(row)
		}
		rows = append(rows, row)
	}
	named := []any{}
	for _, c := range columns {
		named = append(named, map[string]string{"name": c})
	}
	_ = json.NewEncoder(w).Encode(map[string]any{"properties": map[string]any{"nextLink": next, "columns": named, "rows": rows}})
}

func place(t *testing.T) (sourcetest.Place, *azure) {
	a := &azure{months: map[string]string{}, reports: map[string]string{}, polls: map[string]int{}}
	address, via := connectortest.Entra(t, func(*http.Request) (int, string) {
		return 200, `{"token_type":"Bearer","expires_in":3599,"access_token":"planted-token"}`
	}, a.serve)
	a.url = address
	via.Now = func() time.Time { return time.Date(2026, 11, 28, 12, 0, 0, 0, time.UTC) }
	return sourcetest.Place{
		Values: map[string]string{"scope": "/" + scope, "tenant_id": "72f988bf-0000-4000-8000-2d7cd011db47", "client_id": "11111111-0000-4000-8000-000000000001", "client_secret": "planted-secret", "endpoint": address, "authority": address},
		Reach:  via, Put: a.Put, Remove: a.Remove,
		Files: map[string]string{
			sep: header + "2026-09-01,EUR,18.40317\n", oct: header + "2026-10-01,EUR,18.40317\n2026-10-02,EUR,2.113\n2026-10-03,EUR,-1\n", nov: header + "2026-11-27,EUR,0.00000001\n",
		},
		Later:  map[string]string{oct: header + "2026-10-01,EUR,19\n"},
		Change: oct,
		Gone:   sep,
	}, a
}

func TestConnector_Conformance(t *testing.T) {
	sourcetest.RunConnector(t, azuredetails.Connector{}, func(t *testing.T) sourcetest.Place {
		p, _ := place(t)
		return p
	})
}

func connect(t *testing.T, v map[string]string, via source.Reach) source.Connection {
	t.Helper()
	c, err := azuredetails.Connector{}.Connect(v, via)
	require.NoError(t, err)
	return c
}

func fetch(t *testing.T, c source.Connection, key string) (string, error) {
	t.Helper()
	var text strings.Builder
	var err error
	require.NoError(t, c.List(t.Context(), func(o source.Object) error {
		if o.Key == key {
			err = c.Fetch(t.Context(), o, &text)
		}
		return nil
	}))
	return text.String(), err
}

// TestFaults plays what Azure and the network do to each kind of call once.
func TestFaults(t *testing.T) {
	p, a := place(t)
	for key, content := range p.Files {
		p.Put(t, key, content)
	}
	for name, fault := range map[string]connectortest.Fault{
		"Throttled": {Status: 429, Header: map[string]string{"x-ms-ratelimit-microsoft.costmanagement-entity-retry-after": "0.001"}, Body: `{"error":{"code":"429"}}`},
		"Fault":     {Status: 503},
		"Reset":     {Reset: true},
	} {
		t.Run(name, func(t *testing.T) {
			seen := map[string]bool{}
			a.fault = func(r *http.Request) *connectortest.Fault {
				if seen[r.Method+r.URL.Path] {
					return nil
				}
				seen[r.Method+r.URL.Path] = true
				return &fault
			}
			text, err := fetch(t, connect(t, p.Values, p.Reach), oct)
			require.NoError(t, err)
			assert.Equal(t, p.Files[oct], text)
		})
	}
}

// TestReport_Refusals plays answers that no repeating changes.
func TestReport_Refusals(t *testing.T) {
	p, a := place(t)
	p.Put(t, oct, p.Files[oct])
	for want, c := range map[string]struct {
		part  string
		fault connectortest.Fault
		code  finops.Code
	}{
		"The link to a part of the report has ended":               {"/armreports/", connectortest.Fault{Status: 403}, finops.CodeConflict},
		"does not keep the report":                                 {"/costDetailsOperationResults/", connectortest.Fault{Status: 404, Body: `{"error":{"code":"NotFound"}}`}, finops.CodeConflict},
		"Azure could not make the report":                          {"/costDetailsOperationResults/", connectortest.Fault{Status: 200, Body: `{"status":"Failed"}`}, finops.CodeUnavailable},
		"use exports for others":                                   {"/generateCostDetailsReport", connectortest.Fault{Status: 422, Body: `{"error":{"code":"NotSupported"}}`}, finops.CodeInvalid},
		"names another host than that of Cost Management":          {"/generateCostDetailsReport", connectortest.Fault{Status: 202, Header: map[string]string{"Location": "https://elsewhere.example.com/x"}}, finops.CodeUnavailable},
		"Microsoft.CostManagement/query/read or Microsoft.CostMan": {"/generateCostDetailsReport", connectortest.Fault{Status: 403, Body: `{"error":{"code":"RBACAccessDenied"}}`}, finops.CodeDenied},
	} {
		a.fault = func(r *http.Request) *connectortest.Fault {
			if strings.Contains(r.URL.Path, c.part) {
				return &c.fault
			}
			return nil
		}
		_, err := fetch(t, connect(t, p.Values, p.Reach), oct)
		assert.Equal(t, c.code, finops.CodeOf(err), want)
		assert.Contains(t, finops.MessageOf(err), want)
		assert.NotContains(t, fmt.Sprint(err), "planted")
	}
}

func TestTest(t *testing.T) {
	p, a := place(t)
	steps := connect(t, p.Values, p.Reach).Test(t.Context())
	require.Len(t, steps, 3)
	assert.Contains(t, steps[2].Detail, "No month is complete yet", "there are no costs")
	p.Put(t, oct, p.Files[oct])
	p.Put(t, nov, p.Files[nov])
	steps = connect(t, p.Values, p.Reach).Test(t.Context())
	require.Len(t, steps, 4)
	assert.Contains(t, steps[2].Detail, "cost-details: 2 months, 2026-10 to 2026-11.")
	assert.Contains(t, steps[3].Detail, "It asks for 2 reports")
	a.fault = func(*http.Request) *connectortest.Fault {
		return &connectortest.Fault{Status: 404, Body: `{"error":{"code":"SubscriptionNotFound"}}`}
	}
	steps = connect(t, p.Values, p.Reach).Test(t.Context())
	assert.Contains(t, steps[len(steps)-1].Detail, "Azure has no "+scope)
}

func TestConnect_Refuses(t *testing.T) {
	for want, v := range map[string]map[string]string{
		"Scope must be":               {"scope": "providers/Microsoft.Management/managementGroups/acme"},
		"View must be":                {"scope": scope, "view": "both"},
		"one of them is missing":      {"scope": scope, "client_id": "x"},
		"Management endpoint must be": {"scope": scope, "endpoint": "x"},
	} {
		_, err := azuredetails.Connector{}.Connect(v, connectortest.Reach(t))
		assert.Equal(t, finops.CodeInvalid, finops.CodeOf(err), want)
		assert.Contains(t, finops.MessageOf(err), want)
	}
	list := azuredetails.Connector{}.Policies(maps.Clone(map[string]string{"scope": scope}))
	require.Len(t, list, 2)
	assert.Contains(t, list[0].Text, "Microsoft.CostManagement/query/action")
	assert.Contains(t, list[1].Text, `"/`+scope+`"`)
}

// TestOffline asks nobody while the network is switched off.
func TestOffline(t *testing.T) {
	door, err := network.New(network.Settings{Offline: true})
	require.NoError(t, err)
	defer door.Close()
	steps := connect(t, map[string]string{"scope": scope}, source.Reach{Door: door, Purpose: "costs", Now: time.Now}).Test(t.Context())
	assert.Contains(t, steps[len(steps)-1].Detail, "Offline is switched on")
	assert.Empty(t, door.TakeContacts())
}
