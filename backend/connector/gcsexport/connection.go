package gcsexport

import (
	"context"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"cloud-intelligence/backend/connector/googlecloud"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/platform/network"
	"cloud-intelligence/backend/source"
)

// connection is one bucket as one person signs in to it.
type connection struct {
	settings
	now    func() time.Time
	client *googlecloud.Client
	beside source.Beside
}

// Usage says what was called so far.
func (c *connection) Usage() network.Usage { return c.client.Usage().Add(c.beside.Usage()) }

// Close does nothing: the door closes what is open.
func (*connection) Close() error { return nil }

func (c *connection) where() string { return "the bucket " + c.bucket }

// get asks Cloud Storage for a path with a query.
func (c *connection) get(ctx context.Context, call googlecloud.Call, place, path string, query url.Values, prepare func(*http.Request), read googlecloud.Read) error {
	if c.project != "" {
		query.Set("userProject", c.project)
	}
	return c.client.Do(ctx, call, place, func(ctx context.Context) (*http.Request, error) {
		r, err := http.NewRequestWithContext(ctx, http.MethodGet, c.endpoint+"/storage/v1/b/"+url.PathEscape(c.bucket)+path+"?"+query.Encode(), nil)
		if err != nil {
			return nil, fmt.Errorf("make a request: %w", err)
		}
		if prepare != nil {
			prepare(r)
		}
		return r, nil
	}, read)
}

const pageKeys = 1000 // the most that Google gives

// objects lists the bucket below the folder. It counts the pages.
func (c *connection) objects(ctx context.Context) (all map[string]source.Entry, pages int, err error) {
	all = map[string]source.Entry{}
	query := url.Values{"maxResults": {strconv.Itoa(pageKeys)}, "fields": {"items(name,size,generation,crc32c,updated),nextPageToken"}}
	if c.prefix != "" {
		query.Set("prefix", c.prefix)
	}
	for {
		var page struct {
			Items []struct {
				Name       string    `json:"name"`
				Size       string    `json:"size"`
				Generation string    `json:"generation"`
				Checksum   string    `json:"crc32c"`
				Updated    time.Time `json:"updated"`
			} `json:"items"`
			Next string `json:"nextPageToken"`
		}
		err := c.get(ctx, callList, c.where(), "/o", query, nil, googlecloud.JSON(&page))
		switch {
		case finops.CodeOf(err) == finops.CodeNotFound:
			return nil, pages, finops.WrapError(finops.CodeInvalid, err, "There is no bucket %s. Check its name.", c.bucket)
		case err != nil:
			return nil, pages, err
		}
		pages++
		for _, o := range page.Items {
			size, err := strconv.ParseInt(o.Size, 10, 64)
			if err != nil || strings.HasSuffix(o.Name, "/") {
				continue // a folder that the console has made
			}
			all[o.Name] = source.Entry{Size: size, Version: o.Generation + " " + o.Checksum, Modified: o.Updated}
		}
		if page.Next == "" {
			return all, pages, nil
		}
		query.Set("pageToken", page.Next)
	}
}

// List lists the months of which no file is too young, and what is read beside the bills.
func (c *connection) List(ctx context.Context, found func(source.Object) error) error {
	all, _, err := c.objects(ctx)
	if err != nil {
		return err
	}
	for _, m := range c.months(all) {
		if m.writing {
			continue // Test says so; a later sync finds it
		}
		for _, o := range m.objects {
			if err := found(o); err != nil {
				return err
			}
		}
	}
	return c.beside.List(found)
}

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// Fetch writes an object; what was written before a call failed is not asked for again.
func (c *connection) Fetch(ctx context.Context, o source.Object, w io.Writer) error {
	if o.Holds != source.Bills {
		return c.beside.Fetch(ctx, o, w)
	}
	generation, checksum, _ := strings.Cut(o.Version, " ")
	sum := crc32.New(castagnoli)
	out := &source.Sink{W: io.MultiWriter(w, sum)}
	file := "/o/" + url.PathEscape(o.Key)
	ask := func(r *http.Request) {
		r.Header.Set("Accept-Encoding", "gzip") // as it is stored
		if out.Written > 0 {
			r.Header.Set("Range", fmt.Sprintf("bytes=%d-", out.Written))
		}
	}
	read := func(status int, body io.Reader) error {
		if out.Written > 0 && status != http.StatusPartialContent {
			return finops.Errorf(finops.CodeUnavailable, "Cloud Storage does not go on in the middle of a file.")
		}
		_, err := io.Copy(out, body)
		if out.Err == nil && out.Written != o.Size {
			return err //nolint:wrapcheck // the network door explains it
		}
		return nil // a disk that is full is not the network's fault, and nothing to try again; nor is a line that breaks when all is there
	}
	err := out.Whole(func() error {
		return c.get(ctx, callGet, o.Key, file, url.Values{"alt": {"media"}, "generation": {generation}}, ask, read)
	})
	if failed := out.Failed(); failed != nil {
		return failed
	}
	if finops.CodeOf(err) == finops.CodeNotFound && !c.gone(ctx, file, o.Key) {
		return finops.WrapError(finops.CodeConflict, err, "%s was written anew.", o.Key)
	}
	if err != nil {
		return err
	}
	var text [4]byte
	binary.BigEndian.PutUint32(text[:], sum.Sum32())
	if out.Written != o.Size || (checksum != "" && checksum != base64.StdEncoding.EncodeToString(text[:])) {
		return finops.Errorf(finops.CodeConflict, "%s has another length or checksum than Cloud Storage listed.", o.Key)
	}
	return nil
}

// gone distinguishes a file that is no longer there from one that was written anew: to a call for a generation both are
// answered alike.
func (c *connection) gone(ctx context.Context, file, key string) bool {
	err := c.get(ctx, callGet, key, file, url.Values{"fields": {"generation"}}, nil, func(int, io.Reader) error { return nil })
	return finops.CodeOf(err) == finops.CodeNotFound
}
