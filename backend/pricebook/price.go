package pricebook

import (
	"fmt"

	"cloud-intelligence/backend/finops"
)

// Number is a price or another figure that may be unknown. The zero Number is unknown.
type Number struct {
	packed int64
	known  bool
}

// NewNumber makes a known Number; ok is false where a has too many digits for a price.
func NewNumber(a finops.Amount) (n Number, ok bool) {
	packed, ok := a.Pack()
	return Number{packed, ok}, ok
}

// Known reports whether there is a figure.
func (n Number) Known() bool { return n.known }

// Amount is the figure, 0 where it is unknown.
func (n Number) Amount() finops.Amount {
	if !n.known {
		return finops.Amount{}
	}
	return finops.Unpack(n.packed)
}

// String writes the figure, or nothing.
func (n Number) String() string {
	if !n.known {
		return ""
	}
	return n.Amount().String()
}

// MarshalText writes the figure, or nothing.
func (n Number) MarshalText() ([]byte, error) { return []byte(n.String()), nil }

// UnmarshalText reads a figure; nothing is unknown.
func (n *Number) UnmarshalText(text []byte) error {
	*n = Number{}
	if len(text) == 0 {
		return nil
	}
	a, err := finops.ParseAmount(text)
	if err != nil {
		return fmt.Errorf("read a price: %w", err)
	}
	read, ok := NewNumber(a.Trim())
	if !ok {
		return finops.Errorf(finops.CodeInvalid, "%q cannot be a price", text)
	}
	*n = read
	return nil
}

// Basis is how a price came to be.
type Basis string

// The bases of prices.
const (
	Listed            Basis = "listed"         // the figure stands in the source
	Corrected         Basis = "corrected"      // an error of the source was mended
	Derived           Basis = "derived"        // calculated from the price in another region; no listed price
	ListedWithLicence Basis = "listed+licence" // a listed price and the listed licence
	Suspect           Basis = "suspect"        // contradicts its neighbours; not to be relied on
)

// Origin is where a figure comes from.
type Origin struct {
	Basis  Basis
	Source string // of Book.Sources
	AsOf   string // YYYY, YYYY-MM or YYYY-MM-DD
}

// Day is the day of AsOf in the form YYYY-MM-DD; a missing month or day is the first.
func (o Origin) Day() string {
	switch len(o.AsOf) {
	case len("2006"):
		return o.AsOf + "-01-01"
	case len("2006-01"):
		return o.AsOf + "-01"
	}
	return o.AsOf
}
