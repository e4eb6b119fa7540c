package azureblob

import (
	"context"
	"errors"
	"io"
	"strings"
	"time"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore"
	"github.com/Azure/azure-sdk-for-go/sdk/storage/azblob/blob"
	"github.com/Azure/azure-sdk-for-go/sdk/storage/azblob/container"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/platform/network"
	"cloud-intelligence/backend/source"
)

// connection is one container as one person signs in to it.
type connection struct {
	settings
	now          func() time.Time
	blobs, entra *network.Lane
	api          *container.Client
	token        azcore.TokenCredential // nil = SAS token or account key
}

// Usage adds what both lanes did.
func (c *connection) Usage() network.Usage { return c.blobs.Usage().Add(c.entra.Usage()) }

// Close does nothing: the door closes what is open.
func (*connection) Close() error { return nil }

// ask runs a call of Blob storage.
func (c *connection) ask(ctx context.Context, what call, fn func(ctx context.Context) error) error {
	return c.blobs.Do(ctx, func(ctx context.Context) error { return c.explain(what, fn(ctx)) })
}

// object is an entry of the container.
type object struct {
	size     int64
	version  string
	modified time.Time
}

const pageKeys = 5000 // the most that Azure takes

// objects lists the container below the directory. It counts the pages.
func (c *connection) objects(ctx context.Context) (all map[string]object, pages int, err error) {
	all = map[string]object{}
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
			all[*b.Name] = object{*b.Properties.ContentLength, string(*b.Properties.ETag), *b.Properties.LastModified}
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

// List lists the months of which every period is complete.
func (c *connection) List(ctx context.Context, found func(source.Object) error) error {
	all, _, err := c.objects(ctx)
	if err != nil {
		return err
	}
	for _, m := range c.manifests(all) {
		objects, reason, err := c.complete(ctx, m, all)
		if err != nil {
			return err
		}
		if reason != "" {
			continue // Test says so; the next run finds it complete
		}
		for _, o := range objects {
			if err := found(o); err != nil {
				return err
			}
		}
	}
	return nil
}

// settleTime is for how long a file that is newer than its manifest means that Azure is writing. A
// container that was copied has such files for ever.
const settleTime = time.Hour

// complete returns the files of a run with its manifest last, or why it is not complete.
func (c *connection) complete(ctx context.Context, m manifest, all map[string]object) (list []source.Object, reason string, err error) {
	var text strings.Builder
	err = c.fetch(ctx, m.key, all[m.key], &text)
	if code := finops.CodeOf(err); code == finops.CodeConflict || code == finops.CodeNotFound {
		return nil, "it is being written", nil
	}
	if err != nil {
		return nil, "", err
	}
	keys, ok := filesOf(m.key, []byte(text.String()))
	if !ok {
		return nil, "its manifest names no files", nil
	}
	for _, key := range keys {
		o, ok := all[key]
		if !ok {
			return nil, "the file " + key + " is missing", nil
		}
		if o.modified.After(all[m.key].modified) && c.now().Sub(o.modified) < settleTime {
			return nil, "it is being written", nil
		}
		list = append(list, source.Object{Key: key, Size: o.size, Version: o.version, DataSet: m.dataSet, Month: m.month})
	}
	o := all[m.key]
	return append(list, source.Object{Key: m.key, Size: o.size, Version: o.version, DataSet: m.dataSet, Month: m.month}), "", nil
}

// gone tells a blob that is no longer there from one that has changed: to a call with a condition both are
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
	return c.fetch(ctx, o.Key, object{size: o.Size, version: o.Version}, w)
}

func (c *connection) fetch(ctx context.Context, key string, o object, w io.Writer) error {
	out := &source.Sink{W: w}
	etag := azcore.ETag(o.version)
	err := c.ask(ctx, callGet, func(ctx context.Context) (err error) {
		opts := &blob.DownloadStreamOptions{AccessConditions: &blob.AccessConditions{ModifiedAccessConditions: &blob.ModifiedAccessConditions{IfMatch: &etag}}}
		if out.Written > 0 {
			opts.Range = blob.HTTPRange{Offset: out.Written}
		}
		answer, err := c.api.NewBlobClient(key).DownloadStream(ctx, opts)
		if err != nil {
			return err //nolint:wrapcheck // ask explains it
		}
		defer func() { err = errors.Join(err, answer.Body.Close()) }()
		if _, err = io.Copy(out, answer.Body); out.Err != nil {
			return nil // a disk that is full is not the network's fault, and nothing to try again
		}
		return err //nolint:wrapcheck // ask explains it
	})
	if err := out.Failed(); err != nil {
		return err
	}
	if finops.CodeOf(err) == finops.CodeConflict && c.gone(ctx, key) {
		return finops.WrapError(finops.CodeNotFound, err, "Azure has removed a file of this export.")
	}
	if err == nil && out.Written != o.size {
		return finops.Errorf(finops.CodeConflict, "%s has another length than Azure listed.", key)
	}
	return err
}
