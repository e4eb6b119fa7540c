package awscur_test

import (
	"bufio"
	"encoding/base32"
	"encoding/csv"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/source"
	"cloud-intelligence/backend/source/parquetfile"
)

// bigColumns are the columns of a legacy report with hourly lines and resource ids, as
// AWS delivers it to a customer with reservations and Savings Plans.
var bigColumns = func() (all []string) {
	for _, group := range []struct{ category, names string }{
		{"identity", "LineItemId TimeInterval"},
		{"bill", "InvoiceId InvoicingEntity BillingEntity BillType PayerAccountId BillingPeriodStartDate BillingPeriodEndDate"},
		{"lineItem", "UsageAccountId LineItemType UsageStartDate UsageEndDate ProductCode UsageType Operation AvailabilityZone ResourceId UsageAmount NormalizationFactor NormalizedUsageAmount CurrencyCode UnblendedRate UnblendedCost BlendedRate BlendedCost LineItemDescription TaxType LegalEntity"},
		{"product", "ProductName alarmType availability availabilityZone capacitystatus classicnetworkingsupport clockSpeed currentGeneration databaseEngine dedicatedEbsThroughput deploymentOption durability ecu endpointType engineCode enhancedNetworkingSupported feeDescription fromLocation fromLocationType fromRegionCode group groupDescription instanceFamily instanceType instanceTypeFamily intelAvxAvailable intelTurboAvailable licenseModel location locationType marketoption maxIopsvolume maxThroughputvolume maxVolumeSize memory networkPerformance normalizationSizeFactor operatingSystem operation physicalProcessor preInstalledSw processorArchitecture processorFeatures productFamily provisioned region regionCode servicecode servicename sku storage storageClass storageMedia tenancy toLocation toLocationType toRegionCode transferType usagetype vcpu version volumeApiName volumeType vpcnetworkingsupport"},
		{"pricing", "LeaseContractLength OfferingClass PurchaseOption RateCode RateId currency publicOnDemandCost publicOnDemandRate term unit"},
		{"reservation", "AmortizedUpfrontCostForUsage AmortizedUpfrontFeeForBillingPeriod EffectiveCost EndTime ModificationStatus NormalizedUnitsPerReservation NumberOfReservations RecurringFeeForUsage ReservationARN StartTime SubscriptionId TotalReservedNormalizedUnits TotalReservedUnits UnitsPerReservation UnusedAmortizedUpfrontFeeForBillingPeriod UnusedNormalizedUnitQuantity UnusedQuantity UnusedRecurringFee UpfrontValue"},
		{"savingsPlan", "TotalCommitmentToDate SavingsPlanARN SavingsPlanRate UsedCommitment SavingsPlanEffectiveCost AmortizedUpfrontCommitmentForBillingPeriod RecurringCommitmentForBillingPeriod StartTime EndTime OfferingType PaymentOption PurchaseTerm Region InstanceTypeFamily"},
		{"resourceTags", "aws:createdBy user:Name user:environment user:team user:cost-center"},
	} {
		for _, name := range strings.Fields(group.names) {
			all = append(all, group.category+"/"+name)
		}
	}
	return all
}()

// athenaName is the name that a column has in Parquet: line_item_usage_type.
func athenaName(name string) string {
	var b strings.Builder
	for i, r := range strings.NewReplacer("/", "_", ":", "_", "-", "_", " ", "_").Replace(name) {
		if r >= 'A' && r <= 'Z' {
			if i > 0 && !strings.HasSuffix(b.String(), "_") {
				b.WriteByte('_')
			}
			r += 'a' - 'A'
		}
		b.WriteRune(r)
	}
	return b.String()
}

// meter is a thing that is billed by the hour.
type meter struct {
	code, name, usage, family, resource, unit, rate string
	more                                            []string // product columns
}

var meters = []meter{
	{"AmazonEC2", "Amazon Elastic Compute Cloud", "EUW1-BoxUsage:m5.large", "Compute Instance", "i-%017x", "Hrs", "0.1070000000", []string{"instanceType", "m5.large", "vcpu", "2", "memory", "8 GiB", "operatingSystem", "Linux", "instanceFamily", "General purpose", "tenancy", "Shared", "physicalProcessor", "Intel Xeon Platinum 8175", "networkPerformance", "Up to 10 Gigabit", "licenseModel", "No License required", "preInstalledSw", "NA", "processorArchitecture", "64-bit", "currentGeneration", "Yes", "clockSpeed", "3.1 GHz", "storage", "EBS only"}},
	{"AmazonEC2", "Amazon Elastic Compute Cloud", "EUW1-BoxUsage:c6i.2xlarge", "Compute Instance", "i-%017x", "Hrs", "0.3648000000", []string{"instanceType", "c6i.2xlarge", "vcpu", "8", "memory", "16 GiB", "operatingSystem", "Linux", "instanceFamily", "Compute optimized", "tenancy", "Shared", "licenseModel", "No License required"}},
	{"AmazonEC2", "Amazon Elastic Compute Cloud", "EUW1-EBS:VolumeUsage.gp3", "Storage", "vol-%017x", "GB-Mo", "0.0880000000", []string{"volumeType", "General Purpose", "volumeApiName", "gp3", "storageMedia", "SSD-backed", "maxVolumeSize", "16 TiB"}},
	{"AmazonEC2", "Amazon Elastic Compute Cloud", "EUW1-DataTransfer-Regional-Bytes", "Data Transfer", "i-%017x", "GB", "0.0100000000", []string{"transferType", "IntraRegion", "fromLocation", "EU (Ireland)", "toLocation", "EU (Ireland)"}},
	{"AmazonS3", "Amazon Simple Storage Service", "EUW1-Requests-Tier1", "API Request", "bucket-%x", "Requests", "0.0000050000", []string{"group", "S3-API-Tier1", "groupDescription", "PUT/COPY/POST or LIST requests"}},
	{"AWSLambda", "AWS Lambda", "EUW1-Lambda-GB-Second", "Serverless", "arn:aws:lambda:eu-west-1:111122223333:function:f-%x", "Lambda-GB-Second", "0.0000166667", nil},
	{"AmazonRDS", "Amazon Relational Database Service", "EUW1-InstanceUsage:db.r6g.large", "Database Instance", "arn:aws:rds:eu-west-1:111122223333:db:d-%x", "Hrs", "0.2660000000", []string{"instanceType", "db.r6g.large", "vcpu", "2", "memory", "16 GiB", "databaseEngine", "PostgreSQL", "deploymentOption", "Single-AZ"}},
	{"AmazonCloudWatch", "AmazonCloudWatch", "EUW1-CW:Requests", "API Request", "", "Requests", "0.0000100000", nil},
}

// bigLines makes the lines of an imagined report, the same for every call: 3,000
// resources in twelve accounts, hour by hour, a quarter of it under Savings Plans or
// reservations.
func bigLines(rows int, line func(fields []string) error) error {
	at := map[string]int{}
	for i, name := range bigColumns {
		at[name] = i
	}
	rng := rand.New(rand.NewPCG(7, 7))
	fields := make([]string, len(bigColumns))
	set := func(pairs ...string) {
		for i := 0; i < len(pairs); i += 2 {
			fields[at[pairs[i]]] = pairs[i+1]
		}
	}
	first := time.Date(2026, 5, 1, 0, 0, 0, 0, time.UTC)
	id := make([]byte, 32)
	for n := range rows {
		clear(fields)
		resource := n % 3000
		m := meters[resource%len(meters)]
		start := first.Add(time.Duration(n/3000%744) * time.Hour)
		const iso = "2006-01-02T15:04:05Z"
		for i := range id {
			id[i] = byte(rng.Uint32())
		}
		amount, cost := "1.0000000000", m.rate
		if m.unit != "Hrs" {
			coef := rng.Int64N(5_000_000_000)
			quantity := finops.NewAmount(coef, 10)
			rate, err := finops.ParseAmount([]byte(m.rate))
			if err != nil {
				return fmt.Errorf("read rate: %w", err)
			}
			product, _ := quantity.Mul(rate)
			amount, cost = quantity.String(), tenDecimals(product.String())
		}
		set("identity/LineItemId", strings.ToLower(base32.StdEncoding.EncodeToString(id))[:52], "identity/TimeInterval", start.Format(iso)+"/"+start.Add(time.Hour).Format(iso),
			"bill/InvoicingEntity", "Amazon Web Services EMEA SARL", "bill/BillingEntity", "AWS", "bill/BillType", "Anniversary", "bill/PayerAccountId", "011254002932",
			"bill/BillingPeriodStartDate", "2026-05-01T00:00:00Z", "bill/BillingPeriodEndDate", "2026-06-01T00:00:00Z",
			"lineItem/UsageAccountId", fmt.Sprintf("%012d", 111122223333+resource%12), "lineItem/LineItemType", "Usage", "lineItem/UsageStartDate", start.Format(iso), "lineItem/UsageEndDate", start.Add(time.Hour).Format(iso),
			"lineItem/ProductCode", m.code, "lineItem/UsageType", m.usage, "lineItem/Operation", "RunInstances", "lineItem/UsageAmount", amount, "lineItem/CurrencyCode", "USD",
			"lineItem/UnblendedRate", m.rate, "lineItem/UnblendedCost", cost, "lineItem/BlendedRate", m.rate, "lineItem/BlendedCost", cost,
			"lineItem/LineItemDescription", fmt.Sprintf("$%s per %s of %s", m.rate[:6], m.unit, m.usage), "lineItem/LegalEntity", "Amazon Web Services EMEA SARL",
			"product/ProductName", m.name, "product/productFamily", m.family, "product/location", "EU (Ireland)", "product/locationType", "AWS Region", "product/region", "eu-west-1", "product/regionCode", "eu-west-1",
			"product/servicecode", m.code, "product/servicename", m.name, "product/sku", fmt.Sprintf("SKU%09d", resource%len(meters)), "product/usagetype", m.usage, "product/operation", "RunInstances",
			"pricing/RateCode", fmt.Sprintf("SKU%09d.JRTCKXETXF.6YS6EN2CT7", resource%len(meters)), "pricing/RateId", fmt.Sprint(4000+resource%len(meters)), "pricing/currency", "USD", "pricing/publicOnDemandCost", cost,
			"pricing/publicOnDemandRate", m.rate, "pricing/term", "OnDemand", "pricing/unit", m.unit,
			"resourceTags/user:environment", []string{"prod", "test", "dev", ""}[resource%4], "resourceTags/user:team", fmt.Sprintf("team-%d", resource%23), "resourceTags/user:Name", fmt.Sprintf("server-%d", resource))
		if m.resource != "" {
			set("lineItem/ResourceId", fmt.Sprintf(m.resource, resource*7919))
		}
		for i := 0; i < len(m.more); i += 2 {
			set("product/"+m.more[i], m.more[i+1])
		}
		if m.unit == "Hrs" {
			set("lineItem/AvailabilityZone", "eu-west-1"+string(rune('a'+resource%3)), "lineItem/NormalizationFactor", "4", "lineItem/NormalizedUsageAmount", "4")
		}
		switch n % 16 {
		case 0:
			set("lineItem/LineItemType", "SavingsPlanCoveredUsage", "savingsPlan/SavingsPlanARN", "arn:aws:savingsplans::011254002932:savingsplan/p-1", "savingsPlan/SavingsPlanRate", "0.0700000000",
				"savingsPlan/SavingsPlanEffectiveCost", "0.0700000000", "savingsPlan/OfferingType", "ComputeSavingsPlans", "savingsPlan/PaymentOption", "No Upfront")
		case 1:
			set("lineItem/LineItemType", "SavingsPlanNegation", "savingsPlan/SavingsPlanARN", "arn:aws:savingsplans::011254002932:savingsplan/p-1", "lineItem/UnblendedCost", "-"+cost, "lineItem/ResourceId", "", "lineItem/LineItemDescription", "SavingsPlanNegation used by AccountId : 111122223333")
		case 6:
			set("lineItem/LineItemType", "DiscountedUsage", "lineItem/UnblendedCost", "0.0000000000", "reservation/ReservationARN", "arn:aws:ec2:eu-west-1:011254002932:reserved-instances/r-1", "reservation/EffectiveCost", "0.0612000000",
				"reservation/RecurringFeeForUsage", "0.0612000000", "reservation/AmortizedUpfrontCostForUsage", "0.0", "pricing/LeaseContractLength", "1yr", "pricing/OfferingClass", "standard", "pricing/PurchaseOption", "No Upfront", "pricing/term", "Reserved")
		}
		if err := line(fields); err != nil {
			return err
		}
	}
	return nil
}

// tenDecimals is how AWS prints costs.
func tenDecimals(text string) string {
	whole, decimals, _ := strings.Cut(text, ".")
	return whole + "." + (decimals + "0000000000")[:10]
}

// bigCSV writes an imagined report of many lines.
func bigCSV(t testing.TB, rows int) source.File {
	t.Helper()
	return saved(t, "big.csv", func(out io.Writer) error {
		w := csv.NewWriter(out)
		if err := w.Write(bigColumns); err != nil {
			return fmt.Errorf("write header: %w", err)
		}
		if err := bigLines(rows, w.Write); err != nil {
			return err
		}
		w.Flush()
		return w.Error()
	})
}

// bigParquet writes the same lines under the names of Athena.
func bigParquet(t testing.TB, rows int) source.File {
	t.Helper()
	return saved(t, "big.parquet", func(out io.Writer) error {
		specs := make([]parquetfile.Spec, len(bigColumns))
		for i, name := range bigColumns {
			specs[i] = parquetfile.NewFit(athenaName(name), finops.KindText).Spec()
		}
		w, err := parquetfile.NewWriter(out, specs, "test")
		if err != nil {
			return fmt.Errorf("begin file: %w", err)
		}
		texts := make([]*string, len(bigColumns))
		err = bigLines(rows, func(fields []string) error {
			for i, text := range fields { // a pointer that stays is a value that stays
				switch {
				case text == "":
					texts[i] = nil
				case texts[i] == nil || *texts[i] != text:
					texts[i] = &text
				}
			}
			return w.Write(texts)
		})
		if err != nil {
			return err
		}
		return w.Close()
	})
}

func saved(t testing.TB, name string, fill func(io.Writer) error) source.File {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	f, err := os.Create(path)
	require.NoError(t, err)
	b := bufio.NewWriterSize(f, 1<<20)
	require.NoError(t, fill(b))
	require.NoError(t, b.Flush())
	info, err := f.Stat()
	require.NoError(t, err)
	require.NoError(t, f.Close())
	return source.File{Path: path, Size: info.Size()}
}
