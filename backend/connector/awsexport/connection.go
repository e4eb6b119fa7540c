package awsexport

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"

	"cloud-intelligence/backend/connector/awscloud"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/platform/network"
	"cloud-intelligence/backend/source"
)

// connection is one bucket as one person signs in to it.
type connection struct {
	settings
	s3      *network.Lane
	session *awscloud.Session
	beside  source.Beside
	client  *s3.Client
	at      string // region of the client
}

// Usage adds what all lanes did.
func (c *connection) Usage() network.Usage {
	return c.s3.Usage().Add(c.session.Usage()).Add(c.beside.Usage())
}

// Charges says what is charged for what is read beside the bills.
func (c *connection) Charges() string { return c.beside.Charges() }

// Close does nothing: the door closes what is open.
func (*connection) Close() error { return nil }

// ask runs a call of S3, in the region that S3 names where it is another one.
func (c *connection) ask(ctx context.Context, what awscloud.Call, fn func(ctx context.Context) error) error {
	renewed := false
	return c.s3.Do(ctx, func(ctx context.Context) error {
		err := fn(ctx)
		if region := regionOf(err); region != "" && region != c.at {
			c.use(region)
			err = fn(ctx)
		}
		if !renewed && c.session.Renewed(err) {
			renewed = true
			err = fn(ctx)
		}
		return c.explain(what, err)
	})
}

const pageKeys = 1000 // the most that S3 takes

// objects lists the bucket below the prefix. It counts the pages.
func (c *connection) objects(ctx context.Context) (all map[string]source.Entry, pages int, err error) {
	all = map[string]source.Entry{}
	var token *string
	for {
		var page *s3.ListObjectsV2Output
		err := c.ask(ctx, c.callList(), func(ctx context.Context) (err error) {
			page, err = c.client.ListObjectsV2(ctx, &s3.ListObjectsV2Input{Bucket: &c.bucket, Prefix: awscloud.Optional(c.prefix), ContinuationToken: token, MaxKeys: aws.Int32(pageKeys)})
			return err //nolint:wrapcheck // ask explains it
		})
		if err != nil {
			return nil, pages, err
		}
		pages++
		for _, o := range page.Contents {
			all[aws.ToString(o.Key)] = source.Entry{Size: aws.ToInt64(o.Size), Version: aws.ToString(o.ETag), Modified: aws.ToTime(o.LastModified)}
		}
		if token = page.NextContinuationToken; !aws.ToBool(page.IsTruncated) || token == nil {
			return all, pages, nil
		}
	}
}

// place is the bucket as a place with manifests.
func (c *connection) place() *source.Bucket {
	return &source.Bucket{Exports: c.exports, Now: c.session.Now, List: c.objects, Fetch: c.fetch, Manifest: manifestOf, Prefer: upper, Files: c.filesOf}
}

// List lists the months that are complete, and what is read beside the bills.
func (c *connection) List(ctx context.Context, found func(source.Object) error) error {
	if err := c.place().Each(ctx, found); err != nil {
		return err
	}
	return c.beside.List(found)
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
	read := func(ctx context.Context) (err error) {
		in := &s3.GetObjectInput{Bucket: &c.bucket, Key: &key, IfMatch: &o.Version}
		if out.Written > 0 {
			in.Range = aws.String(fmt.Sprintf("bytes=%d-", out.Written))
		}
		answer, err := c.client.GetObject(ctx, in)
		if err != nil {
			return err //nolint:wrapcheck // ask explains it
		}
		defer func() { err = errors.Join(err, answer.Body.Close()) }()
		if _, err = io.Copy(out, answer.Body); out.Err != nil || (out.Written == o.Size && finops.CodeOf(err) == finops.CodeUnavailable) {
			return nil // a disk that is full is not the network's fault, and nothing to try again; nor is a line that breaks when all is there
		}
		return err //nolint:wrapcheck // ask explains it
	}
	err := out.Whole(func() error { return c.ask(ctx, c.callGet(), read) })
	if err := out.Failed(); err != nil {
		return err
	}
	if err == nil && out.Written != o.Size {
		return finops.Errorf(finops.CodeConflict, "%s has another length than S3 listed.", key)
	}
	return err
}
