package gcpexport

import (
	"bytes"
	"fmt"

	"cloud-intelligence/backend/finops"
)

// charge is a record of the export and what follows from it. It is used again for every
// record of a reader.
type charge struct {
	v       [fieldCount][]byte
	columns [fieldCount]int // of the fields that are one column each, -1 for the others
	others  [][]byte        // columns that the schema does not have
	rest    []byte          // JSON of members that the schema does not have
	book    *book
	credits *credits // nil where the file does not state them
	labels  *labels
	invoice *invoice // nil where the file does not state it
	service serviceClass

	cost, net  []byte // canonical numbers, nil where unknown
	start, end []byte
	category   string
	fee        bool // the fee of a commitment
	unused     bool // a fee of which the used part is taken away again: what is left was not used
	late       bool // a correction of a month that was invoiced before
	commitment commitment
	prices     priceCurrency

	numbers [4][]byte // buffers of cost, net, list and contracted cost
	priceID []byte    // buffer
	times   [2][]byte // buffers of start and end
}

// book reads the fields that need to be taken apart, and remembers them. It belongs to
// one reader.
type book struct {
	credits  *creditBook
	labels   *labelBook
	invoices map[string]*invoice
	services map[string]serviceClass
	types    map[string][]byte // of resources
}

func newBook() *book {
	return &book{credits: newCreditBook(), labels: newLabelBook(), invoices: map[string]*invoice{}, services: map[string]serviceClass{}, types: map[string][]byte{}}
}

// settle works out what the fields of a record mean. It answers why the record cannot
// be read, "" if it can.
func (c *charge) settle(b *book) string {
	c.credits = b.credits.read(c.v[fCredits])
	if c.credits != nil && c.credits.reject != "" {
		return c.credits.reject
	}
	if reason := c.settleCost(); reason != "" {
		return reason
	}
	if reason := c.settleInvoice(b); reason != "" {
		return reason
	}
	c.start, c.end = nil, nil
	if c.v[fUsageStart] != nil {
		c.times[0] = appendTime(c.times[0][:0], c.v[fUsageStart])
		c.start = c.times[0]
	}
	if c.v[fUsageEnd] != nil {
		c.times[1] = appendTime(c.times[1][:0], c.v[fUsageEnd])
		c.end = c.times[1]
	}
	c.labels = b.labels.read(&c.v)
	c.settleService(b)
	c.fee = isFee(c.v[fSKUDescription]) || (c.credits != nil && c.credits.hasFee)
	c.category = c.chargeCategory()
	c.fee = c.fee && c.category == "Purchase"
	if c.unused = c.fee && c.credits != nil && c.credits.hasFee; c.unused {
		c.category = "Usage"
	}
	c.late = c.corrects()
	c.commitment = c.commitmentOf()
	c.prices = c.currencyOfPrices()
	return ""
}

// settleCost works out cost and net: the cost with all credits, which are negative. A
// net below zero is a refund and stays.
func (c *charge) settleCost() string {
	c.cost, c.net = nil, nil
	text := c.v[fCost]
	if finops.IsNull(text) {
		if c.credits != nil && c.credits.json != nil {
			return "It has credits and no cost."
		}
		return ""
	}
	var amount finops.Amount
	if coef, scale, ok := finops.ParsePlain(text); ok {
		amount, c.cost = finops.NewAmount(coef, int(scale)), text
	} else {
		var err error
		if amount, err = finops.ParseAmount(text); err != nil {
			return fmt.Sprintf("Its cost %q is not a number.", shorten(text))
		}
		c.numbers[0] = amount.Append(c.numbers[0][:0])
		c.cost = c.numbers[0]
	}
	c.net = c.cost
	if c.credits != nil && c.credits.json != nil {
		if net, ok := added(amount, c.credits.total); ok {
			c.numbers[1] = net.Append(c.numbers[1][:0])
			c.net = c.numbers[1]
			return ""
		}
		sum := c.credits.sum
		sum.Add(amount)
		c.numbers[1] = sum.Amount().Append(c.numbers[1][:0])
		c.net = c.numbers[1]
	}
	return ""
}

func (c *charge) settleInvoice(b *book) string {
	c.invoice = nil
	text := c.v[fInvoiceMonth]
	if finops.IsNull(text) {
		return ""
	}
	if c.invoice = b.invoices[string(text)]; c.invoice != nil {
		return ""
	}
	in, ok := readInvoice(text)
	if !ok {
		return fmt.Sprintf("Its invoice.month %q is not a month.", shorten(text))
	}
	b.invoices[string(text)] = &in
	c.invoice = &in
	return ""
}

func (c *charge) settleService(b *book) {
	const most = 10_000 // services a file may name; a hostile one starts again
	name := firstOf(c.v[fServiceDescription], c.v[fServiceID])
	if known, ok := b.services[string(name)]; ok {
		c.service = known
		return
	}
	if len(b.services) >= most {
		clear(b.services)
	}
	c.service = classOf(name)
	b.services[string(name)] = c.service
}

// chargeCategory follows cost_type; exports from before it was introduced have none.
func (c *charge) chargeCategory() string {
	switch kind := c.v[fCostType]; {
	case string(kind) == "regular":
	case bytes.EqualFold(kind, []byte("tax")):
		return "Tax"
	case bytes.EqualFold(kind, []byte("adjustment")), bytes.EqualFold(kind, []byte("rounding_error")):
		return "Adjustment"
	}
	if c.fee {
		return "Purchase"
	}
	return "Usage"
}

// corrects reports whether the charge corrects a month before that of its invoice. In
// the open month FOCUS has no class for a correction.
func (c *charge) corrects() bool {
	if c.v[fAdjustmentID] == nil && c.v[fAdjustmentType] == nil && c.v[fAdjustmentMode] == nil {
		return false
	}
	at := c.end
	if at == nil {
		at = c.start
	}
	sec, ok := finops.ParseTime(at)
	return ok && c.invoice != nil && sec <= c.invoice.begins
}

// commitment is what FOCUS says of a commitment.
type commitment struct {
	id, name, category, kind, status []byte
	quantity, unit                   []byte
}

var (
	spend, resourceBased = []byte("Spend"), []byte("Usage")
	spendKind            = []byte("Spend-based CUD")
	resourceKind         = []byte("Resource-based CUD")
	used, unused         = []byte("Used"), []byte("Unused")
)

// isFee reports whether a SKU is the fee of a commitment: "Commitment v1: Cpu in Europe
// for 1 Year", "Commitment - dollar based v1: GCE for 1 year".
func isFee(sku []byte) bool {
	const word = "commitment"
	return len(sku) > len(word) && bytes.EqualFold(sku[:len(word)], []byte(word)) && (sku[len(word)] == ' ' || sku[len(word)] == ':')
}

func containsFold(text []byte, lower string) bool {
	return bytes.Contains(bytes.ToLower(text), []byte(lower))
}

// discounted reports whether the price is that of a commitment, as the model of July
// 2025 says it: in consumption_model instead of a credit.
func (c *charge) discounted() bool {
	model := c.v[fModelDescription]
	return len(model) > 0 && (containsFold(model, "cud") || containsFold(model, "commit"))
}

func (c *charge) commitmentOf() (m commitment) {
	switch {
	case c.fee:
		m.category, m.kind = resourceBased, resourceKind
		m.quantity, m.unit = c.v[fPricingAmount], c.v[fPricingUnit]
		if c.unused {
			m.quantity, m.unit = c.net, c.v[fCurrency] // one unit of the fee is one unit of money
		}
		if c.unused || containsFold(c.v[fSKUDescription], "dollar based") {
			m.category, m.kind = spend, spendKind
		}
		m.id, m.name = c.v[fSubscriptionID], c.v[fSKUDescription]
	case c.category != "Usage":
		return m
	case c.discounted():
		m.category, m.kind = spend, spendKind
		m.name = c.v[fModelDescription]
		m.id = firstOf(c.v[fSubscriptionID], c.v[fModelID])
		m.quantity, m.unit = c.cost, c.v[fCurrency]
	case c.credits != nil && c.credits.kind != "":
		m.category, m.kind = resourceBased, resourceKind
		if c.credits.kind == creditSpend {
			m.category, m.kind = spend, spendKind
		}
		m.name = c.credits.name
		m.id = firstOf(c.v[fSubscriptionID], c.credits.id, m.name)
	default:
		return m
	}
	switch {
	case m.id != nil && c.unused:
		m.status = unused
	case m.id != nil && !c.fee:
		m.status = used
	}
	if m.id == nil {
		m.quantity = nil
	}
	if m.quantity == nil || m.unit == nil {
		m.quantity, m.unit = nil, nil
	}
	return m
}

// pricingCategory says how the price came about, "" for what is no use of a service.
func (c *charge) pricingCategory() string {
	switch {
	case c.category == "Purchase":
		return "Standard"
	case c.category != "Usage":
		return ""
	case c.commitment.category != nil:
		return "Committed"
	case isSpot(c.v[fSKUDescription]):
		return "Dynamic"
	case len(c.v[fModelDescription]) > 0 && !bytes.EqualFold(c.v[fModelDescription], []byte("default")):
		return "Other"
	}
	return "Standard"
}

func isSpot(sku []byte) bool {
	return bytes.HasPrefix(sku, []byte("Spot ")) || bytes.Contains(sku, []byte("Preemptible"))
}

// unusedPart takes the used part of a commitment's fee from a cost of that fee, or of its
// correction: it stands on the usage that it pays for. Other costs stay as they are.
func (c *charge) unusedPart(cost []byte, buffer int) []byte {
	if c.credits == nil || !c.credits.hasFee || cost == nil {
		return cost
	}
	a, err := finops.ParseAmount(cost)
	if err != nil {
		return nil
	}
	sum := c.credits.feeUsed.Neg()
	sum.Add(a)
	c.numbers[buffer] = sum.Amount().Append(c.numbers[buffer][:0])
	return c.numbers[buffer]
}

// skuPrice names the price of a record: a SKU has one for each tier, and for each
// consumption model.
func (c *charge) skuPrice() []byte {
	if c.v[fSKUID] == nil || (c.v[fTierStart] == nil && c.v[fModelID] == nil) {
		return c.v[fSKUID]
	}
	id := append(c.priceID[:0], c.v[fSKUID]...)
	if tier := c.v[fTierStart]; tier != nil {
		id = append(append(id, "/tier/"...), tier...)
	}
	if model := c.v[fModelID]; model != nil {
		id = append(append(id, "/model/"...), model...)
	}
	c.priceID = id
	return id
}
