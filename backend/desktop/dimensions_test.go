package desktop

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/finops/filter"
	"cloud-intelligence/backend/service"
)

func tree(t *testing.T, text string) finops.Filter {
	t.Helper()
	f, err := filter.Parse(text)
	require.NoError(t, err)
	return f
}

func TestFilters_ReadAndPrint(t *testing.T) {
	h := filled(t)
	parsed, err := h.filters.Parse(`Tags/env = prod and not ServiceName startswith "E"`, false)
	require.NoError(t, err)
	assert.Nil(t, parsed.Problem)
	text, err := h.filters.Print(parsed.Filter)
	require.NoError(t, err)
	assert.Equal(t, `Tags/env = "prod" and not ServiceName startswith "E"`, text)
	empty, err := h.filters.Parse("", false)
	require.NoError(t, err)
	sent, err := json.Marshal(empty)
	require.NoError(t, err)
	assert.JSONEq(t, `{"filter":{"kind":"all"},"problem":null}`, string(sent))
	_, err = h.filters.Print(finops.Filter{Kind: "some"})
	assert.Equal(t, "invalid", code(err))
}

func TestFilters_SayWhereAndWhatWasMeant(t *testing.T) {
	h := filled(t)
	for name, c := range map[string]struct {
		text    string
		problem FilterProblem
	}{
		"Operator": {`ServiceName like "EC2"`, FilterProblem{Message: `At character 13: "like" is not an operator. Did you mean contains?`, Offset: 12, Length: 4, Suggestion: "contains"}},
		"Column":   {`Tags/env = "𝒶" and ServiceNme = EC2`, FilterProblem{Message: `At character 20: The ledger has no column "ServiceNme". Did you mean ServiceName?`, Offset: 20, Length: 10, Suggestion: "ServiceName"}},
	} {
		t.Run(name, func(t *testing.T) {
			parsed, err := h.filters.Parse(c.text, false)
			require.NoError(t, err)
			assert.Equal(t, finops.All(), parsed.Filter)
			assert.Equal(t, &c.problem, parsed.Problem)
		})
	}
	parsed, err := h.filters.Parse("x_Later = 1", true)
	require.NoError(t, err)
	assert.Nil(t, parsed.Problem, "rules may use columns that come later")
}

func TestScopes_OfThePage(t *testing.T) {
	h := filled(t)
	prod := tree(t, "Tags/env = prod")
	version, err := h.scopes.Save("Prod", prod, 0)
	require.NoError(t, err)
	assert.EqualValues(t, 1, version)
	version, err = h.scopes.Rename("prod", "Production", version)
	require.NoError(t, err)
	list, err := h.scopes.List()
	require.NoError(t, err)
	require.Len(t, list, 1)
	assert.Equal(t, ScopeInfo{service.ScopeInfo{Name: "Production", Version: version, ChangedAt: list[0].ChangedAt, ChangedBy: "nora"}, prod, `Tags/env = "prod"`}, list[0])

	_, err = h.scopes.Save("Production", tree(t, "Tags/env is empty"), 1)
	f, ok := h.FormatError(err).(Failure)
	require.True(t, ok)
	require.NotNil(t, f.Conflict)
	assert.Equal(t, finops.CodeConflict, f.Code)
	assert.Equal(t, `Tags/env = "prod"`, f.Conflict.Have.Text)
	assert.EqualValues(t, 2, f.Conflict.Have.Version)
	assert.Equal(t, "nora", f.Conflict.Have.ChangedBy)
	assert.Equal(t, "Tags/env is empty", f.Conflict.Want.Text)

	require.NoError(t, h.scopes.Delete("production", service.AnyVersion))
	_, err = h.scopes.Save("Production", prod, 2)
	f, ok = h.FormatError(err).(Failure)
	require.True(t, ok)
	require.NotNil(t, f.Conflict)
	assert.Nil(t, f.Conflict.Have, "it was deleted")
}

func teams(t *testing.T) Dimension {
	t.Helper()
	rest := "rest"
	return Dimension{Name: "Team", Description: "Who pays", Default: &rest, Rules: []DimensionRule{
		{Where: tree(t, "Tags/env is not empty"), From: &ValueFrom{Column: "tags/env", LowerCase: true}},
		{Where: tree(t, "ServiceName = EC2"), Value: "compute"},
		{Where: tree(t, "BilledCost < 0"), Value: "credits"},
	}}
}

func TestDimensions_OfThePage(t *testing.T) {
	h := filled(t)
	d := teams(t)
	preview, err := h.dimensions.Preview(d, PreviewQuestion{Metric: "BilledCost", Currency: "EUR", LeftBy: "ServiceName"})
	require.NoError(t, err)
	assert.Equal(t, RulePreview{LinesAndCost{2, pointer("0.3")}, 1, []int{}}, preview.Rules[0])
	assert.Equal(t, RulePreview{LinesAndCost{0, pointer("0")}, 0, []int{1}}, preview.Rules[1], "the first rule catches all of it")
	assert.Equal(t, LinesAndCost{0, pointer("0")}, preview.Left)
	assert.Equal(t, LinesAndCost{3, pointer("-12.2")}, preview.Total)

	saved, err := h.dimensions.Save(d, 0)
	require.NoError(t, err)
	assert.Equal(t, SavedDimension{1, []string{}}, saved)
	a, err := h.ledger.Ask(Question{Metrics: []string{"BilledCost"}, GroupBy: []string{"Dim/Team"}, Sort: "keys"})
	require.NoError(t, err)
	assert.Equal(t, "credits", *a.Rows[0].Keys[0], "usable at once")

	_, err = h.scopes.Save("Team prod", tree(t, "dim/team = prod"), 0)
	require.NoError(t, err)
	list, err := h.dimensions.List()
	require.NoError(t, err)
	require.Len(t, list, 1)
	assert.Equal(t, []string{"Team prod"}, list[0].UsedBy)
	assert.Equal(t, "Who pays", list[0].Description)

	stored, err := h.dimensions.Find("team")
	require.NoError(t, err)
	assert.Equal(t, "Tags/env", stored.Dimension.Rules[0].From.Column, "as a ledger spells it")
	changed := stored.Dimension
	changed.Default = nil
	_, err = h.dimensions.Save(changed, stored.Version)
	require.NoError(t, err)
	_, err = h.dimensions.Save(d, stored.Version)
	f, ok := h.FormatError(err).(Failure)
	require.True(t, ok)
	require.NotNil(t, f.Conflict)
	assert.Contains(t, f.Conflict.Have.Text, "All others → no value")
	assert.Contains(t, f.Conflict.Want.Text, "Who pays\n1. Tags/env is not empty → from Tags/env, in lower case\n2. ServiceName = \"EC2\" → compute\n")
	assert.Contains(t, f.Conflict.Want.Text, "All others → rest")
}

func TestDimensions_LeaveAndComeAsFiles(t *testing.T) {
	h := filled(t)
	_, err := h.dimensions.Save(teams(t), 0)
	require.NoError(t, err)
	h.window.answer = filepath.Join(t.TempDir(), "team")
	path, err := h.dimensions.Export("Team")
	require.NoError(t, err)
	assert.Equal(t, h.window.answer+".json", path)
	require.NoError(t, h.dimensions.Delete("Team", service.AnyVersion))

	h.window.answer = path
	read, err := h.dimensions.Import()
	require.NoError(t, err)
	saved, err := h.dimensions.Save(*read, 0)
	require.NoError(t, err)
	assert.EqualValues(t, 1, saved.Version)

	require.NoError(t, os.WriteFile(path, []byte(`{"name": "x", "colour": "red"}`), 0o600))
	_, err = h.dimensions.Import()
	assert.Equal(t, "invalid", code(err))
	h.window.answer = ""
	read, err = h.dimensions.Import()
	require.NoError(t, err)
	assert.Nil(t, read, "cancelled")
}

func pointer(text string) *string { return &text }
