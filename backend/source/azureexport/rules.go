package azureexport

import "strings"

// The formats of a Recognition. Layouts that know no commitments (pay-as-you-go and
// usage templates) have only one view.
const (
	FormatEAActual     = "azure-ea-actual"
	FormatEAAmortized  = "azure-ea-amortized"
	FormatMCAActual    = "azure-mca-actual"
	FormatMCAAmortized = "azure-mca-amortized"
	FormatCSPActual    = "azure-csp-actual"
	FormatCSPAmortized = "azure-csp-amortized"
	FormatPAYG         = "azure-payg"
	FormatMinimal      = "azure-minimal"
)

// chargeKind is what a ChargeType means.
type chargeKind int

const (
	kindUsage chargeKind = iota
	kindUnused
	kindPurchase
	kindRefund
	kindCredit
	kindTax
	kindAdjustment
)

var categories = [...]string{"Usage", "Usage", "Purchase", "Purchase", "Credit", "Tax", "Adjustment"}

func (k chargeKind) category() string { return categories[k] }

// kindOf reads a ChargeType. A record without one is usage: only layouts from before
// the column existed leave it out.
func kindOf(chargeType []byte) chargeKind {
	switch squeeze(chargeType) {
	case "usage", "":
		return kindUsage
	case "unusedreservation", "unusedsavingsplan":
		return kindUnused
	case "purchase":
		return kindPurchase
	case "refund":
		return kindRefund
	case "credit":
		return kindCredit
	case "tax":
		return kindTax
	}
	return kindAdjustment // RoundingAdjustment, and what Azure may add
}

// model is how a charge was priced.
type model int

const (
	modelUnknown model = iota
	modelOnDemand
	modelSpot
	modelReservation
	modelSavingsPlan
)

var modelNames = [...]string{"", "OnDemand", "Spot", "Reservation", "SavingsPlan"}

func (m model) committed() bool { return m == modelReservation || m == modelSavingsPlan }

func modelOf(pricingModel []byte) model {
	switch squeeze(pricingModel) {
	case "ondemand":
		return modelOnDemand
	case "spot":
		return modelSpot
	case "reservation":
		return modelReservation
	case "savingsplan":
		return modelSavingsPlan
	}
	return modelUnknown
}

// squeeze lower-cases a word and drops its blanks: the documentation writes "On Demand"
// where the files write "OnDemand". It does not allocate for the words that occur.
func squeeze(word []byte) string {
	if s, ok := squeezed[string(word)]; ok {
		return s
	}
	return strings.ToLower(separators.Replace(string(word)))
}

var separators = strings.NewReplacer(" ", "", "_", "", "-", "")

var squeezed = map[string]string{
	"": "", "Usage": "usage", "usage": "usage", "Purchase": "purchase", "Refund": "refund", "OnDemand": "ondemand", "On Demand": "ondemand",
	"Spot": "spot", "Reservation": "reservation", "SavingsPlan": "savingsplan", "UnusedReservation": "unusedreservation",
	"UnusedSavingsPlan": "unusedsavingsplan", "RoundingAdjustment": "roundingadjustment", "Credit": "credit", "Tax": "tax",
	"UsageBased": "usagebased", "Recurring": "recurring", "OneTime": "onetime", "Azure": "azure", "Microsoft": "microsoft", "Marketplace": "marketplace",
}

// billed reports whether the cost of a charge is on the invoice. What a commitment covers
// is not: its purchase is.
func billed(k chargeKind, m model) bool {
	return !m.committed() || (k != kindUsage && k != kindUnused)
}

// effective reports whether the cost counts in the period of use. A purchase of a
// commitment does not: the usage that it covers carries its share.
func effective(k chargeKind, m model) bool {
	return !m.committed() || (k != kindPurchase && k != kindRefund)
}
