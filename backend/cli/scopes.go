package cli

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/finops/wire"
	"cloud-intelligence/backend/service"
)

func (r *runner) scopesCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "scopes",
		Short: "Save filters under names, for --scope NAME",
		Long: `A scope is a filter under a name, such as the charges of one team. query, lines, export and summary take
--scope NAME and look only at its charges.`,
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(r.scopesListCommand(), r.scopesShowCommand(), r.scopesSetCommand(), r.scopesDeleteCommand())
	return cmd
}

func scopeFields(s service.Scope) any {
	return struct {
		service.ScopeInfo
		Where string `json:"where"`
	}{s.Info(), s.Text}
}

func (r *runner) scopesListCommand() *cobra.Command {
	var out tableFlags
	cmd := &cobra.Command{
		Use: "list", Short: "List the scopes of the workspace", Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return r.withWorkspace(cmd.Context(), func(w *service.Workspace) error { return r.listScopes(cmd.Context(), w, out) })
		},
	}
	out.register(cmd)
	return cmd
}

func (r *runner) listScopes(ctx context.Context, w *service.Workspace, out tableFlags) error {
	if out.file() {
		return r.writeList(ctx, w, out, service.ListScopes)
	}
	saved, err := w.Scopes.List(ctx)
	if err != nil {
		return err
	}
	if out.format == "json" {
		return writeJSON(r.out, object{{"scopes", wire.Each(saved, scopeFields)}})
	}
	if len(saved) == 0 {
		return r.print("The workspace has no scopes.\n")
	}
	t := table{}
	for i, name := range []string{"Name", "Version", "Where", "Changed", "By", "Problem"} {
		t.column(name, i == 1)
	}
	for _, s := range saved {
		t.rows = append(t.rows, []string{s.Name, fmt.Sprint(s.Version), s.Text, minute(s.ChangedAt), s.ChangedBy, s.Problem})
	}
	return t.write(r.out)
}

func (r *runner) scopesShowCommand() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use: "show NAME", Short: "Print the filter of a scope", Args: oneName("the scope by its name"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return r.withWorkspace(cmd.Context(), func(w *service.Workspace) error {
				s, err := w.Scopes.ByName(cmd.Context(), args[0])
				if err != nil {
					return err
				}
				if asJSON {
					return writeJSON(r.out, scopeFields(s))
				}
				return r.print("%s\n", visible(s.Text))
			})
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print the scope as JSON")
	return cmd
}

func (r *runner) scopesSetCommand() *cobra.Command {
	f := filterFlags{}
	var version int64
	cmd := &cobra.Command{
		Use: "set NAME --where FILTER", Short: "Save a filter as a scope", Args: oneName("the scope one name"),
		Long: `Set keeps a filter under a name; a scope of that name is replaced. With --version it is replaced only if it still
is of that version (list shows it; 0 = there is none), else the exit code is 3.`,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(f.where) == 0 {
				return finops.Errorf(finops.CodeInvalid, "Say which charges the scope has: --where FILTER.")
			}
			chosen, err := f.parse()
			if err != nil {
				return err
			}
			if !cmd.Flags().Changed("version") {
				version = service.AnyVersion
			}
			return r.withWorkspace(cmd.Context(), func(w *service.Workspace) error {
				now, err := w.Scopes.Save(cmd.Context(), args[0], chosen.where, version)
				if err != nil {
					return f.locate(err)
				}
				return r.print("Saved the scope %s, version %d.\n", visible(strings.TrimSpace(args[0])), now)
			})
		},
	}
	f.registerWhere(cmd)
	cmd.Flags().Int64Var(&version, "version", 0, "replace only version `N`")
	return cmd
}

func (r *runner) scopesDeleteCommand() *cobra.Command {
	return r.deletion("delete", "Remove a scope", "the scope", func(w *service.Workspace) deleteFunc { return w.Scopes.Delete })
}
