package azuredetails

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"

	"cloud-intelligence/backend/connector/azurecloud"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/platform/network"
	"cloud-intelligence/backend/source"
)

// part distinguishes a part of a report from all others. What is read of it is kept under this.
type part struct {
	Path  string // address without its signature, which is in no file
	Bytes int64
}

// blob is a part as Azure links to it. The link holds a signature, so that it is in no error and in no file.
type blob struct {
	part

	link string
}

// report has all parts of the report of a period kept, and returns them in order. A report that an earlier run has asked for is taken up
// where that run ended; only where Azure does not have it any more, another one is asked for.
func (c *connection) report(ctx context.Context, start, end string, kept *source.Pages) ([]part, error) {
	address := c.costs.Endpoint + "/" + c.scope + "/providers/Microsoft.CostManagement/generateCostDetailsReport?api-version=2022-10-01"
	question := map[string]any{"metric": c.metric, "timePeriod": map[string]string{"start": start, "end": end}}
	at, location := []any{address, question}, ""
	if kept.Answered(at, &location) {
		parts, err := c.parts(ctx, location, nil, kept)
		if code := finops.CodeOf(err); code != finops.CodeConflict && code != finops.CodeInvalid {
			return parts, err
		}
		if err := kept.Forget(); err != nil {
			return nil, err
		}
	}
	status, header, text, err := c.costs.Ask(ctx, address, question)
	if err != nil {
		return nil, err
	}
	if status != http.StatusAccepted {
		blobs, err := blobsOf(status, text)
		if err != nil {
			return nil, err
		}
		return c.parts(ctx, "", blobs, kept)
	}
	location = header.Get("Location") // never built: Azure's pages and contracts name two paths
	if err := c.costs.Own(location); err != nil {
		return nil, err
	}
	if !signed(location) {
		if err := kept.Keep(at, location); err != nil {
			return nil, err
		}
	}
	return c.parts(ctx, location, nil, kept)
}

// signed says that whoever has an address needs no sign-in. What Azure Resource Manager adds to its own addresses (t, c, s, h) is of no use
// without one.
func signed(address string) bool {
	at, err := url.Parse(address)
	return err != nil || at.User != nil || at.Query().Has("sig")
}

// parts fetches what is missing of the parts of a report, whose links may be known already. Where a link has ended, or a part is not as Azure
// said, Azure is asked for them anew; where that does not help, it answers CodeConflict.
func (c *connection) parts(ctx context.Context, location string, blobs []blob, kept *source.Pages) ([]part, error) {
	var parts []part
	if kept.Answered(location, &parts) {
		missing, err := missing(parts, kept)
		if err != nil || !missing {
			return parts, err
		}
	}
	for stuck := -1; ; blobs = nil {
		if blobs == nil {
			var err error
			if blobs, err = c.links(ctx, location, kept); err != nil {
				return nil, err
			}
		}
		at, err := 0, error(nil)
		for at < len(blobs) {
			if err = c.fetch(ctx, blobs[at], kept); err != nil {
				break
			}
			at++
		}
		if err == nil || location == "" || at <= stuck || finops.CodeOf(err) != finops.CodeConflict {
			return partsOf(blobs), err
		}
		stuck = at
	}
}

// missing says that not all parts are kept as a whole.
func missing(parts []part, kept *source.Pages) (bool, error) {
	for _, p := range parts {
		f, have, err := kept.Grow(p)
		if err != nil {
			return false, err
		}
		if err := f.Close(); err != nil || have != p.Bytes {
			return true, nil //nolint:nilerr // it is fetched again, and fails there
		}
	}
	return false, nil
}

// links waits for a report and returns its parts. Which there are is kept, without the links. A report that is of no use is forgotten, so that
// the next run asks for another one.
func (c *connection) links(ctx context.Context, location string, kept *source.Pages) ([]blob, error) {
	status, _, text, err := c.costs.Ask(ctx, location, nil)
	if status == http.StatusNotFound || status == http.StatusGone {
		return nil, finops.WrapError(finops.CodeConflict, err, "Azure does not keep the report any more.")
	}
	if err != nil {
		return nil, err
	}
	blobs, err := blobsOf(status, text)
	if err != nil {
		return nil, errors.Join(err, kept.Forget())
	}
	return blobs, kept.Keep(location, partsOf(blobs))
}

// blobsOf reads the answer that a report is made.
func blobsOf(status int, text []byte) ([]blob, error) {
	var answer struct {
		Status   string `json:"status"`
		Manifest struct {
			Blobs []struct {
				Link  string `json:"blobLink"`
				Bytes int64  `json:"byteCount"`
			} `json:"blobs"`
		} `json:"manifest"`
	}
	if status != http.StatusNoContent && json.Unmarshal(text, &answer) != nil {
		return nil, azurecloud.ErrForm
	}
	switch {
	case status == http.StatusNoContent, answer.Status == "NoDataFound":
		return nil, finops.Errorf(finops.CodeNotFound, "Azure has no cost details of this month.")
	case answer.Status == "Failed":
		return nil, finops.Errorf(finops.CodeUnavailable, "Azure could not make the report of cost details. Sync again later.")
	case len(answer.Manifest.Blobs) == 0:
		return nil, azurecloud.ErrForm
	}
	blobs := make([]blob, len(answer.Manifest.Blobs))
	for i, b := range answer.Manifest.Blobs {
		at, err := url.Parse(b.Link)
		if err != nil || at.Scheme != "https" || at.Host == "" || at.User != nil || b.Bytes < 0 {
			return nil, azurecloud.ErrForm // the cause would hold the link
		}
		blobs[i] = blob{part{at.Scheme + "://" + at.Host + at.EscapedPath(), b.Bytes}, b.Link}
	}
	return blobs, nil
}

func partsOf(blobs []blob) []part {
	parts := make([]part, len(blobs))
	for i, b := range blobs {
		parts[i] = b.part
	}
	return parts
}

// fetch reads what is missing of a part, without a token: its link is signed. What was read before a call failed, or by an earlier run, is not
// asked for again.
func (c *connection) fetch(ctx context.Context, b blob, kept *source.Pages) (err error) {
	f, have, err := kept.Grow(b.part)
	if err != nil {
		return err
	}
	out := &source.Sink{W: f, Written: have}
	if out.Written < b.Bytes {
		err = out.Whole(func() error { return c.read(ctx, b, out) })
	}
	closed := f.Close()
	switch {
	case out.Err != nil: // a disk that is full is not the network's fault, and nothing to try again
		return out.Failed()
	case err != nil:
		return err
	case closed != nil:
		return finops.WrapError(finops.CodeUnavailable, closed, "A part of the report cannot be kept")
	case out.Written != b.Bytes:
		return finops.Errorf(finops.CodeConflict, "A part of the report has another length than Azure says.")
	}
	return nil
}

// read reads a part behind what was written of it.
func (c *connection) read(ctx context.Context, b blob, out *source.Sink) error {
	return c.files.Do(ctx, func(ctx context.Context) (err error) {
		r, err := http.NewRequestWithContext(ctx, http.MethodGet, b.link, nil)
		if err != nil {
			return azurecloud.ErrForm // the cause would hold the link
		}
		if out.Written > 0 {
			r.Header.Set("Range", fmt.Sprintf("bytes=%d-", out.Written))
		}
		response, err := c.files.Client().Do(r)
		if err != nil {
			return network.Innermost(err)
		}
		defer func() { err = errors.Join(err, response.Body.Close()) }()
		switch status := response.StatusCode; {
		case status == http.StatusTooManyRequests:
			return finops.Errorf(finops.CodeThrottled, "Azure asks to slow down.")
		case status >= http.StatusInternalServerError:
			return finops.Errorf(finops.CodeUnavailable, "Azure has a fault of its own and does not answer.")
		case status >= http.StatusMultipleChoices:
			return finops.Errorf(finops.CodeConflict, "The link to a part of the report has ended.")
		case status == http.StatusOK: // all of it, also where only the rest was asked for
			_, err = io.CopyN(io.Discard, response.Body, out.Written)
		}
		if err == nil {
			_, err = io.Copy(out, io.LimitReader(response.Body, b.Bytes-out.Written+1))
		}
		if out.Err != nil {
			return nil // a disk that is full: fetch explains it
		}
		return network.Innermost(err)
	})
}
