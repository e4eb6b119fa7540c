package awscur_test

import (
	"archive/zip"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/source"
)

// manifestOf is a manifest as AWS writes it, of one account, report and month.
func manifestOf(account, report, assembly string, columns int, keys ...string) string {
	column := strings.TrimSuffix(strings.Repeat(`{"category":"lineItem","name":"UnblendedCost"},`, columns), ",")
	return fmt.Sprintf(`{"assemblyId":%q,"account":%q,"reportName":%q,"billingPeriod":{"start":"20260401T000000.000Z","end":"20260501T000000.000Z"},"columns":[%s],"reportKeys":["%s"]}`,
		assembly, account, report, column, strings.Join(keys, `","`))
}

const april = "20260401-20260501"

// TestSelectAssemblies_Layouts covers the ways in which reports lie in buckets and in copies
// of them: what is read, and a part of the reason for what is not.
func TestSelectAssemblies_Layouts(t *testing.T) {
	const day = "2026-04-02T03:00:00.000Z-e1"
	for _, c := range []struct {
		name  string
		files []string
		keep  []string
		skip  map[string]string
	}{
		{"overwritten report without an assembly folder", []string{
			april + "/r-00001.csv.gz x", april + "/r-00002.csv.gz x", april + "/r-00003.csv.gz left", april + "/notes.csv x",
			april + "/r-Manifest.json " + manifestOf("1", "r", "a1", 1, "p/r/"+april+"/r-00001.csv.gz", "p/r/"+april+"/r-00002.csv.gz"),
		}, []string{april + "/notes.csv", april + "/r-00001.csv.gz", april + "/r-00002.csv.gz"}, map[string]string{april + "/r-00003.csv.gz": "left over from an earlier delivery"}},
		{"overwritten report that lacks a part", []string{
			april + "/r-00001.csv.gz x",
			april + "/r-Manifest.json " + manifestOf("1", "r", "a1", 1, "p/r/"+april+"/r-00001.csv.gz", "p/r/"+april+"/r-00002.csv.gz"),
		}, nil, map[string]string{april + "/r-00001.csv.gz": "lists r-00002.csv.gz, which is not there"}},
		{"overwritten since the middle of the month", []string{
			april + "/old/r-00001.csv.gz x", april + "/old/r-Manifest.json " + manifestOf("1", "r", "old", 1, "p/r/"+april+"/old/r-00001.csv.gz"),
			april + "/r-00001.csv.gz x", april + "/r-Manifest.json " + manifestOf("1", "r", "new", 1, "p/r/"+april+"/r-00001.csv.gz"),
		}, []string{april + "/r-00001.csv.gz"}, map[string]string{april + "/old/r-00001.csv.gz": "older delivery"}},
		{"report for Athena", []string{
			"r/r/year=2026/month=4/r-00001.snappy.parquet x", "r/r/year=2026/month=4/r-00002.snappy.parquet left", "r/r/year=2026/month=05/r-00001.snappy.parquet x",
			"r/" + april + "/r-Manifest.json " + manifestOf("1", "r", "a1", 1, "p/r/r/year=2026/month=4/r-00001.snappy.parquet"),
		}, []string{"r/r/year=2026/month=05/r-00001.snappy.parquet", "r/r/year=2026/month=4/r-00001.snappy.parquet"}, map[string]string{"r/r/year=2026/month=4/r-00002.snappy.parquet": "left over"}},
		{"overwritten Data Export", []string{
			"x/data/BILLING_PERIOD=2026-04/x-00001.csv.gz x", "x/data/BILLING_PERIOD=2026-04/x-00002.csv.gz left", "x/data/BILLING_PERIOD=2026-04/" + day + "/x-00001.csv.gz old",
			"x/metadata/BILLING_PERIOD=2026-04/x-Manifest.json " + executionManifest("e9", "x/data/BILLING_PERIOD=2026-04/x-00001.csv.gz"),
			"x/metadata/BILLING_PERIOD=2026-04/" + day + "/x-Manifest.json " + executionManifest("e1", "x/data/BILLING_PERIOD=2026-04/"+day+"/x-00001.csv.gz"),
		}, []string{"x/data/BILLING_PERIOD=2026-04/x-00001.csv.gz"}, map[string]string{"x/data/BILLING_PERIOD=2026-04/x-00002.csv.gz": "left over", "x/data/BILLING_PERIOD=2026-04/" + day + "/x-00001.csv.gz": "older delivery"}},
		{"executions without manifests, however their time is spelled", []string{
			"x/data/BILLING_PERIOD=2026-04/20260402T030000Z-e1/x-1.csv.gz x", "x/data/BILLING_PERIOD=2026-04/20260403T030000Z-e2/x-1.csv.gz x",
			"y/data/BILLING_PERIOD=2026-04/2026-04-02T03%3A00%3A00.000Z-e1/x-1.csv.gz x", "y/data/BILLING_PERIOD=2026-04/2026-04-03T03%3A00%3A00.000Z-e2/x-1.csv.gz x",
		}, []string{"x/data/BILLING_PERIOD=2026-04/20260403T030000Z-e2/x-1.csv.gz", "y/data/BILLING_PERIOD=2026-04/2026-04-03T03%3A00%3A00.000Z-e2/x-1.csv.gz"}, map[string]string{
			"x/data/BILLING_PERIOD=2026-04/20260402T030000Z-e1/x-1.csv.gz": "older delivery", "y/data/BILLING_PERIOD=2026-04/2026-04-02T03%3A00%3A00.000Z-e1/x-1.csv.gz": "older delivery"}},
		{"part unpacked beside its packed form", []string{
			april + "/a1/r-1.csv x", april + "/a1/r-1.csv.gz x", april + "/a1/r-2.csv x",
			april + "/a1/r-Manifest.json " + manifestOf("1", "r", "a1", 1, april+"/a1/r-1.csv.gz", april+"/a1/r-2.csv.gz"),
		}, []string{april + "/a1/r-1.csv.gz", april + "/a1/r-2.csv"}, map[string]string{april + "/a1/r-1.csv": "another form of r-1.csv.gz"}},
		{"part of an earlier try in the folder of an assembly", []string{
			april + "/a1/r-1.csv x", april + "/a1/r-2.csv x",
			april + "/a1/r-Manifest.json " + manifestOf("1", "r", "a1", 1, april+"/a1/r-1.csv"),
		}, []string{april + "/a1/r-1.csv"}, map[string]string{april + "/a1/r-2.csv": "does not list this file"}},
		{"CSV and Parquet of one account in one folder", []string{
			april + "/c/c-1.csv.gz x", april + "/c-Manifest.json " + manifestOf("1", "c", "c", 5, april+"/c/c-1.csv.gz"),
			april + "/p/p-1.parquet x", april + "/p-Manifest.json " + manifestOf("1", "p", "p", 5, april+"/p/p-1.parquet"),
			april + "/old/c-1.csv.gz x", april + "/old/c-Manifest.json " + manifestOf("1", "c", "old", 5, april+"/old/c-1.csv.gz"),
		}, []string{april + "/p/p-1.parquet"}, map[string]string{april + "/c/c-1.csv.gz": "The report c is of the same account and month as the report p, which is read", april + "/old/c-1.csv.gz": "older delivery"}},
		{"two reports of one account in two folders: the one with more columns", []string{
			"c/" + april + "/1/c-1.csv.gz x", "c/" + april + "/c-Manifest.json " + manifestOf("1", "c", "1", 9, april+"/1/c-1.csv.gz"),
			"d/" + april + "/2/d-1.csv.gz x", "d/" + april + "/d-Manifest.json " + manifestOf("1", "d", "2", 5, april+"/2/d-1.csv.gz"),
		}, []string{"c/" + april + "/1/c-1.csv.gz"}, map[string]string{"d/" + april + "/2/d-1.csv.gz": "both hold the whole bill"}},
		{"reports of two accounts in one folder", []string{
			april + "/1/a-1.csv x", april + "/a-Manifest.json " + manifestOf("1", "a", "1", 1, april+"/1/a-1.csv"),
			april + "/2/b-1.csv x", april + "/b-Manifest.json " + manifestOf("2", "b", "2", 1, april+"/2/b-1.csv"),
		}, []string{april + "/1/a-1.csv", april + "/2/b-1.csv"}, nil},
		{"two overwritten reports in one folder", []string{
			april + "/a-1.csv x", april + "/a-2.csv left", april + "/a-Manifest.json " + manifestOf("1", "a", "1", 1, april+"/a-1.csv"),
			april + "/b-1.csv x", april + "/b-Manifest.json " + manifestOf("2", "b", "2", 1, april+"/b-1.csv"),
		}, []string{april + "/a-1.csv", april + "/b-1.csv"}, map[string]string{april + "/a-2.csv": "left over"}},
		{"assemblies in a folder of any name", []string{
			"client/1/a-1.csv x", "client/1/a-Manifest.json " + manifestOf("1", "a", "1", 1, april+"/1/a-1.csv"),
			"client/2/a-1.csv x", "client/2/a-Manifest.json " + manifestOf("1", "a", "2", 1, april+"/2/a-1.csv"),
		}, []string{"client/2/a-1.csv"}, map[string]string{"client/1/a-1.csv": "older delivery of the bill of " + april}},
		{"one delivery copied twice", []string{
			"x/" + april + "/1/a-1.csv x", "x/" + april + "/a-Manifest.json " + manifestOf("1", "a", "1", 1, april+"/1/a-1.csv"),
			"y/" + april + "/1/a-1.csv x", "y/" + april + "/a-Manifest.json " + manifestOf("1", "a", "1", 1, april+"/1/a-1.csv"),
		}, []string{"y/" + april + "/1/a-1.csv"}, map[string]string{"x/" + april + "/1/a-1.csv": "copy of delivery 1"}},
		{"manifests for other programs, broken ones and none", []string{
			april + "/1/a-1.csv x", april + "/1/a-RedshiftManifest.json {\"entries\":[]}", april + "/a-Manifest.json {\"assemblyId\":\"1\"", "y/manifest.json {}", "y/b.csv x",
		}, []string{april + "/1/a-1.csv", "y/b.csv"}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			root, files := tree(t, c.files...)
			keep, skipped := selection(t, root, files)
			assert.Equal(t, c.keep, keep)
			assert.Len(t, skipped, len(c.skip))
			for path, reason := range c.skip {
				assert.Contains(t, skipped[path], reason, path)
			}
		})
	}
}

// TestSelectAssemblies_Archive covers a bucket that came as one archive, and reports that
// AWS itself has packed as .zip.
func TestSelectAssemblies_Archive(t *testing.T) {
	path := filepath.Join(t.TempDir(), "bucket.zip")
	f, err := os.Create(path)
	require.NoError(t, err)
	w := zip.NewWriter(f)
	for _, e := range []string{
		april + "/old/r-1.csv x", april + "/old/r-Manifest.json " + manifestOf("1", "r", "old", 1, april+"/old/r-1.csv"),
		april + "/new/r-1.csv x", april + "/r-Manifest.json " + manifestOf("1", "r", "new", 1, april+"/new/r-1.csv"), "other.csv x",
	} {
		name, text, _ := strings.Cut(e, " ")
		entry, err := w.Create(name)
		require.NoError(t, err)
		_, err = entry.Write([]byte(text))
		require.NoError(t, err)
	}
	require.NoError(t, w.Close())
	require.NoError(t, f.Close())
	files, _, err := source.Expand(t.Context(), []string{path})
	require.NoError(t, err)
	keep, skipped := selection(t, path, files)
	assert.Equal(t, []string{".", "."}, keep)
	require.Len(t, skipped, 1)
	for name, reason := range skipped {
		assert.Equal(t, april+"/old/r-1.csv", name)
		assert.Contains(t, reason, "older delivery")
	}

	var packed strings.Builder
	p := zip.NewWriter(&packed)
	entry, err := p.Create("r-1.csv")
	require.NoError(t, err)
	_, err = entry.Write([]byte("x"))
	require.NoError(t, err)
	require.NoError(t, p.Close())
	root, files := tree(t,
		april+"/old/r-1.csv.zip "+packed.String(), april+"/old/r-Manifest.json "+manifestOf("1", "r", "old", 1, april+"/old/r-1.csv.zip"),
		april+"/new/r-1.csv.zip "+packed.String(), april+"/r-Manifest.json "+manifestOf("1", "r", "new", 1, april+"/new/r-1.csv.zip"))
	keep, skipped = selection(t, root, files)
	assert.Equal(t, []string{april + "/new/r-1.csv.zip"}, keep)
	assert.Contains(t, skipped[april+"/old/r-1.csv.zip/r-1.csv"], "older delivery")
}
