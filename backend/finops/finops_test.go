package finops_test

import (
	"math/big"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"cloud-intelligence/backend/finops"
)

func TestParseAmount_Spellings(t *testing.T) {
	for text, want := range map[string]string{
		"0": "0", "1.50": "1.50", "-0.00000080000": "-0.00000080000", "+3": "3", " 12 ": "12",
		"$50,000.00 ": "50000.00", "($1,234.50)": "-1234.50", "-$5": "-5", "1e3": "1000", "1.25E-3": "0.00125",
		"1,234,567": "1234567", "0.0000000072922557592391990000": "0.0000000072922557592391990000", ".5": "0.5", "5.": "5", "007": "7",
		"123456789012345678901234567890.123": "123456789012345678901234567890.123", "-0": "0", "€ 3.10": "3.10",
		"6.76E-8": "0.0000000676", "-1.5e+2": "-150", "0E-3": "0.000", "0e50": "0", "1e17": "100000000000000000", "1e18": "1000000000000000000", "12e17": "1200000000000000000",
		"999999999999999999": "999999999999999999", "0.00000000000000000000000000000000001": "0.00000000000000000000000000000000001", "-1E-96": "-0." + strings.Repeat("0", 95) + "1",
	} {
		a, err := finops.ParseAmount([]byte(text))
		if assert.NoError(t, err, text) {
			assert.Equal(t, want, a.String(), text)
		}
	}
	for _, text := range []string{"", "-", ".", "abc", "1.2.3", "1,23", "0,125", "-0,125", "012,345", "1e999", "1e", "--1", "1 2", "NaN", "0x10", "1e-97", "1e", "1e+", "1e1.", "1.e", "+-1", "1,2345.0", "$", "()"} {
		_, err := finops.ParseAmount([]byte(text))
		assert.Equal(t, finops.CodeInvalid, finops.CodeOf(err), text)
	}
}

func amounts(t *rapid.T, label string) (finops.Amount, decimal.Decimal) {
	digits := rapid.StringMatching(`-?[0-9]{1,25}(\.[0-9]{1,30})?`).Draw(t, label)
	a, err := finops.ParseAmount([]byte(digits))
	if err != nil {
		t.Fatalf("%q: %v", digits, err)
	}
	return a, decimal.RequireFromString(digits)
}

func TestSum_EqualsBigDecimal(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var s, back finops.Sum
		want := decimal.Zero
		n := rapid.IntRange(0, 40).Draw(t, "n")
		for range n {
			a, d := amounts(t, "amount")
			s.Add(a)
			back.Sub(a)
			want = want.Add(d)
		}
		if got := decimal.RequireFromString(s.String()); !got.Equal(want) {
			t.Fatalf("sum %s, want %s", got, want)
		}
		back.AddSum(s)
		if !back.IsZero() {
			t.Fatalf("s - s = %s", back)
		}
	})
}

func TestPack_RoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, d := amounts(t, "amount")
		packed, ok := a.Pack()
		if !ok {
			coef, fits := a.Coef()
			if fits && a.Scale() < 32 && new(big.Int).Abs(big.NewInt(coef)).BitLen() <= 58 {
				t.Fatalf("%s should pack", a)
			}
			return
		}
		if got := finops.Unpack(packed).String(); got != a.String() || !decimal.RequireFromString(got).Equal(d) {
			t.Fatalf("%s became %s", a, got)
		}
	})
}

func TestRescale_ExactOrRefused(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, d := amounts(t, "amount")
		scale := rapid.IntRange(0, 18).Draw(t, "scale")
		if c, ok := a.Rescale(scale); ok && !decimal.New(c, int32(-scale)).Equal(d) {
			t.Fatalf("%s at scale %d became %d", a, scale, c)
		}
	})
}

func TestSum_OverflowGoesToBig(t *testing.T) {
	var s finops.Sum
	a, err := finops.ParseAmount([]byte("9000000000000000000"))
	require.NoError(t, err)
	for range 1000 {
		s.Add(a)
	}
	assert.Equal(t, "9000000000000000000000", s.String())
	for range 1001 {
		s.Sub(a)
	}
	assert.Equal(t, "-9000000000000000000", s.String())
}

func FuzzParseAmount(f *testing.F) {
	for _, s := range []string{"1", "-0.00", "1e-7", "$1,000.50", "(3)", "0.0000000072922557592391990000", "999999999999999999"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		a, err := finops.ParseAmount(text)
		if coef, scale, ok := finops.ParsePlain(text); ok {
			if err != nil || finops.Unpack(finops.PackPlain(coef, scale)).String() != string(text) {
				t.Fatalf("plain %q is not reproduced", text)
			}
		}
		if err != nil {
			return
		}
		again, err := finops.ParseAmount([]byte(a.String()))
		if err != nil || again.Cmp(a) != 0 {
			t.Fatalf("%q printed as %s reads as %v, %v", text, a, again, err)
		}
		if d, err := decimal.NewFromString(string(text)); err == nil && !d.Equal(decimal.RequireFromString(a.String())) {
			t.Fatalf("%q read as %s, decimal says %s", text, a, d)
		}
	})
}

func FuzzParseTime(f *testing.F) {
	for _, s := range []string{"2024-09-18 23:00:00", "2023-11-13T10:00Z", "5/1/25", "2026-04-01T00:00:00.000Z", "2023-02-01T30:00:00Z", "2024-02-30"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		if sec, ok := finops.ParseTime(text); ok {
			d := finops.DayOfUnix(sec)
			if y := d.Time().Year(); y < 1989 || y > 2201 {
				t.Fatalf("%q is in year %d", text, y)
			}
		}
	})
}

func TestParseTime_Spellings(t *testing.T) {
	for text, want := range map[string]string{
		"2024-09-18 23:00:00": "2024-09-18", "2023-11-13T10:00Z": "2023-11-13", "5/1/25": "2025-05-01", "2026-04-01T00:00:00.000Z": "2026-04-01",
		"09/02/2023": "2023-09-02", "9/2/2023": "2023-09-02", "2024-01-01T01:00:00+02:00": "2023-12-31", "20180801T000000.000Z": "2018-08-01", "2024-06-01": "2024-06-01",
		"2024-06-01 00:00:00 UTC": "2024-06-01",
	} {
		sec, ok := finops.ParseTime([]byte(text))
		if assert.True(t, ok, text) {
			assert.Equal(t, want, finops.DayOfUnix(sec).String(), text)
		}
	}
	for _, text := range []string{"", "2024-02-30T00:00:00Z", "2023-02-01T30:00:00Z", "yesterday", "1850-01-01"} {
		_, ok := finops.ParseTime([]byte(text))
		assert.False(t, ok, text)
	}
}

func TestColumnByName_Spellings(t *testing.T) {
	for name, want := range map[string]string{"SkuPriceid": "SkuPriceId", "billed_cost": "BilledCost", "\ufeffBilledCost": "BilledCost", "AmortizedCost": "EffectiveCost", "Provider": "ProviderName"} {
		c, ok := finops.ColumnByName(name)
		assert.True(t, ok, name)
		assert.Equal(t, want, c.Name)
	}
	for _, name := range []string{"x_BilledCost", "Id", ""} {
		_, ok := finops.ColumnByName(name)
		assert.False(t, ok, name)
	}
}

func TestReadMonth_AsPeopleWriteIt(t *testing.T) {
	for _, text := range []string{"2026-11", " Nov 2026 ", "november 2026", "Nov-26", "11/2026", "2026/11", "2026-11-01", "2026-11-30"} {
		m, err := finops.ReadMonth(text)
		require.NoError(t, err, text)
		assert.Equal(t, "2026-11", m.String(), text)
	}
	for _, text := range []string{"", "Nov", "11/26", "2026-13", "Smarch 2026", "2026-11-31"} {
		_, err := finops.ReadMonth(text)
		assert.ErrorContains(t, err, "is not a month. Write it as Nov 2026 or 2026-11.", text)
	}
}

func TestDayMonth(t *testing.T) {
	d, err := finops.ParseDay("2024-02-29")
	require.NoError(t, err)
	assert.Equal(t, "2024-02", d.Month().String())
	assert.Equal(t, "2024-02-29", d.Month().Last().String())
	assert.Equal(t, "1969-12-31", finops.DayOfUnix(-1).String())
}
