package connectortest

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/finops"
)

// BigQuery plays the REST interface of BigQuery for the two forms of queries that the connector asks: which months there are, and the rows of one. It answers
// as the provider documents: jobs that are not ready at first, pages, all values as text.
type BigQuery struct {
	URL string
	// PageRows is how many rows a page has at most; a test may make it small.
	PageRows int
	// Slow is how often a query is not ready before it is.
	Slow int

	mu     sync.Mutex
	tables map[string]*bqTable
	jobs   map[string]*bqJob
	asked  []BigQueryAsked
	whose  func(*http.Request) string
}

// BigQueryAsked is a query that was sent.
type BigQueryAsked struct {
	SQL   string
	Dry   bool
	Limit string // bytes that may be charged
	Job   string // its name; "" for a dry run
}

// BigQueryColumn is a member of a schema.
type BigQueryColumn struct {
	Name   string           `json:"name"`
	Type   string           `json:"type"`
	Mode   string           `json:"mode,omitempty"`
	Fields []BigQueryColumn `json:"fields,omitempty"`
}

type bqTable struct {
	columns []BigQueryColumn
	focus   bool
	rows    []bqRow
}

type bqRow struct {
	values    map[string]any
	month     string // YYYYMM
	partition string // YYYY-MM-DD
	bytes     int
}

type bqJob struct {
	schema []BigQueryColumn
	rows   []any            // as pages have them
	values []map[string]any // as they are
	bytes  int
	slow   int
	gone   bool // its result, not its name
}

// NewBigQuery starts one for the time of a test, with the dataset acme-finance.billing in the EU. Who is not known to whose is refused.
func NewBigQuery(t *testing.T, whose func(*http.Request) string) *BigQuery {
	t.Helper()
	b := &BigQuery{PageRows: 1 << 30, tables: map[string]*bqTable{}, jobs: map[string]*bqJob{}, whose: whose}
	const dataset = "/bigquery/v2/projects/acme-finance/datasets/billing"
	mux := http.NewServeMux()
	mux.HandleFunc("GET "+dataset, func(w http.ResponseWriter, _ *http.Request) { answer(w, map[string]string{"location": "EU"}) })
	mux.HandleFunc("GET "+dataset+"/tables", b.list)
	mux.HandleFunc("GET "+dataset+"/tables/{table}", b.describe)
	mux.HandleFunc("POST /bigquery/v2/projects/acme-pays/queries", b.try)
	mux.HandleFunc("POST /bigquery/v2/projects/acme-pays/jobs", b.begin)
	mux.HandleFunc("GET /bigquery/v2/projects/acme-pays/queries/{job}", b.result)
	mux.HandleFunc("GET /bigquery/v2/projects/acme-pays/jobs/{job}", b.job)
	mux.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) { fail(w, http.StatusNotFound, "notFound", "Not found") })
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if b.whose(r) == "" {
			fail(w, http.StatusUnauthorized, "authError", "Request had invalid authentication credentials.")
			return
		}
		b.mu.Lock()
		defer b.mu.Unlock()
		mux.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	b.URL = server.URL
	return b
}

// Asked returns the queries so far.
func (b *BigQuery) Asked() []BigQueryAsked {
	b.mu.Lock()
	defer b.mu.Unlock()
	return slices.Clone(b.asked)
}

// Forget makes all results go, as after a day.
func (b *BigQuery) Forget() {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, job := range b.jobs {
		job.gone = true
	}
}

// Create makes a table: of Google's own export, partitioned by the day of export, or of FOCUS.
func (b *BigQuery) Create(name string, focus bool, columns []BigQueryColumn) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.tables[name] = &bqTable{columns: columns, focus: focus}
}

// Put gives the month of a key, TABLE/YYYY-MM.ndjson or .csv, these rows in place of those that it has.
func (b *BigQuery) Put(t *testing.T, key, content string) {
	t.Helper()
	b.mu.Lock()
	defer b.mu.Unlock()
	name, month := split(key)
	table := b.tables[name]
	require.NotNil(t, table, "there is no table %s", name)
	table.drop(month)
	table.add(t, content)
}

// Remove takes the rows of the month of a key away.
func (b *BigQuery) Remove(_ *testing.T, key string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	name, month := split(key)
	b.tables[name].drop(month)
}

// Add adds rows to a table.
func (b *BigQuery) Add(t *testing.T, name, content string) {
	t.Helper()
	b.mu.Lock()
	defer b.mu.Unlock()
	b.tables[name].add(t, content)
}

func split(key string) (table, month string) {
	table, file, _ := strings.Cut(key, "/")
	return table, strings.ReplaceAll(file[:7], "-", "")
}

func (x *bqTable) drop(month string) {
	x.rows = slices.DeleteFunc(x.rows, func(r bqRow) bool { return r.month == month })
}

func (x *bqTable) add(t *testing.T, content string) {
	if x.focus {
		all, err := csv.NewReader(strings.NewReader(content)).ReadAll()
		require.NoError(t, err)
		for _, line := range all[1:] {
			r := bqRow{values: map[string]any{}, bytes: 100}
			for i, name := range all[0] {
				if r.values[name] = line[i]; line[i] == "" {
					r.values[name] = nil
				}
			}
			r.month = strings.ReplaceAll(fmt.Sprint(r.values["BillingPeriodStart"])[:7], "-", "")
			x.rows = append(x.rows, r)
		}
		return
	}
	lines := bufio.NewScanner(strings.NewReader(content))
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		r := bqRow{bytes: len(lines.Bytes())}
		d := json.NewDecoder(bytes.NewReader(lines.Bytes()))
		d.UseNumber()
		require.NoError(t, d.Decode(&r.values))
		invoice, _ := r.values["invoice"].(map[string]any)
		r.month, _ = invoice["month"].(string)
		exported, _ := r.values["export_time"].(string)
		r.partition = exported[:10]
		x.rows = append(x.rows, r)
	}
	require.NoError(t, lines.Err())
}

func answer(w http.ResponseWriter, body any) {
	w.Header().Set("Content-Type", "application/json; charset=UTF-8")
	_ = json.NewEncoder(w).Encode(body)
}

func fail(w http.ResponseWriter, status int, reason, message string) {
	w.Header().Set("Content-Type", "application/json; charset=UTF-8")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(map[string]any{"error": map[string]any{"code": status, "message": message, "errors": []map[string]string{{"reason": reason, "message": message}}}})
}

// list gives two tables a page.
func (b *BigQuery) list(w http.ResponseWriter, r *http.Request) {
	names := slices.Sorted(maps.Keys(b.tables))
	from, _ := strconv.Atoi(r.URL.Query().Get("pageToken"))
	to := min(from+2, len(names))
	page := map[string]any{"totalItems": len(names)}
	if to < len(names) {
		page["nextPageToken"] = strconv.Itoa(to)
	}
	tables := []any{}
	for _, name := range names[from:to] {
		tables = append(tables, map[string]any{"tableReference": map[string]string{"projectId": "acme-finance", "datasetId": "billing", "tableId": name}})
	}
	page["tables"] = tables
	answer(w, page)
}

func (b *BigQuery) describe(w http.ResponseWriter, r *http.Request) {
	table := b.tables[r.PathValue("table")]
	if table == nil {
		fail(w, http.StatusNotFound, "notFound", "Not found: Table")
		return
	}
	body := map[string]any{"schema": map[string]any{"fields": table.columns}}
	if !table.focus {
		body["timePartitioning"] = map[string]string{"type": "DAY"}
	}
	answer(w, body)
}

var (
	bqFrom  = regexp.MustCompile("FROM `acme-finance\\.billing\\.([^`]+)`")
	bqMonth = regexp.MustCompile(`(?:invoice\.month|FORMAT_DATE\('%Y%m', CAST\(BillingPeriodStart AS DATE\)\)) (=|>=) '(\d{6})'`)
	bqSince = regexp.MustCompile(`_PARTITIONTIME >= TIMESTAMP '([0-9-]{10})'`)
	bqUntil = regexp.MustCompile(`_PARTITIONTIME < TIMESTAMP '([0-9-]{10})'`)
)

// run does a query.
func (b *BigQuery) run(sql string) (*bqJob, string) {
	from := bqFrom.FindStringSubmatch(sql)
	if from == nil || b.tables[from[1]] == nil {
		return nil, "Not found: Table"
	}
	table, job := b.tables[from[1]], &bqJob{slow: b.Slow}
	since, until, month := bqSince.FindStringSubmatch(sql), bqUntil.FindStringSubmatch(sql), bqMonth.FindStringSubmatch(sql)
	if !table.focus && since == nil {
		return nil, "Cannot query over table without a partition filter"
	}
	var rows []bqRow
	for _, r := range table.rows {
		if !table.focus && (r.partition < since[1] || (until != nil && r.partition >= until[1])) {
			continue // partitions that are left out cost nothing
		}
		job.bytes += r.bytes
		if month == nil || r.month == month[2] || (month[1] == ">=" && r.month > month[2]) {
			rows = append(rows, r)
		}
	}
	if strings.HasSuffix(sql, " GROUP BY month") {
		job.bytes /= 10 // three columns
		job.states(table, rows)
		return job, ""
	}
	job.schema = table.columns
	for _, r := range rows {
		job.rows, job.values = append(job.rows, wire(r.values, table.columns)), append(job.values, r.values)
	}
	return job, ""
}

func (j *bqJob) states(table *bqTable, rows []bqRow) {
	type sums struct {
		records             int
		newest, first, last string
		cost                finops.Sum
	}
	byMonth := map[string]*sums{}
	for _, r := range rows {
		s := byMonth[r.month]
		if s == nil {
			s = &sums{first: r.partition}
			byMonth[r.month] = s
		}
		s.records++
		s.first, s.last = min(s.first, r.partition), max(s.last, r.partition)
		cost := "BilledCost"
		if !table.focus {
			cost = "cost"
			exported, _ := wireText(r.values["export_time"], "TIMESTAMP").(string)
			s.newest = max(s.newest, exported)
		}
		if a, err := finops.ParseAmount([]byte(fmt.Sprint(r.values[cost]))); err == nil {
			s.cost.Add(a)
		}
	}
	for _, name := range []string{"month", "records", "newest", "cost", "first", "last"} {
		j.schema = append(j.schema, BigQueryColumn{Name: name, Type: "STRING"})
	}
	null := func(text string) any {
		if text == "" {
			return nil
		}
		return text
	}
	for _, month := range slices.Sorted(maps.Keys(byMonth)) {
		s := byMonth[month]
		values := map[string]any{}
		for i, v := range []any{month, strconv.Itoa(s.records), null(s.newest), s.cost.String(), null(s.first), null(s.last)} {
			values[j.schema[i].Name] = v
		}
		j.rows, j.values = append(j.rows, wire(values, j.schema)), append(j.values, values)
	}
}

// wire spells a record as BigQuery does.
func wire(values map[string]any, columns []BigQueryColumn) any {
	cells := []any{}
	for _, c := range columns {
		v := values[c.Name]
		if c.Mode == "REPEATED" {
			list := []any{}
			given, _ := v.([]any)
			for _, x := range given {
				list = append(list, map[string]any{"v": wireValue(x, c)})
			}
			cells = append(cells, map[string]any{"v": list})
			continue
		}
		cells = append(cells, map[string]any{"v": wireValue(v, c)})
	}
	return map[string]any{"f": cells}
}

func wireValue(v any, c BigQueryColumn) any {
	if record, ok := v.(map[string]any); ok {
		return wire(record, c.Fields)
	}
	return wireText(v, c.Type)
}

func wireText(v any, kind string) any {
	if v == nil {
		return nil
	}
	if kind == "TIMESTAMP" {
		text := fmt.Sprint(v)
		for _, layout := range []string{"2006-01-02 15:04:05.999999 UTC", time.RFC3339} {
			if at, err := time.Parse(layout, text); err == nil {
				return strconv.FormatInt(at.UnixMicro(), 10)
			}
		}
	}
	return fmt.Sprint(v)
}

// bqQuery is a query as it is sent.
type bqQuery struct {
	Query, Location, MaximumBytesBilled string
	DryRun                              bool
	UseLegacySQL                        *bool
}

// try answers what a query would read.
func (b *BigQuery) try(w http.ResponseWriter, r *http.Request) {
	var in bqQuery
	if err := json.NewDecoder(r.Body).Decode(&in); err != nil || !in.DryRun {
		fail(w, http.StatusBadRequest, "invalid", "It is no query to try.")
		return
	}
	b.asked = append(b.asked, BigQueryAsked{SQL: in.Query, Dry: true})
	if job := b.accept(w, in); job != nil {
		answer(w, map[string]any{"jobComplete": true, "jobReference": map[string]string{"location": "EU"}, "totalBytesProcessed": strconv.Itoa(job.bytes), "schema": map[string]any{"fields": job.schema}})
	}
}

// begin begins a query under the name that it is given.
func (b *BigQuery) begin(w http.ResponseWriter, r *http.Request) {
	var in struct {
		JobReference  struct{ ProjectID, JobID, Location string }
		Configuration struct{ Query bqQuery }
	}
	if err := json.NewDecoder(r.Body).Decode(&in); err != nil || in.JobReference.JobID == "" || in.JobReference.ProjectID != "acme-pays" {
		fail(w, http.StatusBadRequest, "invalid", "It is no job.")
		return
	}
	id, query := in.JobReference.JobID, in.Configuration.Query
	query.Location = in.JobReference.Location
	if b.jobs[id] != nil {
		fail(w, http.StatusConflict, "duplicate", "Already Exists: Job")
		return
	}
	b.asked = append(b.asked, BigQueryAsked{SQL: query.Query, Limit: query.MaximumBytesBilled, Job: id})
	job := b.accept(w, query)
	if limit, _ := strconv.Atoi(query.MaximumBytesBilled); job != nil && job.bytes > limit {
		fail(w, http.StatusBadRequest, "bytesBilledLimitExceeded", "Query exceeded limit for bytes billed")
		return
	}
	if job != nil {
		b.jobs[id] = job
		answer(w, map[string]any{"jobReference": in.JobReference, "status": map[string]string{"state": "RUNNING"}})
	}
}

// accept does a query, or refuses it.
func (b *BigQuery) accept(w http.ResponseWriter, in bqQuery) *bqJob {
	job, refused := b.run(in.Query)
	switch {
	case in.UseLegacySQL == nil || *in.UseLegacySQL:
		fail(w, http.StatusBadRequest, "invalid", "It is no query in standard SQL.")
	case in.Location != "EU":
		fail(w, http.StatusNotFound, "notFound", "Not found: Dataset acme-finance:billing was not found in location US")
	case job == nil:
		fail(w, http.StatusBadRequest, "invalidQuery", refused)
	default:
		return job
	}
	return nil
}

func (b *BigQuery) result(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	if job := b.jobs[r.PathValue("job")]; q.Get("location") != "EU" || job == nil || job.gone || q.Get("formatOptions.useInt64Timestamp") != "true" {
		fail(w, http.StatusNotFound, "notFound", "Not found: Job")
		return
	}
	from, _ := strconv.Atoi(q.Get("pageToken"))
	most, err := strconv.Atoi(q.Get("maxResults"))
	if err != nil {
		most = b.PageRows
	}
	b.page(w, r.PathValue("job"), from, min(most, b.PageRows))
}

// job says where the result of a query is.
func (b *BigQuery) job(w http.ResponseWriter, r *http.Request) {
	id := r.PathValue("job")
	if r.URL.Query().Get("location") != "EU" || b.jobs[id] == nil {
		fail(w, http.StatusNotFound, "notFound", "Not found: Job")
		return
	}
	table := map[string]string{"projectId": "acme-pays", "datasetId": "_results", "tableId": id}
	answer(w, map[string]any{"configuration": map[string]any{"query": map[string]any{"destinationTable": table}}})
}

func (b *BigQuery) page(w http.ResponseWriter, id string, from, most int) {
	job := b.jobs[id]
	body := map[string]any{"jobReference": map[string]string{"projectId": "acme-pays", "jobId": id, "location": "EU"}, "jobComplete": job.slow == 0}
	if job.slow > 0 {
		job.slow--
		answer(w, body)
		return
	}
	to := min(from+most, len(job.rows))
	body["schema"], body["rows"], body["totalRows"] = map[string]any{"fields": job.schema}, job.rows[from:to], strconv.Itoa(len(job.rows))
	body["totalBytesProcessed"], body["cacheHit"] = strconv.Itoa(job.bytes), false
	if to < len(job.rows) {
		body["pageToken"] = strconv.Itoa(to)
	}
	answer(w, body)
}
