package gcpexport_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestCharge_CurrencyOfPrices keeps prices in dollars apart from costs in another currency.
func TestCharge_CurrencyOfPrices(t *testing.T) {
	const prices = `"cost_type":"regular","cost_at_list":"10","currency_conversion_rate":0.9,"usage":{"amount":36000,"unit":"seconds","amount_in_pricing_units":10,"pricing_unit":"hour"},`
	for name, c := range map[string]struct {
		members string
		want    string // contracted and list unit price; currency, contracted and list unit price of prices
	}{
		"in the currency of the cost": {prices + `"cost":"9","price":{"effective_price":"0.9","list_price":"1"}`, "0.9 1 - - -"},
		"in dollars":                  {prices + `"cost":"9.0000001","price":{"effective_price":"1.00","list_price":"1.1"}`, "0.9 0.99 USD 1.00 1.1"},
		"for a thousand, in dollars":  {prices + `"cost":"9","price":{"effective_price":"1000","list_price":"1100","pricing_unit_quantity":"1000"}`, "0.9 0.99 USD 1 1.1"},
		"a refund, in dollars":        {strings.Replace(prices, `"amount_in_pricing_units":10`, `"amount_in_pricing_units":-10`, 1) + `"cost":"-9","price":{"effective_price":"1.00","list_price":"1.1"}`, "0.9 0.99 USD 1.00 1.1"},
		"a commitment, in dollars":    {prices + `"cost":"6.3","consumption_model":{"id":"m","description":"Compute Flexible CUDs 1 Year"},"price":{"effective_price":"0.7","effective_price_default":"1","list_price":"1.1"}`, "0.9 0.99 USD 1 1.1"},
		"free, so that none can tell": {prices + `"cost":"0","price":{"effective_price":"0","list_price":"1.1"}`, "- - - - -"},
		"neither":                     {prices + `"cost":"5","price":{"effective_price":"1","list_price":"1.1"}`, "- - - - -"},
		"no rate":                     {strings.Replace(prices, `"currency_conversion_rate":0.9,`, "", 1) + `"cost":"5","price":{"effective_price":"1","list_price":"1.1"}`, "1 1.1 - - -"},
		"dollars alone":               {strings.Replace(prices, `"currency_conversion_rate":0.9,`, `"currency":"USD","currency_conversion_rate":1,`, 1) + `"cost":"5","price":{"effective_price":"1","list_price":"1.1"}`, "1 1.1 - - -"},
	} {
		lines, rejects := linesOf(t, write(t, "f.json", record("N2 Core", c.members)))
		require.Empty(t, rejects, name)
		var got []string
		for _, column := range []string{"ContractedUnitPrice", "ListUnitPrice", "PricingCurrency", "PricingCurrencyContractedUnitPrice", "PricingCurrencyListUnitPrice"} {
			v, ok := lines[0][column]
			if !ok {
				v = "-"
			}
			got = append(got, v)
		}
		assert.Equal(t, c.want, strings.Join(got, " "), name)
		assert.Equal(t, "10", lines[0]["ListCost"], name)
	}
}

// TestCharge_Places brings the spellings of a place together.
func TestCharge_Places(t *testing.T) {
	for location, want := range map[string]string{
		`{"location":"US","country":"US"}`:                               "us United States (multi-region)",
		`{"location":"EUR4"}`:                                            "eur4 Netherlands and Finland (dual-region)",
		`{"location":"europe-west1","region":"","zone":""}`:              "europe-west1 Belgium",
		`{"location":"global","region":"global"}`:                        " ",
		`{"location":"global"}`:                                          " ",
		`{"location":"asia-east1","region":"asia-east1","country":"TW"}`: "asia-east1 Taiwan",
		`{}`: " ",
	} {
		lines, _ := linesOf(t, write(t, "f.json", record("Storage", `"cost":1,"location":`+location)))
		assert.Equal(t, want, lines[0]["RegionId"]+" "+lines[0]["RegionName"], location)
	}
}

// TestCharge_OffsetOfACorrection takes the used part of a fee away from all costs of its
// correction as well.
func TestCharge_OffsetOfACorrection(t *testing.T) {
	lines, _ := linesOf(t, write(t, "f.json", record("Commitment - dollar based v1: GCE for 1 year",
		`"cost":-5,"cost_type":"adjustment","cost_at_list":-5,"credits":[{"type":"FEE_UTILIZATION_OFFSET","amount":4}],"adjustment_info":{"id":"a","type":"USAGE_CORRECTION","mode":"COMPLETE_NEGATION"}`)))
	for _, column := range []string{"BilledCost", "EffectiveCost", "ListCost", "ContractedCost"} {
		assert.Equal(t, "-1", lines[0][column], column)
	}
	assert.Equal(t, "Adjustment", lines[0]["ChargeCategory"])
}

// TestCharge_WithoutNameOfService has the number of a service for its name.
func TestCharge_WithoutNameOfService(t *testing.T) {
	lines, _ := linesOf(t, write(t, "f.json", record("Core", `"cost":1,"service":{"id":"AAAA-1"}`)+"\n"+record("Core", `"cost":1,"service":{"id":"AAAA-1","description":""}`)))
	for _, l := range lines {
		assert.Equal(t, []string{"AAAA-1", "Other", "Other (Other)"}, []string{l["ServiceName"], l["ServiceCategory"], l["ServiceSubcategory"]})
	}
}

// TestLayouts_OfTableLibraries reads what a table library makes of times, months and
// missing values.
func TestLayouts_OfTableLibraries(t *testing.T) {
	for _, text := range []string{"1788602400", "1788602400000", "1788602400000000", "1788602400000000000", "1788602400.0", "1788602400.75", `"1.7886024E9"`, "1.7886024E+9"} {
		lines, rejects := linesOf(t, write(t, "f.json", record("Core", `"cost":1,"usage_start_time":`+text)))
		require.Empty(t, rejects)
		assert.Equal(t, "2026-09-05T10:00:00Z", lines[0]["ChargePeriodStart"], text)
	}
	for _, text := range []string{"17", `"1E3"`, "20260905", `"1,788,602,400x"`, "-1788602400"} {
		lines, _ := linesOf(t, write(t, "f.json", record("Core", `"cost":1,"usage_start_time":`+text)))
		assert.NotContains(t, lines[0]["ChargePeriodStart"], "T10:00:00Z", text)
	}
	csv := "billing_account_id,service.description,sku.id,sku.description,usage_start_time,usage_end_time,project.id,cost,currency,credits,invoice.month,cost_type\n" +
		"01A,Compute Engine,S,Core,2026-09-05 10:00:00+00:00,2026-09-05 11:00:00+00:00,,1.5,EUR,nan,202609.0,Regular\n" +
		"01A,Compute Engine,S,Core,2026-09-05 10:00:00+00:00,2026-09-05 11:00:00+00:00,p,1.5,EUR,\"[{'name': 'x', 'amount': -0.5, 'full_name': nan, 'id': 'x', 'type': 'PROMOTION'}]\",202609,TAX\n"
	lines, rejects := linesOf(t, write(t, "f.csv", csv))
	require.Empty(t, rejects)
	require.Len(t, lines, 2)
	assert.Equal(t, []string{"1.5", "Usage", "2026-09-01T00:00:00Z"}, []string{lines[0]["BilledCost"], lines[0]["ChargeCategory"], lines[0]["BillingPeriodStart"]})
	assert.Equal(t, []string{"1", "Tax"}, []string{lines[1]["BilledCost"], lines[1]["ChargeCategory"]})
	assert.True(t, json.Valid([]byte(lines[1]["x_credits"])), lines[1]["x_credits"])
}
