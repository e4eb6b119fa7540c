package ocireport

import (
	"bytes"
	"fmt"
	"math/big"
	"strconv"
	"strings"
	"time"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/source"
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

func readMoment(text []byte) moment {
	sec, ok := finops.ParseTime(text)
	if !ok {
		return moment{}
	}
	month := finops.DayOfUnix(sec).Month()
	return moment{time.Unix(sec, 0).UTC().Format(instant), month.First().Time().Format(instant), (month + 1).First().Time().Format(instant), true}
}

// converter maps lines. It belongs to one goroutine.
type converter struct {
	schema  *schema
	moments map[string]moment // a report has few hours
	object  []byte            // scratch
}

const momentsMost = 10_000

func (c *converter) moment(text []byte) moment {
	if m, ok := c.moments[string(text)]; ok {
		return m
	}
	if c.moments == nil || len(c.moments) > momentsMost {
		c.moments = make(map[string]moment)
	}
	m := readMoment(text)
	c.moments[string(text)] = m
	return m
}

// line is one line of a report.
type line struct {
	schema *schema
	batch  *source.Batch
	row    int
}

// text returns a field, nil where the file has no such column or no value.
func (l *line) text(f field) []byte {
	i := l.schema.at[f]
	if i < 0 {
		return nil
	}
	if v := l.batch.Field(l.row, i); !finops.IsNull(v) {
		return v
	}
	return nil
}

// convert fills one record.
func (c *converter) convert(in *source.Batch, row int, out *source.Record) string {
	l := &line{c.schema, in, row}
	cost := l.text(fieldCost)
	if cost != nil {
		if _, err := finops.ParseAmount(cost); err != nil || bytes.IndexByte(cost, ',') >= 0 {
			return fmt.Sprintf("has a cost %q that is no number", short(cost))
		}
	}
	start := c.moment(l.text(fieldStart))
	if !start.ok {
		return fmt.Sprintf("has a start %q that is no time", short(l.text(fieldStart)))
	}
	end := c.moment(l.text(fieldEnd))
	if l.text(fieldEnd) != nil && !end.ok {
		return fmt.Sprintf("has an end %q that is no time", short(l.text(fieldEnd)))
	}
	c.writeParties(l, out)
	for _, t := range []string{start.monthStart, start.monthEnd, start.text, end.text} {
		out.Text(t)
	}
	c.writeCharge(l, cost, out)
	c.writeThing(l, out)
	for _, i := range c.schema.native {
		out.Bytes(in.Field(row, i))
	}
	return ""
}

func short(text []byte) string {
	const most = 40
	if len(text) > most {
		return string(text[:most]) + "…"
	}
	return string(text)
}

func (c *converter) writeParties(l *line, out *source.Record) {
	out.Text(providerName)
	out.Text(providerName)
	out.Text(providerName)
	tenant, compartment := l.text(fieldTenant), l.text(fieldCompartmentID)
	out.Bytes(tenant)
	writeIf(out, tenant != nil, "Tenancy")
	out.Bytes(compartment)
	out.Bytes(l.text(fieldCompartment))
	writeIf(out, compartment != nil, "Compartment")
	out.Bytes(l.text(fieldCurrency))
}

func writeIf(out *source.Record, ok bool, text string) {
	if !ok {
		text = ""
	}
	out.Text(text)
}

// writeCharge writes what is charged. The unit price is the customer's own, so price ×
// quantity is the contracted cost; a report knows no list price.
func (c *converter) writeCharge(l *line, cost []byte, out *source.Record) {
	out.Text("Usage")
	writeIf(out, strings.EqualFold(string(l.text(fieldCorrection)), "true"), "Correction")
	out.Bytes(l.text(fieldDescription))
	out.Text("Usage-Based")
	out.Bytes(cost)
	out.Bytes(cost)
	price, quantity := l.text(fieldUnitPrice), l.text(fieldQuantity)
	writeProduct(out, price, quantity)
	writeNumber(out, price)
	writeNumber(out, quantity)
	if quantity != nil {
		out.Bytes(l.text(fieldUnit))
	} else {
		out.Null()
	}
}

// writeNumber writes a number as the file spells it; what is no number is unknown.
func writeNumber(out *source.Record, text []byte) {
	if _, err := finops.ParseAmount(text); err != nil || bytes.IndexByte(text, ',') >= 0 {
		text = nil
	}
	out.Bytes(text)
}

// writeProduct multiplies exactly; unknown where a factor is, or where the product has
// more digits than an amount may have.
func writeProduct(out *source.Record, price, quantity []byte) {
	a, scaleA, okA := digits(price)
	b, scaleB, okB := digits(quantity)
	if !okA || !okB {
		out.Null()
		return
	}
	product, scale := a.Mul(a, b), scaleA+scaleB
	ten, quotient, rest := big.NewInt(10), new(big.Int), new(big.Int)
	for scale > 0 {
		if quotient.QuoRem(product, ten, rest); rest.Sign() != 0 {
			break
		}
		product, quotient = quotient, product
		scale--
	}
	amount, err := finops.ParseAmount(strconv.AppendInt(append(product.Append(nil, 10), 'e', '-'), int64(scale), 10))
	if err != nil {
		out.Null()
		return
	}
	out.Amount(amount)
}

// digits reads a number as coefficient × 10^−scale.
func digits(text []byte) (coefficient *big.Int, scale int, ok bool) {
	a, err := finops.ParseAmount(text)
	if err != nil || bytes.IndexByte(text, ',') >= 0 {
		return nil, 0, false
	}
	if c, small := a.Coef(); small {
		return big.NewInt(c), a.Scale(), true
	}
	coefficient, ok = new(big.Int).SetString(strings.Replace(a.String(), ".", "", 1), 10)
	return coefficient, a.Scale(), ok
}

// writeThing writes the SKU, service, resource, place and tags.
func (c *converter) writeThing(l *line, out *source.Record) {
	out.Bytes(l.text(fieldSKU))
	out.Bytes(l.text(fieldDescription))
	name := l.text(fieldService)
	if s, ok := services[string(name)]; ok {
		out.Text(s.name)
		out.Text(s.category)
		out.Text(s.subcategory)
	} else {
		out.Bytes(name)
		out.Text("Other")
		out.Text("Other (Other)")
	}
	resource := l.text(fieldResource)
	out.Bytes(resource)
	out.Bytes(resourceType(resource))
	region := l.text(fieldRegion)
	out.Bytes(region)
	if known, ok := regions[string(region)]; ok {
		out.Text(known)
	} else {
		out.Bytes(region)
	}
	out.Bytes(l.text(fieldDomain))
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

// tags joins the tag columns that have a value into one JSON object.
func (c *converter) tags(l *line) []byte {
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
		c.object = appendText(c.object, v)
	}
	if len(c.object) == 0 {
		return nil
	}
	c.object = append(c.object, '}')
	return c.object
}

// appendText appends text, which is valid UTF-8, as a JSON text.
func appendText(dst, text []byte) []byte {
	const digits = "0123456789abcdef"
	dst = append(dst, '"')
	for _, b := range text {
		switch {
		case b == '"' || b == '\\':
			dst = append(dst, '\\', b)
		case b < ' ':
			dst = append(dst, '\\', 'u', '0', '0', digits[b>>4], digits[b&15])
		default:
			dst = append(dst, b)
		}
	}
	return append(dst, '"')
}
