package finops_test

import (
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"cloud-intelligence/backend/finops"
)

func parsed(t testing.TB, text string) finops.Amount {
	t.Helper()
	a, err := finops.ParseAmount([]byte(text))
	require.NoError(t, err)
	return a
}

func TestAmountMul_Table(t *testing.T) {
	for _, c := range []struct{ a, b, want string }{
		{"0.5", "0.2", "0.1"},
		{"1.50", "2.00", "3"},
		{"-0.096", "744", "-71.424"},
		{"-3", "-4", "12"},
		{"0.000", "-5", "0"},
		{"0", "123456789012345678901234567890", "0"},
		{"0.147171330000000000", "0.083333333333000000", "0.01226427749995094289"},
		{"0.147171330000000000", "0.083333333333000001", "0.01226427749995094303717133"},
		{"9223372036854775807", "-9223372036854775808", "-85070591730234615856620279821087277056"},
		{"-9223372036854775808", "1", "-9223372036854775808"},
		{"-9223372036854775808", "-1", "9223372036854775808"},
		{"4611686018427387904", "2", "9223372036854775808"},
		{"1e-96", "10", "0." + strings.Repeat("0", 94) + "1"},
		{"1e75", "1e74", "1" + strings.Repeat("0", 149)},
	} {
		for _, order := range [][2]string{{c.a, c.b}, {c.b, c.a}} {
			got, ok := parsed(t, order[0]).Mul(parsed(t, order[1]))
			assert.True(t, ok, "%s × %s", c.a, c.b)
			assert.Equal(t, c.want, got.String(), "%s × %s", c.a, c.b)
		}
	}
}

func TestAmountTrim(t *testing.T) {
	for text, want := range map[string]string{
		"1.50": "1.5", "100": "100", "0.000": "0", "-2.00": "-2", "0.147171330000000000": "0.14717133", "10.0000000000000000000000000": "10",
		"123456789012345678901234567890.1200": "123456789012345678901234567890.12", "-9223372036854775808": "-9223372036854775808",
	} {
		a := parsed(t, text)
		before := a.String()
		assert.Equal(t, want, a.Trim().String(), text)
		assert.Equal(t, before, a.String(), "the amount itself stays")
	}
}

func TestAmountMul_OutOfRange(t *testing.T) {
	for _, c := range [][2]string{{"1e-96", "0.1"}, {"1e-50", "1e-50"}, {"1e75", "1e75"}, {"-1e75", "1e75"}, {"3e-60", "123456789012345678901234567890e-66"}} {
		got, ok := parsed(t, c[0]).Mul(parsed(t, c[1]))
		assert.False(t, ok, "%s × %s = %s", c[0], c[1], got)
		assert.Equal(t, "0", got.String())
	}
}

// requireProduct compares with an independent implementation; a refused product must be
// one that no amount can hold.
func requireProduct(t interface{ Fatalf(string, ...any) }, a, b finops.Amount) {
	want := decimal.RequireFromString(a.String()).Mul(decimal.RequireFromString(b.String()))
	got, ok := a.Mul(b)
	text := trimmedText(want)
	whole, decimals, _ := strings.Cut(strings.TrimPrefix(text, "-"), ".")
	fits := len(decimals) <= finops.MaxScale && (whole == "0" || len(whole) <= 150)
	if ok != fits || (ok && got.String() != text) {
		t.Fatalf("%s × %s = %s, %v; want %s, %v", a, b, got, ok, text, fits)
	}
}

// trimmedText prints a decimal without zeros at its end.
func trimmedText(d decimal.Decimal) string {
	text := d.String() // an integer may have been printed whole, with its zeros
	if strings.Contains(text, ".") {
		text = strings.TrimSuffix(strings.TrimRight(text, "0"), ".")
	}
	if text == "-0" {
		text = "0"
	}
	return text
}

func TestAmountMul_EqualsBigDecimal(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, _ := amounts(t, "a")
		b, _ := amounts(t, "b")
		requireProduct(t, a, b)
		ab, _ := a.Mul(b)
		if ba, _ := b.Mul(a); ba.Cmp(ab) != 0 {
			t.Fatalf("%s × %s depends on the order", a, b)
		}
	})
}

func FuzzAmountMul(f *testing.F) {
	for _, s := range [][2]string{{"0.096", "744"}, {"-1e-96", "5"}, {"0.147171330000000000", "0.083333333333"}, {"1e100", "1e49"}, {"9223372036854775807", "-2.50"}, {"0.0", "1"}} {
		f.Add([]byte(s[0]), []byte(s[1]))
	}
	f.Fuzz(func(t *testing.T, first, second []byte) {
		a, errA := finops.ParseAmount(first)
		b, errB := finops.ParseAmount(second)
		if errA != nil || errB != nil {
			return
		}
		requireProduct(t, a, b)
	})
}

func BenchmarkAmountMul(b *testing.B) {
	for name, c := range map[string][2]string{"small": {"0.0960000000", "744"}, "large": {"0.147171330000000001", "0.083333333333000001"}} {
		b.Run(name, func(b *testing.B) {
			x, y := parsed(b, c[0]), parsed(b, c[1])
			b.ReportAllocs()
			for b.Loop() {
				if _, ok := x.Mul(y); !ok {
					b.Fatal("refused")
				}
			}
		})
	}
}
