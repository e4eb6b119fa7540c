package service

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/finops/filter"
	"cloud-intelligence/backend/ingest"
	"cloud-intelligence/backend/job"
	"cloud-intelligence/backend/store/storetest"
)

// asking is a workspace whose imports wait for answers.
func asking(t *testing.T) *Workspace {
	t.Helper()
	w := newWorkspace(t)
	w.asks = true
	return w
}

// begin starts an import and returns it once it waits.
func begin(t *testing.T, w *Workspace, opts ImportOptions, paths ...string) (j job.Job, question *ingest.Result) {
	t.Helper()
	plan, err := w.Imports.Plan(t.Context(), paths)
	require.NoError(t, err)
	j, err = w.Imports.Start(t.Context(), plan, opts, nil)
	require.NoError(t, err)
	return waiting(t, w, j.ID)
}

func waiting(t *testing.T, w *Workspace, id string) (j job.Job, question *ingest.Result) {
	t.Helper()
	require.Eventually(t, func() bool {
		var err error
		j, err = w.Jobs.Find(t.Context(), id)
		require.NoError(t, err)
		require.True(t, j.State.Live(), "%v %v", j.State, j.Err)
		return j.State == job.Waiting
	}, time.Minute, time.Millisecond)
	question, ok := j.Result.(*ingest.Result)
	require.True(t, ok)
	return j, question
}

func ended(t *testing.T, w *Workspace, j job.Job) *ingest.Result {
	t.Helper()
	made, err := w.Jobs.Wait(t.Context(), j.ID)
	require.NoError(t, err)
	result, ok := made.(*ingest.Result)
	require.True(t, ok)
	return result
}

// overlapping are a bill and a file of which it is not clear whether it is a newer state of it.
func overlapping(t *testing.T) (old, unclear string) {
	t.Helper()
	return newTable().lines(20, "r", "BilledCost", "1").file(t, "old.csv"),
		newTable().lines(6, "r", "BilledCost", "3").lines(14, "s", "BilledCost", "2").file(t, "new.csv")
}

func TestAsking_TheAnswerCostsNoSecondReading(t *testing.T) {
	for answer, want := range map[ingest.Overlap]string{ingest.OverlapReplace: "20 46", ingest.OverlapAdd: "40 66"} {
		t.Run(string(answer), func(t *testing.T) {
			w := asking(t)
			old, unclear := overlapping(t)
			load(t, w, old)
			j, question := begin(t, w, ImportOptions{}, unclear)
			require.Len(t, question.Conflicts, 1)
			assert.Equal(t, "20 20", billed(t, w), "nothing of it counts yet")

			require.NoError(t, os.Remove(unclear), "it was read")
			require.NoError(t, w.Imports.Answer(j.ID, map[string]ingest.Overlap{unclear: answer}))
			assert.NotZero(t, ended(t, w, j).ImportID)
			assert.Equal(t, want, billed(t, w))
			requireSound(t, w)
			assert.Equal(t, finops.CodeConflict, finops.CodeOf(w.Imports.Answer(j.ID, nil)), "it has ended")
		})
	}
}

func TestAsking_ReviewThenReplaces(t *testing.T) {
	w := asking(t)
	old, unclear := overlapping(t)
	load(t, w, old)
	j, _ := begin(t, w, ImportOptions{Review: ingest.ReviewRestated}, unclear)
	require.NoError(t, w.Imports.Answer(j.ID, map[string]ingest.Overlap{unclear: ingest.OverlapReplace}))
	_, question := waiting(t, w, j.ID)
	require.True(t, question.NeedsReview, "what is replaced is shown before it is")
	require.Len(t, question.Changes, 1)
	assert.EqualValues(t, 20, question.Lines)
	require.NoError(t, w.Imports.Answer(j.ID, nil))
	ended(t, w, j)
	assert.Equal(t, "20 46", billed(t, w))
	requireSound(t, w)
}

func TestAsking_WhatIsLeftOutDoesNotCount(t *testing.T) {
	w := asking(t)
	old, unclear := overlapping(t)
	other := newTable().lines(5, "o", "BilledCost", "3", "BillingAccountId", "2").file(t, "other.csv")
	load(t, w, old)
	j, _ := begin(t, w, ImportOptions{}, unclear, other)
	require.NoError(t, w.Imports.Answer(j.ID, map[string]ingest.Overlap{unclear: ingest.OverlapLeave}))
	result := ended(t, w, j)
	assert.EqualValues(t, 5, result.Lines)
	assert.Equal(t, "25 35", billed(t, w))
	requireSound(t, w)
	infos, err := w.Imports.List(t.Context())
	require.NoError(t, err)
	assert.Equal(t, ImportActive, infos[0].State)
	assert.Equal(t, Standing{Counted: 5}, infos[0].Standing)
	require.Len(t, infos[0].Files, 1)

	again := load(t, reopen(t, w.Path()), newTable().lines(6, "x", "BilledCost", "1", "BillingAccountId", "3").file(t, "more.csv"))
	assert.EqualValues(t, 6, again.Lines)
	require.NoError(t, w.Imports.Undo(t.Context(), result.ImportID))
	requireSound(t, w)

	before := storetest.Dump(t, w.Path())
	j, _ = begin(t, w, ImportOptions{}, unclear)
	require.NoError(t, w.Imports.Answer(j.ID, map[string]ingest.Overlap{unclear: ingest.OverlapLeave}))
	assert.Zero(t, ended(t, w, j).ImportID, "no other file was to be imported")
	require.NoError(t, w.Jobs.Clear(t.Context()))
	requireSameLedger(t, w, before)
}

// requireSameLedger compares the workspace with a dump, apart from its jobs.
func requireSameLedger(t *testing.T, w *Workspace, before map[string]string) {
	t.Helper()
	after := storetest.Dump(t, w.Path())
	for _, dump := range []map[string]string{before, after} {
		delete(dump, "job")
	}
	requireSameDump(t, before, after)
}

func TestAsking_CancelAndUserEditsMeanwhile(t *testing.T) {
	w := asking(t)
	old, unclear := overlapping(t)
	load(t, w, old)
	require.NoError(t, w.Rename(t.Context(), "Before", AnyVersion))
	before := storetest.Dump(t, w.Path())
	j, _ := begin(t, w, ImportOptions{}, unclear)

	where, err := filter.Parse(`ServiceName = "Web"`)
	require.NoError(t, err)
	_, err = w.Scopes.Save(t.Context(), "Web", where, 0)
	require.NoError(t, err, "the person's own data can be changed")
	require.NoError(t, w.Scopes.Delete(t.Context(), "Web", AnyVersion))
	assert.Equal(t, finops.CodeUnavailable, finops.CodeOf(w.Imports.Undo(t.Context(), 1)), "the ledger is that of the question")
	_, err = importWith(t.Context(), w, ImportOptions{}, old)
	assert.Equal(t, finops.CodeUnavailable, finops.CodeOf(err))

	require.NoError(t, w.Jobs.Cancel(t.Context(), j.ID))
	_, err = w.Jobs.Wait(t.Context(), j.ID)
	assert.Equal(t, finops.CodeCancelled, finops.CodeOf(err))
	assert.Equal(t, job.Cancelled, lastJob(t, w).State)
	delete(before, "audit")
	after := storetest.Dump(t, w.Path())
	assert.Equal(t, before["charge"], after["charge"])
	assert.Equal(t, before["slice"], after["slice"])
	assert.Equal(t, before["import"], after["import"])
	requireSound(t, w)
	require.NoError(t, w.Imports.Undo(t.Context(), 1), "the workspace is free again")
}

// TestAsking_KilledWhileItWaits kills the process that waits. The next one finds the workspace as it
// was, runs the job again and is asked again.
func TestAsking_KilledWhileItWaits(t *testing.T) {
	long(t)
	w := asking(t)
	old, unclear := overlapping(t)
	load(t, w, old)
	require.NoError(t, w.Close())
	ended1, _ := child(t, killJob{Workspace: w.Path(), Action: "wait", File: unclear}, 0)
	require.False(t, ended1)

	w = reopen(t, w.Path())
	w.asks = true
	found := lastJob(t, w)
	assert.Equal(t, job.Interrupted, found.State)
	assert.Equal(t, "20 20", billed(t, w))
	requireSound(t, w)
	_, err := w.Jobs.Again(t.Context(), found.ID, nil)
	require.NoError(t, err)
	j, question := waiting(t, w, found.ID)
	require.Len(t, question.Conflicts, 1)
	require.NoError(t, w.Imports.Answer(j.ID, map[string]ingest.Overlap{unclear: ingest.OverlapReplace}))
	ended(t, w, j)
	assert.Equal(t, "20 46", billed(t, w))
	requireSound(t, w)
	assert.EqualValues(t, 2, lastJob(t, w).Attempts)
}

// cutFile is a packed file that ends in the middle of its lines; its first lines are good.
func cutFile(t *testing.T, lines int, name string, values ...string) string {
	t.Helper()
	text := packed(t, newTable().lines(lines, "cut", values...).file(t, "cut.csv"))
	cut := filepath.Join(t.TempDir(), name)
	require.NoError(t, os.WriteFile(cut, text[:len(text)-30], 0o600))
	return cut
}

// TestImport_LeavesOutAFileThatIsDamaged imports files of which one ends in the middle: its
// neighbours count, nothing of it does.
func TestImport_LeavesOutAFileThatIsDamaged(t *testing.T) {
	w := newWorkspace(t)
	first := newTable().lines(40, "a", "BilledCost", "1").file(t, "a.csv")
	cut := cutFile(t, 9000, "b.csv.gz", "BilledCost", "7", "BillingAccountId", "2")
	last := newTable().lines(30, "c", "BilledCost", "2", "BillingAccountId", "3").file(t, "c.csv")
	done, err := importAsJob(t.Context(), w, ImportOptions{}, first, cut, last)
	require.NoError(t, err)
	assert.EqualValues(t, 70, done.Outcome.Lines)
	assert.EqualValues(t, 2, done.Outcome.Files)
	assert.True(t, done.Outcome.NeedsAction)
	assert.Contains(t, done.Outcome.Note, "1 file was left out. ")
	assert.Contains(t, done.Outcome.Note, "b.csv.gz is cut off in the middle. Fetch it again and import it once more. All other files were imported.")
	assert.Equal(t, "70 100", billed(t, w))
	requireSound(t, w)
	infos, err := w.Imports.List(t.Context())
	require.NoError(t, err)
	require.Len(t, infos[0].Files, 2)
	bills, err := w.Bills.List(t.Context())
	require.NoError(t, err)
	assert.Len(t, bills, 2, "no bill of the damaged file")

	whole := newTable().lines(9000, "cut", "BilledCost", "7", "BillingAccountId", "2").file(t, "b.csv")
	assert.EqualValues(t, 9000, load(t, w, whole).Lines, "it is fetched again")
	assert.Equal(t, "9070 63100", billed(t, w))
	requireSound(t, w)
	require.NoError(t, w.Imports.Undo(t.Context(), infos[0].ID))
	assert.Equal(t, "9000 63000", billed(t, w))
	requireSound(t, w)
}

// TestImport_DamagedPartOfABillLeavesItsOtherFiles has two files of one bill, the second of which is
// damaged: what was read of it is not half of the bill.
func TestImport_DamagedPartOfABillLeavesItsOtherFiles(t *testing.T) {
	w := newWorkspace(t)
	part := newTable().lines(40, "a", "BilledCost", "1").file(t, "bill-00001.csv")
	res, err := importWith(t.Context(), w, ImportOptions{}, cutFile(t, 9000, "bill-00002.csv.gz", "BilledCost", "7"), part)
	require.NoError(t, err)
	require.Len(t, res.LeftOut, 1)
	assert.Equal(t, finops.CodeCorrupt, finops.CodeOf(res.LeftOut[0].Reason))
	assert.Equal(t, "40 40", billed(t, w))
	requireSound(t, w)
}

func TestImport_DamagedAndNothingElse(t *testing.T) {
	for name, opts := range map[string]ImportOptions{"the only file": {}, "strict": {Strict: true}} {
		t.Run(name, func(t *testing.T) {
			w := newWorkspace(t)
			before := storetest.Dump(t, w.Path())
			paths := []string{cutFile(t, 9000, "b.csv.gz")}
			if opts.Strict {
				paths = append(paths, newTable().lines(4, "a", "BillingAccountId", "7").file(t, "a.csv"))
			}
			_, err := importWith(t.Context(), w, opts, paths...)
			assert.Equal(t, finops.CodeCorrupt, finops.CodeOf(err))
			requireSameDump(t, before, storetest.Dump(t, w.Path()))
		})
	}
}
