package service

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/ingest"
)

const mountEnv = "CI_MOUNT"

// TestMount runs the tests below in a process that has mounts of its own, where it may.
func TestMount(t *testing.T) {
	long(t)
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestMounted", "-test.v")
	cmd.Env = append(os.Environ(), mountEnv+"=1")
	cmd.SysProcAttr = &syscall.SysProcAttr{
		Cloneflags: syscall.CLONE_NEWUSER, Unshareflags: syscall.CLONE_NEWNS,
		UidMappings: []syscall.SysProcIDMap{{HostID: os.Getuid(), Size: 1}}, GidMappings: []syscall.SysProcIDMap{{HostID: os.Getgid(), Size: 1}},
	}
	out, err := cmd.CombinedOutput()
	if errors.Is(err, fs.ErrPermission) || strings.Contains(string(out), "SKIP: TestMounted") {
		t.Skipf("This system lets no test mount a disk: %v", err)
	}
	require.NoError(t, err, "%s", out)
	require.Contains(t, string(out), "PASS: TestMountedFullDisk ")
	require.Contains(t, string(out), "PASS: TestMountedFullDiskAndKilled")
	require.Contains(t, string(out), "PASS: TestMountedReadOnly")
	t.Logf("%s", out)
}

// mount makes a disk of some bytes.
func mount(t *testing.T, options string) string {
	t.Helper()
	if os.Getenv(mountEnv) == "" {
		t.Skip("This runs in the child process of TestMount; it does nothing by itself.")
	}
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, options); err != nil {
		t.Skipf("No disk can be mounted: %v", err)
	}
	t.Cleanup(func() { require.NoError(t, syscall.Unmount(dir, syscall.MNT_DETACH)) })
	return dir
}

// occupy leaves so many bytes of a disk free.
func occupy(t *testing.T, dir string, leave int64) {
	t.Helper()
	require.NoError(t, os.RemoveAll(filepath.Join(dir, "other")))
	f, err := os.Create(filepath.Join(dir, "other"))
	require.NoError(t, err)
	defer func() { require.NoError(t, f.Close()) }()
	if leave > 0 {
		var s syscall.Statfs_t
		require.NoError(t, syscall.Statfs(dir, &s))
		_, err = io.CopyN(f, zeros{}, max(0, int64(s.Bavail)*s.Bsize-leave))
		require.NoError(t, err)
		return
	}
	_, err = io.Copy(f, zeros{})
	require.ErrorIs(t, err, syscall.ENOSPC)
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }

// used returns the bytes of the files of a workspace.
func used(t *testing.T, path string) (n int64) {
	t.Helper()
	files, err := filepath.Glob(path + "*")
	require.NoError(t, err)
	for _, f := range files {
		info, err := os.Stat(f)
		require.NoError(t, err)
		n += info.Size()
	}
	return n
}

// requireReads opens a workspace, asks it everything and closes it.
func requireReads(t *testing.T, path, said string) {
	t.Helper()
	w, err := Open(t.Context(), path, testOptions)
	require.NoError(t, err)
	requireSound(t, w)
	require.Equal(t, said, answers(t, w))
	require.NoError(t, w.Close())
}

// TestMountedFullDisk imports into a workspace whose disk runs full, at several places of
// the import, and on a disk that has no room at all.
func TestMountedFullDisk(t *testing.T) {
	dir := mount(t, "size=64m")
	path := filepath.Join(dir, "client.cloudintel")
	w, err := Create(t.Context(), path, "Client", testOptions)
	require.NoError(t, err)
	load(t, w, newTable("x_Old").lines(1000, "r").file(t, "old.csv"))
	said := answers(t, w)
	require.NoError(t, w.Close())
	before := used(t, path)
	big := longTable(60_000).file(t, "new.csv")
	opts := ImportOptions{Overlap: ingest.OverlapAdd}
	failed := 0
	for leave := int64(100_000); ; leave += 1_500_000 {
		occupy(t, dir, leave)
		w, err = Open(t.Context(), path, testOptions)
		require.NoError(t, err)
		_, importErr := importWith(t.Context(), w, opts, big)
		if importErr == nil {
			require.NoError(t, w.Close())
			break
		}
		failed++
		require.Equal(t, finops.CodeUnavailable, finops.CodeOf(importErr), "%d bytes: %v", leave, importErr)
		assert.Contains(t, finops.MessageOf(importErr), "full")
		assert.LessOrEqual(t, used(t, path), before+200_000, "%d bytes: room that was not given back", leave) // the index of the log is 32 KB
		require.NoError(t, w.Close())
		occupy(t, dir, 0)
		requireReads(t, path, said)
		w, err = Open(t.Context(), path, testOptions)
		require.NoError(t, err)
		err = w.Rename(t.Context(), strings.Repeat("long", 20_000), AnyVersion)
		require.Equal(t, finops.CodeUnavailable, finops.CodeOf(err), "%v", err)
		require.NoError(t, w.Close())
	}
	assert.Greater(t, failed, 3)
}

// TestMountedFullDiskAndKilled kills the import and fills the disk before anybody can clean
// up.
func TestMountedFullDiskAndKilled(t *testing.T) {
	dir := mount(t, "size=128m")
	path := filepath.Join(dir, "client.cloudintel")
	w, err := Create(t.Context(), path, "Client", testOptions)
	require.NoError(t, err)
	load(t, w, newTable("x_Old").lines(1000, "r").file(t, "old.csv"))
	said := answers(t, w)
	require.NoError(t, w.Close())
	before := used(t, path)
	c := newTable()
	for range 70_000 {
		c.line("ProviderName", "Other")
	}
	big := c.file(t, "new.csv")
	whole := filepath.Join(t.TempDir(), "whole.cloudintel")
	other, err := Create(t.Context(), whole, "Whole", testOptions)
	require.NoError(t, err)
	require.NoError(t, other.Close())
	ended, calls := child(t, killJob{Workspace: whole, Action: "import", File: big}, 0)
	require.True(t, ended)
	for _, at := range []int{1, calls / 2, calls - 1} {
		ended, _ := child(t, killJob{Workspace: path, Action: "import", File: big, KillAt: at}, 0)
		require.False(t, ended)
		occupy(t, dir, 0)
		requireReads(t, path, said)
		assert.LessOrEqual(t, used(t, path), before+200_000, "killed at %d: room that was not given back", at)
		occupy(t, dir, 100_000_000)
	}
	w, err = Open(t.Context(), path, testOptions)
	require.NoError(t, err)
	load(t, w, big)
	requireSound(t, w)
	require.NoError(t, w.Close())
}

// TestMountedReadOnly opens workspaces on a disk that cannot be written.
func TestMountedReadOnly(t *testing.T) {
	dir := mount(t, "size=64m")
	path := filepath.Join(dir, "client.cloudintel")
	w, err := Create(t.Context(), path, "Client", testOptions)
	require.NoError(t, err)
	load(t, w, newTable("x_Old").lines(1000, "r").file(t, "old.csv"))
	said := answers(t, w)
	withLog := filepath.Join(dir, "log.cloudintel")
	require.NoError(t, w.Rename(t.Context(), "Kept in the log", AnyVersion))
	for _, suffix := range []string{"", "-wal"} {
		text, err := os.ReadFile(path + suffix)
		require.NoError(t, err)
		require.NotEmpty(t, text)
		require.NoError(t, os.WriteFile(withLog+suffix, text, 0o600))
	}
	require.NoError(t, w.Close())
	emptyLog := filepath.Join(dir, "empty.cloudintel")
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	for suffix, content := range map[string][]byte{"": text, "-wal": nil, "-shm": make([]byte, 32768)} {
		require.NoError(t, os.WriteFile(emptyLog+suffix, content, 0o600))
	}
	require.NoError(t, syscall.Mount("", dir, "", syscall.MS_REMOUNT|syscall.MS_RDONLY, ""))

	requireReads(t, path, said)
	requireReads(t, emptyLog, said)
	w, err = Open(t.Context(), path, testOptions)
	require.NoError(t, err)
	info, err := w.Info(t.Context())
	require.NoError(t, err)
	assert.True(t, info.ReadOnly)
	for name, write := range map[string]func() error{
		"import": func() error {
			_, err := importWith(t.Context(), w, ImportOptions{}, newTable().lines(3, "n").file(t, "n.csv"))
			return err
		},
		"undo":   func() error { return w.Imports.Undo(t.Context(), 1) },
		"rename": func() error { return w.Rename(t.Context(), "Other", AnyVersion) },
	} {
		err := write()
		require.Equal(t, finops.CodeDenied, finops.CodeOf(err), "%s: %v", name, err)
		assert.Contains(t, finops.MessageOf(err), "client.cloudintel is read-only")
	}
	duplicate := filepath.Join(t.TempDir(), "copy.cloudintel")
	require.NoError(t, w.CopyTo(t.Context(), duplicate, "Copy"), "the way out")
	require.NoError(t, w.Close())
	dup := reopen(t, duplicate)
	load(t, dup, newTable().lines(3, "n", "ProviderName", "Other").file(t, "n.csv"))

	_, err = Open(t.Context(), withLog, testOptions)
	require.Equal(t, finops.CodeDenied, finops.CodeOf(err), "%v", err)
	assert.Contains(t, finops.MessageOf(err), "log.cloudintel-wal")
}
