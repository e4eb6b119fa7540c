package azureexport

import (
	"bytes"

	"cloud-intelligence/backend/finops"
)

// number is an amount that may be unknown.
type number struct {
	amount finops.Amount
	known  bool
}

// readNumber reads a field; what is empty or no number is unknown. Azure writes no commas
// between thousands, so a comma can only be a decimal comma that a spreadsheet made, and
// reading it as a separator would be wrong by a factor of a thousand.
func readNumber(text []byte) number {
	if finops.IsNull(text) || bytes.IndexByte(text, ',') >= 0 {
		return number{}
	}
	a, err := finops.ParseAmount(text)
	return number{amount: a, known: err == nil}
}

func (n number) zero() bool { return n.known && n.amount.Sign() == 0 }

// times multiplies exactly; unknown if a factor is, or if the product has more digits
// than an amount may have.
func (n number) times(o number) number {
	if !n.known || !o.known {
		return number{}
	}
	product, ok := n.amount.Mul(o.amount)
	return number{amount: product, known: ok}
}
