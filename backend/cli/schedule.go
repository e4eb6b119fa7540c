package cli

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"cloud-intelligence/backend/finops"
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
			task, err := r.dailyTask(cmd.Context(), at)
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
	cmd.Flags().StringVar(&at, "at", "02:00", "the local time `HH:MM`")
	cmd.Flags().BoolVar(&yes, "yes", false, "write it without asking")
	return cmd
}

func (r *runner) removeScheduleCommand() *cobra.Command {
	return &cobra.Command{
		Use: "remove-schedule", Short: "Remove the entry that install-schedule wrote", Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			id, _, err := r.scheduleOf(cmd.Context())
			if err != nil {
				return err
			}
			found, err := schedule.Remove(cmd.Context(), id)
			switch {
			case err != nil:
				return err
			case !found:
				return r.print("There was no entry.\n")
			}
			return r.print("Removed.\n")
		},
	}
}

// scheduleOf names the entry of the workspace, and returns its full path.
func (r *runner) scheduleOf(ctx context.Context) (id, path string, err error) {
	err = r.withWorkspace(ctx, func(w *service.Workspace) (err error) {
		id, err = w.ID(ctx)
		return err
	})
	if err != nil {
		return "", "", err
	}
	if path, err = r.path(); err != nil {
		return "", "", err
	}
	if path, err = filepath.Abs(path); err != nil {
		return "", "", fmt.Errorf("find the workspace: %w", err)
	}
	return id[:12], path, nil
}

func (r *runner) dailyTask(ctx context.Context, at string) (schedule.Task, error) {
	var hour, minute int
	if _, err := fmt.Sscanf(at+"\n", "%02d:%02d\n", &hour, &minute); err != nil || hour < 0 || hour > 23 || minute < 0 || minute > 59 {
		return schedule.Task{}, finops.Errorf(finops.CodeInvalid, "--at is a time from 00:00 to 23:59.")
	}
	id, path, err := r.scheduleOf(ctx)
	if err != nil {
		return schedule.Task{}, err
	}
	self, err := os.Executable()
	if err != nil {
		return schedule.Task{}, fmt.Errorf("find the program: %w", err)
	}
	return schedule.Task{ID: id, Command: []string{self, "--workspace", path, "sync", "--all"}, Hour: hour, Minute: minute}, nil
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
