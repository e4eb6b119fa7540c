package finops

import (
	"math/big"
	"math/bits"
)

// Mul returns a × b exactly, without superfluous zeros at its end (as Sum.Amount does),
// so price × quantity has no more decimals than it needs. ok is false where the product
// is no Amount: it needs more than MaxScale decimals, or has more digits before the
// point than any amount may have. Nothing is ever rounded.
func (a Amount) Mul(b Amount) (product Amount, ok bool) {
	if a.big != nil || b.big != nil {
		return a.mulBig(b)
	}
	if a.zero() || b.zero() {
		return Amount{}, true
	}
	// Prices are printed with many zeros at their end; without them most products are short.
	if a.word() && b.word() {
		x, xScale := trimWord(a.lo, int(a.scale))
		y, yScale := trimWord(b.lo, int(b.scale))
		if hi, lo := bits.Mul64(x, y); hi == 0 {
			lo, scale := trimWord(lo, xScale+yScale)
			if scale > MaxScale {
				return Amount{}, false
			}
			return Amount{lo: lo, scale: int32(scale), neg: a.neg != b.neg}, true
		}
	}
	return a.Trim().mulWide(b.Trim())
}

func (a Amount) mulWide(b Amount) (product Amount, ok bool) {
	var w wide
	first, second := a.coef(), b.coef()
	if mulWords(w[:], first[:], second[:]) {
		return a.mulBig(b)
	}
	scale := trimWords(w[:], int(a.scale)+int(b.scale))
	if scale > MaxScale {
		return Amount{}, false
	}
	return wideAmount(w, scale, a.neg != b.neg), true
}

// Trim returns a without superfluous zeros at its end: 1.50 becomes 1.5. Providers that
// print a fixed number of decimals fill up with them.
func (a Amount) Trim() Amount {
	switch {
	case a.big != nil:
		return newBigAmount(trimBig(new(big.Int).Set(a.big), int(a.scale)))
	case a.zero():
		return Amount{}
	case a.word():
		lo, scale := trimWord(a.lo, int(a.scale))
		return Amount{lo: lo, scale: int32(scale), neg: a.neg}
	}
	w := a.coef()
	scale := trimWords(w[:], int(a.scale))
	return wideAmount(w, scale, a.neg)
}

func (a Amount) mulBig(b Amount) (product Amount, ok bool) {
	coef := new(big.Int).Mul(a.coefBig(), b.coefBig())
	if coef.Sign() == 0 {
		return Amount{}, true
	}
	coef, scale := trimBig(coef, int(a.scale)+int(b.scale))
	if scale > MaxScale || wholeDigits(coef, scale) > amountDigits {
		return Amount{}, false
	}
	return newBigAmount(coef, scale), true
}

// wholeDigits counts the digits before the point, or answers a number that is not too
// large where the size alone says so.
func wholeDigits(coef *big.Int, scale int) int {
	if coef.BitLen() < 3*amountDigits { // a digit takes more than three bits
		return 0
	}
	digits := len(coef.Text(10)) - scale
	if coef.Sign() < 0 {
		digits--
	}
	return digits
}

// trimBig divides by ten as long as that leaves no rest and decimals are left.
func trimBig(coef *big.Int, scale int) (trimmed *big.Int, scaleLeft int) {
	ten, q, r := big.NewInt(10), new(big.Int), new(big.Int)
	for scale > 0 {
		if q.QuoRem(coef, ten, r); r.Sign() != 0 {
			break
		}
		coef, q = q, coef
		scale--
	}
	return coef, scale
}
