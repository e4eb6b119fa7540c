package finops

import (
	"cmp"
	"encoding/binary"
	"math/big"
	"math/bits"
	"strconv"
)

// wide is an integer of 192 bits without a sign, the lowest word first. It holds every
// number of up to 57 digits: any amount that a provider prints, and the product of an
// amount, a price and an exchange rate. What is larger is a big.Int.
type wide [3]uint64

// wideDigits is the most digits that a wide integer has.
const wideDigits = 58

// pow10 are the powers of ten that fit into a word.
var pow10 = func() (p [20]uint64) {
	p[0] = 1
	for i := 1; i < len(p); i++ {
		p[i] = p[i-1] * 10
	}
	return p
}()

// widePow10 are the powers of ten that fit into 192 bits.
var widePow10 = func() (p [wideDigits]wide) {
	p[0][0] = 1
	for i := 1; i < len(p); i++ {
		p[i] = p[i-1]
		p[i].multiply(10, 0)
	}
	return p
}()

func (w *wide) zero() bool   { return w[0]|w[1]|w[2] == 0 }
func (w *wide) single() bool { return w[1]|w[2] == 0 }

// multiply makes w × factor + more of w; over says that this does not fit.
func (w *wide) multiply(factor, more uint64) (over bool) {
	if w.zero() {
		w[0] = more
		return false
	}
	for i, word := range w {
		hi, lo := bits.Mul64(word, factor)
		sum, carry := bits.Add64(lo, more, 0)
		w[i], more = sum, hi+carry
	}
	return more != 0
}

// divide makes the quotient of w and returns the rest.
func (w *wide) divide(by uint64) (rest uint64) { return divWords(w[:], by) }

func (w wide) compare(o wide) int {
	for i := len(w) - 1; i > 0; i-- {
		if w[i] != o[i] {
			return cmp.Compare(w[i], o[i])
		}
	}
	return cmp.Compare(w[0], o[0])
}

// append appends the decimal digits.
func (w wide) append(dst []byte) []byte {
	if w.single() {
		return strconv.AppendUint(dst, w[0], 10)
	}
	low := w.divide(pow10[19])
	dst = w.append(dst)
	at := len(dst)
	dst = append(dst, "0000000000000000000"...)
	for i := len(dst) - 1; i > at; i -= 2 { // 19 digits: the first one is left
		pair := byte(low % 100)
		low /= 100
		dst[i-1] += pair / 10
		dst[i] += pair % 10
	}
	dst[at] += byte(low)
	return dst
}

// wideOf returns the coefficient without its sign, if it fits.
func wideOf(v *big.Int) (w wide, ok bool) {
	if v.BitLen() > 64*len(w) {
		return w, false
	}
	var buf [8 * len(w)]byte
	v.FillBytes(buf[:])
	for i := range w {
		w[i] = binary.BigEndian.Uint64(buf[len(buf)-8*(i+1):])
	}
	return w, true
}

func bigOf(words []uint64) *big.Int {
	buf := make([]byte, 0, 32)
	for i := len(words) - 1; i >= 0; i-- {
		buf = binary.BigEndian.AppendUint64(buf, words[i])
	}
	return new(big.Int).SetBytes(buf)
}

// divWords makes the quotient of w and returns the rest.
func divWords(w []uint64, by uint64) (rest uint64) {
	for i := len(w) - 1; i >= 0; i-- {
		if rest == 0 && w[i] < by {
			w[i], rest = 0, w[i]
			continue
		}
		w[i], rest = bits.Div64(rest, w[i], by)
	}
	return rest
}

// mulWords makes dst, which must be 0, the product of a and b; over says that it does not
// fit, and dst is of no use then.
func mulWords(dst, a, b []uint64) (over bool) {
	for i, x := range a {
		if x == 0 {
			continue
		}
		var carry uint64
		for j, y := range b {
			if i+j >= len(dst) {
				if y != 0 || carry != 0 {
					return true
				}
				continue
			}
			hi, lo := bits.Mul64(x, y)
			lo, c := bits.Add64(lo, carry, 0)
			hi += c
			dst[i+j], c = bits.Add64(lo, dst[i+j], 0)
			carry = hi + c
		}
		if carry != 0 {
			if i+len(b) >= len(dst) {
				return true
			}
			dst[i+len(b)] = carry
		}
	}
	return false
}

// trimWords divides by ten as long as that leaves no rest and decimals are left; w must
// not be 0. It returns the decimals that are left.
func trimWords(w []uint64, scale int) int {
	var quotient [4]uint64
	for step := 16; step > 0; {
		// A multiple of 10ⁿ is one of 2ⁿ, so that most numbers are not divided at all.
		if min(scale, lowZeros(w)) >= step {
			q := quotient[:copy(quotient[:], w)]
			if divWords(q, pow10[step]) == 0 {
				copy(w, q)
				scale -= step
				continue
			}
		}
		step /= 2
	}
	return scale
}

// trimWord does it for one word.
func trimWord(w uint64, scale int) (trimmed uint64, scaleLeft int) {
	for scale > 0 && w%10 == 0 {
		w, scale = w/10, scale-1
	}
	return w, scale
}

// lowZeros counts the bits that are 0 below the lowest one that is set.
func lowZeros(w []uint64) (n int) {
	for _, word := range w {
		if word != 0 {
			return n + bits.TrailingZeros64(word)
		}
		n += 64
	}
	return n
}
