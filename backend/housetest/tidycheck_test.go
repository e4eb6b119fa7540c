package housetest

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// The checks are checked here on small imagined houses: each must find its fault, and leave its opposite alone.

func TestSizeFaults(t *testing.T) {
	long := "package a\n\nfunc f() {\n" + strings.Repeat("\tg()\n", functionLinesMax-1) + "}\n"
	requireFaults(t, sizeFaults(small(t, "backend/a/a.go", long)), "function f has 71 lines")
	requireFaults(t, sizeFaults(small(t, "backend/a/a_test.go", long)))

	fits := strings.Replace(long, "\tg()\n", "", 1)
	requireFaults(t, sizeFaults(small(t, "backend/a/a.go", fits)))

	table := "package a\n\nvar t = []int{\n" + strings.Repeat("\t1,\n", goLinesMax) + "}\n"
	requireFaults(t, sizeFaults(small(t, "backend/a/a.go", table)))
	requireFaults(t, sizeFaults(small(t, "backend/a/a.go", "package a\n"+strings.Repeat("func f() {}\n", goLinesMax))), "701 lines")
}

func TestCallFaults(t *testing.T) {
	clock := "package a\nimport \"time\"\nvar now = time.Now\n"
	requireFaults(t, callFaults(small(t, "backend/finops/a.go", clock)), "backend/finops/a.go:3: time.Now")
	requireFaults(t, callFaults(small(t, "backend/finops/a_test.go", clock)))
	requireFaults(t, callFaults(small(t, "backend/job/a.go", clock)))
	requireFaults(t, callFaults(small(t, "backend/finops/a.go", "package a\nimport clock \"time\"\nvar t = clock.Since(u)\n")), "time.Since")
	requireFaults(t, callFaults(small(t, "backend/finops/a.go", "package a\nvar time clock\nvar t = time.Now()\n")))

	exit := "package a\nimport (\n\"log\"\n\"os\"\n)\nfunc f() { os.Exit(1); log.Fatalf(\"x\") }\n"
	requireFaults(t, callFaults(small(t, "backend/cli/a.go", exit)), "os.Exit", "log.Fatalf")
	requireFaults(t, callFaults(small(t, "main.go", exit)), "log.Fatalf")

	dial := "package a\nimport (\n\"net\"\n\"crypto/tls\"\n)\nvar d net.Dialer\nvar c, err = tls.Dial(\"tcp\", \"a:1\", nil)\nvar m, wrong = net.LookupMX(\"a\")\nvar ip net.IP\n"
	requireFaults(t, callFaults(small(t, "backend/connector/a/a.go", dial)), "net.Dialer", "tls.Dial", "net.LookupMX")
	requireFaults(t, callFaults(small(t, "backend/platform/network/a.go", dial)))

	requireFaults(t, callFaults(small(t, "backend/report/a.go", "package a\nfunc f() { panic(1) }\n")), "panic")
	requireFaults(t, callFaults(small(t, "backend/finops/amount.go", "package a\nfunc f() { panic(1) }\n")))
}

func TestFloatFaults(t *testing.T) {
	for source, want := range map[string]string{
		"type t struct { BilledCost float64 }":         "BilledCost",
		"type t struct { prices []float32 }":           "prices",
		"func f(amount *float64) {}":                   "amount",
		"func f() (cost float64) { return }":           "cost",
		"var amounts map[string]float64":               "amounts",
		"func f() { cost := float64(1); g(cost) }":     "cost",
		"var price = 1.5":                              "price",
		"func f() { cost := 2 * float64(n); g(cost) }": "cost",
		"type t struct { Share float64 }":              "",
		"type t struct { Cost int64 }":                 "",
		"func f() { dear := 1.5 > cost; g(dear) }":     "",
	} {
		var wants []string
		if want != "" {
			wants = []string{want + " is a float"}
		}
		t.Run(source, func(t *testing.T) {
			requireFaults(t, floatFaults(small(t, "backend/store/a.go", "package a\n"+source+"\n")), wants...)
			requireFaults(t, floatFaults(small(t, "backend/analysis/forecast/a.go", "package a\n"+source+"\n")))
		})
	}
}

func TestRowsFaults(t *testing.T) {
	loop := "package a\nfunc f() error { for rows.Next() { g() }\nreturn nil }\n"
	requireFaults(t, rowsFaults(small(t, "backend/store/a.go", loop)), "rows.Err() never")
	requireFaults(t, rowsFaults(small(t, "backend/store/a.go", strings.Replace(loop, "return nil", "return rows.Err()", 1))))
	requireFaults(t, rowsFaults(small(t, "backend/store/a.go", strings.Replace(loop, "return nil", "return ctx.Err()", 1))), "rows.Err() never")
	requireFaults(t, rowsFaults(small(t, "backend/store/a.go", strings.ReplaceAll(loop, "rows", "s.userRows"))), "s.userRows.Err()")
	requireFaults(t, rowsFaults(small(t, "backend/store/a.go", strings.ReplaceAll(loop, "rows", "iterator"))))
}

func TestNoteFaults(t *testing.T) {
	word := "TO" + "DO"
	requireFaults(t, noteFaults(small(t, "backend/a/a.go", "package a\n\n// "+word+": later\nvar x int\n")), "backend/a/a.go:3")
	requireFaults(t, noteFaults(small(t, "backend/a/a.go", "package a\n\nvar none = \"XXX\"\n")))

	faults, err := textFaults(smallFS(
		"frontend/src/a.tsx", "// "+word+"\n",
		"frontend/src/b.ts", "export const none = 'XXX';\n",
		"frontend/src/c.tsx", strings.Repeat("x\n", tsxLinesMax+1),
		"frontend/src/d.tsx", strings.Repeat("x\n", tsxLinesMax),
		"frontend/node_modules/e.ts", "// "+word+"\n",
		"build/script", "# FIXME this\nmktemp /tmp/XXXXXX\n",
	))
	require.NoError(t, err)
	requireFaults(t, faults, "build/script: a leftover", "frontend/src/a.tsx: a leftover", "frontend/src/c.tsx: the file has 351 lines")
}

func TestDocumentFaults(t *testing.T) {
	requireFaults(t, documentFaults(small(t, "backend/a/a.go", "package a\n")), "no package comment")
	requireFaults(t, documentFaults(small(t, "backend/a/a.go", "package a\n", "backend/a/b.go", "// Package a is.\npackage a\n")))
	for source, want := range map[string]string{
		"func F() {}":                                                         "F is exported",
		"// F does.\nfunc F() {}":                                             "",
		"func f() {}":                                                         "",
		"type T struct{}":                                                     "T is exported",
		"const (\nA = 1 // one\nB = 2\n)":                                     "B is exported",
		"// Both.\nconst (\nA = 1\nB = 2\n)":                                  "",
		"type t struct{}\nfunc (t) Do() {}":                                   "",
		"type t struct{}\nfunc (*t) Do() {}":                                  "",
		"// T is.\ntype T struct{}\nfunc (*T) Do() {}":                        "Do is exported",
		"// T is.\ntype T[K any] struct{}\nfunc (*T[K]) Do() {}":              "Do is exported",
		"// T is.\ntype T struct{}\nfunc (T) String() string { return \"\" }": "",
	} {
		var wants []string
		if want != "" {
			wants = []string{want}
		}
		t.Run(source, func(t *testing.T) {
			requireFaults(t, documentFaults(small(t, "backend/a/a.go", "// Package a is.\npackage a\n\n"+source+"\n")), wants...)
		})
	}
}

func TestMirrorFaults(t *testing.T) {
	bill := "package a\ntype Bill struct {\nA string `json:\"a\"`\nB string `json:\"b\"`\nC string `json:\"c\"`\nD string `json:\"d\"`\nE string `json:\"e\"`\n}\n"
	part := "package desktop\ntype Shown struct {\nD string `json:\"d\"`\nC string `json:\"c\"`\nB string `json:\"b\"`\nA string `json:\"a\"`\n}\n"
	requireFaults(t, mirrorFaults(small(t, "backend/a/a.go", bill, "backend/desktop/b.go", part)), "backend/desktop.Shown has the fields of backend/a.Bill")
	requireFaults(t, mirrorFaults(small(t, "backend/a/a_test.go", bill, "backend/desktop/b.go", part)))
	requireFaults(t, mirrorFaults(small(t, "backend/a/a.go", bill, "backend/b/b.go", part)))
	requireFaults(t, mirrorFaults(small(t, "backend/a/a.go", bill, "backend/desktop/b.go", strings.Replace(part, "\"b\"", "\"x\"", 1))))
	kept := strings.Replace(bill, "\"b\"", "\"b,omitempty\"", 1)
	requireFaults(t, mirrorFaults(small(t, "backend/a/a.go", kept, "backend/desktop/b.go", part)))

	object := "package cli\n\nvar x = object{{\"a\", 1}, {\"b\", 2}, {\"c\", 3}, {\"d\", 4}, {\"mine\", 5}}\n"
	requireFaults(t, mirrorFaults(small(t, "backend/a/a.go", bill, "backend/cli/b.go", object)), "an object has 4 of its 5 fields from backend/a.Bill")
	requireFaults(t, mirrorFaults(small(t, "backend/a/a.go", bill, "backend/cli/b_test.go", object)))
	requireFaults(t, mirrorFaults(small(t, "backend/a/a.go", bill, "backend/cli/b.go", strings.Replace(object, "\"d\"", "\"other\"", 1))))
}
