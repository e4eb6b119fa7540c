package desktop

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/analysis/migration"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/housetest"
	"cloud-intelligence/backend/pricebook"
)

// severalFields are the rules that need more than the field itself and its row of the table: only this side checks them.
var severalFields = []string{"cross", "sum", "reference"}

// profileCase is a profile with what is wrong in it.
type profileCase struct {
	Profile json.RawMessage `json:"profile"`
	Wrong   []FieldProblem  `json:"wrong"` // by the rules of single fields
}

// TestMigrations_FormAndProgramHaveOneTableOfRules writes down what the table of rules says of values at and beyond each limit. The page's schemas, which are made
// of the same table, are tested on it.
func TestMigrations_FormAndProgramHaveOneTableOfRules(t *testing.T) {
	book, err := pricebook.BuiltIn()
	require.NoError(t, err)
	var cases []profileCase
	seen := map[string]bool{}
	for _, r := range migration.Rules() {
		if !strings.Contains(r.Path, ".") && r.Kind == migration.Object {
			continue // the form always has its sections
		}
		for _, value := range probes(r) {
			profile := profileWith(t, r.Path, value)
			_, err := migration.Decode(profile, book, finops.NewDay(2026, 11, 22))
			wrong, _ := errors.AsType[migration.FieldErrors](err)
			one := profileCase{Profile: profile, Wrong: []FieldProblem{}}
			for _, e := range wrong {
				if !slices.Contains(severalFields, e.Rule) && ofTheTable(r.Path, e) {
					one.Wrong = append(one.Wrong, FieldProblem{e.Path, e.Rule, e.Message})
				}
			}
			if seen[string(profile)] {
				continue
			}
			seen[string(profile)] = true
			cases = append(cases, one)
		}
	}
	var text []byte
	for i, c := range cases {
		line, err := json.Marshal(c)
		require.NoError(t, err)
		text = append(append(text, map[bool]string{true: "[\n", false: ",\n"}[i == 0]...), line...)
	}
	housetest.GoldenFile(t, "../../frontend/src/features/migration/model/cases.json", append(text, "\n]\n"...))

	rules, err := json.MarshalIndent(struct {
		Rules     []migration.Rule `json:"rules"`
		Countries []string         `json:"countries"`
	}{migration.Rules(), migration.Countries()}, "", " ")
	require.NoError(t, err)
	housetest.GoldenFile(t, "../../frontend/src/features/migration/model/table.json", append(rules, '\n'))
}

// ofTheTable reports whether an error is about the probed field, and needs nothing but its row.
func ofTheTable(pattern string, e migration.FieldError) bool {
	if e.Rule == "oneOf" && slices.Contains([]string{"requirements.frameworks[].name", "requirements.residency", "requirements.target_geo"}, pattern) {
		return false // it is looked up in the price book
	}
	if e.Rule == "required" && !strings.HasSuffix(e.Message, "must have a value") {
		return false // another field makes it so
	}
	if pattern == "organization.currency" && e.Rule == "format" || e.Rule == "range" && slices.Contains([]string{"organization.commitments_left[0].end_date", "requirements.freeze_periods[0].start", "requirements.freeze_periods[0].end", "requirements.start_date"}, e.Path) {
		return false
	}
	return e.Path != "requirements.residency" || e.Rule != "range"
}

// probes are values at the limits of a rule and beyond them.
func probes(r migration.Rule) []any {
	long := func(n int) string { return string(slices.Repeat([]byte("a"), n)) }
	switch r.Kind {
	case migration.Text:
		return []any{"", "a", " abc ", "a\u0007b", long(3), long(61), long(121), 7, nil}
	case migration.Choice:
		return []any{r.Options[0], r.Options[len(r.Options)-1], "none of these", 3, nil}
	case migration.Whole, migration.Number:
		list := []any{"7", 1.5, 1.234, true, nil}
		for _, limit := range append([]string{r.Min, r.Max}, r.Options...) {
			if limit != "" {
				list = append(list, json.Number(limit))
			}
		}
		return append(list, -51, 2_000_000_000, 0)
	case migration.Bool:
		return []any{true, false, "yes", nil}
	case migration.Date:
		return []any{"2027-06-01", "2027-02-30", "tomorrow", 5, nil}
	case migration.Country:
		return []any{"DE", "XX", "de", 4, nil}
	case migration.Texts:
		return []any{[]string{"DE"}, []string{"DE", "DE"}, []any{"DE", 3}, []string{}, "DE", nil}
	case migration.Choices:
		return []any{r.Options[:1], []string{r.Options[0], r.Options[0]}, []string{"nobody"}, []string{}, r.Options[0], nil}
	case migration.Nations:
		return []any{[]string{"DE", "FR"}, []string{"DE", "DE"}, []string{"XX"}, []string{}, "DE", nil}
	case migration.Objects, migration.Object:
		return []any{"text", nil}
	case migration.Levels:
		return []any{map[string]string{"vm": "must"}, map[string]string{"vm": "maybe"}, "vm", nil}
	case migration.GeoOrMap:
		return []any{"de", 3, nil}
	}
	return nil
}

// profileWith is a profile in order but for one value.
func profileWith(t *testing.T, path string, value any) json.RawMessage {
	t.Helper()
	profile := map[string]any{
		"organization": map[string]any{"name": "Northwind", "countries": []any{"DE"}}, "workloads": []any{map[string]any{"name": "web"}}, "requirements": map[string]any{},
	}
	at := profile
	names := splitPath(path)
	for _, name := range names[:len(names)-1] {
		field, isLine := trimLine(name)
		next, _ := at[field].(map[string]any)
		if isLine {
			lines, _ := at[field].([]any)
			if len(lines) == 0 {
				lines = []any{map[string]any{"kind": "plan", "monthly_usd": 5, "end_date": "2027-06-01", "name": "GDPR", "country": "DE", "share": 100, "start": "2027-01-01", "end": "2027-01-02"}}
				first, _ := lines[0].(map[string]any)
				for other := range first {
					if !knownField(path, other) {
						delete(first, other)
					}
				}
				at[field] = lines
			}
			next, _ = lines[0].(map[string]any)
		} else if next == nil {
			next = map[string]any{}
			at[field] = next
		}
		at = next
	}
	at[names[len(names)-1]] = value
	text, err := json.Marshal(profile)
	require.NoError(t, err)
	return text
}

func splitPath(path string) []string { return strings.Split(path, ".") }

func trimLine(name string) (field string, isLine bool) { return strings.CutSuffix(name, "[]") }

// knownField reports whether the object that a path is in has a field.
func knownField(path, name string) bool {
	object := path[:strings.LastIndexByte(path, '.')+1]
	return slices.ContainsFunc(migration.Rules(), func(r migration.Rule) bool { return r.Path == object+name })
}
