// Package housetest keeps the house in order. Its tests read the whole source and fail when an import points upwards,
// a function or a file has outgrown the house, or something is called where it may not be; each fault says what to do.
// Other packages' tests use its exported functions, Golden and GoldenFile. Nothing outside a test may import it.
package housetest

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/rogpeppe/go-internal/diff"
)

var update = flag.Bool("update", false, "write the golden files instead of comparing with them")

// Golden compares got with the file testdata/name of the calling package and fails with a diff when they differ.
// `go test ./backend/thepackage -update` writes the file instead; whoever does so reads its diff before committing it.
func Golden(t testing.TB, name string, got []byte) {
	t.Helper()
	GoldenFile(t, filepath.Join("testdata", filepath.FromSlash(name)), got)
}

// GoldenFile is Golden for a file that lies elsewhere: what Go writes for another part of the house.
func GoldenFile(t testing.TB, path string, got []byte) {
	t.Helper()
	if *update {
		if err := writeGolden(path, got); err != nil {
			t.Fatalf("write golden file: %v", err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		t.Fatalf("There is no golden file %s yet: run this test with -update and read what it writes.", path)
		return
	}
	if err != nil {
		t.Fatalf("read golden file: %v", err)
		return
	}
	// A checkout on Windows may have changed the line ends; the content is what counts.
	want = bytes.ReplaceAll(want, []byte("\r\n"), []byte("\n"))
	if !bytes.Equal(want, got) {
		t.Errorf("The result is not what %s holds; if it is right, run this test with -update.\n%s",
			path, diff.Diff(path, want, "got", got))
	}
}

func writeGolden(path string, got []byte) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return fmt.Errorf("make folder: %w", err)
	}
	if err := os.WriteFile(path, got, 0o644); err != nil {
		return fmt.Errorf("write file: %w", err)
	}
	return nil
}
