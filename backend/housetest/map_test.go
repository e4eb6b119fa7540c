package housetest

import (
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// mapRow is a row of the table of rooms in docs/architecture.md.
type mapRow struct {
	places []string // folders and files below the root; one that ends in "/*" stands for the folders in it
	layer  string
	start  []string // where to start reading, below one of the places
}

var inBackticks = regexp.MustCompile("`([^`]+)`")

// mapRows reads the table of rooms. Names after the first of a row may be those of its neighbours.
func mapRows(text string) (rows []mapRow) {
	for line := range strings.Lines(text) {
		cells := strings.Split(strings.Trim(strings.TrimSpace(line), "|"), "|")
		if !strings.HasPrefix(line, "| `") || len(cells) != 4 {
			continue
		}
		row := mapRow{layer: strings.TrimSpace(cells[1])}
		for _, m := range inBackticks.FindAllStringSubmatch(cells[0], -1) {
			place := m[1]
			if len(row.places) > 0 && !strings.Contains(place, "/") && strings.Contains(row.places[0], "/") {
				place = path.Join(path.Dir(row.places[0]), place)
			}
			row.places = append(row.places, place)
		}
		for _, m := range inBackticks.FindAllStringSubmatch(cells[3], -1) {
			row.start = append(row.start, strings.TrimSuffix(m[1], "/"))
		}
		rows = append(rows, row)
	}
	return rows
}

// has says whether a row names a folder.
func (r mapRow) has(dir string) bool {
	return slices.ContainsFunc(r.places, func(p string) bool {
		return p == dir || strings.TrimSuffix(p, "/*") == path.Dir(dir) && strings.HasSuffix(p, "/*")
	})
}

// mapFaults compares the map with the tree: every package and every folder of the page has a row with its layer, and what a row names is there.
func mapFaults(root fs.FS, text string) (faults []fault, err error) {
	const where = "docs/architecture.md"
	rows := mapRows(text)
	dirs := map[string]bool{}
	if err := walk(root, func(p string) error {
		dir := path.Dir(p)
		if strings.HasPrefix(dir, "backend/") && strings.HasSuffix(p, ".go") && !strings.HasSuffix(p, "_test.go") {
			dirs[dir] = true
		}
		if parts := strings.Split(dir, "/"); len(parts) > 2 && parts[0] == "frontend" && parts[1] == "src" {
			dirs[strings.Join(parts[:3], "/")] = true
		}
		return nil
	}); err != nil {
		return nil, err
	}
	for dir := range dirs {
		at := slices.IndexFunc(rows, func(r mapRow) bool { return r.has(dir) })
		if at < 0 {
			faults = append(faults, fault{where, dir + " has no row in the table of rooms"})
			continue
		}
		name, ours := strings.CutPrefix(dir, "backend/")
		if r, known := roomOf(name); ours && known && !slices.Contains(testRooms, name) && rows[at].layer != strconv.Itoa(r.layer) {
			faults = append(faults, fault{where, fmt.Sprintf("%s is of layer %d, not %s", dir, r.layer, rows[at].layer)})
		}
	}
	there := func(p string) bool {
		_, err := fs.Stat(root, p)
		return err == nil
	}
	for _, r := range rows {
		for _, p := range r.places {
			if !there(strings.TrimSuffix(p, "/*")) {
				faults = append(faults, fault{where, p + " has a row and is not there"})
			}
		}
		for _, start := range r.start {
			if !slices.ContainsFunc(r.places, func(p string) bool {
				return there(path.Join(strings.TrimSuffix(p, "/*"), start)) || there(path.Join(path.Dir(p), start))
			}) {
				faults = append(faults, fault{where, fmt.Sprintf("%s, where to start reading %s, is not there", start, r.places[0])})
			}
		}
	}
	return faults, nil
}

func TestMapIsTrue(t *testing.T) {
	root := theHouse(t)
	text, err := fs.ReadFile(root, "docs/architecture.md")
	require.NoError(t, err)
	require.Greater(t, len(mapRows(string(text))), 40, "the test does not see the map")
	faults, err := mapFaults(root, string(text))
	require.NoError(t, err)
	report(t, faults)
}

func TestMapFaults(t *testing.T) {
	tree := smallFS("backend/finops/doc.go", "package finops", "backend/source/csvfile/doc.go", "package csvfile", "backend/source/jsonfile/doc.go", "package jsonfile",
		"backend/platform/paths/doc.go", "package paths", "frontend/src/ui/Card.tsx", "")
	const whole = "| `backend/finops` | 0 | words | `doc.go` |\n| `backend/source/csvfile`, `jsonfile` | 1 | files | `doc.go` |\n| `backend/platform/*` | 1 | machine | `paths/` |\n| `frontend/src/ui` | F1 | parts | `Card.tsx` |\n"
	for name, c := range map[string]struct {
		text string
		want []string
	}{
		"Whole":       {whole, nil},
		"NoRow":       {strings.Replace(whole, ", `jsonfile`", "", 1), []string{"backend/source/jsonfile has no row"}},
		"NotThere":    {strings.Replace(whole, ", `jsonfile`", ", `jsonfile`, `xmlfile`", 1), []string{"backend/source/xmlfile has a row and is not there"}},
		"Layer":       {strings.Replace(whole, "| 0 |", "| 2 |", 1), []string{"backend/finops is of layer 0, not 2"}},
		"StartIsGone": {strings.Replace(whole, "`Card.tsx`", "`Cart.tsx`", 1), []string{"Cart.tsx, where to start reading"}},
	} {
		t.Run(name, func(t *testing.T) {
			faults, err := mapFaults(tree, c.text)
			require.NoError(t, err)
			requireFaults(t, faults, c.want...)
		})
	}
}
