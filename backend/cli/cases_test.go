package cli_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/cli"
	"cloud-intelligence/backend/source"
	"cloud-intelligence/backend/source/awscur"
	"cloud-intelligence/backend/source/azureexport"
	"cloud-intelligence/backend/source/focusfile"
	"cloud-intelligence/backend/source/gcpexport"
	"cloud-intelligence/backend/source/ocireport"
)

// publicCase is a case.json: a complaint that somebody made in public about a cost tool, as
// files, imports and the totals that are right. The README beside the cases defines the format.
type publicCase struct {
	Source, Story string
	caseRun
	Runs []caseRun
}

// caseRun is one course of a case, in a workspace of its own.
type caseRun struct {
	Name   string
	Steps  []caseStep
	Expect *caseExpectation
}

type caseStep struct {
	Put    [][2]string
	Remove []string
	Import []string
	Flags  []string
	Run    []string
	caseOutcome
	AnyOf []caseOutcome
}

type caseOutcome struct {
	Exit    []int
	Says    []string
	Never   []string
	Rejects *int64
	Answers []caseExpectation
	Expect  *caseExpectation
}

// TestCases runs every case found beside the checkout, each run of a case as a test of its
// own. The program runs in the folder of the case, so the tests cannot run side by side.
func TestCases(t *testing.T) {
	if testing.Short() {
		t.Skip("The cases are left out of the short run; with the race detector they would take minutes.")
	}
	root, err := filepath.Abs(filepath.Join("..", "..", "..", "shared", "data", "cases"))
	require.NoError(t, err)
	files, err := filepath.Glob(filepath.Join(root, "*", "case.json"))
	require.NoError(t, err)
	if len(files) == 0 {
		t.Skip("The cases from public complaints are not beside the checkout (../shared/data/cases).")
	}
	for _, file := range files {
		t.Run(filepath.Base(filepath.Dir(file)), func(t *testing.T) {
			text, err := os.ReadFile(file)
			require.NoError(t, err)
			var c publicCase
			// A key that is not known here would be an expectation that nobody checks.
			decoder := json.NewDecoder(bytes.NewReader(text))
			decoder.DisallowUnknownFields()
			require.NoError(t, decoder.Decode(&c))
			if len(c.Runs) == 0 {
				runCase(t, filepath.Dir(file), c.caseRun)
				return
			}
			for _, run := range c.Runs {
				t.Run(run.Name, func(t *testing.T) { runCase(t, filepath.Dir(file), run) })
			}
		})
	}
}

// runCase runs one course of a case in a copy of its folder.
func runCase(t *testing.T, folder string, run caseRun) {
	t.Helper()
	require.NotEmpty(t, run.Steps)
	dir := filepath.Join(t.TempDir(), "case")
	require.NoError(t, copyPath(folder, dir, time.Now()))
	t.Chdir(dir)
	c := &caseProgram{t: t, workspace: filepath.Join(t.TempDir(), "client.cloudintel"), clock: time.Date(2026, 11, 22, 9, 30, 0, 0, time.UTC)}
	for i, step := range run.Steps {
		require.NoError(t, step.arrange())
		before := c.state(c.workspace)
		done := c.run(c.workspace, step.args()...)
		if faults := c.judge(step, done, before); len(faults) > 0 {
			t.Fatalf("step %d, %s:\n%s\n%s", i+1, done.command, indent(faults), done.report())
		}
	}
	if faults := c.expect(c.workspace, run.Expect); len(faults) > 0 {
		t.Errorf("after the last step:\n%s", indent(faults))
	}
	if c.exists(c.workspace) {
		if done := c.run(c.workspace, "verify"); done.code != 0 {
			t.Errorf("verify finds a difference:\n%s", done.report())
		}
	}
}

// arrange removes and puts the files of a step. What is put is read first: a step may remove
// what it copies from.
func (s *caseStep) arrange() error {
	now := time.Now()
	kept, err := os.MkdirTemp(".", ".put-")
	if err != nil {
		return fmt.Errorf("make a folder for what is put: %w", err)
	}
	defer os.RemoveAll(kept)
	for i, pair := range s.Put {
		if err := copyPath(pair[0], filepath.Join(kept, fmt.Sprint(i)), now); err != nil {
			return err
		}
	}
	for _, path := range s.Remove {
		if _, err := os.Lstat(path); err != nil {
			return fmt.Errorf("remove: %w", err)
		}
		if err := os.RemoveAll(path); err != nil {
			return fmt.Errorf("remove: %w", err)
		}
	}
	for i, pair := range s.Put {
		if err := copyPath(filepath.Join(kept, fmt.Sprint(i)), pair[1], now); err != nil {
			return err
		}
	}
	return nil
}

// copyPath copies a file, or the content of a folder into another. The copies may be
// written to, and carry one time.
func copyPath(from, to string, at time.Time) error {
	return filepath.WalkDir(from, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(from, path)
		if err != nil {
			return fmt.Errorf("copy: %w", err)
		}
		target := filepath.Join(to, rel)
		if entry.IsDir() {
			return os.MkdirAll(target, 0o700)
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return fmt.Errorf("copy: %w", err)
		}
		if err := os.MkdirAll(filepath.Dir(target), 0o700); err != nil {
			return fmt.Errorf("copy: %w", err)
		}
		if err := os.WriteFile(target, text, 0o600); err != nil {
			return fmt.Errorf("copy: %w", err)
		}
		return os.Chtimes(target, at, at)
	})
}

// args is the command of a step, nil where it has none.
func (s *caseStep) args() []string {
	if s.Run != nil || s.Import == nil {
		return s.Run
	}
	return slices.Concat([]string{"import"}, s.Import, s.Flags, []string{"--json"})
}

// caseProgram runs commands, as a person would type them in the folder of the case.
type caseProgram struct {
	t         *testing.T
	workspace string
	clock     time.Time
	printed   strings.Builder // what the steps printed so far
}

// caseCommand is a command that ended.
type caseCommand struct {
	command        string
	args           []string
	code           int
	stdout, stderr string
}

func (d caseCommand) output() string { return d.stdout + "\n" + d.stderr }

// report is the part of the output that helps to see what went wrong: JSON on one line, and
// only the beginning of what is long.
func (d caseCommand) report() string {
	var out bytes.Buffer
	if json.Compact(&out, []byte(d.stdout)) != nil {
		out.Reset()
		out.WriteString(d.stdout)
	}
	return fmt.Sprintf("exit code %d\nstderr: %s\nstdout: %s", d.code, beginning(d.stderr, 1200), beginning(out.String(), 400))
}

func beginning(text string, most int) string {
	if text = strings.TrimSpace(text); len(text) > most {
		return strings.ToValidUTF8(text[:most], "") + " …"
	}
	return text
}

// run runs a command. A step without one does nothing.
func (c *caseProgram) run(workspace string, args ...string) caseCommand {
	c.t.Helper()
	done := caseCommand{command: strings.Join(args, " "), args: args}
	if len(args) == 0 {
		return done
	}
	c.clock = c.clock.Add(time.Minute)
	now := c.clock
	var out, errs bytes.Buffer
	done.code = cli.Main(c.t.Context(), append([]string{"--workspace", workspace}, args...), strings.NewReader(""), &out, &errs, cli.Deps{
		Version: "1.2.3",
		Sources: source.Registry{focusfile.Source{}, awscur.Source{}, azureexport.Source{}, gcpexport.Source{}, ocireport.Source{}},
		Now:     func() time.Time { return now },
		User:    "Ann",
	})
	done.stdout, done.stderr = out.String(), errs.String()
	return done
}

// exists reports whether there is a workspace: an import that is refused leaves none behind.
func (c *caseProgram) exists(workspace string) bool {
	_, err := os.Stat(workspace)
	return err == nil
}

// judge compares what a step did with what it should.
func (c *caseProgram) judge(step caseStep, done caseCommand, before caseState) []string {
	c.printed.WriteString(done.output())
	var faults []string
	if after := c.state(c.workspace); done.code != 0 && !after.equal(before) {
		faults = append(faults, fmt.Sprintf("the exit code is %d, but the totals changed: %s before, %s after", done.code, before, after))
	}
	if step.AnyOf == nil || step.Exit != nil {
		faults = append(faults, wrongExit(step.Exit, done.code)...)
	}
	if len(faults) > 0 {
		return faults
	}
	if step.AnyOf != nil {
		if faults := c.anyOutcome(step.AnyOf, done, before); len(faults) > 0 {
			return faults
		}
	}
	return c.outcome(step.caseOutcome, done, before)
}

// anyOutcome wants one of some outcomes to hold.
func (c *caseProgram) anyOutcome(outcomes []caseOutcome, done caseCommand, before caseState) (faults []string) {
	for i, outcome := range outcomes {
		wrong := wrongExit(outcome.Exit, done.code)
		if len(wrong) == 0 {
			wrong = c.outcome(outcome, done, before)
		}
		if len(wrong) == 0 {
			return nil
		}
		faults = append(faults, fmt.Sprintf("outcome %d: %s", i+1, strings.Join(wrong, "; ")))
	}
	return faults
}

func wrongExit(allowed []int, code int) []string {
	if len(allowed) == 0 {
		allowed = []int{0}
	}
	if slices.Contains(allowed, code) {
		return nil
	}
	return []string{fmt.Sprintf("the exit code is %d, not %s", code, strings.Trim(fmt.Sprint(allowed), "[]"))}
}

// outcome checks all of an outcome but its exit code.
func (c *caseProgram) outcome(o caseOutcome, done caseCommand, before caseState) []string {
	faults := wrongText("the output", done.output(), o.Says, o.Never)
	if len(faults) == 0 && done.code == 3 && o.Answers != nil {
		faults = c.tryAnswers(o.Answers, done, before)
	}
	if len(faults) > 0 {
		return faults
	}
	if o.Rejects != nil {
		if got := c.state(c.workspace).rejects - before.rejects; got != *o.Rejects {
			faults = append(faults, fmt.Sprintf("%d lines could not be read, not %d", got, *o.Rejects))
		}
	}
	return append(faults, c.expect(c.workspace, o.Expect)...)
}

func indent(faults []string) string { return "  " + strings.Join(faults, "\n  ") }
