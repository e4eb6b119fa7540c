package sourcetest

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/source"
)

// Place is a place that a connector reaches, which the suite fills with files.
type Place struct {
	Values map[string]string // for Connect
	// Put makes a file, or gives one another content; Remove takes it away.
	Put    func(t *testing.T, key, content string)
	Remove func(t *testing.T, key string)
}

// RunConnector checks c against the contract of source.Connector, with a new and empty place
// for each test.
func RunConnector(t *testing.T, c source.Connector, empty func(*testing.T) Place) {
	t.Run("declares its options", func(t *testing.T) { declares(t, c, empty(t)) })
	t.Run("lists and fetches what is there", func(t *testing.T) { fetches(t, c, empty(t)) })
	t.Run("fetches what is new or changed", func(t *testing.T) { increments(t, c, empty(t)) })
	t.Run("goes on after a fault at any file", func(t *testing.T) { goesOn(t, c, empty(t)) })
	t.Run("refuses a file that changed or went", func(t *testing.T) { refuses(t, c, empty(t)) })
	t.Run("can be cancelled", func(t *testing.T) { cancels(t, c, empty(t)) })
}

func connect(t *testing.T, c source.Connector, p Place) source.Connection {
	t.Helper()
	connection, err := c.Connect(p.Values)
	require.NoError(t, err)
	t.Cleanup(func() {
		assert.NoError(t, connection.Close())
		assert.NoError(t, connection.Close(), "closing twice must be no error")
	})
	return connection
}

func declares(t *testing.T, c source.Connector, p Place) {
	require.NotEmpty(t, c.Name())
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
		_, err := c.Connect(less)
		assert.Equal(t, finops.CodeInvalid, finops.CodeOf(err))
		assert.Contains(t, finops.MessageOf(err), o.Label)
	}
	more := map[string]string{"no such option": "x"}
	for name, value := range p.Values {
		require.True(t, seen[name], "a value for %s, which is not declared", name)
		more[name] = value
	}
	_, err := c.Connect(more)
	assert.Equal(t, finops.CodeInvalid, finops.CodeOf(err))
}

// files are what the suite puts: exports with their manifest, in folders, also an empty one.
var files = map[string]string{"a.csv": "x,y\n1,2\n", "2026/10/b.csv.gz": "\x1f\x8b no archive", "2026/10/manifest.json": "{}", "empty.csv": ""}

func fill(t *testing.T, p Place) {
	t.Helper()
	for key, content := range files {
		p.Put(t, key, content)
	}
}

func fetches(t *testing.T, c source.Connector, p Place) {
	connection := connect(t, c, p)
	fill(t, p)
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
	require.Len(t, found, len(files))
	for key, content := range files {
		assert.EqualValues(t, len(content), found[key].Size, key)
	}
	assert.Equal(t, files, fetch(t, connection, source.Checkpoint{}))
	stop := errors.New("stop")
	assert.ErrorIs(t, connection.List(t.Context(), func(source.Object) error { return stop }), stop)
}

// fetch returns what is new since a checkpoint, by key.
func fetch(t *testing.T, connection source.Connection, since source.Checkpoint) map[string]string {
	t.Helper()
	got, dir := map[string]string{}, t.TempDir()
	require.NoError(t, source.FetchNew(t.Context(), connection, since, dir, func(path string) error {
		key, err := filepath.Rel(dir, path)
		require.NoError(t, err)
		text, err := os.ReadFile(path)
		require.NoError(t, err)
		got[filepath.ToSlash(key)] = string(text)
		return nil
	}))
	return got
}

func increments(t *testing.T, c source.Connector, p Place) {
	connection := connect(t, c, p)
	fill(t, p)
	since := source.Checkpoint{}
	assert.Len(t, fetch(t, connection, since), len(files))
	since, err := source.ParseCheckpoint(since.String())
	require.NoError(t, err)
	assert.Empty(t, fetch(t, connection, since), "nothing is new")
	p.Put(t, "a.csv", "x,y\n1,2\n3,4\n")
	p.Put(t, "c.csv", "new")
	p.Remove(t, "empty.csv")
	assert.Equal(t, map[string]string{"a.csv": "x,y\n1,2\n3,4\n", "c.csv": "new"}, fetch(t, connection, since))
}

// goesOn stops behind each number of files, keeps only the text of the checkpoint, and wants
// every file exactly once.
func goesOn(t *testing.T, c source.Connector, p Place) {
	connection := connect(t, c, p)
	fill(t, p)
	stop := errors.New("stop")
	for most := range len(files) {
		since, left, got := source.Checkpoint{}, most, 0
		err := source.FetchNew(t.Context(), connection, since, t.TempDir(), func(string) error {
			if got++; left == 0 {
				return stop
			}
			left--
			return nil
		})
		require.ErrorIs(t, err, stop)
		since, err = source.ParseCheckpoint(since.String())
		require.NoError(t, err)
		assert.Len(t, fetch(t, connection, since), len(files)-got)
	}
}

func refuses(t *testing.T, c source.Connector, p Place) {
	connection := connect(t, c, p)
	fill(t, p)
	found := map[string]source.Object{}
	require.NoError(t, connection.List(t.Context(), func(o source.Object) error { found[o.Key] = o; return nil }))
	p.Put(t, "a.csv", "another content")
	p.Remove(t, "empty.csv")
	sink := filepath.Join(t.TempDir(), "sink")
	f, err := os.Create(sink)
	require.NoError(t, err)
	defer func() { require.NoError(t, f.Close()) }()
	assert.Equal(t, finops.CodeConflict, finops.CodeOf(connection.Fetch(t.Context(), found["a.csv"], f)))
	assert.Equal(t, finops.CodeNotFound, finops.CodeOf(connection.Fetch(t.Context(), found["empty.csv"], f)))
}

func cancels(t *testing.T, c source.Connector, p Place) {
	connection := connect(t, c, p)
	fill(t, p)
	var first source.Object
	require.NoError(t, connection.List(t.Context(), func(o source.Object) error {
		if o.Key == "a.csv" {
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
