package cli

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/service"
)

func (r *runner) workspaceCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use: "workspace", Short: "Create, rename, duplicate or upgrade a workspace; its fiscal year", Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(r.createCommand(), r.renameCommand(), r.duplicateCommand(), r.fiscalYearCommand(), r.upgradeCommand())
	return cmd
}

// oneName wants exactly one argument that is not blank.
func oneName(what string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) != 1 || strings.TrimSpace(args[0]) == "" {
			return finops.Errorf(finops.CodeInvalid, "Give %s. See `%s --help`.", what, cmd.CommandPath())
		}
		return nil
	}
}

func (r *runner) createCommand() *cobra.Command {
	return &cobra.Command{
		Use: "create NAME", Short: "Make an empty workspace at --workspace, with a name", Args: oneName("the workspace one name"),
		RunE: func(cmd *cobra.Command, args []string) error {
			path, err := r.path()
			if err != nil {
				return err
			}
			w, err := service.Create(cmd.Context(), path, strings.TrimSpace(args[0]), r.options())
			if err != nil {
				return err
			}
			return closeAfter(w, func(w *service.Workspace) error { return r.print("%s\n", visible(w.Path())) })
		},
	}
}

func (r *runner) renameCommand() *cobra.Command {
	var seen func() int64
	cmd := &cobra.Command{
		Use: "rename NAME", Short: "Change the displayed name; the file keeps its name", Args: oneName("the workspace one name"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return r.withWorkspace(cmd.Context(), func(w *service.Workspace) error {
				return w.Rename(cmd.Context(), strings.TrimSpace(args[0]), seen())
			})
		},
	}
	seen = versionFlag(cmd)
	return cmd
}

func (r *runner) fiscalYearCommand() *cobra.Command {
	var seen func() int64
	cmd := &cobra.Command{
		Use: "fiscal-year [MONTH]", Short: "Show in which month fiscal years start, or change it to MONTH, 1 to 12",
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) > 1 {
				return finops.Errorf(finops.CodeInvalid, "Give one month, or none. See `%s --help`.", cmd.CommandPath())
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			return r.withWorkspace(cmd.Context(), func(w *service.Workspace) error {
				if len(args) == 0 {
					month, _, err := w.FiscalStart(cmd.Context())
					if err != nil {
						return err
					}
					return r.print("%d\n", month)
				}
				month, err := strconv.Atoi(strings.TrimSpace(args[0]))
				if err != nil {
					return finops.Errorf(finops.CodeInvalid, "%q is not a month; write it as a number from 1 to 12.", args[0])
				}
				return w.SetFiscalStart(cmd.Context(), time.Month(month), seen())
			})
		},
	}
	seen = versionFlag(cmd)
	return cmd
}

func (r *runner) duplicateCommand() *cobra.Command {
	var name string
	cmd := &cobra.Command{
		Use: "duplicate FILE", Short: "Write a copy of the workspace to a new file", Args: oneName("one file to copy to"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return r.withWorkspace(cmd.Context(), func(w *service.Workspace) error {
				info, err := w.Info(cmd.Context())
				if err != nil {
					return err
				}
				if name = strings.TrimSpace(name); name == "" {
					name = info.Name + " (copy)"
				}
				return w.CopyTo(cmd.Context(), args[0], name)
			})
		},
	}
	cmd.Flags().StringVar(&name, "name", "", "the `NAME` of the copy")
	return cmd
}

func (r *runner) upgradeCommand() *cobra.Command {
	return &cobra.Command{
		Use: "upgrade", Short: "Pack the quantities of lines that an older version imported",
		Long: `Questions about quantities are quicker afterwards; no figure changes. It works while others import or ask. When it is
cancelled, what is done stays done, and the next call goes on from there.`,
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return r.withWorkspace(cmd.Context(), func(w *service.Workspace) error { return r.upgrade(cmd.Context(), w) })
		},
	}
}

func (r *runner) upgrade(ctx context.Context, w *service.Workspace) error {
	var packed int64
	p := newProgress(r.err)
	err := w.Ledger.PackQuantities(ctx, func(done, total int64) {
		packed = done
		p.write(fmt.Sprintf("Packing quantities: %d %%", done*100/max(total, 1)))
	})
	p.clear()
	if err != nil {
		return err
	}
	return r.print("Packed the quantities of %s.\n", things(packed, "line"))
}
