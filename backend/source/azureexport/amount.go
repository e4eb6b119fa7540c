package azureexport

import (
	"bytes"

	"cloud-intelligence/backend/finops"
)

// number is an amount that may be unknown.
type number struct {
	amount finops.Amount
	known  bool
	plain  bool // the column of the file has it as it prints, so that it can be copied
	column int
}

// readNumber reads a field; what is empty or no number is unknown. Azure writes no commas
// between thousands, so a comma can only be a decimal comma that a spreadsheet made, and
// reading it as a separator would be wrong by a factor of a thousand.
func readNumber(text []byte) number {
	n := spelledNumber(text)
	n.plain = false
	return n
}

// number reads a field of the record.
func (r *record) number(f field) number {
	n := spelledNumber(r.text(f))
	n.column = r.schema.at[f]
	return n
}

func spelledNumber(text []byte) number {
	if finops.IsNull(text) || bytes.IndexByte(text, ',') >= 0 {
		return number{}
	}
	a, plain, err := finops.ParseSpelling(text)
	return number{amount: a, known: err == nil, plain: plain}
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
