package housetest

import (
	"go/ast"
	"go/token"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"
)

// wireMirrors are structs of the window that have the fields of another one for a reason.
var wireMirrors = map[string]string{
	"backend/desktop.ProgressPatch":    "null leaves a part as it is",
	"backend/desktop.Dimension":        "its rules themselves; the other counts them",
	"backend/desktop.ForecastQuestion": "what the page asks; the other is what is kept of a frozen forecast, and must stay readable",
}

// mirrorsFrom is how many fields two structs must share to be called the same fact.
const mirrorsFrom = 4

// mirrorFaults finds structs of the window and of the commands all of whose JSON fields a struct below it has as well: what crosses to
// the window and to --json is written once, by the room that knows it (ADR 21).
func mirrorFaults(files []goFile) []fault {
	below := map[string]map[string]bool{}
	for _, f := range files {
		if name := roomName(f.dir); !f.isTest && !slices.Contains([]string{"", "desktop", "cli", "housetest"}, name) {
			maps.Copy(below, jsonStructs(f))
		}
	}
	var faults []fault
	for _, f := range files {
		if name := roomName(f.dir); name != "desktop" && name != "cli" || f.isTest {
			continue
		}
		for name, fields := range jsonStructs(f) {
			for other, has := range below {
				if len(fields) >= mirrorsFrom && wireMirrors[name] == "" && !slices.ContainsFunc(slices.Collect(maps.Keys(fields)), func(field string) bool { return !has[field] }) {
					faults = append(faults, f.fault(f.ast.Name.Pos(), "%s has the fields of %s: let that type cross, so that it is written once", name, other))
				}
			}
		}
	}
	return append(faults, objectFaults(files)...)
}

// objectFaults finds objects that a command puts together field by field and of which most fields are those of a struct: the command prints that one instead.
func objectFaults(files []goFile) []fault {
	structs := map[string]map[string]bool{}
	for _, f := range files {
		if name := roomName(f.dir); !f.isTest && !slices.Contains([]string{"", "housetest"}, name) {
			maps.Copy(structs, jsonStructs(f))
		}
	}
	var faults []fault
	for _, f := range files {
		if roomName(f.dir) != "cli" || f.isTest {
			continue
		}
		for where, fields := range jsonObjects(f) {
			if objectMirrors[strings.Join(slices.Sorted(maps.Keys(fields)), " ")] != "" {
				continue
			}
			shared, other := nearest(fields, structs)
			if shared >= mirrorsFrom && 2*shared > len(fields) {
				faults = append(faults, f.fault(where, "an object has %d of its %d fields from %s: print that type, so that it is written once", shared, len(fields), other))
			}
		}
	}
	return faults
}

// nearest is the struct that has most of some fields, and how many.
func nearest(fields map[string]bool, structs map[string]map[string]bool) (most int, name string) {
	for _, other := range slices.Sorted(maps.Keys(structs)) {
		shared := 0
		for field := range fields {
			if structs[other][field] {
				shared++
			}
		}
		if shared > most {
			most, name = shared, other
		}
	}
	return most, name
}

// objectMirrors are objects of commands, by their fields, that have fields of a struct for a reason.
var objectMirrors = map[string]string{
	"dimension largest left missing rules totals":      "amounts are named by the metric and groups by the column asked",
	"asOf candidateTotals findings notExamined totals": "a list of the types that both faces have",
	"changedAt changedBy name version":                 "what every kept thing has; the rest of a profile is the profile",
}

// jsonObjects are the literals of objects in a file of the commands, with the names of their fields.
func jsonObjects(f goFile) map[token.Pos]map[string]bool {
	found := map[token.Pos]map[string]bool{}
	ast.Inspect(f.ast, func(n ast.Node) bool {
		literal, ok := n.(*ast.CompositeLit)
		if !ok {
			return true
		}
		if kind, ok := literal.Type.(*ast.Ident); !ok || kind.Name != "object" {
			return true
		}
		fields := map[string]bool{}
		for _, element := range literal.Elts {
			pair, ok := element.(*ast.CompositeLit)
			if !ok || len(pair.Elts) == 0 {
				continue
			}
			if name, ok := pair.Elts[0].(*ast.BasicLit); ok {
				if text, err := strconv.Unquote(name.Value); err == nil {
					fields[text] = true
				}
			}
		}
		found[literal.Pos()] = fields
		return true
	})
	return found
}

// jsonStructs are the structs of a file with the names of their JSON fields.
func jsonStructs(f goFile) map[string]map[string]bool {
	found := map[string]map[string]bool{}
	ast.Inspect(f.ast, func(n ast.Node) bool {
		spec, ok := n.(*ast.TypeSpec)
		if !ok {
			return true
		}
		object, ok := spec.Type.(*ast.StructType)
		if !ok {
			return false
		}
		fields := map[string]bool{}
		for _, field := range object.Fields.List {
			if field.Tag == nil {
				continue
			}
			tag, err := strconv.Unquote(field.Tag.Value)
			name, options, _ := strings.Cut(reflect.StructTag(tag).Get("json"), ",")
			// What leaves out a field that is empty is a kept form: the page gets all fields.
			if err == nil && name != "" && name != "-" && options == "" {
				fields[name] = true
			}
		}
		if len(fields) > 0 {
			found[f.dir+"."+spec.Name.Name] = fields
		}
		return false
	})
	return found
}
