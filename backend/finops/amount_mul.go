package finops

import (
	"math"
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
	// Prices are printed with many zeros at their end; without them most products fit
	// into 64 bits.
	x, y := a.Trim(), b.Trim()
	if x.coef == 0 || y.coef == 0 {
		return Amount{}, true
	}
	hi, lo := bits.Mul64(magnitude(x.coef), magnitude(y.coef))
	scale := int(x.scale) + int(y.scale)
	if hi != 0 || lo > math.MaxInt64 {
		return x.mulBig(y)
	}
	for scale > 0 && lo%10 == 0 {
		lo, scale = lo/10, scale-1
	}
	if scale > MaxScale {
		return Amount{}, false
	}
	coef := int64(lo)
	if (x.coef < 0) != (y.coef < 0) {
		coef = -coef
	}
	return Amount{coef: coef, scale: int32(scale)}, true
}

func magnitude(v int64) uint64 {
	if v < 0 {
		return -uint64(v)
	}
	return uint64(v)
}

// Trim returns a without superfluous zeros at its end: 1.50 becomes 1.5. Providers that
// print a fixed number of decimals fill up with them.
func (a Amount) Trim() Amount {
	if a.big != nil {
		return newBigAmount(trimBig(new(big.Int).Set(a.big), int(a.scale)))
	}
	for a.scale > 0 && a.coef%10 == 0 {
		a.coef, a.scale = a.coef/10, a.scale-1
	}
	return a
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
