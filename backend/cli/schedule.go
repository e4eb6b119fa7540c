package cli

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"cloud-intelligence/backend/platform/schedule"
	"cloud-intelligence/backend/service"
)

func (r *runner) installScheduleCommand() *cobra.Command {
	var at string
	var yes bool
	cmd := &cobra.Command{
		Use: "install-schedule", Short: "Let the operating system run `sync --all` every day", Args: noArguments,
		Long: `Install-schedule shows the entry for cron, launchd or the Task Scheduler and writes it once you agree, or with --yes. An
entry that was written before is replaced. The keychain must be unlocked when it runs, as it is while you are logged in.`,
		RunE: func(cmd *cobra.Command, _ []string) error {
			var task schedule.Task
			err := r.withWorkspace(cmd.Context(), func(w *service.Workspace) (err error) {
				task, err = w.Syncs.DailyTask(cmd.Context(), at)
				return err
			})
			if err != nil {
				return err
			}
			entry := schedule.EntryOf(task)
			if err := r.print("%s:\n%s\n", entry.Where, visible(entry.Text)); err != nil {
				return err
			}
			if !yes {
				if err := r.out.Flush(); err != nil {
					return fmt.Errorf("write the results: %w", err)
				}
				if !newAsker(cmd.InOrStdin(), r.err).agree("Write this entry?") {
					r.note("Nothing was written. Give --yes to write it.")
					return nil
				}
			}
			if err := schedule.Install(cmd.Context(), task); err != nil {
				return err
			}
			r.note("Written.")
			return nil
		},
	}
	cmd.Flags().StringVar(&at, "at", service.ScheduleTime, "the local time `HH:MM`")
	cmd.Flags().BoolVar(&yes, "yes", false, "write it without asking")
	return cmd
}

func (r *runner) removeScheduleCommand() *cobra.Command {
	return &cobra.Command{
		Use: "remove-schedule", Short: "Remove the entry that install-schedule wrote", Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return r.withWorkspace(cmd.Context(), func(w *service.Workspace) error {
				found, err := w.Syncs.RemoveSchedule(cmd.Context())
				switch {
				case err != nil:
					return err
				case !found:
					return r.print("There was no entry.\n")
				}
				return r.print("Removed.\n")
			})
		},
	}
}

// agree asks a question in the terminal; without one the answer is no.
func (a *asker) agree(question string) bool {
	if a.terminal == nil {
		return false
	}
	fmt.Fprintf(a.out, "%s [y/N] ", question)
	line, err := a.lines.ReadString('\n')
	answer := strings.ToLower(strings.TrimSpace(line))
	return err == nil && (answer == "y" || answer == "yes")
}
