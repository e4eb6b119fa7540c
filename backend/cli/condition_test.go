package cli

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"cloud-intelligence/backend/finops"
)

func values(texts ...string) []*string {
	list := make([]*string, len(texts))
	for i := range texts {
		list[i] = &texts[i]
	}
	return list
}

func TestParseCondition(t *testing.T) {
	for text, want := range map[string]finops.Condition{
		"ProviderName=AWS":                {Column: "ProviderName", Op: finops.OpIn, Values: values("AWS")},
		"provider_name = AWS ":            {Column: "ProviderName", Op: finops.OpIn, Values: values("AWS")},
		"ProviderName!=AWS":               {Column: "ProviderName", Op: finops.OpNotIn, Values: values("AWS")},
		"ProviderName != AWS":             {Column: "ProviderName", Op: finops.OpNotIn, Values: values("AWS")},
		"ServiceName~sql":                 {Column: "ServiceName", Op: finops.OpContains, Values: values("sql")},
		"ServiceName~a|b":                 {Column: "ServiceName", Op: finops.OpContains, Values: values("a", "b")},
		"ProviderName=AWS | Google Cloud": {Column: "ProviderName", Op: finops.OpIn, Values: values("AWS", "Google Cloud")},
		"RegionId=NULL":                   {Column: "RegionId", Op: finops.OpIn, Values: []*string{nil}},
		"RegionId!=eu-west-1|NULL":        {Column: "RegionId", Op: finops.OpNotIn, Values: append(values("eu-west-1"), nil)},
		`RegionId="NULL"`:                 {Column: "RegionId", Op: finops.OpIn, Values: values("NULL")},
		"RegionId=null":                   {Column: "RegionId", Op: finops.OpIn, Values: values("null")},
		`x_Note="a|b"|c`:                  {Column: "x_Note", Op: finops.OpIn, Values: values("a|b", "c")},
		`x_Note="say ""hi"""`:             {Column: "x_Note", Op: finops.OpIn, Values: values(`say "hi"`)},
		`x_Note=" padded "`:               {Column: "x_Note", Op: finops.OpIn, Values: values(" padded ")},
		`x_Note=""`:                       {Column: "x_Note", Op: finops.OpIn, Values: values("")},
		`x_Note=5" disk`:                  {Column: "x_Note", Op: finops.OpIn, Values: values(`5" disk`)},
		"Tags/team=red":                   {Column: "Tags/team", Op: finops.OpIn, Values: values("red")},
		"tags/Cost Center=1":              {Column: "Tags/Cost Center", Op: finops.OpIn, Values: values("1")},
		"ResourceId=a=b~c":                {Column: "ResourceId", Op: finops.OpIn, Values: values("a=b~c")},
		"ResourceId=a!=b":                 {Column: "ResourceId", Op: finops.OpIn, Values: values("a!=b")},
		"HasTags=Untagged":                {Column: "HasTags", Op: finops.OpIn, Values: values("Untagged")},
	} {
		got, err := parseCondition(text)
		if assert.NoError(t, err, text) {
			assert.Equal(t, want, got, text)
		}
	}
	for _, text := range []string{
		"", "ProviderName", "=AWS", "!=AWS", " ~x", "ProviderName=", "ProviderName= |AWS", "ProviderName=AWS|", "ProviderName==AWS", "ServiceName!~x",
		"BilledCost>=5", "BilledCost<=5", `x="open`, `x="a"b`, "ServiceName~NULL", "ServiceName=~x",
	} {
		_, err := parseCondition(text)
		assert.Equal(t, finops.CodeInvalid, finops.CodeOf(err), text)
		assert.Contains(t, finops.MessageOf(err), "--where '"+text+"': ")
	}
}

func TestParseCondition_QuotedValuesComeBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		texts := rapid.SliceOfN(rapid.String(), 1, 4).Draw(t, "values")
		quoted := make([]string, len(texts))
		for i, text := range texts {
			quoted[i] = `"` + strings.ReplaceAll(text, `"`, `""`) + `"`
		}
		c, err := parseCondition("x_Note=" + strings.Join(quoted, "|"))
		if err != nil {
			t.Fatal(err)
		}
		if len(c.Values) != len(texts) {
			t.Fatalf("%d values, want %d", len(c.Values), len(texts))
		}
		for i, v := range c.Values {
			if *v != texts[i] {
				t.Fatalf("value %d is %q, want %q", i, *v, texts[i])
			}
		}
	})
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
