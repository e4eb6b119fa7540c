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
	pageRows = 5000 // rows of a page at most; BigQuery gives fewer where they are large
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
	Job      struct {
		ID       string `json:"jobId"`
		Location string `json:"location"`
	} `json:"jobReference"`
	Schema struct {
		Fields []column `json:"fields"`
	} `json:"schema"`
	Rows []struct {
		F []cell `json:"f"`
	} `json:"rows"`
	Total     string `json:"totalRows"`
	Next      string `json:"pageToken"`
	Processed string `json:"totalBytesProcessed"`
	Billed    string `json:"totalBytesBilled"`
	Cached    bool   `json:"cacheHit"`
}

// post begins a query, or tries it where it is a dry run.
func (c *connection) post(ctx context.Context, sql string, dry bool) (p page, err error) {
	request := map[string]any{"query": sql, "useLegacySql": false, "location": c.location}
	if dry {
		request["dryRun"] = true
	} else {
		request["maxResults"], request["timeoutMs"], request["maximumBytesBilled"] = pageRows, 10_000, strconv.FormatInt(c.limit, 10)
		request["requestId"] = rand.Text() // so that a call whose answer was lost begins no second query
		request["formatOptions"] = map[string]bool{"useInt64Timestamp": true}
	}
	body, err := json.Marshal(request)
	if err != nil {
		return p, fmt.Errorf("write a query: %w", err)
	}
	err = c.client.Do(ctx, callQuery, c.where(), func(ctx context.Context) (*http.Request, error) {
		p = page{}
		r, err := http.NewRequestWithContext(ctx, http.MethodPost, c.endpoint+"/bigquery/v2/projects/"+url.PathEscape(c.project)+"/queries", bytes.NewReader(body))
		if err == nil {
			r.Header.Set("Content-Type", "application/json")
		}
		return r, err //nolint:wrapcheck // the address was checked
	}, googlecloud.JSON(&p))
	return p, err
}

// price tries a query and returns the bytes that it would be charged for. It answers CodeDenied for more than the limit.
func (c *connection) price(ctx context.Context, sql string) (int64, error) {
	p, err := c.post(ctx, sql, true)
	if err != nil {
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

// query runs a query and hands its pages over, one after the other. Page by page the same job is asked, also with a new token.
func (c *connection) query(ctx context.Context, sql string, each func(page) error) error {
	p, err := c.begin(ctx, sql)
	for try := 2; errors.Is(err, googlecloud.ErrJob) && try <= jobsMax; try++ {
		p, err = c.begin(ctx, sql)
	}
	if err != nil {
		return err
	}
	c.count(p)
	columns, total := p.Schema.Fields, p.Total
	path := "/projects/" + url.PathEscape(c.project) + "/queries/" + url.PathEscape(p.Job.ID)
	for {
		if p.Total != total {
			return finops.Errorf(finops.CodeConflict, "BigQuery gives another number of rows in the middle of an answer.")
		}
		p.Schema.Fields = columns
		if err := each(p); err != nil {
			return err
		}
		if p.Next == "" {
			return nil
		}
		q := c.paging()
		q.Set("pageToken", p.Next)
		p = page{}
		if err := c.pageOf(ctx, path, q, &p); err != nil {
			return err
		}
	}
}

func (c *connection) paging() url.Values {
	return url.Values{"location": {c.location}, "maxResults": {strconv.Itoa(pageRows)}, "formatOptions.useInt64Timestamp": {"true"}}
}

// pageOf asks for a page. Results are kept for about a day; one that has gone needs a new query.
func (c *connection) pageOf(ctx context.Context, path string, q url.Values, p *page) error {
	err := c.client.Do(ctx, callQuery, c.where(), func(ctx context.Context) (*http.Request, error) {
		*p = page{} // of a page that was cut nothing is kept
		return http.NewRequestWithContext(ctx, http.MethodGet, c.endpoint+"/bigquery/v2"+path+"?"+q.Encode(), nil)
	}, googlecloud.JSON(p))
	if finops.CodeOf(err) == finops.CodeNotFound {
		return finops.WrapError(finops.CodeConflict, err, "BigQuery does not keep the result of the query any more.")
	}
	return err
}

// begin begins a query and waits for its first page.
func (c *connection) begin(ctx context.Context, sql string) (page, error) {
	p, err := c.post(ctx, sql, false)
	if err != nil {
		return p, err
	}
	path := "/projects/" + url.PathEscape(c.project) + "/queries/" + url.PathEscape(p.Job.ID)
	id := p.Job.ID
	for !p.Complete {
		if id == "" {
			return p, finops.Errorf(finops.CodeUnavailable, "The answer of BigQuery names no query.")
		}
		q := c.paging()
		q.Set("timeoutMs", "10000") // BigQuery answers when the query is done, or after that time
		if err := c.pageOf(ctx, path, q, &p); err != nil {
			return p, err
		}
	}
	p.Job.ID = id
	return p, nil
}

// count adds what a query is charged; one whose result BigQuery still has is free.
func (c *connection) count(p page) {
	n, err := strconv.ParseInt(p.Billed, 10, 64)
	if err != nil {
		if n, err = strconv.ParseInt(p.Processed, 10, 64); err == nil && n > 0 {
			n = max(n, billedLeast)
		}
	}
	if err == nil && !p.Cached {
		c.billed += n
	}
}
