package azureexport

import "bytes"

// Prices are in the pricing currency, costs in the billing currency. A layout that knows one
// currency only has neither a PricingCurrency nor an exchange rate.

func (s *schema) twoCurrencies() bool { return s.has(fieldPricingCurrency) || s.has(fieldExchangeRate) }

// sameCurrency reports whether both currencies of a record are stated and the same.
func sameCurrency(r *charge) bool {
	pricing := r.text(fieldPricingCurrency)
	return pricing != nil && bytes.EqualFold(pricing, r.text(fieldCurrency))
}

// exchangeRate is what turns a price into the billing currency, unknown where the currencies
// differ and no rate is stated: a price must not pass for one in another currency.
func exchangeRate(r *charge) number {
	rate := readNumber(r.text(fieldExchangeRate))
	if !rate.known && r.text(fieldPricingCurrency) == nil {
		return number{amount: one, known: true}
	}
	return rate
}

// effectiveInPricing is the cost in the pricing currency, which a file need not state where
// it is the billing currency.
func effectiveInPricing(r *charge) number {
	if cost := r.number(fieldCostInPricing); cost.known || !sameCurrency(r) {
		return cost
	}
	return r.cost
}
