package mappedfile_test

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/text/encoding/unicode"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/source"
	"cloud-intelligence/backend/source/mappedfile"
	"cloud-intelligence/backend/source/sourcetest"
)

// animal is a bill of a provider that no source knows.
type animal struct {
	text    string
	want    map[string]string // what must be suggested; "=" begins a text
	dates   mappedfile.Dates
	decimal mappedfile.Decimal
	ask     string // about what a question must be, "" for none
	answer  func(m *mappedfile.Mapping)
	total   string // by month and currency, exact
	rejects int
}

var animals = map[string]animal{
	"DigitalOcean": {
		text: "product,group_description,description,hours,start,end,USD,project_name,category\n" +
			"Droplets,,web-1 (s-1vcpu-1gb),744,2026-10-01 00:00:00 +0000,2026-11-01 00:00:00 +0000,$5.00,shop,iaas\n" +
			"Spaces,,,744,2026-10-01 00:00:00 +0000,2026-11-01 00:00:00 +0000,\"$1,205.10\",,paas\n",
		want:    map[string]string{"BilledCost": "USD", "BillingCurrency": "=USD", "ChargePeriodStart": "start", "ServiceName": "product", "SubAccountName": "project_name"},
		decimal: mappedfile.DecimalPoint, total: "2026-10 USD 1210.1",
	},
	"Snowflake": {
		text: "ORGANIZATION_NAME,CONTRACT_NUMBER,ACCOUNT_NAME,ACCOUNT_LOCATOR,REGION,SERVICE_LEVEL,USAGE_DATE,USAGE_TYPE,USAGE,CURRENCY,USAGE_IN_CURRENCY,BALANCE_SOURCE,BILLING_TYPE\n" +
			"ACME,1,PROD,AB1,AWS_EU,Enterprise,2026-10-01,compute,1.5,USD,4.5,capacity,consumption\nACME,1,PROD,AB1,AWS_EU,Enterprise,2026-10-02,storage,0.000123,USD,0.0028,capacity,consumption\n",
		want:    map[string]string{"BilledCost": "USAGE_IN_CURRENCY", "BillingCurrency": "CURRENCY", "ChargePeriodStart": "USAGE_DATE", "ConsumedQuantity": "USAGE", "SubAccountName": "ACCOUNT_NAME", "RegionId": "REGION"},
		decimal: mappedfile.DecimalPoint, total: "2026-10 USD 4.5028",
	},
	"Datadog": {
		text:    "Month,Org Name,Public ID,Product Name,Charge Type,Cost\n2026-10,Acme,ab12,infra_host,committed,1500\n2026-10,Acme,ab12,logs_indexed,on_demand,12.75\n",
		want:    map[string]string{"BilledCost": "Cost", "BillingPeriodStart": "Month", "ServiceName": "Product Name"},
		decimal: mappedfile.DecimalPoint, total: "2026-10 USD 1512.75",
	},
	"MongoDBAtlas": {
		text: "Date,Description,Usage Date,Organization ID,Organization Name,Project,Project ID,Region,Cluster,SKU,Quantity,Unit,Unit Price,Amount\n" +
			"11/01/2026,Instance,10/01/2026,5f,Acme,shop,6a,EU,c0,ATLAS_AWS_INSTANCE_M10,24,server hours,0.09,2.16\n11/01/2026,Instance,10/13/2026,5f,Acme,shop,6a,EU,c0,ATLAS_AWS_INSTANCE_M10,24,server hours,0.09,2.16\n",
		want:  map[string]string{"BilledCost": "Amount", "ChargePeriodStart": "Usage Date", "SkuId": "SKU", "ContractedUnitPrice": "Unit Price"},
		dates: mappedfile.DatesMonthFirst, decimal: mappedfile.DecimalPoint, ask: "ChargePeriodStart", total: "2026-10 USD 4.32",
	},
	"Hetzner": {
		text: "Produkt;Beschreibung;Projekt;Von;Bis;Menge;Einheit;Einzelpreis netto;Gesamtpreis netto (EUR)\n" +
			"CX22;web;shop;01.10.2026;31.10.2026;744;Stunden;0,0060;4,4640\nVolume;data;shop;01.10.2026;31.10.2026;50;GB;0,0440;2,2000\n",
		want:  map[string]string{"BilledCost": "Gesamtpreis netto (EUR)", "BillingCurrency": "=EUR", "ChargePeriodStart": "Von", "ChargePeriodEnd": "Bis", "ServiceName": "Produkt", "ContractedUnitPrice": "Einzelpreis netto"},
		dates: mappedfile.DatesDayFirst, decimal: mappedfile.DecimalComma, total: "2026-10 EUR 6.664",
	},
	"Oracle": {
		text: "tenantId,tenantName,compartmentPath,service,skuName,timeUsageStarted,timeUsageEnded,computedQuantity,unit,computedAmount,currency\n" +
			"o,acme,root/prod,COMPUTE,VM,2026-10-01T00:00:00.000Z,2026-10-02T00:00:00.000Z,24,OCPU HOURS,1.2,EUR\n",
		want:    map[string]string{"BilledCost": "computedAmount", "BillingCurrency": "currency", "ChargePeriodStart": "timeUsageStarted", "ServiceName": "service"},
		decimal: mappedfile.DecimalPoint, total: "2026-10 EUR 1.2",
	},
	"IBM": {
		text: "Account Owner Name,Account ID,Billing Month,Currency,Country\nNora,1a,2026-10,USD,DEU\n\nService Name,Instance Name,Instance ID,Plan Name,Region,Resource Group Name,Metric,Unit,Quantity,Cost,Original Cost\n" +
			"Cloudant,db,crn:1,Standard,eu-de,Default,READS,READS_PER_MONTH,100,25.5,30\nCOS,files,crn:2,Standard,eu-de,Default,STORAGE,GB,10,0.3,0.4\nTotal usage,,,,,,,,,25.8,\n",
		want:    map[string]string{"BilledCost": "Cost", "ServiceName": "Service Name", "ResourceId": "Instance ID"},
		decimal: mappedfile.DecimalPoint, total: "2026-10 USD 25.8", rejects: 1,
		answer: func(m *mappedfile.Mapping) {
			m.Columns["BillingPeriodStart"] = mappedfile.ColumnSource{Text: "2026-10"}
		},
	},
	"Alibaba": {
		text: "Billing Cycle,Account ID,Account Name,Product Code,Product,Bill Type,Instance ID,Region,Usage,Usage Unit,Pretax Gross Amount,Invoice Discount,Pretax Amount,Currency\n" +
			"2026-10,1,acme,ecs,ECS,PayAsYouGoBill,i-1,eu-central-1,24,Hour,10.5,0.5,10,USD\n2026-10,1,acme,oss,OSS,Refund,b-1,eu-central-1,1,GB,-0.7,0,-0.7,USD\n",
		want:    map[string]string{"BilledCost": "Pretax Amount", "BillingCurrency": "Currency", "BillingPeriodStart": "Billing Cycle", "SubAccountId": "Account ID"},
		decimal: mappedfile.DecimalPoint, total: "2026-10 USD 9.3",
	},
	"HandMade": {
		text:    "Cloud-Kosten 2026;;\n;;\nMonat;Dienst;Kosten (EUR)\nJan 2026;VM;1.234,56\nFebruar 2026;VM;€ 12,50\nMärz 2026;VM;1.000\nSumme;;2.247,06\n",
		want:    map[string]string{"BilledCost": "Kosten (EUR)", "BillingCurrency": "=EUR", "BillingPeriodStart": "Monat", "ServiceName": "Dienst"},
		decimal: mappedfile.DecimalComma, total: "2026-01 EUR 1234.56, 2026-02 EUR 12.5, 2026-03 EUR 1000", rejects: 1,
	},
	"OfTheUS": {
		text:  "Date,Vendor,Description,Amount\n10/13/2026,Acme,x,\"$1,234.56\"\n10/14/2026,Acme,refund,($12.50)\n10/01/2026,Acme,refund,$(2.06)\n",
		want:  map[string]string{"BilledCost": "Amount", "ChargePeriodStart": "Date", "ProviderName": "Vendor"},
		dates: mappedfile.DatesMonthFirst, decimal: mappedfile.DecimalPoint, total: "2026-10 USD 1220",
	},
	"Swiss": {
		text:    "Datum;Lieferant;Leistung;Betrag CHF\n03.10.2026;Exoscale;VM;1'234.56\n04.10.2026;Exoscale;VM;-34.06\n",
		want:    map[string]string{"BilledCost": "Betrag CHF", "BillingCurrency": "=CHF", "ChargePeriodStart": "Datum", "ProviderName": "Lieferant"},
		decimal: mappedfile.DecimalPoint, ask: mappedfile.AboutDates, total: "2026-10 CHF 1200.5",
		answer: func(m *mappedfile.Mapping) { m.Dates = mappedfile.DatesDayFirst },
	},
	"DaysOfExcel": {
		text:    "Date,Service,Cost USD\n46023,VM,1.5\n46024.75,VM,2.5\n",
		want:    map[string]string{"BilledCost": "Cost USD", "BillingCurrency": "=USD", "ChargePeriodStart": "Date"},
		decimal: mappedfile.DecimalPoint, ask: mappedfile.AboutDates, total: "2026-01 USD 4",
	},
	"French": {
		text:  "Date;Référence;Désignation;Quantité;Prix unitaire HT;Montant HT (EUR)\n01/10/2026;vps;VPS;1;3,50;3,50\n15/10/2026;vps;VPS;1;1 003,50;1 003,50\n",
		want:  map[string]string{"BilledCost": "Montant HT (EUR)", "BillingCurrency": "=EUR", "ChargePeriodStart": "Date", "ChargeDescription": "Désignation"},
		dates: mappedfile.DatesDayFirst, decimal: mappedfile.DecimalComma, total: "2026-10 EUR 1007",
	},
	"CostTableOfGoogle": {
		text: "Invoice number,4711\nInvoice date,2026-11-01\nCurrency,EUR\n\nBilling account name,Billing account ID,Project name,Project ID,Service description,Service ID,SKU description,SKU ID,Credit type,Cost type,Usage start date,Usage end date,Usage amount,Usage unit,Unrounded Cost (€),Cost (€)\n" +
			"a,b,c,d,Compute,1,x,2,,Usage,2026-10-01,2026-10-31,1,h,0.123,0.12\na,b,c,d,Compute,1,x,2,,Usage,2026-10-01,2026-10-31,1,h,0.456,0.46\n",
		want:    map[string]string{"BilledCost": "Cost (€)", "BillingCurrency": "=EUR", "ChargePeriodStart": "Usage start date", "SkuId": "SKU ID", "SubAccountId": "Project ID", "ServiceName": "Service description"},
		decimal: mappedfile.DecimalPoint, total: "2026-10 EUR 0.58",
	},
	"CodesWithNumbers": {
		text:    "Periode;Leistung;Summe\n01/2026;x;USD 12\n02/2026;y;USD (3.50)\n02/2026;z;(USD 0.50)\n",
		want:    map[string]string{"BilledCost": "Summe", "BillingCurrency": "=USD", "BillingPeriodStart": "Periode"},
		decimal: mappedfile.DecimalPoint, total: "2026-01 USD 12, 2026-02 USD -4",
	},
	"OldReportOfAWS": {
		text: "InvoiceID,PayerAccountId,LinkedAccountId,RecordType,RecordID,BillingPeriodStartDate,BillingPeriodEndDate,ProductCode,CurrencyCode,TotalCost\n" +
			"I,1,2,LinkedLineItem,3,2026/10/01 00:00:00,2026/10/31 23:59:59,EC2,USD,5.25\nI,1,2,AccountTotal,,2026/10/01 00:00:00,2026/10/31 23:59:59,,USD,5.25\nI,1,,InvoiceTotal,,2026/10/01 00:00:00,2026/10/31 23:59:59,,USD,5.25\n",
		want:    map[string]string{"BilledCost": "TotalCost", "BillingCurrency": "CurrencyCode", "BillingPeriodStart": "BillingPeriodStartDate"},
		decimal: mappedfile.DecimalPoint, total: "2026-10 USD 5.25", rejects: 2,
	},
}

// TestZoo suggests a mapping for each bill, has a person say what only a person knows, and
// adds up what it reads.
func TestZoo(t *testing.T) {
	for name, a := range animals {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "bill.csv")
			require.NoError(t, os.WriteFile(path, []byte(a.text), 0o600))
			f := source.File{Path: path, Size: int64(len(a.text))}
			table, err := mappedfile.Read(t.Context(), sourcetest.Look(t, f), 2000)
			require.NoError(t, err)
			s := mappedfile.Suggest(name, table.Names, table.Rows)
			got := columns(s)
			for focus, column := range a.want {
				assert.Equal(t, column, got[focus], focus)
			}
			assert.Equal(t, a.dates, s.Mapping.Dates)
			assert.Equal(t, a.decimal, s.Mapping.Decimal)
			asked := ""
			for _, q := range s.Questions {
				asked += q.About
			}
			assert.Equal(t, a.ask, asked)

			m := s.Mapping
			if m.Columns["ProviderName"] == (mappedfile.ColumnSource{}) {
				m.Columns["ProviderName"] = mappedfile.ColumnSource{Text: name}
			}
			if m.Columns["BillingCurrency"] == (mappedfile.ColumnSource{}) {
				m.Columns["BillingCurrency"] = mappedfile.ColumnSource{Text: "USD"}
			}
			if a.answer != nil {
				a.answer(&m)
			}
			require.Empty(t, m.Missing())
			total, rejects := totals(t, f, m)
			assert.Equal(t, a.total, total)
			assert.Len(t, rejects, a.rejects)
			for _, r := range rejects {
				assert.Contains(t, r.Reason, "count them twice")
			}
		})
	}
}

// totals adds BilledCost by month and currency, in the order of the lines.
func totals(t *testing.T, f source.File, m mappedfile.Mapping) (text string, rejects []source.Reject) {
	t.Helper()
	columns, r, err := mappedfile.Try(t.Context(), sourcetest.Look(t, f), m, nil)
	require.NoError(t, err)
	defer r.Close()
	at := map[string]int{}
	for i, c := range columns {
		if c.Focus {
			at[c.Name] = i
		}
	}
	var order []string
	sums := map[string]*finops.Sum{}
	for {
		b, err := r.Next(t.Context())
		if errors.Is(err, io.EOF) {
			break
		}
		require.NoError(t, err)
		for row := range b.Rows {
			key := string(b.Field(row, at["BillingPeriodStart"])[:7]) + " " + string(b.Field(row, at["BillingCurrency"]))
			if sums[key] == nil {
				sums[key] = &finops.Sum{}
				order = append(order, key)
			}
			amount, err := finops.ParseAmount(b.Field(row, at["BilledCost"]))
			require.NoError(t, err)
			sums[key].Add(amount)
		}
		for _, reject := range b.Rejects {
			rejects = append(rejects, source.Reject{Line: reject.Line, Reason: reject.Reason})
		}
		b.Release()
	}
	for i, key := range order {
		order[i] = key + " " + sums[key].String()
	}
	return strings.Join(order, ", "), rejects
}

// TestTotals_AreNotProducts keeps charges whose names begin as a line of totals does.
func TestTotals_AreNotProducts(t *testing.T) {
	text := "Vendor,Month,Service,Note,Aggregation,Cost\nTotal Server Solutions,2026-10,VM,,Total,1.5\nTotal Server Solutions,2026-10,,,,2.5\nTotal October,,,,,4.0\n"
	path := filepath.Join(t.TempDir(), "bill.csv")
	require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
	f := source.File{Path: path, Size: int64(len(text))}
	m := mappedfile.Mapping{Name: "x", Columns: map[string]mappedfile.ColumnSource{
		"ProviderName": {Column: "Vendor"}, "BillingPeriodStart": {Column: "Month"}, "BilledCost": {Column: "Cost"}, "BillingCurrency": {Text: "USD"},
	}}
	total, rejects := totals(t, f, m)
	assert.Equal(t, "2026-10 USD 4", total)
	require.Len(t, rejects, 1)
	assert.Contains(t, rejects[0].Reason, "count them twice")

	m.Columns["BillingPeriodStart"] = mappedfile.ColumnSource{Text: "2026-10"}
	total, rejects = totals(t, f, m)
	assert.Equal(t, "2026-10 USD 1.5", total, "without a date the second line cannot be distinguished from one of totals")
	assert.Len(t, rejects, 2)
}

func TestLook_JSONInUTF16IsRefused(t *testing.T) {
	text, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(`[{"Date": "2026-10-01", "Cost": 1.5}, {"Date": "2026-10-02", "Cost": 2.5}]`)
	require.NoError(t, err)
	path := filepath.Join(t.TempDir(), "bill.json")
	require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
	_, err = mappedfile.Read(t.Context(), sourcetest.Look(t, source.File{Path: path, Size: int64(len(text))}), 10)
	require.Error(t, err)
	assert.Contains(t, err.Error(), "Save it as UTF-8")
}
