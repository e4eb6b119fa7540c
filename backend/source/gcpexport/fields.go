package gcpexport

import (
	"fmt"

	"cloud-intelligence/backend/source"
)

// field is a member of the export's schema.
type field int

const (
	fBillingAccountID field = iota
	fServiceID
	fServiceDescription
	fSKUID
	fSKUDescription
	fUsageStart
	fUsageEnd
	fProjectID
	fProjectNumber
	fProjectName
	fProjectLabels
	fProjectAncestryNumbers
	fProjectAncestors
	fLabels
	fSystemLabels
	fTags
	fLocation
	fCountry
	fRegion
	fZone
	fResourceName
	fResourceGlobalName
	fExportTime
	fCost
	fCurrency
	fCurrencyRate
	fUsageAmount
	fUsageUnit
	fPricingAmount
	fPricingUnit
	fCredits
	fInvoiceMonth
	fPublisherType
	fCostType
	fAdjustmentID
	fAdjustmentDescription
	fAdjustmentMode
	fAdjustmentType
	fCostAtList
	fTransactionType
	fSellerName
	fEffectivePrice
	fTierStart
	fPriceUnit
	fPricingUnitQuantity
	fListPrice
	fEffectivePriceDefault
	fListPriceModel
	fCostAtDefault
	fCostAtListModel
	fModelID
	fModelDescription
	fSubscriptionID
	fieldCount
)

// fieldNames are the paths of the fields in the schema of the BigQuery tables
// (https://cloud.google.com/billing/docs/how-to/export-data-bigquery-tables/detailed-usage).
var fieldNames = [fieldCount]string{
	"billing_account_id", "service.id", "service.description", "sku.id", "sku.description",
	"usage_start_time", "usage_end_time",
	"project.id", "project.number", "project.name", "project.labels", "project.ancestry_numbers", "project.ancestors",
	"labels", "system_labels", "tags",
	"location.location", "location.country", "location.region", "location.zone",
	"resource.name", "resource.global_name", "export_time",
	"cost", "currency", "currency_conversion_rate",
	"usage.amount", "usage.unit", "usage.amount_in_pricing_units", "usage.pricing_unit",
	"credits", "invoice.month", "invoice.publisher_type", "cost_type",
	"adjustment_info.id", "adjustment_info.description", "adjustment_info.mode", "adjustment_info.type",
	"cost_at_list", "transaction_type", "seller_name",
	"price.effective_price", "price.tier_start_amount", "price.unit", "price.pricing_unit_quantity", "price.list_price",
	"price.effective_price_default", "price.list_price_consumption_model",
	"cost_at_effective_price_default", "cost_at_list_consumption_model",
	"consumption_model.id", "consumption_model.description", "subscription.instance_id",
}

func (f field) String() string { return fieldNames[f] }

// fold makes one spelling of the spellings of a name: "service.description",
// "service_description" and "Service Description" are the same.
func fold(name string) string {
	return source.Fold(name, "_. /:")
}

var fieldsByFold = func() map[string]field {
	m := make(map[string]field, fieldCount)
	for f, name := range fieldNames {
		m[fold(name)] = field(f)
	}
	return m
}()

// signs are the fields of which an export has most, besides cost and usage_start_time.
var signs = []field{
	fBillingAccountID, fServiceID, fServiceDescription, fSKUID, fSKUDescription, fUsageEnd, fProjectID, fCurrency,
	fUsageAmount, fPricingAmount, fCredits, fInvoiceMonth, fCostType, fExportTime,
}

// presence says which fields a file has.
type presence [fieldCount]bool

// recognised reports whether these are the fields of a billing export, and how many of
// the signs are there.
func (p *presence) recognised() (found int, ok bool) {
	for _, f := range signs {
		if p[f] {
			found++
		}
	}
	return found, p[fCost] && p[fUsageStart] && found >= 5 && (p[fSKUID] || p[fSKUDescription] || p[fServiceDescription] || p[fServiceID])
}

// detailed reports whether the fields of the detailed export are there.
func (p *presence) detailed() bool {
	return p[fResourceName] || p[fResourceGlobalName] || p[fSubscriptionID]
}

// warnings names fields whose absence limits what can be said about the charges; subject
// is what was looked at.
func (p *presence) warnings(subject string) (out []string) {
	for _, w := range []struct {
		field   field
		warning string
	}{
		{fCredits, "%s has no credits; where there are none, billed and effective cost are the cost before credits."},
		{fCurrency, "%s does not say in which currency its amounts are (no currency)."},
		{fInvoiceMonth, "%s does not name the invoice month; charges are billed in the month of their usage."},
		{fCostAtList, "%s has no cost_at_list; the list cost of its charges is unknown."},
		{fCostType, "%s has no cost_type; taxes and adjustments cannot be distinguished from usage."},
	} {
		if !p[w.field] {
			out = append(out, fmt.Sprintf(w.warning, subject))
		}
	}
	return out
}
