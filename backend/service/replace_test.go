package service

import (
	"fmt"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/ingest"
	"cloud-intelligence/backend/store/storetest"
)

// states lists the states of the imports, oldest first.
func states(t *testing.T, w *Workspace) []string {
	t.Helper()
	infos, err := w.Imports.List(t.Context())
	require.NoError(t, err)
	list := make([]string, len(infos))
	for i, info := range infos {
		list[len(infos)-1-i] = string(info.State)
	}
	return list
}

func undo(t *testing.T, w *Workspace, id int64) {
	t.Helper()
	require.NoError(t, w.Imports.Undo(t.Context(), id))
	requireSound(t, w)
}

// conflict imports a file that must not be imported without a decision.
func conflict(t *testing.T, w *Workspace, reason string, paths ...string) ingest.Conflict {
	t.Helper()
	before, said := storetest.Dump(t, w.Path()), answers(t, w)
	res, err := importWith(t.Context(), w, ImportOptions{}, paths...)
	require.NoError(t, err)
	require.Len(t, res.Conflicts, 1)
	assert.Contains(t, res.Conflicts[0].Reason, reason)
	assert.Zero(t, res.ImportID)
	assert.Zero(t, res.Lines)
	requireSameDump(t, before, storetest.Dump(t, w.Path()))
	require.Equal(t, said, answers(t, w))
	requireSound(t, w)
	return res.Conflicts[0]
}

func TestReplace_NewerExport(t *testing.T) {
	w := newWorkspace(t)
	old := load(t, w, newTable().lines(200, "r", "BilledCost", "1").file(t, "a.csv"))
	before := answers(t, w)
	require.Equal(t, "200 200", billed(t, w))

	newer := load(t, w, newTable().lines(250, "r", "BilledCost", "1.01").file(t, "b.csv"))
	require.Len(t, newer.Replaced, 1)
	replaced := newer.Replaced[0]
	assert.Equal(t, ingest.Bill{Provider: "AWS", Account: "1", Month: month(t, "2026-05")}, replaced.Bill)
	assert.Equal(t, []int64{200, 250}, []int64{replaced.Before.Lines, replaced.Now.Lines})
	require.Equal(t, "250 252.5", billed(t, w))
	assert.Equal(t, []string{"superseded", "active"}, states(t, w))
	infos, err := w.Imports.List(t.Context())
	require.NoError(t, err)
	assert.Equal(t, []int64{old.ImportID}, infos[0].Replaces)
	_, rows := storetest.View(t, w.Path())
	assert.Len(t, rows, 250)

	undo(t, w, newer.ImportID)
	require.Equal(t, before, answers(t, w))
	assert.Equal(t, []string{"active", "undone"}, states(t, w))
	err = w.Imports.Undo(t.Context(), newer.ImportID)
	assert.Equal(t, finops.CodeNotFound, finops.CodeOf(err))
	err = w.Imports.Undo(t.Context(), 99)
	assert.Equal(t, finops.CodeNotFound, finops.CodeOf(err))
}

func month(t *testing.T, text string) finops.Month {
	t.Helper()
	m, err := finops.ParseMonth(text)
	require.NoError(t, err)
	return m
}

func TestReplace_ChainUndoneInAnyOrder(t *testing.T) {
	long(t)
	t.Parallel()
	files := []string{
		newTable().lines(100, "r", "BilledCost", "1").file(t, "a.csv"),
		newTable().lines(110, "r", "BilledCost", "2").file(t, "b.csv"),
		newTable().lines(120, "r", "BilledCost", "3").file(t, "c.csv"),
	}
	said := map[int]string{3: "nothing", 0: "100 100", 1: "110 220", 2: "120 360"}
	for _, order := range [][]int{{1, 2, 0}, {2, 1, 0}, {0, 1, 2}, {1, 0, 2}, {2, 0, 1}, {0, 2, 1}} {
		w := newWorkspace(t)
		ids := make([]int64, len(files))
		for i, f := range files {
			ids[i] = load(t, w, f).ImportID
		}
		gone := map[int]bool{}
		for _, i := range order {
			undo(t, w, ids[i])
			gone[i] = true
			newest := 2
			for newest >= 0 && gone[newest] {
				newest--
			}
			if newest < 0 {
				newest = 3
			}
			require.Equal(t, said[newest], billed(t, w), "order %v after %d", order, i)
		}
		requireEmpty(t, w)
		load(t, w, files[1])
		require.Equal(t, said[1], billed(t, w))
	}
}

// requireEmpty looks for anything that a workspace without imports still says.
func requireEmpty(t *testing.T, w *Workspace) {
	t.Helper()
	state, err := w.Ledger.State(t.Context())
	require.NoError(t, err)
	assert.Zero(t, state.Lines)
	assert.Empty(t, state.Currencies)
	assert.Empty(t, state.Providers)
	assert.Empty(t, state.Months)
	_, rows := storetest.View(t, w.Path())
	assert.Empty(t, rows)
	dump := storetest.Dump(t, w.Path())
	for _, table := range []string{"charge", "rollup", "segment"} {
		assert.Contains(t, dump[table], "0 rows", table)
	}
}

func TestReplace_PartsInOneImport(t *testing.T) {
	dir := t.TempDir()
	newTable().lines(100, "a").write(t, filepath.Join(dir, "part-1.csv"))
	newTable().lines(50, "b").write(t, filepath.Join(dir, "part-2.csv"))
	newTable().lines(25, "c", "BillingPeriodStart", "2026-06-01").write(t, filepath.Join(dir, "other.csv"))
	w := newWorkspace(t)
	res := load(t, w, dir)
	require.EqualValues(t, 175, res.Lines)
	require.Empty(t, res.Added)
	require.Equal(t, "175 262.5", billed(t, w))

	newer := t.TempDir()
	newTable().lines(101, "a", "BilledCost", "2").write(t, filepath.Join(newer, "part-1.csv"))
	newTable().lines(51, "b", "BilledCost", "2").write(t, filepath.Join(newer, "part-2.csv"))
	again := load(t, w, newer)
	require.Len(t, again.Replaced, 1)
	require.Equal(t, "177 341.5", billed(t, w))
	assert.Equal(t, []string{"partly_superseded", "active"}, states(t, w))
	undo(t, w, again.ImportID)
	require.Equal(t, "175 262.5", billed(t, w))
}

// TestReplace_OneDayOfAMonth takes the place of one file a day, and compares with that day alone.
func TestReplace_OneDayOfAMonth(t *testing.T) {
	day := func(name, cost string) *table {
		return newTable().lines(50, name, "ChargePeriodStart", "2026-05-"+name, "BilledCost", cost)
	}
	dir := t.TempDir()
	for _, name := range []string{"10", "11", "12"} {
		day(name, "1").write(t, filepath.Join(dir, "day-"+name+".csv"))
	}
	w := newWorkspace(t)
	month := load(t, w, dir)
	again := load(t, w, day("11", "2").file(t, "day-11.csv"))
	require.Len(t, again.Replaced, 1)
	require.Equal(t, "150 200", billed(t, w))

	bills, err := w.Bills.List(t.Context())
	require.NoError(t, err)
	require.Len(t, bills, 1)
	var parts []string
	for _, v := range bills[0].Versions {
		parts = append(parts, fmt.Sprintf("import %d %s, %d files, %s to %s", v.ImportID, v.State, len(v.Files), v.FirstDay, v.LastDay))
	}
	assert.Equal(t, []string{
		"import 2 counted, 1 files, 2026-05-11 to 2026-05-11",
		"import 1 counted, 2 files, 2026-05-10 to 2026-05-12",
		"import 1 replaced, 1 files, 2026-05-11 to 2026-05-11",
	}, parts)
	change, err := w.Bills.Changes(t.Context(), bills[0].Bill, month.ImportID, again.ImportID)
	require.NoError(t, err)
	assert.Equal(t, []int64{50, 50, 0}, []int64{change.Before.Lines, change.Now.Lines, change.Gone.Lines})
}

func TestReplace_SiblingPartsOneAfterAnother(t *testing.T) {
	dir := t.TempDir()
	first := newTable().lines(100, "a").write(t, filepath.Join(dir, "export-0001.csv"))
	second := newTable().lines(60, "b").write(t, filepath.Join(dir, "export-0002.csv"))
	w := newWorkspace(t)
	load(t, w, first)
	res := load(t, w, second)
	require.Len(t, res.Added, 1)
	assert.Equal(t, second, res.Added[0].File)
	require.Equal(t, "160 240", billed(t, w))

	// A newer edition of one part replaces that part alone.
	other := newTable().lines(110, "a", "BilledCost", "1").file(t, "export-0001.csv")
	newer := load(t, w, other)
	require.Len(t, newer.Replaced, 1)
	require.Equal(t, "170 200", billed(t, w))
	undo(t, w, newer.ImportID)
	undo(t, w, res.ImportID)
	require.Equal(t, "100 150", billed(t, w))
}

func TestReplace_DisjointFileIsAConflict(t *testing.T) {
	w := newWorkspace(t)
	old := newTable().lines(100, "a").file(t, "team.csv")
	load(t, w, old)
	other := newTable().lines(40, "b").file(t, "whole.csv")
	c := conflict(t, w, "another part of the bill, or the same charges in another format", other)
	assert.Equal(t, other, c.File)
	assert.Equal(t, old, c.ExistingFile)

	res, err := importWith(t.Context(), w, ImportOptions{Overlap: ingest.OverlapAdd}, other)
	require.NoError(t, err)
	require.Len(t, res.Added, 1)
	requireSound(t, w)
	require.Equal(t, "140 210", billed(t, w))
	undo(t, w, res.ImportID)

	res, err = importWith(t.Context(), w, ImportOptions{Overlap: ingest.OverlapReplace}, other)
	require.NoError(t, err)
	require.Len(t, res.Replaced, 1)
	requireSound(t, w)
	require.Equal(t, "40 60", billed(t, w))
	undo(t, w, res.ImportID)
	require.Equal(t, "100 150", billed(t, w))
}

func TestReplace_SameChargesTwiceInOneImport(t *testing.T) {
	dir := t.TempDir()
	newTable().lines(100, "a").write(t, filepath.Join(dir, "may.csv"))
	newTable().lines(90, "a", "BilledCost", "7").write(t, filepath.Join(dir, "may-old.csv"))
	w := newWorkspace(t)
	conflict(t, w, "both files list the same charges", dir)

	// The very same bytes under two names are one file.
	twins := t.TempDir()
	newTable().lines(100, "a").write(t, filepath.Join(twins, "may.csv"))
	newTable().lines(100, "a").write(t, filepath.Join(twins, "copy of may.csv"))
	res := load(t, w, twins)
	require.EqualValues(t, 100, res.Lines)
	require.Len(t, res.Files, 2)
	require.Equal(t, "100 150", billed(t, w))
}

func TestReplace_OlderPartialExport(t *testing.T) {
	w := newWorkspace(t)
	load(t, w, newTable().lines(1000, "a").file(t, "may.csv"))
	conflict(t, w, "older export", newTable().lines(300, "a", "BilledCost", "9").file(t, "early may.csv"))
	conflict(t, w, "older export", newTable().lines(700, "a", "BilledCost", "9").file(t, "late may.csv")) // most of it, and nothing new
	conflict(t, w, "does not fit as a newer state of them or as further lines",
		newTable().lines(300, "a").lines(700, "b").file(t, "mixed.csv"))
}

// TestReplace_PartOfWhatIsHeld gives one part again of a bill that came in two: the other part
// keeps its lines.
func TestReplace_PartOfWhatIsHeld(t *testing.T) {
	dir := t.TempDir()
	newTable().lines(100, "a").write(t, filepath.Join(dir, "part-1.csv"))
	newTable().lines(50, "b").write(t, filepath.Join(dir, "part-2.csv"))
	w := newWorkspace(t)
	load(t, w, dir)
	res := load(t, w, newTable().lines(100, "a", "BilledCost", "3").file(t, "part-1.csv"))
	require.Len(t, res.Replaced, 1)
	assert.EqualValues(t, 100, res.Replaced[0].Before.Lines)
	require.Equal(t, "150 375", billed(t, w))
}

// TestReplace_ChargesVanish takes an export that lacks a few charges for a newer one.
func TestReplace_ChargesVanish(t *testing.T) {
	w := newWorkspace(t)
	load(t, w, newTable().lines(100, "a").file(t, "may.csv"))
	res := load(t, w, newTable().lines(97, "a").file(t, "may again.csv"))
	require.Len(t, res.Replaced, 1)
	res = load(t, w, newTable().lines(60, "a").lines(30, "b").file(t, "may at last.csv"))
	require.Len(t, res.Replaced, 1)
}

func TestReplace_OneMonthOfSeveral(t *testing.T) {
	months := func(cost string, names ...string) *table {
		c := newTable()
		for _, m := range names {
			c.lines(100, m, "BillingPeriodStart", m+"-01", "ChargePeriodStart", m+"-10", "BilledCost", cost)
		}
		return c
	}
	w := newWorkspace(t)
	load(t, w, months("1", "2026-03", "2026-04", "2026-05").file(t, "quarter.csv"))
	before := answers(t, w)
	res := load(t, w, months("2", "2026-05", "2026-06").file(t, "new.csv"))
	require.Len(t, res.Replaced, 1)
	assert.Equal(t, "2026-05", res.Replaced[0].Month.String())
	require.Equal(t, "400 600", billed(t, w))
	assert.Equal(t, []string{"partly_superseded", "active"}, states(t, w))

	third := load(t, w, months("3", "2026-04", "2026-05").file(t, "newest.csv"))
	require.Len(t, third.Replaced, 2)
	require.Equal(t, "400 900", billed(t, w)) // 1 + 3 + 3 + 2
	undo(t, w, res.ImportID)
	require.Equal(t, "300 700", billed(t, w))
	undo(t, w, third.ImportID)
	require.Equal(t, before, answers(t, w))
}

func TestReplace_BillsApart(t *testing.T) {
	w := newWorkspace(t)
	load(t, w, newTable().lines(100, "r", "BilledCost", "1").file(t, "a.csv"))
	for i, other := range [][]string{
		{"ProviderName", "Microsoft"}, {"BillingAccountId", "2"}, {"BillingPeriodStart", "2026-07-01"}, {"ProviderName", ""}, {"BillingAccountId", ""},
	} {
		res := load(t, w, newTable().lines(100, "r", append(other, "BilledCost", "1")...).file(t, "a.csv"))
		require.Empty(t, res.Replaced)
		require.Empty(t, res.Added)
		a, err := w.Ledger.Ask(t.Context(), finops.Question{Metrics: []finops.Metric{finops.BilledCost}})
		require.NoError(t, err)
		require.EqualValues(t, 200+100*i, a.Totals[0].Lines)
	}
	// The same bill in another currency is the same bill.
	res := load(t, w, newTable().lines(100, "r", "BillingCurrency", "EUR").file(t, "a.csv"))
	require.Len(t, res.Replaced, 1)
}

func TestReplace_KnownOnlyWhileItCounts(t *testing.T) {
	w := newWorkspace(t)
	old := newTable().lines(100, "r", "BilledCost", "1").file(t, "a.csv")
	load(t, w, old)
	load(t, w, newTable().lines(120, "r", "BilledCost", "2").file(t, "b.csv"))

	// The old file again, on purpose: it is not "known", since its lines do not count.
	res, err := importWith(t.Context(), w, ImportOptions{Overlap: ingest.OverlapReplace}, old)
	require.NoError(t, err)
	require.False(t, res.Files[0].Known)
	requireSound(t, w)
	require.Equal(t, "100 100", billed(t, w))
	assert.Equal(t, []string{"superseded", "superseded", "active"}, states(t, w))

	undo(t, w, res.ImportID)
	require.Equal(t, "120 240", billed(t, w))
}

func TestReplace_KnownFileBesideNewOne(t *testing.T) {
	dir := t.TempDir()
	newTable().lines(100, "r").write(t, filepath.Join(dir, "focus-2026-05.csv"))
	w := newWorkspace(t)
	load(t, w, dir)
	newTable().lines(10, "r", "BillingPeriodStart", "2026-06-01").write(t, filepath.Join(dir, "focus-2026-06.csv"))
	res := load(t, w, dir)
	require.Len(t, res.Files, 2)
	assert.True(t, res.Files[0].Known)
	assert.False(t, res.Files[1].Known)
	assert.EqualValues(t, 10, res.Lines)
	require.Equal(t, "110 165", billed(t, w))
}

// TestReplace_ManyUndos imports and undoes again and again; nothing may pile up.
func TestReplace_ManyUndos(t *testing.T) {
	w := newWorkspace(t)
	file := newTable("x_A").lines(300, "r").file(t, "a.csv")
	load(t, w, newTable().lines(5, "k", "BillingPeriodStart", "2026-01-01").file(t, "kept.csv"))
	var sku string
	for i := range 5 {
		res := load(t, w, file)
		require.Equal(t, "305 457.5", billed(t, w))
		undo(t, w, res.ImportID)
		require.Equal(t, "5 7.5", billed(t, w))
		if dump := storetest.Dump(t, w.Path()); i == 0 {
			sku = dump["sku"]
		} else {
			require.Equal(t, sku, dump["sku"])
		}
	}
}
