package cli

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/finops/wire"
	"cloud-intelligence/backend/service"
)

func (r *runner) importsCommand() *cobra.Command {
	var out tableFlags
	cmd := &cobra.Command{
		Use: "imports", Short: "List the imports, undo one, or list its skipped lines", Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return r.withWorkspace(cmd.Context(), func(w *service.Workspace) error { return r.listImports(cmd.Context(), w, out) })
		},
	}
	out.register(cmd)
	cmd.AddCommand(r.rejectsCommand(), r.undoCommand())
	return cmd
}

func (r *runner) undoCommand() *cobra.Command {
	var file string
	cmd := &cobra.Command{
		Use: "undo ID", Short: "Take an import back, or one file of it; bills that it had replaced count again", Args: oneImport,
		RunE: func(cmd *cobra.Command, args []string) error {
			id, err := importID(args[0])
			if err != nil {
				return err
			}
			return r.withWorkspace(cmd.Context(), func(w *service.Workspace) error {
				if cmd.Flags().Changed("file") {
					return r.undoFile(cmd.Context(), w, id, file)
				}
				if err := w.Imports.Undo(cmd.Context(), id); err != nil {
					return err
				}
				return r.print("Import %d was undone.\n", id)
			})
		},
	}
	cmd.Flags().StringVar(&file, "file", "", "take back only this `FILE` of the import, named by its path or the end of it")
	return cmd
}

// undoFile takes one file of an import back. It is named as it was imported, or by the end of its path.
func (r *runner) undoFile(ctx context.Context, w *service.Workspace, id int64, name string) error {
	infos, err := w.Imports.List(ctx)
	if err != nil {
		return err
	}
	at := slices.IndexFunc(infos, func(i service.ImportInfo) bool { return i.ID == id })
	if at < 0 {
		return finops.Errorf(finops.CodeNotFound, "There is no import %d; `%s imports` lists them.", id, program)
	}
	paths := make([]string, len(infos[at].Files))
	for i, f := range infos[at].Files {
		paths[i] = f.Path
	}
	found := namedFiles(paths, name)
	if len(found) != 1 {
		return finops.Errorf(finops.CodeInvalid, "--file names %q, but %s of import %d are called so. `%s imports --json` lists them.", name, things(int64(len(found)), "file"), id, program)
	}
	if err := w.Imports.UndoFile(ctx, infos[at].Files[found[0]].ID); err != nil {
		return err
	}
	return r.print("%s of import %d was undone.\n", visible(paths[found[0]]), id)
}

// namedFiles returns which of the paths a name means: the one that is called so, else those that end with it.
func namedFiles(paths []string, name string) (found []int) {
	for i, path := range paths {
		if path == name {
			return []int{i}
		}
		if strings.HasSuffix(filepath.ToSlash(path), "/"+filepath.ToSlash(name)) {
			found = append(found, i)
		}
	}
	return found
}

func oneImport(cmd *cobra.Command, args []string) error {
	if len(args) != 1 {
		return finops.Errorf(finops.CodeInvalid, "Name one import by its number; `%s imports` lists them. See `%s --help`.", program, cmd.CommandPath())
	}
	return nil
}

func importID(text string) (int64, error) {
	id, err := strconv.ParseInt(text, 10, 64)
	if err != nil || id < 1 {
		return 0, finops.Errorf(finops.CodeInvalid, "%q is not the number of an import; `%s imports` lists them.", text, program)
	}
	return id, nil
}

func (r *runner) listImports(ctx context.Context, w *service.Workspace, out tableFlags) error {
	if out.file() {
		return r.writeList(ctx, w, out, service.ListImports)
	}
	infos, err := w.Imports.List(ctx)
	if err != nil {
		return err
	}
	if out.format == "json" {
		return writeJSON(r.out, object{{"imports", wire.Each(infos, importInfoJSON)}})
	}
	var t table
	for _, name := range []string{"Import", "State", "Started", "By", "Lines", "Rejects", "Months", "Files"} {
		t.column(name, name == "Import" || name == "Lines" || name == "Rejects")
	}
	for i := range infos {
		info := &infos[i]
		t.rows = append(t.rows, []string{
			strconv.FormatInt(info.ID, 10), strings.ReplaceAll(string(info.State), "_", " "), info.StartedAt.UTC().Format("2006-01-02 15:04 UTC"), info.User,
			count(info.Lines), count(info.Rejects), monthsText(info.Document().Periods), filesText(info),
		})
	}
	return t.write(r.out)
}

// monthsText names a few months, or the first and the last.
func monthsText(months []string) string {
	if len(months) <= 2 {
		return strings.Join(months, " ")
	}
	return months[0] + " … " + months[len(months)-1]
}

func filesText(info *service.ImportInfo) string {
	if len(info.Files) == 1 {
		return info.Files[0].Path
	}
	return things(len(info.Files), "file")
}

func importInfoJSON(info service.ImportInfo) any {
	return struct {
		service.ImportDocument
		Bills []service.ImportedBill `json:"bills"`
	}{info.Document(), wire.Each(info.Slices, service.BillOf)}
}

func (r *runner) rejectsCommand() *cobra.Command {
	var out tableFlags
	var offset, limit int
	cmd := &cobra.Command{
		Use: "rejects ID", Short: "List the lines of an import that could not be read", Args: oneImport,
		RunE: func(cmd *cobra.Command, args []string) error {
			id, err := importID(args[0])
			if err != nil {
				return err
			}
			if offset < 0 || limit < 1 {
				return finops.Errorf(finops.CodeInvalid, "--limit must be at least 1, and --offset cannot be negative.")
			}
			return r.withWorkspace(cmd.Context(), func(w *service.Workspace) error {
				return r.listRejects(cmd.Context(), w, id, offset, limit, out)
			})
		},
	}
	cmd.Flags().IntVar(&limit, "limit", 100, "at most `N` lines")
	cmd.Flags().IntVar(&offset, "offset", 0, "leave out the first `N` lines")
	out.register(cmd)
	return cmd
}

func (r *runner) listRejects(ctx context.Context, w *service.Workspace, id int64, offset, limit int, out tableFlags) error {
	infos, err := w.Imports.List(ctx)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(infos, func(i service.ImportInfo) bool { return i.ID == id }) {
		return finops.Errorf(finops.CodeNotFound, "There is no import %d; `%s imports` lists them.", id, program)
	}
	rows, total, err := w.Imports.Rejects(ctx, id, offset, limit)
	if err != nil {
		return err
	}
	if out.format != "table" {
		return r.writeRows(ctx, w, out, "Skipped lines", object{{"total", total}, {"rows", wire.Each(rows, service.RejectOf)}})
	}
	var t table
	for _, name := range []string{"File", "Line", "Reason", "Text"} {
		t.column(name, name == "Line")
	}
	for _, row := range rows {
		t.rows = append(t.rows, []string{row.File, strconv.FormatInt(row.Line, 10), row.Reason, row.Text})
	}
	if err := t.write(r.out); err != nil {
		return err
	}
	_, err = fmt.Fprintf(r.out, "\n%s of %s.\n", count(len(rows)), things(total, "rejected line"))
	return wrapWrite(err)
}
