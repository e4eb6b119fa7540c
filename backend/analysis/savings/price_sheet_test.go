package savings

import (
	"maps"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/analysis/document"
	"cloud-intelligence/backend/finops"
)

// TestExamine_PriceSheetsOfTheClientComeFirst: a price that the client gives goes before the effective rate on the bill and before the
// price book, says so, and is a part of the proof. One in another currency says nothing.
func TestExamine_PriceSheetsOfTheClientComeFirst(t *testing.T) {
	volume := repeat("4", "", values{"ResourceId": "vol-1", "RegionId": "eu-west-1", "x_UsageType": "EU-EBS:VolumeUsage.gp2"})
	rated := append(repeat("1", "", values{"ResourceId": "vol-2", "RegionId": "eu-west-1", "x_UsageType": "EU-EBS:VolumeUsage.gp3"}), volume...)
	machine := repeat("5.328", "5.328", values{"ResourceId": "i-1", "RegionId": "eu-west-1", "x_UsageType": "EU-BoxUsage:m4.large", "x_Operation": "RunInstances"})
	azureMachine := repeat("6", "6", values{
		finops.DimProvider: azure, "ResourceId": "/vm", "RegionId": "westeurope", "ServiceName": "Virtual Machines", "x_SkuMeterCategory": "Virtual Machines",
		"x_SkuMeterSubcategory": "Dv2 Series", "x_SkuMeterName": "D2 v2", "ConsumedUnit": "Hours",
	})
	euro := []sampleRow{}
	for _, row := range azureMachine {
		row.columns = maps.Clone(row.columns)
		row.columns["BillingCurrency"] = "EUR"
		euro = append(euro, row)
	}
	const bill, book = "the client's own effective rate", "ec2shop"
	for name, c := range map[string]struct {
		rule, file, sheet string
		rows              []sampleRow
		source            string
	}{
		"none":                  {"A-EBS-01", "", "", volume, book},
		"the bill":              {"A-EBS-01", "", "", rated, bill},
		"of a volume":           {"A-EBS-01", "p.csv", "provider,region,name,unit,price,currency\nAWS,eu-west-1,EU-EBS:VolumeUsage.gp3,GB-month,0.01,USD\n", rated, "the price sheet p.csv"},
		"by its kind":           {"A-EBS-01", "p.csv", "provider,name,unit,price,currency\nAWS,gp3,GB-month,0.01,USD\n", rated, "the price sheet p.csv"},
		"of another region":     {"A-EBS-01", "p.csv", "provider,region,name,unit,price,currency\nAWS,eu-west-2,gp3,GB-month,0.01,USD\n", rated, bill},
		"of another currency":   {"A-EBS-01", "p.csv", "provider,name,unit,price,currency\nAWS,gp3,GB-month,0.01,EUR\n", rated, bill},
		"of a machine":          {"A-EC2-05", "p.csv", "provider,name,unit,price,currency\nAWS,m5.large,hour,0.05,USD\n", machine, "the price sheet p.csv"},
		"of a machine of Azure": {"Z-VM-05", "p.csv", "meterName,meterCategory,meterSubCategory,meterRegion,unitOfMeasure,unitPrice,currency\nD2s v5,Virtual Machines,Dsv5 Series,EU West,100 Hours,4.1,EUR\nD2as v5,Virtual Machines,Dasv5 Series,EU West,100 Hours,4.1,EUR\nD2 v3/D2s v3,Virtual Machines,Dv3/DSv3 Series,EU West,100 Hours,4.1,EUR\nD2 v5,Virtual Machines,Dv5 Series,EU West,100 Hours,4.1,EUR\n", euro, "the price sheet p.csv"},
	} {
		t.Run(name, func(t *testing.T) {
			o := Options{Sets: setsOf(c.rows)}
			if c.file != "" {
				d, err := document.Read(c.file, []byte(c.sheet))
				require.NoError(t, err)
				o.Documents = document.NewFacts([]*document.Document{d})
			}
			table, err := tableOf(c.rows)
			require.NoError(t, err)
			r, err := Examine(t.Context(), table, &Catalogue{Rules: []*Rule{byID(t, c.rule)}}, o)
			require.NoError(t, err)
			require.Len(t, r.Findings, 1)
			f := r.Findings[0]
			require.NotEmpty(t, f.Prices)
			assert.Equal(t, c.source, f.Prices[0].Source)
			e, err := Explain(t.Context(), table, f, o)
			require.NoError(t, err)
			assert.Equal(t, f.Net.String(), e.Steps[len(e.Steps)-1].Amount)
		})
	}
}
