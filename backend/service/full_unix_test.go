//go:build unix

package service

import (
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/ingest"
	"cloud-intelligence/backend/store/storetest"
)

const limitEnv = "CI_LIMIT_FILES"

// TestFull_FileSizeLimit runs TestLimit in a process of its own, since the limit holds
// for all files of a process.
func TestFull_FileSizeLimit(t *testing.T) {
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestLimit$", "-test.v")
	cmd.Env = append(os.Environ(), limitEnv+"=1")
	out, err := cmd.CombinedOutput()
	require.NoError(t, err, "%s", out)
	require.Contains(t, string(out), "PASS: TestLimit")
}

// TestLimit imports under ever higher limits on the size of a file: the operating system
// refuses writes in the middle, of the workspace as well as of its log.
func TestLimit(t *testing.T) {
	if os.Getenv(limitEnv) == "" {
		t.Skip("This is the child process of TestFull_FileSizeLimit; it does nothing by itself.")
	}
	signal.Ignore(syscall.SIGXFSZ) // so that writing fails instead of ending the process
	path := filepath.Join(t.TempDir(), "client.cloudintel")
	db, err := Create(t.Context(), path, "Client", testOptions)
	require.NoError(t, err)
	load(t, db, newTable("x_Old").lines(1000, "r").file(t, "old.csv"))
	file := longTable(3000).file(t, "new.csv")
	opts := ImportOptions{Overlap: ingest.OverlapAdd}
	before, said := storetest.Dump(t, path), answers(t, db)
	info, err := os.Stat(path)
	require.NoError(t, err)
	var unlimited syscall.Rlimit
	require.NoError(t, syscall.Getrlimit(syscall.RLIMIT_FSIZE, &unlimited))
	failed := 0
	for limit := info.Size() / 4; ; limit += 40_000 {
		lower := unlimited
		setLimit(&lower.Cur, limit)
		require.NoError(t, syscall.Setrlimit(syscall.RLIMIT_FSIZE, &lower))
		_, importErr := importWith(t.Context(), db, opts, file)
		require.NoError(t, syscall.Setrlimit(syscall.RLIMIT_FSIZE, &unlimited))
		if importErr == nil {
			break
		}
		failed++
		require.Equal(t, finops.CodeUnavailable, finops.CodeOf(importErr), "limit %d: %v", limit, importErr)
		assert.Contains(t, finops.MessageOf(importErr), "disk")
		require.NoError(t, db.Close())
		db, err = Open(t.Context(), path, testOptions)
		require.NoError(t, err)
		requireSameDump(t, before, storetest.Dump(t, path))
		require.Equal(t, said, answers(t, db))
	}
	assert.Greater(t, failed, 3)
	requireSound(t, db)
	require.NoError(t, db.Close())
}

// setLimit assigns a limit, whose type differs between systems.
func setLimit[T int64 | uint64](field *T, limit int64) { *field = T(limit) }
