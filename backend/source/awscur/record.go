package awscur

import (
	"bytes"
	"fmt"
	"strings"
	"time"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/source"
	"cloud-intelligence/backend/source/jsonfile"
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
	{"ListUnitPrice", inPublicRate}, {"ContractedUnitPrice", inUnblendedRate}, {"PricingCurrencyListUnitPrice", -1},
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
	foreign     bool // its prices are in another currency than its costs
	split       bool // it shares out what another line costs
	netted      bool // it is a discount that is in the net costs of other lines
	unused      finops.Sum
	unusedKnown bool
}

// field returns the text of a column; nil where the report has no such column or value.
func (r *row) field(i input) []byte {
	return r.in.Value(r.line, r.at[i])
}

// mapper turns lines of one file into records. It belongs to one goroutine.
type mapper struct {
	plan   *plan
	row    row
	key    []byte
	times  source.Memo[[]byte]
	ends   source.Memo[[]byte]
	facts  source.Memo[*facts]
	tags   source.Memo[*tags]
	unread jsonfile.Unread // tags

	netSeen  bool  // lines of the file have net costs
	searched int64 // the first line of the batch that was searched for them
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
	currency := r.field(inCurrency)
	priced := r.field(inPricingCurrency)
	r.foreign = currency != nil && priced != nil && !bytes.Equal(currency, priced)
	r.split, r.netted = r.isSplit(), m.isNetted()
	if err := r.findUnused(); err != nil {
		return fmt.Sprintf("has a fee whose unused part is no number: %s", finops.MessageOf(err))
	}
	f, t := m.factsOf(), m.tagsOf()
	c, w := r.costs(), m.wording(f)
	d := r.commitmentOf(&w)
	switch {
	case d.status == "Unused" && r.zero(r.baseColumn()): // paid upfront: all that is left of the fee is what it did not cover
		w.category, w.frequency, w.pricing = "Usage", "Usage-Based", "Committed"
	case r.kind == kindRefund && d.id != nil || r.planRefund():
		w.category = "Purchase"
	}
	c.billed.write(out)
	c.effective.write(out)
	c.list.write(out)
	c.contracted.write(out)
	m.accounts(out)
	m.periods(out)
	m.parties(out)
	m.charge(out, &w)
	m.pricing(out, &w, &d)
	m.commitment(out, &d, w.category)
	out.Text(f.service.name)
	out.Text(f.service.category)
	out.Text(f.service.subcategory)
	out.Text(f.region.id)
	out.Text(f.region.name)
	out.Text(f.region.zone)
	m.resource(out, &d, w.category, t)
	m.sku(out, f)
	out.Bytes(t.text)
	if m.plan.gross {
		c.amortized.write(out)
	}
	if field := m.plan.at[inInterval]; field >= 0 {
		if r.spansInterval() {
			out.Null()
		} else {
			out.Same(field)
		}
	}
	out.SameAll(m.plan.rest)
	return ""
}

// wording chooses the words of FOCUS that do not depend on commitments.
func (m *mapper) wording(f *facts) wording {
	w := words[m.row.kind]
	switch {
	case m.row.kind == kindFee && f.support:
		w.frequency = "Recurring" // billed month by month
	case m.row.kind == kindUsage && bytes.Contains(m.row.field(inUsageType), []byte("SpotUsage")):
		w.pricing = "Dynamic"
	}
	return w
}

func (m *mapper) accounts(out *source.Record) {
	r := &m.row
	for _, a := range [...]struct {
		id, name input
		kind     string
	}{{inPayerID, inPayerName, "Payer Account"}, {inUsageAccountID, inUsageAccountName, "Usage Account"}} {
		id := r.text(a.id)
		id.write(out)
		r.text(a.name).write(out)
		if id.known() {
			out.Text(a.kind)
		} else {
			out.Null()
		}
	}
	r.text(inCurrency).write(out)
	r.text(inPricingCurrency).write(out)
}

func (m *mapper) periods(out *source.Record) {
	for _, p := range [...]struct {
		in  input
		end bool
	}{{inPeriodStart, false}, {inPeriodEnd, true}, {inUsageStart, false}, {inUsageEnd, true}} {
		m.time(out, p.in, p.end)
	}
}

func (m *mapper) parties(out *source.Record) {
	r := &m.row
	r.text(inInvoiceID).write(out)
	legal := r.text(inLegalEntity)
	issuer := r.text(inInvoicingEntity)
	if !issuer.known() && string(r.field(inBillingEntity)) != "AWS Marketplace" {
		issuer = legal // of the seller on the Marketplace, of the AWS company otherwise
	}
	for _, name := range [...]value{issuer, legal} {
		if name.known() {
			name.write(out)
		} else {
			out.Text("AWS")
		}
	}
	out.Text("AWS")
}

func (m *mapper) charge(out *source.Record, w *wording) {
	r := &m.row
	out.Text(w.category)
	if r.kind == kindRefund {
		out.Text("Correction") // AWS refunds what it has invoiced
	} else {
		out.Null()
	}
	out.Text(w.frequency)
	r.text(inDescription).write(out)
}

func (m *mapper) pricing(out *source.Record, w *wording, d *commitment) {
	r := &m.row
	out.Text(w.pricing)
	quantity, unit := r.number(inUsageAmount), r.text(inUnit)
	if r.kind == kindTax || r.kind == kindNegation { // a tax has no quantity, and a negation would count that of its usage twice
		quantity, unit = value{}, value{}
	}
	quantity.write(out)
	unit.write(out)
	if w.category != "Usage" || d.status == "Unused" || r.kind == kindNegation || r.kind == kindDiscount || r.kind == kindRefund {
		quantity, unit = value{}, value{}
	}
	quantity.write(out)
	unit.write(out)
	list, contracted, pricing := r.prices()
	list.write(out)
	contracted.write(out)
	pricing.write(out)
}

// prices are the unit prices of usage; those that are in another currency than the costs
// go into a column of their own.
func (r *row) prices() (list, contracted, pricing value) {
	if r.split || r.kind != kindUsage && r.kind != kindCovered && r.kind != kindReserved {
		return value{}, value{}, value{}
	}
	list = r.number(inPublicRate)
	switch {
	case r.kind != kindReserved && r.net:
		contracted = r.number(inNetUnblendedRate)
	case r.kind != kindReserved:
		contracted = r.number(inUnblendedRate)
	case !r.net && !r.foreign:
		contracted = list
	}
	if r.foreign {
		return value{}, contracted, list
	}
	return list, contracted, value{}
}

// commitment writes what is bought or used up: money for a Savings Plan, hours for a
// reservation.
func (m *mapper) commitment(out *source.Record, d *commitment, category string) {
	r := &m.row
	unused := d.status == "Unused" && category == "Usage"
	out.Bytes(d.id)
	out.Text(d.category)
	out.Text(d.kind)
	out.Text(d.status)
	var quantity value
	unit := inUnit
	switch {
	case d.id == nil, r.split: // the instance has it
	case r.kind == kindReservationFee && unused:
		quantity = r.number(inUnusedQuantity)
	case r.kind == kindPlanFee && unused:
		quantity, unit = value{how: exact, amount: r.unused.Amount()}, inCurrency
	case r.kind == kindCovered:
		quantity, unit = r.number(inPlanEffective), inCurrency
	case r.kind == kindPlanFee:
		quantity, unit = r.number(inPlanTotal), inCurrency
	case r.kind == kindReserved, r.kind == kindReservationFee:
		quantity = r.number(inUsageAmount)
	case r.kind == kindFee: // all that is bought, for the whole term
		quantity = r.number(inTotalUnits)
	case r.kind == kindPlanUpfront && strings.EqualFold(string(r.field(inPaymentOption)), "All Upfront"):
		quantity, unit = r.number(inUnblended), inCurrency
	}
	quantity.write(out)
	switch {
	case !quantity.known():
		out.Null()
	case r.kind == kindFee: // whose pricing unit is the number of reservations
		out.Text("Hrs")
	default:
		r.text(unit).write(out)
	}
	out.Bytes(d.capacityID)
	out.Text(d.capacityStatus)
}

// time writes a time as FOCUS spells it.
func (m *mapper) time(out *source.Record, i input, end bool) {
	text := m.row.field(i)
	switch {
	case text == nil:
		out.Null()
	case isCanonical(text) && (!end || text[17] != '5' || text[18] != '9'):
		out.Same(m.row.at[i])
	case end:
		out.Bytes(m.ends.Of(text, endTime))
	default:
		out.Bytes(m.times.Of(text, startTime))
	}
}

// isCanonical reports whether a text is spelled 2006-01-02T15:04:05Z.
func isCanonical(text []byte) bool {
	return len(text) == 20 && text[4] == '-' && text[10] == 'T' && text[13] == ':' && text[19] == 'Z'
}

// spansInterval reports whether identity/TimeInterval says what the usage dates say, as it
// mostly does: it would make a combination of values of its own of every hour.
func (r *row) spansInterval() bool {
	interval, start, end := r.field(inInterval), r.field(inUsageStart), r.field(inUsageEnd)
	const second = 19 // up to the second; fractions are 0
	return len(interval) == 41 && len(start) >= 20 && len(end) >= 20 && isCanonical(interval[:20]) && isCanonical(interval[21:]) &&
		(start[second] == 'Z' || string(start[second:]) == ".000Z") && (end[second] == 'Z' || string(end[second:]) == ".000Z") &&
		bytes.Equal(interval[:second], start[:second]) && bytes.Equal(interval[21:40], end[:second])
}

func startTime(text []byte) []byte { return normalTime(text, false) }
func endTime(text []byte) []byte   { return normalTime(text, true) }

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
