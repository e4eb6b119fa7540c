package sourcetest

import (
	"context"
	"errors"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/source"
)

// Place is a place that a connector reaches, which the suite fills with files.
type Place struct {
	Values map[string]string // for Connect
	Reach  source.Reach
	Files  map[string]string // what the suite puts, by key; all of them must be listed
	Later  map[string]string // what it puts then: other contents of some of them, and new ones; all must be listed
	Change string            // a key of Files of which Later has another content
	Gone   string            // a key of Files that is taken away; then it must be the only one that is not listed
	// Put makes files, in the order of their names, or gives them other contents; Remove takes one away.
	Put    func(t *testing.T, key, content string)
	Remove func(t *testing.T, key string)
}

// RunConnector checks c against the contract of source.Connector, with a new and empty place
// for each test.
func RunConnector(t *testing.T, c source.Connector, empty func(*testing.T) Place) {
	t.Run("declares its options", func(t *testing.T) { declares(t, c, empty(t)) })
	t.Run("lists and fetches what is there", func(t *testing.T) { fetches(t, c, empty(t)) })
	t.Run("distinguishes states", func(t *testing.T) { states(t, c, empty(t)) })
	t.Run("goes on after a fault at any file", func(t *testing.T) { goesOn(t, c, empty(t)) })
	t.Run("refuses a file that changed or went", func(t *testing.T) { refuses(t, c, empty(t)) })
	t.Run("can be cancelled", func(t *testing.T) { cancels(t, c, empty(t)) })
}

func connect(t *testing.T, c source.Connector, p Place) source.Connection {
	t.Helper()
	connection, err := c.Connect(p.Values, p.Reach)
	require.NoError(t, err)
	t.Cleanup(func() {
		assert.NoError(t, connection.Close())
		assert.NoError(t, connection.Close(), "closing twice must be no error")
	})
	return connection
}

func declares(t *testing.T, c source.Connector, p Place) {
	require.NotEmpty(t, c.Name())
	require.NotEmpty(t, c.Label())
	for _, p := range c.Policies(p.Values) {
		assert.NotEmpty(t, p.Name)
		assert.Contains(t, []string{"json", "terraform"}, p.Form)
		assert.NotEmpty(t, p.Text)
	}
	seen := map[string]bool{}
	for _, o := range c.Options() {
		assert.NotEmpty(t, o.Label)
		assert.NotEmpty(t, o.Help)
		assert.False(t, seen[o.Name], "option %s twice", o.Name)
		seen[o.Name] = true
		if !o.Required {
			continue
		}
		less := map[string]string{}
		for name, value := range p.Values {
			if name != o.Name {
				less[name] = value
			}
		}
		_, err := c.Connect(less, p.Reach)
		assert.Equal(t, finops.CodeInvalid, finops.CodeOf(err))
		assert.Contains(t, finops.MessageOf(err), o.Label)
	}
	more := map[string]string{"no such option": "x"}
	for name, value := range p.Values {
		require.True(t, seen[name], "a value for %s, which is not declared", name)
		more[name] = value
	}
	_, err := c.Connect(more, p.Reach)
	assert.Equal(t, finops.CodeInvalid, finops.CodeOf(err))
}

func put(t *testing.T, p Place, files map[string]string) {
	t.Helper()
	for _, key := range slices.Sorted(maps.Keys(files)) {
		p.Put(t, key, files[key])
	}
}

func fetches(t *testing.T, c source.Connector, p Place) {
	connection := connect(t, c, p)
	put(t, p, p.Files)
	steps := connection.Test(t.Context())
	require.NotEmpty(t, steps)
	for _, s := range steps {
		assert.True(t, s.OK, "%s: %s", s.Name, s.Detail)
		assert.NotEmpty(t, s.Detail)
	}
	found := map[string]source.Object{}
	require.NoError(t, connection.List(t.Context(), func(o source.Object) error {
		assert.NotContains(t, found, o.Key, "each key once")
		assert.NotEmpty(t, o.Version)
		found[o.Key] = o
		return nil
	}))
	require.Len(t, found, len(p.Files))
	for key, content := range p.Files {
		if found[key].Size != -1 {
			assert.EqualValues(t, len(content), found[key].Size, key)
		}
	}
	assert.Equal(t, p.Files, fetch(t, connection, nil))
	stop := errors.New("stop")
	assert.ErrorIs(t, connection.List(t.Context(), func(source.Object) error { return stop }), stop)
}

// fetch returns what the groups have whose states are not known, by key; their states are known then.
func fetch(t *testing.T, connection source.Connection, known map[string]bool) map[string]string {
	t.Helper()
	groups, err := source.Groups(t.Context(), connection)
	require.NoError(t, err)
	got := map[string]string{}
	for _, g := range groups {
		if known[g.State()] {
			continue
		}
		dir := t.TempDir()
		require.NoError(t, g.Fetch(t.Context(), connection, dir, func(o source.Object) error {
			text, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(o.Key)))
			require.NoError(t, err)
			got[o.Key] = string(text)
			return nil
		}))
		if known != nil {
			known[g.State()] = true
		}
	}
	return got
}

func states(t *testing.T, c source.Connector, p Place) {
	connection := connect(t, c, p)
	put(t, p, p.Files)
	known := map[string]bool{}
	assert.Len(t, fetch(t, connection, known), len(p.Files))
	assert.Empty(t, fetch(t, connection, known), "nothing is new")
	p.Remove(t, p.Gone)
	put(t, p, p.Later)
	got := fetch(t, connection, known)
	for key, content := range p.Later {
		assert.Equal(t, content, got[key], key)
	}
	assert.NotContains(t, got, p.Gone)
	assert.Empty(t, fetch(t, connection, known), "nothing is new")
}

// goesOn stops behind each number of files, and wants every file fetched once.
func goesOn(t *testing.T, c source.Connector, p Place) {
	connection := connect(t, c, p)
	put(t, p, p.Files)
	groups, err := source.Groups(t.Context(), connection)
	require.NoError(t, err)
	stop := errors.New("stop")
	for _, g := range groups {
		for most := range len(g.Objects) {
			counting, dir, seen := &counter{Connection: connection}, t.TempDir(), 0
			err := g.Fetch(t.Context(), counting, dir, func(source.Object) error {
				if seen++; seen > most {
					return stop
				}
				return nil
			})
			require.ErrorIs(t, err, stop)
			require.NoError(t, g.Fetch(t.Context(), counting, dir, func(source.Object) error { return nil }))
			assert.Equal(t, len(g.Objects), counting.fetched)
			left, err := filepath.Glob(filepath.Join(dir, "*", ".fetch-*"))
			require.NoError(t, err)
			assert.Empty(t, left)
		}
	}
}

// counter counts what is fetched.
type counter struct {
	source.Connection
	fetched int
}

func (c *counter) Fetch(ctx context.Context, o source.Object, w io.Writer) error {
	c.fetched++
	return c.Connection.Fetch(ctx, o, w)
}

func refuses(t *testing.T, c source.Connector, p Place) {
	connection := connect(t, c, p)
	put(t, p, p.Files)
	found := map[string]source.Object{}
	require.NoError(t, connection.List(t.Context(), func(o source.Object) error { found[o.Key] = o; return nil }))
	p.Put(t, p.Change, p.Later[p.Change])
	p.Remove(t, p.Gone)
	sink := filepath.Join(t.TempDir(), "sink")
	f, err := os.Create(sink)
	require.NoError(t, err)
	defer func() { require.NoError(t, f.Close()) }()
	assert.Equal(t, finops.CodeConflict, finops.CodeOf(connection.Fetch(t.Context(), found[p.Change], f)))
	assert.Equal(t, finops.CodeNotFound, finops.CodeOf(connection.Fetch(t.Context(), found[p.Gone], f)))
}

func cancels(t *testing.T, c source.Connector, p Place) {
	connection := connect(t, c, p)
	put(t, p, p.Files)
	var first source.Object
	require.NoError(t, connection.List(t.Context(), func(o source.Object) error {
		if o.Key == p.Change {
			first = o
		}
		return nil
	}))
	stop := errors.New("stopped")
	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(stop)
	assert.ErrorIs(t, connection.List(ctx, func(source.Object) error { return nil }), stop)
	f, err := os.Create(filepath.Join(t.TempDir(), "sink"))
	require.NoError(t, err)
	defer func() { require.NoError(t, f.Close()) }()
	assert.ErrorIs(t, connection.Fetch(ctx, first, f), stop)
}
