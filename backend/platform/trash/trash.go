// Package trash moves a file to the system's trash, from where the person can bring it
// back. It hides the ways of the systems: the freedesktop.org trash specification 1.0 on
// Linux, ~/.Trash on macOS, the recycle bin of the shell on Windows.
package trash

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"cloud-intelligence/backend/finops"
)

// Move moves the file at path to the trash of the person who runs the program. It answers
// CodeNotFound when there is no such file and CodeDenied when the system does not allow
// it; the file is then where it was.
func Move(path string) error {
	abs, err := filepath.Abs(path)
	if err != nil {
		return fmt.Errorf("resolve %s: %w", path, err)
	}
	info, err := os.Lstat(abs)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return finops.WrapError(finops.CodeNotFound, err, "There is no file %s.", path)
	case err != nil:
		return finops.WrapError(finops.CodeDenied, err, "%s cannot be moved to the trash: its folder may not be read.", path)
	case !info.Mode().IsRegular():
		return finops.Errorf(finops.CodeInvalid, "%s is not a file; only files are moved to the trash.", path)
	}
	if err := move(abs, info); err != nil {
		return finops.WrapError(finops.CodeDenied, err, "%s cannot be moved to the trash. Close the programs that use it, check its permissions, and try again.", filepath.Base(path))
	}
	return nil
}

// copyOver copies a file to a new one on another device, with its time and mode, and
// then removes the old one. When anything fails the old file stays and the new one goes.
func copyOver(from, to string, info fs.FileInfo) (err error) {
	in, err := os.Open(from)
	if err != nil {
		return fmt.Errorf("read the file: %w", err)
	}
	defer func() { _ = in.Close() }() // only read
	out, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, info.Mode().Perm())
	if err != nil {
		return fmt.Errorf("write to the trash: %w", err)
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(to))
		}
	}()
	_, err = io.Copy(out, in)
	if err == nil {
		err = out.Sync()
	}
	if err = errors.Join(err, out.Close()); err != nil {
		return fmt.Errorf("copy to the trash: %w", err)
	}
	if err = os.Chtimes(to, info.ModTime(), info.ModTime()); err == nil {
		err = os.Remove(from)
	}
	if err != nil {
		return fmt.Errorf("take the file out of its folder: %w", err)
	}
	return nil
}
