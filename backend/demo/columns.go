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

// The places of the x_ columns of a provider in record.extra.
const (
	extraUsageType = iota // AWS
	extraOperation
)

const (
	extraResourceGroup = iota // Azure
	extraMeterCategory
	extraMeterSubcategory
	extraMeterName
)

const (
	extraCostType = iota // Google Cloud
	extraSystemLabels
)

// extraColumns are the columns that each provider adds after the FOCUS ones.
var extraColumns = [providerCount][]string{
	aws:   {"x_UsageType", "x_Operation"},
	azure: {"x_ResourceGroupName", "x_SkuMeterCategory", "x_SkuMeterSubcategory", "x_SkuMeterName"},
	gcp:   {"x_CostType", "x_SystemLabels"},
}

// endColumn is the last column of every provider: when the commitment of a line ends.
const endColumn = "x_CommitmentDiscountEnd"

// layout says which x_ columns a file has: those of one provider, or of all of them in one file.
type layout struct {
	union bool
}

func (l layout) header(p provider) string {
	var b strings.Builder
	b.WriteString(focusHeader)
	for q := range providerCount {
		if l.union || q == p {
			b.WriteString("," + strings.Join(extraColumns[q], ","))
		}
	}
	b.WriteString("," + endColumn + "\n")
	return b.String()
}

// record is one whole line before it is written, fields not yet quoted.
type record struct {
	provider provider
	fields   [columnCount]string
	extra    [4]string // by the places of extraColumns
	end      string    // of the commitment
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

// appendExtra appends the x_ columns, each with a comma before it, up to the comma before the last one.
func (r *record) appendExtra(b []byte, l layout) []byte {
	for q := range providerCount {
		if q != r.provider && !l.union {
			continue
		}
		for i := range extraColumns[q] {
			b = append(b, ',')
			if q == r.provider {
				b = appendField(b, r.extra[i])
			}
		}
	}
	return append(b, ',')
}

func (r *record) appendLine(b []byte, l layout) []byte {
	b = r.appendFields(b, 0, columnCount)
	b = append(r.appendExtra(b, l), r.end...)
	return append(b, '\n')
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
