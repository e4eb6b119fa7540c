package service

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/ingest"
)

func TestAnswers_EachFileHasItsOwn(t *testing.T) {
	account := func(id, prefix, cost, name string) string {
		return newTable().lines(40, prefix, "BillingAccountId", id, "BilledCost", cost).file(t, name)
	}
	held := []string{account("1", "a", "1", "one.csv"), account("2", "b", "1", "two.csv"), account("3", "c", "1", "three.csv")}
	other := []string{account("1", "x", "3", "other-first.csv"), account("2", "y", "5", "another.csv"), account("3", "z", "7", "further.csv")}
	w := newWorkspace(t)
	load(t, w, held...)

	res, err := importWith(t.Context(), w, ImportOptions{}, other...)
	require.NoError(t, err)
	require.Len(t, res.Conflicts, 3)
	for _, c := range res.Conflicts {
		assert.False(t, c.Within)
	}

	res, err = importWith(t.Context(), w, ImportOptions{Answers: map[string]ingest.Overlap{other[0]: ingest.OverlapReplace, other[1]: ingest.OverlapAdd}}, other...)
	require.NoError(t, err)
	require.Len(t, res.Conflicts, 1, "what is not answered is asked")
	assert.Equal(t, other[2], res.Conflicts[0].File)
	require.Equal(t, "120 120", billed(t, w))

	res, err = importWith(t.Context(), w, ImportOptions{Answers: map[string]ingest.Overlap{
		other[0]: ingest.OverlapReplace, other[1]: ingest.OverlapAdd, other[2]: ingest.OverlapLeave,
	}}, other...)
	require.NoError(t, err)
	require.Empty(t, res.Conflicts)
	require.Len(t, res.Files, 2)
	require.Equal(t, "160 400", billed(t, w), "3 × 40 in place of the first, 5 × 40 beside the second, the third as it was")
	requireSound(t, w)
}

func TestAnswers_OfTwoFilesWithTheSameChargesOneIsLeftOut(t *testing.T) {
	w := newWorkspace(t)
	first, second := newTable().lines(40, "a", "BilledCost", "1").file(t, "first.csv"), newTable().lines(50, "a", "BilledCost", "2").file(t, "second.csv")
	c := conflict(t, w, "both files list the same charges", first, second)
	assert.True(t, c.Within)
	assert.Equal(t, []string{second, first}, []string{c.File, c.ExistingFile})

	res, err := importWith(t.Context(), w, ImportOptions{Answers: map[string]ingest.Overlap{first: ingest.OverlapLeave}}, first, second)
	require.NoError(t, err)
	require.Empty(t, res.Conflicts)
	require.Equal(t, "50 100", billed(t, w))
	undo(t, w, res.ImportID)

	res, err = importWith(t.Context(), w, ImportOptions{Answers: map[string]ingest.Overlap{second: ingest.OverlapAdd}}, first, second)
	require.NoError(t, err)
	require.Empty(t, res.Conflicts)
	require.Equal(t, "90 140", billed(t, w))
	undo(t, w, res.ImportID)

	res, err = importWith(t.Context(), w, ImportOptions{Answers: map[string]ingest.Overlap{first: ingest.OverlapLeave, second: ingest.OverlapLeave}}, first, second)
	require.NoError(t, err)
	assert.Zero(t, res.ImportID, "nothing is left to import")
}

func TestAnswers_OfTwoExportsInOneImport(t *testing.T) {
	for _, c := range []struct {
		answer ingest.Overlap
		want   string
	}{
		{ingest.OverlapReplace, "150 lines 900 1050"},
		{ingest.OverlapAdd, "180 lines 3000 3150"},
		{ingest.OverlapLeave, "30 lines 2100 2100"},
	} {
		w := newMixed(t)
		focus, native := focusOf(t, "focus.csv", 30, "70"), azureFile(t, "amortized.csv", 3, 30, true)
		asked := conflict(t, w, "the totals differ by 50 %", native, focus)
		assert.True(t, asked.Within)
		assert.Equal(t, []string{native, focus}, []string{asked.File, asked.ExistingFile})
		res, err := importWith(t.Context(), w, ImportOptions{Answers: map[string]ingest.Overlap{native: c.answer}}, native, focus)
		require.NoError(t, err)
		require.Empty(t, res.Conflicts, c.answer)
		require.Equal(t, c.want, costs(t, w), c.answer)
		requireSound(t, w)
	}
}
