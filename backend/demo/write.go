package demo

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// Write creates the export files of the client below dir, which is created if missing, and returns their paths: by
// provider, then by month. A file appears only when it is whole; when ctx is cancelled or the disk fails, the files
// finished before stay and no partial one is left. Existing files of the same names are replaced.
func Write(ctx context.Context, dir string, opts Options) ([]string, error) {
	s, err := opts.settings()
	if err != nil {
		return nil, err
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	cl := newClient(s, layout{})
	var paths []string
	for p := range providerCount {
		for m := range cl.calendar.months {
			w := cl.writers[p]
			if !w.covers(m) {
				continue
			}
			name := cl.calendar.months[m].name
			path := filepath.Join(dir, providers[p].folder, name, "focus-"+name+".csv")
			if err := writeFile(path, func(out io.Writer) error { return w.writeFileMonth(ctx, m, out) }); err != nil {
				return nil, fmt.Errorf("write demo file %s: %w", path, err)
			}
			paths = append(paths, path)
		}
	}
	return paths, nil
}

// WriteCSV streams the same charge lines as Write to w as one CSV, month by month, with the x_ columns of all
// providers, and returns how many lines it wrote after the header.
func WriteCSV(ctx context.Context, w io.Writer, opts Options) (lines int64, err error) {
	s, err := opts.settings()
	if err != nil {
		return 0, err
	}
	l := layout{union: true}
	cl := newClient(s, l)
	if _, err := io.WriteString(w, l.header(aws)); err != nil {
		return 0, fmt.Errorf("write header: %w", err)
	}
	for m := range cl.calendar.months {
		for p := range providerCount {
			if !cl.writers[p].covers(m) {
				continue
			}
			n, err := cl.writers[p].writeMonth(ctx, m, w)
			if err != nil {
				return lines, err
			}
			lines += n
		}
	}
	return lines, nil
}

func (w *monthWriter) writeFileMonth(ctx context.Context, m int, out io.Writer) error {
	if _, err := io.WriteString(out, w.layout.header(w.provider)); err != nil {
		return fmt.Errorf("write header: %w", err)
	}
	_, err := w.writeMonth(ctx, m, out)
	return err
}

// writeFile fills a temporary file beside path and renames it when all is written.
func writeFile(path string, fill func(io.Writer) error) (err error) {
	dir := filepath.Dir(path)
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return fmt.Errorf("create folder: %w", err)
	}
	f, err := os.CreateTemp(dir, ".focus-*.tmp")
	if err != nil {
		return fmt.Errorf("create temporary file: %w", err)
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, removeTemp(f.Name()))
		}
	}()
	err = fill(f)
	if err == nil {
		err = f.Chmod(0o644)
	}
	if closeErr := f.Close(); err == nil {
		err = closeErr
	}
	if err != nil {
		return err
	}
	if err := os.Rename(f.Name(), path); err != nil {
		return fmt.Errorf("name finished file: %w", err)
	}
	return nil
}

func removeTemp(path string) error {
	if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("remove temporary file: %w", err)
	}
	return nil
}
