package cli_test

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/xuri/excelize/v2"

	"cloud-intelligence/backend/cli"
	"cloud-intelligence/backend/connector/awsexport"
	"cloud-intelligence/backend/connector/folder"
	"cloud-intelligence/backend/source"
	"cloud-intelligence/backend/source/azureexport"
	"cloud-intelligence/backend/source/focusfile"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"cloud-intelligence": func() {
			os.Exit(cli.Main(context.Background(), os.Args[1:], os.Stdin, os.Stdout, os.Stderr, cli.Deps{
				Version:    "1.2.3",
				Sources:    source.Registry{focusfile.Source{}, azureexport.Source{}},
				Now:        func() time.Time { return time.Date(2026, 11, 22, 9, 30, 0, 0, time.UTC) },
				User:       "Ann",
				Keychain:   fileKeychain{},
				Connectors: []source.Connector{awsexport.Connector{}, folder.Connector{}},
			}))
		},
	})
}

func TestScript(t *testing.T) {
	if testing.Short() {
		t.Skip("The scripts are left out of the short run; with the race detector they would take minutes.")
	}
	testscript.Run(t, testscript.Params{
		Dir:                 filepath.Join("testdata", "script"),
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Cmds: map[string]func(ts *testscript.TestScript, neg bool, args []string){
			"code":    code,
			"json":    jsonValue,
			"fields":  fields,
			"damage":  damage,
			"private": private,
			"cut":     cut,
			"cells":   cells,
		},
	})
}

// code runs the program and wants an exit code: code 3 --workspace w import f.csv
func code(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 1 {
		ts.Fatalf("usage: code CODE ARGUMENTS...")
	}
	err := ts.Exec("cloud-intelligence", args[1:]...)
	got := "0"
	if err != nil {
		got = strings.TrimPrefix(err.Error(), "exit status ")
	}
	if got != args[0] {
		ts.Fatalf("the exit code is %s, not %s", got, args[0])
	}
}

// jsonValue reads a file (or stdout) as JSON and compares one value, as JSON:
// json stdout rows.0.BilledCost '"1.5"'
func jsonValue(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 3 {
		ts.Fatalf("usage: [!] json FILE PATH VALUE")
	}
	got, err := json.Marshal(jsonAt(ts, args[0], args[1]))
	ts.Check(err)
	if (string(got) == args[2]) == neg {
		ts.Fatalf("%s is %s, wanted %s (negated: %v)", args[1], got, args[2], neg)
	}
}

// fields reads a file (or stdout) as JSON and wants an object that has these fields, and may have more; the path . is the whole:
// fields stdout months.0 month actual
func fields(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 3 {
		ts.Fatalf("usage: fields FILE PATH NAME...")
	}
	in, ok := jsonAt(ts, args[0], args[1]).(map[string]any)
	if !ok {
		ts.Fatalf("%s is no object", args[1])
	}
	for _, name := range args[2:] {
		if _, ok := in[name]; !ok {
			ts.Fatalf("there is no %s in %s: %v", name, args[1], in)
		}
	}
}

// jsonAt is the value at a path of a file of JSON.
func jsonAt(ts *testscript.TestScript, file, path string) any {
	var v any
	if err := json.Unmarshal([]byte(ts.ReadFile(file)), &v); err != nil {
		ts.Fatalf("not JSON: %v", err)
	}
	if path == "." {
		return v
	}
	for part := range strings.SplitSeq(path, ".") {
		switch in := v.(type) {
		case map[string]any:
			next, ok := in[part]
			if !ok {
				ts.Fatalf("there is no %s in %v", part, in)
			}
			v = next
		case []any:
			// len is the number of items.
			if part == "len" {
				v = len(in)
				continue
			}
			i := -1
			if err := json.Unmarshal([]byte(part), &i); err != nil || i < 0 || i >= len(in) {
				ts.Fatalf("there is no item %s in %v", part, in)
			}
			v = in[i]
		default:
			ts.Fatalf("%v has no %s", v, part)
		}
	}
	return v
}

// damage changes every occurrence of a text in a file to another of the same length.
func damage(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 || len(args[1]) != len(args[2]) {
		ts.Fatalf("usage: damage FILE OLD NEW")
	}
	path := ts.MkAbs(args[0])
	text, err := os.ReadFile(path)
	ts.Check(err)
	changed := strings.ReplaceAll(string(text), args[1], args[2])
	if changed == string(text) {
		ts.Fatalf("%s does not hold %q", args[0], args[1])
	}
	ts.Check(os.WriteFile(path, []byte(changed), 0o600))
}

// private wants files that only their owner may read.
func private(ts *testscript.TestScript, neg bool, args []string) {
	for _, name := range args {
		info, err := os.Stat(ts.MkAbs(name))
		ts.Check(err)
		if os.PathSeparator == '/' && (info.Mode().Perm()&0o077 == 0) == neg {
			ts.Fatalf("%s has mode %v", name, info.Mode())
		}
	}
}

// cut takes the second half of a file away.
func cut(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: cut FILE")
	}
	path := ts.MkAbs(args[0])
	info, err := os.Stat(path)
	ts.Check(err)
	ts.Check(os.Truncate(path, info.Size()/2))
}

// cells wants the cells of a row of a workbook, as Excel shows them: cells FILE SHEET ROW CELL...
func cells(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 3 {
		ts.Fatalf("usage: cells FILE SHEET ROW CELL...")
	}
	f, err := excelize.OpenFile(ts.MkAbs(args[0]))
	ts.Check(err)
	rows, err := f.GetRows(args[1])
	ts.Check(err)
	ts.Check(f.Close())
	row, err := strconv.Atoi(args[2])
	ts.Check(err)
	if row < 1 || row > len(rows) {
		ts.Fatalf("sheet %s has %d rows", args[1], len(rows))
	}
	if !slices.Equal(rows[row-1], args[3:]) {
		ts.Fatalf("row %d of %s is %q", row, args[1], rows[row-1])
	}
}
