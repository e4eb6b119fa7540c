package gcpexport

import (
	"math/big"

	"cloud-intelligence/backend/finops"
)

// priceCurrency is the currency that the unit prices of a record are in. The export does not
// say it; a record says it itself, where price × quantity is its cost in one of the two.
type priceCurrency int

const (
	inBilling priceCurrency = iota // that of the costs
	inDollars                      // US dollars, which currency_conversion_rate turns into that of the costs
	inUnknown                      // neither gives the cost
)

// currencyOfPrices compares the effective price with the cost. There is nothing to tell
// apart where the costs are in dollars.
func (c *charge) currencyOfPrices() priceCurrency {
	text := c.v[fCurrencyRate]
	priced := c.v[fEffectivePrice] != nil || c.v[fEffectivePriceDefault] != nil || c.v[fListPrice] != nil
	if !priced || text == nil || string(text) == "1" || string(c.v[fCurrency]) == "USD" {
		return inBilling
	}
	rate := roughly(text)
	if rate.zero() || rate.negative || rate.is(1) {
		return inBilling
	}
	price, quantity, cost := roughly(c.v[fEffectivePrice]), roughly(c.v[fPricingAmount]), roughly(c.cost)
	if price.zero() || quantity.zero() || cost.zero() {
		return inUnknown
	}
	if per := roughly(c.v[fPricingUnitQuantity]); !per.zero() {
		cost = cost.times(per)
	}
	product := price.times(quantity)
	switch {
	case product.near(cost):
		return inBilling
	case product.times(rate).near(cost):
		return inDollars
	}
	return inUnknown
}

// billed turns a unit price into the currency of the costs, nil where that is not known.
func (c *charge) billed(price []byte) []byte {
	if price == nil {
		return nil
	}
	switch c.prices {
	case inBilling:
		return price
	case inDollars:
		a, errPrice := finops.ParseAmount(price)
		rate, errRate := finops.ParseAmount(c.v[fCurrencyRate])
		if product, ok := a.Mul(rate); ok && errPrice == nil && errRate == nil {
			return product.Append(nil)
		}
	}
	return nil
}

// dollars is a unit price where prices are known to be in dollars and costs are not.
func (c *charge) dollars(price []byte) []byte {
	if c.prices != inDollars {
		return nil
	}
	return price
}

// unitPrice is the price of one pricing unit in the currency of prices: a price may be quoted
// for more units. What is left of a fee is not its quantity at its price.
func (c *charge) unitPrice(price []byte) []byte {
	per := c.v[fPricingUnitQuantity]
	if c.credits != nil && c.credits.hasFee {
		return nil
	}
	if price == nil || per == nil || string(per) == "1" || string(per) == "1.0" {
		return price
	}
	n, okN := new(big.Rat).SetString(number(price))
	d, okD := new(big.Rat).SetString(number(per))
	if !okN || !okD || d.Sign() <= 0 {
		return nil
	}
	n.Quo(n, d)
	digits, exact := n.FloatPrec()
	if !exact || digits > finops.MaxScale {
		return nil // a third has no exact decimal number
	}
	return []byte(n.FloatString(digits))
}

// number returns a number in the spelling of finops, "" for what is none.
func number(text []byte) string {
	a, err := finops.ParseAmount(text)
	if err != nil {
		return ""
	}
	return a.String()
}

// contractedPrice is the price before commitments, in the currency of prices.
func (c *charge) contractedPrice() []byte {
	if p := c.v[fEffectivePriceDefault]; p != nil {
		return c.unitPrice(p)
	}
	if c.discounted() {
		return nil
	}
	return c.unitPrice(c.v[fEffectivePrice])
}
