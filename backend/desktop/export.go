package desktop

import (
	"bufio"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"

	"cloud-intelligence/backend/finops"
)

// saveDialog offers the kind of file that the suggested name has.
func saveDialog(title, name string) Dialog {
	kind := Filter{"CSV files", "*.csv"}
	switch strings.ToLower(filepath.Ext(name)) {
	case ".json":
		kind = Filter{"JSON files", "*.json"}
	case ".xlsx":
		kind = Filter{"Excel workbooks", "*.xlsx"}
	case ".xml":
		kind = Filter{"XML of Microsoft Project", "*.xml"}
	case ".ics":
		kind = Filter{"Calendar files", "*.ics"}
	case ".html":
		kind = Filter{"Web pages", "*.html"}
	}
	return Dialog{Title: title, Name: fileName(name), Filters: []Filter{kind, {"All files", "*"}}}
}

// fileName takes out of a suggested name what no folder could hold.
func fileName(name string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || strings.ContainsRune(`/\:*?"<>|`, r) {
			return '-'
		}
		return r
	}, name)
}

func withExtension(path, suggested string) string {
	if filepath.Ext(path) != "" {
		return path
	}
	if extension := filepath.Ext(suggested); extension != "" {
		return path + extension
	}
	return path + ".csv"
}

// saveFile writes a file that is there whole or not at all; what was there before stays
// when it fails.
func saveFile(path string, write func(io.Writer) error) (err error) {
	f, err := os.CreateTemp(filepath.Dir(path), ".cloud-intelligence-*")
	if err != nil {
		return errSave(err, path)
	}
	defer func() {
		if err != nil {
			_ = os.Remove(f.Name()) // best effort: the first error is the one to report
		}
	}()
	out := &destination{w: f}
	buffered := bufio.NewWriterSize(out, 1<<16)
	err = write(buffered)
	if err == nil {
		err = buffered.Flush()
	}
	if failed := errors.Join(out.err, f.Close()); failed != nil {
		return errSave(failed, path)
	}
	if err != nil {
		return err //nolint:wrapcheck // the callback makes the sentence; errors of the disk are explained above
	}
	if err := os.Rename(f.Name(), path); err != nil {
		return errSave(err, path)
	}
	return nil
}

// destination remembers that the disk failed, so that it is distinguished from a failure of
// what is written.
type destination struct {
	w   io.Writer
	err error
}

func (d *destination) Write(p []byte) (int, error) {
	n, err := d.w.Write(p)
	d.err = errors.Join(d.err, err)
	return n, err //nolint:wrapcheck // saveFile makes the sentence
}

func errSave(err error, path string) error {
	return finops.WrapError(finops.CodeDenied, err, "%s cannot be written. Check that you may write there and that the disk is not full.", path)
}
