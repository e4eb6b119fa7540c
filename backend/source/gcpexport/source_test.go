package gcpexport_test

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/housetest"
	"cloud-intelligence/backend/source"
	"cloud-intelligence/backend/source/gcpexport"
	"cloud-intelligence/backend/source/opener"
	"cloud-intelligence/backend/source/sourcetest"
)

func TestSource_Golden(t *testing.T) {
	for name, text := range map[string]string{
		"detailed":    detailedUsage + "\n",
		"commitments": commitments + "\n",
		"credits":     credits + "\n",
		"oddities":    oddities + "\n",
		"standard": csvHeader +
			`A,FBF2,Security Command Center,D5A4,Event Threat Detection,2020-11-09 23:00:00+00:00,2020-11-10 00:00:00+00:00,p,cloud,[],/546/,[],[],global,,,,2020-11-10 05:49:32.199000+00:00,5e-06,USD,1.0,24909.0,bytes,2.3198314011096954e-05,gibibyte,"[{'name': 'Free', 'amount': -5e-06, 'full_name': None, 'id': 'Free', 'type': 'PROMOTION'}]",202011,regular,2020-11-09 00:00:00+00:00` + "\n" +
			`A,6F81,Compute Engine,CF4E,Core,2026-09-01T00:00:00,2026-09-01T01:00:00,p,cloud,"[{""key"": ""env"", ""value"": ""prod""}]",,"[{'key': 'it\'s', 'value': ""d'or""}, {'key': 'empty', 'value': None}]",{},us-east4,US,us-east4,us-east4-a,2026-09-01T06:35:38,0.1264,USD,1,0.17,seconds,4,hour,[],202609,regular,2026-09-01` + "\n",
	} {
		t.Run(name, func(t *testing.T) {
			housetest.Golden(t, name+".golden", printed(t, write(t, name, text)))
		})
	}
}

func TestSource_Conformance(t *testing.T) {
	text := benchCSV(3000) + "broken\n"
	lines := strings.Repeat(detailedUsage+"\n", 900) + "\n{\"broken\n"
	array := "[" + strings.Repeat(detailedUsage+",\n", 600) + detailedUsage + "]\n"
	var packed bytes.Buffer
	w := zip.NewWriter(&packed)
	entry, err := w.Create("export/part.json")
	require.NoError(t, err)
	_, err = entry.Write([]byte(lines))
	require.NoError(t, err)
	require.NoError(t, w.Close())
	archive := write(t, "export.zip", packed.String())
	archive.Entry = "export/part.json"
	sum := sha256.Sum256([]byte(lines))
	sourcetest.Run(t, gcpexport.Source{}, []sourcetest.Case{
		{Name: "csv", File: write(t, "a.csv", text), Format: "gcp-standard-csv", Version: "1", Rows: 3000, Rejects: 1},
		{Name: "csv with CRLF and BOM", File: write(t, "b.csv", "\ufeff"+strings.ReplaceAll(benchCSV(20), "\n", "\r\n")), Format: "gcp-standard-csv", Rows: 20},
		{Name: "csv with CR only", File: write(t, "c.csv", strings.ReplaceAll(benchCSV(20), "\n", "\r")), Rows: 20},
		{Name: "header only", File: write(t, "d.csv", csvHeader), Rows: 0},
		{Name: "ndjson", File: write(t, "e.json", lines), Format: "gcp-detailed-ndjson", Rows: 900, Rejects: 1},
		{Name: "ndjson in gzip", File: write(t, "f.json.gz", gzipped(t, lines)), Format: "gcp-detailed-ndjson", Rows: 900, Rejects: 1},
		{Name: "ndjson in zip", File: archive, Rows: 900, Rejects: 1, SHA256: hex.EncodeToString(sum[:])},
		{Name: "array", File: write(t, "g.json", array), Format: "gcp-detailed-ndjson", Rows: 601},
		{Name: "standard ndjson", File: write(t, "h.json", record("Core", `"cost":"1","cost_type":"regular"`)), Format: "gcp-standard-ndjson", Rows: 1},
	})
}

// TestSource_HeaderSpelling reads the names as BigQuery's own CSV and as tools flatten
// them, in any order.
func TestSource_HeaderSpelling(t *testing.T) {
	f := write(t, "x.csv", "Cost,Billing_Account_ID,service_description,sku/description,usage start time,usage_end_time,currency,team,Tags\n"+
		"1.50,A,Cloud Run,CPU,2026-09-01,2026-09-02,USD,blue,\"{\"\"a\"\": \"\"b\"\"}\"\n")
	lines, rejects := linesOf(t, f)
	require.Empty(t, rejects)
	require.Len(t, lines, 1)
	assert.Equal(t, "1.50", lines[0]["BilledCost"])
	assert.Equal(t, "Compute", lines[0]["ServiceCategory"])
	assert.Equal(t, "2026-09-01T00:00:00Z", lines[0]["ChargePeriodStart"])
	assert.Equal(t, "blue", lines[0]["team"])
	assert.JSONEq(t, `{"tag:a":"b"}`, lines[0]["Tags"])
	assert.NotContains(t, lines[0], "x_credits_total", "credits that the file does not state are unknown, not 0")
	assert.NotContains(t, lines[0], "ListCost")
	assert.Len(t, recognised(t, f).Warnings, 4)
}

// TestSource_NestedInCSV reads records that pandas wrote as Python prints them, and
// columns that a query gave the names of records.
func TestSource_NestedInCSV(t *testing.T) {
	f := write(t, "x.csv", "billing_account_id,service,sku,project,usage_start_time,usage_end_time,cost,currency,usage,invoice,credits.amount\n"+
		`A,"{'id': '6F81', 'description': 'Compute Engine', 'new': 1}","{'id': 'S', 'description': 'Core'}","{'id': 'p', 'labels': [{'key': 'env', 'value': 'prod'}]}",2026-09-01,2026-09-02,1.5,USD,"{'amount': 3600.0, 'unit': 'seconds'}",{'month': '202609'},-0.25`+"\n"+
		"A,Cloud Run,CPU,shop,2026-09-01,2026-09-02,1.5,USD,,202609,\n")
	lines, rejects := linesOf(t, f)
	require.Empty(t, rejects)
	require.Len(t, lines, 2)
	assert.Equal(t, "1.25", lines[0]["BilledCost"])
	assert.Equal(t, "Compute Engine", lines[0]["ServiceName"])
	assert.Equal(t, "3600.0", lines[0]["ConsumedQuantity"])
	assert.JSONEq(t, `{"project:env":"prod"}`, lines[0]["Tags"])
	assert.JSONEq(t, `{"service":{"new":1}}`, lines[0]["x_other"])
	assert.Equal(t, "1.5", lines[1]["BilledCost"])
	assert.Equal(t, "Cloud Run", lines[1]["ServiceName"])
	assert.Equal(t, "shop", lines[1]["SubAccountId"])
	assert.Equal(t, "2026-09-01T00:00:00Z", lines[1]["BillingPeriodStart"])
	assert.NotContains(t, lines[1], "x_other")
	assert.Contains(t, recognised(t, f).Warnings[len(recognised(t, f).Warnings)-1], "more than once")
}

// TestSource_FlatJSON reads what a query with aliases gives.
func TestSource_FlatJSON(t *testing.T) {
	lines, rejects := linesOf(t, write(t, "x.json", `[{"billing_account_id":"A","service_description":"BigQuery","sku_description":"Analysis","usage_start_time":"2026-09-01 00:00:00","usage_end_time":"2026-09-02 00:00:00","cost":"0.1","currency":"USD","invoice_month":"202609","usage_amount":"5"}]`))
	require.Empty(t, rejects)
	require.Len(t, lines, 1)
	assert.Equal(t, "BigQuery", lines[0]["ServiceName"])
	assert.Equal(t, "5", lines[0]["ConsumedQuantity"])
	assert.Equal(t, "2026-10-01T00:00:00Z", lines[0]["BillingPeriodEnd"])
	assert.NotContains(t, lines[0], "x_other")
}

func TestRecognize_NoExport(t *testing.T) {
	for name, text := range map[string]string{
		"empty":        "",
		"other json":   `{"cost":1,"usage_start_time":"x"}`,
		"manifest":     `{"reportKeys":[]}`,
		"json numbers": `[1,2]`,
		"focus":        "BilledCost,EffectiveCost,ProviderName,ChargePeriodStart,BillingPeriodStart,ServiceName\n",
		"prices":       "billing_account_id,sku.id,sku.description,service.id,service.description,currency,export_time\n",
		"text":         "hello\n",
	} {
		_, ok, err := sourcetest.Recognize(t.Context(), gcpexport.Source{}, write(t, "f", text))
		require.NoError(t, err, name)
		assert.False(t, ok, name)
	}
}

func TestRecognize_DamagedGzip(t *testing.T) {
	packed := gzipped(t, detailedUsage)
	_, _, err := sourcetest.Recognize(t.Context(), gcpexport.Source{}, write(t, "f.gz", packed[:len(packed)/2]))
	assert.Equal(t, finops.CodeCorrupt, finops.CodeOf(err))
}

func TestOpen_OtherFileThanRecognised(t *testing.T) {
	f := write(t, "f.csv", csvHeader)
	r := recognised(t, f)
	require.NoError(t, os.WriteFile(f.Path, []byte(strings.Replace(csvHeader, "partition_date", "other", 1)), 0o600))
	_, err := opener.Open(t.Context(), gcpexport.Source{}, r)
	assert.Equal(t, finops.CodeConflict, finops.CodeOf(err))
}

// TestOpen_CutArray says that an array without its end is no whole export.
func TestOpen_CutArray(t *testing.T) {
	f := write(t, "f.json", "["+detailedUsage+","+detailedUsage)
	reader, err := opener.Open(t.Context(), gcpexport.Source{}, recognised(t, f))
	require.NoError(t, err)
	defer func() { require.NoError(t, reader.Close()) }()
	var b *source.Batch
	b, err = reader.Next(t.Context())
	require.NoError(t, err)
	assert.Equal(t, 2, b.Rows)
	_, err = reader.Next(t.Context())
	assert.Equal(t, finops.CodeCorrupt, finops.CodeOf(err))
}
