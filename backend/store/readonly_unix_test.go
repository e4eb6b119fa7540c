//go:build unix

package store_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/store"
)

const nobody = 65534

// TestOpen_ReadOnly runs TestReadOnly as an ordinary user: permissions do not bind root.
func TestOpen_ReadOnly(t *testing.T) {
	binary := os.Args[0]
	cmd := exec.CommandContext(t.Context(), binary, "-test.run=^TestReadOnly$", "-test.v")
	cmd.Env = append(os.Environ(), "CI_READ_ONLY=1")
	if os.Getuid() == 0 {
		text, err := os.ReadFile(binary)
		require.NoError(t, err)
		dir := t.TempDir()
		cmd.Path, cmd.Dir = filepath.Join(dir, "store.test"), dir
		require.NoError(t, os.WriteFile(cmd.Path, text, 0o700))
		for _, path := range []string{cmd.Path, dir, filepath.Dir(dir)} {
			require.NoError(t, os.Chmod(path, 0o755))
		}
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobody, Gid: nobody}}
	}
	out, err := cmd.CombinedOutput()
	require.NoError(t, err, "%s", out)
	require.Contains(t, string(out), "PASS: TestReadOnly")
}

// TestReadOnly opens a workspace that may only be read.
func TestReadOnly(t *testing.T) {
	if os.Getenv("CI_READ_ONLY") == "" {
		t.Skip("This is the child process of TestOpen_ReadOnly; it does nothing by itself.")
	}
	for name, folderMode := range map[string]os.FileMode{"File": 0o700, "FileAndFolder": 0o500} {
		t.Run(name, func(t *testing.T) {
			db := create(t)
			fill(t, db)
			closed(t, db)
			before, err := os.ReadFile(db.Path())
			require.NoError(t, err)
			dir := filepath.Dir(db.Path())
			require.NoError(t, os.Chmod(db.Path(), 0o400))
			require.NoError(t, os.Chmod(dir, folderMode))
			defer func() { require.NoError(t, os.Chmod(dir, 0o700)) }()
			files := len(folder(t, dir))
			again, err := store.Open(t.Context(), db.Path())
			require.NoError(t, err)
			assert.True(t, again.ReadOnly())
			slices, err := again.Slices(t.Context())
			require.NoError(t, err)
			assert.Len(t, slices, 2)
			require.NoError(t, again.CopyTo(t.Context(), filepath.Join(t.TempDir(), "copy.cloudintel")))
			err = again.SetSetting(t.Context(), "a", "b", "Tester", time.Now())
			assert.Len(t, folder(t, dir), files, "a file was made beside it")
			closed(t, again)
			require.Equal(t, finops.CodeDenied, finops.CodeOf(err), "%v", err)
			assert.Contains(t, finops.MessageOf(err), "client.cloudintel is read-only")
			after, err := os.ReadFile(db.Path())
			require.NoError(t, err)
			assert.True(t, bytes.Equal(before, after), "the file was changed")
		})
	}
	t.Run("WhileItsOwnerHasItOpen", func(t *testing.T) {
		db := create(t)
		defer closed(t, db)
		fill(t, db)
		dir := filepath.Dir(db.Path())
		require.NoError(t, os.Chmod(dir, 0o500))
		defer func() { require.NoError(t, os.Chmod(dir, 0o700)) }()
		again, err := store.Open(t.Context(), db.Path())
		require.NoError(t, err)
		defer closed(t, again)
		require.NoError(t, db.SetSetting(t.Context(), "a", "new", "Tester", time.Now())) // its files are open
		v, err := again.Setting(t.Context(), "a")
		require.NoError(t, err)
		assert.Equal(t, "new", v, "what the owner writes is seen")
	})
	t.Run("ChangedBehindItsBack", func(t *testing.T) {
		db := create(t)
		closed(t, db)
		require.NoError(t, os.Chmod(db.Path(), 0o400))
		again, err := store.Open(t.Context(), db.Path())
		require.NoError(t, err)
		defer closed(t, again)
		require.NoError(t, os.Chmod(db.Path(), 0o600))
		owner, err := store.Open(t.Context(), db.Path())
		require.NoError(t, err)
		fill(t, owner)
		closed(t, owner)
		_, err = again.LedgerVersion(t.Context())
		require.Equal(t, finops.CodeUnavailable, finops.CodeOf(err), "%v", err)
		assert.Contains(t, finops.MessageOf(err), "was changed by another program. Open it again")
	})
	t.Run("NotReadable", func(t *testing.T) {
		db := create(t)
		closed(t, db)
		require.NoError(t, os.Chmod(db.Path(), 0))
		_, err := store.Open(t.Context(), db.Path())
		require.Equal(t, finops.CodeDenied, finops.CodeOf(err), "%v", err)
	})
	t.Run("CreateInFolder", func(t *testing.T) {
		dir := t.TempDir()
		require.NoError(t, os.Chmod(dir, 0o500))
		defer func() { require.NoError(t, os.Chmod(dir, 0o700)) }()
		_, err := store.Create(t.Context(), filepath.Join(dir, "client.cloudintel"), "Client")
		require.Equal(t, finops.CodeDenied, finops.CodeOf(err), "%v", err)
		_, err = store.Create(t.Context(), filepath.Join(dir, "new", "client.cloudintel"), "Client")
		require.Equal(t, finops.CodeDenied, finops.CodeOf(err), "%v", err)
		assert.Empty(t, folder(t, dir))
	})
}
