package finops

import (
	"math/big"
	"math/bits"
)

// sumScale is the scale of a Sum's fast accumulator. With 128 bits it reaches
// ±1.7 × 10^20 units; ten million lines of 10^12 rupiah each are 10^19.
const sumScale = 18

// Sum adds amounts exactly. The zero value is an empty sum, ready to use. Amounts
// of up to 18 decimals are added in 128 bits; the rest, and what would overflow,
// goes to a big integer, so the result is exact for every Amount.
//
// A Sum does not know currencies: its owner keeps one per currency.
type Sum struct {
	hi   int64
	lo   uint64
	rest *big.Int // scaled by 10^MaxScale
}

// Add adds a.
func (s *Sum) Add(a Amount) {
	if a.big != nil || a.scale > sumScale {
		s.addRest(a.coefBig(), int(a.scale))
		return
	}
	s.AddCoef(a.coef, int(a.scale))
}

// Sub subtracts a.
func (s *Sum) Sub(a Amount) { s.Add(a.Neg()) }

// AddCoef adds coef × 10^−scale; scale must be in 0..18.
func (s *Sum) AddCoef(coef int64, scale int) {
	u := uint64(coef)
	if coef < 0 {
		u = -u
	}
	h, l := bits.Mul64(u, pow10[sumScale-scale])
	hi := int64(h)
	if coef < 0 {
		var borrow uint64
		l, borrow = bits.Sub64(0, l, 0)
		hi = -hi - int64(borrow)
	}
	s.add128(hi, l)
}

// AddSum adds another sum.
func (s *Sum) AddSum(o Sum) {
	s.add128(o.hi, o.lo)
	if o.rest != nil {
		if s.rest == nil {
			s.rest = new(big.Int)
		} else {
			s.rest = new(big.Int).Set(s.rest)
		}
		s.rest.Add(s.rest, o.rest)
	}
}

// SubSum subtracts another sum.
func (s *Sum) SubSum(o Sum) { s.AddSum(o.Neg()) }

// Neg returns −s.
func (s Sum) Neg() Sum {
	n := newSum(new(big.Int).Neg(s.big128()))
	if s.rest != nil {
		n.rest = new(big.Int).Neg(s.rest)
	}
	return n
}

func (s *Sum) add128(hi int64, lo uint64) {
	l, carry := bits.Add64(s.lo, lo, 0)
	h := s.hi + hi + int64(carry)
	// Overflow: both operands have one sign and the result the other. The carry
	// cannot matter by itself, because |hi| of one operand is far below 2^63.
	if (s.hi < 0) == (hi < 0) && (h < 0) != (hi < 0) {
		o := Sum{hi: hi, lo: lo}
		s.addRest(o.big128(), sumScale)
		return
	}
	s.hi, s.lo = h, l
}

func (s *Sum) addRest(coef *big.Int, scale int) {
	v := new(big.Int).Mul(coef, bigPow10(MaxScale-scale))
	if s.rest != nil {
		v.Add(v, s.rest) // a fresh integer: copies of s may share the old one
	}
	s.rest = v
}

func (s Sum) big128() *big.Int {
	v := big.NewInt(s.hi)
	v.Lsh(v, 64)
	return v.Add(v, new(big.Int).SetUint64(s.lo))
}

// newSum makes a sum of v × 10^−18, which must fit in 128 bits or goes to rest.
func newSum(v *big.Int) Sum {
	if v.BitLen() > 126 {
		return Sum{rest: new(big.Int).Mul(v, bigPow10(MaxScale-sumScale))}
	}
	lo := new(big.Int).And(v, new(big.Int).SetUint64(1<<64-1)).Uint64()
	hi := new(big.Int).Rsh(v, 64).Int64()
	return Sum{hi: hi, lo: lo}
}

// Amount returns the sum with no superfluous zeros at its end.
func (s Sum) Amount() Amount {
	v, scale := s.big128(), sumScale
	if s.rest != nil {
		v.Mul(v, bigPow10(MaxScale-sumScale))
		v.Add(v, s.rest)
		scale = MaxScale
	}
	if v.Sign() == 0 {
		return Amount{}
	}
	return newBigAmount(trimBig(v, scale))
}

// String prints the sum as Amount does.
func (s Sum) String() string { return s.Amount().String() }

// Sign returns -1, 0 or +1.
func (s Sum) Sign() int {
	if s.rest != nil {
		return s.Amount().Sign()
	}
	switch {
	case s.hi < 0:
		return -1
	case s.hi > 0 || s.lo > 0:
		return 1
	}
	return 0
}

// IsZero reports whether the sum is exactly 0.
func (s Sum) IsZero() bool { return s.Sign() == 0 }

// Cmp compares two sums.
func (s Sum) Cmp(o Sum) int {
	s.SubSum(o)
	return s.Sign()
}

// MarshalText prints the sum, so that JSON carries it as a string.
func (s Sum) MarshalText() ([]byte, error) { return s.Amount().Append(nil), nil }

// Compact returns the 128-bit accumulator of the sum (value × 10^18) when the sum
// is held there whole. Engines use it to keep many sums in flat arrays.
func (s Sum) Compact() (hi int64, lo uint64, ok bool) { return s.hi, s.lo, s.rest == nil }

// SumOf makes a sum from the accumulator that Compact returned.
func SumOf(hi int64, lo uint64) Sum { return Sum{hi: hi, lo: lo} }

// SumScaled makes a sum of a 128-bit integer × 10^−scale; scale must be in 0..18.
func SumScaled(hi int64, lo uint64, scale int) Sum {
	if hi == int64(lo)>>63 { // fits into 64 bits
		var s Sum
		s.AddCoef(int64(lo), scale)
		return s
	}
	v := Sum{hi: hi, lo: lo}.big128()
	return newSum(v.Mul(v, bigPow10(sumScale-scale)))
}
