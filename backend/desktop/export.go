package desktop

import (
	"bufio"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"cloud-intelligence/backend/engine"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/job"
	"cloud-intelligence/backend/service"
)

// progressLines is how many lines are written between two words on the progress.
const progressLines = 1000

// saveDialog offers the kind of file that the suggested name has.
func saveDialog(title, name string) Dialog {
	kind := Filter{"CSV files", "*.csv"}
	switch strings.ToLower(filepath.Ext(name)) {
	case ".json":
		kind = Filter{"JSON files", "*.json"}
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

func exportLines(ctx context.Context, ws *service.Workspace, q engine.LinesQuestion, path string, h *job.Handle) error {
	first := q
	first.Limit = 1
	page, err := ws.Lines(ctx, first)
	if err != nil {
		return err
	}
	names, err := ws.AccountNames(ctx)
	if err != nil {
		return err
	}
	return saveFile(path, func(out io.Writer) error {
		w := csv.NewWriter(out)
		w.UseCRLF = true
		fields := exportHeader(page.Columns)
		if err := w.Write(fields); err != nil {
			return fmt.Errorf("write header: %w", err)
		}
		written := int64(0)
		err := ws.EachLine(ctx, q, func(row []*string) error {
			if ctx.Err() != nil {
				return context.Cause(ctx)
			}
			fields = fields[:0]
			for i, value := range row {
				id := ""
				if value != nil {
					id = *value
				}
				fields = append(fields, harmless(id))
				if engine.HasNames(page.Columns[i]) {
					fields = append(fields, harmless(names.Of(page.Columns[i], id)))
				}
			}
			if written++; written%progressLines == 0 {
				h.Progress(written, int64(page.Total), written, "Writing")
			}
			return w.Write(fields)
		})
		if err != nil {
			return err
		}
		w.Flush()
		return w.Error()
	})
}

// exportHeader names the columns of the file: an account, which the table shows by its
// name, has its id and its name.
func exportHeader(columns []string) []string {
	var header []string
	for _, name := range columns {
		header = append(header, harmless(name))
		if engine.HasNames(name) {
			header = append(header, harmless(name+" name"))
		}
	}
	return header
}

var plainNumber = regexp.MustCompile(`^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$`)

// harmless puts an apostrophe before text that a spreadsheet would run as a formula: names
// in a bill are chosen by strangers. Numbers stay numbers.
func harmless(text string) string {
	if text == "" || !strings.ContainsRune("=+-@\t\r", rune(text[0])) || plainNumber.MatchString(text) {
		return text
	}
	return "'" + text
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
			_ = os.Remove(f.Name()) // best effort: the first error is the one to tell
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
		return err //nolint:wrapcheck // of the callback: the disk's are told above
	}
	if err := os.Rename(f.Name(), path); err != nil {
		return errSave(err, path)
	}
	return nil
}

// destination remembers that the disk failed, so that it is told apart from a failure of
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
