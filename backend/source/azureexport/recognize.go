package azureexport

import (
	"fmt"

	"cloud-intelligence/backend/source"
)

// agreement is the kind of contract whose layout a file has.
type agreement int

const (
	notAzure agreement = iota
	agreementEA
	agreementMCA
	agreementCSP
	agreementPAYG
	agreementMinimal
)

var agreements = [...]struct {
	format, text string
	confidence   float64
}{
	agreementEA:      {"azure-ea", "of an Enterprise Agreement", 0.95},
	agreementMCA:     {"azure-mca", "of a Microsoft Customer Agreement", 0.95},
	agreementCSP:     {"azure-csp", "of a Microsoft Partner Agreement", 0.95},
	agreementPAYG:    {FormatPAYG, "of a pay-as-you-go subscription (layout of 2019)", 0.9},
	agreementMinimal: {FormatMinimal, "with few columns", 0.75},
}

// agreement recognises the layout by the columns that only it has.
func (s *schema) agreement() agreement {
	_, focusCost := s.folded["billedcost"]
	_, focusPeriod := s.folded["chargeperiodstart"]
	azure := s.has(fieldCost) && (s.has(fieldDate) || s.has(fieldPeriodStart)) &&
		(s.has(fieldMeterID) || s.has(fieldMeterCategory)) && (s.has(fieldSubscriptionID) || s.has(fieldBillingAccountID))
	if !azure || focusCost || focusPeriod {
		return notAzure
	}
	_, subscriptionGUID := s.folded["subscriptionguid"]
	_, preTax := s.folded["pretaxcost"]
	_, usageTime := s.folded["usagedatetime"]
	_, extended := s.folded["extendedcost"]
	switch {
	case s.has(fieldCustomerTenantID) || s.has(fieldPartnerName):
		return agreementCSP
	case s.has(fieldChargeType) && (s.has(fieldCostInPricing) || s.has(fieldExchangeRate)):
		return agreementMCA
	case s.has(fieldChargeType) || extended:
		return agreementEA
	case subscriptionGUID && (preTax || usageTime):
		return agreementPAYG
	}
	return agreementMinimal
}

// dates are the columns that hold dates.
func (s *schema) dates() source.DateColumns {
	d := source.DateColumns{MonthFirst: "Azure"}
	if s.has(fieldPeriodStart) && s.has(fieldPeriodEnd) {
		d.Periods = append(d.Periods, [2]int{s.at[fieldPeriodStart], s.at[fieldPeriodEnd]})
	}
	start, okStart := s.folded["serviceperiodstartdate"]
	end, okEnd := s.folded["serviceperiodenddate"]
	if okStart && okEnd {
		d.Periods = append(d.Periods, [2]int{start, end})
	}
	for _, f := range []field{fieldDate, fieldPeriodStart, fieldPeriodEnd} {
		if s.has(f) {
			d.All = append(d.All, s.at[f])
		}
	}
	return d
}

// views reports whether the layout exists as actual and as amortized export.
func (a agreement) views() bool {
	return a == agreementEA || a == agreementMCA || a == agreementCSP
}

// account returns the fields of the account that is billed, and what it is called: the
// billing profile where that gets the invoice, and the subscription in layouts that name
// no account.
func (s *schema) account() (id, name field, kind string) {
	switch {
	case (s.kind == agreementMCA || s.kind == agreementCSP) && s.has(fieldBillingProfileID):
		return fieldBillingProfileID, fieldBillingProfileName, "Billing Profile"
	case s.has(fieldBillingAccountID) || s.kind == agreementEA:
		return fieldBillingAccountID, fieldBillingAccountName, "Billing Account"
	}
	return fieldSubscriptionID, fieldSubscriptionName, "Subscription"
}

// priceID returns the field that names the price of a record.
func (a agreement) priceID() field {
	if a == agreementMCA || a == agreementCSP {
		return fieldProductID
	}
	return fieldPartNumber
}

// describe fills the answer of Recognize.
func (s *schema) describe(r *source.Recognition, v view) {
	about := agreements[s.kind]
	r.Format, r.Version, r.Confidence, r.Columns = about.format, focusVersion, about.confidence, s.columns
	known := 0
	for _, i := range s.at {
		if i >= 0 {
			known++
		}
	}
	r.Reason = fmt.Sprintf("%d of %d columns are those of the Azure cost details %s.", known, len(s.folded), about.text)
	if s.kind.views() {
		r.Reason += " " + v.reason
		r.Format += "-" + partActual
		if v.amortized {
			r.Format = about.format + "-" + partAmortized
		}
		r.Yields = map[string]string{partActual: partAmortized, partAmortized + partCommitments: partActual + partCommitments}
		if v.warning != "" {
			r.Warnings = append(r.Warnings, v.warning)
		}
	}
	for _, w := range []struct {
		field   field
		warning string
	}{
		{fieldCurrency, "The file does not say in which currency its amounts are (no BillingCurrency column)."},
		{fieldQuantity, "The file has no quantities and prices; list and contracted cost are known only where it states them."},
		{fieldUnitPrice, "The file has no UnitPrice column; the contracted cost is unknown unless a rate is given."},
	} {
		if !s.has(w.field) && (w.field != fieldUnitPrice || (s.has(fieldQuantity) && !s.has(fieldEffectivePrice))) {
			r.Warnings = append(r.Warnings, w.warning)
		}
	}
}
