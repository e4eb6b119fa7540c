package desktop

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// docs are what reflection does not know of types: what is written about them, the names of
// parameters, the constants.
type docs struct {
	t     *testing.T
	root  string // of the module
	known map[string]*packageDocs
}

// constant is one of the values of a named type.
type constant struct{ value, doc string }

// packageDocs are those of one package.
type packageDocs struct {
	types, fields, methods map[string]string // by Type, Type.Field and Type.Method
	params                 map[string][]string
	constants              map[string][]constant // by type
	events                 map[string]string     // by the name that the page hears
}

const modulePath = "cloud-intelligence/"

// readDocs reads documentation as it is asked for.
func readDocs(t *testing.T, dir string) *docs {
	t.Helper()
	here, err := filepath.Abs(dir)
	require.NoError(t, err)
	return &docs{t: t, root: filepath.Dir(filepath.Dir(here)), known: map[string]*packageDocs{}}
}

// of reads a package of the house.
func (d *docs) of(path string) *packageDocs {
	if p, ok := d.known[path]; ok {
		return p
	}
	p := &packageDocs{
		types: map[string]string{}, fields: map[string]string{}, methods: map[string]string{},
		params: map[string][]string{}, constants: map[string][]constant{}, events: map[string]string{},
	}
	d.known[path] = p
	inside, ours := strings.CutPrefix(path, modulePath)
	if !ours {
		return p
	}
	files, err := filepath.Glob(filepath.Join(d.root, inside, "*.go"))
	require.NoError(d.t, err)
	for _, name := range files {
		text, err := os.ReadFile(name)
		require.NoError(d.t, err)
		file, err := parser.ParseFile(token.NewFileSet(), name, text, parser.ParseComments|parser.SkipObjectResolution)
		require.NoError(d.t, err)
		for _, decl := range file.Decls {
			switch decl := decl.(type) {
			case *ast.GenDecl:
				p.declared(decl)
			case *ast.FuncDecl:
				p.function(decl)
			}
		}
	}
	return p
}

func (p *packageDocs) declared(decl *ast.GenDecl) {
	for _, spec := range decl.Specs {
		switch spec := spec.(type) {
		case *ast.TypeSpec:
			p.typed(decl, spec)
		case *ast.ValueSpec:
			if decl.Tok == token.CONST {
				p.constant(spec)
			}
		}
	}
}

func (p *packageDocs) typed(decl *ast.GenDecl, spec *ast.TypeSpec) {
	name := spec.Name.Name
	p.types[name] = either(spec.Doc, decl.Doc)
	object, ok := spec.Type.(*ast.StructType)
	if !ok {
		return
	}
	for _, f := range object.Fields.List {
		for _, field := range f.Names {
			p.fields[name+"."+field.Name] = either(f.Doc, f.Comment)
		}
	}
}

// constant keeps a constant with a text: of a type, or the name of an event.
func (p *packageDocs) constant(spec *ast.ValueSpec) {
	if len(spec.Values) != 1 {
		return
	}
	literal, ok := spec.Values[0].(*ast.BasicLit)
	if !ok || literal.Kind != token.STRING {
		return
	}
	value, err := strconv.Unquote(literal.Value)
	if err != nil {
		return
	}
	if typ, ok := spec.Type.(*ast.Ident); ok {
		p.constants[typ.Name] = append(p.constants[typ.Name], constant{value, either(spec.Doc, spec.Comment)})
	}
	if strings.HasPrefix(spec.Names[0].Name, "event") {
		p.events[value] = either(spec.Doc, spec.Comment)
	}
}

func (p *packageDocs) function(decl *ast.FuncDecl) {
	if decl.Recv == nil || len(decl.Recv.List) == 0 {
		return
	}
	receiver := decl.Recv.List[0].Type
	if pointer, ok := receiver.(*ast.StarExpr); ok {
		receiver = pointer.X
	}
	typ, ok := receiver.(*ast.Ident)
	if !ok {
		return
	}
	name := typ.Name + "." + decl.Name.Name
	p.methods[name] = either(decl.Doc, nil)
	for _, f := range decl.Type.Params.List {
		for _, param := range f.Names {
			p.params[name] = append(p.params[name], param.Name)
		}
	}
}

func either(doc, comment *ast.CommentGroup) string {
	if doc != nil {
		return doc.Text()
	}
	return comment.Text()
}
