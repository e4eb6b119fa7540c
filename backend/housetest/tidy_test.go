package housetest

import (
	"fmt"
	"go/ast"
	"go/token"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
)

const (
	functionLinesMax = 70
	goLinesMax       = 700
	tsxLinesMax      = 350
)

// ban is a call that only some rooms may make.
type ban struct {
	pkg   string
	calls []string
	rooms []string // below backend/; "" is the root folder; a test may always
	why   string
}

// doors are the rooms that may open a connection: the door of the network, and the mail of alerts, which uses another protocol and sends nothing while the
// door is shut.
var doors = []string{"platform/network", "platform/notify"}

var bans = []ban{
	{"time", []string{"Now", "Since", "Until"}, []string{"", "platform", "platform/", "job", "service", "desktop", "cli", "connector/connectortest"},
		"take the time as an argument, so that the result depends on nothing else"},
	{"net/http", []string{"Client", "DefaultClient", "Transport", "DefaultTransport", "Get", "Head", "Post", "PostForm"}, append([]string{"connector/connectortest"}, doors...),
		"the network has one door, which paces, counts and refuses: take the client of a lane"},
	{"net", []string{"Dial", "DialTimeout", "DialTCP", "DialUDP", "DialIP", "DialUnix", "Dialer", "DefaultResolver", "Resolver", "LookupHost", "LookupIP", "LookupAddr", "LookupCNAME", "LookupMX", "LookupSRV", "LookupTXT"}, doors,
		"the network has one door, which can be shut: take the client of a lane"},
	{"crypto/tls", []string{"Dial", "DialWithDialer", "Dialer"}, doors, "the network has one door, which can be shut: take the client of a lane"},
	{"net/smtp", []string{"Dial", "SendMail"}, nil, "mail is sent by the channels of alerts"},
	{"os", []string{"Exit"}, []string{""}, "return an error: only main ends the process"},
	{"log", []string{"Fatal", "Fatalf", "Fatalln", "Panic", "Panicf", "Panicln"}, nil, "return an error"},
}

// panics are the files that may panic, each for an error of the programmer that no input can cause.
var panics = map[string]string{
	"backend/finops/amount.go":                  "a scale outside the range is written in code, never read",
	"backend/store/group.go":                    "a column without a group is a gap in our own table",
	"backend/store/migrate.go":                  "a migration that cannot be read is missing from the program itself",
	"backend/segment/segment.go":                "the options of the compressor are constants",
	"backend/source/parquetfile/encode.go":      "the options of the compressor are constants",
	"backend/connector/connectortest/faults.go": "it ends a connection in the middle, as net/http wants it",
	"backend/ingest/dictionary.go":              "a facet column that its group lacks is a gap in our own table",
	"backend/demo/amount.go":                    "the catalogue is a table in the program",
	"backend/demo/commitments.go":               "the catalogue is a table in the program",
	"backend/analysis/savings/months.go":        "the text of an exact sum that is no number",
}

var (
	moneyName = regexp.MustCompile(`(?i)cost|amount|price`)
	leftover  = regexp.MustCompile(`\b(TODO|FIXME|XXX|HACK)\b`)
	// Outside Go only what looks like a comment is searched: one of the words is also the currency code for "none".
	scriptLeftover = regexp.MustCompile(`(//|/\*|^\s*\*|#|--).*\b(TODO|FIXME|XXX|HACK)\b`)
)

func sizeFaults(files []goFile) []fault {
	var faults []fault
	for _, f := range files {
		total, tables := strings.Count(f.text, "\n"), 0
		for _, decl := range f.ast.Decls {
			switch d := decl.(type) {
			case *ast.FuncDecl:
				if n := f.lines(d); n > functionLinesMax && !f.isTest {
					faults = append(faults, f.fault(d.Pos(), "function %s has %d lines, %d are allowed: give a part of it a name of its own", d.Name.Name, n, functionLinesMax))
				}
			case *ast.GenDecl:
				// A table of data may be as long as its subject.
				if d.Tok == token.VAR || d.Tok == token.CONST {
					tables += f.lines(d)
				}
			}
		}
		if total-tables > goLinesMax {
			faults = append(faults, f.fault(f.ast.Name.Pos(), "the file has %d lines without its tables, %d are allowed: split it by concept", total-tables, goLinesMax))
		}
	}
	return faults
}

func callFaults(files []goFile) []fault {
	var faults []fault
	for _, f := range files {
		if f.isTest {
			continue
		}
		names := f.imports()
		name := roomName(f.dir)
		ast.Inspect(f.ast, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.CallExpr:
				if id, ok := n.Fun.(*ast.Ident); ok && id.Name == "panic" && panics[f.path] == "" {
					faults = append(faults, f.fault(n.Pos(), "panic: return an error, or add the file with its reason to the list in backend/housetest/tidy_test.go"))
				}
			case *ast.SelectorExpr:
				// The selector, not the call: handing time.Now on as a value is the same dependence.
				id, ok := n.X.(*ast.Ident)
				if !ok {
					return true
				}
				for _, b := range bans {
					if names[id.Name] == b.pkg && slices.Contains(b.calls, n.Sel.Name) && !inRoom(name, b.rooms) {
						faults = append(faults, f.fault(n.Pos(), "%s.%s is not for this package: %s", b.pkg, n.Sel.Name, b.why))
					}
				}
			}
			return true
		})
	}
	return faults
}

// roomName is the name that the tables use: the path below backend/, or "" for the root folder.
func roomName(dir string) string {
	name, inBackend := strings.CutPrefix(dir, "backend/")
	if !inBackend {
		return ""
	}
	return name
}

// floatFaults finds money in floats: by type where it is written down, by a conversion where it is not.
func floatFaults(files []goFile) []fault {
	var faults []fault
	for _, f := range files {
		if strings.HasPrefix(f.dir+"/", "backend/analysis/") {
			continue
		}
		check := func(names []*ast.Ident, isFloat bool) {
			for _, id := range names {
				if isFloat && moneyName.MatchString(id.Name) {
					faults = append(faults, f.fault(id.Pos(), "%s is a float: money is exact, use finops' amount", id.Name))
				}
			}
		}
		ast.Inspect(f.ast, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.Field:
				check(n.Names, holdsFloat(n.Type))
			case *ast.ValueSpec:
				check(n.Names, holdsFloat(n.Type) || slices.ContainsFunc(n.Values, makesFloat))
			case *ast.AssignStmt:
				if n.Tok != token.DEFINE || len(n.Lhs) != len(n.Rhs) {
					return true
				}
				for i, left := range n.Lhs {
					if id, ok := left.(*ast.Ident); ok {
						check([]*ast.Ident{id}, makesFloat(n.Rhs[i]))
					}
				}
			}
			return true
		})
	}
	return faults
}

func isFloatName(e ast.Expr) bool {
	id, ok := e.(*ast.Ident)
	return ok && (id.Name == "float64" || id.Name == "float32")
}

// holdsFloat looks through pointers, slices and maps; a function type keeps its own names.
func holdsFloat(e ast.Expr) bool {
	switch e := e.(type) {
	case *ast.StarExpr:
		return holdsFloat(e.X)
	case *ast.ArrayType:
		return holdsFloat(e.Elt)
	case *ast.Ellipsis:
		return holdsFloat(e.Elt)
	case *ast.MapType:
		return holdsFloat(e.Value)
	default:
		return e != nil && isFloatName(e)
	}
}

func makesFloat(e ast.Expr) bool {
	switch e := e.(type) {
	case *ast.CallExpr:
		return holdsFloat(e.Fun)
	case *ast.BasicLit:
		return e.Kind == token.FLOAT
	case *ast.CompositeLit:
		return holdsFloat(e.Type)
	case *ast.BinaryExpr:
		return e.Op != token.EQL && e.Op != token.LSS && e.Op != token.GTR && (makesFloat(e.X) || makesFloat(e.Y))
	default:
		return false
	}
}

// rowsFaults finds loops over a cursor in functions that never ask whether it ended in an error.
func rowsFaults(files []goFile) []fault {
	var faults []fault
	for _, f := range files {
		for _, decl := range f.ast.Decls {
			fn, ok := decl.(*ast.FuncDecl)
			if !ok || fn.Body == nil {
				continue
			}
			asked, looped := map[string]bool{}, map[string]token.Pos{}
			ast.Inspect(fn.Body, func(n ast.Node) bool {
				call, ok := n.(*ast.CallExpr)
				if !ok || len(call.Args) != 0 {
					return true
				}
				sel, ok := call.Fun.(*ast.SelectorExpr)
				if !ok {
					return true
				}
				cursor := exprText(sel.X)
				switch {
				case sel.Sel.Name == "Err":
					asked[cursor] = true
				case sel.Sel.Name == "Next" && strings.Contains(strings.ToLower(cursor), "rows"):
					looped[cursor] = call.Pos()
				}
				return true
			})
			for cursor, pos := range looped {
				if !asked[cursor] {
					faults = append(faults, f.fault(pos, "%s.Next() is called but %s.Err() never: a read that broke off would look complete", cursor, cursor))
				}
			}
		}
	}
	return faults
}

func exprText(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name
	case *ast.SelectorExpr:
		return exprText(e.X) + "." + e.Sel.Name
	default:
		return "?"
	}
}

// textFaults reads what is not Go: the length of page files, and leftover notes.
func textFaults(root fs.FS) ([]fault, error) {
	var faults []fault
	err := walk(root, func(p string) error {
		ext := path.Ext(p)
		script := ext == "" && strings.HasPrefix(p, "build/") && strings.Count(p, "/") == 1
		if !script && !slices.Contains([]string{".ts", ".tsx", ".css", ".sql", ".sh"}, ext) {
			return nil
		}
		data, err := fs.ReadFile(root, p)
		if err != nil {
			return err
		}
		lines := strings.Split(strings.TrimSuffix(string(data), "\n"), "\n")
		if ext == ".tsx" && len(lines) > tsxLinesMax {
			faults = append(faults, fault{p, fmt.Sprintf("the file has %d lines, %d are allowed: give a part of the page a component of its own", len(lines), tsxLinesMax)})
		}
		for _, line := range lines {
			if word := scriptLeftover.FindString(line); word != "" {
				faults = append(faults, fault{p, "a leftover note: " + strings.TrimSpace(line)})
			}
		}
		return nil
	})
	return faults, err
}

func noteFaults(files []goFile) []fault {
	var faults []fault
	for _, f := range files {
		for _, group := range f.ast.Comments {
			for _, c := range group.List {
				if word := leftover.FindString(c.Text); word != "" {
					faults = append(faults, f.fault(c.Pos(), "a leftover note (%s): do it, or write it down outside the source", word))
				}
			}
		}
	}
	return faults
}

func TestTheHouseIsTidy(t *testing.T) {
	house := theHouse(t)
	files, err := goFiles(house)
	if err != nil {
		t.Fatal(err)
	}
	texts, err := textFaults(house)
	if err != nil {
		t.Fatal(err)
	}
	for name, faults := range map[string][]fault{
		"Size": sizeFaults(files), "Calls": callFaults(files), "Money": floatFaults(files), "Rows": rowsFaults(files), "Wire": mirrorFaults(files),
		"Notes": noteFaults(files), "Documents": documentFaults(files), "OtherFiles": texts,
	} {
		t.Run(name, func(t *testing.T) { report(t, faults) })
	}
}
