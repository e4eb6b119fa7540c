package source_test

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/source"
)

func tree(t *testing.T, files map[string]string) string {
	t.Helper()
	root := t.TempDir()
	for name, text := range files {
		path := filepath.Join(root, filepath.FromSlash(name))
		require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o700))
		require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
	}
	return root
}

func zipText(t *testing.T, names ...string) string {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, name := range names {
		f, err := w.Create(name)
		require.NoError(t, err)
		text := "a,b\n1,2\n"
		if strings.HasSuffix(name, ".gz") {
			text = "\x1f\x8b\x08\x00"
		}
		if !strings.HasSuffix(name, "/") {
			_, err = f.Write([]byte(text))
			require.NoError(t, err)
		}
	}
	require.NoError(t, w.Close())
	return b.String()
}

// expand lists the names relative to root.
func expand(t *testing.T, root string, paths ...string) (files []string, skipped map[string]string) {
	t.Helper()
	found, missed, err := source.Expand(t.Context(), paths)
	require.NoError(t, err)
	relative := func(p string) string {
		r, err := filepath.Rel(root, p)
		require.NoError(t, err)
		return filepath.ToSlash(r)
	}
	for _, f := range found {
		files = append(files, relative(f.Name()))
	}
	skipped = make(map[string]string)
	for _, s := range missed {
		skipped[relative(s.Path)] = s.Reason
	}
	return files, skipped
}

func TestExpand_FolderSortedOnceWithReasons(t *testing.T) {
	root := tree(t, map[string]string{
		"b.csv": "x", "a/2.csv": "x", "a/1.csv.gz": "\x1f\x8b", ".hidden/c.csv": "x", "a/.DS_Store": "x", "a/report-Manifest.json": "{}", "a/_SUCCESS": "",
		"bundle.dat": zipText(t, "y.csv", "dir/", "dir/x.csv", "__MACOSX/x.csv", "in.csv.gz", "z/manifest.json", ".h"),
		"old.tar":    strings.Repeat("\x00", 257) + "ustar", "cut.zip": "PK\x03\x04 and nothing more",
		"book.xlsx": zipText(t, "[Content_Types].xml", "xl/workbook.xml"), "empty.zip": zipText(t, "dir/"),
		"book.ods": zipText(t, "content.xml", "META-INF/manifest.xml"), "book.numbers": zipText(t, "Data/x", "Index/Document.iwa"),
		"~$book.xlsx": "\x05nora", "a/._1.csv.gz": "\x00\x05\x16\x07", "bill.csv.part": "x", "part/c.part/3.csv": "x",
	})
	require.NoError(t, os.Symlink(root, filepath.Join(root, "a", "loop")))
	require.NoError(t, os.Symlink(filepath.Join(root, "self"), filepath.Join(root, "self")))
	require.NoError(t, os.Symlink(filepath.Join(root, "b.csv"), filepath.Join(root, "zz.csv")))
	files, skipped := expand(t, root, root, filepath.Join(root, "b.csv"), filepath.Join(root, "missing.csv"))
	assert.Equal(t, []string{"a/1.csv.gz", "a/2.csv", "b.csv", "bundle.dat/dir/x.csv", "bundle.dat/y.csv", "part/c.part/3.csv"}, files)
	for name, reason := range map[string]string{
		".hidden": "Hidden", "a/.DS_Store": "Hidden", "a/report-Manifest.json": "manifest", "a/_SUCCESS": "marker",
		"bundle.dat/__MACOSX/x.csv": "Hidden", "bundle.dat/in.csv.gz": "inside an archive", "bundle.dat/z/manifest.json": "manifest", "bundle.dat/.h": "Hidden",
		"old.tar": "tar archive", "cut.zip": "cut off", "book.xlsx": "Excel", "empty.zip": "nothing in it", "book.ods": "OpenDocument", "book.numbers": "Numbers", "~$book.xlsx": "leaves beside a document", "a/._1.csv.gz": "Hidden", "bill.csv.part": "not complete",
		"self": "link", "missing.csv": "does not exist",
	} {
		assert.Contains(t, skipped[name], reason, name)
		delete(skipped, name)
	}
	assert.Empty(t, skipped)
}

func TestExpand_DeepFolder(t *testing.T) {
	root := t.TempDir()
	deep := root
	for range 500 {
		deep = filepath.Join(deep, "d")
	}
	if err := os.MkdirAll(deep, 0o700); err != nil {
		t.Skip("this file system has no room for a path of that length")
	}
	require.NoError(t, os.WriteFile(filepath.Join(deep, "bill.csv"), []byte("x"), 0o600))
	require.NoError(t, os.Symlink(root, filepath.Join(deep, "up")))
	files, skipped := expand(t, root, root)
	assert.Len(t, files, 1)
	assert.Empty(t, skipped)
}

func TestExpand_FolderThatMayNotBeRead(t *testing.T) {
	root := tree(t, map[string]string{"shut/bill.csv": "x", "bill.csv": "x"})
	shut := filepath.Join(root, "shut")
	require.NoError(t, os.Chmod(shut, 0))
	t.Cleanup(func() { _ = os.Chmod(shut, 0o700) })
	if _, err := os.ReadDir(shut); err == nil {
		t.Skip("who runs this test may read every folder")
	}
	files, skipped := expand(t, root, root)
	assert.Equal(t, []string{"bill.csv"}, files)
	assert.Equal(t, map[string]string{"shut": "The folder may not be read; check its permissions."}, skipped)
}

func TestExpand_HiddenFileChosenByName(t *testing.T) {
	root := tree(t, map[string]string{".bill.csv": "x"})
	files, skipped := expand(t, root, filepath.Join(root, ".bill.csv"))
	assert.Equal(t, []string{".bill.csv"}, files)
	assert.Empty(t, skipped)
}

func TestExpand_TooManyEntries(t *testing.T) {
	names := make([]string, 10_001)
	for i := range names {
		names[i] = fmt.Sprintf("%05d.csv", i)
	}
	root := tree(t, map[string]string{"many.zip": zipText(t, names...)})
	files, skipped := expand(t, root, root)
	assert.Empty(t, files)
	assert.Contains(t, skipped["many.zip"], "10,000")
}

func TestExpand_Bomb(t *testing.T) {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	f, err := w.Create("bomb.csv")
	require.NoError(t, err)
	_, err = f.Write(bytes.Repeat([]byte{'0'}, 80<<20))
	require.NoError(t, err)
	require.NoError(t, w.Close())
	root := tree(t, map[string]string{"bomb.zip": b.String()})
	files, skipped := expand(t, root, root)
	assert.Empty(t, files)
	assert.Contains(t, skipped["bomb.zip/bomb.csv"], "1,000 times")
}

func TestExpand_Cancelled(t *testing.T) {
	stop := errors.New("stop")
	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(stop)
	_, _, err := source.Expand(ctx, []string{t.TempDir()})
	assert.ErrorIs(t, err, stop)
}

func TestMagic(t *testing.T) {
	for text, want := range map[string]source.Kind{
		"": source.KindEmpty, "a,b\n": source.KindText, "\x1f\x8b\x08": source.KindGzip, "PK\x03\x04": source.KindZip, "PAR1\x15": source.KindParquet,
		"ORCHARD,b\n": source.KindText, "BZhang,b\n": source.KindText, "\xff\xfea\x00": source.KindText, "a\x00b": source.KindBinary, "%PDF-1.4": source.KindPDF,
	} {
		assert.Equal(t, want, source.Magic([]byte(text)), "%q", text)
	}
}

func FuzzExpand(f *testing.F) {
	f.Add([]byte("PK\x05\x06" + strings.Repeat("\x00", 18)))
	path := filepath.Join(f.TempDir(), "f")
	f.Fuzz(func(t *testing.T, data []byte) {
		require.NoError(t, os.WriteFile(path, data, 0o600))
		files, skipped, err := source.Expand(t.Context(), []string{path})
		if err != nil {
			t.Fatalf("%v (%s)", err, finops.CodeOf(err))
		}
		if magic := source.Magic(data); len(files)+len(skipped) == 0 && magic != source.KindZip {
			t.Fatal("the file is neither listed nor skipped")
		}
	})
}
