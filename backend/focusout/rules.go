package focusout

import "cloud-intelligence/backend/finops"

// pair says that a column must be null where another one is.
type pair struct{ key, dependent int }

// dependents are the columns that must be null where the one before them is; source: the
// nullability rules on the column pages of the specification.
var dependents = map[string][]string{
	"SubAccountId":               {"SubAccountName", "SubAccountType"},
	"RegionId":                   {"RegionName"},
	"ResourceId":                 {"ResourceName", "ResourceType"},
	"SkuId":                      {"SkuMeter"},
	"SkuPriceId":                 {"SkuPriceDetails"},
	"PricingQuantity":            {"PricingUnit"},
	"ConsumedQuantity":           {"ConsumedUnit"},
	"CapacityReservationId":      {"CapacityReservationStatus"},
	"CommitmentDiscountId":       {"CommitmentDiscountCategory", "CommitmentDiscountName", "CommitmentDiscountType", "CommitmentDiscountStatus", "CommitmentDiscountQuantity"},
	"CommitmentDiscountQuantity": {"CommitmentDiscountUnit"},
}

// dependentOrder has every column before those that hang on it.
var dependentOrder = []string{
	"SubAccountId", "RegionId", "ResourceId", "SkuId", "SkuPriceId", "PricingQuantity", "ConsumedQuantity", "CapacityReservationId",
	"CommitmentDiscountId", "CommitmentDiscountQuantity",
}

// notOfTax are the columns that must be null on a tax.
var notOfTax = []string{
	"SkuId", "SkuPriceId", "ListUnitPrice", "ContractedUnitPrice", "PricingCategory", "PricingQuantity",
	"PricingCurrencyListUnitPrice", "PricingCurrencyContractedUnitPrice",
}

// slots are the places of the columns that the rules name, -1 where the version does
// not have the column.
type slots struct {
	chargeCategory, chargeClass, pricingCategory, pricingQuantity, pricingUnit, serviceCategory, serviceSubcategory int
	billedCost, effectiveCost, listCost, contractedCost, listUnitPrice, contractedUnitPrice                         int
	billingCurrency, pricingCurrency, pricingEffectiveCost, pricingListPrice, pricingContractedPrice                int
	commitment, commitmentStatus, commitmentQuantity, consumedQuantity                                              int

	tax []int
}

func (c *Converter) findSlots() (slots, []pair) {
	places := map[string]int{}
	for i := range c.cells {
		places[c.cells[i].Name] = i
	}
	find := func(name string) int {
		if i, ok := places[name]; ok {
			return i
		}
		return -1
	}
	at := slots{
		chargeCategory: find("ChargeCategory"), chargeClass: find("ChargeClass"), pricingCategory: find("PricingCategory"),
		pricingQuantity: find("PricingQuantity"), pricingUnit: find("PricingUnit"), serviceCategory: find("ServiceCategory"), serviceSubcategory: find("ServiceSubcategory"),
		billedCost: find("BilledCost"), effectiveCost: find("EffectiveCost"), listCost: find("ListCost"), contractedCost: find("ContractedCost"),
		listUnitPrice: find("ListUnitPrice"), contractedUnitPrice: find("ContractedUnitPrice"),
		billingCurrency: find("BillingCurrency"), pricingCurrency: find("PricingCurrency"), pricingEffectiveCost: find("PricingCurrencyEffectiveCost"),
		pricingListPrice: find("PricingCurrencyListUnitPrice"), pricingContractedPrice: find("PricingCurrencyContractedUnitPrice"),
		commitment: find("CommitmentDiscountId"), commitmentStatus: find("CommitmentDiscountStatus"),
		commitmentQuantity: find("CommitmentDiscountQuantity"), consumedQuantity: find("ConsumedQuantity"),
	}
	for _, name := range notOfTax {
		if i := find(name); i >= 0 {
			at.tax = append(at.tax, i)
		}
	}
	var pairs []pair
	for _, key := range dependentOrder {
		for _, dependent := range dependents[key] {
			if k, d := find(key), find(dependent); k >= 0 && d >= 0 {
				pairs = append(pairs, pair{k, d})
			}
		}
	}
	return at, pairs
}

func (c *Converter) get(slot int) *string {
	if slot < 0 {
		return nil
	}
	return c.row[slot]
}

func (c *Converter) is(slot int, value string) bool {
	v := c.get(slot)
	return v != nil && *v == value
}

func (c *Converter) clear(slot int) {
	if slot >= 0 {
		c.row[slot] = nil
	}
}

// fill sets a value where there is none.
func (c *Converter) fill(slot int, value *string) {
	if slot >= 0 && c.row[slot] == nil {
		c.row[slot] = value
	}
}

var (
	textUsed      = "Used"
	textCommitted = "Committed"
	textOther     = "Other"
)

// applyRules makes the line keep the rules that bind columns to each other: what a tax
// cannot have, then what follows from other columns, then what must be null.
func (c *Converter) applyRules() {
	usage := c.is(c.at.chargeCategory, "Usage")
	if c.is(c.at.chargeCategory, "Tax") {
		for _, slot := range c.at.tax {
			c.clear(slot)
		}
	}
	c.fillService()
	c.fillCosts()
	c.fillPricingCurrency()
	if usage && c.get(c.at.commitment) != nil && c.is(c.at.pricingCategory, textCommitted) {
		c.fill(c.at.commitmentStatus, &textUsed)
	}
	if c.version == Version10 && c.get(c.at.commitment) != nil && c.at.pricingCategory >= 0 {
		c.row[c.at.pricingCategory] = &textCommitted // 1.0 says so of purchases too, later versions do not
	}
	if c.is(c.at.chargeCategory, "Tax") {
		c.clear(c.at.pricingCategory)
	}
	if !usage || (c.version > Version10 && c.is(c.at.commitmentStatus, "Unused")) {
		c.clear(c.at.consumedQuantity)
	}
	if !usage && !c.is(c.at.chargeCategory, "Purchase") {
		c.clear(c.at.commitmentQuantity)
	}
	if c.get(c.at.pricingUnit) == nil && (c.is(c.at.chargeClass, "Correction") || (!usage && !c.is(c.at.chargeCategory, "Purchase"))) {
		c.clear(c.at.pricingQuantity) // a quantity of nothing, where none is asked for
	}
	for _, p := range c.pairs {
		if c.row[p.key] == nil {
			c.row[p.dependent] = nil
		}
	}
}

// fillService gives a service the remainder of its category: every line must have a
// subcategory, and "Other (…)" is what the specification has for all that fits no other.
func (c *Converter) fillService() {
	if c.at.serviceSubcategory < 0 || c.row[c.at.serviceSubcategory] != nil {
		return
	}
	category := c.get(c.at.serviceCategory)
	if category == nil {
		return
	}
	rest, ok := otherOf[*category]
	if !ok {
		return
	}
	c.row[c.at.serviceSubcategory] = rest
}

// otherOf is the "Other (…)" of each category.
var otherOf = func() map[string]*string {
	category, _ := finops.ColumnByName("ServiceCategory")
	m := make(map[string]*string, len(category.Values))
	for _, v := range category.Values {
		other := textOther + " (" + v + ")"
		m[v] = &other
	}
	return m
}()

// fillCosts computes a cost that is missing from its unit price, of which it is the
// product by definition; the costs of a credit that stands alone are its BilledCost.
func (c *Converter) fillCosts() {
	c.fillProduct(c.at.listCost, c.at.listUnitPrice)
	c.fillProduct(c.at.contractedCost, c.at.contractedUnitPrice)
	if c.is(c.at.chargeCategory, "Credit") {
		c.fill(c.at.listCost, c.get(c.at.billedCost))
		c.fill(c.at.contractedCost, c.get(c.at.billedCost))
	}
}

func (c *Converter) fillProduct(cost, price int) {
	p, q := c.get(price), c.get(c.at.pricingQuantity)
	if cost < 0 || c.row[cost] != nil || p == nil || q == nil || c.is(c.at.chargeClass, "Correction") {
		return
	}
	a, errA := finops.ParseAmount([]byte(*p))
	b, errB := finops.ParseAmount([]byte(*q))
	if errA != nil || errB != nil {
		return // cannot happen: both were read before
	}
	if product, ok := a.Mul(b); ok {
		text := product.String()
		c.row[cost] = &text
	}
}

// fillPricingCurrency repeats amounts where prices are in the currency of the bill.
func (c *Converter) fillPricingCurrency() {
	currency := c.get(c.at.billingCurrency)
	if currency == nil || !c.is(c.at.pricingCurrency, *currency) {
		return
	}
	c.fill(c.at.pricingEffectiveCost, c.get(c.at.effectiveCost))
	c.fill(c.at.pricingListPrice, c.get(c.at.listUnitPrice))
	c.fill(c.at.pricingContractedPrice, c.get(c.at.contractedUnitPrice))
}
