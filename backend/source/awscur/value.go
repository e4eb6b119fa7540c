package awscur

import (
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/source"
)

// value is what a field of a record is to hold: nothing, a field of the line as it is, or
// an exact number.
type value struct {
	how    valueKind
	column int // of the file
	amount finops.Amount
}

type valueKind uint8

const (
	unknown valueKind = iota
	same
	exact
)

var zero = value{how: exact}

func (v value) known() bool { return v.how != unknown }

func (v value) write(out *source.Record) {
	switch v.how {
	case same:
		out.Same(v.column)
	case exact:
		out.Amount(v.amount)
	default:
		out.Null()
	}
}

// number reads a number of the line. Plain ones stay as they are written; others ("6.76E-8",
// as Data Exports print small costs) are written out, so that the ledger can keep them
// packed. What is no number is unknown: some generators write words into prices.
func (r *row) number(i input) value {
	text := r.field(i)
	if text == nil {
		return value{}
	}
	if _, _, ok := finops.ParsePlain(text); ok {
		return value{how: same, column: r.at[i]}
	}
	a, err := finops.ParseAmount(text)
	if err != nil {
		return value{}
	}
	return value{how: exact, amount: a.Trim()}
}

// cost is number for the costs that every line must have: what is no number stays, for
// the import to reject the line.
func (r *row) cost(i input) value {
	v := r.number(i)
	if !v.known() && r.field(i) != nil {
		return value{how: same, column: r.at[i]}
	}
	return v
}

// zero reports whether the column holds the number 0.
func (r *row) zero(i input) bool {
	a, err := finops.ParseAmount(r.field(i))
	return err == nil && a.Sign() == 0
}

// text takes a column as it is; what stands for no value is null.
func (r *row) text(i input) value {
	if r.field(i) == nil {
		return value{}
	}
	return value{how: same, column: r.at[i]}
}
