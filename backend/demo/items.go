package demo

import "strings"

// item is one SKU of one resource: everything that its daily lines share, as ready CSV fragments, and the integers
// that make the quantity of a day.
type item struct {
	from, to int
	cadence  cadence
	account  int
	cover    int // commitment that may cover it, plus one
	number   int // among the items of the provider
	sku      int // among those of the resource
	res      *resource
	spot     bool
	story    storyKind

	list, contracted, committed int64 // unit prices at priceScale
	priceScale, quantityScale   int
	scale                       int
	base                        int64 // of a day, or of a month
	byMonth, hourly             bool
	weekend, noise, gain        int64
	grows                       bool
	perUnit                     int64
	seed                        uint64

	// The fragments between the changing columns, each with the commas at its borders.
	issuer     []byte // ProviderName … InvoiceIssuerName
	subAccount []byte // BillingAccountId … SubAccountType
	charge     []byte // ChargeCategory … ChargeFrequency
	prices     []byte // ListUnitPrice, ContractedUnitPrice
	unit       []byte // PricingUnit … PricingCurrencyContractedUnitPrice
	described  []byte // ConsumedUnit … AvailabilityZone
	tail       []byte // CapacityReservationId … Tags, x_ columns but the last
}

// newItems prepares the lines of a provider's resources, in the order of the file.
func newItems(resources []resource, l layout) []item {
	var items []item
	for i := range resources {
		for j := range resources[i].skus() {
			it := newItem(&resources[i], j, l)
			it.number, it.sku, it.res = len(items), j, &resources[i]
			items = append(items, it)
		}
	}
	return items
}

func newItem(res *resource, skuIndex int, l layout) item {
	t := res.template
	s := res.skus()[skuIndex]
	b := billings[accounts[res.account].billing]
	list := priceIn(s.price, res.region, b.currency)
	contracted := list
	if t.publisher == "" {
		contracted = list.permille(negotiated(b))
	}
	quantity := parseAmount(or(s.monthly, s.daily))
	it := item{
		from: res.from, to: res.to, cadence: t.cadence, account: res.account, spot: t.spot,
		list: list.units, contracted: contracted.units, priceScale: list.scale, quantityScale: quantity.scale,
		scale: list.scale + quantity.scale, base: quantity.permille(res.size).units, weekend: s.weekend, noise: s.noise,
		gain: s.monthlyGainPermille, grows: s.grows, perUnit: max(1, s.perUnit), seed: res.seed + uint64(skuIndex),
		byMonth: s.monthly != "", hourly: t.hourly && skuIndex == 0,
	}
	if t.cover != coverNone && commitmentPlans[t.cover-1].eligible(res, skuIndex) {
		it.cover = t.cover
		it.committed = list.permille(commitmentPlans[t.cover-1].pricePermille).units
	}
	if t.story == fullScans && skuIndex == 0 || t.story == natSpike && skuIndex == 1 && res.account == t.accounts[0] {
		it.story = t.story
	}
	rec := itemRecord(res, &s, b, list, contracted)
	it.cut(&rec, l)
	return it
}

func negotiated(b billing) int64 {
	if b.currency == "EUR" {
		return providers[b.provider].discount[1]
	}
	return providers[b.provider].discount[0]
}

const euroPermille = 920

func priceIn(usd string, r region, currency string) amount {
	price := parseAmount(usd).permille(r.permille)
	if currency == "EUR" {
		price = price.permille(euroPermille)
	}
	return price
}

// newRecord holds what every line of a sub account has.
func newRecord(account int) record {
	a := accounts[account]
	b := billings[a.billing]
	f := providers[b.provider]
	rec := record{provider: b.provider}
	rec.fields[colProviderName] = f.name
	rec.fields[colPublisherName] = f.publisher
	rec.fields[colInvoiceIssuerName] = f.issuer
	rec.fields[colBillingAccountID] = b.id
	rec.fields[colBillingAccountName] = b.name
	rec.fields[colBillingAccountType] = b.kind
	rec.fields[colSubAccountID] = a.id
	rec.fields[colSubAccountName] = a.name
	rec.fields[colSubAccountType] = f.subAccountKind
	rec.fields[colPricingCurrency] = b.currency
	rec.fields[colBillingCurrency] = b.currency
	if b.provider == gcp {
		rec.extra[extraCostType] = "regular"
	}
	return rec
}

func (r *record) setService(s service) {
	r.fields[colServiceName] = s.name
	r.fields[colServiceCategory] = s.category
	r.fields[colServiceSubcategory] = s.subcategory
}

func (r *record) setRegion(g region) {
	r.fields[colRegionID] = g.id
	r.fields[colRegionName] = g.name
}

func (r *record) setPrices(list, contracted string) {
	r.fields[colListUnitPrice] = list
	r.fields[colContractedUnitPrice] = contracted
}

func itemRecord(res *resource, s *sku, b billing, list, contracted amount) record {
	t := res.template
	rec := newRecord(res.account)
	if t.publisher != "" {
		rec.fields[colPublisherName] = t.publisher
	}
	rec.setService(t.service)
	rec.setRegion(res.region)
	rec.setPrices(list.String(), contracted.String())
	rec.fields[colChargeCategory] = or(t.category, "Usage")
	rec.fields[colChargeFrequency] = or(t.frequency, "Usage-Based")
	rec.fields[colChargeDescription] = s.meter
	rec.fields[colPricingUnit] = s.unit
	if t.category != "Purchase" {
		rec.fields[colConsumedUnit] = or(s.consumedUnit, s.unit)
	}
	rec.fields[colSkuMeter] = s.meter
	rec.fields[colSkuPriceDetails] = s.details
	rec.fields[colSkuID], rec.fields[colSkuPriceID] = skuIDs(b, t.service.name+s.subcategory+s.meter, res.region.id)
	if s.repriced {
		_, rec.fields[colSkuPriceID] = skuIDs(b, t.service.name+s.subcategory+s.meter+s.price, res.region.id)
	}
	rec.fields[colResourceID] = res.id
	rec.fields[colResourceName] = res.name
	rec.fields[colResourceType] = t.kind
	rec.fields[colAvailabilityZone] = res.zone
	rec.fields[colTags] = res.tags
	switch b.provider {
	case aws:
		rec.extra[extraUsageType], rec.extra[extraOperation] = s.usageType, s.operation
	case azure:
		rec.extra[extraResourceGroup] = res.group
		rec.setMeter(or(s.category, t.service.name), s.subcategory)
	case gcp:
		rec.extra[extraSystemLabels] = s.labels
	}
	return rec
}

// setMeter names the meter of a record of Azure as its cost exports do.
func (r *record) setMeter(category, subcategory string) {
	r.extra[extraMeterCategory], r.extra[extraMeterSubcategory], r.extra[extraMeterName] = category, subcategory, r.fields[colSkuMeter]
}

// skuIDs returns identifiers in the provider's form. They belong to the catalogue: the same for every client.
func skuIDs(b billing, meter, region string) (skuID, priceID string) {
	name := meter + "/" + region
	switch b.provider {
	case aws:
		skuID = fixedText(name, skuDigits, 10)
		return skuID, fixedText(name+"/price", skuDigits, 10)
	case azure:
		skuID = "DZH318Z0" + fixedText(name, skuDigits, 4)
		return skuID, skuID + "/" + fixedText(name+b.currency, skuDigits, 4)
	}
	digits := strings.ToUpper(hexDigits)
	group := func(n string) string { return fixedText(name+n, digits, 4) }
	return group("a") + "-" + group("b") + "-" + group("c"), group("d") + "-" + group("e") + "-" + group("f")
}

func or(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}

// cut turns the record into the fragments.
func (it *item) cut(rec *record, l layout) {
	part := func(before bool, from, to int, after bool) []byte {
		var b []byte
		if before {
			b = append(b, ',')
		}
		b = rec.appendFields(b, from, to)
		if after {
			b = append(b, ',')
		}
		return b[:len(b):len(b)]
	}
	it.issuer = part(false, colProviderName, colInvoiceID, true)
	it.subAccount = part(true, colBillingAccountID, colBillingPeriodStart, true)
	it.charge = part(true, colChargeCategory, colBilledCost, true)
	it.prices = part(true, colListUnitPrice, colPricingCategory, true)
	it.unit = part(true, colPricingUnit, colConsumedQuantity, true)
	it.described = part(true, colConsumedUnit, colCommitmentDiscountID, true)
	it.tail = rec.appendExtra(part(true, colCapacityReservationID, columnCount, false), l)
	if rec.fields[colConsumedUnit] == "" {
		it.perUnit = 0
	}
}
