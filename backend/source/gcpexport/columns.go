package gcpexport

import (
	"bytes"
	"unicode"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/source"
)

// column is a column of the records that the source yields.
type column struct {
	source.Column
	put func(c *charge, out *source.Record)
	// of is the field that fills a native column; a CSV without it has no such column.
	of field
}

const anyField = field(-1)

// copyOf repeats a field as it is, without a copy of its text where it has a column of its own.
func copyOf(f field) func(*charge, *source.Record) {
	return func(c *charge, out *source.Record) {
		if at := c.columns[f]; at >= 0 && c.v[f] != nil {
			out.Same(at)
			return
		}
		put(out, c.v[f])
	}
}

// put adds a text; an empty one is no value.
func put(out *source.Record, text []byte) {
	if len(text) == 0 {
		out.Null()
		return
	}
	out.Bytes(text)
}

func constant(text string) func(*charge, *source.Record) {
	return func(_ *charge, out *source.Record) { out.Text(text) }
}

func focus(name, raw string, put func(*charge, *source.Record)) column {
	return column{Column: source.Column{Name: name, Raw: raw, Focus: true}, put: put, of: anyField}
}

func total(c column, metric string) column {
	c.Total = metric
	return c
}

// native is a column that FOCUS does not have, under the name of the export.
func native(f field) column {
	return column{Column: source.Column{Name: f.String(), Raw: f.String()}, put: copyOf(f), of: f}
}

// own is a column that the source adds.
func own(name, raw string, of field, put func(*charge, *source.Record)) column {
	return column{Column: source.Column{Name: name, Raw: raw}, put: put, of: of}
}

// focusColumns are the columns of FOCUS 1.2 that the export can fill, and
// docs/sources/gcp.md has their reasons.
var focusColumns = []column{
	focus("AvailabilityZone", "location.zone", copyOf(fZone)),
	total(focus("BilledCost", "cost + credits.amount", putNet), "net"),
	focus("BillingAccountId", "billing_account_id", copyOf(fBillingAccountID)),
	focus("BillingAccountType", "billing_account_id", func(c *charge, out *source.Record) { putIf(out, c.v[fBillingAccountID] != nil, "Billing Account") }),
	focus("BillingCurrency", "currency", copyOf(fCurrency)),
	focus("BillingPeriodEnd", "invoice.month", func(c *charge, out *source.Record) {
		if c.invoice == nil {
			out.Null()
			return
		}
		out.Text(c.invoice.end)
	}),
	focus("BillingPeriodStart", "invoice.month", func(c *charge, out *source.Record) {
		if c.invoice == nil {
			out.Null()
			return
		}
		out.Text(c.invoice.start)
	}),
	focus("CapacityReservationId", "system_labels", putReservation),
	focus("CapacityReservationStatus", "system_labels", putReservationStatus),
	focus("ChargeCategory", "cost_type, sku.description", func(c *charge, out *source.Record) { out.Text(c.category) }),
	focus("ChargeClass", "adjustment_info", func(c *charge, out *source.Record) { putIf(out, c.late, "Correction") }),
	focus("ChargeDescription", "sku.description", copyOf(fSKUDescription)),
	focus("ChargeFrequency", "cost_type, sku.description", func(c *charge, out *source.Record) { out.Text(frequencies[c.category]) }),
	focus("ChargePeriodEnd", "usage_end_time", func(c *charge, out *source.Record) { put(out, c.end) }),
	focus("ChargePeriodStart", "usage_start_time", func(c *charge, out *source.Record) { put(out, c.start) }),
	focus("CommitmentDiscountCategory", "credits, sku.description", func(c *charge, out *source.Record) { put(out, c.commitment.category) }),
	focus("CommitmentDiscountId", "subscription.instance_id", func(c *charge, out *source.Record) { put(out, c.commitment.id) }),
	focus("CommitmentDiscountName", "credits, sku.description", func(c *charge, out *source.Record) { put(out, c.commitment.name) }),
	focus("CommitmentDiscountQuantity", "cost", func(c *charge, out *source.Record) { put(out, c.commitment.quantity) }),
	focus("CommitmentDiscountStatus", "credits, consumption_model", func(c *charge, out *source.Record) { put(out, c.commitment.status) }),
	focus("CommitmentDiscountType", "credits, sku.description", func(c *charge, out *source.Record) { put(out, c.commitment.kind) }),
	focus("CommitmentDiscountUnit", "currency", func(c *charge, out *source.Record) { put(out, c.commitment.unit) }),
	focus("ConsumedQuantity", "usage.amount", func(c *charge, out *source.Record) { putUsage(c, out, fUsageAmount, true) }),
	focus("ConsumedUnit", "usage.unit", func(c *charge, out *source.Record) { putUsage(c, out, fUsageUnit, true) }),
	focus("ContractedCost", "cost_at_effective_price_default, else cost", func(c *charge, out *source.Record) {
		put(out, c.unusedPart(firstOf(c.v[fCostAtDefault], c.cost), 3))
	}),
	focus("ContractedUnitPrice", "price.effective_price_default, else price.effective_price", func(c *charge, out *source.Record) {
		put(out, c.billed(c.contractedPrice()))
	}),
	focus("EffectiveCost", "cost + credits.amount", putNet),
	focus("InvoiceIssuerName", "", constant("Google Cloud")),
	focus("ListCost", "cost_at_list", func(c *charge, out *source.Record) { put(out, c.unusedPart(c.v[fCostAtList], 2)) }),
	focus("ListUnitPrice", "price.list_price", func(c *charge, out *source.Record) { put(out, c.billed(c.unitPrice(c.v[fListPrice]))) }),
	focus("PricingCategory", "credits, consumption_model, sku.description", func(c *charge, out *source.Record) { out.Text(c.pricingCategory()) }),
	focus("PricingCurrency", "price", func(c *charge, out *source.Record) { putIf(out, c.prices == inDollars, "USD") }),
	focus("PricingCurrencyContractedUnitPrice", "price.effective_price_default, else price.effective_price", func(c *charge, out *source.Record) {
		put(out, c.dollars(c.contractedPrice()))
	}),
	focus("PricingCurrencyListUnitPrice", "price.list_price", func(c *charge, out *source.Record) { put(out, c.dollars(c.unitPrice(c.v[fListPrice]))) }),
	focus("PricingQuantity", "usage.amount_in_pricing_units", copyOf(fPricingAmount)),
	focus("PricingUnit", "usage.pricing_unit", copyOf(fPricingUnit)),
	focus("ProviderName", "", constant("Google Cloud")),
	focus("PublisherName", "seller_name", putPublisher),
	focus("RegionId", "location.region, else location.location", func(c *charge, out *source.Record) { put(out, c.region()) }),
	focus("RegionName", "location.region, else location.location", func(c *charge, out *source.Record) { out.Text(regionNames[string(c.region())]) }),
	focus("ResourceId", "resource.global_name, else resource.name", func(c *charge, out *source.Record) { put(out, c.resourceID()) }),
	focus("ResourceName", "resource.name", copyOf(fResourceName)),
	focus("ResourceType", "resource.global_name", func(c *charge, out *source.Record) { put(out, c.book.typeOf(c.v[fResourceGlobalName])) }),
	focus("ServiceCategory", "service.description", func(c *charge, out *source.Record) { out.Text(c.service.category) }),
	focus("ServiceName", "service.description, else service.id", func(c *charge, out *source.Record) { put(out, firstOf(c.v[fServiceDescription], c.v[fServiceID])) }),
	focus("ServiceSubcategory", "service.description", func(c *charge, out *source.Record) { out.Text(c.service.subcategory) }),
	focus("SkuId", "sku.id", copyOf(fSKUID)),
	focus("SkuMeter", "sku.description", func(c *charge, out *source.Record) {
		if c.v[fSKUID] != nil {
			put(out, c.v[fSKUDescription])
			return
		}
		out.Null()
	}),
	focus("SkuPriceDetails", "system_labels", func(c *charge, out *source.Record) {
		if c.v[fSKUID] != nil {
			put(out, c.labels.details)
			return
		}
		out.Null()
	}),
	focus("SkuPriceId", "sku.id, price.tier_start_amount, consumption_model.id", func(c *charge, out *source.Record) { put(out, c.skuPrice()) }),
	focus("SubAccountId", "project.id", copyOf(fProjectID)),
	focus("SubAccountName", "project.name", copyOf(fProjectName)),
	focus("SubAccountType", "project.id", func(c *charge, out *source.Record) { putIf(out, c.v[fProjectID] != nil, "Project") }),
	focus("Tags", "labels, project.labels, tags, system_labels", func(c *charge, out *source.Record) { put(out, c.labels.json) }),
}

// nativeColumns are those that FOCUS has no place for.
var nativeColumns = []column{
	total(own("cost", "cost", anyField, func(c *charge, out *source.Record) { put(out, c.cost) }), "cost"),
	total(own("x_credits_total", "credits.amount", fCredits, func(c *charge, out *source.Record) {
		if c.credits == nil {
			out.Null()
			return
		}
		out.Text(c.credits.text)
	}), "credits"),
	own("x_credits", "credits", fCredits, func(c *charge, out *source.Record) {
		if c.credits == nil {
			out.Null()
			return
		}
		put(out, c.credits.json)
	}),
	own("x_commitment_fee_used", "credits.amount", fCredits, func(c *charge, out *source.Record) {
		if c.credits == nil || !c.credits.hasFee {
			out.Null()
			return
		}
		out.Amount(c.credits.feeUsed.Amount())
	}),
	own("x_commitment_fee_unused", "cost + credits.amount", fCredits, func(c *charge, out *source.Record) {
		if c.credits == nil || !c.credits.hasFee || c.cost == nil {
			out.Null()
			return
		}
		unused := c.credits.feeUsed.Neg()
		if a, err := finops.ParseAmount(c.cost); err == nil {
			unused.Add(a)
		}
		out.Amount(unused.Amount())
	}),
	own("x_tags", "tags", fTags, func(c *charge, out *source.Record) {
		if string(c.v[fTags]) == "[]" {
			out.Null()
			return
		}
		put(out, c.v[fTags])
	}),
	own("usage.amount", "usage.amount", fUsageAmount, func(c *charge, out *source.Record) { putUsage(c, out, fUsageAmount, false) }),
	own("usage.unit", "usage.unit", fUsageUnit, func(c *charge, out *source.Record) { putUsage(c, out, fUsageUnit, false) }),
	native(fServiceID), native(fProjectNumber), native(fProjectAncestryNumbers), native(fProjectAncestors),
	native(fLocation), native(fCountry), native(fExportTime), native(fCurrencyRate), native(fPublisherType), native(fCostType),
	native(fAdjustmentID), native(fAdjustmentDescription), native(fAdjustmentMode), native(fAdjustmentType), native(fTransactionType),
	native(fEffectivePrice), native(fTierStart), native(fPriceUnit), native(fPricingUnitQuantity), native(fListPrice), native(fEffectivePriceDefault),
	native(fListPriceModel), native(fCostAtDefault), native(fCostAtListModel), native(fModelID), native(fModelDescription), native(fSubscriptionID),
}

var otherColumn = own("x_other", "all other members", anyField, func(c *charge, out *source.Record) { put(out, c.rest) })

var frequencies = map[string]string{"Usage": "Usage-Based", "Purchase": "Recurring", "Tax": "One-Time", "Adjustment": "One-Time"}

// putNet is both the billed and the effective cost: Google bills commitments as they
// run, never upfront, so that there is nothing to spread over time.
func putNet(c *charge, out *source.Record) { put(out, c.net) }

// putPublisher names the seller. What a third party sells without being named is not
// Google's.
func putPublisher(c *charge, out *source.Record) {
	switch {
	case c.v[fSellerName] != nil:
		out.Bytes(c.v[fSellerName])
	case string(c.v[fPublisherType]) == "PARTNER" || bytes.HasPrefix(c.v[fTransactionType], []byte("THIRD_PARTY")):
		out.Null()
	default:
		out.Text("Google Cloud")
	}
}

func putIf(out *source.Record, ok bool, text string) {
	if !ok {
		text = ""
	}
	out.Text(text)
}

// putUsage adds the usage as consumed quantity of a Usage charge, and in a native column
// for the others: FOCUS knows no consumption of a purchase, nor of what was not used.
func putUsage(c *charge, out *source.Record, f field, consumed bool) {
	if (c.category == "Usage" && !c.unused) != consumed {
		out.Null()
		return
	}
	put(out, c.v[f])
}

func putReservation(c *charge, out *source.Record) {
	switch l := c.labels; {
	case l.reservation != "" && l.reservationProject != "":
		out.Text("projects/" + l.reservationProject + "/reservations/" + l.reservation)
	case l.reservation != "":
		out.Text(l.reservation)
	case l.unused == "true":
		put(out, c.resourceID())
	default:
		out.Null()
	}
}

func putReservationStatus(c *charge, out *source.Record) {
	switch l := c.labels; {
	case l.unused == "true" && (l.reservation != "" || c.resourceID() != nil):
		out.Text("Unused")
	case l.reservation != "":
		out.Text("Used")
	default:
		out.Null()
	}
}

// region is the region, or the multi-region ("us", "eu") where there is none, in lower case:
// buckets have their place in capitals.
func (c *charge) region() []byte {
	for _, place := range [...][]byte{c.v[fRegion], c.v[fLocation]} {
		if len(place) > 0 && !bytes.EqualFold(place, []byte("global")) {
			if bytes.ContainsFunc(place, unicode.IsUpper) {
				return bytes.ToLower(place)
			}
			return place
		}
	}
	return nil
}

// resourceID is the resource's own name in the whole of Google Cloud where it has one;
// the resource of a commitment's fee is the commitment.
func (c *charge) resourceID() []byte {
	id := firstOf(c.v[fResourceGlobalName], c.v[fResourceName])
	if id == nil && c.fee {
		return c.commitment.id
	}
	return id
}

// resourceType reads the kind of a resource from its name:
// //compute.googleapis.com/projects/1/zones/z/instances/7 is one of
// compute.googleapis.com/instances.
func resourceType(name []byte) []byte {
	name, ok := bytes.CutPrefix(name, []byte("//"))
	service, path, found := bytes.Cut(name, []byte("/"))
	if !ok || !found {
		return nil
	}
	parts := bytes.Split(path, []byte("/"))
	if len(parts) < 2 {
		return nil
	}
	return append(append(bytes.Clone(service), '/'), parts[len(parts)-2]...)
}

// typeOf is resourceType, remembered.
func (b *book) typeOf(name []byte) []byte {
	const most = 20_000 // resources that are remembered
	if len(name) == 0 {
		return nil
	}
	kind, ok := b.types[string(name)]
	if !ok {
		if len(b.types) >= most {
			clear(b.types)
		}
		kind = resourceType(name)
		b.types[string(name)] = kind
	}
	return kind
}
