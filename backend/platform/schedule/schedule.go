// Package schedule has the operating system run a command every day: by cron on Linux, launchd on macOS and the
// Task Scheduler on Windows. It hides how their entries are written, found again and removed.
package schedule

import (
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"

	"cloud-intelligence/backend/finops"
)

// Task is a command that runs once a day.
type Task struct {
	ID           string // names the entry: letters and digits
	Command      []string
	Hour, Minute int // of the local time of the computer
}

// Entry is what the system is asked to run.
type Entry struct {
	Where string // "crontab", a path, or the name of a task
	Text  string
}

// system is what differs.
type system interface {
	entry(Task) Entry
	install(ctx context.Context, t Task) error
	remove(ctx context.Context, id string) (bool, error)
	find(ctx context.Context, id string) (Entry, bool, error)
}

func here() system {
	switch runtime.GOOS {
	case "darwin":
		return launchd{}
	case "windows":
		return scheduler{}
	}
	return cron{}
}

// EntryOf returns the entry that Install writes.
func EntryOf(t Task) Entry { return here().entry(t) }

// Install writes the entry, in place of one with the same id. It answers CodeUnavailable where the system
// has no schedule, or refuses.
func Install(ctx context.Context, t Task) error { return here().install(ctx, t) }

// Remove removes the entry with an id; false = there was none.
func Remove(ctx context.Context, id string) (bool, error) { return here().remove(ctx, id) }

// Find returns the entry with an id as the system has it; false = there is none.
func Find(ctx context.Context, id string) (Entry, bool, error) { return here().find(ctx, id) }

// run runs a program of the system with some input and returns what it prints.
func run(ctx context.Context, input string, name string, args ...string) (string, error) {
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Stdin = strings.NewReader(input)
	var out, problem bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &problem
	err := cmd.Run()
	if errors.Is(err, exec.ErrNotFound) {
		return "", finops.WrapError(finops.CodeUnavailable, err, "%s is not installed, so that nothing can be scheduled. Install it, or let another scheduler run `cloud-intelligence --workspace FILE sync --all`.", name)
	}
	if err != nil {
		return problem.String(), finops.WrapError(finops.CodeUnavailable, err, "%s refuses: %s", name, strings.TrimSpace(problem.String()))
	}
	return out.String(), nil
}

// cron is the crontab of the person.
type cron struct{}

func mark(id string) string { return "# cloud-intelligence " + id }

func (cron) entry(t Task) Entry {
	words := make([]string, len(t.Command))
	for i, w := range t.Command {
		words[i] = "'" + strings.ReplaceAll(w, "'", `'\''`) + "'"
	}
	command := strings.ReplaceAll(strings.Join(words, " "), "%", `\%`) // a % ends a line of a crontab
	return Entry{Where: "crontab", Text: fmt.Sprintf("%d %d * * * %s >/dev/null 2>&1 %s", t.Minute, t.Hour, command, mark(t.ID))}
}

// lines are those of the crontab: the entry of an id, "" = there is none, and all others.
func (cron) lines(ctx context.Context, id string) (mine string, others []string, err error) {
	text, err := run(ctx, "", "crontab", "-l")
	if err != nil && !strings.Contains(text, "no crontab") {
		return "", nil, err
	}
	if err != nil {
		text = ""
	}
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\r\n")
		if strings.HasSuffix(line, mark(id)) {
			mine = line
			continue
		}
		others = append(others, line)
	}
	return mine, others, nil
}

func (c cron) install(ctx context.Context, t Task) error {
	_, others, err := c.lines(ctx, t.ID)
	if err != nil {
		return err
	}
	return c.write(ctx, append(others, c.entry(t).Text))
}

func (c cron) remove(ctx context.Context, id string) (bool, error) {
	mine, others, err := c.lines(ctx, id)
	if err != nil || mine == "" {
		return false, err
	}
	return true, c.write(ctx, others)
}

func (c cron) find(ctx context.Context, id string) (Entry, bool, error) {
	mine, _, err := c.lines(ctx, id)
	return Entry{Where: "crontab", Text: mine}, mine != "", err
}

func (cron) write(ctx context.Context, lines []string) error {
	text := strings.Join(lines, "\n")
	if text != "" {
		text += "\n"
	}
	_, err := run(ctx, text, "crontab", "-")
	return err
}

// launchd is an agent of the person.
type launchd struct{}

func label(id string) string { return "cloud-intelligence.sync." + id }

func (launchd) path(id string) string {
	home, err := os.UserHomeDir()
	if err != nil {
		home = "~"
	}
	return filepath.Join(home, "Library", "LaunchAgents", label(id)+".plist")
}

func (l launchd) entry(t Task) Entry {
	var words strings.Builder
	for _, w := range t.Command {
		words.WriteString("    <string>")
		_ = xml.EscapeText(&words, []byte(w)) // a builder takes everything
		words.WriteString("</string>\n")
	}
	return Entry{Where: l.path(t.ID), Text: fmt.Sprintf(`<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
<dict>
  <key>Label</key>
  <string>%s</string>
  <key>ProgramArguments</key>
  <array>
%s  </array>
  <key>StartCalendarInterval</key>
  <dict>
    <key>Hour</key>
    <integer>%d</integer>
    <key>Minute</key>
    <integer>%d</integer>
  </dict>
</dict>
</plist>`, label(t.ID), words.String(), t.Hour, t.Minute)}
}

func domain() string { return "gui/" + strconv.Itoa(os.Getuid()) }

func (l launchd) install(ctx context.Context, t Task) error {
	e := l.entry(t)
	if _, err := l.remove(ctx, t.ID); err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(e.Where), 0o755); err != nil {
		return finops.WrapError(finops.CodeDenied, err, "%s cannot be made", filepath.Dir(e.Where))
	}
	if err := os.WriteFile(e.Where, []byte(e.Text+"\n"), 0o600); err != nil {
		return finops.WrapError(finops.CodeDenied, err, "%s cannot be written", e.Where)
	}
	_, err := run(ctx, "", "launchctl", "bootstrap", domain(), e.Where)
	return err
}

func (l launchd) remove(ctx context.Context, id string) (bool, error) {
	_, _ = run(ctx, "", "launchctl", "bootout", domain()+"/"+label(id)) // an agent that is not loaded is no fault
	err := os.Remove(l.path(id))
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, finops.WrapError(finops.CodeDenied, err, "%s cannot be removed", l.path(id))
	}
	return true, nil
}

func (l launchd) find(_ context.Context, id string) (Entry, bool, error) {
	text, err := os.ReadFile(l.path(id))
	if errors.Is(err, fs.ErrNotExist) {
		return Entry{}, false, nil
	}
	if err != nil {
		return Entry{}, false, finops.WrapError(finops.CodeDenied, err, "%s cannot be read", l.path(id))
	}
	return Entry{Where: l.path(id), Text: strings.TrimSpace(string(text))}, true, nil
}

// scheduler is the Task Scheduler.
type scheduler struct{}

func taskName(id string) string { return "Cloud Intelligence sync " + id }

func (scheduler) command(t Task) string {
	words := make([]string, len(t.Command))
	for i, w := range t.Command {
		words[i] = w
		if strings.ContainsAny(w, " \t") {
			words[i] = `"` + w + `"` // a path cannot hold quotes there
		}
	}
	return strings.Join(words, " ")
}

func (s scheduler) entry(t Task) Entry {
	return Entry{Where: taskName(t.ID), Text: fmt.Sprintf("daily at %02d:%02d: %s", t.Hour, t.Minute, s.command(t))}
}

func (s scheduler) install(ctx context.Context, t Task) error {
	_, err := run(ctx, "", "schtasks", "/Create", "/F", "/SC", "DAILY", "/TN", taskName(t.ID), "/ST", fmt.Sprintf("%02d:%02d", t.Hour, t.Minute), "/TR", s.command(t))
	return err
}

func (scheduler) remove(ctx context.Context, id string) (bool, error) {
	if _, err := run(ctx, "", "schtasks", "/Query", "/TN", taskName(id)); err != nil {
		return false, nil //nolint:nilerr // it answers an error where there is none
	}
	_, err := run(ctx, "", "schtasks", "/Delete", "/F", "/TN", taskName(id))
	return err == nil, err
}

func (scheduler) find(ctx context.Context, id string) (Entry, bool, error) {
	text, err := run(ctx, "", "schtasks", "/Query", "/TN", taskName(id), "/FO", "LIST")
	if err != nil {
		return Entry{}, false, nil //nolint:nilerr // it answers an error where there is none
	}
	return Entry{Where: taskName(id), Text: strings.TrimSpace(text)}, true, nil
}
