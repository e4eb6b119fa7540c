package folder_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/connector/folder"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/source"
	"cloud-intelligence/backend/source/sourcetest"
)

func place(t *testing.T) sourcetest.Place {
	root := t.TempDir()
	return sourcetest.Place{
		Values: map[string]string{"folder": root},
		Files:  map[string]string{"a.csv": "x,y\n1,2\n", "2026/10/b.csv.gz": "\x1f\x8b no archive", "2026/10/manifest.json": "{}", "empty.csv": ""},
		Later:  map[string]string{"a.csv": "x,y\n1,2\n3,4\n", "c.csv": "new"},
		Change: "a.csv",
		Gone:   "empty.csv",
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
	connection, err := folder.Connector{}.Connect(p.Values, source.Reach{})
	require.NoError(t, err)
	var keys []string
	require.NoError(t, connection.List(t.Context(), func(o source.Object) error { keys = append(keys, o.Key); return nil }))
	assert.Equal(t, []string{"c.csv"}, keys)
}

func TestConnector_SaysWhatIsWrong(t *testing.T) {
	_, err := folder.Connector{}.Connect(map[string]string{"folder": "exports"}, source.Reach{})
	assert.Equal(t, finops.CodeInvalid, finops.CodeOf(err))
	dir := t.TempDir()
	file := filepath.Join(dir, "file")
	require.NoError(t, os.WriteFile(file, nil, 0o600))
	for path, want := range map[string]string{filepath.Join(dir, "gone"): "is not there", file: "is not a folder"} {
		connection, err := folder.Connector{}.Connect(map[string]string{"folder": path}, source.Reach{})
		require.NoError(t, err)
		steps := connection.Test(t.Context())
		require.Len(t, steps, 1)
		assert.False(t, steps[0].OK)
		assert.Contains(t, steps[0].Detail, want)
	}
}

// TestGroups_StayInTheFolder refuses a name that leads out of the folder.
func TestGroups_StayInTheFolder(t *testing.T) {
	p := place(t)
	connection, err := folder.Connector{}.Connect(p.Values, source.Reach{})
	require.NoError(t, err)
	_, err = source.Groups(t.Context(), hostile{connection})
	assert.Equal(t, finops.CodeInvalid, finops.CodeOf(err))
}

// hostile is a place with such a name.
type hostile struct{ source.Connection }

func (hostile) List(_ context.Context, found func(source.Object) error) error {
	return found(source.Object{Key: "../../etc/passwd", Version: "1"})
}
