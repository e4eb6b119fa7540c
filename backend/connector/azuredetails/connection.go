package azuredetails

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"slices"
	"time"

	"cloud-intelligence/backend/connector/azurecloud"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/platform/network"
	"cloud-intelligence/backend/source"
)

// connection is one scope as one person signs in to it.
type connection struct {
	scope, metric string
	from          string
	now           func() time.Time
	costs         *azurecloud.Management
	parts         *network.Lane
	beside        source.Beside
}

// Usage adds what all lanes did.
func (c *connection) Usage() network.Usage {
	return c.costs.Lane.Usage().Add(c.parts.Usage()).Add(c.costs.Session.Usage()).Add(c.beside.Usage())
}

// Close does nothing: the door closes what is open.
func (*connection) Close() error { return nil }

const dataSet = "cost-details"

// List asks what each month comes to, and lists what is read beside the bills.
func (c *connection) List(ctx context.Context, found func(source.Object) error) error {
	to := c.now().UTC().Format(time.DateOnly)
	if c.since() > to {
		return c.beside.List(found) // the first month is yet to come
	}
	months, err := c.months(ctx, c.since(), to)
	if err != nil {
		return err
	}
	for _, month := range slices.Sorted(maps.Keys(months)) {
		if err := found(source.Object{Key: dataSet + "/" + month + ".csv", Size: -1, Version: months[month], DataSet: dataSet, Month: month}); err != nil {
			return err
		}
	}
	return c.beside.List(found)
}

// period are the first and the last day of a month, the latter no later than today.
func (c *connection) period(month string) (start, end string, err error) {
	at, err := time.Parse("2006-01", month)
	if err != nil {
		return "", "", finops.Errorf(finops.CodeInvalid, "%q is no month.", month)
	}
	return at.Format(time.DateOnly), min(at.AddDate(0, 1, -1).Format(time.DateOnly), c.now().UTC().Format(time.DateOnly)), nil
}

// Fetch asks for a report and writes its parts as one file. Afterwards the total of the month must be the one that was listed.
func (c *connection) Fetch(ctx context.Context, o source.Object, w io.Writer) error {
	if o.Holds != source.Bills {
		return c.beside.Fetch(ctx, o, w)
	}
	start, end, err := c.period(o.Month)
	if err != nil {
		return err
	}
	blobs, err := c.report(ctx, start, end)
	if err != nil {
		return err
	}
	joined := &joined{w: w}
	for _, b := range blobs {
		joined.begin()
		if err := c.part(ctx, b, joined); err != nil {
			return err
		}
	}
	months, err := c.months(ctx, start, end)
	switch {
	case err != nil:
		return err
	case months[o.Month] == "":
		return finops.Errorf(finops.CodeNotFound, "Azure has no costs of %s any more.", o.Month)
	case months[o.Month] != o.Version:
		return finops.Errorf(finops.CodeConflict, "Azure has refreshed the costs of %s meanwhile.", o.Month)
	}
	return nil
}

// blob is a part of a report. Its link holds a signature, so that it is in no error.
type blob struct {
	Link  string `json:"blobLink"`
	Bytes int64  `json:"byteCount"`
}

// report asks for a report and waits for it.
func (c *connection) report(ctx context.Context, start, end string) ([]blob, error) {
	question := map[string]any{"metric": c.metric, "timePeriod": map[string]string{"start": start, "end": end}}
	status, header, text, err := c.costs.Ask(ctx, c.costs.Endpoint+"/"+c.scope+"/providers/Microsoft.CostManagement/generateCostDetailsReport?api-version=2022-10-01", question)
	if err == nil && status == http.StatusAccepted {
		status, _, text, err = c.costs.Ask(ctx, header.Get("Location"), nil) // never built: Azure's pages and contracts name two paths
	}
	if err != nil {
		return nil, err
	}
	var answer struct {
		Status   string `json:"status"`
		Manifest struct {
			Blobs []blob `json:"blobs"`
		} `json:"manifest"`
	}
	if status != http.StatusNoContent && json.Unmarshal(text, &answer) != nil {
		return nil, azurecloud.ErrForm
	}
	switch {
	case status == http.StatusNoContent, answer.Status == "NoDataFound":
		return nil, finops.Errorf(finops.CodeNotFound, "Azure has no cost details of %s to %s.", start, end)
	case answer.Status == "Failed":
		return nil, finops.Errorf(finops.CodeUnavailable, "Azure could not make the report of %s to %s. Sync again later.", start, end)
	case len(answer.Manifest.Blobs) == 0:
		return nil, azurecloud.ErrForm
	}
	return answer.Manifest.Blobs, nil
}

// part reads a part, without a token: its link is signed. What was read before a call failed is not asked for again.
func (c *connection) part(ctx context.Context, b blob, w io.Writer) error {
	out := &source.Sink{W: w}
	err := c.parts.Do(ctx, func(ctx context.Context) (err error) {
		r, err := http.NewRequestWithContext(ctx, http.MethodGet, b.Link, nil)
		if err != nil {
			return azurecloud.ErrForm // the cause would hold the link
		}
		if out.Written > 0 {
			r.Header.Set("Range", fmt.Sprintf("bytes=%d-", out.Written))
		}
		response, err := c.parts.Client().Do(r)
		if err != nil {
			return network.Innermost(err)
		}
		defer func() { err = errors.Join(err, response.Body.Close()) }()
		switch status := response.StatusCode; {
		case status == http.StatusTooManyRequests:
			return finops.Errorf(finops.CodeThrottled, "Azure asks to slow down.")
		case status >= http.StatusInternalServerError, out.Written > 0 && status == http.StatusOK:
			return finops.Errorf(finops.CodeUnavailable, "Azure has a fault of its own and does not answer.")
		case status >= http.StatusMultipleChoices:
			return finops.Errorf(finops.CodeConflict, "The link to a part of the report has ended.")
		}
		_, err = io.Copy(out, response.Body)
		if out.Err == nil {
			return network.Innermost(err)
		}
		return nil // a disk that is full is not the network's fault, and nothing to try again
	})
	if failed := out.Failed(); failed != nil {
		return failed
	}
	if err == nil && out.Written != b.Bytes {
		return finops.Errorf(finops.CodeConflict, "A part of the report has another length than Azure says.")
	}
	return err
}

// joined writes parts, each of which begins with the names of the columns, as one file.
type joined struct {
	w      io.Writer
	parts  int
	inHead bool
	last   byte // that was written
}

// begin begins a part.
func (j *joined) begin() {
	j.parts++
	j.inHead = true
}

// Write leaves out the first line of every part but the first.
func (j *joined) Write(p []byte) (int, error) {
	whole := len(p)
	if j.inHead && j.parts > 1 {
		end := bytes.IndexByte(p, '\n')
		if end < 0 {
			return whole, nil
		}
		p = p[end+1:]
		if j.last != '\n' {
			p = append([]byte{'\n'}, p...)
		}
	}
	j.inHead = false
	if len(p) == 0 {
		return whole, nil
	}
	j.last = p[len(p)-1]
	if _, err := j.w.Write(p); err != nil {
		return 0, err //nolint:wrapcheck // the sink explains it
	}
	return whole, nil
}
