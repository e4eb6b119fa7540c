package cli

import (
	"context"
	"io"
	"reflect"
	"slices"

	"github.com/spf13/cobra"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/report"
	"cloud-intelligence/backend/service"
)

// tableFlags say in which form a result leaves a command, and where to.
type tableFlags struct {
	format, out string
	json        bool
}

func (f *tableFlags) register(cmd *cobra.Command) {
	cmd.Flags().StringVar(&f.format, "format", "table", "`table|csv|json|xlsx`")
	cmd.Flags().StringVar(&f.out, "out", "", "the `FILE` to write, csv or xlsx, replaced when it exists; without it csv goes to stdout")
	cmd.Flags().BoolVar(&f.json, "json", false, "print the result as JSON, as --format json does")
	cmd.PreRunE = func(cmd *cobra.Command, _ []string) error { return f.check(cmd) }
}

// check settles in which form the result is wanted.
func (f *tableFlags) check(cmd *cobra.Command) error {
	if f.json {
		if err := f.short(cmd, "json"); err != nil {
			return err
		}
	}
	switch {
	case !slices.Contains([]string{"table", "csv", "json", "xlsx"}, f.format):
		return finops.Errorf(finops.CodeInvalid, "--format is %q; it can be table, csv, json or xlsx.", f.format)
	case f.format == "xlsx" && (f.out == "" || f.out == "-"):
		return finops.Errorf(finops.CodeInvalid, "A workbook is written to a file. Name it with --out FILE.")
	case f.out != "" && !f.file():
		return finops.Errorf(finops.CodeInvalid, "--out goes with --format csv or --format xlsx.")
	}
	return nil
}

// file reports whether the result is one that may be written to a file.
func (f *tableFlags) file() bool { return f.format == "csv" || f.format == "xlsx" }

// short makes --json and --csv mean --format json and --format csv.
func (f *tableFlags) short(cmd *cobra.Command, format string) error {
	if cmd.Flags().Changed("format") && f.format != format {
		return finops.Errorf(finops.CodeInvalid, "Choose one of --%s and --format %s.", format, f.format)
	}
	f.format = format
	return nil
}

// writeList writes a list of the workspace as a file.
func (r *runner) writeList(ctx context.Context, w *service.Workspace, f tableFlags, list service.ListName) error {
	t, err := w.Tables.List(ctx, list)
	if err != nil {
		return err
	}
	return r.writeTable(f, w.Path(), t)
}

// writeRows writes a result as JSON, or the first list in it as a file.
func (r *runner) writeRows(ctx context.Context, w *service.Workspace, f tableFlags, title string, result object) error {
	if !f.file() {
		return writeJSON(r.out, result)
	}
	at := slices.IndexFunc(result, func(one field) bool { return reflect.ValueOf(one.value).Kind() == reflect.Slice })
	t, err := w.Tables.Of(ctx, title, result[at].value)
	if err != nil {
		return err
	}
	return r.writeTable(f, w.Path(), t)
}

// writeTable writes a table to stdout as CSV, or to the file that was named; workspace is
// the file that must not be replaced.
func (r *runner) writeTable(f tableFlags, workspace string, t *report.Table) error {
	if f.out == "" || f.out == "-" {
		_, err := t.WriteCSV(r.out, report.CSVOptions{})
		return err
	}
	if err := checkTarget(f.out, workspace); err != nil {
		return err
	}
	var done report.Written
	err := writeWhole(f.out, func(out io.Writer) (err error) {
		if f.format == "csv" {
			done.Rows, err = t.WriteCSV(out, report.CSVOptions{})
		} else {
			done, err = t.WriteXLSX(out, report.XLSXOptions{})
		}
		return err
	})
	if err != nil {
		return err
	}
	r.note("Wrote %s to %s.", things(done.Rows, "row"), f.out)
	if done.Sheets > 1 {
		r.note("The rows fill %s, since Excel takes no more on one.", things(done.Sheets, "sheet"))
	}
	if done.Rounded > 0 {
		r.note("Excel keeps 15 digits of a number; %s more. The sheet \"All digits\" lists them, --format csv has all.", map[bool]string{true: "1 has", false: count(done.Rounded) + " have"}[done.Rounded == 1])
	}
	if done.Cut > 0 {
		r.note("%s longer than a cell of Excel, and end there.", map[bool]string{true: "1 text is", false: count(done.Cut) + " texts are"}[done.Cut == 1])
	}
	return nil
}
