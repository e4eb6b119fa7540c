package finops

import (
	"bytes"
	"math/big"
)

// currencySigns are removed from either end of an amount. Spreadsheets add them
// when they save a bill again.
var currencySigns = [][]byte{[]byte("$"), []byte("€"), []byte("£"), []byte("¥"), []byte("₹")}

// trimMoney removes blanks, one currency sign and accounting parentheses, which
// become a minus.
func trimMoney(text []byte) []byte {
	text = bytes.TrimSpace(text)
	neg := false
	if n := len(text); n > 2 && text[0] == '(' && text[n-1] == ')' {
		neg, text = true, bytes.TrimSpace(text[1:n-1])
	}
	if len(text) > 1 && text[0] == '-' && !neg {
		if rest := trimSign(text[1:]); len(rest) < len(text)-1 {
			neg, text = true, rest
		}
	}
	text = trimSign(text)
	if neg {
		return append([]byte{'-'}, text...)
	}
	return text
}

func trimSign(text []byte) []byte {
	for _, sign := range currencySigns {
		if bytes.HasPrefix(text, sign) {
			return bytes.TrimSpace(text[len(sign):])
		}
		if bytes.HasSuffix(text, sign) {
			return bytes.TrimSpace(text[:len(text)-len(sign)])
		}
	}
	return text
}

// parseWide reads plain and exponent spellings whose digits fit into 192 bits, without
// allocating: "6.76E-8", "0.10700000000000000000". ok is false for every other text; plain
// says that text is what the amount prints.
func parseWide(text []byte) (a Amount, plain, ok bool) {
	start, n := 0, len(text)
	if n > 0 && (text[0] == '-' || text[0] == '+') {
		start = 1
	}
	// The digits are gathered in words of 19 digits, the most that fit into 64 bits.
	var coef wide
	var word uint64
	i, point, gathered := start, -1, 0
	for ; i < n; i++ {
		d := text[i] - '0'
		if d > 9 {
			if text[i] != '.' || point >= 0 {
				break
			}
			point = i
			continue
		}
		word = word*10 + uint64(d)
		if gathered++; gathered == 19 {
			if coef.multiply(pow10[19], word) {
				return a, false, false
			}
			word, gathered = 0, 0
		}
	}
	whole, scale := i-start, 0
	if point >= 0 {
		whole, scale = point-start, i-point-1
	}
	if whole+scale == 0 || whole+scale > MaxScale || coef.multiply(pow10[gathered], word) {
		return a, false, false
	}
	neg := text[0] == '-' && !coef.zero()
	plain = whole > 0 && (text[start] != '0' || whole == 1) && (point < 0 || scale > 0) && neg == (start == 1)
	if i < n {
		exp, ok := smallExponent(text[i:])
		if !ok {
			return a, false, false
		}
		if plain, scale = false, scale-exp; scale < -MaxScale {
			return a, false, false
		}
	}
	for ; scale < 0; scale = min(scale+19, 0) {
		if coef.multiply(pow10[min(-scale, 19)], 0) {
			return a, false, false
		}
	}
	return wideAmount(coef, scale, neg), plain, scale <= MaxScale
}

// smallExponent reads "E-8", up to two digits.
func smallExponent(text []byte) (exp int, ok bool) {
	if text[0] != 'e' && text[0] != 'E' {
		return 0, false
	}
	text = text[1:]
	neg := len(text) > 0 && text[0] == '-'
	if neg || (len(text) > 0 && text[0] == '+') {
		text = text[1:]
	}
	if len(text) == 0 || len(text) > 2 {
		return 0, false
	}
	for _, c := range text {
		if c < '0' || c > '9' {
			return 0, false
		}
		exp = exp*10 + int(c-'0')
	}
	if neg {
		exp = -exp
	}
	return exp, true
}

type amountParser struct {
	text []byte
	pos  int
	most int // digits before the point
}

func (p *amountParser) parse() (Amount, bool) {
	neg := p.sign()
	digits, scale, ok := p.digits()
	if !ok {
		return Amount{}, false
	}
	exp, ok := p.exponent()
	if !ok || p.pos != len(p.text) {
		return Amount{}, false
	}
	scale -= exp
	coef, ok := new(big.Int).SetString(string(digits), 10)
	if !ok {
		return Amount{}, false
	}
	if scale < 0 {
		if -scale > MaxScale {
			return Amount{}, false
		}
		coef.Mul(coef, bigPow10(-scale))
		scale = 0
	}
	if scale > MaxScale || len(coef.Text(10))-scale > p.most {
		return Amount{}, false
	}
	if neg {
		coef.Neg(coef)
	}
	return newBigAmount(coef, scale), true
}

func (p *amountParser) sign() (neg bool) {
	if p.pos < len(p.text) && (p.text[p.pos] == '-' || p.text[p.pos] == '+') {
		neg = p.text[p.pos] == '-'
		p.pos++
	}
	return neg
}

// digits reads the digits before and after the point. Commas are allowed only
// where they separate groups of three digits before the point.
func (p *amountParser) digits() (digits []byte, scale int, ok bool) {
	comma, point := -1, false
	for ; p.pos < len(p.text); p.pos++ {
		c := p.text[p.pos]
		switch {
		case c >= '0' && c <= '9':
			digits = append(digits, c)
			if point {
				scale++
			}
			if comma >= 0 && !point {
				comma++
			}
		case c == ',' && !point && len(digits) > 0 && (comma == 3 || (comma < 0 && len(digits) <= 3 && digits[0] != '0')): // 0,125 is a decimal comma
			comma = 0
		case c == '.' && !point && (comma < 0 || comma == 3):
			point = true
		default:
			return digits, scale, p.few(digits) && (comma < 0 || comma == 3)
		}
	}
	return digits, scale, p.few(digits) && (comma < 0 || comma == 3)
}

// few bounds the digits before any arithmetic is done with them.
func (p *amountParser) few(digits []byte) bool {
	return len(digits) > 0 && len(digits) <= p.most+2*MaxScale
}

func (p *amountParser) exponent() (exp int, ok bool) {
	if p.pos == len(p.text) || (p.text[p.pos] != 'e' && p.text[p.pos] != 'E') {
		return 0, true
	}
	p.pos++
	neg := p.sign()
	start := p.pos
	for ; p.pos < len(p.text) && p.text[p.pos] >= '0' && p.text[p.pos] <= '9'; p.pos++ {
		exp = exp*10 + int(p.text[p.pos]-'0')
		if exp > 2*MaxScale {
			return 0, false
		}
	}
	if neg {
		exp = -exp
	}
	return exp, p.pos > start
}

// powers are the powers of ten that amounts and sums need. They are shared: nobody may
// change one.
var powers = func() (list [totalDigits + MaxScale + 1]*big.Int) {
	list[0] = big.NewInt(1)
	for i := 1; i < len(list); i++ {
		list[i] = new(big.Int).Mul(list[i-1], big.NewInt(10))
	}
	return list
}()

func bigPow10(n int) *big.Int {
	if n < len(powers) {
		return powers[n]
	}
	return new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(n)), nil)
}
