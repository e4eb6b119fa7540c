package awscur_test

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/housetest"
	"cloud-intelligence/backend/source"
	"cloud-intelligence/backend/source/awscur"
	"cloud-intelligence/backend/source/opener"
	"cloud-intelligence/backend/source/sourcetest"
)

// report is a table of lines; a line is pairs of column and value, over the values that
// every line has.
type report struct {
	header []string
	common map[string]string
	lines  [][]string
}

func legacy(more ...string) *report {
	return &report{
		header: append([]string{"identity/LineItemId", "bill/PayerAccountId", "bill/BillingPeriodStartDate", "bill/BillingPeriodEndDate",
			"lineItem/UsageAccountId", "lineItem/LineItemType", "lineItem/UsageStartDate", "lineItem/UsageEndDate", "lineItem/ProductCode",
			"lineItem/CurrencyCode", "lineItem/UnblendedCost"}, more...),
		common: map[string]string{"bill/PayerAccountId": "011254002932", "bill/BillingPeriodStartDate": "2026-05-01T00:00:00Z",
			"bill/BillingPeriodEndDate": "2026-06-01T00:00:00Z", "lineItem/UsageAccountId": "000000000042", "lineItem/LineItemType": "Usage",
			"lineItem/UsageStartDate": "2026-05-03T00:00:00Z", "lineItem/UsageEndDate": "2026-05-03T01:00:00Z",
			"lineItem/ProductCode": "AmazonEC2", "lineItem/CurrencyCode": "USD"},
	}
}

func (r *report) line(pairs ...string) *report {
	r.lines = append(r.lines, append(pairs, "identity/LineItemId", fmt.Sprintf("line-%d", len(r.lines)+1)))
	return r
}

func (r *report) values() (rows [][]string) {
	for _, pairs := range r.lines {
		values := map[string]string{}
		for i := 0; i < len(pairs); i += 2 {
			values[pairs[i]] = pairs[i+1]
		}
		row := make([]string, len(r.header))
		for i, name := range r.header {
			v, ok := values[name]
			if !ok {
				v = r.common[name]
			}
			row[i] = v
		}
		rows = append(rows, row)
	}
	return rows
}

func (r *report) csv(t testing.TB) string {
	t.Helper()
	var b strings.Builder
	w := csv.NewWriter(&b)
	require.NoError(t, w.Write(r.header))
	require.NoError(t, w.WriteAll(r.values()))
	return b.String()
}

func (r *report) read(t testing.TB) records {
	t.Helper()
	return read(t, write(t, "report.csv", []byte(r.csv(t))))
}

// dump prints what is known of each record, in the order of the columns.
func dump(r records) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "%s %s\n%s\n", r.recognition.Format, r.recognition.Version, r.recognition.Reason)
	for _, w := range r.recognition.Warnings {
		fmt.Fprintf(&b, "warning: %s\n", w)
	}
	for i, row := range r.rows {
		fmt.Fprintf(&b, "\n[%d]\n", i+1)
		for _, c := range r.recognition.Columns {
			if v, ok := row[c.Name]; ok {
				total := ""
				if c.Total != "" {
					total = "  (total " + c.Total + ")"
				}
				fmt.Fprintf(&b, "%s = %s%s\n", c.Name, v, total)
			}
		}
	}
	return b.Bytes()
}

const (
	plan        = "arn:aws:savingsplans::011254002932:savingsplan/p-1"
	reservation = "arn:aws:ec2:us-east-1:011254002932:reserved-instances/r-1"
)

func commitments(more ...string) *report {
	r := legacy(append([]string{"lineItem/UsageType", "lineItem/UsageAmount", "lineItem/UnblendedRate", "lineItem/BlendedCost", "lineItem/LineItemDescription",
		"lineItem/AvailabilityZone", "lineItem/ResourceId", "lineItem/LegalEntity", "bill/BillingEntity", "bill/InvoiceId", "product/ProductName",
		"product/regionCode", "product/instanceType", "product/vcpu", "product/memory", "product/operatingSystem", "product/sku", "pricing/RateCode", "pricing/unit",
		"pricing/publicOnDemandCost", "pricing/publicOnDemandRate", "reservation/ReservationARN", "reservation/EffectiveCost",
		"reservation/UnusedAmortizedUpfrontFeeForBillingPeriod", "reservation/UnusedRecurringFee", "reservation/UnusedQuantity", "savingsPlan/SavingsPlanARN",
		"savingsPlan/SavingsPlanEffectiveCost", "savingsPlan/TotalCommitmentToDate", "savingsPlan/UsedCommitment",
		"resourceTags/user:Name", "resourceTags/user:team", "resourceTags/aws:createdBy", "costCategory/Cost Center", "identity/TimeInterval", "pricing/currency",
		"product/gpu", "product/storageMedia", "product/maxIopsvolume", "product/productFamily", "bill/InvoicingEntity"}, more...)...)
	r.common["identity/TimeInterval"] = "2026-05-03T00:00:00Z/2026-05-03T01:00:00Z"
	r.common["lineItem/LegalEntity"] = "Amazon Web Services, Inc."
	r.common["bill/BillingEntity"] = "AWS"
	usage := []string{"lineItem/UsageType", "BoxUsage:m5.large", "lineItem/UsageAmount", "1", "lineItem/UnblendedRate", "0.096", "pricing/unit", "Hrs",
		"product/regionCode", "us-east-1", "lineItem/AvailabilityZone", "us-east-1a", "product/instanceType", "m5.large", "product/vcpu", "2", "product/memory", "8 GiB",
		"product/operatingSystem", "Linux", "product/sku", "SKU1", "pricing/RateCode", "SKU1.T.R", "lineItem/ResourceId", "i-1", "product/ProductName", "Amazon Elastic Compute Cloud",
		"pricing/publicOnDemandCost", "0.096", "pricing/publicOnDemandRate", "0.096"}
	with := func(pairs ...string) []string { return append(append([]string{}, usage...), pairs...) }
	r.line(with("lineItem/UnblendedCost", "0.096", "resourceTags/user:Name", "web", "resourceTags/user:team", `a "b"`, "resourceTags/aws:createdBy", "Root")...)
	r.line(with("lineItem/LineItemType", "DiscountedUsage", "lineItem/UnblendedCost", "0", "reservation/ReservationARN", reservation, "reservation/EffectiveCost", "0.06")...)
	r.line(with("lineItem/LineItemType", "SavingsPlanCoveredUsage", "lineItem/UnblendedCost", "0.096", "savingsPlan/SavingsPlanARN", plan, "savingsPlan/SavingsPlanEffectiveCost", "0.0705")...)
	r.line("lineItem/LineItemType", "SavingsPlanNegation", "lineItem/UnblendedCost", "-0.096", "pricing/publicOnDemandCost", "0.096", "lineItem/UsageAmount", "1", "savingsPlan/SavingsPlanARN", plan)
	r.line("lineItem/LineItemType", "SavingsPlanRecurringFee", "lineItem/ProductCode", "ComputeSavingsPlans", "lineItem/UnblendedCost", "0.1", "savingsPlan/SavingsPlanARN", plan, "savingsPlan/TotalCommitmentToDate", "0.1", "savingsPlan/UsedCommitment", "0.0705")
	r.line("lineItem/LineItemType", "SavingsPlanRecurringFee", "lineItem/ProductCode", "ComputeSavingsPlans", "lineItem/UnblendedCost", "0.1", "savingsPlan/SavingsPlanARN", plan)
	r.line("lineItem/LineItemType", "SavingsPlanUpfrontFee", "lineItem/ProductCode", "ComputeSavingsPlans", "lineItem/UnblendedCost", "500", "savingsPlan/SavingsPlanARN", plan)
	r.line("lineItem/LineItemType", "RIFee", "lineItem/UsageType", "HeavyUsage:c4.large", "lineItem/UsageAmount", "744", "pricing/unit", "Hrs", "lineItem/UnblendedCost", "22.32", "reservation/ReservationARN", reservation,
		"reservation/UnusedAmortizedUpfrontFeeForBillingPeriod", "22.3369863", "reservation/UnusedRecurringFee", "22.32", "lineItem/UsageStartDate", "2026-05-01T00:00:00Z", "lineItem/UsageEndDate", "2026-05-31T23:59:59Z")
	r.line("lineItem/LineItemType", "RIFee", "lineItem/UsageAmount", "744", "pricing/unit", "Hrs", "lineItem/UnblendedCost", "0.0", "reservation/ReservationARN", reservation,
		"reservation/UnusedAmortizedUpfrontFeeForBillingPeriod", "1.5E-7", "reservation/UnusedRecurringFee", "0.0", "reservation/UnusedQuantity", "12")
	r.line("lineItem/LineItemType", "Fee", "lineItem/UnblendedCost", "300", "reservation/ReservationARN", reservation)
	r.line("lineItem/LineItemType", "Fee", "lineItem/ProductCode", "AmazonRegistrar", "lineItem/UnblendedCost", "12", "lineItem/LineItemDescription", "Registration of example.com")
	r.line("lineItem/LineItemType", "Tax", "lineItem/UnblendedCost", "4.2", "pricing/publicOnDemandCost", "0.0", "lineItem/UsageAmount", "1", "lineItem/LineItemDescription", "Tax for product code AmazonEC2", "bill/InvoiceId", "INV-7")
	r.line("lineItem/LineItemType", "Credit", "lineItem/UnblendedCost", "-10", "lineItem/LineItemDescription", "Promotion")
	r.line("lineItem/LineItemType", "Refund", "lineItem/UnblendedCost", "-3", "lineItem/LineItemDescription", "Refund of usage")
	r.line("lineItem/LineItemType", "Refund", "lineItem/ProductCode", "ComputeSavingsPlans", "lineItem/UnblendedCost", "-500", "lineItem/LineItemDescription", "Refund for one-time fee for Savings Plan ID: p-1")
	r.line("lineItem/LineItemType", "EdpDiscount", "lineItem/UnblendedCost", "-0.5", "lineItem/UsageAmount", "1")
	r.line("lineItem/LineItemType", "SomethingNew", "lineItem/UnblendedCost", "1", "lineItem/ProductCode", "AmazonNewThing")
	r.line(with("lineItem/UnblendedCost", "0.03", "lineItem/UsageType", "SpotUsage:m5.large")...)
	r.line(with("lineItem/UnblendedCost", "0.096", "lineItem/UsageType", "UnusedBox:m5.large", "lineItem/ResourceId", "arn:aws:ec2:us-east-1:011254002932:capacity-reservation/cr-1")...)
	r.line("bill/BillingEntity", "AWS Marketplace", "lineItem/LegalEntity", "Red Hat Inc.", "lineItem/ProductCode", "abc123", "product/ProductName", "OpenShift", "lineItem/UnblendedCost", "7")
	moreLines(r, with)
	return r
}

// moreLines are the rarer kinds of lines.
func moreLines(r *report, with func(...string) []string) {
	const emea = "Amazon Web Services EMEA SARL"
	for _, kind := range []string{"BundledDiscount", "SppDiscount", "PrivateRateDiscount"} {
		r.line(with("lineItem/LineItemType", kind, "lineItem/UnblendedCost", "-0.01", "pricing/publicOnDemandCost", "", "lineItem/BlendedCost", "")...)
	}
	r.line(with("lineItem/LineItemType", "EdpDiscount", "lineItem/UnblendedCost", "-0.002", "savingsPlan/SavingsPlanARN", plan)...)
	r.line("lineItem/LineItemType", "Fee", "lineItem/ProductCode", "AWSSupportBusiness", "lineItem/UnblendedCost", "100", "bill/InvoicingEntity", emea, "lineItem/LegalEntity", emea,
		"lineItem/LineItemDescription", "Support fee for the month", "costCategory/Cost Center", "Platform")
	r.line(with("lineItem/UnblendedCost", "0.69", "lineItem/CurrencyCode", "CNY", "pricing/currency", "USD", "costCategory/Cost Center", "R & D", "resourceTags/user:Name", "gpu",
		"product/instanceType", "p3.2xlarge", "product/gpu", "1", "product/memory", "1,952 GiB", "identity/TimeInterval", "2026-05-03T00:00:00Z/2026-05-04T00:00:00Z")...)
	r.line("lineItem/ProductCode", "AmazonEC2", "lineItem/UsageType", "EBS:VolumeUsage.gp3", "lineItem/ResourceId", "vol-1", "lineItem/UnblendedCost", "8.0000000000E-7", "lineItem/UsageAmount", "0.0000100000",
		"product/storageMedia", "SSD-backed", "product/maxIopsvolume", "16000", "product/productFamily", "Storage", "pricing/RateCode", "SKU2.T.R", "pricing/publicOnDemandCost", "8.0E-7", "pricing/unit", "GB-Mo", "pricing/currency", "USD")
	r.line(with("lineItem/LineItemType", "SavingsPlanCoveredUsage", "lineItem/UnblendedCost", "0.096", "savingsPlan/SavingsPlanARN", plan, "savingsPlan/SavingsPlanEffectiveCost", "0.0705",
		"lineItem/ResourceId", "i-2", "lineItem/UsageStartDate", "2026-05-03T00:00:00.000Z", "lineItem/UsageEndDate", "2026-05-03T01:00:00.000Z")...)
	r.line("lineItem/LineItemType", "SavingsPlanNegation", "lineItem/UnblendedCost", "-0.096", "savingsPlan/SavingsPlanARN", plan)
	r.line("lineItem/LineItemType", "SavingsPlanRecurringFee", "lineItem/ProductCode", "ComputeSavingsPlans", "lineItem/UnblendedCost", "0", "savingsPlan/SavingsPlanARN", plan, "savingsPlan/TotalCommitmentToDate", "0.1", "savingsPlan/UsedCommitment", "0.04")
	r.line("lineItem/LineItemType", "RIFee", "lineItem/UsageAmount", "744", "pricing/unit", "Hrs", "lineItem/UnblendedCost", "22.32", "reservation/ReservationARN", reservation, "reservation/UnusedAmortizedUpfrontFeeForBillingPeriod", "0.0", "reservation/UnusedRecurringFee", "0.0")
	r.line("lineItem/LineItemType", "Refund", "lineItem/UnblendedCost", "-300", "reservation/ReservationARN", reservation, "lineItem/LineItemDescription", "Refund of a reservation")
	r.line("bill/BillingEntity", "AWS Marketplace", "lineItem/LegalEntity", "Anthropic, PBC", "lineItem/ProductCode", "9xyz", "product/ProductName", "Claude (Amazon Bedrock Edition)", "lineItem/UnblendedCost", "3")
	r.line("lineItem/LineItemType", "FlatRateSubscription", "lineItem/ProductCode", "AmazonCloudFront", "lineItem/UnblendedCost", "15")
}

func TestRecords_Commitments(t *testing.T) {
	got := commitments().read(t)
	require.Empty(t, got.rejects)
	housetest.Golden(t, "commitments.txt", dump(got))
	requireInvoice(t, got, "lineItem/UnblendedCost")
}

// requireInvoice checks that nothing is lost or counted twice: billed is what the
// invoice says.
func requireInvoice(t *testing.T, r records, column string) {
	t.Helper()
	var billed, invoice finops.Sum
	for _, row := range r.rows {
		for name, sum := range map[string]*finops.Sum{"BilledCost": &billed, column: &invoice} {
			a, err := finops.ParseAmount([]byte(row[name]))
			require.NoError(t, err)
			sum.Add(a)
		}
	}
	assert.Equal(t, invoice.String(), billed.String())
}

// TestRecords_Net covers customers with private prices: the costs of FOCUS are those
// after the discount, the amortized measure stays the one of list prices.
func TestRecords_Net(t *testing.T) {
	r := commitments("lineItem/NetUnblendedCost", "savingsPlan/NetSavingsPlanEffectiveCost", "reservation/NetEffectiveCost", "reservation/NetUnusedAmortizedUpfrontFeeForBillingPeriod", "reservation/NetUnusedRecurringFee")
	for i, pairs := range r.lines {
		for at := 0; at < len(pairs); at += 2 {
			if pairs[at] == "lineItem/UnblendedCost" {
				r.lines[i] = append(r.lines[i], "lineItem/NetUnblendedCost", pairs[at+1]+map[bool]string{true: "1", false: ""}[strings.Contains(pairs[at+1], ".")])
				break
			}
		}
	}
	r.lines[1] = append(r.lines[1], "reservation/NetEffectiveCost", "0.05")
	r.lines[2] = append(r.lines[2], "savingsPlan/NetSavingsPlanEffectiveCost", "0.0605", "lineItem/NetUnblendedCost", "0.09")
	r.lines[3] = append(r.lines[3], "lineItem/NetUnblendedCost", "-0.09")
	r.lines[7] = append(r.lines[7], "reservation/NetUnusedAmortizedUpfrontFeeForBillingPeriod", "20", "reservation/NetUnusedRecurringFee", "19.5")
	r.lines[0] = append(r.lines[0], "lineItem/NetUnblendedCost", "") // no private price known: the line falls back
	got := r.read(t)
	require.Empty(t, got.rejects)
	assert.Equal(t, "0.096", got.rows[0]["BilledCost"])
	got.rows[0]["lineItem/NetUnblendedCost"] = "0.096"
	requireInvoice(t, got, "lineItem/NetUnblendedCost")
	for i, want := range map[int][3]string{1: {"0", "0.05", "0.06"}, 2: {"0", "0.0605", "0.0705"}, 3: {"0", "0", "0"}, 7: {"22.321", "39.5", "44.6569863"}, 9: {"300", "0", "0"}} {
		assert.Equal(t, want, [3]string{got.rows[i]["BilledCost"], got.rows[i]["EffectiveCost"], got.rows[i]["x_AmortizedCost"]}, "line %d", i+1)
	}
	assert.NotContains(t, got.rows[1], "ContractedCost", "the private price of reserved usage is not in the report")
}

func cur2() string {
	return "bill_payer_account_id,bill_payer_account_name,bill_billing_period_start_date,bill_billing_period_end_date,line_item_usage_account_id,line_item_usage_account_name," +
		"line_item_line_item_type,line_item_usage_start_date,line_item_usage_end_date,line_item_product_code,line_item_currency_code,line_item_unblended_cost,line_item_net_unblended_cost," +
		"line_item_usage_amount,pricing_unit,product,product_region_code,resource_tags,tags,cost_category,discount\n" +
		`011254002932,Payer,2026-04-01T00:00:00.000Z,2026-05-01T00:00:00.000Z,000000000042,Team,Usage,2026-04-03T00:00:00.000Z,2026-04-04T00:00:00.000Z,AmazonRDS,USD,6.76E-8,,24,Hrs,` +
		`"{""product_name"":""Amazon Relational Database Service"",""region"":""eu-west-1"",""instance_type"":""db.r6g.large"",""vcpu"":""2"",""memory"":""16 GiB"",""odd"":{""a"":1}}",,"{""user_cost_center"":""CC-1"",""user_name"":""db""}","{""resourceTags/user:CostCenter"":""CC-1"",""resourceTags/user:Name"":""db"",""resourceTags/aws:createdBy"":""x""}",{},{}` + "\n" +
		`011254002932,Payer,2026-04-01T00:00:00.000Z,2026-05-01T00:00:00.000Z,000000000042,Team,Usage,2026-04-03T00:00:00.000Z,2026-04-04T00:00:00.000Z,AmazonS3,USD,1,,24,GB-Mo,not json,us-east-1,"{""user_cost_center"":""CC-1"",""aws_created_by"":""y""}",{},{},{}` + "\n"
}

func TestRecords_CUR2(t *testing.T) {
	got := read(t, write(t, "cur2.csv", []byte(cur2())))
	assert.Equal(t, awscur.Format2CSV, got.recognition.Format)
	housetest.Golden(t, "cur2.txt", dump(got))
}

func TestSource_Conformance(t *testing.T) {
	r := legacy("resourceTags/user:team", "pricing/publicOnDemandCost")
	for range 3000 {
		r.line("lineItem/UnblendedCost", "0.1")
	}
	text := r.csv(t)
	sum := sha256.Sum256([]byte(text))
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	entry, err := w.Create("r/report-1.csv")
	require.NoError(t, err)
	_, err = entry.Write([]byte(text))
	require.NoError(t, err)
	require.NoError(t, w.Close())
	archive := write(t, "report.csv.zip", b.Bytes())
	archive.Entry = "r/report-1.csv"
	sourcetest.Run(t, awscur.Source{}, []sourcetest.Case{
		{Name: "plain", File: write(t, "a.csv", []byte(text)), Format: awscur.FormatLegacyCSV, Version: "legacy", Rows: 3000},
		{Name: "gzip", File: write(t, "a.csv.gz", gzipped(t, text)), Format: awscur.FormatLegacyCSV, Rows: 3000},
		{Name: "zip", File: archive, Format: awscur.FormatLegacyCSV, Rows: 3000, SHA256: hex.EncodeToString(sum[:])},
		{Name: "only a header", File: write(t, "b.csv", []byte(strings.SplitAfter(text, "\n")[0])), Format: awscur.FormatLegacyCSV, Rows: 0},
		{Name: "CR only", File: write(t, "c.csv", []byte(strings.ReplaceAll(text, "\n", "\r"))), Format: awscur.FormatLegacyCSV, Rows: 3000},
		{Name: "CUR 2.0", File: write(t, "d.csv", []byte("\ufeff"+cur2())), Format: awscur.Format2CSV, Version: "2.0", Rows: 2},
	})
}

// TestRecords_OddLayouts reads what real files have been seen to hold.
func TestRecords_OddLayouts(t *testing.T) {
	t.Run("rows shorter than the header", func(t *testing.T) {
		text := legacy("pricing/unit", "costCategory/CostCenter").line("lineItem/UnblendedCost", "1.5", "pricing/unit", "GB").line("lineItem/UnblendedCost", "2").csv(t)
		short := strings.NewReplacer("GB,\n", "GB\n", ",2,,\n", ",2,\n").Replace(text)
		require.NotEqual(t, text, short)
		got := read(t, write(t, "a.csv", []byte(short)))
		require.Len(t, got.rows, 2)
		assert.Empty(t, got.rejects)
		assert.Equal(t, "GB", got.rows[0]["PricingUnit"])
	})
	t.Run("words in prices are no prices", func(t *testing.T) {
		got := legacy("pricing/publicOnDemandCost").line("lineItem/UnblendedCost", "0", "pricing/publicOnDemandCost", "convertible").read(t)
		assert.NotContains(t, got.rows[0], "ListCost")
		assert.Equal(t, "convertible", got.rows[0]["pricing/publicOnDemandCost"])
	})
	t.Run("columns that are no tags", func(t *testing.T) {
		got := legacy("noTags/user:app", "resourceTags/user:app").line("lineItem/UnblendedCost", "1", "noTags/user:app", "x").read(t)
		assert.NotContains(t, got.rows[0], "Tags")
		assert.Equal(t, "x", got.rows[0]["noTags/user:app"])
	})
	t.Run("usage outside the billing period", func(t *testing.T) {
		got := legacy().line("lineItem/UnblendedCost", "1", "lineItem/UsageStartDate", "2026-03-20 05:00:00", "lineItem/UsageEndDate", "2026-03-20 06:00:00+00:00").read(t)
		assert.Equal(t, "2026-03-20T05:00:00Z", got.rows[0]["ChargePeriodStart"])
		assert.Equal(t, "2026-03-20T06:00:00Z", got.rows[0]["ChargePeriodEnd"])
		assert.Equal(t, "2026-05-01T00:00:00Z", got.rows[0]["BillingPeriodStart"])
		assert.NotContains(t, got.rows[0], "ChargeClass")
	})
	t.Run("months with other columns", func(t *testing.T) {
		a := legacy("product/sku", "pricing/unit").line("lineItem/UnblendedCost", "1", "product/sku", "S", "pricing/unit", "GB").read(t)
		b := legacy("pricing/unit").line("lineItem/UnblendedCost", "1", "pricing/unit", "GB").read(t)
		assert.Equal(t, "S", a.rows[0]["SkuId"])
		assert.NotContains(t, b.rows[0], "SkuId")
		assert.Equal(t, a.rows[0]["PricingUnit"], b.rows[0]["PricingUnit"])
	})
	t.Run("fees that are no numbers", func(t *testing.T) {
		got := legacy("reservation/UnusedRecurringFee").line("lineItem/LineItemType", "RIFee", "lineItem/UnblendedCost", "1", "reservation/UnusedRecurringFee", "much").read(t)
		assert.Empty(t, got.rows)
		require.Len(t, got.rejects, 1)
		assert.Contains(t, got.rejects[0].Reason, `"much" is not a decimal number`)
	})
	t.Run("capacity reservations of CUR 2.0", func(t *testing.T) {
		const arn = "arn:aws:ec2:us-east-1:1:capacity-reservation/cr-1"
		r := legacy("capacity_reservation_capacity_reservation_arn", "capacity_reservation_capacity_reservation_status")
		for _, state := range []string{"USED", "Unused", "RESERVED"} {
			r.line("lineItem/UnblendedCost", "1", "capacity_reservation_capacity_reservation_arn", arn, "capacity_reservation_capacity_reservation_status", state)
		}
		got := r.read(t)
		for i, want := range []string{"Used", "Unused", ""} {
			assert.Equal(t, arn, got.rows[i]["CapacityReservationId"])
			assert.Equal(t, want, got.rows[i]["CapacityReservationStatus"])
			assert.NotContains(t, got.rows[i], "CommitmentDiscountId")
		}
	})
	t.Run("line ends of both kinds and a byte order mark", func(t *testing.T) {
		text := legacy("pricing/unit").line("lineItem/UnblendedCost", "1", "pricing/unit", "GB").line("lineItem/UnblendedCost", "2", "pricing/unit", "Hrs").csv(t)
		lines := strings.SplitAfter(text, "\n")
		got := read(t, write(t, "a.csv", []byte("\ufeff"+strings.ReplaceAll(lines[0], "\n", "\r\n")+lines[1]+strings.ReplaceAll(lines[2], "\n", "\r\n"))))
		require.Len(t, got.rows, 2)
		assert.Empty(t, got.rejects)
		assert.Equal(t, []string{"GB", "Hrs"}, []string{got.rows[0]["PricingUnit"], got.rows[1]["PricingUnit"]})
		assert.Equal(t, "line-1", got.rows[0]["identity/LineItemId"])
	})
	t.Run("maps that are no JSON", func(t *testing.T) {
		got := legacy("product", "tags", "cost_category").line("lineItem/UnblendedCost", "1", "product", "{broken", "tags", "[]", "cost_category", "null").read(t)
		assert.NotContains(t, got.rows[0], "Tags")
		assert.Equal(t, "{broken", got.rows[0]["product"])
	})
	t.Run("tags of accounts, people and cost categories", func(t *testing.T) {
		got := legacy("tags", "cost_category", "resource_tags").line("lineItem/UnblendedCost", "1", "tags",
			`{"resourceTags/department":"A","userAttribute/Department":"B","accountTag/department":"C","costCategory/Cost Center":"D","resourceTags/aws:createdBy":"E","resourceTags/user:empty":""}`,
			"cost_category", `{"cost_center":"D","team":"F"}`, "resource_tags", `{"user_department":"A"}`).read(t)
		assert.JSONEq(t, `{"department":"A","userAttribute/Department":"B","accountTag/department":"C","costCategory/Cost Center":"D","aws:createdBy":"E","costCategory/team":"F"}`, got.rows[0]["Tags"])
	})
	t.Run("prices in another currency", func(t *testing.T) {
		got := legacy("pricing/currency", "pricing/publicOnDemandRate", "pricing/publicOnDemandCost").line("lineItem/UnblendedCost", "7", "lineItem/CurrencyCode", "CNY", "pricing/currency", "USD",
			"pricing/publicOnDemandRate", "1", "pricing/publicOnDemandCost", "1").read(t)
		assert.NotContains(t, got.rows[0], "ListCost")
		assert.NotContains(t, got.rows[0], "ListUnitPrice")
		assert.Equal(t, "1", got.rows[0]["PricingCurrencyListUnitPrice"])
		assert.Equal(t, "7", got.rows[0]["BilledCost"])
	})
	t.Run("one name twice", func(t *testing.T) {
		f := write(t, "a.csv", []byte("lineItem/LineItemType,lineItem/UnblendedCost,line_item_unblended_cost,lineItem/UsageStartDate,resourceTags/user:a,resource_tags_user_a,BilledCost,x_BilledCost\nUsage,1,2,2026-05-01,t,u,3,4\n"))
		got := read(t, f)
		assert.Equal(t, "1", got.rows[0]["BilledCost"])
		assert.Equal(t, "2", got.rows[0]["line_item_unblended_cost"])
		assert.JSONEq(t, `{"a":"t"}`, got.rows[0]["Tags"])
		assert.Equal(t, "u", got.rows[0]["resource_tags_user_a"])
		assert.Equal(t, "3", got.rows[0]["x_BilledCost"])
		assert.Equal(t, "4", got.rows[0]["x_BilledCost_"])
	})
}

func TestRecognize_NotAReport(t *testing.T) {
	for name, data := range map[string][]byte{
		"empty":          nil,
		"ctrl-A":         []byte("m4vg\x012019-11-27T05:00:00Z/2019-11-27T06:00:00Z\x01\x01AWS\x01Anniversary\x01836060457634\n"),
		"no dates":       []byte("lineItem/LineItemType,lineItem/UnblendedCost\nUsage,1\n"),
		"FOCUS":          []byte("BilledCost,EffectiveCost,ChargePeriodStart,ChargeCategory,ProviderName,ServiceName,BillingCurrency\n"),
		"manifest":       []byte(legacyManifest("a", "r-1.csv")),
		"binary":         []byte("\x00\x01\x02\x03"),
		"recommendation": []byte("Account ID,Instance Type,Recommended\n1,m5.large,2\n"),
	} {
		_, ok, err := sourcetest.Recognize(t.Context(), awscur.Source{}, write(t, "f.csv", data))
		require.NoError(t, err, name)
		assert.False(t, ok, name)
	}
	_, _, err := sourcetest.Recognize(t.Context(), awscur.Source{}, source.File{Path: filepath.Join(t.TempDir(), "none")})
	assert.Error(t, err)
}

// TestOpen_Warnings passes on what was odd in the records.
func TestOpen_Warnings(t *testing.T) {
	text := legacy().line("lineItem/UnblendedCost", "1", "lineItem/UsageAccountId", "\xff").csv(t)
	r, ok, err := sourcetest.Recognize(t.Context(), awscur.Source{}, write(t, "f.csv", []byte(text)))
	require.NoError(t, err)
	require.True(t, ok)
	reader, err := opener.Open(t.Context(), awscur.Source{}, r)
	require.NoError(t, err)
	defer func() { require.NoError(t, reader.Close()) }()
	b, err := reader.Next(t.Context())
	require.NoError(t, err)
	b.Release()
	w, ok := reader.(interface{ Warnings() []string })
	require.True(t, ok)
	require.Len(t, w.Warnings(), 1)
	assert.Contains(t, w.Warnings()[0], "not UTF-8")
}

func TestOpen_OtherFileThanRecognised(t *testing.T) {
	f := write(t, "f.csv", []byte(legacy().csv(t)))
	r, ok, err := sourcetest.Recognize(t.Context(), awscur.Source{}, f)
	require.NoError(t, err)
	require.True(t, ok)
	require.NoError(t, os.WriteFile(f.Path, []byte(legacy("pricing/unit").csv(t)), 0o600))
	_, err = opener.Open(t.Context(), awscur.Source{}, r)
	assert.Equal(t, finops.CodeConflict, finops.CodeOf(err))
}

// FuzzSource reads any file: it may be refused with a code, never misread into other
// numbers of fields, and never crash.
func FuzzSource(f *testing.F) {
	f.Add([]byte(commitments().csv(f)))
	f.Add([]byte(cur2()))
	f.Add(gzipped(f, cur2()))
	f.Add([]byte("lineItem/LineItemType,lineItem/UnblendedCost,lineItem/UsageStartDate,identity/TimeInterval,tags,cost_category,costCategory/a\nRIFee,1E-9,2026-05-01T00:00:59Z,x/y,\"{\"\"costCategory/a\"\":1}\",{},\xff\n"))
	f.Add([]byte("PAR1\x00\x00\x00\x00PAR1"))
	path := filepath.Join(f.TempDir(), "f")
	f.Fuzz(func(t *testing.T, data []byte) {
		require.NoError(t, os.WriteFile(path, data, 0o600))
		src := awscur.Source{}
		r, ok, err := sourcetest.Recognize(t.Context(), src, source.File{Path: path, Size: int64(len(data))})
		if err != nil && finops.CodeOf(err) == finops.CodeInternal {
			t.Fatalf("error without a code: %v", err)
		}
		if err != nil || !ok {
			return
		}
		reader, err := opener.Open(t.Context(), src, r)
		require.NoError(t, err)
		for err == nil {
			var b *source.Batch
			if b, err = reader.Next(t.Context()); err == nil {
				requireJSON(t, r, b)
				b.Release()
			}
		}
		if !errors.Is(err, io.EOF) && finops.CodeOf(err) == finops.CodeInternal {
			t.Fatalf("error without a code: %v", err)
		}
		require.NoError(t, reader.Close())
	})
}

// requireJSON checks the columns that the source itself writes as JSON.
func requireJSON(t *testing.T, r source.Recognition, b *source.Batch) {
	t.Helper()
	for c, column := range r.Columns {
		if column.Name != "Tags" && column.Name != "SkuPriceDetails" {
			continue
		}
		for row := range b.Rows {
			if text := b.Field(row, c); text != nil && !json.Valid(text) {
				t.Fatalf("%s %q is no JSON", column.Name, text)
			}
		}
	}
}

// FuzzManifest reads any text as a manifest.
func FuzzManifest(f *testing.F) {
	f.Add([]byte(legacyManifest("a", "r-1.csv")))
	f.Add([]byte(executionManifest("e", "x-1.csv")))
	path := filepath.Join(f.TempDir(), "m")
	f.Fuzz(func(t *testing.T, data []byte) {
		require.NoError(t, os.WriteFile(path, data, 0o600))
		m, err := awscur.Manifest(t.Context(), path)
		if err != nil && finops.CodeOf(err) == finops.CodeInternal {
			t.Fatalf("error without a code: %v", err)
		}
		if err == nil && (m.Assembly == "" || len(m.Columns) == 0) {
			t.Fatal("a manifest without an assembly or columns")
		}
	})
}
