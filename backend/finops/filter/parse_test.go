package filter_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/finops/filter"
)

func values(texts ...string) []*string {
	list := make([]*string, len(texts))
	for i := range texts {
		list[i] = &texts[i]
	}
	return list
}

func is(column string, op finops.Op, texts ...string) finops.Filter {
	return finops.If(finops.Condition{Column: column, Op: op, Values: values(texts...)})
}

// TestParse has what people write and how it is printed.
func TestParse(t *testing.T) {
	for text, want := range map[string]string{
		"": "", "  \n": "",
		`Provider = "AWS" and (Tags/env in ("prod","stage") or Tags/env is empty) and not RegionId startswith "eu-"`: `Provider = "AWS" and (Tags/env in ("prod", "stage") or Tags/env is empty) and not RegionId startswith "eu-"`,
		`a = 1 or b = 2 and c = 3`:      `a = "1" or (b = "2" and c = "3")`,
		`(a = 1 or b = 2) and c = 3`:    `(a = "1" or b = "2") and c = "3"`,
		`((a = 1) and (b = 2)) AND c=3`: `a = "1" and b = "2" and c = "3"`,
		`not (a = 1 or b = 2)`:          `not (a = "1" or b = "2")`,
		`NOT NOT a = 1`:                 `a = "1"`,
		`not a = 1`:                     `a != "1"`,
		`not(a = 1 and b > 2)`:          `not (a = "1" and b > 2)`,
		`nothing`:                       `nothing`,
		`not nothing`:                   ``,
		`nothing or a = 1`:              `a = "1"`,
		`nothing = 1`:                   `"nothing" = "1"`,

		`billed_cost > 1e3`:               `BilledCost > "1e3"`,
		`BilledCost ≥ -0.50`:              `BilledCost >= -0.50`,
		`ChargePeriodStart<2026-10-01`:    `ChargePeriodStart < 2026-10-01`,
		`x_Hours <= 5`:                    `x_Hours <= 5`,
		`PROVIDER ≠ aws`:                  `Provider != "aws"`,
		`provider is AWS`:                 `Provider = "AWS"`,
		`Provider Is Not "AWS"`:           `Provider != "AWS"`,
		`Provider is in (AWS, "a, b")`:    `Provider in ("AWS", "a, b")`,
		`Tags/env is not empty`:           `Tags/env is not empty`,
		`Tags/env = NULL`:                 `Tags/env is empty`,
		`Tags/env not in (prod, NULL)`:    `Tags/env not in ("prod", NULL)`,
		`Tags/env in ()`:                  `Tags/env in ()`,
		`Tags/env in (prod, prod)`:        `Tags/env = "prod"`,
		`RegionId starts with eu-`:        `RegionId startswith "eu-"`,
		`RegionId not endswith "a"|"b"`:   `not RegionId endswith ("a", "b")`,
		`ResourceId matches "^i-[0-9]+$"`: `ResourceId matches "^i-[0-9]+$"`,
		`"Tags/Cost Center" = 1`:          `"Tags/Cost Center" = "1"`,
		`"billedcost" = 1`:                `"billedcost" = "1"`,
		`"a""b" = 1`:                      `"a""b" = "1"`,
		`x = "line
feed"`: "x = \"line\nfeed\"",

		// As conditions of the command line are written since its first version.
		"ProviderName=AWS | Google Cloud":                `ProviderName in ("AWS", "Google Cloud")`,
		"provider_name != AWS ":                          `ProviderName != "AWS"`,
		"ServiceName~a|b":                                `ServiceName contains ("a", "b")`,
		"RegionId!=eu-west-1|NULL":                       `RegionId not in ("eu-west-1", NULL)`,
		`RegionId="NULL"`:                                `RegionId = "NULL"`,
		"RegionId=null":                                  `RegionId = "null"`,
		`x_Note="a|b"|c`:                                 `x_Note in ("a|b", "c")`,
		`x_Note="say ""hi"""`:                            `x_Note = "say ""hi"""`,
		`x_Note=" padded "`:                              `x_Note = " padded "`,
		`x_Note=5" disk`:                                 `x_Note = "5"" disk"`,
		`x_Note=""`:                                      `x_Note = ""`,
		"tags/Cost Center=1":                             `"Tags/Cost Center" = "1"`,
		"Cost (USD)=1":                                   `"Cost (USD)" = "1"`,
		"ResourceId=a=b~c":                               `ResourceId = "a=b~c"`,
		"ResourceId=a!=b":                                `ResourceId = "a!=b"`,
		"ServiceCategory=AI and Machine Learning":        `ServiceCategory = "AI and Machine Learning"`,
		"ServiceName=Foo (Bar), Inc":                     `ServiceName = "Foo (Bar), Inc"`,
		"(ServiceName=Foo (Bar), Inc) or hastags=Tagged": `ServiceName = "Foo (Bar), Inc" or HasTags = "Tagged"`,
		"a = Search and Find and not (b = Search)":       `a = "Search and Find" and b != "Search"`,
		`a=x and "b c"=y`:                                `a = "x" and "b c" = "y"`,
		"x_Note=empty":                                   `x_Note = "empty"`,
		"region=eu":                                      `RegionId = "eu"`,
	} {
		f, err := filter.Parse(text)
		if assert.NoError(t, err, text) {
			assert.Equal(t, want, filter.Print(f), text)
			assert.NoError(t, f.Check())
		}
	}
}

func TestParse_Tree(t *testing.T) {
	f, err := filter.Parse(`Provider = "AWS" and (Tags/env in ("prod", NULL) or BilledCost > 5) and not RegionId startswith "eu-"`)
	require.NoError(t, err)
	assert.Equal(t, finops.All(
		is("Provider", finops.OpIn, "AWS"),
		finops.Any(
			finops.If(finops.Condition{Column: "Tags/env", Op: finops.OpIn, Values: append(values("prod"), nil)}),
			is("BilledCost", finops.OpGreater, "5"),
		),
		finops.Not(is("RegionId", finops.OpStartsWith, "eu-")),
	), f)
}

// TestParse_Errors has the place of each mistake between « and ».
func TestParse_Errors(t *testing.T) {
	for text, want := range map[string]string{
		`«Provider»`:                          `There is no operator after "Provider". A condition is written like Provider = "AWS".`,
		`Provider «eq» "AWS"`:                 `"eq" is not an operator. Did you mean =?`,
		`Provider «like» AWS`:                 `"like" is not an operator. Did you mean contains?`,
		`RegionId «startwith» "eu"`:           `"startwith" is not an operator. Did you mean startswith?`,
		`Provider «==» AWS`:                   `"==" is not an operator. Did you mean =?`,
		`Provider «<>» AWS`:                   `"<>" is not an operator. Did you mean !=?`,
		`BilledCost «=>» 5`:                   `"=>" is not an operator. Did you mean >=?`,
		`Name «!~» x`:                         `"!~" is not an operator. Did you mean not contains?`,
		`Provider = "AWS" «nad» x = 1`:        `Only and, or or the end can follow a condition. Did you mean and?`,
		`Provider = "AWS" «&&» x = 1`:         `Only and, or or the end can follow a condition. Did you mean and?`,
		`Provider = "AWS" «x» = 1`:            `Only and, or or the end can follow a condition.`,
		`Provider = «'AWS'»`:                  `Put text in double quotes. Did you mean "AWS"?`,
		`Provider = «"»AWS`:                   `This quote is not closed.`,
		`Provider = "A"«WS»`:                  `There is text after the closing quote.`,
		`«"»Provider = AWS`:                   `This quote is not closed.`,
		`«""» = AWS`:                          `The name of a column is missing here.`,
		`«=AWS»`:                              `The name of a column is missing here.`,
		`Provider = AWS and or«»`:             `The name of a column is missing here.`,
		`(a = 1 and «)»`:                      `The name of a column is missing here.`,
		`Provider =«»`:                        `A value is missing here.`,
		`Provider = AWS|«»`:                   `A value is missing here.`,
		`Provider = «|»|AWS`:                  `A value is missing here.`,
		`«(»a = 1 or b = 2`:                   `This parenthesis is not closed.`,
		`a in «(»1, 2`:                        `This parenthesis is not closed.`,
		`a in ("1" «"2"»)`:                    `A comma or a closing parenthesis is missing here.`,
		`a in (1, «)»`:                        `A value is missing here.`,
		`a in «1»,`:                           `The values of "in" stand in parentheses, separated by commas.`,
		`a = "1" «)» and b = 2`:               `This parenthesis was not opened.`,
		`a «not 1»`:                           `After "not" comes in, contains, startswith, endswith or matches.`,
		`a «not contans» x`:                   `After "not" comes in, contains, startswith, endswith or matches. Did you mean contains?`,
		`a = 1 and b «like» "x"`:              `"like" is not an operator. Did you mean contains?`,
		`a = 1 and "b" «»`:                    `There is no operator here.`,
		`BilledCost > «abc»`:                  `"abc" is not a number; BilledCost is compared with a number such as 12.50.`,
		`ChargePeriodStart > «5»`:             `"5" is not a day`,
		`ChargePeriodStart > «2026-02-30»`:    `"2026-02-30" is not a day`,
		`x_Size > «big» or a = 1`:             `"big" is neither a number such as 12.50 nor a day`,
		`BilledCost > «5|6»`:                  `one number or day only`,
		`ServiceName ~ «NULL»`:                `"is empty"`,
		`ServiceName matches «"("»`:           `is not a regular expression`,
		"a = \"1\" and\n  \"b\" «»":           `There is no operator`,
		strings.Repeat("(", 100) + "«(»a = 1": `nested too deeply`,
	} {
		before, rest, _ := strings.Cut(text, "«")
		marked, after, _ := strings.Cut(rest, "»")
		_, err := filter.Parse(before + marked + after)
		var e *filter.Error
		if !assert.ErrorAs(t, err, &e, text) {
			continue
		}
		assert.Contains(t, e.Error(), want, text)
		assert.Equal(t, len(before), e.Offset, text)
		assert.Equal(t, len(marked), e.Length, text)
		assert.Equal(t, finops.CodeInvalid, finops.CodeOf(err))
		assert.Equal(t, e.Error(), finops.MessageOf(err))
	}
}

func TestParse_ErrorNamesLineAndCharacter(t *testing.T) {
	_, err := filter.Parse("Größe = \"ä\"\n  and ü «eq")
	assert.ErrorContains(t, err, `Line 2, character 7: There is no operator after "ü «eq".`)
	_, err = filter.Parse(`Größe eq "1"`)
	assert.ErrorContains(t, err, `At character 7: "eq" is not an operator.`)
	_, err = filter.Parse("a = \xff")
	assert.ErrorContains(t, err, "UTF-8")
}

func TestColumnIn(t *testing.T) {
	text := `a = 1 or (regoin startswith "eu" and "b c" > 2)`
	at, ok := filter.ColumnIn(text, "regoin")
	require.True(t, ok)
	assert.Equal(t, filter.Span{Offset: 10, Length: 6, Line: 1, Character: 11}, at)
	at, ok = filter.ColumnIn(text, "b c")
	require.True(t, ok)
	assert.Equal(t, `"b c"`, text[at.Offset:at.Offset+at.Length])
	_, ok = filter.ColumnIn(text, "c")
	assert.False(t, ok)
}

// TestJSON holds the form that pages, rules and scopes keep.
func TestJSON(t *testing.T) {
	f, err := filter.Parse(`Provider = "AWS" and (Tags/env in ("prod", NULL) or not RegionId startswith "eu-")`)
	require.NoError(t, err)
	data, err := json.Marshal(f)
	require.NoError(t, err)
	assert.JSONEq(t, `{"kind": "all", "parts": [
		{"kind": "condition", "condition": {"column": "Provider", "op": "in", "values": ["AWS"]}},
		{"kind": "any", "parts": [
			{"kind": "condition", "condition": {"column": "Tags/env", "op": "in", "values": ["prod", null]}},
			{"kind": "not", "parts": [{"kind": "condition", "condition": {"column": "RegionId", "op": "starts_with", "values": ["eu-"]}}]}
		]}
	]}`, string(data))
	back, err := filter.FromJSON(data)
	require.NoError(t, err)
	assert.Equal(t, f, back)
	for _, bad := range []string{
		``, `[]`, `{"kind": "some"}`, `{"kind": "not"}`, `{"kind": "condition"}`, `{"kind": "all", "where": 1}`, `{"kind": "all"} {}`,
		`{"kind": "condition", "condition": {"column": "a", "op": "like", "values": []}}`, `{"kind": "condition", "condition": {"column": "", "op": "in", "values": []}}`,
		`{"kind": "all", "condition": {"column": "a", "op": "in", "values": []}}`, `{"kind": "condition", "condition": {"column": "a", "op": "less", "values": ["x"]}}`,
		strings.Repeat(`{"kind": "not", "parts": [`, 101) + `{"kind": "all"}` + strings.Repeat(`]}`, 101),
	} {
		_, err := filter.FromJSON([]byte(bad))
		assert.Equal(t, finops.CodeInvalid, finops.CodeOf(err), bad)
	}
}

func TestHash(t *testing.T) {
	hash := func(text string) string {
		f, err := filter.Parse(text)
		require.NoError(t, err, text)
		return filter.Hash(f)
	}
	for a, b := range map[string]string{
		`a = 1 and b = 2`:                   `(b = 2) and not a != 1 and b = 2`,
		`a in (1, NULL, 2)`:                 `a in (2, NULL, 1, 1)`,
		`a = 1 or (b = 2 and not c > 3)`:    `(not c > 3 and b = 2) or a = "1"`,
		`PROVIDERNAME = x`:                  `"ProviderName" = x`,
		`not (a = 1 or b = 2) or not (a=1)`: `a != 1 or not (b = 2 or a = 1)`,
	} {
		assert.Equal(t, hash(a), hash(b), a)
	}
	different := map[string]string{}
	for _, text := range []string{``, `nothing`, `a = 1`, `a != 1`, `a = 1 or b = 2`, `a = 1 and b = 2`, `a ~ 1`, `a > 1`, `a >= 1`, `a is empty`, `a = ""`, `a = "NULL"`} {
		h := hash(text)
		assert.Empty(t, different[h], text)
		different[h] = text
	}
}

func TestClosest(t *testing.T) {
	names := []string{"RegionId", "RegionName", "ResourceId", "ServiceName"}
	for name, want := range map[string]string{"RegoinId": "RegionId", "regionid": "RegionId", "Servicename": "ServiceName", "ServicName": "ServiceName", "Region": "RegionId", "Team": "", "": ""} {
		assert.Equal(t, want, filter.Closest(name, names), name)
	}
}
