package housetest

import (
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

// oddWords are metaphors and literal translations that a reader stumbles over, each with what to write instead.
var oddWords = []struct {
	pattern *regexp.Regexp
	write   string
}{
	{regexp.MustCompile(`(?i)\b(told|tells?)\b`), "shown, reported, distinguished, or what is meant"},
	{regexp.MustCompile(`(?i)\b(speaks?|speaking)\b`), "counted, names, or what is meant"},
	{regexp.MustCompile(`(?i)\bstands? by\b`), "not counted"},
	{regexp.MustCompile(`(?i)\bdearest\b`), "highest cost"},
	{regexp.MustCompile(`(?i)\bworked out\b`), "calculated"},
	{regexp.MustCompile(`(?i)\bheld against\b`), "compared with"},
	{regexp.MustCompile(`(?i)\bset aside\b`), "skipped"},
	{regexp.MustCompile(`(?i)\bslip of the pen\b`), "typing error"},
	{regexp.MustCompile(`(?i)\bwanting\b`), "missing"},
}

// wordFaults reads what a person reads in the window and in the documents, and the comments beside it.
func wordFaults(root fs.FS) ([]fault, error) {
	var faults []fault
	err := walk(root, func(p string) error {
		// Decisions are never rewritten; recorded answers and generated types are of the Go side.
		if !(strings.HasPrefix(p, "docs/") || strings.HasPrefix(p, "frontend/src/") || strings.HasPrefix(p, "frontend/e2e/")) ||
			!slices.Contains([]string{".md", ".ts", ".tsx"}, path.Ext(p)) || strings.HasPrefix(p, "docs/adr/") || slices.Contains([]string{"frontend/src/lib/wire.ts", "frontend/src/test/recorded.ts"}, p) {
			return nil
		}
		data, err := fs.ReadFile(root, p)
		if err != nil {
			return err
		}
		for n, line := range strings.Split(string(data), "\n") {
			for _, odd := range oddWords {
				if word := odd.pattern.FindString(line); word != "" {
					faults = append(faults, fault{fmt.Sprintf("%s:%d", p, n+1), fmt.Sprintf("%q is hard to read at once: write %s", word, odd.write)})
				}
			}
		}
		return nil
	})
	return faults, err
}

func TestTheWordsArePlain(t *testing.T) {
	faults, err := wordFaults(theHouse(t))
	if err != nil {
		t.Fatal(err)
	}
	report(t, faults)
}

func TestWordFaults(t *testing.T) {
	house := func(p, text string) []fault {
		faults, err := wordFaults(fstest.MapFS{p: {Data: []byte(text)}})
		if err != nil {
			t.Fatal(err)
		}
		return faults
	}
	requireFaults(t, house("docs/a.md", "One line.\nThe file tells it."), `docs/a.md:2: "tells"`)
	requireFaults(t, house("frontend/src/a.ts", "// Dearest first.\n"), `"Dearest"`)
	requireFaults(t, house("docs/adr/0001-a.md", "It was told."))
	requireFaults(t, house("docs/a.md", "A storyteller retold it."))
}
