package gcpexport

import "cloud-intelligence/backend/finops"

// rough is a number with its first digits only, for a question whose answer does not hang on
// the others. It is never written anywhere.
type rough struct {
	first    uint64 // below 10^9; 0 for zero and for what is no number
	exponent int    // of ten
	negative bool
}

const roughLimit = 1_000_000_000

// roughly reads a number.
func roughly(text []byte) rough {
	if r, ok := roughDigits(text); ok {
		return r
	}
	a, err := finops.ParseAmount(text)
	if err != nil {
		return rough{}
	}
	r, _ := roughDigits(a.Append(nil))
	return r
}

// roughDigits reads digits with at most one point; ok is false for anything else.
func roughDigits(text []byte) (r rough, ok bool) {
	if len(text) > 0 && text[0] == '-' {
		r.negative, text = true, text[1:]
	}
	point := false
	for _, c := range text {
		switch {
		case c == '.' && !point:
			point = true
		case c < '0' || c > '9':
			return rough{}, false
		case r.first < roughLimit/10:
			r.first = r.first*10 + uint64(c-'0')
			if point {
				r.exponent--
			}
		case !point:
			r.exponent++
		}
	}
	return r, len(text) > 0
}

func (r rough) zero() bool { return r.first == 0 }

// is reports whether r is a small whole number.
func (r rough) is(n uint64) bool {
	for ; r.exponent < 0 && r.first%10 == 0; r.exponent++ {
		r.first /= 10
	}
	return r.first == n && r.exponent == 0 && !r.negative
}

func (r rough) times(o rough) rough {
	r.first, r.exponent, r.negative = r.first*o.first, r.exponent+o.exponent, r.negative != o.negative
	for r.first >= roughLimit {
		r.first /= 10
		r.exponent++
	}
	return r
}

// near reports whether two numbers that are not 0 differ by less than one part in a hundred:
// costs are rounded, and exchange rates differ by more from one.
func (r rough) near(o rough) bool {
	for _, x := range []*rough{&r, &o} {
		for x.first > 0 && x.first < roughLimit/10 {
			x.first *= 10
			x.exponent--
		}
	}
	if r.exponent < o.exponent {
		r, o = o, r
	}
	if r.negative != o.negative || r.exponent-o.exponent > 1 {
		return false
	}
	if r.exponent > o.exponent {
		r.first *= 10
	}
	large, small := max(r.first, o.first), min(r.first, o.first)
	return (large-small)*100 < small
}
