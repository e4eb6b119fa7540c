// Command benchmark measures Cloud Intelligence against DuckDB on the same generated
// file: import of each packing, the Overview's questions, group-bys of any column, pages
// of charge lines, export, opening, savings, budgets, anomalies, a sync, file size and memory. build/bench runs it and installs
// what it needs. It prints a table with ratios and fails only when a measurement cannot be made, or a sync needs more memory than it
// may: timing is for people to judge.
package main

import (
	"archive/zip"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"runtime/pprof"
	"syscall"
	"time"

	"github.com/klauspost/compress/flate"
	"github.com/klauspost/compress/gzip"

	"cloud-intelligence/backend/demo"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	b := bench{}
	flag.Int64Var(&b.lines, "lines", 1_000_000, "charge lines to generate")
	flag.IntVar(&b.runs, "runs", 20, "times each question is asked")
	flag.StringVar(&b.dir, "dir", "", "folder for the generated files (kept); default a temporary one")
	flag.StringVar(&b.python, "python", "", "Python with the duckdb package; empty leaves DuckDB out")
	flag.StringVar(&b.profile, "profile", "", "write the CPU profile of each phase to `FILE`.PHASE")
	flag.StringVar(&b.phase, "phase", "", "internal: run one phase in this process")
	flag.StringVar(&b.input, "input", "", "internal: the file that the phase imports, or the address that it syncs from")
	flag.Parse()
	err := b.run(ctx)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "benchmark:", err)
		os.Exit(1)
	}
}

type bench struct {
	lines   int64
	runs    int
	dir     string
	python  string
	profile string
	phase   string
	input   string
}

func (b *bench) run(ctx context.Context) (err error) {
	if b.phase != "" {
		return b.profiled(func() error { return b.runPhase(ctx) })
	}
	if b.dir == "" {
		if b.dir, err = os.MkdirTemp("", "cloud-intelligence-bench-"); err != nil {
			return err
		}
		defer func() { err = errors.Join(err, os.RemoveAll(b.dir)) }()
	}
	if err := b.generate(ctx); err != nil {
		return err
	}
	return b.compare(ctx)
}

// profiled runs a phase and writes its CPU profile, where one is wanted.
func (b *bench) profiled(run func() error) error {
	if b.profile == "" {
		return run()
	}
	f, err := os.Create(b.profile)
	if err != nil {
		return err
	}
	if err := pprof.StartCPUProfile(f); err != nil {
		return errors.Join(err, f.Close())
	}
	err = run()
	pprof.StopCPUProfile()
	return errors.Join(err, f.Close())
}

// file is a generated file, named after the number of lines.
func (b *bench) file(suffix string) string {
	return filepath.Join(b.dir, fmt.Sprintf("focus-%d%s", b.lines, suffix))
}

// generate writes the CSV file, the same lines as a folder with a file for each provider and
// month, and the CSV file packed as gzip -1 and as a .zip.
func (b *bench) generate(ctx context.Context) error {
	err := b.once(b.file(".csv"), func(out io.Writer) error {
		start := time.Now()
		lines, err := demo.WriteCSV(ctx, out, demo.Options{Lines: b.lines})
		fmt.Printf("generated %d lines in %.1f s\n", lines, time.Since(start).Seconds())
		return err
	})
	if err != nil {
		return err
	}
	if _, err := os.Stat(b.file(".folder")); err != nil {
		if _, err := demo.Write(ctx, b.file(".folder"), demo.Options{Lines: b.lines}); err != nil {
			return errors.Join(err, os.RemoveAll(b.file(".folder")))
		}
	}
	err = b.once(b.file(".csv.gz"), func(out io.Writer) error {
		w, err := gzip.NewWriterLevel(out, gzip.BestSpeed)
		if err != nil {
			return err
		}
		return errors.Join(b.copyCSV(ctx, w), w.Close())
	})
	if err != nil {
		return err
	}
	return b.once(b.file(".zip"), func(out io.Writer) error {
		archive := zip.NewWriter(out)
		archive.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) { return flate.NewWriter(w, flate.BestSpeed) })
		entry, err := archive.Create("focus.csv")
		if err != nil {
			return err
		}
		return errors.Join(b.copyCSV(ctx, entry), archive.Close())
	})
}

func (b *bench) copyCSV(ctx context.Context, out io.Writer) error {
	in, err := os.Open(b.file(".csv"))
	if err != nil {
		return err
	}
	defer func() { _ = in.Close() }() // only read
	_, err = io.Copy(out, stoppable{ctx, in})
	return err
}

// stoppable ends reading when ctx is cancelled.
type stoppable struct {
	ctx context.Context
	r   io.Reader
}

func (s stoppable) Read(p []byte) (int, error) {
	if err := context.Cause(s.ctx); err != nil {
		return 0, err
	}
	return s.r.Read(p)
}

// once makes a file unless an earlier run has left it whole.
func (b *bench) once(path string, fill func(io.Writer) error) error {
	if info, err := os.Stat(path); err == nil && info.Size() > 0 {
		return nil
	}
	f, err := os.Create(path + ".part")
	if err != nil {
		return err
	}
	if err := errors.Join(fill(f), f.Close()); err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	return os.Rename(f.Name(), path)
}
