package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"cloud-intelligence/backend/source/focusfile"
)

// samples are the seconds (or bytes) that repeating a measurement gave.
type samples []float64

func (s samples) p95() float64 { return s.at(95) }
func (s samples) p50() float64 { return s.at(50) }

func (s samples) at(percent int) float64 {
	if len(s) == 0 {
		return 0
	}
	sorted := slices.Clone(s)
	slices.Sort(sorted)
	return sorted[(len(sorted)*percent+99)/100-1] // nearest rank
}

// packing is a way in which the same lines are imported.
type packing struct{ name, suffix string }

var packings = []packing{{"CSV", ".csv"}, {"folder", ".folder"}, {"gzip -1", ".csv.gz"}, {"zip", ".zip"}, {"Parquet", ".parquet"}}

// results are the measurements by phase and name.
type results map[string]map[string]measure

// compare runs the phases in processes of their own, DuckDB between them, and prints
// the table.
func (b *bench) compare(ctx context.Context) error {
	ours := results{}
	delivery, err := b.serveDelivery(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = delivery.server.Close() }() // nothing was written to it
	for _, step := range []struct{ key, phase, input string }{
		{"import CSV", "import", ".csv"}, {"import folder", "import", ".folder"}, {"export", "export", ""}, {"import gzip -1", "import", ".csv.gz"}, {"import zip", "import", ".zip"},
		{"import Parquet", "import", ".parquet"}, {"cold", "cold", ""}, {"ask", "ask", ""}, {"overview", "overview", ""}, {"lines", "lines", ""}, {"findings", "findings", ""},
		{"plan", "plan", ""}, {"sync", "sync", delivery.URL},
	} {
		fmt.Fprintf(os.Stderr, "measuring: %s …\n", step.key)
		found, err := b.self(ctx, step.phase, step.input)
		if err != nil {
			return err
		}
		ours[step.key] = found
	}
	duck, err := b.duckdb(ctx)
	if err != nil {
		return err
	}
	lines := ours["import CSV"]["import"].Rows
	fmt.Printf("\n%-46s %12s %12s %8s\n", fmt.Sprintf("%d lines", lines), "ours", "DuckDB", "ratio")
	for _, p := range packings {
		m := ours["import "+p.name]
		if m["import"].Rows != lines {
			return fmt.Errorf("the import of %s has %d lines, that of the CSV %d", p.name, m["import"].Rows, lines)
		}
		printRow("import "+p.name+", s", m["import"].Times.p50(), duck["import "+p.name].Times.p50(), "%.2f")
		printRow("import "+p.name+", lines/s", float64(lines)/m["import"].Times.p50(), 0, "%.0f")
		printRow("import "+p.name+", peak memory MB", m["memory"].Times.p50()/1e6, 0, "%.0f")
	}
	printRow("workspace, bytes a line", ours["import CSV"]["size"].Times.p50()/float64(lines), 0, "%.1f")
	printExport(ours["export"], duck, lines)
	printAnswers(ours, duck, pages(b.lines))
	printFindings(ours["findings"])
	printPlan(ours["plan"])
	return printSync(ours["sync"])
}

func printExport(ours, duck map[string]measure, lines int) {
	for _, format := range []string{focusfile.FormatCSV, focusfile.FormatParquet} {
		name := "export " + format
		seconds := ours[name].Times.p50()
		printRow(name+", s", seconds, duck[name].Times.p50(), "%.2f")
		printRow(name+", lines/s", float64(lines)/seconds, 0, "%.0f")
		printRow(name+", bytes a line", ours["size "+format].Times.p50()/float64(lines), 0, "%.1f")
	}
	printRow("export, peak memory MB", ours["memory"].Times.p50()/1e6, 0, "%.0f")
}

// printAnswers prints questions and pages; their first answer may load columns, so it is
// left out, or for a page shown by itself.
func printAnswers(ours results, duck map[string]measure, pages []page) {
	printRow("open to the first numbers, s", ours["ask"]["open"].Times.p50(), 0, "%.3f")
	for _, name := range []string{"opened", "first figures", "whole"} {
		printRow("window, closed to Overview "+name+", s", ours["overview"][name].Times.p50(), 0, "%.3f")
	}
	for _, q := range questions() {
		kind := "p95 ms, "
		if q.overview {
			kind = "p95 ms, Overview: "
		}
		printRow(kind+q.Name, ours["ask"][q.Name].Times[1:].p95()*1000, duck[q.Name].Times.p95()*1000, "%.2f")
	}
	for _, q := range coldQuestions() {
		printRow("ms, "+q.Name, ours["cold"][q.Name].Times.p50()*1000, duck[q.Name].Times.p50()*1000, "%.2f")
	}
	printRow("memory after all questions, MB", ours["ask"]["memory"].Times.p50()/1e6, 0, "%.0f")
	for _, p := range pages {
		times := ours["lines"][p.Name].Times
		printRow("first ms, page "+p.Name, times[0]*1000, 0, "%.2f")
		printRow("p95 ms, page "+p.Name, times[1:].p95()*1000, duck[p.Name].Times.p95()*1000, "%.2f")
	}
	printRow("memory after all pages, MB", ours["lines"]["memory"].Times.p50()/1e6, 0, "%.0f")
}

func printFindings(ours map[string]measure) {
	printRow("findings, s", ours["found"].Times.p50(), 0, "%.2f")
	printRow("findings, peak memory MB", ours["memory"].Times.p50()/1e6, 0, "%.0f")
	printRow("p95 ms, findings as kept", ours["kept"].Times[1:].p95()*1000, 0, "%.2f")
}

func printRow(name string, ours, theirs float64, format string) {
	if theirs == 0 {
		fmt.Printf("%-46s %12s\n", name, fmt.Sprintf(format, ours))
		return
	}
	fmt.Printf("%-46s %12s %12s %8.3f\n", name, fmt.Sprintf(format, ours), fmt.Sprintf(format, theirs), ours/theirs)
}

// self runs a phase in a process of its own.
// suffix is that of the file that the phase imports, or an address.
func (b *bench) self(ctx context.Context, phase, suffix string) (map[string]measure, error) {
	program, err := os.Executable()
	if err != nil {
		return nil, err
	}
	args := []string{"-phase", phase, "-dir", b.dir, "-lines", strconv.FormatInt(b.lines, 10), "-runs", strconv.Itoa(b.runs)}
	switch {
	case strings.Contains(suffix, "://"):
		args = append(args, "-input", suffix)
		suffix = ""
	case suffix != "":
		args = append(args, "-input", b.file(suffix))
	}
	if b.profile != "" {
		args = append(args, "-profile", b.profile+"."+phase+suffix)
	}
	cmd := exec.CommandContext(ctx, program, args...)
	found, err := output(cmd)
	if err != nil {
		return nil, fmt.Errorf("run phase %s: %w", phase, cause(ctx, err))
	}
	return found, nil
}

// cause tells an interruption from a failure of the process that it ended.
func cause(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return errors.New("interrupted")
	}
	return err
}

// output runs a command that prints measurements as JSON lines.
func output(cmd *exec.Cmd) (map[string]measure, error) {
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return nil, err
	}
	found := map[string]measure{}
	scanner := bufio.NewScanner(bytes.NewReader(out))
	scanner.Buffer(nil, 1<<20)
	for scanner.Scan() {
		var m measure
		if err := json.Unmarshal(scanner.Bytes(), &m); err != nil {
			return nil, fmt.Errorf("read a measurement: %w", err)
		}
		if earlier, ok := found[m.Name]; ok {
			m.Times = append(earlier.Times, m.Times...)
		}
		found[m.Name] = m
	}
	return found, scanner.Err()
}

// duckdb has DuckDB do the same on the same files.
func (b *bench) duckdb(ctx context.Context) (map[string]measure, error) {
	if b.python == "" {
		fmt.Fprintln(os.Stderr, "DuckDB is left out: no Python with the duckdb package was named.")
		return map[string]measure{}, nil
	}
	fmt.Fprintln(os.Stderr, "measuring: DuckDB …")
	list := questions()
	for _, q := range coldQuestions() {
		q.Cold = true
		list = append(list, q)
	}
	for _, p := range pages(b.lines) {
		list = append(list, question{Name: p.Name, SQL: p.SQL})
	}
	text, err := json.Marshal(list)
	if err != nil {
		return nil, err
	}
	cmd := exec.CommandContext(ctx, b.python, filepath.Join("build", "benchmark", "compare.py"), b.dir, b.file(""), strconv.Itoa(b.runs))
	cmd.Stdin = bytes.NewReader(text)
	found, err := output(cmd)
	if err != nil {
		return nil, fmt.Errorf("run DuckDB: %w", cause(ctx, err))
	}
	return found, nil
}
