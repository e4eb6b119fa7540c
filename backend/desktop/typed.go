package desktop

import (
	"strings"

	"cloud-intelligence/backend/analysis/reconcile"
	"cloud-intelligence/backend/finops"
)

// typedAmount reads an amount that a person typed into a form, in the currency of the form ("" = a number of no currency):
// "11500", "11,500", "11,500.00", "11 500", "1.234,50", also with the currency or its sign beside it. A point alone is the decimal
// point, as the window shows amounts. A comma before three digits separates thousands; in a currency of three decimals it could be
// either, and is refused. Errors: CodeInvalid, with what to write instead.
func typedAmount(text, currency string) (finops.Amount, error) {
	text = reconcile.WithoutCurrency(strings.TrimSpace(text), currency)
	if finops.MinorDigits(currency) < 3 || !strings.Contains(text, ",") {
		if a, err := finops.ParseAmount([]byte(text)); err == nil {
			return a, nil
		}
	}
	return reconcile.ReadAmount(text, reconcile.DecimalAuto)
}
