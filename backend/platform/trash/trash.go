// Package trash moves a file to the system's trash, from where the person can bring it
// back. It hides the ways of the systems: the freedesktop.org trash specification 1.0 on
// Linux, ~/.Trash on macOS, the recycle bin of the shell on Windows.
package trash

import (
	"errors"
	"fmt"
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
