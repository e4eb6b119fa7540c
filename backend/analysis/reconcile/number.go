package reconcile

import (
	"cmp"
	"iter"
	"strings"
	"unicode"

	"cloud-intelligence/backend/finops"
)

// Decimal says which sign stands before the decimals.
type Decimal string

// The ways to read amounts. DecimalAuto finds out, and refuses what could be read both ways.
const (
	DecimalAuto  Decimal = "auto"
	DecimalPoint Decimal = "point"
	DecimalComma Decimal = "comma"
)

// ParseDecimal reads a Decimal; "" is DecimalAuto.
func ParseDecimal(text string) (Decimal, error) {
	switch d := Decimal(text); d {
	case "":
		return DecimalAuto, nil
	case DecimalAuto, DecimalPoint, DecimalComma:
		return d, nil
	}
	return "", finops.Errorf(finops.CodeInvalid, "%q is not a decimal format. Use auto, point or comma.", text)
}

// ReadAmount reads one amount as a person writes it: "1234.5", "1,234.50", "1.234,50",
// "(12.30)", "−5", "€ 7". With DecimalAuto it answers CodeInvalid for an amount that can be
// read in two ways, such as 1,234.
func ReadAmount(text string, decimal Decimal) (finops.Amount, error) {
	s := squeeze(text)
	if decimal == DecimalAuto {
		switch signOf(s) {
		case signPoint, signNone:
			decimal = DecimalPoint
		case signComma:
			decimal = DecimalComma
		case signBoth:
			return finops.Amount{}, finops.Errorf(finops.CodeInvalid,
				"%s can be read in two ways. Write it without separators between the thousands and with two decimals, for example 1234.00.", quoted(text))
		}
	}
	return readAmount(text, s, decimal)
}

// WithoutCurrency takes the code of a currency off an amount that is written with it: "12.50 USD", "USD 12.50".
// Any other text, also an amount in another currency, stays as it is.
func WithoutCurrency(text, currency string) string {
	s := strings.TrimSpace(text)
	if code := len(currency); code > 0 && len(s) > code {
		switch {
		case strings.EqualFold(s[:code], currency):
			return strings.TrimSpace(s[code:])
		case strings.EqualFold(s[len(s)-code:], currency):
			return strings.TrimSpace(s[:len(s)-code])
		}
	}
	return text
}

// DetectDecimal finds the decimal sign of amounts from those that can be read in one way only.
// It answers DecimalAuto where none says which it is, and CodeInvalid where some have a point and some a
// comma.
func DetectDecimal(texts iter.Seq[string]) (Decimal, error) {
	var point, comma string
	for text := range texts {
		switch signOf(squeeze(text)) {
		case signPoint:
			point = cmp.Or(point, text)
		case signComma:
			comma = cmp.Or(comma, text)
		case signNone, signBoth:
		}
	}
	switch {
	case point != "" && comma != "":
		return "", finops.Errorf(finops.CodeInvalid, "%s has a decimal point and %s a decimal comma. Write all amounts in one way, or say which it is.", quoted(point), quoted(comma))
	case comma != "":
		return DecimalComma, nil
	case point != "":
		return DecimalPoint, nil
	}
	return DecimalAuto, nil
}

func readAmount(text, s string, decimal Decimal) (finops.Amount, error) {
	point, group := ".", ","
	if decimal == DecimalComma {
		point, group = ",", "."
	}
	plain, ok := ungroup(s, point, group)
	if !ok {
		letters := strings.Map(func(r rune) rune {
			if unicode.IsLetter(r) {
				return r
			}
			return -1
		}, s)
		switch {
		case letters == "e" || letters == "E":
			return finops.Amount{}, finops.Errorf(finops.CodeInvalid, "%s is not an amount. Numbers such as 1.2E+05 have lost digits: format the cell as a number and save again.", quoted(text))
		case letters != "":
			return finops.Amount{}, finops.Errorf(finops.CodeInvalid, "%s is not an amount. Enter the number alone.", quoted(text))
		}
		return finops.Amount{}, finops.Errorf(finops.CodeInvalid, "%s is not an amount with a decimal %s.", quoted(text), decimal)
	}
	a, err := finops.ParseAmount([]byte(plain))
	if err != nil {
		return finops.Amount{}, finops.Errorf(finops.CodeInvalid, "%s is not an amount.", quoted(text))
	}
	return a, nil
}

func quoted(text string) string {
	const most = 40
	if runes := []rune(text); len(runes) > most {
		text = string(runes[:most]) + "…"
	}
	return "\"" + text + "\""
}

// squeeze makes the spellings of a number alike: no currency signs or blanks around it, a
// plain minus, and "_" for blanks and apostrophes inside, which separate thousands.
func squeeze(text string) string {
	s := strings.Map(func(r rune) rune {
		switch r {
		case '\u2212', '\u2013', '\ufe63', '\uff0d':
			return '-'
		case ' ', '\t', '\u00a0', '\u202f', '\u2009', '\'', '\u2019':
			return '_'
		}
		return r
	}, text)
	s = strings.Trim(s, "_")
	negative := false
	if inner, ok := strings.CutPrefix(s, "("); ok && strings.HasSuffix(inner, ")") {
		negative, s = true, strings.TrimSuffix(inner, ")")
	}
	s = trimCurrency(s)
	if rest, ok := strings.CutPrefix(s, "-"); ok && !negative {
		negative, s = true, trimCurrency(rest)
	} else if rest, ok := strings.CutSuffix(s, "-"); ok && !negative { // as accounting systems write it
		negative, s = true, trimCurrency(rest)
	} else if rest, ok := strings.CutPrefix(s, "+"); ok && !negative {
		s = rest
	}
	if negative {
		return "-" + s
	}
	return s
}

func trimCurrency(s string) string {
	s = strings.Trim(s, "_")
	for _, sign := range []string{"$", "€", "£", "¥", "₹"} {
		s = strings.TrimSuffix(strings.TrimPrefix(s, sign), sign)
	}
	return strings.Trim(s, "_")
}

// sign is what a number's spelling says of its decimal sign.
type sign int

const (
	signNone  sign = iota // digits alone
	signPoint             // can only have a decimal point
	signComma             // can only have a decimal comma
	signBoth              // one separator and three digits behind it
)

func signOf(s string) sign {
	s = strings.TrimPrefix(s, "-")
	points, commas := strings.Count(s, "."), strings.Count(s, ",")
	switch {
	case points == 0 && commas == 0:
		return signNone
	case points > 0 && commas > 0:
		if strings.LastIndexByte(s, '.') > strings.LastIndexByte(s, ',') {
			return signPoint
		}
		return signComma
	case points > 1: // thousands
		return signComma
	case commas > 1:
		return signPoint
	}
	at := strings.IndexAny(s, ".,")
	// 0.123 and 12345.678 have no thousands to separate, and a blank or apostrophe does that elsewhere.
	if len(s)-at-1 == 3 && at >= 1 && at <= 3 && s[0] != '0' && !strings.Contains(s, "_") {
		return signBoth
	}
	if points == 1 {
		return signPoint
	}
	return signComma
}

// ungroup takes out what separates the thousands and makes the decimal sign a point.
func ungroup(s, point, group string) (plain string, ok bool) {
	unsigned, negative := strings.CutPrefix(s, "-")
	whole, fraction, hasPoint := strings.Cut(unsigned, point)
	if whole == "" || (hasPoint && fraction == "") || !isDigits(fraction) {
		return "", false
	}
	mark := ""
	for _, m := range []string{group, "_"} {
		if strings.Contains(whole, m) {
			if mark != "" {
				return "", false
			}
			mark = m
		}
	}
	if mark != "" {
		parts := strings.Split(whole, mark)
		for i, part := range parts {
			if (i > 0 && len(part) != 3) || len(part) == 0 || len(part) > 3 {
				return "", false
			}
		}
		whole = strings.Join(parts, "")
	}
	if !isDigits(whole) {
		return "", false
	}
	if hasPoint {
		whole += "." + fraction
	}
	if negative {
		whole = "-" + whole
	}
	return whole, true
}

func isDigits(s string) bool { return strings.Trim(s, "0123456789") == "" }
