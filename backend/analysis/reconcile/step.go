package reconcile

import (
	"slices"

	"cloud-intelligence/backend/finops"
)

// Kind names a step or a difference of a bridge.
type Kind string

// The kinds of steps, in the order in which a bridge shows them.
const (
	KindUsage        Kind = "usage"
	KindPurchase     Kind = "purchase"
	KindUnclassed    Kind = "unclassed" // the category is none that FOCUS knows
	KindLate         Kind = "late"
	KindMarketplace  Kind = "marketplace"
	KindCorrection   Kind = "correction"
	KindAdjustment   Kind = "adjustment"
	KindCredit       Kind = "credit"
	KindTax          Kind = "tax"
	KindOtherInvoice Kind = "other_invoice"
	KindNoInvoice    Kind = "no_invoice"
)

// The kinds of differences besides tax, credit and marketplace.
const (
	KindOther    Kind = "other"
	KindRounding Kind = "rounding"
	KindRest     Kind = "rest"
)

var kinds = []Kind{
	KindUsage, KindPurchase, KindUnclassed, KindLate, KindMarketplace, KindCorrection, KindAdjustment, KindCredit, KindTax, KindOtherInvoice, KindNoInvoice,
}

var titles = map[Kind]string{
	KindUsage:        "Usage",
	KindPurchase:     "Purchases: commitments, subscriptions, fees",
	KindUnclassed:    "Charges without a known category",
	KindLate:         "Charges of earlier months, billed late",
	KindMarketplace:  "Marketplace: charges of other publishers",
	KindCorrection:   "Corrections and refunds of earlier invoices",
	KindAdjustment:   "Adjustments and rounding by the provider",
	KindCredit:       "Credits",
	KindTax:          "Tax",
	KindOtherInvoice: "Charges of other invoices",
	KindNoInvoice:    "Charges without an invoice number",
	KindOther:        "On the invoice, not in the cost data (support, other)",
	KindRounding:     "Rounding",
	KindRest:         "Unexplained difference",
}

// Title returns the words for a kind.
func (k Kind) Title() string { return titles[k] }

// Step is a part of a bill's billed cost.
type Step struct {
	Kind    Kind
	Lines   int64
	Unknown int64 // of them, lines that are known to have no billed cost
	Amount  finops.Sum
	// Inside is false for the lines of the bill that the invoice is not about.
	Inside bool
	// Where and the days lead to exactly the lines of the step.
	Where    []finops.Condition
	From, To *finops.Day
}

const (
	taxCategory        = "Tax"
	creditCategory     = "Credit"
	adjustmentCategory = "Adjustment"
	usageCategory      = "Usage"
	purchaseCategory   = "Purchase"
	correctionClass    = "Correction"
)

// kindOf says where a line stands. The first rule that fits decides; conditions repeats the
// rules as conditions and must be changed with it.
func (b *bill) kindOf(c *Cell, k Key) Kind {
	switch {
	case k.Invoice != "" && c.Invoice == "":
		return KindNoInvoice
	case k.Invoice != "" && c.Invoice != k.Invoice:
		return KindOtherInvoice
	case c.Category == taxCategory:
		return KindTax
	case c.Category == creditCategory:
		return KindCredit
	case c.Publisher != "" && slices.Contains(b.vendors, c.Publisher):
		return KindMarketplace
	case c.Class == correctionClass:
		return KindCorrection
	case c.Category == adjustmentCategory:
		return KindAdjustment
	case c.ChargeMonth < b.Month:
		return KindLate
	case c.Category == usageCategory:
		return KindUsage
	case c.Category == purchaseCategory:
		return KindPurchase
	}
	return KindUnclassed
}

// scope leads to the lines of a bill in a currency.
func (b *bill) scope(currency string) []finops.Condition {
	return []finops.Condition{
		in(finops.DimProvider, b.Provider), in(finops.DimBillingAccount, b.Account), in("BillingPeriodStart", b.starts...), in("BillingCurrency", currency),
	}
}

// conditions leads to the lines of a step.
func (b *bill) conditions(kind Kind, k Key) (where []finops.Condition, from, to *finops.Day) {
	where = b.scope(k.Currency)
	switch kind {
	case KindNoInvoice:
		return append(where, in("InvoiceId", "")), nil, nil
	case KindOtherInvoice:
		return append(where, notIn("InvoiceId", k.Invoice, "")), nil, nil
	}
	if k.Invoice != "" {
		where = append(where, in("InvoiceId", k.Invoice))
	}
	switch kind {
	case KindTax:
		return append(where, in("ChargeCategory", taxCategory)), nil, nil
	case KindCredit:
		return append(where, in("ChargeCategory", creditCategory)), nil, nil
	case KindMarketplace:
		return append(where, notIn("ChargeCategory", taxCategory, creditCategory), in("PublisherName", b.vendors...)), nil, nil
	}
	if len(b.vendors) > 0 {
		where = append(where, notIn("PublisherName", b.vendors...))
	}
	if kind == KindCorrection {
		return append(where, notIn("ChargeCategory", taxCategory, creditCategory), in("ChargeClass", correctionClass)), nil, nil
	}
	where = append(where, notIn("ChargeClass", correctionClass))
	first := b.Month.First()
	last := first - 1
	switch kind {
	case KindAdjustment:
		return append(where, in("ChargeCategory", adjustmentCategory)), nil, nil
	case KindLate:
		return append(where, notIn("ChargeCategory", taxCategory, creditCategory, adjustmentCategory)), nil, &last
	case KindUsage:
		return append(where, in("ChargeCategory", usageCategory)), &first, nil
	case KindPurchase:
		return append(where, in("ChargeCategory", purchaseCategory)), &first, nil
	}
	return append(where, notIn("ChargeCategory", taxCategory, creditCategory, adjustmentCategory, usageCategory, purchaseCategory)), &first, nil
}

func in(column string, values ...string) finops.Condition {
	return finops.Condition{Column: column, Op: finops.OpIn, Values: pointers(values)}
}

func notIn(column string, values ...string) finops.Condition {
	return finops.Condition{Column: column, Op: finops.OpNotIn, Values: pointers(values)}
}

// pointers makes "" no value.
func pointers(values []string) []*string {
	list := make([]*string, len(values))
	for i := range values {
		if values[i] != "" {
			list[i] = &values[i]
		}
	}
	return list
}
