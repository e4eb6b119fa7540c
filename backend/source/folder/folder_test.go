package folder_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/source"
	"cloud-intelligence/backend/source/folder"
	"cloud-intelligence/backend/source/sourcetest"
)

func place(t *testing.T) sourcetest.Place {
	root := t.TempDir()
	return sourcetest.Place{
		Values: map[string]string{"folder": root},
		Put: func(t *testing.T, key, content string) {
			path := filepath.Join(root, filepath.FromSlash(key))
			require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o700))
			require.NoError(t, os.WriteFile(path, []byte(content), 0o600))
		},
		Remove: func(t *testing.T, key string) {
			require.NoError(t, os.Remove(filepath.Join(root, filepath.FromSlash(key))))
		},
	}
}

func TestConnector_Conformance(t *testing.T) {
	sourcetest.RunConnector(t, folder.Connector{}, place)
}

func TestConnector_PassesOverHiddenFiles(t *testing.T) {
	p := place(t)
	p.Put(t, ".cache/a.csv", "x")
	p.Put(t, ".b.csv", "x")
	p.Put(t, "c.csv", "x")
	connection, err := folder.Connector{}.Connect(p.Values)
	require.NoError(t, err)
	var keys []string
	require.NoError(t, connection.List(t.Context(), func(o source.Object) error { keys = append(keys, o.Key); return nil }))
	assert.Equal(t, []string{"c.csv"}, keys)
}

func TestConnector_SaysWhatIsWrong(t *testing.T) {
	_, err := folder.Connector{}.Connect(map[string]string{"folder": "exports"})
	assert.Equal(t, finops.CodeInvalid, finops.CodeOf(err))
	dir := t.TempDir()
	file := filepath.Join(dir, "file")
	require.NoError(t, os.WriteFile(file, nil, 0o600))
	for path, want := range map[string]string{filepath.Join(dir, "gone"): "is not there", file: "is not a folder"} {
		connection, err := folder.Connector{}.Connect(map[string]string{"folder": path})
		require.NoError(t, err)
		steps := connection.Test(t.Context())
		require.Len(t, steps, 1)
		assert.False(t, steps[0].OK)
		assert.Contains(t, steps[0].Detail, want)
	}
}

// TestFetchNew_StaysInTheFolder refuses a name that leads out of the folder.
func TestFetchNew_StaysInTheFolder(t *testing.T) {
	p := place(t)
	connection, err := folder.Connector{}.Connect(p.Values)
	require.NoError(t, err)
	err = source.FetchNew(t.Context(), hostile{connection}, source.Checkpoint{}, t.TempDir(), func(string) error { return nil })
	assert.Equal(t, finops.CodeInvalid, finops.CodeOf(err))
}

// hostile is a place with such a name.
type hostile struct{ source.Connection }

func (hostile) List(_ context.Context, found func(source.Object) error) error {
	return found(source.Object{Key: "../../etc/passwd", Version: "1"})
}
