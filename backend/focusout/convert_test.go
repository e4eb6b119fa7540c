package focusout_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/focusout"
)

type line map[string]string

// convert turns one line into values by column; a null is left out.
func convert(t testing.TB, v focusout.Version, in line) (line, *focusout.Converter) {
	t.Helper()
	var names []string
	for name := range in {
		names = append(names, name)
	}
	slices.Sort(names)
	c := focusout.New(v, names)
	values := make([]*string, len(names))
	for i, name := range names {
		value := in[name]
		values[i] = &value
	}
	out := line{}
	row := c.Convert(values)
	for i, column := range c.Columns() {
		if row[i] != nil {
			out[column.Name] = *row[i]
		}
	}
	return out, c
}

func TestNew_ColumnsOfTheVersion(t *testing.T) {
	held := []string{"Tags", "BilledCost", "InvoiceId", "ServiceProviderName", "x_Note", "lineItem/UsageType", "line item usage-type", "ÄÖ", "Cost Center", "x_cost center", "invoiceid"}
	names := func(v focusout.Version) (all []string) {
		for _, c := range focusout.New(v, held).Columns() {
			all = append(all, c.Name)
		}
		return all
	}
	ten, twelve := names(focusout.Version10), names(focusout.Version12)
	for _, all := range [][]string{ten, twelve} {
		unique := map[string]bool{}
		for _, name := range all {
			assert.False(t, unique[strings.ToLower(name)], name)
			unique[strings.ToLower(name)] = true
		}
	}
	focus := func(all []string) []string {
		return all[:slices.IndexFunc(all, func(name string) bool { return strings.HasPrefix(name, "x_") })]
	}
	assert.Len(t, focus(ten), 43)
	assert.Len(t, focus(twelve), 57)
	assert.True(t, slices.IsSorted(focus(twelve)))
	assert.Equal(t, []string{"x_InvoiceId", "x_ServiceProviderName", "x_Note", "x_lineItem_UsageType", "x_line_item_usage_type", "x_Column", "x_Cost_Center", "x_cost_center_2", "x_invoiceid_2"}, ten[43:])
	assert.NotContains(t, twelve[57:], "x_InvoiceId")
}

func TestParseVersion(t *testing.T) {
	v, err := focusout.ParseVersion("1.0")
	require.NoError(t, err)
	assert.Equal(t, focusout.Version10, v)
	for _, text := range []string{"", "1.1", "1.3", "12"} {
		_, err := focusout.ParseVersion(text)
		assert.Equal(t, finops.CodeInvalid, finops.CodeOf(err), text)
	}
}

func TestConvert_SpellsValues(t *testing.T) {
	for name, c := range map[string]struct{ column, in, want string }{
		"plain":             {"BilledCost", "1.50", "1.50"},
		"exponent":          {"BilledCost", "1.5e-7", "0.00000015"},
		"money":             {"BilledCost", "($1,234.50)", "-1234.50"},
		"plus":              {"ListUnitPrice", "+3", "3"},
		"no number":         {"BilledCost", "free", ""},
		"a word for null":   {"BilledCost", "NULL", ""},
		"time of Azure":     {"ChargePeriodStart", "9/4/2026", "2026-09-04T00:00:00Z"},
		"time elsewhere":    {"ChargePeriodStart", "2026-09-04T02:00:00+02:00", "2026-09-04T00:00:00Z"},
		"inclusive end":     {"BillingPeriodEnd", "2026-09-30 23:59:59", "2026-10-01T00:00:00Z"},
		"start stays":       {"BillingPeriodStart", "2026-09-30T23:59:59Z", "2026-09-30T23:59:59Z"},
		"end in an hour":    {"ChargePeriodEnd", "2026-09-30T10:12:59Z", "2026-09-30T10:12:59Z"},
		"no time":           {"ChargePeriodEnd", "soon", ""},
		"case":              {"ChargeFrequency", "Usage-based", "Usage-Based"},
		"blanks":            {"ChargeFrequency", "one time", "One-Time"},
		"not listed":        {"ChargeFrequency", "Weekly", ""},
		"service":           {"ServiceCategory", "Quantum Toasters", "Other"},
		"category stays":    {"ChargeCategory", "Donation", "Donation"},
		"currency":          {"BillingCurrency", " usd", "USD"},
		"currency by words": {"BillingCurrency", "euro", "euro"},
		"tags":              {"Tags", `{"a": "b"}`, `{"a": "b"}`},
		"tags nested":       {"Tags", `{"a":{"b":[1]},"c":true}`, `{"a":"{\"b\":[1]}","c":true}`},
		"tags twice":        {"Tags", `{"a":1,"b":"<x>","a":2}`, `{"a":2,"b":"<x>"}`},
		"tags of nobody":    {"Tags", `{}`, `{}`},
		"tags in Python":    {"Tags", `{'a': None}`, ""},
		"tags as a list":    {"Tags", `[]`, ""},
		"two objects":       {"Tags", `{} {}`, ""},
		"text":              {"ChargeDescription", " =1+1 ", " =1+1 "},
		"custom":            {"x_Note", "0.10", "0.10"},
	} {
		t.Run(name, func(t *testing.T) {
			out, _ := convert(t, focusout.Version12, line{c.column: c.in})
			assert.Equal(t, c.want, out[c.column])
		})
	}
}

func TestConvert_Rules(t *testing.T) {
	usage := line{"ChargeCategory": "Usage", "PricingQuantity": "3", "PricingUnit": "Hours", "SkuId": "s", "SkuPriceId": "p", "PricingCategory": "Standard", "ConsumedQuantity": "3", "ConsumedUnit": "Hours"}
	for name, c := range map[string]struct {
		version  focusout.Version
		in, want line // want "" = null
	}{
		"product":                  {12, line{"ListUnitPrice": "0.1"}, line{"ListCost": "0.3"}},
		"a cost is never changed":  {12, line{"ListUnitPrice": "0.1", "ListCost": "9"}, line{"ListCost": "9"}},
		"no product of correction": {12, line{"ListUnitPrice": "0.1", "ChargeClass": "Correction"}, line{"ListCost": ""}},
		"nothing known":            {12, line{"BilledCost": "5"}, line{"ListCost": "", "ContractedCost": "", "EffectiveCost": ""}},
		"credit":                   {12, line{"ChargeCategory": "Credit", "BilledCost": "-5"}, line{"ListCost": "-5", "ContractedCost": "-5", "ConsumedQuantity": "", "ConsumedUnit": "", "PricingQuantity": "3"}},
		"tax":                      {12, line{"ChargeCategory": "Tax", "ListUnitPrice": "1"}, line{"SkuId": "", "SkuPriceId": "", "PricingQuantity": "", "PricingUnit": "", "PricingCategory": "", "ListUnitPrice": "", "ConsumedQuantity": ""}},
		"unitless credit":          {12, line{"ChargeCategory": "Credit", "PricingUnit": "NULL"}, line{"PricingQuantity": ""}},
		"unitless usage":           {12, line{"PricingUnit": "NULL"}, line{"PricingQuantity": "3"}},
		"unused":                   {12, line{"CommitmentDiscountId": "c", "CommitmentDiscountStatus": "unused"}, line{"CommitmentDiscountStatus": "Unused", "ConsumedQuantity": "", "ConsumedUnit": ""}},
		"unused in 1.0":            {10, line{"CommitmentDiscountId": "c", "CommitmentDiscountStatus": "Unused"}, line{"ConsumedQuantity": "3"}},
		"used":                     {12, line{"CommitmentDiscountId": "c", "PricingCategory": "Committed"}, line{"CommitmentDiscountStatus": "Used"}},
		"committed in 1.0":         {10, line{"ChargeCategory": "Purchase", "CommitmentDiscountId": "c"}, line{"PricingCategory": "Committed"}},
		"purchase in 1.2":          {12, line{"ChargeCategory": "Purchase", "CommitmentDiscountId": "c"}, line{"PricingCategory": "Standard"}},
		"no commitment":            {12, line{"CommitmentDiscountName": "n", "CommitmentDiscountQuantity": "1", "CommitmentDiscountUnit": "USD"}, line{"CommitmentDiscountName": "", "CommitmentDiscountQuantity": "", "CommitmentDiscountUnit": ""}},
		"commitment of a tax":      {12, line{"ChargeCategory": "Tax", "CommitmentDiscountId": "c", "CommitmentDiscountQuantity": "1", "CommitmentDiscountUnit": "USD"}, line{"CommitmentDiscountId": "c", "CommitmentDiscountQuantity": "", "CommitmentDiscountUnit": ""}},
		"names without ids":        {12, line{"SubAccountName": "n", "RegionName": "n", "ResourceName": "n", "ResourceType": "n"}, line{"SubAccountName": "", "RegionName": "", "ResourceName": "", "ResourceType": ""}},
		"subcategory":              {12, line{"ServiceCategory": "compute"}, line{"ServiceSubcategory": "Other (Compute)"}},
		"one currency":             {12, line{"BillingCurrency": "EUR", "PricingCurrency": "eur", "EffectiveCost": "2", "ListUnitPrice": "7"}, line{"PricingCurrencyEffectiveCost": "2", "PricingCurrencyListUnitPrice": "7"}},
		"two currencies":           {12, line{"BillingCurrency": "EUR", "PricingCurrency": "USD", "EffectiveCost": "2"}, line{"PricingCurrencyEffectiveCost": ""}},
		"provider of 1.3":          {12, line{"ServiceProviderName": "AWS"}, line{"ProviderName": "AWS", "x_ServiceProviderName": "AWS"}},
	} {
		t.Run(name, func(t *testing.T) {
			in := line{}
			for _, part := range []line{usage, c.in} {
				for k, v := range part {
					in[k] = v
				}
			}
			out, _ := convert(t, c.version, in)
			for column, want := range c.want {
				assert.Equal(t, want, out[column], column)
			}
		})
	}
}

func TestGaps_CountsLines(t *testing.T) {
	text := func(s string) *string { return &s }
	c := focusout.New(focusout.Version12, []string{"BilledCost", "ChargeFrequency", "ServiceName"})
	weekly := text("Weekly")
	for range 3 {
		c.Convert([]*string{text("1"), weekly, nil})
	}
	c.Convert([]*string{nil, text("Recurring"), text("S3")})
	gaps := focusout.Gaps([]*focusout.Converter{c})
	assert.Contains(t, gaps, focusout.Gap{Column: "BilledCost", Reason: focusout.ReasonUnknown, Lines: 1})
	assert.Contains(t, gaps, focusout.Gap{Column: "ChargeFrequency", Reason: focusout.ReasonUnreadable, Lines: 3})
	assert.Contains(t, gaps, focusout.Gap{Column: "ServiceName", Reason: focusout.ReasonUnknown, Lines: 3})
	assert.Contains(t, gaps, focusout.Gap{Column: "ListCost", Reason: focusout.ReasonUnknown, Lines: 4})
}

// FuzzConvert has any text in columns of every type: what comes out is of the type, and
// comes out of a second pass to 1.2 as it is.
func FuzzConvert(f *testing.F) {
	for _, seed := range []string{"", "1.50", "1e-7", "2026-09-30T23:59:59Z", "9/4/2026", `{"a":[1],"a":2}`, "usage", "NULL", "=1+1", "\xff"} {
		f.Add(seed)
	}
	columns := []string{"BilledCost", "ListUnitPrice", "PricingQuantity", "ChargePeriodEnd", "Tags", "ChargeCategory", "BillingCurrency", "CommitmentDiscountId", "x_Any"}
	f.Fuzz(func(t *testing.T, text string) {
		for _, v := range []focusout.Version{focusout.Version10, focusout.Version12} {
			in := line{}
			for _, name := range columns {
				in[name] = text
			}
			once, c := convert(t, v, in)
			for _, column := range c.Columns() {
				value, ok := once[column.Name]
				if !ok {
					continue
				}
				switch column.Kind {
				case finops.KindDecimal:
					a, err := finops.ParseAmount([]byte(value))
					require.NoError(t, err)
					require.Equal(t, value, a.String())
				case finops.KindTime:
					_, err := time.Parse("2006-01-02T15:04:05Z", value)
					require.NoError(t, err)
				case finops.KindJSON:
					var object map[string]any
					require.NoError(t, json.Unmarshal([]byte(value), &object))
				case finops.KindText:
				}
			}
			if v == focusout.Version12 { // 1.0 makes PricingCategory say what a second pass would take for the bill's word
				twice, _ := convert(t, v, once)
				require.Equal(t, once, twice)
			}
		}
	})
}
