package cli

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/finops/wire"
	"cloud-intelligence/backend/job"
	"cloud-intelligence/backend/service"
)

// jobsShown is how many jobs are listed.
const jobsShown = 50

func (r *runner) jobsCommand() *cobra.Command {
	var out tableFlags
	cmd := &cobra.Command{
		Use: "jobs", Short: "List imports, exports and other jobs, running and ended; cancel, pause, resume", Args: noArguments,
		Long: `Jobs lists the long work of the workspace, the newest first: what runs, in a window or in another command, and the
history. A job whose program was ended in the middle is interrupted: "jobs resume" runs it again with
the same files and options.`,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return r.withWorkspace(cmd.Context(), func(w *service.Workspace) error { return r.listJobs(cmd.Context(), w, out) })
		},
	}
	out.register(cmd)
	cmd.AddCommand(
		r.jobCommand("cancel ID", "Cancel a job that runs; the workspace is as it was", service.Jobs.Cancel),
		r.jobCommand("pause ID", "Let a job wait, until it is resumed", service.Jobs.Pause),
		r.jobCommand("resume ID", "Let a paused job go on; run one again that was interrupted, failed or was cancelled", r.resumeJob),
		&cobra.Command{
			Use: "clear", Short: "Remove the jobs that are not running from the history", Args: noArguments,
			RunE: func(cmd *cobra.Command, _ []string) error {
				return r.withWorkspace(cmd.Context(), func(w *service.Workspace) error { return w.Jobs.Clear(cmd.Context()) })
			},
		})
	return cmd
}

// jobCommand is a command that does something with one job.
func (r *runner) jobCommand(use, short string, do func(service.Jobs, context.Context, string) error) *cobra.Command {
	return &cobra.Command{
		Use: use, Short: short,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) != 1 {
				return finops.Errorf(finops.CodeInvalid, "Name one job by its number; `%s jobs` lists them. See `%s --help`.", program, cmd.CommandPath())
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			return r.withWorkspace(cmd.Context(), func(w *service.Workspace) error { return do(w.Jobs, cmd.Context(), args[0]) })
		},
	}
}

func (r *runner) resumeJob(jobs service.Jobs, ctx context.Context, id string) error { //nolint:revive // as the other things that are done with a job
	j, err := jobs.Find(ctx, id)
	if err != nil {
		return err
	}
	if j.State.Live() {
		return jobs.Resume(ctx, id)
	}
	if j, err = jobs.Again(ctx, id, nil); err != nil {
		return err
	}
	r.note("%s, attempt %d.", j.Title, j.Attempts)
	made, err := jobs.Wait(ctx, id)
	if j.Kind == service.KindImport {
		result, err := importResult(made, err)
		if err != nil {
			return err
		}
		_, err = r.imported(result, &service.Plan{}, importFlags{})
		return err
	}
	if err != nil {
		return err
	}
	if j, err = jobs.Find(ctx, id); err != nil {
		return err
	}
	return r.print("%s\n", outcomeText(j))
}

func (r *runner) listJobs(ctx context.Context, w *service.Workspace, out tableFlags) error {
	if out.file() {
		return r.writeList(ctx, w, out, service.ListJobs)
	}
	jobs, err := w.Jobs.List(ctx, jobsShown)
	if err != nil {
		return err
	}
	if out.format == "json" {
		return writeJSON(r.out, object{{"jobs", wire.Each(jobs, jobFields)}})
	}
	if len(jobs) == 0 {
		return r.print("Nothing was imported, exported or verified yet.\n")
	}
	t := table{}
	for i, name := range []string{"Job", "What", "State", "Started", "Took", "By", "Result"} {
		t.column(name, i == 0 || i == 4)
	}
	for _, j := range jobs {
		t.rows = append(t.rows, []string{j.ID, j.Title, string(j.State), minute(j.StartedAt), tookText(j), j.User, outcomeText(j)})
	}
	return t.write(r.out)
}

func jobFields(j job.Job) any {
	var problem any // null where there is none
	if j.Err != nil {
		problem = object{{"code", string(finops.CodeOf(j.Err))}, {"message", finops.MessageOf(j.Err)}}
	}
	return struct {
		service.JobInfo
		Params json.RawMessage `json:"params"`
		Error  any             `json:"error"`
	}{service.JobOf(j), j.Params, problem}
}

func tookText(j job.Job) string {
	if j.EndedAt.IsZero() || j.StartedAt.IsZero() {
		return ""
	}
	return j.EndedAt.Sub(j.StartedAt).Round(time.Second).String()
}

// outcomeText says what a job came to, or how far it is.
func outcomeText(j job.Job) string {
	switch {
	case j.State == job.Running && j.Total > 0:
		return fmt.Sprintf("%d %%", min(100, j.Done*100/j.Total))
	case j.State == job.Interrupted:
		return "The program ended before it had finished."
	case j.Err != nil:
		return finops.MessageOf(j.Err)
	case j.Outcome == nil:
		return j.Message
	case j.Outcome.Note != "":
		return j.Outcome.Note
	}
	return outcomeParts(j.Outcome)
}

func outcomeParts(o *job.Outcome) string {
	var parts []string
	if o.Files > 0 {
		parts = append(parts, things(o.Files, "file"))
	}
	if o.Lines > 0 {
		parts = append(parts, things(o.Lines, "line"))
	}
	if o.Rejects > 0 {
		parts = append(parts, things(o.Rejects, "line")+" skipped")
	}
	if o.Path != "" {
		parts = append(parts, o.Path)
	}
	return strings.Join(parts, ", ")
}
