package azureexport_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/source"
	"cloud-intelligence/backend/source/azureexport"
)

const (
	firstRun  = "0a1b2c3d-0000-4000-8000-00000000000a"
	secondRun = "0a1b2c3d-0000-4000-8000-00000000000b"
	thirdRun  = "0a1b2c3d-0000-4000-8000-00000000000c"
)

// chosen lists the files that are kept and the reasons of the others, by their names below a
// folder.
func chosen(t *testing.T, dir string, files []source.File) (kept []string, reasons map[string]string) {
	t.Helper()
	name := func(path string) string {
		short, err := filepath.Rel(dir, path)
		require.NoError(t, err)
		return filepath.ToSlash(short)
	}
	keep, skipped := azureexport.Source{}.Select(files)
	for _, f := range keep {
		kept = append(kept, name(f.Name()))
	}
	reasons = map[string]string{}
	for _, s := range skipped {
		reasons[name(s.Path)] = s.Reason
	}
	return kept, reasons
}

// TestSelect_RunsWithoutManifest chooses by the names that Azure gives, where no manifest
// distinguishes the runs of a month.
func TestSelect_RunsWithoutManifest(t *testing.T) {
	small, large := sheetText(eaHeader, []values{{}}), sheetText(eaHeader, []values{{}, {}})
	other := sheetText(eaHeader, []values{{"SubscriptionId": "22222222-0000-0000-0000-000000000002"}, {}})
	other = bytes.ReplaceAll(other, []byte(plainEA["SubscriptionId"]), []byte("22222222-0000-0000-0000-000000000002"))
	dir := t.TempDir()
	files := []source.File{
		put(t, large, dir, "daily", "20230901-20230930", "daily_"+secondRun+".csv"),
		put(t, small, dir, "daily", "20230901-20230930", "daily_"+firstRun+".csv"),
		put(t, small, dir, "daily", "20230901-20230930", "other_"+firstRun+".csv"),
		put(t, small, dir, "daily", "20230801-20230831", "daily_"+firstRun+".csv"),
		put(t, small, dir, "parts", "20230901-20230930", secondRun, "part_0_0001.csv"),
		put(t, large, dir, "parts", "20230901-20230930", firstRun, "part_0_0001.csv"),
		put(t, small, dir, "parts", "20230901-20230930", firstRun, "part_1_0001.csv"),
		put(t, other, dir, "shared", "20230901-20230930", "daily_"+firstRun+".csv"),
		put(t, small, dir, "shared", "20230901-20230930", "daily_"+secondRun+".csv"),
		put(t, []byte("?"), dir, "shared", "20230901-20230930", "daily_"+thirdRun+".csv"),
		put(t, small, dir, "loose", "daily_"+firstRun+".csv"),
		put(t, large, dir, "loose", "daily_"+secondRun+".csv"),
	}
	kept, reasons := chosen(t, dir, files)
	assert.Equal(t, []string{
		"daily/20230901-20230930/daily_" + secondRun + ".csv", "daily/20230901-20230930/other_" + firstRun + ".csv", "daily/20230801-20230831/daily_" + firstRun + ".csv",
		"parts/20230901-20230930/" + firstRun + "/part_0_0001.csv", "parts/20230901-20230930/" + firstRun + "/part_1_0001.csv",
		// Two subscriptions have exports of one name in one folder; a file that cannot be read says so later.
		"shared/20230901-20230930/daily_" + firstRun + ".csv", "shared/20230901-20230930/daily_" + secondRun + ".csv", "shared/20230901-20230930/daily_" + thirdRun + ".csv",
		"loose/daily_" + firstRun + ".csv", "loose/daily_" + secondRun + ".csv",
	}, kept, "files outside of a folder of a period are not known to be runs")
	assert.Equal(t, map[string]string{
		"daily/20230901-20230930/daily_" + firstRun + ".csv":        "Run " + secondRun + " of the same Azure export and period is larger. No manifest says which run is newer, but each holds the period from its first day, so the largest is used.",
		"parts/20230901-20230930/" + secondRun + "/part_0_0001.csv": "Run " + firstRun + " of the same Azure export and period is larger. No manifest says which run is newer, but each holds the period from its first day, so the largest is used.",
	}, reasons)
}

// TestSelect_ManifestOf2021 reads the manifest that names nothing but the files.
func TestSelect_ManifestOf2021(t *testing.T) {
	dir, data := t.TempDir(), sheetText(eaHeader, []values{{}})
	old := func(run string) []byte {
		return fmt.Appendf(nil, `{"manifestVersion":"2021-01-01","dataFormat":"csv","blobCount":2,"byteCount":9,"blobs":[{"blobName":"costs/daily/20230901-20230930/%s/part_0_0001.csv","byteCount":%d,"headerRowCount":1},{"blobName":"costs/daily/20230901-20230930/%[1]s/part_1_0001.csv","byteCount":%[2]d,"headerRowCount":1}]}`, run, len(data))
	}
	var files []source.File
	for run, names := range map[string][]string{firstRun: {"part_0_0001.csv", "part_1_0001.csv"}, secondRun: {"part_0_0001.csv"}} {
		for _, n := range names {
			files = append(files, put(t, data, dir, run, n))
		}
		put(t, old(run), dir, run, "_manifest.json")
	}
	kept, reasons := chosen(t, dir, files)
	assert.ElementsMatch(t, []string{firstRun + "/part_0_0001.csv", firstRun + "/part_1_0001.csv"}, kept)
	assert.Equal(t, map[string]string{
		secondRun + "/part_0_0001.csv": "This run of the Azure export daily is not complete: its manifest lists part_1_0001.csv, which is not there. Fetch the folder again.",
	}, reasons)
}

// TestSelect_WholeRunsOf2021 reads the largest of the runs that are all there.
func TestSelect_WholeRunsOf2021(t *testing.T) {
	dir := t.TempDir()
	var files []source.File
	for i, run := range []string{firstRun, secondRun, thirdRun} {
		data := sheetText(eaHeader, make([]values, 1+i%2)) // the second one is larger
		m := fmt.Appendf(nil, `{"manifestVersion":"2021-01-01","blobs":[{"blobName":"daily/20230901-20230930/%s/part_0_0001.csv","byteCount":%d}]}`, run, len(data))
		files = append(files, put(t, data, dir, run, "part_0_0001.csv"))
		put(t, m, dir, run, "_manifest.json")
	}
	kept, reasons := chosen(t, dir, files)
	assert.Equal(t, []string{secondRun + "/part_0_0001.csv"}, kept)
	assert.Len(t, reasons, 2)
}

// sized states the bytes and records of the files in a manifest.
func sized(m []byte, bytesOf, rows int) []byte {
	return bytes.ReplaceAll(m, []byte(`"byteCount":1,"dataRowCount":1`), fmt.Appendf(nil, `"byteCount":%d,"dataRowCount":%d`, bytesOf, rows))
}

// TestSelect_CutFile leaves out a run of which a file is shorter than its manifest says.
func TestSelect_CutFile(t *testing.T) {
	dir, data := t.TempDir(), sheetText(eaHeader, []values{{}, {}})
	// Azure ends lines with CR LF; that another tool has made LF of them is no loss.
	m := sized(manifest("ActualCost", "r1", "2023-09-02T03:00:00Z", "part_0_0001.csv", "part_1_0001.csv"), len(data)+3, 2)
	put(t, m, dir, "cut", "manifest.json")
	put(t, m, dir, "whole", "manifest.json")
	files := []source.File{
		put(t, data, dir, "cut", "part_0_0001.csv"), put(t, data[:len(data)-100], dir, "cut", "part_1_0001.csv"),
	}
	kept, reasons := chosen(t, dir, files)
	assert.Empty(t, kept)
	want := fmt.Sprintf("This run of the Azure export bill-actualcost is not complete: its manifest lists part_1_0001.csv with %d bytes, of which some are missing. Fetch the folder again.", len(data)+3)
	assert.Equal(t, map[string]string{"cut/part_0_0001.csv": want, "cut/part_1_0001.csv": want}, reasons)

	unmarked := bytes.TrimPrefix(data, []byte("\ufeff")) // a tool has dropped the byte order mark
	files = append(files, put(t, data, dir, "whole", "part_0_0001.csv"), put(t, unmarked, dir, "whole", "part_1_0001.csv"))
	kept, _ = chosen(t, dir, files)
	assert.Equal(t, []string{"whole/part_0_0001.csv", "whole/part_1_0001.csv"}, kept)
}

// TestSelect_InsideAnArchive chooses among the runs of a packed folder, too.
func TestSelect_InsideAnArchive(t *testing.T) {
	var packed bytes.Buffer
	z := zip.NewWriter(&packed)
	data := sheetText(eaHeader, []values{{}})
	for _, e := range []struct {
		name string
		data []byte
	}{
		{"a/part_0_0001.csv", data},
		{"a/manifest.json", sized(manifest("ActualCost", "r1", "2023-09-02T03:00:00Z", "part_0_0001.csv"), len(data), 1)},
		{"b/part_0_0001.csv", data},
		{"b/manifest.json", sized(manifest("ActualCost", "r2", "2023-09-03T03:00:00Z", "part_0_0001.csv"), len(data), 1)},
		{"20230901-20230930/x_" + firstRun + ".csv", data},
		{"20230901-20230930/x_" + secondRun + ".csv", append(data, line(eaHeader, nil)...)},
	} {
		w, err := z.Create(e.name)
		require.NoError(t, err)
		_, err = w.Write(e.data)
		require.NoError(t, err)
	}
	require.NoError(t, z.Close())
	archive := write(t, "a.zip", packed.Bytes())
	var files []source.File
	for _, entry := range []string{"a/part_0_0001.csv", "b/part_0_0001.csv", "20230901-20230930/x_" + firstRun + ".csv", "20230901-20230930/x_" + secondRun + ".csv"} {
		files = append(files, source.File{Path: archive.Path, Entry: entry, Size: archive.Size})
	}
	kept, reasons := chosen(t, archive.Path, files)
	assert.Equal(t, []string{"b/part_0_0001.csv", "20230901-20230930/x_" + secondRun + ".csv"}, kept)
	assert.Len(t, reasons, 2)
}

// TestOpen_FewerRecordsThanTheManifestStates reports a file that was cut at the end of a
// line.
func TestOpen_FewerRecordsThanTheManifestStates(t *testing.T) {
	dir := t.TempDir()
	data := sheetText(eaHeader, []values{{}, {"Cost": "2"}, {"Cost": "none"}})
	f := put(t, data, dir, "part_0_0001.csv")
	m := manifest("ActualCost", "r1", "2023-09-02T03:00:00Z", "part_0_0001.csv")
	put(t, sized(m, 1, 3), dir, "manifest.json")
	s := readSheet(t, f)
	assert.Len(t, s.rows, 2)
	require.Len(t, s.rejects, 1, "a record that cannot be read is there all the same")

	put(t, sized(m, 1, 5), dir, "manifest.json")
	s = readSheet(t, f)
	assert.Len(t, s.rows, 2)
	require.Len(t, s.rejects, 2)
	assert.Equal(t, int64(4), s.rejects[1].Line)
	assert.Equal(t, "The manifest of the export lists 5 records in part_0_0001.csv, and it ends after 3: the end of the file is missing. Fetch it again.", s.rejects[1].Reason)
	assert.True(t, strings.HasPrefix(s.recognition.Format, "azure-ea"))
}
