package cli

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"cloud-intelligence/backend/service"
)

// versionFlag registers --version and says which version a change may replace.
func versionFlag(cmd *cobra.Command) func() int64 {
	version := cmd.Flags().Int64("version", 0, "change only version `N`, as listed; 0 = there is none")
	return func() int64 {
		if !cmd.Flags().Changed("version") {
			return service.AnyVersion
		}
		return *version
	}
}

// deleteFunc deletes something of the workspace by its name, if the stored one is of the version seen.
type deleteFunc func(ctx context.Context, name string, seen int64) error

// deletion is the command that deletes one thing of the workspace; what names it, such as "the scope".
func (r *runner) deletion(verb, short, what string, of func(*service.Workspace) deleteFunc) *cobra.Command {
	cmd := &cobra.Command{
		Use: verb + " NAME", Short: short, Args: oneName(what + " by its name"),
		Long: short + ". With --version it goes only if it still is of that version (list shows it), else the exit code is 3.",
	}
	seen := versionFlag(cmd)
	asJSON := cmd.Flags().Bool("json", false, "print the name of what was removed as JSON")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		return r.withWorkspace(cmd.Context(), func(w *service.Workspace) error {
			err := of(w)(cmd.Context(), args[0], seen())
			if err != nil || !*asJSON {
				return err
			}
			return writeJSON(r.out, object{{"deleted", strings.TrimSpace(args[0])}})
		})
	}
	return cmd
}
