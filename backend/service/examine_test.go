package service

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/ingest"
	"cloud-intelligence/backend/store/storetest"
)

// looked previews paths and reads the files to their end.
func looked(t *testing.T, w *Workspace, paths ...string) *Plan {
	t.Helper()
	plan, err := w.Imports.Look(t.Context(), paths, func(PlanProgress) {})
	require.NoError(t, err)
	require.NotNil(t, plan.Examined)
	return plan
}

func outlook(t *testing.T, plan *Plan, answers map[string]ingest.Overlap) *ingest.Result {
	t.Helper()
	made, err := plan.Examined.Outlook(t.Context(), answers)
	require.NoError(t, err)
	return made
}

func packed(t *testing.T, path string) []byte {
	t.Helper()
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	var out bytes.Buffer
	w := gzip.NewWriter(&out)
	_, err = w.Write(text)
	require.NoError(t, err)
	require.NoError(t, w.Close())
	return out.Bytes()
}

func archive(t *testing.T, name string, entries map[string]string) string {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for entry, path := range entries {
		text, err := os.ReadFile(path)
		require.NoError(t, err)
		e, err := w.Create(entry)
		require.NoError(t, err)
		_, err = e.Write(text)
		require.NoError(t, err)
	}
	require.NoError(t, w.Close())
	path := filepath.Join(t.TempDir(), name)
	require.NoError(t, os.WriteFile(path, out.Bytes(), 0o600))
	return path
}

func TestExamine_DamagedFileDoesNotStopItsNeighbours(t *testing.T) {
	w := newWorkspace(t)
	whole := newTable().lines(3000, "r", "BilledCost", "0.5").file(t, "whole.csv")
	text := packed(t, newTable().lines(9000, "s", "BilledCost", "7").file(t, "cut.csv"))
	cut := filepath.Join(t.TempDir(), "cut.csv.gz")
	require.NoError(t, os.WriteFile(cut, text[:len(text)-30], 0o600))
	before := storetest.Dump(t, w.Path())

	plan := looked(t, w, cut, whole)
	require.Len(t, plan.Files, 2, "its beginning can be read")
	trouble := map[string]error{}
	for _, f := range plan.Examined.Files {
		trouble[filepath.Base(f.File.Name())] = f.Trouble
	}
	require.NoError(t, trouble["whole.csv"])
	assert.Equal(t, finops.CodeCorrupt, finops.CodeOf(trouble["cut.csv.gz"]))
	made := outlook(t, plan, nil)
	require.Len(t, made.Files, 1)
	assert.Equal(t, "1500", made.Files[0].Totals[0].Amount.String(), "nothing of the damaged file counts")
	requireSameDump(t, before, storetest.Dump(t, w.Path()))

	res, err := w.Imports.Run(t.Context(), plan, ImportOptions{})
	require.NoError(t, err)
	assert.EqualValues(t, 3000, res.Lines)
	assert.Equal(t, "3000 1500", billed(t, w))
	require.Len(t, res.LeftOut, 1, "what the preview has shown is in the result, too")
	assert.Equal(t, cut, res.LeftOut[0].File.Name())
	assert.Equal(t, finops.CodeCorrupt, finops.CodeOf(res.LeftOut[0].Reason))
	outcome := importOutcome(res)
	assert.True(t, outcome.NeedsAction)
	assert.Contains(t, outcome.Note, "1 file was left out. ")
	assert.Contains(t, outcome.Note, "cut.csv.gz")
}

func TestExamine_LinesWithoutACurrencyAreAWarning(t *testing.T) {
	w := newWorkspace(t)
	file := newTable().lines(1200, "n", "BilledCost", "2", "BillingCurrency", "").lines(3, "e", "BilledCost", "5", "BillingCurrency", "EUR").file(t, "mix.csv")
	whole := newTable().lines(3, "w", "BilledCost", "5").file(t, "whole.csv")
	said := map[string][]string{}
	for _, f := range looked(t, w, file, whole).Examined.Files {
		said[filepath.Base(f.File.Name())] = f.Warnings
	}
	assert.Contains(t, said["mix.csv"], "1,200 lines name no currency. Their costs are kept apart and added to no currency.")
	assert.Empty(t, said["whole.csv"])
}

func TestExamine_TheSameFileLooseAndInAnArchiveIsOne(t *testing.T) {
	loose := newTable().lines(40, "r", "BilledCost", "2").file(t, "bill.csv")
	packedToo := archive(t, "delivery.zip", map[string]string{"2026/bill.csv": loose})

	t.Run("together", func(t *testing.T) {
		w := newWorkspace(t)
		plan := looked(t, w, loose, packedToo)
		made := outlook(t, plan, nil)
		assert.Empty(t, made.Conflicts)
		require.Len(t, made.Files, 2)
		assert.EqualValues(t, 40, made.Lines)
		res := load(t, w, loose, packedToo)
		assert.EqualValues(t, 40, res.Lines)
	})
	for name, order := range map[string][2]string{"loose first": {loose, packedToo}, "archive first": {packedToo, loose}} {
		t.Run(name, func(t *testing.T) {
			w := newWorkspace(t)
			load(t, w, order[0])
			plan := looked(t, w, order[1])
			require.True(t, plan.Files[0].Known)
			again := load(t, w, order[1])
			assert.Zero(t, again.ImportID)
		})
	}
}

func TestExamine_ConflictShowsWhatEachSideHas(t *testing.T) {
	w := newWorkspace(t)
	load(t, w, newTable().lines(20, "r", "BilledCost", "1", "EffectiveCost", "0.5").file(t, "old.csv"))
	newer := newTable().lines(6, "r", "BilledCost", "3", "EffectiveCost", "3").lines(14, "s", "BilledCost", "2").file(t, "new.csv")
	plan := looked(t, w, newer)
	made := outlook(t, plan, nil)
	require.Len(t, made.Conflicts, 1)
	c := made.Conflicts[0]
	assert.EqualValues(t, 20, c.New.Lines)
	assert.EqualValues(t, 20, c.Existing.Lines)
	assert.Equal(t, c.Existing.FirstDay, c.New.FirstDay)
	show := func(m ingest.Money) string { return m.Billed.String() + " " + m.Effective.String() + " " + m.Currency }
	require.Len(t, c.New.Costs, 1)
	assert.Equal(t, "20 10 USD", show(c.Existing.Costs[0]))
	assert.Equal(t, "46", c.New.Costs[0].Billed.String())
	assert.Equal(t, "26", c.Difference[0].Billed.String())

	for answer, replaced := range map[ingest.Overlap]int{ingest.OverlapReplace: 1, ingest.OverlapLeave: 0} {
		said := outlook(t, plan, map[string]ingest.Overlap{newer: answer})
		assert.Empty(t, said.Conflicts)
		assert.Len(t, said.Replaced, replaced, answer)
	}
	assert.Equal(t, "20 20", billed(t, w), "nothing was changed")
}

func TestExamine_ReplacementShowsWhatEachSideHas(t *testing.T) {
	w := newWorkspace(t)
	load(t, w, newTable().lines(20, "r", "BilledCost", "1", "EffectiveCost", "0.5").lines(3, "e", "BilledCost", "4", "EffectiveCost", "4", "BillingCurrency", "EUR").file(t, "old.csv"))
	newer := newTable().lines(25, "r", "BilledCost", "1", "EffectiveCost", "0.25").lines(2, "e", "BilledCost", "4", "EffectiveCost", "4", "BillingCurrency", "EUR").file(t, "new.csv")
	plan := looked(t, w, newer)
	made := outlook(t, plan, nil)
	require.Len(t, made.Replaced, 1)
	r := made.Replaced[0]
	assert.Equal(t, []string{newer}, r.Files)
	assert.Equal(t, []int64{23, 27}, []int64{r.Before.Lines, r.Now.Lines})
	show := func(list []ingest.Money) (texts []string) {
		for _, m := range list {
			texts = append(texts, m.Currency+" "+m.Billed.String()+" "+m.Effective.String())
		}
		return texts
	}
	assert.Equal(t, []string{"EUR 12 12", "USD 20 10"}, show(r.Before.Costs))
	assert.Equal(t, []string{"EUR 8 8", "USD 25 6.25"}, show(r.Now.Costs))
	assert.Equal(t, []string{"EUR -4 -4", "USD 5 -3.75"}, show(r.Difference))
	assert.Empty(t, outlook(t, plan, map[string]ingest.Overlap{newer: ingest.OverlapLeave}).Replaced, "the current bill is kept")

	res := load(t, w, newer)
	require.Len(t, res.Changes, 1)
	assert.Equal(t, r, res.Replaced[0], "the import does what the preview said")
	assert.Equal(t, r.Before.Costs, res.Changes[0].Before.Costs)
	assert.Equal(t, r.Now.Costs, res.Changes[0].Now.Costs)
}

func TestImportTitle_NamesWhatIsRead(t *testing.T) {
	w := newWorkspace(t)
	known, first, second := newTable().lines(3, "a").file(t, "a.csv"), newTable().lines(4, "b").file(t, "b.csv"), newTable().lines(5, "c").file(t, "c.csv")
	load(t, w, known)
	twice := archive(t, "twice.zip", map[string]string{"b.csv": first})
	plan := looked(t, w, known, first, second, twice)
	assert.Equal(t, "Import 2 files", importTitle(plan, nil))
	assert.Equal(t, "Import c.csv", importTitle(plan, map[string]ingest.Overlap{first: ingest.OverlapLeave}))
}
