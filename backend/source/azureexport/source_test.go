package azureexport_test

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/source"
	"cloud-intelligence/backend/source/azureexport"
	"cloud-intelligence/backend/source/opener"
	"cloud-intelligence/backend/source/parquetfile"
	"cloud-intelligence/backend/source/sourcetest"
)

func write(t testing.TB, name string, data []byte) source.File {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	require.NoError(t, os.WriteFile(path, data, 0o600))
	return source.File{Path: path, Size: int64(len(data))}
}

const eaHeader = "BillingAccountId,BillingAccountName,BillingPeriodStartDate,BillingPeriodEndDate,BillingProfileId,SubscriptionId,SubscriptionName,Date,Product,PartNumber,MeterId,ServiceFamily,MeterCategory,MeterSubCategory,MeterRegion,MeterName,Quantity,EffectivePrice,Cost,UnitPrice,BillingCurrency,ResourceLocation,ConsumedService,ResourceId,ResourceName,AdditionalInfo,Tags,InvoiceSection,CostCenter,UnitOfMeasure,ResourceGroup,ReservationId,ReservationName,PublisherName,ChargeType,Frequency,PublisherType,PayGPrice,PricingModel,benefitId,benefitName"

// plainEA is a plain hour of a virtual machine.
var plainEA = values{
	"BillingAccountId": "100", "BillingAccountName": "Contoso", "BillingPeriodStartDate": "09/01/2023", "BillingPeriodEndDate": "09/30/2023",
	"SubscriptionId": "11111111-0000-0000-0000-000000000001", "SubscriptionName": "Shop", "Date": "09/04/2023", "Product": "Virtual Machines B Series - B2s - US East",
	"PartNumber": "AAA-1", "MeterId": "m-1", "ServiceFamily": "Compute", "MeterCategory": "Virtual Machines", "MeterName": "B2s",
	"Quantity": "24", "EffectivePrice": "0.04", "Cost": "0.96", "UnitPrice": "0.04", "BillingCurrency": "EUR", "ResourceLocation": "US East",
	"ConsumedService": "Microsoft.Compute", "ResourceId": "/subscriptions/1/resourceGroups/Shop/providers/Microsoft.Compute/virtualMachines/Web1",
	"UnitOfMeasure": "1 Hour", "ResourceGroup": "Shop", "PublisherName": "Microsoft", "ChargeType": "Usage", "Frequency": "UsageBased",
	"PublisherType": "Azure", "PayGPrice": "0.05", "PricingModel": "OnDemand",
}

// line makes a record of the layout of an Enterprise Agreement: values by header name, the
// rest from plainEA.
func line(header string, v values) string { return lineOf(header, plainEA, v) }

func lineOf(header string, plain, v values) string {
	fields := strings.Split(header, ",")
	for i, name := range fields {
		text, ok := v[name]
		if !ok {
			text = plain[name]
		}
		fields[i] = `"` + strings.ReplaceAll(text, `"`, `""`) + `"`
	}
	return strings.Join(fields, ",") + "\n"
}

type values = map[string]string

const (
	reservation = "/providers/Microsoft.Capacity/reservationOrders/o1/reservations/r1"
	savingsPlan = "/providers/Microsoft.BillingBenefits/savingsPlanOrders/o2/savingsPlans/s1"
)

var eaActual = []values{
	{},
	{"Tags": `"CostCenter": "12","env": "prod","note": "a \"b\""`, "AdditionalInfo": `{"ServiceType":"Standard_B2s","VCPUs":"2"}`},
	{"Quantity": "0.0004", "UnitPrice": "0.1", "PayGPrice": "0.1", "Cost": "0.00004", "UnitOfMeasure": "10K", "MeterCategory": "Storage", "ConsumedService": "Microsoft.Storage", "ResourceId": "/SUBSCRIPTIONS/1/RESOURCEGROUPS/S/PROVIDERS/MICROSOFT.STORAGE/STORAGEACCOUNTS/Logs"},
	{"ChargeType": "Purchase", "PricingModel": "Reservation", "Frequency": "Recurring", "benefitId": reservation, "benefitName": "VM_RI", "Quantity": "1", "UnitPrice": "3.25", "Cost": "3.25", "PayGPrice": "0", "ResourceId": reservation, "ConsumedService": "Microsoft.Capacity", "PublisherName": ""},
	{"ChargeType": "Usage", "PricingModel": "Reservation", "benefitId": reservation, "benefitName": "VM_RI", "Cost": "0", "EffectivePrice": "0", "PayGPrice": "0"},
	{"ChargeType": "Refund", "PricingModel": "Reservation", "Frequency": "OneTime", "benefitId": reservation, "Quantity": "-1", "UnitPrice": "3.25", "Cost": "-3.25", "PayGPrice": "0"},
	{"ChargeType": "RoundingAdjustment", "Cost": "-0.01", "Quantity": "", "UnitPrice": "", "PayGPrice": "", "SubscriptionId": "00000000-0000-0000-0000-000000000000", "ResourceId": "", "UnitOfMeasure": "", "PricingModel": ""},
	{"PublisherType": "Marketplace", "PublisherName": "", "MeterCategory": "Some Firewall", "ServiceFamily": "Azure Marketplace Services", "ResourceId": "", "ConsumedService": "", "PayGPrice": "0", "ResourceLocation": "Unassigned"},
}

var eaAmortized = []values{
	{},
	{"ChargeType": "Usage", "PricingModel": "Reservation", "benefitId": reservation, "benefitName": "VM_RI", "Cost": "0.493152", "Quantity": "8", "UnitPrice": "0.146", "EffectivePrice": "0.061644", "PayGPrice": "0", "AdditionalInfo": `{"ServiceType":"Standard_DS2_v2","VCPUs":2,"RINormalizationRatio":2.0}`},
	{"ChargeType": "UnusedReservation", "PricingModel": "Reservation", "benefitId": reservation, "Cost": "0.7", "Quantity": "16", "ResourceId": reservation, "PayGPrice": "0"},
	{"ChargeType": "Usage", "PricingModel": "SavingsPlan", "benefitId": savingsPlan, "benefitName": "SP", "Cost": "0.006000000468", "Quantity": "0.32085564", "UnitPrice": "0.0416", "PayGPrice": "0.0416"},
	{"ChargeType": "UnusedSavingsPlan", "PricingModel": "SavingsPlan", "benefitId": savingsPlan, "Cost": "0.3", "Quantity": "1", "UnitPrice": "0", "PayGPrice": "0"},
	{"PricingModel": "Spot", "Cost": "0.0000000072922557592391990000", "Quantity": "0.00000008"},
	{"ResourceId": "/subscriptions/1/resourceGroups/C/providers/Microsoft.Compute/capacityReservationGroups/G/capacityReservations/CR3", "AdditionalInfo": `{"ServiceType":"Standard_D2s_v3","UsageType":"ComputeCR","VMCapacityReservationId":"f8b4"}`},
}

func sheetText(header string, records []values) []byte { return sheetOf(header, plainEA, records) }

func sheetOf(header string, plain values, records []values) []byte {
	var b strings.Builder
	b.WriteString("\ufeff" + header + "\n")
	for _, r := range records {
		b.WriteString(lineOf(header, plain, r))
	}
	return []byte(b.String())
}

func TestSource_Conformance(t *testing.T) {
	text := sheetText(eaHeader, eaActual)
	text = append(text, bytes.Repeat([]byte(line(eaHeader, values{"Cost": "1.5"})), 3000)...)
	var packed bytes.Buffer
	gz := gzip.NewWriter(&packed)
	_, err := gz.Write(text)
	require.NoError(t, err)
	require.NoError(t, gz.Close())
	var archive bytes.Buffer
	z := zip.NewWriter(&archive)
	entry, err := z.Create("part/0.csv")
	require.NoError(t, err)
	_, err = entry.Write(text)
	require.NoError(t, err)
	require.NoError(t, z.Close())
	zipFile := write(t, "a.zip", archive.Bytes())
	zipFile.Entry = "part/0.csv"
	sum := sha256.Sum256(text)
	bad := append(append([]byte(nil), text...), line(eaHeader, values{"Cost": "0,075"})+line(eaHeader, values{"Date": "yesterday"})...)
	sourcetest.Run(t, azureexport.Source{}, []sourcetest.Case{
		{Name: "plain", File: write(t, "a.csv", text), Format: azureexport.FormatEAActual, Version: "1.2", Rows: 3008},
		{Name: "gzip", File: write(t, "a.csv.gz", packed.Bytes()), Rows: 3008},
		{Name: "zip", File: zipFile, Rows: 3008, SHA256: hex.EncodeToString(sum[:])},
		{Name: "header only", File: write(t, "h.csv", []byte(eaHeader)), Format: azureexport.FormatEAActual, Rows: 0},
		{Name: "rejects", File: write(t, "b.csv", bad), Rows: 3008, Rejects: 2},
		{Name: "carriage returns", File: write(t, "c.csv", bytes.ReplaceAll(text, []byte("\n"), []byte("\r"))), Rows: 3008},
	})
}

func TestConvert_Rejects(t *testing.T) {
	text := eaHeader + "\n" + line(eaHeader, values{"Cost": "0,075"}) + line(eaHeader, values{"Cost": "free"}) + line(eaHeader, values{"Date": "yesterday"}) +
		line(eaHeader, values{"BillingPeriodStartDate": "x"}) + line(eaHeader, values{"Date": "", "BillingPeriodStartDate": ""}) + line(eaHeader, nil)
	s := readSheet(t, write(t, "f.csv", []byte(text)))
	require.Len(t, s.rows, 1)
	var reasons []string
	for _, r := range s.rejects {
		reasons = append(reasons, r.Reason)
	}
	assert.Equal(t, []string{
		`has a cost "0,075" with a comma, which may be a decimal comma; export the file again and do not save it in a spreadsheet`,
		`has a cost "free" that is no number`, `has a date "yesterday" that is no date`, `has a billing period start "x" that is no date`,
		`has neither a date nor a billing period`,
	}, reasons)
}

func TestRecognize_Views(t *testing.T) {
	commitment := values{"PricingModel": "Reservation", "ReservationId": "r"}
	with := func(more values) values {
		v := values{}
		for k, x := range commitment {
			v[k] = x
		}
		for k, x := range more {
			v[k] = x
		}
		return v
	}
	for name, c := range map[string]struct {
		records []values
		format  string
		reason  string
		warns   bool
	}{
		"purchase":         {[]values{{}, with(values{"ChargeType": "Purchase"})}, azureexport.FormatEAActual, "It is actual: it has 1 record with purchases of commitments.", false},
		"covered at 0":     {[]values{with(values{"Cost": "0.000"})}, azureexport.FormatEAActual, "no usage that a commitment covers (1 record) has a cost", false},
		"covered, no name": {[]values{{"PricingModel": "", "ReservationId": "r", "Cost": "0.5"}}, azureexport.FormatEAAmortized, "It is amortized: it has 1 record with a share of a commitment and 0 records of unused commitments.", false},
		"unused":           {[]values{with(values{"ChargeType": "UnusedReservation"})}, azureexport.FormatEAAmortized, "1 record of unused commitments", false},
		"both":             {[]values{with(values{"ChargeType": "Purchase"}), with(nil), with(nil)}, azureexport.FormatEAAmortized, "It has 1 record with purchases of commitments, as an actual export, and 2 records with amortized commitments.", true},
		"neither":          {[]values{{}}, azureexport.FormatEAActual, "are the same; it is taken as actual", false},
		"no records":       {nil, azureexport.FormatEAActual, "are the same", false},
		"not called so":    {[]values{{}, {"ChargeType": "Purchase", "benefitId": reservation}}, azureexport.FormatEAActual, "It is actual: it has 1 record with purchases of commitments.", false},
	} {
		t.Run(name, func(t *testing.T) {
			r, ok, err := sourcetest.Recognize(t.Context(), azureexport.Source{}, write(t, "f.csv", sheetText(eaHeader, c.records)))
			require.NoError(t, err)
			require.True(t, ok)
			assert.Equal(t, c.format, r.Format)
			assert.Contains(t, r.Reason, c.reason)
			assert.Equal(t, c.warns, len(r.Warnings) > 0, r.Warnings)
		})
	}
}

func TestRecognize_Layouts(t *testing.T) {
	for header, format := range map[string]string{
		strings.ReplaceAll(eaHeader, "Cost,", "CostInBillingCurrency,"): azureexport.FormatEAActual,
		eaHeader + ",PartnerTenantId,PartnerName,CustomerTenantId":      azureexport.FormatCSPActual,
		eaHeader + ",costInPricingCurrency":                             azureexport.FormatMCAActual,
		"AccountOwnerId,SubscriptionId,SubscriptionGuid,Subscription Name,Date,Month,Day,Year,Product,Meter ID,Meter Category,Meter Sub-Category,Meter Name,Consumed Quantity,ResourceRate,ExtendedCost,Resource Location,Consumed Service,Instance ID,Tags,Unit Of Measure": azureexport.FormatEAActual,
		"MeterCategory,Cost,Date,Name":                      "",
		"MeterCategory,UnitPrice,SkuId,SubscriptionId,Date": "",
		"BilledCost,EffectiveCost,ChargePeriodStart,x_MeterCategory,MeterCategory,Cost,Date,SubscriptionId": "",
		"a;b;c": "", "": "",
	} {
		r, ok, err := sourcetest.Recognize(t.Context(), azureexport.Source{}, write(t, "f.csv", []byte(header+"\n")))
		require.NoError(t, err, header)
		assert.Equal(t, format != "", ok, header)
		assert.Equal(t, format, r.Format, header)
	}
}

// TestRecognize_ColumnNames keeps native columns apart from the FOCUS columns whose
// names they share.
func TestRecognize_ColumnNames(t *testing.T) {
	r, ok, err := sourcetest.Recognize(t.Context(), azureexport.Source{}, write(t, "f.csv", []byte("invoiceId,billingAccountId,BillingProfileId,Date,meterCategory,meterId,subscriptionId,cost,Region,costInPricingCurrency,chargeType,Provider,Custom Column,resourceGroupName,resourceType\n")))
	require.NoError(t, err)
	require.True(t, ok)
	var native []string
	for _, c := range r.Columns {
		if c.Raw != c.Name {
			native = append(native, c.Name+"="+c.Raw+"/"+c.Total)
		}
	}
	assert.Equal(t, []string{"x_BillingAccountId=billingAccountId/", "x_MeterCategory=meterCategory/", "x_CostInBillingCurrency=cost/cost", "x_Region=Region/",
		"x_CostInPricingCurrency=costInPricingCurrency/", "x_ChargeType=chargeType/", "x_Provider=Provider/", "x_ResourceType=resourceType/"}, native)
}

func TestOpen_OtherFileThanRecognised(t *testing.T) {
	f := write(t, "f.csv", []byte(eaHeader+"\n"))
	r, ok, err := sourcetest.Recognize(t.Context(), azureexport.Source{}, f)
	require.NoError(t, err)
	require.True(t, ok)
	require.NoError(t, os.WriteFile(f.Path, []byte(eaHeader+",More\n"), 0o600))
	_, err = opener.Open(t.Context(), azureexport.Source{}, r)
	assert.Equal(t, finops.CodeConflict, finops.CodeOf(err))
}

func FuzzSource(f *testing.F) {
	f.Add(sheetText(eaHeader, eaActual))
	f.Add(sheetText(eaHeader, eaAmortized))
	f.Add([]byte("subscriptionid,UsageDateTime,MeterCategory,costinbillingcurrency\ns,2021-02-01,Storage,1e-9\n"))
	f.Add([]byte("PAR1\x00\x00\x00\x00PAR1"))
	path := filepath.Join(f.TempDir(), "f")
	f.Fuzz(func(t *testing.T, data []byte) {
		require.NoError(t, os.WriteFile(path, data, 0o600))
		src := azureexport.Source{}
		r, ok, err := sourcetest.Recognize(t.Context(), src, source.File{Path: path, Size: int64(len(data))})
		if err != nil && finops.CodeOf(err) == finops.CodeInternal {
			t.Fatalf("error without a code: %v", err)
		}
		if err != nil || !ok {
			return
		}
		reader, err := opener.Open(t.Context(), src, r)
		require.NoError(t, err)
		for err == nil {
			var b *source.Batch
			if b, err = reader.Next(t.Context()); err == nil {
				require.Len(t, b.Bounds, b.Rows*len(r.Columns))
				checkFields(t, r, b)
				b.Release()
			}
		}
		if !errors.Is(err, io.EOF) && finops.CodeOf(err) == finops.CodeInternal {
			t.Fatalf("error without a code: %v", err)
		}
		require.NoError(t, reader.Close())
	})
}

// checkFields checks the fields of which the source promises a form.
func checkFields(t *testing.T, r source.Recognition, b *source.Batch) {
	t.Helper()
	for i, c := range r.Columns {
		focus, _ := finops.ColumnByName(c.Name)
		for row := range b.Rows {
			v := b.Field(row, i)
			switch {
			case c.Part && r.Yields[string(v)] == "" && string(v) != "actual/commitments" && string(v) != "amortized":
				t.Fatalf("part %q", v)
			case v == nil || !c.Focus:
			case focus.Kind == finops.KindJSON && !json.Valid(v):
				t.Fatalf("%s is %q", c.Name, v)
			case focus.Kind == finops.KindDecimal:
				if _, err := finops.ParseAmount(v); err != nil {
					t.Fatalf("%s is %q", c.Name, v)
				}
			}
		}
	}
}

// TestSource_Parquet reads the export as Azure writes it in Parquet: typed columns of the
// same names.
func TestSource_Parquet(t *testing.T) {
	var out bytes.Buffer
	specs := []parquetfile.Spec{{Name: "SubscriptionId"}, {Name: "date", Kind: finops.KindTime}, {Name: "meterCategory"}, {Name: "costInBillingCurrency", Kind: finops.KindDecimal, Scale: 10},
		{Name: "billingCurrency"}, {Name: "chargeType"}, {Name: "costInPricingCurrency", Kind: finops.KindDecimal, Scale: 10}, {Name: "pricingModel"}, {Name: "tags"}}
	w, err := parquetfile.NewWriter(&out, specs, "test")
	require.NoError(t, err)
	texts := []string{"s-1", "2026-09-04T00:00:00Z", "Storage", "1.25", "EUR", "UnusedReservation", "1.5", "Reservation", `{"a":"b"}`}
	record := make([]*string, len(texts))
	for i := range texts {
		record[i] = &texts[i]
	}
	require.NoError(t, w.Write(record))
	require.NoError(t, w.Close())
	s := readSheet(t, write(t, "part_0.parquet", out.Bytes()))
	assert.Equal(t, azureexport.FormatMCAAmortized, s.recognition.Format)
	require.Len(t, s.rows, 1)
	got := map[string]string{}
	for _, c := range []string{"BillingAccountId", "BillingAccountType", "ChargePeriodEnd", "ChargeCategory", "ServiceCategory", "Tags"} {
		got[c] = s.get(0, c)
	}
	assert.Equal(t, map[string]string{"BillingAccountId": "s-1", "BillingAccountType": "Subscription", "ChargePeriodEnd": "2026-09-05T00:00:00Z",
		"ChargeCategory": "Usage", "ServiceCategory": "Storage", "Tags": `{"a":"b"}`}, got)
	assert.Equal(t, "0", s.sum(t, "BilledCost"))
	assert.Equal(t, "1.25", s.sum(t, "EffectiveCost"))
}
