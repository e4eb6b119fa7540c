package logging

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"

	"cloud-intelligence/backend/finops"
)

const (
	fileBytesMax = 5 << 20
	filesMax     = 3
)

// rotating is a log file that steps aside when it is full.
type rotating struct {
	mu       sync.Mutex
	path     string
	bytesMax int64
	filesMax int
	file     *os.File // nil once closed
	size     int64
}

func openRotating(dir, name string, bytesMax int64, filesMax int) (*rotating, error) {
	r := &rotating{path: filepath.Join(dir, name), bytesMax: bytesMax, filesMax: filesMax}
	if err := r.open(); err != nil {
		return nil, finops.WrapError(finops.CodeDenied, err, "The log %s cannot be written. Check that you may write there.", r.path)
	}
	return r, nil
}

func (r *rotating) open() error {
	f, err := os.OpenFile(r.path, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return fmt.Errorf("open log: %w", err)
	}
	info, err := f.Stat()
	if err == nil && info.Mode().Perm()&0o077 != 0 {
		err = f.Chmod(0o600) // made by somebody else, or restored from a backup
	}
	if err != nil {
		return errors.Join(fmt.Errorf("look at log: %w", err), f.Close())
	}
	r.file, r.size = f, info.Size()
	return nil
}

// Write adds one entry, which is never split over two files.
func (r *rotating) Write(entry []byte) (int, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.file == nil {
		return 0, fs.ErrClosed
	}
	if r.size > 0 && r.size+int64(len(entry)) > r.bytesMax {
		if err := r.rotate(); err != nil {
			return 0, err
		}
	}
	n, err := r.file.Write(entry)
	r.size += int64(n)
	if err != nil {
		return n, fmt.Errorf("write log: %w", err)
	}
	return n, nil
}

func (r *rotating) rotate() error {
	if err := r.file.Close(); err != nil {
		return fmt.Errorf("close log: %w", err)
	}
	r.file = nil
	for i := r.filesMax - 1; i > 0; i-- {
		from := r.numbered(i - 1)
		if err := os.Rename(from, r.numbered(i)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			// A second window may hold the file (Windows): going on in the old file is
			// better than no log.
			break
		}
	}
	return r.open()
}

func (r *rotating) numbered(i int) string {
	if i == 0 {
		return r.path
	}
	return fmt.Sprintf("%s.%d", r.path, i)
}

// Close ends the log. It may be called twice.
func (r *rotating) Close() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.file == nil {
		return nil
	}
	err := r.file.Close()
	r.file = nil
	if err != nil {
		return fmt.Errorf("close log: %w", err)
	}
	return nil
}
