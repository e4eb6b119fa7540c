package finops

import (
	"cmp"
	"math"
	"math/big"
	"math/bits"
	"strconv"
)

// MaxScale is the largest number of decimals an Amount may have. Providers print
// up to 30; an exponent ("1e-50") may ask for more.
const MaxScale = 96

// amountDigits bounds the digits of one amount before the point, so that hostile text
// cannot make arithmetic expensive; totalDigits leaves room for the sum of any number of
// such amounts.
const (
	amountDigits = 150
	totalDigits  = 180
)

// Amount is an exact decimal number: coefficient × 10^−scale. The zero value is 0.
// It keeps the number of decimals it was written with, so 1.50 prints as 1.50.
type Amount struct {
	// The coefficient without its sign, see wide. It is no array because those are not passed
	// in registers.
	lo, mid, hi uint64
	neg         bool     // the coefficient is below 0
	scale       int32    // decimals, 0..MaxScale
	big         *big.Int // the coefficient with its sign where it does not fit; then the others are 0
}

// NewAmount returns coef × 10^−scale. It panics if scale is outside 0..MaxScale.
func NewAmount(coef int64, scale int) Amount {
	if scale < 0 || scale > MaxScale {
		panic("finops: amount scale " + strconv.Itoa(scale) + " out of range")
	}
	return Amount{lo: magnitude(coef), scale: int32(scale), neg: coef < 0}
}

func wideAmount(coef wide, scale int, neg bool) Amount {
	return Amount{lo: coef[0], mid: coef[1], hi: coef[2], scale: int32(scale), neg: neg}
}

func (a Amount) coef() wide { return wide{a.lo, a.mid, a.hi} }

// word reports whether the coefficient is in lo alone.
func (a Amount) word() bool { return a.mid|a.hi == 0 && a.big == nil }

func (a Amount) zero() bool { return a.lo == 0 && a.word() }

func magnitude(v int64) uint64 {
	if v < 0 {
		return -uint64(v)
	}
	return uint64(v)
}

func newBigAmount(coef *big.Int, scale int) Amount {
	if w, ok := wideOf(coef); ok {
		return wideAmount(w, scale, coef.Sign() < 0)
	}
	return Amount{big: coef, scale: int32(scale)}
}

// ParsePlain reads the one spelling that Amount prints: an optional minus, digits
// without superfluous leading zeros, and optionally a point and up to 31 decimals,
// with a coefficient that Pack can hold. It is the fast path of an import; ok is
// false for every other spelling, also valid ones, which ParseAmount then reads.
func ParsePlain(text []byte) (coef int64, scale uint8, ok bool) {
	i, n := 0, len(text)
	neg := false
	if n > 0 && text[0] == '-' {
		neg, i = true, 1
	}
	if n-i == 0 || n-i > 19 {
		return 0, 0, false
	}
	first := text[i]
	var c uint64
	point := -1
	for ; i < n; i++ {
		d := text[i] - '0'
		if d > 9 {
			if text[i] == '.' && point < 0 {
				point = i
				continue
			}
			return 0, 0, false
		}
		c = c*10 + uint64(d)
	}
	digits := point
	if point < 0 {
		digits = n
	} else {
		scale = uint8(n - 1 - point)
		if scale == 0 {
			return 0, 0, false
		}
	}
	if neg {
		digits--
	}
	if digits == 0 || (first == '0' && digits > 1) || c > packMax || (neg && c == 0) {
		return 0, 0, false
	}
	coef = int64(c)
	if neg {
		coef = -coef
	}
	return coef, scale, true
}

// ParseAmount reads a decimal number as billing files spell it: plain or with an
// exponent, with a leading plus, surrounded by blanks, with a currency sign, with
// commas between thousands, or in parentheses for a negative ("($1,234.50)").
// It answers CodeInvalid for anything else.
func ParseAmount(text []byte) (Amount, error) {
	a, _, err := parseAmount(text, amountDigits)
	return a, err
}

// ParseSpelling reads as ParseAmount does. plain says that text is what the amount prints,
// so that the text may be copied where the amount would be printed.
func ParseSpelling(text []byte) (a Amount, plain bool, err error) {
	return parseAmount(text, amountDigits)
}

// ParseTotal reads the text of a Sum, which may be longer than any amount.
func ParseTotal(text []byte) (Amount, error) {
	a, _, err := parseAmount(text, totalDigits)
	return a, err
}

func parseAmount(text []byte, most int) (a Amount, plain bool, err error) {
	if coef, scale, ok := ParsePlain(text); ok {
		return Amount{lo: magnitude(coef), scale: int32(scale), neg: coef < 0}, true, nil
	}
	if a, plain, ok := parseWide(text); ok {
		return a, plain, nil
	}
	p := amountParser{text: trimMoney(text), most: most}
	a, ok := p.parse()
	if !ok {
		return Amount{}, false, Errorf(CodeInvalid, "%s is not a decimal number", quoteShort(text))
	}
	return a, false, nil
}

func quoteShort(text []byte) string {
	const most = 40
	if len(text) > most {
		return strconv.Quote(string(text[:most])) + "…"
	}
	return strconv.Quote(string(text))
}

// String prints the amount with all its decimals.
func (a Amount) String() string { return string(a.Append(nil)) }

// Append appends the text of String to dst.
func (a Amount) Append(dst []byte) []byte {
	var buf [wideDigits]byte
	digits, neg := a.coef().append(buf[:0]), a.neg
	if a.big != nil {
		neg = a.big.Sign() < 0
		digits = new(big.Int).Abs(a.big).Append(make([]byte, 0, 96), 10)
	}
	if neg {
		dst = append(dst, '-')
	}
	return appendScaled(dst, digits, int(a.scale))
}

func appendScaled(dst, digits []byte, scale int) []byte {
	if scale == 0 {
		return append(dst, digits...)
	}
	if whole := len(digits) - scale; whole > 0 {
		dst = append(dst, digits[:whole]...)
		dst = append(dst, '.')
		return append(dst, digits[whole:]...)
	}
	dst = append(dst, '0', '.')
	for range scale - len(digits) {
		dst = append(dst, '0')
	}
	return append(dst, digits...)
}

// Sign returns -1, 0 or +1.
func (a Amount) Sign() int {
	switch {
	case a.big != nil:
		return a.big.Sign()
	case a.neg:
		return -1
	case a.lo|a.mid|a.hi != 0:
		return 1
	}
	return 0
}

// Coef returns the coefficient when it fits into an int64.
func (a Amount) Coef() (coef int64, ok bool) {
	switch {
	case !a.word():
		return 0, false
	case a.neg:
		return -int64(a.lo), a.lo <= 1<<63
	}
	return int64(a.lo), a.lo < 1<<63
}

// Scale returns the number of decimals.
func (a Amount) Scale() int { return int(a.scale) }

// Cmp compares two amounts: -1 if a < b, 0 if equal in value, +1 if a > b.
func (a Amount) Cmp(b Amount) int {
	if x, y := a.Sign(), b.Sign(); x != y || x == 0 {
		return cmp.Compare(x, y)
	}
	if a.big == nil && b.big == nil && a.scale == b.scale {
		return a.coef().compare(b.coef()) * a.Sign()
	}
	var s Sum
	s.Add(a)
	s.Sub(b)
	return s.Sign()
}

// Neg returns −a.
func (a Amount) Neg() Amount {
	if a.big != nil {
		return newBigAmount(new(big.Int).Neg(a.big), int(a.scale))
	}
	a.neg = !a.neg && !a.zero()
	return a
}

func (a Amount) coefBig() *big.Int {
	if a.big != nil {
		return a.big
	}
	w := a.coef()
	v := bigOf(w[:])
	if a.neg {
		v.Neg(v)
	}
	return v
}

// MarshalText prints the amount, so that JSON carries it as a string.
func (a Amount) MarshalText() ([]byte, error) { return a.Append(nil), nil }

// UnmarshalText reads what MarshalText printed.
func (a *Amount) UnmarshalText(text []byte) (err error) {
	*a, err = ParseTotal(text)
	return err
}

// The packed form of an amount is one int64: the coefficient above, the scale in
// the lowest five bits. It is what the ledger stores (docs/adr/0001-money.md).
const (
	packBits = 5
	packMax  = 1<<(63-packBits) - 1
)

// Pack returns the packed form; ok is false if the coefficient needs more than 58
// bits or the scale is over 31, where the ledger keeps text instead.
func (a Amount) Pack() (packed int64, ok bool) {
	coef, ok := a.Coef()
	if !ok || a.scale >= 1<<packBits || coef > packMax || coef < -packMax {
		return 0, false
	}
	return coef<<packBits | int64(a.scale), true
}

// PackPlain packs what ParsePlain returned.
func PackPlain(coef int64, scale uint8) int64 { return coef<<packBits | int64(scale) }

// Unpack reads the packed form.
func Unpack(packed int64) Amount {
	coef := packed >> packBits
	return Amount{lo: magnitude(coef), scale: int32(packed & (1<<packBits - 1)), neg: coef < 0}
}

// Rescale returns the coefficient of a at the given scale (0..18), if that is exact
// and fits into an int64.
func (a Amount) Rescale(scale int) (coef int64, ok bool) {
	if d := scale - int(a.scale); d >= 0 && d <= 18 && a.word() { // nearly every amount
		hi, lo := bits.Mul64(a.lo, pow10[d])
		if hi != 0 || lo > math.MaxInt64 {
			return 0, false
		}
		if a.neg {
			return -int64(lo), true
		}
		return int64(lo), true
	}
	return a.rescaleWide(scale)
}

func (a Amount) rescaleWide(scale int) (coef int64, ok bool) {
	if a.big != nil {
		return 0, false
	}
	w := a.coef()
	for d := int(a.scale) - scale; d > 0; d -= 19 {
		if w.divide(pow10[min(d, 19)]) != 0 {
			return 0, false
		}
	}
	if d := scale - int(a.scale); d > 18 {
		return 0, w.zero()
	} else if d > 0 && w.multiply(pow10[d], 0) {
		return 0, false
	}
	if !w.single() || w[0] > math.MaxInt64 {
		return 0, false
	}
	if a.neg {
		return -int64(w[0]), true
	}
	return int64(w[0]), true
}
