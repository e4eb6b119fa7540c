package demo

import (
	"math/bits"
	"strconv"
	"strings"
)

// amount is an exact decimal: units × 10^-scale.
type amount struct {
	units int64
	scale int
}

var pow10 = [...]int64{1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18}

// parseAmount reads a number of the catalogue; its decimals, trailing zeros included, become the scale.
func parseAmount(s string) amount {
	whole, frac, _ := strings.Cut(s, ".")
	units, err := strconv.ParseInt(whole+frac, 10, 64)
	if err != nil {
		panic("demo catalogue holds a number that is none: " + s)
	}
	return amount{units: units, scale: len(frac)}
}

// times multiplies exactly. The catalogue keeps products far below the border; a product beyond it is a mistake in
// the catalogue, and a wrong amount must not be written.
func (a amount) times(b amount) amount {
	return amount{units: product(a.units, b.units), scale: a.scale + b.scale}
}

func product(a, b int64) int64 {
	hi, lo := bits.Mul64(magnitude(a), magnitude(b))
	if hi != 0 || lo > 1<<62 {
		panic("demo catalogue holds a price and a quantity whose product is too large")
	}
	if (a < 0) != (b < 0) {
		return -int64(lo)
	}
	return int64(lo)
}

func magnitude(v int64) uint64 {
	if v < 0 {
		return uint64(-v)
	}
	return uint64(v)
}

// atScale returns the amount with another scale, cut towards zero where the new one is coarser.
func (a amount) atScale(scale int) amount {
	if scale >= a.scale {
		return amount{units: product(a.units, pow10[scale-a.scale]), scale: scale}
	}
	return amount{units: a.units / pow10[a.scale-scale], scale: scale}
}

// permille returns the amount × p/1000, rounded half up at the same scale.
func (a amount) permille(p int64) amount {
	return amount{units: (product(a.units, p) + 500) / 1000, scale: a.scale}
}

func (a amount) String() string { return string(appendAmount(nil, a.units, a.scale)) }

// appendAmount writes units × 10^-scale without trailing zeros.
func appendAmount(b []byte, units int64, scale int) []byte {
	if units < 0 {
		b = append(b, '-')
		units = -units
	}
	whole := units / pow10[scale]
	b = strconv.AppendInt(b, whole, 10)
	frac := uint64(units - whole*pow10[scale])
	if frac == 0 {
		return b
	}
	digits := scale
	for frac%10 == 0 {
		frac /= 10
		digits--
	}
	b = append(b, '.')
	start := len(b)
	b = append(b, "000000000000000000"[:digits]...)
	for i := start + digits - 1; frac != 0; i-- {
		b[i] = byte('0' + frac%10)
		frac /= 10
	}
	return b
}
