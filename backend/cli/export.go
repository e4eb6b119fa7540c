package cli

import (
	"bufio"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"cloud-intelligence/backend/engine"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/focusout"
	"cloud-intelligence/backend/service"
)

// The formats of an export.
const (
	formatCSV     = "focus-csv"
	formatParquet = "focus-parquet"
)

type exportFlags struct {
	filterFlags
	format  string
	version string
	out     string
}

func (r *runner) exportCommand() *cobra.Command {
	var f exportFlags
	cmd := &cobra.Command{
		Use:   "export",
		Short: "Write charge lines to a FOCUS file",
		Long: `Export writes charge lines to a file in the FOCUS format: value for value as they were imported, or
with --focus-version as that version of the specification wants them. Cells that a spreadsheet would
take for a formula are left as they are; use lines --format csv for a file that is meant for a
spreadsheet.`,
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error { return r.runExport(cmd.Context(), f) },
	}
	f.register(cmd)
	cmd.Flags().StringVar(&f.format, "format", "", "`focus-csv|focus-parquet`")
	cmd.Flags().StringVar(&f.version, "focus-version", "", "write a file that conforms to this version of FOCUS: `1.0|1.2`")
	cmd.Flags().StringVar(&f.out, "out", "", "the file to write, replaced when it exists; - is stdout (focus-csv): `PATH`")
	return cmd
}

func (r *runner) runExport(ctx context.Context, f exportFlags) error {
	chosen, err := f.parse()
	if err != nil {
		return err
	}
	if f.format != formatCSV && f.format != formatParquet {
		return finops.Errorf(finops.CodeInvalid, "--format is %q; it can be %s or %s.", f.format, formatCSV, formatParquet)
	}
	if f.out == "" {
		return finops.Errorf(finops.CodeInvalid, "Say where to write to: --out PATH, or --out - for stdout.")
	}
	if f.out == "-" && f.format != formatCSV {
		return finops.Errorf(finops.CodeInvalid, "Only %s can be written to stdout. Name a file with --out.", formatCSV)
	}
	if f.version != "" {
		if _, err := focusout.ParseVersion(f.version); err != nil {
			return finops.Errorf(finops.CodeInvalid, "--focus-version is %q; it can be 1.0 or 1.2.", f.version)
		}
	}
	opts := service.ExportOptions{Format: f.format, Version: f.version, Lines: engine.LinesQuestion{Where: chosen.where, From: chosen.from, To: chosen.to}}
	return r.withWorkspace(ctx, func(w *service.Workspace) error {
		if opts.Lines.Where, err = f.inScope(ctx, w, opts.Lines.Where); err != nil {
			return err
		}
		if f.out == "-" {
			opts.Out = r.out
			done, err := w.Exports.Charges(ctx, opts)
			if err != nil {
				return f.locate(err)
			}
			r.noteGaps(done.Gaps)
			return nil
		}
		if err := checkTarget(f.out, w.Path()); err != nil {
			return err
		}
		done, err := w.Exports.ToFile(ctx, f.out, 0, opts, func(ctx context.Context, opts service.ExportOptions) (done *service.Exported, err error) {
			err = writeWhole(f.out, func(out io.Writer) (err error) {
				opts.Out = out
				done, err = w.Exports.Charges(ctx, opts)
				return err
			})
			return done, err
		})
		if err != nil {
			return f.locate(err)
		}
		r.note("Wrote %s to %s.", things(done.Lines, "line"), f.out)
		r.noteGaps(done.Gaps)
		return nil
	})
}

// noteGaps says what FOCUS wants and the bills do not have.
func (r *runner) noteGaps(gaps []focusout.Gap) {
	for _, g := range gaps {
		if g.Reason == focusout.ReasonUnreadable {
			r.note("%s has a value that FOCUS does not allow on %s.", g.Column, things(g.Lines, "line"))
		} else {
			r.note("%s has no value on %s: FOCUS requires one, and the bills do not have it.", g.Column, things(g.Lines, "line"))
		}
	}
}

// checkTarget refuses to replace the workspace by its export.
func checkTarget(path, workspace string) error {
	target, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return finops.WrapError(finops.CodeDenied, err, "%s cannot be written.", path)
	}
	if target.IsDir() {
		return finops.Errorf(finops.CodeInvalid, "%s is a folder. Name a file with --out.", path)
	}
	for _, suffix := range []string{"", "-wal", "-shm", "-lock"} {
		if own, err := os.Stat(workspace + suffix); err == nil && os.SameFile(target, own) {
			return finops.Errorf(finops.CodeInvalid, "%s belongs to the workspace itself. Name another file with --out.", path)
		}
	}
	return nil
}

// writeWhole fills a private temporary file beside path and renames it when all is
// written; until then the old file stays.
func writeWhole(path string, fill func(io.Writer) error) (err error) {
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+"-*")
	if err != nil {
		return finops.WrapError(finops.CodeDenied, err, "No file can be made in %s. Check that the folder exists and that you may write there.", filepath.Dir(path))
	}
	defer func() {
		if err != nil {
			_ = os.Remove(f.Name()) // best effort: the first error is the one to report
		}
	}()
	out := bufio.NewWriterSize(f, 1<<20)
	if err := fill(out); err != nil {
		if failed := out.Flush(); failed != nil { // it remembers that the disk failed
			err = errNotWhole(failed, path)
		}
		_ = f.Close() // the first error is the one to report
		return err
	}
	err = errors.Join(out.Flush(), f.Sync(), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		return errNotWhole(err, path)
	}
	return nil
}

func errNotWhole(err error, path string) error {
	return finops.WrapError(finops.CodeUnavailable, err, "%s cannot be written to the end. Check that the disk has room.", path)
}
