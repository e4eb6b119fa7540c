package awsexport

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/sts"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/platform/network"
	"cloud-intelligence/backend/source"
	"cloud-intelligence/backend/source/awscur"
)

// connection is one bucket as one person signs in to it.
type connection struct {
	settings
	now      func() time.Time
	s3, sts  *network.Lane
	cfg      aws.Config
	identity *sts.Client
	role     *aws.CredentialsCache // nil = none is assumed
	client   *s3.Client
	at       string // region of the client
}

// Usage adds what both lanes did.
func (c *connection) Usage() network.Usage { return c.s3.Usage().Add(c.sts.Usage()) }

// Close does nothing: the door closes what is open.
func (*connection) Close() error { return nil }

// ask runs a call of S3, in the region that S3 names where it is another one.
func (c *connection) ask(ctx context.Context, what call, fn func(ctx context.Context) error) error {
	renewed := false
	return c.s3.Do(ctx, func(ctx context.Context) error {
		err := fn(ctx)
		if region := regionOf(err); region != "" && region != c.at {
			c.use(region)
			err = fn(ctx)
		}
		if c.role != nil && !renewed && ended(err) {
			renewed = true // a role gives a new session; a person would have to
			c.role.Invalidate()
			err = fn(ctx)
		}
		return c.explain(what, err)
	})
}

// object is an entry of the bucket.
type object struct {
	size     int64
	version  string
	modified time.Time
}

const pageKeys = 1000 // the most that S3 takes

// objects lists the bucket below the prefix. It counts the pages.
func (c *connection) objects(ctx context.Context) (all map[string]object, pages int, err error) {
	all = map[string]object{}
	var token *string
	for {
		var page *s3.ListObjectsV2Output
		err := c.ask(ctx, callList, func(ctx context.Context) (err error) {
			page, err = c.client.ListObjectsV2(ctx, &s3.ListObjectsV2Input{Bucket: &c.bucket, Prefix: optional(c.prefix), ContinuationToken: token, MaxKeys: aws.Int32(pageKeys)})
			return err //nolint:wrapcheck // ask explains it
		})
		if err != nil {
			return nil, pages, err
		}
		pages++
		for _, o := range page.Contents {
			all[aws.ToString(o.Key)] = object{aws.ToInt64(o.Size), aws.ToString(o.ETag), aws.ToTime(o.LastModified)}
		}
		if token = page.NextContinuationToken; !aws.ToBool(page.IsTruncated) || token == nil {
			return all, pages, nil
		}
	}
}

// List lists the months that are complete.
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

// settleTime is for how long a part that is newer than its manifest means that AWS is writing. A
// bucket that was copied has such parts for ever.
const settleTime = time.Hour

// complete returns the parts of a month with its manifest last, or why it is not complete.
func (c *connection) complete(ctx context.Context, m manifest, all map[string]object) (list []source.Object, reason string, err error) {
	var text strings.Builder
	err = c.fetch(ctx, m.key, all[m.key], &text)
	if code := finops.CodeOf(err); code == finops.CodeConflict || code == finops.CodeNotFound {
		return nil, "it is being written", nil
	}
	if err != nil {
		return nil, "", err
	}
	parsed, err := awscur.ParseManifest(m.key, []byte(text.String()))
	if err != nil {
		return nil, "its manifest cannot be read", nil //nolint:nilerr // the other months are of use
	}
	for _, key := range parsed.Files {
		key = strings.TrimPrefix(key, "s3://"+c.bucket+"/")
		o, ok := all[key]
		if !ok {
			return nil, "the part " + key + " is missing", nil
		}
		if o.modified.After(all[m.key].modified) && c.now().Sub(o.modified) < settleTime {
			return nil, "it is being written", nil
		}
		list = append(list, source.Object{Key: key, Size: o.size, Version: o.version, DataSet: m.dataSet, Month: m.month})
	}
	o := all[m.key]
	return append(list, source.Object{Key: m.key, Size: o.size, Version: o.version, DataSet: m.dataSet, Month: m.month}), "", nil
}

// Fetch writes an object; what was written before a call failed is not asked for again.
func (c *connection) Fetch(ctx context.Context, o source.Object, w io.Writer) error {
	return c.fetch(ctx, o.Key, object{size: o.Size, version: o.Version}, w)
}

func (c *connection) fetch(ctx context.Context, key string, o object, w io.Writer) error {
	out := &source.Sink{W: w}
	err := c.ask(ctx, callGet, func(ctx context.Context) (err error) {
		in := &s3.GetObjectInput{Bucket: &c.bucket, Key: &key, IfMatch: &o.version}
		if out.Written > 0 {
			in.Range = aws.String(fmt.Sprintf("bytes=%d-", out.Written))
		}
		answer, err := c.client.GetObject(ctx, in)
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
	if err == nil && out.Written != o.size {
		return finops.Errorf(finops.CodeConflict, "%s has another length than S3 listed.", key)
	}
	return err
}
