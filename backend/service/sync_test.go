package service

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/job"
	"cloud-intelligence/backend/platform/keychain"
	"cloud-intelligence/backend/platform/network"
	"cloud-intelligence/backend/source"
	"cloud-intelligence/backend/store"
)

// placeWorkspace makes a workspace with the connection Main to a place, and returns what it opens with.
func placeWorkspace(t *testing.T, root string) (path string, opts Options) {
	t.Helper()
	path, opts = filepath.Join(t.TempDir(), "client.cloudintel"), Options{Keychain: &keychain.Memory{}}
	w, err := Create(t.Context(), path, "Client", testOptions)
	require.NoError(t, err)
	require.NoError(t, w.Close())
	w = withPlace(t, path, place{}, opts)
	_, err = w.Connections.Add(t.Context(), ConnectionInput{Name: "Main", Kind: "place", Values: map[string]string{"root": root}, Secrets: map[string]string{"token": planted}})
	require.NoError(t, err)
	require.NoError(t, w.Close())
	return path, opts
}

// syncMain syncs the connection Main and waits for it.
func syncMain(t *testing.T, w *Workspace, opts SyncOptions) (*SyncResult, error) {
	t.Helper()
	j, err := w.Syncs.Start(t.Context(), "main", opts, nil)
	require.NoError(t, err)
	result, err := w.Jobs.Wait(t.Context(), j.ID)
	if err != nil {
		return nil, err
	}
	done, ok := result.(*SyncResult)
	require.True(t, ok)
	return done, nil
}

func syncedMonths(r *SyncResult) (names []string) {
	for _, m := range r.Months {
		names = append(names, m.Month+" "+m.DataSet)
	}
	return names
}

func TestSync_BringsInWhatChanged(t *testing.T) {
	root := t.TempDir()
	path, opts := placeWorkspace(t, root)
	for _, month := range []string{"2026-08", "2026-09", "2026-10"} {
		delivery(t, root, "1", month, 5, "r")
	}
	delivery(t, root, "2", "2026-10", 3, "s")
	w := withPlace(t, path, place{}, opts)
	t.Cleanup(func() { require.NoError(t, w.Close()) })
	r, err := syncMain(t, w, SyncOptions{From: "2026-09"})
	require.NoError(t, err)
	assert.Equal(t, []string{"2026-10 account-1", "2026-10 account-2", "2026-09 account-1"}, syncedMonths(r), "the newest first, so that the first figure is there soon")
	assert.Equal(t, []int64{3, 6, 26, 1}, []int64{r.Run.Months, r.Run.Files, r.Run.Lines, r.Run.Calls})

	r, err = syncMain(t, w, SyncOptions{From: "2026-09"})
	require.NoError(t, err)
	assert.Empty(t, r.Months)
	assert.Contains(t, r.Run.Note, "Nothing to do")
	delivery(t, root, "1", "2026-10", 7, "r")
	r, err = syncMain(t, w, SyncOptions{From: "2026-09"})
	require.NoError(t, err)
	assert.Equal(t, []string{"2026-10 account-1"}, syncedMonths(r))
	require.Len(t, r.Changes.Bills, 1)
	b := r.Changes.Bills[0]
	assert.Equal(t, []string{"2026-10", "USD", "24", "30", "6", "0.250000"}, []string{b.Month, b.Currency, b.Before.String(), b.After.String(), b.Change.String(), b.Relative}, "4 lines of 1.5 more; the other account is in both")
	require.Len(t, r.Changes.Days, 1)
	d := r.Changes.Days[0]
	assert.Equal(t, []any{"2026-10-03", "30", "0", "30", "", false}, []any{d.Day.String(), d.Amount.String(), d.Before.String(), d.Change.String(), d.Relative, d.Partial})
	assert.Equal(t, r.Changes, changesOf(r.Run), "the history has it, too")
	r, err = syncMain(t, w, SyncOptions{})
	require.NoError(t, err)
	assert.Equal(t, []string{"2026-08 account-1"}, syncedMonths(r), "further back, when it is asked for")

	all, err := w.Ledger.Ask(t.Context(), finops.Question{Metrics: []finops.Metric{finops.BilledCost}, GroupBy: []string{"BillingAccountId", "BillingPeriodStart"}, Sort: finops.SortKeys})
	require.NoError(t, err)
	assert.Len(t, all.Rows, 4)
	c, err := w.Connections.ByName(t.Context(), "MAIN")
	require.NoError(t, err)
	assert.Len(t, c.Months, 4)
	assert.Empty(t, c.Problem)
	assert.Equal(t, string(job.Done), c.LastRun.State)
	runs, err := w.Syncs.History(t.Context(), "Main", 0)
	require.NoError(t, err)
	assert.Len(t, runs, 4)
	assert.NoDirExists(t, path+"-sync", "what was imported is not kept a second time")
	noSecret(t, filepath.Dir(path))
}

// TestSync_ShowsHowFarItIs looks at the job in the middle of each file.
func TestSync_ShowsHowFarItIs(t *testing.T) {
	root := t.TempDir()
	path, opts := placeWorkspace(t, root)
	delivery(t, root, "1", "2026-09", 5, "r")
	delivery(t, root, "1", "2026-10", 5, "r")
	size := func(file string) int64 {
		info, err := os.Stat(filepath.Join(root, "account-1", file))
		require.NoError(t, err)
		return info.Size()
	}
	of := [4]int64{size("2026-10/part-1.csv"), size("2026-10/part-2.csv"), size("2026-09/part-1.csv"), size("2026-09/part-2.csv")}
	total := of[0] + of[1] + of[2] + of[3]
	var w *Workspace
	var seen []string
	w = withPlace(t, path, place{fault: func(step string) error {
		if !strings.HasPrefix(step, "fetch") {
			return nil
		}
		jobs, err := w.Jobs.List(t.Context(), 0)
		require.NoError(t, err)
		at := slices.IndexFunc(jobs, func(j job.Job) bool { return j.Kind == KindSync })
		seen = append(seen, fmt.Sprintf("%d of %d: %s", jobs[at].Done, jobs[at].Total, jobs[at].Message))
		return nil
	}}, opts)
	t.Cleanup(func() { require.NoError(t, w.Close()) })
	r, err := syncMain(t, w, SyncOptions{})
	require.NoError(t, err)
	assert.Equal(t, []string{
		fmt.Sprintf("%d of %d: Fetching Oct 2026 of account-1, 1 of 2", of[0]/2, total),
		fmt.Sprintf("%d of %d: Fetching Oct 2026 of account-1, 1 of 2", of[0]+of[1]/2, total),
		fmt.Sprintf("%d of %d: Fetching Sep 2026 of account-1, 2 of 2", of[0]+of[1]+of[2]/2, total),
		fmt.Sprintf("%d of %d: Fetching Sep 2026 of account-1, 2 of 2", of[0]+of[1]+of[2]+of[3]/2, total),
	}, seen)
	assert.Equal(t, "Imported Sep – Oct 2026 of account-1.", r.Run.Note)
}

// noSecret looks into every file of a folder.
func noSecret(t *testing.T, folder string) {
	t.Helper()
	noText(t, folder, planted)
}

// noText wants that no file of a folder has a text.
func noText(t *testing.T, folder, secret string) {
	t.Helper()
	require.NoError(t, filepath.WalkDir(folder, func(path string, e os.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		require.NoError(t, err)
		assert.NotContains(t, string(text), secret, path)
		return nil
	}))
}

func TestSync_OneMonthThatCannotBeRead(t *testing.T) {
	root := t.TempDir()
	path, opts := placeWorkspace(t, root)
	delivery(t, root, "1", "2026-09", 5, "r")
	delivery(t, root, "1", "2026-10", 5, "r")
	require.NoError(t, os.RemoveAll(filepath.Join(root, "account-1", "2026-10")))
	require.NoError(t, os.MkdirAll(filepath.Join(root, "account-1", "2026-10"), 0o700))
	require.NoError(t, os.WriteFile(filepath.Join(root, "account-1", "2026-10", "page.html"), []byte("<html>no bill</html>"), 0o600))
	w := withPlace(t, path, place{}, opts)
	t.Cleanup(func() { require.NoError(t, w.Close()) })
	_, err := syncMain(t, w, SyncOptions{})
	assert.Equal(t, finops.CodeInvalid, finops.CodeOf(err))
	assert.Contains(t, finops.MessageOf(err), "1 of 2 months of Main could not be brought in. Oct 2026 of account-1: No bill was found")
	c, err := w.Connections.ByName(t.Context(), "Main")
	require.NoError(t, err)
	require.Len(t, c.Months, 1, "the other month is there")
	assert.Equal(t, string(job.Failed), c.LastRun.State)
}

// twoNames are what a place calls the accounts of its bills.
func twoNames() []source.Account {
	return []source.Account{{ID: "1", Name: "One"}, {ID: "2", Name: "Two"}}
}

// TestSync_Note keeps what a connection says of how it read.
func TestSync_Note(t *testing.T) {
	root := t.TempDir()
	path, opts := placeWorkspace(t, root)
	delivery(t, root, "1", "2026-10", 2, "r")
	w := withPlace(t, path, place{note: "Months are read page by page."}, opts)
	t.Cleanup(func() { require.NoError(t, w.Close()) })
	r, err := syncMain(t, w, SyncOptions{})
	require.NoError(t, err)
	assert.Equal(t, "Imported Oct 2026 of account-1. Months are read page by page.", r.Run.Note)
	assert.Equal(t, string(job.Done), r.Run.State)
}

// TestSync_AccountNames brings in what a provider calls accounts, once a day, in place of what the bills say, and does without where that is refused.
func TestSync_AccountNames(t *testing.T) {
	root := t.TempDir()
	path, opts := placeWorkspace(t, root)
	delivery(t, root, "1", "2026-10", 2, "r")
	now, refuse, asked := time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC), true, 0
	opts.Now = func() time.Time { return now }
	list := twoNames()
	w := withPlace(t, path, place{names: func() []source.Account { return list }, fault: func(step string) error {
		if step != "names" {
			return nil
		}
		asked++
		if refuse {
			return finops.Errorf(finops.CodeDenied, "The permission to list accounts is missing.")
		}
		return nil
	}}, opts)
	t.Cleanup(func() { require.NoError(t, w.Close()) })
	name := func() string {
		names, err := w.Ledger.AccountNames(t.Context())
		require.NoError(t, err)
		return names.BillingAccounts["1"]
	}
	r, err := syncMain(t, w, SyncOptions{})
	require.NoError(t, err, "bills are brought in without names")
	assert.Equal(t, "Imported Oct 2026 of account-1. Account names could not be read: The permission to list accounts is missing.", r.Run.Note)
	assert.Equal(t, string(job.Done), r.Run.State)
	assert.NotEqual(t, "One", name())

	refuse = false
	r, err = syncMain(t, w, SyncOptions{})
	require.NoError(t, err)
	assert.Equal(t, "Read the names of 2 accounts.", r.Run.Note)
	assert.Equal(t, "One", name())
	a, err := w.Ledger.Ask(t.Context(), finops.Question{Metrics: []finops.Metric{finops.BilledCost}, Where: finops.If(finops.Condition{Column: finops.DimBillingAccount, Values: []*string{&list[0].Name}})})
	require.NoError(t, err)
	assert.EqualValues(t, 4, a.Totals[0].Lines, "an account can be asked for by its name")

	list = []source.Account{{ID: "1", Name: "Renamed"}}
	r, err = syncMain(t, w, SyncOptions{})
	require.NoError(t, err)
	assert.Contains(t, r.Run.Note, "Nothing to do")
	assert.Equal(t, 2, asked, "once a day")
	now = now.AddDate(0, 0, 1)
	_, err = syncMain(t, w, SyncOptions{})
	require.NoError(t, err)
	assert.Equal(t, "Renamed", name())
	c, err := w.Connections.ByName(t.Context(), "Main")
	require.NoError(t, err)
	assert.Len(t, c.Months, 1, "names are no month of bills")
	assert.Equal(t, now, c.NamedAt)
	noSecret(t, filepath.Dir(path))
}

// TestSync_AnyInterleaving syncs a place that changes, with faults, cancellations and restarts in between, and
// wants the ledger of one clean sync.
func TestSync_AnyInterleaving(t *testing.T) {
	for seed := range uint64(orders(6)) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			rng := rand.New(rand.NewPCG(seed, 12))
			root := t.TempDir()
			months, accounts := []string{"2026-08", "2026-09", "2026-10"}, []string{"1", "2"}
			change := func() {
				delivery(t, root, accounts[rng.IntN(2)], months[rng.IntN(3)], 1+rng.IntN(6), "r"+fmt.Sprint(rng.IntN(3)))
			}
			for range 4 {
				change()
			}
			path, opts := placeWorkspace(t, root)
			var say []string
			for range 8 {
				left := rng.IntN(8)
				var w *Workspace
				w = withPlace(t, path, place{names: twoNames, fault: func(step string) error {
					if left--; left != 0 {
						return nil
					}
					kind := rng.IntN(5)
					say = append(say, fmt.Sprint(step, " ", kind))
					switch kind {
					case 0:
						return finops.Errorf(finops.CodeUnavailable, "down")
					case 1:
						return finops.Errorf(finops.CodeDenied, "no")
					case 2:
						change() // while it is read
						return nil
					case 3:
						jobs, err := w.Jobs.List(t.Context(), 1)
						require.NoError(t, err)
						return w.Jobs.Cancel(t.Context(), jobs[0].ID)
					}
					return finops.Errorf(finops.CodeConflict, "it changed")
				}}, opts)
				_, err := syncMain(t, w, SyncOptions{})
				say = append(say, fmt.Sprint(finops.CodeOf(err)))
				require.NoError(t, w.Close())
				if rng.IntN(3) == 0 {
					change()
				}
			}
			sameAsClean(t, root, path, opts, say)
		})
	}
}

// sameAsClean syncs a workspace to its end and compares it with one that was synced once.
func sameAsClean(t *testing.T, root, path string, opts Options, say []string) {
	t.Helper()
	w := withPlace(t, path, place{names: twoNames}, opts)
	_, err := syncMain(t, w, SyncOptions{})
	require.NoError(t, err, say)
	got := charges(t, w)
	names, err := w.Ledger.AccountNames(t.Context())
	require.NoError(t, err)
	for id, name := range names.BillingAccounts {
		assert.Equal(t, map[string]string{"1": "One", "2": "Two"}[id], name, say)
	}
	assert.NotEmpty(t, names.BillingAccounts, say)
	proof, err := w.Ledger.Verify(t.Context())
	require.NoError(t, err)
	assert.True(t, proof.OK)
	require.NoError(t, w.Close())
	assert.NoDirExists(t, path+"-sync")
	noSecret(t, filepath.Dir(path))

	cleanPath, cleanOpts := placeWorkspace(t, root)
	clean := withPlace(t, cleanPath, place{names: twoNames}, cleanOpts)
	_, err = syncMain(t, clean, SyncOptions{})
	require.NoError(t, err)
	assert.Equal(t, charges(t, clean), got, say)
	require.NoError(t, clean.Close())
}

// charges are what the ledger holds of each bill, resource by resource.
func charges(t *testing.T, w *Workspace) string {
	t.Helper()
	a, err := w.Ledger.Ask(t.Context(), finops.Question{Metrics: finops.Metrics, GroupBy: []string{"BillingAccountId", "BillingPeriodStart", "ResourceId"}, Sort: finops.SortKeys})
	require.NoError(t, err)
	a.Version = 0
	text, err := json.MarshalIndent(a, "", " ")
	require.NoError(t, err)
	return string(text)
}

const syncKillEnv = "CI_SYNC_KILL"

// syncKill is what a child process syncs until it kills itself at a step of the connection, or crashes in the middle of a file.
type syncKill struct {
	Workspace string
	KillAt    int
	Crash     bool
}

// child is the process that syncs k.
func (k syncKill) child(t *testing.T, env ...string) *exec.Cmd {
	t.Helper()
	text, err := json.Marshal(k)
	require.NoError(t, err)
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestSyncChild$", "-test.v", "-test.timeout=5m")
	cmd.Env = append(append(os.Environ(), syncKillEnv+"="+string(text)), env...)
	return cmd
}

// TestSyncChild is the child process of the test below.
func TestSyncChild(t *testing.T) {
	text := os.Getenv(syncKillEnv)
	if text == "" {
		t.Skip("This is the child process of another test; it does nothing by itself.")
	}
	var k syncKill
	require.NoError(t, json.Unmarshal([]byte(text), &k))
	steps, fetched := 0, 0
	step := func() { // asking for the time is one, too: everything that is kept is kept with it
		if steps++; steps == k.KillAt {
			self, err := os.FindProcess(os.Getpid())
			if err == nil && self.Kill() == nil {
				select {} // the signal is on its way
			}
		}
	}
	var turn sync.Mutex
	opts := Options{Keychain: &keychain.Memory{}, Now: func() time.Time {
		turn.Lock()
		defer turn.Unlock()
		step()
		return time.Now()
	}}
	w := withPlace(t, k.Workspace, place{names: twoNames, fault: func(what string) error {
		turn.Lock()
		defer turn.Unlock()
		step()
		if strings.HasPrefix(what, "fetch") {
			fetched++
			if k.Crash {
				go func() { panic("a forced crash") }()
				select {}
			}
		}
		return nil
	}}, opts)
	_, err := w.Connections.Edit(t.Context(), ConnectionInput{Name: "Main", Secrets: map[string]string{"token": planted}}, AnyVersion)
	require.NoError(t, err)
	_, err = syncMain(t, w, SyncOptions{})
	require.NoError(t, err)
	require.NoError(t, w.Close())
	fmt.Println("fetched", fetched)
}

// TestSync_KilledAtEveryStep kills the process at each step of a sync in turn; each one goes on where the one
// before was.
func TestSync_KilledAtEveryStep(t *testing.T) {
	if testing.Short() {
		t.Skip("Killing is left out of the short run; with the race detector it would take minutes.")
	}
	root := t.TempDir()
	delivery(t, root, "1", "2026-09", 4, "r")
	delivery(t, root, "1", "2026-10", 4, "r")
	path, opts := placeWorkspace(t, root)
	fetched, kills := -1, 0
	for at := 1; fetched < 0; at++ {
		out, err := syncKill{Workspace: path, KillAt: at}.child(t).CombinedOutput()
		if err == nil {
			_, rest, _ := strings.Cut(string(out), "fetched ")
			_, err := fmt.Sscan(rest, &fetched)
			require.NoError(t, err)
			break
		}
		require.NotContains(t, string(out), "FAIL", string(out))
		kills++
	}
	t.Log("kills:", kills)
	assert.Greater(t, kills, 15)
	assert.LessOrEqual(t, fetched, 1, "what was fetched before is not fetched again")
	sameAsClean(t, root, path, opts, nil)
	w := withPlace(t, path, place{}, opts)
	runs, err := w.Syncs.History(t.Context(), "", 0)
	require.NoError(t, err)
	assert.True(t, slices.ContainsFunc(runs, func(r store.SyncRun) bool { return r.State == string(job.Interrupted) }), "a run that was killed has no end")
	require.NoError(t, w.Close())
}

// TestSync_CrashTellsNoSecret crashes in the middle of a file, with the stacks of everything that runs, and goes on afterwards.
func TestSync_CrashTellsNoSecret(t *testing.T) {
	if testing.Short() {
		t.Skip("Crashing is left out of the short run, as killing is.")
	}
	root := t.TempDir()
	delivery(t, root, "1", "2026-10", 4, "r")
	path, opts := placeWorkspace(t, root)
	out, err := syncKill{Workspace: path, Crash: true}.child(t, "GOTRACEBACK=all").CombinedOutput()
	require.Error(t, err)
	assert.Contains(t, string(out), "panic: a forced crash")
	assert.Contains(t, string(out), "placed).Fetch", "the stack of who knows the secret is in it")
	assert.NotContains(t, string(out), planted)
	noSecret(t, filepath.Dir(path))

	// What only a job is ended by, and what is kept and reported of it.
	w := withPlace(t, path, place{fault: func(string) error { panic("a fault of a connector") }}, opts)
	_, err = syncMain(t, w, SyncOptions{})
	require.ErrorContains(t, err, "a fault of a connector")
	assert.Equal(t, finops.CodeInternal, finops.CodeOf(err))
	assert.NotContains(t, fmt.Sprintf("%+v", err), planted)
	require.NoError(t, w.Close())
	noSecret(t, filepath.Dir(path))
	sameAsClean(t, root, path, opts, nil)
}

func TestSync_AnotherProcess(t *testing.T) {
	root := t.TempDir()
	path, opts := placeWorkspace(t, root)
	delivery(t, root, "1", "2026-10", 1, "r")
	w := withPlace(t, path, place{}, opts)
	t.Cleanup(func() { require.NoError(t, w.Close()) })
	c, err := w.Connections.ByName(t.Context(), "Main")
	require.NoError(t, err)
	release, err := w.stage(c.ID).lock()
	require.NoError(t, err)
	_, err = syncMain(t, w, SyncOptions{From: "2026-01"})
	assert.Equal(t, finops.CodeUnavailable, finops.CodeOf(err))
	assert.Contains(t, finops.MessageOf(err), "Another program syncs this connection")
	release()
	_, err = syncMain(t, w, SyncOptions{From: "2026-01"})
	require.NoError(t, err)
	assert.NoDirExists(t, path+"-sync")
}

// TestSync_WaitsForSignIn has a person in the window enter what a sign-in asks for, and gives up where nobody is there.
func TestSync_WaitsForSignIn(t *testing.T) {
	root := t.TempDir()
	path, opts := placeWorkspace(t, root)
	delivery(t, root, "1", "2026-10", 1, "r")
	w := withPlace(t, path, place{prompt: true}, opts)
	_, err := syncMain(t, w, SyncOptions{})
	assert.Equal(t, finops.CodeDenied, finops.CodeOf(err), "nobody is there")
	require.NoError(t, w.Close())

	opts.Asks = true
	w = withPlace(t, path, place{prompt: true}, opts)
	t.Cleanup(func() { require.NoError(t, w.Close()) })
	for range 2 {
		j, err := w.Syncs.Start(t.Context(), "main", SyncOptions{}, nil)
		require.NoError(t, err)
		assert.Eventually(t, func() bool {
			for _, one := range w.runner.List() {
				if prompt, ok := one.Result.(*source.Prompt); ok && one.State == job.Waiting {
					assert.Equal(t, "Enter the code.", prompt.Text)
					return w.Connections.Answer(j.ID, "123456") == nil
				}
			}
			done, err := w.Jobs.Find(t.Context(), j.ID)
			return err == nil && done.State == job.Done // the second sync finds the sign-in of the first
		}, time.Minute, time.Millisecond)
		_, err = w.Jobs.Wait(t.Context(), j.ID)
		require.NoError(t, err)
	}
	noText(t, filepath.Dir(path), "123456")
}

// TestSync_OthersGoOn: while a person is waited for another connection is synced, whose bills are no change of the one that waited.
func TestSync_OthersGoOn(t *testing.T) {
	root, silent := t.TempDir(), filepath.Join(t.TempDir(), "silent")
	path, opts := placeWorkspace(t, root)
	delivery(t, root, "1", "2026-10", 1, "r")
	delivery(t, silent, "2", "2026-10", 2, "s")
	opts.Asks = true
	w := withPlace(t, path, place{prompt: true}, opts)
	t.Cleanup(func() { require.NoError(t, w.Close()) })
	_, err := w.Connections.Add(t.Context(), ConnectionInput{Name: "Other", Kind: "place", Values: map[string]string{"root": silent}, Secrets: map[string]string{"token": planted}})
	require.NoError(t, err)
	waiting, err := w.Syncs.Start(t.Context(), "main", SyncOptions{}, nil)
	require.NoError(t, err)
	require.Eventually(t, func() bool {
		return slices.ContainsFunc(w.runner.List(), func(j job.Job) bool { return j.ID == waiting.ID && j.State == job.Waiting })
	}, time.Minute, time.Millisecond)
	other, err := w.Syncs.Start(t.Context(), "other", SyncOptions{}, nil)
	require.NoError(t, err)
	result, err := w.Jobs.Wait(t.Context(), other.ID)
	require.NoError(t, err)
	assert.Len(t, result.(*SyncResult).Months, 1)
	require.NoError(t, w.Connections.Answer(waiting.ID, "123456"))
	result, err = w.Jobs.Wait(t.Context(), waiting.ID)
	require.NoError(t, err)
	changes := result.(*SyncResult).Changes
	require.Len(t, changes.Bills, 1)
	own, err := w.Ledger.Ask(t.Context(), finops.Question{Metrics: []finops.Metric{finops.BilledCost}, Where: finops.If(finops.Condition{Column: finops.DimBillingAccount, Values: []*string{new("1")}})})
	require.NoError(t, err)
	assert.Equal(t, own.Rows[0].Amounts[0].String(), changes.Bills[0].Change.String(), "of its own bills only")
}

// TestMoved: what others bring in while a sync waits in its middle is no change of it.
func TestMoved(t *testing.T) {
	sum := func(n int64) (s finops.Sum) { s.Add(finops.NewAmount(n, 0)); return s }
	a, b := [2]string{"2026-10", "USD"}, [2]string{"2026-11", "EUR"}
	moved := monthTotals{a: sum(5)}.moved(monthTotals{a: sum(7)}, monthTotals{a: sum(10), b: sum(2)})
	changed := monthTotals{a: sum(10), b: sum(2)}.changed(moved)
	require.Len(t, changed, 1)
	assert.Equal(t, "2", changed[0].Change.String(), "what it had brought in before it waited")
}

func TestConnections_OnAnotherComputer(t *testing.T) {
	root := t.TempDir()
	path, _ := placeWorkspace(t, root)
	w := withPlace(t, path, place{}, Options{Keychain: &keychain.Memory{}})
	t.Cleanup(func() { require.NoError(t, w.Close()) })
	c, err := w.Connections.ByName(t.Context(), "Main")
	require.NoError(t, err)
	assert.Equal(t, []string{"Token"}, c.Missing)
	assert.Contains(t, c.Problem, "enter it again")
	_, err = syncMain(t, w, SyncOptions{})
	assert.Equal(t, finops.CodeNotFound, finops.CodeOf(err))
	_, err = w.Connections.Edit(t.Context(), ConnectionInput{Name: "Main", Secrets: map[string]string{"token": planted}}, AnyVersion)
	require.NoError(t, err)
	delivery(t, root, "1", "2026-10", 1, "r")
	_, err = syncMain(t, w, SyncOptions{})
	require.NoError(t, err)
}

func TestConnections_AddEditRemove(t *testing.T) {
	root := t.TempDir()
	path, opts := placeWorkspace(t, root)
	w := withPlace(t, path, place{}, opts)
	t.Cleanup(func() { require.NoError(t, w.Close()) })
	in := ConnectionInput{Name: " main ", Kind: "place", Values: map[string]string{"root": root}, Secrets: map[string]string{"token": planted}}
	for want, change := range map[string]func(*ConnectionInput){
		"already":            func(*ConnectionInput) {},
		"needs a name":       func(c *ConnectionInput) { c.Name = " " },
		"no kind of":         func(c *ConnectionInput) { c.Kind = "cloud" },
		"Root is missing":    func(c *ConnectionInput) { c.Values = nil },
		"Token is missing":   func(c *ConnectionInput) { c.Secrets = nil },
		"is a secret":        func(c *ConnectionInput) { c.Values = map[string]string{"root": root, "token": planted} },
		"There is no option": func(c *ConnectionInput) { c.Values = map[string]string{"root": root, "other": "x"} },
	} {
		bad := in
		change(&bad)
		_, err := w.Connections.Add(t.Context(), bad)
		require.Error(t, err, want)
		assert.Contains(t, finops.MessageOf(err), want)
		assert.NotContains(t, err.Error(), planted)
	}
	c, err := w.Connections.ByName(t.Context(), "Main")
	require.NoError(t, err)
	other := t.TempDir()
	edited, err := w.Connections.Edit(t.Context(), ConnectionInput{Name: "Main", Values: map[string]string{"root": other}}, c.Version)
	require.NoError(t, err)
	assert.Equal(t, []any{other, c.Version + 1, c.ID}, []any{edited.Values["root"], edited.Version, edited.ID})
	_, err = w.Connections.Edit(t.Context(), ConnectionInput{Name: "Main", Values: map[string]string{"root": root}}, c.Version)
	assert.Equal(t, finops.CodeConflict, finops.CodeOf(err))
	steps, err := w.Connections.Test(t.Context(), "Main", nil)
	require.NoError(t, err)
	assert.Len(t, steps, 1)

	require.NoError(t, w.Connections.Remove(t.Context(), "Main", AnyVersion))
	id, err := w.db.ID(t.Context(), "Tester", w.now())
	require.NoError(t, err)
	_, err = opts.Keychain.Get(t.Context(), id, secretName(c.ID, "token"))
	assert.Equal(t, finops.CodeNotFound, finops.CodeOf(err), "the secret has gone, too")
	assert.Equal(t, finops.CodeNotFound, finops.CodeOf(w.Connections.Remove(t.Context(), "Main", AnyVersion)))
	noSecret(t, filepath.Dir(path))
}

func TestConnections_Network(t *testing.T) {
	path, opts := placeWorkspace(t, t.TempDir())
	w := withPlace(t, path, place{}, opts)
	t.Cleanup(func() { require.NoError(t, w.Close()) })
	want := NetworkSettings{Settings: network.Settings{Offline: true, Proxy: "http://proxy.example.com:3128"}}
	version, err := w.Connections.SetNetwork(t.Context(), want, 0)
	require.NoError(t, err)
	have, err := w.Connections.Network(t.Context())
	require.NoError(t, err)
	want.Version = version
	assert.Equal(t, want, have)
	_, err = w.Connections.SetNetwork(t.Context(), NetworkSettings{AtOpening: true}, 0)
	assert.Equal(t, finops.CodeConflict, finops.CodeOf(err), "somebody set it since")
	both := ConflictOf(err)
	require.NotNil(t, both)
	assert.Contains(t, both.Have.Text, "Offline: on\nProxy: http://proxy.example.com:3128")
	assert.Contains(t, both.Want.Text, "Offline: off\nProxy: as the environment says")
	_, err = w.Connections.SetNetwork(t.Context(), NetworkSettings{Settings: network.Settings{Proxy: "http://ann:" + planted + "@proxy"}}, version)
	assert.Equal(t, finops.CodeInvalid, finops.CodeOf(err))
	noSecret(t, filepath.Dir(path))
}
