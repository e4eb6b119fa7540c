package azureexport

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"cloud-intelligence/backend/finops"
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

// agreement tells the layout by the columns that only it has.
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

// evidence counts the records that only one of the two views has.
type evidence struct {
	records         int
	unused, spread  int // amortized: unused commitments, covered usage with a cost
	purchases, free int // actual: purchases of commitments, covered usage at 0
}

// evidenceMost bounds the records that are looked at. A month of a small account has
// fewer; in a large one commitments are not rare.
const evidenceMost = 20_000

func (e *evidence) add(s *schema, b *source.Batch, row int) {
	e.records++
	in := record{schema: s, batch: b, row: row}
	k, m := kindOf(in.text(fieldChargeType)), in.model()
	if k == kindUnused {
		e.unused++
		return
	}
	if !m.committed() {
		return
	}
	cost := readNumber(in.text(fieldCost))
	switch {
	case k == kindPurchase || k == kindRefund:
		e.purchases++
	case k == kindUsage && cost.zero():
		e.free++
	case k == kindUsage && cost.known:
		e.spread++
	}
}

// view says whether the records are amortized, and why.
func (e *evidence) view() (amortized bool, reason, warning string) {
	switch {
	case e.unused+e.spread > 0 && e.purchases > 0:
		return e.unused+e.spread > e.purchases,
			fmt.Sprintf("It has %d purchases of commitments, as an actual export, and %d records with amortized commitments.", e.purchases, e.unused+e.spread),
			"The file seems to hold both the actual and the amortized view; where it does, costs count twice."
	case e.unused+e.spread > 0:
		return true, fmt.Sprintf("It is amortized: %d records carry a share of a commitment and %d are unused commitments.", e.spread, e.unused), ""
	case e.purchases > 0:
		return false, fmt.Sprintf("It is actual: %d records are purchases of commitments.", e.purchases), ""
	case e.free > 0:
		return false, fmt.Sprintf("It is taken as actual: all %d records of usage that a commitment covers cost 0.", e.free), ""
	}
	return false, "Whether it is actual or amortized cannot be known, because no record has to do with a reservation or a savings plan; it is taken as actual.",
		fmt.Sprintf("Nothing in the first %d records tells an actual export from an amortized one. Do not import both views of a month unless you combine them.", e.records)
}

// look reads the beginning of a file for evidence.
func look(ctx context.Context, s *schema, r source.Reader) (e evidence, err error) {
	for e.records < evidenceMost {
		b, err := r.Next(ctx)
		if errors.Is(err, io.EOF) || finops.CodeOf(err) == finops.CodeCorrupt {
			return e, nil // the import meets the damage again and says where it is
		}
		if err != nil {
			return e, fmt.Errorf("read the beginning: %w", err)
		}
		for row := range b.Rows {
			e.add(s, b, row)
		}
		b.Release()
	}
	return e, nil
}

// describe fills the answer of Recognize.
func (s *schema) describe(r *source.Recognition, e evidence) {
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
		amortized, reason, warning := e.view()
		r.Reason += " " + reason
		if r.Format += "-actual"; amortized {
			r.Format = strings.TrimSuffix(r.Format, "actual") + "amortized"
		}
		if warning != "" {
			r.Warnings = append(r.Warnings, warning)
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
