package cli_test

import (
	"context"
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/xuri/excelize/v2"

	"cloud-intelligence/backend/analysis/migration"
	"cloud-intelligence/backend/analysis/passport"
	"cloud-intelligence/backend/cli"
	"cloud-intelligence/backend/connector/awsexport"
	"cloud-intelligence/backend/connector/folder"
	"cloud-intelligence/backend/service"
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
	scripts, err := filepath.Glob(filepath.Join("testdata", "script", "*.txtar"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if !t.Failed() && int(begun.Load()) == len(scripts) { // all of them ran
			documented(t)
		}
	})
	testscript.Run(t, testscript.Params{
		Setup: func(*testscript.Env) error {
			begun.Add(1)
			return nil
		},
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

// printed are the fields of the JSON that commands print in the scripts, each with those around it.
var (
	begun   atomic.Int32 // scripts
	lock    sync.Mutex
	printed = map[string]map[string]bool{} // by command
)

// keepPrinted keeps the fields of what a command printed, where that is JSON.
func keepPrinted(args []string, text string) {
	var v any
	if json.Unmarshal([]byte(text), &v) != nil {
		return
	}
	lock.Lock()
	defer lock.Unlock()
	command := cli.CommandOf(args)
	if printed[command] == nil {
		printed[command] = map[string]bool{}
	}
	var keep func(v any, path string)
	keep = func(v any, path string) {
		switch v := v.(type) {
		case []any:
			for _, one := range v {
				keep(one, path)
			}
		case map[string]any:
			for name, one := range v {
				printed[command][path+name] = true
				keep(one, path+name+".")
			}
		}
	}
	keep(v, "")
}

// printedTypes are what commands print of which the scripts have nothing, by section of docs/cli.md.
var printedTypes = map[string]any{
	"budgets":        struct{ Budgets []service.StandingInfo }{},
	"connections":    struct{ Hosts []service.HostInfo }{},
	"import":         service.ImportChanges{},
	"migrate assess": migration.Result{},
	"migrate prices": struct{ Regions []service.ReadRegion }{},
	"passport":       passport.Document{},
	"simulate":       service.SimulationInfo{},
	"spend":          struct{ Currencies []service.Spend }{},
}

// namedByData are fields whose names come from the question or the bills.
var namedByData = map[string]string{
	"anomalies.keys.Tags/Team": "a tag of the bills",
	"largest.Account":          "the column of --left-by",
}

// fieldsOfType keeps the fields of JSON of a type.
func fieldsOfType(t reflect.Type, path string, keep map[string]bool) {
	for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice {
		t = t.Elem()
	}
	if t.Kind() != reflect.Struct || strings.Count(path, ".") > 6 {
		return
	}
	for i := range t.NumField() {
		f := t.Field(i)
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		switch {
		case f.Anonymous && name == "":
			fieldsOfType(f.Type, path, keep)
		case name == "" && f.IsExported() && path == "":
			fieldsOfType(f.Type, strings.ToLower(f.Name)+".", keep) // of the list of types above
			keep[strings.ToLower(f.Name)] = true
		case name != "" && name != "-" && f.Tag.Get("cli") != "-":
			keep[path+name] = true
			fieldsOfType(f.Type, path+name+".", keep)
		}
	}
}

// documented wants each field that a section of docs/cli.md names among those that its commands print in the scripts, or, where a script has no such
// data, that the printed type has.
func documented(t *testing.T) {
	t.Helper()
	sections := cli.DocumentedFields(t)
	if len(sections) < 20 {
		t.Errorf("only %d sections of docs/cli.md have JSON: the test does not see them", len(sections))
	}
	for title, section := range sections {
		known := map[string]bool{}
		for _, command := range section.Commands {
			maps.Copy(known, printed[command])
		}
		if kind := printedTypes[title]; kind != nil {
			fieldsOfType(reflect.TypeOf(kind), "", known)
		}
		for _, field := range section.Fields {
			found := namedByData[field] != ""
			for path := range known {
				found = found || path == field || strings.HasSuffix(path, "."+field)
			}
			if !found {
				t.Errorf("docs/cli.md, %s: no command prints the field %q", title, field)
			}
		}
	}
}

// code runs the program and wants an exit code: code 3 --workspace w import f.csv
func code(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 1 {
		ts.Fatalf("usage: code CODE ARGUMENTS...")
	}
	err := ts.Exec("cloud-intelligence", args[1:]...)
	keepPrinted(args[1:], ts.ReadFile("stdout"))
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
