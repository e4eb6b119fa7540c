package mappedfile

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/finops"
)

func TestReadNumber(t *testing.T) {
	const none = "no"
	for _, c := range []struct {
		text                string
		plain, point, comma string
		currency            string
	}{
		{"12", "12", "12", "12", ""},
		{"12.50", "12.50", "12.50", none, ""},
		{"12,50", "12.50", none, "12.50", ""},
		{"1.234", none, "1.234", "1234", ""},
		{"1,234", none, "1234", "1.234", ""},
		{"0.125", "0.125", "0.125", none, ""},
		{"1,234.56", "1234.56", "1234.56", none, ""},
		{"1.234,56", "1234.56", none, "1234.56", ""},
		{"1.234.567", "1234567", none, "1234567", ""},
		{"12,34,567.8", "1234567.8", "1234567.8", none, ""},
		{"1 234 567,8", "1234567.8", none, "1234567.8", ""},
		{"1\u202f234,8", "1234.8", none, "1234.8", ""},
		{"1'234.50", "1234.50", "1234.50", none, ""},
		{"1234.567", "1234.567", "1234.567", none, ""},
		{"-5", "-5", "-5", "-5", ""},
		{"\u22125", "-5", "-5", "-5", ""},
		{"5-", "-5", "-5", "-5", ""},
		{"(1,234.50)", "-1234.50", "-1234.50", none, ""},
		{"+5", "5", "5", "5", ""},
		{"$1,234.50", "1234.50", "1234.50", none, ""},
		{"-$3.5", "-3.5", "-3.5", none, ""},
		{"$-3.5", "-3.5", "-3.5", none, ""},
		{"€ 3,5", "3.5", none, "3.5", "EUR"},
		{"3,50 €", "3.50", none, "3.50", "EUR"},
		{"USD 12.00", "12.00", "12.00", none, "USD"},
		{"12.00 EUR", "12.00", "12.00", none, "EUR"},
		{"USD (12.00)", "-12.00", "-12.00", none, "USD"}, {"(USD 12.00)", "-12.00", "-12.00", none, "USD"}, {"($12.50)", "-12.50", "-12.50", none, ""}, {"12.50- EUR", "-12.50", "-12.50", none, "EUR"},
		{"-(5)", none, none, none, ""}, {"((5))", none, none, none, ""}, {"(-5)", none, none, none, ""}, {"EUR USD 5", none, none, none, ""},
		{"CHF 12.-", "12", "12", "12", "CHF"}, {"12.\u2013 CHF", "12", "12", "12", "CHF"}, {"1'234.--", "1234", "1234", "1234", ""}, {"-12,-", "-12", "-12", "-12", ""}, {"\u20135", "-5", "-5", "-5", ""},
		{"US$ 5", "5", "5", "5", "USD"}, {"5 US$", "5", "5", "5", "USD"}, {".-", none, none, none, ""},
		{"1.2E-05", "0.000012", "0.000012", none, ""},
		{"5e3", "5000", "5000", "5000", ""},
		{".5", "0.5", "0.5", none, ""},
		{"", none, none, none, ""}, {"-", none, none, none, ""}, {".", none, none, none, ""}, {"abc", none, none, none, ""}, {"12%", none, none, none, ""},
		{"1,23,4", none, none, none, ""}, {"1..2", none, none, none, ""}, {"--5", none, none, none, ""}, {"1 2", none, none, none, ""}, {"(5", none, none, none, ""}, {"NaN", none, none, none, ""},
	} {
		for d, want := range map[Decimal]string{DecimalPlain: c.plain, DecimalPoint: c.point, DecimalComma: c.comma} {
			t.Run(fmt.Sprintf("%q_%s", c.text, d), func(t *testing.T) {
				got, currency, ok := readNumber(nil, []byte(c.text), d)
				if want == none {
					assert.False(t, ok, "got %s", got)
					return
				}
				require.True(t, ok)
				wanted, err := finops.ParseAmount([]byte(want))
				require.NoError(t, err)
				assert.Equal(t, wanted.String(), string(got))
				assert.Equal(t, c.currency, currency)
			})
		}
	}
}

// FuzzReadNumber wants every number that is read to be the canonical text of an amount, and
// a number that can be read in one way only to be the same with that decimal sign.
func FuzzReadNumber(f *testing.F) {
	for _, seed := range []string{"1,234.5", "€ 1.234,50-", "(5)", "1e-9", "12,34,567", "−3", "USD5", "\xff", "zł 3"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got := map[Decimal]string{}
		for _, d := range []Decimal{DecimalPlain, DecimalPoint, DecimalComma} {
			number, currency, ok := readNumber(nil, []byte(text), d)
			if !ok {
				continue
			}
			amount, err := finops.ParseAmount(number)
			require.NoError(t, err)
			require.Equal(t, string(number), amount.String())
			if currency != "" {
				require.Len(t, currency, 3)
			}
			got[d] = string(number)
			again, _, ok := readNumber(nil, number, DecimalPoint)
			require.True(t, ok)
			require.Equal(t, string(number), string(again))
			if number[0] != '-' || amount.Sign() != 0 {
				require.Equal(t, amount.Neg().String(), string(negate(number)))
			}
		}
		if plain, ok := got[DecimalPlain]; ok {
			require.Contains(t, []string{got[DecimalPoint], got[DecimalComma]}, plain)
		}
		if point, ok := got[DecimalPoint]; ok && got[DecimalComma] == point {
			require.Equal(t, point, got[DecimalPlain], "both signs agree, so there is one way to read it")
		}
	})
}
