package budget

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestReadPasted(t *testing.T) {
	for name, c := range map[string]struct{ text, currency, first, want string }{
		"a period on each line":     {"2026-10\t1,500.50\n2026-11\t1,600\n", "USD", "", "2026-10=1500.50 2026-11=1600"},
		"a head":                    {"Month\tBudget\nOct 2026\t$1,500\nNov-26\t1600", "USD", "", "2026-10=1500 2026-11=1600"},
		"commas before fractions":   {"10/2026;1.500,50\n2026/11;1 600,5 EUR", "EUR", "", "2026-10=1500.50 2026-11=1600.5"},
		"periods on the first line": {"\tOct 2026\t2026-11-01\nBudget\t1'500\t1.600", "CHF", "", "2026-10=1500 2026-11=1600"},
		"amounts alone":             {"Budget\n100\n200\n300", "USD", "2026-11", "2026-11=100 2026-12=200 2027-01=300"},
		"amounts on one line":       {"100\t200", "USD", "FY2027-P12", "FY2027-P12=100 FY2028-P01=200"},
		"quarters alone":            {"100\n200", "USD", "2026-Q4", "2026-Q4=100 2027-Q1=200"},
		"any days":                  {"2026-10-05/2026-11-04\t5", "USD", "", "2026-10-05/2026-11-04=5"},
		"three digits":              {"2026-10\t1.234", "KWD", "", "1: \"1.234\" can be read in two ways; write it without a sign of thousands."},
		"what is wrong":             {"2026-10\t1\nsoon\t2\n2026-11\tmuch\n2026-10\t3\n2026-12", "USD", "", "2: \"soon\" is not a period; write 2026-10, Oct 2026, 2026-Q4, 2026, FY2026-P01 or FROM/TO. 3: \"much\" is not an amount. 4: 2026-10 is there twice. 5: Write a period and an amount."},
		"no first period":           {"100\n200", "USD", "", "1: The amounts have no periods. Say in which one the first of them is."},
		"another count":             {"2026-10\t2026-11\n1\t2\t3\t4", "USD", "", "2: There are 2 periods and 4 amounts."},
		"nothing":                   {" \n", "USD", "", "1: There are no amounts."},
		"a negative amount":         {"2026-10\t-5", "USD", "", "1: \"-5\" is not an amount."},
		"groups of two":             {"2026-10\t1,50,000", "USD", "", "1: \"1,50,000\" is not an amount."},
	} {
		t.Run(name, func(t *testing.T) {
			list, problems := ReadPasted(Calendar{FirstMonth: 7}, c.text, c.currency, c.first)
			var got []string
			for _, a := range list {
				got = append(got, a.Period+"="+a.Amount.String())
			}
			for _, p := range problems {
				got = append(got, string(rune('0'+p.Line))+": "+p.Problem)
			}
			require.Equal(t, c.want, strings.Join(got, " "))
		})
	}
}

func TestCalendar_Next(t *testing.T) {
	c := Calendar{FirstMonth: 7}
	for text, want := range map[string]string{
		"2026-12": "2027-01", "2026-Q4": "2027-Q1", "2026-Q1": "2026-Q2", "2026": "2027", "FY2026": "FY2027", "FY2026-Q4": "FY2027-Q1", "FY2026-P11": "FY2026-P12", "2026-10-05/2026-10-11": "2026-10-12/2026-10-18",
	} {
		p, err := c.Parse(text)
		require.NoError(t, err)
		next := c.Next(p)
		require.Equal(t, want, next.Name)
		require.Equal(t, p.Last+1, next.First)
	}
}

// FuzzReadPasted reads any text without failing, and what it reads is a budget's.
func FuzzReadPasted(f *testing.F) {
	f.Add("2026-10\t1,500.50\n2026-11\t1,600", "2026-01")
	f.Add("Oct 2026\t2026-11-01\nBudget\t1'500", "")
	f.Fuzz(func(t *testing.T, text, first string) {
		list, problems := ReadPasted(Calendar{}, text, "USD", first)
		if len(list) > 0 && len(problems) > 0 {
			t.Fatal("amounts and problems")
		}
		for _, a := range list {
			if a.Amount.Sign() < 0 {
				t.Fatal("a negative amount")
			}
		}
	})
}
