package housetest

import (
	"go/ast"
	"go/token"
	"slices"
)

// plainMethods are named and described by the standard library; a sentence could only repeat it.
var plainMethods = []string{
	"Error", "String", "Unwrap", "Is", "As", "Len", "Less", "Swap", "Read", "Write", "Close",
	"MarshalJSON", "UnmarshalJSON", "MarshalText", "UnmarshalText", "Scan", "Value",
}

// documentFaults wants a comment on every package and on every exported name.
func documentFaults(files []goFile) []fault {
	var faults []fault
	first, commented := map[string]goFile{}, map[string]bool{}
	var order []string
	for _, f := range files {
		if f.isTest {
			continue
		}
		if _, seen := first[f.dir]; !seen {
			first[f.dir] = f
			order = append(order, f.dir)
		}
		commented[f.dir] = commented[f.dir] || f.ast.Doc != nil
		for _, decl := range f.ast.Decls {
			faults = append(faults, undocumented(f, decl)...)
		}
	}
	for _, dir := range order {
		if f := first[dir]; !commented[dir] {
			faults = append(faults, f.fault(f.ast.Name.Pos(), "package %s has no package comment: say what it hides", f.ast.Name.Name))
		}
	}
	return faults
}

func undocumented(f goFile, decl ast.Decl) []fault {
	var faults []fault
	missing := func(id *ast.Ident, docs ...*ast.CommentGroup) {
		has := slices.ContainsFunc(docs, func(d *ast.CommentGroup) bool { return d != nil })
		if id.IsExported() && !has {
			faults = append(faults, f.fault(id.Pos(), "%s is exported and has no comment: write the sentence a caller needs", id.Name))
		}
	}
	switch d := decl.(type) {
	case *ast.FuncDecl:
		if d.Recv != nil && (slices.Contains(plainMethods, d.Name.Name) || !exportedReceiver(d.Recv)) {
			return nil
		}
		missing(d.Name, d.Doc)
	case *ast.GenDecl:
		if d.Tok == token.IMPORT {
			return nil
		}
		for _, spec := range d.Specs {
			switch s := spec.(type) {
			case *ast.TypeSpec:
				missing(s.Name, d.Doc, s.Doc, s.Comment)
			case *ast.ValueSpec:
				for _, id := range s.Names {
					missing(id, d.Doc, s.Doc, s.Comment)
				}
			}
		}
	}
	return faults
}

func exportedReceiver(recv *ast.FieldList) bool {
	if len(recv.List) == 0 {
		return false
	}
	e := recv.List[0].Type
	for {
		switch t := e.(type) {
		case *ast.StarExpr:
			e = t.X
		case *ast.IndexExpr:
			e = t.X
		case *ast.IndexListExpr:
			e = t.X
		case *ast.Ident:
			return t.IsExported()
		default:
			return false
		}
	}
}
