// Command benchmark measures Cloud Intelligence against DuckDB on the same generated
// file: import, the Overview's questions, group-bys of any column, opening, file size and
// memory. build/bench runs it and installs what it needs. It prints a table with ratios
// and fails only when a measurement cannot be made: timing is for people to judge.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"runtime/pprof"
	"strconv"
	"strings"
	"time"

	"cloud-intelligence/backend/demo"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/service"
	"cloud-intelligence/backend/source"
	"cloud-intelligence/backend/source/focusfile"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	b := bench{}
	flag.Int64Var(&b.lines, "lines", 1_000_000, "charge lines to generate")
	flag.IntVar(&b.runs, "runs", 20, "times each question is asked")
	flag.StringVar(&b.dir, "dir", "", "folder for the generated files (kept); default a temporary one")
	flag.StringVar(&b.python, "python", "", "Python with the duckdb package; empty leaves DuckDB out")
	flag.StringVar(&b.phase, "phase", "", "internal: run one phase in this process")
	flag.Parse()
	if err := b.run(ctx); err != nil {
		fmt.Fprintln(os.Stderr, "benchmark:", err)
		os.Exit(1)
	}
}

type bench struct {
	lines  int64
	runs   int
	dir    string
	python string
	phase  string
}

func (b *bench) run(ctx context.Context) error {
	switch b.phase {
	case "import":
		if f, err := os.Create("/tmp/cpu.prof"); err == nil {
			_ = pprof.StartCPUProfile(f)
			defer pprof.StopCPUProfile()
		}
		return b.importPhase(ctx)
	case "ask":
		return b.askPhase(ctx)
	}
	if b.dir == "" {
		dir, err := os.MkdirTemp("", "cloud-intelligence-bench-")
		if err != nil {
			return err
		}
		defer os.RemoveAll(dir)
		b.dir = dir
	}
	if err := b.generate(ctx); err != nil {
		return err
	}
	return b.compare(ctx)
}

func (b *bench) csv() string {
	return filepath.Join(b.dir, "focus-"+strconv.FormatInt(b.lines, 10)+".csv")
}
func (b *bench) workspace() string {
	return filepath.Join(b.dir, "bench"+"-"+strconv.FormatInt(b.lines, 10)+".cloudintel")
}

func (b *bench) generate(ctx context.Context) error {
	if info, err := os.Stat(b.csv()); err == nil && info.Size() > 0 {
		return nil
	}
	f, err := os.Create(b.csv() + ".part")
	if err != nil {
		return err
	}
	start := time.Now()
	lines, err := demo.WriteCSV(ctx, f, demo.Options{Lines: b.lines})
	if err != nil {
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	info, err := os.Stat(b.csv() + ".part")
	if err != nil {
		return err
	}
	fmt.Printf("generated %d lines, %.0f MB (%d bytes a line) in %.1f s\n", lines, float64(info.Size())/1e6, info.Size()/lines, time.Since(start).Seconds())
	return os.Rename(b.csv()+".part", b.csv())
}

func (b *bench) options() service.Options {
	return service.Options{Sources: source.Registry{focusfile.Source{}}, User: "benchmark"}
}

// importPhase imports in a process of its own, so that its peak memory can be read.
func (b *bench) importPhase(ctx context.Context) error {
	for _, suffix := range []string{"", "-wal", "-shm", "-lock"} {
		_ = os.Remove(b.workspace() + suffix)
	}
	w, err := service.Create(ctx, b.workspace(), "Benchmark", b.options())
	if err != nil {
		return err
	}
	start := time.Now()
	plan, err := w.Plan(ctx, []string{b.csv()})
	if err != nil {
		return err
	}
	r, err := w.Import(ctx, plan, service.ImportOptions{})
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
	fmt.Printf("%d %g %d %d\n", r.Lines, seconds, info.SizeBytes, peakMemory())
	return nil
}

// peakMemory returns the largest resident set of this process in bytes, 0 where the
// system does not tell.
func peakMemory() int64 {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	for _, line := range strings.Split(string(status), "\n") {
		if rest, ok := strings.CutPrefix(line, "VmHWM:"); ok {
			kb, err := strconv.ParseInt(strings.Fields(rest)[0], 10, 64)
			if err == nil {
				return kb * 1024
			}
		}
	}
	return 0
}

// askPhase opens the workspace in a process of its own and asks every question.
func (b *bench) askPhase(ctx context.Context) error {
	start := time.Now()
	w, err := service.Open(ctx, b.workspace(), b.options())
	if err != nil {
		return err
	}
	if _, err := w.State(ctx); err != nil {
		return err
	}
	if _, err := w.Ask(ctx, finops.Question{Metrics: finops.Metrics[:1], GroupBy: []string{"ProviderName"}, Grain: finops.GrainMonth}); err != nil {
		return err
	}
	fmt.Printf("open %g\n", time.Since(start).Seconds())
	for _, q := range questions() {
		times := make([]string, 0, b.runs)
		rows := 0
		for range b.runs + 1 {
			start := time.Now()
			a, err := w.Ask(ctx, q.ask)
			if err != nil {
				return fmt.Errorf("%s: %w", q.Name, err)
			}
			times = append(times, strconv.FormatFloat(time.Since(start).Seconds(), 'g', -1, 64))
			rows = len(a.Rows)
		}
		fmt.Printf("%s|%d|%s\n", q.Name, rows, strings.Join(times, " "))
	}
	fmt.Printf("memory %d\n", peakMemory())
	return w.Close()
}
