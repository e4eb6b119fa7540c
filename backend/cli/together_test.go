//go:build unix

package cli_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// program starts the commands in a process of their own; see TestMain.
func program(t *testing.T, args ...string) *exec.Cmd {
	t.Helper()
	path, err := os.Executable()
	require.NoError(t, err)
	cmd := exec.CommandContext(t.Context(), path)
	cmd.Args = append([]string{"cloud-intelligence"}, args...)
	cmd.Stdout, cmd.Stderr = &bytes.Buffer{}, &bytes.Buffer{}
	return cmd
}

// atOnce runs commands at the same time and returns their exit codes and what they said on
// stderr.
func atOnce(t *testing.T, commands ...*exec.Cmd) (codes []int, said []string) {
	t.Helper()
	for _, cmd := range commands {
		require.NoError(t, cmd.Start())
	}
	for _, cmd := range commands {
		_ = cmd.Wait() // the exit code says it
		codes = append(codes, cmd.ProcessState.ExitCode())
		said = append(said, fmt.Sprint(cmd.Stderr))
	}
	return codes, said
}

// lines asks a workspace how many lines it holds.
func lines(t *testing.T, workspace string) int {
	t.Helper()
	cmd := program(t, "--workspace", workspace, "query", "--format", "json")
	require.NoError(t, cmd.Run(), "%s", cmd.Stderr)
	var answer struct{ Totals []struct{ Lines int } }
	require.NoError(t, json.Unmarshal([]byte(fmt.Sprint(cmd.Stdout)), &answer))
	n := 0
	for _, t := range answer.Totals {
		n += t.Lines
	}
	require.NoError(t, program(t, "--workspace", workspace, "verify").Run())
	return n
}

func manyLines(t *testing.T, dir, name string, n int) string {
	t.Helper()
	resources := make([]string, n)
	for i := range resources {
		resources[i] = name + strconv.Itoa(i)
	}
	path := filepath.Join(dir, name+".csv")
	billFile(t, path, resources...)
	return path
}

func rounds(usual int) int {
	if n, err := strconv.Atoi(os.Getenv("CI_ROUNDS")); err == nil {
		return n
	}
	return usual
}

// TestImport_TwoIntoNoWorkspace lets two processes import into a workspace that neither has
// made yet. One may be refused; what the other reads must be there whole.
func TestImport_TwoIntoNoWorkspace(t *testing.T) {
	if testing.Short() {
		t.Skip("Processes are left out of the short run.")
	}
	bills := t.TempDir()
	sizes := []int{400, 900}
	files := []string{manyLines(t, bills, "a", sizes[0]), manyLines(t, bills, "b", sizes[1])}
	count := map[string]int{}
	for range rounds(12) {
		dir := filepath.Join(t.TempDir(), "new")
		workspace := filepath.Join(dir, "w.cloudintel")
		codes, said := atOnce(t,
			program(t, "--workspace", workspace, "import", "--overlap", "add", files[0]),
			program(t, "--workspace", workspace, "import", "--overlap", "add", files[1]))
		want := 0
		for i, code := range codes {
			if code == 0 {
				want += sizes[i]
				continue
			}
			require.Equal(t, 1, code, said[i])
			require.Contains(t, said[i], "Another program is writing to w.cloudintel")
		}
		require.NotZero(t, want, "both gave way: %q", said)
		require.Equal(t, want, lines(t, workspace))
		requireOnlyWorkspace(t, dir)
		count[fmt.Sprint(codes)]++
	}
	t.Logf("exit codes: %v", count)
}

// TestImport_OneOfTwoGivesUp lets the other process name a file that is no bill: what it
// makes and removes again must not be what the first fills.
func TestImport_OneOfTwoGivesUp(t *testing.T) {
	if testing.Short() {
		t.Skip("Processes are left out of the short run.")
	}
	bills := t.TempDir()
	good, bad := manyLines(t, bills, "a", 300), filepath.Join(bills, "bad.csv")
	require.NoError(t, os.WriteFile(bad, []byte("no,bill\n1,2\n"), 0o600))
	count := map[string]int{}
	for range rounds(12) {
		dir := filepath.Join(t.TempDir(), "new")
		workspace := filepath.Join(dir, "w.cloudintel")
		codes, said := atOnce(t, program(t, "--workspace", workspace, "import", bad), program(t, "--workspace", workspace, "import", good))
		if codes[1] == 0 {
			require.Equal(t, 300, lines(t, workspace))
			requireOnlyWorkspace(t, dir)
		} else {
			require.Equal(t, 1, codes[1], said[1])
			require.Contains(t, said[1], "Another program is writing to w.cloudintel")
		}
		count[fmt.Sprint(codes)]++
	}
	t.Logf("exit codes: %v", count)
}

// requireOnlyWorkspace wants nothing in a folder but the workspace and its lock, private.
func requireOnlyWorkspace(t *testing.T, dir string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	require.NoError(t, err)
	for _, e := range entries {
		require.Contains(t, []string{"w.cloudintel", "w.cloudintel-lock"}, e.Name())
		info, err := e.Info()
		require.NoError(t, err)
		require.Equal(t, os.FileMode(0o600), info.Mode(), e.Name())
	}
}

// TestImport_FirstOneFails leaves no workspace and no file behind that a person would have
// to wonder about.
func TestImport_FirstOneFails(t *testing.T) {
	dir := t.TempDir()
	bad := filepath.Join(dir, "bad.csv")
	require.NoError(t, os.WriteFile(bad, []byte("no,bill\n1,2\n"), 0o600))
	cmd := program(t, "--workspace", filepath.Join(dir, "w.cloudintel"), "import", bad)
	require.Error(t, cmd.Run())
	entries, err := os.ReadDir(dir)
	require.NoError(t, err)
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	assert.Equal(t, "bad.csv", strings.Join(names, " "))
}
