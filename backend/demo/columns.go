package demo

import "strings"

// The FOCUS 1.2 columns in the order in which the exports write them. The order matters: a line is written from
// fixed fragments between the columns that change from day to day (see charges.go).
const (
	colProviderName = iota
	colPublisherName
	colInvoiceIssuerName
	colInvoiceID
	colBillingAccountID
	colBillingAccountName
	colBillingAccountType
	colSubAccountID
	colSubAccountName
	colSubAccountType
	colBillingPeriodStart
	colBillingPeriodEnd
	colChargePeriodStart
	colChargePeriodEnd
	colChargeCategory
	colChargeClass
	colChargeDescription
	colChargeFrequency
	colBilledCost
	colEffectiveCost
	colListCost
	colContractedCost
	colListUnitPrice
	colContractedUnitPrice
	colPricingCategory
	colPricingQuantity
	colPricingUnit
	colPricingCurrency
	colPricingCurrencyContractedUnitPrice
	colPricingCurrencyEffectiveCost
	colPricingCurrencyListUnitPrice
	colBillingCurrency
	colConsumedQuantity
	colConsumedUnit
	colServiceName
	colServiceCategory
	colServiceSubcategory
	colSkuID
	colSkuMeter
	colSkuPriceID
	colSkuPriceDetails
	colResourceID
	colResourceName
	colResourceType
	colRegionID
	colRegionName
	colAvailabilityZone
	colCommitmentDiscountID
	colCommitmentDiscountName
	colCommitmentDiscountCategory
	colCommitmentDiscountType
	colCommitmentDiscountStatus
	colCommitmentDiscountQuantity
	colCommitmentDiscountUnit
	colCapacityReservationID
	colCapacityReservationStatus
	colTags
	columnCount
)

const focusHeader = "ProviderName,PublisherName,InvoiceIssuerName,InvoiceId,BillingAccountId,BillingAccountName," +
	"BillingAccountType,SubAccountId,SubAccountName,SubAccountType,BillingPeriodStart,BillingPeriodEnd," +
	"ChargePeriodStart,ChargePeriodEnd,ChargeCategory,ChargeClass,ChargeDescription,ChargeFrequency,BilledCost," +
	"EffectiveCost,ListCost,ContractedCost,ListUnitPrice,ContractedUnitPrice,PricingCategory,PricingQuantity," +
	"PricingUnit,PricingCurrency,PricingCurrencyContractedUnitPrice,PricingCurrencyEffectiveCost," +
	"PricingCurrencyListUnitPrice,BillingCurrency,ConsumedQuantity,ConsumedUnit,ServiceName,ServiceCategory," +
	"ServiceSubcategory,SkuId,SkuMeter,SkuPriceId,SkuPriceDetails,ResourceId,ResourceName,ResourceType,RegionId," +
	"RegionName,AvailabilityZone,CommitmentDiscountId,CommitmentDiscountName,CommitmentDiscountCategory," +
	"CommitmentDiscountType,CommitmentDiscountStatus,CommitmentDiscountQuantity,CommitmentDiscountUnit," +
	"CapacityReservationId,CapacityReservationStatus,Tags"

// extraColumns are the column that each provider adds after the FOCUS ones.
var extraColumns = [providerCount]string{
	aws:   "x_UsageType",
	azure: "x_ResourceGroupName",
	gcp:   "x_CostType",
}

// layout says which x_ columns a file has: those of one provider, or of all of them in one file.
type layout struct {
	union bool
}

func (l layout) header(p provider) string {
	var b strings.Builder
	b.WriteString(focusHeader)
	for q := range providerCount {
		if l.union || q == p {
			b.WriteString("," + extraColumns[q])
		}
	}
	b.WriteByte('\n')
	return b.String()
}

// record is one whole line before it is written, fields not yet quoted.
type record struct {
	provider provider
	fields   [columnCount]string
	extra    string
}

// appendFields appends the quoted fields from..to (exclusive) with commas between them.
func (r *record) appendFields(b []byte, from, to int) []byte {
	for i := from; i < to; i++ {
		if i > from {
			b = append(b, ',')
		}
		b = appendField(b, r.fields[i])
	}
	return b
}

// appendExtra appends the x_ columns, each with a comma before it, and ends the line.
func (r *record) appendExtra(b []byte, l layout) []byte {
	for q := range providerCount {
		switch {
		case q == r.provider:
			b = append(b, ',')
			b = appendField(b, r.extra)
		case l.union:
			b = append(b, ',')
		}
	}
	return append(b, '\n')
}

func (r *record) appendLine(b []byte, l layout) []byte {
	b = r.appendFields(b, 0, columnCount)
	return r.appendExtra(b, l)
}

func appendField(b []byte, s string) []byte {
	if !strings.ContainsAny(s, "\",\r\n") {
		return append(b, s...)
	}
	b = append(b, '"')
	for i := range len(s) {
		if s[i] == '"' {
			b = append(b, '"')
		}
		b = append(b, s[i])
	}
	return append(b, '"')
}
