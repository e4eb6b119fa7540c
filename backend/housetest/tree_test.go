package housetest

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"
)

// module is the name in go.mod; everything inside the house is imported by a path below it.
const module = "cloud-intelligence"

// goFile is one parsed file of the house.
type goFile struct {
	path   string // below the root, with slashes
	dir    string // "." for the root
	isTest bool
	text   string
	fset   *token.FileSet
	ast    *ast.File
}

// fault is one place where the house is out of order, and what to do about it.
type fault struct {
	where, what string
}

func (f fault) String() string { return f.where + ": " + f.what }

func (f goFile) fault(pos token.Pos, format string, args ...any) fault {
	return fault{fmt.Sprintf("%s:%d", f.path, f.fset.Position(pos).Line), fmt.Sprintf(format, args...)}
}

// lines is the number of lines from the first to the last of a node.
func (f goFile) lines(n ast.Node) int {
	return f.fset.Position(n.End()).Line - f.fset.Position(n.Pos()).Line + 1
}

// imports maps the name that the file uses for an imported package to its path.
func (f goFile) imports() map[string]string {
	names := map[string]string{}
	for _, spec := range f.ast.Imports {
		p, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			continue
		}
		name := path.Base(p)
		if spec.Name != nil {
			name = spec.Name.Name
		}
		names[name] = p
	}
	return names
}

// notOurs are the folders with nothing of the house in them.
var notOurs = []string{"node_modules", "dist", "wailsjs", "testdata", "vendor", "test-results", "playwright-report"}

// walk calls visit with every file of the house.
func walk(root fs.FS, visit func(p string) error) error {
	return fs.WalkDir(root, ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name := d.Name()
		if d.IsDir() && p != "." && (slices.Contains(notOurs, name) || strings.HasPrefix(name, ".")) {
			return fs.SkipDir
		}
		if d.IsDir() {
			return nil
		}
		return visit(p)
	})
}

func goFiles(root fs.FS) ([]goFile, error) {
	var files []goFile
	err := walk(root, func(p string) error {
		if !strings.HasSuffix(p, ".go") {
			return nil
		}
		text, err := fs.ReadFile(root, p)
		if err != nil {
			return err
		}
		fset := token.NewFileSet()
		parsed, err := parser.ParseFile(fset, p, text, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		files = append(files, goFile{
			path: p, dir: path.Dir(p), isTest: strings.HasSuffix(p, "_test.go"),
			text: string(text), fset: fset, ast: parsed,
		})
		return nil
	})
	return files, err
}

// theHouse is the real source, found from this package's place in it.
func theHouse(t testing.TB) fs.FS {
	t.Helper()
	root, err := filepath.Abs(filepath.Join("..", ".."))
	require.NoError(t, err)
	mod, err := os.ReadFile(filepath.Join(root, "go.mod"))
	require.NoError(t, err)
	require.Contains(t, string(mod), "module "+module+"\n")
	return os.DirFS(root)
}

// report fails once for each fault.
func report(t *testing.T, faults []fault) {
	t.Helper()
	slices.SortFunc(faults, func(a, b fault) int { return strings.Compare(a.String(), b.String()) })
	for _, f := range faults {
		t.Error(f)
	}
}

// small parses an imagined house, given as path, text, path, text…
func small(t *testing.T, pathsAndTexts ...string) []goFile {
	t.Helper()
	files, err := goFiles(smallFS(pathsAndTexts...))
	require.NoError(t, err)
	return files
}

func smallFS(pathsAndTexts ...string) fstest.MapFS {
	root := fstest.MapFS{}
	for pair := range slices.Chunk(pathsAndTexts, 2) {
		root[pair[0]] = &fstest.MapFile{Data: []byte(pair[1])}
	}
	return root
}

// requireFaults wants exactly one fault for each of the wanted pieces of text, in the order of the source.
func requireFaults(t *testing.T, got []fault, want ...string) {
	t.Helper()
	require.Len(t, got, len(want), "%v", got)
	for i := range want {
		require.Contains(t, got[i].String(), want[i])
	}
}
