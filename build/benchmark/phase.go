package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"time"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/service"
	"cloud-intelligence/backend/source"
	"cloud-intelligence/backend/source/focusfile"
)

// measure is a line of a phase's output: what was measured, and how often.
type measure struct {
	Name  string  `json:"name"`
	Times samples `json:"times"`
	Rows  int     `json:"rows"`
}

func (b *bench) runPhase(ctx context.Context) error {
	switch b.phase {
	case "import":
		return b.importPhase(ctx)
	case "ask":
		return b.askPhase(ctx)
	case "cold":
		return b.coldPhase(ctx)
	case "overview":
		return b.overviewPhase(ctx)
	case "lines":
		return b.linesPhase(ctx)
	case "export":
		return b.exportPhase(ctx)
	case "findings":
		return b.findingsPhase(ctx)
	case "plan":
		return b.planPhase(ctx)
	case "sync":
		return b.syncPhase(ctx)
	}
	return fmt.Errorf("there is no phase %q", b.phase)
}

// say prints measurements for the process that started the phase.
func say(list ...measure) error {
	out := json.NewEncoder(os.Stdout)
	for _, m := range list {
		if err := out.Encode(m); err != nil {
			return err
		}
	}
	return nil
}

// workspace is the file that the questions are asked of; it is made of the CSV file.
func (b *bench) workspace() string { return b.file(".cloudintel") }

func (b *bench) options() service.Options {
	return service.Options{Sources: source.Registry{focusfile.Source{}}, User: "benchmark"}
}

func removeWorkspace(path string) error {
	for _, suffix := range []string{"", "-wal", "-shm", "-lock"} {
		if err := os.Remove(path + suffix); err != nil && !errors.Is(err, os.ErrNotExist) {
			return err
		}
	}
	return nil
}

// importPhase imports in a process of its own, so that its peak memory can be read.
func (b *bench) importPhase(ctx context.Context) error {
	path := b.input + ".cloudintel"
	if b.input == b.file(".csv") {
		path = b.workspace()
	}
	if err := removeWorkspace(path); err != nil {
		return err
	}
	w, err := service.Create(ctx, path, "Benchmark", b.options())
	if err != nil {
		return err
	}
	start := time.Now()
	plan, err := w.Imports.Plan(ctx, []string{b.input})
	if err != nil {
		return err
	}
	r, err := w.Imports.Run(ctx, plan, service.ImportOptions{})
	if err != nil {
		return err
	}
	seconds := time.Since(start).Seconds()
	info, err := w.Info(ctx)
	if err != nil {
		return err
	}
	if err := w.Close(); err != nil {
		return err
	}
	if path != b.workspace() {
		if err := removeWorkspace(path); err != nil {
			return err
		}
	}
	return say(measure{"import", samples{seconds}, int(r.Lines)}, measure{"size", samples{float64(info.SizeBytes)}, 0}, measure{"memory", samples{peakMemory()}, 0})
}

// peakMemory returns the largest resident set of this process in bytes, 0 where the
// system does not tell.
func peakMemory() float64 {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	for _, line := range strings.Split(string(status), "\n") {
		if rest, ok := strings.CutPrefix(line, "VmHWM:"); ok {
			kb, err := strconv.ParseInt(strings.Fields(rest)[0], 10, 64)
			if err == nil {
				return float64(kb * 1024)
			}
		}
	}
	return 0
}

// timed runs fn n times.
func timed(name string, n int, fn func() (rows int, err error)) (m measure, err error) {
	m.Name = name
	for range n {
		start := time.Now()
		if m.Rows, err = fn(); err != nil {
			return m, fmt.Errorf("%s: %w", name, err)
		}
		m.Times = append(m.Times, time.Since(start).Seconds())
	}
	return m, nil
}

// rowsOf asks a question and returns the number of rows of its answer.
func rowsOf(ctx context.Context, w *service.Workspace, q question) (int, error) {
	a, err := w.Ledger.Ask(ctx, q.ask)
	if err != nil {
		return 0, err
	}
	return len(a.Rows), nil
}

// coldPhase opens the workspace anew for each question, as a person does who opens it for one answer.
func (b *bench) coldPhase(ctx context.Context) error {
	for _, q := range coldQuestions() {
		m, err := timed(q.Name, 3, func() (rows int, err error) {
			w, err := service.Open(ctx, b.workspace(), b.options())
			if err != nil {
				return 0, err
			}
			defer func() { err = errors.Join(err, w.Close()) }()
			return rowsOf(ctx, w, q)
		})
		if err != nil {
			return err
		}
		if err := say(m); err != nil {
			return err
		}
	}
	return say(measure{"memory", samples{peakMemory()}, 0})
}

// askPhase opens the workspace in a process of its own and asks every question.
func (b *bench) askPhase(ctx context.Context) error {
	start := time.Now()
	w, err := service.Open(ctx, b.workspace(), b.options())
	if err != nil {
		return err
	}
	if _, err := w.Ledger.State(ctx); err != nil {
		return err
	}
	if _, err := w.Ledger.Ask(ctx, finops.Question{Metrics: finops.Metrics[:1], GroupBy: []string{"ProviderName"}, Grain: finops.GrainMonth}); err != nil {
		return err
	}
	if err := say(measure{"open", samples{time.Since(start).Seconds()}, 0}); err != nil {
		return err
	}
	for _, q := range questions() {
		m, err := timed(q.Name, b.runs+1, func() (int, error) {
			return rowsOf(ctx, w, q)
		})
		if err != nil {
			return err
		}
		if err := say(m); err != nil {
			return err
		}
	}
	return errors.Join(say(measure{"memory", samples{peakMemory()}, 0}), w.Close())
}

// linesPhase opens the workspace and reads pages of charge lines.
func (b *bench) linesPhase(ctx context.Context) error {
	w, err := service.Open(ctx, b.workspace(), b.options())
	if err != nil {
		return err
	}
	for _, p := range pages(b.lines) {
		m, err := timed(p.Name, b.runs+1, func() (int, error) {
			page, err := w.Ledger.Lines(ctx, p.ask)
			if err != nil {
				return 0, err
			}
			return len(page.Rows), nil
		})
		if err != nil {
			return err
		}
		if err := say(m); err != nil {
			return err
		}
	}
	return errors.Join(say(measure{"memory", samples{peakMemory()}, 0}), w.Close())
}

// exportPhase writes all lines in both formats; the Parquet file is kept to be imported.
func (b *bench) exportPhase(ctx context.Context) error {
	w, err := service.Open(ctx, b.workspace(), b.options())
	if err != nil {
		return err
	}
	for _, f := range []struct{ format, path string }{{focusfile.FormatCSV, b.file(".export.csv")}, {focusfile.FormatParquet, b.file(".parquet")}} {
		_ = os.Remove(f.path) // an earlier run's, if any
		m, err := timed("export "+f.format, 1, func() (int, error) {
			var lines int64
			err := b.once(f.path, func(out io.Writer) (err error) {
				exported, err := w.Exports.Charges(ctx, service.ExportOptions{Format: f.format, Out: out})
				if exported != nil {
					lines = exported.Lines
				}
				return err
			})
			return int(lines), err
		})
		if err != nil {
			return err
		}
		info, err := os.Stat(f.path)
		if err != nil {
			return err
		}
		if err := say(m, measure{"size " + f.format, samples{float64(info.Size())}, 0}); err != nil {
			return err
		}
	}
	return errors.Join(say(measure{"memory", samples{peakMemory()}, 0}), os.Remove(b.file(".export.csv")), w.Close())
}
