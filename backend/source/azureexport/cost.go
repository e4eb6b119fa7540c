package azureexport

import (
	"strings"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/source"
)

func write(out *source.Record, n number) {
	switch {
	case !n.known:
		out.Null()
	case n.plain:
		out.Same(n.column)
	default:
		out.Amount(n.amount)
	}
}

// when writes n where ok, and 0 where the cost is known to count elsewhere.
func when(out *source.Record, ok bool, n number) {
	if !ok {
		n = number{known: true}
	}
	write(out, n)
}

// prices are the unit prices of a record, in the pricing and in the billing currency.
type prices struct {
	list, contracted       number // pricing currency
	rate                   number // pricing to billing currency, 1 where there is one currency
	listBilled, contractBP number
}

// prices reads the unit prices. A price of 0 beside a cost, or on what a commitment pays
// for, or of a Marketplace product, does not mean that it is free: Azure prints 0 where
// it has no such price.
func (c *converter) prices(r *charge) prices {
	p := prices{list: r.number(fieldPayGPrice), contracted: r.number(fieldUnitPrice), rate: number{amount: one, known: true}}
	if !c.schema.has(fieldUnitPrice) {
		p.contracted = r.number(fieldEffectivePrice) // ResourceRate: these layouts know one price
	}
	if p.list.zero() && c.unpriced(r, p.contracted) {
		p.list = number{}
	}
	if p.contracted.zero() && ((r.cost.known && r.cost.amount.Sign() != 0) || r.model.committed()) {
		p.contracted = number{}
	}
	if r.unit.sheet.Cmp(one) > 0 && c.schema.has(fieldUnitPrice) && ofSheet(r, p.contracted) {
		p.list, p.contracted = single(p.list, r.unit.sheet), single(p.contracted, r.unit.sheet)
		r.unit.pricing, r.unit.consumed, r.unit.block = r.unit.single, r.unit.single, one
	}
	if c.schema.twoCurrencies() && !sameCurrency(r) {
		p.rate = exchangeRate(r)
	}
	p.listBilled, p.contractBP = p.list, p.contracted
	if !p.rate.known || p.rate.amount.Cmp(one) != 0 {
		p.listBilled, p.contractBP = p.list.times(p.rate), p.contracted.times(p.rate)
	}
	return p
}

// unpriced reports whether a list price or list cost of 0 stands for an unknown one.
func (c *converter) unpriced(r *charge, contracted number) bool {
	return (r.cost.known && r.cost.amount.Sign() != 0) || r.model.committed() ||
		(contracted.known && contracted.amount.Sign() != 0) || squeeze(r.text(fieldPublisherType)) == "marketplace"
}

func (c *converter) writeCosts(r *charge, out *source.Record) {
	onInvoice, inUse := billed(r.kind, r.model), effective(r.kind, r.model)
	p := c.prices(r)
	when(out, onInvoice, r.cost)
	when(out, inUse, r.cost)
	list := r.number(fieldPayGCost)
	if !list.known {
		list = p.listBilled.times(r.quantity)
	} else if list.zero() && c.unpriced(r, p.contracted) {
		list = number{}
	}
	write(out, list)
	write(out, p.contractBP.times(r.quantity))

	pricing := r.text(fieldPricingCurrency)
	out.Bytes(pricing)
	if inPricing := effectiveInPricing(r); inPricing.known {
		when(out, inUse, inPricing)
	} else {
		out.Null()
	}
	write(out, p.listBilled)
	write(out, p.contractBP)
	if pricing == nil {
		p.list, p.contracted = number{}, number{}
	}
	write(out, p.list)
	write(out, p.contracted)
}

// writeQuantities writes the quantity, which Azure counts in the unit of the prices:
// quantity × price is the cost.
func (c *converter) writeQuantities(r *charge, out *source.Record) {
	write(out, r.quantity)
	unitText := r.unit.pricing
	if !r.quantity.known {
		unitText = ""
	}
	out.Text(unitText)
	if r.kind != kindUsage || !r.quantity.known || r.unit.consumed == "" {
		out.Null()
		out.Null()
		return
	}
	write(out, r.quantity.times(number{amount: r.unit.block, known: true}))
	out.Text(r.unit.consumed)
}

// writeCommitment writes the commitment that a charge buys, uses or leaves unused.
func (c *converter) writeCommitment(r *charge, out *source.Record) {
	id := c.ids.Of(r.first(fieldBenefitID, fieldReservationID), lower)
	category, kind := commitmentOf(r, id)
	used := r.kind == kindUsage && r.model.committed()
	if category == "" || (r.kind == kindUsage && !used) {
		id, category, kind = "", "", "" // named beside a charge that it does not cover
	}
	r.commitment = id
	out.Text(id)
	if id != "" {
		out.Bytes(r.first(fieldBenefitName, fieldReservationName))
	} else {
		out.Null()
	}
	out.Text(category)
	out.Text(kind)
	switch {
	case r.kind == kindUnused && id != "":
		out.Text("Unused")
	case used && id != "":
		out.Text("Used")
	default:
		out.Null()
	}
	quantity, unitName := c.committed(r, category)
	write(out, quantity)
	out.Text(unitName)
	out.Text(r.details.capacityReservation)
	switch {
	case r.details.capacityReservation == "":
		out.Null()
	case r.resource.kind == "microsoft.compute/capacityreservationgroups/capacityreservations":
		out.Text("Unused") // what a machine uses is charged on the machine
	default:
		out.Text("Used")
	}
}

// committed returns how much of a commitment a charge uses, leaves unused or buys.
func (c *converter) committed(r *charge, category string) (number, string) {
	if r.commitment == "" || (r.kind == kindUsage && !r.model.committed()) {
		return number{}, ""
	}
	bought := r.kind == kindPurchase || r.kind == kindRefund
	switch {
	case category == "Spend" && r.cost.known && !r.cost.zero():
		return r.cost, string(r.text(fieldCurrency))
	case category != "Usage" || !r.quantity.known || r.unit.consumed != "Hours":
		return number{}, ""
	case bought:
		return termHours(r).times(r.quantity), termUnit(r)
	}
	if r.details.ratio.known && r.details.ratio.amount.Cmp(one) != 0 {
		return r.quantity.times(r.details.ratio), "Normalized Hours"
	}
	return r.quantity, "Hours"
}

var one = finops.NewAmount(1, 0)

// termHours is the term of a reservation that is paid at once: 8,760 hours a year. Of one
// that is paid by the month it is unknown how many hours a payment is for.
func termHours(r *charge) number {
	if squeeze(r.text(fieldFrequency)) != "onetime" {
		return number{}
	}
	switch string(r.text(fieldTerm)) {
	case "12", "P1Y":
		return number{amount: finops.NewAmount(8760, 0), known: true}
	case "36", "P3Y":
		return number{amount: finops.NewAmount(3*8760, 0), known: true}
	case "60", "P5Y":
		return number{amount: finops.NewAmount(5*8760, 0), known: true}
	}
	return number{}
}

func termUnit(r *charge) string {
	if !termHours(r).known {
		return ""
	}
	return "Hours"
}

// commitmentOf distinguishes reservations from savings plans by the path of the benefit, else by
// the pricing model.
func commitmentOf(r *charge, id string) (category, kind string) {
	switch {
	case strings.Contains(id, "/microsoft.capacity/"):
		return "Usage", "Reservation"
	case strings.Contains(id, "/microsoft.billingbenefits/"):
		return "Spend", "Savings Plan"
	case r.model == modelSavingsPlan:
		return "Spend", "Savings Plan"
	case r.model == modelReservation:
		return "Usage", "Reservation"
	case len(id) > 0 && r.kind == kindUnused:
		return "Usage", "Reservation"
	}
	return "", ""
}

func (c *converter) writeSKU(r *charge, out *source.Record) {
	meter := r.text(fieldMeterName)
	out.Bytes(r.text(fieldMeterID))
	out.Bytes(meter)
	price := r.text(c.price)
	out.Bytes(price)
	if price == nil {
		out.Null() // FOCUS describes a price only where it is named
		return
	}
	c.key = append(joinZero(c.key[:0], r.text(fieldMeterCategory), r.text(fieldMeterSubCategory), meter), r.details.instance...)
	c.key = append(append(append(c.key, 0), r.details.cores...), 0)
	out.Text(c.skus.Of(c.key, priceDetails))
}
