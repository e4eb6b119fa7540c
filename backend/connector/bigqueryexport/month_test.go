package bigqueryexport_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"cloud-intelligence/backend/connector/bigqueryexport"
	"cloud-intelligence/backend/connector/connectortest"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/source"
	"cloud-intelligence/backend/source/sourcetest"
)

// rows is a month of so many lines.
func rows(n int) string {
	var text strings.Builder
	for i := range n {
		text.WriteString(row("202609", fmt.Sprintf("2026-09-10 05:%02d:%02d UTC", i/60, i%60), fmt.Sprint(i)))
	}
	return text.String()
}

// month is a month that is fetched into one folder by several runs, each with a connection of its own, as after a kill.
type month struct {
	place     sourcetest.Place
	query     *connectortest.BigQuery
	connector bigqueryexport.Connector
	folder    string
	text      string
}

// run fetches September; during is called when its rows are about to be asked for. It returns what it said and what was charged.
func (m *month) run(ctx context.Context, t *testing.T, during func()) (notices []string, charged string, err error) {
	t.Helper()
	reach := m.place.Reach
	reach.Notice = func(text string) { notices = append(notices, text) }
	c := connectortest.Connect(t, m.connector, m.place.Values, reach)
	groups, err := source.Groups(t.Context(), c)
	require.NoError(t, err)
	require.Len(t, groups, 1)
	notices = nil
	during()
	err = groups[0].Fetch(ctx, c, m.folder, func(source.Object) error { return nil })
	paid, ok := c.(source.Charged)
	require.True(t, ok)
	return notices, paid.Charges(), err
}

// begun counts the queries that asked for the rows.
func (m *month) begun() (n int) {
	for _, q := range m.query.Asked() {
		if !q.Dry && strings.HasPrefix(q.SQL, "SELECT *") {
			n++
		}
	}
	return n
}

func (m *month) file(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(m.folder, filepath.FromSlash(sep)))
	require.NoError(t, err)
	return string(text)
}

// left wants nothing beside the file.
func (m *month) left(t *testing.T) {
	t.Helper()
	left, err := os.ReadDir(filepath.Join(m.folder, detailed))
	require.NoError(t, err)
	assert.Len(t, left, 1, "pages go when the month is whole")
}

// TestFetch_KilledAnywhere kills the process at any of the calls for a month, before BigQuery hears of it or after, as often as it likes: the file is
// that of one clean run, one query was begun, and no page that was answered is asked for again.
func TestFetch_KilledAnywhere(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		const lines = 7
		p, query, _ := place(t)
		m := &month{place: p, query: query, folder: t.TempDir(), text: rows(lines)}
		m.place.Values["tables"] = detailed
		query.Put(t, sep, m.text)
		k := &killer{}
		heard, answered := false, map[string]int{}
		proxy := connectortest.NewFaults(t, query.URL, func(q *http.Request) *connectortest.Fault {
			k.mu.Lock()
			defer k.mu.Unlock()
			switch v := q.URL.Query(); {
			case k.call():
				return &connectortest.Fault{Reset: !heard, Cutoff: heard}
			case k.kill != nil && v.Get("maxResults") != "0" && v.Has("maxResults"):
				answered[v.Get("pageToken")]++
			}
			return nil
		})
		m.place.Values["endpoint"] = proxy.URL
		for m.killed(t, r, k, func() { k.at, heard = rapid.IntRange(1, 20).Draw(r, "kill"), rapid.Bool().Draw(r, "heard") }) {
			continue
		}
		k.mu.Lock()
		defer k.mu.Unlock()
		require.Equal(r, m.text, m.file(t))
		m.left(t)
		require.Equal(r, 1, m.begun())
		require.Len(r, answered, lines)
		for token, times := range answered {
			require.Equal(r, 1, times, "page %q", token)
		}
	})
}

var errKilled = errors.New("killed")

// killer kills the process at a call.
type killer struct {
	mu   sync.Mutex
	at   int                     // the call, from the first that is for the rows of the month on
	kill context.CancelCauseFunc // nil = they have not begun
}

// call counts a call, and reports whether it is the one that the process is killed at. The caller holds mu.
func (k *killer) call() bool {
	if k.kill == nil {
		return false
	}
	if k.at--; k.at == 0 {
		k.kill(errKilled)
	}
	return k.at == 0
}

// killed runs once and reports whether that was killed; set says beforehand, with mu held, at which call.
func (m *month) killed(t *testing.T, r *rapid.T, k *killer, set func()) bool {
	t.Helper()
	ctx, cancel := context.WithCancelCause(t.Context())
	defer cancel(nil)
	_, _, err := m.run(ctx, t, func() {
		k.mu.Lock()
		defer k.mu.Unlock()
		set()
		k.kill = cancel
	})
	k.mu.Lock()
	defer k.mu.Unlock()
	k.kill = nil
	if err != nil {
		require.ErrorIs(r, err, errKilled)
	}
	return err != nil
}

// TestFetch_GoesOnWithTheMissingPage says nothing of a charge that was said before, counts none a second time, and begins again when the result of
// the query has gone.
func TestFetch_GoesOnWithTheMissingPage(t *testing.T) {
	p, query, _ := place(t)
	m := &month{place: p, query: query, folder: t.TempDir(), text: rows(4)}
	m.place.Values["tables"] = detailed
	query.Put(t, sep, m.text)
	refuseAt, pages := 3, 0
	proxy := connectortest.NewFaults(t, query.URL, func(r *http.Request) *connectortest.Fault {
		v := r.URL.Query()
		if !strings.Contains(r.URL.Path, "/queries/") || v.Get("maxResults") == "0" || v.Get("timeoutMs") != "" {
			return nil
		}
		if pages++; pages == refuseAt {
			fault := refusal(403, "accessDenied")
			return &fault
		}
		return nil
	})
	m.place.Values["endpoint"] = proxy.URL
	during := func() { pages = 0 }

	notices, charged, err := m.run(t.Context(), t, during)
	assert.Equal(t, finops.CodeDenied, finops.CodeOf(err))
	assert.Equal(t, []string{"BigQuery reads 10.0 MB for Sep 2026 of " + detailed}, notices)
	assert.Equal(t, "20.0 MB read", charged)
	files, _, err := source.Expand(t.Context(), []string{m.folder})
	require.NoError(t, err)
	assert.Empty(t, files, "pages are no bills")

	refuseAt = 2
	notices, charged, err = m.run(t.Context(), t, during)
	assert.Equal(t, finops.CodeDenied, finops.CodeOf(err), "the third page was there by then, the fourth was refused")
	assert.Empty(t, notices)
	assert.Equal(t, "10.0 MB read", charged, "for looking")
	assert.Equal(t, 1, m.begun())

	query.Forget()
	refuseAt = 0
	_, _, err = m.run(t.Context(), t, during)
	assert.Equal(t, finops.CodeConflict, finops.CodeOf(err), "the pages of a result that has gone are of no use")
	_, _, err = m.run(t.Context(), t, during)
	require.NoError(t, err)
	assert.Equal(t, m.text, m.file(t))
	m.left(t)
	assert.Equal(t, 2, m.begun())
}
