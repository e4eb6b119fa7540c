package store

import "os"

// writable looks at the file's read-only attribute; what a folder allows shows when it is
// tried.
func writable(path string) bool {
	info, err := os.Stat(path)
	return err != nil || info.Mode()&0o200 != 0
}
