package bigqueryexport

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"

	"cloud-intelligence/backend/connector/googlecloud"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/source"
)

const (
	pageMost = 5000 // rows of a page; BigQuery gives fewer where they are large
	jobsMax  = 3    // queries that are begun for one answer
	// billedLeast is what BigQuery charges at least for each table of a query, in bytes.
	billedLeast = 10_000_000
)

// cell is a value as BigQuery writes it: text, null, {"f": […]} for a record, or a list of {"v": …}.
type cell struct {
	V json.RawMessage `json:"v"`
}

// page is an answer of a query, and a part of its rows.
type page struct {
	Complete bool `json:"jobComplete"`
	Schema   struct {
		Fields []column `json:"fields"`
	} `json:"schema"`
	Rows []struct {
		F []cell `json:"f"`
	} `json:"rows"`
	Total     string `json:"totalRows"`
	Next      string `json:"pageToken"`
	Processed string `json:"totalBytesProcessed"`
	Cached    bool   `json:"cacheHit"`
}

// post sends a request with a body.
func (c *connection) post(ctx context.Context, path string, request, answer any) error {
	body, err := json.Marshal(request)
	if err != nil {
		return fmt.Errorf("write a query: %w", err)
	}
	return c.client.Do(ctx, callQuery, c.where(), func(ctx context.Context) (*http.Request, error) {
		r, err := http.NewRequestWithContext(ctx, http.MethodPost, c.endpoint+"/bigquery/v2/projects/"+url.PathEscape(c.project)+path, bytes.NewReader(body))
		if err == nil {
			r.Header.Set("Content-Type", "application/json")
		}
		return r, err //nolint:wrapcheck // the address was checked
	}, googlecloud.JSON(answer))
}

// price tries a query and returns the bytes that it would be charged for. It answers CodeDenied for more than the limit.
func (c *connection) price(ctx context.Context, sql string) (int64, error) {
	var p page
	if err := c.post(ctx, "/queries", map[string]any{"query": sql, "useLegacySql": false, "location": c.location, "dryRun": true}, &p); err != nil {
		return 0, err
	}
	n, err := strconv.ParseInt(p.Processed, 10, 64)
	if err != nil {
		return 0, finops.Errorf(finops.CodeUnavailable, "BigQuery does not say what a query would be charged.")
	}
	if n > 0 {
		n = max(n, billedLeast)
	}
	if n > c.limit {
		return n, finops.Errorf(finops.CodeDenied, "BigQuery would charge %s for one query, which is more than the limit of %s. Raise the limit of the connection, or choose a later first month.", source.Bytes(n), source.Bytes(c.limit))
	}
	return n, nil
}

// job is a query that has its result.
type job struct {
	ID      string
	Columns []column
	Total   string // number of rows; "" = the query may not have been begun
}

// newJob names a query before it is begun, so that it is begun once, however often that is asked for.
func newJob() job { return job{ID: "cloud-intelligence-" + rand.Text()} }

// query runs a query and hands its pages over, one after the other.
func (c *connection) query(ctx context.Context, sql string, each func(page) error) error {
	j, p, err := c.begin(ctx, newJob(), sql, c.pageRows, func(job) error { return nil })
	c.looked = j
	for {
		if err != nil {
			return err
		}
		if err := each(p); err != nil || p.Next == "" {
			return err
		}
		p, err = c.pageOf(ctx, j, c.paging(c.pageRows, p.Next))
	}
}

// begin begins a query and waits for its result, of which it returns some rows. One that BigQuery ended is begun again under another name; kept is
// called with each name before it is used.
func (c *connection) begin(ctx context.Context, j job, sql string, rows int, kept func(job) error) (job, page, error) {
	for try := 1; ; try++ {
		if err := kept(j); err != nil {
			return j, page{}, err
		}
		p, err := c.run(ctx, j, sql, rows)
		if err == nil {
			c.count(p)
			j.Columns, j.Total = p.Schema.Fields, p.Total
		}
		if !errors.Is(err, googlecloud.ErrJob) || try == jobsMax {
			return j, p, err
		}
		j = newJob()
	}
}

// run begins a query, unless one of its name was begun before, and waits for it.
func (c *connection) run(ctx context.Context, j job, sql string, rows int) (page, error) {
	err := c.post(ctx, "/jobs", map[string]any{
		"jobReference": map[string]string{"projectId": c.project, "jobId": j.ID, "location": c.location},
		"configuration": map[string]any{"query": map[string]any{
			"query": sql, "useLegacySql": false, "maximumBytesBilled": strconv.FormatInt(c.limit, 10),
		}},
	}, &struct{}{})
	if err != nil && !errors.Is(err, googlecloud.ErrBegun) {
		return page{}, err
	}
	for {
		q := c.paging(rows, "")
		q.Set("timeoutMs", "10000") // BigQuery answers when the query is done, or after that time
		if p, err := c.pageOf(ctx, j, q); err != nil || p.Complete {
			return p, err
		}
	}
}

func (c *connection) paging(rows int, token string) url.Values {
	q := url.Values{"location": {c.location}, "maxResults": {strconv.Itoa(rows)}, "formatOptions.useInt64Timestamp": {"true"}}
	if token != "" {
		q.Set("pageToken", token)
	}
	return q
}

// pageOf asks for a page. Results are kept for about a day; one that has gone needs a new query.
func (c *connection) pageOf(ctx context.Context, j job, q url.Values) (p page, err error) {
	err = c.client.Do(ctx, callQuery, c.where(), func(ctx context.Context) (*http.Request, error) {
		p = page{} // of a page that was cut nothing is kept
		return http.NewRequestWithContext(ctx, http.MethodGet, c.endpoint+"/bigquery/v2/projects/"+url.PathEscape(c.project)+"/queries/"+url.PathEscape(j.ID)+"?"+q.Encode(), nil)
	}, googlecloud.JSON(&p))
	if code := finops.CodeOf(err); code == finops.CodeNotFound || (code == finops.CodeInvalid && q.Has("pageToken")) {
		return p, gone(err)
	}
	if err == nil && j.Total != "" && p.Total != j.Total {
		return p, finops.Errorf(finops.CodeConflict, "BigQuery gives another number of rows in the middle of an answer.")
	}
	return p, err
}

// gone is the error for a result that BigQuery does not have any more.
func gone(err error) error {
	return finops.WrapError(finops.CodeConflict, err, "BigQuery does not keep the result of the query any more.")
}

// count adds what a query is charged; one whose result BigQuery still has is free.
func (c *connection) count(p page) {
	if n, err := strconv.ParseInt(p.Processed, 10, 64); err == nil && n > 0 && !p.Cached {
		c.billed += max(n, billedLeast)
	}
}
