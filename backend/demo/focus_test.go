package demo_test

import (
	"bytes"
	"encoding/json"
	"regexp"
	"strings"
	"testing"
	"time"

	"cloud-intelligence/backend/demo"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var smallClient []line

// defaultLines returns the lines of one small client, parsed once for all tests of this file.
func defaultLines(tb testing.TB) []line {
	tb.Helper()
	if smallClient == nil {
		_, smallClient = parse(tb, bytes.NewReader(generate(tb, demo.Options{Lines: 42_000})))
	}
	return smallClient
}

func TestCharges_CostIsPriceTimesQuantity(t *testing.T) {
	for _, l := range defaultLines(t) {
		billed, effective := l.amount(t, "BilledCost"), l.amount(t, "EffectiveCost")
		if l["ListUnitPrice"] == "" {
			assert.Contains(t, []string{"Tax", "Credit", "Usage", "Purchase"}, l["ChargeCategory"])
			if l["ChargeCategory"] == "Usage" || l["ChargeCategory"] == "Purchase" {
				assert.Equal(t, "Correction", l["ChargeClass"], "only corrections of fleet charges have no price")
			}
			assert.True(t, billed.Equal(effective))
			continue
		}
		q := l.amount(t, "PricingQuantity")
		require.True(t, l.amount(t, "ListUnitPrice").Mul(q).Equal(l.amount(t, "ListCost")), "list cost of %v", l)
		contracted := l.amount(t, "ContractedUnitPrice").Mul(q)
		require.True(t, contracted.Equal(l.amount(t, "ContractedCost")), "contracted cost of %v", l)
		switch {
		case l["CommitmentDiscountId"] != "":
		case l["PricingCategory"] == "Dynamic":
			require.True(t, effective.Equal(billed) && effective.LessThan(contracted), "spot is cheaper: %v", l)
		default:
			require.True(t, billed.Equal(contracted) && effective.Equal(contracted), "on demand: %v", l)
		}
	}
}

func TestCharges_AmountsHaveTheProvidersDecimals(t *testing.T) {
	most := map[string]int32{}
	for _, l := range defaultLines(t) {
		for _, column := range []string{"BilledCost", "EffectiveCost", "ListCost", "ContractedCost"} {
			most[l["ProviderName"]] = max(most[l["ProviderName"]], -l.amount(t, column).Exponent())
		}
	}
	assert.Equal(t, map[string]int32{"AWS": 10, "Microsoft": 12, "Google Cloud": 6}, most)
}

func TestCharges_RequiredColumnsAreFilled(t *testing.T) {
	lines := defaultLines(t)
	services, subs := map[string]bool{}, map[string]bool{}
	for _, l := range lines {
		for _, column := range strings.Fields("ProviderName PublisherName InvoiceIssuerName BillingAccountId BillingAccountType SubAccountId " +
			"BillingPeriodStart BillingPeriodEnd ChargePeriodStart ChargePeriodEnd ChargeCategory ChargeFrequency BillingCurrency " +
			"ServiceName ServiceCategory ServiceSubcategory") {
			require.NotEmpty(t, l[column], "%s of %v", column, l)
		}
		if l["SkuPriceDetails"] != "" {
			require.True(t, json.Valid([]byte(l["SkuPriceDetails"])))
		}
		start, err := time.Parse(time.RFC3339, l["ChargePeriodStart"])
		require.NoError(t, err)
		end, err := time.Parse(time.RFC3339, l["ChargePeriodEnd"])
		require.NoError(t, err)
		require.True(t, start.Before(end))
		if l["ChargeClass"] == "" {
			require.GreaterOrEqual(t, l["ChargePeriodStart"], l["BillingPeriodStart"])
			require.LessOrEqual(t, l["ChargePeriodEnd"], l["BillingPeriodEnd"])
		}
		require.Equal(t, l["BillingPeriodStart"] == "2026-11-01T00:00:00Z", l["InvoiceId"] == "", "the open month has no invoice")
		services[l["ProviderName"]+l["ServiceName"]] = true
		subs[l["SubAccountId"]] = true
	}
	assert.GreaterOrEqual(t, len(services), 40)
	assert.Len(t, subs, 16)
}

func TestCharges_SkuPriceIDMeansOnePrice(t *testing.T) {
	price := map[string]string{}
	for _, l := range defaultLines(t) {
		if l["ChargeCategory"] != "Usage" || l["SkuPriceId"] == "" || l["CommitmentDiscountStatus"] == "Unused" {
			continue
		}
		key := l["ProviderName"] + l["SkuPriceId"]
		if known, ok := price[key]; ok {
			require.Equal(t, known, l["ListUnitPrice"], "%s %s", l["SkuMeter"], l["RegionId"])
		}
		price[key] = l["ListUnitPrice"]
	}
	assert.Greater(t, len(price), 50)
}

func TestCommitments_FeeIsUsedPlusUnused(t *testing.T) {
	type key struct{ id, month string }
	fee, used, unused := map[key]decimal.Decimal{}, map[key]decimal.Decimal{}, map[key]decimal.Decimal{}
	ids := map[string]bool{}
	for _, l := range defaultLines(t) {
		id := l["CommitmentDiscountId"]
		if id == "" {
			require.Empty(t, l["CommitmentDiscountStatus"])
			continue
		}
		ids[id] = true
		k := key{id, l["BillingPeriodStart"]}
		switch {
		case l["ChargeCategory"] == "Purchase":
			require.Equal(t, id, l["ResourceId"])
			require.NotEqual(t, "Committed", l["PricingCategory"])
			require.True(t, l.amount(t, "EffectiveCost").IsZero())
			fee[k] = fee[k].Add(l.amount(t, "BilledCost"))
			continue
		case l["CommitmentDiscountStatus"] == "Used":
			require.NotEqual(t, id, l["ResourceId"])
			used[k] = used[k].Add(l.amount(t, "EffectiveCost"))
		default:
			require.Equal(t, "Unused", l["CommitmentDiscountStatus"])
			require.Equal(t, id, l["ResourceId"])
			require.Empty(t, l["ConsumedQuantity"])
			unused[k] = unused[k].Add(l.amount(t, "EffectiveCost"))
		}
		require.Equal(t, "Usage", l["ChargeCategory"])
		require.Equal(t, "Committed", l["PricingCategory"])
		require.True(t, l.amount(t, "BilledCost").IsZero())
		require.True(t, l.amount(t, "CommitmentDiscountQuantity").IsPositive())
	}
	assert.Len(t, ids, 6)
	wasted := decimal.Zero
	for k, f := range fee {
		if k.month == "2026-11-01T00:00:00Z" {
			continue // the fee of the open month is for days to come
		}
		require.True(t, f.Equal(used[k].Add(unused[k])), "%v: fee %s, used %s, unused %s", k, f, used[k], unused[k])
		wasted = wasted.Add(unused[k])
	}
	assert.True(t, wasted.GreaterThan(decimal.NewFromInt(100)), "some commitment is unused: %s", wasted)
}

func TestCharges_SpecialLinesArePresent(t *testing.T) {
	seen := map[string]int{}
	for _, l := range defaultLines(t) {
		p := l["ProviderName"]
		seen["currency "+p+" "+l["BillingCurrency"]]++
		seen[l["ChargeCategory"]+" "+p]++
		switch {
		case l["ChargeClass"] == "Correction":
			seen["Correction "+p]++
			require.True(t, l.amount(t, "BilledCost").IsNegative())
			require.Less(t, l["ChargePeriodStart"], l["BillingPeriodStart"])
			require.LessOrEqual(t, l["ChargePeriodEnd"], l["BillingPeriodStart"])
		case l["ChargeCategory"] == "Credit":
			require.True(t, l.amount(t, "BilledCost").IsNegative())
		default:
			require.False(t, l.amount(t, "BilledCost").IsNegative())
		}
		if p == "AWS" && l["PublisherName"] != "AWS" {
			seen["marketplace"]++
		}
		if strings.Contains(l["ServiceName"], "Support") {
			seen["support "+p]++
		}
	}
	for _, p := range []string{"AWS", "Microsoft", "Google Cloud"} {
		for _, kind := range []string{"Usage", "Purchase", "Tax", "Credit", "Correction", "support"} {
			assert.Positive(t, seen[kind+" "+p], "%s of %s", kind, p)
		}
		assert.Positive(t, seen["currency "+p+" USD"])
	}
	assert.Equal(t, 13, seen["marketplace"])
	assert.Positive(t, seen["currency Microsoft EUR"])
	assert.Zero(t, seen["currency AWS EUR"]+seen["currency Google Cloud EUR"])
}

var idForms = map[string]*regexp.Regexp{
	"AWS": regexp.MustCompile(`^arn:aws:[a-z0-9-]+:[a-z0-9-]*:(\d{12})?:[A-Za-z0-9/_.:-]+$`),
	"Microsoft": regexp.MustCompile(`^/subscriptions/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}` +
		`/resourceGroups/rg-[a-z-]+/providers/Microsoft\.[A-Za-z]+(/[A-Za-z0-9_-]+)+$|^/providers/Microsoft\.(Capacity/reservationOrders|BillingBenefits/savingsPlanOrders)/[0-9a-f-]{36}$`),
	"Google Cloud": regexp.MustCompile(`^//[a-z]+\.googleapis\.com/projects(/[A-Za-z0-9_-]+)+$`),
}

func TestResources_HaveOneWellFormedIDEach(t *testing.T) {
	home := map[string]string{}
	for _, l := range defaultLines(t) {
		id := l["ResourceId"]
		if id == "" {
			continue
		}
		require.Regexp(t, idForms[l["ProviderName"]], id)
		place := strings.Join([]string{l["SubAccountId"], l["ResourceName"], l["ResourceType"], l["RegionId"], l["AvailabilityZone"], l["Tags"]}, "|")
		if known, ok := home[id]; ok {
			require.Equal(t, known, place, id)
		}
		home[id] = place
	}
	assert.Greater(t, len(home), 42_000/400)
	assert.Less(t, len(home), 42_000/150)
}

func TestCharges_AzureLagsTwoDays(t *testing.T) {
	last := map[string]string{}
	for _, l := range defaultLines(t) {
		if l["ChargeCategory"] == "Usage" && !monthLong(l) {
			last[l["ProviderName"]] = max(last[l["ProviderName"]], l["ChargePeriodStart"][:10])
		}
	}
	assert.Equal(t, map[string]string{
		"AWS": "2026-11-20", "Google Cloud": "2026-11-20", "Microsoft": "2026-11-18",
	}, last)
}

func TestStories_AreInTheBill(t *testing.T) {
	sum := map[string]decimal.Decimal{}
	for _, l := range defaultLines(t) {
		if l["ChargeCategory"] != "Usage" || l["ChargeClass"] != "" {
			continue
		}
		day := l["ChargePeriodStart"][:10]
		kind, _, _ := strings.Cut(l["ResourceName"], "-")
		for _, k := range []string{l["SkuMeter"] + " " + day, kind + " " + l["ServiceName"] + " " + l["BillingPeriodStart"][:7]} {
			sum[k] = sum[k].Add(l.amount(t, "EffectiveCost"))
		}
	}
	moreThan := func(a, b string, factor int64) {
		t.Helper()
		require.True(t, sum[a].IsPositive() && sum[b].IsPositive(), "%s and %s are billed", a, b)
		assert.True(t, sum[a].GreaterThan(sum[b].Mul(decimal.NewFromInt(factor))), "%s (%s) against %s (%s)", a, sum[a], b, sum[b])
	}
	moreThan("Analysis 2026-11-12", "Analysis 2026-11-10", 8)
	moreThan("NAT gateway data 2026-08-18", "NAT gateway data 2026-08-20", 4)
	for key, billed := range map[string]bool{
		"orders Amazon RDS 2026-01": true, "orders Amazon RDS 2026-08": false,
		"orders Cloud SQL 2026-01": false, "orders Cloud SQL 2026-08": true,
		"orders Compute Engine 2026-01": false, "orders Compute Engine 2026-08": true,
	} {
		assert.Equal(t, billed, sum[key].IsPositive(), key)
	}
}
