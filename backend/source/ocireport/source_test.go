package ocireport_test

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/housetest"
	"cloud-intelligence/backend/source"
	"cloud-intelligence/backend/source/ocireport"
	"cloud-intelligence/backend/source/opener"
	"cloud-intelligence/backend/source/sourcetest"
)

const (
	shared = "../../../../shared/data"
	header = "lineItem/referenceNo,lineItem/tenantId,lineItem/intervalUsageStart,lineItem/intervalUsageEnd,product/service,product/compartmentId,product/compartmentName,product/region,product/availabilityDomain,product/resourceId,usage/billedQuantity,usage/billedQuantityOverage,cost/subscriptionId,cost/productSku,product/Description,cost/unitPrice,cost/unitPriceOverage,cost/myCost,cost/myCostOverage,cost/currencyCode,cost/billingUnitReadable,cost/skuUnitDescription,cost/overageFlag,lineItem/isCorrection,lineItem/backreferenceNo,tags/Oracle-Tags.CreatedBy,tags/team.owner"
	usage  = `ref1,ocid1.tenancy.oc1..t,2023-11-13T10:00Z,2023-11-13T11:00:00Z,DATABASE,ocid1.compartment.oc1..c,shop,us-sanjose-1,sj-1,ocid1.autonomousdatabase.oc1.us-sanjose-1.x,0.083333333333000000,,sub,B92911,APEX,0.147171330000000000,,0.012264277499950943,,USD,1 NONE HOURS INSTANCE,Hours,false,false,17053,default/user1,"a ""b"" \ c"` + "\r\n"
	fixed  = `ref2,ocid1.tenancy.oc1..t,2023-10-31T23:00Z,2023-11-01T00:00:00Z,NEW_THING,ocid1.compartment.oc1..c,shop,moon-1,,oci_vcn,-1,,sub,B1,Thing,2E-9,,-2.0E-9,,USD,,,false,true,ref1,,` + "\r\n"
	bare   = `ref3,ocid1.tenancy.oc1..t,2023-11-13T10:00Z,,TELEMETRY,,,,,,,,,,,,,,,,,,,,,,` + "\r\n"
)

func write(t testing.TB, name string, data []byte) source.File {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	require.NoError(t, os.WriteFile(path, data, 0o600))
	return source.File{Path: path, Size: int64(len(data))}
}

// each reads a file and hands out every record as its columns that have a value.
func each(t testing.TB, f source.File, fn func(columns []source.Column, fields [][]byte)) (r source.Recognition, rejects []source.Reject) {
	t.Helper()
	r, ok, err := sourcetest.Recognize(t.Context(), ocireport.Source{}, f)
	require.NoError(t, err)
	require.True(t, ok)
	read(t, r, func(b *source.Batch) {
		rejects = append(rejects, b.Rejects...)
		for row := range b.Rows {
			fields := make([][]byte, b.Columns)
			for i := range fields {
				fields[i] = b.Field(row, i)
			}
			fn(r.Columns, fields)
		}
	})
	return r, rejects
}

// read reads a file batch by batch.
func read(t testing.TB, r source.Recognition, fn func(*source.Batch)) {
	t.Helper()
	reader, err := opener.Open(t.Context(), ocireport.Source{}, r)
	require.NoError(t, err)
	defer func() { assert.NoError(t, reader.Close()) }()
	for {
		b, err := reader.Next(t.Context())
		if errors.Is(err, io.EOF) {
			return
		}
		require.NoError(t, err)
		fn(b)
		b.Release()
	}
}

func TestConvert_Golden(t *testing.T) {
	var out bytes.Buffer
	r, rejects := each(t, write(t, "f.csv", []byte(header+"\r\n"+usage+fixed+bare)), func(columns []source.Column, fields [][]byte) {
		out.WriteString("\nrecord\n")
		for i, c := range columns {
			if len(fields[i]) > 0 {
				fmt.Fprintf(&out, "  %s = %s\n", c.Name, fields[i])
			}
		}
	})
	assert.Empty(t, rejects)
	housetest.Golden(t, "report.txt", append([]byte(r.Format+" "+r.Dialect+"\n"+r.Reason+"\n"), out.Bytes()...))
}

func TestConvert_Rejects(t *testing.T) {
	text := header + "\n" + strings.Replace(usage, "0.012264277499950943", "much", 1) + strings.Replace(usage, "2023-11-13T10:00Z", "noon", 1) +
		strings.Replace(usage, "2023-11-13T11:00:00Z", "later", 1) + strings.Replace(usage, "0.012264277499950943", `"0,012"`, 1)
	_, rejects := each(t, write(t, "f.csv", []byte(text)), func([]source.Column, [][]byte) { t.Error("no line of this file can be read") })
	var reasons []string
	for _, r := range rejects {
		reasons = append(reasons, r.Reason)
	}
	assert.Equal(t, []string{`has a cost "much" that is no number`, `has a start "noon" that is no time`, `has an end "later" that is no time`, `has a cost "0,012" that is no number`}, reasons)
}

func TestSource_Conformance(t *testing.T) {
	text := header + "\r\n" + strings.Repeat(usage+fixed, 2000)
	var packed bytes.Buffer
	gz := gzip.NewWriter(&packed)
	_, err := gz.Write([]byte(text))
	require.NoError(t, err)
	require.NoError(t, gz.Close())
	sourcetest.Run(t, ocireport.Source{}, []sourcetest.Case{
		{Name: "plain", File: write(t, "a.csv", []byte(text)), Format: ocireport.Format, Version: "1.2", Rows: 4000},
		{Name: "gzip", File: write(t, "a.csv.gz", packed.Bytes()), Rows: 4000},
		{Name: "header only", File: write(t, "b.csv", []byte(header)), Rows: 0},
		{Name: "rejects", File: write(t, "c.csv", []byte(text+strings.Replace(usage, "2023", "two", 1))), Rows: 4000, Rejects: 1},
	})
}

func TestRecognize_OtherTables(t *testing.T) {
	for _, text := range []string{"", "a,b\n", "lineItem/UsageStartDate,lineItem/UnblendedCost,bill/PayerAccountId,product/ProductName\n", strings.Replace(header, "cost/myCost,", "cost/yours,", 1)} {
		_, ok, err := sourcetest.Recognize(t.Context(), ocireport.Source{}, write(t, "f.csv", []byte(text)))
		require.NoError(t, err)
		assert.False(t, ok, text)
	}
}

func TestOpen_OtherFileThanRecognised(t *testing.T) {
	f := write(t, "f.csv", []byte(header+"\n"))
	r, ok, err := sourcetest.Recognize(t.Context(), ocireport.Source{}, f)
	require.NoError(t, err)
	require.True(t, ok)
	require.NoError(t, os.WriteFile(f.Path, []byte(header+",more\n"), 0o600))
	_, err = opener.Open(t.Context(), ocireport.Source{}, r)
	assert.Equal(t, finops.CodeConflict, finops.CodeOf(err))
}

func TestReference_RowsAndTotals(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(shared, "real", "REFERENCE.json"))
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("The shared sample files are not on this machine.")
	}
	require.NoError(t, err)
	var all struct {
		Files map[string]struct {
			Kind       string
			Rows       int
			Totals     map[string]string
			RowsTagged int `json:"rows_tagged"`
		}
	}
	require.NoError(t, json.Unmarshal(text, &all))
	read := 0
	for path, want := range all.Files {
		path = filepath.Join(shared, filepath.FromSlash(path))
		info, err := os.Stat(path)
		require.NoError(t, err)
		f := source.File{Path: path, Size: info.Size()}
		if want.Kind != "oci" {
			_, ok, err := sourcetest.Recognize(t.Context(), ocireport.Source{}, f)
			require.NoError(t, err, path)
			assert.False(t, ok, path)
			continue
		}
		read++
		sums := map[string]*finops.Sum{"BilledCost": {}, "EffectiveCost": {}, "ContractedCost": {}}
		rows, tagged := 0, 0
		_, rejects := each(t, f, func(columns []source.Column, fields [][]byte) {
			rows++
			for i, c := range columns {
				if c.Name == "BilledCost" {
					assert.Equal(t, "myCost", c.Total)
				}
				if c.Name == "Tags" && fields[i] != nil {
					tagged++
					assert.True(t, json.Valid(fields[i]), "%s", fields[i])
				}
				if s := sums[c.Name]; s != nil && len(fields[i]) > 0 {
					a, err := finops.ParseAmount(fields[i])
					require.NoError(t, err)
					s.Add(a)
				}
			}
		})
		assert.Empty(t, rejects)
		assert.Equal(t, want.Rows, rows)
		assert.Equal(t, want.RowsTagged, tagged)
		assert.Equal(t, want.Totals["myCost"], sums["BilledCost"].String())
		assert.Equal(t, want.Totals["myCost"], sums["EffectiveCost"].String())
		assert.Equal(t, want.Totals["unitPrice_x_billedQuantity"], sums["ContractedCost"].String())
		sourcetest.Run(t, ocireport.Source{}, []sourcetest.Case{{Name: "conformance", File: f, Rows: want.Rows}})
	}
	assert.Positive(t, read)
}

func FuzzSource(f *testing.F) {
	f.Add([]byte(header + "\r\n" + usage + fixed + bare))
	f.Add([]byte("lineItem/tenantId,lineItem/intervalUsageStart,product/service,cost/myCost,tags/a,tags/a\nt,2023-01-01T00:00Z,COMPUTE,1e-90,\x01,\xff\n"))
	path := filepath.Join(f.TempDir(), "f")
	f.Fuzz(func(t *testing.T, data []byte) {
		require.NoError(t, os.WriteFile(path, data, 0o600))
		src := ocireport.Source{}
		r, ok, err := sourcetest.Recognize(t.Context(), src, source.File{Path: path, Size: int64(len(data))})
		if err != nil && finops.CodeOf(err) == finops.CodeInternal {
			t.Fatalf("error without a code: %v", err)
		}
		if err != nil || !ok {
			return
		}
		tags := 0
		for i, c := range r.Columns {
			if c.Name == "Tags" {
				tags = i
			}
		}
		reader, err := opener.Open(t.Context(), src, r)
		require.NoError(t, err)
		for err == nil {
			var b *source.Batch
			if b, err = reader.Next(t.Context()); err == nil {
				for row := range b.Rows {
					if text := b.Field(row, tags); text != nil && !json.Valid(text) {
						t.Fatalf("tags %q are no JSON", text)
					}
				}
				b.Release()
			}
		}
		if !errors.Is(err, io.EOF) && finops.CodeOf(err) == finops.CodeInternal {
			t.Fatalf("error without a code: %v", err)
		}
		require.NoError(t, reader.Close())
	})
}
