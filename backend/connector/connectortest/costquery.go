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

	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/source"
)

// CostQuery plays the query of Azure Cost Management, by months and by days with the groups service and subscription, two rows a page, and the names of
// subscriptions, with a sign-in that lets everybody in.
type CostQuery struct {
	URL, CAFile string // CAFile has its certificate
	// Fault is asked for each call; nil = there is none.
	Fault func(*http.Request) *Fault

	mu    sync.Mutex
	lines []map[string]string
	calls int
}

// NewCostQuery starts one for the time of a test, and returns how it is reached.
func NewCostQuery(t *testing.T) (*CostQuery, source.Reach) {
	t.Helper()
	q := &CostQuery{}
	var via source.Reach
	q.URL, q.CAFile, via = Entra(t, func(*http.Request) (int, string) {
		return http.StatusOK, `{"token_type":"Bearer","expires_in":3599,"access_token":"planted-token"}`
	}, q.serve)
	return q, via
}

// Calls is how many questions were answered.
func (q *CostQuery) Calls() int {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.calls
}

// Put gives the month of a key, …/YYYY-MM.csv, the lines of a file in FOCUS format in place of those that it has.
func (q *CostQuery) Put(t *testing.T, key, content string) {
	t.Helper()
	q.Remove(t, key)
	rows := namedRows(t, content)
	q.mu.Lock()
	defer q.mu.Unlock()
	q.lines = append(q.lines, rows...)
}

// Remove takes the lines of the month of a key away.
func (q *CostQuery) Remove(_ *testing.T, key string) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.lines = slices.DeleteFunc(q.lines, func(l map[string]string) bool { return strings.HasPrefix(l["ChargePeriodStart"], monthOf(key)) })
}

func (q *CostQuery) serve(w http.ResponseWriter, r *http.Request) {
	if q.Fault != nil {
		if f := q.Fault(r); f != nil {
			f.play(w)
			return
		}
	}
	q.mu.Lock()
	defer q.mu.Unlock()
	if refusesOrLists(w, r) {
		return
	}
	var in struct {
		Type       string
		TimePeriod struct{ From, To string }
		Dataset    struct {
			Granularity string
			Grouping    []struct{ Name string }
		}
	}
	if r.Method != http.MethodPost || json.NewDecoder(r.Body).Decode(&in) != nil { // pages are asked for with the same question, too
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	q.calls++
	metric := map[string]string{"ActualCost": "BilledCost", "AmortizedCost": "EffectiveCost"}[in.Type]
	sums, order := map[string]*finops.Sum{}, []string{}
	for _, l := range q.lines {
		day := l["ChargePeriodStart"][:10]
		if day < in.TimePeriod.From[:10] || day > in.TimePeriod.To[:10] {
			continue
		}
		id := day[:7] + "-01T00:00:00|" + l["BillingCurrency"]
		if len(in.Dataset.Grouping) > 0 {
			id = strings.Join([]string{strings.ReplaceAll(day, "-", ""), l["ServiceName"], l["SubAccountId"], l["BillingCurrency"]}, "|")
		}
		if sums[id] == nil {
			sums[id] = &finops.Sum{}
			order = append(order, id)
		}
		add(sums[id], l[metric])
	}
	q.page(w, r, sums, order)
}

func (q *CostQuery) page(w http.ResponseWriter, r *http.Request, sums map[string]*finops.Sum, order []string) {
	if len(order) == 0 {
		w.WriteHeader(http.StatusNoContent)
		return
	}
	from, _ := strconv.Atoi(r.URL.Query().Get("$skiptoken"))
	to := min(from+2, len(order))
	var next *string
	if to < len(order) {
		text := fmt.Sprintf("%s%s?api-version=2025-03-01&$skiptoken=%d", q.URL, r.URL.Path, to)
		next = &text
	}
	names := []string{"Cost", "BillingMonth", "Currency"}
	rows := []any{}
	for _, id := range order[from:to] {
		parts := strings.Split(id, "|")
		row := []any{json.Number(sums[id].String())}
		if len(parts) > 2 {
			names = []string{"Cost", "UsageDate", "ServiceName", "SubscriptionId", "Currency"}
			row = append(row, json.Number(parts[0]))
			parts = parts[1:]
		}
		for _, part := range parts {
			row = append(row, part)
		}
		rows = append(rows, row)
	}
	columns := []any{}
	for _, name := range names {
		columns = append(columns, map[string]string{"name": name})
	}
	_ = json.NewEncoder(w).Encode(map[string]any{"properties": map[string]any{"nextLink": next, "columns": columns, "rows": rows}})
}

// namedRows are the rows of a CSV file, each value under the name of its column.
func namedRows(t *testing.T, content string) (named []map[string]string) {
	t.Helper()
	rows, err := csv.NewReader(strings.NewReader(content)).ReadAll()
	require.NoError(t, err)
	for _, row := range rows[1:] {
		v := map[string]string{}
		for i, name := range rows[0] {
			v[name] = row[i]
		}
		named = append(named, v)
	}
	return named
}
