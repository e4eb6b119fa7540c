package azureexport

import (
	"strings"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/source"
)

// field is a native column that the source knows, whatever its spelling.
type field int

const (
	fieldCost field = iota
	fieldQuantity
	fieldUnitPrice
	fieldEffectivePrice
	fieldPayGPrice
	fieldPayGCost
	fieldCurrency
	fieldPricingCurrency
	fieldCostInPricing
	fieldExchangeRate
	fieldDate
	fieldPeriodStart
	fieldPeriodEnd
	fieldChargeType
	fieldFrequency
	fieldPricingModel
	fieldBillingAccountID
	fieldBillingAccountName
	fieldBillingProfileID
	fieldBillingProfileName
	fieldSubscriptionID
	fieldSubscriptionName
	fieldInvoiceID
	fieldPreviousInvoiceID
	fieldPublisherName
	fieldPublisherType
	fieldPartnerName
	fieldCustomerTenantID
	fieldMeterID
	fieldMeterName
	fieldMeterCategory
	fieldMeterSubCategory
	fieldServiceFamily
	fieldConsumedService
	fieldProduct
	fieldProductID
	fieldPartNumber
	fieldUnitOfMeasure
	fieldResourceID
	fieldResourceName
	fieldResourceType
	fieldResourceLocation
	fieldMeterRegion
	fieldAvailabilityZone
	fieldReservationID
	fieldReservationName
	fieldBenefitID
	fieldBenefitName
	fieldAdditionalInfo
	fieldTerm
	fieldTags
	fieldCount
)

// spellings gives every field its name in the yielded columns and the folded header
// names that Azure has used for it, the one to prefer first.
var spellings = [fieldCount]struct {
	name    string
	headers []string
}{
	fieldCost:               {"CostInBillingCurrency", []string{"costinbillingcurrency", "cost", "pretaxcost", "extendedcost"}},
	fieldQuantity:           {"Quantity", []string{"quantity", "usagequantity", "consumedquantity"}},
	fieldUnitPrice:          {"UnitPrice", []string{"unitprice"}},
	fieldEffectivePrice:     {"EffectivePrice", []string{"effectiveprice", "resourcerate"}},
	fieldPayGPrice:          {"PayGPrice", []string{"paygprice"}},
	fieldPayGCost:           {"PaygCostInBillingCurrency", []string{"paygcostinbillingcurrency"}},
	fieldCurrency:           {"BillingCurrency", []string{"billingcurrency", "billingcurrencycode", "currency", "currencycode"}},
	fieldPricingCurrency:    {"PricingCurrency", []string{"pricingcurrency", "pricingcurrencycode"}},
	fieldCostInPricing:      {"CostInPricingCurrency", []string{"costinpricingcurrency"}},
	fieldExchangeRate:       {"ExchangeRatePricingToBilling", []string{"exchangeratepricingtobilling", "exchangerate"}},
	fieldDate:               {"Date", []string{"date", "usagedatetime", "usagedate"}},
	fieldPeriodStart:        {"BillingPeriodStartDate", []string{"billingperiodstartdate", "billingperiodstart"}},
	fieldPeriodEnd:          {"BillingPeriodEndDate", []string{"billingperiodenddate", "billingperiodend"}},
	fieldChargeType:         {"ChargeType", []string{"chargetype"}},
	fieldFrequency:          {"Frequency", []string{"frequency"}},
	fieldPricingModel:       {"PricingModel", []string{"pricingmodel"}},
	fieldBillingAccountID:   {"BillingAccountId", []string{"billingaccountid"}},
	fieldBillingAccountName: {"BillingAccountName", []string{"billingaccountname"}},
	fieldBillingProfileID:   {"BillingProfileId", []string{"billingprofileid"}},
	fieldBillingProfileName: {"BillingProfileName", []string{"billingprofilename"}},
	fieldSubscriptionID:     {"SubscriptionId", []string{"subscriptionguid", "subscriptionid"}}, // the oldest EA layout has a number, too
	fieldSubscriptionName:   {"SubscriptionName", []string{"subscriptionname"}},
	fieldInvoiceID:          {"InvoiceId", []string{"invoiceid"}},
	fieldPreviousInvoiceID:  {"PreviousInvoiceId", []string{"previousinvoiceid"}},
	fieldPublisherName:      {"PublisherName", []string{"publishername"}},
	fieldPublisherType:      {"PublisherType", []string{"publishertype"}},
	fieldPartnerName:        {"PartnerName", []string{"partnername"}},
	fieldCustomerTenantID:   {"CustomerTenantId", []string{"customertenantid"}},
	fieldMeterID:            {"MeterId", []string{"meterid"}},
	fieldMeterName:          {"MeterName", []string{"metername"}},
	fieldMeterCategory:      {"MeterCategory", []string{"metercategory"}},
	fieldMeterSubCategory:   {"MeterSubCategory", []string{"metersubcategory"}},
	fieldServiceFamily:      {"ServiceFamily", []string{"servicefamily"}},
	fieldConsumedService:    {"ConsumedService", []string{"consumedservice"}},
	fieldProduct:            {"ProductName", []string{"productname", "product"}},
	fieldProductID:          {"ProductId", []string{"productid"}},
	fieldPartNumber:         {"PartNumber", []string{"partnumber"}},
	fieldUnitOfMeasure:      {"UnitOfMeasure", []string{"unitofmeasure"}},
	fieldResourceID:         {"ResourceId", []string{"resourceid", "instanceid", "instancename"}}, // instanceName holds the id
	fieldResourceName:       {"ResourceName", []string{"resourcename"}},
	fieldResourceType:       {"ResourceType", []string{"resourcetype"}},
	fieldResourceLocation:   {"ResourceLocation", []string{"resourcelocation", "location"}},
	fieldMeterRegion:        {"MeterRegion", []string{"meterregion"}},
	fieldAvailabilityZone:   {"AvailabilityZone", []string{"availabilityzone"}},
	fieldReservationID:      {"ReservationId", []string{"reservationid"}},
	fieldReservationName:    {"ReservationName", []string{"reservationname"}},
	fieldBenefitID:          {"BenefitId", []string{"benefitid"}},
	fieldBenefitName:        {"BenefitName", []string{"benefitname"}},
	fieldAdditionalInfo:     {"AdditionalInfo", []string{"additionalinfo"}},
	fieldTerm:               {"Term", []string{"term"}},
	fieldTags:               {"Tags", []string{"tags"}},
}

// brackets are those of a full-width character set, which Azure writes in Japanese.
var brackets = strings.NewReplacer("（", "(", "）", ")")

// fold brings a header name to one spelling: the English name in brackets where the
// portal printed a translation before it, in lower case, without separators.
func fold(header string) string {
	header = brackets.Replace(header)
	if i, j := strings.LastIndexByte(header, '('), strings.LastIndexByte(header, ')'); i >= 0 && j > i+1 {
		header = header[i+1 : j]
	}
	return source.Fold(header, "/_: -\u00a0")
}

// lower lower-cases ASCII, as Azure compares resource ids.
func lower(text []byte) string {
	b := make([]byte, len(text))
	for i, c := range text {
		if c >= 'A' && c <= 'Z' {
			c += 'a' - 'A'
		}
		b[i] = c
	}
	return string(b)
}

// schema is what the header of a file says: where the known fields are, and the columns
// that are yielded.
type schema struct {
	at      [fieldCount]int // file column, -1 where the file has none
	folded  map[string]int  // file column by folded name
	kind    agreement
	columns []source.Column
	native  []int // file columns that follow the FOCUS columns, in order
}

func (s *schema) has(f field) bool { return s.at[f] >= 0 }

// newSchema finds the known fields of a header. names are unique, raw is as written.
func newSchema(names, raw []string) *schema {
	s := &schema{folded: make(map[string]int, len(names))}
	for i, name := range raw {
		if key := fold(name); key != "" {
			if _, taken := s.folded[key]; !taken {
				s.folded[key] = i
			}
		}
	}
	for f := range s.at {
		s.at[f] = -1
		for _, header := range spellings[f].headers {
			if i, ok := s.folded[header]; ok {
				s.at[f] = i
				break
			}
		}
	}
	s.kind = s.agreement()
	s.yield(names, raw)
	return s
}

// copied are the fields of which a FOCUS column says all there is to say.
var copied = []field{
	fieldQuantity, fieldPayGCost, fieldCurrency, fieldDate, fieldPeriodStart, fieldPeriodEnd, fieldSubscriptionID,
	fieldSubscriptionName, fieldInvoiceID, fieldMeterID, fieldMeterName, fieldProduct, fieldResourceID, fieldResourceName,
	fieldAvailabilityZone, fieldBenefitName, fieldTags, fieldPricingCurrency, fieldPricingModel,
}

// yield lists the columns: those of FOCUS, then the native ones that they do not repeat.
func (s *schema) yield(names, raw []string) {
	gone := make(map[int]bool)
	for _, f := range copied {
		gone[s.at[f]] = true
	}
	account, accountName, _ := s.account()
	gone[s.at[account]], gone[s.at[accountName]], gone[s.at[s.kind.priceID()]] = true, true, true
	taken := make(map[string]bool)
	for _, c := range focusColumns {
		s.columns = append(s.columns, source.Column{Name: c, Raw: c, Focus: !strings.HasPrefix(c, "x_"), Total: totals[c]})
		taken[c] = true
	}
	taken[partColumn] = true
	known := make(map[int]string)
	for f, i := range s.at {
		if i >= 0 {
			known[i] = spellings[f].name
		}
	}
	for i, name := range names {
		if gone[i] {
			continue
		}
		total := ""
		if i == s.at[fieldCost] {
			total = "cost"
		}
		if canonical, ok := known[i]; ok {
			name = "x_" + canonical
		} else if _, focus := finops.ColumnByName(name); focus {
			name = "x_" + name
		}
		for taken[name] {
			name += "_"
		}
		taken[name] = true
		s.columns = append(s.columns, source.Column{Name: name, Raw: raw[i], Total: total})
		s.native = append(s.native, i)
	}
	if s.kind.views() {
		s.columns = append(s.columns, source.Column{Name: partColumn, Raw: partColumn, Part: true})
	}
}

// totals are the provider's measures that FOCUS columns hold: ListCost is the cost at
// pay-as-you-go prices, null only where that is unknown and the file says 0.
var totals = map[string]string{"ListCost": "paygcost"}
