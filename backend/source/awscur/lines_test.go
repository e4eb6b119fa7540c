package awscur_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/source/awscur"
)

// costsOf are the four costs of a record; "-" is no value.
func costsOf(row map[string]string) (c [4]string) {
	for i, name := range []string{"BilledCost", "EffectiveCost", "ListCost", "ContractedCost"} {
		if c[i] = row[name]; c[i] == "" {
			c[i] = "-"
		}
	}
	return c
}

// TestRecords_SplitCosts covers the lines by which AWS shares the cost of instances out to
// tasks and pods: the instance is there with its whole cost, and counts alone.
func TestRecords_SplitCosts(t *testing.T) {
	r := legacy("lineItem/Operation", "lineItem/ResourceId", "lineItem/UsageAmount", "pricing/unit", "pricing/publicOnDemandCost", "pricing/publicOnDemandRate", "lineItem/UnblendedRate",
		"savingsPlan/SavingsPlanARN", "savingsPlan/SavingsPlanEffectiveCost", "reservation/ReservationARN", "reservation/EffectiveCost",
		"splitLineItem/ParentResourceId", "splitLineItem/SplitCost", "splitLineItem/UnusedCost")
	r.line("lineItem/LineItemType", "SavingsPlanCoveredUsage", "lineItem/ResourceId", "i-1", "lineItem/UnblendedCost", "0.1", "pricing/publicOnDemandCost", "0.1", "savingsPlan/SavingsPlanARN", plan, "savingsPlan/SavingsPlanEffectiveCost", "0.07", "lineItem/UsageAmount", "1", "pricing/unit", "Hrs")
	r.line("lineItem/LineItemType", "SavingsPlanNegation", "lineItem/UnblendedCost", "-0.1", "savingsPlan/SavingsPlanARN", plan)
	split := func(pairs ...string) {
		r.line(append(pairs, "lineItem/ProductCode", "AmazonEKS", "lineItem/UsageAmount", "0.5", "pricing/unit", "vCPU-Hours", "pricing/publicOnDemandCost", "0.02", "pricing/publicOnDemandRate", "0.04", "lineItem/UnblendedRate", "0.04",
			"lineItem/ResourceId", "arn:aws:eks:us-east-1:1:pod/c/n/p/u", "splitLineItem/SplitCost", "0.03", "splitLineItem/UnusedCost", "0.01")...)
	}
	split("lineItem/UnblendedCost", "0", "splitLineItem/ParentResourceId", "i-1")
	split("lineItem/LineItemType", "SavingsPlanCoveredUsage", "lineItem/UnblendedCost", "0.04", "splitLineItem/ParentResourceId", "i-1", "savingsPlan/SavingsPlanARN", plan, "savingsPlan/SavingsPlanEffectiveCost", "0.04")
	split("lineItem/LineItemType", "DiscountedUsage", "lineItem/UnblendedCost", "0", "lineItem/Operation", "ECSTask-EC2", "reservation/ReservationARN", reservation, "reservation/EffectiveCost", "0.05")
	split("lineItem/UnblendedCost", "0.04", "lineItem/Operation", "EKSPod-EC2")                                                                     // what nothing uses has no parent
	r.line("lineItem/ProductCode", "AmazonECS", "lineItem/Operation", "FargateTask", "lineItem/UnblendedCost", "0.05", "lineItem/UsageAmount", "1") // a charge of its own

	got := r.read(t)
	require.Empty(t, got.rejects)
	requireRules(t, got)
	assert.Equal(t, [4]string{"0", "0.07", "0.1", "0.1"}, costsOf(got.rows[0]))
	for i := 2; i < 6; i++ {
		assert.Equal(t, [4]string{"0", "0", "0", "0"}, costsOf(got.rows[i]), "line %d", i+1)
		assert.Equal(t, "0.5", got.rows[i]["ConsumedQuantity"], "a pod's own usage is in a unit of its own")
		assert.NotContains(t, got.rows[i], "ListUnitPrice")
		assert.NotContains(t, got.rows[i], "ContractedUnitPrice")
		assert.NotContains(t, got.rows[i], "CommitmentDiscountQuantity")
		assert.Equal(t, "0.03", got.rows[i]["splitLineItem/SplitCost"], "what is shared out can still be asked for")
	}
	assert.Equal(t, [4]string{"0.05", "0.05", "-", "0.05"}, costsOf(got.rows[6]))
	assert.Equal(t, "0.12", columnSum(t, got, "EffectiveCost", every).String())
	assert.Equal(t, "0.05", columnSum(t, got, "BilledCost", every).String())
}

// TestRecords_DiscountsOnce covers private discounts, which stand as lines of their own, in
// net columns, or in both: they must count once.
func TestRecords_DiscountsOnce(t *testing.T) {
	usage := []string{"lineItem/UnblendedCost", "10", "lineItem/NetUnblendedCost", "9"}
	for _, c := range []struct {
		name           string
		lines          [][]string
		billed, amount string
	}{
		{"lines alone", [][]string{{"lineItem/UnblendedCost", "10"}, {"lineItem/LineItemType", "EdpDiscount", "lineItem/UnblendedCost", "-1"}}, "9", "9"},
		{"net column that has no values", [][]string{{"lineItem/UnblendedCost", "10", "lineItem/NetUnblendedCost", ""}, {"lineItem/LineItemType", "SppDiscount", "lineItem/UnblendedCost", "-1", "lineItem/NetUnblendedCost", ""}}, "9", "9"},
		{"net column alone", [][]string{usage}, "9", "10"},
		{"both, the lines with a net cost of 0", [][]string{usage, {"lineItem/LineItemType", "EdpDiscount", "lineItem/UnblendedCost", "-1", "lineItem/NetUnblendedCost", "0"}}, "9", "9"},
		{"both, the lines without a net cost", [][]string{usage, {"lineItem/LineItemType", "PrivateRateDiscount", "lineItem/UnblendedCost", "-1", "lineItem/NetUnblendedCost", ""}}, "9", "9"},
		{"both, the discount first", [][]string{{"lineItem/LineItemType", "BundledDiscount", "lineItem/UnblendedCost", "-1", "lineItem/NetUnblendedCost", ""}, usage}, "9", "9"},
	} {
		t.Run(c.name, func(t *testing.T) {
			header := []string{"lineItem/NetUnblendedCost"}
			if c.name == "lines alone" {
				header = nil
			}
			r := legacy(header...)
			for _, pairs := range c.lines {
				r.line(pairs...)
			}
			got := r.read(t)
			assert.Equal(t, c.billed, columnSum(t, got, "BilledCost", every).String())
			assert.Equal(t, c.billed, columnSum(t, got, "EffectiveCost", every).String())
			if header != nil {
				assert.Equal(t, c.amount, columnSum(t, got, "x_AmortizedCost", every).String())
			}
			requireRules(t, got)
		})
	}
}

// TestRecords_CapacityReservations covers the lines of the legacy report: hours in use,
// hours that nobody used, and the line of the whole reservation.
func TestRecords_CapacityReservations(t *testing.T) {
	const arn = "arn:aws:ec2:us-east-1:1:capacity-reservation/cr-1"
	r := legacy("lineItem/UsageType", "lineItem/ResourceId", "reservation/ReservationARN", "product/capacitystatus")
	for _, line := range [][4]string{
		{"BoxUsage:m5.large", "i-1", arn, "Used"}, {"UnusedBox:m5.large", arn, "", ""}, {"EUW1-UnusedDed:m5.large", arn, "", ""}, {"X:m5.large", arn, "", "UnusedCapacityReservation"},
		{"Reservation:m5.large", arn, "", ""}, {"EUW1-DedicatedRes:m5.large", arn, "", ""}, {"X:m5.large", arn, "", "AllocatedCapacityReservation"},
	} {
		r.line("lineItem/UnblendedCost", "0.1", "lineItem/UsageType", line[0], "lineItem/ResourceId", line[1], "reservation/ReservationARN", line[2], "product/capacitystatus", line[3])
	}
	got := r.read(t)
	for i, want := range []string{"Used", "Unused", "Unused", "Unused", "", "", ""} {
		assert.Equal(t, arn, got.rows[i]["CapacityReservationId"])
		assert.Equal(t, want, got.rows[i]["CapacityReservationStatus"], "line %d", i+1)
		assert.NotContains(t, got.rows[i], "CommitmentDiscountId")
	}
}

// TestRecords_Upfront covers what is bought at once: it counts for the invoice when it is
// paid, and for the effective cost as it is used up.
func TestRecords_Upfront(t *testing.T) {
	r := legacy("bill/BillType", "reservation/ReservationARN", "reservation/TotalReservedUnits", "savingsPlan/SavingsPlanARN", "savingsPlan/PaymentOption", "pricing/unit", "lineItem/UsageAmount")
	bought := []string{"bill/BillType", "Purchase", "lineItem/UsageStartDate", "2026-05-02T03:04:05Z", "lineItem/UsageEndDate", "2027-05-02T03:04:04Z", "lineItem/UsageAmount", "2"}
	with := func(pairs ...string) []string { return append(append([]string{}, bought...), pairs...) }
	r.line(with("lineItem/LineItemType", "Fee", "lineItem/UnblendedCost", "500", "reservation/ReservationARN", reservation, "reservation/TotalReservedUnits", "17520", "pricing/unit", "Quantity")...)
	r.line(with("lineItem/LineItemType", "SavingsPlanUpfrontFee", "lineItem/UnblendedCost", "1000", "savingsPlan/SavingsPlanARN", plan, "savingsPlan/PaymentOption", "All Upfront", "lineItem/ProductCode", "ComputeSavingsPlans")...)
	r.line(with("lineItem/LineItemType", "SavingsPlanUpfrontFee", "lineItem/UnblendedCost", "300", "savingsPlan/SavingsPlanARN", plan, "savingsPlan/PaymentOption", "Partial Upfront", "lineItem/ProductCode", "ComputeSavingsPlans")...)
	r.line(with("lineItem/LineItemType", "Fee", "lineItem/UnblendedCost", "12", "lineItem/ProductCode", "AmazonRegistrar")...)
	got := r.read(t)
	requireRules(t, got)
	for i, want := range []struct {
		costs          [4]string
		quantity, unit string
	}{
		{[4]string{"500", "0", "500", "500"}, "17520", "Hrs"}, {[4]string{"1000", "0", "1000", "1000"}, "1000", "USD"},
		{[4]string{"300", "0", "300", "300"}, "", ""}, {[4]string{"12", "12", "12", "12"}, "", ""},
	} {
		row := got.rows[i]
		assert.Equal(t, want.costs, costsOf(row), "line %d", i+1)
		assert.Equal(t, want.quantity, row["CommitmentDiscountQuantity"], "line %d", i+1)
		assert.Equal(t, want.unit, row["CommitmentDiscountUnit"], "line %d", i+1)
		assert.Equal(t, [3]string{"Purchase", "One-Time", "Standard"}, [3]string{row["ChargeCategory"], row["ChargeFrequency"], row["PricingCategory"]})
		assert.NotContains(t, row, "CommitmentDiscountStatus")
		assert.NotContains(t, row, "ConsumedQuantity")
	}
}

// TestRecords_OddValues covers spellings that have been met, or that programs between AWS
// and the reader make.
func TestRecords_OddValues(t *testing.T) {
	r := legacy("identity/TimeInterval", "lineItem/UsageAmount", "pricing/unit", "pricing/publicOnDemandCost", "pricing/currency", "product/regionCode", "lineItem/LegalEntity", "bill/BillType")
	r.line("lineItem/UnblendedCost", "1.2E-7", "lineItem/UsageAmount", "3.0e+02", "pricing/unit", "GB", "pricing/publicOnDemandCost", "1.2e-7")
	r.line("lineItem/UnblendedCost", "0E-10", "identity/TimeInterval", "2026-05-03T00:00:00Z/")
	r.line("lineItem/UnblendedCost", "1", "lineItem/LineItemType", "savingsPlanNegation")
	r.line("lineItem/UnblendedCost", "-1", "lineItem/LineItemType", "EDPDISCOUNT")
	r.line("lineItem/UnblendedCost", "7", "lineItem/CurrencyCode", "CNY", "pricing/currency", "CNY", "pricing/publicOnDemandCost", "8", "product/regionCode", "cn-northwest-1", "lineItem/LegalEntity", "Ningxia Western Cloud Data Technology Co., Ltd.")
	r.line("lineItem/UnblendedCost", "1", "product/regionCode", "us-gov-west-1")
	r.line("lineItem/UnblendedCost", "-5", "lineItem/LineItemType", "Refund", "bill/BillType", "Refund", "lineItem/UsageStartDate", "2026-03-01T00:00:00Z", "lineItem/UsageEndDate", "2026-03-31T23:59:59Z")
	r.line("lineItem/UnblendedCost", "", "lineItem/LineItemType", "Tax")
	r.line("lineItem/UnblendedCost", "2", "lineItem/UsageStartDate", "2026-04-30T23:00:00Z", "lineItem/UsageEndDate", "2026-05-01T00:00:00Z")
	r.line("lineItem/UnblendedCost", "3", "lineItem/LineItemType", "")
	got := r.read(t)
	require.Empty(t, got.rejects)
	requireRules(t, got)
	assert.Equal(t, [4]string{"0.00000012", "0.00000012", "0.00000012", "0.00000012"}, costsOf(got.rows[0]))
	assert.Equal(t, "300", got.rows[0]["PricingQuantity"])
	assert.Equal(t, "1.2E-7", got.rows[0]["lineItem/UnblendedCost"])
	assert.Equal(t, [4]string{"0", "0", "-", "0"}, costsOf(got.rows[1]), "an unknown list cost is not 0")
	assert.Equal(t, "2026-05-03T00:00:00Z/", got.rows[1]["identity/TimeInterval"])
	assert.Equal(t, [4]string{"0", "0", "0", "0"}, costsOf(got.rows[2]))
	assert.Equal(t, "Usage", got.rows[3]["ChargeCategory"])
	assert.Equal(t, [4]string{"7", "7", "8", "7"}, costsOf(got.rows[4]))
	for name, want := range map[string]string{"BillingCurrency": "CNY", "RegionName": "China (Ningxia)", "PublisherName": "Ningxia Western Cloud Data Technology Co., Ltd.", "ProviderName": "AWS"} {
		assert.Equal(t, want, got.rows[4][name])
	}
	assert.Equal(t, "AWS GovCloud (US-West)", got.rows[5]["RegionName"])
	for name, want := range map[string]string{"ChargeClass": "Correction", "ChargeCategory": "Usage", "ChargePeriodStart": "2026-03-01T00:00:00Z", "ChargePeriodEnd": "2026-04-01T00:00:00Z", "BillingPeriodStart": "2026-05-01T00:00:00Z"} {
		assert.Equal(t, want, got.rows[6][name])
	}
	assert.Equal(t, [4]string{"-", "-", "-", "-"}, costsOf(got.rows[7]), "a tax without an amount is unknown")
	assert.Equal(t, "2026-05-01T00:00:00Z", got.rows[8]["ChargePeriodEnd"])
	assert.Equal(t, "Adjustment", got.rows[9]["ChargeCategory"])
}

// TestRecords_Marketplace distinguishes the seller from the company of AWS that sends the invoice.
func TestRecords_Marketplace(t *testing.T) {
	r := legacy("bill/BillingEntity", "bill/InvoicingEntity", "lineItem/LegalEntity", "product/ProductName")
	r.line("lineItem/UnblendedCost", "9", "bill/BillingEntity", "AWS Marketplace", "bill/InvoicingEntity", "Amazon Web Services EMEA SARL", "lineItem/LegalEntity", "Datadog, Inc.", "lineItem/ProductCode", "4ptwtz7zk0e6m0ox2xnyu1fhc", "product/ProductName", "Datadog Pro")
	r.line("lineItem/UnblendedCost", "9", "bill/BillingEntity", "AWS Marketplace", "lineItem/LegalEntity", "Red Hat", "lineItem/ProductCode", "5a0", "product/ProductName", "RHEL")
	r.line("lineItem/UnblendedCost", "12", "lineItem/LineItemType", "Fee", "bill/BillingEntity", "AWS Marketplace", "lineItem/LegalEntity", "Splunk", "lineItem/ProductCode", "5a1")
	r.line("lineItem/UnblendedCost", "1", "bill/BillingEntity", "AWS", "bill/InvoicingEntity", "Amazon Web Services, Inc.", "lineItem/LegalEntity", "Amazon Web Services, Inc.")
	got := r.read(t)
	for i, want := range [][4]string{
		{"Amazon Web Services EMEA SARL", "Datadog, Inc.", "Datadog Pro", "Usage"}, {"AWS", "Red Hat", "RHEL", "Usage"}, {"AWS", "Splunk", "5a1", "Purchase"},
		{"Amazon Web Services, Inc.", "Amazon Web Services, Inc.", "Amazon Elastic Compute Cloud", "Usage"},
	} {
		row := got.rows[i]
		assert.Equal(t, want, [4]string{row["InvoiceIssuerName"], row["PublisherName"], row["ServiceName"], row["ChargeCategory"]})
		assert.Equal(t, "AWS", row["ProviderName"])
	}
}

// TestRecognize_NetAlone reads a Data Export whose query asks for net costs alone.
func TestRecognize_NetAlone(t *testing.T) {
	got := read(t, write(t, "a.csv", []byte("line_item_line_item_type,line_item_net_unblended_cost,line_item_usage_start_date,bill_payer_account_name\nUsage,1.5,2026-05-01T00:00:00.000Z,P\nUsage,,2026-05-01T00:00:00.000Z,P\n")))
	assert.Equal(t, awscur.Format2CSV, got.recognition.Format)
	assert.Contains(t, got.recognition.Reason, "net cost")
	assert.Contains(t, got.recognition.Warnings, "The report has no unblended cost; costs without private discounts are unknown.")
	assert.Equal(t, [4]string{"1.5", "1.5", "-", "1.5"}, costsOf(got.rows[0]))
	assert.NotContains(t, got.rows[0], "x_AmortizedCost")
	assert.Equal(t, [4]string{"-", "-", "-", "-"}, costsOf(got.rows[1]))
}

// TestRecords_NetPlan covers a Savings Plan under a private discount of a tenth: what is
// used and what is not add up to what the plan costs after the discount.
func TestRecords_NetPlan(t *testing.T) {
	fee := func(pairs ...string) records {
		r := legacy("lineItem/NetUnblendedCost", "savingsPlan/SavingsPlanARN", "savingsPlan/SavingsPlanEffectiveCost", "savingsPlan/NetSavingsPlanEffectiveCost", "savingsPlan/TotalCommitmentToDate", "savingsPlan/UsedCommitment",
			"savingsPlan/AmortizedUpfrontCommitmentForBillingPeriod", "savingsPlan/RecurringCommitmentForBillingPeriod", "savingsPlan/NetAmortizedUpfrontCommitmentForBillingPeriod", "savingsPlan/NetRecurringCommitmentForBillingPeriod")
		r.line("lineItem/LineItemType", "SavingsPlanCoveredUsage", "lineItem/UnblendedCost", "5", "lineItem/NetUnblendedCost", "4.5", "savingsPlan/SavingsPlanARN", plan, "savingsPlan/SavingsPlanEffectiveCost", "3", "savingsPlan/NetSavingsPlanEffectiveCost", "2.7")
		r.line("lineItem/LineItemType", "SavingsPlanNegation", "lineItem/UnblendedCost", "-5", "lineItem/NetUnblendedCost", "-4.5", "savingsPlan/SavingsPlanARN", plan)
		r.line(append([]string{"lineItem/LineItemType", "SavingsPlanRecurringFee", "lineItem/UnblendedCost", "4", "lineItem/NetUnblendedCost", "3.6", "savingsPlan/SavingsPlanARN", plan,
			"savingsPlan/TotalCommitmentToDate", "4", "savingsPlan/UsedCommitment", "3"}, pairs...)...)
		return r.read(t)
	}
	for name, c := range map[string]struct {
		pairs []string
		want  string // the unused part
	}{
		"of all columns":        {[]string{"savingsPlan/AmortizedUpfrontCommitmentForBillingPeriod", "1", "savingsPlan/RecurringCommitmentForBillingPeriod", "3", "savingsPlan/NetAmortizedUpfrontCommitmentForBillingPeriod", "0.9", "savingsPlan/NetRecurringCommitmentForBillingPeriod", "2.7"}, "0.9"},
		"of the total":          {[]string{"savingsPlan/NetRecurringCommitmentForBillingPeriod", "3.6"}, "0.9"},
		"with endless decimals": {[]string{"savingsPlan/RecurringCommitmentForBillingPeriod", "3", "savingsPlan/NetRecurringCommitmentForBillingPeriod", "2"}, "0.666666666667"},
		"without net columns":   {nil, "1"},
		"with words":            {[]string{"savingsPlan/NetRecurringCommitmentForBillingPeriod", "much"}, "1"},
		"of nothing":            {[]string{"savingsPlan/RecurringCommitmentForBillingPeriod", "0", "savingsPlan/NetRecurringCommitmentForBillingPeriod", "3.6"}, "0.9"},
	} {
		t.Run(name, func(t *testing.T) {
			got := fee(c.pairs...)
			require.Empty(t, got.rejects)
			assert.Equal(t, c.want, got.rows[2]["EffectiveCost"])
			assert.Equal(t, "1", got.rows[2]["x_AmortizedCost"])
			assert.Equal(t, "3.6", columnSum(t, got, "BilledCost", every).String())
			requireRules(t, got)
		})
	}
}
