package awscur_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/source"
	"cloud-intelligence/backend/source/awscur"
)

// tree writes files below a folder and lists those that are no manifests, as
// source.Expand does. Each file is a minute newer than the one before.
func tree(t *testing.T, files ...string) (root string, list []source.File) {
	t.Helper()
	root = t.TempDir()
	at := time.Date(2026, 4, 1, 0, 0, 0, 0, time.UTC)
	for _, f := range files {
		name, text, _ := strings.Cut(f, " ")
		path := filepath.Join(root, filepath.FromSlash(name))
		require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o750))
		require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
		at = at.Add(time.Minute)
		require.NoError(t, os.Chtimes(path, at, at))
	}
	list, _, err := source.Expand(t.Context(), []string{root})
	require.NoError(t, err)
	return root, list
}

func legacyManifest(assembly string, keys ...string) string {
	return fmt.Sprintf(`{"assemblyId":%q,"reportName":"r","billingPeriod":{"start":"20260401T000000.000Z","end":"20260501T000000.000Z"},"columns":[{"category":"lineItem","name":"UnblendedCost"}],"reportKeys":["%s"]}`, assembly, strings.Join(keys, `","`))
}

func executionManifest(id string, keys ...string) string {
	return fmt.Sprintf(`{"executionId":%q,"exportArn":"arn:x","columns":[{"name":"line_item_unblended_cost","type":"double"}],"dataFiles":["s3://b/%s"]}`, id, strings.Join(keys, `","s3://b/`))
}

// selection runs SelectAssemblies and names what is kept and skipped below root.
func selection(t *testing.T, root string, files []source.File) (keep []string, skipped map[string]string) {
	t.Helper()
	k, s := awscur.SelectAssemblies(files)
	assert.Len(t, files, len(k)+len(s))
	below := func(path string) string {
		rel, err := filepath.Rel(root, path)
		require.NoError(t, err)
		return filepath.ToSlash(rel)
	}
	for _, f := range k {
		keep = append(keep, below(f.Path))
	}
	skipped = map[string]string{}
	for _, x := range s {
		skipped[below(x.Path)] = x.Reason
	}
	return keep, skipped
}

func TestSelectAssemblies_LegacyTopManifestDecides(t *testing.T) {
	root, files := tree(t,
		"r/20260401-20260501/new/r-1.csv.gz x", "r/20260401-20260501/new/r-2.csv.gz x",
		"r/20260401-20260501/new/r-Manifest.json "+legacyManifest("new", "p/r/20260401-20260501/new/r-1.csv.gz", "p/r/20260401-20260501/new/r-2.csv.gz"),
		"r/20260401-20260501/r-Manifest.json "+legacyManifest("new", "p/r/20260401-20260501/new/r-1.csv.gz", "p/r/20260401-20260501/new/r-2.csv.gz"),
		"r/20260401-20260501/old/r-1.csv.gz x", // copied later, so its file is newer
		"r/20260401-20260501/old/r-Manifest.json "+legacyManifest("old", "p/r/20260401-20260501/old/r-1.csv.gz"),
		"r/20260501-20260601/only/r-1.csv.gz x",
		"r/20260501-20260601/only/r-Manifest.json "+legacyManifest("only", "r-1.csv.gz"),
		"other.csv x")
	keep, skipped := selection(t, root, files)
	assert.Equal(t, []string{"other.csv", "r/20260401-20260501/new/r-1.csv.gz", "r/20260401-20260501/new/r-2.csv.gz", "r/20260501-20260601/only/r-1.csv.gz"}, keep)
	assert.Equal(t, map[string]string{"r/20260401-20260501/old/r-1.csv.gz": "This is an older delivery of the bill of 20260401-20260501; delivery new holds the whole bill and takes its place."}, skipped)
}

func TestSelectAssemblies_IncompleteIsPassedOver(t *testing.T) {
	root, files := tree(t,
		"20260401-20260501/old/r-1.csv.gz x",
		"20260401-20260501/old/r-Manifest.json "+legacyManifest("old", "a/r-1.csv.gz"),
		"20260401-20260501/new/r-1.csv.gz x",
		"20260401-20260501/r-Manifest.json "+legacyManifest("new", "a/r-1.csv.gz", "a/r-2.csv.gz"))
	keep, skipped := selection(t, root, files)
	assert.Equal(t, []string{"20260401-20260501/old/r-1.csv.gz"}, keep)
	assert.Contains(t, skipped["20260401-20260501/new/r-1.csv.gz"], "its manifest lists r-2.csv.gz, which is not there")
}

func TestSelectAssemblies_NewestWithoutTopManifest(t *testing.T) {
	root, files := tree(t,
		"20260401-20260501/b-old/r-1.csv x", "20260401-20260501/b-old/r-Manifest.json "+legacyManifest("b-old", "r-1.csv"),
		"20260401-20260501/a-new/r-1.csv x", "20260401-20260501/a-new/r-Manifest.json "+legacyManifest("a-new", "r-1.csv"),
		"20260401-20260501/c-bare/r-1.csv x")
	keep, skipped := selection(t, root, files)
	assert.Equal(t, []string{"20260401-20260501/a-new/r-1.csv"}, keep)
	assert.Contains(t, skipped["20260401-20260501/b-old/r-1.csv"], "older delivery")
	assert.Contains(t, skipped["20260401-20260501/c-bare/r-1.csv"], "No manifest names this delivery")
}

func TestSelectAssemblies_NothingComplete(t *testing.T) {
	root, files := tree(t, "20260401-20260501/a/r-1.csv x", "20260401-20260501/r-Manifest.json "+legacyManifest("b", "r-1.csv"))
	keep, skipped := selection(t, root, files)
	assert.Empty(t, keep)
	assert.Contains(t, skipped["20260401-20260501/a/r-1.csv"], "Fetch it again with its manifest")
}

func TestSelectAssemblies_LegacyWithoutManifests(t *testing.T) {
	root, files := tree(t, "20260401-20260501/a/r-1.csv x", "20260401-20260501/b/r-1.csv x")
	keep, skipped := selection(t, root, files)
	assert.Len(t, keep, 2)
	assert.Empty(t, skipped)
}

func TestSelectAssemblies_DataExports(t *testing.T) {
	const first, second, third = "2026-04-02T03.00.00.000Z-e1", "2026-04-03T03.00.00.000Z-e2", "2026-04-04T03.00.00.000Z-e3"
	root, files := tree(t,
		"x/data/BILLING_PERIOD=2026-04/"+third+"/x-00001.csv.gz x", // no manifest yet: still being written
		"x/data/BILLING_PERIOD=2026-04/"+second+"/x-00001.csv.gz x",
		"x/data/BILLING_PERIOD=2026-04/"+first+"/x-00001.csv.gz x",
		"x/metadata/BILLING_PERIOD=2026-04/x-Manifest.json "+executionManifest("e2", "x/data/x-00001.csv.gz"),
		"x/metadata/BILLING_PERIOD=2026-04/"+first+"/x-Manifest.json "+executionManifest("e1", "x-00001.csv.gz"),
		"y/data/BILLING_PERIOD=2026-04/"+first+"/y-1.parquet x",
		"y/data/BILLING_PERIOD=2026-04/"+second+"/y-1.parquet x",
		"z/data/BILLING_PERIOD=2026-04/z-1.parquet x")
	keep, skipped := selection(t, root, files)
	assert.Equal(t, []string{"x/data/BILLING_PERIOD=2026-04/" + second + "/x-00001.csv.gz", "y/data/BILLING_PERIOD=2026-04/" + second + "/y-1.parquet", "z/data/BILLING_PERIOD=2026-04/z-1.parquet"}, keep)
	assert.Contains(t, skipped["x/data/BILLING_PERIOD=2026-04/"+first+"/x-00001.csv.gz"], "older delivery of the bill of 2026-04; delivery e2")
	assert.Contains(t, skipped["x/data/BILLING_PERIOD=2026-04/"+third+"/x-00001.csv.gz"], "No manifest names")
	assert.Len(t, skipped, 3)
}

func TestManifest_Shared(t *testing.T) {
	if _, err := os.Stat(shared); err != nil {
		t.Skip("the shared sample files are not on this machine")
	}
	m, err := awscur.Manifest(t.Context(), filepath.Join(shared, "real/aws-cur-legacy-manifest/MockTestReport-Manifest.json"))
	require.NoError(t, err)
	assert.Equal(t, "legacy", m.Version)
	assert.Equal(t, "123e4567-e89b-12d3-a456-426614174000", m.Assembly)
	assert.Equal(t, []string{"20240101-20240131/MockTestReport-00001.csv.zip"}, m.Files)
	assert.Equal(t, "20240101T000000.000Z", m.Start)
	assert.Equal(t, "identity/LineItemId", m.Columns[0].Header())
	assert.Len(t, m.Columns, 30)

	m, err = awscur.Manifest(t.Context(), filepath.Join(shared, "real/aws-cur2-csv/ha-project-CUR-daily-1-Manifest.json"))
	require.NoError(t, err)
	assert.Equal(t, "2.0", m.Version)
	assert.Equal(t, "04e9e487-79a7-42b1-a680-1de7c660dc8f", m.Assembly)
	require.Len(t, m.Files, 1)
	assert.Equal(t, "bill_bill_type", m.Columns[0].Header())
	assert.Len(t, m.Columns, 127)

	files, _, err := source.Expand(t.Context(), []string{filepath.Join(shared, "real/aws-cur-legacy-s3tree")})
	require.NoError(t, err)
	keep, skipped := awscur.SelectAssemblies(files)
	require.Len(t, keep, len(files))
	for i := range keep {
		assert.Equal(t, files[i].Name(), keep[i].Name())
		assert.Equal(t, filepath.Base(filepath.Dir(keep[i].Path)), keep[i].Delivery.ID)
	}
	assert.Empty(t, skipped)
}

func TestManifest_NotOne(t *testing.T) {
	for text, code := range map[string]finops.Code{"{": finops.CodeInvalid, "{}": finops.CodeInvalid, `{"executionId":"e","columns":[{"name":"a"}],"dataFiles":[1]}`: finops.CodeInvalid, `[]`: finops.CodeInvalid} {
		f := write(t, "x-Manifest.json", []byte(text))
		_, err := awscur.Manifest(t.Context(), f.Path)
		assert.Equal(t, code, finops.CodeOf(err), text)
		assert.NotEmpty(t, finops.MessageOf(err))
	}
	_, err := awscur.Manifest(t.Context(), filepath.Join(t.TempDir(), "none"))
	assert.Equal(t, finops.CodeNotFound, finops.CodeOf(err))
}
