package paths

import "os"

// Writable reports what the file's read-only attribute allows; what its folder allows shows
// only when a file is written.
func Writable(path string) bool {
	info, err := os.Stat(path)
	return err != nil || info.Mode()&0o200 != 0
}
