package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// compare runs the phases in processes of their own, DuckDB between them, and prints
// the table.
func (b *bench) compare(ctx context.Context) error {
	out, err := b.self(ctx, "import")
	if err != nil {
		return err
	}
	var lines, size, peak int64
	var seconds float64
	if _, err := fmt.Sscan(out, &lines, &seconds, &size, &peak); err != nil {
		return fmt.Errorf("read the import phase: %w", err)
	}
	duck, err := b.duckdb(ctx)
	if err != nil {
		return err
	}
	asked, err := b.self(ctx, "ask")
	if err != nil {
		return err
	}
	fmt.Printf("\n%-42s %12s %12s %8s\n", fmt.Sprintf("%d lines", lines), "ours", "DuckDB", "ratio")
	b.print("import, s", seconds, duck["import"].p50(), "%.2f")
	fmt.Printf("%-42s %12.0f\n", "import, lines/s", float64(lines)/seconds)
	fmt.Printf("%-42s %12.0f\n", "import, peak memory MB", float64(peak)/1e6)
	fmt.Printf("%-42s %12.1f\n", "workspace, bytes a line", float64(size)/float64(lines))
	return b.printAnswers(asked, duck)
}

func (b *bench) printAnswers(asked string, duck map[string]timing) error {
	overview := map[string]bool{}
	for _, q := range questions() {
		overview[q.Name] = q.overview
	}
	for _, line := range strings.Split(strings.TrimSpace(asked), "\n") {
		if rest, ok := strings.CutPrefix(line, "open "); ok {
			fmt.Printf("%-42s %12s\n", "open to the first numbers, s", rest[:min(6, len(rest))])
			continue
		}
		if rest, ok := strings.CutPrefix(line, "memory "); ok {
			n, err := strconv.ParseFloat(rest, 64)
			if err != nil {
				return err
			}
			fmt.Printf("%-42s %12.0f\n", "memory after all questions, MB", n/1e6)
			continue
		}
		parts := strings.Split(line, "|")
		t := timing{}
		for _, s := range strings.Fields(parts[2])[1:] { // the first answer may load columns
			v, err := strconv.ParseFloat(s, 64)
			if err != nil {
				return err
			}
			t = append(t, v)
		}
		kind := "p95 ms, "
		if overview[parts[0]] {
			kind = "p95 ms, Overview: "
		}
		b.print(kind+parts[0], t.p95()*1000, duck[parts[0]].p95()*1000, "%.2f")
	}
	return nil
}

func (b *bench) print(name string, ours, theirs float64, format string) {
	if theirs == 0 {
		fmt.Printf("%-42s %12s\n", name, fmt.Sprintf(format, ours))
		return
	}
	fmt.Printf("%-42s %12s %12s %8.3f\n", name, fmt.Sprintf(format, ours), fmt.Sprintf(format, theirs), ours/theirs)
}

func (b *bench) self(ctx context.Context, phase string) (string, error) {
	program, err := os.Executable()
	if err != nil {
		return "", err
	}
	cmd := exec.CommandContext(ctx, program, "-phase", phase, "-dir", b.dir, "-lines", strconv.FormatInt(b.lines, 10), "-runs", strconv.Itoa(b.runs))
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return "", fmt.Errorf("run phase %s: %w", phase, err)
	}
	return string(out), nil
}

type timing []float64

func (t timing) p95() float64 { return t.at(95) }
func (t timing) p50() float64 { return t.at(50) }

func (t timing) at(percent int) float64 {
	if len(t) == 0 {
		return 0
	}
	s := slices.Clone(t)
	slices.Sort(s)
	return s[min(len(s)-1, len(s)*percent/100)]
}

func (b *bench) duckdb(ctx context.Context) (map[string]timing, error) {
	times := map[string]timing{}
	if b.python == "" {
		fmt.Println("DuckDB is left out: no Python with the duckdb package was named.")
		return times, nil
	}
	database := filepath.Join(b.dir, "duck.db")
	_ = os.Remove(database)
	list, err := json.Marshal(questions())
	if err != nil {
		return nil, err
	}
	cmd := exec.CommandContext(ctx, b.python, filepath.Join("build", "benchmark", "compare.py"), database, b.csv(), strconv.Itoa(b.runs))
	cmd.Stdin, cmd.Stderr = bytes.NewReader(list), os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("run DuckDB: %w", err)
	}
	scanner := bufio.NewScanner(bytes.NewReader(out))
	for scanner.Scan() {
		var r struct {
			Name    string
			Seconds float64
			Times   timing
		}
		if err := json.Unmarshal(scanner.Bytes(), &r); err != nil {
			return nil, fmt.Errorf("read DuckDB's times: %w", err)
		}
		if r.Times == nil {
			r.Times = timing{r.Seconds}
		}
		times[r.Name] = r.Times
	}
	return times, scanner.Err()
}
