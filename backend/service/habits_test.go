package service

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/ingest"
)

// windowFile writes hourly charges of one resource, from one hour of May to another.
func windowFile(t *testing.T, name string, from, to int, cost string) string {
	t.Helper()
	table := newTable("SkuId")
	at := func(hour int) string { return fmt.Sprintf("2026-05-%02dT%02d:00:00Z", 1+hour/24, hour%24) }
	for hour := from; hour < to; hour++ {
		table.line("ResourceId", "i-1", "SkuId", "sku-1", "ChargePeriodStart", at(hour), "ChargePeriodEnd", at(hour+1), "BilledCost", cost, "EffectiveCost", cost)
	}
	return table.file(t, name)
}

// TestWindows_ThatShareAPartOfADay imports windows of which one begins in the middle of the last
// day of the other.
func TestWindows_ThatShareAPartOfADay(t *testing.T) {
	first, second := windowFile(t, "first week.csv", 0, 120, "1"), windowFile(t, "second week.csv", 110, 240, "1")
	for _, order := range [][]string{{first, second}, {second, first}} {
		w := newWorkspace(t)
		load(t, w, order[0])
		load(t, w, order[1])
		require.Equal(t, "240 240", billed(t, w))
	}
	w := newWorkspace(t)
	load(t, w, first, second)
	require.Equal(t, "240 240", billed(t, w))
}

// TestForms_OfOneFileCountOnce imports a file loose, packed and in an archive, together and one
// after the other.
func TestForms_OfOneFileCountOnce(t *testing.T) {
	dir := t.TempDir()
	loose := newTable().lines(100, "r").write(t, filepath.Join(dir, "may.csv"))
	text, err := os.ReadFile(loose)
	require.NoError(t, err)
	var packed, archive bytes.Buffer
	gz := gzip.NewWriter(&packed)
	_, err = gz.Write(text)
	require.NoError(t, err)
	require.NoError(t, gz.Close())
	zw := zip.NewWriter(&archive)
	entry, err := zw.Create("may.csv")
	require.NoError(t, err)
	_, err = entry.Write(text)
	require.NoError(t, err)
	require.NoError(t, zw.Close())
	require.NoError(t, os.WriteFile(filepath.Join(dir, "may.csv.gz"), packed.Bytes(), 0o600))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "delivery.zip"), archive.Bytes(), 0o600))

	w := newWorkspace(t)
	load(t, w, dir)
	require.Equal(t, "100 150", billed(t, w))
	w = newWorkspace(t)
	for _, name := range []string{"delivery.zip", "may.csv", "may.csv.gz"} {
		load(t, w, filepath.Join(dir, name))
		require.Equal(t, "100 150", billed(t, w))
	}
}

// TestForms_WithOtherIdentitiesAreAskedAbout imports the same costs under other resources, as
// Google Cloud's standard and detailed tables have them: that both count is no answer.
func TestForms_WithOtherIdentitiesAreAskedAbout(t *testing.T) {
	w := newWorkspace(t)
	load(t, w, newTable().lines(100, "a").file(t, "standard.csv"))
	c := conflict(t, w, "the same charges in another format", newTable().lines(50, "b", "BilledCost", "3").file(t, "detailed.csv"))
	require.Equal(t, []ingest.Overlap{ingest.OverlapReplace, ingest.OverlapLeave}, c.Answers)
}

// TestReplace_AFileThatLostLines imports a file again that has far fewer lines at the same path.
func TestReplace_AFileThatLostLines(t *testing.T) {
	path := newTable().lines(100, "a").file(t, "may.csv")
	w := newWorkspace(t)
	load(t, w, path)
	newTable().lines(60, "a").write(t, path)
	res := load(t, w, path)
	require.Len(t, res.Changes, 1)
	require.EqualValues(t, 40, res.Changes[0].Gone.Lines, "what is gone is reported")
	require.Equal(t, "60 90", billed(t, w))
}
