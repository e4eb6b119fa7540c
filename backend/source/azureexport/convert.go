package azureexport

import (
	"bytes"
	"fmt"

	"cloud-intelligence/backend/source"
	"cloud-intelligence/backend/source/jsonfile"
)

// focusColumns are the columns that every file yields, in the order in which convert
// writes them. x_PricingModel is the native column, with Reservation where old layouts
// leave it empty and name a reservation; x_UnreadTags holds tags that cannot be read.
var focusColumns = []string{
	"ProviderName", "PublisherName", "InvoiceIssuerName", "BillingAccountId", "BillingAccountName", "BillingAccountType",
	"SubAccountId", "SubAccountName", "SubAccountType", "BillingCurrency", "InvoiceId",
	"BillingPeriodStart", "BillingPeriodEnd", "ChargePeriodStart", "ChargePeriodEnd",
	"ChargeCategory", "ChargeClass", "ChargeDescription", "ChargeFrequency", "PricingCategory", "x_PricingModel",
	"BilledCost", "EffectiveCost", "ListCost", "ContractedCost", "PricingCurrency", "PricingCurrencyEffectiveCost",
	"ListUnitPrice", "ContractedUnitPrice", "PricingCurrencyListUnitPrice", "PricingCurrencyContractedUnitPrice",
	"PricingQuantity", "PricingUnit", "ConsumedQuantity", "ConsumedUnit",
	"CommitmentDiscountId", "CommitmentDiscountName", "CommitmentDiscountCategory", "CommitmentDiscountType",
	"CommitmentDiscountStatus", "CommitmentDiscountQuantity", "CommitmentDiscountUnit",
	"CapacityReservationId", "CapacityReservationStatus",
	"SkuId", "SkuMeter", "SkuPriceId", "SkuPriceDetails",
	"ServiceName", "ServiceCategory", "ServiceSubcategory",
	"ResourceId", "ResourceName", "ResourceType", "RegionId", "RegionName", "AvailabilityZone", "Tags", "x_UnreadTags",
}

const providerName = "Microsoft"

// record is one record of a file.
type record struct {
	schema *schema
	batch  *source.Batch
	row    int
}

// text returns a field, nil where the file has no such column or no value.
func (r *record) text(f field) []byte {
	return r.batch.Value(r.row, r.schema.at[f])
}

// first returns the first of the fields that has a value.
func (r *record) first(fields ...field) []byte {
	for _, f := range fields {
		if v := r.text(f); v != nil {
			return v
		}
	}
	return nil
}

// model is the pricing model. Layouts from before 2021 leave it empty and name the
// reservation; a purchase of a commitment is one even where it is called OnDemand.
func (r *record) model(k chargeKind) model {
	m := modelOf(r.text(fieldPricingModel))
	if m == modelUnknown && r.schema.has(fieldChargeType) && r.text(fieldPricingModel) == nil {
		if kind := commitmentPath(r.text(fieldBenefitID)); kind != modelUnknown {
			return kind
		}
		if r.text(fieldReservationID) != nil {
			return modelReservation
		}
	}
	if !m.committed() && (k == kindPurchase || k == kindRefund) {
		if kind := commitmentPath(r.first(fieldBenefitID, fieldReservationID, fieldResourceID)); kind != modelUnknown {
			return kind
		}
	}
	return m
}

// commitmentPath finds the kind of commitment by the path of its id, modelUnknown where
// that is none.
func commitmentPath(id []byte) model {
	const most = 256 // an id is no longer up to its provider
	folded := bytes.ToLower(id[:min(len(id), most)])
	switch {
	case bytes.Contains(folded, []byte("/microsoft.capacity/")):
		return modelReservation
	case bytes.Contains(folded, []byte("/microsoft.billingbenefits/")):
		return modelSavingsPlan
	}
	return modelUnknown
}

// converter maps records. It belongs to one goroutine.
type converter struct {
	schema  *schema
	account field
	name    field
	price   field
	// accountKind is the BillingAccountType.
	accountKind string
	amortized   bool // the view that the file is
	day         days
	start       days
	end         days
	tags        source.Memo[tagText]
	unread      jsonfile.Unread // tags
	details     source.Memo[details]
	resources   source.Memo[resource]
	units       source.Memo[unit]
	services    source.Memo[service]
	regions     source.Memo[region]
	ids         source.Memo[string]
	skus        source.Memo[string]
	key         []byte
	joined      []byte
}

func newConverter(s *schema, amortized bool) *converter {
	c := &converter{schema: s, amortized: amortized, price: s.kind.priceID()}
	c.account, c.name, c.accountKind = s.account()
	return c
}

// charge is what several columns of a record depend on.
type charge struct {
	record
	kind     chargeKind
	model    model
	cost     number
	quantity number
	unit     unit
	details  details
	resource resource
	// commitment is the id of the commitment, in lower case as resource ids are.
	commitment string
}

// convert fills one record.
func (c *converter) convert(in *source.Batch, row int, out *source.Record) string {
	r := charge{record: record{schema: c.schema, batch: in, row: row}}
	cost := r.text(fieldCost)
	if r.cost = r.number(fieldCost); !r.cost.known && cost != nil {
		if bytes.IndexByte(cost, ',') >= 0 {
			return fmt.Sprintf("has a cost %q with a comma, which may be a decimal comma; export the file again and do not save it in a spreadsheet", source.Excerpt(cost))
		}
		return fmt.Sprintf("has a cost %q that is no number", source.Excerpt(cost))
	}
	r.kind = kindOf(r.text(fieldChargeType))
	r.model = r.record.model(r.kind)
	r.quantity = r.number(fieldQuantity)
	r.unit = c.units.Of(r.text(fieldUnitOfMeasure), readUnit)
	r.details = c.details.Of(r.text(fieldAdditionalInfo), readDetails)
	r.resource = c.resources.Of(r.text(fieldResourceID), readResource)
	c.writeParties(&r, out)
	if reason := c.writePeriods(&r, out); reason != "" {
		return reason
	}
	c.writeKind(&r, out)
	c.writeCosts(&r, out)
	c.writeQuantities(&r, out)
	c.writeCommitment(&r, out)
	c.writeSKU(&r, out)
	c.writeResource(&r, out)
	out.KeepAll(c.schema.native)
	if c.schema.kind.views() {
		out.Text(part(c.amortized, r.kind, r.model))
	}
	return ""
}

func (c *converter) writeParties(r *charge, out *source.Record) {
	out.Text(providerName)
	publisher := r.text(fieldPublisherName)
	switch {
	case publisher != nil:
		out.Bytes(publisher)
	case squeeze(r.text(fieldPublisherType)) == "marketplace":
		out.Null() // another company, which the file does not name
	default:
		out.Text(providerName)
	}
	if partner := r.text(fieldPartnerName); partner != nil {
		out.Bytes(partner)
	} else {
		out.Text(providerName)
	}
	account := r.text(c.account)
	out.Bytes(account)
	out.Bytes(r.text(c.name))
	writeIf(out, account != nil, c.accountKind)
	subscription := r.text(fieldSubscriptionID)
	if string(subscription) == "00000000-0000-0000-0000-000000000000" {
		subscription = nil
	}
	out.Bytes(subscription)
	out.Bytes(r.text(fieldSubscriptionName))
	writeIf(out, subscription != nil, "Subscription")
	out.Bytes(r.text(fieldCurrency))
	out.Bytes(r.text(fieldInvoiceID))
}

func writeIf(out *source.Record, ok bool, text string) {
	if !ok {
		text = ""
	}
	out.Text(text)
}

// writePeriods writes the billing period and the day of the charge. Where no billing
// period is stated, it is the calendar month of the day.
func (c *converter) writePeriods(r *charge, out *source.Record) string {
	date, from, to := r.text(fieldDate), r.text(fieldPeriodStart), r.text(fieldPeriodEnd)
	for _, d := range []struct {
		text []byte
		days *days
		name string
	}{{date, &c.day, "date"}, {from, &c.start, "billing period start"}, {to, &c.end, "billing period end"}} {
		if d.text != nil && !d.days.read(d.text) {
			return fmt.Sprintf("has a %s %q that is no date", d.name, source.Excerpt(d.text))
		}
	}
	if date == nil && from == nil {
		return "has neither a date nor a billing period"
	}
	month := c.day.month
	if from != nil {
		month = c.start.month
		out.Text(c.start.start)
	} else {
		out.Text(firstOf(month).Format(instant))
	}
	if to != nil {
		out.Text(c.end.next)
	} else {
		out.Text(firstOf(month + 1).Format(instant))
	}
	if date == nil {
		out.Null()
		out.Null()
		return ""
	}
	out.Text(c.day.start)
	out.Text(c.day.next)
	return ""
}

func (c *converter) writeKind(r *charge, out *source.Record) {
	out.Text(r.kind.category())
	writeIf(out, r.kind == kindRefund || r.text(fieldPreviousInvoiceID) != nil, "Correction")
	if product := r.text(fieldProduct); product != nil {
		out.Bytes(product)
	} else {
		out.Bytes(c.joinMeter(r))
	}
	switch squeeze(r.text(fieldFrequency)) {
	case "usagebased":
		out.Text("Usage-Based")
	case "recurring":
		out.Text("Recurring")
	case "onetime":
		out.Text("One-Time")
	default:
		writeIf(out, r.kind == kindUsage, "Usage-Based") // layouts without Frequency know usage only
	}
	usage := r.kind == kindUsage || r.kind == kindUnused
	switch {
	case !usage && r.kind != kindPurchase && r.kind != kindRefund:
		out.Null()
	case r.model == modelSpot:
		out.Text("Dynamic")
	case r.model.committed() && usage:
		out.Text("Committed")
	case r.model != modelUnknown:
		out.Text("Standard") // also the purchase of a commitment, which FOCUS never calls Committed
	default:
		out.Null()
	}
	if m := r.text(fieldPricingModel); m != nil {
		out.Bytes(m)
	} else {
		out.Text(modelNames[r.model])
	}
}

// joinMeter describes a charge by its meter where the layout has no product name.
func (c *converter) joinMeter(r *charge) []byte {
	c.joined = c.joined[:0]
	for _, f := range []field{fieldMeterCategory, fieldMeterSubCategory, fieldMeterName} {
		if v := r.text(f); v != nil {
			if len(c.joined) > 0 {
				c.joined = append(c.joined, " - "...)
			}
			c.joined = append(c.joined, v...)
		}
	}
	if len(c.joined) == 0 {
		return nil
	}
	return c.joined
}
