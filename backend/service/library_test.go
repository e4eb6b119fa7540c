package service

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/store"
)

func newLibrary(t *testing.T) *Library {
	t.Helper()
	root := t.TempDir()
	t.Setenv("XDG_DATA_HOME", filepath.Join(root, "share")) // the trash
	return &Library{Dir: filepath.Join(root, "workspaces"), ConfigDir: filepath.Join(root, "config")}
}

// newWorkspaceFile makes a workspace and returns its path.
func newWorkspaceFile(t *testing.T, l *Library, name string) string {
	t.Helper()
	path, err := l.NewPath(name)
	require.NoError(t, err)
	db, err := store.Create(t.Context(), path, name)
	require.NoError(t, err)
	require.NoError(t, db.Close())
	return path
}

func TestLibrary_LastOpen(t *testing.T) {
	l := newLibrary(t)
	assert.Empty(t, l.LastOpen())
	a, b := newWorkspaceFile(t, l, "Acme"), newWorkspaceFile(t, l, "Brown")
	require.NoError(t, l.Remember(Info{Path: a, Name: "Acme"}))
	require.NoError(t, l.Remember(Info{Path: b, Name: "Brown"}))
	assert.Equal(t, b, l.LastOpen())
	require.NoError(t, l.Closed(a))
	assert.Equal(t, b, l.LastOpen(), "another one was closed")
	require.NoError(t, l.Forget(a))
	assert.Equal(t, b, l.LastOpen(), "another one was forgotten")
	require.NoError(t, l.Closed(b))
	assert.Empty(t, l.LastOpen())
	assert.Len(t, l.Recent(), 1, "a closed workspace stays in the list")

	require.NoError(t, l.Remember(Info{Path: b, Name: "Brown"}))
	require.NoError(t, os.Remove(b))
	assert.Empty(t, l.LastOpen(), "its file is gone")
	require.NoError(t, os.WriteFile(filepath.Join(l.ConfigDir, recentName), []byte(`{"workspaces":[],"open":"relative"}`), 0o600))
	assert.Empty(t, l.LastOpen())
}

func TestLibrary_Recent(t *testing.T) {
	l := newLibrary(t)
	assert.True(t, l.FirstStart())
	assert.Empty(t, l.Recent())
	now := time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
	l.Now = func() time.Time { now = now.Add(time.Minute); return now }

	a := newWorkspaceFile(t, l, "Acme")
	assert.False(t, l.FirstStart(), "a workspace is there")
	gone := filepath.Join(l.Dir, "gone.cloudintel")
	require.NoError(t, l.Remember(Info{Path: a, Name: "Acme", Lines: 7, SizeBytes: 1}))
	require.NoError(t, l.Remember(Info{Path: gone, Name: "Gone", Lines: 9, SizeBytes: 12}))
	require.NoError(t, l.Remember(Info{Path: l.DemoPath(), Name: "Demo"}))
	require.NoError(t, l.Remember(Info{Path: a, Name: "Acme Ltd", Lines: 8, SizeBytes: 1}))

	info, err := os.Stat(a)
	require.NoError(t, err)
	start := time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
	assert.Equal(t, []RecentEntry{
		{Path: a, Name: "Acme Ltd", OpenedAt: start.Add(4 * time.Minute), Exists: true, Lines: 8, SizeBytes: info.Size()},
		{Path: l.DemoPath(), Name: "Demo", OpenedAt: start.Add(3 * time.Minute), Demo: true},
		{Path: gone, Name: "Gone", OpenedAt: start.Add(2 * time.Minute), Lines: 9, SizeBytes: 12},
	}, l.Recent())

	require.NoError(t, l.Forget(gone))
	require.NoError(t, l.Forget(gone))
	assert.Len(t, l.Recent(), 2)
	require.NoError(t, os.RemoveAll(l.Dir))
	assert.False(t, l.FirstStart(), "something was opened before")
}

func TestLibrary_DamagedListCountsAsEmpty(t *testing.T) {
	l := newLibrary(t)
	path := filepath.Join(l.ConfigDir, recentName)
	require.NoError(t, os.MkdirAll(l.ConfigDir, 0o700))
	for _, text := range []string{"", "{", `[1,2]`, `{"workspaces": 3}`, `{"workspaces":[{"path":"relative"},{"name":"no path"}]}`, "\x00\x00"} {
		require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
		assert.Empty(t, l.Recent(), text)
		require.NoError(t, l.Remember(Info{Path: filepath.Join(l.Dir, "a"), Name: "A"}))
		assert.Len(t, l.Recent(), 1, text)
	}
	left, err := os.ReadDir(l.ConfigDir)
	require.NoError(t, err)
	require.Len(t, left, 1, "a temporary file was left")
	if runtime.GOOS != "windows" {
		info, err := left[0].Info()
		require.NoError(t, err)
		assert.Equal(t, os.FileMode(0o600), info.Mode().Perm())
	}

	require.NoError(t, os.RemoveAll(l.ConfigDir))
	require.NoError(t, os.WriteFile(l.ConfigDir, nil, 0o600))
	assert.Equal(t, finops.CodeDenied, finops.CodeOf(l.Forget("x")))
}

func TestLibrary_ManyAtOnce(t *testing.T) {
	l := newLibrary(t)
	var done sync.WaitGroup
	for i := range 20 {
		done.Go(func() {
			path := filepath.Join(l.Dir, fmt.Sprintf("%d.cloudintel", i))
			assert.NoError(t, l.Remember(Info{Path: path, Name: "x"}))
			l.Recent()
			if i%2 == 0 {
				assert.NoError(t, l.Forget(path))
			}
		})
	}
	done.Wait()
	assert.Len(t, l.Recent(), 10)
	for i := range recentMax + 5 {
		require.NoError(t, l.Remember(Info{Path: filepath.Join(l.Dir, fmt.Sprintf("more %d", i))}))
	}
	assert.Len(t, l.Recent(), recentMax)
}

func TestLibrary_NewPath(t *testing.T) {
	l := newLibrary(t)
	for name, want := range map[string]string{
		"Acme Ltd":              "Acme Ltd",
		"  Acme \t Ltd \n":      "Acme Ltd",
		"Müller & Söhne 株式会社":   "Müller & Söhne 株式会社",
		"Mu\u0308ller":          "Müller",
		"a/b\\c":                "a-b-c",
		"../../etc/passwd":      "-..-etc-passwd",
		"..":                    "Workspace",
		".hidden":               "hidden",
		"end. . ":               "end",
		"???":                   "Workspace",
		"CON":                   "_CON",
		"nul.txt":               "_nul.txt",
		"Com1":                  "_Com1",
		"LPT9 .x":               "_LPT9 .x",
		"Console":               "Console",
		"C:\\Users":             "C--Users",
		"a\x00b\u202ec":         "abc",
		"bad\xffbyte":           "bad-byte",
		"Acme.cloudintel":       "Acme",
		strings.Repeat("é", 99): strings.Repeat("é", nameBytesMax/2),
	} {
		path, err := l.NewPath(name)
		require.NoError(t, err, name)
		assert.Equal(t, filepath.Join(l.Dir, want+store.Extension), path, name)
	}
	_, err := l.NewPath(" \n")
	assert.Equal(t, finops.CodeInvalid, finops.CodeOf(err))
}

func TestLibrary_NewPathIsUnused(t *testing.T) {
	l := newLibrary(t)
	assert.Equal(t, "Acme.cloudintel", filepath.Base(newWorkspaceFile(t, l, "Acme")))
	assert.Equal(t, "Acme 2.cloudintel", filepath.Base(newWorkspaceFile(t, l, "Acme")))
	require.NoError(t, os.WriteFile(filepath.Join(l.Dir, "Acme 3.cloudintel-wal"), nil, 0o600))
	assert.Equal(t, "Acme 4.cloudintel", filepath.Base(newWorkspaceFile(t, l, "Acme")))
}

func TestLibrary_NewPathTakesAnyName(t *testing.T) {
	l := newLibrary(t)
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.OneOf(rapid.String(), rapid.StringMatching(`[./\\ a-c:\x00\xe9]{0,300}`)).Draw(t, "name")
		path, err := l.NewPath(name)
		if err != nil {
			if strings.TrimSpace(name) != "" {
				t.Fatalf("%q: %v", name, err)
			}
			return
		}
		base := filepath.Base(path)
		if filepath.Dir(path) != l.Dir || len(base) > 143 || !utf8.ValidString(base) || strings.HasPrefix(base, ".") || strings.ContainsAny(base, "/\\:*?\"<>|\x00\n") {
			t.Fatalf("%q became %q", name, path)
		}
	})
}

func TestLibrary_Trash(t *testing.T) {
	if runtime.GOOS == "windows" || runtime.GOOS == "darwin" {
		t.Skip("this would fill the real trash of this computer")
	}
	l := newLibrary(t)
	path := newWorkspaceFile(t, l, "Acme")
	require.NoError(t, l.Remember(Info{Path: path, Name: "Acme"}))
	require.NoError(t, l.Trash(t.Context(), path))
	assert.Empty(t, l.Recent())
	left, err := os.ReadDir(l.Dir)
	require.NoError(t, err)
	assert.Empty(t, left)
	back := filepath.Join(os.Getenv("XDG_DATA_HOME"), "Trash", "files", "Acme.cloudintel")
	db, err := store.Open(t.Context(), back)
	require.NoError(t, err)
	require.NoError(t, db.Close())

	assert.Equal(t, finops.CodeNotFound, finops.CodeOf(l.Trash(t.Context(), path)))
}

func TestLibrary_TrashOfWhatCannotBeOpened(t *testing.T) {
	if runtime.GOOS == "windows" || runtime.GOOS == "darwin" {
		t.Skip("this would fill the real trash of this computer")
	}
	l := newLibrary(t)
	other := filepath.Join(l.Dir, "letter.txt")
	require.NoError(t, os.MkdirAll(l.Dir, 0o700))
	require.NoError(t, os.WriteFile(other, []byte("dear"), 0o600))
	assert.Equal(t, finops.CodeInvalid, finops.CodeOf(l.Trash(t.Context(), other)))
	assert.FileExists(t, other)

	damaged := newWorkspaceFile(t, l, "Damaged")
	require.NoError(t, os.Truncate(damaged, 9000))
	require.NoError(t, os.WriteFile(damaged+"-shm", []byte("x"), 0o600))
	require.NoError(t, l.Trash(t.Context(), damaged))
	for _, suffix := range []string{"", "-wal", "-shm", "-lock"} {
		assert.NoFileExists(t, damaged+suffix)
	}

	damaged = newWorkspaceFile(t, l, "Damaged")
	require.NoError(t, os.WriteFile(damaged, []byte("not a database"), 0o600))
	require.NoError(t, os.WriteFile(damaged+"-wal", []byte("content"), 0o600))
	require.NoError(t, l.Trash(t.Context(), damaged))
	assert.FileExists(t, filepath.Join(os.Getenv("XDG_DATA_HOME"), "Trash", "files", "Damaged.cloudintel-wal"))
	assert.NoFileExists(t, damaged+"-wal")
}

// TestHoldWorkspace is not a test of its own: TestLibrary_TrashWhileOpen runs it in
// another process, which holds a workspace open until its input ends.
func TestHoldWorkspace(t *testing.T) {
	path := os.Getenv("HOLD_WORKSPACE")
	if path == "" {
		t.Skip("this part runs in a process of its own, started by TestLibrary_TrashWhileOpen")
	}
	db, err := store.Open(t.Context(), path)
	require.NoError(t, err)
	fmt.Println("open")
	var end [1]byte
	_, _ = os.Stdin.Read(end[:])
	require.NoError(t, db.Close())
}

func TestLibrary_TrashWhileOpen(t *testing.T) {
	if runtime.GOOS == "windows" || runtime.GOOS == "darwin" {
		t.Skip("this would fill the real trash of this computer")
	}
	l := newLibrary(t)
	path := newWorkspaceFile(t, l, "Acme")

	here, err := store.Open(t.Context(), path)
	require.NoError(t, err)
	assert.Equal(t, finops.CodeUnavailable, finops.CodeOf(l.Trash(t.Context(), path)), "open in this process")
	require.NoError(t, here.Close())

	holder := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestHoldWorkspace$")
	holder.Env = append(os.Environ(), "HOLD_WORKSPACE="+path)
	in, err := holder.StdinPipe()
	require.NoError(t, err)
	out, err := holder.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, holder.Start())
	word := make([]byte, 4)
	_, err = out.Read(word)
	require.NoError(t, err)
	require.Equal(t, "open", string(word))
	assert.Equal(t, finops.CodeUnavailable, finops.CodeOf(l.Trash(t.Context(), path)), "open in another process")
	assert.FileExists(t, path)
	require.NoError(t, in.Close())
	_ = holder.Wait() // its report is of no interest
	require.NoError(t, l.Trash(t.Context(), path))
	assert.NoFileExists(t, path)
}
