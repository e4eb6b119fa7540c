package cli

import (
	"context"
	"fmt"
	"io"
	"sort"
	"strings"

	"github.com/spf13/cobra"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/finops/wire"
	"cloud-intelligence/backend/service"
	"cloud-intelligence/backend/source/mappedfile"
)

func (r *runner) mappingCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "mapping",
		Short: "Map tables that are not recognised to the columns of FOCUS",
		Long: `A mapping says for each column of FOCUS which column of a table it is, or which text it always is. A workspace
keeps its mappings, and import reads every table that one of them fits.

The usual way: mapping suggest TABLE --json > m.json, complete m.json, mapping import m.json, import TABLE.`,
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(r.mappingSuggestCommand(), r.mappingListCommand(), r.mappingSaveCommand(), r.mappingImportCommand(), r.mappingExportCommand(), r.mappingDeleteCommand())
	return cmd
}

func (r *runner) mappingSuggestCommand() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "suggest FILE",
		Short: "Look at a table and suggest a mapping for it",
		Long: `Suggest matches the columns of a table to those of FOCUS by their names and values, and says what it is not
sure of. It needs no workspace and changes nothing. With --json it prints the mapping, ready to be
completed and imported; what is missing goes to stderr.`,
		Args: oneName("the table one file"),
		RunE: func(cmd *cobra.Command, args []string) error {
			table, err := service.InspectTable(cmd.Context(), r.deps.Sources, args[0])
			if err != nil {
				return err
			}
			if table.ReadBy != "" {
				r.note("This file needs no mapping. %s", table.ReadBy)
			}
			if asJSON {
				err = r.printMapping(table.Suggestion.Mapping)
			} else {
				err = r.printSuggestion(table)
			}
			for _, q := range table.Suggestion.Questions {
				r.note("%s", q.Text)
			}
			for _, m := range table.Missing {
				r.note("%s", m)
			}
			return err
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print the mapping as JSON")
	return cmd
}

func (r *runner) printMapping(m mappedfile.Mapping) error {
	text, err := mappedfile.Encode(m)
	if err != nil {
		return fmt.Errorf("print the mapping: %w", err)
	}
	return r.print("%s", text)
}

// printSuggestion shows the columns of the table in their order: a value, what each becomes,
// and why.
func (r *runner) printSuggestion(t *service.Table) error {
	focus := map[string][]string{}
	reasons := map[string]string{}
	var texts [][]string
	for _, m := range t.Suggestion.Matches {
		if m.Source.Text != "" {
			texts = append(texts, []string{"(text)", m.Source.Text, m.Focus, m.Reason})
			continue
		}
		focus[m.Source.Column] = append(focus[m.Source.Column], m.Focus)
		reasons[m.Source.Column] = m.Reason
	}
	keys := make([]string, 0, len(t.Suggestion.Mapping.Tags))
	for key := range t.Suggestion.Mapping.Tags {
		keys = append(keys, key)
	}
	sort.Strings(keys)
	for _, key := range keys {
		column := t.Suggestion.Mapping.Tags[key]
		focus[column], reasons[column] = append(focus[column], "Tags: "+key), "Suggested by the name."
	}
	out := table{}
	for _, name := range []string{"Column", "First value", "Becomes", "Why"} {
		out.column(name, false)
	}
	for i, name := range t.Names {
		out.rows = append(out.rows, []string{name, firstText(t.Rows, i), orNone(strings.Join(focus[name], ", ")), reasons[name]})
	}
	out.rows = append(out.rows, texts...)
	return out.write(r.out)
}

func firstText(rows [][]*string, column int) string {
	for _, row := range rows {
		if column < len(row) && row[column] != nil {
			return *row[column]
		}
	}
	return noValue
}

func (r *runner) mappingListCommand() *cobra.Command {
	var out tableFlags
	cmd := &cobra.Command{
		Use: "list", Short: "List the mappings of the workspace", Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return r.withWorkspace(cmd.Context(), func(w *service.Workspace) error { return r.listMappings(cmd.Context(), w, out) })
		},
	}
	out.register(cmd)
	return cmd
}

func (r *runner) listMappings(ctx context.Context, w *service.Workspace, out tableFlags) error {
	if out.file() {
		return r.writeList(ctx, w, out, service.ListMappings)
	}
	saved, err := w.Mappings.List(ctx)
	if err != nil {
		return err
	}
	if out.format == "json" {
		return writeJSON(r.out, object{{"mappings", wire.Each(saved, service.SavedMapping.Info)}})
	}
	if len(saved) == 0 {
		return r.print("The workspace has no mappings.\n")
	}
	t := table{}
	for i, name := range []string{"Name", "Changed", "Columns", "Provider", "Problem"} {
		t.column(name, i == 2)
	}
	for _, m := range saved {
		t.rows = append(t.rows, []string{m.Name, m.ChangedAt.UTC().Format("2006-01-02 15:04 UTC"), fmt.Sprint(len(m.Columns)), providerOf(m.Mapping), m.Problem})
	}
	return t.write(r.out)
}

// providerOf says whose bills a mapping reads.
func providerOf(m mappedfile.Mapping) string {
	for _, name := range []string{"ProviderName", "ServiceProviderName"} {
		if c := m.Columns[name]; c.Text != "" {
			return c.Text
		} else if c.Column != "" {
			return "from " + c.Column
		}
	}
	return ""
}

func (r *runner) mappingSaveCommand() *cobra.Command {
	var file string
	var replace bool
	cmd := &cobra.Command{
		Use: "save NAME --file MAPPING.json", Short: "Save a mapping under a name", Args: oneName("the mapping one name"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if file == "" {
				return finops.Errorf(finops.CodeInvalid, "Name the file with the mapping: --file MAPPING.json.")
			}
			return r.importMapping(cmd.Context(), file, strings.TrimSpace(args[0]), replace)
		},
	}
	cmd.Flags().StringVar(&file, "file", "", "the `FILE` with the mapping")
	cmd.Flags().BoolVar(&replace, "replace", false, "replace a mapping of the same name")
	return cmd
}

func (r *runner) mappingImportCommand() *cobra.Command {
	var replace bool
	cmd := &cobra.Command{
		Use: "import MAPPING.json", Short: "Save a mapping that was exported or suggested", Args: oneName("one file with a mapping"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return r.importMapping(cmd.Context(), args[0], "", replace)
		},
	}
	cmd.Flags().BoolVar(&replace, "replace", false, "replace a mapping of the same name")
	return cmd
}

func (r *runner) importMapping(ctx context.Context, path, name string, replace bool) error {
	return r.withWorkspace(ctx, func(w *service.Workspace) error {
		m, err := w.Mappings.Import(ctx, path, name, replace)
		if err != nil {
			return err
		}
		return r.print("Saved the mapping %s.\n", visible(m.Name))
	})
}

func (r *runner) mappingExportCommand() *cobra.Command {
	var out string
	cmd := &cobra.Command{
		Use: "export NAME", Short: "Write a mapping as JSON, for another workspace", Args: oneName("the mapping by its name"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return r.withWorkspace(cmd.Context(), func(w *service.Workspace) error {
				text, err := w.Mappings.Text(cmd.Context(), args[0])
				if err != nil {
					return err
				}
				if out == "" || out == "-" {
					return r.print("%s", text)
				}
				if err := checkTarget(out, w.Path()); err != nil {
					return err
				}
				return writeWhole(out, func(to io.Writer) error {
					_, err := to.Write(text)
					return err //nolint:wrapcheck // writeWhole makes the sentence
				})
			})
		},
	}
	cmd.Flags().StringVar(&out, "out", "", "the `FILE` to write, replaced when it exists; stdout where it is not given")
	return cmd
}

func (r *runner) mappingDeleteCommand() *cobra.Command {
	return r.deletion("delete", "Remove a mapping; what was imported with it stays", "the mapping", func(w *service.Workspace) deleteFunc { return w.Mappings.Delete })
}
