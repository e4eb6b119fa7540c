package finops

import (
	"math/big"
	"math/bits"
)

// sumScale is the scale of a Sum's fast accumulator. With 128 bits it reaches
// ±1.7 × 10^20 units; ten million lines of 10^12 rupiah each are 10^19.
const sumScale = 18

// deepScale is the scale of the second accumulator, which takes the amounts that do not
// fit the first one. With 256 bits it reaches ±5.7 × 10^19 units.
const deepScale = 57

// Sum adds amounts exactly. The zero value is an empty sum, ready to use. Amounts
// of up to 18 decimals are added in 128 bits, longer ones of up to 57 decimals in 256
// bits; the rest, and what would overflow, goes to a big integer, so the result is exact
// for every Amount.
//
// A Sum does not know currencies: its owner keeps one per currency.
type Sum struct {
	hi   int64
	lo   uint64
	deep deep
	rest *big.Int // scaled by 10^MaxScale
}

// Add adds a.
func (s *Sum) Add(a Amount) {
	switch {
	case a.big != nil || a.scale > deepScale:
		s.addRest(a.coefBig(), int(a.scale))
	case a.scale <= sumScale && a.word():
		s.addWord(a.lo, a.neg, int(a.scale))
	default:
		s.addWide(a)
	}
}

// Sub subtracts a.
func (s *Sum) Sub(a Amount) { s.Add(a.Neg()) }

// AddCoef adds coef × 10^−scale; scale must be in 0..18.
func (s *Sum) AddCoef(coef int64, scale int) { s.addWord(magnitude(coef), coef < 0, scale) }

func (s *Sum) addWord(u uint64, neg bool, scale int) {
	hi, lo := bits.Mul64(u, pow10[sumScale-scale])
	if neg {
		s.add128(negate128(int64(hi), lo))
		return
	}
	s.add128(int64(hi), lo)
}

// addWide adds an amount of up to 57 decimals.
func (s *Sum) addWide(a Amount) {
	var v deep
	coef := a.coef()
	if mulWords(v[:], coef[:], widePow10[deepScale-a.scale][:]) || v.negative() {
		s.addRest(a.coefBig(), int(a.scale))
		return
	}
	if a.neg {
		v.negate()
	}
	s.addDeep(v)
}

// AddSum adds another sum.
func (s *Sum) AddSum(o Sum) {
	s.add128(o.hi, o.lo)
	if !o.deep.zero() {
		s.addDeep(o.deep)
	}
	if o.rest != nil {
		s.addRest(o.rest, MaxScale)
	}
}

// SubSum subtracts another sum.
func (s *Sum) SubSum(o Sum) { s.AddSum(o.Neg()) }

// Neg returns −s.
func (s Sum) Neg() Sum {
	var n Sum
	if s.hi == -1<<63 && s.lo == 0 { // has no counterpart in 128 bits
		n.addRest(new(big.Int).Neg(big128(s.hi, s.lo)), sumScale)
	} else {
		n.hi, n.lo = negate128(s.hi, s.lo)
	}
	n.deep = s.deep
	if n.deep.negate(); n.deep.negative() && s.deep.negative() { // nor has this one in 256
		n.addRest(new(big.Int).Neg(s.deep.big()), deepScale)
		n.deep = deep{}
	}
	if s.rest != nil {
		n.addRest(new(big.Int).Neg(s.rest), MaxScale)
	}
	return n
}

func negate128(hi int64, lo uint64) (negHi int64, negLo uint64) {
	lo, borrow := bits.Sub64(0, lo, 0)
	return -hi - int64(borrow), lo
}

func (s *Sum) add128(hi int64, lo uint64) {
	l, carry := bits.Add64(s.lo, lo, 0)
	h := s.hi + hi + int64(carry)
	// Overflow: both operands have one sign and the result the other. The carry
	// cannot matter by itself, because |hi| of one operand is far below 2^63.
	if (s.hi < 0) == (hi < 0) && (h < 0) != (hi < 0) {
		s.addRest(big128(hi, lo), sumScale)
		return
	}
	s.hi, s.lo = h, l
}

func (s *Sum) addDeep(v deep) {
	sum, over := s.deep.plus(v)
	if over {
		s.addRest(v.big(), deepScale)
		return
	}
	s.deep = sum
}

func (s *Sum) addRest(coef *big.Int, scale int) {
	v := new(big.Int).Mul(coef, bigPow10(MaxScale-scale))
	if s.rest != nil {
		v.Add(v, s.rest) // a fresh integer: copies of s may share the old one
	}
	s.rest = v
}

func big128(hi int64, lo uint64) *big.Int {
	v := big.NewInt(hi)
	v.Lsh(v, 64)
	return v.Add(v, new(big.Int).SetUint64(lo))
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
	if a, ok := s.short(); ok {
		return a
	}
	v := big128(s.hi, s.lo)
	v.Mul(v, bigPow10(MaxScale-sumScale))
	d := s.deep.big()
	v.Add(v, d.Mul(d, bigPow10(MaxScale-deepScale)))
	if s.rest != nil {
		v.Add(v, s.rest)
	}
	if v.Sign() == 0 {
		return Amount{}
	}
	return newBigAmount(trimBig(v, MaxScale))
}

// short returns the sum where it needs no big integer.
func (s Sum) short() (a Amount, ok bool) {
	if s.rest != nil {
		return a, false
	}
	hi, lo, neg := uint64(s.hi), s.lo, s.hi < 0
	if neg {
		h, l := negate128(s.hi, s.lo)
		hi, lo = uint64(h), l
	}
	v, scale := deep{lo, hi}, sumScale
	if !s.deep.zero() {
		v, scale = deep{}, deepScale
		if mulWords(v[:], []uint64{lo, hi}, widePow10[deepScale-sumScale][:]) || v.negative() {
			return a, false
		}
		if neg {
			v.negate()
		}
		var over bool
		if v, over = v.plus(s.deep); over {
			return a, false
		}
		if neg = v.negative(); neg {
			v.negate()
		}
	}
	if v.zero() {
		return Amount{}, true
	}
	scale = trimWords(v[:], scale)
	return wideAmount(wide(v[:3]), scale, neg), v[3] == 0
}

// String prints the sum as Amount does.
func (s Sum) String() string { return s.Amount().String() }

// Sign returns -1, 0 or +1.
func (s Sum) Sign() int {
	if s.rest != nil || !s.deep.zero() {
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

// UnmarshalText reads what MarshalText printed.
func (s *Sum) UnmarshalText(text []byte) error {
	a, err := ParseTotal(text)
	if err != nil {
		return err
	}
	*s = Sum{}
	s.Add(a)
	return nil
}

// Compact returns the 128-bit accumulator of the sum (value × 10^18) when the sum
// is held there whole. Engines use it to keep many sums in flat arrays.
func (s Sum) Compact() (hi int64, lo uint64, ok bool) {
	return s.hi, s.lo, s.rest == nil && s.deep.zero()
}

// SumOf makes a sum from the accumulator that Compact returned.
func SumOf(hi int64, lo uint64) Sum { return Sum{hi: hi, lo: lo} }

// SumScaled makes a sum of a 128-bit integer × 10^−scale; scale must be in 0..18.
func SumScaled(hi int64, lo uint64, scale int) Sum {
	if hi == int64(lo)>>63 { // fits into 64 bits
		var s Sum
		s.AddCoef(int64(lo), scale)
		return s
	}
	v := big128(hi, lo)
	return newSum(v.Mul(v, bigPow10(sumScale-scale)))
}

// deep is an integer of 256 bits in two's complement, the lowest word first.
type deep [4]uint64

func (d *deep) zero() bool     { return d[0]|d[1]|d[2]|d[3] == 0 }
func (d *deep) negative() bool { return d[3]>>63 == 1 }

// negate makes −d of d; the lowest number of all stays as it is.
func (d *deep) negate() {
	var borrow uint64
	for i, word := range d {
		d[i], borrow = bits.Sub64(0, word, borrow)
	}
}

// plus adds; over says that the sum does not fit.
func (d deep) plus(o deep) (sum deep, over bool) {
	var carry uint64
	for i := range sum {
		sum[i], carry = bits.Add64(d[i], o[i], carry)
	}
	return sum, d.negative() == o.negative() && sum.negative() != d.negative()
}

func (d deep) big() *big.Int {
	if !d.negative() {
		return bigOf(d[:])
	}
	d.negate()
	v := bigOf(d[:])
	return v.Neg(v)
}
