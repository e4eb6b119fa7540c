package connectortest

import (
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"cloud-intelligence/backend/source"
)

// AtEveryRequest plays a fault at each request in turn of a connection that lists and fetches everything, and wants the same objects each time, byte for
// byte. connect makes a connection to a place that asks plan for each request; fault may do more than answer, such as end all tokens, and nil is no answer.
func AtEveryRequest(t *testing.T, connect func(t *testing.T, plan func(*http.Request) *Fault) source.Connection, fault func(*http.Request) *Fault) {
	t.Helper()
	fetch := func(plan func(*http.Request) *Fault) map[string]string {
		return everything(t, connect(t, plan), func(source.Object) io.Writer { return io.Discard })
	}
	want, played := fetch(nil), 0
	for at, seen := 1, 1; seen >= at; at++ {
		seen = 0
		got := fetch(func(r *http.Request) *Fault {
			if seen++; seen != at {
				return nil
			}
			played++
			return fault(r)
		})
		assert.Equal(t, want, got, "the fault came at request %d", at)
	}
	assert.Greater(t, played, len(want), "there are more requests than objects")
}

// DropsAgain plays a line that breaks behind a few bytes (cut) of each answer with a file, and wants the same objects: each try brings some more. connect is as for
// AtEveryRequest; isFile says that a request is for a file.
func DropsAgain(t *testing.T, connect func(t *testing.T, plan func(*http.Request) *Fault) source.Connection, isFile func(*http.Request) bool, cut int) {
	t.Helper()
	fetch := func(plan func(*http.Request) *Fault) map[string]string {
		return everything(t, connect(t, plan), func(source.Object) io.Writer { return io.Discard })
	}
	broken := map[string]int{}
	got := fetch(func(r *http.Request) *Fault {
		if !isFile(r) {
			return nil
		}
		broken[r.URL.Path]++
		return &Fault{Cutoff: true, Cut: cut}
	})
	assert.Equal(t, fetch(nil), got)
	most := 0
	for _, n := range broken {
		most = max(most, n)
	}
	assert.Greater(t, most, Quick().Tries, "a file takes more tries than a call has")
}

// TwoAPage has a list come in pages of two: name is the parameter of the query that says how many there are on a page.
func TwoAPage(r *http.Request, name string) {
	q := r.URL.Query()
	if q.Has(name) {
		q.Set(name, "2")
		r.URL.RawQuery = q.Encode()
	}
}

// BreaksAtTheEnd has the line break behind the last byte of a file, before it is known that it was the last.
func BreaksAtTheEnd(key string) func(*http.Response) error {
	return func(r *http.Response) error {
		if strings.HasSuffix(r.Request.URL.Path, key) && r.StatusCode < http.StatusMultipleChoices {
			r.ContentLength = -1
			r.Header.Del("Content-Length")
			r.Body = struct {
				io.Reader
				io.Closer
			}{io.MultiReader(r.Body, brokenLine{}), r.Body}
		}
		return nil
	}
}

// brokenLine gives nothing but an error.
type brokenLine struct{}

func (brokenLine) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }
