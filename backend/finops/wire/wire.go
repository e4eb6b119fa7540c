// Package wire spells values for JSON, the same in the window and on the command line: lists are never null, amounts are decimals, days are
// YYYY-MM-DD and instants RFC 3339. What a value of the whole program looks like outside of it is hidden here and nowhere else.
package wire

import (
	"math/big"
	"time"

	"cloud-intelligence/backend/finops"
)

// fractionDecimals is how many decimals of a fraction are written at most.
const fractionDecimals = 10

// List makes a nil list an empty one, so that JSON has [] and never null.
func List[T any](values []T) []T {
	if values == nil {
		return []T{}
	}
	return values
}

// Each applies fn to every value; the result is never nil.
func Each[A, B any](values []A, fn func(A) B) []B {
	out := make([]B, len(values))
	for i, v := range values {
		out[i] = fn(v)
	}
	return out
}

// Instant spells a time as RFC 3339 in UTC; "" for none.
func Instant(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}

// Sum spells a sum in decimals; nil = not known.
func Sum(s *finops.Sum) *string {
	if s == nil {
		return nil
	}
	return new(s.String())
}

// Amount spells an amount in decimals; nil = not known.
func Amount(a *finops.Amount) *string {
	if a == nil {
		return nil
	}
	return new(a.String())
}

// Fraction spells a fraction as a decimal with at most ten decimals, rounded half to even; nil = not known.
func Fraction(v *big.Rat) *string {
	if v == nil {
		return nil
	}
	return new(finops.RoundHalfEven(v, fractionDecimals))
}

// Day spells a day; "" for none.
func Day(d *finops.Day) string {
	if d == nil {
		return ""
	}
	return d.String()
}

// Filter names the kind of the filter that matches every charge.
func Filter(f finops.Filter) finops.Filter {
	if f.Kind == "" {
		f.Kind = finops.FilterAll
	}
	return f
}
