package housetest

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/stretchr/testify/require"
)

// recorder is a test that writes down how it failed.
type recorder struct {
	testing.TB
	said string
}

func (r *recorder) Helper() {}

func (r *recorder) Errorf(format string, args ...any) { r.said += fmt.Sprintf(format, args...) }

func (r *recorder) Fatalf(format string, args ...any) {
	r.Errorf(format, args...)
	runtime.Goexit()
}

func goldenSays(t *testing.T, name, got string) string {
	t.Helper()
	r := &recorder{TB: t}
	done := make(chan struct{})
	go func() {
		defer close(done)
		Golden(r, name, []byte(got))
	}()
	<-done
	return r.said
}

func TestGolden(t *testing.T) {
	t.Chdir(t.TempDir())
	require.Contains(t, goldenSays(t, "a/x.txt", "one\n"), "There is no golden file")

	*update = true
	t.Cleanup(func() { *update = false })
	require.Empty(t, goldenSays(t, "a/x.txt", "one\ntwo\n"))
	*update = false

	written, err := os.ReadFile(filepath.Join("testdata", "a", "x.txt"))
	require.NoError(t, err)
	require.Equal(t, "one\ntwo\n", string(written))
	require.Empty(t, goldenSays(t, "a/x.txt", "one\ntwo\n"))

	said := goldenSays(t, "a/x.txt", "one\nthree\n")
	require.Contains(t, said, "-two")
	require.Contains(t, said, "+three")

	require.NoError(t, os.WriteFile(filepath.Join("testdata", "a", "x.txt"), []byte("one\r\ntwo\r\n"), 0o600))
	require.Empty(t, goldenSays(t, "a/x.txt", "one\ntwo\n"))
}
