package store

import "cloud-intelligence/backend/finops"

// Group is a set of columns whose values are kept together, once for every
// combination that occurs. A charge refers to one row of each group.
type Group int

// The groups, in the order of the charge table's columns.
const (
	Period Group = iota
	Bill
	SKU
	Resource
	Extra
	groupCount
)

// GroupCount is the number of groups.
const GroupCount = int(groupCount)

// String returns the name of the group's table.
func (g Group) String() string {
	return [...]string{"period", "bill", "sku", "resource", "extra"}[g]
}

// groupColumns assigns the FOCUS columns. Columns that vary together sit together;
// extra also takes every column that FOCUS does not have.
var groupColumns = [groupCount][]string{
	Period: {"ChargePeriodStart", "ChargePeriodEnd"},
	Bill: {
		"ProviderName", "PublisherName", "InvoiceIssuerName", "ServiceProviderName", "HostProviderName", "BillingAccountId", "BillingAccountName",
		"BillingAccountType", "BillingCurrency", "BillingPeriodStart", "BillingPeriodEnd", "InvoiceId",
	},
	SKU: {
		"ServiceCategory", "ServiceName", "ServiceSubcategory", "SkuId", "SkuMeter", "SkuPriceId", "SkuPriceDetails", "ChargeCategory", "ChargeClass",
		"ChargeDescription", "ChargeFrequency", "PricingCategory", "PricingUnit", "PricingCurrency", "ListUnitPrice", "ContractedUnitPrice",
		"PricingCurrencyListUnitPrice", "PricingCurrencyContractedUnitPrice", "ConsumedUnit", "CommitmentDiscountCategory", "CommitmentDiscountId",
		"CommitmentDiscountName", "CommitmentDiscountStatus", "CommitmentDiscountType", "CommitmentDiscountUnit", "CommitmentProgramEligibilityDetails",
	},
	Resource: {
		"ResourceId", "ResourceName", "ResourceType", "RegionId", "RegionName", "AvailabilityZone", "SubAccountId", "SubAccountName", "SubAccountType",
		"Tags", "CapacityReservationId", "CapacityReservationStatus", "AllocatedResourceId", "AllocatedResourceName", "AllocatedTags",
		"AllocatedMethodId", "AllocatedMethodDetails",
	},
	Extra: {"InvoiceDetailId", "ContractApplied"},
}

// skuFacetColumns and resourceFacetColumns are the columns that the daily rollup
// keeps, beside those of the bill.
var (
	skuFacetColumns = []string{
		"ServiceCategory", "ServiceName", "ServiceSubcategory", "ChargeCategory", "ChargeClass", "ChargeFrequency", "PricingCategory",
		"CommitmentDiscountCategory", "CommitmentDiscountStatus", "CommitmentDiscountType",
	}
	resourceFacetColumns = []string{"SubAccountId", "SubAccountName", "RegionId", "RegionName"}
)

// Measures are the columns of a charge that hold a number of their own; the first
// four are the cost metrics.
var Measures = [MeasureCount]string{
	"BilledCost", "EffectiveCost", "ListCost", "ContractedCost", "PricingQuantity", "ConsumedQuantity", "CommitmentDiscountQuantity", "PricingCurrencyEffectiveCost",
}

// CostCount is the number of cost metrics at the head of Measures, MeasureCount that of all.
const (
	CostCount    = 4
	MeasureCount = 8
)

// FacetColumns returns the columns of group g that the daily rollup keeps; nil for a
// group that it keeps whole or not at all.
func FacetColumns(g Group) []string {
	switch g {
	case SKU:
		return skuFacetColumns
	case Resource:
		return resourceFacetColumns
	case Period, Bill, Extra:
	}
	return nil
}

// GroupColumns returns the FOCUS columns of a group.
func GroupColumns(g Group) []string { return groupColumns[g] }

// GroupOf returns the group that holds a FOCUS column; ok is false for a measure and
// for a column that FOCUS does not have (which lives in Extra).
func GroupOf(column string) (g Group, ok bool) {
	g, ok = groupByColumn[column]
	return g, ok
}

// MeasureIndex returns the index of a measure in Measures, or -1.
func MeasureIndex(column string) int {
	for i, m := range Measures {
		if m == column {
			return i
		}
	}
	return -1
}

var groupByColumn = func() map[string]Group {
	m := map[string]Group{}
	for g, columns := range groupColumns {
		for _, c := range columns {
			m[c] = Group(g)
		}
	}
	for _, c := range finops.Columns() {
		if _, ok := m[c.Name]; !ok && MeasureIndex(c.Name) < 0 {
			panic("store: FOCUS column " + c.Name + " has no group")
		}
	}
	return m
}()
