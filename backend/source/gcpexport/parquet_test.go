package gcpexport_test

import (
	"bytes"
	"testing"
	"time"

	"github.com/parquet-go/parquet-go"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/housetest"
	"cloud-intelligence/backend/source/gcpexport"
	"cloud-intelligence/backend/source/sourcetest"
)

type parquetLabel struct {
	Key   string  `parquet:"key"`
	Value *string `parquet:"value,optional"`
}

type parquetCredit struct {
	Name  string  `parquet:"name"`
	Value float64 `parquet:"amount"`
	ID    string  `parquet:"id"`
	Type  string  `parquet:"type"`
}

type parquetProject struct {
	ID     *string        `parquet:"id,optional"`
	Name   *string        `parquet:"name,optional"`
	Labels []parquetLabel `parquet:"labels"`
	Tier   *string        `parquet:"tier,optional"` // a member that the schema does not have
}

// parquetCharge is the table as BigQuery exports it: nested and repeated columns, and
// FLOAT64 for what is charged.
type parquetCharge struct {
	BillingAccountID string `parquet:"billing_account_id"`
	Service          struct {
		ID          string `parquet:"id"`
		Description string `parquet:"description"`
	} `parquet:"service"`
	SKU struct {
		ID          string `parquet:"id"`
		Description string `parquet:"description"`
	} `parquet:"sku"`
	UsageStart time.Time       `parquet:"usage_start_time,timestamp(microsecond)"`
	UsageEnd   time.Time       `parquet:"usage_end_time,timestamp(microsecond)"`
	Project    *parquetProject `parquet:"project,optional"`
	Labels     []parquetLabel  `parquet:"labels,list"`
	ExportTime time.Time       `parquet:"export_time,timestamp(microsecond)"`
	Charged    float64         `parquet:"cost"`
	Currency   string          `parquet:"currency"`
	Usage      *struct {
		Used        float64 `parquet:"amount"`
		Unit        string  `parquet:"unit"`
		InUnits     float64 `parquet:"amount_in_pricing_units"`
		PricingUnit string  `parquet:"pricing_unit"`
	} `parquet:"usage,optional"`
	Credits []parquetCredit `parquet:"credits,list"`
	Invoice struct {
		Month string `parquet:"month"`
	} `parquet:"invoice"`
	CostType string `parquet:"cost_type"`
	Resource *struct {
		GlobalName string `parquet:"global_name"`
	} `parquet:"resource,optional"`
	Note string `parquet:"ingest_note"`
}

func parquetCharges() []parquetCharge {
	value, id, name, tier := "web", "shop-prod", "Shop", "gold"
	var full, tax parquetCharge
	full.BillingAccountID, full.Charged, full.Currency, full.CostType, full.Note = "01A", 0.417276, "USD", "regular", "kept"
	full.Service.ID, full.Service.Description = "6F81", "Compute Engine"
	full.SKU.ID, full.SKU.Description = "9431", "N1 Core"
	full.UsageStart = time.Date(2026, 9, 20, 12, 0, 0, 0, time.UTC)
	full.UsageEnd = full.UsageStart.Add(time.Hour)
	full.ExportTime = full.UsageStart.Add(26*time.Hour + 1500*time.Millisecond)
	full.Project = &parquetProject{ID: &id, Name: &name, Tier: &tier, Labels: []parquetLabel{{"env", &value}}}
	full.Labels = []parquetLabel{{"app", &value}, {"owner", nil}}
	full.Credits = []parquetCredit{{"SUD", -0.1, "SUD", "SUSTAINED_USAGE_DISCOUNT"}, {"P", -5e-06, "P", "PROMOTION"}}
	full.Invoice.Month = "202609"
	full.Resource = &struct {
		GlobalName string `parquet:"global_name"`
	}{"//compute.googleapis.com/projects/1/zones/z/instances/7"}
	tax.BillingAccountID, tax.Charged, tax.Currency, tax.CostType = "01A", 116.86, "USD", "tax"
	tax.SKU.Description = "Tax"
	tax.UsageStart, tax.UsageEnd, tax.ExportTime = full.UsageStart, full.UsageEnd, full.ExportTime
	tax.Invoice.Month = "202609"
	return []parquetCharge{full, tax}
}

func TestSource_Parquet(t *testing.T) {
	var b bytes.Buffer
	w := parquet.NewGenericWriter[parquetCharge](&b)
	_, err := w.Write(parquetCharges())
	require.NoError(t, err)
	require.NoError(t, w.Close())
	f := write(t, "part.parquet", b.String())
	sourcetest.Run(t, gcpexport.Source{}, []sourcetest.Case{{Name: "parquet", File: f, Format: "gcp-detailed-parquet", Version: "1", Rows: 2}})
	lines, rejects := linesOf(t, f)
	assert.Empty(t, rejects)
	require.Len(t, lines, 2)
	assert.Equal(t, "0.317271", lines[0]["BilledCost"])
	assert.JSONEq(t, `{"app":"web","owner":true,"project:env":"web"}`, lines[0]["Tags"])
	assert.JSONEq(t, `{"project":{"tier":"gold"}}`, lines[0]["x_other"])
	assert.NotContains(t, lines[1], "SubAccountId")
	housetest.Golden(t, "parquet.golden", printed(t, f))
}
