package cli

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/finops/filter"
	"cloud-intelligence/backend/finops/rules"
	"cloud-intelligence/backend/finops/wire"
	"cloud-intelligence/backend/service"
)

func (r *runner) dimensionsCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "dimensions",
		Short: "Define dimensions such as teams or cost centres by rules",
		Long: `A virtual dimension is an ordered list of rules, each a filter and the value of the charges that match it. The
first rule that matches a charge decides. Once saved it is used like a column: query --group-by Dim/Team,
--where 'Dim/Team = Shop'. docs/dimensions.md describes the JSON of the rules.`,
		Example: "  " + program + " --workspace acme.cloudintel dimensions preview --file team.json\n" +
			"  " + program + " --workspace acme.cloudintel dimensions set Team --file team.json\n" +
			"  " + program + " --workspace acme.cloudintel query --group-by Dim/Team",
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(r.dimensionsListCommand(), r.dimensionsShowCommand(), r.dimensionsSetCommand(), r.dimensionsImportCommand(), r.dimensionsDeleteCommand(), r.dimensionsPreviewCommand())
	return cmd
}

func (r *runner) dimensionsListCommand() *cobra.Command {
	var out tableFlags
	cmd := &cobra.Command{
		Use: "list", Short: "List the dimensions of the workspace", Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return r.withWorkspace(cmd.Context(), func(w *service.Workspace) error { return r.listDimensions(cmd.Context(), w, out) })
		},
	}
	out.register(cmd)
	return cmd
}

func (r *runner) listDimensions(ctx context.Context, w *service.Workspace, out tableFlags) error {
	if out.file() {
		return r.writeList(ctx, w, out, service.ListDimensions)
	}
	saved, err := w.Dimensions.List(ctx)
	if err != nil {
		return err
	}
	if out.format == "json" {
		return writeJSON(r.out, object{{"dimensions", wire.Each(saved, service.Dimension.Info)}})
	}
	if len(saved) == 0 {
		return r.print("The workspace has no dimensions.\n")
	}
	t := table{}
	for i, name := range []string{"Name", "Version", "Rules", "Default", "Changed", "By", "Problem"} {
		t.column(name, i == 1 || i == 2)
	}
	for _, d := range saved {
		t.rows = append(t.rows, []string{d.Name, fmt.Sprint(d.Version), fmt.Sprint(len(d.Rules)), keyText(d.Default), minute(d.ChangedAt), d.ChangedBy, d.Problem})
	}
	return t.write(r.out)
}

// minute writes a time of the workspace for a table.
func minute(t time.Time) string { return t.UTC().Format("2006-01-02 15:04 UTC") }

func (r *runner) dimensionsShowCommand() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use: "show NAME", Short: "Show the rules of a dimension", Args: oneName("the dimension by its name"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return r.withWorkspace(cmd.Context(), func(w *service.Workspace) error {
				d, err := w.Dimensions.ByName(cmd.Context(), args[0])
				if err != nil {
					return err
				}
				if d.Problem != "" {
					return finops.Errorf(finops.CodeInvalid, "The dimension %q cannot be shown. %s", d.Name, d.Problem)
				}
				if asJSON {
					return r.printDimension(d.Dimension)
				}
				return r.showDimension(d)
			})
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print the JSON that set and import read")
	return cmd
}

func (r *runner) printDimension(d rules.Dimension) error {
	text, err := rules.Encode(d)
	if err != nil {
		return fmt.Errorf("print the dimension: %w", err)
	}
	return r.print("%s", text)
}

func (r *runner) showDimension(d service.Dimension) error {
	if err := r.print("%s, version %d, changed %s by %s\n\n", visible(d.Name), d.Version, minute(d.ChangedAt), visible(d.ChangedBy)); err != nil {
		return err
	}
	t := ruleTable()
	for i := range d.Rules {
		t.rows = append(t.rows, ruleCells(i, &d.Rules[i]))
	}
	t.totals = append(t.totals, []string{"", "no matching rule", keyText(d.Default)})
	return t.write(r.out)
}

func ruleTable() table {
	t := table{}
	t.column("Rule", true)
	t.column("Where", false)
	t.column("Value", false)
	return t
}

func ruleCells(i int, rule *rules.Rule) []string {
	where := filter.Print(rule.Where)
	if where == "" {
		where = "(every charge)"
	}
	return []string{strconv.Itoa(i + 1), where, rule.Gives()}
}

func (r *runner) dimensionsSetCommand() *cobra.Command {
	var file string
	var version int64
	cmd := &cobra.Command{
		Use: "set NAME --file RULES.json", Short: "Save rules as a dimension", Args: oneName("the dimension one name"),
		Long: `Set keeps the rules of a file under a name; a dimension of that name is replaced. With --version it is replaced
only if it still is of that version (list shows it; 0 = there is none), else the exit code is 3.`,
		RunE: func(cmd *cobra.Command, args []string) error {
			if file == "" {
				return finops.Errorf(finops.CodeInvalid, "Name the file with the rules: --file RULES.json.")
			}
			if !cmd.Flags().Changed("version") {
				version = service.AnyVersion
			}
			return r.saveDimension(cmd.Context(), file, args[0], version)
		},
	}
	cmd.Flags().StringVar(&file, "file", "", "the `FILE` with the rules")
	cmd.Flags().Int64Var(&version, "version", 0, "replace only version `N`")
	return cmd
}

func (r *runner) dimensionsImportCommand() *cobra.Command {
	var replace bool
	cmd := &cobra.Command{
		Use: "import RULES.json", Short: "Save a dimension under the name in its file", Args: oneName("one file with a dimension"),
		RunE: func(cmd *cobra.Command, args []string) error {
			version := int64(0)
			if replace {
				version = service.AnyVersion
			}
			return r.saveDimension(cmd.Context(), args[0], "", version)
		},
	}
	cmd.Flags().BoolVar(&replace, "replace", false, "replace a dimension of the same name")
	return cmd
}

// saveDimension keeps what a file holds under a name, or under its own where that is "".
func (r *runner) saveDimension(ctx context.Context, file, name string, seen int64) error {
	d, err := service.ReadDimension(file)
	if err != nil {
		return err
	}
	if name != "" {
		d.Name = strings.TrimSpace(name)
	}
	return r.withWorkspace(ctx, func(w *service.Workspace) error {
		saved, err := w.Dimensions.Save(ctx, d, seen)
		if err != nil {
			return err
		}
		r.noteMissing(saved.Missing)
		return r.print("Saved the dimension %s, version %d.\n", visible(d.Name), saved.Version)
	})
}

// noteMissing names columns that rules use and the bills do not have.
func (r *runner) noteMissing(columns []string) {
	for _, c := range columns {
		r.note("The imported files have no column %q; the rules that use it see no value.", c)
	}
}

func (r *runner) dimensionsDeleteCommand() *cobra.Command {
	return r.deletion("delete", "Remove a dimension", "the dimension", func(w *service.Workspace) deleteFunc { return w.Dimensions.Delete })
}
