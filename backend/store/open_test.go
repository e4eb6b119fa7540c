package store_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/store"
	"cloud-intelligence/backend/store/storetest"
)

// folder reads all files of a folder.
func folder(t *testing.T, dir string) map[string]string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	require.NoError(t, err)
	files := map[string]string{}
	for _, e := range entries {
		if e.IsDir() {
			files[e.Name()] = "folder"
			continue
		}
		text, err := os.ReadFile(filepath.Join(dir, e.Name()))
		require.NoError(t, err)
		files[e.Name()] = string(text)
	}
	return files
}

func TestOpen_RefusesAndLeavesAlone(t *testing.T) {
	db := create(t)
	fill(t, db)
	closed(t, db)
	whole, err := os.ReadFile(db.Path())
	require.NoError(t, err)
	patched := func(at int, with ...byte) []byte {
		text := bytes.Clone(whole)
		copy(text[at:], with)
		return text
	}
	for name, c := range map[string]struct {
		content []byte
		code    finops.Code
		message string
	}{
		"NewerVersion":     {patched(60, binary.BigEndian.AppendUint32(nil, uint32(store.SchemaVersion()+1))...), finops.CodeUnsupported, "newer version of Cloud Intelligence"},
		"FarNewerVersion":  {patched(60, 0x7f, 0xff, 0xff, 0xff), finops.CodeUnsupported, "newer version"},
		"NegativeVersion":  {patched(60, 0xff, 0xff, 0xff, 0xff), finops.CodeUnsupported, "newer version"},
		"OtherApplication": {patched(68, 0, 0, 0, 0), finops.CodeInvalid, "not a workspace"},
		"NoSQLite":         {[]byte("BilledCost,EffectiveCost\n1,2\n"), finops.CodeInvalid, "not a workspace"},
		"Empty":            {nil, finops.CodeInvalid, "not a workspace"},
		"HeaderOnly":       {whole[:100], finops.CodeCorrupt, "damaged"},
		"Truncated":        {whole[:len(whole)/2], finops.CodeCorrupt, "damaged"},
		"LastPageMissing":  {whole[:len(whole)-4096], finops.CodeCorrupt, "damaged"},
		"NoFirstPage":      {patched(100, make([]byte, 8000)...), finops.CodeCorrupt, "damaged"},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			path := filepath.Join(dir, "client.cloudintel")
			require.NoError(t, os.WriteFile(path, c.content, 0o600))
			_, err := store.Open(t.Context(), path)
			require.Equal(t, c.code, finops.CodeOf(err), "%v", err)
			assert.Contains(t, finops.MessageOf(err), c.message)
			assert.Contains(t, finops.MessageOf(err), "client.cloudintel")
			text, err := os.ReadFile(path)
			require.NoError(t, err)
			assert.True(t, bytes.Equal(c.content, text), "the file was changed")
		})
	}
}

func TestOpen_NoFile(t *testing.T) {
	dir := t.TempDir()
	_, err := store.Open(t.Context(), filepath.Join(dir, "none.cloudintel"))
	assert.Equal(t, finops.CodeNotFound, finops.CodeOf(err))
	_, err = store.Open(t.Context(), dir)
	assert.Equal(t, finops.CodeInvalid, finops.CodeOf(err), "%v", err)
	assert.Empty(t, folder(t, dir))
}

// TestOpen_GarbagePages overwrites pages at random: opening, reading and checking may
// fail with a sentence, but must never panic, and damage must be found.
func TestOpen_GarbagePages(t *testing.T) {
	db := create(t)
	fill(t, db)
	closed(t, db)
	whole, err := os.ReadFile(db.Path())
	require.NoError(t, err)
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	random := rand.New(rand.NewPCG(seed, 3))
	const page = 8192
	codes := map[finops.Code]int{}
	for range 40 {
		text := bytes.Clone(whole)
		at := page * random.IntN(len(text)/page)
		from := 0
		if at == 0 {
			from = 100 // the header itself is checked before
		}
		for i := from; i < page; i++ {
			text[at+i] = byte(random.Uint32())
		}
		path := filepath.Join(t.TempDir(), "client.cloudintel")
		require.NoError(t, os.WriteFile(path, text, 0o600))
		err := readAll(t.Context(), path)
		if err == nil {
			continue // a page that is free, or holds nothing but texts
		}
		code := finops.CodeOf(err)
		codes[code]++
		require.Contains(t, []finops.Code{finops.CodeCorrupt, finops.CodeInvalid}, code, "page %d: %v", at/page, err)
	}
	t.Logf("%v", codes)
	assert.NotZero(t, codes[finops.CodeCorrupt])
}

func readAll(ctx context.Context, path string) error {
	db, err := store.Open(ctx, path)
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }() // the file is damaged
	if err := db.CheckIntegrity(ctx); err != nil {
		return err
	}
	_, err = db.Slices(ctx)
	return err
}

const holdEnv = "CI_HOLD_WORKSPACE"

// TestHold is the child process that holds a workspace.
func TestHold(t *testing.T) {
	path := os.Getenv(holdEnv)
	if path == "" {
		t.Skip("This is the child process of TestOpen_WhileAnotherProcessWrites; it does nothing by itself.")
	}
	db, err := store.Open(t.Context(), path)
	require.NoError(t, err)
	require.NoError(t, db.Exclusive(t.Context(), func(context.Context) error {
		fmt.Println("held")
		_, err := io.ReadAll(os.Stdin) // until the parent lets go
		return err
	}))
	require.NoError(t, db.Close())
}

func TestOpen_WhileAnotherProcessWrites(t *testing.T) {
	db := create(t)
	defer closed(t, db)
	fill(t, db)
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestHold$", "-test.v")
	cmd.Env = append(os.Environ(), holdEnv+"="+db.Path())
	in, err := cmd.StdinPipe()
	require.NoError(t, err)
	out, err := cmd.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, cmd.Start())
	for text := make([]byte, 0, 4096); !bytes.Contains(text, []byte("held")); {
		n, err := out.Read(text[len(text):cap(text)])
		require.NoError(t, err, "%s", text)
		text = text[:len(text)+n]
	}
	before := storetest.Dump(t, db.Path())
	begun := time.Now()
	again, err := store.Open(t.Context(), db.Path())
	require.NoError(t, err, "to read, nobody has to wait")
	requireBusy(t, again.UndoImport(t.Context(), 1, "Tester", time.Unix(0, 0), nil))
	closed(t, again)
	requireBusy(t, db.UndoImport(t.Context(), 1, "Tester", time.Unix(0, 0), nil))
	_, err = add(t.Context(), db, "Other", 10)
	requireBusy(t, err)
	assert.Less(t, time.Since(begun), 3*time.Second, "it must say so at once")
	requireSame(t, before, storetest.Dump(t, db.Path()))
	_, err = db.Slices(t.Context()) // reading goes on
	require.NoError(t, err)

	require.NoError(t, in.Close())
	require.NoError(t, cmd.Wait())
	require.NoError(t, db.SetSetting(t.Context(), "a", "b", "Tester", time.Now()))
}

func requireBusy(t *testing.T, err error) {
	t.Helper()
	require.Equal(t, finops.CodeUnavailable, finops.CodeOf(err), "%v", err)
	assert.Contains(t, finops.MessageOf(err), "Another program")
}

func TestCreate(t *testing.T) {
	db := create(t)
	_, err := store.Create(t.Context(), db.Path(), "Another")
	require.Equal(t, finops.CodeConflict, finops.CodeOf(err))
	name, err := db.Setting(t.Context(), "name")
	require.NoError(t, err)
	assert.Equal(t, "Client", name)
	closed(t, db)

	again, err := store.Open(t.Context(), db.Path())
	require.NoError(t, err)
	defer closed(t, again)
	copied := filepath.Join(t.TempDir(), "copy.cloudintel")
	fill(t, again)
	require.NoError(t, again.CopyTo(t.Context(), copied))
	requireSame(t, storetest.Dump(t, again.Path()), storetest.Dump(t, copied))
	assert.Equal(t, finops.CodeConflict, finops.CodeOf(again.CopyTo(t.Context(), copied)))
}

// TestFiles_ArePrivate looks at the permissions of a workspace, of the files beside it
// and of a copy while it is in use.
func TestFiles_ArePrivate(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Windows keeps a profile's files private by other means.")
	}
	dir := filepath.Join(t.TempDir(), "new folder")
	db, err := store.Create(t.Context(), filepath.Join(dir, "client.cloudintel"), "Client")
	require.NoError(t, err)
	defer closed(t, db)
	fill(t, db)
	require.NoError(t, db.CopyTo(t.Context(), filepath.Join(dir, "copy.cloudintel")))
	entries, err := os.ReadDir(dir)
	require.NoError(t, err)
	names := map[string]bool{}
	for _, e := range entries {
		info, err := e.Info()
		require.NoError(t, err)
		assert.Equal(t, os.FileMode(0o600), info.Mode(), e.Name())
		names[e.Name()] = true
	}
	for _, suffix := range []string{"", "-wal", "-shm", "-lock"} {
		assert.True(t, names["client.cloudintel"+suffix], "no file %s", suffix)
	}
	info, err := os.Stat(dir)
	require.NoError(t, err)
	assert.Equal(t, os.FileMode(0o700)|os.ModeDir, info.Mode())
}
