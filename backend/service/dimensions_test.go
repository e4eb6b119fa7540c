package service

import (
	"errors"
	"os"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/finops/filter"
	"cloud-intelligence/backend/finops/rules"
)

const byPrefix = `{"name": "Team", "rules": [
	{"where": "", "from": {"column": "ResourceId", "split": "-", "part": 1, "lowerCase": true}},
	{"where": "x_Later is not empty", "value": "later"},
	{"where": "BilledCost > 5", "value": "large"}
], "default": "rest"}`

func dimension(t *testing.T, text string) rules.Dimension {
	t.Helper()
	path := writeTable(t, "team.json", text)
	d, err := ReadDimension(path)
	require.NoError(t, err)
	return d
}

func TestDimensions_KeptAndChangedByVersion(t *testing.T) {
	w := newWorkspace(t)
	other := reopen(t, w.Path())
	d := dimension(t, byPrefix)
	saved, err := w.Dimensions.Save(t.Context(), d, 0)
	require.NoError(t, err)
	assert.Equal(t, SavedDimension{1, []string{"x_Later"}}, saved)

	seen, err := other.Dimensions.ByName(t.Context(), "TEAM")
	require.NoError(t, err)
	assert.Equal(t, d, seen.Dimension)
	assert.Equal(t, "Tester", seen.ChangedBy)
	theirs := d
	theirs.Default = nil
	_, err = other.Dimensions.Save(t.Context(), theirs, seen.Version)
	require.NoError(t, err)

	_, err = w.Dimensions.Save(t.Context(), d, saved.Version)
	require.Equal(t, finops.CodeConflict, finops.CodeOf(err))
	conflict, ok := errors.AsType[*finops.ConflictError](err)
	require.True(t, ok)
	assert.Equal(t, theirs, conflict.Have.(Dimension).Dimension)
	assert.Equal(t, d, conflict.Want.(Dimension).Dimension)

	require.NoError(t, other.Dimensions.Delete(t.Context(), "team", AnyVersion))
	_, err = w.Dimensions.Save(t.Context(), d, 2)
	conflict, ok = errors.AsType[*finops.ConflictError](err)
	require.True(t, ok)
	assert.Nil(t, conflict.Have)
	_, err = w.Dimensions.ByName(t.Context(), "Team")
	assert.Equal(t, finops.CodeNotFound, finops.CodeOf(err))

	_, err = w.Dimensions.Save(t.Context(), rules.Dimension{Name: "Bad", Rules: []rules.Rule{{}}}, 0)
	assert.Equal(t, finops.CodeInvalid, finops.CodeOf(err))
	_, err = ReadDimension(w.Path() + ".json")
	assert.Equal(t, finops.CodeNotFound, finops.CodeOf(err))
	big := writeTable(t, "big.json", "")
	require.NoError(t, os.Truncate(big, 2<<20))
	_, err = ReadDimension(big)
	assert.Equal(t, finops.CodeInvalid, finops.CodeOf(err))
}

func TestDimensions_Preview(t *testing.T) {
	w := newWorkspace(t)
	load(t, w, newTable("SubAccountId").
		line("ResourceId", "Shop-1", "BilledCost", "1").line("ResourceId", "data-1", "BilledCost", "2").line("ResourceId", "shop-2", "BilledCost", "0.25", "BillingCurrency", "EUR").
		line("ResourceId", "", "BilledCost", "8").line("ResourceId", "", "BilledCost", "4", "SubAccountId", "b").line("ResourceId", "", "BilledCost", "3", "SubAccountId", "a").
		file(t, "bill.csv"))
	opts := PreviewOptions{Metric: finops.BilledCost, LeftBy: "SubAccountId", Largest: 1}
	p, err := w.Dimensions.Preview(t.Context(), dimension(t, byPrefix), opts)
	require.NoError(t, err)
	assert.Equal(t, []string{"x_Later"}, p.Missing)
	require.Len(t, p.Rules, 3)
	assert.Equal(t, 2, p.Rules[0].Values)
	assert.Equal(t, map[string]string{"USD": "3", "EUR": "0.25"}, byCurrency(p.Rules[0].Caught))
	assert.Empty(t, p.Rules[1].Caught)
	assert.Equal(t, map[string]string{"USD": "8"}, byCurrency(p.Rules[2].Caught))
	assert.Equal(t, map[string]string{"USD": "7"}, byCurrency(p.Left))
	assert.Equal(t, map[string]string{"USD": "18", "EUR": "0.25"}, byCurrency(p.Totals))
	require.Len(t, p.Largest, 1)
	assert.Equal(t, "b", *p.Largest[0].Keys[0])

	opts.Where, err = filter.Parse("BillingCurrency = EUR")
	require.NoError(t, err)
	p, err = w.Dimensions.Preview(t.Context(), dimension(t, byPrefix), opts)
	require.NoError(t, err)
	assert.Equal(t, map[string]string{"EUR": "0.25"}, byCurrency(p.Totals))
	assert.Empty(t, p.Left)
	_, err = w.Dimensions.ByName(t.Context(), "Team")
	assert.Equal(t, finops.CodeNotFound, finops.CodeOf(err), "a preview keeps nothing")
}

func byCurrency(rows []finops.Row) map[string]string {
	sums := map[string]string{}
	for _, row := range rows {
		sums[row.Currency] = row.Amounts[0].String()
	}
	return sums
}

func TestScopes_KeptAndChangedByVersion(t *testing.T) {
	w := newWorkspace(t)
	where, err := filter.Parse(`provider = AWS and not (Tags/env = "test")`)
	require.NoError(t, err)
	version, err := w.Scopes.Save(t.Context(), " Prod ", where, 0)
	require.NoError(t, err)
	assert.EqualValues(t, 1, version)
	s, err := reopen(t, w.Path()).Scopes.ByName(t.Context(), "prod")
	require.NoError(t, err)
	assert.Equal(t, where, s.Where)
	assert.Equal(t, `Provider = "AWS" and Tags/env != "test"`, s.Text)

	_, err = w.Scopes.Save(t.Context(), "Prod", finops.Not(where), 0)
	conflict, ok := errors.AsType[*finops.ConflictError](err)
	require.True(t, ok)
	assert.Equal(t, s, conflict.Have)
	for name, f := range map[string]finops.Filter{"": where, "Everything": finops.All(), "Missing": finops.If(finops.Condition{Column: "x_None"})} {
		_, err = w.Scopes.Save(t.Context(), name, f, AnyVersion)
		assert.Equal(t, finops.CodeInvalid, finops.CodeOf(err), name)
	}
	require.NoError(t, w.Scopes.Delete(t.Context(), "PROD", AnyVersion))
	list, err := w.Scopes.List(t.Context())
	require.NoError(t, err)
	assert.Empty(t, list)
}

func TestScopes_Renamed(t *testing.T) {
	w := newWorkspace(t)
	where, err := filter.Parse("Tags/env = prod")
	require.NoError(t, err)
	for _, name := range []string{"One", "Two"} {
		_, err = w.Scopes.Save(t.Context(), name, where, 0)
		require.NoError(t, err)
	}
	version, err := w.Scopes.Rename(t.Context(), "one", " ONE ", 1)
	require.NoError(t, err, "only the case")
	assert.EqualValues(t, 2, version)
	_, err = w.Scopes.Rename(t.Context(), "One", "Three", 1)
	_, carries := errors.AsType[*finops.ConflictError](err)
	assert.True(t, carries, "changed since")
	_, err = w.Scopes.Rename(t.Context(), "One", "two", 2)
	assert.Equal(t, finops.CodeConflict, finops.CodeOf(err), "the name is taken")
	_, err = w.Scopes.Rename(t.Context(), "None", "Three", 1)
	assert.Equal(t, finops.CodeNotFound, finops.CodeOf(err))
	_, err = w.Scopes.Rename(t.Context(), "One", "", 2)
	assert.Equal(t, finops.CodeInvalid, finops.CodeOf(err))

	version, err = w.Scopes.Rename(t.Context(), "One", "Three", 2)
	require.NoError(t, err)
	s, err := w.Scopes.ByName(t.Context(), "three")
	require.NoError(t, err)
	assert.Equal(t, version, s.Version)
	assert.Equal(t, where, s.Where)
	_, err = w.Scopes.ByName(t.Context(), "One")
	assert.Equal(t, finops.CodeNotFound, finops.CodeOf(err))
}

func TestDimensions_PreviewOfShadowedRules(t *testing.T) {
	w := newWorkspace(t)
	load(t, w, newTable("ResourceId").line("ResourceId", "shop-1", "BilledCost", "1").line("ResourceId", "data-1", "BilledCost", "2").file(t, "bill.csv"))
	d := dimension(t, `{"name": "Team", "rules": [
		{"where": "ResourceId startswith shop", "value": "shop"},
		{"where": "BilledCost > 1", "value": "large"},
		{"where": "ResourceId is not empty", "value": "all"},
		{"where": "ResourceId = none", "value": "nothing matches"},
		{"where": "x_Later = 1", "value": "no such column"}
	]}`)
	p, err := w.Dimensions.Preview(t.Context(), d, PreviewOptions{Metric: finops.BilledCost, LeftBy: "ResourceId", Currency: "USD"})
	require.NoError(t, err)
	var shadowed [][]int
	for _, r := range p.Rules {
		shadowed = append(shadowed, r.ShadowedBy)
	}
	assert.Equal(t, [][]int{nil, nil, {1, 2}, nil, nil}, shadowed)
}
