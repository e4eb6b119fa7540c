package finops

import (
	"math/big"
	"strings"
)

// Rat is the sum as a fraction, for calculations that divide.
func (s Sum) Rat() *big.Rat {
	a := s.Amount()
	return new(big.Rat).SetFrac(a.coefBig(), bigPow10(a.Scale()))
}

// UnitsPerOne is how many units of Sum.Units one is.
func UnitsPerOne() *big.Int { return new(big.Int).Set(bigPow10(sumScale)) }

// Units is the sum in units of 10^−18, for calculations with many sums; ok is false where it has more decimals, or is longer than its
// fast accumulator.
func (s Sum) Units() (units *big.Int, ok bool) {
	hi, lo, ok := s.Compact()
	if !ok {
		return nil, false
	}
	return big128(hi, lo), true
}

// RoundHalfEven writes a fraction as a decimal number of at most so many places, half to even, without zeros at its end.
func RoundHalfEven(r *big.Rat, places int) string {
	shift := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(places)), nil)
	scaled := new(big.Int).Mul(r.Num(), shift)
	quotient, rest := new(big.Int).QuoRem(scaled, r.Denom(), new(big.Int))
	switch twice := rest.Abs(rest).Lsh(rest, 1).Cmp(r.Denom()); {
	case twice > 0, twice == 0 && quotient.Bit(0) == 1:
		quotient.Add(quotient, big.NewInt(int64(r.Sign())))
	}
	text := new(big.Rat).SetFrac(quotient, shift).FloatString(places)
	if places > 0 {
		text = strings.TrimSuffix(strings.TrimRight(text, "0"), ".")
	}
	if text == "-0" {
		return "0"
	}
	return text
}
