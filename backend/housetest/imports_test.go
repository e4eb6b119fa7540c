package housetest

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// room is one package of the house, or with a name that ends in "/" every package below it.
type room struct {
	name  string
	layer int
	why   string
	// beside are rooms of the same layer that this one may import; a test may import any of its own layer.
	beside []string
}

// rooms says where each package lives. An import may only point to a lower layer.
var rooms = []room{
	{name: "finops", layer: 0, why: "the vocabulary: everything uses it, so it may know nothing"},
	{name: "finops/", layer: 0, why: "the ways to write and read what the vocabulary has", beside: []string{"finops", "finops/filter"}},

	{name: "analysis", layer: 1, why: "pure calculation over rollups that are handed to it"},
	{name: "analysis/savings", layer: 1, why: "the rules of what could be saved, of which some ask what commitments leave unused or what documents of the client say", beside: []string{"analysis", "analysis/commitment", "analysis/document", "pricebook"}},
	{name: "analysis/", layer: 1, why: "pure calculation over rollups that are handed to it", beside: []string{"analysis", "pricebook"}},
	{name: "source", layer: 1, why: "the contracts of a source and of a connector", beside: []string{"platform/network"}},
	{name: "source/opener", layer: 1, why: "the one way to open a file as a table", beside: []string{"source", "source/csvfile", "source/jsonfile", "source/parquetfile"}},
	{name: "source/dailytotals", layer: 1, why: "daily totals, which are FOCUS with a mark", beside: []string{"source", "source/focusfile"}},
	{name: "source/", layer: 1, why: "one file family, cloud API or file encoding each", beside: []string{"source", "source/opener", "source/csvfile", "source/jsonfile", "source/parquetfile"}},
	{name: "connector/pricelist", layer: 1, why: "what the providers list today, for the price book", beside: []string{"pricebook", "source", "platform/network"}},
	{name: "connector/", layer: 1, why: "one place each from which exports are fetched", beside: []string{"source", "source/awscur", "source/dailytotals", "platform/network", "connector/awscloud", "connector/azurecloud", "connector/googlecloud"}},
	{name: "segment", layer: 1, why: "the packed form of charges, which the store writes and the engine reads"},
	{name: "store", layer: 1, why: "the database: no other room writes SQL", beside: []string{"segment", "platform/paths"}},
	{name: "store/", layer: 1, why: "what the store's tests and migrations need", beside: []string{"store", "segment"}},
	{name: "platform/notify", layer: 1, why: "sends alerts by mail, to web hooks and as notifications of the system", beside: []string{"platform/network"}},
	{name: "platform/", layer: 1, why: "the machine: keychain, notices, folders, log"},
	{name: "pricebook", layer: 1, why: "list prices and facts of the providers, which no network is asked for"},
	{name: "demo", layer: 1, why: "makes bills of an imagined company"},
	{name: "focusout", layer: 1, why: "what the FOCUS specification asks of a file that is written"},

	{name: "engine", layer: 2, why: "the one way to answer a question of the ledger"},
	{name: "job", layer: 2, why: "runs long work and keeps its state"},
	{name: "ingest", layer: 2, why: "the way of a charge from a source into the store"},
	{name: "report", layer: 2, why: "turns tables into CSV and Excel files and knows no database"},
	{name: "report/", layer: 2, why: "one kind of document each"},

	{name: "service", layer: 3, why: "the use cases: the one door for every face"},

	{name: "desktop", layer: 4, why: "the window's face: converts, never decides"},
	{name: "cli", layer: 4, why: "the terminal's face: converts, never decides"},
}

// top is the layer of main and app.go, which put the parts together.
const top = 5

// testRooms hold help for tests: any test may import them, nothing else may.
var testRooms = []string{"housetest", "source/sourcetest", "store/storetest", "connector/connectortest", "platform/keychain/keychaintest"}

// gate names the only rooms that may import something from outside the house.
type gate struct {
	prefix string
	rooms  []string
	why    string
}

var gates = []gate{
	{"modernc.org/sqlite", []string{"store"}, "the database is the store's secret"},
	{"database/sql", []string{"store"}, "the database is the store's secret"},
	{"github.com/wailsapp/wails", []string{"", "desktop"}, "only the window's face knows the window"},
	{"github.com/spf13/cobra", []string{"cli"}, "only the terminal's face knows its arguments"},
	{"github.com/zalando/go-keyring", []string{"platform/keychain"}, "the keychain has one door, with a time-out"},
	{"github.com/parquet-go/parquet-go", []string{"source/", "report/"}, "a file encoding belongs to the sources and the reports"},
	{"github.com/xuri/excelize", []string{"report"}, "the format of a workbook is the reports' secret"},
	{"go.yaml.in/yaml", []string{"analysis/savings"}, "only the rules of the savings catalogue are YAML"},
	{"github.com/wneessen/go-mail", []string{"platform/notify"}, "only the channels of alerts send mail"},
	{"github.com/godbus/", []string{"platform/notify"}, "only the channels of alerts show notifications"},
	{"git.sr.ht/~jackmordaunt/go-toast", []string{"platform/notify"}, "only the channels of alerts show notifications"},
	{"net/http", []string{"platform/network", "platform/notify", "connector/", "build/benchmark"}, "the program talks to nobody but the clouds and channels that it was asked to reach"},
	{"github.com/sony/gobreaker", []string{"platform/network"}, "the network has one door, which paces, counts and refuses"},
	{"github.com/aws/", []string{"connector/"}, "only the connectors know the clouds"},
	{"github.com/golang-jwt/", []string{"connector/googlecloud", "connector/connectortest"}, "only the sign-in of Google Cloud signs tokens"},
	{"github.com/Azure/", []string{"connector/"}, "only the connectors know the clouds"},
}

// roomOf finds a package in the table; its own name goes before the room of its parent.
func roomOf(name string) (room, bool) {
	for _, r := range rooms {
		if r.name == name {
			return r, true
		}
	}
	for _, r := range rooms {
		if strings.HasSuffix(r.name, "/") && strings.HasPrefix(name, r.name) {
			return r, true
		}
	}
	return room{}, false
}

func inRoom(name string, allowed []string) bool {
	return slices.ContainsFunc(allowed, func(a string) bool {
		return name == a || (strings.HasSuffix(a, "/") && strings.HasPrefix(name, a))
	})
}

func importFaults(files []goFile) []fault {
	var faults []fault
	unknown := map[string]bool{}
	for _, f := range files {
		name, inBackend := strings.CutPrefix(f.dir, "backend/")
		from := room{layer: top}
		if !inBackend {
			if name = f.dir; !strings.HasPrefix(name, "build/") {
				name = "" // the process itself
			}
		} else if !slices.Contains(testRooms, name) {
			var known bool
			from, known = roomOf(name)
			if !known && !unknown[name] {
				unknown[name] = true
				faults = append(faults, fault{f.dir, "this package is not in the table of rooms in backend/housetest/imports_test.go: " +
					"add it with its layer and the reason why it exists"})
			}
			if !known {
				continue
			}
		}
		for _, spec := range f.ast.Imports {
			p, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				continue
			}
			what := outsideFault(f, name, p)
			if to, ours := strings.CutPrefix(p, module+"/backend/"); ours {
				what = insideFault(f, name, from, to)
			}
			if what != "" {
				faults = append(faults, f.fault(spec.Pos(), "%s", what))
			}
		}
	}
	return faults
}

// insideFault says what is wrong with room `name` importing room `to`, or "".
func insideFault(f goFile, name string, from room, to string) string {
	helper := slices.Contains(testRooms, name)
	if slices.Contains(testRooms, to) {
		if f.isTest || helper {
			return ""
		}
		return to + " is for tests only"
	}
	target, known := roomOf(to)
	switch {
	case !known, helper, to == name, target.layer < from.layer:
		return "" // an unknown room is a fault of its own, at its own place
	case target.layer == from.layer && (f.isTest || inRoom(to, from.beside)):
		return ""
	case target.layer == from.layer:
		return fmt.Sprintf("%s may not import its neighbour %s (%s): pass the data in, or move what both need down", name, to, target.why)
	default:
		return fmt.Sprintf("%s (layer %d) may not import %s (layer %d: %s): an import points to a lower layer", name, from.layer, to, target.layer, target.why)
	}
}

// outsideFault says what is wrong with room `name` importing a package from outside the house, or "".
func outsideFault(f goFile, name, p string) string {
	for _, g := range gates {
		if p != g.prefix && !strings.HasPrefix(p, g.prefix+"/") {
			continue
		}
		if f.isTest || slices.Contains(testRooms, name) || inRoom(name, g.rooms) {
			return ""
		}
		return fmt.Sprintf("%s may be imported only by %v: %s", p, g.rooms, g.why)
	}
	return ""
}

func TestImportsPointDownwards(t *testing.T) {
	files, err := goFiles(theHouse(t))
	if err != nil {
		t.Fatal(err)
	}
	if len(files) < 10 {
		t.Fatalf("only %d Go files were found: the test does not see the house", len(files))
	}
	report(t, importFaults(files))
}

func importing(pkg string, paths ...string) string {
	text := "package " + pkg + "\n"
	for _, p := range paths {
		text += "import _ \"" + p + "\"\n"
	}
	return text
}

func TestImportFaults(t *testing.T) {
	const ours = module + "/backend/"
	for name, c := range map[string]struct {
		path, text string
		want       []string
	}{
		"Downwards":             {"backend/service/a.go", importing("service", ours+"store", ours+"finops"), nil},
		"Upwards":               {"backend/store/a.go", importing("store", ours+"service"), []string{"store (layer 1) may not import service (layer 3"}},
		"GroundKnowsNothing":    {"backend/finops/a.go", importing("finops", ours+"store"), []string{"layer 0"}},
		"GroundBesideItself":    {"backend/finops/filter/a.go", importing("filter", ours+"finops"), nil},
		"GroundKnowsNoneBeside": {"backend/finops/a.go", importing("finops", ours+"finops/filter"), []string{"neighbour finops/filter"}},
		"Neighbour":             {"backend/demo/a.go", importing("demo", ours+"store"), []string{"neighbour store"}},
		"NeighbourWithReason":   {"backend/engine/a.go", importing("engine", ours+"store"), nil},
		"NeighbourInTest":       {"backend/demo/a_test.go", importing("demo", ours+"store"), nil},
		"UpwardsInTest":         {"backend/store/a_test.go", importing("store", ours+"service"), []string{"may not import service"}},
		"AdapterKnowsContract":  {"backend/source/aws/a.go", importing("aws", ours+"source"), nil},
		"AdapterKnowsNoOther":   {"backend/source/aws/a.go", importing("aws", ours+"source/azure"), []string{"neighbour source/azure"}},
		"UnknownRoom":           {"backend/misc/a.go", importing("misc"), []string{"add it with its layer"}},
		"TestRoomOutsideTest":   {"backend/store/a.go", importing("store", ours+"housetest"), []string{"for tests only"}},
		"TestRoomInTest":        {"backend/store/a_test.go", importing("store", ours+"housetest"), nil},
		"GateClosed":            {"backend/service/a.go", importing("service", "database/sql"), []string{"the store's secret"}},
		"GateOpen":              {"backend/store/a.go", importing("store", "database/sql"), nil},
		"GateCoversSubpackages": {"backend/service/a.go", importing("service", "github.com/wailsapp/wails/v2/pkg/runtime"), []string{"only the window's face"}},
		"MainMayOpenTheWindow":  {"main.go", importing("main", "github.com/wailsapp/wails/v2", ours+"desktop"), nil},
	} {
		t.Run(name, func(t *testing.T) { requireFaults(t, importFaults(small(t, c.path, c.text)), c.want...) })
	}
}
