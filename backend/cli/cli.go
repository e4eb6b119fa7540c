// Package cli is the terminal's face of Cloud Intelligence: commands over package service.
// It converts and never decides: it turns arguments into questions, and answers into
// tables, CSV or JSON.
//
// Results go to stdout; progress and errors go to stderr. Tables are for reading: they
// round amounts to the digits of the currency and make control characters visible. CSV
// and JSON hold the exact decimal text of every amount. docs/cli.md describes the commands
// and the exit codes.
package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/job"
	"cloud-intelligence/backend/platform/keychain"
	"cloud-intelligence/backend/platform/logging"
	"cloud-intelligence/backend/service"
	"cloud-intelligence/backend/source"
)

// The exit codes of the program.
const (
	exitOK        = 0
	exitFailed    = 1
	exitWrong     = 2
	exitConflict  = 3
	exitNotProven = 4
	exitReached   = 5
	exitCancelled = 130
)

// program is the name of the binary, as documents and messages spell it.
const program = "cloud-intelligence"

// workspaceVariable names a workspace where the flag does not.
const workspaceVariable = "CLOUD_INTELLIGENCE_WORKSPACE"

// Deps are the parts that the commands work with.
type Deps struct {
	Version string
	Sources source.Registry
	Now     func() time.Time // nil = time.Now
	User    string           // name of the person, kept with imports
	// Keychain keeps the secrets of workspaces; nil = one that forgets with the process.
	Keychain keychain.Keychain
	// Connectors are the kinds of places that bills come from by themselves.
	Connectors []source.Connector
	Log        *slog.Logger // takes the text of internal errors; nil = they are printed
}

// Main runs one command and returns the exit code of the process. An interrupt or a
// termination signal, like a cancelled ctx, ends the command with code 130; a second
// interrupt ends the process at once.
func Main(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer, deps Deps) int {
	ctx, stop := cancelledBySignals(ctx)
	defer stop()
	if deps.Now == nil {
		deps.Now = time.Now
	}
	r := &runner{deps: deps, out: bufio.NewWriterSize(stdout, 64<<10), err: stderr, asks: newAsker(stdin, stderr)}
	root := r.root()                          //nolint:contextcheck // cobra hands the context to the commands when they run
	root.SetArgs(append([]string{}, args...)) // nil would mean those of the process
	root.SetIn(stdin)
	root.SetOut(r.out)
	root.SetErr(stderr)
	err := root.ExecuteContext(ctx)
	if flushed := r.out.Flush(); err == nil && flushed != nil {
		err = finops.WrapError(finops.CodeUnavailable, flushed, "The results cannot be written to the end. Check the disk or the program that reads them.")
	}
	return r.conclude(ctx, err)
}

// cancelledBySignals returns a context that ends with ctx and at the first signal, in either case with the cause of a person who cancels: what runs keeps and says that.
func cancelledBySignals(ctx context.Context) (context.Context, func()) {
	signalled, stop := signal.NotifyContext(ctx, os.Interrupt, syscall.SIGTERM)
	cancelled, cancel := context.WithCancelCause(context.WithoutCancel(ctx))
	end := func() {
		stop() // a second signal ends the process
		cancel(job.ErrUser)
	}
	if signalled.Err() != nil {
		end()
	}
	forget := context.AfterFunc(signalled, end)
	return cancelled, func() {
		forget()
		end()
	}
}

// runner runs one command.
type runner struct {
	deps      Deps
	out       *bufio.Writer
	err       io.Writer
	asks      *asker // where a sign-in is asked for
	workspace string // flag
	running   bool   // the arguments were accepted
}

const rootText = `Cloud Intelligence reads cloud bills, FOCUS files and the providers' own exports, and answers what was spent, on what,
where and when. Everything stays on this computer: one file for each client, the workspace.

Exit codes:
  0    done
  1    failed: damaged workspace, full disk, another program is writing, a fault of the program
  2    wrong usage, or input that cannot be used; nothing was changed
  3    conflict: files overlap, or a file exists already; nothing was changed
  4    the verification found a difference
  5    a threshold of a budget is reached (budgets check)
  130  cancelled (Ctrl-C); the workspace is as it was`

func (r *runner) root() *cobra.Command {
	cobra.MousetrapHelpText = "" // started from a folder window it is still the same program
	root := &cobra.Command{
		Use:               program,
		Short:             "Reads cloud bills and answers what was spent",
		Long:              rootText,
		Example:           "  " + program + " --workspace acme.cloudintel import ./exports\n  " + program + " --workspace acme.cloudintel summary",
		SilenceErrors:     true,
		SilenceUsage:      true,
		Args:              noArguments,
		PersistentPreRun:  func(*cobra.Command, []string) { r.running = true },
		RunE:              func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
		DisableAutoGenTag: true,
	}
	root.PersistentFlags().StringVar(&r.workspace, "workspace", "", "the workspace `FILE`; "+workspaceVariable+" where the flag is not given")
	root.AddCommand(
		r.importCommand(), r.importsCommand(), r.billsCommand(), r.reconcileCommand(),
		r.summaryCommand(), r.spendCommand(), r.queryCommand(), r.linesCommand(), r.exportCommand(),
		r.forecastCommand(), r.anomaliesCommand(), r.budgetsCommand(), r.alertsCommand(),
		r.findingsCommand(), r.rulesCommand(), r.documentsCommand(), r.commitmentsCommand(), r.simulateCommand(),
		r.migrateCommand(),
		r.connectionsCommand(), r.syncCommand(),
		r.mappingCommand(), r.dimensionsCommand(), r.scopesCommand(),
		r.passportCommand(), r.verifyCommand(), r.auditCommand(), r.jobsCommand(),
		r.workspaceCommand(), r.demoCommand(), r.versionCommand(),
	)
	return root
}

func noArguments(cmd *cobra.Command, args []string) error {
	if len(args) > 0 {
		return finops.Errorf(finops.CodeInvalid, "%q is not understood by %s. See `%s --help`.", args[0], cmd.CommandPath(), cmd.CommandPath())
	}
	return nil
}

func (r *runner) versionCommand() *cobra.Command {
	return &cobra.Command{
		Use: "version", Short: "Print the version", Args: noArguments,
		RunE: func(*cobra.Command, []string) error { return r.print("%s %s\n", program, r.deps.Version) },
	}
}

// print writes to stdout.
func (r *runner) print(format string, args ...any) error {
	if _, err := fmt.Fprintf(r.out, format, args...); err != nil {
		return fmt.Errorf("write the results: %w", err)
	}
	return nil
}

// note writes a line for the person to stderr, where nothing can be done about a failure.
func (r *runner) note(format string, args ...any) {
	fmt.Fprintln(r.err, visible(fmt.Sprintf(format, args...)))
}

// path returns the workspace that the person named.
func (r *runner) path() (string, error) {
	if r.workspace != "" {
		return r.workspace, nil
	}
	if path := os.Getenv(workspaceVariable); path != "" {
		return path, nil
	}
	return "", finops.Errorf(finops.CodeInvalid, "Say which workspace is meant: give --workspace FILE, or set %s.", workspaceVariable)
}

func (r *runner) options() service.Options {
	return service.Options{Sources: r.deps.Sources, User: r.deps.User, Now: r.deps.Now, Keychain: r.deps.Keychain, Connectors: r.deps.Connectors, Prompt: r.prompt}
}

// withWorkspace opens the workspace, which must exist, for the time of fn.
func (r *runner) withWorkspace(ctx context.Context, fn func(*service.Workspace) error) error {
	return r.withOptions(ctx, r.options(), fn)
}

// withOptions does the same with options of its own.
func (r *runner) withOptions(ctx context.Context, options service.Options, fn func(*service.Workspace) error) error {
	path, err := r.path()
	if err != nil {
		return err
	}
	w, err := service.Open(ctx, path, options)
	if finops.CodeOf(err) == finops.CodeNotFound {
		return finops.WrapError(finops.CodeNotFound, err, "There is no workspace %s. Check the path, import files into it, or create it with `workspace create NAME`.", path)
	}
	if err != nil {
		return err
	}
	return closeAfter(w, fn)
}

func closeAfter(w *service.Workspace, fn func(*service.Workspace) error) error {
	err := fn(w)
	if closed := w.Close(); err == nil && closed != nil {
		return closed
	}
	return err
}

// exitError is an end that is no failure of the program but has a code of its own.
type exitError struct {
	code    int
	message string
}

func (e *exitError) Error() string { return e.message }

// conclude reports how the command ended and returns the exit code.
func (r *runner) conclude(ctx context.Context, err error) int {
	if err == nil {
		return exitOK
	}
	code := finops.CodeOf(err)
	if code == finops.CodeCancelled || (ctx.Err() != nil && (errors.Is(err, ctx.Err()) || errors.Is(err, context.Cause(ctx)))) {
		message := "Cancelled; the workspace is as it was."
		if code == finops.CodeCancelled && finops.MessageOf(err) != job.ErrUser.Message {
			message = sentence(finops.MessageOf(err))
		}
		r.note("%s", message)
		return exitCancelled
	}
	if exit, ok := errors.AsType[*exitError](err); ok {
		r.note("%s", sentence(exit.message))
		return exit.code
	}
	if !r.running && code == finops.CodeInternal {
		r.note("%s See `%s --help`.", sentence(capital(err.Error())), program) // cobra on flags, arguments and names of commands
		return exitWrong
	}
	if code == finops.CodeInternal {
		ref := logging.Ref()
		r.note("%s (ref %s)", strings.TrimSuffix(finops.MessageOf(err), "."), ref)
		if r.deps.Log != nil {
			r.deps.Log.ErrorContext(ctx, "command failed", "ref", ref, "err", err)
		} else {
			r.note("%s: %s", ref, logging.Redact(err.Error()))
		}
		return exitFailed
	}
	r.note("%s", sentence(finops.MessageOf(err)))
	if where, ok := errors.AsType[*whereError](err); ok {
		for _, line := range where.excerpt() {
			r.note("%s", line)
		}
	}
	r.noteConflict(err)
	switch code {
	case finops.CodeInvalid, finops.CodeNotFound, finops.CodeUnsupported:
		return exitWrong
	case finops.CodeConflict:
		return exitConflict
	default:
		return exitFailed
	}
}

// noteConflict prints both values where somebody else changed the stored one meanwhile.
func (r *runner) noteConflict(err error) {
	conflict := service.ConflictOf(err)
	if conflict == nil {
		return
	}
	if have := conflict.Have; have == nil {
		r.note("Stored now: nothing; it was deleted.")
	} else {
		about := fmt.Sprintf("version %d", have.Version)
		if have.ChangedBy != "" {
			about += ", by " + have.ChangedBy
		}
		if day, _, ok := strings.Cut(have.ChangedAt, "T"); ok {
			about += " on " + day
		}
		r.note("Stored now: %s", about)
		r.noteLines(have.Text)
	}
	if conflict.Want == nil {
		r.note("Yours: to delete it.")
		return
	}
	r.note("Yours:")
	r.noteLines(conflict.Want.Text)
}

func (r *runner) noteLines(text string) {
	for line := range strings.Lines(text) {
		r.note("  %s", strings.TrimSuffix(line, "\n"))
	}
}

// sentence gives a message its full stop.
func sentence(text string) string {
	if text != "" && !strings.HasSuffix(text, ".") && !strings.HasSuffix(text, "!") && !strings.HasSuffix(text, "?") {
		text += "."
	}
	return text
}

// capital gives a message of the argument parser its capital. Our own messages have it,
// or begin with the name of a file, which stays as it is.
func capital(text string) string {
	first, size := utf8.DecodeRuneInString(text)
	return string(unicode.ToUpper(first)) + text[size:]
}
