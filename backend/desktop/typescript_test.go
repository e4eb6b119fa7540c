package desktop

import (
	"encoding"
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/housetest"
)

// wireEvents are the events that the page can listen to, with what each carries.
var wireEvents = map[string]reflect.Type{
	eventJob:          reflect.TypeFor[JobInfo](),
	eventChanged:      reflect.TypeFor[ChangeInfo](),
	eventFilesDropped: reflect.TypeFor[[]string](),
}

// TestWire_IsWrittenForThePage keeps frontend/src/lib/wire.ts what the Go types say:
// build/bindings writes it.
func TestWire_IsWrittenForThePage(t *testing.T) {
	w := newTypeScript(readDocs(t, "."))
	ports := w.ports(New(t.Context(), Options{}).Bindings())
	events := w.events(wireEvents)
	w.expr("error", reflect.TypeFor[Failure]())
	for _, fault := range w.faults {
		t.Error(fault)
	}
	var b strings.Builder
	b.WriteString("/**\n * What crosses between the window and the Go side: written by build/bindings from backend/desktop, never by hand.\n" +
		" * Amounts are exact decimal strings, never numbers; null is \"unknown\". Days are YYYY-MM-DD, instants are RFC 3339.\n */\n")
	for _, name := range slices.Sorted(maps.Keys(w.types)) {
		b.WriteString("\n" + w.types[name])
	}
	b.WriteString(ports + events)
	housetest.GoldenFile(t, "../../frontend/src/lib/wire.ts", []byte(b.String()))
}

// typeScript writes Go types in TypeScript.
type typeScript struct {
	docs   *docs
	types  map[string]string // what is written of a type, by its name
	from   map[string]reflect.Type
	faults []string
}

func newTypeScript(d *docs) *typeScript {
	return &typeScript{docs: d, types: map[string]string{}, from: map[string]reflect.Type{}}
}

func (w *typeScript) fault(format string, args ...any) string {
	w.faults = append(w.faults, fmt.Sprintf(format, args...))
	return "never"
}

// expr writes a type as it is used; the definitions of named types are collected beside it.
func (w *typeScript) expr(where string, t reflect.Type) string {
	if t.Kind() != reflect.Pointer && t.Implements(reflect.TypeFor[json.Marshaler]()) {
		return w.fault("%s: %s writes its own JSON, of which the page would know nothing: let a plain struct cross", where, t)
	}
	if t.Kind() != reflect.Pointer && t.Implements(reflect.TypeFor[encoding.TextMarshaler]()) {
		return "string"
	}
	switch t.Kind() {
	case reflect.Pointer:
		return w.expr(where, t.Elem()) + " | null"
	case reflect.Slice:
		elem := w.expr(where, t.Elem())
		if strings.Contains(elem, " ") {
			elem = "(" + elem + ")"
		}
		return elem + "[]"
	case reflect.Struct:
		return w.named(where, t, w.object)
	case reflect.String:
		if t.PkgPath() != "" {
			return w.named(where, t, w.union)
		}
		return "string"
	case reflect.Bool:
		return "boolean"
	case reflect.Int, reflect.Int64, reflect.Float64:
		return "number"
	default:
		return w.fault("%s: %s cannot cross to the page", where, t)
	}
}

// named writes a type once and returns its name: that of Go, with the package before it
// where another package has the type than this, the use cases and the vocabulary.
func (w *typeScript) named(where string, t reflect.Type, write func(name string, t reflect.Type) string) string {
	if t.Name() == "" {
		if t.NumField() == 0 {
			return "Record<string, never>"
		}
		return w.fault("%s: a struct without a name cannot cross to the page", where)
	}
	name := t.Name()
	if room := t.PkgPath()[strings.LastIndex(t.PkgPath(), "/")+1:]; !slices.Contains([]string{"desktop", "service", "finops"}, room) {
		if prefix := strings.ToUpper(room[:1]) + room[1:]; !strings.HasPrefix(name, prefix) {
			name = prefix + name
		}
	}
	if before, known := w.from[name]; known {
		if before != t {
			return w.fault("%s: %s and %s have one name", where, before, t)
		}
		return name
	}
	w.from[name] = t
	w.types[name] = write(name, t)
	return name
}

var wireName = regexp.MustCompile(`^[a-z][A-Za-z0-9]*$`)

func (w *typeScript) object(name string, t reflect.Type) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%sexport type %s = {\n%s};\n", comment("", w.docs.of(t.PkgPath()).types[t.Name()]), name, w.fields(t))
	return b.String()
}

// fields writes the fields of a struct; those of a struct inside it that has no name stand among them, as in JSON.
func (w *typeScript) fields(t reflect.Type) string {
	source := w.docs.of(t.PkgPath())
	var b strings.Builder
	for i := range t.NumField() {
		f := t.Field(i)
		if !f.IsExported() && !f.Anonymous {
			continue
		}
		where := t.String() + "." + f.Name
		tag, option, _ := strings.Cut(f.Tag.Get("json"), ",")
		if f.Anonymous && tag == "" && f.Type.Kind() == reflect.Struct {
			b.WriteString(w.fields(f.Type))
			continue
		}
		if _, column := finops.ColumnByName(tag); !column && !wireName.MatchString(tag) {
			w.fault("%s: %q is no name for the page", where, tag)
		}
		if f.Type.Kind() == reflect.Float64 && tag != "confidence" {
			w.fault("%s: the only number that is no count is a confidence", where)
		}
		if option != "" {
			tag += "?"
		}
		expr := f.Tag.Get("wire") // of a word that is mostly one of a few, and may be another
		if expr == "" {
			expr = w.expr(where, f.Type)
		}
		fmt.Fprintf(&b, "%s  %s: %s;\n", comment("  ", source.fields[t.Name()+"."+f.Name]), tag, expr)
	}
	return b.String()
}

// union writes a type of which a constant is one of a few texts.
func (w *typeScript) union(name string, t reflect.Type) string {
	source := w.docs.of(t.PkgPath())
	values := source.constants[t.Name()]
	if len(values) == 0 {
		w.fault("%s has no constants that say what it can be", t)
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%sexport type %s =", comment("", source.types[t.Name()]), name)
	for _, v := range values {
		fmt.Fprintf(&b, "\n%s  | '%s'", comment("  ", v.doc), v.value)
	}
	b.WriteString(";\n")
	return b.String()
}

// ports writes the methods that the page can call, a type for each bound struct.
func (w *typeScript) ports(bound []any) string {
	source := w.docs.of(reflect.TypeFor[Desktop]().PkgPath())
	var b, all strings.Builder
	for _, one := range bound {
		t := reflect.TypeOf(one)
		name := t.Elem().Name()
		fmt.Fprintf(&b, "\n%sexport type %s = {\n", comment("", source.types[name]), name)
		for i := range t.NumMethod() {
			m := t.Method(i)
			where := name + "." + m.Name
			params := make([]string, m.Type.NumIn()-1)
			for in := range params {
				params[in] = source.params[where][in] + ": " + w.expr(where, m.Type.In(in+1))
			}
			result := "void"
			switch out := m.Type.NumOut(); {
			case out == 0 || out > 2 || m.Type.Out(out-1) != reflect.TypeFor[error]():
				w.fault("%s must return an error last, or a panic would leave the page waiting, and at most one result before it", where)
			case out == 2:
				result = w.expr(where, m.Type.Out(0))
			}
			fmt.Fprintf(&b, "%s  %s(%s): Promise<%s>;\n", comment("  ", source.methods[where]), m.Name, strings.Join(params, ", "), result)
		}
		b.WriteString("};\n")
		fmt.Fprintf(&all, "  %s: %s;\n", name, name)
	}
	return b.String() + "\n/** Everything that the page can call. */\nexport type Ports = {\n" + all.String() + "};\n"
}

// events writes what comes to the page without being asked for.
func (w *typeScript) events(events map[string]reflect.Type) string {
	var b strings.Builder
	b.WriteString("\n/** What the Go side reports without a call. */\nexport type EventMap = {\n")
	for _, name := range slices.Sorted(maps.Keys(events)) {
		key := name
		if !wireName.MatchString(key) {
			key = "'" + key + "'"
		}
		fmt.Fprintf(&b, "%s  %s: %s;\n", comment("  ", w.docs.of(reflect.TypeFor[Desktop]().PkgPath()).events[name]), key, w.expr(name, events[name]))
	}
	b.WriteString("};\n")
	return b.String()
}

// comment writes what Go says of something; nothing where it says nothing.
func comment(indent, text string) string {
	text = strings.Join(strings.Fields(text), " ")
	if text == "" {
		return ""
	}
	return indent + "/** " + strings.ReplaceAll(text, "*/", "* /") + " */\n"
}

func TestWire_EveryEventIsKnown(t *testing.T) {
	events := readDocs(t, ".").of(reflect.TypeFor[Desktop]().PkgPath()).events
	assert.ElementsMatch(t, slices.Collect(maps.Keys(events)), slices.Collect(maps.Keys(wireEvents)))
}

type (
	oddWords string
	oddWire  struct {
		Upper string          `json:"Upper"`
		Map   map[string]int  `json:"map"`
		Ratio float64         `json:"ratio"`
		Words oddWords        `json:"words"`
		Nest  struct{ A int } `json:"nest"`
		Raw   json.RawMessage `json:"raw"`
	}
)

func TestTypeScript_SaysWhatCannotCross(t *testing.T) {
	w := newTypeScript(readDocs(t, "."))
	w.expr("odd", reflect.TypeFor[oddWire]())
	require.Len(t, w.faults, 6, "%v", w.faults)
	for i, want := range []string{`"Upper" is no name`, "map[string]int cannot cross", "a confidence", "no constants", "without a name", "its own JSON"} {
		assert.Contains(t, w.faults[i], want)
	}
}

// plainWire has one of everything that can cross.
type plainWire struct {
	A []*string    `json:"a"` // of a
	B *plainWire   `json:"b"`
	C []FileStatus `json:"c,omitzero"`
}

func TestTypeScript_WritesWhatCanCross(t *testing.T) {
	w := newTypeScript(readDocs(t, "."))
	assert.Equal(t, "(plainWire | null)[]", w.expr("x", reflect.TypeFor[[]*plainWire]()))
	assert.Empty(t, w.faults)
	assert.Equal(t, "/** plainWire has one of everything that can cross. */\nexport type plainWire = {\n"+
		"  /** of a */\n  a: (string | null)[];\n  b: plainWire | null;\n  c?: FileStatus[];\n};\n", w.types["plainWire"])
	assert.Equal(t, "/** FileStatus says what an import would do with a file. */\nexport type FileStatus =\n  | 'new'\n  /** the workspace has it already */\n  | 'known'\n"+
		"  /** another file of the preview has the same content */\n  | 'same'\n  /** it cannot be read to its end */\n  | 'damaged';\n", w.types["FileStatus"])
}
