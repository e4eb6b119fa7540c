//go:build unix && !darwin

package trash

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/finops"
)

func write(t *testing.T, path, text string) fs.FileInfo {
	t.Helper()
	require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o700))
	require.NoError(t, os.WriteFile(path, []byte(text), 0o640))
	info, err := os.Stat(path)
	require.NoError(t, err)
	return info
}

func read(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	return string(text)
}

func TestMove_HomeTrash(t *testing.T) {
	root := t.TempDir()
	t.Setenv("XDG_DATA_HOME", filepath.Join(root, "share"))
	path := filepath.Join(root, "bills", "Größe 100% [1].cloudintel")
	write(t, path, "a")
	before := time.Now().Truncate(time.Second)
	require.NoError(t, Move(path))
	assert.NoFileExists(t, path)

	trash := filepath.Join(root, "share", "Trash")
	assert.Equal(t, "a", read(t, filepath.Join(trash, "files", filepath.Base(path))))
	lines := strings.Split(read(t, filepath.Join(trash, "info", filepath.Base(path)+".trashinfo")), "\n")
	require.Len(t, lines, 4)
	assert.Equal(t, "[Trash Info]", lines[0])
	assert.Equal(t, "Path="+root+"/bills/Gr%C3%B6%C3%9Fe%20100%25%20%5B1%5D.cloudintel", lines[1])
	when, err := time.ParseInLocation("2006-01-02T15:04:05", strings.TrimPrefix(lines[2], "DeletionDate="), time.Local)
	require.NoError(t, err)
	assert.WithinRange(t, when, before, time.Now())
	info, err := os.Stat(filepath.Join(trash, "files"))
	require.NoError(t, err)
	assert.Equal(t, os.FileMode(0o700), info.Mode().Perm())
}

func TestMove_SameNameTwice(t *testing.T) {
	root := t.TempDir()
	t.Setenv("XDG_DATA_HOME", root)
	files := filepath.Join(root, "Trash", "files")
	write(t, filepath.Join(files, "a.3.x"), "orphan")
	for _, text := range []string{"first", "second", "third"} {
		path := filepath.Join(root, text, "a.x")
		write(t, path, text)
		require.NoError(t, Move(path))
	}
	assert.Equal(t, "first", read(t, filepath.Join(files, "a.x")))
	assert.Equal(t, "second", read(t, filepath.Join(files, "a.2.x")))
	assert.Equal(t, "orphan", read(t, filepath.Join(files, "a.3.x")))
	assert.Equal(t, "third", read(t, filepath.Join(files, "a.4.x")))
	infos, err := os.ReadDir(filepath.Join(root, "Trash", "info"))
	require.NoError(t, err)
	assert.Len(t, infos, 3)
}

func TestMove_Refuses(t *testing.T) {
	root := t.TempDir()
	t.Setenv("XDG_DATA_HOME", filepath.Join(root, "share"))
	assert.Equal(t, finops.CodeNotFound, finops.CodeOf(Move(filepath.Join(root, "none"))))
	assert.Equal(t, finops.CodeInvalid, finops.CodeOf(Move(root)))

	write(t, filepath.Join(root, "share", "Trash"), "in the way")
	path := filepath.Join(root, "a")
	write(t, path, "a")
	assert.Equal(t, finops.CodeDenied, finops.CodeOf(Move(path)))
	assert.Equal(t, "a", read(t, path))
}

// otherDevice returns a folder on another device than dir.
func otherDevice(t *testing.T, dir string) string {
	t.Helper()
	other, err := os.MkdirTemp("/dev/shm", "trash")
	if err != nil {
		t.Skip("there is no second device at /dev/shm to move a file from")
	}
	t.Cleanup(func() { assert.NoError(t, os.RemoveAll(other)) })
	a, err := deviceOf(dir)
	require.NoError(t, err)
	if b, err := deviceOf(other); err != nil || a == b {
		t.Skip("/dev/shm is on the same device as the test's folder")
	}
	return other
}

func TestMove_OtherDeviceWithItsOwnTrash(t *testing.T) {
	home := t.TempDir()
	other := otherDevice(t, home)
	path := filepath.Join(other, "bills", "a.cloudintel")
	info := write(t, path, "a")
	const uid = 4_000_017 // nobody's, so that nothing real is touched
	trash := "/dev/shm/.Trash-" + strconv.Itoa(uid)
	t.Cleanup(func() { assert.NoError(t, os.RemoveAll(trash)) })

	require.NoError(t, bin{home: filepath.Join(home, "Trash"), uid: uid, now: time.Now()}.move(path, info))
	assert.NoFileExists(t, path)
	assert.Equal(t, "a", read(t, filepath.Join(trash, "files", "a.cloudintel")))
	relative, err := filepath.Rel("/dev/shm", path)
	require.NoError(t, err)
	assert.Contains(t, read(t, filepath.Join(trash, "info", "a.cloudintel.trashinfo")), "Path="+relative+"\n")
}

func TestMove_OtherDeviceWithoutTrashIsCopied(t *testing.T) {
	home := t.TempDir()
	other := otherDevice(t, home)
	path := filepath.Join(other, "a.cloudintel")
	info := write(t, path, "a")
	const uid = 4_000_018
	planted := "/dev/shm/.Trash-" + strconv.Itoa(uid) // a link: must not be followed
	require.NoError(t, os.Symlink(other, planted))
	t.Cleanup(func() { assert.NoError(t, os.Remove(planted)) })

	require.NoError(t, bin{home: filepath.Join(home, "Trash"), uid: uid, now: time.Now()}.move(path, info))
	assert.NoFileExists(t, path)
	target := filepath.Join(home, "Trash", "files", "a.cloudintel")
	assert.Equal(t, "a", read(t, target))
	moved, err := os.Stat(target)
	require.NoError(t, err)
	assert.Equal(t, info.Mode(), moved.Mode())
	assert.True(t, info.ModTime().Equal(moved.ModTime()))
	assert.Contains(t, read(t, filepath.Join(home, "Trash", "info", "a.cloudintel.trashinfo")), "Path="+path+"\n")
}

func TestPut_FailureLeavesEverything(t *testing.T) {
	root := t.TempDir()
	path := filepath.Join(root, "a")
	write(t, path, "a")
	b := bin{home: filepath.Join(root, "Trash"), now: time.Now()}
	require.NoError(t, makeTrash(b.home))
	failed := errors.New("no")
	require.ErrorIs(t, b.put(b.home, path, path, func(string, string) error { return failed }), failed)
	assert.Equal(t, "a", read(t, path))
	infos, err := os.ReadDir(filepath.Join(b.home, "info"))
	require.NoError(t, err)
	assert.Empty(t, infos)
}

func TestCopyOver_KeepsTheOldFileOnFailure(t *testing.T) {
	root := t.TempDir()
	path := filepath.Join(root, "a")
	info := write(t, path, "a")
	taken := filepath.Join(root, "b")
	write(t, taken, "b")
	require.Error(t, copyOver(path, taken, info))
	assert.Equal(t, "a", read(t, path))
	assert.Equal(t, "b", read(t, taken))
}

func TestNumbered_Lengths(t *testing.T) {
	long := strings.Repeat("ä", 120) + ".cloudintel"
	for _, n := range []int{1, 2, namesMax} {
		name := numbered(long, n)
		assert.LessOrEqual(t, len(name)+len(".trashinfo"), 255)
		assert.True(t, strings.HasSuffix(name, ".cloudintel"))
		assert.True(t, strings.HasPrefix(name, "ää"))
		assert.NotContains(t, name, "\ufffd")
	}
	assert.Equal(t, ".hidden.2", numbered(".hidden", 2))
}

func TestHomeTrash_IgnoresARelativeFolder(t *testing.T) {
	dir, err := homeTrash("share", func() (string, error) { return "/home/ann", nil })
	require.NoError(t, err)
	assert.Equal(t, "/home/ann/.local/share/Trash", dir)
}
