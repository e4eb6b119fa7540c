package mappedfile

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"cloud-intelligence/backend/finops"
)

// signCurrency are the signs that stand for one currency only.
var signCurrency = map[string]string{"US$": "USD", "€": "EUR", "£": "GBP", "₹": "INR", "₩": "KRW", "₪": "ILS", "₺": "TRY", "₴": "UAH", "₫": "VND", "zł": "PLN", "R$": "BRL"}

// openSigns are used by more than one currency.
var openSigns = []string{"$", "¥", "kr.", "kr", "CHF"}

// readNumber reads a number in the spelling of a table and appends its exact decimal text:
// without separators of thousands and signs of a currency, otherwise as it is written.
// currency is the code that the text names, "" for none.
func readNumber(dst, text []byte, d Decimal) (number []byte, currency string, ok bool) {
	const most = 200
	if len(text) > most || !utf8.Valid(text) {
		return dst, "", false
	}
	text, negative, currency := trimNumber(text)
	if len(text) == 0 {
		return dst, "", false
	}
	mantissa, exponent := text, []byte(nil)
	if i := bytes.IndexAny(text, "eE"); i > 0 {
		mantissa, exponent = text[:i], text[i:]
	}
	plain, ok := plainDigits(mantissa, d)
	if !ok {
		return dst, "", false
	}
	amount, err := finops.ParseAmount(append(plain, exponent...))
	if err != nil {
		return dst, "", false
	}
	if negative {
		amount = amount.Neg()
	}
	return amount.Append(dst), currency, true
}

// trimNumber takes signs off a number: plus and minus on either side, accounting
// parentheses, and the sign or code of a currency.
func trimNumber(text []byte) (rest []byte, negative bool, currency string) {
	s := strings.TrimFunc(string(text), blank)
	signed := false
	for range 4 { // parentheses or minus, and currency, in any order
		before := s
		s = cutNoCents(s)
		if inner, ok := strings.CutPrefix(s, "("); ok && strings.HasSuffix(inner, ")") && !signed {
			s, negative, signed = strings.TrimSuffix(inner, ")"), true, true
		} else if cut, minus, ok := cutMinus(s); ok && !signed {
			s, negative, signed = cut, minus, true
		}
		s = strings.TrimFunc(s, blank)
		if cut, code, ok := cutCurrency(s); ok && currency == "" {
			s = strings.TrimFunc(cut, blank)
			if currency = code; code == "" {
				currency = "?"
			}
		}
		if s == before {
			break
		}
	}
	if currency == "?" {
		currency = ""
	}
	return []byte(s), negative, currency
}

func blank(r rune) bool { return unicode.IsSpace(r) || r == '\u00a0' || r == '\u202f' || r == '\u2009' }

// noCents is what stands for the decimals of a whole amount: "CHF 12.–".
var noCents = []string{".--", ",--", ".-", ",-", ".\u2013", ",\u2013", ".\u2014", ",\u2014"}

func cutNoCents(s string) string {
	for _, sign := range noCents {
		if rest, ok := strings.CutSuffix(s, sign); ok {
			return rest
		}
	}
	return s
}

func cutMinus(s string) (rest string, minus, ok bool) {
	if rest, ok := strings.CutPrefix(s, "\u2013"); ok { // a dash, as word processors make of it
		return rest, true, true
	}
	for _, sign := range []string{"-", "\u2212", "+"} {
		if rest, ok := strings.CutPrefix(s, sign); ok {
			return rest, sign != "+", true
		}
		if rest, ok := strings.CutSuffix(s, sign); ok && sign != "+" {
			return rest, true, true
		}
	}
	return s, false, false
}

func cutCurrency(s string) (rest, code string, ok bool) {
	for sign, code := range signCurrency {
		if rest, ok := cutEither(s, sign); ok {
			return rest, code, true
		}
	}
	if len(s) > 3 {
		if code, ok := readCurrency([]byte(s[:3])); ok && s[:3] == code {
			return s[3:], code, true
		}
		if code, ok := readCurrency([]byte(s[len(s)-3:])); ok && s[len(s)-3:] == code {
			return s[:len(s)-3], code, true
		}
	}
	for _, sign := range openSigns {
		if rest, ok := cutEither(s, sign); ok {
			return rest, "", true
		}
	}
	return s, "", false
}

func cutEither(s, sign string) (string, bool) {
	if rest, ok := strings.CutPrefix(s, sign); ok {
		return rest, true
	}
	return strings.CutSuffix(s, sign)
}

// plainDigits takes the separators out of the digits before an exponent.
func plainDigits(text []byte, d Decimal) ([]byte, bool) {
	s := strings.Map(func(r rune) rune {
		switch {
		case blank(r) || r == '’' || r == '\'':
			return ' '
		default:
			return r
		}
	}, string(text))
	point, comma := strings.Count(s, "."), strings.Count(s, ",")
	decimal := byte('.')
	switch d {
	case DecimalComma:
		decimal = ','
	case DecimalPlain:
		var ok bool
		if decimal, ok = evidentDecimal(s, point, comma); !ok {
			return nil, false
		}
	}
	thousands := byte(',')
	if decimal == ',' {
		thousands = '.'
	}
	whole, fraction, pointed := strings.Cut(s, string(decimal))
	if !digitsOnly(fraction) || pointed && fraction == "" && whole == "" {
		return nil, false
	}
	plain, ok := joinGroups(whole, thousands)
	if !ok || plain == "" && fraction == "" {
		return nil, false
	}
	if plain == "" {
		plain = "0"
	}
	out := []byte(plain)
	if fraction != "" {
		out = append(append(out, '.'), fraction...)
	}
	return out, true
}

// evidentDecimal finds the decimal sign of a number that can be read in one way only.
func evidentDecimal(s string, point, comma int) (decimal byte, ok bool) {
	switch {
	case point == 0 && comma == 0:
		return '.', true
	case point > 0 && comma > 0:
		if strings.LastIndexByte(s, '.') > strings.LastIndexByte(s, ',') {
			return '.', point == 1
		}
		return ',', comma == 1
	case point > 1:
		return ',', true // 1.234.567
	case comma > 1:
		return '.', true
	}
	sign := byte('.')
	other := byte(',')
	if comma == 1 {
		sign, other = ',', '.'
	}
	whole, fraction, _ := strings.Cut(s, string(sign))
	if len(fraction) == 3 && len(whole) >= 1 && len(whole) <= 3 && whole[0] != '0' && !strings.Contains(whole, " ") {
		return other, false // 1.234 is a thousand or a bit more than one
	}
	return sign, true
}

// joinGroups joins groups of digits: 1,234,567 and the Indian 12,34,567.
func joinGroups(whole string, separator byte) (string, bool) {
	if strings.IndexByte(whole, separator) < 0 {
		separator = ' '
	} else if strings.IndexByte(whole, ' ') >= 0 {
		return "", false
	}
	groups := strings.Split(whole, string(separator))
	for i, g := range groups {
		last := i == len(groups)-1
		switch {
		case !digitsOnly(g):
			return "", false
		case len(groups) == 1:
		case i == 0 && (g == "" || len(g) > 3 || g[0] == '0'), last && len(g) != 3, i > 0 && !last && len(g) != 3 && len(g) != 2:
			return "", false
		}
	}
	return strings.Join(groups, ""), true
}

func digitsOnly(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}

// readCurrency reads the code of a currency, in any case, or a sign that only one has.
func readCurrency(text []byte) (code string, ok bool) {
	s := strings.TrimFunc(string(text), blank)
	if code, ok := signCurrency[s]; ok {
		return code, true
	}
	if len(s) != 3 {
		return "", false
	}
	for i := range 3 {
		if letter := s[i] | 0x20; letter < 'a' || letter > 'z' {
			return "", false // upper case would make an S of ſ, which has two bytes
		}
	}
	return strings.ToUpper(s), true
}
