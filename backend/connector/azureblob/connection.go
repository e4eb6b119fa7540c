package azureblob

import (
	"context"
	"errors"
	"io"
	"net/http"
	"time"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore"
	"github.com/Azure/azure-sdk-for-go/sdk/storage/azblob/blob"
	"github.com/Azure/azure-sdk-for-go/sdk/storage/azblob/container"

	"cloud-intelligence/backend/connector/azurecloud"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/platform/network"
	"cloud-intelligence/backend/source"
)

// connection is one container as one person signs in to it.
type connection struct {
	settings
	now     func() time.Time
	blobs   *network.Lane
	api     *container.Client
	session *azurecloud.Session // nil = SAS token or account key
	beside  source.Beside
}

// Usage adds what all lanes did.
func (c *connection) Usage() network.Usage {
	if c.session == nil {
		return c.blobs.Usage()
	}
	return c.blobs.Usage().Add(c.session.Usage()).Add(c.beside.Usage())
}

// Close does nothing: the door closes what is open.
func (*connection) Close() error { return nil }

// ask runs a call of Blob storage. A token that Azure does not accept any more is renewed once.
func (c *connection) ask(ctx context.Context, what call, fn func(ctx context.Context) error) error {
	challenge, refused := "", false
	try := func(ctx context.Context) error {
		err := fn(ctx)
		api, ok := errors.AsType[*azcore.ResponseError](err)
		if refused = ok && c.session != nil && api.StatusCode == http.StatusUnauthorized; refused {
			challenge = api.RawResponse.Header.Get("WWW-Authenticate")
		}
		return c.explain(what, err)
	}
	err := c.blobs.Do(ctx, try)
	if !refused || !c.session.Renew(challenge) {
		return err
	}
	renewed, failed := c.open() // the library of the old one keeps its token
	if failed != nil {
		return failed
	}
	c.api = renewed
	return c.blobs.Do(ctx, try)
}

const pageKeys = 5000 // the most that Azure takes

// objects lists the container below the directory. It counts the pages.
func (c *connection) objects(ctx context.Context) (all map[string]source.Entry, pages int, err error) {
	all = map[string]source.Entry{}
	var marker *string
	for {
		var page container.ListBlobsFlatResponse
		err := c.ask(ctx, callList, func(ctx context.Context) (err error) {
			most := int32(pageKeys)
			page, err = c.api.NewListBlobsFlatPager(&container.ListBlobsFlatOptions{Prefix: optional(c.prefix), Marker: marker, MaxResults: &most}).NextPage(ctx)
			return err //nolint:wrapcheck // ask explains it
		})
		if err != nil {
			return nil, pages, err
		}
		pages++
		for _, b := range page.Segment.BlobItems {
			if b.Name == nil || b.Properties == nil || b.Properties.ContentLength == nil || b.Properties.ETag == nil || b.Properties.LastModified == nil {
				continue // a directory of a hierarchical account
			}
			all[*b.Name] = source.Entry{Size: *b.Properties.ContentLength, Version: string(*b.Properties.ETag), Modified: *b.Properties.LastModified}
		}
		if marker = page.NextMarker; marker == nil || *marker == "" {
			return all, pages, nil
		}
	}
}

func optional(text string) *string {
	if text == "" {
		return nil
	}
	return &text
}

// place is the container as a place with manifests.
func (c *connection) place() *source.Bucket {
	return &source.Bucket{Exports: c.exports, Now: c.now, List: c.objects, Fetch: c.fetch, Manifest: manifestOf, Files: filesOf}
}

// List lists the months of which every period is complete, and what is read beside the bills.
func (c *connection) List(ctx context.Context, found func(source.Object) error) error {
	if err := c.place().Each(ctx, found); err != nil {
		return err
	}
	return c.beside.List(found)
}

// gone distinguishes a blob that is no longer there from one that has changed: to a call with a condition both are
// answered alike.
func (c *connection) gone(ctx context.Context, key string) bool {
	err := c.ask(ctx, callGet, func(ctx context.Context) error {
		_, err := c.api.NewBlobClient(key).GetProperties(ctx, nil)
		return err //nolint:wrapcheck // ask explains it
	})
	return finops.CodeOf(err) == finops.CodeNotFound
}

// Fetch writes an object; what was written before a call failed is not asked for again.
func (c *connection) Fetch(ctx context.Context, o source.Object, w io.Writer) error {
	if o.Holds != source.Bills {
		return c.beside.Fetch(ctx, o, w)
	}
	return c.fetch(ctx, o.Key, source.Entry{Size: o.Size, Version: o.Version}, w)
}

func (c *connection) fetch(ctx context.Context, key string, o source.Entry, w io.Writer) error {
	out := &source.Sink{W: w}
	etag := azcore.ETag(o.Version)
	read := func(ctx context.Context) (err error) {
		opts := &blob.DownloadStreamOptions{AccessConditions: &blob.AccessConditions{ModifiedAccessConditions: &blob.ModifiedAccessConditions{IfMatch: &etag}}}
		if out.Written > 0 {
			opts.Range = blob.HTTPRange{Offset: out.Written}
		}
		answer, err := c.api.NewBlobClient(key).DownloadStream(ctx, opts)
		if err != nil {
			return err //nolint:wrapcheck // ask explains it
		}
		defer func() { err = errors.Join(err, answer.Body.Close()) }()
		if _, err = io.Copy(out, answer.Body); out.Err != nil || (out.Written == o.Size && finops.CodeOf(err) == finops.CodeUnavailable) {
			return nil // a disk that is full is not the network's fault, and nothing to try again; nor is a line that breaks when all is there
		}
		return err //nolint:wrapcheck // ask explains it
	}
	err := out.Whole(func() error { return c.ask(ctx, callGet, read) })
	if err := out.Failed(); err != nil {
		return err
	}
	if finops.CodeOf(err) == finops.CodeConflict && c.gone(ctx, key) {
		return finops.WrapError(finops.CodeNotFound, err, "Azure has removed a file of this export.")
	}
	if err == nil && out.Written != o.Size {
		return finops.Errorf(finops.CodeConflict, "%s has another length than Azure listed.", key)
	}
	return err
}
