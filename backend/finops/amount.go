package finops

import (
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
	coef  int64
	big   *big.Int // the coefficient where it does not fit in coef
	scale int32    // decimals, 0..MaxScale
}

// NewAmount returns coef × 10^−scale. It panics if scale is outside 0..MaxScale.
func NewAmount(coef int64, scale int) Amount {
	if scale < 0 || scale > MaxScale {
		panic("finops: amount scale " + strconv.Itoa(scale) + " out of range")
	}
	return Amount{coef: coef, scale: int32(scale)}
}

func newBigAmount(coef *big.Int, scale int) Amount {
	if coef.IsInt64() {
		return Amount{coef: coef.Int64(), scale: int32(scale)}
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
func ParseAmount(text []byte) (Amount, error) { return parseAmount(text, amountDigits) }

// ParseTotal reads the text of a Sum, which may be longer than any amount.
func ParseTotal(text []byte) (Amount, error) { return parseAmount(text, totalDigits) }

func parseAmount(text []byte, most int) (Amount, error) {
	if coef, scale, ok := ParsePlain(text); ok {
		return Amount{coef: coef, scale: int32(scale)}, nil
	}
	if a, ok := parseSmall(text); ok {
		return a, nil
	}
	p := amountParser{text: trimMoney(text), most: most}
	a, ok := p.parse()
	if !ok {
		return Amount{}, Errorf(CodeInvalid, "%s is not a decimal number", quoteShort(text))
	}
	return a, nil
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
	var digits []byte
	var neg bool
	if a.big != nil {
		neg = a.big.Sign() < 0
		digits = new(big.Int).Abs(a.big).Append(make([]byte, 0, 48), 10)
	} else {
		u := uint64(a.coef)
		if neg = a.coef < 0; neg {
			u = -u
		}
		var buf [20]byte
		digits = strconv.AppendUint(buf[:0], u, 10)
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
	case a.coef < 0:
		return -1
	case a.coef > 0:
		return 1
	}
	return 0
}

// Coef returns the coefficient when it fits into an int64.
func (a Amount) Coef() (coef int64, ok bool) { return a.coef, a.big == nil }

// Scale returns the number of decimals.
func (a Amount) Scale() int { return int(a.scale) }

// Cmp compares two amounts: -1 if a < b, 0 if equal in value, +1 if a > b.
func (a Amount) Cmp(b Amount) int {
	var s Sum
	s.Add(a)
	s.Sub(b)
	return s.Sign()
}

// Neg returns −a.
func (a Amount) Neg() Amount {
	if a.big == nil && a.coef != -1<<63 {
		return Amount{coef: -a.coef, scale: a.scale}
	}
	return newBigAmount(new(big.Int).Neg(a.coefBig()), int(a.scale))
}

func (a Amount) coefBig() *big.Int {
	if a.big != nil {
		return a.big
	}
	return big.NewInt(a.coef)
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
	if a.big != nil || a.scale >= 1<<packBits || a.coef > packMax || a.coef < -packMax {
		return 0, false
	}
	return a.coef<<packBits | int64(a.scale), true
}

// PackPlain packs what ParsePlain returned.
func PackPlain(coef int64, scale uint8) int64 { return coef<<packBits | int64(scale) }

// Unpack reads the packed form.
func Unpack(packed int64) Amount {
	return Amount{coef: packed >> packBits, scale: int32(packed & (1<<packBits - 1))}
}

var pow10 = func() (p [20]uint64) {
	p[0] = 1
	for i := 1; i < len(p); i++ {
		p[i] = p[i-1] * 10
	}
	return p
}()

// Rescale returns the coefficient of a at the given scale (0..18), if that is exact
// and fits into an int64.
func (a Amount) Rescale(scale int) (coef int64, ok bool) {
	if a.big != nil {
		return 0, false
	}
	d := scale - int(a.scale)
	if d < 0 {
		if -d >= len(pow10) {
			return 0, a.coef == 0
		}
		p := int64(pow10[min(-d, 18)])
		if -d > 18 || a.coef%p != 0 {
			return 0, a.coef == 0
		}
		return a.coef / p, true
	}
	if d > 18 {
		return 0, a.coef == 0
	}
	u := uint64(a.coef)
	if a.coef < 0 {
		u = -u
	}
	hi, lo := bits.Mul64(u, pow10[d])
	if hi != 0 || lo > 1<<63-1 {
		return 0, false
	}
	if a.coef < 0 {
		return -int64(lo), true
	}
	return int64(lo), true
}
