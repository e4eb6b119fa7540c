//go:build unix

package paths

import "syscall"

// Private makes the files that this process creates private to the person, until the
// function that it returns is called. It holds for the whole process.
func Private() (undo func()) {
	old := syscall.Umask(0o077)
	return func() { syscall.Umask(old) }
}
