package cli

import (
	"strconv"
	"strings"

	"cloud-intelligence/backend/finops"
)

// unknown is shown for an amount that no line gives; it is not zero.
const unknown = "unknown"

// readable prints a sum with thousands separators and the digits of its currency. An amount
// that would round to nothing is shown as less than the smallest unit.
func readable(s *finops.Sum, currency string) string {
	if s == nil {
		return unknown
	}
	digits := finops.MinorDigits(currency)
	rounded := roundText(s.String(), digits)
	if s.Sign() != 0 && strings.Trim(rounded, "-0.") == "" {
		smallest := "1"
		if digits > 0 {
			smallest = "0." + strings.Repeat("0", digits-1) + "1"
		}
		if s.Sign() < 0 {
			return ">-" + smallest
		}
		return "<" + smallest
	}
	return finops.Grouped(rounded)
}

// roundText rounds a decimal number to so many digits after the point, half away from zero.
func roundText(text string, digits int) string {
	text, negative := strings.CutPrefix(text, "-")
	whole, fraction, _ := strings.Cut(text, ".")
	up := len(fraction) > digits && fraction[digits] >= '5'
	if len(fraction) > digits {
		fraction = fraction[:digits]
	}
	number := []byte(whole + fraction + strings.Repeat("0", digits-len(fraction)))
	for i := len(number) - 1; up && i >= 0; i-- {
		if number[i]++; number[i] <= '9' {
			up = false
		} else {
			number[i] = '0'
		}
	}
	if up {
		number = append([]byte{'1'}, number...)
	}
	point := len(number) - digits
	out := string(number[:point])
	if digits > 0 {
		out += "." + string(number[point:])
	}
	if negative && strings.Trim(out, "0.") != "" {
		out = "-" + out
	}
	return out
}

// count prints a number of things with thousands separators.
func count[N int | int64](n N) string { return finops.Grouped(strconv.FormatInt(int64(n), 10)) }

// things prints a number of things with the word for one of them.
func things[N int | int64](n N, one string) string {
	if n == 1 {
		return "1 " + one
	}
	return count(n) + " " + one + "s"
}

// orNone names a currency, also the one that a file does not name.
func orNone(currency string) string {
	if currency == "" {
		return "(none)"
	}
	return currency
}
