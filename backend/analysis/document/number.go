package document

import (
	"encoding/json"
	"strings"

	"cloud-intelligence/backend/finops"
)

var hundred = finops.NewAmount(100, 0)

// billionths are the decimals of the small part of an amount of Google.
const billionths = 9

// googleMoney is an amount as Google writes it: whole units, and billionths beside them.
type googleMoney struct {
	CurrencyCode string
	Units        json.RawMessage // a text, in some answers a number
	Nanos        json.Number     // of the same sign
}

// amount is both parts together; nil = there is none, or it is 0.
func (m googleMoney) amount() *finops.Amount {
	var sum finops.Sum
	if units, ok := measured(strings.Trim(string(m.Units), `"`)); ok {
		sum.Add(units)
	}
	if nanos, ok := measured(m.Nanos.String()); ok {
		if part, ok := nanos.Mul(finops.NewAmount(1, billionths)); ok {
			sum.Add(part)
		}
	}
	if sum.IsZero() {
		return nil
	}
	a := sum.Amount()
	return &a
}

// saved is the amount without its sign; nil = there is none.
func (m googleMoney) saved() *finops.Amount {
	a := m.amount()
	if a != nil && a.Sign() < 0 {
		*a = a.Neg()
	}
	return a
}
