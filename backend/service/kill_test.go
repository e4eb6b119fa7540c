package service

import (
	"bufio"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/demo"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/ingest"
)

// killJob is what a child process does with a workspace until it is killed.
type killJob struct {
	Workspace string
	Action    string // "import", "job" (the same as a job), "wait" (until it waits for an answer), "undo", "rename" or "open"
	File      string
	ImportID  int64
	KillAt    int // the child kills itself at this call of Progress; 0 = never
}

const killEnv = "CI_KILL_JOB"

// TestKillChild is the child process of the kill tests.
func TestKillChild(t *testing.T) {
	text := os.Getenv(killEnv)
	if text == "" {
		t.Skip("This is the child process of the kill tests; it does nothing by itself.")
	}
	var job killJob
	require.NoError(t, json.Unmarshal([]byte(text), &job))
	opts := testOptions
	clock := time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC)
	opts.Now = func() time.Time { clock = clock.Add(time.Second); return clock } // so that every batch reports progress
	fmt.Println("ready")
	w, err := Open(t.Context(), job.Workspace, opts)
	require.NoError(t, err)
	calls := 0
	progress := func(ingest.Progress) {
		if calls++; calls == job.KillAt {
			self, err := os.FindProcess(os.Getpid())
			if err == nil && self.Kill() == nil {
				select {} // the signal is on its way
			}
		}
	}
	switch job.Action {
	case "import":
		_, err = importWith(t.Context(), w, ImportOptions{Progress: progress}, job.File)
	case "job":
		_, err = importAsJob(t.Context(), w, ImportOptions{Progress: progress}, job.File)
	case "wait":
		w.asks = true
		begin(t, w, ImportOptions{}, job.File)
		self, err := os.FindProcess(os.Getpid())
		require.NoError(t, err)
		require.NoError(t, self.Kill())
		select {}
	case "undo":
		err = w.Imports.Undo(t.Context(), job.ImportID)
	case "rename":
		for i := 0; i < 100_000 && err == nil; i++ {
			err = w.Rename(t.Context(), strconv.Itoa(i), AnyVersion)
		}
	}
	require.NoError(t, err)
	require.NoError(t, w.Close())
	fmt.Println("calls", calls)
}

// child starts a job in a process of its own and kills it after a while; 0 = waits for
// its end. It answers whether the process came to its end, and how often it reported
// progress.
func child(t *testing.T, job killJob, after time.Duration) (ended bool, calls int) {
	t.Helper()
	text, err := json.Marshal(job)
	require.NoError(t, err)
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestKillChild$", "-test.v", "-test.timeout=5m")
	cmd.Env = append(os.Environ(), killEnv+"="+string(text))
	out, err := cmd.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, cmd.Start())
	var lines []string
	for s := bufio.NewScanner(out); s.Scan(); {
		lines = append(lines, s.Text())
		if s.Text() == "ready" && after > 0 {
			timer := time.AfterFunc(after, func() { _ = cmd.Process.Kill() }) // it may have ended by itself
			defer timer.Stop()
		}
		if _, err := fmt.Sscanf(s.Text(), "calls %d", &calls); err == nil {
			ended = true
		}
	}
	err = cmd.Wait()
	if status, ok := cmd.ProcessState.Sys().(interface{ Signaled() bool }); err != nil && (!ok || !status.Signaled()) {
		t.Fatalf("the child failed: %v\n%s", err, lines)
	}
	return ended, calls
}

// kills returns how often the kill tests kill; CI_KILLS sets it for long runs.
func kills(usual int) int {
	if n, err := strconv.Atoi(os.Getenv("CI_KILLS")); err == nil {
		return n
	}
	return usual
}

// killed is a workspace whose imports and undos are killed. A small import of another
// provider must come through all of it.
type killed struct {
	path, file       string
	before, complete string // totals without and with the file
	importID         int64
}

// newKilled makes the workspace and a file of more than one block of lines; with CI_KILLS
// it is one of the demo client, of 300,000 lines.
func newKilled(t *testing.T) *killed {
	t.Helper()
	dir := t.TempDir()
	k := &killed{path: filepath.Join(dir, "client.cloudintel"), file: filepath.Join(dir, "focus.csv")}
	if os.Getenv("CI_KILLS") != "" {
		f, err := os.Create(k.file)
		require.NoError(t, err)
		_, err = demo.WriteCSV(t.Context(), f, demo.Options{Lines: 300_000})
		require.NoError(t, err)
		require.NoError(t, f.Close())
	} else {
		c := newTable("x_New")
		for i := range 70_000 {
			c.line("ResourceId", strconv.Itoa(i/7), "BilledCost", fmt.Sprintf("%d.%04d", i%9, i), "x_New", strconv.Itoa(i%3), "BillingAccountId", strconv.Itoa(i%4))
		}
		c.write(t, k.file)
	}
	base := newTable("x_Base").lines(50, "base", "ProviderName", "Other").file(t, "base.csv")
	sum := func(paths ...string) string {
		w, err := Create(t.Context(), filepath.Join(t.TempDir(), "sum.cloudintel"), "Sum", testOptions)
		require.NoError(t, err)
		defer func() { require.NoError(t, w.Close()) }()
		load(t, w, paths...)
		return totalsOf(t, w)
	}
	k.before, k.complete = sum(base), sum(base, k.file)
	require.NotEqual(t, k.before, k.complete)
	w, err := Create(t.Context(), k.path, "Client", testOptions)
	require.NoError(t, err)
	load(t, w, base)
	require.NoError(t, w.Close())
	return k
}

// totalsOf returns the exact totals of a workspace, from the rollup and from the lines.
func totalsOf(t *testing.T, w *Workspace) string {
	t.Helper()
	text := ""
	for _, group := range [][]string{nil, {"ResourceId"}} {
		a, err := w.Ledger.Ask(t.Context(), finops.Question{Metrics: finops.Metrics, GroupBy: group, Limit: 1})
		require.NoError(t, err)
		line, err := json.Marshal(a.Totals)
		require.NoError(t, err)
		text += string(line) + "\n"
	}
	return text
}

// look opens the workspace after a kill: all of the import must count, or nothing.
func (k *killed) look(t *testing.T) (complete bool) {
	t.Helper()
	w, err := Open(t.Context(), k.path, testOptions)
	require.NoError(t, err)
	defer func() { require.NoError(t, w.Close()) }()
	requireSound(t, w)
	totals := totalsOf(t, w)
	if totals != k.before {
		require.Equal(t, k.complete, totals)
	}
	infos, err := w.Imports.List(t.Context())
	require.NoError(t, err)
	k.importID = infos[0].ID
	columns, err := w.db.CustomColumns(t.Context())
	require.NoError(t, err)
	if totals == k.before && infos[0].State != "undone" && len(infos) == 1 {
		require.Len(t, columns, 1, "columns of an import that never was")
	}
	return totals == k.complete
}

// TestKill_AtProgress kills the import at each call of Progress; without CI_KILLS at
// some of them.
func TestKill_AtProgress(t *testing.T) {
	long(t)
	t.Parallel()
	k := newKilled(t)
	ended, calls := child(t, killJob{Workspace: k.path, Action: "import", File: k.file}, 0)
	require.True(t, ended)
	require.True(t, k.look(t))
	require.Greater(t, calls, 4)
	ended, _ = child(t, killJob{Workspace: k.path, Action: "undo", ImportID: k.importID}, 0)
	require.True(t, ended)
	require.False(t, k.look(t))
	step := 1
	if os.Getenv("CI_KILLS") == "" {
		step = max(1, calls/8)
	}
	for at := 1; at <= calls; at++ {
		if at%step > 0 && at < calls-2 { // the last ones check and finish
			continue
		}
		ended, _ := child(t, killJob{Workspace: k.path, Action: "import", File: k.file, KillAt: at}, 0)
		require.False(t, ended, "call %d of %d", at, calls)
		require.False(t, k.look(t), "killed at call %d of %d", at, calls)
	}
	ended, _ = child(t, killJob{Workspace: k.path, Action: "import", File: k.file}, 0)
	require.True(t, ended)
	require.True(t, k.look(t))
}

// TestKill_AtAnyTime kills imports, undos and the repair after a kill at random times.
func TestKill_AtAnyTime(t *testing.T) {
	long(t)
	t.Parallel()
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	random := rand.New(rand.NewPCG(seed, 2))
	k := newKilled(t)
	// The time that import and undo take here, measured once.
	took := map[string]time.Duration{}
	for _, action := range []string{"import", "undo"} {
		begun := time.Now()
		ended, _ := child(t, killJob{Workspace: k.path, Action: action, File: k.file, ImportID: k.importID}, 0)
		took[action] = time.Since(begun)
		require.True(t, ended)
		require.Equal(t, action == "import", k.look(t))
	}
	complete, count := false, map[string]int{}
	for range kills(40) {
		action := "import"
		if complete {
			action = "undo"
		}
		after := time.Duration(random.Int64N(int64(took[action])*5/4)) + time.Millisecond
		ended, _ := child(t, killJob{Workspace: k.path, Action: action, File: k.file, ImportID: k.importID}, after)
		if random.IntN(3) == 0 { // the repair may be killed too
			child(t, killJob{Workspace: k.path, Action: "open"}, time.Duration(random.Int64N(int64(20*time.Millisecond)))+time.Millisecond)
		}
		was := complete
		complete = k.look(t)
		if ended {
			require.NotEqual(t, was, complete, "%s ended after %v, and did nothing", action, after)
		}
		count[fmt.Sprintf("%s, ended %v, done %v", action, ended, was != complete)]++
		if complete && was && random.IntN(2) == 0 { // on to the next import
			ended, _ := child(t, killJob{Workspace: k.path, Action: "undo", ImportID: k.importID}, 0)
			require.True(t, ended)
			complete = k.look(t)
			require.False(t, complete)
		}
	}
	t.Logf("%v", count)
	if !complete {
		ended, _ := child(t, killJob{Workspace: k.path, Action: "import", File: k.file}, 0)
		require.True(t, ended)
		require.True(t, k.look(t))
	}
	again := reopen(t, k.path)
	res := load(t, again, k.file)
	require.True(t, res.Files[0].Known)
	require.Equal(t, k.complete, totalsOf(t, again))
}
