package cli

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/finops/filter"
)

func TestFilterFlags_Where(t *testing.T) {
	f := filterFlags{where: []string{"ProviderName=AWS|Google Cloud", `Tags/env is empty or BilledCost > 5`}}
	got, err := f.parse()
	require.NoError(t, err)
	assert.Equal(t, `ProviderName in ("AWS", "Google Cloud") and (Tags/env is empty or BilledCost > 5)`, filter.Print(got.where))
	for _, text := range []string{"", " ", "ProviderName", "ProviderName=", "ProviderName==AWS", `x="open`, "not nothing"} {
		f := filterFlags{where: []string{text}}
		_, err := f.parse()
		assert.Equal(t, finops.CodeInvalid, finops.CodeOf(err), text)
		assert.Contains(t, finops.MessageOf(err), "--where", text)
	}
}

func TestWhereError_Excerpt(t *testing.T) {
	for text, want := range map[string]string{
		`Provider eq "AWS"`:         "  Provider eq \"AWS\"\n           ^^",
		"a = 1 and\n 日本 like \"x\"": "   日本 like \"x\"\n        ^^^^",
		"a\tlike \"x\"":             "  a\\tlike \"x\"\n     ^^^^",
		`Provider =`:                "  Provider =\n            ^",
		"a = \"open\nb":             "  a = \"open\n      ^",
	} {
		_, err := parseWhere(text)
		var e *whereError
		require.ErrorAs(t, err, &e, text)
		assert.Equal(t, want, strings.Join(e.excerpt(), "\n"), text)
	}
}

func TestFilterFlags_Period(t *testing.T) {
	f := filterFlags{from: "2026-10-01", to: "2026-10-31"}
	got, err := f.parse()
	require.NoError(t, err)
	assert.Equal(t, "2026-10-01", got.from.String())
	assert.Equal(t, "2026-10-31", got.to.String())
	for _, f := range []filterFlags{{from: "2026-10"}, {to: "31.10.2026"}, {from: "2026-02-30"}, {from: "2026-10-02", to: "2026-10-01"}} {
		_, err := f.parse()
		assert.Equal(t, finops.CodeInvalid, finops.CodeOf(err), f)
	}
}

func TestParseMetrics(t *testing.T) {
	got, err := parseMetrics([]string{" billed", "EffectiveCost", "BilledCost"})
	require.NoError(t, err)
	assert.Equal(t, []finops.Metric{finops.BilledCost, finops.EffectiveCost}, got)
	for _, bad := range [][]string{nil, {""}, {"Cost"}} {
		_, err := parseMetrics(bad)
		assert.Equal(t, finops.CodeInvalid, finops.CodeOf(err), bad)
	}
}
