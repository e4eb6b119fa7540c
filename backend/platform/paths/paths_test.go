package paths

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/finops"
)

func TestPlace_EverySystem(t *testing.T) {
	for name, c := range map[string]struct {
		goos         string
		env          map[string]string
		data, config string
	}{
		"Linux":         {"linux", nil, "/home/ann/.local/share/cloud-intelligence", "/home/ann/.config/cloud-intelligence"},
		"LinuxXDG":      {"linux", map[string]string{"XDG_DATA_HOME": "/d", "XDG_CONFIG_HOME": "/c"}, "/d/cloud-intelligence", "/c/cloud-intelligence"},
		"LinuxRelative": {"linux", map[string]string{"XDG_DATA_HOME": "d"}, "/home/ann/.local/share/cloud-intelligence", "/home/ann/.config/cloud-intelligence"},
		"Mac": {"darwin", map[string]string{"XDG_DATA_HOME": "/d"}, "/home/ann/Library/Application Support/Cloud Intelligence",
			"/home/ann/Library/Application Support/Cloud Intelligence"},
		"Windows":        {"windows", map[string]string{"APPDATA": "/roaming"}, "/roaming/Cloud Intelligence", "/roaming/Cloud Intelligence"},
		"WindowsWithout": {"windows", nil, "/home/ann/AppData/Roaming/Cloud Intelligence", "/home/ann/AppData/Roaming/Cloud Intelligence"},
	} {
		t.Run(name, func(t *testing.T) {
			if runtime.GOOS == "windows" {
				t.Skip("the expected paths are written the Unix way")
			}
			p := place{goos: c.goos, getenv: func(key string) string { return c.env[key] }, home: func() (string, error) { return "/home/ann", nil }}
			data, err := p.data()
			require.NoError(t, err)
			assert.Equal(t, c.data, data)
			config, err := p.config()
			require.NoError(t, err)
			assert.Equal(t, c.config, config)
		})
	}
}

func TestPlace_NoHome(t *testing.T) {
	p := place{goos: "linux", getenv: func(string) string { return "" }, home: func() (string, error) { return "", errors.New("none") }}
	_, err := p.data()
	assert.Equal(t, finops.CodeUnavailable, finops.CodeOf(err))
}

func TestData_MakesAPrivateFolder(t *testing.T) {
	if runtime.GOOS == "windows" || runtime.GOOS == "darwin" {
		t.Skip("this system's folder cannot be pointed elsewhere")
	}
	root := t.TempDir()
	t.Setenv("XDG_DATA_HOME", filepath.Join(root, "data"))
	dir, err := Data()
	require.NoError(t, err)
	info, err := os.Stat(dir)
	require.NoError(t, err)
	assert.Equal(t, os.FileMode(0o700), info.Mode().Perm())
	again, err := Data()
	require.NoError(t, err)
	assert.Equal(t, dir, again)

	blocked := filepath.Join(root, "file")
	require.NoError(t, os.WriteFile(blocked, nil, 0o600))
	t.Setenv("XDG_CONFIG_HOME", blocked)
	_, err = Config()
	assert.Equal(t, finops.CodeDenied, finops.CodeOf(err))
}
