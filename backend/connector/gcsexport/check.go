package gcsexport

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/source"
)

// Test signs in, lists the bucket, and says what a sync will do.
func (c *connection) Test(ctx context.Context) []source.Step {
	var steps source.Steps
	who, err := c.client.WhoAmI(ctx)
	if !steps.Add("Sign in", who, err) {
		return steps
	}
	all, pages, err := c.objects(ctx)
	if !steps.Add("List the bucket", fmt.Sprintf("%s lists %s in gs://%s/%s.", callList.Permissions[0], source.Things(len(all), "file"), c.bucket, c.prefix), err) {
		return steps
	}
	found := c.months(all)
	if len(found) == 0 {
		steps.Add("Find exports", "", finops.Errorf(finops.CodeNotFound, "No export file (CSV, JSON or Parquet) was found in gs://%s/%s. Check the folder and the names of the exports.", c.bucket, c.prefix))
		return steps
	}
	survey := source.Survey{Pages: pages}
	first := ""
	for _, m := range found {
		reason := ""
		if m.writing {
			reason = "its youngest file is less than 10 minutes old, so that others may follow"
		}
		for _, o := range m.objects {
			if first == "" && !m.writing && o.Size > 0 {
				first = o.Key
			}
		}
		survey.Add(m.dataSet, m.month, m.objects, reason)
	}
	if first != "" {
		err := c.readable(ctx, first)
		if !steps.Add("Read a file", fmt.Sprintf("%s reads %s.", callGet.Permissions[0], first), err) {
			return steps
		}
	}
	return c.beside.Try(ctx, survey.Finish(steps, api, "Google charges operations and transfer at the prices of the bucket's location"))
}

// readable reads one byte of a file.
func (c *connection) readable(ctx context.Context, key string) error {
	return c.get(ctx, callGet, key, "/o/"+url.PathEscape(key), url.Values{"alt": {"media"}}, func(r *http.Request) {
		r.Header.Set("Accept-Encoding", "gzip")
		r.Header.Set("Range", "bytes=0-0")
	}, func(_ int, body io.Reader) error {
		_, err := io.Copy(io.Discard, io.LimitReader(body, 1)) // an answer that ignores the range is left alone behind its first byte
		return err                                             //nolint:wrapcheck // the network door explains it
	})
}
