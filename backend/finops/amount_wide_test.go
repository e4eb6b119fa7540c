package finops_test

import (
	"math"
	"math/big"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"pgregory.net/rapid"

	"cloud-intelligence/backend/finops"
)

// borders are integers around the places where an amount or a sum changes how it is held:
// words of 19 digits, and powers of two.
var borders = func() (list []string) {
	add := func(v *big.Int) {
		for _, d := range []int64{-1, 0, 1} {
			list = append(list, new(big.Int).Add(v, big.NewInt(d)).String())
		}
	}
	for _, bit := range []uint{31, 58, 63, 64, 127, 128, 191, 192, 255, 256} {
		add(new(big.Int).Lsh(big.NewInt(1), bit))
	}
	for _, digits := range []int64{17, 18, 19, 20, 37, 38, 39, 56, 57, 58, 75, 76} {
		add(new(big.Int).Exp(big.NewInt(10), big.NewInt(digits), nil))
	}
	return list
}()

// longText draws a number of up to 80 digits, with up to 90 decimals, often with zeros at
// either end or just beside a border.
func longText(t *rapid.T, label string) string {
	digits := rapid.OneOf(
		rapid.SampledFrom(borders),
		rapid.StringMatching(`[0-9]{15,42}`),
		rapid.StringMatching(`[0-9]{1,60}`),
		rapid.StringMatching(`[1-9]{1,20}0{1,60}`),
	).Draw(t, label)
	scale := rapid.OneOf(rapid.IntRange(0, 40), rapid.IntRange(0, 90)).Draw(t, label+" decimals")
	sign := rapid.SampledFrom([]string{"", "-"}).Draw(t, label+" sign")
	if missing := scale + 1 - len(digits); missing > 0 {
		digits = strings.Repeat("0", missing) + digits
	}
	if scale == 0 {
		return sign + digits
	}
	at := len(digits) - scale
	return sign + digits[:at] + "." + digits[at:]
}

// long draws an amount and the same number in an independent implementation.
func long(t *rapid.T, label string) (finops.Amount, decimal.Decimal) {
	text := longText(t, label)
	a, err := finops.ParseAmount([]byte(text))
	if err != nil {
		t.Fatalf("%q: %v", text, err)
	}
	return a, decimal.RequireFromString(text)
}

func TestLong_ParseAndPrint(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := longText(t, "amount")
		a, plain, err := finops.ParseSpelling([]byte(text))
		if err != nil {
			t.Fatalf("%q: %v", text, err)
		}
		d := decimal.RequireFromString(text)
		_, decimals, _ := strings.Cut(text, ".")
		if want := d.StringFixed(int32(len(decimals))); a.Scale() != len(decimals) || strings.TrimPrefix(a.String(), "-") != strings.TrimPrefix(want, "-") || a.Sign() != d.Sign() {
			t.Fatalf("%q prints as %s, want %s", text, a, want)
		}
		if plain && a.String() != text {
			t.Fatalf("%q is said to be plain but prints as %s", text, a)
		}
		if digits := len(strings.ReplaceAll(text, ".", "")); !plain && a.String() == text && digits <= 57 {
			t.Fatalf("%q is plain, and is said not to be", text)
		}
	})
}

func TestParseSpelling_Plain(t *testing.T) {
	for text, want := range map[string]bool{
		"0": true, "-1.50": true, "0.0000000072922557592391990000": true, "-12345678901234567890.5": true, "10000000000000000000": true,
		"00": false, "007.1234567890123456789": false, ".12345678901234567890": false, "12345678901234567890.": false, "+12345678901234567890": false,
		"-0.00000000000000000000": false, "-0": false, "1e30": false, "1.50E-20": false, " 12345678901234567890": false, "$12345678901234567890": false,
	} {
		a, plain, err := finops.ParseSpelling([]byte(text))
		if assert.NoError(t, err, text) {
			assert.Equal(t, want, plain, text)
			assert.Equal(t, want, a.String() == text, text)
		}
	}
	_, plain, err := finops.ParseSpelling([]byte("12345678901234567890.1x"))
	assert.Equal(t, finops.CodeInvalid, finops.CodeOf(err))
	assert.False(t, plain)
}

func TestLong_Exponents(t *testing.T) {
	for text, want := range map[string]string{
		"1e57": "1" + strings.Repeat("0", 57), "9e57": "9" + strings.Repeat("0", 57), "1e96": "1" + strings.Repeat("0", 96),
		"-123456789012345678901234567890E-40": "-0.0000000000123456789012345678901234567890",
		"1234567890123456789.5e19":            "12345678901234567895000000000000000000",
		"0.00000000000000000000000000001e29":  "1",
		"12345678901234567890e-1":             "1234567890123456789.0",
	} {
		a, err := finops.ParseAmount([]byte(text))
		if assert.NoError(t, err, text) {
			assert.Equal(t, want, a.String(), text)
		}
	}
	for _, text := range []string{"0e97", "1e97", "12345678901234567890e-97", "0.00000000000000000000e-80"} {
		_, err := finops.ParseAmount([]byte(text))
		assert.Equal(t, finops.CodeInvalid, finops.CodeOf(err), text)
	}
}

func TestLong_Compare(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, x := long(t, "a")
		b, y := long(t, "b")
		if got := a.Cmp(b); got != x.Cmp(y) {
			t.Fatalf("%s compared with %s is %d", a, b, got)
		}
		if a.Cmp(a) != 0 || a.Cmp(a.Trim()) != 0 || a.Neg().Cmp(a) != -a.Sign() || a.Neg().Neg().String() != a.String() {
			t.Fatalf("%s is not itself: trimmed %s, negated %s", a, a.Trim(), a.Neg())
		}
		if trimmed := trimmedText(x); a.Trim().String() != trimmed {
			t.Fatalf("%s trimmed is %s, want %s", a, a.Trim(), trimmed)
		}
	})
}

func TestLong_Product(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, _ := long(t, "a")
		b, _ := long(t, "b")
		requireProduct(t, a, b)
	})
}

func TestLong_SmallForms(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, d := long(t, "amount")
		coef := d.Shift(int32(a.Scale())).BigInt()
		if got, ok := a.Coef(); ok != coef.IsInt64() || (ok && got != coef.Int64()) {
			t.Fatalf("the coefficient of %s is %d, %v", a, got, ok)
		}
		_, packed := a.Pack()
		if want := a.Scale() < 32 && coef.IsInt64() && new(big.Int).Abs(coef).BitLen() <= 58; packed != want {
			t.Fatalf("%s packs: %v, want %v", a, packed, want)
		}
		scale := rapid.IntRange(0, 18).Draw(t, "scale")
		shifted := d.Shift(int32(scale))
		fits := shifted.IsInteger() && shifted.BigInt().IsInt64() && shifted.BigInt().Int64() != math.MinInt64
		if got, ok := a.Rescale(scale); ok && !decimal.New(got, int32(-scale)).Equal(d) || ok && !fits || !ok && fits && new(big.Int).Abs(coef).BitLen() <= 192 {
			t.Fatalf("%s at scale %d is %d, %v", a, scale, got, ok)
		}
	})
}

// TestLong_Sum adds amounts of every size in a random order, with copies, halves and
// differences of sums between.
func TestLong_Sum(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var s, other finops.Sum
		want, wantOther := decimal.Zero, decimal.Zero
		for range rapid.IntRange(1, 30).Draw(t, "n") {
			a, d := long(t, "amount")
			before, kept := s.String(), s
			switch rapid.IntRange(0, 4).Draw(t, "what") {
			case 0:
				s.Add(a)
				want = want.Add(d)
			case 1:
				s.Sub(a)
				want = want.Sub(d)
			case 2:
				other.Add(a)
				s.AddSum(other)
				wantOther = wantOther.Add(d)
				want = want.Add(wantOther)
			case 3:
				s.SubSum(other)
				want = want.Sub(wantOther)
			case 4:
				s = s.Neg()
				want = want.Neg()
			}
			if kept.String() != before {
				t.Fatalf("a copy of the sum became %s, was %s", kept, before)
			}
		}
		if got := s.String(); got != trimmedText(want) || s.Sign() != want.Sign() || s.IsZero() != want.IsZero() {
			t.Fatalf("sum %s, want %s", got, want)
		}
		if s.Cmp(other) != want.Cmp(wantOther) {
			t.Fatalf("%s compared with %s is %d", s, other, s.Cmp(other))
		}
		if hi, lo, ok := s.Compact(); ok && finops.SumOf(hi, lo).String() != s.String() {
			t.Fatalf("the compact form of %s is %s", s, finops.SumOf(hi, lo))
		}
		back, err := finops.ParseTotal([]byte(s.String()))
		if err == nil && back.Cmp(s.Amount()) != 0 {
			t.Fatalf("%s reads as %s", s, back)
		}
	})
}

// TestSum_Limits takes both accumulators to the ends of what they hold, and back.
func TestSum_Limits(t *testing.T) {
	lowest := finops.SumOf(math.MinInt64, 0)
	assert.Equal(t, "-170141183460469231731.687303715884105728", lowest.String())
	assert.Equal(t, "170141183460469231731.687303715884105728", lowest.Neg().String())
	for _, unit := range []string{"9999999999999999999.1234567890123456789", "57896044618658097711.785492504343953926634992332820282019728792003956564819967", "-57896044618658097711.785492504343953926634992332820282019728792003956564819968"} {
		a := parsed(t, unit)
		var s finops.Sum
		for range 12 {
			s.Add(a)
		}
		assert.Equal(t, trimmedText(decimal.RequireFromString(unit).Mul(decimal.NewFromInt(12))), s.String())
		assert.Equal(t, s.String(), s.Neg().Neg().String())
		for range 12 {
			s.Sub(a)
		}
		assert.True(t, s.IsZero(), s.String())
	}
}

func FuzzSum(f *testing.F) {
	f.Add([]byte("0.0000000072922557592391990000"), []byte("170141183460469231731.687303715884105727"), []byte("-1e-57"))
	f.Add([]byte("-57896044618658097711.785492504343953926634992332820282019728792003956564819968"), []byte("1e-57"), []byte("6277101735386680763835789423207666416102355444464034512896"))
	f.Fuzz(func(t *testing.T, first, second, third []byte) {
		var s finops.Sum
		want := decimal.Zero
		for i, text := range [][]byte{first, second, third} {
			a, err := finops.ParseAmount(text)
			if err != nil {
				return
			}
			d := decimal.RequireFromString(a.String())
			if i == 2 {
				s.Sub(a)
				want = want.Sub(d)
			} else {
				s.Add(a)
				want = want.Add(d)
			}
		}
		if s.String() != trimmedText(want) || s.Neg().String() != trimmedText(want.Neg()) || s.Sign() != want.Sign() {
			t.Fatalf("%q + %q − %q is %s, want %s", first, second, third, s, want)
		}
	})
}

// long decimals as the exports of Azure print them.
var benchTexts = map[string][]string{
	"short": {"0.493152", "0.1351", "12.5", "0.00004"},
	"long":  {"0.464870705300647391045032463808", "0.000015569869265502541680", "0.0000000072922557592391990000", "23.839523649636848170119752"},
}

func BenchmarkParse(b *testing.B) {
	for name, texts := range benchTexts {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				if _, err := finops.ParseAmount([]byte(texts[i%len(texts)])); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkPrint(b *testing.B) {
	for name, texts := range benchTexts {
		b.Run(name, func(b *testing.B) {
			var out []byte
			a := parsed(b, texts[0])
			b.ReportAllocs()
			for b.Loop() {
				out = a.Append(out[:0])
			}
		})
	}
}

func BenchmarkSum(b *testing.B) {
	for name, texts := range benchTexts {
		b.Run(name, func(b *testing.B) {
			var list []finops.Amount
			for _, text := range texts {
				list = append(list, parsed(b, text))
			}
			var s finops.Sum
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				s.Add(list[i%len(list)])
			}
			if s.IsZero() {
				b.Fatal("nothing was added")
			}
		})
	}
}
