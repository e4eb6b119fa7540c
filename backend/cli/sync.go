package cli

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/finops/wire"
	"cloud-intelligence/backend/job"
	"cloud-intelligence/backend/service"
	"cloud-intelligence/backend/store"
)

func (r *runner) syncCommand() *cobra.Command {
	var all, asJSON bool
	opts := service.SyncOptions{}
	cmd := &cobra.Command{
		Use: "sync [NAME...]", Short: "Bring in the bills of connections that are new or changed",
		Long: `Sync looks at the places of the connections that are named, or of all with --all, and imports every month whose files
are others than at the last sync. A sync that was interrupted goes on where it was. One connection that fails does not keep the others
from being synced; the exit code is then that of the first failure.`,
		RunE: func(cmd *cobra.Command, args []string) error {
			if all == (len(args) > 0) {
				return finops.Errorf(finops.CodeInvalid, "Name the connections to sync, or give --all. See `%s --help`.", cmd.CommandPath())
			}
			return r.withSync(cmd.Context(), func(w *service.Workspace) error { return r.syncAll(cmd.Context(), w, args, opts, asJSON) })
		},
	}
	cmd.Flags().BoolVar(&all, "all", false, "sync every connection")
	cmd.Flags().StringVar(&opts.From, "from", "", "leave out bills before the month `YYYY-MM`")
	cmd.Flags().BoolVar(&asJSON, "json", false, "print what was done as JSON")
	cmd.AddCommand(r.syncHistoryCommand(), r.installScheduleCommand(), r.removeScheduleCommand())
	return cmd
}

// withSync opens the workspace with a runner whose jobs are shown while they run.
func (r *runner) withSync(ctx context.Context, fn func(*service.Workspace) error) (err error) {
	shown := newProgress(r.err)
	defer shown.clear()
	runner := job.New(ctx, func(j job.Job) {
		if j.State.Live() && !r.asks.asked.Load() { // what is typed is not written over
			share := ""
			if j.Total > 0 {
				share = fmt.Sprintf("%d %%, ", min(100, j.Done*100/j.Total))
			}
			shown.write(share + j.Message)
		}
	})
	defer func() { err = errors.Join(err, runner.Close(context.WithoutCancel(ctx))) }()
	options := r.options()
	options.Runner = runner
	return r.withOptions(ctx, options, fn)
}

func (r *runner) syncAll(ctx context.Context, w *service.Workspace, names []string, opts service.SyncOptions, asJSON bool) error {
	if len(names) == 0 {
		list, err := w.Connections.List(ctx)
		if err != nil {
			return err
		}
		for _, c := range list {
			names = append(names, c.Name)
		}
	}
	var first error
	done := []object{}
	begun := make([]func() (*service.SyncResult, error), len(names))
	for i, name := range names { // they follow each other, but for one that waits for somebody to sign in
		begun[i] = r.beginSync(ctx, w, name, opts)
	}
	for i, name := range names {
		result, err := begun[i]()
		if ctx.Err() != nil {
			return finops.WrapError(finops.CodeCancelled, err, "The sync was cancelled. What it had brought in stays, and the next one goes on with what is missing")
		}
		if first == nil {
			first = err
		}
		fields, text := syncedText(name, result, err)
		done = append(done, fields)
		if !asJSON && err == nil {
			if err := r.print("%s\n%s", visible(text), changesText(result.Changes, result.Run.Charged)); err != nil {
				return err
			}
		} else if err != nil && len(names) > 1 {
			r.note("%s", text)
		}
	}
	if asJSON {
		if err := writeJSON(r.out, object{{"connections", done}}); err != nil {
			return err
		}
	} else if len(names) == 0 {
		r.note("The workspace has no connections.")
	}
	if first != nil && len(names) > 1 {
		return finops.WrapError(finops.CodeOf(first), first, "Not every connection could be synced")
	}
	return first
}

// beginSync starts a sync and returns what waits for its result.
func (*runner) beginSync(ctx context.Context, w *service.Workspace, name string, opts service.SyncOptions) func() (*service.SyncResult, error) {
	j, err := w.Syncs.Start(ctx, name, opts, nil)
	return func() (*service.SyncResult, error) {
		if err != nil {
			return nil, err
		}
		made, err := w.Jobs.Wait(ctx, j.ID)
		if err != nil {
			return nil, err
		}
		result, ok := made.(*service.SyncResult)
		if !ok {
			return nil, fmt.Errorf("job %s: a sync gave %T", j.ID, made)
		}
		return result, nil
	}
}

func syncedText(name string, result *service.SyncResult, err error) (object, string) {
	if err != nil {
		message := sentence(finops.MessageOf(err))
		return object{{"name", name}, {"ok", false}, {"months", []object{}}, {"error", object{{"code", string(finops.CodeOf(err))}, {"message", message}}}}, name + ": " + message
	}
	months := []object{}
	for _, m := range result.Months {
		months = append(months, object{{"dataSet", m.DataSet}, {"month", m.Month}, {"lines", m.Lines}, {"importId", importNumber(m.ImportID)}})
	}
	text := fmt.Sprintf("%s: %s", name, result.Run.Note)
	if result.Run.Months > 0 {
		text += fmt.Sprintf(" %s, %s, %s.", things(result.Run.Files, "file"), things(result.Run.Lines, "line"), things(result.Run.Calls, "call"))
	}
	return object{{"name", name}, {"ok", true}, {"months", months}, {"run", runOf(result.Run, name)}, {"error", nil}}, text
}

// changesText is what a sync changed, a line each.
func changesText(c service.SyncChanges, charged string) string {
	var lines strings.Builder
	for _, b := range c.Bills {
		fmt.Fprintf(&lines, "  All bills of %s: %s, before %s, change %s\n", b.Month, comparedCell(&b.After, b.Currency), comparedCell(&b.Before, b.Currency), changeText(b.Change, b.Currency, b.Relative))
	}
	for _, d := range c.Days {
		partial := ""
		if d.Partial {
			partial = "; the provider may add to it"
		}
		fmt.Fprintf(&lines, "  Newest day %s: %s, the day before %s, change %s%s\n", d.Day, comparedCell(&d.Amount, d.Currency), comparedCell(&d.Before, d.Currency), changeText(d.Change, d.Currency, d.Relative), partial)
	}
	if charged != "" {
		fmt.Fprintf(&lines, "  Charged by the provider: %s\n", charged)
	}
	return lines.String()
}

func changeText(change finops.Sum, currency, relative string) string {
	text := comparedCell(&change, currency) + " " + currency
	if change.Sign() > 0 {
		text = "+" + text
	}
	if relative != "" {
		sign := ""
		if change.Sign() > 0 {
			sign = "+"
		}
		text += " (" + sign + percent(relative) + ")"
	}
	return text
}

func (r *runner) syncHistoryCommand() *cobra.Command {
	var out tableFlags
	cmd := &cobra.Command{
		Use: "history [NAME]", Short: "List the syncs of a connection, or of all, the newest first",
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) > 1 {
				return noArguments(cmd, args[1:])
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			return r.withWorkspace(cmd.Context(), func(w *service.Workspace) error { return r.listRuns(cmd.Context(), w, args, out) })
		},
	}
	out.register(cmd)
	return cmd
}

func (r *runner) listRuns(ctx context.Context, w *service.Workspace, args []string, out tableFlags) error {
	name, names := "", map[string]string{}
	if len(args) == 1 {
		name = args[0]
	}
	connections, err := w.Connections.List(ctx)
	if err != nil {
		return err
	}
	for _, c := range connections {
		names[c.ID] = c.Name
	}
	most := jobsShown
	if out.file() {
		most = 0 // all
	}
	runs, err := w.Syncs.History(ctx, name, most)
	if err != nil {
		return err
	}
	if out.format != "table" {
		return r.writeRows(ctx, w, out, "Syncs", object{{"runs", wire.Each(runs, func(run store.SyncRun) runForScripts { return runOf(run, names[run.Connection]) })}})
	}
	if len(runs) == 0 {
		return r.print("Nothing was synced yet.\n")
	}
	t := table{}
	for i, title := range []string{"Started", "Connection", "State", "Took", "Months", "Lines", "Calls", "Retries", "Bytes", "Charged", "Changed", "Result"} {
		t.column(title, i >= 3 && i <= 8)
	}
	for _, run := range runs {
		took := ""
		if !run.EndedAt.IsZero() {
			took = run.EndedAt.Sub(run.StartedAt).Round(time.Second).String()
		}
		t.rows = append(t.rows, []string{minute(run.StartedAt), orElse(names[run.Connection], "(removed)"), run.State, took, count(run.Months), count(run.Lines), count(run.Calls), count(run.Retries), count(run.Received), run.Charged, billsText(service.SyncRunOf(run)), run.Note})
	}
	return t.write(r.out)
}

// billsText is what a sync changed of all bills, by currency.
func billsText(run service.SyncRunInfo) string {
	var parts []string
	for _, b := range run.Bills {
		parts = append(parts, b.Month+": "+changeText(b.Change, b.Currency, b.Relative))
	}
	return strings.Join(parts, ", ")
}

// runForScripts has the name of its connection.
type runForScripts struct {
	service.SyncRunInfo
	Connection string `json:"connection"`
}

func runOf(run store.SyncRun, name string) runForScripts {
	return runForScripts{service.SyncRunOf(run), name}
}
