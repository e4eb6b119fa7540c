package mappedfile_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"cloud-intelligence/backend/source/mappedfile"
)

// suggest makes a suggestion for a table that is written with a separator.
func suggest(header string, rows ...string) mappedfile.Suggestion {
	var sample [][]*string
	for _, row := range rows {
		var cells []*string
		for cell := range strings.SplitSeq(row, "|") {
			if cell == "" {
				cells = append(cells, nil)
				continue
			}
			cells = append(cells, &cell)
		}
		sample = append(sample, cells)
	}
	return mappedfile.Suggest("x", strings.Split(header, "|"), sample)
}

func columns(s mappedfile.Suggestion) map[string]string {
	all := map[string]string{}
	for focus, c := range s.Mapping.Columns {
		if all[focus] = c.Column; c.Text != "" {
			all[focus] = "=" + c.Text
		}
	}
	return all
}

func TestSuggest(t *testing.T) {
	for name, c := range map[string]struct {
		header   string
		rows     []string
		want     map[string]string
		dates    mappedfile.Dates
		decimal  mappedfile.Decimal
		question string
	}{
		"Plain": {
			"Date|Service|Account ID|Region|Cost|Currency|Vendor|Tags", []string{`2026-10-01|EC2|1234|eu|1.50|USD|AWS|{"a":"b"}`},
			map[string]string{"ChargePeriodStart": "Date", "ServiceName": "Service", "SubAccountId": "Account ID", "RegionId": "Region", "BilledCost": "Cost", "BillingCurrency": "Currency", "ProviderName": "Vendor", "Tags": "Tags"},
			"", mappedfile.DecimalPoint, "",
		},
		"SnakeCaseOfATool": {
			"usage_start_date|product_code|linked_account_id|unblended_cost|currency_code|resource_id|usage_quantity|usage_unit|description", []string{"2026-10-01 05:00:00|S3|1|0.0000012|USD|b|5|GB|x"},
			map[string]string{"ChargePeriodStart": "usage_start_date", "ServiceName": "product_code", "SubAccountId": "linked_account_id", "BilledCost": "unblended_cost", "BillingCurrency": "currency_code",
				"ResourceId": "resource_id", "ConsumedQuantity": "usage_quantity", "ConsumedUnit": "usage_unit", "ChargeDescription": "description"},
			"", mappedfile.DecimalPoint, "",
		},
		"GermanInvoice": {
			"Datum|Produkt|Betrag (EUR)|Menge", []string{"25.10.2026|VM|1.234,50|1", "26.10.2026|VM|3|2"},
			map[string]string{"ChargePeriodStart": "Datum", "ServiceName": "Produkt", "BilledCost": "Betrag (EUR)", "BillingCurrency": "=EUR", "ConsumedQuantity": "Menge"},
			mappedfile.DatesDayFirst, mappedfile.DecimalComma, "",
		},
		"MonthOfUS": {
			"Billing Month|Product|Total Cost", []string{"Oct 2026|x|$1,200.00", "Nov 2026|x|$3.00"},
			map[string]string{"BillingPeriodStart": "Billing Month", "ServiceName": "Product", "BilledCost": "Total Cost"}, "", mappedfile.DecimalPoint, "",
		},
		"CurrencyInTheValues": {
			"day|price paid", []string{"2026-10-01|3.50 EUR", "2026-10-02|4.50 EUR"},
			map[string]string{"ChargePeriodStart": "day", "BilledCost": "price paid", "BillingCurrency": "=EUR"}, "", mappedfile.DecimalPoint, "",
		},
		"DayOrMonth": {
			"Date|Cost", []string{"03/04/2026|1.5", "05/06/2026|2"},
			map[string]string{"ChargePeriodStart": "Date", "BilledCost": "Cost"}, "", mappedfile.DecimalPoint, `The date "03/04/2026" can be read with the day or with the month first.`,
		},
		"DecidedByOneLine": {
			"Date|Cost", []string{"03/04/2026|1.5", "05/13/2026|2"},
			map[string]string{"ChargePeriodStart": "Date", "BilledCost": "Cost"}, mappedfile.DatesMonthFirst, mappedfile.DecimalPoint, "",
		},
		"ThousandsOrDecimals": {
			"Date|Cost", []string{"2026-10-01|1.234", "2026-10-01|5"},
			map[string]string{"ChargePeriodStart": "Date", "BilledCost": "Cost"}, "", "", `The number "1.234" can be read with decimals or with thousands.`,
		},
		"TwoDates": {
			"Start Date|Usage Date|Cost", []string{"2026-10-01|2026-10-02|1.5"},
			map[string]string{"ChargePeriodStart": "Usage Date", "BilledCost": "Cost"}, "", mappedfile.DecimalPoint, `ChargePeriodStart could be "Start Date" as well as "Usage Date".`,
		},
		"TwoCosts": {
			"Date|Amount|Total|Currency", []string{"2026-10-01|1.5|1.8|EUR"},
			map[string]string{"ChargePeriodStart": "Date", "BilledCost": "Amount", "BillingCurrency": "Currency"}, "", mappedfile.DecimalPoint, `BilledCost could be "Total" as well as "Amount".`,
		},
		"NoNameTells": {
			"a|b|c", []string{"2026-10-01|1.5|2.5"}, map[string]string{"ChargePeriodStart": "a"}, "", "", `BilledCost could be one of "b", "c"`,
		},
		"OnlyByValue": {
			"a|b|c", []string{"2026-10-01|1.5|EUR"}, map[string]string{"ChargePeriodStart": "a", "BilledCost": "b", "BillingCurrency": "c"}, "", mappedfile.DecimalPoint, "",
		},
		"NameWithoutItsType": {
			"Date|Cost|Currency", []string{"first|high|dollars"}, map[string]string{}, "", "", "",
		},
		"Unix": {
			"timestamp|cost", []string{"1790985600|1.5"}, map[string]string{"ChargePeriodStart": "timestamp", "BilledCost": "cost"}, mappedfile.DatesUnix, mappedfile.DecimalPoint, "",
		},
		"NoHeader": {"2026-10-01|EC2|5.0", []string{"2026-10-02|EC2|6.0"}, map[string]string{"ChargePeriodStart": "2026-10-01", "BilledCost": "5.0"}, "", mappedfile.DecimalPoint, "The first line holds"},
		"MixedCurrencies": {
			"day|cost", []string{"2026-10-01|€3.50", "2026-10-02|£4.50"}, map[string]string{"ChargePeriodStart": "day", "BilledCost": "cost"}, "", mappedfile.DecimalPoint, "several currencies",
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := suggest(c.header, c.rows...)
			assert.Equal(t, c.want, columns(s))
			assert.Equal(t, c.dates, s.Mapping.Dates)
			assert.Equal(t, c.decimal, s.Mapping.Decimal)
			all := ""
			for _, q := range s.Questions {
				all += q.Text + "\n"
			}
			if c.question == "" {
				assert.Empty(t, all)
			} else {
				assert.Contains(t, all, c.question)
			}
			require.NoError(t, s.Mapping.Check())
			for _, m := range s.Matches {
				assert.NotEmpty(t, m.Reason)
				assert.True(t, m.Confidence > 0 && m.Confidence <= 1, "%s %v", m.Focus, m.Confidence)
				assert.Equal(t, s.Mapping.Columns[m.Focus], m.Source)
			}
			assert.Len(t, s.Matches, len(s.Mapping.Columns))
		})
	}
}

func TestSuggest_Tags(t *testing.T) {
	s := suggest("Date|Cost|tags/team|tag: env|label.x|tags/", "2026-10-01|1.5|red|prod|1|2")
	assert.Equal(t, map[string]string{"team": "tags/team", " env": "tag: env", "x": "label.x"}, s.Mapping.Tags)
}

// TestSuggest_AnyTable wants no panic, the same answer twice, and a mapping that can be kept
// and names only columns that the table has.
func TestSuggest_AnyTable(t *testing.T) {
	words := []string{"Date", "date", "Cost (EUR)", "cost", "Amount", "Currency", "tags/a", "Tags", "", " ", "Betrag €", "Account", "2026-10-01", "BilledCost", "\xff", "usage/quantity"}
	values := []string{"2026-10-01", "03/04/2026", "1.234", "1,5", "€ 5", "EUR", "usd", "{}", `{"a":1}`, "x", "NULL", "", "(5)", "1790985600", "Total", "\x00", "é"}
	rapid.Check(t, func(rt *rapid.T) {
		names := rapid.SliceOfN(rapid.SampledFrom(words), 0, 8).Draw(rt, "names")
		rows := rapid.SliceOfN(rapid.SliceOfN(rapid.Ptr(rapid.SampledFrom(values), true), 0, 9), 0, 6).Draw(rt, "rows")
		s := mappedfile.Suggest("x", names, rows)
		again := mappedfile.Suggest("x", names, rows)
		if !assert.ObjectsAreEqual(s, again) {
			rt.Fatalf("two answers:\n%v\n%v", s, again)
		}
		if err := s.Mapping.Check(); err != nil {
			rt.Fatal(err)
		}
		for focus, c := range s.Mapping.Columns {
			if c.Column != "" && !strings.Contains("\n"+strings.Join(names, "\n")+"\n", "\n"+c.Column+"\n") {
				rt.Fatalf("%s is %q, which is no column of the table", focus, c.Column)
			}
		}
	})
}
