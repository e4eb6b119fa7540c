package bigqueryexport_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"connectrpc.com/connect"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"google.golang.org/genproto/googleapis/rpc/errdetails"
	"pgregory.net/rapid"

	"cloud-intelligence/backend/connector/bigqueryexport"
	"cloud-intelligence/backend/connector/connectortest"
	"cloud-intelligence/backend/platform/network"
	"cloud-intelligence/backend/source"
	"cloud-intelligence/backend/source/sourcetest"
)

// reads has a place read by the Storage Read API, too.
func reads(t *testing.T, p *sourcetest.Place, query *connectortest.BigQuery) *connectortest.BigQueryRead {
	t.Helper()
	read := query.Read(t)
	p.Values["storage_endpoint"] = read.URL
	p.Reach = connectortest.ReachBy(t, network.Settings{CAFile: read.CAFile})
	return read
}

// TestConnector_ConformanceBySessions is the same where the Storage Read API is allowed, and where it is refused.
func TestConnector_ConformanceBySessions(t *testing.T) {
	for name, refuse := range map[string]func(connectortest.BigQueryReadAsked) error{
		"Allowed": nil,
		"NoSession": func(connectortest.BigQueryReadAsked) error {
			return connect.NewError(connect.CodePermissionDenied, nil)
		},
		"NoRows": func(asked connectortest.BigQueryReadAsked) error {
			if asked.Stream == "" {
				return nil
			}
			return connect.NewError(connect.CodePermissionDenied, nil)
		},
	} {
		t.Run(name, func(t *testing.T) {
			sourcetest.RunConnector(t, bigqueryexport.Paged(1), func(t *testing.T) sourcetest.Place {
				p, query, _ := place(t)
				reads(t, &p, query).Refuse = refuse
				return p
			})
		})
	}
}

// code refuses every call, or only those for rows.
func code(c connect.Code, rowsOnly bool) func(connectortest.BigQueryReadAsked) error {
	return func(asked connectortest.BigQueryReadAsked) error {
		if rowsOnly && asked.Stream == "" {
			return nil
		}
		return connect.NewError(c, errors.New("bigquery.readsessions.create denied on projects/acme-pays"))
	}
}

// TestStorage reads a month by one session, whose calls are counted and whose host is named; the test of the connection says so.
func TestStorage(t *testing.T) {
	p, query, _ := place(t)
	read := reads(t, &p, query)
	query.Put(t, sep, rows(7))
	p.Values["tables"] = detailed
	var notices []string
	p.Reach.Notice = func(text string) { notices = append(notices, text) }
	c := connectortest.Connect(t, bigqueryexport.Paged(6), p.Values, p.Reach)
	steps := c.Test(t.Context())
	assert.Equal(t, source.Step{Name: "How large months are read", OK: true, Detail: "Months of more than 6 lines are read by the BigQuery Storage Read API (" + read.URL + "), which has a price of its own beyond a free amount a month."}, steps[5])
	before, pages := len(read.Asked()), c.Usage().Calls
	text, err := connectortest.Fetch(t, c, sep)
	require.NoError(t, err)
	assert.Equal(t, rows(7), text)
	assert.Equal(t, []connectortest.BigQueryReadAsked{{}, {Stream: "projects/acme-pays/locations/eu/sessions/s1/streams/1", Sent: 7}}, read.Asked()[before:])
	assert.EqualValues(t, 9+6+2, c.Usage().Calls-pages, "to look for months, for the query and where its result is, and to read that")
	require.Len(t, notices, 3)
	assert.Equal(t, []string{"BigQuery reads 10.0 MB for Sep 2026 of " + detailed, "The BigQuery Storage Read API reads about 7.0 KB of the result"}, notices[1:])
	charged, ok := c.(source.Charged)
	require.True(t, ok)
	assert.Equal(t, "30.0 MB read, 0.6 KB given by the Storage Read API", charged.Charges())
	contacts := p.Reach.Door.TakeContacts()
	at := slices.IndexFunc(contacts, func(c network.Contact) bool { return c.Purpose == "BigQuery Storage Read API: bills of Test" })
	require.GreaterOrEqual(t, at, 0)
	assert.Equal(t, strings.TrimPrefix(read.URL, "https://"), contacts[at].Host)
	assert.EqualValues(t, 4, contacts[at].Calls)
	assert.Positive(t, contacts[at].Sent)
	assert.Greater(t, contacts[at].Received, int64(len(text)/4))

	small, err := connectortest.Fetch(t, connectortest.Connect(t, bigqueryexport.Paged(7), p.Values, p.Reach), sep)
	require.NoError(t, err)
	assert.Equal(t, text, small)
	assert.Len(t, read.Asked(), before+2, "a result of one page needs no session")
}

// TestStorage_Refused reads page by page whatever keeps sessions from being used, says it once, and does not try again before the next run.
func TestStorage_Refused(t *testing.T) {
	old := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusHTTPVersionNotSupported) }))
	old.StartTLS() // HTTP/1.1 only, as behind some proxies
	defer old.Close()
	disabled := connect.NewError(connect.CodePermissionDenied, errors.New("the API has not been used in project 1 before or it is disabled"))
	detail, err := connect.NewErrorDetail(&errdetails.ErrorInfo{Reason: "SERVICE_DISABLED", Domain: "googleapis.com"})
	require.NoError(t, err)
	disabled.AddDetail(detail)
	const missing = "The permission bigquery.readsessions.create is missing for the project acme-pays: give the role BigQuery Read Session User."
	for name, c := range map[string]struct {
		refuse   func(connectortest.BigQueryReadAsked) error
		endpoint string
		says     string
		calls    int // to begin sessions and to read them; 0 = they do not arrive
	}{
		"NoPermission":  {code(connect.CodePermissionDenied, false), "", missing, 1},
		"NoRows":        {code(connect.CodePermissionDenied, true), "", missing, 2},
		"Disabled":      {func(connectortest.BigQueryReadAsked) error { return disabled }, "", "An API is switched off in the project.", 1},
		"Unimplemented": {code(connect.CodeUnimplemented, false), "", "There is no Storage Read API at this address.", 1},
		"Down":          {code(connect.CodeUnavailable, false), "", "Google Cloud has a fault of its own", 6},
		"RowsDown":      {code(connect.CodeInternal, true), "", "Google Cloud has a fault of its own", 7},
		"RowsGone":      {code(connect.CodeNotFound, true), "", "Google Cloud", 6},
		"OldHTTP":       {nil, old.URL, "127.0.0.1 does not answer over HTTP/2, which some proxies do not let through.", 0},
		"NoHost":        {nil, "https://127.0.0.1:1", "does not answer", 0},
		"NotTrusted":    {nil, "", "The certificate of 127.0.0.1 is not trusted.", 0},
	} {
		t.Run(name, func(t *testing.T) {
			p, query, _ := place(t)
			read := reads(t, &p, query)
			read.Refuse = c.refuse
			if name == "NotTrusted" {
				p.Reach = connectortest.Reach(t)
			}
			if c.endpoint != "" {
				p.Values["storage_endpoint"] = c.endpoint
			}
			put(t, p)
			query.Put(t, oct, rows(3)[:0]+p.Later[oct])
			var notices []string
			p.Reach.Notice = func(text string) {
				if !strings.Contains(text, " reads ") {
					notices = append(notices, text)
				}
			}
			con := connectortest.Connect(t, bigqueryexport.Paged(1), p.Values, p.Reach)
			for key, want := range map[string]string{sep: p.Files[sep], oct: p.Later[oct]} {
				text, err := connectortest.Fetch(t, con, key)
				require.NoError(t, err)
				assert.Equal(t, want, text)
			}
			require.Len(t, notices, 1)
			assert.Contains(t, notices[0], "Large months were read page by page, which takes longer: the BigQuery Storage Read API cannot be used. ")
			noting, ok := con.(source.Noting)
			require.True(t, ok)
			assert.Equal(t, notices[0], noting.Note())
			assert.Contains(t, notices[0], c.says)
			assert.Len(t, read.Asked(), c.calls)
			steps := connectortest.Connect(t, bigqueryexport.Paged(1), p.Values, p.Reach).Test(t.Context())
			require.Len(t, steps, 7)
			assert.True(t, steps[5].OK)
			assert.Contains(t, steps[5].Detail, "Page by page, which takes longer: the BigQuery Storage Read API cannot be used. ")
			assert.Contains(t, steps[5].Detail, c.says)
		})
	}
}

// TestStorage_TokenEnded renews the sign-in, also in the middle of a stream.
func TestStorage_TokenEnded(t *testing.T) {
	p, query, signIn := place(t)
	read := reads(t, &p, query)
	query.Put(t, sep, rows(7))
	p.Values["tables"] = detailed
	read.Break = func(asked connectortest.BigQueryReadAsked) int {
		signIn.End()
		return 2
	}
	text, err := connectortest.Fetch(t, connectortest.Connect(t, bigqueryexport.Paged(6), p.Values, p.Reach), sep)
	require.NoError(t, err)
	assert.Equal(t, rows(7), text)
}

// TestStorage_Broken breaks the stream again and again: every row is sent once.
func TestStorage_Broken(t *testing.T) {
	p, query, _ := place(t)
	read := reads(t, &p, query)
	query.Put(t, sep, rows(50))
	p.Values["tables"] = detailed
	breaks := []int{0, 3, 0, 7, 2, 2, 2, 2, 2, 2, 2, 2, 2, 0, 0, 11}
	read.Break = func(connectortest.BigQueryReadAsked) int {
		if len(breaks) == 0 {
			return -1
		}
		n := breaks[0]
		breaks = breaks[1:]
		return n
	}
	m := &month{place: p, query: query, connector: bigqueryexport.Paged(6), folder: t.TempDir(), text: rows(50)}
	notices, _, err := m.run(t.Context(), t, func() {})
	require.NoError(t, err)
	assert.Equal(t, m.text, m.file(t))
	m.left(t)
	assert.Len(t, notices, 2, "what the query and the session read")
	sent, sessions := 0, 0
	for _, asked := range read.Asked() {
		if asked.Stream == "" {
			sessions++
			continue
		}
		assert.EqualValues(t, sent, asked.Offset)
		sent += asked.Sent
	}
	assert.Equal(t, 50, sent)
	assert.Equal(t, 1, sessions)
}

// TestStorage_KilledAnywhere kills the process at any call, breaks streams, ends sessions and refuses what was allowed before: the file has each row
// once, one query was begun, and what was kept is asked for again only when the way of reading has changed.
func TestStorage_KilledAnywhere(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		const lines = 17
		p, query, _ := place(t)
		read := reads(t, &p, query)
		read.BlockRows, read.Turn = rapid.SampledFrom([]int{1, 2, 3, 4, 15}).Draw(r, "block"), rapid.Bool().Draw(r, "turn")
		m := &month{place: p, query: query, connector: bigqueryexport.Paged(3), folder: t.TempDir(), text: rows(lines)}
		m.place.Values["tables"] = detailed
		query.PageRows = 3
		query.Put(t, sep, m.text)
		k := &killer{}
		refused, breakAt, changes := false, -1, 0
		read.Refuse = func(connectortest.BigQueryReadAsked) error {
			k.mu.Lock()
			defer k.mu.Unlock()
			if k.call() {
				return connect.NewError(connect.CodeUnavailable, errKilled)
			}
			if refused {
				return connect.NewError(connect.CodePermissionDenied, errKilled)
			}
			return nil
		}
		read.Break = func(connectortest.BigQueryReadAsked) int {
			k.mu.Lock()
			defer k.mu.Unlock()
			n := breakAt
			breakAt = -1
			return n
		}
		proxy := connectortest.NewFaults(t, query.URL, func(*http.Request) *connectortest.Fault {
			k.mu.Lock()
			defer k.mu.Unlock()
			if k.call() {
				return &connectortest.Fault{Reset: true}
			}
			return nil
		})
		m.place.Values["endpoint"] = proxy.URL
		set := func() {
			k.at = rapid.IntRange(1, 14).Draw(r, "kill")
			breakAt = rapid.IntRange(-1, lines).Draw(r, "break")
			if rapid.IntRange(0, 3).Draw(r, "refuse") == 0 {
				if refused = !refused; refused {
					changes++
				}
			}
		}
		for m.killed(t, r, k, set) {
			if rapid.IntRange(0, 4).Draw(r, "end") == 0 {
				read.End()
				changes++
			}
		}
		got, want := strings.SplitAfter(m.file(t), "\n"), strings.SplitAfter(m.text, "\n")
		if !read.Turn {
			require.Equal(r, want, got)
		}
		slices.Sort(got)
		slices.Sort(want)
		require.Equal(r, want, got)
		m.left(t)
		require.Equal(r, 1, m.begun())
		next := int64(0)
		for _, asked := range read.Asked() {
			if asked.Stream != "" && changes == 0 {
				require.GreaterOrEqual(r, asked.Offset, next)
				next = asked.Offset
			}
		}
	})
}

// TestStorage_AfterEnd begins the rows again when a session has ended, and no query.
func TestStorage_AfterEnd(t *testing.T) {
	p, query, _ := place(t)
	read := reads(t, &p, query)
	read.Turn = true
	m := &month{place: p, query: query, connector: bigqueryexport.Paged(3), folder: t.TempDir(), text: rows(8)}
	m.place.Values["tables"] = detailed
	query.Put(t, sep, m.text)
	ctx, cancel := context.WithCancelCause(t.Context())
	read.Break = func(asked connectortest.BigQueryReadAsked) int {
		if asked.Offset > 0 {
			cancel(errKilled)
			return 0
		}
		return 4
	}
	_, _, err := m.run(ctx, t, func() {})
	require.ErrorIs(t, err, errKilled)
	read.Break = nil
	read.End()
	notices, _, err := m.run(t.Context(), t, func() {})
	require.NoError(t, err)
	assert.Equal(t, []string{"The BigQuery Storage Read API reads about 8.0 KB of the result"}, notices)
	lines := strings.SplitAfter(m.text, "\n")
	assert.Equal(t, strings.Join(append(lines[1:8:8], lines[0]), ""), m.file(t), "all of it from the second session")
	m.left(t)
	assert.Equal(t, 1, m.begun())
}

// TestStorage_NotAtTheEndpoint does not call the public host where BigQuery has an endpoint of its own.
func TestStorage_NotAtTheEndpoint(t *testing.T) {
	p, query, _ := place(t)
	query.Put(t, sep, rows(3))
	p.Values["tables"] = detailed
	c := connectortest.Connect(t, bigqueryexport.Paged(1), p.Values, p.Reach)
	steps := c.Test(t.Context())
	assert.Equal(t, "Page by page. Enter the Storage Read API endpoint, too, to have them read by the BigQuery Storage Read API, which is quicker.", steps[5].Detail)
	text, err := connectortest.Fetch(t, c, sep)
	require.NoError(t, err)
	assert.Equal(t, rows(3), text)
	for _, contact := range p.Reach.Door.TakeContacts() {
		assert.NotContains(t, contact.Purpose, "Storage Read API")
	}
}
