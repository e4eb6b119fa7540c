package rules_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/finops/rules"
)

const team = `{
  "name": "Team",
  "rules": [
    {
      "where": "Tags/team is not empty and not Provider = \"AWS\"",
      "from": {
        "column": "Tags/team",
        "lowerCase": true
      }
    },
    {
      "where": "BilledCost >= 0.10",
      "value": "<Shop> & more"
    },
    {
      "where": "",
      "from": {
        "column": "ResourceId",
        "split": "/",
        "part": -1
      }
    }
  ],
  "default": "Unassigned"
}
`

func TestDecode_ReadsWhatEncodeWrites(t *testing.T) {
	d, err := rules.Decode([]byte(team))
	require.NoError(t, err)
	assert.Equal(t, "Unassigned", *d.Default)
	assert.Equal(t, &rules.From{Column: "ResourceId", Split: "/", Part: -1}, d.Rules[2].From)
	text, err := rules.Encode(d)
	require.NoError(t, err)
	assert.Equal(t, strings.Replace(team, `not Provider = \"AWS\"`, `Provider != \"AWS\"`, 1), string(text))
	again, err := rules.Decode(text)
	require.NoError(t, err)
	assert.Equal(t, d, again)
}

func TestDecode_SpellsColumns(t *testing.T) {
	d, err := rules.Decode([]byte(`{"name": "A", "rules": [{"where": "servicename = a", "from": {"column": "tags/Team"}}]}`))
	require.NoError(t, err)
	assert.Equal(t, "ServiceName", d.Rules[0].Where.Condition.Column)
	assert.Equal(t, "Tags/Team", d.Rules[0].From.Column)
	assert.Nil(t, d.Default)
}

func TestDecode_Refuses(t *testing.T) {
	rule := func(text string) string { return `{"name": "A", "rules": [{"where": "", "value": "a"}, ` + text + `]}` }
	for name, c := range map[string]struct{ text, want string }{
		"NoJSON":       {"name,rules", "it is not JSON"},
		"MoreText":     {`{"name": "A", "rules": []} {}`, "There is text after the dimension"},
		"NewerMember":  {`{"name": "A", "rules": [], "steps": 1}`, `it has a member "steps"`},
		"WrongKind":    {`{"name": "A", "rules": 1}`, `"rules" has a value of the wrong kind`},
		"NoName":       {`{"rules": []}`, "The dimension needs a name"},
		"BlankName":    {`{"name": " A", "rules": []}`, "blanks at an end"},
		"ControlName":  {`{"name": "A\u0000", "rules": []}`, "control characters"},
		"LongName":     {`{"name": "` + strings.Repeat("a", 101) + `", "rules": []}`, "longer than 100 characters"},
		"EmptyDefault": {`{"name": "A", "rules": [], "default": ""}`, "Leave it out for no value"},
		"NoValue":      {rule(`{"where": "BilledCost > 1"}`), `Rule 2 of the dimension "A": It has neither a "value" nor a column`},
		"TwoValues":    {rule(`{"where": "", "value": "a", "from": {"column": "ServiceName"}}`), "both"},
		"BadFilter":    {rule(`{"where": "BilledCost >", "value": "a"}`), `Rule 2 of the dimension "A": At character`},
		"Virtual":      {rule(`{"where": "BilledCost > 1 or not dim/B = c", "value": "a"}`), "A rule cannot use the dimension Dim/B"},
		"FromVirtual":  {rule(`{"where": "", "from": {"column": "Dim/B"}}`), "A rule cannot use the dimension Dim/B"},
		"FromNothing":  {rule(`{"where": "", "from": {"lowerCase": true}}`), "names no column"},
		"SplitNoPart":  {rule(`{"where": "", "from": {"column": "Tags/a", "split": "-"}}`), `"split" needs a "part"`},
		"PartNoSplit":  {rule(`{"where": "", "from": {"column": "Tags/a", "part": 1}}`), `"part" needs the separator`},
		"SplitCapture": {rule(`{"where": "", "from": {"column": "Tags/a", "split": "-", "part": 1, "capture": "a"}}`), "not both"},
		"BadCapture":   {rule(`{"where": "", "from": {"column": "Tags/a", "capture": "("}}`), "not a regular expression"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := rules.Decode([]byte(c.text))
			require.Equal(t, finops.CodeInvalid, finops.CodeOf(err), "%v", err)
			assert.Contains(t, finops.MessageOf(err), c.want)
		})
	}
}

func TestCheck_BoundsTheRules(t *testing.T) {
	d := rules.Dimension{Name: "A", Rules: make([]rules.Rule, 5001)}
	assert.Contains(t, finops.MessageOf(d.Check()), "has 5001 rules; it can have 5000")
}

func TestTaker(t *testing.T) {
	for name, c := range map[string]struct {
		from       rules.From
		text, want string // "" = no value
	}{
		"Whole":          {rules.From{}, " Shop ", "Shop"},
		"LowerCase":      {rules.From{LowerCase: true}, "SHOP Ö", "shop ö"},
		"OnlyBlanks":     {rules.From{}, "  ", ""},
		"First":          {rules.From{Split: "-", Part: 1}, "shop-prod-web", "shop"},
		"Last":           {rules.From{Split: "-", Part: -1}, "shop-prod-web", "web"},
		"PartBeyond":     {rules.From{Split: "-", Part: 4}, "shop-prod-web", ""},
		"PartBefore":     {rules.From{Split: "-", Part: -4}, "shop-prod-web", ""},
		"NoSeparator":    {rules.From{Split: "-", Part: 1}, "shop", "shop"},
		"EmptyPart":      {rules.From{Split: "/", Part: 1}, "/a", ""},
		"LongSeparator":  {rules.From{Split: "::", Part: 2, LowerCase: true}, "a::B", "b"},
		"FirstGroup":     {rules.From{Capture: `^team-([a-z]+)-(\d)`}, "team-shop-1", "shop"},
		"NoGroup":        {rules.From{Capture: `\d+`}, "shop42x", "42"},
		"NoMatch":        {rules.From{Capture: `\d+`}, "shop", ""},
		"GroupUnmatched": {rules.From{Capture: `a|(b)`}, "a", ""},
	} {
		t.Run(name, func(t *testing.T) {
			take, err := c.from.Taker()
			require.NoError(t, err)
			value, ok := take(c.text)
			assert.Equal(t, c.want, value)
			assert.Equal(t, c.want != "", ok)
		})
	}
}

func TestIsVirtual(t *testing.T) {
	assert.True(t, rules.IsVirtual("Dim/Team"))
	assert.True(t, rules.IsVirtual("dim/a"))
	for _, column := range []string{"Dim/", "Dimension", "Tags/Dim/a", ""} {
		assert.False(t, rules.IsVirtual(column), column)
	}
}
