package trash

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
)

const namesMax = 10_000

// move puts the file into ~/.Trash, or copies it there from another volume.
func move(path string, info fs.FileInfo) error {
	home, err := os.UserHomeDir()
	if err != nil {
		return fmt.Errorf("find the home folder: %w", err)
	}
	dir := filepath.Join(home, ".Trash")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("make the trash: %w", err)
	}
	ext := filepath.Ext(path)
	stem := strings.TrimSuffix(filepath.Base(path), ext)
	for n := 1; n <= namesMax; n++ {
		name := stem + ext
		if n > 1 {
			name = stem + " " + strconv.Itoa(n) + ext
		}
		target := filepath.Join(dir, name)
		if _, err := os.Lstat(target); err == nil {
			continue
		}
		err := os.Rename(path, target)
		if errors.Is(err, syscall.EXDEV) {
			return copyOver(path, target, info)
		}
		if err != nil {
			return fmt.Errorf("move to the trash: %w", err)
		}
		return nil
	}
	return fmt.Errorf("the trash holds %d files named %s", namesMax, stem+ext)
}
