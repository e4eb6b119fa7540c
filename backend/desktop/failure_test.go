package desktop

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/analysis/reconcile"
	"cloud-intelligence/backend/analysis/savings"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/service"
)

// conflicting has one value of every kind that two people can change at the same time.
var conflicting = []any{
	service.Scope{Text: "x"}, service.Connection{Text: "x"}, service.SavedMapping{}, service.Dimension{}, service.AnomalyMark{State: "expected"}, service.MuteRule{Kind: "spike"},
	service.AnomalySensitivity{Level: "low"}, service.PlannedChange{Name: "x"}, service.TrackedFinding{Progress: service.Progress{State: savings.Accepted}}, service.Document{Name: "x"}, service.Budget{Name: "x"},
	service.Assessment{}, service.AlertRule{Kind: service.RuleRegressed}, service.AlertChannel{}, reconcile.Figure{},
	service.RuleChanges{Rule: "A-NET-07"}, service.RulePack{Rules: map[string]string{"A-NET-07": "x"}}, service.NetworkSettings{}, service.Setting{Value: "x"},
}

func TestFailure_ShowsBothValuesOfEveryConflict(t *testing.T) {
	shown := map[string]bool{}
	for _, value := range conflicting {
		name := reflect.TypeOf(value).Name()
		shown[name] = true
		failure := (&reporter{}).failure(finops.WrapError(finops.CodeConflict, &finops.ConflictError{Have: value, Want: value}, "It was changed meanwhile."))
		require.NotNil(t, failure.Conflict, name)
		for _, side := range []*service.ConflictSide{failure.Conflict.Have, failure.Conflict.Want} {
			require.NotNil(t, side, name)
			assert.NotEmpty(t, side.Text, name)
		}
		deleted := (&reporter{}).failure(finops.WrapError(finops.CodeConflict, &finops.ConflictError{Want: value}, "It was deleted meanwhile."))
		require.NotNil(t, deleted.Conflict, name)
		assert.Nil(t, deleted.Conflict.Have, name)
	}
	kinds := conflictKinds(t)
	require.Greater(t, len(kinds), 10)
	for kind, at := range kinds {
		assert.True(t, shown[kind], "%s is in a conflict at %s, and neither conflictSide nor this test knows it", kind, at)
	}
}

// conflictKinds finds what the use cases put into a conflict in place of the rows of the store, and where.
func conflictKinds(t *testing.T) map[string]string {
	t.Helper()
	paths, err := filepath.Glob("../service/*.go")
	require.NoError(t, err)
	files := token.NewFileSet()
	results := map[string]ast.Expr{} // of each function with one argument, by name, and by file and name
	var calls []*ast.CallExpr
	for _, path := range paths {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(files, path, nil, parser.SkipObjectResolution)
		require.NoError(t, err)
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.FuncDecl:
				if n.Type.Results != nil && n.Type.Params.NumFields() == 1 {
					results[n.Name.Name] = n.Type.Results.List[0].Type
					results[path+n.Name.Name] = n.Type.Results.List[0].Type
				}
			case *ast.CallExpr:
				if name, ok := n.Fun.(*ast.Ident); ok && name.Name == "withBoth" {
					calls = append(calls, n)
				}
			}
			return true
		})
	}
	kinds := map[string]string{}
	for _, call := range calls {
		var made ast.Expr
		makes := call.Args[1]
		if wrapped, ok := makes.(*ast.CallExpr); ok {
			makes = wrapped.Args[0] // justWritten(of)
		}
		switch of := makes.(type) {
		case *ast.Ident:
			made = results[of.Name]
		case *ast.SelectorExpr:
			made = results[files.Position(call.Pos()).Filename+of.Sel.Name]
		case *ast.FuncLit:
			made = of.Type.Results.List[0].Type
		}
		kind, ok := made.(*ast.Ident)
		require.True(t, ok, "what is made at %s", files.Position(call.Pos()))
		kinds[kind.Name] = files.Position(call.Pos()).String()
	}
	return kinds
}
