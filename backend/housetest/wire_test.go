package housetest

import (
	"go/ast"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"
)

// wireMirrors are structs of the window that have the fields of another one for a reason.
var wireMirrors = map[string]string{
	"backend/desktop.ProgressPatch": "null leaves a part as it is",
}

// mirrorsFrom is how many fields two structs must share to be called the same fact.
const mirrorsFrom = 4

// mirrorFaults finds structs of the window all of whose JSON fields a struct below it has as well: what crosses to
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
		if roomName(f.dir) != "desktop" || f.isTest {
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
	return faults
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
