package connectortest

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/source"
)

// NewCostDetails starts one for the time of a test, and returns how it is reached.
func NewCostDetails(t *testing.T) (*CostDetails, source.Reach) {
	t.Helper()
	a := &CostDetails{months: map[string]string{}, reports: map[string]string{}, polls: map[string]int{}}
	var via source.Reach
	a.URL, a.CAFile, via = Entra(t, func(*http.Request) (int, string) {
		return http.StatusOK, `{"token_type":"Bearer","expires_in":3599,"access_token":"planted-token"}`
	}, a.serve)
	return a, via
}

// CostDetailsScope is the scope that CostDetails knows.
const CostDetailsScope = "subscriptions/4d1c0000-0000-4000-8000-000000000001"

// CostDetails plays Azure Cost Management: the query by months, two rows a page, and reports, which take two polls and come in parts of a
// line each, with a sign-in that lets everybody in.
type CostDetails struct {
	URL, CAFile string // CAFile has its certificate
	// Fault is asked for each call; nil = there is none.
	Fault func(*http.Request) *Fault
	// Crumb is behind how many bytes the connection of a part ends; 0 = it goes on to the end of the part.
	Crumb int

	mu      sync.Mutex
	months  map[string]string // content by month
	reports map[string]string // month of a report
	polls   map[string]int
	made    int // reports
	signed  int // how often links were ended
	served  int // bytes of parts
}

// Made is how many reports were made, Served how many bytes of parts were sent.
func (a *CostDetails) Made() (reports, served int) {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.made, a.served
}

// End ends the links to parts that were given so far, and with operations the operations that give them, too.
func (a *CostDetails) End(operations bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.signed++
	if operations {
		clear(a.reports)
	}
}

// part sends a part of a report, from the byte that is asked for.
func (a *CostDetails) part(w http.ResponseWriter, r *http.Request, path string) {
	id, number, _ := strings.Cut(path, "/")
	at, _ := strconv.Atoi(number)
	parts := a.parts(a.reports[id])
	if r.Header.Get("Authorization") != "" || r.URL.Query().Get("sig") != fmt.Sprintf("planted-%d", a.signed) || at >= len(parts) {
		w.WriteHeader(http.StatusForbidden)
		return
	}
	from, status := 0, http.StatusOK
	if _, err := fmt.Sscanf(r.Header.Get("Range"), "bytes=%d-", &from); err == nil {
		status = http.StatusPartialContent
	}
	if from >= len(parts[at]) {
		w.WriteHeader(http.StatusRequestedRangeNotSatisfiable)
		return
	}
	text := parts[at][from:]
	w.Header().Set("Content-Length", strconv.Itoa(len(text)))
	w.WriteHeader(status)
	if a.Crumb > 0 && a.Crumb < len(text) {
		a.served += a.Crumb
		_, _ = fmt.Fprint(w, text[:a.Crumb])
		_ = http.NewResponseController(w).Flush()
		(&Fault{Reset: true}).play(w)
	}
	a.served += len(text)
	_, _ = fmt.Fprint(w, text)
}

// Put gives the month of a key, …/YYYY-MM.csv, a file of cost details.
func (a *CostDetails) Put(_ *testing.T, key, content string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.months[monthOf(key)] = content
}

// Remove takes the month of a key away.
func (a *CostDetails) Remove(_ *testing.T, key string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	delete(a.months, monthOf(key))
}

func monthOf(key string) string {
	name := strings.TrimSuffix(key, ".csv")
	return name[len(name)-len("2026-10"):]
}

func (a *CostDetails) serve(w http.ResponseWriter, r *http.Request) {
	if a.Fault != nil {
		if f := a.Fault(r); f != nil {
			f.play(w)
			return
		}
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	if path, ok := strings.CutPrefix(r.URL.Path, "/armreports/"); ok {
		a.part(w, r, path)
		return
	}
	if refusesOrLists(w, r) {
		return
	}
	const costs = "/" + CostDetailsScope + "/providers/Microsoft.CostManagement/"
	switch strings.TrimPrefix(r.URL.Path, costs) {
	case "query":
		a.query(w, r)
	case "generateCostDetailsReport":
		var in struct{ TimePeriod struct{ Start string } }
		_ = json.NewDecoder(r.Body).Decode(&in)
		id := fmt.Sprintf("r%d", a.made)
		a.made++
		a.reports[id] = in.TimePeriod.Start[:7]
		w.Header().Set("Location", a.URL+costs+"costDetailsOperationResults/"+id+"?api-version=2022-10-01")
		w.WriteHeader(http.StatusAccepted)
	default:
		a.result(w, r.URL.Path[strings.LastIndexByte(r.URL.Path, '/')+1:])
	}
}

// SubscriptionNames are the subscriptions that Subscriptions knows.
var SubscriptionNames = []source.Account{{ID: "4d1c0000-0000-4000-8000-000000000001", Name: "shop, production"}, {ID: "4D1C0000-0000-4000-8000-000000000002", Name: "shop-test"}}

// refusesOrLists answers who has not signed in, and who asks for the subscriptions.
func refusesOrLists(w http.ResponseWriter, r *http.Request) bool {
	switch {
	case r.Header.Get("Authorization") != "Bearer planted-token":
		w.WriteHeader(http.StatusUnauthorized)
	case r.URL.Path == "/subscriptions":
		Subscriptions(w, r)
	default:
		return false
	}
	return true
}

// Subscriptions plays the list of subscriptions of Azure Resource Manager, one a page.
func Subscriptions(w http.ResponseWriter, r *http.Request) {
	at, _ := strconv.Atoi(r.URL.Query().Get("$skiptoken"))
	s, next := SubscriptionNames[at], ""
	if at+1 < len(SubscriptionNames) {
		next = fmt.Sprintf("https://%s/subscriptions?api-version=2022-12-01&$skiptoken=%d", r.Host, at+1)
	}
	_ = json.NewEncoder(w).Encode(map[string]any{"value": []any{map[string]string{"subscriptionId": s.ID, "displayName": s.Name, "state": "Enabled"}}, "nextLink": next})
}

func (a *CostDetails) result(w http.ResponseWriter, id string) {
	if a.polls[id]++; a.polls[id] < 3 {
		w.Header().Set("Retry-After", "0.001")
		w.WriteHeader(http.StatusAccepted)
		return
	}
	at, there := a.reports[id]
	if !there {
		w.WriteHeader(http.StatusNotFound)
		return
	}
	if a.months[at] == "" {
		_, _ = fmt.Fprint(w, `{"status":"NoDataFound"}`)
		return
	}
	blobs := []any{}
	for i, text := range a.parts(at) {
		blobs = append(blobs, map[string]any{"blobLink": fmt.Sprintf("%s/armreports/%s/%d?sig=planted-%d", a.URL, id, i, a.signed), "byteCount": len(text)})
	}
	_ = json.NewEncoder(w).Encode(map[string]any{"status": "Completed", "manifest": map[string]any{"blobs": blobs}})
}

// header is the first line of a month.
func (a *CostDetails) header(at string) string {
	line, _, _ := strings.Cut(a.months[at], "\n")
	return line + "\n"
}

// parts are the lines of a month, each with the names of the columns, the last but one without an end.
func (a *CostDetails) parts(at string) (list []string) {
	for _, line := range strings.SplitAfter(strings.TrimPrefix(a.months[at], a.header(at)), "\n") {
		if line != "" {
			list = append(list, a.header(at)+line)
		}
	}
	if len(list) > 1 {
		list[0] = strings.TrimSuffix(list[0], "\n")
	}
	return list
}

// query answers months, the columns of each page in another order.
func (a *CostDetails) query(w http.ResponseWriter, r *http.Request) {
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
		text := a.URL + r.URL.Path + "?api-version=2025-03-01&$skiptoken=" + strconv.Itoa(to)
		next = &text
	}
	columns, rows := []string{"Cost", "BillingMonth", "Currency"}, []any{}
	for _, at := range names[from:to] {
		var sum finops.Sum
		lines, _ := csv.NewReader(strings.NewReader(a.months[at])).ReadAll()
		cost := slices.Index(lines[0], "costInBillingCurrency")
		for _, line := range lines[1:] {
			add(&sum, line[cost])
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
