package azureexport_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestConvert_PricesOfThePriceSheet distinguishes prices for "100 Hours" beside a quantity of single
// hours by the effective price, which is for one.
func TestConvert_PricesOfThePriceSheet(t *testing.T) {
	for name, c := range map[string]struct {
		record                                                      values
		unit, listed, contracted, cost, list, quantity, consumption string
	}{
		"for one":       {values{"UnitOfMeasure": "100 Hours"}, "Hours", "0.05", "0.04", "0.96", "1.2", "24", "24 Hours"},
		"for a hundred": {values{"UnitOfMeasure": "100 Hours", "UnitPrice": "4", "PayGPrice": "5"}, "Hours", "0.05", "0.04", "0.96", "1.2", "24", "24 Hours"},
		"a count of single ones": {
			values{"UnitOfMeasure": "10K", "Quantity": "30000", "EffectivePrice": "0.000005", "UnitPrice": "0.05", "PayGPrice": "0.06", "Cost": "0.15"},
			"Units", "0.000006", "0.000005", "0.15", "0.18", "30000", "30000 Units",
		},
		"a count of blocks": {
			values{"UnitOfMeasure": "10K", "Quantity": "3", "EffectivePrice": "0.05", "UnitPrice": "0.05", "PayGPrice": "0.06", "Cost": "0.15"},
			"10000 Units", "0.06", "0.05", "0.15", "0.18", "3", "30000 Units",
		},
		"either":                         {values{"UnitOfMeasure": "10000 Transactions"}, "10000 Transactions", "0.05", "0.04", "0.96", "1.2", "24", "∅ ∅"},
		"a free quantity":                {values{"UnitOfMeasure": "10 Hours", "EffectivePrice": "0.003", "Cost": "0.072"}, "Hours", "0.05", "0.04", "0.96", "1.2", "24", "24 Hours"},
		"a sheet of no power of ten":     {values{"UnitOfMeasure": "744 Hours", "UnitPrice": "29.76", "PayGPrice": "37.2"}, "Hours", "∅", "∅", "∅", "∅", "24", "24 Hours"},
		"a blended price near the limit": {values{"UnitOfMeasure": "100 Hours", "UnitPrice": "5", "PayGPrice": "6"}, "Hours", "0.06", "0.05", "1.2", "1.44", "24", "24 Hours"},
	} {
		s := readSheet(t, write(t, "f.csv", sheetText(eaHeader, []values{c.record})))
		require.Len(t, s.rows, 1, name)
		get := func(column string) string { return s.get(0, column) }
		assert.Equal(t, []string{c.unit, c.listed, c.contracted, c.cost, c.list, c.quantity, c.consumption},
			[]string{get("PricingUnit"), get("ListUnitPrice"), get("ContractedUnitPrice"), get("ContractedCost"), get("ListCost"), get("PricingQuantity"), get("ConsumedQuantity") + " " + get("ConsumedUnit")}, name)
	}
}

// TestRecognize_Languages reads the headers of portals in other languages, which print the
// English name in brackets.
func TestRecognize_Languages(t *testing.T) {
	for language, names := range map[string]map[string]string{
		"German":   {"Cost": "Kosten (Cost)", "Date": "Datum (Date)", "MeterCategory": "Kategorie der Verbrauchseinheit (MeterCategory)", "Quantity": "Menge (Quantity)", "ChargeType": "Gebührentyp (ChargeType)"},
		"French":   {"Cost": "Coût (Cost)", "MeterCategory": "Catégorie du compteur (MeterCategory)", "SubscriptionId": "Identificateur d’abonnement\u00a0(SubscriptionId)", "ResourceLocation": "Emplacement de la ressource (ResourceLocation)"},
		"Spanish":  {"Cost": "Costo (Cost)", "Date": "Fecha (Date)", "MeterCategory": "Categoría del medidor (MeterCategory)", "BillingCurrency": "Moneda de facturación (BillingCurrency)"},
		"Japanese": {"Cost": "コスト（Cost）", "Date": "日付（Date）", "MeterCategory": "測定カテゴリ（MeterCategory）", "Quantity": "数量（Quantity）", "Tags": "タグ（Tags）"},
		"Chinese":  {"Cost": "成本（Cost）", "MeterId": "计量 ID（Meter ID）", "UnitOfMeasure": "度量单位（Unit of Measure）"},
	} {
		s := readSheet(t, write(t, "f.csv", sheetOf(translated(eaHeader, names), plainEA, nil)))
		assert.Empty(t, s.rejects, language)
		assert.Equal(t, "azure-ea-actual", s.recognition.Format, language)

		data := append([]byte(translated(eaHeader, names)+"\n"), line(eaHeader, values{"Tags": `"a": "b"`, "UnitOfMeasure": "1 小时"})...)
		s = readSheet(t, write(t, "f.csv", data))
		require.Len(t, s.rows, 1, language)
		assert.Equal(t, []string{"0.96", "24", "EUR", "Virtual Machines", "eastus", `{"a":"b"}`, "Hours"},
			[]string{s.get(0, "BilledCost"), s.get(0, "PricingQuantity"), s.get(0, "BillingCurrency"), s.get(0, "ServiceName"), s.get(0, "RegionId"), s.get(0, "Tags"), s.get(0, "PricingUnit")}, language)
	}
}

// translated replaces names of a header.
func translated(header string, names map[string]string) string {
	fields := strings.Split(header, ",")
	for i, name := range fields {
		if other, ok := names[name]; ok {
			fields[i] = other
		}
	}
	return strings.Join(fields, ",")
}

// TestConvert_Currencies never takes a price in the pricing currency for one in the billing
// currency.
func TestConvert_Currencies(t *testing.T) {
	without := func(names ...string) string {
		var left []string
		for _, name := range strings.Split(mcaHeader, ",") {
			if !slices.Contains(names, name) {
				left = append(left, name)
			}
		}
		return strings.Join(left, ",")
	}
	for name, c := range map[string]struct {
		header string
		record values
		want   string // PricingCurrency, its effective cost and contracted unit price; contracted unit price and cost, list unit price and cost
	}{
		"dollars billed in euros":     {mcaHeader, nil, "USD 4.8 0.2 0.18 4.32 0.225 5.4"},
		"one currency":                {mcaHeader, values{"pricingCurrency": "EUR", "exchangeRatePricingToBilling": "1", "costInPricingCurrency": "4.32"}, "EUR 4.32 0.2 0.2 4.8 0.25 5.4"},
		"one currency, one cost":      {mcaHeader, values{"pricingCurrency": "eur", "exchangeRatePricingToBilling": "", "costInPricingCurrency": ""}, "eur 4.32 0.2 0.2 4.8 0.25 5.4"},
		"no rate":                     {mcaHeader, values{"exchangeRatePricingToBilling": ""}, "USD 4.8 0.2 ∅ ∅ ∅ 5.4"},
		"no column of rates":          {without("exchangeRatePricingToBilling", "exchangeRateDate"), nil, "USD 4.8 0.2 ∅ ∅ ∅ 5.4"},
		"no rate and no cost at list": {without("exchangeRatePricingToBilling", "paygCostInBillingCurrency"), nil, "USD 4.8 0.2 ∅ ∅ ∅ ∅"},
		"no pricing currency":         {mcaHeader, values{"pricingCurrency": ""}, "∅ 4.8 ∅ 0.18 4.32 0.225 5.4"},
		"no column of it":             {without("pricingCurrency"), nil, "∅ 4.8 ∅ 0.18 4.32 0.225 5.4"},
	} {
		s := readSheet(t, write(t, "f.csv", sheetOf(c.header, plainMCA, []values{c.record})))
		require.Len(t, s.rows, 1, name)
		var got []string
		for _, column := range []string{"PricingCurrency", "PricingCurrencyEffectiveCost", "PricingCurrencyContractedUnitPrice", "ContractedUnitPrice", "ContractedCost", "ListUnitPrice", "ListCost"} {
			got = append(got, s.get(0, column))
		}
		assert.Equal(t, c.want, strings.Join(got, " "), name)
		assert.Equal(t, "EUR 4.32 4.32", s.get(0, "BillingCurrency")+" "+s.get(0, "BilledCost")+" "+s.get(0, "EffectiveCost"), name)
	}
}
