//go:build unix

package paths

import (
	"path/filepath"

	"golang.org/x/sys/unix"
)

// Writable reports whether the file and its folder may be written. It does not open the file:
// closing it would drop the locks that SQLite holds for this process.
func Writable(path string) bool {
	return unix.Access(path, unix.W_OK) == nil && unix.Access(filepath.Dir(path), unix.W_OK) == nil
}
