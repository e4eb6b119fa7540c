package desktop

import (
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// portsPaths are the page's side of the wire contract. The page takes what comes for what is
// written there, so names that differ would be found by nobody but the user.
var portsPaths = []string{"../../frontend/src/bridge/ports.ts", "../../frontend/src/bridge/ports/*.ts"}

var (
	tsType   = regexp.MustCompile(`(?m)^export type (\w+) = \{`)
	tsMember = regexp.MustCompile(`^\s*(\w+)(\??:|\()`)
)

// tsShape is an object type: its members in order, and the shapes of those that are objects.
type tsShape struct {
	members []string
	nested  map[string]*tsShape
}

// parseShape reads an object type from behind its opening brace and returns what follows.
func parseShape(text string) (*tsShape, string) {
	s := &tsShape{nested: map[string]*tsShape{}}
	start := true // of a member
	for text != "" {
		if start {
			if m := tsMember.FindStringSubmatch(text); m != nil {
				s.members = append(s.members, m[1])
				text, start = text[len(m[0]):], false
				if m[2] == "(" {
					for text[0] != '\n' { // a method: its types have names of their own
						text = text[1:]
					}
				}
				continue
			}
		}
		switch {
		case text[0] == '}':
			return s, text[1:]
		case text[0] == '{':
			s.nested[s.members[len(s.members)-1]], text = parseShape(text[1:])
			continue
		case len(text) > 3 && text[:3] == "/**":
			end := regexp.MustCompile(`\*/`).FindStringIndex(text)
			text = text[end[1]:]
			continue
		case text[0] == ';' || text[0] == '\n':
			start = true
		}
		text = text[1:]
	}
	return s, text
}

func readPorts(t *testing.T) map[string]*tsShape {
	t.Helper()
	shapes := map[string]*tsShape{}
	for _, pattern := range portsPaths {
		paths, err := filepath.Glob(pattern)
		require.NoError(t, err)
		require.NotEmpty(t, paths, pattern)
		for _, path := range paths {
			text, err := os.ReadFile(path)
			require.NoError(t, err)
			for _, at := range tsType.FindAllSubmatchIndex(text, -1) {
				name := string(text[at[2]:at[3]])
				require.NotContains(t, shapes, name, "two types of one name")
				shapes[name], _ = parseShape(string(text[at[1]:]))
			}
		}
	}
	return shapes
}

func requireShape(t *testing.T, name string, want *tsShape, typ reflect.Type) {
	t.Helper()
	for typ.Kind() == reflect.Pointer || typ.Kind() == reflect.Slice {
		typ = typ.Elem()
	}
	var have []string
	for i := range typ.NumField() {
		tag := typ.Field(i).Tag.Get("json")
		have = append(have, tag)
		if nested := want.nested[tag]; nested != nil {
			requireShape(t, name+"."+tag, nested, typ.Field(i).Type)
		}
	}
	slices.Sort(have)
	members := slices.Sorted(slices.Values(want.members))
	assert.Equal(t, members, have, "%s: the page expects the first, Go sends the second", name)
}

func TestWire_IsWhatThePageExpects(t *testing.T) {
	shapes := readPorts(t)
	for name, typ := range map[string]reflect.Type{
		"WorkspaceInfo": reflect.TypeFor[WorkspaceInfo](), "PlannedFile": reflect.TypeFor[PlannedFile](), "ImportPlan": reflect.TypeFor[ImportPlan](),
		"ImportOptions": reflect.TypeFor[ImportOptions](), "ImportInfo": reflect.TypeFor[ImportInfo](), "RejectsPage": reflect.TypeFor[RejectsPage](),
		"VerifyReport": reflect.TypeFor[VerifyReport](), "ImportOutcome": reflect.TypeFor[ImportOutcome](), "JobInfo": reflect.TypeFor[JobInfo](),
		"Question": reflect.TypeFor[Question](), "AnswerRow": reflect.TypeFor[AnswerRow](), "Answer": reflect.TypeFor[Answer](),
		"BillInfo": reflect.TypeFor[BillInfo](), "BillVersion": reflect.TypeFor[BillVersion](), "SameBill": reflect.TypeFor[SameBill](), "BillSource": reflect.TypeFor[BillSource](),
		"BillChange": reflect.TypeFor[BillChange](), "LinesChange": reflect.TypeFor[LinesChange](), "GroupChange": reflect.TypeFor[GroupChange](),
		"Dimension": reflect.TypeFor[Dimension](), "DimensionRule": reflect.TypeFor[DimensionRule](), "ValueFrom": reflect.TypeFor[ValueFrom](), "DimensionInfo": reflect.TypeFor[DimensionInfo](),
		"StoredDimension": reflect.TypeFor[StoredDimension](), "PreviewQuestion": reflect.TypeFor[PreviewQuestion](), "LinesAndCost": reflect.TypeFor[LinesAndCost](), "RulePreview": reflect.TypeFor[RulePreview](),
		"DimensionPreview": reflect.TypeFor[DimensionPreview](), "ScopeInfo": reflect.TypeFor[ScopeInfo](), "ParsedFilter": reflect.TypeFor[ParsedFilter](), "FilterProblem": reflect.TypeFor[FilterProblem](),
		"LedgerState": reflect.TypeFor[LedgerState](), "LinesQuestion": reflect.TypeFor[LinesQuestion](), "LinesPage": reflect.TypeFor[LinesPage](),
	} {
		require.Contains(t, shapes, name)
		requireShape(t, name, shapes[name], typ)
	}
	for _, b := range New(t.Context(), Options{}).Bindings() {
		typ := reflect.TypeOf(b)
		name := typ.Elem().Name()
		require.Contains(t, shapes, name)
		var have []string
		for i := range typ.NumMethod() {
			have = append(have, typ.Method(i).Name)
		}
		assert.Equal(t, slices.Sorted(slices.Values(shapes[name].members)), have, "methods of %s: the page expects the first, Go has the second", name)
	}
}

func TestParseShape_SeesWhatIsMissing(t *testing.T) {
	s, rest := parseShape("\n  /** A { word. */\n  a: string;\n  b: { c: number; d: { e: string }[] }[];\n  f(x: { y: string }): Promise<void>;\n}; more")
	assert.Equal(t, []string{"a", "b", "f"}, s.members)
	assert.Equal(t, []string{"c", "d"}, s.nested["b"].members)
	assert.Equal(t, []string{"e"}, s.nested["b"].nested["d"].members)
	assert.Equal(t, "; more", rest)
}
