package reveal

import (
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestCommand_SelectsTheFileWhereTheSystemCan(t *testing.T) {
	path := filepath.Join("data", "cloud-intelligence.log")
	for system, want := range map[string][]string{
		"windows": {"explorer.exe", "/select,", path},
		"darwin":  {"open", "-R", path},
		"linux":   {"xdg-open", "data"},
	} {
		name, args := command(system, path)
		assert.Equal(t, want, append([]string{name}, args...), system)
	}
}

func TestFile_SaysWhereThereIsNoFileManager(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("every Windows and macOS has one")
	}
	t.Setenv("PATH", t.TempDir())
	require.ErrorContains(t, File(filepath.Join(t.TempDir(), "x.log")), "start the file manager")
}

func TestFile_HandsTheFolderToTheFileManager(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("it would open a window")
	}
	bin := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(bin, "xdg-open"), []byte("#!/bin/sh\nexit 0\n"), 0o755))
	t.Setenv("PATH", bin)
	require.NoError(t, File(filepath.Join(t.TempDir(), "x.log")))
}
