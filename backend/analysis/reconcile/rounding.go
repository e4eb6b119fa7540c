package reconcile

import (
	"strings"

	"cloud-intelligence/backend/finops"
)

// RoundTo rounds a sum to so many digits after the point, half away from zero.
func RoundTo(s finops.Sum, digits int) finops.Sum {
	whole, fraction, _ := strings.Cut(s.String(), ".")
	if len(fraction) <= digits {
		return s
	}
	text := whole
	if digits > 0 {
		text += "." + fraction[:digits]
	}
	cut, err := finops.ParseTotal([]byte(text))
	if err != nil {
		return s // cannot be: it is the text of a sum with fewer digits
	}
	var out finops.Sum
	out.Add(cut)
	if fraction[digits] >= '5' {
		out.Add(finops.NewAmount(int64(s.Sign()), digits))
	}
	return out
}

// Tolerance is the largest difference that counts as rounding: half a minor unit for each
// service, because an invoice rounds what it prints and prints at least a line a service.
// It never exceeds what FOCUS 1.4 lets an invoice differ from its lines (Invoice Detail,
// BilledCost): the greater of 100 minor units and half a minor unit times √lines.
func Tolerance(currency string, services int, lines int64) finops.Amount {
	halves := int64(max(services, 1))
	return finops.NewAmount(5*min(halves, max(200, root(lines))), finops.MinorDigits(currency)+1)
}

// root is the whole part of the square root.
func root(n int64) int64 {
	if n < 2 {
		return max(n, 0)
	}
	r := n
	for next := (r + n/r) / 2; next < r; next = (r + n/r) / 2 {
		r = next
	}
	return r
}

func absolute(s finops.Sum) finops.Sum {
	if s.Sign() < 0 {
		return s.Neg()
	}
	return s
}

// within reports |s| ≤ most.
func within(s finops.Sum, most finops.Amount) bool { return absolute(s).Amount().Cmp(most) <= 0 }

// money writes an amount for a sentence, in the digits of its currency.
func money(s finops.Sum, currency string) string {
	digits := finops.MinorDigits(currency)
	whole, fraction, _ := strings.Cut(RoundTo(s, digits).String(), ".")
	if digits > 0 {
		whole += "." + fraction + strings.Repeat("0", digits-len(fraction))
	}
	if currency == "" {
		return whole
	}
	return whole + " " + currency
}

func sumOf(a finops.Amount) (s finops.Sum) {
	s.Add(a)
	return s
}
