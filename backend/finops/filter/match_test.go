package filter_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/finops/filter"
)

func TestMatcher(t *testing.T) {
	for text, cases := range map[string]struct{ yes, no []string }{
		`RegionId = "eu-west-1"`:             {[]string{"eu-west-1"}, []string{"EU-WEST-1", "eu-west-1a", "", "∅"}},
		`RegionId != "eu-west-1"`:            {[]string{"EU-WEST-1", "∅"}, []string{"eu-west-1"}},
		`RegionId in ("a", NULL)`:            {[]string{"a", "∅"}, []string{"b"}},
		`RegionId not in ("a", NULL)`:        {[]string{"b"}, []string{"a", "∅"}},
		`RegionId is empty`:                  {[]string{"∅"}, []string{"a"}},
		`ServiceName contains "SQL"`:         {[]string{"Azure Sql", "mysql"}, []string{"Storage", "∅", "sq l"}},
		`ServiceName contains "ÄR"`:          {[]string{"Wärme", "WÄRME"}, []string{"Warme"}},
		`ServiceName contains "k"`:           {[]string{"\u212a"}, nil}, // the Kelvin sign is a k
		`ServiceName startswith ("a", "B")`:  {[]string{"Abc", "b"}, []string{"cab", "∅"}},
		`ServiceName endswith "DB"`:          {[]string{"DynamoDB", "db"}, []string{"DBx", "∅"}},
		`ServiceName matches "^i-[0-9]+$"`:   {[]string{"i-12"}, []string{"I-12", "i-12x", "∅"}},
		`ServiceName matches "(?i)^I"`:       {[]string{"i-12"}, []string{"a", "∅"}},
		`ServiceName in ()`:                  {nil, []string{"a", "", "∅"}},
		`ServiceName not in ()`:              {[]string{"a", "∅"}, nil},
		`ListUnitPrice = 1.5`:                {[]string{"1.5", "1.50", "15e-1"}, []string{"1.51", "∅"}},
		`x_Size = 1.5`:                       {[]string{"1.5"}, []string{"1.50"}},
		`x_Size > 1.5`:                       {[]string{"1.51", "20", "$1,000"}, []string{"1.50", "-2", "two", "∅"}},
		`ListUnitPrice <= 0.1`:               {[]string{"0.1", "0.10", "-5"}, []string{"0.10000000000000000000000000000001", "∅"}},
		`ChargePeriodStart >= 2026-10-02`:    {[]string{"2026-10-02", "2026-10-02T00:00:00Z", "2026-11-01 05:00:00"}, []string{"2026-10-01T23:59:59Z", "soon", "∅"}},
		`ChargePeriodStart < 2026-10-02`:     {[]string{"2026-10-01T23:59:59Z", "2026-10-02T01:00:00+02:00"}, []string{"2026-10-02T00:00:00Z", "∅"}},
		`ChargePeriodStart = 2026-10-02`:     {[]string{"2026-10-02", "2026-10-02T23:00:00Z"}, []string{"2026-10-03", "∅"}},
		`BillingPeriodEnd = "2026-10-02T0Z"`: {[]string{"2026-10-02T0Z"}, []string{"2026-10-02"}},
		`Tags/until > 2026-10-02`:            {[]string{"2026-10-03"}, []string{"2026-10-02", "never"}},
	} {
		f, err := filter.Parse(text)
		require.NoError(t, err, text)
		m, err := filter.NewMatcher(*f.Condition)
		require.NoError(t, err, text)
		for _, v := range cases.yes {
			assert.True(t, m.Match(valueOf(v)), "%s: %s", text, v)
		}
		for _, v := range cases.no {
			assert.False(t, m.Match(valueOf(v)), "%s: %s", text, v)
		}
	}
	_, err := filter.NewMatcher(finops.Condition{Column: "a", Op: "like"})
	assert.Equal(t, finops.CodeInvalid, finops.CodeOf(err))
}

// valueOf makes ∅ no value.
func valueOf(text string) *string {
	if text == "∅" {
		return nil
	}
	return &text
}

func BenchmarkMatcher(b *testing.B) {
	value := "arn:aws:ec2:eu-west-1:123456789012:instance/i-0123456789abcdef0"
	for _, text := range []string{`ResourceId = "i-1"`, `ResourceId contains "I-1"`, `ResourceId matches "^arn:aws:s3"`} {
		f, err := filter.Parse(text)
		require.NoError(b, err)
		m, err := filter.NewMatcher(*f.Condition)
		require.NoError(b, err)
		b.Run(string(f.Condition.Op), func(b *testing.B) {
			for b.Loop() {
				m.Match(&value)
			}
		})
	}
}
