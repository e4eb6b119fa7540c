package ocireport

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"time"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/source"
	"cloud-intelligence/backend/source/jsonfile"
)

// focusColumns are the columns that every file yields, in the order in which convert
// writes them.
var focusColumns = []string{
	"ProviderName", "PublisherName", "InvoiceIssuerName", "BillingAccountId", "BillingAccountType", "SubAccountId", "SubAccountName", "SubAccountType",
	"BillingCurrency", "BillingPeriodStart", "BillingPeriodEnd", "ChargePeriodStart", "ChargePeriodEnd",
	"ChargeCategory", "ChargeClass", "ChargeDescription", "ChargeFrequency",
	"BilledCost", "EffectiveCost", "ContractedCost", "ContractedUnitPrice", "PricingQuantity", "PricingUnit",
	"SkuId", "SkuMeter", "ServiceName", "ServiceCategory", "ServiceSubcategory",
	"ResourceId", "ResourceType", "RegionId", "RegionName", "AvailabilityZone", "Tags",
}

const (
	providerName = "Oracle"
	instant      = "2006-01-02T15:04:05Z"
)

// moment is a time as FOCUS writes it, with the month that it lies in.
type moment struct {
	text, monthStart, monthEnd string
	ok                         bool
}

func readMoment(text []byte) *moment {
	sec, ok := finops.ParseTime(text)
	if !ok {
		return &moment{}
	}
	month := finops.DayOfUnix(sec).Month()
	return &moment{time.Unix(sec, 0).UTC().Format(instant), month.First().Time().Format(instant), (month + 1).First().Time().Format(instant), true}
}

// converter maps lines. It belongs to one goroutine.
type converter struct {
	schema  *schema
	moments source.Memo[*moment] // a report has few hours
	found   source.Memo[service] // and few services
	line    line
	object  []byte // scratch: the tags of the line before
	values  []byte // what they were made of
	key     []byte
}

// line is one line of a report.
type line struct {
	schema *schema
	batch  *source.Batch
	row    int
}

// text returns a field, nil where the file has no such column or no value.
func (l *line) text(f field) []byte {
	return l.batch.Value(l.row, l.schema.at[f])
}

// same writes a field as it is.
func (l *line) same(f field, out *source.Record) {
	if l.text(f) == nil {
		out.Null()
	} else {
		out.Same(l.schema.at[f])
	}
}

// convert fills one record.
func (c *converter) convert(in *source.Batch, row int, out *source.Record) string {
	l := &c.line
	l.schema, l.batch, l.row = c.schema, in, row
	if cost := l.text(fieldCost); cost != nil && !l.number(fieldCost).known {
		return fmt.Sprintf("has a cost %q that is no number", source.Excerpt(cost))
	}
	start := c.moments.Of(l.text(fieldStart), readMoment)
	if !start.ok {
		return fmt.Sprintf("has a start %q that is no time", source.Excerpt(l.text(fieldStart)))
	}
	end := c.moments.Of(l.text(fieldEnd), readMoment)
	if l.text(fieldEnd) != nil && !end.ok {
		return fmt.Sprintf("has an end %q that is no time", source.Excerpt(l.text(fieldEnd)))
	}
	c.writeParties(l, out)
	out.Text(start.monthStart)
	out.Text(start.monthEnd)
	out.Text(start.text)
	out.Text(end.text)
	c.writeCharge(l, out)
	c.writeThing(l, out)
	out.SameAll(c.schema.native)
	return ""
}

func (c *converter) writeParties(l *line, out *source.Record) {
	out.Text(providerName)
	out.Text(providerName)
	out.Text(providerName)
	account, kind := fieldTenant, "Tenancy"
	if isNumber(l.text(fieldSubscription)) { // as Oracle's own FOCUS reports name the account
		account, kind = fieldSubscription, "Subscription"
	}
	compartment := l.text(fieldCompartmentID)
	l.same(account, out)
	writeIf(out, l.text(account) != nil, kind)
	l.same(fieldCompartmentID, out)
	l.same(fieldCompartment, out)
	writeIf(out, compartment != nil, "Compartment")
	l.same(fieldCurrency, out)
}

// isNumber reports whether this is the number of a subscription, and no OCID.
func isNumber(text []byte) bool {
	for _, b := range text {
		if b < '0' || b > '9' {
			return false
		}
	}
	return len(text) > 0
}

func writeIf(out *source.Record, ok bool, text string) {
	if !ok {
		text = ""
	}
	out.Text(text)
}

// writeCharge writes what is charged. The unit price is the customer's own, so price ×
// quantity is the contracted cost; a report knows no list price.
func (c *converter) writeCharge(l *line, out *source.Record) {
	out.Text("Usage")
	writeIf(out, bytes.EqualFold(l.text(fieldCorrection), yes), "Correction")
	l.same(fieldDescription, out)
	out.Text("Usage-Based")
	cost := l.number(fieldCost)
	cost.write(out)
	cost.write(out)
	price, quantity := l.number(fieldUnitPrice), l.number(fieldQuantity)
	if product, ok := price.amount.Mul(quantity.amount); ok && price.known && quantity.known {
		out.Amount(product)
	} else {
		out.Null()
	}
	price.write(out)
	quantity.write(out)
	if quantity.known {
		l.same(fieldUnit, out)
	} else {
		out.Null()
	}
}

var yes = []byte("true")

// number is an exact number of a line; what is no number is unknown.
type number struct {
	amount finops.Amount
	known  bool
	plain  bool // the file spells it as the ledger keeps it
	column int
}

// number reads a number. Oracle writes no commas between thousands, so a comma can only be
// a decimal comma that a spreadsheet made.
func (l *line) number(f field) (n number) {
	text := l.text(f)
	if text == nil || bytes.IndexByte(text, ',') >= 0 {
		return n
	}
	n.column = l.schema.at[f]
	if coef, scale, ok := finops.ParsePlain(text); ok {
		n.amount, n.known, n.plain = finops.NewAmount(coef, int(scale)), true, true
		return n
	}
	a, err := finops.ParseAmount(text)
	n.amount, n.known = a.Trim(), err == nil
	return n
}

func (n number) write(out *source.Record) {
	switch {
	case n.plain:
		out.Same(n.column)
	case n.known:
		out.Amount(n.amount)
	default:
		out.Null()
	}
}

func readService(name []byte) service {
	if name == nil {
		return service{}
	}
	return serviceOf(string(name))
}

// writeThing writes the SKU, service, resource, place and tags.
func (c *converter) writeThing(l *line, out *source.Record) {
	l.same(fieldSKU, out)
	l.same(fieldDescription, out)
	s := c.found.Of(l.text(fieldService), readService)
	out.Text(s.name)
	out.Text(s.category)
	out.Text(s.subcategory)
	l.same(fieldResource, out)
	out.Bytes(resourceType(l.text(fieldResource)))
	l.same(fieldRegion, out)
	if known, ok := regions[string(l.text(fieldRegion))]; ok {
		out.Text(known)
	} else {
		l.same(fieldRegion, out)
	}
	l.same(fieldDomain, out)
	out.Bytes(c.tags(l))
}

// resourceType is the second part of an OCID: ocid1.instance.oc1.…
func resourceType(id []byte) []byte {
	rest, ok := bytes.CutPrefix(id, []byte("ocid1."))
	if !ok {
		return nil
	}
	if i := bytes.IndexByte(rest, '.'); i > 0 {
		return rest[:i]
	}
	return nil
}

// tags joins the tag columns that have a value into one JSON object. Neighbouring lines
// mostly have the same.
func (c *converter) tags(l *line) []byte {
	c.key = c.key[:0]
	for _, t := range c.schema.tags {
		v := l.batch.Field(l.row, t.column)
		c.key = append(binary.AppendUvarint(c.key, uint64(len(v))), v...)
	}
	if !bytes.Equal(c.key, c.values) {
		c.values = append(c.values[:0], c.key...)
		c.joinTags(l)
	}
	if len(c.object) == 0 {
		return nil
	}
	return c.object
}

func (c *converter) joinTags(l *line) {
	c.object = c.object[:0]
	for _, t := range c.schema.tags {
		v := l.batch.Field(l.row, t.column)
		if finops.IsNull(v) {
			continue
		}
		if len(c.object) == 0 {
			c.object = append(c.object, '{')
		} else {
			c.object = append(c.object, ',')
		}
		c.object = append(append(c.object, t.key...), ':')
		c.object = jsonfile.AppendString(c.object, v)
	}
	if len(c.object) > 0 {
		c.object = append(c.object, '}')
	}
}
