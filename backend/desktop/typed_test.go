package desktop

import (
	"testing"

	"cloud-intelligence/backend/finops"
)

func TestTypedAmount(t *testing.T) {
	for _, c := range []struct{ text, currency, want string }{
		{"11500", "USD", "11500"},
		{"11,500", "USD", "11500"},
		{"11,500.00", "USD", "11500.00"},
		{"1,234,567.8", "USD", "1234567.8"},
		{"11 500", "EUR", "11500"},
		{"11\u00a0500,5", "EUR", "11500.5"},
		{"1.234,50", "EUR", "1234.50"},
		{"11,5", "EUR", "11.5"},
		{"11.500", "USD", "11.500"}, // as an amount that is kept is shown
		{"8333.333", "USD", "8333.333"},
		{" $ 11,500 ", "USD", "11500"},
		{"11,500 USD", "USD", "11500"},
		{"-8", "", "-8"},
		{"\u22128.5", "", "-8.5"},
		{"5,000", "", "5000"},
		{"1,234.500", "KWD", "1234.500"},
	} {
		a, err := typedAmount(c.text, c.currency)
		if err != nil || a.String() != c.want {
			t.Errorf("typedAmount(%q, %s) = %s, %v, want %s", c.text, c.currency, a, err, c.want)
		}
	}
	for _, c := range []struct{ text, currency string }{
		{"", "USD"}, {"x", "USD"}, {"1,50,0", "USD"}, {"1.2.3", "USD"}, {"11,5000.00", "USD"}, {"12 3456", "USD"}, {"5 EUR", "USD"},
		{"1,234", "KWD"}, // 1234, or 1.234 with the three decimals of the currency
	} {
		if a, err := typedAmount(c.text, c.currency); finops.CodeOf(err) != finops.CodeInvalid {
			t.Errorf("typedAmount(%q, %s) = %s, %v, want CodeInvalid", c.text, c.currency, a, err)
		}
	}
}
