package awscur

import (
	"bytes"
	"fmt"
	"time"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/source"
)

// The FOCUS columns of a record, in the order in which record writes them, and the
// column of the report that most of each comes from (-1: from several, or from none).
var focusNames, focusFrom = focusColumns([]focusColumn{
	{"BilledCost", inUnblended}, {"EffectiveCost", -1}, {"ListCost", inPublicCost}, {"ContractedCost", -1},
	{"BillingAccountId", inPayerID}, {"BillingAccountName", inPayerName}, {"BillingAccountType", -1},
	{"SubAccountId", inUsageAccountID}, {"SubAccountName", inUsageAccountName}, {"SubAccountType", -1},
	{"BillingCurrency", inCurrency}, {"PricingCurrency", inPricingCurrency},
	{"BillingPeriodStart", inPeriodStart}, {"BillingPeriodEnd", inPeriodEnd},
	{"ChargePeriodStart", inUsageStart}, {"ChargePeriodEnd", inUsageEnd},
	{"InvoiceId", inInvoiceID}, {"InvoiceIssuerName", inInvoicingEntity}, {"PublisherName", inLegalEntity}, {"ProviderName", -1},
	{"ChargeCategory", inType}, {"ChargeClass", -1}, {"ChargeFrequency", -1}, {"ChargeDescription", inDescription},
	{"PricingCategory", -1}, {"PricingQuantity", inUsageAmount}, {"PricingUnit", inUnit}, {"ConsumedQuantity", -1}, {"ConsumedUnit", -1},
	{"ListUnitPrice", inPublicRate}, {"ContractedUnitPrice", inUnblendedRate},
	{"CommitmentDiscountId", -1}, {"CommitmentDiscountCategory", -1}, {"CommitmentDiscountType", -1}, {"CommitmentDiscountStatus", -1},
	{"CommitmentDiscountQuantity", -1}, {"CommitmentDiscountUnit", -1},
	{"CapacityReservationId", -1}, {"CapacityReservationStatus", -1},
	{"ServiceName", inProductName}, {"ServiceCategory", -1}, {"ServiceSubcategory", -1},
	{"RegionId", inRegionCode}, {"RegionName", -1}, {"AvailabilityZone", inZone},
	{"ResourceId", inResourceID}, {"ResourceName", -1}, {"ResourceType", -1},
	{"SkuId", inSKU}, {"SkuMeter", inUsageType}, {"SkuPriceId", inRateCode}, {"SkuPriceDetails", -1},
	{"Tags", -1},
})

type focusColumn struct {
	name string
	from input
}

func focusColumns(all []focusColumn) (names []string, from []input) {
	for _, c := range all {
		names, from = append(names, c.name), append(from, c.from)
	}
	return names, from
}

// row is the line being mapped. It is used again for every line.
type row struct {
	in   *source.Batch
	line int
	at   *[inputCount]int

	kind        kind
	net         bool // the line says what it costs after private discounts
	unused      finops.Sum
	unusedKnown bool
}

// field returns the text of a column; nil where the report has no such column or value.
func (r *row) field(i input) []byte {
	at := r.at[i]
	if at < 0 {
		return nil
	}
	f := r.in.Field(r.line, at)
	if finops.IsNull(f) {
		return nil
	}
	return f
}

func (r *row) first(all ...input) []byte {
	for _, i := range all {
		if f := r.field(i); f != nil {
			return f
		}
	}
	return nil
}

// mapper turns lines of one file into records. It belongs to one goroutine.
type mapper struct {
	plan     *plan
	row      row
	key      []byte
	times    memo[[]byte]
	ends     memo[[]byte]
	services memo[service]
	regions  memo[region]
	tags     memo[tags]
	details  memo[[]byte]
	products memo[product]
}

func newMapper(p *plan) *mapper {
	return &mapper{plan: p, row: row{at: &p.at}}
}

// record maps a line; see source.Transform.
func (m *mapper) record(in *source.Batch, line int, out *source.Record) string {
	r := &m.row
	r.in, r.line = in, line
	r.kind = kindOfLine(r.field(inType))
	r.net = r.field(inNetUnblended) != nil
	if err := r.findUnused(); err != nil {
		return fmt.Sprintf("has a fee whose unused part is no number: %s", finops.MessageOf(err))
	}
	c, d := r.costs(), r.commitmentOf()
	w := words[r.kind]
	if d.status == "Unused" && isZero(r.base()) { // paid upfront: all that is left of the fee is what it did not cover
		w.category, w.frequency, w.pricing = "Usage", "Usage-Based", "Committed"
	}
	for _, text := range [][]byte{c.billed, c.effective, c.list, c.contracted} {
		out.Bytes(text)
	}
	m.accounts(out)
	m.charge(out, &w, &d)
	m.pricing(out, &w, &d)
	m.commitment(out, &d, w.category)
	p := m.product()
	m.service(out, &p)
	m.region(out, &p)
	t := m.tagsOf()
	m.resource(out, &d, w.category, t)
	m.sku(out, &p)
	out.Bytes(t.text)
	if m.plan.gross {
		out.Bytes(c.amortized)
	}
	for _, field := range m.plan.rest {
		if f := in.Field(line, field); len(f) > 0 { // most columns of a report are empty in most lines
			out.Bytes(f)
		} else {
			out.Null()
		}
	}
	return ""
}

func (m *mapper) accounts(out *source.Record) {
	r := &m.row
	for _, a := range []struct {
		id, name input
		kind     string
	}{{inPayerID, inPayerName, "Payer Account"}, {inUsageAccountID, inUsageAccountName, "Usage Account"}} {
		id := r.field(a.id)
		out.Bytes(id)
		out.Bytes(r.field(a.name))
		if id == nil {
			out.Null()
		} else {
			out.Text(a.kind)
		}
	}
	out.Bytes(r.field(inCurrency))
	out.Bytes(r.field(inPricingCurrency))
	out.Bytes(m.time(r.field(inPeriodStart)))
	out.Bytes(m.end(r.field(inPeriodEnd)))
	out.Bytes(m.time(r.field(inUsageStart)))
	out.Bytes(m.end(r.field(inUsageEnd)))
	out.Bytes(r.field(inInvoiceID))
	legal := r.field(inLegalEntity)
	issuer := r.field(inInvoicingEntity)
	if issuer == nil && string(r.field(inBillingEntity)) != "AWS Marketplace" {
		issuer = legal // of the seller on the Marketplace, of the AWS company otherwise
	}
	for _, name := range [][]byte{issuer, legal} {
		if name == nil {
			out.Text("AWS")
		} else {
			out.Bytes(name)
		}
	}
	out.Text("AWS")
}

func (m *mapper) charge(out *source.Record, w *wording, d *commitment) {
	r := &m.row
	if r.kind == kindRefund && d.id != "" || r.planRefund() {
		w.category = "Purchase"
	}
	out.Text(w.category)
	if r.kind == kindRefund {
		out.Text("Correction") // AWS refunds what it has invoiced
	} else {
		out.Null()
	}
	out.Text(w.frequency)
	out.Bytes(r.field(inDescription))
}

func (m *mapper) pricing(out *source.Record, w *wording, d *commitment) {
	r := &m.row
	if r.kind == kindUsage && bytes.Contains(r.field(inUsageType), []byte("SpotUsage")) {
		w.pricing = "Dynamic"
	}
	out.Text(w.pricing)
	quantity, unit := r.field(inUsageAmount), r.field(inUnit)
	if r.kind == kindTax || r.kind == kindNegation { // a tax has no quantity, and a negation would count that of its usage twice
		quantity, unit = nil, nil
	}
	out.Bytes(quantity)
	out.Bytes(unit)
	if w.category == "Usage" && d.status != "Unused" && r.kind != kindNegation && r.kind != kindDiscount && r.kind != kindRefund {
		out.Bytes(quantity)
		out.Bytes(unit)
	} else {
		out.Null()
		out.Null()
	}
	out.Bytes(r.field(inPublicRate))
	switch {
	case r.kind != kindUsage && r.kind != kindCovered:
		out.Null()
	case r.net:
		out.Bytes(r.field(inNetUnblendedRate))
	default:
		out.Bytes(r.field(inUnblendedRate))
	}
}

// commitment writes what is bought or used up: money for a Savings Plan, hours for a
// reservation.
func (m *mapper) commitment(out *source.Record, d *commitment, category string) {
	r := &m.row
	unused := d.status == "Unused" && category == "Usage"
	out.Text(d.id)
	out.Text(d.category)
	out.Text(d.kind)
	out.Text(d.status)
	var quantity, unit []byte
	switch {
	case r.kind == kindReservationFee && unused:
		quantity, unit = r.field(inUnusedQuantity), r.field(inUnit)
	case r.kind == kindPlanFee && unused:
		quantity, unit = r.unused.Amount().Append(nil), r.field(inCurrency)
	case r.kind == kindCovered:
		quantity, unit = r.field(inPlanEffective), r.field(inCurrency)
	case r.kind == kindPlanFee:
		quantity, unit = r.field(inPlanTotal), r.field(inCurrency)
	case r.kind == kindReserved, r.kind == kindReservationFee:
		quantity, unit = r.field(inUsageAmount), r.field(inUnit)
	}
	if d.id == "" || quantity == nil {
		quantity, unit = nil, nil
	}
	out.Bytes(quantity)
	out.Bytes(unit)
	out.Text(d.capacityID)
	out.Text(d.capacityStatus)
}

func (m *mapper) time(text []byte) []byte {
	return m.times.find(text, func() []byte { return normalTime(text, false) })
}
func (m *mapper) end(text []byte) []byte {
	return m.ends.find(text, func() []byte { return normalTime(text, true) })
}

// normalTime spells a time as FOCUS does, in UTC. An end that is the last second of its
// minute means the moment after it, since ends are exclusive. What is no time stays as
// it is, for the import to reject.
func normalTime(text []byte, end bool) []byte {
	sec, ok := finops.ParseTime(text)
	if !ok {
		return bytes.Clone(text)
	}
	if end && sec%60 == 59 {
		sec++
	}
	return time.Unix(sec, 0).UTC().AppendFormat(nil, "2006-01-02T15:04:05Z")
}

// memo remembers what a text came to. It starts again when it is large: a file whose
// values hardly repeat must not take all memory.
type memo[T any] struct {
	found map[string]entry[T]
	last  entry[T] // what was asked for last; neighbouring lines are often alike
}

type entry[T any] struct {
	text  string
	value T
}

const memoMost = 1 << 16

func (m *memo[T]) find(key []byte, compute func() T) (value T) {
	if key == nil {
		return value
	}
	if m.found != nil && string(key) == m.last.text {
		return m.last.value
	}
	e, ok := m.found[string(key)]
	if !ok {
		e = entry[T]{text: string(key)}
		e.value = compute()
		if m.found == nil || len(m.found) >= memoMost {
			m.found = map[string]entry[T]{}
		}
		m.found[e.text] = e
	}
	m.last = e
	return e.value
}
