package azuredetails_test

import (
	"context"
	"errors"
	"io/fs"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/connector/azuredetails"
	"cloud-intelligence/backend/connector/connectortest"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/source"
	"cloud-intelligence/backend/source/sourcetest"
)

// cutting is a month that is fetched by runs which end before they are through.
type cutting struct {
	place  sourcetest.Place
	azure  *connectortest.CostDetails
	folder string // what a run left
}

// crumbs are how many bytes of a part come in one piece: three or four make a part.
const crumbs = 20

func newCutting(t *testing.T) *cutting {
	p, a := place(t)
	a.Crumb = crumbs
	p.Put(t, oct, p.Files[oct])
	return &cutting{p, a, t.TempDir()}
}

// want is how many bytes the parts of the month have together.
func (c *cutting) want() int {
	lines := strings.SplitAfter(c.place.Files[oct], "\n")
	return len(strings.Join(lines[1:], "")) + (len(lines)-2)*len(lines[0]) - 1 // the first part has no end of its line
}

// run fetches the month, and plays a fault at each request for which at says so. With kill the program ends there: only what is on the disk at that moment is left.
func (c *cutting) run(t *testing.T, kill bool, at func(number int, r *http.Request) bool) error {
	ctx, cancel := context.WithCancelCause(t.Context())
	defer cancel(nil)
	killed := errors.New("killed")
	number, left := 0, ""
	c.azure.Fault = func(r *http.Request) *connectortest.Fault {
		if number++; !at(number, r) {
			return nil
		}
		if kill && left == "" {
			left = t.TempDir()
			require.NoError(t, os.CopyFS(left, os.DirFS(c.folder)))
			cancel(killed)
		}
		return &connectortest.Fault{Reset: true}
	}
	connection := connectortest.Connect(t, azuredetails.Connector{}, c.place.Values, c.place.Reach)
	groups, err := source.Groups(ctx, connection)
	if err == nil {
		err = groups[0].Fetch(ctx, connection, c.folder, func(source.Object) error { return nil })
	}
	if left != "" {
		require.ErrorIs(t, err, killed)
		c.folder = left
	}
	return err
}

// ends checks that the file is the one of a run that nothing ended, made of so many reports and bytes, and that no secret was left in between.
func (c *cutting) ends(t *testing.T, reports, bytes int) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(c.folder, filepath.FromSlash(oct)))
	require.NoError(t, err)
	assert.Equal(t, c.place.Files[oct], string(text))
	made, served := c.azure.Made()
	assert.Equal(t, reports, made, "reports")
	assert.Equal(t, bytes, served, "bytes")
}

// keepsNoSecret checks what a run left on the disk.
func (c *cutting) keepsNoSecret(t *testing.T) {
	t.Helper()
	require.NoError(t, filepath.WalkDir(c.folder, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		assert.NotContains(t, string(text), "planted", path)
		return err
	}))
}

// TestFetch_GoesOnAfterAKill ends the program at each request, and wants the next run to end in the file of one run: with one report, and no byte read twice.
func TestFetch_GoesOnAfterAKill(t *testing.T) {
	for k, over := 1, false; !over; k++ {
		c := newCutting(t)
		over = c.run(t, true, func(number int, _ *http.Request) bool { return number == k }) == nil
		c.keepsNoSecret(t)
		if !over {
			require.NoError(t, c.run(t, false, func(int, *http.Request) bool { return false }), k)
		} else {
			assert.Greater(t, k, 15, "requests")
		}
		c.ends(t, 1, c.want())
	}
}

// TestFetch_GoesOnAfterAnyCuts ends runs by kills and by a network that goes away, in any order and anywhere, until one is through.
func TestFetch_GoesOnAfterAnyCuts(t *testing.T) {
	for seed := range uint64(8) {
		r := rand.New(rand.NewPCG(seed, 0)) //nolint:gosec // the same numbers each time
		c := newCutting(t)
		for runs := 0; ; runs++ {
			kill, from := r.IntN(2) == 0, 3+r.IntN(14)
			if c.run(t, kill, func(number int, _ *http.Request) bool { return number >= from }) == nil {
				break
			}
			c.keepsNoSecret(t)
			require.Less(t, runs, 100, "seed %d", seed)
		}
		c.ends(t, 1, c.want())
	}
}

// TestFetch_LinksEnd ends links, and then the operation that gives them, in a run and between two.
func TestFetch_LinksEnd(t *testing.T) {
	inPart := func(r *http.Request) bool { return strings.Contains(r.URL.Path, "/armreports/r0/1") }
	never := func(int, *http.Request) bool { return false }
	t.Run("in a run they are asked for again", func(t *testing.T) {
		c, ended := newCutting(t), false
		require.NoError(t, c.run(t, false, func(_ int, r *http.Request) bool {
			if inPart(r) && r.Header.Get("Range") != "" && !ended {
				ended = true
				c.azure.End(false)
			}
			return false
		}))
		assert.True(t, ended)
		c.ends(t, 1, c.want())
	})
	for name, operations := range map[string]bool{"between runs they are asked for again": false, "with the operation a new report is made": true} {
		t.Run(name, func(t *testing.T) {
			c := newCutting(t)
			require.Error(t, c.run(t, true, func(_ int, r *http.Request) bool { return inPart(r) && r.Header.Get("Range") != "" }))
			_, before := c.azure.Made()
			require.Positive(t, before)
			c.azure.End(operations)
			require.NoError(t, c.run(t, false, never))
			if operations {
				c.ends(t, 2, before+c.want())
			} else {
				c.ends(t, 1, c.want())
			}
		})
	}
	t.Run("a place that sends all of a part in place of its rest is taken", func(t *testing.T) {
		c, sent := newCutting(t), false
		c.azure.Fault = func(r *http.Request) *connectortest.Fault {
			if !inPart(r) || r.Header.Get("Range") == "" {
				return nil
			}
			sent = true
			return &connectortest.Fault{Status: http.StatusOK, Body: header + "2026-10-02,EUR,2.113\n"}
		}
		connection := connectortest.Connect(t, azuredetails.Connector{}, c.place.Values, c.place.Reach)
		text, err := connectortest.Fetch(t, connection, oct)
		require.NoError(t, err)
		assert.True(t, sent)
		assert.Equal(t, c.place.Files[oct], text)
	})
	t.Run("what is whole needs no operation", func(t *testing.T) {
		c := newCutting(t)
		seen := false
		require.Error(t, c.run(t, true, func(_ int, r *http.Request) bool {
			seen = seen || strings.Contains(r.URL.Path, "/armreports/r0/2")
			return seen && strings.HasSuffix(r.URL.Path, "/query")
		}))
		c.azure.End(true)
		require.NoError(t, c.run(t, false, never))
		c.ends(t, 1, c.want())
	})
}

// TestFetch_OtherLength drops what is kept of a part that is not as long as Azure says, and a report that failed or lies where no link may lead.
func TestFetch_OtherLength(t *testing.T) {
	for name, fault := range map[string]struct {
		path, want string
		fault      connectortest.Fault
		code       finops.Code
	}{
		"longer":        {"/armreports/r0/0", "another length", connectortest.Fault{Status: 200, Body: strings.Repeat("x", 1000)}, finops.CodeConflict},
		"shorter":       {"/armreports/r0/0", "another length", connectortest.Fault{Status: 200, Body: "x"}, finops.CodeConflict},
		"failed":        {"/costDetailsOperationResults/r0", "could not make", connectortest.Fault{Status: 200, Body: `{"status":"Failed"}`}, finops.CodeUnavailable},
		"plain HTTP":    {"/costDetailsOperationResults/r0", "another form", connectortest.Fault{Status: 200, Body: `{"status":"Completed","manifest":{"blobs":[{"blobLink":"http://x.example.com/1?sig=planted","byteCount":1}]}}`}, finops.CodeUnavailable},
		"no parts":      {"/costDetailsOperationResults/r0", "another form", connectortest.Fault{Status: 200, Body: `{"status":"Completed"}`}, finops.CodeUnavailable},
		"a signed list": {"/generateCostDetailsReport", "does not keep", connectortest.Fault{}, finops.CodeConflict},
	} {
		t.Run(name, func(t *testing.T) {
			c := newCutting(t)
			play := func(on bool) error {
				c.azure.Fault = func(r *http.Request) *connectortest.Fault {
					if on && strings.Contains(r.URL.Path, fault.path) {
						if fault.fault.Status == 0 { // an operation whose address holds a signature is not kept
							return &connectortest.Fault{Status: 202, Header: map[string]string{"Location": c.azure.URL + "/gone?sig=planted"}}
						}
						return &fault.fault
					}
					return nil
				}
				connection := connectortest.Connect(t, azuredetails.Connector{}, c.place.Values, c.place.Reach)
				groups, err := source.Groups(t.Context(), connection)
				require.NoError(t, err)
				return groups[0].Fetch(t.Context(), connection, c.folder, func(source.Object) error { return nil })
			}
			err := play(true)
			assert.Equal(t, fault.code, finops.CodeOf(err), "%v", err)
			assert.Contains(t, finops.MessageOf(err), fault.want)
			c.keepsNoSecret(t)
			require.NoError(t, play(false))
			text, err := os.ReadFile(filepath.Join(c.folder, filepath.FromSlash(oct)))
			require.NoError(t, err)
			assert.Equal(t, c.place.Files[oct], string(text))
		})
	}
}
