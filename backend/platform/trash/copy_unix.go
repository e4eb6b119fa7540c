//go:build unix

package trash

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
)

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
