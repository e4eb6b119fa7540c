package awscur_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/finops"
)

// month makes the lines of a month that adds up as those of AWS do: reservations and
// Savings Plans of every way to pay, partly used, beside usage, taxes, credits and
// refunds. It returns what the report itself adds up to.
type month struct {
	*report
	rng                                                *rand.Rand
	unblended, reservationShare, planShare, upfrontFee finops.Sum
}

func newMonth(seed uint64) *month {
	m := &month{report: commitments("reservation/AmortizedUpfrontFeeForBillingPeriod", "savingsPlan/AmortizedUpfrontCommitmentForBillingPeriod", "splitLineItem/ParentResourceId"), rng: rand.New(rand.NewPCG(seed, 3))}
	m.lines = nil
	return m
}

// amount draws a number of up to ten decimals.
func (m *month) amount() finops.Amount { return finops.NewAmount(m.rng.Int64N(1e12), 10) }

// add adds a line with a cost.
func (m *month) add(kind string, cost finops.Amount, pairs ...string) {
	m.unblended.Add(cost)
	m.line(append([]string{"lineItem/LineItemType", kind, "lineItem/UnblendedCost", cost.String()}, pairs...)...)
}

func sum(all ...finops.Amount) finops.Amount {
	var s finops.Sum
	for _, a := range all {
		s.Add(a)
	}
	return s.Amount()
}

// addReservation adds usage under a reservation and its fee: what was paid upfront, bought in
// this month, is spread over used and unused hours, and so is the recurring fee.
func (m *month) addReservation(upfront, recurring bool) {
	none := finops.Amount{}
	usedUpfront, unusedUpfront, usedFee, unusedFee := none, none, none, none
	if upfront {
		usedUpfront, unusedUpfront = m.amount(), m.amount()
		fee := sum(usedUpfront, unusedUpfront, m.amount()) // the rest is the share of later months
		m.upfrontFee.Add(fee)
		m.add("Fee", fee, "reservation/ReservationARN", reservation)
	}
	if recurring {
		usedFee, unusedFee = m.amount(), m.amount()
	}
	share := sum(usedUpfront, unusedUpfront)
	m.reservationShare.Add(share)
	m.add("DiscountedUsage", none, "reservation/ReservationARN", reservation, "reservation/EffectiveCost", sum(usedUpfront, usedFee).String())
	m.add("RIFee", sum(usedFee, unusedFee), "reservation/ReservationARN", reservation, "reservation/AmortizedUpfrontFeeForBillingPeriod", share.String(),
		"reservation/UnusedAmortizedUpfrontFeeForBillingPeriod", unusedUpfront.String(), "reservation/UnusedRecurringFee", unusedFee.String())
}

// addPlan adds usage under a Savings Plan, its negation and the fee.
func (m *month) addPlan(upfront, recurring bool) {
	none := finops.Amount{}
	used, unused := m.amount(), m.amount()
	total := sum(used, unused)
	share, fee := none, total
	switch {
	case upfront && recurring:
		share = used // any part of it
		fee = unused
	case upfront:
		share, fee = total, none
	}
	if upfront {
		bought := sum(share, m.amount())
		m.upfrontFee.Add(bought)
		m.add("SavingsPlanUpfrontFee", bought, "savingsPlan/SavingsPlanARN", plan, "lineItem/ProductCode", "ComputeSavingsPlans")
	}
	m.planShare.Add(share)
	price := m.amount()
	m.add("SavingsPlanCoveredUsage", price, "savingsPlan/SavingsPlanARN", plan, "savingsPlan/SavingsPlanEffectiveCost", used.String())
	m.add("SavingsPlanNegation", price.Neg(), "savingsPlan/SavingsPlanARN", plan)
	m.add("SavingsPlanCoveredUsage", none, "savingsPlan/SavingsPlanARN", plan, "savingsPlan/SavingsPlanEffectiveCost", used.String(), "splitLineItem/ParentResourceId", "i-1") // shares the same out to pods
	m.add("SavingsPlanRecurringFee", fee, "savingsPlan/SavingsPlanARN", plan, "lineItem/ProductCode", "ComputeSavingsPlans", "savingsPlan/TotalCommitmentToDate", total.String(),
		"savingsPlan/UsedCommitment", used.String(), "savingsPlan/AmortizedUpfrontCommitmentForBillingPeriod", share.String())
}

func columnSum(t testing.TB, r records, column string, where func(row map[string]string) bool) finops.Sum {
	t.Helper()
	var s finops.Sum
	for _, row := range r.rows {
		if text, ok := row[column]; ok && where(row) {
			a, err := finops.ParseAmount([]byte(text))
			require.NoError(t, err)
			s.Add(a)
		}
	}
	return s
}

func every(map[string]string) bool { return true }

// TestInvariant_TrueUp proves on random months that
// Σunblended = Σamortized − Σ(upfront share of RIFee) − Σ(upfront share of the plans' fees)
// + Σ(upfront fees), exactly, and that the costs of FOCUS are the two sides of it.
func TestInvariant_TrueUp(t *testing.T) {
	for seed := range uint64(25) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			m := newMonth(seed)
			for range 1 + m.rng.IntN(8) {
				m.addReservation(m.rng.IntN(2) == 0, m.rng.IntN(2) == 0)
				m.addPlan(m.rng.IntN(2) == 0, m.rng.IntN(2) == 0)
				m.add("Usage", m.amount())
				m.add("Tax", m.amount())
				m.add("Credit", m.amount().Neg())
				m.add("Refund", m.amount().Neg())
				m.add("EdpDiscount", m.amount().Neg())
			}
			got := m.read(t)
			require.Empty(t, got.rejects)
			billed, effective := columnSum(t, got, "BilledCost", every), columnSum(t, got, "EffectiveCost", every)
			assert.Equal(t, m.unblended.String(), columnSum(t, got, "lineItem/UnblendedCost", every).String())
			assert.Equal(t, m.unblended.String(), billed.String())
			right := effective
			right.SubSum(m.reservationShare)
			right.SubSum(m.planShare)
			right.AddSum(m.upfrontFee)
			assert.Equal(t, m.unblended.String(), right.String())
			requireRules(t, got)
		})
	}
}

// TestRules_AllKinds checks the rules of FOCUS on a report with all kinds of lines.
func TestRules_AllKinds(t *testing.T) {
	requireRules(t, commitments().read(t))
	requireRules(t, read(t, cur2CSV(t, commitments())))
}

// requireRules checks every record against the specification's conditions on nulls and
// allowed values.
func requireRules(t testing.TB, r records) {
	t.Helper()
	allowed := map[string]map[string]bool{}
	for _, c := range finops.Columns() {
		for _, v := range c.Values {
			if allowed[c.Name] == nil {
				allowed[c.Name] = map[string]bool{"": true}
			}
			allowed[c.Name][v] = true
		}
	}
	for i, row := range r.rows {
		for name, values := range allowed {
			assert.True(t, values[row[name]], "record %d: %s is %q", i+1, name, row[name])
		}
		usage, purchase, corrected := row["ChargeCategory"] == "Usage", row["ChargeCategory"] == "Purchase", row["ChargeClass"] == "Correction"
		id := row["CommitmentDiscountId"] != ""
		for rule, ok := range map[string]bool{
			"has a category":                                         row["ChargeCategory"] != "",
			"a status needs a commitment":                            id || row["CommitmentDiscountStatus"] == "",
			"usage under a commitment has a status":                  !id || !usage || row["CommitmentDiscountStatus"] != "",
			"the other words of a commitment need one":               id || row["CommitmentDiscountCategory"]+row["CommitmentDiscountType"]+row["CommitmentDiscountQuantity"] == "",
			"a commitment has its words":                             !id || row["CommitmentDiscountCategory"] != "" && row["CommitmentDiscountType"] != "",
			"quantity and unit of a commitment go together":          (row["CommitmentDiscountQuantity"] == "") == (row["CommitmentDiscountUnit"] == ""),
			"covered usage is priced by the commitment":              !usage || !id || corrected || row["PricingCategory"] == "Committed" || row["PricingCategory"] == "Other",
			"a purchase is never priced as committed":                !purchase || row["PricingCategory"] != "Committed",
			"usage and purchases have a pricing category":            !usage && !purchase || corrected || row["PricingCategory"] != "",
			"taxes have no prices":                                   row["ChargeCategory"] != "Tax" || row["PricingCategory"]+row["PricingQuantity"]+row["ListUnitPrice"]+row["ContractedUnitPrice"] == "",
			"only usage consumes":                                    usage || row["ConsumedQuantity"] == "",
			"unused commitments consume nothing":                     row["CommitmentDiscountStatus"] != "Unused" || row["ConsumedQuantity"] == "",
			"quantities have units":                                  row["ConsumedQuantity"] != "" || row["ConsumedUnit"] == "",
			"details belong to a price":                              row["SkuPriceId"] != "" || row["SkuPriceDetails"] == "",
			"a purchase of a commitment is its own resource":         !purchase || !id || row["ResourceId"] != "",
			"a name needs a resource":                                row["ResourceId"] != "" || row["ResourceName"]+row["ResourceType"] == "",
			"capacity reservations have a status only with their id": row["CapacityReservationId"] != "" || row["CapacityReservationStatus"] == "",
			"regions have names":                                     row["RegionId"] == "" || row["RegionName"] != "",
			"services have categories":                               row["ServiceName"] != "" && row["ServiceCategory"] != "" && row["ServiceSubcategory"] != "",
			"the parties are named":                                  row["ProviderName"] != "" && row["PublisherName"] != "" && row["InvoiceIssuerName"] != "",
		} {
			assert.True(t, ok, "record %d (%s): %s", i+1, row["lineItem/LineItemType"]+row["line_item_line_item_type"], rule)
		}
	}
}
